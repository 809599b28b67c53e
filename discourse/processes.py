"""Processes that work beside this one: forks of it where they may be relied on, fresh ones elsewhere.

A fork starts in milliseconds, knows all that was read and compiled before it, and shares the memory of it.
A fresh process reads the libraries and lexicons again, a second or two each.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar, copy_context
from functools import partial
from typing import Any, Self, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")
#: How often a fork looks whether somebody still waits for it.  Unit: seconds.
_LOOK = 1.0
_WIDE = 1 << 20
_waiting: ContextVar[list[Callable[[], object]]] = ContextVar("waiting")
_given: Callable[[Any], Any]  # what the forks do; set in each of them


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
        self._fresh: Any = None

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
        concurrent.futures.process.BrokenProcessPool
            If a process is lost.
        """
        if can_fork():
            with _Forks(function, self._workers) as forks:
                yield from self._in_order(forks.submit, forks.awaited, pieces)
            return
        self._fresh = self._fresh or _fresh(self._workers)
        yield from self._in_order(partial(self._fresh.submit, function), _result, pieces)

    def _in_order(
        self, submit: Callable[[Any], Any], awaited: Callable[[Any], Any], pieces: Iterable[Any]
    ) -> Iterator[Any]:
        ahead: deque[Any] = deque()
        learning: threading.Thread | None = None
        try:
            for piece in pieces:
                ahead.append(submit(piece))
                if len(ahead) > 2 * self._workers:
                    learning = learning or _use_the_wait()
                    yield awaited(ahead.popleft())
            while ahead:
                yield awaited(ahead.popleft())
        finally:
            for future in ahead:
                future.cancel()
            if learning is not None:
                learning.join()  # nothing is forked beside it

    def close(self) -> None:
        """Let the processes go, and with them the memory that they hold."""
        if self._fresh is not None:
            self._fresh.shutdown(wait=True)
            self._fresh = None


def _fresh(workers: int) -> Any:
    from joblib.externals.loky import ProcessPoolExecutor

    # processes of our own, which end when we say: joblib would take up shared ones, and fail
    return ProcessPoolExecutor(max_workers=workers)


def _result(future: Any) -> Any:
    return future.result()


class _Forks:
    """Forks that know already what they do."""

    def __init__(self, function: Callable[[Any], Any], workers: int) -> None:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        given = (function, os.getpid())
        self._executor = ProcessPoolExecutor(workers, get_context("fork"), _begin, given)

    def __enter__(self) -> Self:
        from multiprocessing import active_children

        # Pages are shared until somebody writes to them; the collector of cycles writes to every object.
        gc.freeze()
        others = active_children()
        with warnings.catch_warnings():
            # what threads of ours hold (progress, Arrow, a client of Dask) no fork asks for
            warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
            self._executor.submit(os.getpid)  # starts all
        self._all = [process for process in active_children() if process not in others]
        with suppress(AttributeError, OSError):
            _widen(self._executor._call_queue._writer.fileno())  # type: ignore[attr-defined]
            _widen(self._executor._result_queue._reader.fileno())  # type: ignore[attr-defined]
            # so that the end of all of them is the end of what they send
            self._executor._result_queue._writer.close()  # type: ignore[attr-defined]
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=True)
        gc.unfreeze()

    def submit(self, piece: Any) -> Any:
        return self._executor.submit(_do_given, piece)

    def awaited(self, future: Any) -> Any:
        """Wait; an executor whose process is lost amid a result would wait for the rest of it for ever."""
        while True:
            with suppress(TimeoutError):
                return future.result(_LOOK)
            if future.done():
                return future.result()
            if not all(process.is_alive() for process in self._all):
                for process in self._all:
                    process.kill()


def _widen(pipe: int) -> None:
    """Let a result through in a few pieces: each waits until this process has a moment for it."""
    import fcntl

    fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _WIDE)


def _begin(function: Callable[[Any], Any], parent: int) -> None:
    """Make ready, in a fork: one core is its share, and it ends with the process that waits for it."""
    global _given
    _given = function
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who waits for it ends it
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    if "pyarrow" in sys.modules:
        sys.modules["pyarrow"].set_cpu_count(1)
    if "threadpoolctl" in sys.modules:
        sys.modules["threadpoolctl"].threadpool_limits(1)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def _do_given(piece: Any) -> Any:
    gc.collect()  # what the piece before left: the collector rests while rows are made that are in no cycle
    return _given(piece)
