from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus.content import content_of
from discourse.corpus.store import rows_of, table_of
from discourse.tables import POSTS

TEXT = st.text(st.sampled_from('ab"\\\n\t\x00\x1f\x7f/é猫\u2028\U0001f600')) | st.text(
    st.characters(exclude_categories=["Cs"])
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "post_id": TEXT,
            "text": TEXT,
            "title": st.none() | TEXT,
            "created_at": st.none()
            | st.datetimes(min_value=datetime(1995, 1, 1)).map(
                lambda at: at.isoformat(timespec="microseconds") + "+00:00"
            ),
            "created_at_doubt": st.none() | st.floats(allow_nan=True),
            "likes": st.none() | st.integers(-(2**63), 2**63 - 1),
            "likes_at_least": st.none() | st.booleans(),
            "hashtags": st.none() | st.lists(TEXT, max_size=3),
            "flags": st.lists(TEXT, max_size=2),
        }
    ),
    max_size=6,
)


def line_by_line(rows: list[dict[str, Any]]) -> bytes:
    """What the module promises, said with json alone."""
    names = [name for name in POSTS.names if not name.startswith("source_")]
    out = ""
    for row in rows:
        at = row["created_at"]
        shown = {**row, "created_at": at and at.replace(".000000", "")}
        out += json.dumps([shown[name] for name in names], ensure_ascii=False) + "\n"
    return out.encode("utf-8")


@given(ROWS)
def test_columns_give_the_lines_that_json_gives(rows: list[dict[str, Any]]) -> None:
    table = table_of(rows)
    assert content_of(table) == line_by_line(rows_of(table))


@given(ROWS, st.integers(0, 6))
def test_a_slice_gives_its_own_lines(rows: list[dict[str, Any]], start: int) -> None:
    table = table_of(rows)
    assert content_of(table.slice(0, start)) + content_of(table.slice(start)) == content_of(table)
