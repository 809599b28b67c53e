"""Main topics in three versions: what a model mixes up is put right, and what it never says is found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.code_versions import code_group_versions, code_pair_versions
from discourse.compare.three_estimates import Settings
from discourse.compare.topic_versions import topic_answers

ANSWERS = ("1", "2", "3", "none")
#: What the posts of each group are about, and what a model that takes much of topic 1 for topic 2 says.
PLANTED = {"a": (0.35, 0.25, 0.25, 0.15), "b": (0.2, 0.3, 0.4, 0.1)}
SAYS = ((0.6, 0.3, 0.1), (0.05, 0.85, 0.1), (0.1, 0.1, 0.8), (0.1, 0.6, 0.3))


@pytest.fixture(scope="module")
def posts():
    rng = np.random.default_rng(11)
    n = 3000
    group = rng.choice(["a", "b"], n)
    meant = [rng.choice(4, p=PLANTED[name]) for name in group]
    said = [rng.choice(3, p=SAYS[topic]) for topic in meant]
    return pd.DataFrame(
        {
            "post_id": [str(i) for i in range(n)],
            "group": group,
            "lang": "en",
            "author": [f"u{i % 900}" for i in range(n)],
            "thread_id": [f"t{i % 250}" for i in range(n)],
            "said": [ANSWERS[topic] for topic in said],
            "meant": [ANSWERS[topic] for topic in meant],
        }
    )


def coded(posts, n=700):
    """Draw more of group b, and write down what is planted there."""
    rng = np.random.default_rng(12)
    pi = n / len(posts) * np.where(posts["group"] == "b", 1.4, 0.6)
    taken = rng.random(len(posts)) < pi
    return pd.DataFrame({"post_id": posts["post_id"], "value": posts["meant"], "pi": pi})[taken]


@pytest.fixture(scope="module")
def tables(posts):
    made = topic_answers(posts, posts["said"], coded(posts), ANSWERS)
    parts = [code_group_versions(one, ["a", "b"], Settings()) for one in made]
    parts += [code_pair_versions(one, [("a", "b")], Settings()) for one in made]
    table = pd.concat(parts)
    return table[table["lang"] == "all"].set_index(["name", "group", "version"])


def truth(posts, column="meant"):
    shares = {g: part[column].value_counts(normalize=True) for g, part in posts.groupby("group")}
    return shares | {"a vs b": shares["a"].sub(shares["b"], fill_value=0.0)}


@pytest.mark.parametrize("group", ["a", "b", "a vs b"])
@pytest.mark.parametrize(("name", "answer"), [("000", "1"), ("001", "2"), ("002", "3")])
def test_the_corrected_interval_holds_what_was_planted(posts, tables, group, name, answer):
    row = tables.loc[name, group, "corrected"]
    assert row["low"] <= truth(posts)[group][answer] <= row["high"]
    assert row["kind"] == "topic"


@pytest.mark.parametrize(
    ("group", "name", "answer"), [("a", "000", "1"), ("b", "001", "2"), ("a vs b", "000", "1")]
)
def test_the_model_alone_gives_the_share_that_it_leads_and_its_interval_misses_what_was_planted(
    posts, tables, group, name, answer
):
    row = tables.loc[name, group, "naive"]
    assert row["estimate"] == pytest.approx(truth(posts, "said")[group][answer])
    assert not row["low"] <= truth(posts)[group][answer] <= row["high"]


def test_what_fits_no_topic_is_counted_by_people_and_the_model_says_why_it_cannot(posts, tables):
    corrected, naive = (tables.loc["none", "a", version] for version in ("corrected", "naive"))
    assert corrected["low"] <= truth(posts)["a"]["none"] <= corrected["high"]
    assert np.isnan(naive["estimate"])
    assert "nothing varies" in naive["reason"]


def test_shares_of_all_answers_sum_to_one_as_people_count_them(tables):
    human = tables.xs("human", level="version")["estimate"].unstack("group")
    assert human["a"].sum() == pytest.approx(1.0)
    assert human["a vs b"].sum() == pytest.approx(0.0, abs=1e-12)


def test_posts_without_a_content_word_are_in_no_share(posts):
    blank = posts["said"].where(posts.index % 10 != 0)
    first, *_ = topic_answers(posts, blank, coded(posts), ANSWERS)
    assert len(first.posts) == blank.notna().sum()
    both = first.posts.merge(posts[["post_id", "meant", "said"]], on="post_id")
    known = both["code"].notna()
    assert (both["top"] == (both["said"] == "1")).all()
    assert (both.loc[known, "code"] == (both.loc[known, "meant"] == "1")).all()


def test_the_order_of_the_posts_does_not_matter(posts):
    mixed = posts.sample(frac=1.0, random_state=5).reset_index(drop=True)
    one, other = (
        code_group_versions(topic_answers(p, p["said"], coded(posts), ANSWERS)[1], ["a"], Settings())
        for p in (posts, mixed)
    )
    pd.testing.assert_frame_equal(one, other)
