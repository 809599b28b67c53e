"""Lines around the target: drawn by chance and seed, one an author, as many of each kind."""

from __future__ import annotations

import pandas as pd

from discourse.compare.concordance import concordance


def talk(n=120):
    texts = [f"number {i} says tiktok refugees are here, yes {i}" for i in range(n)]
    posts = pd.DataFrame(
        {
            "author": [f"a{i // 2}" for i in range(n)],
            "group": ["hosts" if i % 3 else "onlookers" for i in range(n)],
            "stance": ["positive" if i % 4 else "negative" for i in range(n)],
        }
    )
    return texts, posts


def test_as_many_lines_of_each_group_and_stance_each_by_another_author():
    texts, posts = talk()
    table = concordance(texts, posts, "refugees", n=2)
    assert table.groupby(["group", "stance"]).size().tolist() == [2, 2, 2, 2]
    assert table["node"].unique().tolist() == ["tiktok refugees"]


def test_the_seed_chooses_and_nothing_else():
    texts, posts = talk()
    one = concordance(texts, posts, "refugees", seed=1)
    assert one.equals(concordance(texts, posts, "refugees", seed=1))
    assert not one.equals(concordance(texts, posts, "refugees", seed=2))


def test_no_author_stands_in_the_table_and_lines_are_sorted():
    texts, posts = talk()
    table = concordance(texts, posts, "refugees", n=3, sort="right")
    assert "author" not in table.columns
    assert table["right"].str.strip().str.casefold().is_monotonic_increasing


def test_without_a_naming_there_is_no_line():
    assert concordance(["hello"], talk()[1].head(1), "refugees").empty


def test_no_word_is_cut_in_two_but_chinese_is_cut_anywhere():
    posts = pd.DataFrame({"author": ["a", "b"], "group": "hosts", "stance": ["positive", "neutral"]})
    texts = ["an extraordinarily refugees unbelievably long", "我" * 30 + "难民" + "你" * 30]
    lines = concordance(texts, posts, "refugees", window=8, sort="text")
    assert set(lines["left"]) == {"", "我" * 8} or set(lines["left"]) == {" ", "我" * 8}
    assert {line.strip() for line in lines["right"]} == {"", "你" * 8}
