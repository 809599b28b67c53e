from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse
from discourse.compare.gap import estimate_gap
from discourse.errors import NotMeasurable, ParameterError

METHODS = ["ppi++", "dsl", "naive", "human"]


def coded(seed: int = 0, n: int = 3000, share: float = 0.15) -> pd.DataFrame:
    """True shares .30 and .40, labels that err more in one group, positives coded twice as often."""
    rng = np.random.default_rng(seed)
    a = rng.integers(0, 600, n)
    second = a % 2 == 1
    y = rng.random(n) < np.where(second, 0.4, 0.3)
    hit, miss = np.where(second, 0.92, 0.70), np.where(second, 0.20, 0.05)
    label = rng.random(n) < np.where(y, hit, miss)
    pi = np.where(label, 2.0, 1.0)
    pi = np.minimum(1.0, pi * share / pi.mean())
    return pd.DataFrame(
        {
            "pred": label.astype(int),
            "code": np.where(rng.random(n) < pi, y, np.nan),
            "group": np.where(second, "b", "a"),
            "author": a,
            "thread": rng.integers(0, 40, n),
            "pi": pi,
        }
    )


@pytest.mark.parametrize("method", METHODS)
def test_one_row_with_the_promised_columns(method):
    frame = coded()
    row = estimate_gap(frame, method=method)
    assert row.shape[0] == 1
    assert row.columns[:5].tolist() == ["estimate", "low", "high", "n", "n_coded"]
    assert row.loc[0, "low"] < row.loc[0, "estimate"] < row.loc[0, "high"]
    assert (row.loc[0, "n"], row.loc[0, "n_coded"]) == (3000, frame["code"].notna().sum())
    assert row.loc[0, "method"].startswith(method)


def test_planted_gap_is_recovered_by_the_corrections_and_missed_by_the_labels():
    estimates = {m: [] for m in METHODS}
    hits = dict.fromkeys(METHODS, 0)
    for seed in range(40):
        frame = coded(seed)
        for m in METHODS:
            row = discourse.estimate_gap(frame, method=m).iloc[0]
            estimates[m].append(row["estimate"])
            hits[m] += row["low"] <= -0.1 <= row["high"]
    assert np.mean(estimates["naive"]) < -0.2
    assert hits["naive"] == 0
    for m in ("ppi++", "dsl", "human"):
        assert np.mean(estimates[m]) == pytest.approx(-0.1, abs=0.03)
        assert hits[m] >= 34


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.sampled_from(METHODS))
def test_swapping_the_groups_flips_the_gap(seed, method):
    frame = coded(seed, 600, 0.3)
    one = estimate_gap(frame, method=method).iloc[0]
    two = estimate_gap(frame, method=method, groups=("b", "a")).iloc[0]
    assert one["estimate"] == pytest.approx(-two["estimate"], abs=0.02 if method == "dsl" else 1e-9)
    if method != "dsl":  # its folds are drawn anew for the other order
        assert (one["low"], one["high"]) == pytest.approx((-two["high"], -two["low"]))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.sampled_from(METHODS))
def test_shuffling_the_rows_changes_no_digit(seed, method):
    frame = coded(seed % 20, 500, 0.3).astype({"author": "object"})
    frame.loc[::9, "author"] = None
    mixed = frame.sample(frac=1.0, random_state=seed)
    pd.testing.assert_frame_equal(
        estimate_gap(frame, method=method), estimate_gap(mixed, method=method), check_exact=True
    )


