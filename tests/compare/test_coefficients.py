"""Coefficients in three versions: what labels that err hide or make up, codes bring back."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from discourse.compare.coefficients import (
    interrupted_coefficients,
    like_coefficients,
    stance_coefficients,
    trend_coefficients,
)
from discourse.compare.three_estimates import Settings, coded_outcomes

FIRST = pd.Timestamp("2025-01-06", tz="UTC")
SIGN = {"positive": 1.0, "neutral": 0.0, "negative": -1.0}
SHARES = {"a": (0.5, 0.2, 0.1, 0.2), "b": (0.35, 0.25, 0.2, 0.2)}
LABELS = (*SIGN, "absent")


def population(n=5000, seed=1):
    """Group a cools off by the week; its warmth is taken for neutral more and more, and b's never."""
    rng = np.random.default_rng(seed)
    group = rng.choice(["a", "b"], n)
    week = rng.uniform(0, 4, n)
    meant = np.array([rng.choice(LABELS, p=SHARES[g]) for g in group])
    meant[(group == "a") & (meant == "positive") & (rng.random(n) < 0.12 * week)] = "neutral"
    said = meant.copy()
    said[(group == "a") & (meant == "positive") & (rng.random(n) < 0.15 * week)] = "neutral"
    said[(meant == "absent") & (rng.random(n) < 0.2)] = "negative"
    likes = rng.negative_binomial(2, 2 / (2 + np.exp(1.0 + 0.7 * (meant == "positive"))))
    return pd.DataFrame(
        {
            "post_id": [str(i) for i in range(n)],
            "parent_id": np.where(np.arange(n) % 300 == np.arange(n), None, "0"),
            "target": "t",
            "group": group,
            "lang": rng.choice(["zh-Hans", "en"], n),
            "label": said,
            "score": pd.Series(said).map({k: 0.4 * v for k, v in SIGN.items()}),
            "mention_kind": np.where(said == "absent", None, "named"),
            "author": [f"u{i % 1200}" for i in range(n)],
            "thread_id": [f"t{i % 300}" for i in range(n)],
            "created_at": FIRST + pd.to_timedelta(7 * week, "D"),
            "comment": (np.arange(n) >= 300).astype(float),
            "likes": likes,
            "likes_at_least": False,
            "text": "text",
            "meant": meant,
        }
    )


def drawn(posts, share=0.2, seed=2):
    chosen = np.random.default_rng(seed).random(len(posts)) < share
    return pd.DataFrame({"post_id": posts["post_id"][chosen], "value": posts["meant"][chosen], "pi": share})


@pytest.fixture(scope="module")
def posts():
    return population()


@pytest.fixture(scope="module")
def both(posts):
    return coded_outcomes(posts, drawn(posts))


def least_squares(posts, *columns):
    """What everybody's codes would give."""
    about = (posts["meant"] != "absent").to_numpy()
    x = np.column_stack([np.ones(len(posts)), *columns])[about]
    return np.linalg.lstsq(x, posts["meant"].map(SIGN).to_numpy(dtype=float)[about], rcond=None)[0][1:]


def weeks(posts):
    return ((posts["created_at"] - FIRST) / pd.Timedelta(days=7)).to_numpy()


def row(table, version, term, level=None):
    found = table[(table["version"] == version) & (table["term"] == term)]
    return (found if level is None else found[found["level_of"] == level]).iloc[0]


@pytest.mark.parametrize("method", ["ppi++", "dsl"])
def test_the_trend_of_a_group_comes_back(posts, both, method):
    table = trend_coefficients(both, ["a", "b"], Settings(method=method))
    part = posts[posts["group"] == "a"]
    truth = least_squares(part, weeks(part))[0]
    of_a = table[table["id"] == "a"]
    corrected, naive = (row(of_a, version, "week") for version in ("corrected", "naive"))
    assert corrected["low"] <= truth <= corrected["high"]
    assert not naive["low"] <= truth <= naive["high"]
    assert row(of_a, "human", "week")["n_coded"] == corrected["n_coded"] > 300


