"""Is hostility returned: a planted answer in kind is found, the tone of a thread is not mistaken for it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse.compare.reciprocity import LABELS, _draw_counts, _known, reciprocity, stance_pairs
from discourse.compare.reply_pairs import reply_pairs
from tests.compare.test_reply_pairs import conversation


def stances(kind, seed=0, n_threads=60):
    posts = conversation(n_threads, 16, seed=seed)
    rng = np.random.default_rng(seed)
    tone = {t: rng.random() < 0.5 for t in posts["thread_id"].unique()}
    negative: dict[str, bool] = {}
    for row in posts.to_dict("records"):
        chance = 0.4
        if kind == "thread":
            chance = 0.7 if tone[row["thread_id"]] else 0.1
        if kind == "in kind" and isinstance(row["parent_id"], str):
            chance = 0.8 if negative[row["parent_id"]] else 0.15
        negative[row["post_id"]] = rng.random() < chance
    labels = np.where(posts["post_id"].map(negative), "negative", "positive")
    scored = pd.DataFrame(
        {"post_id": posts["post_id"], "target": "t", "label": labels, "mention_kind": "named"}
    )
    return stance_pairs(reply_pairs(posts), scored, "t")


def after(table, parent, label):
    rows = table[(table["group"] == "all") & (table["parent_label"] == parent) & (table["label"] == label)]
    return rows.iloc[0]


def test_a_planted_answer_in_kind_is_found():
    row = after(reciprocity(stances("in kind"), [], n_permutations=300), "negative", "negative")
    assert row["estimate"] > row["expected"] + 0.1
    assert row["p"] < 0.01


def test_the_tone_of_threads_is_not_taken_for_an_answer_in_kind():
    # opening posts of the same tone as their comments are what the null must leave aside, so comments only
    small = 0
    for seed in range(20):
        pairs = stances("thread", seed=seed, n_threads=40)
        below = pairs[~pairs["parent_opens"]].reset_index(drop=True)
        row = after(reciprocity(below, [], n_permutations=99, seed=seed), "negative", "negative")
        small += row["p"] <= 0.05
    assert small <= 4


def test_without_dependence_p_is_small_about_as_often_as_it_says():
    small = 0
    for seed in range(30):
        table = reciprocity(stances("none", seed=seed, n_threads=30), [], n_permutations=99, seed=seed)
        small += after(table, "negative", "negative")["p"] <= 0.05
    assert small <= 5


def test_shares_are_those_of_the_pairs():
    pairs = stances("none")
    row = after(reciprocity(pairs, [], n_permutations=20), "positive", "negative")
    part = pairs[pairs["parent_label"] == "positive"]
    assert row["estimate"] == (part["label"] == "negative").mean()
    assert row["n"] == len(part)


def test_counts_of_draws_keep_what_chance_keeps():
    known = _known(stances("thread", n_threads=12))
    counts = _draw_counts(known, 30, seed=1)
    whole = counts.pop(("all", "all"))
    assert (sum(counts.values()) == whole).all()
    for (group, other), drawn in counts.items():
        inside = known[(known["group"] == group) & (known["parent_group"] == other)]
        own = [int((inside["label"] == label).sum()) for label in LABELS]  # replies keep their own stance
        assert drawn.sum(axis=1).tolist() == [own] * 30


def test_drawn_counts_are_those_of_the_plain_formula():
    known = _known(stances("none", n_threads=6).assign(group="g", parent_group="g"))
    posts = known.drop_duplicates("parent_id").reset_index(drop=True)
    strata = np.where(posts["parent_opens"], "", posts["thread_id"].astype("str"))
    rng, plain = np.random.default_rng(3), []
    for _ in range(5):
        draws, labels = rng.random(len(posts)), posts["parent_label"].to_numpy(dtype=object).copy()
        for stratum in set(strata):
            units = np.flatnonzero(strata == stratum)
            labels[units] = labels[units[np.argsort(draws[units])]]
        drawn = (
            known["parent_id"]
            .astype("str")
            .map(dict(zip(posts["parent_id"].astype("str"), labels, strict=True)))
        )
        plain.append([[int(((drawn == a) & (known["label"] == b)).sum()) for b in LABELS] for a in LABELS])
    assert _draw_counts(known, 5, seed=3)[("all", "all")].tolist() == plain


def test_what_authors_say_of_themselves_is_no_stance():
    pairs = pd.DataFrame({"post_id": ["2"], "parent_id": ["1"]})
    scored = pd.DataFrame(
        {"post_id": ["1", "2"], "target": "t", "label": "neutral", "mention_kind": ["self", "named"]}
    )
    assert stance_pairs(pairs, scored, "t").empty
