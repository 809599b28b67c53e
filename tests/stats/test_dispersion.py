"""Dispersion: the published toy corpus, the numbers of tlda, and what merging parts may change."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import (
    burch_da,
    carroll_d2,
    gries_dp,
    juilland_d,
    kullback_leibler,
    part_range,
    rosengren_s,
)

# Gries (2008), doi:10.1075/ijcl.13.4.02gri: five parts
PARTS = [
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
]
SIZES = [len(part.split()) for part in PARTS]
ALL = (juilland_d, carroll_d2, rosengren_s, gries_dp, kullback_leibler, burch_da)
EVEN_IS_ONE = (juilland_d, carroll_d2, rosengren_s, burch_da)


def spread(word):
    return [part.split().count(word) for part in PARTS]


@pytest.mark.parametrize(
    ("word", "d", "d2", "s", "dp", "dp_norm", "kld"),
    [  # juilland_D, carroll_D2, rosengren_S, DP, DPnorm, KLD
        ("a", 0.78515, 0.937921, 0.949816, 0.18, 0.219512, 0.136972),
        ("b", 0.968091, 0.99874, 0.998997, 0.02, 0.02439, 0.0029),
        ("i", 0, 0, 0.18, 0.82, 1.0, 2.473931),
        ("q", 0, 0, 0.2, 0.8, 0.97561, 2.321928),
        ("x", 0, 0, 0.22, 0.78, 0.95122, 2.184425),
    ],
)
def test_gives_the_values_of_gries(word, d, d2, s, dp, dp_norm, kld):
    x = spread(word)
    found = [juilland_d(x, SIZES), carroll_d2(x, SIZES), rosengren_s(x, SIZES), gries_dp(x, SIZES)]
    found += [gries_dp(x, SIZES, normalized=True), kullback_leibler(x, SIZES)]
    np.testing.assert_allclose(found, [d, d2, s, dp, dp_norm, kld], atol=1e-5)


def test_gives_the_values_of_tlda():
    # Lyne (1985), ALLEMAND, as in the README of R's tlda
    x = [2, 0, 1, 1, 3, 0, 3, 0, 0, 0]
    sizes = [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930]
    found = [part_range(x, relative=True), *(measure(x, sizes) for measure in EVEN_IS_ONE)]
    found += [gries_dp(x, sizes), kullback_leibler(x, sizes, direction="evenness")]
    published = [0.5, 0.6038797, 0.6521444, 0.4763652, 0.308164, 0.4990705, 0.4665078]
    np.testing.assert_allclose(found, published, atol=1e-6)


words_in_parts = st.lists(st.tuples(st.integers(0, 50), st.integers(50, 500)), min_size=2, max_size=8).filter(
    lambda parts: any(count for count, _ in parts)
)


@given(words_in_parts)
def test_the_order_of_parts_does_not_matter(parts):
    x, sizes = zip(*parts, strict=True)
    for measure in ALL:
        assert float(measure(x, sizes)) == pytest.approx(float(measure(x[::-1], sizes[::-1])), abs=1e-9)


@given(words_in_parts)
def test_doubling_all_counts_changes_nothing(parts):
    x, sizes = (np.array(side) for side in zip(*parts, strict=True))
    for measure in ALL:
        assert float(measure(2 * x, 2 * sizes)) == pytest.approx(float(measure(x, sizes)), abs=1e-9)


@given(words_in_parts)
def test_splitting_a_part_into_two_equal_ones_leaves_dp_kld_and_s(parts):
    x, sizes = (np.array(side) for side in zip(*parts, strict=True))
    halves = (
        np.concatenate([2 * x[1:], x[:1], x[:1]]),
        np.concatenate([2 * sizes[1:], sizes[:1], sizes[:1]]),
    )
    for measure in (gries_dp, kullback_leibler, rosengren_s):
        assert float(measure(*halves)) == pytest.approx(float(measure(2 * x, 2 * sizes)), abs=1e-9)


@given(words_in_parts)
def test_all_measures_keep_their_bounds(parts):
    x, sizes = zip(*parts, strict=True)
    for measure in (*EVEN_IS_ONE, gries_dp):
        assert -1e-9 <= float(measure(x, sizes)) <= 1 + 1e-9
    assert float(kullback_leibler(x, sizes)) >= 0


def test_an_even_word_is_even_by_every_measure():
    x, sizes = [1, 2, 3], [100, 200, 300]
    for measure in EVEN_IS_ONE:
        assert float(measure(x, sizes)) == pytest.approx(1)
    assert float(gries_dp(x, sizes)) == float(kullback_leibler(x, sizes)) == pytest.approx(0)


def test_a_word_that_nobody_uses_has_no_dispersion():
    for measure in ALL:
        assert math.isnan(float(measure([0, 0, 0], [5, 5, 5])))
    assert float(part_range([0, 0, 0])) == 0


def test_one_part_alone_says_nothing_about_spread():
    for measure in (juilland_d, carroll_d2, burch_da):
        assert math.isnan(float(measure([3], [10])))
    assert math.isnan(float(gries_dp([3], [10], normalized=True)))


def test_parts_without_tokens_are_left_out():
    for measure in ALL:
        assert float(measure([2, 1, 0], [10, 10, 0])) == pytest.approx(float(measure([2, 1], [10, 10])))


def test_da_follows_its_formula_over_all_pairs():
    r = np.array([0.2, 0.1, 0.4, 0.0])
    pairs = [abs(a - b) for i, a in enumerate(r) for b in r[:i]]
    assert float(burch_da([2, 1, 4, 0], [10] * 4)) == pytest.approx(1 - np.mean(pairs) / (2 * r.mean()))


def test_many_words_at_once_are_the_words_one_by_one():
    table = np.array([spread(word) for word in "abiqx"])
    for measure in ALL:
        np.testing.assert_allclose(measure(table, SIZES), [float(measure(row, SIZES)) for row in table])


@pytest.mark.parametrize("call", [([1, 2], [5]), ([6, 1], [5, 5]), ([-1, 1], [5, 5]), ([[[1]]], [5])])
def test_impossible_counts_are_refused(call):
    for measure in ALL:
        with pytest.raises(ParameterError):
            measure(*call)


def test_an_unknown_direction_is_refused():
    with pytest.raises(ParameterError):
        kullback_leibler([1, 2], [5, 5], direction="up")
