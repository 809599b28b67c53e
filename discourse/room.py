"""Where large arrays are made: in memory, or in the mapped files of a large study.

Functions that go through all posts make what they give back part by part.  A study of millions of posts has
it lie in files, so that no more than a part is in memory; the values are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Room(Protocol):
    """Where arrays can lie."""

    def room(self, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """Give an array that is yet to be filled."""

    def unlook(self) -> None:
        """Hand back the memory of what was looked at."""


_here: ContextVar[Room | None] = ContextVar("room", default=None)
#: Rows that are gone through at once.
AT_ONCE = 1 << 18


def room(shape: int | tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """Give an array that is yet to be filled, where large arrays lie just now.

    Parameters
    ----------
    shape : int or tuple of int
        Its shape.
    dtype : dtype
        Its kind of numbers.

    Returns
    -------
    ndarray
        Of any content.

    Examples
    --------
    >>> room(3, np.int32).shape
    (3,)
    """
    sizes = shape if isinstance(shape, tuple) else (shape,)
    here = _here.get()
    return np.empty(sizes, dtype) if here is None else here.room(sizes, dtype)


def looked() -> None:
    """Say that a part has been gone through: what it took to look at may be handed back.

    Examples
    --------
    >>> looked()
    """
    here = _here.get()
    if here is not None:
        here.unlook()


def parts(n: int, size: int = AT_ONCE) -> Iterator[slice]:
    """Give rows part by part; behind each part what was looked at is handed back.

    Parameters
    ----------
    n : int
        Rows.
    size : int
        Rows of a part.

    Yields
    ------
    slice
        Rows that lie side by side.

    Examples
    --------
    >>> list(parts(5, 3))
    [slice(0, 3, None), slice(3, 5, None)]
    """
    for start in range(0, n, size):
        yield slice(start, min(start + size, n))
        if n > size:
            looked()


def laid(values: NDArray[Any], rows: NDArray[Any]) -> NDArray[Any]:
    """Take some of many values part by part, where large arrays lie just now.

    Parameters
    ----------
    values : ndarray, shape (n,)
        What there is.
    rows : ndarray of int or of bool
        Places, or whether each value is taken.

    Returns
    -------
    ndarray
        ``values[rows]``.

    Examples
    --------
    >>> laid(np.array([5, 6, 7]), np.array([2, 0])), laid(np.array([5, 6]), np.array([False, True]))
    (array([7, 5]), array([6]))
    """
    if rows.dtype != np.bool_:
        out = room(len(rows), values.dtype)
        for part in parts(len(rows)):
            out[part] = values[rows[part]]
        return out
    out, at = room(int(np.count_nonzero(rows)), values.dtype), 0
    for part in parts(len(rows)):
        found = values[part][rows[part]]
        out[at : at + len(found)] = found
        at += len(found)
    return out


def places(chosen: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Say where something holds, in half the room of :func:`numpy.flatnonzero`.

    Parameters
    ----------
    chosen : ndarray of bool, shape (n,)
        Whether it holds; of fewer than two billion rows.

    Returns
    -------
    ndarray of int32
        Places from 0.

    Examples
    --------
    >>> places(np.array([False, True, True])).tolist()
    [1, 2]
    """
    out, at = room(int(np.count_nonzero(chosen)), np.int32), 0
    for part in parts(len(chosen)):
        found = np.flatnonzero(chosen[part])
        found += part.start
        out[at : at + len(found)] = found
        at += len(found)
    return out


@contextmanager
def laid_in(place: Room) -> Iterator[None]:
    """Have large arrays lie in a place within the block.

    Parameters
    ----------
    place : Room
        Such as :class:`discourse.study.mapped.Mapped`.

    Yields
    ------
    None
        Within the block.
    """
    token = _here.set(place)
    try:
        yield
    finally:
        _here.reset(token)