def test_the_regression_of_stance_contains_what_was_planted(posts, both):
    table = stance_coefficients(both, ["a", "b"], Settings())
    columns = [posts["group"] == "b", posts["lang"] == "en", posts["comment"], weeks(posts)]
    truth = least_squares(posts, *(np.asarray(c, dtype=float) for c in columns))
    terms = [("group", "b"), ("language", "en"), ("comment", None), ("week", None)]
    for (term, level), value in zip(terms, truth, strict=True):
        for version in ("human", "corrected"):
            found = row(table, version, term, level)
            assert found["low"] <= value <= found["high"], (term, version)
    naive, corrected = (row(table, v, "group", "b") for v in ("naive", "corrected"))
    assert not naive["low"] <= truth[0] <= naive["high"]
    assert corrected["high"] - corrected["low"] > naive["high"] - naive["low"]


def test_a_language_that_nobody_coded_stays_out_of_every_version(posts):
    codes = drawn(posts)
    chinese = posts.loc[posts["lang"] == "zh-Hans", "post_id"]
    table = stance_coefficients(
        coded_outcomes(posts, codes[codes["post_id"].isin(chinese)]), ["a", "b"], Settings()
    )
    assert "language" not in set(table["term"])
    assert (table["n"] == len(chinese)).all()


def test_likes_go_with_what_people_read_and_not_with_what_is_labelled(posts):
    table = like_coefficients(
        posts.assign(stance=posts["label"]),
        {"group": ("a", "b"), "stance": ("absent", *SIGN)},
        drawn(posts),
        "t",
        Settings(),
        collected=dt.datetime(2025, 3, 1, tzinfo=dt.UTC),
    )
    comments = table[table["model"] == "likes comments"]
    truth = np.exp(0.7)
    naive, corrected = (row(comments, v, "stance", "positive") for v in ("naive", "corrected"))
    assert corrected["low"] <= truth <= corrected["high"]
    # what is missed among the positive lifts the neutral ones, whose likes are those of everybody
    hidden = [row(comments, v, "stance", "neutral") for v in ("naive", "corrected")]
    assert not hidden[0]["low"] <= 1.0 <= hidden[0]["high"]
    assert hidden[1]["low"] <= 1.0 <= hidden[1]["high"]
    assert naive["n_authors"] > corrected["n_authors"]
    assert set(comments["labelled"]) == {"regressor"}


def test_a_jump_at_an_event_in_three_versions(posts, both):
    at = FIRST + pd.Timedelta(days=14)
    window = ("Dark", at, FIRST, FIRST + pd.Timedelta(days=28), "a")
    table = interrupted_coefficients(both, [window], Settings())
    assert table["id"].unique().tolist() == ["Dark | a"]
    part = posts[posts["group"] == "a"]
    time = weeks(part) - 2
    after = (time >= 0).astype(float)
    truth = least_squares(part, time, after, time * after)
    for term, value in (("level", truth[1]), ("slope", truth[2])):
        assert row(table, "corrected", term)["low"] <= value <= row(table, "corrected", term)["high"]


def test_too_few_codes_give_no_coefficient_but_labels_do(posts):
    few = coded_outcomes(posts, drawn(posts).head(40))
    table = trend_coefficients(few, ["a"], Settings())
    assert np.isnan(row(table, "corrected", "week")["estimate"])
    assert row(table, "corrected", "week")["reason"] == "fewer than 50 codes"
    assert np.isfinite(row(table, "naive", "week")["estimate"])


def test_the_order_of_the_posts_changes_nothing(posts, both):
    mixed = coded_outcomes(posts.sample(frac=1.0, random_state=3), drawn(posts))
    there, back = (stance_coefficients(p, ["a", "b"], Settings()) for p in (both, mixed))
    pd.testing.assert_frame_equal(there, back)
