"""Shares of topics with the authors and threads behind them, sorted once for all topics and groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.contrasts import share_interval
from discourse.compare.samples import cluster_codes
from discourse.compare.sentiment import MIN_AUTHORS, MIN_THREADS
from discourse.stats.cluster_means import Estimate
from discourse.stats.many_means import crossed_means
from discourse.topics.model import TopicModel

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

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
    shares : ndarray of float64, shape (n, n_topics)
        Share of each of these topics among them; rows sum to 1.
    names : list of str
        Names of the groups.
    group : ndarray of int64, shape (n,)
        Which of them each post is of; -1 where unknown.
    authors, threads : ndarray of int64, shape (n,)
        Numbers of the author and thread; -1 where unknown.
    """

    lang: str
    topics: list[int]
    shares: Floats
    names: list[str]
    group: Codes
    authors: Codes
    threads: Codes

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
        total = model.prevalence[:, topics].sum(axis=1)
        known = np.flatnonzero(total > 0)
        shares = model.prevalence[known][:, topics] / total[known, None]
        authors, threads = (cluster_codes(frame[name].iloc[known]) for name in ("author", "thread_id"))
        group, names = pd.factorize(frame["group"].iloc[known])
        # Posts of one author in one thread stand by what they are about, whatever order they came in.
        about = sum(np.sqrt(2.0 + at) * column for at, column in enumerate(shares.T))
        order = np.lexsort((about, threads, authors))
        placed = np.asarray(group, dtype=np.int64)[order]
        return cls(lang, topics, shares[order], list(names), placed, authors[order], threads[order])

    def inside(self, *groups: str) -> NDArray[np.bool_]:
        """Say which posts are of some groups."""
        return np.isin(self.group, [place for place, name in enumerate(self.names) if name in groups])

    def counts(self, group: str) -> dict[str, int]:
        """Count posts, named authors and threads of a group."""
        mine = self.inside(group)
        return {"n": int(mine.sum())} | {
            name: len(np.unique(codes[mine & (codes >= 0)]))
            for name, codes in (("n_authors", self.authors), ("n_threads", self.threads))
        }

    def means(self, group: str, level: float) -> list[Estimate]:
        """Estimate the mean share of each topic in a group; of shares of 0 and 1 only as of a proportion."""
        mine = self.inside(group)
        shares = self.shares[mine]
        found = crossed_means(shares, self.authors[mine], self.threads[mine], level=level)
        return [
            _as_proportion(one, level) if is_binary(column) else one
            for one, column in zip(found, shares.T, strict=True)
        ]

    def differences(self, pair: tuple[str, str], level: float) -> Iterator[tuple[Estimate, float]]:
        """Estimate first minus second group in each topic, with Hedges' g."""
        mine = self.inside(*pair)
        shares, second = self.shares[mine], self.inside(pair[1])[mine]
        authors, threads = self.authors[mine], self.threads[mine]
        found = crossed_means(shares, authors, threads, groups=second.astype(np.int64), level=level)
        yield from zip(found, hedges_g(shares[~second], shares[second]).tolist(), strict=True)


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
    pooled = sum(((part - part.mean(axis=0)) ** 2).sum(axis=0) for part in (first, second)) / max(freedom, 1)
    apart: Any = first.mean(axis=0) - second.mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = apart / np.sqrt(pooled) * (1.0 - 3.0 / (4.0 * freedom - 1.0))
    return np.asarray(np.where(np.asarray(pooled) > 0.0, size, np.nan), dtype=np.float64)


def _as_proportion(found: Estimate, level: float) -> Estimate:
    low, high = share_interval(found.estimate, found.se**2, found.df, min(found.n_clusters), level)
    return found._replace(low=low, high=high)
