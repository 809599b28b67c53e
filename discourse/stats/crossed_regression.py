"""Least squares of many outcomes on the same regressors, where observations depend on each other two ways."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.clusters import Way, both_ways, effective_clusters, refuse_single
from discourse.stats.many_means import Crossing

Floats = NDArray[np.float64]


class Regressions(NamedTuple):
    """Coefficients of every outcome: each of shape (n_outcomes, n_regressors)."""

    estimate: Floats
    se: Floats
    df: Floats


def crossed_regression(
    outcomes: ArrayLike, regressors: ArrayLike, first: ArrayLike, second: ArrayLike
) -> Regressions:
    r"""Regress many outcomes on the same regressors, with two-way clustered standard errors.

    .. math:: \hat\beta = (X'X)^{-1} X'y, \qquad \psi_i = (X'X)^{-1} x_i (y_i - x_i'\hat\beta)

    Parameters
    ----------
    outcomes : array_like of float, shape (n, n_outcomes)
        Such as the shares of topics in posts.
    regressors : array_like of float, shape (n, n_regressors)
        With a constant, if there is to be one.
    first, second : array_like of int, shape (n,)
        Cluster codes, such as author and thread; negative where unknown.

    Returns
    -------
    Regressions
        Estimates, standard errors, degrees of freedom.

    Raises
    ------
    NotMeasurable
        If the regressors cannot be told apart, or all observations lie in one cluster.
    ParameterError
        If shapes do not fit, or a value is not finite.

    Notes
    -----
    Variance of :func:`discourse.stats.influence_variance` without loads (Cameron, Gelbach and Miller 2011,
    doi:10.1198/jbes.2010.07136, guarded from below), each way times G / (G - 1); degrees of freedom from the
    effective number of clusters.

    Examples
    --------
    >>> x = np.column_stack([np.ones(4), [0.0, 0.0, 1.0, 1.0]])
    >>> crossed_regression([[0.0], [1.0], [1.0], [3.0]], x, [0, 1, 2, 3], [0, 1, 0, 1]).estimate.round(3)
    array([[0.5, 1.5]])
    """
    y, x = np.asarray(outcomes, dtype=np.float64), np.asarray(regressors, dtype=np.float64)
    if y.ndim != 2 or x.ndim != 2 or len(y) != len(x) or not (np.isfinite(y).all() and np.isfinite(x).all()):
        raise ParameterError("outcomes and regressors must be finite, one row an observation")
    inverse = _inverse(x)
    estimate = y.T @ x @ inverse
    crossing, weights = Crossing.of(first, second), x @ inverse
    se, df = np.empty_like(estimate), np.empty_like(estimate)
    for row, (outcome, beta) in enumerate(zip(y.T, estimate, strict=True)):
        sums = crossing.sums(weights * (outcome - x @ beta)[:, None])
        for column, cells in enumerate(np.ascontiguousarray(sums.T)):
            a, b = (
                _way(cells, owner, n) for owner, n in zip(crossing.owners, crossing.n_clusters, strict=True)
            )
            spread = both_ways(a, b, float((cells * cells).sum()))
            se[row, column], df[row, column] = spread.variance**0.5, spread.df
    return Regressions(estimate, se, df)


def coefficients(outcomes: Floats, regressors: Floats) -> Floats:
    """Give coefficients alone, shape (n_outcomes, n_regressors).

    Examples
    --------
    >>> coefficients(np.array([[1.0], [3.0]]), np.array([[1.0, 0.0], [1.0, 1.0]])).round(6).tolist()
    [[1.0, 2.0]]
    """
    return np.asarray(outcomes.T @ regressors @ _inverse(regressors))


def _inverse(x: Floats) -> Floats:
    """Invert X'X, where the regressors can be told apart."""
    if x.shape[0] < x.shape[1] or np.linalg.matrix_rank(x) < x.shape[1]:
        raise NotMeasurable("the regressors cannot be told apart", hint="leave out one that follows another")
    return np.asarray(np.linalg.inv(x.T @ x))


def _way(cells: Floats, owner: NDArray[np.int64], n_clusters: int) -> Way:
    refuse_single(n_clusters)
    squares = np.bincount(owner, weights=cells, minlength=n_clusters) ** 2
    factor = n_clusters / (n_clusters - 1)
    return Way(float(factor * squares.sum()), max(effective_clusters(squares) - 1.0, 1.0), n_clusters)
