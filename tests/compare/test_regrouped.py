"""Figures of groups corrected for authors whom the rules misplace."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.questions import Asked
from discourse.compare.regrouped import GroupedAuthors, regrouped_versions
from discourse.compare.three_estimates import Settings, coded_outcomes, group_versions, pair_versions

TRUE = {"a": (0.55, 0.25, 0.1, 0.1), "b": (0.2, 0.4, 0.2, 0.2), "c": (0.3, 0.3, 0.2, 0.2)}
LABELS = np.array(["positive", "neutral", "negative", "absent"])


def collected(seed=0, n=900, errs=(0.1, 0.2, 0.1)):
    """Posts of three groups; a rule that misplaces authors, and labels that err more in one group."""
    rng = np.random.default_rng(seed)
    true = rng.choice(list("abc"), n, p=[0.5, 0.35, 0.15])
    wrong = rng.random(n) < pd.Series(true).map(dict(zip("abc", errs, strict=True)))
    rule = np.where(wrong, pd.Series(true).map({"a": "b", "b": "a", "c": "a"}), true)
    names = np.array([f"u{i:04d}" for i in range(n)])
    who = np.repeat(np.arange(n), rng.geometric(0.35, n))
    meant = np.array([rng.choice(LABELS, p=TRUE[g]) for g in true[who]])
    said = np.where(
        (true[who] == "a") & (meant == "positive") & (rng.random(who.size) < 0.2), "neutral", meant
    )
    posts = pd.DataFrame(
        {
            "post_id": [f"{i:05d}" for i in range(who.size)],
            "target": "t",
            "group": rule[who],
            "true": true[who],
            "lang": "zh-Hans",
            "label": said,
            "score": pd.Series(said).map({"positive": 0.5, "neutral": 0.0, "negative": -0.5}),
            "mention_kind": np.where(said == "absent", None, "named"),
            "author": names[who],
            "thread_id": [f"t{i}" for i in rng.integers(0, 150, who.size)],
            "meant": meant,
        }
    )
    drawn = rng.random(who.size) < 0.3
    codes = pd.DataFrame({"post_id": posts["post_id"][drawn], "value": meant[drawn], "pi": 0.3})
    authors = pd.DataFrame({"author": names, "group": rule})
    per = {g: min(1.0, 50 / (rule == g).sum()) for g in "abc"}
    pi = authors["group"].map(per)
    known = rng.random(n) < pi
    return posts, codes, authors.assign(value=pd.Series(true).where(known), pi=pi.where(known))


@pytest.fixture(scope="module")
def made():
    posts, codes, authors = collected()
    return posts, coded_outcomes(posts, codes), GroupedAuthors(authors)


def share(posts, group, label="positive"):
    spoken = posts[(posts["true"] == group) & (posts["meant"] != "absent")]
    return float((spoken["meant"] == label).mean())


def row_of(table, version, **values):
    for name, value in ({"lang": "all", "version": version} | values).items():
        table = table[table[name] == value]
    return table.iloc[0]


def holds(row, truth):
    return row["low"] <= truth <= row["high"]


def test_a_difference_that_the_rule_and_the_labels_hide_comes_back(made):
    posts, coded, known = made
    truth = share(posts, "a") - share(posts, "b")
    labels = pair_versions(coded, [("a", "b")], Settings())
    both = regrouped_versions(coded, known, ["a", "b"], [("a", "b")], Settings())
    found = {"figure": "difference", "outcome": "positive"}
    assert not holds(row_of(labels, "naive", **found), truth)
    assert not holds(row_of(labels, "corrected", **found), truth)
    row = row_of(both, "both", **found)
    assert holds(row, truth)
    assert (row["high"] - row["low"]) > (lambda r: r["high"] - r["low"])(row_of(labels, "corrected", **found))
    for group in "ab":
        one = row_of(both, "both", figure="group", group=group, outcome="positive")
        assert holds(one, share(posts, group))
        assert (
            one["n"] == row_of(group_versions(coded, [group], Settings()), "naive", outcome="positive")["n"]
        )


def test_with_a_rule_that_never_errs_the_figures_are_those_of_corrected_labels():
    posts, codes, authors = collected(1, 400, errs=(0.0, 0.0, 0.0))
    coded = coded_outcomes(posts, codes)
    both = regrouped_versions(coded, GroupedAuthors(authors), ["a", "b"], [], Settings())
    alone = group_versions(coded, ["a", "b"], Settings())
    for group in "ab":
        for outcome in ("positive", "mean", "balance"):
            cell = {"group": group, "outcome": outcome}
            assert row_of(both, "both", **cell)["estimate"] == pytest.approx(
                row_of(alone, "corrected", **cell)["estimate"], abs=1e-9
            )
            assert row_of(both, "groups", **cell)["estimate"] == pytest.approx(
                row_of(alone, "naive", **cell)["estimate"], abs=1e-9
            )


def test_too_few_coded_authors_give_a_reason_and_no_number(made):
    _, coded, known = made
    some = known.authors["value"].notna() & (known.authors["value"] != "c")
    few = GroupedAuthors(
        known.authors.assign(value=known.authors["value"].where(some & (some.cumsum() <= 40)))
    )
    table = regrouped_versions(coded, few, ["a"], [("a", "b")], Settings())
    assert table["estimate"].isna().all()
    assert set(table["reason"]) == {"fewer than 50 coded authors"}
    without = GroupedAuthors(known.authors.assign(value=known.authors["value"].where(some)))
    row = row_of(regrouped_versions(coded, without, ["c"], [], Settings()), "both", outcome="positive")
    assert row["reason"] == "people put fewer than 10 coded authors into it"
    assert np.isnan(row["estimate"])
    assert pd.isna(row["n_authors"])


def test_an_interval_that_hangs_on_one_coded_author_is_not_given():
    posts, codes, authors = collected(2, 400, errs=(0.0, 0.0, 0.0))
    loud = posts.loc[(posts["group"] == "b"), "author"].iloc[0]
    more = posts[posts["author"] == loud].iloc[[0] * 300].assign(post_id=[f"x{i:03d}" for i in range(300)])
    authors.loc[authors["author"] == loud, ["value", "pi"]] = ["a", 0.1]
    coded = coded_outcomes(pd.concat([posts, more], ignore_index=True), codes)
    row = row_of(
        regrouped_versions(coded, GroupedAuthors(authors), ["b"], [], Settings()),
        "groups",
        outcome="positive",
    )
    assert row["reason"] in (
        "the interval hangs on one coded author",
        "too few coded authors for an estimate that is possible",
    )
    assert np.isnan(row["estimate"])


def test_the_order_of_posts_and_authors_changes_nothing(made):
    _, coded, known = made
    turned = GroupedAuthors(known.authors.iloc[::-1].reset_index(drop=True))
    one, two = (
        regrouped_versions(p, k, ["a"], [("a", "b")], Settings())
        for p, k in ((coded, known), (coded.sample(frac=1.0, random_state=1), turned))
    )
    pd.testing.assert_frame_equal(one, two)


def test_a_question_about_groups_has_its_figure_too(made):
    _, coded, known = made
    asked = [Asked(id="H", text="?", outcome="balance:t", groups=("a", "b"), direction=">", bound=0.0)]
    table = regrouped_versions(coded, known, [], [("a", "b")], Settings(), asked)
    question = row_of(table, "both", figure="question", id="H")
    gap = row_of(table, "both", figure="difference", outcome="balance")
    assert question["estimate"] == gap["estimate"]
