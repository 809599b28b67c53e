"""Processes here as an engine of joblib, registered under the name ``discourse``.

It is the engine that is taken where nobody names another one (``joblib.parallel_config(backend=...)``).
Unlike those of joblib it lets a piece go out when a result is taken, and not when one is there: what waits to
be taken is bounded, and the pieces are made in the thread that takes the results.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from joblib import cpu_count, delayed, register_parallel_backend
from joblib.parallel import ParallelBackendBase, SequentialBackend, get_active_backend

from discourse import processes

#: The name by which joblib knows the engine.
NAME = "discourse"
#: How often a fork looks whether somebody still waits for it.  Unit: seconds.
_LOOK = 1.0
_WIDE = 1 << 20
_known: Callable[[Any], Any]  # what the forks do; set in each of them


class Engine(ParallelBackendBase):  # type: ignore[misc]
    """Forks of this process where they may be relied on, fresh processes elsewhere.

    Parameters
    ----------
    **how : object
        What joblib tells every engine.

    Notes
    -----
    Forks are made for each call: what they do they find as it lies in memory (:meth:`knowing`), and only
    pieces and results are sent.  Fresh processes stay until :meth:`close`.

    Examples
    --------
    >>> from joblib import Parallel, delayed, parallel_config
    >>> with parallel_config(backend="discourse", n_jobs=2):
    ...     Parallel()(delayed(abs)(piece) for piece in [-1, 2, -3])
    [1, 2, 3]
    """

    default_n_jobs = -1
    # joblib then asks for each result in the thread that takes it, and a callback from there is heard
    supports_retrieve_callback = False
    supports_return_generator = True

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self._forks: _Forks | None = None
        self._fresh: Any = None
        self._function: Callable[[Any], Any] | None = None

    @contextmanager
    def knowing(self, function: Callable[[Any], Any]) -> Iterator[Callable[[Any], Any]]:
        """Let the forks of a call know a function, which need not bear being sent.

        Parameters
        ----------
        function : callable
            Takes one piece.

        Yields
        ------
        callable
            Makes a piece a task of joblib's.
        """
        if not processes.can_fork():
            yield delayed(function)
            return
        self._function = function
        try:
            yield delayed(_do_known)
        finally:
            self._function = None

    def effective_n_jobs(self, n_jobs: int | None) -> int:
        """Say how many processes a number of jobs stands for; -1 are all cores."""
        if n_jobs is None:
            return 1
        return n_jobs if n_jobs > 0 else max(1, int(cpu_count()) + 1 + n_jobs)

    def configure(self, n_jobs: int = 1, parallel: Any = None, **_: Any) -> int:
        """Start the processes of a call."""
        if parallel is not None and not parallel.return_ordered:
            raise ValueError("the engine of discourse gives results in their order, and in no other")
        self.parallel = parallel
        n = self.effective_n_jobs(n_jobs)
        if n > 1 and processes.can_fork():
            self._forks = _Forks(self._function, n)
        elif n > 1:
            self._fresh = self._fresh or _fresh(n)
        return n

    def submit(self, func: Callable[[], Any], callback: Any = None) -> Any:
        """Give out a piece."""
        if self._forks is not None:
            return self._forks.submit(func), callback
        return self._fresh.submit(func), callback

    apply_async = submit  # its name before joblib 1.5

    def retrieve_result(self, out: Any, timeout: float | None = None) -> Any:
        """Wait for a result, and let the next piece go out."""
        future, callback = out
        result = future.result() if self._forks is None else self._forks.awaited(future)
        callback(result)
        return result

    def terminate(self) -> None:
        """Let the forks of a call go; what they have not begun is left."""
        if self._forks is not None:
            self._forks.close()
            self._forks = None

    def close(self) -> None:
        """Let fresh processes go, too, and with them the memory that they hold."""
        self.terminate()
        if self._fresh is not None:
            self._fresh.shutdown(wait=True)
            self._fresh = None

    def get_nested_backend(self) -> tuple[Any, None]:
        """Give what a piece finds that spreads work itself: nobody beside it."""
        return SequentialBackend(nesting_level=(self.nesting_level or 0) + 1), None


register_parallel_backend(NAME, Engine)


def named() -> bool:
    """Say whether somebody has named an engine other than this one.

    Notes
    -----
    A wish for threads or for processes is heard by joblib where no engine is named, and only there.

    Examples
    --------
    >>> from joblib import parallel_config
    >>> named()
    False
    >>> with parallel_config(backend="loky"):
    ...     named()
    True
    >>> with parallel_config(backend="discourse"):
    ...     named()
    False
    """
    one, other = (get_active_backend(prefer=wish, require=None)[0] for wish in ("threads", "processes"))
    return type(one) is type(other) and not isinstance(one, Engine)


def taken(results: Any) -> Iterator[Any]:
    """Give the results of a call one by one; who leaves early needs no advice of joblib's."""
    try:
        while True:
            try:
                yield next(results)
            except StopIteration:
                return
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            results.close()


def _fresh(workers: int) -> Any:
    from joblib.externals.loky import ProcessPoolExecutor

    # processes of our own, which end when we say: joblib would take up shared ones, and fail
    return ProcessPoolExecutor(max_workers=workers)


class _Forks:
    """Forks that know already what they do."""

    def __init__(self, function: Callable[[Any], Any] | None, workers: int) -> None:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import active_children, get_context

        given: Any = (function, os.getpid())
        self._executor = ProcessPoolExecutor(workers, get_context("fork"), _begin, given)
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

    def close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()

    def submit(self, calls: Callable[[], Any]) -> Any:
        return self._executor.submit(_do, calls)

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
    global _known
    _known = function
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


def _do(calls: Callable[[], Any]) -> Any:
    gc.collect()  # what the piece before left: the collector rests while rows are made that are in no cycle
    return calls()


def _do_known(piece: Any) -> Any:
    return _known(piece)
