"""Means, shares and contrasts among mentions: what counts, what is refused, what is recovered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.sentiment import group_sentiment, mention_outcomes, sentiment_contrasts, too_small
from discourse.errors import ParameterError


def posts(
    n_authors=150, n_threads=30, per_author=3, groups=("hosts", "visitors"), lang="zh-Hans", seed=1, shift=0.0
):
    """Make scored posts with author and thread effects; ``shift`` is added to the first group."""
    rng = np.random.default_rng(seed)
    rows = []
    thread_effect = rng.normal(0, 0.1, n_threads)
    for g, group in enumerate(groups):
        for author in range(n_authors):
            author_effect = rng.normal(0, 0.15)
            for _ in range(per_author):
                thread = int(rng.integers(n_threads))
                noise = rng.normal(0, 0.2)
                value = 0.2 + (shift if g == 0 else 0.0) + author_effect + thread_effect[thread] + noise
                score = float(np.clip(value, -1, 1))
                label = "neutral" if abs(score) < 0.15 else ("positive" if score > 0 else "negative")
                rows.append((f"{group}-{author}", f"t{thread}", group, lang, label, score, "named"))
    frame = pd.DataFrame(
        rows, columns=["author", "thread_id", "group", "lang", "label", "score", "mention_kind"]
    )
    return frame.assign(
        target="refugees", platform="xiaohongshu", post_id=[str(i) for i in range(len(frame))]
    )


def cell(table, **keys):
    wanted = {"lang": "all", "mention_kind": "all"} | keys
    found = table
    for name, value in wanted.items():
        if name in found.columns:
            found = found[found[name] == value]
    assert len(found) == 1, found
    return found.iloc[0]


def test_means_and_shares_are_those_of_the_mentions():
    frame = posts()
    table = group_sentiment(frame, instrument="i")
    hosts = frame[frame["group"] == "hosts"]
    assert cell(table, group="hosts", measure="mean")["estimate"] == pytest.approx(hosts["score"].mean())
    for label in ("positive", "neutral", "negative"):
        share = (hosts["label"] == label).mean()
        assert cell(table, group="hosts", measure=label)["estimate"] == pytest.approx(share)
    balance = (hosts["label"] == "positive").mean() - (hosts["label"] == "negative").mean()
    assert cell(table, group="hosts", measure="balance")["estimate"] == pytest.approx(balance)


def test_shares_of_positive_neutral_and_negative_add_up_to_one():
    table = group_sentiment(posts(), instrument="i")
    shares = [cell(table, group="hosts", measure=m)["estimate"] for m in ("positive", "neutral", "negative")]
    assert sum(shares) == pytest.approx(1.0)


def test_absent_posts_count_for_coverage_only():
    frame = posts()
    absent = frame.assign(label="absent", score=np.nan, mention_kind=None, author="silent " + frame["author"])
    table = group_sentiment(pd.concat([frame, absent], ignore_index=True), instrument="i")
    alone = group_sentiment(frame, instrument="i")
    assert cell(table, group="hosts", measure="coverage")["estimate"] == pytest.approx(0.5)
    assert cell(table, group="hosts", measure="mean")["estimate"] == pytest.approx(
        cell(alone, group="hosts", measure="mean")["estimate"]
    )


def test_self_reference_counts_for_coverage_and_stays_out_of_means_and_shares():
    frame = posts()
    own = frame.assign(label="neutral", score=np.nan, mention_kind="self")
    outcomes = mention_outcomes(own)
    assert (outcomes["mention"] == 1.0).all()
    assert outcomes[["mean", "positive", "neutral", "negative", "balance"]].isna().all().all()
    table = group_sentiment(pd.concat([frame, own], ignore_index=True), instrument="i")
    alone = group_sentiment(frame, instrument="i")
    for measure in ("mean", "neutral"):
        assert cell(table, group="hosts", measure=measure)["estimate"] == pytest.approx(
            cell(alone, group="hosts", measure=measure)["estimate"]
        )


@pytest.mark.parametrize(
    ("authors", "threads", "reason"),
    [(99, 30, "fewer than 100 authors"), (150, 19, "fewer than 20 threads")],
)
def test_a_small_group_gets_a_reason_and_no_figure(authors, threads, reason):
    table = group_sentiment(posts(n_authors=authors, n_threads=threads), instrument="i")
    row = cell(table, group="hosts", measure="mean")
    assert row["reason"] == reason
    assert np.isnan(row["estimate"])
    assert row["n_authors"] == authors


def test_a_cell_below_the_minimum_prints_no_count():
    table = group_sentiment(posts(n_authors=9), instrument="i", min_cell=10)
    row = cell(table, group="hosts", measure="mean")
    assert row["n"] is pd.NA
    assert row["n_authors"] is pd.NA
    assert row["reason"] == "fewer than 10 authors"


def test_an_empty_group_says_that_nobody_mentions_the_target():
    frame = posts().assign(label="absent", score=np.nan, mention_kind=None)
    row = cell(group_sentiment(frame, instrument="i"), group="hosts", measure="mean")
    assert row["reason"] == "no post of this group mentions the target"


def test_every_estimate_carries_n_interval_method_and_instrument():
    table = group_sentiment(posts(), instrument="lexicon 1 abc")
    given = table[table["reason"].isna()]
    assert (given["instrument"] == "lexicon 1 abc").all()
    assert (
        given[["estimate", "low", "high", "level", "n", "n_authors", "n_threads", "method"]]
        .notna()
        .all()
        .all()
    )
    assert ((given["low"] <= given["estimate"]) & (given["estimate"] <= given["high"])).all()


def test_the_order_of_posts_changes_nothing():
    frame = posts()
    shuffled = frame.sample(frac=1.0, random_state=3)
    pd.testing.assert_frame_equal(
        group_sentiment(frame, instrument="i"), group_sentiment(shuffled, instrument="i")
    )


def test_a_planted_gap_lies_within_its_interval():
    table = sentiment_contrasts(posts(shift=0.15), instrument="i", seed=0)
    row = cell(table, outcome="mean")
    assert row["low"] < 0.15 < row["high"]
    assert row["p_adjusted"] < 0.05
    assert row["effect"] > 0


def test_swapping_the_groups_flips_the_sign():
    frame = posts(shift=0.15)
    one = cell(sentiment_contrasts(frame, [("hosts", "visitors")], instrument="i", seed=0), outcome="mean")
    other = cell(sentiment_contrasts(frame, [("visitors", "hosts")], instrument="i", seed=0), outcome="mean")
    assert one["estimate"] == pytest.approx(-other["estimate"])
    assert one["low"] == pytest.approx(-other["high"])
    assert one["p"] == pytest.approx(other["p"])


def test_adjusted_p_values_are_never_below_the_raw_ones():
    table = sentiment_contrasts(posts(shift=0.05), instrument="i", seed=0)
    known = table[table["p"].notna()]
    assert (known["p_adjusted"] >= known["p"] - 1e-15).all()


@pytest.mark.parametrize("trait", ["lang", "platform"])
def test_groups_that_share_no_language_or_platform_are_not_compared(trait):
    frame = posts(shift=0.3)
    visitors = frame["group"] == "visitors"
    frame.loc[visitors, trait] = "en" if trait == "lang" else "reddit"
    row = cell(sentiment_contrasts(frame, instrument="i", seed=0), outcome="mean")
    assert np.isnan(row["estimate"])
    assert ("language" if trait == "lang" else "platform") in row["reason"]
    assert "checked" in row["reason"]


def test_within_one_language_they_are():
    frame = posts(shift=0.3, per_author=4)
    visitors = frame["group"] == "visitors"
    english = visitors & (np.arange(len(frame)) % 4 != 0)
    frame.loc[english, "lang"] = "en"
    table = sentiment_contrasts(frame, instrument="i", seed=0)
    assert cell(table, outcome="mean")["reason"] is not pd.NA
    within = cell(table, outcome="mean", lang="zh")
    assert within["low"] < 0.3 < within["high"]


def test_a_missing_column_is_named():
    with pytest.raises(ParameterError, match="thread_id"):
        group_sentiment(posts().drop(columns="thread_id"), instrument="i")


def test_no_posts_give_an_empty_table():
    assert group_sentiment(posts().iloc[:0], instrument="i").empty
    assert sentiment_contrasts(posts().iloc[:0], instrument="i", seed=0).empty


def test_too_small_names_authors_before_threads():
    assert (
        too_small(pd.DataFrame({"author": [], "thread_id": []}))
        == "no post of this group mentions the target"
    )
    assert too_small(posts(n_authors=50, n_threads=5).query("group == 'hosts'")) == "fewer than 100 authors"
    assert too_small(posts().query("group == 'hosts'")) is None


def test_a_post_without_a_label_is_unknown_in_everything():
    frame = posts()
    unknown = frame.assign(label=None, score=np.nan, mention_kind=None, author="mute " + frame["author"])
    both = group_sentiment(pd.concat([frame, unknown], ignore_index=True), instrument="i")
    alone = group_sentiment(frame, instrument="i")
    for measure in ("mean", "positive"):
        assert (
            cell(both, group="hosts", measure=measure)["n"]
            == cell(alone, group="hosts", measure=measure)["n"]
        )
    assert mention_outcomes(unknown)[["mention", "mean"]].isna().all().all()


def test_the_bootstrap_runs_on_request_and_says_so():
    frame = posts()
    table = group_sentiment(frame, instrument="i", interval="bootstrap", seed=3)
    methods = table.loc[table["estimate"].notna(), "method"]
    assert len(methods)
    assert methods.str.contains("bootstrap|Wilson").all()
    means = table.loc[(table["measure"] == "mean") & table["estimate"].notna(), "method"]
    assert means.str.endswith("symmetric studentised, 2000 draws, seed 3").all()
    pairs = sentiment_contrasts(frame, instrument="i", interval="bootstrap", seed=3)
    known = pairs.loc[pairs["estimate"].notna(), "method"]
    assert known.str.endswith("seed 3").all()
