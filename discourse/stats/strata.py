"""Labels exchanged within strata, many times over: each permutation sorts one number a unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import ParameterError
from discourse.stats.clusters import dense_codes

Codes = NDArray[np.int64]
#: Random bits of a drawn double; with the number of the stratum above them they fill 63.
_BITS = 53


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
    likely.  Both are put into one whole number, which sorts many times as fast as a row of two keys.  Two
    draws of one stratum tie with a chance of 2 to the power of -53 (more, one bit for each doubling, where
    there are over 1,024 strata), which no p-value can tell.

    Examples
    --------
    >>> strata = Strata([0, 1, 0, 1])
    >>> labels, rng = np.array([5, 6, 5, 7]), np.random.default_rng(0)
    >>> sorted({tuple(strata.exchanged(labels, rng).tolist()) for _ in range(20)})
    [(5, 6, 5, 7), (5, 7, 5, 6)]
    """

    def __init__(self, strata: ArrayLike) -> None:
        codes = dense_codes(strata)
        n_strata = int(codes.max(initial=0)) + 1
        self._bits = min(_BITS, 63 - (n_strata - 1).bit_length())
        self._above = codes << self._bits
        self._order = np.argsort(codes, kind="stable")

    def exchanged(self, labels: Codes, rng: np.random.Generator) -> Codes:
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
            Each stratum holds those that it held.
        """
        if labels.shape != self._order.shape:
            raise ParameterError("each unit needs one label and one stratum", where="labels, strata")
        below = (rng.random(labels.size) * 2.0**self._bits).astype(np.int64)
        out = np.empty_like(labels)
        out[self._order] = labels[np.argsort(self._above | below)]
        return out
