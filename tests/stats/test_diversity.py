"""Diversity from frequencies: published values, HD-D by hand, and the ends."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import corrected_ttr, hdd, herdan_c, root_ttr, ttr, type_codes, type_frequencies, yule_k

ONE_TWO = ["one", "one", "two", "one", "one", "two", "one"]  # quanteda.textstats, test-textstat_lexdiv.R
# Miranda-Garcia and Calle-Martin 2005, table 1 (first epistle of St John): how many types occur so often
ST_JOHN = {
    1: 212,
    2: 51,
    3: 26,
    4: 13,
    5: 6,
    6: 6,
    7: 3,
    8: 4,
    10: 1,
    11: 1,
    13: 3,
    16: 1,
    17: 1,
    19: 1,
    21: 1,
    59: 1,
}
frequencies = st.lists(st.integers(1, 30), min_size=1, max_size=30)


def test_gives_the_values_of_quanteda():
    f = type_frequencies(ONE_TWO)
    assert ttr(f) == pytest.approx(0.285714, abs=1e-6)
    assert herdan_c(f) == pytest.approx(0.356207, abs=1e-6)


def test_yule_k_gives_the_value_of_quanteda():
    f = np.repeat(list(ST_JOHN), list(ST_JOHN.values()))
    assert (f.sum(), f.size) == (755, 331)
    assert yule_k(f) == pytest.approx(112.766984, abs=1e-5)


def test_root_and_corrected_ttr_follow_their_formulas():
    assert root_ttr([2, 3]) == pytest.approx(2 / math.sqrt(5))
    assert corrected_ttr([2, 3]) == pytest.approx(2 / math.sqrt(10))


def test_hdd_is_the_mean_ttr_of_all_draws():
    text = ["a", "a", "a", "b", "b", "c", "d"]
    draws = [len({text[i] for i in chosen}) / 3 for chosen in combinations(range(len(text)), 3)]
    assert hdd(type_frequencies(text), draws=3) == pytest.approx(np.mean(draws))


@given(frequencies)
def test_the_order_of_types_and_unused_types_do_not_matter(f):
    for measure in (ttr, root_ttr, corrected_ttr, herdan_c, yule_k):
        assert measure(f) == pytest.approx(measure([*f[::-1], 0]), nan_ok=True)


@given(frequencies)
def test_measures_keep_their_bounds(f):
    assert 0 < ttr(f) <= 1
    assert 0 <= yule_k(f) < 10_000
    if sum(f) >= 5:
        assert 0 < hdd(f, draws=5) <= 1 + 1e-9


@given(frequencies)
def test_doubling_a_text_halves_its_type_token_ratio(f):
    assert ttr(np.multiply(f, 2)) == pytest.approx(ttr(f) / 2)


def test_a_text_without_repetition():
    assert (ttr([1, 1, 1]), herdan_c([1, 1, 1]), yule_k([1, 1, 1])) == (1, 1, 0)
    assert hdd([1] * 50) == pytest.approx(1)


def test_an_empty_text_has_no_diversity():
    for measure in (ttr, root_ttr, corrected_ttr, herdan_c, yule_k, hdd):
        assert math.isnan(measure([]))
    assert type_frequencies([]).shape == (0,)


def test_a_text_shorter_than_the_draw_has_no_hdd():
    assert math.isnan(hdd([10, 10], draws=42))


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_types_are_numbered_as_they_come(tokens):
    codes = type_codes(tokens)
    assert [list(dict.fromkeys(tokens))[code] for code in codes] == tokens


def test_impossible_input_is_refused():
    with pytest.raises(ParameterError):
        ttr([1, -1])
    with pytest.raises(ParameterError):
        hdd([1, 2], draws=0)
