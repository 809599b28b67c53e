"""Labels exchanged within strata, many times over: each permutation sorts one number a unit."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import ParameterError
from discourse.room import parts
from discourse.stats.clusters import narrow_codes
from discourse.stats.distinct import counted

Labels = NDArray[np.integer]
#: Random bits of a drawn double; with the number of the stratum above them they fill 63.
_BITS = 53
#: Units that are sorted at once, and strata among them: what a processor holds near at hand.
_AT_ONCE, _STRATA = 1 << 15, 1 << 8
#: Labels of so few bits are sorted along with the draws.
_LABEL = 2


class Strata:
    """Exchanges labels among the units of each stratum.

    Parameters
    ----------
    strata : array_like of int, shape (n,)
        Stratum of each unit.

    Raises
    ------
    ParameterError
        If the codes are not a one-dimensional array of integers.

    Notes
    -----
    Units are sorted by stratum and, within it, by a uniform draw: every permutation within strata is equally
    likely.  Both are put into one whole number, which sorts many times as fast as a row of two keys; strata
    that lie side by side are sorted so many at a time, so that a permutation of millions of units takes no
    memory but that of its labels.  Two draws of one stratum tie with a chance of 2 to the power of -53 (more,
    one bit for each doubling, where there are over 1,024 strata), which no p-value can tell.

    Examples
    --------
    >>> strata = Strata([0, 1, 0, 1])
    >>> labels, rng = np.array([5, 6, 5, 7]), np.random.default_rng(0)
    >>> sorted({tuple(strata.exchanged(labels, rng).tolist()) for _ in range(20)})
    [(5, 6, 5, 7), (5, 7, 5, 6)]
    """

    def __init__(self, strata: ArrayLike) -> None:
        codes = narrow_codes(strata)
        n_strata = int(codes.max(initial=0)) + 1
        self._bits = min(_BITS, 63 - (n_strata - 1).bit_length())
        # where units stand in the order of their strata; None where they stand so already
        steps = (codes[part.start : part.stop + 1] for part in parts(len(codes)))
        ordered = all(bool((step[1:] >= step[:-1]).all()) for step in steps)
        self._order = None if ordered else np.argsort(codes, kind="stable")
        self._codes = codes if self._order is None else codes[self._order]
        self._edges = _edges(counted(codes, n_strata))

    def exchanged(self, labels: Labels, rng: np.random.Generator) -> NDArray[Any]:
        """Draw the labels anew.

        Parameters
        ----------
        labels : ndarray of int, shape (n,)
            Label of each unit.
        rng : numpy.random.Generator
            Source of randomness; one double a unit is drawn.

        Returns
        -------
        ndarray of int, shape (n,)
            Each stratum holds those that it held; numbers of the same kind.
        """
        if labels.shape != self._codes.shape:
            raise ParameterError("each unit needs one label and one stratum", where="labels, strata")
        whole = None if self._order is None else rng.random(labels.size)[self._order]
        given = labels if self._order is None else labels[self._order]
        narrow = int(given.min(initial=0)) >= 0 and int(given.max(initial=0)) < 1 << _LABEL
        out = np.empty_like(labels)
        for start, stop in zip(self._edges[:-1], self._edges[1:], strict=True):
            draws = rng.random(stop - start) if whole is None else whole[start:stop]
            key = self._keys(draws, start, stop)
            here = _sorted_along(key, given[start:stop]) if narrow else given[start:stop][np.argsort(key)]
            if self._order is None:
                out[start:stop] = here
            else:
                out[self._order[start:stop]] = here
        return out

    def _keys(self, draws: NDArray[np.float64], start: int, stop: int) -> NDArray[np.int64]:
        """Put the number of the stratum, from 0 in each part, above the draw."""
        draws *= 2.0**self._bits
        key = (self._codes[start:stop] - self._codes[start : start + 1]).astype(np.int64)
        key <<= self._bits
        key |= draws.astype(np.int64)
        return key


def _edges(sizes: NDArray[np.int64]) -> list[int]:
    """Say where to part the units, between two strata."""
    ends, edges, first = np.cumsum(sizes).tolist(), [0], 0
    for stratum, end in enumerate(ends):
        if end - edges[-1] >= _AT_ONCE or stratum - first >= _STRATA - 1:
            edges.append(end)
            first = stratum + 1
    return edges if edges[-1] == ends[-1] else [*edges, ends[-1]]


def _sorted_along(key: NDArray[np.int64], labels: Labels) -> NDArray[np.int64]:
    """Sort labels that are their own lowest bits: a plain sort is quicker than one that gives places."""
    key <<= _LABEL
    key |= labels
    key.sort()
    key &= (1 << _LABEL) - 1
    return key
