"""The means of many outcomes of the same observations: clusters are sorted once, not once an outcome.

Twenty topics of some hundred thousand posts have the same authors and threads.  Their influence values are
sums of what stands in the cells of author x thread, so that the cells are found once and every outcome is
summed over them.  The figures are those of :func:`discourse.stats.clustered_mean`, outcome by outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.cells import Cells, Part
from discourse.stats.cluster_means import Estimate, t_interval
from discourse.stats.clusters import (
    Way,
    both_ways,
    dense_codes,
    intersection_codes,
    refuse_single,
    way_of_sums,
)

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
_FINITE = "values must be finite, one row an observation, one column an outcome"


@dataclass(frozen=True)
class Crossing:
    """The cells of two crossed clusterings, such as author x thread.

    Parameters
    ----------
    cell : ndarray of int64, shape (n,)
        Cell of each observation.
    owners : (ndarray of int64, ndarray of int64), each of shape (n_cells,)
        First and second cluster of each cell.

    Examples
    --------
    >>> crossing = Crossing.of([0, 0, 1], [5, 5, 5])
    >>> crossing.cell.tolist(), crossing.n_clusters
    ([0, 0, 1], (2, 1))
    """

    cell: Codes
    owners: tuple[Codes, Codes]

    @classmethod
    def of(cls, first: ArrayLike, second: ArrayLike) -> Self:
        """Cross two clusterings; a negative code is a cluster of its own."""
        a, b = dense_codes(first), dense_codes(second)
        cell = intersection_codes(a, b)
        owners = []
        for codes in (a, b):
            owner = np.empty(int(cell.max()) + 1 if cell.size else 0, dtype=np.int64)
            owner[cell] = codes
            owners.append(owner)
        return cls(cell, (owners[0], owners[1]))

    @property
    def n_clusters(self) -> tuple[int, int]:
        """How many clusters each way has."""
        a, b = (int(owner.max()) + 1 if owner.size else 0 for owner in self.owners)
        return a, b


def crossed_means(
    values: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    level: float = 0.95,
) -> list[Estimate]:
    """Means of many outcomes, or differences of two groups in them, with two-way clustered intervals.

    Parameters
    ----------
    values : array_like of float, shape (n, k)
        Outcomes, one column each.
    first, second : array_like of int, shape (n,)
        Cluster codes, such as author and thread; negative where unknown.
    groups : array_like of int, shape (n,), optional
        0 for the first group, 1 for the second: the estimates are then first minus second.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    list of Estimate, length k
        As :func:`discourse.stats.clustered_mean` gives them one by one.

    Raises
    ------
    NotMeasurable
        If a group has no observation, or too few clusters.
    ParameterError
        If shapes do not fit.

    Notes
    -----
    Cameron, Gelbach and Miller (2011) doi:10.1198/jbes.2010.07136, with the corrections of
    :func:`discourse.stats.influence_variance`.

    Examples
    --------
    >>> shares = np.array([[0.2, 0.8], [0.4, 0.6], [0.9, 0.1], [0.5, 0.5]])
    >>> [round(found.estimate, 3) for found in crossed_means(shares, [0, 1, 2, 3], [0, 1, 0, 1])]
    [0.5, 0.5]
    """
    y = np.asarray(values, dtype=np.float64)
    if y.ndim != 2:
        raise ParameterError(_FINITE)
    return list(crossed_columns(y.T, first, second, groups=groups, level=level))


def crossed_columns(
    columns: Iterable[ArrayLike],
    first: ArrayLike,
    second: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    level: float = 0.95,
    counted: NDArray[np.bool_] | None = None,
) -> Iterator[Estimate]:
    """Do as :func:`crossed_means` with outcomes one after the other, each gone through in parts.

    Parameters
    ----------
    columns : iterable of array_like of float, shape (n,)
        Outcomes.
    first, second, groups, level
        As for :func:`crossed_means`.
    counted : ndarray of bool, shape (n,), optional
        Which observations are looked at; all of them by default.

    Yields
    ------
    Estimate
        One an outcome.

    Raises
    ------
    NotMeasurable, ParameterError
        As :func:`crossed_means`.

    Examples
    --------
    >>> [found.estimate for found in crossed_columns([[1.0, 0.0]], [0, 1], [0, 1])]
    [0.5]
    """
    cells = Cells(first, second, counted)
    means = _Means(cells, _codes_of(groups, len(cells)), 1 if groups is None else 2)
    for column in columns:
        y = np.asarray(column, dtype=np.float64)
        if y.shape != (len(cells),):
            raise ParameterError(_FINITE)
        yield means.estimate(y, level)


def _codes_of(groups: ArrayLike | None, n: int) -> NDArray[np.integer] | None:
    """Read the groups of observations; None where all are in one."""
    if groups is None:
        return None
    index = np.asarray(groups)
    if index.shape != (n,) or not np.issubdtype(index.dtype, np.integer):
        raise ParameterError("groups must be 0 or 1, one for each observation")
    if n and (index.min() < 0 or index.max() > 1):
        raise ParameterError("groups must be 0 or 1, one for each observation")
    return index


class _Means:
    """Observations in cells, with what is the same for all outcomes: how many there are."""

    def __init__(self, cells: Cells, groups: NDArray[np.integer] | None, k: int) -> None:
        self.cells, self.groups, self.k = cells, groups, k
        self.totals = np.sum([self._counts(part).sum(axis=1) for part in cells.parts()] or [[0.0]], axis=0)
        if not (self.totals > 0.0).all():
            raise NotMeasurable("a group has no observation")
        self.loads = self._room()
        for part in cells.parts():
            self._add(part, self._counts(part) / self.totals[:, None], self.loads)

    def _room(self) -> tuple[Floats, Floats]:
        a, b = (np.zeros((self.k, n)) for n in self.cells.n_clusters)
        return a, b

    def _add(self, part: Part, values: Floats, into: tuple[Floats, Floats]) -> None:
        """Add what stands in cells, one row a group, to their clusters."""
        n = part.at.stop - part.at.start
        for row, of_first, of_second in zip(values, *into, strict=True):
            of_first[part.at] = np.bincount(part.first, weights=row, minlength=n)
            np.add.at(of_second, part.second, row)

    def _inside(self, part: Part) -> list[tuple[Codes, NDArray[np.bool_] | None]]:
        """Give the cell of the observations of each group, and which these are."""
        if self.groups is None:
            return [(part.cell, None)]
        of = self.groups[part.rows]
        return [(part.cell[of == group], of == group) for group in range(self.k)]

    def _counts(self, part: Part) -> Floats:
        found = [np.bincount(cell, minlength=len(part.first)) for cell, _ in self._inside(part)]
        return np.vstack(found).astype(np.float64)

    def _sums(self, y: Floats, part: Part) -> Floats:
        here = y[part.rows]
        if not np.isfinite(here).all():
            raise ParameterError(_FINITE)
        return np.vstack(
            [
                np.bincount(cell, weights=here if which is None else here[which], minlength=len(part.first))
                for cell, which in self._inside(part)
            ]
        ).astype(np.float64, copy=False)

    def estimate(self, y: Floats, level: float) -> Estimate:
        """Estimate one outcome: its means, then the squares of what lies around them."""
        sums = np.zeros(self.k)
        for part in self.cells.parts():
            sums += self._sums(y, part).sum(axis=1)
        means, signs = sums / self.totals, np.array([1.0, -1.0])[: self.k]
        within, noise, both = self._room(), self._room(), 0.0
        for part in self.cells.parts():
            psi = self._counts(part) * means[:, None]
            np.subtract(self._sums(y, part), psi, out=psi)
            psi *= (signs / self.totals)[:, None]
            self._add(part, psi, within)
            self._add(part, psi * psi, noise)
            cell = psi.sum(axis=0)
            both += float((cell * cell).sum())
        ways = zip(within, self.loads, noise, strict=True)
        a, b = (_way_of(sums.T, loads.T, squares.T) for sums, loads, squares in ways)
        spread = both_ways(a, b, both)
        theta = float(signs @ means)
        low, high, p = t_interval(theta, spread.variance, spread.df, level)
        se = float(np.sqrt(spread.variance))
        n = int(self.totals.sum())
        return Estimate(theta, se, spread.df, low, high, p, n, spread.n_clusters)


def _way_of(sums: Floats, loads: Floats, noise: Floats) -> Way:
    refuse_single(len(sums))
    return way_of_sums(sums, loads, noise)


def inside_against_outside(
    values: ArrayLike, classes: ArrayLike, first: ArrayLike, second: ArrayLike, *, level: float = 0.95
) -> Iterator[Estimate | None]:
    """Compare the observations of each class with all others.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        One outcome.
    classes : array_like of int, shape (n,)
        Class of each observation, from 0; each class is compared with the rest.
    first, second : array_like of int, shape (n,)
        Cluster codes; negative where unknown.
    level : float, default 0.95
        Confidence level.

    Yields
    ------
    Estimate or None
        For each class from 0 to the largest the mean inside minus the mean outside, as
        :func:`discourse.stats.clustered_mean` gives it; None where that cannot be measured.

    Examples
    --------
    >>> found = inside_against_outside([1.0, 0.0, 1.0, 0.5], [0, 1, 0, 1], [0, 1, 2, 3], [0, 1, 2, 3])
    >>> [one.estimate for one in found]
    [0.75, -0.75]
    """
    for (found,) in columns_inside_against_outside([values], classes, first, second, level=level):
        yield found


def columns_inside_against_outside(
    columns: Sequence[ArrayLike],
    classes: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    *,
    level: float = 0.95,
) -> Iterator[list[Estimate | None]]:
    """Do as :func:`inside_against_outside` with several outcomes of the same observations.

    Parameters
    ----------
    columns : sequence of array_like of float, shape (n,)
        Outcomes.
    classes, first, second, level
        As for :func:`inside_against_outside`.

    Yields
    ------
    list of Estimate or None
        For each class, one an outcome.

    Examples
    --------
    >>> found = columns_inside_against_outside([[1.0, 0.0], [0.0, 0.0]], [0, 1], [0, 1], [0, 1])
    >>> [len(of_class) for of_class in found]
    [2, 2]
    """
    kinds, crossing = np.asarray(classes), Crossing.of(first, second)
    n_classes = int(kinds.max()) + 1 if kinds.size else 0
    n_cells = len(crossing.owners[0])

    def summed(cell: Codes, weights: Floats | None = None) -> Floats:
        return np.bincount(cell, weights=weights, minlength=n_cells).astype(np.float64, copy=False)

    ys = [np.asarray(column, dtype=np.float64) for column in columns]
    totals, size = [summed(crossing.cell, y) for y in ys], summed(crossing.cell)
    for number in range(n_classes):  # one class is in memory, however many there are
        mine = kinds == number
        inside = crossing.cell[mine]
        posts = summed(inside)
        both = np.vstack([posts, size - posts])
        try:
            loads = _loads(crossing, both)
        except NotMeasurable:
            yield [None] * len(ys)
            continue
        yield [
            _apart(crossing, summed(inside, y[mine]), total, both, loads, level)
            for y, total in zip(ys, totals, strict=True)
        ]


def _apart(
    crossing: Crossing,
    here: Floats,
    total: Floats,
    counts: Floats,
    loads: tuple[Floats, Floats],
    level: float,
) -> Estimate | None:
    try:
        return _estimate(crossing, np.vstack([here, total - here]), counts, loads, level)
    except NotMeasurable:
        return None


def _loads(crossing: Crossing, counts: Floats) -> tuple[Floats, Floats]:
    """Give the share that each cluster of each way has in its group, from the counts in each cell."""
    totals = counts.sum(axis=1)
    if not totals.size or not (totals > 0.0).all():
        raise NotMeasurable("a group has no observation")
    load = counts / totals[:, None]
    a, b = (_within(owner, n, load) for owner, n in zip(crossing.owners, crossing.n_clusters, strict=True))
    return a, b


def _estimate(
    crossing: Crossing, sums: Floats, counts: Floats, loads: tuple[Floats, Floats], level: float
) -> Estimate:
    """Estimate one outcome from its sums and the counts in each cell, one row a group."""
    totals = counts.sum(axis=1)
    means = sums.sum(axis=1) / totals
    signs = np.array([1.0, -1.0])[: totals.shape[0]]
    psi = counts * means[:, None]
    np.subtract(sums, psi, out=psi)
    psi *= (signs / totals)[:, None]
    a, b = (
        _way(owner, n, psi, load)
        for owner, n, load in zip(crossing.owners, crossing.n_clusters, loads, strict=True)
    )
    both = psi.sum(axis=0)
    both *= both
    spread = both_ways(a, b, float(both.sum()))
    theta = float(signs @ means)
    low, high, p = t_interval(theta, spread.variance, spread.df, level)
    se = float(np.sqrt(spread.variance))
    return Estimate(theta, se, spread.df, low, high, p, int(totals.sum()), spread.n_clusters)


def _way(owner: Codes, n_clusters: int, psi: Floats, load: Floats) -> Way:
    refuse_single(n_clusters)
    noise = _within(owner, n_clusters, (row * row for row in psi))
    return way_of_sums(_within(owner, n_clusters, psi), load, noise)


def _within(owner: Codes, n_clusters: int, parts: Iterable[Floats]) -> Floats:
    """Sum what stands in cells within their clusters: one column a group, columns whole in memory."""
    rows = [np.bincount(owner, weights=row, minlength=n_clusters) for row in parts]
    return np.vstack(rows).astype(np.float64, copy=False).T
