"""The cells of two crossed clusterings, such as author x thread, gone through part by part.

Sums within cells, and within clusters, are made as observations pass by: what is held of them are their
codes, and of clusters what is summed in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import ParameterError
from discourse.room import looked
from discourse.stats.clusters import dense_codes

Codes = NDArray[np.int64]
Numbers = NDArray[np.int32]
#: Observations that are looked at together.  Fewer than these are summed as if they were one array.
AT_ONCE = 1 << 17


class Part(NamedTuple):
    """Some observations, whole clusters of the first way.

    ``rows``: which observations; ``cell``: the cell of each, from 0 in the part; ``first``, ``second``: the
    clusters of each cell, the first ones from 0 in the part; ``at``: where the first clusters stand among
    all.
    """

    rows: slice | Codes
    cell: Codes
    first: Codes
    second: Codes
    at: slice


class Cells:
    """The cells of two crossed clusterings.

    Parameters
    ----------
    first, second : array_like of int, shape (n,)
        Cluster codes; a negative one is a cluster of its own.
    counted : ndarray of bool, shape (n,), optional
        Which observations there are; all of them by default.

    Attributes
    ----------
    n_clusters : (int, int)
        How many clusters each way has.

    Examples
    --------
    >>> cells = Cells([0, 0, 1], [5, 5, 5])
    >>> cells.n_clusters, [(part.cell.tolist(), part.first.tolist()) for part in cells.parts()]
    ((2, 1), [([0, 0, 1], [0, 1])])
    """

    def __init__(self, first: ArrayLike, second: ArrayLike, counted: NDArray[np.bool_] | None = None) -> None:
        self._first, self._second = as_dense(first), as_dense(second)
        if self._first.shape != self._second.shape:
            raise ParameterError("both clusterings must have one code for each observation")
        self._counted = counted
        self._order = None if _in_order(self._first, self._second) else _sorted(self._first, self._second)
        sizes = []
        places = []
        for codes in (self._first, self._second):
            there = np.zeros(int(codes.max(initial=-1)) + 1, dtype=bool)
            for start in range(0, len(codes), AT_ONCE):
                part = slice(start, start + AT_ONCE)
                there[codes[part] if counted is None else codes[part][counted[part]]] = True
                looked()
            sizes.append(int(np.count_nonzero(there)))
            places.append(there)
        self.n_clusters = sizes[0], sizes[1]
        self._place = np.cumsum(places[1], dtype=np.int32) - np.int32(1)

    def __len__(self) -> int:
        return len(self._first)

    def parts(self) -> Iterator[Part]:
        """Give the observations cluster by cluster of the first way, cell by cell, so many at a time."""
        n, start, size, before = len(self._first), 0, AT_ONCE, 0
        while start < n:
            stop = min(start + size, n)
            rows: slice | Codes = slice(start, stop) if self._order is None else self._order[start:stop]
            a = self._first[rows]
            if stop < n:  # the last cluster may go on
                last = int(np.searchsorted(a, a[-1]))
                if last == 0:  # one cluster is larger than a part
                    size *= 2
                    continue
                stop, a = start + last, a[:last]
                rows = slice(start, stop) if self._order is None else self._order[start:stop]
            part = self._part(rows, start, a, before)
            if part is not None:
                before = part.at.stop
                yield part
            looked()
            start, size = stop, AT_ONCE

    def _part(self, rows: slice | Codes, start: int, a: Numbers, before: int) -> Part | None:
        b = self._second[rows]
        if self._counted is not None:
            kept = np.flatnonzero(self._counted[rows])
            if not len(kept):
                return None
            rows = kept + start if isinstance(rows, slice) else rows[kept]
            a, b = a[kept], b[kept]
        new = np.ones(len(a), dtype=bool)
        new[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
        begins = np.flatnonzero(new)
        owner = a[begins]
        fresh = np.ones(len(owner), dtype=bool)
        fresh[1:] = owner[1:] != owner[:-1]
        first = np.cumsum(fresh, dtype=np.int64) - 1
        second = self._place[b[begins]].astype(np.int64)
        at = slice(before, before + int(first[-1]) + 1)
        return Part(rows, np.cumsum(new, dtype=np.int64) - 1, first, second, at)


def as_dense(codes: ArrayLike) -> Numbers:
    """Number clusters without gaps as :func:`dense_codes` does, in half the room; those that are so stay."""
    given = np.asarray(codes)
    small = given.dtype == np.int32 and given.ndim == 1 and given.size and given.min() >= 0
    if small and int(given.max()) < 4 * given.size + 1000:
        return given  # gaps do no harm: clusters are counted, and those of the second way closed up
    return dense_codes(given).astype(np.int32)


def _in_order(first: Numbers, second: Numbers) -> bool:
    """Say whether observations stand by both clusters."""
    width = int(second.max(initial=0)) + 1
    for start in range(0, len(first), AT_ONCE):
        rows = slice(start, start + AT_ONCE + 1)  # one more, to see beyond the edge
        pairs = first[rows] * np.int64(width) + second[rows]
        if (pairs[1:] < pairs[:-1]).any():
            return False
        looked()
    return True


def _sorted(first: Numbers, second: Numbers) -> Codes:
    pairs = first * np.int64(int(second.max(initial=0)) + 1)
    pairs += second
    return np.argsort(pairs, kind="stable")
