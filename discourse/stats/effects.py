"""How large is a difference?  Effect sizes and shares with intervals, for observations that are independent.

Where posts share authors and threads the intervals here are too narrow: take those of the cluster
bootstrap, and the effect sizes from here.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, ndtri
from scipy.stats import mannwhitneyu, rankdata

from discourse.errors import ParameterError
from discourse.stats.arrays import Floats, broadcast, counts, floats, ratio, within


class Interval(NamedTuple):
    """An estimate and the bounds of its interval; numbers, or arrays of one shape."""

    estimate: Floats
    low: Floats
    high: Floats


class RankTest(NamedTuple):
    """Mann-Whitney: ``u`` of the first sample, two-sided ``p``."""

    u: float
    p: float


def _sample(name: str, values: ArrayLike) -> Floats:
    sample = floats(name, values, ndim=1)
    return sample[~np.isnan(sample)]


def hedges_g(x: ArrayLike, y: ArrayLike, *, level: float = 0.95) -> Interval:
    r"""Difference of two means in units of the pooled standard deviation, unbiased in small samples.

    .. math:: g = J(\nu) \frac{\bar x - \bar y}{s_p}, \quad
              J(\nu) = \frac{\Gamma(\nu/2)}{\sqrt{\nu/2}\,\Gamma((\nu-1)/2)}, \quad \nu = n_x + n_y - 2

    Parameters
    ----------
    x, y : array_like of float, shapes (n_x,) and (n_y,)
        Two samples; NaN is left out.
    level : float, default 0.95
        Level of the interval.

    Returns
    -------
    Interval
        No unit; the interval from the normal approximation with variance
        ``(n_x + n_y) / (n_x n_y) + g**2 / (2 (n_x + n_y))``.  NaN where a sample has fewer than 2 values or
        nothing varies.

    Raises
    ------
    ParameterError
        If a sample is not one-dimensional or the level not between 0 and 1.

    Notes
    -----
    Hedges (1981), *Journal of Educational Statistics* 6(2), 107-128,
    doi:10.3102/10769986006002107, with the exact J.

    Examples
    --------
    >>> round(float(hedges_g([3, 4, 5, 6], [1, 2, 3, 4]).estimate), 4)
    1.3457
    """
    z = _normal(level)
    first, second = _sample("x", x), _sample("y", y)
    n1, n2 = first.size, second.size
    if min(n1, n2) < 2:
        return Interval(*(np.array(np.nan) for _ in range(3)))
    dof = n1 + n2 - 2
    pooled = np.sqrt(((n1 - 1) * first.var(ddof=1) + (n2 - 1) * second.var(ddof=1)) / dof)
    correction = np.exp(gammaln(dof / 2) - gammaln((dof - 1) / 2)) / np.sqrt(dof / 2)
    flat = pooled <= 1e-12 * max(float(np.abs(first).max()), float(np.abs(second).max()))
    g = np.array(np.nan) if flat else np.asarray(correction * (first.mean() - second.mean()) / pooled)
    error = z * np.sqrt((n1 + n2) / (n1 * n2) + g * g / (2 * (n1 + n2)))
    return Interval(g, np.asarray(g - error), np.asarray(g + error))


def _normal(level: float) -> float:
    return float(ndtri(0.5 + within("level", level, 0, 1) / 2))


def cliff_delta(x: ArrayLike, y: ArrayLike) -> float:
    r"""Chance that a value of x exceeds one of y, minus the chance of the opposite.

    .. math:: \delta = P(x > y) - P(x < y) = 2 U / (n_x n_y) - 1

    Parameters
    ----------
    x, y : array_like of float, shapes (n_x,) and (n_y,)
        Two samples; NaN is left out.

    Returns
    -------
    float
        -1 to 1; NaN where a sample is empty.

    Raises
    ------
    ParameterError
        If a sample is not one-dimensional.

    Notes
    -----
    Cliff (1993), *Psychological Bulletin* 114(3), 494-509, doi:10.1037/0033-2909.114.3.494.
    From ranks, in n log n.

    Examples
    --------
    >>> round(cliff_delta([19, 22, 16, 29, 24], [20, 11, 17, 12]), 4)
    0.7
    """
    first, second = _sample("x", x), _sample("y", y)
    if not (first.size and second.size):
        return float("nan")
    return float(2 * _u(first, second) / (first.size * second.size) - 1)


def _u(first: Floats, second: Floats) -> float:
    ranks = rankdata(np.concatenate([first, second]))
    return float(ranks[: first.size].sum() - first.size * (first.size + 1) / 2)


def mann_whitney(x: ArrayLike, y: ArrayLike, *, method: str = "asymptotic") -> RankTest:
    """Mann-Whitney's test that neither sample tends to larger values; two-sided.

    Parameters
    ----------
    x, y : array_like of float, shapes (n_x,) and (n_y,)
        Two samples; NaN is left out.
    method : {"asymptotic", "exact"}
        Normal approximation with continuity correction and ties, or the exact distribution (small samples
        without ties).

    Returns
    -------
    RankTest
        ``u`` of x and ``p``; NaN where a sample is empty.

    Raises
    ------
    ParameterError
        If a sample is not one-dimensional or the method does not exist.

    Notes
    -----
    Mann and Whitney (1947), *Annals of Mathematical Statistics* 18(1), 50-60,
    doi:10.1214/aoms/1177730491; computed by scipy.

    Examples
    --------
    >>> result = mann_whitney([19, 22, 16, 29, 24], [20, 11, 17, 12], method="exact")
    >>> result.u, round(result.p, 4)
    (17.0, 0.1111)
    """
    if method not in ("asymptotic", "exact"):
        raise ParameterError(f"no method {method!r}", where="method", expected="asymptotic or exact")
    first, second = _sample("x", x), _sample("y", y)
    if not (first.size and second.size):
        return RankTest(float("nan"), float("nan"))
    result: Any = mannwhitneyu(first, second, alternative="two-sided", method=method)  # type: ignore[call-overload]
    return RankTest(float(result.statistic), float(result.pvalue))


def wilson(successes: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> Interval:
    r"""Share with Wilson's score interval.

    .. math:: \frac{p + z^2/2n \pm z \sqrt{p(1-p)/n + z^2/4n^2}}{1 + z^2/n}

    Parameters
    ----------
    successes, n : array_like of int, shape (...)
        How many of how many.
    level : float, default 0.95
        Level of the interval.

    Returns
    -------
    Interval
        Shares from 0 to 1; NaN where n is 0.

    Raises
    ------
    ParameterError
        If a count is negative, successes exceed n, or the level is not between 0 and 1.

    Notes
    -----
    Wilson (1927), *JASA* 22(158), 209-212, doi:10.1080/01621459.1927.10502953; method 3 of Newcombe (1998),
    *Statistics in Medicine* 17(8), 857-872.

    Examples
    --------
    >>> [round(float(bound), 4) for bound in wilson(81, 263)[1:]]
    [0.2553, 0.3662]
    """
    z = _normal(level)
    x, total = _trials("successes", successes, "n", n)
    p = ratio(x, total)
    middle = p + ratio(z * z, 2 * total)
    spread = z * np.sqrt(ratio(p * (1 - p), total) + ratio(z * z, 4 * total**2))
    low, high = (ratio(middle + sign * spread, 1 + ratio(z * z, total)) for sign in (-1, 1))
    low = np.where(x == 0, p, np.maximum(low, 0))  # exactly 0 and 1 at the ends, where rounding leaves 1e-18
    high = np.where(x == total, p, np.minimum(high, 1))
    return Interval(p, low, high)


def _trials(x_name: str, x: ArrayLike, n_name: str, n: ArrayLike) -> tuple[Floats, ...]:
    pair = broadcast([x_name, n_name], counts(x_name, x), counts(n_name, n))
    if np.any(pair[0] > pair[1]):
        raise ParameterError(f"{x_name} exceeds {n_name}", where=x_name, expected=f"at most {n_name}")
    return pair


def risk_difference(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, *, level: float = 0.95
) -> Interval:
    r"""Difference of two independent shares, with the interval that combines two Wilson intervals.

    .. math:: d - \sqrt{(p_1 - l_1)^2 + (u_2 - p_2)^2}, \quad d + \sqrt{(u_1 - p_1)^2 + (p_2 - l_2)^2}

    Parameters
    ----------
    x1, n1, x2, n2 : array_like of int, shape (...)
        How many of how many, in the first and the second group.
    level : float, default 0.95
        Level of the interval.

    Returns
    -------
    Interval
        First minus second share, -1 to 1; NaN where a group is empty.

    Raises
    ------
    ParameterError
        If a count is negative, x exceeds n, or the level is not between 0 and 1.

    Notes
    -----
    Method 10 of Newcombe (1998), *Statistics in Medicine* 17(8), 873-890, without continuity correction,
    doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.

    Examples
    --------
    >>> [round(float(bound), 4) for bound in risk_difference(56, 70, 48, 80)]
    [0.2, 0.0524, 0.3339]
    """
    p1, l1, u1 = wilson(x1, n1, level=level)
    p2, l2, u2 = wilson(x2, n2, level=level)
    broadcast(["x1, n1", "x2, n2"], p1, p2)
    gap = p1 - p2
    return Interval(gap, gap - np.hypot(p1 - l1, u2 - p2), gap + np.hypot(u1 - p1, p2 - l2))


def risk_ratio(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, *, level: float = 0.95
) -> Interval:
    r"""Ratio of two independent shares, with Katz' interval on the log scale.

    .. math:: \exp\left(\ln \frac{x_1/n_1}{x_2/n_2} \pm z \sqrt{1/x_1 - 1/n_1 + 1/x_2 - 1/n_2}\right)

    Parameters
    ----------
    x1, n1, x2, n2 : array_like of int, shape (...)
        How many of how many, in the first and the second group.
    level : float, default 0.95
        Level of the interval.

    Returns
    -------
    Interval
        First over second share, 0 or more.  With no success in one group the interval is 0 to infinity;
        with none in either, or with an empty group, everything is NaN.

    Raises
    ------
    ParameterError
        If a count is negative, x exceeds n, or the level is not between 0 and 1.

    Notes
    -----
    Katz et al. (1978), *Biometrics* 34(3), 469-474, doi:10.2307/2530610.

    Examples
    --------
    >>> [round(float(bound), 4) for bound in risk_ratio(56, 70, 48, 80)]
    [1.3333, 1.0766, 1.6512]
    """
    z = _normal(level)
    first, m1 = _trials("x1", x1, "n1", n1)
    second, m2 = _trials("x2", x2, "n2", n2)
    first, m1, second, m2 = broadcast(["x1", "n1", "x2", "n2"], first, m1, second, m2)
    estimate = ratio(ratio(first, m1), ratio(second, m2))
    unknown = np.isnan(estimate)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        error = z * np.sqrt(ratio(1, first) - ratio(1, m1) + ratio(1, second) - ratio(1, m2))
        low, high = estimate * np.exp(-error), estimate * np.exp(error)
    at_zero = ((first == 0) | (second == 0)) & ~unknown
    low = np.where(at_zero, 0.0, np.where(unknown, np.nan, low))
    high = np.where(at_zero, np.inf, np.where(unknown, np.nan, high))
    return Interval(estimate, low, high)


def rogan_gladen(
    apparent: ArrayLike, sensitivity: ArrayLike, specificity: ArrayLike, *, clip: bool = True
) -> Floats:
    r"""True share behind an imperfect instrument's share: :math:`(p + Sp - 1) / (Se + Sp - 1)`.

    Parameters
    ----------
    apparent, sensitivity, specificity : array_like of float, shape (...)
        The share that the instrument finds, and its two rates, from 0 to 1.
    clip : bool, default True
        Bring estimates below 0 or above 1 back to the bound.

    Returns
    -------
    ndarray of float64
        Shares; NaN where the instrument is no better than chance (Se + Sp is 1 or less).

    Raises
    ------
    ParameterError
        If shapes differ or a share is not between 0 and 1.

    Notes
    -----
    Rogan and Gladen (1978), *American Journal of Epidemiology* 107(1), 71-76,
    doi:10.1093/oxfordjournals.aje.a112510.  Takes the two rates as known and equal in all groups.

    Examples
    --------
    >>> round(float(rogan_gladen(0.3, 0.8, 0.9)), 6)
    0.285714
    """
    names = ["apparent", "sensitivity", "specificity"]
    given = (apparent, sensitivity, specificity)
    p, se, sp = broadcast(names, *(floats(n, v) for n, v in zip(names, given, strict=True)))
    for name, share in zip(names, (p, se, sp), strict=True):
        if np.any((share < 0) | (share > 1)):
            raise ParameterError(f"{name} is not a share", where=name, expected="0 to 1")
    gain = se + sp - 1
    estimate = ratio(p + sp - 1, np.where(gain > 0, gain, np.nan))
    return np.clip(estimate, 0, 1) if clip else estimate
