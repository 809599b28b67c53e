"""Counts of words in texts: documents in rows, always."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discourse.errors import ParameterError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True)
class Dfm:
    """Counts of words in texts.

    Parameters
    ----------
    counts : csr_array of int64, shape (n_texts, n_words)
        How often each word stands in each text.  Unit: tokens.
    vocabulary : tuple of str, length n_words
        The words of the columns, in code point order.
    """

    counts: csr_array
    vocabulary: tuple[str, ...]

    @property
    def frequency(self) -> npt.NDArray[np.int64]:
        """How often each word stands in all texts, shape (n_words,).  Unit: tokens."""
        import numpy as np

        return np.asarray(self.counts.sum(axis=0), dtype=np.int64)

    @property
    def document_frequency(self) -> npt.NDArray[np.int64]:
        """In how many texts each word stands, shape (n_words,).  Unit: texts."""
        import numpy as np

        return np.bincount(self.counts.indices, minlength=len(self.vocabulary)).astype(np.int64)

    def trim(self, *, min_count: int = 1, min_texts: int = 1) -> Dfm:
        """Leave out the words that are rarer than asked for; texts stay, if need be empty.

        Parameters
        ----------
        min_count : int
            Least number of occurrences in all texts.
        min_texts : int
            Least number of texts.

        Returns
        -------
        Dfm
        """
        import numpy as np

        keep = np.flatnonzero((self.frequency >= min_count) & (self.document_frequency >= min_texts))
        return Dfm(self.counts[:, keep], tuple(self.vocabulary[i] for i in keep))


def dfm(words: Iterable[Sequence[str]], *, vocabulary: Sequence[str] | None = None) -> Dfm:
    """Count the words of each text.

    Parameters
    ----------
    words : iterable of sequence of str
        The tokens of each text, such as ``tokenize(texts).words``.
    vocabulary : sequence of str, optional
        The words to count, in this order; by default all that occur, in code point order.

    Returns
    -------
    Dfm
        One row a text, in order; texts without a word are rows of zeros.

    Raises
    ------
    ParameterError
        If a word stands twice in `vocabulary`.

    Examples
    --------
    >>> table = dfm([["猫", "税", "猫"], [], ["cat"]])
    >>> table.vocabulary
    ('cat', '猫', '税')
    >>> table.counts.toarray().tolist()
    [[0, 2, 1], [0, 0, 0], [1, 0, 0]]
    """
    import numpy as np
    from scipy.sparse import csr_array

    rows = [list(row) for row in words]
    if vocabulary is None:
        vocabulary = sorted({word for row in rows for word in row})
    index = {word: column for column, word in enumerate(vocabulary)}
    if len(index) != len(vocabulary):
        raise ParameterError("a word stands twice in the vocabulary")
    found = [[index[word] for word in row if word in index] for row in rows]
    columns = np.fromiter((column for row in found for column in row), dtype=np.int64)
    pointers = np.concatenate([[0], np.cumsum([len(row) for row in found], dtype=np.int64)])
    ones = np.ones(len(columns), dtype=np.int64)
    counts = csr_array((ones, columns, pointers), shape=(len(rows), len(vocabulary)))
    counts.sum_duplicates()
    return Dfm(counts, tuple(vocabulary))
