"""Words that stand together more often than by chance, through NLTK."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from discourse.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd

MEASURES = (
    "likelihood_ratio",
    "pmi",
    "student_t",
    "chi_sq",
    "dice",
    "jaccard",
    "poisson_stirling",
    "raw_freq",
)
"""The measures of ``nltk.metrics.BigramAssocMeasures``."""


def collocations(
    words: Iterable[Sequence[str]],
    *,
    measure: str = "likelihood_ratio",
    min_count: int = 5,
    stop_words: Iterable[str] = (),
    top: int = 100,
) -> pd.DataFrame:
    """Rank the pairs of neighbouring words.

    Parameters
    ----------
    words : iterable of sequence of str
        The tokens of each text, such as ``tokenize(texts, lower=True).words``.  No pair spans two texts.
    measure : str
        One of :data:`MEASURES`.
    min_count : int
        Least number of occurrences of a pair.
    stop_words : iterable of str
        Words of which no pair may hold one; they are left out after counting, so that they part their
        neighbours.
    top : int
        Most rows to give.

    Returns
    -------
    DataFrame
        ``word_1``, ``word_2``, ``n`` (occurrences of the pair) and ``score`` (in the unit of the measure,
        higher is stronger), best first; ties in the order of the words.

    Raises
    ------
    ParameterError
        If the measure is unknown.

    Notes
    -----
    Counts and measures are NLTK's (Bird, Klein and Loper 2009, *Natural Language Processing with Python*);
    the default is the log-likelihood ratio of Dunning (1993). Accurate methods for the statistics of
    surprise and coincidence. *Computational Linguistics* 19(1), 61-74.

    Examples
    --------
    >>> collocations([["the", "cat", "tax"], ["cat", "tax"]], min_count=2).iloc[:, :3]
      word_1 word_2  n
    0    cat    tax  2
    """
    import pandas as pd
    from nltk.collocations import BigramCollocationFinder
    from nltk.metrics import BigramAssocMeasures

    if measure not in MEASURES:
        raise ParameterError(f"no measure is called {measure!r}", expected=", ".join(MEASURES))
    texts = [list(row) for row in words if row]
    finder = BigramCollocationFinder.from_documents(texts)
    finder.apply_freq_filter(min_count)
    out = frozenset(stop_words)
    finder.apply_word_filter(lambda word: word is None or word in out)
    scored = finder.score_ngrams(getattr(BigramAssocMeasures, measure)) if finder.ngram_fd else []
    scored.sort(key=lambda pair: (-pair[1], pair[0]))
    rows = [(a, b, finder.ngram_fd[a, b], score) for (a, b), score in scored[:top]]
    frame = pd.DataFrame(rows, columns=["word_1", "word_2", "n", "score"])
    return frame.astype({"word_1": "str", "word_2": "str", "n": "Int64", "score": "float64"})
