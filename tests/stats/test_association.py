"""Two-by-two tests: published values, the formulas by hand, and what must hold for any words."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from discourse.errors import ParameterError
from discourse.stats import chi2, fisher, from_margins, g2, williams_q

# quanteda.textstats, test-textstat_keyness.R: "b b b b b b b a a a" against "a a a a a a a b b", word b
QUANTEDA = (7, 2, 10, 9)


@st.composite
def words(draw):
    sizes = draw(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)))
    counts = [draw(st.lists(st.integers(0, size), min_size=3, max_size=3)) for size in sizes]
    return (*counts, *sizes)


@pytest.mark.parametrize(
    ("found", "published"),
    [
        (chi2(*QUANTEDA, yates=True).statistic, 2.6324382716),
        (chi2(*QUANTEDA).statistic, 4.3371604938),
        (chi2(*QUANTEDA, yates=True).p, 0.10470081504),
        (g2(*QUANTEDA).statistic, 4.5349393323),
        (g2(*QUANTEDA, williams=True).statistic, 4.2008334122),
        (g2(*QUANTEDA, williams=True).p, 0.0404041177103),
        (williams_q(*QUANTEDA), 1.0795332467),
        (fisher(*QUANTEDA).p, 0.0697785186949),
        (fisher(*QUANTEDA).odds_ratio, 7.1663063),
    ],
)
def test_gives_the_values_of_quanteda(found, published):
    assert float(found) == pytest.approx(published, abs=1e-8)


@pytest.mark.parametrize(
    ("row", "two_cells", "four_cells"),
    [  # UCREL log-likelihood wizard (Rayson and Garside 2000)
        ((52, 57, 50000, 75000), 2.65171, 2.654064),
        ((100, 50, 10000, 10000), 16.989904, 17.115848),
        ((20, 0, 10000, 10000), 27.725887, 27.745907),
    ],
)
def test_log_likelihood_over_two_and_over_four_cells(row, two_cells, four_cells):
    assert float(g2(*row, cells_used=2).statistic) == pytest.approx(two_cells, abs=1e-5)
    assert float(g2(*row).statistic) == pytest.approx(four_cells, abs=1e-5)


def test_g2_gives_the_value_of_dunning_1993():
    n11, n12, n21, n22 = 110, 2442, 111, 29114
    assert float(g2(n11, n21, n11 + n12, n21 + n22).statistic) == pytest.approx(270.72, abs=5e-3)


@pytest.mark.parametrize(
    ("pair", "published"),
    [((8, 15828, 4675, 14307668), 1.55), ((59, 67, 65, 571007), 456400)],  # Manning and Schuetze 1999, 5.3.3
)
def test_chi2_of_word_pairs(pair, published):
    assert float(chi2(*from_margins(*pair)).statistic) == pytest.approx(published, rel=1e-3)


def test_chi2_follows_the_sum_of_squares_over_expected():
    observed, expected = np.array([[7, 2], [3, 7]]), np.array([[90, 81], [100, 90]]) / 19
    assert float(chi2(*QUANTEDA).statistic) == pytest.approx(((observed - expected) ** 2 / expected).sum())


def test_the_correction_of_quanteda_spares_words_where_it_would_overshoot():
    # "a a a b b c c c c c c d e f g h h" against "a a b c c d d d d e f h": c is corrected, g is not
    sizes = (17, 12)
    corrected, plain = chi2(6, 2, *sizes, yates="quanteda"), chi2(1, 0, *sizes, yates="quanteda")
    assert float(corrected.statistic) == pytest.approx(float(chi2(6, 2, *sizes, yates=True).statistic))
    assert float(plain.statistic) == pytest.approx(float(chi2(1, 0, *sizes).statistic))


@given(words())
def test_swapping_the_groups_flips_the_sign_and_nothing_else(row):
    focus, reference, n1, n2 = row
    for test in (chi2, g2):
        here = test(focus, reference, n1, n2, signed=True).statistic
        there = test(reference, focus, n2, n1, signed=True).statistic
        np.testing.assert_allclose(here, -there, rtol=1e-7, atol=1e-6)


@given(words(), st.permutations(range(3)))
def test_the_order_of_words_does_not_matter(row, order):
    focus, reference, n1, n2 = row
    shuffled = g2([focus[i] for i in order], [reference[i] for i in order], n1, n2).statistic
    np.testing.assert_array_equal(shuffled, g2(focus, reference, n1, n2).statistic[list(order)])


@given(words())
def test_doubling_all_counts_doubles_the_statistic(row):
    twice = [np.multiply(part, 2) for part in row]
    for test in (chi2, g2):
        np.testing.assert_allclose(test(*twice).statistic, 2 * test(*row).statistic, rtol=1e-6, atol=1e-5)


@given(words())
def test_agrees_with_scipy_on_every_table_without_an_empty_margin(row):
    focus, reference, n1, n2 = row
    for a, b, statistic in zip(focus, reference, chi2(*row, yates=True).statistic, strict=True):
        if 0 < a + b < n1 + n2:
            table = [[a, b], [n1 - a, n2 - b]]
            assert statistic == pytest.approx(chi2_contingency(table).statistic, rel=1e-7, abs=1e-7)


@given(words())
def test_two_cells_never_say_more_than_four(row):
    assert np.all(np.nan_to_num(g2(*row, cells_used=2).statistic - g2(*row).statistic) <= 1e-6)


@pytest.mark.parametrize("row", [(0, 0, 5, 5), (5, 5, 5, 5), (0, 1, 0, 5), (0, 0, 0, 0)])
def test_a_table_with_an_empty_margin_has_no_test(row):
    for value in (*chi2(*row), *g2(*row), *fisher(*row), williams_q(*row)):
        assert math.isnan(float(value))


def test_no_words_give_no_values():
    assert chi2([], [], 10, 10).statistic.shape == fisher([], [], 10, 10).p.shape == (0,)


def test_fisher_meets_the_bounds():
    assert float(fisher(5, 0, 5, 5).odds_ratio) == math.inf
    assert float(fisher(0, 5, 5, 5).odds_ratio) == 0


@pytest.mark.parametrize(
    "row", [(6, 1, 5, 5), (-1, 1, 5, 5), (math.nan, 1, 5, 5), ([1, 2], [1, 2, 3], 5, 5), ("x", 1, 5, 5)]
)
def test_impossible_counts_are_refused(row):
    with pytest.raises(ParameterError):
        chi2(*row)


def test_unknown_variants_are_refused():
    with pytest.raises(ParameterError):
        g2(*QUANTEDA, cells_used=3)
    with pytest.raises(ParameterError):
        g2(*QUANTEDA, cells_used=2, williams=True)
    with pytest.raises(ParameterError):
        chi2(*QUANTEDA, yates="sometimes")
    with pytest.raises(ParameterError):
        from_margins(9, 8, 10, 100)
