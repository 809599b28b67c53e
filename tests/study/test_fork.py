"""A fork does what it is given beside this process, and what it could not do is done all the same."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from discourse.study.fork import Fork, can_fork

forking = pytest.mark.skipif(not can_fork(), reason="needs a fork")


def who(task):
    return task, os.getpid()


@forking
def test_tasks_are_done_in_their_order_by_one_other_process():
    with Fork(who, ["a", "b"]) as fork:
        (first, one), (second, other) = fork.results()
    assert (first, second) == ("a", "b")
    assert one == other != os.getpid()


@forking
def test_a_fork_sees_what_lies_in_memory_and_changes_nothing_here():
    seen = {"posts": 3}

    def read(_):
        seen["posts"] += 1
        return seen["posts"]

    with Fork(read, [None, None]) as fork:
        assert fork.results() == [4, 5]
    assert seen == {"posts": 3}


@forking
def test_what_a_killed_fork_has_not_given_is_done_here():
    here = os.getpid()

    def die(task):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return task * 2

    with Fork(die, [1, 2]) as fork:
        assert fork.results() == [2, 4]


def test_a_task_that_fails_fails_here_with_its_own_message():
    def divide(task):
        return 1 / task

    with Fork(divide, [1, 0]) as fork, pytest.raises(ZeroDivisionError):
        fork.results()


@forking
def test_the_results_before_a_failure_are_not_made_twice():
    here, made_here = os.getpid(), []

    def divide(task):
        if os.getpid() == here:
            made_here.append(task)
            return 0.0
        return 1 / task

    with Fork(divide, [1, 0, 2]) as fork:
        assert fork.results() == [1.0, 0.0, 0.0]
    assert made_here == [0, 2]


@forking
def test_leaving_early_ends_the_fork_and_does_not_wait_for_it():
    start = time.monotonic()
    with pytest.raises(KeyError), Fork(time.sleep, [60]):
        raise KeyError
    assert time.monotonic() - start < 30


def test_no_task_starts_nothing():
    with Fork(who, []) as fork:
        assert fork.results() == []


def test_where_no_fork_is_to_be_had_all_is_done_here(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    with Fork(who, ["a"]) as fork:
        assert fork.results() == [("a", os.getpid())]
