"""Influence: who is high, and what high and low show, in sums only."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.influence import HIGH, author_influence, compare_influence
from tests.compare.test_reply_pairs import conversation


def attended(seed=0):
    rng = np.random.default_rng(seed)
    posts = conversation(80, 20, seed=seed)
    posts["author"] = [f"p{i % 500}" for i in range(len(posts))]
    posts["group"] = np.where(posts["author"].str[-1].isin(list("01234")), "hosts", "newcomers")
    famous = posts["author"].str[1:].astype(int) < 100
    posts["likes"] = np.where(famous, 500, 2) + rng.integers(0, 3, len(posts))
    return posts, famous


def test_those_with_most_attention_are_high():
    posts, famous = attended()
    authors, weights = author_influence(posts)
    high = set(authors.loc[authors["influence"] == "high", "author"])
    assert len(high) == round(HIGH * authors.shape[0])
    assert len(high & set(posts.loc[famous, "author"])) > 0.8 * len(high)
    assert weights["weight"].sum() == pytest.approx(1.0)
    assert set(weights["indicator"]) == {"likes", "answers", "answerers"}


def test_a_planted_difference_of_stance_is_found():
    posts, famous = attended()
    authors, _ = author_influence(posts)
    rng = np.random.default_rng(1)
    scored = posts.assign(
        target="t", score=np.where(famous, 0.6, 0.1) + rng.normal(scale=0.1, size=len(posts))
    )
    table = compare_influence(posts, authors, scored, "t", ["hosts", "newcomers"], min_cell=5)
    low = table[(table["measure"] == "stance") & (table["influence"] == "low")].iloc[0]
    assert low["high"] < 0.3
    shares = table[table["measure"] == "share"].groupby("group")["estimate"].sum()
    assert shares.round(9).tolist() == [1.0, 1.0]


def test_no_author_stands_in_the_tables():
    posts, _ = attended()
    authors, weights = author_influence(posts)
    scored = posts.assign(target="t", score=0.1)
    table = compare_influence(posts, authors, scored, "t", ["hosts", "newcomers"])
    printed = set(pd.concat([table.astype("str"), weights.astype("str")]).to_numpy().ravel())
    assert not printed & set(posts["author"])


def test_small_sides_are_hidden_together():
    posts, _ = attended()
    posts.loc[posts["author"].isin(["p1", "p2", "p200", "p201"]), "group"] = "rare"
    authors, _ = author_influence(posts)
    table = compare_influence(posts, authors, posts.assign(target="t", score=0.1), "t", ["rare"])
    assert table["estimate"].isna().all()
    assert table["n_authors"].isna().all()


def test_the_order_of_posts_does_not_matter():
    posts, _ = attended()
    one, other = author_influence(posts)[0], author_influence(posts[::-1])[0]
    pd.testing.assert_frame_equal(one, other)
