from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.permutation import permutation_test


def studentised(y, g, code):
    psi = np.where(g == 0, (y - y[g == 0].mean()) / (g == 0).sum(), -(y - y[g == 1].mean()) / (g == 1).sum())
    return (y[g == 0].mean() - y[g == 1].mean()) / np.sqrt((np.bincount(code, psi) ** 2).sum())


def test_p_comes_near_that_of_all_assignments_written_out():
    rng = np.random.default_rng(4)
    code = np.repeat(np.arange(8), [1, 2, 3, 4, 1, 2, 3, 4])
    y = rng.normal(size=20) + (code < 4) * 0.8
    own = studentised(y, (code >= 4).astype(int), code)
    every = [studentised(y, 1 - np.isin(code, pick), code) for pick in combinations(range(8), 4)]
    exact = np.mean(np.abs(every) >= abs(own) - 1e-12)
    found = permutation_test(y, (code >= 4).astype(int), code, rng, n_draws=4000)
    assert found.t == pytest.approx(own)
    assert found.smallest_p == pytest.approx(1 / 70)
    assert found.p == pytest.approx(exact, abs=0.03)


def test_the_level_holds_where_groups_differ_in_size_and_spread():
    rng = np.random.default_rng(8)
    code = np.arange(60)
    g = np.repeat([0, 1], [45, 15])
    p = [
        permutation_test(rng.normal(size=60) * np.where(g == 1, 3.0, 1.0), g, code, rng, n_draws=99).p
        for _ in range(400)
    ]
    assert np.mean(np.array(p) <= 0.05) < 0.10  # the unstudentised test rejects about a quarter


def test_clusters_with_both_groups_exchange_their_parts():
    rng = np.random.default_rng(2)
    code = np.repeat(np.arange(12), 2)
    g = np.tile([0, 1], 12)
    y = rng.normal(size=12)[code] * 5 + (g == 0) * 1.0 + 0.2 * rng.normal(size=24)
    found = permutation_test(y, g, code, rng, n_draws=999)
    assert found.p < 0.01  # the pairs see what the spread between clusters hides
    assert found.smallest_p == pytest.approx(2.0**-12)


def test_swapping_the_groups_flips_the_sign_and_a_seed_fixes_the_draws():
    rng = np.random.default_rng(3)
    y, g, code = rng.normal(size=30), np.repeat([0, 1], 15), np.arange(30)
    one = permutation_test(y, g, code, np.random.default_rng(1), n_draws=200)
    two = permutation_test(y, 1 - g, code, np.random.default_rng(1), n_draws=200)
    assert one.estimate == pytest.approx(-two.estimate)
    assert one == permutation_test(y, g, code, np.random.default_rng(1), n_draws=200)


def test_too_few_clusters_are_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(NotMeasurable, match="p cannot fall below"):
        permutation_test([1.0, 2.0, 3.0, 4.0], [0, 0, 1, 1], [0, 1, 2, 3], rng)
    with pytest.raises(NotMeasurable, match="no observation"):
        permutation_test([1.0, 2.0], [0, 0], [0, 1], rng)
    with pytest.raises(NotMeasurable, match="nothing varies"):
        permutation_test(np.ones(20), np.repeat([0, 1], 10), np.arange(20), rng)


def test_bad_parameters_are_named():
    rng = np.random.default_rng(0)
    with pytest.raises(ParameterError):
        permutation_test([1.0, 2.0], [0, 2], [0, 1], rng)
    with pytest.raises(ParameterError):
        permutation_test([1.0, np.nan], [0, 1], [0, 1], rng)
