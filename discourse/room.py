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
