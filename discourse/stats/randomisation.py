r"""Randomisation inference: what can be said where few clusters were treated.

Cluster-robust standard errors and the wild bootstrap both fail where only one or a few clusters were treated
(MacKinnon and Webb 2020).  If it is known how the treated ones came to be treated, the other assignments that
could have happened are the reference distribution, and the test is exact.  Where there are too few of them to
reach any usual level, the honest answer is that nothing can be said.
"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.clusters import cluster_sums, dense_codes

Floats = NDArray[np.float64]


class RandomisationTest(NamedTuple):
    """Treated minus untreated, p, the smallest p possible, the assignments, and whether all were taken."""

    estimate: float
    p: float
    smallest_p: float
    n_assignments: int
    exhaustive: bool


def randomisation_test(
    values: ArrayLike,
    treated: ArrayLike,
    clusters: ArrayLike,
    rng: np.random.Generator,
    *,
    strata: ArrayLike | None = None,
    alpha: float = 0.05,
    n_draws: int = 9999,
) -> RandomisationTest:
    r"""Test an effect on whole clusters against the other assignments that could have happened.

    .. math:: p = \frac{\#\{a : |T(a)| \ge |T(a_{obs})|\}}{\#\{a\}}, \qquad
              T = \bar y_{treated} - \bar y_{untreated}

    Parameters
    ----------
    values : array_like of float, shape (n,)
        Outcome.
    treated : array_like of bool, shape (n,)
        Whether the cluster of the observation was treated; the same within a cluster.
    clusters : array_like of int, shape (n,)
        Codes of the clusters that were treated as wholes; negative where unknown.
    rng : numpy.random.Generator
        Source of randomness, used if there are more assignments than `n_draws`.
    strata : array_like of int, shape (n,), optional
        Treated clusters are exchanged with others of their stratum only; the same within a cluster.
    alpha : float
        Level that the test should be able to reach.
    n_draws : int
        Largest number of assignments; above it that many are drawn at random.

    Returns
    -------
    RandomisationTest

    Raises
    ------
    NotMeasurable
        If the smallest possible p-value is above `alpha`, or nobody or everybody was treated.
    ParameterError
        If treatment or stratum varies within a cluster, or shapes do not fit.

    Notes
    -----
    Fisher (1935), The Design of Experiments; MacKinnon and Webb (2020) doi:10.1016/j.jeconom.2020.04.024;
    the added one for random draws: Phipson and Smyth (2010) doi:10.2202/1544-6115.1585.  The null is that of
    no effect on anybody; means over observations weigh clusters by size.

    Examples
    --------
    >>> g = np.repeat(np.arange(25), 4)
    >>> y = np.where(g == 3, 5.0, 0.0) + np.linspace(0.0, 1.0, 100)
    >>> out = randomisation_test(y, g == 3, g, np.random.default_rng(0))
    >>> out.p, out.n_assignments, out.exhaustive
    (0.04, 25, True)
    """
    sums, flags, layers = _by_cluster(values, treated, clusters, strata)
    chosen = [int(flags[layers == s].sum()) for s in np.unique(layers)]
    sizes = [int((layers == s).sum()) for s in np.unique(layers)]
    n_assignments = int(
        np.prod([float(comb(n, k)) for n, k in zip(sizes, chosen, strict=True)]).clip(0, 1e18)
    )
    if 1.0 / n_assignments > alpha:
        raise NotMeasurable(
            f"{sum(chosen)} of {len(flags)} clusters were treated; with {n_assignments} possible assignments "
            f"p cannot fall below {1.0 / n_assignments:.2g}",
            expected=f"at least {int(np.ceil(1.0 / alpha))} possible assignments",
            hint="say what was seen in the treated clusters, without a test",
        )
    exhaustive = n_assignments <= n_draws
    assigned = _every(flags, layers) if exhaustive else _random(flags, layers, n_draws, rng)
    observed = float(_difference(sums, flags[None])[0])
    hits = int((np.abs(_difference(sums, assigned)) >= abs(observed) * (1.0 - 1e-12)).sum())
    p = hits / n_assignments if exhaustive else (1.0 + hits) / (1.0 + n_draws)
    return RandomisationTest(observed, p, 1.0 / n_assignments, n_assignments, exhaustive)


def _by_cluster(
    values: ArrayLike, treated: ArrayLike, clusters: ArrayLike, strata: ArrayLike | None
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.int64]]:
    y, d = np.asarray(values, dtype=np.float64), np.asarray(treated, dtype=np.float64)
    codes = dense_codes(clusters)
    s = np.zeros(y.shape[0], dtype=np.int64) if strata is None else dense_codes(strata)
    if not y.shape == d.shape == codes.shape == s.shape or not np.isfinite(y).all():
        raise ParameterError("values (finite), treated, clusters and strata must have the same length")
    sums = cluster_sums(np.column_stack([y - y.mean() if y.size else y, np.ones_like(y), d]), codes)
    layer = np.empty(sums.shape[0], dtype=np.int64)
    layer[codes] = s
    share = sums[:, 2] / sums[:, 1]
    if not np.isin(share, (0.0, 1.0)).all() or (layer[codes] != s).any():
        raise ParameterError("treatment or stratum varies within a cluster; whole clusters must be treated")
    flags = share == 1.0
    if not flags.any() or flags.all():
        raise NotMeasurable("nobody or everybody was treated; there is nothing to compare")
    return sums[:, :2], flags, layer


def _difference(sums: Floats, assigned: NDArray[np.bool_]) -> Floats:
    a = assigned.astype(np.float64)
    inside, outside = a @ sums, (1.0 - a) @ sums
    return np.asarray(inside[:, 0] / inside[:, 1] - outside[:, 0] / outside[:, 1])


def _every(flags: NDArray[np.bool_], layers: NDArray[np.int64]) -> NDArray[np.bool_]:
    """All assignments with as many treated clusters in each stratum as there were."""
    out = np.zeros((1, flags.shape[0]), dtype=bool)
    for s in np.unique(layers):
        members = np.flatnonzero(layers == s)
        picks = list(combinations(members, int(flags[members].sum())))
        block = np.zeros((len(picks), flags.shape[0]), dtype=bool)
        for row, pick in zip(block, picks, strict=True):
            row[list(pick)] = True
        out = (out[:, None, :] | block[None, :, :]).reshape(-1, flags.shape[0])
    return out


def _random(
    flags: NDArray[np.bool_], layers: NDArray[np.int64], n_draws: int, rng: np.random.Generator
) -> NDArray[np.bool_]:
    out = np.tile(flags, (n_draws, 1))
    for s in np.unique(layers):
        members = np.flatnonzero(layers == s)
        out[:, members] = rng.permuted(out[:, members], axis=1)
    return out
