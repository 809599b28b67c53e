"""Processes that work beside this one: forks of it where they may be relied on, fresh ones elsewhere.

A fork starts in milliseconds, knows all that was read and compiled before it, and shares the memory of it.
A fresh process reads the libraries and lexicons again, a second or two each.  Both are an engine of joblib's,
:mod:`discourse.engine`.
"""

from __future__ import annotations

import itertools
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar, copy_context
from typing import Any, TypeVar

from discourse.errors import DiscourseError

Piece = TypeVar("Piece")
Result = TypeVar("Result")
#: How often processes may be lost without a single result in between.
PATIENCE = 3
_waiting: ContextVar[list[Callable[[], object]]] = ContextVar("waiting")


def can_fork() -> bool:
    """Say whether a fork of this process may be relied on: on Linux only.

    Elsewhere libraries of the system (macOS) do not bear it, or there is none (Windows).

    Examples
    --------
    >>> can_fork() in (True, False)
    True
    """
    return sys.platform == "linux"


@contextmanager
def meanwhile(task: Callable[[], object]) -> Iterator[None]:
    """Have something done here while processes work on the first pieces that are given out in the block.

    Parameters
    ----------
    task : callable
        What later forks shall know, such as a lexicon to be read; never called where nothing is given out.

    Examples
    --------
    >>> read = []
    >>> with meanwhile(lambda: read.append("a lexicon")):
    ...     sums = list(Processes(2).in_order(abs, range(9)))
    >>> read
    ['a lexicon']
    """
    token = _waiting.set([task])
    try:
        yield
    finally:
        _waiting.reset(token)


def _use_the_wait() -> threading.Thread | None:
    tasks = _waiting.get([])
    if not tasks:
        return None
    thread = threading.Thread(target=copy_context().run, args=(_tried, tasks.pop()))
    thread.start()
    return thread


def _tried(task: Callable[[], object]) -> None:
    with suppress(Exception):  # who needs it does it again, and says why it fails
        task()


class Processes:
    """Processes that apply a function to pieces.

    Parameters
    ----------
    workers : int
        How many.

    Notes
    -----
    Forks are made for each function: what one does it finds as it lies in memory, and only pieces and results
    are sent.  Fresh processes stay until :meth:`close`.

    Examples
    --------
    >>> processes = Processes(2)
    >>> list(processes.in_order(abs, [-1, 2, -3]))
    [1, 2, 3]
    >>> processes.close()
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._engine: Any = None

    def in_order(self, function: Callable[[Piece], Result], pieces: Iterable[Piece]) -> Iterator[Result]:
        """Apply a function to each piece.

        Parameters
        ----------
        function : callable
            Depends on its argument, and on nothing that changes meanwhile.
        pieces : iterable
            Taken as they are needed, at most a few ahead of the results.

        Yields
        ------
        object
            The results, in the order of the pieces.

        Raises
        ------
        DiscourseError
            If processes are lost again and again.
        """
        from concurrent.futures.process import BrokenProcessPool

        yield from all_the_same(lambda left: self._given_out(function, left), pieces, (BrokenProcessPool,))

    def _given_out(self, function: Callable[[Piece], Result], pieces: Iterable[Piece]) -> Iterator[Result]:
        from joblib import Parallel

        from discourse.engine import Engine, taken

        self._engine = self._engine or Engine()
        with self._engine.knowing(function) as task:
            parallel = Parallel(n_jobs=self._workers, backend=self._engine, return_as="generator")
            learning = None
            try:
                results = parallel(task(piece) for piece in pieces)
                learning = _use_the_wait()
                yield from taken(results)
            except BaseException:
                self.close()  # fresh processes of which one is lost are good for nothing more
                raise
            finally:
                if learning is not None:
                    learning.join()  # nothing is forked beside it

    def close(self) -> None:
        """Let the processes go, and with them the memory that they hold."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None


def all_the_same(
    given_out: Callable[[Iterator[Piece]], Iterator[Result]],
    pieces: Iterable[Piece],
    losses: tuple[type[BaseException], ...],
) -> Iterator[Result]:
    """Give the results of pieces in order, though workers are lost: what they had is given out again.

    Parameters
    ----------
    given_out : callable
        Takes pieces and gives their results in order; fails with one of `losses` where a worker is lost.
    pieces : iterable
        Taken once, as they are needed.
    losses : tuple of type
        What says that a worker is lost.

    Yields
    ------
    object
        One result a piece.

    Raises
    ------
    DiscourseError
        If workers are lost more than :data:`PATIENCE` times without a result in between.

    Examples
    --------
    >>> list(all_the_same(lambda left: map(abs, left), [-1, 2], (OSError,)))
    [1, 2]
    """
    left, out, lost = iter(pieces), deque[Piece](), 0

    def noted(left: Iterator[Piece]) -> Iterator[Piece]:
        for piece in left:
            out.append(piece)
            yield piece

    while True:
        try:
            for result in given_out(noted(left)):
                out.popleft()
                lost = 0
                yield result
            return
        except losses as error:
            lost += 1
            if lost > PATIENCE:
                raise DiscourseError(
                    "the processes that work on the parts are lost again and again",
                    where=(str(error).splitlines() or [type(error).__name__])[0][:200],
                    hint="memory may be short: give fewer --workers",
                ) from error
        left = itertools.chain(list(out), left)
        out.clear()
