"""The regressors of a model of topics, laid out post by post, so many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.sentiment import MIN_AUTHORS, MIN_THREADS
from discourse.compare.standing import codes_of
from discourse.room import looked, room

Floats = NDArray[np.float64]
#: Column to its values, the first being the one that others are compared with; None for a number.
Terms = Mapping[str, Sequence[str] | None]
# Posts that are looked at at once.
_AT_ONCE = 50_000


@dataclass(frozen=True)
class TopicDesign:
    """Places of posts with their regressors; (term, value, reference) of each, the constant first."""

    places: NDArray[np.int32]
    x: Floats
    columns: list[tuple[str, str | None, str | None]]


@dataclass(frozen=True)
class DesignedPosts:
    """What a model reads of posts: numbers of authors and threads, factors as numbers of their values."""

    authors: NDArray[np.int32]
    threads: NDArray[np.int32]
    factors: dict[str, pd.Categorical]
    numbers: dict[str, Floats]

    @classmethod
    def of(cls, frame: pd.DataFrame, terms: Terms) -> Self:
        """Read ``author``, ``thread_id`` and the columns of the terms."""
        every = np.arange(len(frame), dtype=np.int32)
        clusters = [codes_of(frame[name], every) for name in ("author", "thread_id")]
        factors = {name: pd.Categorical(frame[name]) for name, values in terms.items() if values is not None}
        numbers = {
            name: frame[name].to_numpy(dtype=np.float64, na_value=np.nan)
            for name, values in terms.items()
            if values is None
        }
        return cls(clusters[0], clusters[1], factors, numbers)

    def counts(
        self, places: NDArray[np.int32], term: str | None = None, value: str | None = None
    ) -> dict[str, int]:
        """Count posts, named authors and threads, of all posts at some places or of those with a value."""
        factor = None if term is None or value is None else self.factors[term]
        code = -1 if factor is None else factor.categories.get_loc(value)
        sizes = [int(codes.max(initial=-1)) + 1 for codes in (self.authors, self.threads)]
        there, n = [np.zeros(size + 1, dtype=bool) for size in sizes], 0
        for part in _parts(places):
            mine = part if factor is None else part[factor.codes[part] == code]
            n += len(mine)
            there[0][self.authors[mine]] = there[1][self.threads[mine]] = True  # the last is the unknown
            looked()
        authors, threads = (int(np.count_nonzero(found[:-1])) for found in there)
        return {"n": n, "n_authors": authors, "n_threads": threads}


def _parts(places: NDArray[np.int32]) -> Iterator[NDArray[np.int32]]:
    return (places[start : start + _AT_ONCE] for start in range(0, len(places), _AT_ONCE))


def topic_design(
    posts: DesignedPosts, places: NDArray[np.int32], terms: Terms, min_cell: int
) -> TopicDesign | str:
    """Choose the posts of a model and lay out its regressors; or say why there is no such model.

    Parameters
    ----------
    posts : DesignedPosts
        All posts.
    places : ndarray of int32
        Those that have words of the language of the topics.
    terms : mapping of str to sequence of str or None
        As for :func:`discourse.compare.topic_covariates.topic_covariates`.
    min_cell : int
        Values with fewer authors are left out, and their posts with them.

    Returns
    -------
    TopicDesign or str
        The reason where there are too few.

    Examples
    --------
    >>> frame = pd.DataFrame({"author": list("wxyz"), "thread_id": list("1234"), "group": list("aabb")})
    >>> terms = {"group": ["a", "b"]}
    >>> topic_design(DesignedPosts.of(frame, terms), np.arange(4, dtype=np.int32), terms, 1)
    'fewer than 100 authors'
    """
    for name, values in terms.items():
        if values is None:
            places = _kept(places, partial(_is_known, posts.numbers[name]))
            continue
        factor = posts.factors[name]
        enough = np.zeros(len(factor.categories) + 1, dtype=bool)
        for value in values:
            if value in factor.categories and posts.counts(places, name, value)["n_authors"] >= min_cell:
                enough[factor.categories.get_loc(value)] = True
        places = _kept(places, partial(_is_among, factor.codes, enough))
    reason = _too_small(posts.counts(places))
    if reason is not None:
        return reason
    found: list[tuple[str, str | None, str | None]] = [("constant", None, None)]
    x = room((1 + sum(1 if values is None else len(values) for values in terms.values()), len(places)), float)
    x[0] = 1.0
    for name, values in terms.items():
        if values is None:
            if _centred(posts.numbers[name], places, x[len(found)]):
                found.append((name, None, None))
            continue
        factor = posts.factors[name]
        codes = {v: factor.categories.get_loc(v) for v in values if v in factor.categories}
        there = np.zeros(len(factor.categories) + 1, dtype=bool)
        for part in _parts(places):
            there[factor.codes[part]] = True
            looked()
        left = [v for v, code in codes.items() if there[code]]
        for value in left[1:]:
            for at, part in enumerate(_parts(places)):
                x[len(found), at * _AT_ONCE : at * _AT_ONCE + len(part)] = factor.codes[part] == codes[value]
                looked()
            found.append((name, value, left[0]))
    return TopicDesign(places, x[: len(found)], found)


def _kept(
    places: NDArray[np.int32], chosen: Callable[[NDArray[np.int32]], NDArray[np.bool_]]
) -> NDArray[np.int32]:
    """Keep some of the places."""
    out, n = room(len(places), np.int32), 0
    for part in _parts(places):
        kept = part[chosen(part)]
        out[n : n + len(kept)] = kept
        n += len(kept)
        looked()
    return out[:n]


def _is_known(values: Floats, part: NDArray[np.int32]) -> NDArray[np.bool_]:
    return np.asarray(np.isfinite(values[part]))


def _is_among(
    codes: NDArray[np.integer], chosen: NDArray[np.bool_], part: NDArray[np.int32]
) -> NDArray[np.bool_]:
    return np.asarray(chosen[codes[part]])


def _too_small(counts: dict[str, int]) -> str | None:
    """Say why there are too few posts; None where there are enough."""
    if counts["n_authors"] < MIN_AUTHORS:
        return f"fewer than {MIN_AUTHORS} authors"
    return f"fewer than {MIN_THREADS} threads" if counts["n_threads"] < MIN_THREADS else None


def _centred(values: Floats, places: NDArray[np.int32], row: Floats) -> bool:
    """Lay out a number around its mean; say whether it varies."""
    for at, part in enumerate(_parts(places)):
        row[at * _AT_ONCE : at * _AT_ONCE + len(part)] = values[part]
        looked()
    if not np.ptp(row) > 0:
        return False
    row -= row.mean()
    return True
