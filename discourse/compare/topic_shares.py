"""Shares of topics with the authors and threads behind them, sorted once for all topics and groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.contrasts import share_interval
from discourse.compare.sentiment import MIN_AUTHORS, MIN_THREADS
from discourse.compare.standing import Standing, codes_of, put_in_order
from discourse.room import laid, looked, room
from discourse.stats.cluster_means import Estimate
from discourse.stats.many_means import crossed_columns
from discourse.topics.model import TopicModel

Floats = NDArray[np.float64]

# Posts that are gone through at once.
_AT_ONCE = 50_000
METHOD = "cluster-robust t interval (author x thread_id)"


@dataclass(frozen=True)
class TopicShares:
    """The posts that have words of one language, in an order that does not depend on the given one.

    Parameters
    ----------
    lang : str
        Language of the topics.
    topics : list of int
        Their numbers.
    shares : ndarray of float64, shape (n_topics, n)
        Share of each of these topics among them; columns sum to 1.
    names : list of str
        Names of the groups.
    group : ndarray of int16, shape (n,)
        Which of them each post is of; -1 where unknown.
    standing : Standing
        Authors and threads of the posts.
    """

    lang: str
    topics: list[int]
    shares: Floats
    names: list[str]
    group: NDArray[np.int16]
    standing: Standing

    @classmethod
    def of(cls, model: TopicModel, frame: pd.DataFrame, lang: str) -> Self:
        """Take the topics of a language, and the posts that have words of it.

        Parameters
        ----------
        model : TopicModel
            The model.
        frame : DataFrame
            The posts of the model, in its order, with ``group``, ``author``, ``thread_id``.
        lang : str
            Language of the topics.
        """
        topics = [t for t, of in enumerate(model.topic_langs) if of == lang]
        known, shares = shares_among(model.prevalence, topics)
        # Posts of one author in one thread stand by what they are about, whatever order they came in.
        about = room(len(known), np.float64)
        for start in range(0, len(known), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            about[part] = 0.0
            for at, column in enumerate(shares):
                about[part] += np.sqrt(2.0 + at) * column[part]
            looked()
        standing = Standing.of(codes_of(frame["author"], known), codes_of(frame["thread_id"], known), about)
        put_in_order(shares, standing.order)
        groups = pd.Categorical(frame["group"])
        group = laid(laid(groups.codes.astype(np.int16), known), standing.order)
        return cls(lang, topics, shares, list(groups.categories), group, standing)

    def inside(self, *groups: str) -> NDArray[np.bool_]:
        """Say which posts are of some groups."""
        out = np.zeros(len(self.group), dtype=bool)
        for place, name in enumerate(self.names):
            if name in groups:
                out |= self.group == place
        return out

    def counts(self, group: str) -> dict[str, int]:
        """Count posts, named authors and threads of a group."""
        mine = self.inside(group)
        found, codes = {"n": int(np.count_nonzero(mine))}, (self.standing.authors, self.standing.threads)
        for name, of, last in zip(("n_authors", "n_threads"), codes, self.standing.named, strict=True):
            there = np.zeros(int(of.max(initial=-1)) + 1, dtype=bool)
            for part in _parts(len(mine)):
                there[of[part][mine[part]]] = True
                looked()
            found[name] = int(np.count_nonzero(there[:last]))
        return found

    def means(self, group: str, level: float) -> Iterator[tuple[Estimate, Seen]]:
        """Estimate the mean share of each topic in a group; of shares of 0 and 1 only as of a proportion.

        With each goes what its shares are like.
        """
        mine = self.inside(group)
        for one, column in zip(self._estimates(mine, None, level), self.shares, strict=True):
            seen = Seen.of(column, mine)
            yield (_as_proportion(one, level) if seen.binary else one), seen

    def differences(self, pair: tuple[str, str], level: float) -> Iterator[tuple[Estimate, float, Seen]]:
        """Estimate first minus second group in each topic, with Hedges' g, and what the shares are like."""
        first, second = (self.inside(name) for name in pair)
        mine = first | second
        found = self._estimates(mine, second.astype(np.int8), level)
        for one, column in zip(found, self.shares, strict=True):
            yield one, hedges_g(column, first, second), Seen.of(column, mine)

    def _estimates(
        self, mine: NDArray[np.bool_], groups: NDArray[np.int8] | None, level: float
    ) -> Iterator[Estimate]:
        ways = self.standing.authors, self.standing.threads
        return crossed_columns(self.shares, *ways, groups=groups, level=level, counted=mine)