def test_same_seed_same_folds():
    frame = coded(1, 600, 0.2)
    one, two = (estimate_gap(frame, method="dsl", seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    assert estimate_gap(frame, method="dsl", seed=4).loc[0, "estimate"] != one.loc[0, "estimate"]


def test_the_level_is_obeyed():
    frame = coded()
    wide, narrow = estimate_gap(frame, level=0.99).iloc[0], estimate_gap(frame, level=0.8).iloc[0]
    assert wide["low"] < narrow["low"] < narrow["high"] < wide["high"]


def test_scores_are_as_good_as_labels():
    rng = np.random.default_rng(2)
    frame = coded(2)
    true = rng.normal(size=3000) + 0.5 * (frame["group"] == "a")
    frame["pred"] = true + 0.5 * rng.normal(size=3000) + 0.4 * (frame["group"] == "b")
    frame["code"] = true.where(rng.random(3000) < 0.2)
    frame["pi"] = 0.2
    naive = estimate_gap(frame, method="naive").iloc[0]
    row = estimate_gap(frame).iloc[0]
    assert naive["high"] < 0.5
    assert row["low"] < 0.5 < row["high"]
    assert row["high"] - row["low"] < np.subtract(
        *estimate_gap(frame, method="human")[["high", "low"]].iloc[0]
    )


@pytest.mark.parametrize("cluster", ["author", ("author",), ("author", "thread"), ["thread"]])
def test_clusters_by_one_name_or_two(cluster):
    assert np.isfinite(estimate_gap(coded(), cluster=cluster).loc[0, "se"])


def test_truth_values_texts_as_groups_and_unknown_labels():
    frame = coded()
    frame["pred"] = frame["pred"].astype("boolean")
    frame.loc[:4, "pred"] = pd.NA
    frame["code"] = frame["code"].astype("boolean")
    frame["group"] = frame["group"].map({"a": "hosts", "b": "newcomers"}).astype("category")
    row = estimate_gap(frame, groups=("hosts", "newcomers")).iloc[0]
    assert (row["n"], row["n_missing"]) == (2995, 5)


def test_naive_needs_no_probability_and_no_code():
    frame = coded().drop(columns="pi").assign(code=np.nan)
    row = estimate_gap(frame, method="naive").iloc[0]
    assert row["n_coded"] == 0
    with pytest.raises(NotMeasurable, match="was coded"):
        estimate_gap(frame.assign(pi=0.1))


def test_a_group_without_codes_or_posts_is_refused_with_its_name():
    frame = coded()
    with pytest.raises(NotMeasurable, match="no post of group 'b' was coded"):
        estimate_gap(frame.assign(code=frame["code"].where(frame["group"] == "a")))
    with pytest.raises(NotMeasurable, match="'z' has no post"):
        estimate_gap(frame, groups=("a", "z"))
    with pytest.raises(NotMeasurable, match="with an outcome"):
        estimate_gap(frame.assign(pred=frame["pred"].where(frame["group"] == "a")))
    with pytest.raises(NotMeasurable):
        estimate_gap(frame.iloc[:0])


def test_one_cluster_and_no_variation_are_refused():
    frame = coded()
    with pytest.raises(NotMeasurable, match=r"one cluster \(thread\)"):
        estimate_gap(frame.assign(thread=1))
    with pytest.raises(NotMeasurable, match="nothing varies"):
        estimate_gap(frame.assign(pred=1, code=frame["code"].where(frame["code"].isna(), 1.0)))


def test_bad_input_is_named():
    frame = coded()
    for column in ("pred", "code", "group", "author", "thread", "pi"):
        with pytest.raises(ParameterError, match=f"'{column}'"):
            estimate_gap(frame.drop(columns=column))
    with pytest.raises(ParameterError, match="unknown method"):
        estimate_gap(frame, method="ppi")
    for wrong in (0.0, 1.2, np.nan):
        with pytest.raises(ParameterError, match="inclusion probability"):
            estimate_gap(frame.assign(pi=wrong))
    with pytest.raises(ParameterError, match="not a number"):
        estimate_gap(frame.assign(code="yes"))


def test_probabilities_of_uncoded_posts_are_not_read():
    frame = coded()
    blank = frame.assign(pi=frame["pi"].where(frame["code"].notna()))
    pd.testing.assert_frame_equal(estimate_gap(frame), estimate_gap(blank))
