"""Effect sizes of words and shrunken log odds: published values and properties."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import (
    bayesian_information,
    frequency_ratio,
    informative_prior,
    likelihood_effect,
    log_odds,
    log_ratio,
    odds_ratio,
    percent_difference,
)

WIZARD = (52, 57, 50000, 75000)  # UCREL log-likelihood wizard
SCATTERTEXT = ([1, 5, 1, 9], [100, 510, 100, 199])  # test_logOddsUninformativePriorScore
counts = st.lists(st.integers(0, 10**5), min_size=4, max_size=4)


@pytest.mark.parametrize(
    ("measure", "published"),
    [
        (log_ratio, 0.452512),
        (percent_difference, 36.842105),
        (frequency_ratio, 1.368421),
        (odds_ratio, 1.368805),
        (bayesian_information, -9.084359),
    ],
)
def test_gives_the_values_of_the_ucrel_wizard(measure, published):
    assert float(measure(*WIZARD)) == pytest.approx(published, abs=1e-5)


def test_ell_gives_the_value_of_the_ucrel_wizard():
    assert float(likelihood_effect(*WIZARD)) == pytest.approx(5.62e-6, rel=1e-3)


def test_half_a_token_stands_in_for_none():
    assert float(log_ratio(20, 0, 1000, 1000)) == pytest.approx(math.log2(20 / 0.5))
    assert float(log_ratio(0, 20, 1000, 1000)) == pytest.approx(-math.log2(20 / 0.5))


def test_what_nobody_says_has_no_effect_size():
    for measure in (log_ratio, percent_difference, frequency_ratio):
        assert math.isnan(float(measure(0, 0, 10, 10)))
    assert float(percent_difference(3, 0, 10, 10)) == math.inf
    assert math.isnan(float(log_ratio(0, 1, 0, 10)))


def test_delta_follows_equations_15_and_16_of_monroe_et_al():
    published = [-0.60953205, -1.03457665, -0.60953205, 1.52010051]
    np.testing.assert_allclose(log_odds(*SCATTERTEXT, prior=0.01).delta, published, atol=1e-7)


def test_z_with_two_and_with_four_terms_of_the_variance():
    two = [-0.60950219, -2.30440513, -0.60950219, 4.46292517]
    four = [-0.58984491, -1.90568407, -0.58984491, 2.98306431]
    np.testing.assert_allclose(log_odds(*SCATTERTEXT, prior=0.01, terms=2).z, two, atol=1e-7)
    np.testing.assert_allclose(log_odds(*SCATTERTEXT, prior=0.01).z, four, atol=1e-7)


def test_an_informative_prior_shrinks_by_the_pooled_shares():
    y1, y2 = [10, 20, 30, 0, 40], [30, 20, 10, 5, 35]
    prior = informative_prior(y1, y2, 10)
    np.testing.assert_allclose(prior, [2, 2, 2, 0.25, 3.75])
    delta = [-1.2090879, 0, 1.2090879, -3.09115093, 0.19412021]
    z = [-3.25938865, 0, 3.25938865, -1.50668969, 0.69598589]
    np.testing.assert_allclose(log_odds(y1, y2, prior=prior).delta, delta, atol=1e-6)
    np.testing.assert_allclose(log_odds(y1, y2, prior=prior).z, z, atol=1e-6)


def test_the_sign_follows_the_group_that_uses_the_word():
    a, b = "the quick brown fox jumps over the lazy pig", "the lazy purple pig jumps over the lazier donkey"
    types = sorted(set(a.split()) | set(b.split()))
    rows = [[text.split().count(word) for word in types] for text in (a, b)]
    z = dict(zip(types, log_odds(*rows, prior=0.05, terms=2).z, strict=True))
    assert z["brown"] == pytest.approx(0.68942279, abs=1e-7)
    assert z["purple"] == pytest.approx(-0.68942279, abs=1e-7)
    assert z["the"] == z["lazy"] == 0


@given(counts, counts, st.floats(0.01, 10))
def test_swapping_the_groups_flips_the_sign(a, b, prior):
    here, there = log_odds(a, b, prior=prior), log_odds(b, a, prior=prior)
    np.testing.assert_allclose(here.delta, -there.delta, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(here.z, -there.z, rtol=1e-9, atol=1e-9)


@given(counts, counts, st.permutations(range(4)))
def test_the_order_of_words_does_not_matter(a, b, order):
    shuffled = log_odds([a[i] for i in order], [b[i] for i in order], prior=0.5).delta
    np.testing.assert_allclose(shuffled, log_odds(a, b, prior=0.5).delta[list(order)], rtol=1e-9)


@given(counts)
def test_equal_groups_do_not_differ(a):
    np.testing.assert_allclose(log_odds(a, a, prior=0.5).delta, 0, atol=1e-12)


@given(st.integers(1, 100), st.integers(1, 100))
def test_doubling_a_text_leaves_the_effect_size(a, b):
    assert float(log_ratio(a, b, 100, 100)) == pytest.approx(
        float(log_ratio(2 * a, 2 * b, 200, 200)), abs=1e-9
    )


@given(counts, counts)
def test_a_prior_that_outweighs_the_texts_leaves_no_difference(a, b):
    np.testing.assert_allclose(log_odds(a, b, prior=1e12).delta, 0, atol=1e-6)


def test_one_word_alone_has_no_odds():
    assert np.isnan(log_odds([5], [3], prior=0.1).delta).all()
    assert np.isnan(log_odds([5], [3], prior=0.1).z).all()


def test_no_words_give_no_values():
    assert log_odds([], [], prior=0.1).delta.shape == (0,)


@pytest.mark.parametrize(
    "call",
    [
        lambda: log_odds([1, 2], [1], prior=0.1),
        lambda: log_odds([1, -2], [1, 2], prior=0.1),
        lambda: log_odds([1, 2], [1, 2], prior=0),
        lambda: log_odds([1, 2], [1, 2], prior=[0.1, -0.1]),
        lambda: log_odds([1, 2], [1, 2], prior=math.nan),
        lambda: log_odds([1, 2], [1, 2], terms=3),
        lambda: informative_prior([1], [1], 0),
    ],
)
def test_wrong_input_is_refused(call):
    with pytest.raises(ParameterError):
        call()
