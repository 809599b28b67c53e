"""Entropy weights: the formula by hand, and what they must not depend on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from discourse.errors import NotMeasurable
from discourse.stats.entropy_weights import entropy_weights

tables = st.lists(st.tuples(*[st.integers(0, 50)] * 3), min_size=2, max_size=20).map(np.array)


def test_the_formula_by_hand():
    x = np.array([[1.0, 8.0], [1.0, 1.0], [2.0, 1.0]])
    p = x / x.sum(axis=0)
    e = -(p * np.log(p)).sum(axis=0) / np.log(3)
    w = (1 - e) / (1 - e).sum()
    scaled = (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))
    found = entropy_weights(x)
    np.testing.assert_allclose(found.entropy, e)
    np.testing.assert_allclose(found.weights, w)
    np.testing.assert_allclose(found.score, scaled @ w)


def test_what_one_author_has_alone_weighs_most():
    assert entropy_weights([[9, 3], [0, 3], [0, 4]]).weights[0] > 0.9


def test_a_kind_of_attention_that_nobody_received_weighs_nothing():
    assert entropy_weights([[1, 0], [5, 0]]).weights.tolist() == [1.0, 0.0]


@given(tables)
def test_units_do_not_matter_and_scores_lie_between_zero_and_one(x):
    assume((x.std(axis=0) > 0).any())
    one, other = entropy_weights(x), entropy_weights(x * np.array([1000, 3, 1]))
    np.testing.assert_allclose(one.score, other.score, atol=1e-9)
    assert one.weights.sum() == pytest.approx(1.0)
    assert np.all((one.score >= -1e-12) & (one.score <= 1 + 1e-12))


def test_nothing_spread_is_not_measurable():
    with pytest.raises(NotMeasurable):
        entropy_weights([[1, 1]])
    with pytest.raises(NotMeasurable):
        entropy_weights([[2, 2], [2, 2]])
