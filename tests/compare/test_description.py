from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.compare.description import describe_corpus, flow, group_order
from discourse.errors import ParameterError
from discourse.tables import CORPUS_DESCRIPTION, FLOW


def posts(group: str, n_authors: int, lang: str = "en", kind: str = "post", place=None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group": group,
            "author": [f"{group}{i}" for i in range(n_authors)],
            "thread_id": [f"{group}{i // 2}" for i in range(n_authors)],
            "kind": kind,
            "text": ["x" * (i + 1) for i in range(n_authors)],
            "lang": lang,
            "ip_location": pd.Series([place] * n_authors, dtype="str"),
            "created_at": pd.date_range("2025-01-13", periods=n_authors, freq="h", tz="UTC"),
        }
    )


def test_counts_posts_comments_authors_and_threads_per_group():
    frame = pd.concat([posts("hosts", 20, "zh-Hant", place="CN-GD"), posts("newcomers", 11, kind="reply")])
    table = describe_corpus(frame).set_index("group")
    assert list(table.index) == ["all", "hosts", "newcomers"]
    assert table.loc["hosts", ["n_posts", "n_comments", "n_authors", "n_threads"]].tolist() == [20, 0, 20, 10]
    assert table.loc["newcomers", ["n_posts", "n_comments"]].tolist() == [0, 11]
    assert table.loc["newcomers", "median_length"] == 6
    assert table.loc["all", "share_zh"] == pytest.approx(20 / 31)
    assert table.loc["hosts", "share_ip"] == 1
    assert table.loc["hosts", "last"] == pd.Timestamp("2025-01-13T19:00Z")


def test_hides_a_group_below_the_minimum_and_one_more():
    frame = pd.concat([posts("hosts", 40), posts("onlookers", 3), posts("unassigned", 90)])
    table = describe_corpus(frame, min_cell=10).set_index("group")
    assert table.loc["onlookers"].isna().all()
    assert table.loc["unassigned"].isna().all()
    assert table.loc["hosts", "n_authors"] == 40
    assert table.loc["all", "n_authors"] == 133


def test_a_group_that_the_study_names_has_its_row_even_if_nobody_is_in_it():
    table = describe_corpus(posts("hosts", 12), ["hosts", "newcomers"]).set_index("group")
    assert table.loc["newcomers", "n_authors"] == 0
    assert pd.isna(table.loc["newcomers", "median_length"])
    assert pd.isna(table.loc["newcomers", "share_zh"])


def test_an_empty_corpus_is_described_too():
    table = describe_corpus(posts("hosts", 12).iloc[:0])
    assert table["group"].tolist() == ["all"]
    assert table.loc[0, "n_posts"] == 0
    assert table.columns.tolist() == CORPUS_DESCRIPTION.names


def test_nameless_posts_count_as_posts_only():
    frame = posts("hosts", 12)
    frame.loc[0, "author"] = None
    table = describe_corpus(frame).set_index("group")
    assert table.loc["hosts", ["n_posts", "n_authors"]].tolist() == [12, 11]


def test_a_missing_column_is_named():
    with pytest.raises(ParameterError, match="thread_id"):
        describe_corpus(posts("hosts", 2).drop(columns="thread_id"))


def test_groups_stand_in_alphabetical_order_with_the_unassigned_last():
    assert group_order(pd.Series(["z", "unassigned", "a"])) == ["a", "z", "unassigned"]


@given(*[st.integers(0, 10**6)] * 3, st.lists(st.integers(0, 1000), max_size=4))
def test_the_flow_adds_up_from_the_records_to_the_posts_analysed(kept, duplicates, rejected, left):
    kept += sum(left)
    counts = {
        "read": kept + duplicates + rejected,
        "kept": kept,
        "duplicates": duplicates,
        "rejected": rejected,
    }
    table = flow(counts, {f"step {i}": n for i, n in enumerate(left)}).set_index("step")["n"]
    assert table["read"] == table["rejected"] + table["duplicates"] + table["kept"]
    assert table["kept"] == table["analysed"] + sum(table[f"step {i}"] for i in range(len(left)))


def test_every_step_says_why():
    table = flow(
        {"read": 1, "kept": 1, "duplicates": 0, "rejected": 0}, {"near": 1}, {"near": "nearly the same"}
    )
    assert table.columns.tolist() == FLOW.names
    assert (table["note"].str.len() > 0).all()
    assert table.set_index("step").loc["near", "note"] == "nearly the same"


@pytest.mark.parametrize(
    ("counts", "left"),
    [
        ({"read": 5, "kept": 3, "duplicates": 1, "rejected": 0}, None),
        ({"read": 5, "kept": 5, "duplicates": 0}, None),
        ({"read": 5, "kept": 5, "duplicates": 0, "rejected": 0}, {"near": 6}),
        ({"read": 5, "kept": 5, "duplicates": 0, "rejected": 0}, {"near": -1}),
    ],
)
def test_a_flow_that_does_not_add_up_is_refused(counts, left):
    with pytest.raises(ParameterError):
        flow(counts, left)


def test_the_flow_counts_people_who_were_removed() -> None:
    table = flow({"read": 10, "kept": 5, "duplicates": 2, "rejected": 1, "forgotten": 2}).set_index("step")[
        "n"
    ]
    assert table.to_dict() == {
        "read": 10, "rejected": 1, "duplicates": 2, "forgotten": 2, "kept": 5, "analysed": 5
    }  # fmt: skip
    with pytest.raises(ParameterError, match="add up"):
        flow({"read": 10, "kept": 5, "duplicates": 2, "rejected": 1})


@given(st.lists(st.sampled_from(["", "a", "four", "nine long", None]), min_size=1, max_size=12))
def test_the_median_length_is_that_of_the_known_texts(texts: list[str | None]) -> None:
    frame = pd.concat([posts("hosts", len(texts)), posts("newcomers", 3)], ignore_index=True)
    frame["text"] = pd.Series([*texts, "x", "y", "z"], dtype="str")
    table = describe_corpus(frame, min_cell=1).set_index("group")
    expected = pd.Series([len(text) for text in texts if text is not None], dtype="float64").median()
    assert table.loc["hosts", "median_length"] == pytest.approx(expected, nan_ok=True)
    assert table.loc["hosts", "first"] == pd.Timestamp("2025-01-13T00:00Z")
