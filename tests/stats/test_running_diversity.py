"""MATTR, MSTTR and MTLD: published values, windows one by one, and the ends."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import mattr, msttr, mtld

ONE_TWO = ["one", "one", "two", "one", "one", "two", "one"]  # quanteda.textstats, test-textstat_lexdiv.R
FRUIT = ["apple", "orange", "apple", "orange", "pear", "pear", "apple", "orange"]
# textacy, test_diversity.py
BURTON = "burton loves cats and cats love burton burton loves dogs not as much as cats".split()  # noqa: SIM905
BURTON += "but dogs do not love burton very much".split()  # noqa: SIM905
texts = st.lists(st.integers(0, 6), max_size=60)


@pytest.mark.parametrize(("window", "published"), [(2, 5 / 6), (3, 2 / 3), (4, 0.5)])
def test_mattr_gives_the_values_of_quanteda(window, published):
    assert mattr(ONE_TWO, window=window) == pytest.approx(published)


@pytest.mark.parametrize(("window", "published"), [(2, 0.875), (3, 2 / 3), (4, 0.625)])
def test_msttr_gives_the_values_of_quanteda(window, published):
    assert msttr(FRUIT, window=window) == pytest.approx(published)


@pytest.mark.parametrize(("threshold", "published"), [(0.66, 14.16216), (0.72, 10.181193), (0.75, 10.0625)])
def test_mtld_gives_the_values_of_textacy(threshold, published):
    assert mtld(BURTON, threshold=threshold) == pytest.approx(published, abs=1e-5)


def test_the_variant_that_closes_at_the_threshold_is_another_measure():
    assert mtld(BURTON, threshold=0.75, closes="at or below") == pytest.approx(9.5833, abs=1e-4)


@given(texts, st.integers(1, 12))
def test_mattr_is_the_mean_over_all_windows(text, window):
    ratios = [len(set(text[i : i + window])) / window for i in range(len(text) - window + 1)]
    assert mattr(text, window=window) == pytest.approx(np.mean(ratios) if ratios else math.nan, nan_ok=True)


@given(texts, st.integers(1, 12))
def test_msttr_is_the_mean_over_segments_side_by_side(text, window):
    starts = range(0, len(text) - window + 1, window)
    ratios = [len(set(text[i : i + window])) / window for i in starts]
    assert msttr(text, window=window) == pytest.approx(np.mean(ratios) if ratios else math.nan, nan_ok=True)


@given(texts)
def test_a_text_and_its_reversal_have_one_mtld(text):
    assert mtld(text) == pytest.approx(mtld(text[::-1]), nan_ok=True)


@given(texts, st.permutations(range(7)))
def test_what_the_words_are_does_not_matter(text, names):
    renamed = [str(names[token]) for token in text]
    assert mtld(renamed) == pytest.approx(mtld(text), nan_ok=True)
    assert mattr(renamed, window=5) == pytest.approx(mattr(text, window=5), nan_ok=True)


def test_texts_that_are_too_short_or_never_repeat_have_no_value():
    assert math.isnan(mattr(["a"], window=2))
    assert math.isnan(msttr(["a"], window=2))
    assert math.isnan(mtld([]))
    assert math.isnan(mtld(["a", "b", "c"]))


@pytest.mark.parametrize(
    "call",
    [
        lambda: mattr(["a"], window=0),
        lambda: msttr(["a"], window=0),
        lambda: mtld(["a"], threshold=1),
        lambda: mtld(["a"], closes="later"),
    ],
)
def test_impossible_parameters_are_refused(call):
    with pytest.raises(ParameterError):
        call()
