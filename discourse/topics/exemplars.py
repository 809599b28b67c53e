"""Posts that show what a topic is: those that it leads most clearly, no two alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.errors import ParameterError

Floats = NDArray[np.float64]


def find_exemplars(
    prevalence: Floats,
    docs: Sequence[Sequence[Sequence[str]]],
    n: int = 3,
    authors: Sequence[Any] | pd.Series | None = None,
    min_words: int = 4,
) -> pd.DataFrame:
    """Find the posts that show each topic most clearly, no two by one author.

    Parameters
    ----------
    prevalence : ndarray of float64, shape (n_docs, n_topics)
        Shares of topics; NaN in posts without words.
    docs : sequence of sequence of sequence of str
        For each language the content words of each post.
    n, authors, min_words
        As for :meth:`discourse.topics.model.TopicModel.exemplars`.

    Returns
    -------
    DataFrame
        ``topic``, ``rank`` (from 1), ``doc`` (place of the post, from 0), ``prevalence``.

    Raises
    ------
    ParameterError
        If there is not one author a post.

    Examples
    --------
    >>> find_exemplars(np.array([[0.9, 0.1], [0.2, 0.8]]), [[["cat"], ["ban"]]], min_words=1)["doc"].tolist()
    [0, 1]
    """
    n_docs, n_topics = prevalence.shape
    names = list(range(n_docs)) if authors is None else list(authors)
    if len(names) != n_docs:
        raise ParameterError(f"{len(names)} authors for {n_docs} posts", expected="one author a post")
    leads = np.where(np.isnan(prevalence).any(axis=1), -1, leading(prevalence))
    # Words are joined for posts that can be shown only: a corpus holds many more.
    sizes = np.sum([[len(row) for row in part] for part in docs], axis=0) if n_docs else np.zeros(0)
    shown = [i for i in np.flatnonzero(sizes >= min_words).tolist() if not pd.isna(names[i])]
    words = {i: " ".join(w for part in docs for w in part[i]) for i in shown}
    rows = []
    for topic in range(n_topics):
        share = prevalence[:, topic]
        ranked = sorted(
            (i for i in shown if leads[i] == topic),
            key=lambda i: (-round(float(share[i]), 9), words[i], str(names[i])),
        )
        rows += [
            {"topic": topic, "rank": rank + 1, "doc": i, "prevalence": float(share[i])}
            for rank, i in enumerate(_different(ranked, names, words, n))
        ]
    return pd.DataFrame(rows, columns=["topic", "rank", "doc", "prevalence"])


def leading(shares: Floats) -> NDArray[np.int64]:
    """Give the topic with the largest share; rounding must not decide."""
    return np.asarray(shares.round(9).argmax(axis=1), dtype=np.int64)


def _different(ranked: Sequence[int], names: Sequence[Any], words: Mapping[int, str], n: int) -> list[int]:
    """Take the first n posts that share neither author nor words."""
    taken: list[int] = []
    seen: set[Any] = set()
    for i in ranked:
        if len(taken) == n:
            break
        keys = {("author", names[i]), ("words", words[i])}
        if not keys & seen:
            taken.append(i)
            seen |= keys
    return taken
