"""Rows into a table: what is not given is unknown, never zero."""

from __future__ import annotations

from discourse.compare.layout import lay_out
from discourse.tables import INFLUENCE


def test_columns_that_no_row_gives_are_unknown():
    table = lay_out(INFLUENCE, [{"measure": "share", "group": "g", "influence": "high", "n": 3}], level=0.95)
    assert table.columns.tolist() == INFLUENCE.names
    assert table.loc[0, "n"] == 3
    assert table[["estimate", "low", "n_authors", "reason"]].isna().all(axis=None)


def test_no_rows_give_the_empty_table():
    assert lay_out(INFLUENCE, []).columns.tolist() == INFLUENCE.names
