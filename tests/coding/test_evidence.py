"""What coders may see of an author."""

from __future__ import annotations

import pandas as pd

from discourse.coding.evidence import BREAK, author_evidence


def posts(n, author="a"):
    return pd.DataFrame(
        {
            "post_id": [f"{author}{i}" for i in range(n)],
            "author": author,
            "text": [f"text {i:02d}" for i in range(n)],
            "title": None,
            "ip_location": [None, "CN-GD"][n % 2],
            "created_at": pd.date_range("2025-01-14", periods=n, tz="UTC"),
        }
    )


def test_texts_and_places_and_no_more():
    shown = author_evidence(posts(3), ["a"]).iloc[0]
    assert shown["text"] == "[CN-GD]\n" + BREAK.join(["text 00", "text 01", "text 02"])
    assert "2025" not in shown["text"]


def test_of_many_posts_some_from_the_whole_time_are_shown():
    text = author_evidence(posts(95), ["a"], most=5)["text"][0]
    assert [part[-2:] for part in text.split(BREAK)] == ["00", "19", "38", "57", "76"]


def test_authors_come_in_the_order_asked_for():
    both = pd.concat([posts(1, "a"), posts(1, "b")])
    assert author_evidence(both, ["b", "a"])["post_id"].tolist() == ["b", "a"]


def test_an_author_without_words_has_no_words():
    silent = posts(2).assign(text="", title=None)
    assert author_evidence(silent, ["a"])["text"].tolist() == ["[?]\n"]
    assert author_evidence(silent, ["z"])["text"].tolist() == [""]


def test_a_title_stands_before_its_text():
    assert author_evidence(posts(1).assign(title="T"), ["a"])["text"][0] == "[CN-GD]\nT\ntext 00"
