"""Networks of words: edges by the formula, planted communities found, nothing small, nothing by chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.semantic_network import semantic_network

CATS, BILLS = ["kitten", "purring", "litter"], ["rent", "wages", "hospital"]


def talk(n=400, seed=0):
    rng = np.random.default_rng(seed)
    docs = [list(rng.choice(CATS if rng.random() < 0.5 else BILLS, 2, replace=False)) for _ in range(n)]
    posts = pd.DataFrame({"author": [f"a{i % 150}" for i in range(n)], "stance": "positive"})
    return {"en": docs, "zh": [[] for _ in docs]}, posts


def test_planted_themes_are_the_communities():
    nodes, _ = semantic_network(*talk(), target="t")
    themes = nodes.groupby("community")["word"].agg(set).tolist()
    assert sorted(map(sorted, themes)) == sorted([sorted(CATS), sorted(BILLS)])


def test_an_edge_is_the_mutual_information_of_its_posts():
    docs, posts = talk()
    _, edges = semantic_network(docs, posts, target="t")
    row = edges.iloc[0]
    sets = [set(words) for words in docs["en"]]
    a, b = (sum(row[name] in words for words in sets) for name in ("word_a", "word_b"))
    both = sum({row["word_a"], row["word_b"]} <= words for words in sets)
    assert row["n"] == both
    assert row["pmi"] == pytest.approx(np.log2(both * len(sets) / (a * b)))
    assert (edges["pmi"] > 0).all()


def test_pairs_of_few_authors_are_in_no_network():
    docs, posts = talk()
    for i in range(9):
        docs["en"][i] = [*docs["en"][i], "secret", "word"]
    nodes, edges = semantic_network(docs, posts, target="t", min_cell=10)
    assert not {"secret", "word"} & set(nodes["word"])
    assert (edges["n_authors"] >= 10).all()


def test_polarities_are_kept_apart_and_neutral_posts_are_in_neither():
    docs, posts = talk()
    posts["stance"] = np.where(np.array([set(w) <= set(CATS) for w in docs["en"]]), "positive", "negative")
    nodes, _ = semantic_network(docs, posts, target="t")
    assert set(nodes.loc[nodes["polarity"] == "positive", "word"]) <= set(CATS)
    assert semantic_network(docs, posts.assign(stance="neutral"), target="t")[0].empty


def test_the_order_of_posts_does_not_matter():
    docs, posts = talk()
    order = np.random.default_rng(1).permutation(len(posts))
    moved = {k: [words[i] for i in order] for k, words in docs.items()}
    one = semantic_network(docs, posts, target="t")
    other = semantic_network(moved, posts.iloc[order].reset_index(drop=True), target="t")
    for a, b in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(a, b)
