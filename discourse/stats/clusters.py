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

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import NotMeasurable, ParameterError
from discourse.room import laid, parts
from discourse.stats.working_model import working_model

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


class ClusterVariance(NamedTuple):
    """A variance that respects clusters, with what is needed to make an interval of it."""

    variance: float
    df: float
    n_clusters: tuple[int, ...]
    parts: tuple[float, ...]


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
    if known.all():
        return _renumbered(given)
    out = np.empty(given.shape[0], dtype=np.int64)
    out[known] = _renumbered(given[known])
    n_known = int(out[known].max()) + 1 if known.any() else 0
    out[~known] = n_known + np.arange(int((~known).sum()))
    return out


def narrow_codes(codes: ArrayLike) -> NDArray[np.int32]:
    """Do as :func:`dense_codes` in half the room, part by part; codes without gaps are given back.

    Parameters
    ----------
    codes : array_like of int, shape (n,)
        Cluster of each observation, of fewer than two billion; negative where unknown.

    Returns
    -------
    ndarray of int32, shape (n,)
        As :func:`dense_codes` gives them.

    Examples
    --------
    >>> narrow_codes([7, 3, 7, -1, -1])
    array([1, 0, 1, 2, 3], dtype=int32)
    """
    given = np.asarray(codes)
    whole = given.ndim == 1 and np.issubdtype(given.dtype, np.integer)
    if not whole or given.min(initial=0) < 0 or (most := int(given.max(initial=-1)) + 1) > 4 * given.size:
        return dense_codes(given).astype(np.int32)
    taken = np.zeros(most, dtype=bool)
    for rows in parts(given.size):
        taken[given[rows]] = True
    if taken.all() and given.dtype == np.int32:
        return given
    place = np.cumsum(taken, dtype=np.int32) - np.int32(1)
    return laid(place, given)


def in_order(first: NDArray[np.integer], second: NDArray[np.integer]) -> bool:
    """Say whether observations are sorted by both clusters.

    Examples
    --------
    >>> in_order(np.array([0, 0, 1]), np.array([0, 1, 0])), in_order(np.array([0, 0]), np.array([1, 0]))
    (True, False)
    """
    width = int(second.max(initial=0)) + 1
    for part in parts(len(first), 1 << 16):
        rows = slice(part.start, part.stop + 1)  # one more, to see beyond the edge
        pairs = first[rows] * np.int64(width) + second[rows]
        if (pairs[1:] < pairs[:-1]).any():
            return False
    return True


def _renumbered(codes: NDArray[np.integer]) -> Codes:
    """Close the gaps between codes from 0 on; in one pass over those that occur where they are not far apart.

    Estimates renumber the clusters of every cell of every table: sorting them anew each time was a third of
    the seconds of a large study.
    """
    widest = int(codes.max()) + 1 if codes.size else 0
    if widest > 4 * codes.size + 1000:  # a few codes far apart: sorting them is cheaper than a row of places
        return np.asarray(np.unique(codes, return_inverse=True)[1], dtype=np.int64)
    taken = np.zeros(widest, dtype=bool)
    taken[codes] = True
    places = np.cumsum(taken, dtype=np.int64) - 1
    return np.asarray(places[codes], dtype=np.int64)


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
    pairs = a * width + b
    if (pairs[1:] >= pairs[:-1]).all():  # as samples come: cells lie one after the other
        return np.cumsum(np.diff(pairs, prepend=pairs[:1]) != 0, dtype=np.int64)
    cells: Codes = np.unique(pairs, return_inverse=True)[1].astype(np.int64)
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


def influence_variances(influence: ArrayLike, clusters: Sequence[ArrayLike]) -> Floats:
    """Variances of many estimates of the same observations, such as the coefficients of one regression.

    Parameters
    ----------
    influence : array_like of float, shape (n, k)
        Influence value of each observation on each estimate.
    clusters : sequence of one or two arrays of int, shape (n,)
        Cluster codes; negative where unknown.

    Returns
    -------
    ndarray of float64, shape (k,)
        :func:`influence_variance` of each column; clusters are crossed once for all.

    Raises
    ------
    NotMeasurable, ParameterError
        As :func:`influence_variance`.

    Examples
    --------
    >>> influence_variances([[-1.0, 0.0], [-1.0, 1.0], [2.0, 0.0], [0.0, -1.0]], [[0, 0, 1, 2]])
    array([12.,  3.])
    """
    psi, codes = _columns(influence), [dense_codes(c) for c in clusters]
    if len(codes) not in (1, 2) or any(c.shape[0] != psi.shape[0] for c in codes):
        raise ParameterError("one or two clusterings are needed, one code for each observation")
    cells = intersection_codes(codes[0], codes[-1])
    if len(codes) == 1:
        ways = (_one_way(psi[:, [i]], None, codes[0], cells) for i in range(psi.shape[1]))
        return np.array([way.variance for way in ways])
    ways_of = (_crossed(psi[:, [i]], None, codes[0], codes[1], cells) for i in range(psi.shape[1]))
    return np.array([spread.variance for spread in ways_of])


