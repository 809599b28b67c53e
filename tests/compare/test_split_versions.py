"""What a gap and a change are made of, in three versions that each add up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.decomposition import split_gap
from discourse.compare.spans import Phase
from discourse.compare.split_versions import CHANGE, GAP, change_versions, gap_versions
from discourse.compare.three_estimates import Settings, coded_outcomes, pair_versions, phase_versions

NOON = pd.Timestamp("2025-01-19 12:00", tz="UTC")
PHASES = [Phase("early"), Phase("late", NOON.to_pydatetime())]


@pytest.fixture(scope="module")
def made():
    """Group a speaks more of the warm topic 1, and is warmer within topics, where labels miss a third."""
    rng = np.random.default_rng(0)
    n = 3000
    author = rng.integers(0, 700, n)
    first = author % 2 == 0
    topic = (rng.random(n) < np.where(first, 0.7, 0.3)).astype(int)
    late = rng.random(n) < np.where(author < 200, 0.05, 0.6)
    warm = rng.random(n) < 0.2 + 0.3 * topic + 0.25 * first
    meant = np.where(rng.random(n) < 0.2, "absent", np.where(warm, "positive", "neutral"))
    missed = (meant == "positive") & first & (rng.random(n) < 0.33)
    said = np.where(missed, "neutral", meant)
    posts = pd.DataFrame(
        {
            "post_id": [f"{i:04d}" for i in range(n)],
            "target": "t",
            "group": np.where(first, "a", "b"),
            "lang": "zh-Hans",
            "label": said,
            "score": np.where(said == "absent", np.nan, (said == "positive").astype(float)),
            "mention_kind": np.where(said == "absent", None, "named"),
            "author": [f"u{i:03d}" for i in author],
            "thread_id": [f"t{i}" for i in rng.integers(0, 150, n)],
            "created_at": np.where(late, NOON + pd.Timedelta(hours=2), NOON - pd.Timedelta(hours=2)),
        }
    ).astype({"created_at": "datetime64[us, UTC]"})
    drawn = rng.random(n) < 0.3
    codes = pd.DataFrame({"post_id": posts["post_id"][drawn], "value": meant[drawn], "pi": 0.3})
    topics = pd.DataFrame({"post_id": posts["post_id"], "lang": "zh", "topic": topic})
    return coded_outcomes(posts, codes), topics


def of(table, version):
    return table[table["version"] == version].set_index("part")


@pytest.mark.parametrize("method", ["ppi++", "dsl"])
def test_the_parts_of_each_version_add_up_to_the_gap_or_change_of_that_version(made, method):
    posts, topics = made
    settings = Settings(method=method)
    gap = gap_versions(posts, topics, [("a", "b")], settings)
    change = change_versions(posts, ["a"], PHASES, settings)
    whole = pair_versions(posts, [("a", "b")], settings)
    phases = phase_versions(posts, ["a"], PHASES, settings)
    whole = whole[(whole["outcome"] == "mean") & (whole["lang"] == "all")].set_index("version")
    phases = phases[(phases["outcome"] == "mean") & (phases["figure"] == "change")].set_index("version")
    for version in ("human", "naive", "corrected"):
        parts, moved = of(gap, version)["estimate"], of(change, version)["estimate"]
        assert parts["gap"] == pytest.approx(parts[list(GAP[1:])].sum(), abs=1e-12)
        assert moved["change"] == pytest.approx(moved[list(CHANGE[1:])].sum(), abs=1e-12)
        assert parts["gap"] == pytest.approx(whole.loc[version, "estimate"], abs=1e-9)
        assert moved["change"] == pytest.approx(phases.loc[version, "estimate"], abs=1e-9)


def test_corrected_parts_hold_what_was_planted_where_labels_alone_do_not(made):
    posts, topics = made
    table = gap_versions(posts, topics, [("a", "b")], Settings())
    planted = {"topics": 0.4 * 0.3, "stance": 0.25}
    for part, truth in planted.items():
        row = of(table, "corrected").loc[part]
        assert row["low"] <= truth <= row["high"], part
    naive = of(table, "naive").loc["stance"]
    assert not naive["low"] <= planted["stance"] <= naive["high"]


def test_labels_alone_are_split_as_everywhere(made):
    posts, topics = made
    about = posts[posts["mean"].notna()].merge(topics[["post_id", "topic"]], on="post_id")
    cells = about.groupby(["group", "topic"], observed=True)["mean"].agg(["size", "sum"])
    known = split_gap(cells["size"].to_numpy().reshape(2, 2), cells["sum"].to_numpy().reshape(2, 2))
    table = gap_versions(posts, topics, [("a", "b")], Settings())
    assert of(table, "naive").loc[list(GAP), "estimate"].tolist() == pytest.approx(known.tolist())
    assert set(table["n_topics"]) == {2}
    assert set(table["n"]) == {len(about)}


def test_a_topic_with_few_codes_joins_the_others(made):
    posts, topics = made
    rare = topics.assign(topic=topics["topic"].where(topics.index >= 60, 7))
    assert set(gap_versions(posts, rare, [("a", "b")], Settings())["n_topics"]) <= {1, 2}


def test_without_codes_labels_alone_are_split_and_the_others_have_a_reason(made):
    posts, topics = made
    few = posts.assign(**{name: posts[name].where(posts.index < 100) for name in ("code_about", "code_mean")})
    table = gap_versions(few, topics, [("a", "b")], Settings())
    assert of(table, "naive")["estimate"].notna().all()
    assert of(table, "corrected")["estimate"].isna().all()
    assert set(of(table, "human")["reason"]) == {"fewer than 50 codes"}


def test_a_change_of_few_authors_is_not_split(made):
    posts, _ = made
    assert change_versions(posts, ["a"], PHASES, Settings(min_cell=300)).empty
