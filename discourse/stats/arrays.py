"""What the statistics ask of their arrays, said once: shapes, signs, probabilities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import ParameterError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def floats(name: str, values: ArrayLike, ndim: int | None = None) -> Floats:
    """Turn values into a float array, and say which parameter cannot be one.

    Parameters
    ----------
    name : str
        The parameter, as the caller wrote it.
    values : array_like
        The values.
    ndim : int, optional
        How many dimensions are expected; any number if left out.

    Returns
    -------
    ndarray of float64
        The values.

    Raises
    ------
    ParameterError
        If the values are no numbers or have another number of dimensions.

    Examples
    --------
    >>> floats("p", [0.1, 0.2], ndim=1)
    array([0.1, 0.2])
    """
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ParameterError(f"{name} holds something that is not a number", where=name) from error
    if ndim is not None and array.ndim != ndim:
        raise ParameterError(
            f"{name} has {array.ndim} dimensions", where=name, expected=f"{ndim} dimension(s)"
        )
    return array


def counts(name: str, values: ArrayLike, ndim: int | None = None) -> Floats:
    """Turn values into a float array of counts: finite and not negative.

    Parameters
    ----------
    name, values, ndim
        As for :func:`floats`.

    Returns
    -------
    ndarray of float64
        The counts.

    Raises
    ------
    ParameterError
        If a count is negative, infinite or missing.

    Examples
    --------
    >>> counts("focus", [3, 0])
    array([3., 0.])
    """
    array = floats(name, values, ndim)
    if not np.all(np.isfinite(array)) or np.any(array < 0):
        raise ParameterError(
            f"{name} holds a negative, infinite or missing count", where=name, expected="counts of 0 or more"
        )
    return array


def broadcast(names: Sequence[str], *arrays: Floats) -> tuple[Floats, ...]:
    """Give arrays one shape, and name them where they do not fit together.

    Parameters
    ----------
    names : sequence of str
        The parameters, as the caller wrote them.
    *arrays : ndarray of float64
        The arrays.

    Returns
    -------
    tuple of ndarray of float64
        The arrays in their common shape.

    Raises
    ------
    ParameterError
        If there is no common shape.

    Examples
    --------
    >>> [a.shape for a in broadcast(["x", "n"], np.zeros(3), np.array(1.0))]
    [(3,), (3,)]
    """
    try:
        return tuple(np.broadcast_arrays(*arrays))
    except ValueError as error:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in zip(names, arrays, strict=True))
        raise ParameterError(
            f"these arrays do not fit together: {shapes}", expected="equal lengths"
        ) from error


def within(name: str, value: float, low: float, high: float) -> float:
    """Check that a parameter lies strictly between two bounds.

    Parameters
    ----------
    name : str
        The parameter.
    value, low, high : float
        Its value and the open bounds.

    Returns
    -------
    float
        The value.

    Raises
    ------
    ParameterError
        If it does not.

    Examples
    --------
    >>> within("level", 0.95, 0, 1)
    0.95
    """
    if not low < value < high:
        raise ParameterError(f"{name} is {value}", where=name, expected=f"between {low:g} and {high:g}")
    return float(value)


def ratio(numerator: ArrayLike, denominator: ArrayLike) -> Floats:
    """Divide, with NaN for 0/0 and infinity for x/0, and without a warning.

    Parameters
    ----------
    numerator, denominator : array_like of float
        The two sides.

    Returns
    -------
    ndarray of float64
        The quotients.

    Examples
    --------
    >>> ratio([1, 0, 1], [2, 0, 0])
    array([0.5, nan, inf])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.asarray(numerator, dtype=np.float64) / np.asarray(denominator, dtype=np.float64))
