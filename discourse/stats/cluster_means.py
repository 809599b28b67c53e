"""Means, shares, ratios and their differences with intervals that respect clusters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.clusters import influence_variance
from discourse.stats.summed_means import Centred, variance_of_means

Floats = NDArray[np.float64]


class Estimate(NamedTuple):
    """A figure with its standard error, degrees of freedom, interval and p-value of being zero."""

    estimate: float
    se: float
    df: float
    low: float
    high: float
    p: float
    n: int
    n_clusters: tuple[int, ...]


def t_interval(
    estimate: float, variance: float, df: float, level: float = 0.95
) -> tuple[float, float, float]:
    """Interval and two-sided p-value of zero from Student's t.

    Parameters
    ----------
    estimate, variance, df : float
        The figure, its variance, its degrees of freedom.
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    tuple of float
        Low end, high end, p-value.

    Notes
    -----
    Student (1908) doi:10.1093/biomet/6.1.1.

    Examples
    --------
    >>> low, high, p = t_interval(0.0, 1.0, 10.0)
    >>> round(high, 3), p
    (2.228, 1.0)
    """
    if not 0.0 < level < 1.0:
        raise ParameterError("level must lie between 0 and 1", expected="for instance 0.95")
    se = float(np.sqrt(variance))
    half = se * float(special.stdtrit(df, 0.5 + level / 2.0))
    if se == 0.0:
        return estimate, estimate, 1.0 if estimate == 0.0 else float("nan")
    p = 2.0 * float(special.stdtr(df, -abs(estimate) / se))
    return estimate - half, estimate + half, min(p, 1.0)


def clustered_ratio(
    numerator: ArrayLike,
    denominator: ArrayLike,
    clusters: Sequence[ArrayLike],
    *,
    groups: ArrayLike | None = None,
    level: float = 0.95,
) -> Estimate:
    r"""Ratio of totals, or difference of two such ratios, with an interval that respects clusters.

    .. math:: \hat\theta = \sum_i y_i / \sum_i x_i, \qquad \psi_i = (y_i - \hat\theta x_i) / \sum_j x_j

    A share *among* some of the observations is the ratio of two indicators: a domain estimator.

    Parameters
    ----------
    numerator, denominator : array_like of float, shape (n,)
        y and x; x not negative.
    clusters : sequence of one or two arrays of int, shape (n,)
        Cluster codes; negative where unknown.
    groups : array_like of int, shape (n,), optional
        0 for the first group, 1 for the second: the estimate is then first minus second.
    level : float
        Confidence level.

    Returns
    -------
    Estimate
        ``n`` counts the observations with a denominator above zero.

    Raises
    ------
    NotMeasurable
        If a group has no observation, or too few clusters.

    Notes
    -----
    Cochran (1977), Sampling Techniques, chapters 2 (domains) and 6 (ratios); variance as in
    :func:`influence_variance`.

    Examples
    --------
    >>> out = clustered_ratio([1, 0, 1, 0], [1, 1, 1, 0], [[0, 1, 2, 3]])
    >>> round(out.estimate, 3), out.n
    (0.667, 3)
    """
    y, x = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    if y.shape != x.shape or y.ndim != 1 or not (np.isfinite(y).all() and np.isfinite(x).all()):
        raise ParameterError("numerator and denominator must be finite, one value for each observation")
    if (x < 0.0).any():
        raise ParameterError("a denominator is negative")
    inside = x > 0.0
    y, x = y[inside], x[inside]
    codes = [np.asarray(c)[inside] for c in clusters]
    member = _membership(groups, inside)
    totals = x @ member
    if not (totals > 0.0).all():
        raise NotMeasurable("a group has no observation")
    ratios = (y @ member) / totals
    signs = np.array([1.0, -1.0])[: member.shape[1]]
    load = member * x[:, None] / totals
    psi = signs * member * (y - x * (member @ ratios))[:, None] / totals
    spread = influence_variance(psi, codes, load=load)
    theta = float(signs @ ratios)
    low, high, p = t_interval(theta, spread.variance, spread.df, level)
    se = float(np.sqrt(spread.variance))
    return Estimate(theta, se, spread.df, low, high, p, int(inside.sum()), spread.n_clusters)


def _membership(groups: ArrayLike | None, inside: NDArray[Any]) -> Floats:
    if groups is None:
        return np.ones((int(inside.sum()), 1))
    index = _checked(groups)[inside]
    return np.column_stack([index == 0, index == 1]).astype(np.float64)


def _checked(groups: ArrayLike) -> NDArray[Any]:
    index = np.asarray(groups)
    if index.size and (index.min() < 0 or index.max() > 1):
        raise ParameterError("groups must be 0 or 1")
    return index


def clustered_mean(
    values: ArrayLike,
    clusters: Sequence[ArrayLike],
    *,
    groups: ArrayLike | None = None,
    level: float = 0.95,
) -> Estimate:
    """Mean or share, or difference of two, with an interval that respects clusters.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        Scores, or 0 and 1 for a share.
    clusters : sequence of one or two arrays of int, shape (n,)
        Cluster codes; negative where unknown.
    groups : array_like of int, shape (n,), optional
        0 for the first group, 1 for the second: the estimate is then first minus second.
    level : float
        Confidence level.

    Returns
    -------
    Estimate

    Raises
    ------
    NotMeasurable
        If a group has no observation, or too few clusters.

    Notes
    -----
    :func:`clustered_ratio` with a denominator of one; influence values are made as they are summed
    (:mod:`discourse.stats.summed_means`), so that millions of observations take little memory.

    Examples
    --------
    >>> clustered_mean([1.0, 2.0, 3.0], [[0, 1, 2]]).estimate
    2.0
    """
    y = np.asarray(values, dtype=np.float64)
    if y.ndim != 1 or not np.isfinite(y).all():
        raise ParameterError("values must be finite, one for each observation")
    if len(clusters) not in (1, 2) or any(np.shape(c) != y.shape for c in clusters):
        raise ParameterError("one or two clusterings are needed, one code for each observation")
    centred = Centred.of(y, None if groups is None else _checked(groups))
    spread = variance_of_means(centred, [np.asarray(c) for c in clusters])
    signs = np.array([1.0, -1.0])[: centred.n_groups]
    theta = float(signs @ centred.means)
    low, high, p = t_interval(theta, spread.variance, spread.df, level)
    se = float(np.sqrt(spread.variance))
    return Estimate(theta, se, spread.df, low, high, p, len(y), spread.n_clusters)
