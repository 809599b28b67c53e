from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.compare.cohorts import author_returns, cohort_return
from discourse.errors import ParameterError
from discourse.tables import COHORTS


def posts(written: list[tuple[str, str]], group: str = "newcomers") -> pd.DataFrame:
    """Posts as (author, time)."""
    return pd.DataFrame(
        {
            "post_id": [f"{group}{i}" for i in range(len(written))],
            "author": [author for author, _ in written],
            "thread_id": [f"t{i % 7}" for i in range(len(written))],
            "group": group,
            "created_at": pd.to_datetime([time for _, time in written], utc=True, format="ISO8601"),
        }
    )


def returned(frame: pd.DataFrame, author: str) -> float:
    return float(frame.set_index("author").loc[author, "returned"])


def test_who_writes_on_a_later_day_within_the_horizon_returns():
    written = [("a", "2025-01-13T10:00Z"), ("a", "2025-01-20T10:00Z"), ("b", "2025-01-13T10:00Z")]
    written += [("b", "2025-01-21T10:00Z"), ("c", "2025-01-13T10:00Z"), ("c", "2025-01-13T23:00Z")]
    frame = author_returns(posts(written), days=7)
    assert [returned(frame, name) for name in "abc"] == [1.0, 0.0, 0.0]


def test_a_later_day_is_one_of_the_zone_of_the_study():
    night = posts([("a", "2025-01-13T15:30Z"), ("a", "2025-01-13T16:30Z"), ("b", "2025-01-20T10:00Z")])
    assert returned(author_returns(night, "Asia/Shanghai", days=3), "a") == 1.0
    assert returned(author_returns(night, "UTC", days=3), "a") == 0.0


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 12)), min_size=1, max_size=20))
def test_who_returned_is_found_as_author_by_author(written):
    frame = author_returns(posts([(who, f"2025-01-{10 + day}T12:00Z") for who, day in written]), days=3)
    last = max(day for _, day in written)
    for who in {name for name, _ in written}:
        days = sorted(day for name, day in written if name == who)
        plain = float(any(0 < day - days[0] <= 3 for day in days)) if days[0] + 3 <= last else float("nan")
        np.testing.assert_equal(returned(frame, who), plain)
    assert frame["author"].tolist() == sorted({name for name, _ in written})


def test_whose_horizon_is_cut_off_is_unknown_and_not_gone():
    written = [("a", "2025-01-13T10:00Z"), ("b", "2025-01-19T10:00Z"), ("b", "2025-01-20T10:00Z")]
    frame = author_returns(posts(written), days=7)
    assert returned(frame, "a") == 0.0
    assert np.isnan(returned(frame, "b"))
    assert returned(author_returns(posts(written), days=7, last_day="2025-01-31"), "b") == 1.0


def test_posts_without_an_author_or_a_time_are_left_out():
    frame = posts([("a", "2025-01-13T10:00Z"), ("a", "2025-01-14T10:00Z"), ("b", "2025-01-13T10:00Z")])
    frame.loc[1, "created_at"] = pd.NaT
    frame.loc[2, "author"] = None
    assert author_returns(frame, last_day="2025-01-31")["author"].tolist() == ["a"]
    assert returned(author_returns(frame, last_day="2025-01-31"), "a") == 0.0


def test_a_planted_return_is_found_with_its_interval():
    rng = np.random.default_rng(5)
    written = []
    for i in range(400):
        day = 13 + i % 4
        written.append((f"a{i}", f"2025-01-{day}T10:00Z"))
        if rng.random() < (0.6 if day < 15 else 0.2):
            written.append((f"a{i}", f"2025-01-{day + 2}T10:00Z"))
    table = cohort_return(posts(written), last_day="2025-01-31").set_index("cohort")
    early, late = table.loc["2025-01-13"], table.loc["2025-01-16"]
    assert early["low"] < 0.6 < early["high"]
    assert late["low"] < 0.2 < late["high"]
    assert table.loc["all", "n_authors"] == 400
    assert table["n_authors"].iloc[1:].sum() == 400


