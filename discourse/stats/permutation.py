r"""Permutation tests of a difference between groups that respect clusters.

Whole clusters change sides, never posts.  The difference is divided by its cluster-robust standard error in
every permutation, so that the test keeps its level when the groups differ in size or spread (Janssen 1997;
Chung and Romano 2013); the plain difference does not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.clusters import cluster_sums, dense_codes

Floats = NDArray[np.float64]
_MIN_ASSIGNMENTS = 20


class PermutationTest(NamedTuple):
    """Difference of means, its studentised value, its p-value, and the smallest p-value that was possible."""

    estimate: float
    t: float
    p: float
    smallest_p: float
    n_clusters: int


def permutation_test(
    values: ArrayLike,
    groups: ArrayLike,
    clusters: ArrayLike,
    rng: np.random.Generator,
    *,
    n_draws: int = 9999,
) -> PermutationTest:
    r"""Test that two groups have the same mean, exchanging whole clusters.

    .. math:: t = \frac{\bar y_a - \bar y_b}{\sqrt{\sum_c u_c^2}}, \qquad
              p = \frac{1 + \#\{|t^*| \ge |t|\}}{1 + B}

    Clusters that lie in one group exchange their labels among each other; in clusters that have both groups
    the two parts are exchanged or not, by a coin.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        Outcome.
    groups : array_like of int, shape (n,)
        0 or 1.
    clusters : array_like of int, shape (n,)
        Cluster codes; negative where unknown.
    rng : numpy.random.Generator
        Source of randomness.
    n_draws : int
        Random permutations.

    Returns
    -------
    PermutationTest

    Raises
    ------
    NotMeasurable
        If a group is empty or fewer than 20 assignments are possible, so that p could never reach 0.05.
    ParameterError
        If shapes do not fit or a group is not 0 or 1.

    Notes
    -----
    Janssen (1997) doi:10.1016/S0167-7152(97)00043-6; Chung and Romano (2013) doi:10.1214/13-AOS1090; the
    added one: Phipson and Smyth (2010) doi:10.2202/1544-6115.1585.  One way only: crossed clusters cannot
    change sides without breaking each other; use :func:`discourse.stats.cluster_means.clustered_mean`.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> out = permutation_test(np.r_[np.zeros(8), np.ones(8)] + rng.normal(size=16) * 0.1,
    ...                        np.repeat([0, 1], 8), np.arange(16), rng, n_draws=199)
    >>> out.p
    0.005
    """
    cells = _cells(values, groups, clusters)
    pure = (cells[:, 1] == 0.0) | (cells[:, 3] == 0.0)
    smallest = 1.0 / _n_assignments(cells, pure)
    if smallest > 1.0 / _MIN_ASSIGNMENTS:
        raise NotMeasurable(
            f"{cells.shape[0]} clusters can change sides in so few ways that p cannot fall below "
            f"{smallest:.2g}",
            expected=f"at least {_MIN_ASSIGNMENTS} ways",
        )
    difference, t = (float(v[0]) for v in _studentised(cells[None]))
    if not np.isfinite(t):
        raise NotMeasurable("nothing varies within the groups; nothing can be tested")
    hits = 0
    for start in range(0, n_draws, 500):
        drawn = _studentised(_exchange(cells, pure, min(500, n_draws - start), rng))[1]
        hits += int((np.abs(drawn) >= abs(t) * (1.0 - 1e-12)).sum())
    p = max((1.0 + hits) / (1.0 + n_draws), smallest)
    return PermutationTest(difference, t, p, smallest, cells.shape[0])


def _cells(values: ArrayLike, groups: ArrayLike, clusters: ArrayLike) -> Floats:
    """One row a cluster: sum and count of the first, sum and count of the second group; sums centred."""
    y, g = np.asarray(values, dtype=np.float64), np.asarray(groups, dtype=np.int64)
    codes = dense_codes(clusters)
    if y.shape != g.shape or y.shape != codes.shape or not np.isfinite(y).all():
        raise ParameterError("values (finite), groups and clusters must have the same length")
    if not np.isin(g, (0, 1)).all():
        raise ParameterError("groups must be 0 or 1")
    if np.unique(g).shape[0] < 2:
        raise NotMeasurable("a group has no observation")
    y = y - y.mean()
    return cluster_sums(np.column_stack([y * (g == 0), g == 0, y * (g == 1), g == 1]), codes)


def _n_assignments(cells: Floats, pure: NDArray[np.bool_]) -> float:
    first = int((cells[pure, 1] > 0.0).sum())
    mixed = float(2.0 ** min(int((~pure).sum()), 60))
    return mixed * min(float(special.comb(int(pure.sum()), first)), 2.0**60)


def _studentised(cells: Floats) -> tuple[Floats, Floats]:
    """Difference of means and its cluster-robust t, for cells of shape (draws, clusters, 4)."""
    total = cells.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b = total[:, :, 0] / total[:, :, 1], total[:, :, 2] / total[:, :, 3]
        u = (cells[:, :, 0] - cells[:, :, 1] * a) / total[:, :, 1]
        w = (cells[:, :, 2] - cells[:, :, 3] * b) / total[:, :, 3]
        difference = (a - b)[:, 0]
        return difference, difference / np.sqrt(((u - w) ** 2).sum(axis=1))


def _exchange(cells: Floats, pure: NDArray[np.bool_], n_draws: int, rng: np.random.Generator) -> Floats:
    """Give the pure clusters the labels of each other, and toss a coin for the mixed ones."""
    swapped = np.zeros((n_draws, cells.shape[0]), dtype=bool)
    labels = cells[pure, 1] == 0.0
    if labels.size:
        swapped[:, pure] = rng.permuted(np.tile(labels, (n_draws, 1)), axis=1) != labels
    swapped[:, ~pure] = rng.random((n_draws, int((~pure).sum()))) < 0.5
    drawn: Floats = np.where(swapped[:, :, None], cells[:, [2, 3, 0, 1]], cells)
    return drawn
