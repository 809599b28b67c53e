"""Posts that show what a topic is: those that it leads most clearly, no two alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.errors import ParameterError
from discourse.room import looked
from discourse.text.token_lists import Rows, WordLists

Floats = NDArray[np.float64]
_AT_ONCE = 20_000


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
    names: Any = pd.Series(range(n_docs)) if authors is None else pd.Series(authors)
    if len(names) != n_docs:
        raise ParameterError(f"{len(names)} authors for {n_docs} posts", expected="one author a post")
    lists = [WordLists.of(part) for part in docs]
    words = Rows(n_docs, lambda i: [word for one in lists for word in one[i]])
    n_words = np.sum([_n_words(one) for one in lists], axis=0) if lists else np.zeros(n_docs)
    leads = leading(prevalence)
    shown = np.flatnonzero((leads >= 0) & names.notna().to_numpy() & (n_words >= min_words))
    leads, names = leads[shown], names.array
    rows = []
    for topic in range(n_topics):
        led = shown[leads == topic]
        equals = _by_share(led, prevalence[led, topic].round(9))
        rows += [
            {"topic": topic, "rank": rank + 1, "doc": i, "prevalence": float(prevalence[i, topic])}
            for rank, i in enumerate(_different(equals, names, words, n))
        ]
        looked()
    return pd.DataFrame(rows, columns=["topic", "rank", "doc", "prevalence"])


def leading(shares: Floats) -> NDArray[np.int16]:
    """Give the topic with the largest share, -1 where none is known; rounding must not decide."""
    out = np.full(len(shares), -1, dtype=np.int16)
    for start in range(0, len(shares), _AT_ONCE):
        part = shares[start : start + _AT_ONCE]
        known = np.flatnonzero(~np.isnan(part).any(axis=1))
        out[start + known] = part[known].round(9).argmax(axis=1)
        looked()
    return out


def _n_words(lists: WordLists) -> NDArray[np.float64]:
    """Count the words of each text, those of a compound each."""
    sizes = np.array([word.count(" ") + 1 for word in lists.types], dtype=np.int64)
    out = np.zeros(len(lists))
    for start in range(0, len(lists), _AT_ONCE):
        part = lists.part(start, min(start + _AT_ONCE, len(lists)))
        weights = sizes[part.numbers] if len(sizes) else None
        out[start : start + len(part)] = np.bincount(part.texts, weights=weights, minlength=len(part))
        looked()
    return out


def _by_share(led: NDArray[np.int64], share: Floats) -> Iterator[NDArray[np.int64]]:
    """Give posts from the largest share of a topic on, those with equal ones together."""
    order = np.argsort(-share, kind="stable")
    begins = np.flatnonzero(np.diff(share[order], prepend=np.nan) != 0)
    for begin, end in pairwise([*begins.tolist(), len(order)]):
        yield led[order[begin:end]]


def _different(
    ranked: Iterable[NDArray[np.int64]], names: Sequence[Any], words: Sequence[Sequence[str]], n: int
) -> list[int]:
    """Take the first n posts that share neither author nor words, of equals by their words and authors.

    Of many equals the first is looked for again each time: to sort them would hold the words of them all.
    """
    taken: list[int] = []
    seen: set[Any] = set()

    def key(i: int) -> tuple[str, str]:
        return " ".join(words[i]), str(names[i])

    for equals in ranked:
        while len(taken) < n:
            left = (
                (text, name, i)
                for i, (text, name) in ((i, key(i)) for i in map(int, equals))
                if ("words", text) not in seen and ("author", names[i]) not in seen
            )
            first = min(left, default=None, key=lambda found: found[:2])
            if first is None:
                break
            taken.append(first[2])
            seen |= {("author", names[first[2]]), ("words", first[0])}
        if len(taken) == n:
            break
    return taken
