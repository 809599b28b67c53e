r"""Variance of means, shares, ratios and differences when observations depend on each other in clusters.

Everything here starts from *influence values*: the first-order effect of one observation on the estimate.
Summed within clusters, squared and summed again they give the variance (Liang and Zeger 1986); for authors
crossed with threads the two one-way variances are added and the variance of their intersection is taken off
(Cameron, Gelbach and Miller 2011).  Three things are mended that make the textbook formula too narrow where
clusters are few or uneven, which is what threads are:

* a large cluster pulls the mean towards itself, so its residual is too small; each squared sum is divided by
  its expectation under a working model in which clusters have random effects (Bell and McCaffrey 2002;
  Imbens and Kolesar 2016);
* the variance estimate is itself uncertain; Student's t with Satterthwaite's degrees of freedom under the
  same working model takes the place of the normal;
* the three-term variance can fall below a one-way variance, or below zero; the largest of the three is taken
  (MacKinnon, Nielsen and Webb 2024).

The working model only tunes the correction: the variance itself stays that of the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from discourse.errors import NotMeasurable, ParameterError

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


class ClusterVariance(NamedTuple):
    """A variance that respects clusters, with what is needed to make an interval of it."""

    variance: float
    df: float
    n_clusters: tuple[int, ...]
    parts: tuple[float, ...]


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


def dense_codes(codes: ArrayLike) -> Codes:
    """Number clusters from 0 without gaps; a negative code is a cluster of its own.

    Parameters
    ----------
    codes : array_like of int, shape (n,)
        Cluster of each observation; negative where unknown (an unnamed author is nobody else).

    Returns
    -------
    ndarray of int64, shape (n,)
        Codes 0 .. number of clusters - 1, in order of the given codes, the unknown ones last.

    Examples
    --------
    >>> dense_codes([7, 3, 7, -1, -1])
    array([1, 0, 1, 2, 3])
    """
    given = np.asarray(codes)
    if given.ndim != 1 or not np.issubdtype(given.dtype, np.integer):
        raise ParameterError("cluster codes must be a one-dimensional array of integers")
    known = given >= 0
    out = np.empty(given.shape[0], dtype=np.int64)
    values, inverse = np.unique(given[known], return_inverse=True)
    out[known] = inverse
    out[~known] = values.shape[0] + np.arange(int((~known).sum()))
    return out


def intersection_codes(first: ArrayLike, second: ArrayLike) -> Codes:
    """Number the cells of two crossed clusterings (author x thread).

    Parameters
    ----------
    first, second : array_like of int, shape (n,)
        Codes as :func:`dense_codes` makes them.

    Returns
    -------
    ndarray of int64, shape (n,)
        Codes of the pairs that occur, in lexicographic order.

    Examples
    --------
    >>> intersection_codes([0, 0, 1, 1], [0, 1, 1, 1])
    array([0, 1, 2, 2])
    """
    a, b = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    if a.shape != b.shape:
        raise ParameterError("both clusterings must have one code for each observation")
    width = int(b.max()) + 1 if b.size else 1
    cells: Codes = np.unique(a * width + b, return_inverse=True)[1].astype(np.int64)
    return cells


def influence_variance(
    influence: ArrayLike, clusters: Sequence[ArrayLike], *, load: ArrayLike | None = None
) -> ClusterVariance:
    r"""Variance of an estimate from its influence values, one- or two-way clustered.

    .. math:: V = V_1 + V_2 - V_{12}, \qquad V_k = \sum_c \gamma_c \Big(\sum_{i \in c} \psi_i\Big)^2

    guarded from below by the larger of V_1 and V_2.

    Parameters
    ----------
    influence : array_like of float, shape (n,) or (n, n_groups)
        Influence value of each observation; they sum to zero in each column.  With several columns the
        estimate is the sum of one (signed) term for each group, as in a difference of means.
    clusters : sequence of one or two arrays of int, shape (n,)
        Cluster codes; negative where unknown.
    load : array_like of float, same shape as `influence`, optional
        Weight of each observation in the mean of its group, each column summing to 1.  With it the
        correction for large clusters and its degrees of freedom are computed; without it every squared sum is
        multiplied by G / (G - 1) and the degrees of freedom are those of :func:`effective_clusters`.

    Returns
    -------
    ClusterVariance
        ``variance``; ``df``, Satterthwaite degrees of freedom, at least 1; ``n_clusters``, a number for each
        way; ``parts``, the one-way variances and, last, that of the intersection.

    Raises
    ------
    NotMeasurable
        If a way has fewer than two clusters, or one cluster holds all of a group.
    ParameterError
        If shapes do not fit.

    Notes
    -----
    Liang and Zeger (1986) doi:10.1093/biomet/73.1.13; Cameron, Gelbach and Miller (2011)
    doi:10.1198/jbes.2010.07136; Bell and McCaffrey (2002), Survey Methodology 28(2), 169-181; Imbens and
    Kolesar (2016) doi:10.1162/REST_a_00552; MacKinnon, Nielsen and Webb (2024) arXiv:2406.08880.

    Examples
    --------
    >>> influence_variance([-1.0, -1.0, 2.0, 0.0], [[0, 0, 1, 2]]).variance
    12.0
    """
    psi = _columns(influence)
    codes = [dense_codes(c) for c in clusters]
    if len(codes) not in (1, 2) or any(c.shape[0] != psi.shape[0] for c in codes):
        raise ParameterError("one or two clusterings are needed, one code for each observation")
    share = None if load is None else _columns(load)
    if share is not None and share.shape != psi.shape:
        raise ParameterError("load and influence must have the same shape")
    if len(codes) == 1:
        way = _one_way(psi, share, codes[0], np.arange(psi.shape[0]))
        return ClusterVariance(way.variance, way.df, (way.n_clusters,), (way.variance,))
    return _two_way(psi, share, codes[0], codes[1])


class _Way(NamedTuple):
    variance: float
    df: float
    n_clusters: int


def _two_way(psi: Floats, share: Floats | None, first: Codes, second: Codes) -> ClusterVariance:
    cells = intersection_codes(first, second)
    a = _one_way(psi, share, first, cells)
    b = _one_way(psi, share, second, cells)
    total = cluster_sums(psi.sum(axis=1), cells)
    both = float(total @ total)
    v = a.variance + b.variance - both
    chosen = max((v, _combined_df(v, a, b)), (a.variance, a.df), (b.variance, b.df), key=lambda pair: pair[0])
    parts = (a.variance, b.variance, both)
    return ClusterVariance(chosen[0], max(chosen[1], 1.0), (a.n_clusters, b.n_clusters), parts)


def _combined_df(v: float, a: _Way, b: _Way) -> float:
    """Satterthwaite (1946) for a sum of two variances."""
    if v <= 0.0:
        return 1.0
    return v * v / (a.variance**2 / a.df + b.variance**2 / b.df)


def _columns(values: ArrayLike) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    return array[:, None] if array.ndim == 1 else array


def cluster_sums(values: ArrayLike, codes: ArrayLike) -> Floats:
    """Sum values within clusters.

    Parameters
    ----------
    values : array_like of float, shape (n,) or (n, k)
        What to sum.
    codes : array_like of int, shape (n,)
        Codes as :func:`dense_codes` makes them.

    Returns
    -------
    ndarray of float64, shape (n_clusters,) or (n_clusters, k)

    Examples
    --------
    >>> cluster_sums([1.0, 2.0, 5.0], [0, 0, 1])
    array([3., 5.])
    """
    array, index = np.asarray(values, dtype=np.float64), np.asarray(codes, dtype=np.int64)
    if array.ndim == 1:
        sums: Floats = np.bincount(index, weights=array).astype(np.float64, copy=False)
        return sums
    return np.column_stack([np.bincount(index, weights=column) for column in array.T])


def _one_way(psi: Floats, share: Floats | None, codes: Codes, cells: Codes) -> _Way:
    sums = cluster_sums(psi, codes)
    n_clusters = sums.shape[0]
    if n_clusters < 2:
        raise NotMeasurable(
            "all observations lie in one cluster; their dependence cannot be measured",
            expected="at least two clusters",
        )
    squares = sums.sum(axis=1) ** 2
    if share is None:
        factor = n_clusters / (n_clusters - 1)
        return _Way(float(factor * squares.sum()), max(effective_clusters(squares) - 1.0, 1.0), n_clusters)
    loads = cluster_sums(share, codes)
    if float(loads.max()) > 1.0 - 1e-9:
        raise NotMeasurable(
            "one cluster holds all observations of a group; their dependence cannot be measured",
            expected="at least two clusters in each group",
        )
    noise = _noise(psi, codes, cells, n_clusters)
    return _corrected(sums, loads, noise, squares)


def _noise(psi: Floats, codes: Codes, cells: Codes, n_clusters: int) -> Floats:
    """Sum of squares of the parts of each cluster that are independent of each other given the cluster."""
    parts = cluster_sums(psi, cells)
    owner = np.empty(parts.shape[0], dtype=np.int64)
    owner[cells] = codes
    return np.column_stack([np.bincount(owner, weights=p * p, minlength=n_clusters) for p in parts.T])


def _corrected(sums: Floats, loads: Floats, noise: Floats, squares: Floats) -> _Way:
    expected = _working_model(sums, loads, noise)
    d, diagonal = expected.independent, expected.independent + expected.low_rank_diagonal()
    cap = 1.0 / (1.0 - loads.max(axis=1)) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(diagonal > 0.0, d / diagonal, 1.0)
    factor = np.clip(factor, 1.0, cap)
    variance = float(factor @ squares)
    mean = float(factor @ diagonal)
    df = mean * mean / expected.half_variance(factor) if mean > 0.0 else float(len(sums) - 1)
    return _Way(variance, min(max(df, 1.0), len(sums) - 1.0), len(sums))


class _Working(NamedTuple):
    """Covariance of cluster sums of influence values: diag(independent) + columns @ core @ columns.T."""

    independent: Floats
    columns: Floats
    core: Floats

    def low_rank_diagonal(self) -> Floats:
        """Diagonal of the part that centring the residuals makes."""
        return np.asarray(((self.columns @ self.core) * self.columns).sum(axis=1))

    def half_variance(self, factor: Floats) -> float:
        """Half the variance of sum(factor * sums**2) under normality: tr(C W C W)."""
        w = factor * factor * self.independent
        inner = self.columns.T @ (factor[:, None] * self.columns) @ self.core
        return float(w @ (self.independent + 2.0 * self.low_rank_diagonal()) + np.sum(inner * inner.T))


def _working_model(sums: Floats, loads: Floats, noise: Floats) -> _Working:
    """Random cluster effects in each group, correlated between groups, on top of noise.

    With r the variance of a cluster's contribution and h its load, centring turns diag(r) into
    diag(r) - h r' - r h' + sum(r) h h'; an effect shared by two groups adds the cross terms.
    """
    n_groups = sums.shape[1]
    effect = _effect_covariance(sums, loads, noise)
    r = noise + loads**2 * np.diag(effect)
    k = n_groups
    core = np.zeros((2 * k + k * (k - 1) // 2,) * 2)
    core[:k, :k] = np.diag(r.sum(axis=0))
    core[np.arange(k), k + np.arange(k)] = core[k + np.arange(k), np.arange(k)] = -1.0
    columns, independent, at = [loads, r], r.sum(axis=1), 2 * k
    for g in range(k):
        for j in range(g + 1, k):
            shared, c = loads[:, g] * loads[:, j], effect[g, j]
            independent = independent + 2.0 * c * shared
            core[g, j] = core[j, g] = c * shared.sum()
            core[[g, j], at] = core[at, [g, j]] = -c
            columns.append(shared[:, None])
            at += 1
    return _Working(np.maximum(independent, 0.0), np.column_stack(columns), core)


def _effect_covariance(sums: Floats, loads: Floats, noise: Floats) -> Floats:
    """Moment estimate of the covariance of (signed) cluster effects of the groups."""
    gram = loads.T @ loads
    k = sums.shape[1]
    out = np.zeros((k, k))
    for g in range(k):
        for j in range(g, k):
            centring = 1.0 - loads[:, g] - loads[:, j] + gram[g, j]
            scale = float((loads[:, g] * loads[:, j] * centring).sum())
            product = float((sums[:, g] * sums[:, j]).sum()) - (float(noise[:, g].sum()) if g == j else 0.0)
            out[g, j] = out[j, g] = product / scale if scale > 0.0 else 0.0
    for g in range(k):
        out[g, g] = max(out[g, g], 0.0)
    bound = np.sqrt(np.outer(np.diag(out), np.diag(out)))
    clipped: Floats = np.clip(out, -bound, bound)
    return clipped


def effective_clusters(weights: ArrayLike) -> float:
    r"""Number of equal clusters that would carry as much information: (sum w)^2 / sum w^2.

    Parameters
    ----------
    weights : array_like of float, shape (n_clusters,)
        Contribution of each cluster to the variance, not negative.

    Returns
    -------
    float
        Between 1 and the number of clusters; 1 if all weights are zero.

    Notes
    -----
    Kish (1965), Survey Sampling, for weights; Carter, Schnepel and Steigerwald (2017)
    doi:10.1162/REST_a_00639 for clusters.

    Examples
    --------
    >>> effective_clusters([1.0, 1.0, 1.0, 1.0]), round(effective_clusters([98.0, 1.0, 1.0]), 2)
    (4.0, 1.04)
    """
    w = np.asarray(weights, dtype=np.float64)
    bottom = float(w @ w)
    return float(w.sum()) ** 2 / bottom if bottom > 0.0 else 1.0


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
    Cochran (1977), Sampling Techniques, section 2.11 (domains) and 6.4 (ratios); variance as in
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
    index = np.asarray(groups, dtype=np.int64)[inside]
    if index.size and (index.min() < 0 or index.max() > 1):
        raise ParameterError("groups must be 0 or 1")
    return np.column_stack([index == 0, index == 1]).astype(np.float64)


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
    :func:`clustered_ratio` with a denominator of one.

    Examples
    --------
    >>> clustered_mean([1.0, 2.0, 3.0], [[0, 1, 2]]).estimate
    2.0
    """
    y = np.asarray(values, dtype=np.float64)
    return clustered_ratio(y, np.ones_like(y), clusters, groups=groups, level=level)
