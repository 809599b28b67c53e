"""The variance of a mean, or of a difference of two, from influence values that are never all at hand.

An influence value of a mean is the distance of one observation from the mean of its group, so that it can be
made when it is summed.  Observations are gone through part by part: what is held are sums within clusters,
and two numbers an observation where the cells of crossed clusters have to be found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discourse.errors import NotMeasurable
from discourse.room import room
from discourse.stats.clusters import (
    ClusterVariance,
    both_ways,
    in_order,
    narrow_codes,
    refuse_single,
    way_of_sums,
)

Floats = NDArray[np.float64]
Rows = slice | NDArray[np.int64]
#: Observations that are looked at together.  Fewer than these are summed as if they were one array.
AT_ONCE = 1 << 16


@dataclass(frozen=True)
class Centred:
    """Observations with the mean of their group.

    Parameters
    ----------
    values : ndarray of float, shape (n,)
        One value each.
    groups : ndarray of int, shape (n,), or None
        0 for the first group, 1 for the second; None where there is one group.
    totals, means : ndarray of float, shape (n_groups,)
        Observations and mean of each group.

    Examples
    --------
    >>> centred = Centred.of(np.array([1.0, 0.0, 1.0, 1.0]), np.array([0, 0, 1, 1]))
    >>> centred.means.tolist(), centred.influence(slice(0, 4)).tolist()
    ([0.5, 1.0], [0.25, -0.25, -0.0, -0.0])
    """

    values: Floats
    groups: NDArray[Any] | None
    totals: Floats
    means: Floats

    @classmethod
    def of(cls, values: Floats, groups: NDArray[Any] | None) -> Centred:
        """Sum the values of each group."""
        k = 1 if groups is None else 2
        totals, sums = np.zeros(k), np.zeros(k)
        for rows in _parts(len(values)):
            member = np.ones((rows.stop - rows.start, 1)) if groups is None else _members(groups[rows])
            totals += member.sum(axis=0)
            sums += values[rows] @ member
        if not (totals > 0.0).all():
            raise NotMeasurable("a group has no observation")
        return cls(values, groups, totals, sums / totals)

    @property
    def n_groups(self) -> int:
        """One or two."""
        return len(self.totals)

    def of_group(self, rows: Rows) -> NDArray[np.int64]:
        """Give the group of some observations."""
        if self.groups is None:
            n = rows.stop - rows.start if isinstance(rows, slice) else len(rows)
            return np.zeros(n, dtype=np.int64)
        return self.groups[rows].astype(np.int64)

    def influence(self, rows: Rows) -> Floats:
        """Give the influence values of some observations on the (signed) mean of their group."""
        group = self.of_group(rows)
        sign = np.array([1.0, -1.0])
        return np.asarray(sign[group] * (self.values[rows] - self.means[group]) / self.totals[group])


def variance_of_means(centred: Centred, clusters: Sequence[NDArray[Any]]) -> ClusterVariance:
    """Give what :func:`discourse.stats.influence_variance` gives of means, with their loads.

    Parameters
    ----------
    centred : Centred
        Observations with the means of their groups.
    clusters : sequence of one or two arrays of int, shape (n,)
        Cluster codes; negative where unknown.

    Returns
    -------
    ClusterVariance
        The same variance and degrees of freedom.

    Raises
    ------
    NotMeasurable
        If a way has fewer than two clusters, or one cluster holds all of a group.

    Examples
    --------
    >>> centred = Centred.of(np.array([1.0, 2.0, 3.0]), None)
    >>> round(variance_of_means(centred, [np.arange(3)]).variance, 1)
    0.4
    """
    codes = [narrow_codes(c) for c in clusters]
    sizes = [int(c.max(initial=-1)) + 1 for c in codes]
    for size in sizes:
        refuse_single(size)
    sums = [_within(centred, c, size) for c, size in zip(codes, sizes, strict=True)]
    noises, both = _noise(centred, codes, sizes)
    ways = [way_of_sums(*summed, noise) for summed, noise in zip(sums, noises, strict=True)]
    if len(ways) == 1:
        return ClusterVariance(ways[0].variance, ways[0].df, (sizes[0],), (ways[0].variance,))
    return both_ways(ways[0], ways[1], both)


def _members(groups: NDArray[Any]) -> Floats:
    return np.column_stack([groups == 0, groups == 1]).astype(np.float64)


def _parts(n: int) -> Iterator[slice]:
    return (slice(start, min(start + AT_ONCE, n)) for start in range(0, n, AT_ONCE))


def _within(centred: Centred, codes: NDArray[np.int32], size: int) -> tuple[Floats, Floats]:
    """Sum influence values and loads within clusters, one column a group."""
    k = centred.n_groups
    sums, loads = np.zeros((size, k)), np.zeros((size, k))
    for rows in _parts(len(codes)):
        group = centred.of_group(rows)
        place = codes[rows].astype(np.int64) * k + group
        np.add.at(sums.reshape(-1), place, centred.influence(rows))
        np.add.at(loads.reshape(-1), place, 1.0 / centred.totals[group])
    return sums, loads


def _noise(
    centred: Centred, codes: Sequence[NDArray[np.int32]], sizes: Sequence[int]
) -> tuple[list[Floats], float]:
    """Sum the squares of what stands in cells, by cluster of each way and group, and of all cells."""
    k, both = centred.n_groups, 0.0
    noises = [np.zeros((size, k)) for size in sizes]
    for rows, cell in _cells(codes):
        n_cells = int(cell[-1]) + 1
        group, psi = centred.of_group(rows), centred.influence(rows)
        parts, total = np.zeros(n_cells * k), np.zeros(n_cells)
        np.add.at(parts, cell * k + group, psi)
        np.add.at(total, cell, psi)
        both += float(total @ total)
        parts *= parts
        for noise, of_way in zip(noises, codes, strict=True):
            owner = np.zeros(n_cells, dtype=np.int64)
            owner[cell] = of_way[rows]
            place = (owner[:, None] * k + np.arange(k)).reshape(-1)
            np.add.at(noise.reshape(-1), place, parts)
    return noises, both


def _cells(codes: Sequence[NDArray[np.int32]]) -> Iterator[tuple[Rows, NDArray[np.int64]]]:
    """Give observations cell by cell, so many at a time, with the number of the cell in the part.

    A cell is a pair of clusters, or a single observation where clusters are of one way.
    """
    n = len(codes[0])
    if len(codes) == 1:
        yield from ((rows, np.arange(rows.stop - rows.start)) for rows in _parts(n))
        return
    order, start, size = _order(codes[0], codes[1]), 0, AT_ONCE
    while start < n:
        stop = min(start + size, n)
        rows: Rows = slice(start, stop) if order is None else order[start:stop]
        new = np.ones(stop - start, dtype=bool)
        a, b = codes[0][rows], codes[1][rows]
        new[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
        last = int(np.flatnonzero(new)[-1]) if stop < n else stop - start
        if last == 0:  # one cell is larger than a part
            size *= 2
            continue
        yield (slice(start, start + last) if order is None else rows[:last]), np.cumsum(new[:last]) - 1  # type: ignore[index]
        start, size = start + last, AT_ONCE


def _order(first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int64] | None:
    """Sort observations by both clusters; None where they stand so, as samples of one group do."""
    if in_order(first, second):
        return None
    width, pairs = int(second.max(initial=0)) + 1, room(len(first), np.int64)
    for rows in _parts(len(first)):
        pairs[rows] = first[rows] * np.int64(width) + second[rows]
    return np.argsort(pairs, kind="stable")
