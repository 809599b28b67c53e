from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from discourse.corpus.twins import mark_twins
from discourse.errors import ParameterError

ZH = "我是Lily，今年25岁，很高兴认识你们🎉"
EN = "I am Lily, 25 years old, nice to meet you all 🎉"


def post(post_id: str, text: str, lang: str, at: str = "2025-01-14 08:00", **more: Any) -> dict[str, Any]:
    base = {
        "post_id": post_id,
        "thread_id": post_id,
        "parent_id": None,
        "kind": "post",
        "author": "a-1",
        "title": None,
        "platform": "xiaohongshu",
    }
    return {**base, "text": text, "lang": lang, "created_at": pd.Timestamp(at, tz="UTC"), **more}


def twins(*posts: dict[str, Any]) -> list[str | None]:
    return [None if pd.isna(mark) else mark for mark in mark_twins(pd.DataFrame(posts))]


def test_the_later_half_names_the_earlier_one() -> None:
    assert twins(post("a", ZH, "zh-Hans"), post("b", EN, "en", "2025-01-14 08:05")) == [None, "a"]
    assert twins(post("a", ZH, "zh-Hans", "2025-01-14 08:05"), post("b", EN, "en")) == ["b", None]


def test_two_answers_to_one_post_can_be_twins() -> None:
    at = {"kind": "comment", "parent_id": "p", "thread_id": "p"}
    assert twins(post("a", ZH, "zh-Hant", **at), post("b", EN, "en", **at)) == [None, "a"]


@pytest.mark.parametrize(
    "change",
    [
        {"author": "a-2"},
        {"author": None},
        {"lang": "mixed"},
        {"lang": "zh-Hans"},
        {"platform": "weibo"},
        {"kind": "comment", "parent_id": "p"},
        {"created_at": pd.Timestamp("2025-01-14 11:00", tz="UTC")},
        {"created_at": pd.NaT},
        {"text": "I am Lily, 26 years old, nice to meet you all 🎉"},  # another number
        {"text": "Hello there, very nice to meet you all today"},  # nothing shared
        {"text": "25 Lily 🎉"},  # too short to say the same
        {"created_at_doubt": 2.8},
    ],
)
def test_in_doubt_nothing_is_marked(change: dict[str, Any]) -> None:
    english = post("b", EN, "en") | change
    assert twins(post("a", ZH, "zh-Hans"), english) == [None, None]


def test_two_candidates_are_no_pair() -> None:
    assert twins(post("a", ZH, "zh-Hans"), post("b", EN, "en"), post("c", EN + "!", "en")) == [None] * 3


def test_hashtags_count_once_however_many() -> None:
    tags = " #tea #harbour #winter"
    zh, en = "港口的冬天非常漂亮" + tags, "The harbour is beautiful in winter" + tags
    assert twins(post("a", zh, "zh-Hans"), post("b", en, "en")) == [None, None]
    assert twins(post("a", zh + "🎉", "zh-Hans"), post("b", en + "🎉", "en")) == [None, "a"]


def test_one_post_in_both_languages_is_no_twin() -> None:
    assert twins(post("a", f"{EN} | {ZH}", "mixed")) == [None]


def test_no_posts_and_lacking_columns() -> None:
    empty = pd.DataFrame([post("a", ZH, "en")]).iloc[:0]
    assert len(mark_twins(empty)) == 0
    with pytest.raises(ParameterError, match="lang"):
        mark_twins(empty.drop(columns="lang"))
    with pytest.raises(ParameterError):
        mark_twins(empty, hours=0)


def test_what_everybody_writes_is_no_sign() -> None:
    pair = [post("a", "来自TikTok的refugee向大家问好", "zh-Hans"),
            post("b", "hello from one more TikTok refugee here", "en")]  # fmt: skip
    crowd = [post(f"c{i}", "a TikTok refugee", "en", author=f"a-{i + 9}") for i in range(30)]
    assert twins(*pair) == [None, "a"]
    assert set(twins(*pair, *crowd)) == {None}


def test_placeholders_are_no_names() -> None:
    shared = {"kind": "comment", "parent_id": "p", "thread_id": "p"}
    pair = [
        post("a", "@user 真的很感动[哭惹R]", "zh-Hans", **shared),
        post("b", "@user so moving [哭惹R]", "en", **shared),
    ]
    assert twins(*pair) == [None, None]


def test_a_thousand_is_one_number_in_either_spelling() -> None:
    from discourse.corpus.twins import _message

    row = {"post_id": "a", "created_at": pd.Timestamp("2025-01-14", tz="UTC"), "kind": "post", "lang": "en",
           "title": None, "parent_id": None, "thread_id": "a"}  # fmt: skip
    numbers = [
        _message(row | {"text": text}).numbers for text in ("房租2300美元", "2,300 dollars", "1,2 and 2,30")
    ]
    assert numbers[0] == numbers[1] == {"2300"}
    assert numbers[2] == {"1,2", "2,30"}
