from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.compare.decomposition import bootstrap_parts, gap_influence, gap_parts, split_gap
from discourse.errors import NotMeasurable, ParameterError
from discourse.stats import clustered_mean, influence_variance


def drawn(rng: np.random.Generator, mix: float, apart: float, n: int = 240) -> pd.DataFrame:
    """Two groups and two topics: group g speaks ``mix`` more of the warm topic, and ``apart`` warmer."""
    rows = []
    threads = rng.normal(0, 0.1, 80)
    for author in range(n):
        first = author % 2 == 0
        base = rng.normal(0, 0.3) + (apart if first else 0.0)
        for _ in range(1 + rng.poisson(1)):
            warm = rng.random() < 0.5 + (mix / 2 if first else -mix / 2)
            thread = int(rng.integers(80))
            score = base + 0.4 * warm + threads[thread] + rng.normal(0, 0.3)
            rows.append((f"a{author}", f"t{thread}", "g" if first else "h", int(warm), score))
    frame = pd.DataFrame(rows, columns=["author", "thread_id", "group", "topic", "score"])
    return frame.assign(
        post_id=[f"{i:05d}" for i in range(len(frame))],
        lang="en",
        target="refugees",
        label="positive",
        mention_kind="named",
    )


def parts_of(frame: pd.DataFrame, **asked) -> pd.DataFrame:
    topics = frame[["post_id", "lang", "topic"]]
    scored = frame.drop(columns="topic")
    return gap_parts(scored, topics, [("g", "h")], instrument="lexicon", **asked).set_index("part")


def test_the_formula_by_hand():
    # group a: 3 posts of topic 0 (mean .5), 1 of topic 1 (mean 0); group b: 1 (mean .1) and 3 (mean -.2)
    gap, mix, within = split_gap([[3, 1], [1, 3]], [[1.5, 0.0], [0.1, -0.6]])
    assert gap == pytest.approx(1.5 / 4 - (-0.5) / 4)
    assert mix == pytest.approx((0.75 - 0.25) * (0.5 + 0.1) / 2 + (0.25 - 0.75) * (0.0 - 0.2) / 2)
    assert within == pytest.approx(0.5 * (0.5 - 0.1) + 0.5 * (0.0 + 0.2))
    assert mix + within == pytest.approx(gap)


def test_a_topic_of_one_group_only_counts_for_the_mix():
    gap, mix, within = split_gap([[2, 2], [4, 0]], [[0.0, 2.0], [0.0, 0.0]])
    assert (gap, mix, within) == pytest.approx((0.5, 0.5, 0.0))


@pytest.mark.parametrize(("mix", "apart"), [(0.5, 0.0), (0.0, 0.3), (0.5, 0.3)])
def test_planted_parts_are_recovered_within_their_intervals(mix, apart):
    table = parts_of(drawn(np.random.default_rng(8), mix, apart, n=600))
    assert table.loc["topics", "low"] < 0.4 * mix < table.loc["topics", "high"]
    assert table.loc["stance", "low"] < apart < table.loc["stance", "high"]


def test_the_gap_is_that_of_a_plain_contrast():
    frame = drawn(np.random.default_rng(3), 0.4, 0.2)
    row = parts_of(frame).loc["gap"]
    sides = frame.groupby("group")["score"].mean()
    assert row["estimate"] == pytest.approx(sides["g"] - sides["h"])
    codes = [pd.factorize(frame[name])[0] for name in ("author", "thread_id")]
    plain = clustered_mean(frame["score"], codes, groups=(frame["group"] == "h").astype(int))
    # the contrast mends large clusters, which widens it a little
    assert row["high"] - row["low"] == pytest.approx(plain.high - plain.low, rel=0.08)


def test_the_bootstrap_over_authors_agrees_with_the_influence_values():
    frame = drawn(np.random.default_rng(3), 0.4, 0.2, n=600)
    groups = (frame["group"] == "h").to_numpy().astype(np.int64)
    topics, authors = frame["topic"].to_numpy(), pd.factorize(frame["author"])[0].astype(np.int64)
    values = frame["score"].to_numpy()
    _, influence = gap_influence(values, groups, topics)
    draws = bootstrap_parts(values, groups, topics, authors, n_draws=2000)
    for k in range(3):
        se = influence_variance(influence[:, k], [authors]).variance ** 0.5
        assert draws[:, k].std() == pytest.approx(se, rel=0.08)


def test_the_bootstrap_interval_is_asked_for_by_name_and_the_same_for_the_same_seed():
    frame = drawn(np.random.default_rng(3), 0.4, 0.2)
    there = parts_of(frame, interval="bootstrap", n_draws=200, seed=4)
    pd.testing.assert_frame_equal(
        there, parts_of(frame.iloc[::-1], interval="bootstrap", n_draws=200, seed=4)
    )
    assert there.loc["gap", "method"].startswith("Kitagawa split, author bootstrap")
    with pytest.raises(ParameterError):
        parts_of(frame, interval="jackknife")
    with pytest.raises(ParameterError):
        parts_of(frame, interval="bootstrap", n_draws=5)


def test_small_topics_are_one():
    frame = drawn(np.random.default_rng(3), 0.0, 0.2)
    rare = frame.index[:6]
    frame.loc[rare, "topic"] = np.arange(2, 8)
    assert parts_of(frame).loc["gap", "n_topics"] == 3


def test_groups_that_share_no_language_are_not_compared():
    frame = drawn(np.random.default_rng(3), 0.0, 0.2)
    topics = frame[["post_id", "topic"]].assign(lang="zh+en")
    scored = frame.assign(lang=np.where(frame["group"] == "g", "zh-Hans", "en")).drop(columns="topic")
    table = gap_parts(scored, topics, [("g", "h")], instrument="lexicon")
    assert table["estimate"].isna().all()
    assert table.loc[0, "reason"].startswith("the groups differ in language")


def test_refuses_a_group_without_posts():
    with pytest.raises(NotMeasurable):
        gap_influence(np.array([1.0]), np.array([0]), np.array([0]))


posts = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 3), st.floats(-1, 1)), min_size=4, max_size=30
).filter(lambda found: {g for g, _, _ in found} == {0, 1})


@given(posts)
def test_the_parts_add_up_and_influence_values_sum_to_zero(found):
    groups, topics, values = (np.array(column) for column in zip(*found, strict=True))
    parts, influence = gap_influence(values.astype(float), groups.astype(np.int64), topics.astype(np.int64))
    assert parts[0] == pytest.approx(parts[1] + parts[2], abs=1e-9)
    assert parts[0] == pytest.approx(values[groups == 0].mean() - values[groups == 1].mean(), abs=1e-9)
    assert np.abs(influence.sum(axis=0)).max() < 1e-9


@given(posts)
def test_swapping_the_groups_turns_every_sign(found):
    groups, topics, values = (np.array(column) for column in zip(*found, strict=True))
    there, _ = gap_influence(values.astype(float), groups.astype(np.int64), topics.astype(np.int64))
    back, _ = gap_influence(values.astype(float), 1 - groups.astype(np.int64), topics.astype(np.int64))
    assert back == pytest.approx(-there, abs=1e-9)
