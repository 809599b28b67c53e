"""Who answers whom: planted preferences are found, chance is not, nothing small is shown."""

from __future__ import annotations

import numpy as np
import pytest

from discourse.compare.replies import reply_indices, reply_mixing, two_sided
from discourse.compare.reply_pairs import reply_pairs
from tests.compare.test_reply_pairs import conversation

GROUPS = ["hosts", "newcomers"]


def with_preference(seed=0, strength=0.9):
    """Answers inside threads go to the own group with a given probability."""
    posts = conversation(40, 14, seed=seed)
    rng = np.random.default_rng(seed)
    for _, part in posts.groupby("thread_id", sort=False):
        rows = part.to_dict("records")
        for i, row in enumerate(rows[2:], start=2):
            own = [
                r["post_id"] for r in rows[1:i] if r["group"] == row["group"] and r["author"] != row["author"]
            ]
            if own and rng.random() < strength:
                posts.loc[posts["post_id"] == row["post_id"], "parent_id"] = own[rng.integers(len(own))]
    return posts


def test_shares_of_a_row_add_up_to_one_and_counts_to_all_replies():
    pairs = reply_pairs(conversation(40, 12))
    table = reply_mixing(pairs, GROUPS, n_permutations=50)
    assert table.groupby("group")["estimate"].sum().round(9).tolist() == [1.0, 1.0]
    assert table["n"].sum() == len(pairs)


def test_a_planted_preference_is_found_within_threads():
    table = reply_indices(reply_pairs(with_preference()), GROUPS, n_permutations=300)
    ei = table[(table["measure"] == "ei") & (table["group"] == "all")].iloc[0]
    assert ei["estimate"] < ei["expected_in_thread"]
    assert ei["p_in_thread"] < 0.01
    r = table[table["measure"] == "assortativity"].iloc[0]
    assert r["low"] > 0
    assert r["p_in_thread"] < 0.01


def test_where_there_is_no_preference_p_is_small_about_as_often_as_it_says():
    small = []
    for seed in range(40):
        table = reply_indices(reply_pairs(conversation(30, 10, seed=seed)), GROUPS, n_permutations=99)
        row = table[table["measure"] == "assortativity"].iloc[0]
        small.append([row["p"] <= 0.05, row["p_in_thread"] <= 0.05])
    rates = np.mean(small, axis=0)
    assert np.all(rates <= 0.15)


def test_swapping_the_groups_moves_the_rows_and_nothing_else():
    pairs = reply_pairs(conversation(40, 12))
    one = reply_mixing(pairs, GROUPS, n_permutations=20).set_index(["group", "parent_group"])
    other = reply_mixing(pairs, GROUPS[::-1], n_permutations=20).set_index(["group", "parent_group"])
    for name in ("estimate", "low", "high", "n"):
        assert one[name].to_dict() == pytest.approx(other[name].reindex(one.index).to_dict())


def test_the_order_of_posts_does_not_matter():
    posts = conversation(40, 12)
    shuffled = posts.sample(frac=1.0, random_state=1)
    one, other = (reply_mixing(reply_pairs(p), GROUPS, n_permutations=50) for p in (posts, shuffled))
    np.testing.assert_allclose(one["estimate"], other["estimate"])
    np.testing.assert_allclose(one["expected"], other["expected"], atol=0.02)


def test_small_cells_are_hidden_with_one_more_where_it_could_be_subtracted():
    posts = conversation(40, 12)
    rare = posts["author"].unique()[:4]
    posts.loc[posts["author"].isin(rare), "group"] = "rare"
    table = reply_mixing(reply_pairs(posts), [*GROUPS, "rare"], n_permutations=20, min_cell=10)
    hidden = table[table["n"].isna()]
    assert set(hidden["group"]) >= {"rare"}
    assert (hidden.groupby("group").size() != 1).all()
    assert hidden["estimate"].isna().all()
    assert hidden["expected"].isna().all()


def test_two_sided_p_counts_both_tails_and_the_figure_itself():
    mean, p = two_sided(2.0, np.array([-2.0, 0.0, 2.0, 0.0]))
    assert (mean, p) == (0.0, 3 / 5)
    assert np.isnan(two_sided(float("nan"), np.array([1.0]))[1])
