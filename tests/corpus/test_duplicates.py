from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus.duplicates import merge, normalise, text_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hello, TikTok refugees!", "hello,  tiktok REFUGEES!\n"),
        ("欢迎大家来到小红书一起玩", "欢迎大家\ufeff来到小红书 一起玩"),
        ("ＡＢＣＤＥＦＧＨＩＪＫＬ", "abcdefghijkl"),
    ],
)
def test_copies_share_a_key(one: str, other: str) -> None:
    assert text_key(one) == text_key(other) is not None


@pytest.mark.parametrize(
    "text",
    ["", "哈哈哈", "thank you", "[笑哭R][笑哭R][笑哭R]", "#TikTok难民[话题]# #猫税[话题]#", "@user [url]"],
)
def test_what_everybody_writes_is_no_copy(text: str) -> None:
    assert text_key(text) is None


def test_one_word_makes_two_texts() -> None:
    assert text_key("we welcome all refugees") != text_key("we welcome no refugees!")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(normalise(normalise(text)))


def row(**values: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "text": "t",
        "flags": [],
        "created_at": None,
        "created_at_doubt": None,
        "likes": None,
    }
    return base | values


def test_a_merge_fills_gaps_and_never_mixes_texts() -> None:
    best = row(text="whole", ip_location=None)
    merge(best, [row(text="w?", ip_location="US", likes=3, likes_at_least=True), row(ip_location="GB")])
    assert (best["text"], best["ip_location"], best["likes"], best["likes_at_least"]) == (
        "whole",
        "US",
        3,
        True,
    )
    assert best["flags"] == ["merged"]


def test_a_better_time_replaces_one_in_doubt() -> None:
    best = row(created_at="2025-05-31", created_at_doubt=1.4, flags=["time-rounded"])
    merge(best, [row(created_at="2025-05-30")])
    assert (best["created_at"], best["created_at_doubt"], best["flags"]) == ("2025-05-30", None, ["merged"])


def test_a_worse_time_does_not() -> None:
    best = row(created_at="2025-05-30")
    merge(best, [row(created_at="2025-05-31", created_at_doubt=1.4, flags=["time-rounded"])])
    assert (best["created_at"], best["flags"]) == ("2025-05-30", [])


def test_a_damaged_parent_is_mended_by_a_sound_copy() -> None:
    best = row(parent_id=None, flags=["parent-damaged"])
    merge(best, [row(parent_id="c1")])
    assert (best["parent_id"], best["flags"]) == ("c1", ["merged"])


def test_nothing_to_add_leaves_no_mark() -> None:
    best = row(likes=1)
    merge(best, [row(likes=2)])
    assert (best["likes"], best["flags"]) == (1, [])
