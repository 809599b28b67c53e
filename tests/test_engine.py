"""Processes here are an engine of joblib like any other, but that results wait until they are taken."""

from __future__ import annotations

import os
import time
import warnings

import pytest
from joblib import Parallel, delayed, parallel_config

from discourse.engine import Engine, named
from discourse.processes import can_fork


def square(x):
    return x * x


def test_joblib_finds_it_by_its_name():
    with parallel_config(backend="discourse", n_jobs=2):
        assert Parallel()(delayed(square)(i) for i in range(20)) == [i * i for i in range(20)]


def test_one_job_is_done_here():
    pids = Parallel(n_jobs=1, backend="discourse")(delayed(os.getpid)() for _ in range(3))
    assert set(pids) == {os.getpid()}


def test_minus_one_stands_for_all_cores():
    engine = Engine()
    assert engine.effective_n_jobs(-1) >= 1
    assert engine.effective_n_jobs(-10_000) == engine.effective_n_jobs(None) == 1


@pytest.mark.skipif(not can_fork(), reason="needs a fork")
def test_a_slow_taker_does_not_pile_up_results():
    made = []

    def tasks():
        for i in range(60):
            made.append(i)
            yield delayed(square)(i)

    results = Parallel(n_jobs=2, backend="discourse", return_as="generator")(tasks())
    assert [next(results) for _ in range(3)] == [0, 1, 4]
    time.sleep(0.3)  # by which all would be made, were they given out as others are done
    assert len(made) <= 3 + 2 * 2 + 2
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results.close()


def test_an_order_of_completion_is_refused():
    with pytest.raises(ValueError, match="in their order"):
        list(Parallel(n_jobs=2, backend="discourse", return_as="generator_unordered")([delayed(square)(2)]))


def test_a_mistake_in_the_pieces_is_said_where_the_results_are_taken():
    def tasks():
        yield delayed(square)(3)
        raise KeyError("no such line")

    with pytest.raises(KeyError, match="no such line"):
        Parallel(n_jobs=2, backend="discourse")(tasks())


def inner():
    return Parallel(n_jobs=2, prefer="processes")(delayed(os.getpid)() for _ in range(2)), os.getpid()


def test_work_that_spreads_itself_stays_in_its_process():
    for pids, here in Parallel(n_jobs=2, backend="discourse")(delayed(inner)() for _ in range(2)):
        assert set(pids) == {here}
        assert here != os.getpid()


@pytest.mark.parametrize("wish", [{"prefer": "threads"}, {"require": "sharedmem"}, {"n_jobs": 2}])
def test_a_wish_is_no_name(wish):
    with parallel_config(**wish):
        assert not named()
