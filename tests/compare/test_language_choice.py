"""Who writes in which language to whom."""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse.compare.language_choice import language_choice
from tests.compare.test_reply_pairs import conversation

GROUPS = ["hosts", "newcomers"]


def spoken(seed=0):
    """Newcomers write English, and Chinese where they answer hosts in half of the cases."""
    posts = conversation(120, 20, seed=seed)
    rng = np.random.default_rng(seed)
    group = posts.set_index("post_id")["group"]
    answered = posts["parent_id"].map(group)
    zh = (posts["group"] == "hosts") | ((answered == "hosts") & (rng.random(len(posts)) < 0.5))
    likes = np.where(zh, 20, 3) + rng.integers(0, 3, len(posts))
    posts["author"] = [f"p{i % 600}" for i in range(len(posts))]
    return posts.assign(lang=np.where(zh, "zh-Hans", "en"), likes=likes)


def cell(table, group, parent, lang):
    keys = (table["group"] == group) & (table["parent_group"] == parent) & (table["lang"] == lang)
    return table[keys].iloc[0]


def test_a_planted_choice_by_who_is_answered_is_found():
    table = language_choice(spoken(), GROUPS)
    to_hosts, among = (cell(table, "newcomers", g, "zh") for g in GROUPS)
    assert to_hosts["low"] < 0.5 < to_hosts["high"]
    assert among["estimate"] == 0.0 or among["n"] == 0


def test_what_a_language_earns_is_a_geometric_mean():
    posts = spoken()
    row = cell(language_choice(posts, GROUPS), "newcomers", "hosts", "zh")
    group = posts.set_index("post_id")["group"]
    part = posts[
        (posts["group"] == "newcomers")
        & (posts["parent_id"].map(group) == "hosts")
        & (posts["lang"] == "zh-Hans")
    ]
    assert np.isclose(row["likes"], np.expm1(np.log1p(part["likes"]).mean()))
    assert row["likes_low"] < row["likes"] < row["likes_high"]


def test_shares_of_languages_add_up_and_small_cells_are_hidden_in_pairs():
    posts = spoken()
    some = posts.index[(posts["group"] == "hosts")][:4]
    posts.loc[some, "lang"] = "mixed"
    table = language_choice(posts, GROUPS)
    for _, part in table.groupby(["group", "parent_group"]):
        hidden = part["n"].isna().sum()
        assert hidden != 1
        if not hidden and part["estimate"].notna().all():
            assert np.isclose(part["estimate"].sum(), 1.0)


def test_posts_without_a_language_or_without_likes():
    posts = spoken().assign(lang="none")
    assert language_choice(posts, GROUPS).empty
    without = language_choice(spoken().drop(columns="likes"), GROUPS)
    assert without["estimate"].notna().any()
    assert without["likes"].isna().all()
    assert isinstance(without, pd.DataFrame)
