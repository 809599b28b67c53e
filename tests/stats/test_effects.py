"""Effect sizes and shares: published intervals, the formulas by hand, and swapping the groups."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import (
    cliff_delta,
    hedges_g,
    mann_whitney,
    risk_difference,
    risk_ratio,
    rogan_gladen,
    wilson,
)

# scipy.stats.mannwhitneyu's documentation: ages of men and women
MEN, WOMEN = [19, 22, 16, 29, 24], [20, 11, 17, 12]
samples = st.lists(st.integers(-20, 20), min_size=2, max_size=12)


@st.composite
def groups(draw):
    n1, n2 = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [  # Newcombe (1998), Statistics in Medicine 17(8), 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_intervals_of_newcombe(x, n, low, high):
    assert [float(bound) for bound in wilson(x, n)[1:]] == pytest.approx([low, high], abs=5e-5)


def test_risk_difference_gives_the_interval_of_newcombe():
    # Newcombe (1998), Statistics in Medicine 17(8), 873-890, table II (a), method 10: 56/70 - 48/80
    assert [float(part) for part in risk_difference(56, 70, 48, 80)] == pytest.approx(
        [0.2, 0.0524, 0.3339], abs=5e-5
    )


def test_risk_ratio_follows_katz():
    error = 1.959963984540054 * math.sqrt(1 / 56 - 1 / 70 + 1 / 48 - 1 / 80)
    expected = [(56 / 70) / (48 / 80) * math.exp(sign * error) for sign in (0, -1, 1)]
    assert [float(part) for part in risk_ratio(56, 70, 48, 80)] == pytest.approx(expected)


@given(groups())
def test_swapping_the_groups_flips_the_difference_and_inverts_the_ratio(group):
    x1, n1, x2, n2 = group
    here, there = risk_difference(x1, n1, x2, n2), risk_difference(x2, n2, x1, n1)
    assert [float(part) for part in here] == pytest.approx([-float(there[i]) for i in (0, 2, 1)], abs=1e-12)
    if x1 and x2:
        ratio, inverse = risk_ratio(x1, n1, x2, n2), risk_ratio(x2, n2, x1, n1)
        assert [float(part) for part in ratio] == pytest.approx([1 / float(inverse[i]) for i in (0, 2, 1)])


@given(groups())
def test_intervals_hold_their_estimates_and_stay_within_bounds(group):
    x1, n1, *_ = group
    share = wilson(x1, n1)
    assert 0 <= share.low <= share.estimate <= share.high <= 1
    gap = risk_difference(*group)
    assert -1 - 1e-12 <= gap.low <= gap.estimate <= gap.high <= 1 + 1e-12
    ratio = risk_ratio(*group)
    assert math.isnan(ratio.estimate) or 0 <= ratio.low <= ratio.estimate <= ratio.high


def test_shares_at_the_ends_and_of_nothing():
    assert float(wilson(0, 9).low) == 0
    assert float(wilson(9, 9).high) == 1
    assert np.isnan(wilson(0, 0)).all()
    assert np.isnan(risk_difference(0, 0, 1, 2)).all()
    assert np.isnan(risk_ratio(0, 5, 0, 5)).all()
    assert [float(part) for part in risk_ratio(0, 5, 3, 5)] == [0, 0, math.inf]
    assert [float(part) for part in risk_ratio(3, 5, 0, 5)] == [math.inf, 0, math.inf]


def test_many_groups_at_once_are_the_groups_one_by_one():
    table = np.array([[5, 9, 2, 11], [0, 4, 4, 4], [7, 7, 1, 30]])
    together = np.array(risk_difference(*table.T))
    np.testing.assert_array_equal(
        together.T, [[float(part) for part in risk_difference(*row)] for row in table]
    )


def test_hedges_g_follows_its_formula_with_the_exact_correction():
    x, y = np.array([3.0, 4, 5, 6]), np.array([1.0, 2, 3, 4])
    pooled = math.sqrt((3 * x.var(ddof=1) + 3 * y.var(ddof=1)) / 6)
    exact = math.gamma(3) / (math.sqrt(3) * math.gamma(2.5))
    g, low, high = (float(part) for part in hedges_g(x, y))
    assert g == pytest.approx(exact * 2 / pooled)
    assert high - low == pytest.approx(2 * 1.959963984540054 * math.sqrt(8 / 16 + g * g / 16))


@given(samples, samples)
def test_swapping_the_samples_flips_g_and_delta(x, y):
    assert float(hedges_g(x, y).estimate) == pytest.approx(-float(hedges_g(y, x).estimate), nan_ok=True)
    assert cliff_delta(x, y) == pytest.approx(-cliff_delta(y, x))


@given(samples, samples, st.integers(-50, 50))
def test_a_shift_of_both_samples_changes_nothing(x, y, shift):
    moved = hedges_g(np.add(x, shift), np.add(y, shift)).estimate
    assert float(moved) == pytest.approx(float(hedges_g(x, y).estimate), nan_ok=True, abs=1e-9)


@given(samples, samples)
def test_cliff_delta_compares_all_pairs(x, y):
    signs = [np.sign(a - b) for a in x for b in y]
    assert cliff_delta(x, y) == pytest.approx(np.mean(signs))


def test_rank_test_gives_the_values_of_scipy():
    assert mann_whitney(MEN, WOMEN).u == 17
    assert mann_whitney(MEN, WOMEN).p == pytest.approx(0.1113468865, abs=1e-9)
    assert mann_whitney(MEN, WOMEN, method="exact").p == pytest.approx(1 / 9)
    assert cliff_delta(MEN, WOMEN) == pytest.approx(0.7)


def test_samples_that_are_too_small_or_never_vary():
    assert np.isnan(hedges_g([1], [1, 2])).all()
    assert np.isnan(hedges_g([2, 2, 2], [3, 3])).all()
    assert math.isnan(cliff_delta([], [1]))
    assert math.isnan(mann_whitney([], [1]).p)


def test_missing_values_are_left_out():
    assert cliff_delta([1, math.nan, 3], [2]) == cliff_delta([1, 3], [2])


@pytest.mark.parametrize(
    ("rates", "expected"), [((0.3, 0.8, 0.9), 0.2 / 0.7), ((0.05, 0.8, 0.9), 0), ((0.9, 0.8, 0.9), 1)]
)
def test_rogan_gladen_undoes_known_errors_within_bounds(rates, expected):
    assert float(rogan_gladen(*rates)) == pytest.approx(expected)


@given(st.floats(0, 1), st.floats(0.6, 1), st.floats(0.6, 1))
def test_rogan_gladen_recovers_the_true_share(truth, sensitivity, specificity):
    apparent = truth * sensitivity + (1 - truth) * (1 - specificity)
    assert float(rogan_gladen(apparent, sensitivity, specificity)) == pytest.approx(truth, abs=1e-9)


def test_an_instrument_no_better_than_chance_corrects_nothing():
    assert math.isnan(float(rogan_gladen(0.5, 0.5, 0.5)))
    assert float(rogan_gladen(0.05, 0.8, 0.9, clip=False)) < 0


@pytest.mark.parametrize(
    "call",
    [
        lambda: wilson(5, 4),
        lambda: wilson(-1, 4),
        lambda: wilson(1, 4, level=1),
        lambda: risk_difference([1, 2], [5, 5], [1, 2, 3], [5, 5, 5]),
        lambda: risk_ratio(5, 4, 1, 4),
        lambda: hedges_g([[1, 2]], [1, 2]),
        lambda: cliff_delta(["a"], [1]),
        lambda: mann_whitney([1], [2], method="quick"),
        lambda: rogan_gladen(1.2, 0.9, 0.9),
    ],
)
def test_wrong_input_is_refused(call):
    with pytest.raises(ParameterError):
        call()
