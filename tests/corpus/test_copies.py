from __future__ import annotations

import pandas as pd
import pytest

from discourse.corpus.copies import dropped_copies, near_clusters
from discourse.errors import ParameterError


def posts() -> pd.DataFrame:
    rows = [  # post_id, of, author, thread, kind
        ("c1", None, "a", "c1", "post"),
        ("c2", "c1", "b", "c2", "post"),
        ("c3", "c1", "c", "c3", "post"),
        ("t1", None, "d", "x", "comment"),
        ("t2", "t1", "d", "y", "reply"),
        ("r1", None, "e", "r1", "post"),
        ("r2", "r1", "e", "r2", "post"),
        ("u1", None, None, "z", "comment"),
        ("u2", "u1", None, "z", "comment"),
        ("alone", None, "f", "w", "post"),
    ]
    frame = pd.DataFrame(rows, columns=["post_id", "near_duplicate_of", "author", "thread_id", "kind"])
    frame["created_at"] = pd.date_range("2025-01-14", periods=len(rows), tz="UTC")
    frame["group"] = ["hosts", "hosts", "newcomers", *["newcomers"] * 4, *["hosts"] * 3]
    return frame


def test_each_pattern_has_its_rule() -> None:
    table = near_clusters(posts()).set_index("cluster")
    assert table["pattern"].to_dict() == {
        "c1": "campaign",
        "t1": "template",
        "r1": "repost",
        "u1": "repeated",
    }
    assert table["n"].to_dict() == {"c1": 3, "t1": 2, "r1": 2, "u1": 2}
    assert table.loc["c1", ["n_authors", "n_threads"]].tolist() == [3, 3]
    assert table.loc["c1", "last"] - table.loc["c1", "first"] == pd.Timedelta(days=2)
    assert "alone" not in table.index


def test_nothing_marked_gives_no_cluster() -> None:
    frame = posts().assign(near_duplicate_of=pd.Series([None] * 10, dtype="str"))
    assert len(near_clusters(frame)) == 0


def test_the_groups_add_up_to_all() -> None:
    table = dropped_copies(posts()).set_index("group")
    groups = table.drop("all")
    for column in ("n", "exact", "near", "twins", "dropped", "left"):
        assert groups[column].sum() == table.loc["all", column]
    assert (table["n"] == table["dropped"] + table["left"]).all()
    assert table.loc["hosts", ["n", "near", "authors", "authors_left"]].tolist() == [5, 2, 3, 2]


def test_a_post_with_two_marks_is_dropped_once() -> None:
    frame = posts().assign(duplicate_of=posts()["near_duplicate_of"])
    row = dropped_copies(frame).set_index("group").loc["all"]
    assert row[["exact", "near", "dropped"]].tolist() == [5, 5, 5]


def test_unmarked_posts_are_refused() -> None:
    with pytest.raises(ParameterError, match="near_duplicate_of"):
        near_clusters(posts().drop(columns="near_duplicate_of"))
    with pytest.raises(ParameterError, match="group"):
        dropped_copies(posts().drop(columns="group"))
