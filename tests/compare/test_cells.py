from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.compare.cells import hidden_cells, small_cells
from discourse.errors import ParameterError


def test_an_empty_cell_is_not_small():
    assert small_cells([0, 1, 9, 10, 11], 10).tolist() == [False, True, True, False, False]


def test_a_minimum_of_one_hides_nothing():
    assert not small_cells([0, 1, 2], 1).any()


def test_refuses_a_minimum_below_one():
    with pytest.raises(ParameterError, match="min_cell"):
        small_cells([1], 0)


def test_hides_the_unassigned_before_any_named_group():
    counts = pd.Series([4, 30, 900])
    hidden = hidden_cells(counts, 10, names=["onlookers", "newcomers", "unassigned"])
    assert hidden.tolist() == [True, False, True]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(1, 30))
def test_what_is_hidden_cannot_be_subtracted_back(counts, min_cell):
    series = pd.Series(counts)
    hidden = hidden_cells(series, min_cell)
    assert not (~hidden & small_cells(counts, min_cell)).any()
    if hidden.any() and (series[~hidden] > 0).any():
        assert hidden.sum() >= 2
        assert series[hidden].sum() >= min_cell


@given(st.lists(st.integers(10, 60), max_size=8))
def test_hides_nothing_where_nothing_is_small(counts):
    assert not hidden_cells(pd.Series(counts, dtype="int64"), 10).any()
