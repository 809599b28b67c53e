from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.text.collocations import MEASURES, collocations

TEXTS = [["cat", "tax", "paid"], ["pay", "the", "cat", "tax"], ["the", "cat", "sat"]]


def test_counts_neighbours_within_texts_only() -> None:
    pairs = collocations(TEXTS, min_count=1).set_index(["word_1", "word_2"])["n"]
    assert pairs["cat", "tax"] == 2
    assert ("paid", "pay") not in pairs
    assert pairs.sum() == sum(len(text) - 1 for text in TEXTS)


def test_pmi_follows_the_formula() -> None:
    frame = collocations(TEXTS, measure="pmi", min_count=2)
    score = frame.set_index(["word_1", "word_2"])["score"]["cat", "tax"]
    n = sum(map(len, TEXTS))
    assert score == pytest.approx(math.log2(2 * n / (3 * 2)))  # tokens; cat 3 times, tax 2 times, together 2


def test_stop_words_part_their_neighbours() -> None:
    frame = collocations([["tax", "the", "cat"]] * 3, min_count=1, stop_words=["the"])
    assert frame.empty


@given(st.permutations(TEXTS))
def test_the_order_of_texts_does_not_matter(texts: list[list[str]]) -> None:
    for measure in MEASURES:
        assert collocations(texts, measure=measure, min_count=1).equals(
            collocations(TEXTS, measure=measure, min_count=1)
        )


@pytest.mark.parametrize("texts", [[], [[]], [["one"]], [["a", "b"]]])
def test_few_words_make_an_empty_table(texts: list[list[str]]) -> None:
    frame = collocations(texts)
    assert frame.empty
    assert list(frame.columns) == ["word_1", "word_2", "n", "score"]


def test_refuses_unknown_measures() -> None:
    with pytest.raises(ParameterError, match="likelihood_ratio"):
        collocations(TEXTS, measure="best")
