"""Columns that come part by part are those of a table that is put together in memory."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from discourse.study.mapped import HELD, Mapped


def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "text": pd.Series(["欢迎", None, "", "hi\nyou"], dtype="str"),
            "unknown": pd.Series([None] * 4, dtype="str"),
            "likes": pd.array([1, None, 3, 0], dtype="Int64"),
            "score": [0.5, np.nan, -1.0, 0.0],
            "mixed": [True, False, True, False],
            "at": pd.to_datetime(["2025-01-14", "", "2025-01-16", "2025-01-17"], utc=True),
            "flags": [["a"], [], ["a"], ["b", "a"]],
        }
    )


@pytest.mark.parametrize("edges", [[0, 4], [0, 1, 3, 4], [0, 0, 2, 2, 4], [0, 0]])
def test_parts_of_any_size_make_the_same_table(tmp_path: Path, edges: list[int]) -> None:
    whole = table()
    parts = [whole.iloc[a:b] for a, b in itertools.pairwise(edges)]
    stacked = Mapped(tmp_path, HELD).stack(iter(parts))
    assert_frame_equal(stacked, whole.iloc[: edges[-1]])


def test_a_table_that_was_stacked_is_not_written_again(tmp_path: Path) -> None:
    mapped = Mapped(tmp_path, HELD)
    stacked = mapped.stack([table().drop(columns="unknown")])
    before = len(list(tmp_path.rglob("tmp*")))
    assert_frame_equal(mapped.frame(stacked), stacked)
    assert len(list(tmp_path.rglob("tmp*"))) == before


def test_no_part_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no part"):
        Mapped(tmp_path, HELD).stack([])


def test_equal_lists_of_all_parts_are_one_and_their_column_is_held_once(tmp_path: Path) -> None:
    mapped = Mapped(tmp_path, HELD)
    parts = (pd.DataFrame({"flags": [["a"], ["b", str(n)], ["a"]]}) for n in range(3))
    stacked = mapped.stack(parts)
    assert len({id(flags) for flags in stacked["flags"] if flags == ["a"]}) == 1
    again = mapped.frame(stacked)
    assert np.shares_memory(again["flags"].array.to_numpy(), stacked["flags"].array.to_numpy())
