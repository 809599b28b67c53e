"""Sizes of groups corrected for rules that err: intervals hold what was planted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.group_shares import group_shares
from discourse.compare.three_estimates import Settings

GROUPS = np.array(["hosts", "newcomers", "unassigned"])
RULE = np.array([[0.88, 0.02, 0.10], [0.15, 0.75, 0.10], [0.20, 0.10, 0.70]])


def population(rng, n=500):
    truth = rng.choice(3, n, p=[0.55, 0.30, 0.15])
    rule = np.array([rng.choice(3, p=RULE[group]) for group in truth])
    authors = pd.DataFrame(
        {
            "author": [f"{i:04d}" for i in range(n)],
            "group": GROUPS[rule],
            "n_posts": 1 + rng.geometric(0.4, n),
        }
    )
    return authors, GROUPS[truth]


def drawn(authors, truth, rng, per_rule=50):
    rows = []
    for group in GROUPS:
        members = np.flatnonzero(authors["group"] == group)
        taken = rng.choice(members, per_rule, replace=False)
        ids = authors["author"].iloc[taken]
        rows.append(pd.DataFrame({"author": ids, "value": truth[taken], "pi": per_rule / len(members)}))
    return pd.concat(rows, ignore_index=True)


def only(table, version, of="authors"):
    return table[(table["version"] == version) & (table["of"] == of)].iloc[0]


@pytest.mark.parametrize("method", ["ppi++", "dsl"])
def test_corrected_intervals_hold_the_planted_size_in_about_95_of_100(method):
    """A group of which the rules miss one in four: a few dozen samples, coverage at least .9 by chance."""
    rng = np.random.default_rng(6)
    hits = {"naive": 0, "corrected": 0}
    draws = 30 if method == "ppi++" else 12
    for _ in range(draws):
        authors, truth = population(rng, 1500)  # so many that chance does not hide what the rules miss
        table = group_shares(authors, drawn(authors, truth, rng), ["newcomers"], Settings(method=method))
        for version in hits:
            row = only(table, version)
            hits[version] += row["low"] <= (truth == "newcomers").mean() <= row["high"]
    assert hits["corrected"] >= 0.9 * draws - 1
    assert hits["naive"] <= 0.2 * draws


def test_rules_alone_count_what_the_rules_say_by_hand():
    authors, truth = population(np.random.default_rng(7))
    table = group_shares(authors, drawn(authors, truth, np.random.default_rng(8)), ["hosts"], Settings())
    mine = authors["group"] == "hosts"
    assert only(table, "naive")["estimate"] == pytest.approx(mine.mean())
    by_posts = authors.loc[mine, "n_posts"].sum() / authors["n_posts"].sum()
    assert only(table, "naive", "posts")["estimate"] == pytest.approx(by_posts)


def test_everybody_coded_gives_the_truth_without_the_rules():
    authors, truth = population(np.random.default_rng(9), 300)
    codes = pd.DataFrame({"author": authors["author"], "value": truth, "pi": 1.0})
    table = group_shares(authors, codes, ["hosts"], Settings())
    for version in ("human", "corrected"):
        assert only(table, version)["estimate"] == pytest.approx((truth == "hosts").mean())


def test_a_group_that_people_hardly_use_is_not_corrected():
    authors, truth = population(np.random.default_rng(10))
    codes = drawn(authors, truth, np.random.default_rng(11)).assign(value="hosts")
    table = group_shares(authors, codes, ["newcomers"], Settings())
    assert only(table, "corrected")["reason"] == "people found it in fewer than 5 coded authors"
