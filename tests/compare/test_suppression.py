from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.compare.suppression import hide_cells, recoverable, sums_of, suppressed
from discourse.errors import ParameterError

SIZES = st.integers(2, 5)


def crossed(rows: int, columns: int) -> list[list[int]]:
    """Sums of a table of rows and columns whose totals are printed."""
    places = np.arange(rows * columns).reshape(rows, columns)
    return [list(row) for row in places] + [list(column) for column in places.T]


def test_a_lone_small_cell_takes_the_smallest_of_its_sum_with_it():
    assert suppressed([3, 50, 20], [(0, 1, 2)], 10).tolist() == [True, False, True]


def test_two_small_cells_that_are_few_together_take_a_third():
    assert suppressed([3, 4, 50, 20], [(0, 1, 2, 3)], 10).tolist() == [True, True, False, True]


def test_small_cells_that_are_many_together_hide_each_other():
    assert suppressed([6, 7, 50], [(0, 1, 2)], 10).tolist() == [True, True, False]


def test_the_unassigned_are_given_up_before_a_named_group_and_everybody_last():
    table = pd.DataFrame({"group": ["all", "hosts", "guests", "unassigned"], "n_authors": [93, 50, 3, 40]})
    hidden = hide_cells(table.assign(day="1"), [["day"]], 10, figures=["n_authors"])["n_authors"].isna()
    assert hidden.tolist() == [False, False, True, True]
    lone = table.iloc[:3].assign(day="1")
    hidden = hide_cells(lone, [["day"]], 10, figures=["n_authors"])["n_authors"].isna()
    assert hidden.tolist() == [False, True, True]


def test_a_cell_hidden_in_one_sum_is_not_alone_in_another():
    sums = crossed(2, 3)
    hidden = suppressed([3, 50, 20, 40, 30, 60], sums, 10)
    assert not recoverable(hidden, sums).any()
    assert hidden.sum() == 4


def test_a_bridge_between_two_rectangles_is_given_away_by_no_single_sum_and_still_seen():
    hidden = np.zeros((5, 5), dtype=bool)
    hidden[:2, :2] = hidden[3:, 3:] = True
    hidden[1, 3] = True  # alone between two rectangles: every row and column of it holds another hidden cell
    found = recoverable(hidden.ravel(), crossed(5, 5)).reshape(5, 5)
    assert found[1, 3]
    assert found.sum() == 1


def test_hidden_rows_say_why():
    table = pd.DataFrame({"day": "1", "n_authors": [3, 20, 30], "n": [4, 30, 40], "reason": pd.NA})
    out = hide_cells(table, [["day"]], 10, figures=["n_authors", "n"])
    assert out["reason"].tolist()[:2] == [
        "fewer than 10 authors",
        "hidden beside a cell of fewer than 10 authors",
    ]
    assert out["n"].isna().tolist() == [True, True, False]
    assert table["n"].tolist() == [4, 30, 40]


def test_unknown_values_of_a_key_stand_for_one_value():
    table = pd.DataFrame({"target": [None, "t", pd.NA]})
    assert sums_of(table, [["target"]]) == [[0, 2], [1]]


def test_refuses_a_sum_of_cells_that_are_not_there():
    with pytest.raises(ParameterError, match="names a cell"):
        suppressed([1, 2], [(0, 5)], 10)


@given(SIZES, SIZES, st.data())
def test_no_small_cell_of_a_crossed_table_can_be_had_by_subtraction(rows, columns, data):
    counts = data.draw(st.lists(st.integers(0, 40), min_size=rows * columns, max_size=rows * columns))
    sums = crossed(rows, columns)
    hidden = suppressed(counts, sums, 10)
    small = (np.array(counts) > 0) & (np.array(counts) < 10)
    assert hidden[small].all()
    # an empty cell is printed as empty; only a sum that holds nothing else leaves a small cell alone
    for cell in np.flatnonzero(recoverable(hidden, sums) & small):
        others = [i for places in sums if cell in places for i in places if i != cell]
        assert all(hidden[i] or counts[i] == 0 for i in others)


@given(st.lists(st.integers(10, 60), min_size=6, max_size=6))
def test_hides_nothing_where_nothing_is_small(counts):
    assert not suppressed(counts, crossed(2, 3), 10).any()


def test_a_few_who_are_in_no_group_cost_one_group_its_cells_and_not_all():
    # two phases by two groups, the unassigned and all; in each phase another group is the smaller one
    counts = [250, 300, 4, 554, 150, 90, 3, 243]
    sums = [(0, 1, 2, 3), (4, 5, 6, 7), (0, 4), (1, 5), (2, 6), (3, 7)]
    rank = [1, 1, 0, 2] * 2
    hidden = suppressed(counts, sums, 10, rank=rank)
    assert hidden.tolist() == [True, False, True, False] * 2
    assert not recoverable(hidden, sums).any()