@dataclass(frozen=True)
class Seen:
    """What some shares are like: whether all are 0 or 1, and the largest."""

    binary: bool
    largest: float

    @classmethod
    def of(cls, column: Floats, mine: NDArray[np.bool_]) -> Self:
        """Look at the shares of some posts.

        Examples
        --------
        >>> Seen.of(np.array([0.5, 1.0]), np.array([False, True]))
        Seen(binary=True, largest=1.0)
        """
        binary, largest = True, 0.0
        for part in _parts(len(column)):
            values = column[part][mine[part]]
            binary = binary and bool(((values == 0.0) | (values == 1.0)).all())
            largest = max(largest, float(np.abs(values).max(initial=0.0)))
            looked()
        return cls(binary, largest)

    def varies(self, found: Estimate) -> bool:
        """Whether a standard error is more than the rounding of a constant."""
        return found.se > 1e-12 * self.largest


def _parts(n: int) -> Iterator[slice]:
    return (slice(start, start + _AT_ONCE) for start in range(0, n, _AT_ONCE))


def shares_among(prevalence: Floats, topics: Sequence[int]) -> tuple[NDArray[np.int32], Floats]:
    """Give shares of some topics among themselves.

    Parameters
    ----------
    prevalence : ndarray of float64, shape (n_docs, n_topics)
        Shares of all topics.
    topics : sequence of int
        The topics, such as those of a language.

    Returns
    -------
    rows : ndarray of int32, shape (n,)
        Posts that have any of them.
    shares : ndarray of float64, shape (n of the topics, n)
        Columns sum to 1.

    Examples
    --------
    >>> shares_among(np.array([[0.25, 0.25, 0.5], [0.0, 0.0, 1.0]]), [0, 1])[1].tolist()
    [[0.5], [0.5]]
    """
    rows = posts_of(prevalence, topics)
    shares = room((len(topics), len(rows)), np.float64)
    for start in range(0, len(rows), _AT_ONCE):
        own = prevalence[rows[start : start + _AT_ONCE]][:, topics]
        shares[:, start : start + _AT_ONCE] = (own / own.sum(axis=1)[:, None]).T
        looked()
    return rows, shares


def posts_of(prevalence: Floats, topics: Sequence[int]) -> NDArray[np.int32]:
    """Find the posts that have any of some topics: their rows, in order.

    Examples
    --------
    >>> posts_of(np.array([[0.25, 0.25, 0.5], [0.0, 0.0, 1.0]]), [0, 1]).tolist()
    [0]
    """
    rows, n = room(len(prevalence), np.int32), 0
    for start in range(0, len(prevalence), _AT_ONCE):
        total = prevalence[start : start + _AT_ONCE][:, topics].sum(axis=1)
        found = np.flatnonzero(total > 0)
        rows[n : n + len(found)] = start + found
        n += len(found)
        looked()
    return rows[:n]


def why_not(counts: dict[str, int]) -> str | None:
    """Say why a group is too small for a figure; None where it is not.

    Examples
    --------
    >>> why_not({"n": 300, "n_authors": 120, "n_threads": 7})
    'fewer than 20 threads'
    """
    if not counts["n"]:
        return "no post of this group has a content word"
    if counts["n_authors"] < MIN_AUTHORS:
        return f"fewer than {MIN_AUTHORS} authors"
    return f"fewer than {MIN_THREADS} threads" if counts["n_threads"] < MIN_THREADS else None


def hedges_g(values: Floats, first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    """Standardise the difference of two means, with the small-sample factor J.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)
        The outcome.
    first, second : ndarray of bool, shape (n,)
        Which observations are of either group.

    Returns
    -------
    float
        NaN where the outcome does not vary.

    Notes
    -----
    Hedges (1981) doi:10.3102/10769986006002107.

    Examples
    --------
    >>> first = np.array([True, True, False, False])
    >>> round(hedges_g(np.array([1.0, 3.0, 0.0, 2.0]), first, ~first), 3)
    0.404
    """
    sizes = [int(np.count_nonzero(mine)) for mine in (first, second)]
    freedom = sum(sizes) - 2
    means = [_added(values, mine) / n for mine, n in zip((first, second), sizes, strict=True)]
    spread = [_added(values, mine, mean) for mine, mean in zip((first, second), means, strict=True)]
    pooled = sum(spread) / max(freedom, 1)
    if not pooled > 0.0:
        return float("nan")
    return float((means[0] - means[1]) / np.sqrt(pooled) * (1.0 - 3.0 / (4.0 * freedom - 1.0)))


def _added(values: Floats, mine: NDArray[np.bool_], middle: float | None = None) -> float:
    """Add values, or their squares around a middle, one after the other."""
    total = 0.0
    for part in _parts(len(values)):
        own = values[part][mine[part]]
        if len(own):
            own = own if middle is None else (own - middle) ** 2
            total = float(np.cumsum(np.concatenate([[total], own]))[-1])
        looked()
    return total


def _as_proportion(found: Estimate, level: float) -> Estimate:
    low, high = share_interval(found.estimate, found.se**2, found.df, min(found.n_clusters), level)
    return found._replace(low=low, high=high)
