"""Parts are done in order, whoever does them, and again where a worker was lost."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest
from joblib import parallel_config

from discourse.errors import DiscourseError, InputError
from discourse.processes import can_fork
from discourse.study.spread import goes_elsewhere, on_cluster, spread


def square(x):
    return x * x


def die_once(x, folder):
    """Kill the worker at 3, the first time."""
    mark = Path(folder) / "died"
    if x == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return x


def die(x, parent):
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return x


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_tasks(workers):
    assert list(spread(square, [(i,) for i in range(20)], workers)) == [i * i for i in range(20)]


def test_fresh_processes_give_the_same_as_forks(monkeypatch):
    for module in ("discourse.processes", "discourse.study.spread"):
        monkeypatch.setattr(f"{module}.can_fork", lambda: False)
    assert list(spread(square, [(i,) for i in range(9)], 2)) == [i * i for i in range(9)]


@pytest.mark.skipif(not can_fork(), reason="needs a fork")
def test_forks_know_what_a_small_task_before_them_has_read():
    read = []

    def look(number):
        read.append(number)
        return list(read)

    assert next(spread(look, [(1,), (2,)], 2, small=(0,))) == [0, 1]


def test_no_task_is_no_result():
    assert list(spread(square, [], 2)) == []


@pytest.mark.skipif(os.name != "posix", reason="kills a process by signal")
def test_a_lost_worker_loses_and_doubles_nothing(tmp_path):
    assert list(spread(die_once, [(i, str(tmp_path)) for i in range(8)], 2)) == list(range(8))
    assert (tmp_path / "died").exists()


@pytest.mark.skipif(os.name != "posix", reason="kills a process by signal")
def test_workers_that_are_always_lost_are_an_error_and_no_endless_loop():
    with pytest.raises(DiscourseError, match="lost again and again"):
        list(spread(die, [(i, os.getpid()) for i in range(4)], 2))


def test_a_mistake_of_the_task_is_not_tried_again():
    with pytest.raises(ZeroDivisionError):
        list(spread(divmod, [(1, 0), (2, 0)], 2))


def test_a_local_cluster_gives_the_same_and_says_what_it_gives_up(monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("discourse.processes.PATIENCE", 0)
    with on_cluster("local", 2):
        assert list(spread(pow, [(i, 2) for i in range(10)], 1)) == [i * i for i in range(10)]
        # Dask asks three more workers; that would only take longer
        distributed.get_client().cluster.scheduler.allowed_failures = 0
        with pytest.raises(DiscourseError, match="lost again and again"):
            list(spread(die, [(i, os.getpid()) for i in range(3)], 1))


@pytest.mark.parametrize("name", ["loky", "threading", "discourse"])
def test_an_engine_of_joblib_is_named_as_joblib_says(name):
    with parallel_config(backend=name, n_jobs=2):
        assert goes_elsewhere() is (name != "discourse")
        assert list(spread(pow, [(i, 2) for i in range(9)], 1)) == [i * i for i in range(9)]
    assert not goes_elsewhere()


def test_parts_are_done_by_the_engine_that_is_named():
    threads = set()

    def look(i):  # what cannot be sent, and is seen here
        threads.add(threading.current_thread())
        return i

    with parallel_config(backend="threading"):
        assert list(spread(look, [(i,) for i in range(9)], 2)) == list(range(9))
    assert threads
    assert threading.main_thread() not in threads


def test_a_scheduler_that_does_not_answer_is_said_plainly():
    pytest.importorskip("distributed")
    with pytest.raises(InputError, match="no scheduler answers"), on_cluster("nonsense://nowhere:1", 1):
        pass
