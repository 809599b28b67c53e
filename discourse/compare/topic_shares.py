"""Shares of topics with the authors and threads behind them, sorted once for all topics and groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.contrasts import share_interval
from discourse.compare.samples import cluster_codes
from discourse.compare.sentiment import MIN_AUTHORS, MIN_THREADS
from discourse.room import looked, room
from discourse.stats.cluster_means import Estimate
from discourse.stats.many_means import crossed_columns
from discourse.topics.model import TopicModel

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

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
    authors, threads : ndarray of int32, shape (n,)
        Numbers of the author and thread; -1 where unknown.
    """

    lang: str
    topics: list[int]
    shares: Floats
    names: list[str]
    group: NDArray[np.int16]
    authors: NDArray[np.int32]
    threads: NDArray[np.int32]

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
        authors, threads = (
            cluster_codes(frame[name].iloc[known]).astype(np.int32) for name in ("author", "thread_id")
        )
        group, names = pd.factorize(frame["group"].iloc[known])
        # Posts of one author in one thread stand by what they are about, whatever order they came in.
        about = np.zeros(len(known))
        for at, column in enumerate(shares):
            about += np.sqrt(2.0 + at) * column
            looked()
        order = np.lexsort((about, threads, authors))
        del about
        put_in_order(shares, order)
        placed = group.astype(np.int16)[order]
        return cls(lang, topics, shares, list(names), placed, authors[order], threads[order])

    def inside(self, *groups: str) -> NDArray[np.bool_]:
        """Say which posts are of some groups."""
        return np.isin(self.group, [place for place, name in enumerate(self.names) if name in groups])

    def counts(self, group: str) -> dict[str, int]:
        """Count posts, named authors and threads of a group."""
        mine = self.inside(group)
        return {"n": int(mine.sum())} | {
            name: int(np.count_nonzero(np.bincount(codes[mine & (codes >= 0)])))
            for name, codes in (("n_authors", self.authors), ("n_threads", self.threads))
        }

    def means(self, group: str, level: float) -> Iterator[tuple[Estimate, Floats]]:
        """Estimate the mean share of each topic in a group; of shares of 0 and 1 only as of a proportion.

        With each goes its column of shares.
        """
        mine = self.inside(group)
        columns = _Columns(self.shares, mine)
        found = crossed_columns(columns, self.authors[mine], self.threads[mine], level=level)
        for one in found:
            yield (_as_proportion(one, level) if is_binary(columns.last) else one), columns.last

    def differences(self, pair: tuple[str, str], level: float) -> Iterator[tuple[Estimate, float, Floats]]:
        """Estimate first minus second group in each topic, with Hedges' g, and the column of shares."""
        mine = self.inside(*pair)
        second = self.inside(pair[1])[mine]
        columns = _Columns(self.shares, mine)
        authors, threads = self.authors[mine], self.threads[mine]
        found = crossed_columns(columns, authors, threads, groups=second.astype(np.int8), level=level)
        for one in found:
            effect = hedges_g(columns.last[~second][:, None], columns.last[second][:, None])
            yield one, float(effect[0]), columns.last


class _Columns:
    """The shares of some posts topic by topic; the last one that was looked at is kept."""

    def __init__(self, shares: Floats, mine: NDArray[np.bool_]) -> None:
        self.shares, self.mine, self.last = shares, mine, shares[0, :0]

    def __iter__(self) -> Iterator[Floats]:
        for column in self.shares:
            self.last = column[self.mine]
            looked()
            yield self.last


def shares_among(prevalence: Floats, topics: Sequence[int]) -> tuple[Codes, Floats]:
    """Give shares of some topics among themselves.

    Parameters
    ----------
    prevalence : ndarray of float64, shape (n_docs, n_topics)
        Shares of all topics.
    topics : sequence of int
        The topics, such as those of a language.

    Returns
    -------
    rows : ndarray of int64, shape (n,)
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


def posts_of(prevalence: Floats, topics: Sequence[int]) -> Codes:
    """Find the posts that have any of some topics: their rows, in order.

    Examples
    --------
    >>> posts_of(np.array([[0.25, 0.25, 0.5], [0.0, 0.0, 1.0]]), [0, 1]).tolist()
    [0]
    """
    known = [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(prevalence), _AT_ONCE):
        total = prevalence[start : start + _AT_ONCE][:, topics].sum(axis=1)
        known.append(start + np.flatnonzero(total > 0))
        looked()
    return np.concatenate(known)


def put_in_order(columns: Floats, order: NDArray[np.int64]) -> None:
    """Put what stands in rows into another order, one row after the other.

    Examples
    --------
    >>> rows = np.array([[1.0, 2.0]])
    >>> put_in_order(rows, np.array([1, 0]))
    >>> rows.tolist()
    [[2.0, 1.0]]
    """
    for column in columns:
        column[:] = column[order]
        looked()


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


def varies(found: Estimate, values: Floats) -> bool:
    """Whether a standard error is more than the rounding of a constant."""
    return found.se > 1e-12 * float(np.abs(values).max())


def is_binary(values: Floats) -> bool:
    """Whether all values are 0 or 1."""
    return bool(((values == 0.0) | (values == 1.0)).all())


def hedges_g(first: Floats, second: Floats) -> Floats:
    """Standardise differences of means, column by column, with the small-sample factor J.

    Parameters
    ----------
    first, second : ndarray of float64, shape (n, k)
        Outcomes of both groups.

    Returns
    -------
    ndarray of float64, shape (k,)
        NaN where an outcome does not vary.

    Notes
    -----
    Hedges (1981) doi:10.3102/10769986006002107.

    Examples
    --------
    >>> hedges_g(np.array([[1.0], [3.0]]), np.array([[0.0], [2.0]])).round(3).tolist()
    [0.404]
    """
    freedom = len(first) + len(second) - 2
    means = [_added(part) / len(part) for part in (first, second)]
    spread = [_added((part - mean) ** 2) for part, mean in zip((first, second), means, strict=True)]
    pooled = sum(spread) / max(freedom, 1)
    apart: Any = means[0] - means[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        size = apart / np.sqrt(pooled) * (1.0 - 3.0 / (4.0 * freedom - 1.0))
    return np.asarray(np.where(np.asarray(pooled) > 0.0, size, np.nan), dtype=np.float64)


def _added(values: Floats) -> Floats:
    """Add rows one after the other, so that one column is added as one of many."""
    return np.asarray([np.cumsum(column)[-1] if len(column) else 0.0 for column in values.T])


def _as_proportion(found: Estimate, level: float) -> Estimate:
    low, high = share_interval(found.estimate, found.se**2, found.df, min(found.n_clusters), level)
    return found._replace(low=low, high=high)
