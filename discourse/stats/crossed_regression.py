"""Least squares of many outcomes on the same regressors, where observations depend on each other two ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import NotMeasurable, ParameterError
from discourse.room import looked
from discourse.stats.cells import Cells
from discourse.stats.clusters import ClusterVariance, Way, both_ways, refuse_single

Floats = NDArray[np.float64]

# Rows that are summed at once: a part is in memory, however many there are.
_AT_ONCE = 100_000


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
    if y.ndim != 2 or x.ndim != 2 or len(y) != len(x):
        raise ParameterError("outcomes and regressors must be finite, one row an observation")
    for part in _parts(len(y)):
        if not (np.isfinite(y[part]).all() and np.isfinite(x[part]).all()):
            raise ParameterError("outcomes and regressors must be finite, one row an observation")
        looked()
    inverse = _inverse(x)
    estimate = _crossed(y, x) @ inverse
    cells = Cells(first, second)
    se, df = np.empty_like(estimate), np.empty_like(estimate)
    for row, beta in enumerate(estimate):
        spreads = _spreads(y[:, row], x, beta, inverse, cells)
        for column, spread in enumerate(spreads):
            se[row, column], df[row, column] = spread.variance**0.5, spread.df
    return Regressions(estimate, se, df)


def _spreads(y: Floats, x: Floats, beta: Floats, inverse: Floats, cells: Cells) -> list[ClusterVariance]:
    """Give the variance of each coefficient of one outcome: influence values are summed as they pass by."""
    for n in cells.n_clusters:
        refuse_single(n)
    k = x.shape[1]
    one, crossed = np.zeros((2, k)), np.zeros((k, cells.n_clusters[1]))
    both = np.zeros(k)
    for part in cells.parts():
        rows = np.ascontiguousarray(x[part.rows])
        left, weights = y[part.rows] - rows @ beta, (rows @ inverse).T
        for column, weight in enumerate(weights):
            sums = np.bincount(part.cell, weights=weight * left).astype(np.float64, copy=False)
            squares = np.bincount(part.first, weights=sums) ** 2
            one[:, column] += squares.sum(), squares @ squares
            np.add.at(crossed[column], part.second, sums)
            both[column] += float((sums * sums).sum())
    found = []
    for column in range(k):
        squares = crossed[column] ** 2
        first = _way(float(one[0, column]), float(one[1, column]), cells.n_clusters[0])
        second = _way(float(squares.sum()), float(squares @ squares), cells.n_clusters[1])
        found.append(both_ways(first, second, float(both[column])))
    return found


def _parts(n: int) -> Iterator[slice]:
    """Give so many rows at a time: what is summed over many of them must not fill the memory."""
    return (slice(start, min(start + _AT_ONCE, n)) for start in range(0, max(n, 1), _AT_ONCE))


def _rows(values: Floats, part: slice) -> Floats:
    """Give some rows, each whole in memory; columns may lie one after the other."""
    return np.ascontiguousarray(values[part])


def _crossed(y: Floats, x: Floats) -> Floats:
    """Give y'x, summed over parts of a fixed size."""
    total = np.zeros((y.shape[1], x.shape[1]))
    for number, part in enumerate(_parts(len(x))):
        rows = _rows(x, part)
        found = (rows if y is x else _rows(y, part)).T @ rows
        total = total + found if number else found
        looked()
    return total


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
    if x.shape[0] < x.shape[1] or _rank(x) < x.shape[1]:
        raise NotMeasurable("the regressors cannot be told apart", hint="leave out one that follows another")
    return np.asarray(np.linalg.inv(_crossed(x, x)))


def _rank(x: Floats) -> int:
    """Give the rank of many rows, by the triangles that parts of them are turned into."""
    if len(x) <= _AT_ONCE:
        return int(np.linalg.matrix_rank(x))
    triangle: Floats = np.zeros((0, x.shape[1]))
    for part in _parts(len(x)):
        triangle = np.asarray(np.linalg.qr(np.vstack([triangle, _rows(x, part)]), mode="r"))
        looked()
    sizes = np.linalg.svd(triangle, compute_uv=False)
    return int((sizes > sizes.max() * len(x) * np.finfo(np.float64).eps).sum())


def _way(total: float, of_squares: float, n_clusters: int) -> Way:
    """Make a one-way variance of squares that were added: of them, and of their squares."""
    factor = n_clusters / (n_clusters - 1)
    effective = total**2 / of_squares if of_squares > 0.0 else 1.0  # as effective_clusters
    return Way(factor * total, max(effective - 1.0, 1.0), n_clusters)
