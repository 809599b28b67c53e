"""Association of word pairs: the values of the textbooks and the bounds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import collocation_lambda, log_dice, mi3, npmi, pmi, t_score

AYATOLLAH = (20, 42, 20, 14307668)  # Manning and Schuetze 1999, 5.4


@st.composite
def pairs(draw):
    n12, only1, only2, neither = (draw(st.integers(low, 10**6)) for low in (1, 0, 0, 0))
    return n12, n12 + only1, n12 + only2, n12 + only1 + only2 + neither


@pytest.mark.parametrize(
    ("found", "published", "tolerance"),
    [
        (pmi(*AYATOLLAH), 18.38, 5e-3),
        (pmi(20, 15019, 15629, 14307668), 0.29, 5e-3),
        (t_score(*AYATOLLAH), 4.4721, 5e-5),
        (t_score(8, 15828, 4675, 14307668), 0.999932, 1e-6),
        (npmi(*AYATOLLAH), 0.944962, 1e-5),
        (log_dice(*AYATOLLAH[:3]), 13.367732, 1e-5),
    ],
)
def test_gives_the_values_of_the_textbook(found, published, tolerance):
    assert float(found) == pytest.approx(published, abs=tolerance)


def test_lambda_gives_the_value_of_quanteda():
    # "I like good ice cream. Me too! I like good ice cream.": good ice, twice among 9 bigrams
    found = collocation_lambda(2, 2, 2, 9)
    assert float(found.estimate) == pytest.approx(math.log(2.5 * 7.5 / 0.25))
    assert float(found.z) == pytest.approx(2.027787, abs=1e-6)


def test_mi3_follows_its_formula():
    assert float(mi3(5, 10, 20, 1000)) == pytest.approx(math.log2(5**3 * 1000 / (10 * 20)))


@given(pairs())
def test_the_measures_keep_their_bounds(pair):
    assert -1 - 1e-9 <= float(npmi(*pair)) <= 1 + 1e-9
    assert float(log_dice(*pair[:3])) <= 14 + 1e-9


@given(pairs())
def test_the_order_of_the_two_words_does_not_matter(pair):
    n12, n1, n2, n = pair
    for measure in (pmi, npmi, t_score, mi3):
        assert float(measure(n12, n1, n2, n)) == pytest.approx(float(measure(n12, n2, n1, n)), abs=1e-9)


@given(pairs())
def test_doubling_the_text_leaves_pmi_and_log_dice(pair):
    twice = tuple(2 * part for part in pair)
    assert float(pmi(*twice)) == pytest.approx(float(pmi(*pair)), abs=1e-9)
    assert float(log_dice(*twice[:3])) == pytest.approx(float(log_dice(*pair[:3])), abs=1e-9)


def test_the_ends_of_npmi():
    assert float(npmi(5, 5, 5, 100)) == pytest.approx(1)
    assert float(npmi(0, 5, 5, 100)) == -1
    assert float(npmi(7, 7, 7, 7)) == 1
    assert float(npmi(10, 100, 10, 100)) == pytest.approx(0)


def test_pairs_and_words_never_seen():
    assert float(pmi(0, 5, 5, 100)) == float(log_dice(0, 5, 5)) == float(t_score(0, 5, 5, 100)) == -math.inf
    for measure in (pmi, npmi, mi3):
        assert math.isnan(float(measure(0, 0, 5, 100)))
    assert math.isnan(float(log_dice(0, 0, 0)))


def test_many_pairs_at_once_are_the_pairs_one_by_one():
    table = np.array([[2, 5, 9, 40], [1, 1, 1, 40], [3, 8, 3, 40]])
    together = pmi(*table.T)
    np.testing.assert_array_equal(together, [float(pmi(*row)) for row in table])


@pytest.mark.parametrize("pair", [(6, 5, 9, 100), (1, 60, 60, 100), (-1, 2, 2, 9), (1, 2, [2, 3, 4], [9, 9])])
def test_impossible_pairs_are_refused(pair):
    with pytest.raises(ParameterError):
        pmi(*pair)
    with pytest.raises(ParameterError):
        collocation_lambda(*pair)


def test_impossible_parameters_are_refused():
    with pytest.raises(ParameterError):
        pmi(*AYATOLLAH, base=1)
    with pytest.raises(ParameterError):
        collocation_lambda(*AYATOLLAH, smoothing=-1)
