"""Sums within clusters of influence values that come part by part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import ParameterError
from discourse.stats.clusters import Way, both_ways, in_order, intersection_codes, narrow_codes, refuse_single

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


class ClusterSums:
    """Sums influence values within clusters as they come, part by part.

    Parameters
    ----------
    clusters : sequence of one or two arrays of int, shape (n,)
        Cluster codes; negative where unknown.

    Examples
    --------
    >>> sums = ClusterSums([[0, 0, 1, 2]])
    >>> sums.variances([(slice(0, 4), np.array([[-1.0], [-1.0], [2.0], [0.0]]))], 1)
    array([12.])
    """

    def __init__(self, clusters: Sequence[ArrayLike]) -> None:
        if len(clusters) not in (1, 2):
            raise ParameterError("one or two clusterings are needed, one code for each observation")
        self._codes: list[NDArray[np.integer]] = [narrow_codes(c) for c in clusters]
        self.in_order = len(self._codes) == 2 and in_order(*self._codes)
        if len(self._codes) == 2 and not self.in_order:
            self._codes.append(intersection_codes(self._codes[0], self._codes[1]).astype(np.int32))
        self._sizes = [int(c.max(initial=-1)) + 1 for c in self._codes]
        for size in self._sizes[:2]:
            refuse_single(size)

    def variances(self, parts: Iterable[tuple[slice, Floats]], n_columns: int) -> Floats:
        """Give what :func:`influence_variances` gives of influence values, rows of which come with them."""
        if self.in_order:
            return self._running(parts, n_columns)
        sums = [[np.zeros(size) for _ in range(n_columns)] for size in self._sizes]
        for rows, psi in parts:
            columns = np.ascontiguousarray(psi.T)
            for codes, within in zip(self._codes, sums, strict=True):
                for total, column in zip(within, columns, strict=True):
                    np.add.at(total, codes[rows], column)
        return np.array([self._variance([within[j] for within in sums]) for j in range(n_columns)])

    def _running(self, parts: Iterable[tuple[slice, Floats]], n_columns: int) -> Floats:
        """Sum what lies in order as it passes by: only the sums of the second way are held."""
        first, second = self._codes
        ways, cells = _Running(n_columns), _Running(n_columns)
        crossed = [np.zeros(self._sizes[1]) for _ in range(n_columns)]
        for rows, psi in parts:
            a, b = first[rows], second[rows].astype(np.int64)
            ways.add(psi, a.astype(np.int64))
            cells.add(psi, a * np.int64(self._sizes[1]) + b)
            for total, column in zip(crossed, np.ascontiguousarray(psi.T), strict=True):
                np.add.at(total, b, column)
        n, m = self._sizes
        one = n / (n - 1) * ways.squares()
        other = [m / (m - 1) * float((total**2).sum()) for total in crossed]
        each = zip(one, other, cells.squares(), strict=True)
        return np.array([both_ways(Way(x, 1.0, n), Way(y, 1.0, m), both).variance for x, y, both in each])

    def _variance(self, sums: Sequence[Floats]) -> float:
        ways = []
        for total in sums[:2]:
            squares, n = total**2, total.shape[0]
            ways.append(Way(float(n / (n - 1) * squares.sum()), 1.0, n))
        if len(sums) == 1:
            return ways[0].variance
        return both_ways(ways[0], ways[1], float(sums[2] @ sums[2])).variance


class _Running:
    """Squares of sums within clusters that lie one behind the other."""

    def __init__(self, n_columns: int) -> None:
        self._code, self._sum, self._squares = -1, np.zeros(n_columns), np.zeros(n_columns)

    def add(self, values: Floats, codes: Codes) -> None:
        """Sum the values of some rows; the last cluster may go on."""
        starts = np.flatnonzero(np.diff(codes, prepend=-1))
        sums = np.add.reduceat(values, starts, axis=0)
        if codes[0] == self._code:
            sums[0] += self._sum
        else:
            self._squares += self._sum**2
        self._squares += (sums[:-1] ** 2).sum(axis=0)
        self._code, self._sum = int(codes[-1]), sums[-1]

    def squares(self) -> Floats:
        """Sum of squares of all clusters."""
        return np.asarray(self._squares + self._sum**2)
