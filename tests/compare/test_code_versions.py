"""Shares of frames in three versions: planted errors are corrected, rare things are not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.code_versions import (
    LEAST_FOUND,
    CodedAnswers,
    code_group_versions,
    code_pair_versions,
    code_question_versions,
    coded_answers,
)
from discourse.compare.questions import Asked
from discourse.compare.three_estimates import Settings

SHIFT = pd.Timestamp("2025-01-19", tz="UTC")


@pytest.fixture(scope="module")
def posts():
    """A frame in 30 of 100 posts of one group and 10 of the other; the list finds half of it, and some more."""
    rng = np.random.default_rng(3)
    n = 3000
    group = rng.choice(["a", "b"], n)
    meant = rng.random(n) < np.where(group == "a", 0.3, 0.1)
    said = np.where(meant, rng.random(n) < 0.5, rng.random(n) < 0.04)
    return pd.DataFrame(
        {
            "post_id": [str(i) for i in range(n)],
            "group": group,
            "lang": rng.choice(["zh-Hans", "en"], n),
            "author": [f"u{i % 900}" for i in range(n)],
            "thread_id": [f"t{i % 250}" for i in range(n)],
            "created_at": np.where(rng.random(n) < 0.5, SHIFT, SHIFT - pd.Timedelta(days=2)),
            "said": said,
            "meant": meant,
        }
    ).astype({"created_at": "datetime64[us, UTC]"})


def coded(posts, n=700, meant="meant", seed=4):
    rng = np.random.default_rng(seed)
    pi = np.minimum(1.0, n * np.where(posts["said"], 2.0, 1.0) / (len(posts) * 1.15))
    taken = posts[rng.random(len(posts)) < pi].assign(pi=lambda t: pi[t.index])
    return taken.assign(value=np.where(taken[meant], "yes", "no"))[["post_id", "value", "pi"]]


def answers(posts, codes):
    return CodedAnswers("frame", "protest", coded_answers(posts, posts["said"], codes))


def only(table, version, **where):
    for name, value in {"version": version, "lang": "all", **where}.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0]


@pytest.mark.parametrize("method", ["ppi++", "dsl"])
def test_the_corrected_share_holds_what_was_planted_and_that_of_the_list_does_not(posts, method):
    table = code_group_versions(answers(posts, coded(posts)), ["a", "b"], Settings(method=method))
    for group in ("a", "b"):
        truth = posts.loc[posts["group"] == group, "meant"].mean()
        naive, corrected = (only(table, name, group=group) for name in ("naive", "corrected"))
        assert corrected["low"] <= truth <= corrected["high"]
        assert not naive["low"] <= truth <= naive["high"] or group == "b"
    assert only(table, "naive", group="a")["estimate"] == pytest.approx(
        posts.loc[posts["group"] == "a", "said"].mean()
    )


def test_gaps_are_corrected_too(posts):
    table = code_pair_versions(answers(posts, coded(posts)), [("a", "b")], Settings())
    truth = posts.groupby("group")["meant"].mean().loc[["a", "b"]].diff().iloc[-1] * -1
    row = only(table, "corrected")
    assert row["low"] <= truth <= row["high"]
    assert abs(only(table, "naive")["estimate"] - truth) > 0.05


def test_a_question_about_the_frame_may_ask_what_was_before_an_event(posts):
    asked = [
        Asked("C1", "?", "frame:protest", ("a",)),
        Asked("C2", "?", "frame:protest", ("all",), event="x", at=SHIFT),
    ]
    table = code_question_versions(answers(posts, coded(posts)), asked, Settings())
    before = posts["created_at"] < SHIFT
    gap = posts.loc[before, "said"].mean() - posts.loc[~before, "said"].mean()
    assert only(table, "naive", id="C2")["estimate"] == pytest.approx(gap)
    assert only(table, "naive", id="C1")["estimate"] == pytest.approx(
        posts.loc[posts["group"] == "a", "said"].mean()
    )


def test_a_frame_that_people_hardly_found_is_not_corrected(posts):
    rare = posts.assign(rare=posts.index < 3)
    table = code_group_versions(answers(rare, coded(rare, meant="rare")), ["a"], Settings())
    assert only(table, "corrected", group="a")["reason"] == (
        f"people found it in fewer than {LEAST_FOUND} coded posts"
    )
    assert np.isfinite(only(table, "naive", group="a")["estimate"])


def test_an_emotion_is_a_share_of_the_posts_that_people_call_mentions(posts):
    about = pd.Series((posts.index % 2 == 0).astype(float))
    everybody = posts[["post_id"]].assign(value=np.where(posts["meant"], "yes", "no"), pi=1.0)
    truth = pd.Series((posts.index % 3 == 0).astype(float), index=posts["post_id"])
    found = coded_answers(posts, posts["said"], everybody, about=about, coded_about=truth)
    table = code_group_versions(CodedAnswers("emotion", "praise", found, "t"), ["a"], Settings())
    mine = posts["group"] == "a"
    people = posts.loc[mine & (posts.index % 3 == 0), "meant"].mean()
    labels = posts.loc[mine & (posts.index % 2 == 0), "said"].mean()
    assert only(table, "human", group="a")["estimate"] == pytest.approx(people)
    assert only(table, "naive", group="a")["estimate"] == pytest.approx(labels)
    assert only(table, "corrected", group="a")["target"] == "t"


def test_the_order_of_the_posts_does_not_matter(posts):
    codes = coded(posts)
    one = code_group_versions(answers(posts, codes), ["a"], Settings())
    mixed = posts.sample(frac=1.0, random_state=5).reset_index(drop=True)
    other = code_group_versions(answers(mixed, codes), ["a"], Settings())
    pd.testing.assert_frame_equal(one, other)