def test_small_cohorts_are_hidden_and_cannot_be_subtracted_back():
    written = [(f"a{i}", "2025-01-13T10:00Z") for i in range(40)]
    written += [(f"b{i}", "2025-01-14T10:00Z") for i in range(4)]
    written += [(f"c{i}", "2025-01-15T10:00Z") for i in range(20)]
    table = cohort_return(posts(written), last_day="2025-01-31", min_cell=10).set_index("cohort")
    assert table.loc["all", "n_authors"] == 64
    assert table["n_authors"].isna().to_dict() == {
        "all": False,
        "2025-01-13": False,
        "2025-01-14": True,
        "2025-01-15": True,
    }
    assert table.loc["2025-01-14", "reason"] == "fewer than 10 authors"


def test_a_cohort_at_the_end_of_the_collection_says_why_it_has_no_figure():
    table = cohort_return(posts([("a", "2025-01-13T10:00Z")] * 2), min_cell=1)
    assert table["reason"].tolist() == ["the collection ends within 7 days"] * 2
    assert table["n_authors"].tolist() == [0, 0]


def test_no_posts_give_the_empty_table():
    frame = posts([("a", "2025-01-13T10:00Z")]).iloc[:0]
    assert list(cohort_return(frame).columns) == COHORTS.names


@pytest.mark.parametrize("wrong", [{"days": 0}, {"last_day": "soon"}])
def test_refuses_a_horizon_or_a_day_that_cannot_be(wrong):
    with pytest.raises(ParameterError):
        author_returns(posts([("a", "2025-01-13T10:00Z")]), **wrong)


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(10, 28)), min_size=1, max_size=40),
    st.randoms(),
)
def test_the_order_of_posts_does_not_matter(written, shuffle):
    frame = posts([(author, f"2025-01-{day}T10:00Z") for author, day in written])
    rows = list(range(len(frame)))
    shuffle.shuffle(rows)
    # threads of the first post may tie within a moment; the id of the post decides
    pd.testing.assert_frame_equal(author_returns(frame), author_returns(frame.iloc[rows]))


def test_names_that_nobody_here_bears_change_nothing():
    """A study numbers all its authors once; some of them have no post with a time."""
    written = posts([("a", "2025-01-13T10:00Z"), ("c", "2025-01-14T10:00Z"), ("c", "2025-01-20T10:00Z")])
    named = pd.Categorical(written["author"], categories=["0", "a", "b", "c", "d"], ordered=True)
    plain, numbered = (author_returns(frame, days=3) for frame in (written, written.assign(author=named)))
    assert numbered.astype({"author": "str"}).equals(plain.astype({"author": "str"}))


def test_the_first_post_is_the_earliest_and_of_several_that_of_the_least_id():
    rng = np.random.default_rng(3)
    n = 300
    posts = pd.DataFrame(
        {
            "post_id": [f"p{i:03d}" for i in rng.permutation(n)],
            "author": rng.choice([*"abcdefgh", None], n),
            "thread_id": [f"t{i}" for i in range(n)],
            "group": "g",
            "created_at": pd.Timestamp("2025-01-13T00:00Z") + pd.to_timedelta(rng.integers(0, 20, n), "D"),
        }
    )
    found = author_returns(posts, days=3)
    for row in found.itertuples():
        own = posts[posts["author"] == row.author].sort_values(["created_at", "post_id"])
        first = own.iloc[0]
        assert (row.thread_id, row.cohort) == (first["thread_id"], str(first["created_at"].date()))
        later = (own["created_at"] - first["created_at"]).dt.days
        back = ((later >= 1) & (later <= 3)).any()
        watched = first["created_at"] + pd.Timedelta(days=3) <= posts["created_at"].max()
        assert row.returned == back if watched else np.isnan(row.returned)
    assert found["author"].tolist() == list("abcdefgh")
