"""Tables of ratings: missing codes, labels, and ratings written out from what papers print."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import from_category_counts, from_confusion
from discourse.stats.ratings import encode, unit_counts

square = st.integers(1, 4).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 5), min_size=k, max_size=k), min_size=k, max_size=k)
)


@pytest.mark.parametrize(
    "ratings",
    [
        [["a", None, "b"], ["a", "a", "b"]],
        [["a", float("nan"), "b"], ["a", "a", "b"]],
        np.array([["a", None, "b"], ["a", "a", "b"]], dtype=object),
        pd.DataFrame([["a", pd.NA, "b"], ["a", "a", "b"]]),
        [[1, None, 2], [1, 1, 2]],
        np.array([[1, np.nan, 2], [1, 1, 2]]),
        pd.DataFrame([[1, pd.NA, 2], [1, 1, 2]], dtype="Int64"),
    ],
)
def test_whatever_stands_for_missing_is_missing(ratings):
    assert encode(ratings).codes.tolist() == [[0, -1, 1], [0, 0, 1]]


def test_text_and_numbers_do_not_mix():
    with pytest.raises(ParameterError, match="mixes"):
        encode([["1", 1], [1, 1]])


@pytest.mark.parametrize("ratings", [[1, 2], [[1, 2], [1]], [[[1]]], 3])
def test_other_shapes_are_refused(ratings):
    with pytest.raises(ParameterError):
        encode(ratings)


@given(square)
def test_a_cross_tabulation_comes_back_from_its_ratings(table):
    first, second = from_confusion(table)
    again = np.zeros_like(np.array(table))
    np.add.at(again, (first, second), 1)
    assert again.tolist() == table


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), max_size=6))
def test_category_counts_come_back_from_their_ratings(table):
    ratings = from_category_counts(np.array(table).reshape(-1, 3))
    again = [[int((ratings[:, unit] == k).sum()) for k in range(3)] for unit in range(len(table))]
    assert again == table


def test_counts_say_how_many_coders_chose_each_category():
    assert unit_counts(encode([["b", "a"], ["b", None], ["a", "a"]])).tolist() == [[1, 2], [2, 0]]


def test_tables_that_are_none_are_refused():
    with pytest.raises(ParameterError):
        from_confusion([[1, 2, 3], [1, 2, 3]])
    with pytest.raises(ParameterError):
        from_category_counts([[1, -1]])
