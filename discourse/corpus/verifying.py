"""Candidates for near-duplicates held against each other on their exact shingles, many pairs at a time.

The sets wait in a file; those of a bucket are read together, and what two of them share is counted by a
product of sparse matrices, so that crowded buckets cost no Python a pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from discourse.corpus.signatures import Uints, shingle_sets

Numbers = NDArray[np.int64]

_FEW = 48
"""Texts of a bucket whose pairs are listed; those of a larger one are taken block by block."""
_PAIRS = 1 << 14
_CELLS = 1 << 20
_PIVOTS = 8


class Shingles:
    """The sets of shingles of many texts, in a file.

    Parameters
    ----------
    file : path
        A new file.
    """

    def __init__(self, file: Path) -> None:
        self._file = file.open("w+b")
        self._ends = [np.zeros(1, dtype=np.int64)]

    def add(self, texts: list[str]) -> None:
        """Take in the sets of some normalised texts, behind those of the texts before."""
        values, ends = shingle_sets(texts)
        self._file.write(values.tobytes())
        self._ends.append(self._ends[-1][-1] + ends[1:])

    def done(self) -> None:
        """All texts are in."""
        self._ends = [np.concatenate(self._ends)]

    def sizes(self, numbers: Numbers) -> Numbers:
        """Count the shingles of some texts."""
        ends = self._ends[0]
        out: Numbers = ends[numbers + 1] - ends[numbers]
        return out

    def matrix(self, numbers: Numbers) -> sparse.csr_matrix:
        """Give a row of ones and zeros for each text; numbers ascend."""
        ends, pieces = self._ends[0], []
        edges = np.flatnonzero(np.r_[True, np.diff(numbers) > 1, True])  # neighbours are read at once
        for first, last in zip(numbers[edges[:-1]], numbers[edges[1:] - 1], strict=True):
            self._file.seek(8 * int(ends[first]))
            pieces.append(self._file.read(8 * int(ends[last + 1] - ends[first])))
        values = np.frombuffer(b"".join(pieces), dtype=np.uint64)
        names, columns = np.unique(values, return_inverse=True)
        indptr = np.concatenate([[0], np.cumsum(self.sizes(numbers))])
        ones = np.ones(len(columns), dtype=np.int32)
        return sparse.csr_matrix((ones, columns, indptr), shape=(len(numbers), len(names)))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Components:
    """Union-find over numbers; the root of a component is its smallest number."""

    def __init__(self, n: int) -> None:
        self._parent = np.arange(n, dtype=np.int64)

    def roots(self, numbers: Numbers) -> Numbers:
        """Give the component of each number."""
        found = self._parent[numbers]
        while True:
            above = self._parent[found]
            if (above == found).all():
                break
            found = above
        self._parent[numbers] = found
        return found

    def join(self, one: Numbers, other: Numbers) -> None:
        """Join the components of each pair of numbers."""
        a, b = self.roots(one), self.roots(other)
        apart = a != b
        if not apart.any():
            return
        names, at = np.unique(np.concatenate([a[apart], b[apart]]), return_inverse=True)
        n = int(apart.sum())
        links = sparse.coo_matrix((np.ones(n, dtype=np.int8), (at[:n], at[n:])), shape=(len(names),) * 2)
        count, component = csgraph.connected_components(links, directed=False)
        least = np.full(count, np.iinfo(np.int64).max)
        np.minimum.at(least, component, names)
        self._parent[names] = least[component]

    def all(self) -> Numbers:
        """Give the component of every number."""
        return self.roots(np.arange(len(self._parent)))


def join_band(keys: Uints, sets: Shingles, threshold: float, joined: Components) -> None:
    """Join the similar texts among those that share a key of a band.

    Parameters
    ----------
    keys : ndarray of uint64, shape (n_texts,)
        One band of the signatures.
    sets : Shingles
        The shingles of the texts.
    threshold : float
        Jaccard similarity from which two texts are joined.
    joined : Components
        What is joined so far; changed in place.
    """
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    edges = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1], True])
    sizes = np.diff(edges)
    for pairs in _listed(order, edges, sizes):
        join_pairs(pairs, sets, threshold, joined)
    for i in np.flatnonzero(sizes > _FEW):
        _join_crowd(order[edges[i] : edges[i + 1]], sets, threshold, joined)


def _listed(order: Numbers, edges: Numbers, sizes: Numbers) -> Iterator[Numbers]:
    """List the pairs of all small buckets, so many at a time, as an array of two rows."""
    for size in range(2, _FEW + 1):
        starts = edges[:-1][sizes == size]
        one, other = np.triu_indices(size, 1)
        for first in range(0, len(starts), max(1, _PAIRS // len(one))):
            members = starts[first : first + max(1, _PAIRS // len(one)), None]
            yield np.stack([order[members + one].ravel(), order[members + other].ravel()])


def join_pairs(pairs: Numbers, sets: Shingles, threshold: float, joined: Components) -> None:
    """Join the similar ones of some pairs of texts.

    Parameters
    ----------
    pairs : ndarray of int64, shape (2, n_pairs)
        Candidates.
    sets, threshold, joined
        As in :func:`join_band`.
    """
    one, other = pairs[:, joined.roots(pairs[0]) != joined.roots(pairs[1])]
    sizes = np.stack([sets.sizes(one), sets.sizes(other)])
    near = sizes.min(axis=0) >= threshold * sizes.max(axis=0) - 1e-9
    one, other, sizes = one[near], other[near], sizes[:, near]
    if not len(one):
        return
    numbers, at = np.unique(np.concatenate([one, other]), return_inverse=True)
    rows = sets.matrix(numbers)
    common = rows[at[: len(one)]].multiply(rows[at[len(one) :]])
    both = np.diff(sparse.csr_matrix(common).indptr)
    similar = both / (sizes.sum(axis=0) - both) >= threshold
    joined.join(one[similar], other[similar])


def _join_crowd(members: Numbers, sets: Shingles, threshold: float, joined: Components) -> None:
    """Join the similar texts of a large bucket.

    A few texts are held against all first: variants of one template are one component then, and only the
    others must still be held against each other and against it.
    """
    if len(np.unique(joined.roots(members))) == 1:
        return
    members = np.sort(members)
    rows = sets.matrix(members)
    sizes = np.diff(rows.indptr)
    order = np.argsort(sizes, kind="stable")
    crowd = _Crowd(members[order], sizes[order].astype(np.int64), rows[order], threshold)
    crowd.join(np.unique(np.linspace(0, len(members) - 1, _PIVOTS).astype(np.int64)), joined)
    names, counts = np.unique(joined.roots(crowd.members), return_counts=True)
    others = np.flatnonzero(joined.roots(crowd.members) != names[counts.argmax()])
    at_once = max(1, _CELLS // len(members))
    for start in range(0, len(others), at_once):
        crowd.join(others[start : start + at_once], joined)


@dataclass(frozen=True, slots=True)
class _Crowd:
    """The texts of a large bucket by ascending number of shingles."""

    members: Numbers
    sizes: Numbers
    rows: sparse.csr_matrix
    threshold: float

    def join(self, chosen: Numbers, joined: Components) -> None:
        """Join what is similar to some of them, among those that are neither too small nor too large."""
        least, most = self.sizes[chosen[0]] * self.threshold, self.sizes[chosen[-1]] / self.threshold
        low = int(np.searchsorted(self.sizes, least - 1e-9))
        high = int(np.searchsorted(self.sizes, most + 1e-9, side="right"))
        shared = (self.rows[chosen] @ self.rows[low:high].T).tocoo()
        one, other = chosen[shared.row], shared.col + low
        union = self.sizes[one] + self.sizes[other] - shared.data
        similar = shared.data / union >= self.threshold
        joined.join(self.members[one[similar]], self.members[other[similar]])
