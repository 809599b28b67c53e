"""Shares of topics on several traits of posts at once."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from discourse.compare.prevalence import prevalence_contrasts
from discourse.compare.topic_covariates import topic_covariates, topic_terms
from discourse.errors import ParameterError
from discourse.tables import TOPIC_COVARIATES
from discourse.topics.fit import fit_topics
from discourse.topics.stability import Refits, refit

CATS = ["cats", "kittens", "purring", "whiskers", "paws", "feline"]
LAW = ["court", "lawsuit", "judges", "ruling", "verdict", "lawyers"]
TERMS = {"group": ("a", "b"), "language": ("zh", "en"), "week": None}


def posts(n: int = 900, seed: int = 0) -> pd.DataFrame:
    """Draw posts of two groups; the second one mostly writes English."""
    rng = np.random.default_rng(seed)
    group = np.where(np.arange(n) % 2 == 0, "a", "b")
    english = rng.random(n) < np.where(group == "a", 0.2, 0.8)
    return pd.DataFrame(
        {
            "group": group,
            "language": np.where(english, "en", "zh"),
            "week": rng.random(n) * 3,
            "author": [f"u{i % 300}" for i in range(n)],
            "thread_id": [f"t{i % 70}" for i in range(n)],
        }
    )


def planted(frame: pd.DataFrame, seed: int = 0) -> SimpleNamespace:
    """Make shares in which language and week matter and the group does not."""
    rng = np.random.default_rng(100 + seed)
    first = 0.3 + 0.3 * (frame["language"] == "en") + 0.1 * (frame["week"] - frame["week"].mean())
    first = np.clip(first + rng.normal(0, 0.05, len(frame)), 0, 1)
    shares = np.column_stack([first, 1 - first])
    return SimpleNamespace(
        prevalence=shares, topic_langs=["zh+en"] * 2, stated="", labels=lambda: ["cats", "law"]
    )


def test_planted_differences_are_found_and_a_group_that_only_differs_in_language_does_not_differ():
    frame = posts()
    model = planted(frame)
    table = topic_covariates(model, frame, TERMS)
    assert table.columns.tolist() == TOPIC_COVARIATES.names
    cats = table[table["topic"] == 0].set_index("term")
    for term, value in (("group", 0.0), ("language", 0.3), ("week", 0.1)):
        assert cats.loc[term, "low"] < value < cats.loc[term, "high"]
    assert cats.loc["language", "p_adjusted"] < 1e-6
    assert cats.loc["language", ["level_of", "reference", "n"]].tolist() == [
        "en",
        "zh",
        int((frame["language"] == "en").sum()),
    ]
    apart = topic_covariates(model, frame, {"group": ("a", "b")}).set_index("topic").loc[0]
    assert apart["low"] > 0.1  # alone, the group stands for its language


def test_one_factor_alone_is_the_difference_of_the_groups():
    texts = [" ".join(np.random.default_rng(i).choice(CATS if i % 3 else LAW, 8)) for i in range(600)]
    frame = posts(600)
    model = fit_topics(texts, 2)
    table = topic_covariates(model, frame, {"group": ("b", "a")})
    groups = prevalence_contrasts(model, frame, [("a", "b")])
    np.testing.assert_allclose(table["estimate"], groups["estimate"], atol=1e-10)
    np.testing.assert_allclose(table["se"], groups["se"], rtol=0.1)


def test_the_spread_over_fits_of_the_model_is_added_by_rubins_rules():
    frame = posts()
    model = planted(frame)
    rows = np.arange(0, 900, 3)
    shares = np.stack([planted(frame, seed).prevalence[rows] for seed in (1, 2, 3)]).astype(np.float32)
    fits = Refits(rows, shares, np.ones((3, 2)), np.ones(3), True)
    alone, both = (topic_covariates(model, frame, TERMS, refits=f).iloc[1] for f in (None, fits))
    x = np.column_stack(
        [
            np.ones(900),
            frame["group"] == "b",
            frame["language"] == "en",
            frame["week"] - frame["week"].mean(),
        ]
    ).astype(float)[rows]
    drawn = [np.linalg.lstsq(x, fit[:, 0].astype(float), rcond=None)[0][2] for fit in shares]
    added = (1 + 1 / 3) * np.var(drawn, ddof=1)
    assert both["se"] == pytest.approx((alone["se"] ** 2 + added) ** 0.5)
    assert both["model_share"] == pytest.approx(added / (alone["se"] ** 2 + added))
    assert pd.isna(alone["model_share"])
    assert "3 fits to author samples" in both["method"]


def test_fits_to_samples_of_the_authors_go_in_as_they_come():
    texts = [" ".join(np.random.default_rng(i).choice(CATS if i % 3 else LAW, 8)) for i in range(600)]
    frame = posts(600)
    model = fit_topics(texts, 2)
    table = topic_covariates(model, frame, TERMS, refits=refit(model, frame["author"], n_fits=3))
    assert table["model_share"].between(0, 1).all()


def test_p_is_adjusted_over_the_topics_term_by_term():
    frame = posts()
    model = planted(frame)
    table = topic_covariates(model, frame, TERMS)
    for _, part in table.groupby("term"):
        np.testing.assert_allclose(part["p_adjusted"], stats.false_discovery_control(part["p"]))


def test_the_order_of_posts_changes_nothing():
    frame = posts()
    model, order = planted(frame), np.random.default_rng(1).permutation(900)
    turned = SimpleNamespace(**(vars(model) | {"prevalence": model.prevalence[order]}))
    pd.testing.assert_frame_equal(
        topic_covariates(model, frame, TERMS),
        topic_covariates(turned, frame.iloc[order], TERMS),
        rtol=1e-9,
    )


def test_what_cannot_be_told_says_why():
    frame = posts()
    model = planted(frame)
    twice = topic_covariates(model, frame.assign(again=frame["group"]), TERMS | {"again": ("a", "b")})
    assert twice["reason"].unique().tolist() == ["the regressors cannot be told apart"]
    few = frame.assign(author="u1")
    assert topic_covariates(model, few, {"week": None})["reason"].iloc[0] == "fewer than 100 authors"
    rare = frame.assign(group=["c" if i < 5 else g for i, g in enumerate(frame["group"])])
    assert set(topic_covariates(model, rare, {"group": ("a", "b", "c")})["level_of"]) == {"b"}
    with pytest.raises(ParameterError, match="899 posts"):
        topic_covariates(model, frame.iloc[1:], TERMS)
    with pytest.raises(ParameterError, match="colour"):
        topic_covariates(model, frame, {"colour": None})


def test_a_study_names_its_covariates_and_what_does_not_vary_is_left_out():
    frame = pd.DataFrame(
        {
            "group": ["a", "b", "a"],
            "lang": ["zh-Hans", "en", "en"],
            "parent_id": [None, "1", "1"],
            "created_at": pd.to_datetime(["2025-01-13", "2025-01-20", None], utc=True),
            "likes": [0, 9, None],
            "text": ["one", "two", "three"],
            "platform": "x",
            "verified": [True, False, True],
            "followers": [1.0, 2.5, 4.0],
        }
    )
    names = ("language", "kind", "week", "likes", "length", "platform", "verified", "followers")
    made, terms = topic_terms(frame, ["a", "b"], names)
    assert "platform" not in terms
    assert terms["kind"] == ("opening", "comment")
    assert terms["verified"] == ("True", "False")
    assert [name for name, values in terms.items() if values is None] == [
        "week",
        "likes",
        "length",
        "followers",
    ]
    assert made["week"].tolist()[:2] == [0.0, 1.0]
    assert made["likes"].tolist()[:2] == pytest.approx([0.0, np.log(10)])
    with pytest.raises(ParameterError, match="colour"):
        topic_terms(frame, ["a", "b"], ["colour"])
