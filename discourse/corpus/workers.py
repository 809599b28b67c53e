"""Work on the pieces of an export, here or in other processes, with the results in order."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from discourse.errors import ParameterError
from discourse.processes import Processes

T = TypeVar("T")
R = TypeVar("R")
ALONE = 4
"""So many pieces are done here: for a small export, processes would not be worth their start."""


def check_workers(workers: int) -> int:
    """Check a number of processes.

    Raises
    ------
    ParameterError
        If it is below 1.
    """
    if workers < 1:
        raise ParameterError(f"workers is {workers}", expected="1 or more")
    return workers


def in_order(function: Callable[[T], R], pieces: Iterable[T], workers: int) -> Iterator[R]:
    """Apply a function to each piece.

    Parameters
    ----------
    function : callable
        Depends on its argument only; it and its argument can be pickled.
    pieces : iterable
        Taken as they are needed, at most a few ahead of the results.
    workers : int
        Processes; the results are the same whatever their number.

    Yields
    ------
    object
        The results, in the order of the pieces.
    """
    own = Workers(workers)
    try:
        yield from own.in_order(function, pieces)
    finally:
        own.close()


class Workers:
    """Processes that stay from one kind of piece to the next, where their start is dear.

    Parameters
    ----------
    n : int
        How many; with 1 all is done here.
    """

    def __init__(self, n: int) -> None:
        self.n = check_workers(n)
        self._processes = Processes(n)

    def in_order(self, function: Callable[[T], R], pieces: Iterable[T]) -> Iterator[R]:
        """Apply a function to each piece, as :func:`in_order` does."""
        waiting = iter(pieces)
        if self.n == 1:
            yield from map(function, waiting)
            return
        first = list(itertools.islice(waiting, ALONE + 1))
        if len(first) <= ALONE:
            yield from map(function, first)
            return
        yield from self._processes.in_order(function, itertools.chain(first, waiting))

    def close(self) -> None:
        """Let the processes go."""
        self._processes.close()
