from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as oracle

import discourse
from discourse.compare.contrasts import contrast, estimate_mean, group_estimate, share_interval
from discourse.errors import NotMeasurable, ParameterError

COLUMNS = [
    "estimate", "low", "high", "effect", "p", "n_a", "n_b", "clusters_a", "clusters_b", "method",
]  # fmt: skip


def posts(seed: int = 0, n: int = 600, gap: float = 0.0, thread_sd: float = 0.3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    a, t = rng.integers(0, 200, n), rng.integers(0, 30, n)
    group = np.where(a % 3 == 0, "a", "b")
    score = rng.normal(size=n) + 0.5 * rng.normal(size=200)[a] + thread_sd * rng.normal(size=30)[t]
    return pd.DataFrame(
        {
            "score": score + gap * (group == "a"),
            "group": group,
            "author": [f"u{k:04d}" for k in a],
            "thread": [f"t{k}" for k in t],
        }
    )


def test_one_row_with_the_promised_columns():
    row = contrast(posts())
    assert row.shape[0] == 1
    assert row.columns[:10].tolist() == COLUMNS
    assert row.loc[0, "low"] < row.loc[0, "estimate"] < row.loc[0, "high"]


def test_a_planted_gap_is_recovered():
    row = discourse.contrast(posts(1, 3000, gap=0.6)).iloc[0]
    assert row["low"] < 0.6 < row["high"]
    assert row["p"] < 0.001
    assert row["effect"] == pytest.approx(0.5, abs=0.15)


def test_hedges_g_by_hand():
    frame = posts(2)
    a, b = (frame.loc[frame["group"] == g, "score"] for g in "ab")
    pooled = np.sqrt((a.var() * (len(a) - 1) + b.var() * (len(b) - 1)) / 598)
    expected = (a.mean() - b.mean()) / pooled * (1 - 3 / (4 * 598 - 1))
    assert contrast(frame).loc[0, "effect"] == pytest.approx(expected)


def test_independent_posts_come_close_to_welch():
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({"score": rng.normal(size=400), "group": ["a"] * 150 + ["b"] * 250})
    frame["author"] = range(400)
    row = contrast(frame, cluster="author").iloc[0]
    welch = oracle.ttest_ind(frame["score"][:150], frame["score"][150:], equal_var=False)
    assert row["p"] == pytest.approx(welch.pvalue, abs=0.01)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_swapping_the_groups_flips_estimate_and_interval(seed):
    frame = posts(seed, 300)
    one, two = contrast(frame).iloc[0], contrast(frame, groups=("b", "a")).iloc[0]
    for left, right in (("estimate", "estimate"), ("low", "high"), ("high", "low"), ("effect", "effect")):
        assert one[left] == pytest.approx(-two[right])
    assert (one["p"], one["n_a"]) == (pytest.approx(two["p"]), two["n_b"])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_shuffling_the_rows_changes_no_digit(seed):
    frame = posts(seed % 50, 300)
    frame.loc[::7, "author"] = None
    mixed = frame.sample(frac=1.0, random_state=seed)
    pd.testing.assert_frame_equal(contrast(frame), contrast(mixed), check_exact=True)


def test_the_seed_changes_nothing_because_nothing_is_drawn():
    pd.testing.assert_frame_equal(contrast(posts(), seed=1), contrast(posts(), seed=2))


def test_threads_widen_the_interval_that_authors_alone_would_give():
    frame = posts(3, 2000, thread_sd=1.0)
    wide, narrow = contrast(frame).iloc[0], contrast(frame, cluster="author").iloc[0]
    assert wide["high"] - wide["low"] > narrow["high"] - narrow["low"]


def test_cluster_may_be_one_name_or_a_tuple_of_one_or_carry_another_name():
    frame = posts()
    pd.testing.assert_frame_equal(contrast(frame, cluster="author"), contrast(frame, cluster=("author",)))
    renamed = contrast(frame.rename(columns={"thread": "thread_id"}), cluster=("author", "thread_id"))
    assert renamed.loc[0, "se"] == contrast(frame).loc[0, "se"]
    assert renamed.loc[0, "n_thread_id_a"] == contrast(frame).loc[0, "n_thread_a"]


def test_counts_are_those_of_the_posts_used():
    frame = posts()
    frame.loc[:9, "score"] = np.nan
    row = contrast(frame).iloc[0]
    used = frame.iloc[10:]
    for g in "ab":
        part = used[used["group"] == g]
        assert row[f"n_{g}"] == len(part)
        assert row[f"clusters_{g}"] == part["author"].nunique()
        assert row[f"n_thread_{g}"] == part["thread"].nunique()
    assert row["n_missing"] == 10


def test_an_unknown_author_is_an_author_of_its_own():
    frame = posts(n=100)
    frame["author"] = None
    row = contrast(frame).iloc[0]
    assert row["clusters_a"] == row["n_a"]
    frame["author"] = [f"x{k}" for k in range(100)]
    assert contrast(frame).loc[0, "se"] == pytest.approx(row["se"])


@pytest.mark.parametrize("dtype", [bool, "boolean", "Int64", "Float64", object])
def test_truth_values_and_nullable_numbers_are_read(dtype):
    frame = posts()
    frame["score"] = (frame["score"] > 0).astype(dtype)
    share = frame.groupby("group")["score"].apply(lambda s: s.astype(float).mean())
    assert contrast(frame).loc[0, "estimate"] == pytest.approx(share["a"] - share["b"])


def test_other_groups_and_unknown_ones_are_left_out():
    frame = posts()
    extra = frame.assign(group="c", score=99.0)
    unknown = frame.assign(group=None, score=99.0)
    row = contrast(pd.concat([frame, extra, unknown], ignore_index=True))
    assert row.loc[0, "estimate"] == pytest.approx(contrast(frame).loc[0, "estimate"])
    numbered = frame.assign(group=frame["group"].map({"a": 1, "b": 2}))
    assert contrast(numbered, groups=(1, 2)).loc[0, "estimate"] == pytest.approx(row.loc[0, "estimate"])


def test_a_group_without_posts_is_refused_with_its_name():
    with pytest.raises(NotMeasurable, match="'z' has no post"):
        contrast(posts(), groups=("a", "z"))
    half = posts().assign(score=lambda f: f["score"].where(f["group"] == "a"))
    with pytest.raises(NotMeasurable, match="no post with an outcome"):
        contrast(half)
    with pytest.raises(NotMeasurable):
        contrast(posts().iloc[:0])


def test_one_cluster_is_refused():
    frame = posts()
    with pytest.raises(NotMeasurable, match="one cluster"):
        contrast(frame.assign(thread="t0"))
    with pytest.raises(NotMeasurable, match="group 'b' lie in one cluster"):
        contrast(frame.assign(thread=frame["thread"].where(frame["group"] == "a", "t0")))


def test_a_constant_outcome_is_refused_rather_than_certain():
    with pytest.raises(NotMeasurable, match="does not vary"):
        contrast(posts().assign(score=0.1))
    with pytest.raises(NotMeasurable, match="does not vary"):
        group_estimate(posts().assign(score=0.1))
    frame = posts()
    with pytest.raises(NotMeasurable, match="does not vary"):
        contrast(frame.assign(score=(frame["group"] == "a") * 1.0))


def test_missing_columns_and_bad_parameters_are_named():
    frame = posts()
    with pytest.raises(ParameterError, match="'thread'"):
        contrast(frame.drop(columns="thread"))
    with pytest.raises(ParameterError, match="'score'"):
        contrast(frame.drop(columns="score"))
    with pytest.raises(ParameterError, match="not a number"):
        contrast(frame.assign(score="good"))
    with pytest.raises(ParameterError, match="two different groups"):
        contrast(frame, groups=("a", "a"))
    for cluster in ((), ("author", "thread", "group"), ("author", "author")):
        with pytest.raises(ParameterError, match="one or two columns"):
            contrast(frame, cluster=cluster)
    with pytest.raises(ParameterError, match="level"):
        contrast(frame, level=95)


def test_the_frame_is_not_touched():
    frame = posts()
    before = frame.copy()
    contrast(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_group_estimate_is_the_mean_with_its_counts():
    frame = posts().query("group == 'a'")
    row = group_estimate(frame).iloc[0]
    assert row["estimate"] == pytest.approx(frame["score"].mean())
    assert (row["n"], row["n_authors"]) == (len(frame), frame["author"].nunique())
    assert row["n_threads"] == frame["thread"].nunique()
    assert row["low"] < row["estimate"] < row["high"]
    assert pd.isna(group_estimate(frame, cluster="author").loc[0, "n_threads"])


def test_the_interval_of_a_share_stays_within_zero_and_one():
    frame = posts().query("group == 'a'")
    rare = frame.assign(score=(frame["score"] > 2.4) * 1.0)
    row = group_estimate(rare).iloc[0]
    assert 0.0 < row["low"] < row["estimate"] < row["high"] < 1.0
    assert row["high"] - row["estimate"] > row["estimate"] - row["low"]
    none = group_estimate(frame.assign(score=0.0)).iloc[0]
    assert (none["estimate"], none["low"]) == (0.0, 0.0)
    assert 0.05 < none["high"] < 0.2  # as if each of 30 threads were one observation


def test_share_interval_is_wilsons_at_the_effective_size():
    z = oracle.norm.ppf(0.975)
    n, p = 50.0, 0.2
    low = (p + z * z / (2 * n) - z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)
    assert share_interval(p, p * (1 - p) / n, 1e9, 50, 0.95)[0] == pytest.approx(low)


def test_estimate_mean_works_on_arrays():
    found = estimate_mean(np.array([0.1, 0.5, 0.3, 0.2]), np.arange(4), np.array([0, 1, 0, 1]))
    assert found.estimate == pytest.approx(0.275)
    assert found.n_clusters == (4, 2)


def test_the_bootstrap_is_seeded_named_and_blind_to_the_order_of_rows():
    frame = posts(4, 800, gap=0.8)
    asked = {"interval": "bootstrap", "n_draws": 400, "seed": 7}
    row = contrast(frame, **asked)
    pd.testing.assert_frame_equal(
        row, contrast(frame.sample(frac=1.0, random_state=1), **asked), check_exact=True
    )
    assert row.loc[0, "method"] == (
        "pigeonhole bootstrap (author x thread), symmetric studentised, 400 draws, seed 7"
    )
    assert row.loc[0, "low"] != contrast(frame, interval="bootstrap", n_draws=400).loc[0, "low"]
    assert row.loc[0, "low"] < 0.8 < row.loc[0, "high"]
    assert row.loc[0, "p"] == pytest.approx(1 / 401)
    assert np.isnan(row.loc[0, "df"])


@pytest.mark.parametrize("seed", range(6))
def test_p_and_interval_of_the_bootstrap_agree(seed):
    row = contrast(posts(seed, 400, gap=0.35), interval="bootstrap", n_draws=300).iloc[0]
    assert (row["p"] < 0.05) == (row["low"] > 0 or row["high"] < 0)


def test_both_intervals_are_alike_where_there_are_many_clusters():
    frame = posts(3, 4000)
    one = contrast(frame, cluster="author").iloc[0]
    two = contrast(frame, cluster="author", interval="bootstrap").iloc[0]
    assert two["method"].startswith("cluster bootstrap (author)")
    assert (two["high"] - two["low"]) == pytest.approx(one["high"] - one["low"], rel=0.15)


def test_a_bootstrapped_share_stays_within_its_range():
    frame = posts(5).assign(score=lambda f: (f["score"] > 2.4).astype(float))
    row = group_estimate(frame, interval="bootstrap", n_draws=500).iloc[0]
    assert 0.0 <= row["low"] < row["estimate"] < row["high"]
    assert row["method"] == "pigeonhole bootstrap (author x thread), BCa, 500 draws, seed 0"
    none = group_estimate(frame.assign(score=0.0), interval="bootstrap").iloc[0]
    assert "Wilson" in none["method"]
    assert none["high"] > 0.0


def test_an_unknown_interval_or_too_few_draws_are_refused():
    for run in (contrast, group_estimate):
        with pytest.raises(ParameterError, match="unknown interval"):
            run(posts(), interval="bayes")
        with pytest.raises(ParameterError, match="n_draws"):
            run(posts(), interval="bootstrap", n_draws=10)
