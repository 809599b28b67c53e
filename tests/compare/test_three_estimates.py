"""Three versions of each figure: codes alone, labels alone, corrected."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.questions import Asked
from discourse.compare.spans import Phase
from discourse.compare.three_estimates import (
    MIN_CODED,
    Settings,
    coded_outcomes,
    event_versions,
    group_versions,
    pair_versions,
    phase_versions,
    question_versions,
)

LABELS = ("positive", "neutral", "negative", "absent")
SHIFT = pd.Timestamp("2025-01-19", tz="Asia/Shanghai")


def population(n=4000, seed=1, langs=("zh-Hans", "zh-Hans")):
    """Posts of two groups with a planted label and an instrument that takes positive for neutral in one."""
    rng = np.random.default_rng(seed)
    group = rng.choice(["a", "b"], n)
    late = rng.random(n) < 0.5
    shares = {"a": (0.5, 0.2, 0.1, 0.2), "b": (0.3, 0.3, 0.2, 0.2)}
    meant = np.array([rng.choice(LABELS, p=shares[g]) for g in group])
    meant[(group == "a") & late & (meant == "positive") & (rng.random(n) < 0.4)] = "negative"
    said = meant.copy()
    said[(group == "a") & (meant == "positive") & (rng.random(n) < 0.35)] = "neutral"
    said[(meant == "absent") & (rng.random(n) < 0.2)] = "neutral"
    score = pd.Series(said).map({"positive": 0.4, "neutral": 0.0, "negative": -0.4, "absent": np.nan})
    return pd.DataFrame(
        {
            "post_id": [str(i) for i in range(n)],
            "target": "t",
            "group": group,
            "lang": np.where(group == "a", langs[0], langs[1]),
            "platform": "p",
            "label": said,
            "score": score,
            "mention_kind": np.where(said == "absent", None, "named"),
            "author": [f"u{i % 1200}" for i in range(n)],
            "thread_id": [f"t{i % 300}" for i in range(n)],
            "created_at": np.where(late, SHIFT + pd.Timedelta(days=1), SHIFT - pd.Timedelta(days=1)),
            "meant": meant,
        }
    ).astype({"created_at": "datetime64[us, UTC]"})


def drawn(posts, n=800, seed=2):
    """Codes without error of a sample in which labels other than absent are drawn twice as often."""
    rng = np.random.default_rng(seed)
    weight = np.where(posts["label"] == "absent", 1.0, 2.0)
    pi = np.minimum(1.0, n * weight / weight.sum())
    chosen = rng.random(len(posts)) < pi
    return pd.DataFrame(
        {"post_id": posts["post_id"][chosen], "value": posts["meant"][chosen], "pi": pi[chosen]}
    )


@pytest.fixture(scope="module")
def posts():
    return population()


@pytest.fixture(scope="module")
def both(posts):
    return coded_outcomes(posts, drawn(posts))


def share(posts, group, label):
    mentions = posts[(posts["group"] == group) & (posts["meant"] != "absent")]
    return float((mentions["meant"] == label).mean())


def cell(table, version, **values):
    for name, value in values.items():
        table = table[table[name] == value]
    return table[table["version"] == version].iloc[0]


@pytest.mark.parametrize("group", ["a", "b"])
@pytest.mark.parametrize("label", ["positive", "neutral", "negative"])
def test_corrected_shares_contain_what_was_planted(posts, both, group, label):
    table = group_versions(both, ["a", "b"], Settings())
    truth = share(posts, group, label)
    for version in ("human", "corrected"):
        row = cell(table, version, group=group, outcome=label, lang="all")
        assert row["low"] <= truth <= row["high"], version


def test_labels_alone_exclude_what_was_planted_and_look_surer(posts, both):
    table = group_versions(both, ["a"], Settings())
    naive = cell(table, "naive", outcome="positive", lang="all")
    corrected = cell(table, "corrected", outcome="positive", lang="all")
    assert not naive["low"] <= share(posts, "a", "positive") <= naive["high"]
    assert naive["high"] - naive["low"] < corrected["high"] - corrected["low"]


def test_the_correction_is_narrower_than_codes_alone(both):
    table = group_versions(both, ["a", "b"], Settings())
    wide = table[table["lang"] == "all"].assign(width=lambda t: t["high"] - t["low"])
    wide = wide.pivot_table(index=["group", "outcome"], columns="version", values="width")
    assert (wide["corrected"] <= wide["human"] * 1.02).mean() > 0.8
    assert wide["corrected"].median() < 0.9 * wide["human"].median()


def test_a_difference_that_errors_hide_comes_back(posts, both):
    truth = share(posts, "a", "positive") - share(posts, "b", "positive")
    table = pair_versions(both, [("a", "b")], Settings())
    corrected = cell(table, "corrected", outcome="positive", lang="all")
    naive = cell(table, "naive", outcome="positive", lang="all")
    assert corrected["low"] <= truth <= corrected["high"]
    assert not naive["low"] <= truth <= naive["high"]


@pytest.mark.parametrize("method", ["ppi++", "dsl"])
def test_swapping_the_groups_flips_the_sign(both, method):
    settings = Settings(method=method)
    there = pair_versions(both, [("a", "b")], settings)
    back = pair_versions(both, [("b", "a")], settings)
    assert there["estimate"].to_numpy() == pytest.approx(-back["estimate"].to_numpy(), nan_ok=True)


def test_the_order_of_the_posts_changes_nothing(posts, both):
    shuffled = coded_outcomes(posts.sample(frac=1.0, random_state=3), drawn(posts))
    pd.testing.assert_frame_equal(
        group_versions(both, ["a"], Settings()), group_versions(shuffled, ["a"], Settings())
    )


def test_before_and_after_an_event(posts, both):
    table = event_versions(both, ["a"], [("dark", SHIFT)], Settings())
    mentions = posts[(posts["group"] == "a") & (posts["meant"] != "absent")]
    late = mentions["created_at"] >= SHIFT
    truth = (mentions["meant"][late] == "negative").mean() - (mentions["meant"][~late] == "negative").mean()
    row = cell(table, "corrected", outcome="negative")
    assert row["low"] <= truth <= row["high"]
    assert row["id"] == "dark"


def test_phases_and_their_changes_contain_what_was_planted(posts, both):
    phases = [Phase("early"), Phase("late", SHIFT.to_pydatetime())]
    table = phase_versions(both, ["a"], phases, Settings())
    mentions = posts[(posts["group"] == "a") & (posts["meant"] != "absent")]
    late = mentions["created_at"] >= SHIFT
    negative = [(mentions["meant"][side] == "negative").mean() for side in (late, ~late)]
    figures = {"late": negative[0], "early": negative[1], "late vs early": negative[0] - negative[1]}
    for name, truth in figures.items():
        row = cell(table, "corrected", outcome="negative", id=name)
        assert row["low"] <= truth <= row["high"], name


def test_a_phase_of_which_nothing_is_known_is_left_out(both):
    phases = [Phase("before"), Phase("all", pd.Timestamp("2025-01-01", tz="UTC").to_pydatetime())]
    table = phase_versions(both, ["a"], phases, Settings())
    assert set(table["id"]) == {"all"}


def test_questions_have_the_figures_of_their_groups(both):
    asked = [Asked("H1", "?", "positive:t", ("a",)), Asked("H2", "?", "balance:t", ("a", "b"))]
    found = question_versions(both, asked, Settings())
    groups, pairs = group_versions(both, ["a"], Settings()), pair_versions(both, [("a", "b")], Settings())
    same = cell(groups, "corrected", outcome="positive", lang="all")
    assert cell(found, "corrected", id="H1")["estimate"] == same["estimate"]
    same = cell(pairs, "corrected", outcome="balance", lang="all")
    assert cell(found, "corrected", id="H2")["estimate"] == same["estimate"]


def test_too_few_codes_give_no_figure_but_labels_do(posts):
    few = coded_outcomes(posts, drawn(posts).head(MIN_CODED - 1))
    table = group_versions(few, ["a"], Settings())
    row = cell(table, "corrected", outcome="positive", lang="all")
    assert np.isnan(row["estimate"])
    assert row["reason"] == f"fewer than {MIN_CODED} codes"
    assert np.isfinite(cell(table, "naive", outcome="positive", lang="all")["estimate"])


def test_groups_of_two_languages_are_compared_only_where_both_are_coded():
    posts = population(langs=("zh-Hans", "en"))
    codes = drawn(posts)
    compared = pair_versions(coded_outcomes(posts, codes), [("a", "b")], Settings())
    assert compared["estimate"].notna().all()
    one_sided = codes[codes["post_id"].isin(posts.loc[posts["group"] == "a", "post_id"])]
    refused = pair_versions(coded_outcomes(posts, one_sided), [("a", "b")], Settings())
    assert refused["estimate"].isna().all()
    assert refused["reason"].str.contains("nobody has checked the instrument in both").all()


def test_a_post_about_its_own_author_stays_out_of_means_but_not_out_of_coverage(posts):
    own = posts.assign(mention_kind=posts["mention_kind"].where(posts.index % 5 > 0, "self"))
    own.loc[own["label"] == "absent", "mention_kind"] = None
    both = coded_outcomes(own, drawn(own))
    alone = both["mention_kind"] == "self"
    assert (both.loc[alone & both["value"].notna(), "code_about"] == 0.0).all()
    assert both.loc[alone, "code_positive"].isna().all()
    coded = alone & both["value"].notna() & (both["value"] != "absent")
    assert (both.loc[coded, "code_mention"] == 1.0).all()


def test_coding_everybody_gives_the_truth_itself(posts):
    everybody = posts.rename(columns={"meant": "value"})[["post_id", "value"]].assign(pi=1.0)
    table = group_versions(coded_outcomes(posts, everybody), ["a"], Settings())
    for version in ("human", "corrected"):
        row = cell(table, version, outcome="positive", lang="all")
        assert row["estimate"] == pytest.approx(share(posts, "a", "positive"))
