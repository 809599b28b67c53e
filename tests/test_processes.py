"""Work beside this process comes back whole and in order, whatever becomes of who does it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from discourse.errors import DiscourseError
from discourse.processes import Processes, all_the_same, can_fork, meanwhile

forking = pytest.mark.skipif(not can_fork(), reason="needs a fork")


def double(piece):
    return 2 * piece


def die_twice(folder, piece):
    """Kill the process at 3 and at 4, the first time."""
    mark = folder / str(piece)
    if piece in (3, 4) and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return piece


def give_out(function, pieces):
    processes = Processes(2)
    try:
        return list(processes.in_order(function, pieces))
    finally:
        processes.close()


def test_forks_and_fresh_processes_give_the_same(monkeypatch):
    forked = give_out(double, range(20))
    monkeypatch.setattr("discourse.processes.can_fork", lambda: False)
    assert give_out(double, range(20)) == forked == [2 * i for i in range(20)]


def test_pieces_are_taken_a_few_ahead_of_the_results_and_not_all():
    taken = []

    def pieces():
        for i in range(100):
            taken.append(i)
            yield i

    results = Processes(2).in_order(double, pieces())
    assert next(results) == 0
    assert len(taken) < 10
    results.close()


def test_what_is_learned_meanwhile_is_learned_once_and_before_the_end():
    learned = []
    with meanwhile(lambda: learned.append(threading.current_thread())):
        assert give_out(double, range(9)) == give_out(double, range(9))
        assert len(learned) == 1
    assert not learned[0].is_alive()


def test_what_cannot_be_learned_meanwhile_is_left_to_who_needs_it():
    with meanwhile(lambda: 1 / 0):
        assert give_out(double, range(9)) == [2 * i for i in range(9)]


@forking
def test_a_fork_does_what_cannot_be_sent_and_knows_what_lies_in_memory():
    words = {"难民": 3}
    assert give_out(lambda word: words.get(word), ["难民", "欢迎"]) == [3, None]


@forking
def test_a_killed_fork_is_an_error_and_no_endless_wait():
    def die(piece):
        if piece == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return piece

    with pytest.raises(DiscourseError, match="lost again and again"):
        give_out(die, range(8))


@pytest.mark.skipif(os.name != "posix", reason="kills a process by signal")
@pytest.mark.parametrize("forks", [pytest.param(True, marks=forking), False])
def test_a_lost_process_loses_and_doubles_nothing_of_what_is_taken_once(monkeypatch, tmp_path, forks):
    monkeypatch.setattr("discourse.processes.can_fork", lambda: forks)
    assert give_out(partial(die_twice, tmp_path), iter(range(12))) == list(range(12))
    assert {mark.name for mark in tmp_path.iterdir()} == {"3", "4"}


def test_a_mistake_is_not_tried_again():
    tried = []

    def given_out(left):
        for piece in left:
            tried.append(piece)
            yield 1 // piece

    with pytest.raises(ZeroDivisionError):
        list(all_the_same(given_out, [1, 0, 1], (OSError,)))
    assert tried == [1, 0]


@forking
def test_a_fork_that_is_killed_amid_its_result_is_an_error_and_no_endless_wait(monkeypatch):
    from multiprocessing.connection import Connection

    def break_off(connection, content):
        os.write(connection.fileno(), bytes(content[:10]))
        os.kill(os.getpid(), signal.SIGKILL)

    def cut(piece):
        Connection._send = break_off  # in the fork alone
        return bytes(100_000)

    with pytest.raises(DiscourseError, match="lost again and again"):
        give_out(cut, range(3))


@forking
def test_a_function_that_runs_out_of_time_says_so_itself():
    def late(piece):
        raise TimeoutError("the server is slow")

    with pytest.raises(TimeoutError, match="the server is slow"):
        give_out(late, range(3))


@forking
def test_forks_end_with_the_process_that_waits_for_them(tmp_path):
    script = tmp_path / "run.py"
    script.write_text(
        "import os, pathlib, sys, time\n"
        "from discourse.processes import Processes\n"
        "def work(piece):\n"
        f"    pathlib.Path({str(tmp_path)!r}, f'pid-{{os.getpid()}}').touch()\n"
        "    time.sleep(60)\n"
        "list(Processes(2).in_order(work, range(2)))\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, str(script)]) as process:
        forks = _until(lambda: [int(f.name[4:]) for f in tmp_path.glob("pid-*")], 2)
        process.kill()
    assert _until(lambda: [pid for pid in forks if not _is_there(pid)], 2) == forks


def _until(look, n):
    for _ in range(300):
        if len(found := look()) >= n:
            return found
        time.sleep(0.1)
    return look()


def _is_there(pid):
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
