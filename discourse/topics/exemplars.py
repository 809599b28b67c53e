"""Posts that show what a topic is: those that it leads most clearly, no two alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
# Posts that are looked up here and there before what was looked at is handed back.
_FEW = 4_000


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
    given: Any = pd.Series(range(n_docs)) if authors is None else pd.Series(authors)
    if len(given) != n_docs:
        raise ParameterError(f"{len(given)} authors for {n_docs} posts", expected="one author a post")
    lists = [WordLists.of(part) for part in docs]
    words = Rows(n_docs, lambda i: [word for one in lists for word in one[i]])
    leads = leading(prevalence)
    leads[~(given.notna().to_numpy() & _enough_words(lists, n_docs, min_words))] = -1
    names = _names(given)
    rows = []
    for topic in range(n_topics):
        led = np.flatnonzero(leads == topic)
        equals = _by_share(led, _shares_of(prevalence, led, topic))
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


def is_numbered(authors: Any) -> bool:
    """Say whether authors are given as numbers in the order of their names, as a large study holds them."""
    return isinstance(authors, pd.Series) and (
        isinstance(authors.dtype, pd.CategoricalDtype) and isinstance(authors.cat.categories, pd.RangeIndex)
    )


def author_numbers(authors: Sequence[Any] | pd.Series) -> NDArray[np.integer]:
    """Give each author a number, -1 where unknown.

    Examples
    --------
    >>> author_numbers(["b", None, "b"]).tolist()
    [0, -1, 0]
    """
    if is_numbered(authors):
        return np.asarray(authors.cat.codes)  # type: ignore[union-attr]
    return pd.factorize(pd.Series(authors))[0]


def _names(authors: pd.Series) -> Callable[[int], str]:
    """Give what tells an author from others, in their order."""
    if is_numbered(authors):
        codes = authors.cat.codes.to_numpy()
        return lambda i: f"{codes[i]:012d}"
    held = authors.array
    return lambda i: str(held[i])


def _enough_words(lists: Sequence[WordLists], n: int, least: int) -> NDArray[np.bool_]:
    """Say which texts have so many words, those of a compound each."""
    out = np.full(n, least <= 0)
    sizes = [np.array([word.count(" ") + 1 for word in one.types], dtype=np.int64) for one in lists]
    for start in range(0, n, _AT_ONCE):
        total = np.zeros(min(_AT_ONCE, n - start))
        for one, size in zip(lists, sizes, strict=True):
            part = one.part(start, start + len(total))
            weights = size[part.numbers] if len(size) else None
            total += np.bincount(part.texts, weights=weights, minlength=len(total))
        out[start : start + len(total)] = total >= least
        looked()
    return out


def _shares_of(prevalence: Floats, rows: NDArray[np.int64], topic: int) -> Floats:
    """Give the shares of one topic in some posts, to nine digits."""
    out = np.empty(len(rows))
    for start in range(0, len(rows), _FEW):
        part = slice(start, start + _FEW)
        out[part] = prevalence[rows[part], topic].round(9)
        looked()
    return out


def _by_share(led: NDArray[np.int64], share: Floats) -> Iterator[NDArray[np.int64]]:
    """Give posts from the largest share of a topic on, those with equal ones together."""
    order = np.argsort(-share, kind="stable")
    begins = np.flatnonzero(np.diff(share[order], prepend=np.nan) != 0)
    for begin, end in pairwise([*begins.tolist(), len(order)]):
        yield led[order[begin:end]]


def _different(
    ranked: Iterable[NDArray[np.int64]],
    names: Callable[[int], str],
    words: Sequence[Sequence[str]],
    n: int,
) -> list[int]:
    """Take the first n posts that share neither author nor words, of equals by their words and authors.

    Of many equals the first is looked for again each time: to sort them would hold the words of them all.
    """
    taken: list[int] = []
    seen: set[Any] = set()

    def keys(equals: NDArray[np.int64]) -> Iterator[tuple[str, str, int]]:
        for number, i in enumerate(map(int, equals)):
            yield " ".join(words[i]), names(i), i
            if number % _FEW == _FEW - 1:
                looked()

    for equals in ranked:
        while len(taken) < n:
            left = (
                (text, name, i)
                for text, name, i in keys(equals)
                if ("words", text) not in seen and ("author", name) not in seen
            )
            first = min(left, default=None, key=lambda found: found[:2])
            if first is None:
                break
            taken.append(first[2])
            seen |= {("author", first[1]), ("words", first[0])}
        if len(taken) == n:
            break
    return taken
