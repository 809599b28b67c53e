"""Tables of many rows and columns: scipy's published values and what merging and doubling may change."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import cramer_v, independence

STUDY = [
    [100, 150],
    [203, 322],
    [420, 700],
    [320, 210],
]  # scipy.stats.contingency.association's documentation
tables = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=4)


def test_gives_the_values_of_scipy():
    table = [[10, 10, 20], [20, 20, 20]]  # scipy.stats.chi2_contingency's documentation
    chi2, g2 = (independence(table, statistic=name) for name in ("chi2", "g2"))
    assert tuple(chi2) == pytest.approx((2.7777777778, 0.2493522088, 2), abs=1e-9)
    assert tuple(g2) == pytest.approx((2.7688587617, 0.2504666801, 2), abs=1e-9)


def test_cramer_v_gives_the_value_of_scipy():
    assert cramer_v(STUDY) == pytest.approx(0.18617813077, abs=1e-10)


def test_the_corrected_v_follows_bergsma():
    n, phi2 = 2425, cramer_v(STUDY) ** 2
    less = max(0, phi2 - 3 / (n - 1))
    rows, columns = 4 - 9 / (n - 1), 2 - 1 / (n - 1)
    assert cramer_v(STUDY, bias_corrected=True) == pytest.approx(math.sqrt(less / (min(rows, columns) - 1)))


def test_continuity_is_corrected_in_two_by_two_tables_only():
    assert independence([[7, 2], [3, 7]], yates=True).statistic == pytest.approx(2.6324382716, abs=1e-9)
    assert independence(STUDY, yates=True) == independence(STUDY)


@given(tables)
def test_rows_and_columns_may_change_places(table):
    here, there = independence(table), independence(np.transpose(table))
    assert tuple(here) == pytest.approx(tuple(there), nan_ok=True)
    assert cramer_v(table) == pytest.approx(cramer_v(np.transpose(table)), nan_ok=True)


@given(tables)
def test_doubling_the_counts_leaves_v_and_doubles_chi2(table):
    twice = np.multiply(table, 2)
    assert cramer_v(twice) == pytest.approx(cramer_v(table), nan_ok=True)
    assert independence(twice).statistic == pytest.approx(2 * independence(table).statistic, nan_ok=True)


@given(tables)
def test_merging_rows_never_adds_association(table):
    merged = [np.add(table[0], table[1]), *table[2:]]
    whole, part = independence(table, statistic="g2"), independence(merged, statistic="g2")
    assert math.isnan(part.statistic) or part.statistic <= whole.statistic + 1e-9


@given(tables)
def test_empty_rows_change_nothing(table):
    assert tuple(independence([*table, [0, 0, 0]])) == pytest.approx(tuple(independence(table)), nan_ok=True)


@pytest.mark.parametrize("table", [[[0, 0], [0, 0]], [[3, 4]], [[3, 0], [4, 0]], np.empty((0, 0))])
def test_one_row_or_column_shows_no_association(table):
    assert math.isnan(independence(table).statistic)
    assert independence(table).dof == 0
    assert math.isnan(cramer_v(table))


def test_wrong_input_is_refused():
    with pytest.raises(ParameterError):
        independence([1, 2, 3])
    with pytest.raises(ParameterError):
        independence([[1, -2], [3, 4]])
    with pytest.raises(ParameterError):
        independence(STUDY, statistic="t")
