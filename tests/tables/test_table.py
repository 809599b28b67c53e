"""Tables keep their promises about columns, order and unknown values."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse import tables
from discourse.errors import ParameterError
from discourse.tables import POSTS, REPORT_TABLES, Column, Table

ALL = [value for value in vars(tables).values() if isinstance(value, Table)]
SMALL = Table(
    "small", "An example.", (Column("a", "str", "text"), Column("n", "Int64", "count", required=False))
)


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_every_column_has_a_meaning_and_a_name_of_its_own(table):
    assert table.meaning.endswith(".")
    assert len(set(table.names)) == len(table.names)
    assert all(column.meaning and column.dtype for column in table.columns)


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_the_empty_table_conforms_to_itself(table):
    empty = table.empty()
    assert list(empty.columns) == table.names
    pd.testing.assert_frame_equal(table.conform(empty), empty)


def test_a_missing_required_column_is_named():
    with pytest.raises(ParameterError, match="lacks a"):
        SMALL.conform(pd.DataFrame({"n": [1]}))


def test_a_missing_optional_column_is_unknown_not_zero():
    assert SMALL.conform(pd.DataFrame({"a": ["x"]}))["n"].isna().all()


def test_further_columns_are_kept_behind_the_declared_ones():
    frame = pd.DataFrame({"more": [1], "n": [2], "a": ["x"]}, index=[7])
    out = SMALL.conform(frame)
    assert list(out.columns) == ["a", "n", "more"]
    assert out.index.tolist() == [0]


def test_the_tables_of_a_report_have_names_of_their_own():
    names = [table.name for table in REPORT_TABLES]
    assert len(set(names)) == len(names)


def test_times_of_posts_are_aware():
    dtype = POSTS.empty()["created_at"].dtype
    assert isinstance(dtype, pd.DatetimeTZDtype)


@pytest.mark.parametrize(
    "dtype", ["str", "Int64", "Float64", "float64", "boolean", "datetime64[us, UTC]", "list[str]"]
)
def test_a_missing_optional_column_of_any_dtype_is_unknown(dtype):
    table = Table("t", "An example.", (Column("a", "str", "text"), Column("b", dtype, "x", required=False)))
    assert table.conform(pd.DataFrame({"a": ["x", "y"]}))["b"].isna().all()
