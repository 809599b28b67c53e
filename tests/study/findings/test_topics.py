"""Topics of a study: one half discovers and the other is tested, covariates, a grid beside the fixed number."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.study.findings.topics import topic_tables
from discourse.topics.halves import discovery_half

CATS = ["cats", "kittens", "purring", "whiskers", "paws", "feline"]
LAW = ["court", "lawsuit", "judges", "ruling", "verdict", "lawyers"]
N = 960


@pytest.fixture
def talk(posts, material):
    """Make a study of two groups, of which the first speaks more of cats."""

    def make(**topics):
        rng = np.random.default_rng(0)
        group = np.where(np.arange(N) // 2 % 2 == 0, "a", "b")
        cats = rng.random(N) < np.where(group == "a", 0.8, 0.3)
        texts = [" ".join(map(str, rng.choice(CATS if c else LAW, 8))) for c in cats]
        frame = posts(
            *texts,
            author=[f"u{i // 2:03}" for i in range(N)],
            thread_id=[f"t{i % 60}" for i in range(N)],
            lang="en",
            parent_id=[None if i % 5 else "p1" for i in range(N)],
            created_at=pd.date_range("2025-01-13", periods=N, freq="h", tz="UTC").astype(
                "datetime64[us, UTC]"
            ),
        ).assign(group=group)
        study = {
            "topics": {"n_topics": 2, "fits": 3} | topics,
            "groups": [{"name": name, "any": [{"ip": "US"}]} for name in "ab"],
        }
        return material(frame, study)

    return make


def cat_topic(tables) -> int:
    top = tables["topic_words"].drop_duplicates("topic").set_index("topic")["word"]
    return next(int(topic) for topic, word in top.items() if word in CATS)


def test_discovered_on_one_half_and_tested_on_the_other(talk):
    made = talk(inference="split")
    tables = topic_tables(made)
    half = discovery_half(made.readable["author"], made.study.study.seed)
    tested = made.readable[~half]
    row = tables["topic_contrasts"].set_index("topic").loc[cat_topic(tables)]
    assert [row["n_a"], row["n_b"]] == [int((tested["group"] == g).sum()) for g in "ab"]
    assert row["authors_a"] == tested.loc[tested["group"] == "a", "author"].nunique()
    assert row["low"] < 0.5 < row["high"]
    assert row["p_adjusted"] < 0.001
    # Topics of other authors are a fixed instrument: nothing is added for them, and the method says so.
    assert pd.isna(row["model_share"])
    assert row["method"].endswith("topics learned from one half of the authors")
    assert tables["topic_covariates"]["n"].max() <= len(tested)
    assert tables["topics"]["stability"].notna().all()


def test_in_the_same_posts_the_uncertainty_of_the_model_is_in_the_intervals(talk):
    tables = topic_tables(talk())
    assert tables["topic_contrasts"]["model_share"].notna().all()
    assert "topic_grid" not in tables
    assert "3 fits" in tables["topic_covariates"].loc[0, "method"]


def test_covariates_that_a_study_names_are_asked_beside_the_group(talk):
    tables = topic_tables(talk(covariates=["kind", "week"], fits=0))
    found = tables["topic_covariates"]
    assert found["term"].unique().tolist() == ["group", "kind", "week"]
    row = found[(found["topic"] == cat_topic(tables)) & (found["term"] == "group")].iloc[0]
    assert (row["level_of"], row["reference"]) == ("b", "a")
    assert row["low"] < -0.5 < row["high"]
    assert "topic_covariates" not in topic_tables(talk(covariates=[], fits=0))


@pytest.mark.parametrize("inference", ["same", "split"])
def test_a_grid_is_judged_beside_the_number_that_the_study_fixes(talk, inference):
    tables = topic_tables(talk(grid=[3], fits=0, covariates=[], inference=inference))
    grid = tables["topic_grid"].set_index("n_topics")
    assert grid["used"].to_dict() == {2: True, 3: False}
    assert grid["chosen"].sum() == 1
    assert len(tables["topics"]) == 2
