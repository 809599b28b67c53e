"""Spreading the parts of a step: here, over processes, or over a cluster, by joblib and its engines.

A part is a pure function of its arguments, so that any worker may do it, and do it again where one was lost.
Who names an engine (``joblib.parallel_config(backend=...)``, or a scheduler) has the parts done by it; where
nobody does, that is :mod:`discourse.engine`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from discourse.errors import InputError, MissingExtra
from discourse.processes import Processes, all_the_same, can_fork

_cluster: ContextVar[bool] = ContextVar("cluster", default=False)


@contextmanager
def on_cluster(scheduler: str | None, workers: int) -> Iterator[None]:
    """Let parts be done by a Dask cluster.

    Parameters
    ----------
    scheduler : str or None
        Address of a scheduler (``"tcp://host:8786"``), ``"local"`` for a cluster on this machine, or None for
        processes here.
    workers : int
        Worker processes of a local cluster.

    Yields
    ------
    None
        Within the block.

    Raises
    ------
    MissingExtra
        If Dask is not installed.
    InputError
        If no scheduler answers.
    """
    if scheduler is None:
        yield
        return
    try:
        from dask.distributed import Client, LocalCluster, fire_and_forget
    except ImportError:
        raise MissingExtra(
            "a Dask cluster needs the package distributed", hint="pip install 'discourse[cluster]'"
        ) from None
    from joblib import parallel_config

    from discourse.study.cluster import Cluster

    place: Any = scheduler
    try:
        if scheduler == "local":
            place = LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=workers, threads_per_worker=1, dashboard_address=":0"
            )
        client: Any = Client(place, timeout=20)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise InputError(
            f"no scheduler answers at {scheduler} ({error})",
            where="--scheduler",
            expected="the address that dask-scheduler prints, such as tcp://host:8786, or local",
        ) from None
    for worker in client.nthreads():  # while the exports are read here
        ready = client.submit(_read_libraries, workers=[worker], pure=False)
        fire_and_forget(ready)  # type: ignore[no-untyped-call]
    token = _cluster.set(True)
    try:
        with parallel_config(backend=Cluster(client=client, wait_for_workers_timeout=60)):
            yield
    finally:
        _cluster.reset(token)
        client.close()
        if scheduler == "local":
            place.close()


def _read_libraries() -> None:
    from discourse.sentiment import lexicon_scorer, score  # noqa: F401
    from discourse.text import tokens  # noqa: F401


def spread(
    function: Callable[..., Any],
    tasks: Sequence[tuple[Any, ...]],
    workers: int,
    *,
    small: tuple[Any, ...] | None = None,
) -> Iterator[Any]:
    """Do tasks and give their results in order, whoever does them.

    Parameters
    ----------
    function : callable
        A pure function that can be named in another process.
    tasks : sequence of tuple
        Its arguments, one tuple a task.
    workers : int
        Processes.  Where an engine is named, 1 stands for what it is told by ``parallel_config``; a cluster
        has workers of its own.
    small : tuple, optional
        A small task of the kind, done before processes are forked, so that they know what it takes to do it
        (lexicons, dictionaries, compiled patterns) and share the memory of it.

    Yields
    ------
    object
        One result a task, in the order of the tasks.

    Raises
    ------
    DiscourseError
        If workers are lost again and again.

    Notes
    -----
    Where a worker is lost (killed, out of memory), the tasks without result are given out again.

    Examples
    --------
    >>> list(spread(pow, [(2, 3), (3, 2)], workers=1))
    [8, 9]
    """
    if len(tasks) <= 1 or (workers == 1 and not goes_elsewhere()):
        yield from (function(*task) for task in tasks)
        return
    if small is not None and can_fork() and not goes_elsewhere():
        function(*small)
    yield from _in_parallel(function, tasks, workers)


def goes_elsewhere() -> bool:
    """Say whether parts are given to another engine than the one of this package.

    Examples
    --------
    >>> from joblib import parallel_config
    >>> goes_elsewhere()
    False
    >>> with parallel_config(backend="threading"):
    ...     goes_elsewhere()
    True
    """
    from discourse.engine import named

    return _cluster.get() or named()  # what joblib is told is known to one thread alone


def _in_parallel(
    function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], workers: int
) -> Iterator[Any]:
    """Give out tasks; each is made when it is given out, in a fork by the fork itself."""
    if goes_elsewhere():
        yield from all_the_same(partial(_elsewhere, function, tasks, workers), range(len(tasks)), _losses())
        return
    processes = Processes(workers)
    try:
        if can_fork():
            yield from processes.in_order(lambda i: function(*tasks[i]), range(len(tasks)))
        else:
            yield from processes.in_order(partial(_do, function), (tasks[i] for i in range(len(tasks))))
    finally:
        processes.close()


def _elsewhere(
    function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], workers: int, left: Iterator[int]
) -> Iterator[Any]:
    from joblib import Parallel, delayed

    from discourse.engine import taken

    # as one argument: arrays on their own Dask would lay with one worker, and lose them with it
    given = (delayed(_do)(function, tasks[i]) for i in left)
    how: dict[str, Any] = {} if workers == 1 else {"n_jobs": workers}
    return taken(Parallel(return_as="generator", **how)(given))


def _do(function: Callable[..., Any], task: tuple[Any, ...]) -> Any:
    return function(*task)


def _losses() -> tuple[type[BaseException], ...]:
    from concurrent.futures.process import BrokenProcessPool

    if not _cluster.get():
        return (BrokenProcessPool,)  # that of joblib's processes is one, too
    from discourse.study.cluster import losses

    return BrokenProcessPool, *losses()
