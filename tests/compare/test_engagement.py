"""What goes with likes: planted ratios are found, lower bounds are no counts, associations are ratios."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from discourse.compare.engagement import engagement, like_terms
from discourse.errors import ParameterError

TERMS = {"group": ("hosts", "newcomers"), "language": ("zh", "en", "mixed")}
COLLECTED = dt.datetime(2025, 2, 1, tzinfo=dt.UTC)


def liked(seed=0, ratio=2.0, n_threads=150, n_comments=20):
    """Mixed posts earn `ratio` times the likes; nothing else does."""
    rng = np.random.default_rng(seed)
    n = n_threads * (n_comments + 1)
    thread = np.repeat(np.arange(n_threads), n_comments + 1)
    opens = np.tile(np.arange(n_comments + 1) == 0, n_threads)
    author = rng.integers(0, 600, n)
    language = rng.choice(["zh", "en", "mixed"], n, p=[0.5, 0.3, 0.2])
    age = rng.uniform(24, 400, n)
    tone = rng.normal(scale=0.4, size=n_threads)[thread] + rng.normal(scale=0.3, size=600)[author]
    mu = np.exp(1.0 + np.log(ratio) * (language == "mixed") + 0.5 * np.log(age / 100) + tone)
    likes = rng.negative_binomial(1.5, 1.5 / (1.5 + mu))
    ids = np.array([f"{t}-{i}" for t, i in zip(thread, np.arange(n) % (n_comments + 1), strict=True)])
    return pd.DataFrame(
        {
            "post_id": ids,
            "parent_id": np.where(opens, None, np.char.add(thread.astype(str), "-0")),
            "thread_id": thread.astype(str),
            "author": author.astype(str),
            "group": np.where(author % 2, "hosts", "newcomers"),
            "language": language,
            "likes": likes,
            "likes_at_least": False,
            "text": ["x" * k for k in rng.integers(5, 90, n)],
            "created_at": pd.Timestamp(COLLECTED) - pd.to_timedelta(age, "h"),
        }
    )


def ratio_of(table, term, value, model="comments"):
    rows = table[(table["model"] == model) & (table["term"] == term)]
    return (rows if value is None else rows[rows["level_of"] == value]).iloc[0]


def test_a_planted_ratio_is_found_and_the_other_terms_hold_one():
    table = engagement(liked(), TERMS, collected=COLLECTED)
    mixed = ratio_of(table, "language", "mixed")
    assert mixed["low"] < 2.0 < mixed["high"]
    assert mixed["low"] > 1.5
    for term, value in (("group", "newcomers"), ("language", "en")):
        row = ratio_of(table, term, value)
        assert row["low"] < 1.0 < row["high"]


def test_age_is_a_covariate_with_its_planted_exponent():
    age = ratio_of(engagement(liked(), TERMS, collected=COLLECTED), "log_age", None)
    assert age["low"] < np.exp(0.5) < age["high"]


def test_likes_shown_as_a_lower_bound_do_not_pull_the_ratio_down():
    posts = liked(ratio=3.0)
    shown = posts.assign(likes=posts["likes"].clip(upper=10), likes_at_least=posts["likes"] >= 10)
    right = ratio_of(engagement(shown, TERMS, collected=COLLECTED), "language", "mixed")
    wrong = ratio_of(
        engagement(shown.assign(likes_at_least=False), TERMS, collected=COLLECTED), "language", "mixed"
    )
    assert right["low"] < 3.0 < right["high"]
    assert wrong["high"] < 3.0
    assert right["n_censored"] == shown["likes_at_least"][shown["parent_id"].notna()].sum()


def test_another_reference_turns_the_ratio_over():
    posts = liked()
    one = ratio_of(engagement(posts, TERMS, collected=COLLECTED), "group", "newcomers")
    turned = TERMS | {"group": ("newcomers", "hosts")}
    other = ratio_of(engagement(posts, turned, collected=COLLECTED), "group", "hosts")
    assert one["estimate"] * other["estimate"] == pytest.approx(1.0, abs=1e-4)


def test_values_with_few_authors_are_left_out():
    posts = liked()
    posts.loc[posts["author"].isin(["1", "3", "5"]), "group"] = "rare"
    table = engagement(posts, TERMS | {"group": ("hosts", "newcomers", "rare")}, collected=COLLECTED)
    assert "rare" not in set(table["level_of"].dropna())


def test_p_is_adjusted_within_each_model():
    table = engagement(liked(), TERMS, collected=COLLECTED)
    for _, part in table.groupby("model"):
        assert (part["p_adjusted"] >= part["p"] - 1e-15).all()


def test_too_few_posts_are_not_measurable_and_a_missing_column_is_named():
    table = engagement(liked(n_threads=5), TERMS, collected=COLLECTED)
    assert table["estimate"].isna().all()
    assert table["reason"].str.startswith("fewer than").all()
    with pytest.raises(ParameterError, match="likes"):
        engagement(liked().drop(columns="likes"), TERMS)


def test_stance_and_language_become_terms():
    posts = pd.DataFrame({"post_id": ["1", "2"], "group": "g", "lang": ["zh-Hant", "en"]})
    scored = pd.DataFrame({"post_id": ["1"], "target": "t", "label": "negative"})
    out, terms = like_terms(posts, scored, "t", ["g"])
    assert out["stance"].tolist() == ["negative", "absent"]
    assert out["language"].tolist() == ["zh", "en"]
    assert terms["stance"][0] == "absent"
