"""Many tests at once: the published example, the definitions one test at a time, and false findings counted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import benjamini_hochberg, holm, max_t

# Benjamini and Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x, section 4
HEART = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.324,
    0.4262,
    0.5719,
    0.6528,
    0.759,
    1.0,
]
ADJUSTED = [
    0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857, 0.063857, 0.0645, 0.0765,
    0.486, 0.581182, 0.714875, 0.753231, 0.813214, 1.0,
]  # fmt: skip
p_values = st.lists(st.floats(0, 1), max_size=12)


def test_gives_the_values_of_the_1995_paper():
    np.testing.assert_allclose(benjamini_hochberg(HEART), ADJUSTED, atol=1e-6)
    assert (benjamini_hochberg(HEART) <= 0.05).sum() == 4
    assert (holm(HEART) <= 0.05).sum() == 3


@given(p_values)
def test_holm_follows_its_steps(p):
    order, worst, expected = sorted(range(len(p)), key=lambda i: p[i]), 0.0, dict.fromkeys(range(len(p)), 0.0)
    for step, place in enumerate(order):
        worst = max(worst, min(1, (len(p) - step) * p[place]))
        expected[place] = worst
    np.testing.assert_allclose(holm(p), [expected[place] for place in range(len(p))])


@given(p_values)
def test_the_order_of_tests_does_not_matter(p):
    for adjust in (holm, benjamini_hochberg):
        np.testing.assert_allclose(adjust(p[::-1])[::-1], adjust(p))


@given(p_values)
def test_no_adjustment_makes_a_p_smaller_and_holm_is_the_stricter(p):
    assert np.all(benjamini_hochberg(p) >= np.array(p) - 1e-15)
    assert np.all(holm(p) >= benjamini_hochberg(p) - 1e-15)
    assert np.all(holm(p) <= 1)


def test_a_test_that_was_not_possible_is_not_counted():
    for adjust in (holm, benjamini_hochberg):
        found = adjust([0.01, math.nan, 0.02])
        assert math.isnan(found[1])
        np.testing.assert_array_equal(found[[0, 2]], adjust([0.01, 0.02]))


def test_one_test_and_none():
    for adjust in (holm, benjamini_hochberg):
        assert adjust([0.03]).tolist() == [0.03]
        assert adjust([]).shape == (0,)


def max_t_by_hand(observed, permuted):
    order = sorted(range(len(observed)), key=lambda i: -abs(observed[i]))
    result, worst = [0.0] * len(observed), 0.0
    for step, place in enumerate(order):
        reached = sum(max(abs(row[i]) for i in order[step:]) >= abs(observed[place]) for row in permuted)
        worst = max(worst, (1 + reached) / (1 + len(permuted)))
        result[place] = worst
    return result


numbers = st.integers(-9, 9).map(float)


@given(
    st.lists(numbers, min_size=3, max_size=3),
    st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=1, max_size=9),
)
def test_max_t_follows_westfall_and_young(observed, permuted):
    np.testing.assert_allclose(max_t(observed, permuted), max_t_by_hand(observed, permuted))


def test_max_t_of_one_test_is_its_permutation_p():
    assert max_t([2.0], [[1.0], [-2.0], [3.0], [0.0]]).tolist() == [3 / 5]


def test_max_t_leaves_out_what_could_not_be_tested():
    found = max_t([3.0, math.nan, 1.0], [[1.0, 99.0, 2.0], [0.0, 99.0, 0.5]])
    assert math.isnan(found[1])
    np.testing.assert_array_equal(found[[0, 2]], max_t([3.0, 1.0], [[1.0, 2.0], [0.0, 0.5]]))


def test_max_t_holds_the_error_of_the_family_and_is_sharper_than_holm_for_tests_that_overlap():
    rng = np.random.default_rng(0)
    found = {"max-t": 0, "holm": 0}
    for _ in range(400):
        shared = rng.normal(size=(200, 1))
        draws = 0.95 * shared + 0.3 * rng.normal(size=(200, 8))  # eight tests that nearly repeat one another
        observed, permuted = draws[0], draws[1:]
        alone = (1 + (np.abs(permuted) >= np.abs(observed)).sum(axis=0)) / 200
        found["max-t"] += bool((max_t(observed, permuted) <= 0.05).any())
        found["holm"] += bool((holm(alone) <= 0.05).any())
    assert found["max-t"] <= 35  # 5 % of 400 is 20; 3.4 standard errors above
    assert found["holm"] < found["max-t"]


@pytest.mark.parametrize(
    "call",
    [
        lambda: holm([1.2]),
        lambda: benjamini_hochberg([-0.1]),
        lambda: holm([[0.1]]),
        lambda: max_t([1.0], [[1.0, 2.0]]),
        lambda: max_t([1.0], np.empty((0, 1))),
    ],
)
def test_wrong_input_is_refused(call):
    with pytest.raises(ParameterError):
        call()
