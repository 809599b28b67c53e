"""Coherence, exclusivity and FREX on arrays: published values, the formulas by hand, and the ends."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import (
    exclusivity,
    frex,
    log_conditional_probability,
    log_ratio_measure,
    npmi_coherence,
    u_mass,
    word_exclusivity,
)

documents = st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=12)
topic_word = st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=2, max_size=4).map(
    np.array
)


def joint(table):
    present = np.array(table, dtype=int)
    return present.T @ present


def test_direct_measures_give_the_values_of_gensim():
    # gensim, test_direct_confirmation.py: one word in documents {2, 3, 4}, the other in {3, 5}, of 5
    assert float(log_conditional_probability(1, 2, 5)) == pytest.approx(-0.693147181, abs=1e-9)
    assert float(log_ratio_measure(1, 3, 2, 5)) == pytest.approx(-0.182321557, abs=1e-9)
    assert float(log_ratio_measure(1, 3, 2, 5, normalized=True)) == pytest.approx(-0.113282753, abs=1e-9)


def test_u_mass_of_mimno_adds_one_and_sums():
    table = joint([[1, 1, 0], [1, 0, 1], [1, 1, 1], [0, 1, 0]])
    by_hand = math.log(3 / 3) + math.log(3 / 3) + math.log(2 / 3)
    assert u_mass(table, 4, smoothing="one") == pytest.approx(by_hand)


def test_words_that_only_occur_together_are_fully_coherent():
    table = joint([[1, 1, 1], [1, 1, 1], [0, 0, 0]])
    assert u_mass(table, 3) == pytest.approx(0, abs=1e-9)
    assert npmi_coherence(table, 3) == pytest.approx(1)
    assert npmi_coherence(joint([[1, 1, 1]]), 1) == 1


@given(documents)
def test_npmi_does_not_depend_on_the_order_of_words_and_keeps_its_bounds(table):
    value = npmi_coherence(joint(table), len(table))
    turned = npmi_coherence(joint([row[::-1] for row in table]), len(table))
    assert value == pytest.approx(turned, nan_ok=True)
    assert math.isnan(value) or -1 - 1e-6 <= value <= 1 + 1e-6


@given(documents)
def test_documents_counted_twice_change_nothing(table):
    once, twice = joint(table), joint(table + table)
    assert u_mass(twice, 2 * len(table)) == pytest.approx(u_mass(once, len(table)), nan_ok=True)
    assert npmi_coherence(twice, 2 * len(table)) == pytest.approx(
        npmi_coherence(once, len(table)), nan_ok=True
    )


def test_one_word_and_words_that_nobody_uses_have_no_coherence():
    for measure in (u_mass, npmi_coherence):
        assert math.isnan(measure([[3]], 5))
        assert math.isnan(measure([[3, 0], [0, 0]], 5))
        assert math.isnan(measure(np.empty((0, 0)), 5))


@given(topic_word)
def test_exclusivity_of_a_word_adds_up_to_one(table):
    shares = word_exclusivity(table + 1)
    np.testing.assert_allclose(shares.sum(axis=0), 1)


def test_topics_that_share_nothing_are_exclusive_and_equal_topics_are_not():
    assert exclusivity([[5, 5, 0, 0], [0, 0, 5, 5]], n_words=2).tolist() == [1, 1]
    assert exclusivity([[5, 4, 3, 2]] * 4, n_words=2) == pytest.approx([0.25] * 4)


def test_the_scale_of_a_topic_does_not_matter():
    table = np.array([[5.0, 3, 2], [1, 1, 8]])
    np.testing.assert_allclose(exclusivity(table * [[10], [0.1]]), exclusivity(table))
    np.testing.assert_allclose(frex(table * [[10], [0.1]]), frex(table))


def test_frex_is_the_harmonic_mean_of_two_ranks():
    phi = np.array([[0.6, 0.3, 0.1], [0.2, 0.2, 0.6]])
    # exclusivity of topic 0: .75, .6, .143 -> ranks 1, 2/3, 1/3; frequency: ranks 1, 2/3, 1/3
    np.testing.assert_allclose(frex(phi)[0], [1, 2 / 3, 1 / 3])
    # topic 1: exclusivity .25, .4, .857 -> 1/3, 2/3, 1; frequency .2, .2, .6 -> ties at or below: 2/3, 2/3, 1
    expected = [1 / (0.7 / (1 / 3) + 0.3 / (2 / 3)), 2 / 3, 1]
    np.testing.assert_allclose(frex(phi)[1], expected)


@given(topic_word, st.floats(0, 1))
def test_frex_keeps_its_bounds(table, weight):
    values = frex(table + 1, weight=weight)
    assert np.all((values > 0) & (values <= 1 + 1e-12))


def test_a_word_that_no_topic_uses_has_neither():
    table = [[1.0, 0.0, 2.0], [3.0, 0.0, 1.0]]
    assert np.isnan(word_exclusivity(table)[:, 1]).all()
    assert np.isnan(frex(table)).tolist() == [[False, True, False]] * 2


@pytest.mark.parametrize(
    "call",
    [
        lambda: u_mass([[1, 2, 3], [1, 2, 3]], 5),
        lambda: u_mass([[1, 2], [3, 4]], 5),
        lambda: u_mass([[1, 1], [1, 1]], 5, smoothing="two"),
        lambda: npmi_coherence([1, 2], 5),
        lambda: log_conditional_probability([1, 2], [1, 2, 3], 5),
        lambda: exclusivity([[1, -1]]),
        lambda: exclusivity([[1, 1]], n_words=0),
        lambda: frex([[1, 1]], weight=2),
    ],
)
def test_wrong_input_is_refused(call):
    with pytest.raises(ParameterError):
        call()