def influence_spreads(columns: Iterable[Floats], clusters: Sequence[ArrayLike]) -> Iterator[ClusterVariance]:
    """Give :func:`influence_variance` of one estimate after the other; clusters are crossed once for all.

    Parameters
    ----------
    columns : iterable of ndarray of float, shape (n,)
        Influence values of the same observations.
    clusters : sequence of two arrays of int, shape (n,)
        Cluster codes; negative where unknown.

    Yields
    ------
    ClusterVariance
        One an estimate.

    Raises
    ------
    NotMeasurable
        As :func:`influence_variance`.

    Examples
    --------
    >>> ways = [[0, 0, 1, 2], [0, 1, 2, 3]]
    >>> [spread.n_clusters for spread in influence_spreads([np.array([-1.0, -1.0, 2.0, 0.0])], ways)]
    [(3, 4)]
    """
    first, second = (dense_codes(c) for c in clusters)
    cells = intersection_codes(first, second)
    for column in columns:
        yield _crossed(_columns(column), None, first, second, cells)


class Way(NamedTuple):
    """A one-way variance with its degrees of freedom."""

    variance: float
    df: float
    n_clusters: int


def _two_way(psi: Floats, share: Floats | None, first: Codes, second: Codes) -> ClusterVariance:
    return _crossed(psi, share, first, second, intersection_codes(first, second))


def _crossed(psi: Floats, share: Floats | None, first: Codes, second: Codes, cells: Codes) -> ClusterVariance:
    a = _one_way(psi, share, first, cells)
    b = _one_way(psi, share, second, cells)
    total = cluster_sums(psi.sum(axis=1), cells)
    return both_ways(a, b, float(total @ total))


def both_ways(a: Way, b: Way, both: float) -> ClusterVariance:
    """Add two one-way variances, and take off that of their intersection."""
    v = max(a.variance + b.variance - both, a.variance, b.variance)
    parts = (a.variance, b.variance, both)
    return ClusterVariance(v, _combined_df(v, a, b, both), (a.n_clusters, b.n_clusters), parts)


def _combined_df(v: float, a: Way, b: Way, both: float) -> float:
    """Satterthwaite (1946) for the sum of what each way adds.

    Noise within cells is part of both one-way variances; charged to both, it makes intervals too wide where
    it prevails (the guard from below has removed the small variances that cost most).  It is taken off each
    way in proportion to the square of its share in the variance: not at all where clusters matter, nearly
    all of it where they do not.  This weight was chosen by simulation; see ``benchmarks/coverage``.
    """
    if not v > 0.0:
        return float(min(a.n_clusters, b.n_clusters) - 1)
    noise = both * min(both / v, 1.0) ** 2
    uncertain = sum(max(way.variance - noise, 0.0) ** 2 / way.df for way in (a, b))
    most = float(a.n_clusters + b.n_clusters)
    return min(max(v * v / uncertain, 1.0), most) if uncertain > 0.0 else most


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


def _one_way(psi: Floats, share: Floats | None, codes: Codes, cells: Codes) -> Way:
    sums = cluster_sums(psi, codes)
    n_clusters = sums.shape[0]
    refuse_single(n_clusters)
    if share is None:
        squares = sums.sum(axis=1) ** 2
        factor = n_clusters / (n_clusters - 1)
        return Way(float(factor * squares.sum()), max(effective_clusters(squares) - 1.0, 1.0), n_clusters)
    return way_of_sums(sums, cluster_sums(share, codes), _noise(psi, codes, cells, n_clusters))


def way_of_sums(sums: Floats, loads: Floats, noise: Floats) -> Way:
    """Make a one-way variance of what was summed within clusters, one column a group.

    ``sums`` of influence values, ``loads``, and ``noise``: the sum of squares of the parts of a cluster that
    are independent of each other given the cluster.
    """
    if float(loads.max()) > 1.0 - 1e-9:
        raise NotMeasurable(
            "one cluster holds all observations of a group; their dependence cannot be measured",
            expected="at least two clusters in each group",
        )
    return _corrected(sums, loads, noise, sums.sum(axis=1) ** 2)


def refuse_single(n_clusters: int) -> None:
    """Refuse to measure dependence where all observations lie in one cluster."""
    if n_clusters < 2:
        raise NotMeasurable(
            "all observations lie in one cluster; their dependence cannot be measured",
            expected="at least two clusters",
        )


def _noise(psi: Floats, codes: Codes, cells: Codes, n_clusters: int) -> Floats:
    """Sum of squares of the parts of each cluster that are independent of each other given the cluster."""
    parts = cluster_sums(psi, cells)
    owner = np.empty(parts.shape[0], dtype=np.int64)
    owner[cells] = codes
    return np.column_stack([np.bincount(owner, weights=p * p, minlength=n_clusters) for p in parts.T])


def _corrected(sums: Floats, loads: Floats, noise: Floats, squares: Floats) -> Way:
    expected = working_model(sums, loads, noise)
    d, diagonal = expected.independent, expected.low_rank_diagonal()
    diagonal += d
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = d / diagonal
    factor[~(diagonal > 0.0)] = 1.0
    cap = 1.0 - loads.max(axis=1)
    np.divide(1.0, np.square(cap, out=cap), out=cap)
    np.clip(factor, 1.0, cap, out=factor)
    del cap
    variance = float(factor @ squares)
    mean = float(factor @ diagonal)
    df = mean * mean / expected.half_variance(factor) if mean > 0.0 else float(len(sums) - 1)
    return Way(variance, min(max(df, 1.0), len(sums) - 1.0), len(sums))


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
