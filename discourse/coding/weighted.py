"""Shares of a coded sample, weighted to the frame, with intervals that stay between 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from discourse.errors import NotMeasurable
from discourse.stats.clusters import dense_codes, influence_variance

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


class Share(NamedTuple):
    """A share with its interval; ``n_effective``: unweighted, independent posts as informative as these."""

    estimate: float
    low: float
    high: float
    n: int
    n_effective: float


NOTHING = Share(float("nan"), float("nan"), float("nan"), 0, 0.0)


def clusters_of(units: pd.DataFrame) -> tuple[Codes, ...]:
    """Number the authors and threads of coded units; an unknown one is a cluster of its own.

    Examples
    --------
    >>> clusters_of(pd.DataFrame({"author": ["b", "a", None], "thread_id": ["t", "t", "t"]}))[0]
    array([1, 0, 2])
    """
    named = [units[name] for name in ("author", "thread_id") if name in units and units[name].notna().any()]
    found = [dense_codes(pd.factorize(column, sort=True)[0].astype(np.int64)) for column in named]
    return tuple(found) or (np.arange(len(units)),)


def weighted_share(
    numerator: ArrayLike,
    denominator: ArrayLike,
    weight: ArrayLike,
    clusters: Sequence[Codes],
    level: float = 0.95,
) -> Share:
    r"""Estimate a share among some of the units: a ratio of weighted totals.

    Parameters
    ----------
    numerator, denominator : array_like of float, shape (n,)
        y and x, the first not larger than the second; units with x = 0 are not asked about.
    weight : array_like of float, shape (n,)
        One over the inclusion probability.
    clusters : sequence of one or two arrays of int, shape (n,)
        Units that depend on each other.
    level : float
        Level of the interval.

    Returns
    -------
    Share
        NaN where no unit is asked about.

    Notes
    -----
    Linearised, cluster-robust variance as in :func:`discourse.stats.clusters.influence_variance`, turned into
    an effective number of posts p(1 - p)/V for Wilson's interval with Student's t (Korn and Graubard 1998,
    *Survey Methodology* 24(2), 193-201; Dean and Pagano 2015, doi:10.1093/jssam/smv024).  At 0 and 1, and
    where all units lie in one cluster, the number is (sum w)^2 / sum w^2.  Strata are not used for the
    variance, so that intervals are a little too wide rather than too narrow.

    Examples
    --------
    >>> share = weighted_share([1, 1, 0, 0], [1, 1, 1, 0], [1.0, 3.0, 1.0, 9.0], [np.arange(4)])
    >>> round(share.estimate, 3), share.n
    (0.8, 3)
    """
    y, x, w = (np.asarray(values, dtype=np.float64) for values in (numerator, denominator, weight))
    inside = x > 0.0
    if not inside.any():
        return NOTHING
    y, x, w = y[inside], x[inside], w[inside]
    total = float(w @ x)
    p = float(w @ y) / total
    psi = w * (y - p * x) / total
    return share_from_influence(p, psi, w * x, [c[inside] for c in clusters], level)


def share_from_influence(
    estimate: float, influence: Floats, weight: Floats, clusters: Sequence[Codes], level: float = 0.95
) -> Share:
    """Give an interval to a figure between 0 and 1 from its influence values.

    Parameters
    ----------
    estimate : float
        The figure.
    influence : ndarray of float64, shape (n,)
        Effect of each unit on it; they sum to zero.
    weight : ndarray of float64, shape (n,)
        Weight of each unit.
    clusters, level
        As for :func:`weighted_share`.

    Returns
    -------
    Share

    Examples
    --------
    >>> share_from_influence(1.0, np.zeros(8), np.ones(8), [np.arange(8)]).n_effective
    8.0
    """
    kish = float(weight.sum()) ** 2 / float(weight @ weight)
    n_effective, df = kish, max(len(weight) - 1.0, 1.0)
    try:
        spread = influence_variance(influence, [dense_codes(c) for c in clusters], load=weight / weight.sum())
    except NotMeasurable:
        spread = None
    if spread is not None and spread.variance > 1e-12 and 0.0 < estimate < 1.0:
        n_effective, df = estimate * (1.0 - estimate) / spread.variance, max(spread.df, 1.0)
    t = float(special.stdtrit(df, 0.5 + level / 2.0))
    low, high = _wilson(estimate, n_effective, t)
    return Share(estimate, low, high, len(weight), n_effective)


def _wilson(p: float, n: float, t: float) -> tuple[float, float]:
    middle = (p + t * t / (2 * n)) / (1 + t * t / n)
    half = t * np.sqrt(p * (1 - p) / n + t * t / (4 * n * n)) / (1 + t * t / n)
    return float(max(middle - half, 0.0)), float(min(middle + half, 1.0))
