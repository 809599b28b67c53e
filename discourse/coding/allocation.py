"""How many units to draw from which stratum."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import ParameterError

Allocation = Literal["power", "neyman", "proportional", "equal"]
ALLOCATIONS: tuple[Allocation, ...] = get_args(Allocation)
FLOOR = 2
"""Units a stratum gets at least, so that its variance can be told."""


def allocate(
    sizes: ArrayLike,
    n: int,
    spread: ArrayLike | None = None,
    *,
    allocation: Allocation = "power",
    floor: int = FLOOR,
) -> NDArray[np.int64]:
    r"""Share out a sample over strata, at least one unit for each stratum that is not empty.

    .. math:: n_h \propto N_h^{a} S_h

    Parameters
    ----------
    sizes : array_like of int, shape (n_strata,)
        N_h, units in each stratum of the frame.
    n : int
        Units to draw in all; no more than there are are drawn.
    spread : array_like of float, shape (n_strata,), optional
        S_h, the expected standard deviation of what is coded within a stratum; equal if left out.
    allocation : {"power", "neyman", "proportional", "equal"}
        ``neyman`` is a = 1; ``power`` a = 1/2, between the best for all posts together and the same precision
        for every group; ``proportional`` is a = 1 without S; ``equal`` a = 0 without S.
    floor : int
        Units that each stratum gets at least, if it has them; 1 where n is too small for more.

    Returns
    -------
    ndarray of int64, shape (n_strata,)
        n_h; they sum to the smaller of n and the size of the frame.

    Raises
    ------
    ParameterError
        If n is smaller than the number of strata, or a value is negative.

    Notes
    -----
    Neyman (1934) doi:10.2307/2342192; Bankier (1988), Power allocations, *The American Statistician* 42(3),
    174-177, doi:10.1080/00031305.1988.10475556.  Shares are rounded by largest remainder.

    Examples
    --------
    >>> allocate([900, 90, 10, 0], 100)
    array([70, 22,  8,  0])
    >>> allocate([900, 90, 10, 0], 100, allocation="proportional")
    array([89,  9,  2,  0])
    """
    big = _sizes(sizes)
    total, filled = int(big.sum()), int((big > 0).sum())
    if n >= total:
        return big
    if n < max(filled, 1):
        raise ParameterError(
            f"{n} units cannot cover {filled} strata",
            where="n",
            expected=f"{filled} or more",
            hint="draw more, or name fewer keys of the strata",
        )
    low = np.minimum(big, floor)
    low = low if low.sum() <= n else np.minimum(big, 1)
    real = real_allocation(big, n, spread, allocation=allocation, floor=low)
    whole = np.floor(real + 1e-9).astype(np.int64)
    order = np.lexsort((np.arange(big.size), -(real - whole)))
    order = order[whole[order] < big[order]]
    whole[order[: n - int(whole.sum())]] += 1
    return whole


def real_allocation(
    sizes: ArrayLike,
    n: float,
    spread: ArrayLike | None = None,
    *,
    allocation: Allocation = "power",
    floor: ArrayLike = 0.0,
) -> NDArray[np.float64]:
    """Share out a sample without rounding, between a floor and the size of each stratum.

    Parameters
    ----------
    sizes, n, spread, allocation : as for :func:`allocate`
    floor : array_like of float
        Least share of each stratum.

    Returns
    -------
    ndarray of float64, shape (n_strata,)

    Examples
    --------
    >>> real_allocation([900, 100], 10, allocation="proportional").tolist()
    [9.0, 1.0]
    """
    big = _sizes(sizes).astype(np.float64)
    if allocation not in ALLOCATIONS:
        raise ParameterError(f"unknown allocation {allocation!r}", expected=", ".join(ALLOCATIONS))
    weight = _weights(big, spread, allocation)
    low = np.broadcast_to(np.asarray(floor, dtype=np.float64), big.shape)
    bottom, top = 0.0, float(max(n, 1.0) / weight[weight > 0].min() + 1.0) if (weight > 0).any() else 1.0
    for _ in range(200):  # the sum grows with the factor, so that halving finds it
        factor = (bottom + top) / 2.0
        if np.clip(factor * weight, low, big).sum() > n:
            top = factor
        else:
            bottom = factor
    shared = np.clip(bottom * weight, low, big)
    return np.asarray(np.round(shared, 9), dtype=np.float64)


def _weights(
    big: NDArray[np.float64], spread: ArrayLike | None, allocation: Allocation
) -> NDArray[np.float64]:
    s = np.ones_like(big) if spread is None else np.asarray(spread, dtype=np.float64)
    if s.shape != big.shape or not (np.isfinite(s).all() and (s > 0).all()):
        raise ParameterError("each stratum needs a spread above zero", where="spread")
    by_name: dict[str, NDArray[np.float64]] = {
        "power": np.asarray(big**0.5 * s, dtype=np.float64),
        "neyman": big * s,
        "proportional": big,
        "equal": np.where(big > 0, 1.0, 0.0),
    }
    return by_name[allocation]


def _sizes(sizes: ArrayLike) -> NDArray[np.int64]:
    big = np.asarray(sizes, dtype=np.int64)
    if big.ndim != 1 or (big < 0).any():
        raise ParameterError("the sizes of strata must be counts", where="sizes")
    return big
