from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse.text import patterns
from discourse.text.patterns import (
    EMAIL,
    EMOJI,
    EMOTICON,
    HASHTAG,
    MENTION,
    NOT_WORDS,
    PLACEHOLDER,
    STICKER,
    URL,
    between_marks,
    compiled,
)

ALL = (EMAIL, EMOJI, EMOTICON, HASHTAG, MENTION, PLACEHOLDER, STICKER, URL, patterns.NOT_WORDS)

ROOM = Path(discourse.__file__).parent


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (STICKER, "好[笑哭R][doge]的[v5][OK]", ["[笑哭R]", "[doge]", "[OK]"]),
        (STICKER, "[sic] [1] [2025] [a very long remark] [话 题] []", []),
        (STICKER, "[url][email][phone]", []),
        (PLACEHOLDER, "[url] @user, @users [id-number]", ["[url]", "@user", "[id-number]"]),
        (HASHTAG, "#小红书[话题]##cat tax[话题]#", ["#小红书[话题]#", "#cat tax[话题]#"]),
        (HASHTAG, "#TikTok难民#大家好", ["#TikTok难民#"]),
        (HASHTAG, "#政治 #安部政権", ["#政治", "#安部政権"]),
        (HASHTAG, "we're #1, not #2; C# and &#39; a/#b", []),
        (HASHTAG, "I'm #tired and #done with it", ["#tired", "#done"]),
        (HASHTAG, "#早安##晚安#", ["#早安#", "#晚安#"]),
        (HASHTAG, "＃全角＃", ["＃全角＃"]),
        (HASHTAG, "#newshttps://t.co/x1", ["#news"]),
        (URL, "看http://t.cn/AbC123这里", ["http://t.cn/AbC123"]),
        (URL, "see https://a.org/x?y=1#top.", ["https://a.org/x?y=1#top"]),
        (URL, "xhslink.com/a/Bc，复制", ["xhslink.com/a/Bc"]),
        (URL, "1.5 U.S. e.g. ok.so node.js 3.com2 t.co youtu.be/x9", ["youtu.be/x9"]),
        (EMAIL, "写信a.b-c@mail.example.cn吧", ["a.b-c@mail.example.cn"]),
        (EMAIL, "3:00@home a@b", []),
        (MENTION, "@小红薯 hi @john.doe. //@某人:转发", ["@小红薯", "@john.doe", "@某人"]),
        (MENTION, ".@Speaker said u/some_one wrote", ["@Speaker", "u/some_one"]),
        (MENTION, "3:00@home, @ 7pm, @7pm, @user", []),
        (EMOJI, "👨‍👩‍👧‍👦🇨🇳🇺🇸1️⃣👍🏽❤️☺", ["👨‍👩‍👧‍👦", "🇨🇳", "🇺🇸", "1️⃣", "👍🏽", "❤️", "☺"]),
        (EMOJI, "1 # * © ™ A→B ★", []),
        (EMOTICON, "ok :) and :-( <3 T_T 12:30 (8:3)", [":)", ":-(", "<3", "T_T"]),
    ],
)
def test_finds_whole_pieces_and_nothing_else(pattern: str, text: str, found: list[str]) -> None:
    assert [match.group() for match in compiled(pattern).finditer(text)] == found


@pytest.mark.parametrize("pattern", ALL)
def test_pieces_hold_no_groups_so_that_rooms_can_join_them(pattern: str) -> None:
    assert compiled(pattern).groups == 0


@pytest.mark.parametrize("pattern", ALL)
@given(text=st.text(st.characters(codec=None), max_size=60))
def test_no_text_makes_an_empty_match(pattern: str, text: str) -> None:
    assert all(match.end() > match.start() for match in compiled(pattern).finditer(text))


@pytest.mark.parametrize(
    "unit",
    ["#", "@", "a.", "[", "a", "#a", "@a.", "u/", "1-", "http://", "👨\u200d", "#中", "a@", "+1 ", "h"],
)
def test_no_text_makes_them_slow(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    start = time.process_time()
    for pattern in ALL:
        compiled(pattern).findall(text)
    assert time.process_time() - start < 10  # a quadratic pattern takes minutes


PIECES = st.sampled_from(
    ["@", "＠", ".", "/", "u/", "//", ":", "#", "＃", "[", "]", "[doge]", "[话题]#", "@user", "[url]", "http", "www", "com",
     "t.cn/A", "a", "Z", "-", "_", "9", " ", "\n", "猫", "，", "。", "👍", "👨\u200d👩", "🇨🇳", "1\ufe0f\u20e3", "©\ufe0f", "❤",
     "\u20e3", "\ufe0f", "u/abc_d", "a@b.com"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_between_marks_is_what_the_pattern_splits(text: str) -> None:
    assert list(between_marks(text)) == compiled(NOT_WORDS).split(text)


def test_no_group_is_repeated_in_a_way_that_older_pythons_get_wrong():
    """Possessive groups lose their last round before CPython 3.11.5; an atomic group means the same."""
    possessive = re.compile(r"\)(?:[*+?]|\{+[\d,]+\}+)\+")
    assert possessive.search("(?:a|bc){{1,3}}+")
    assert possessive.search("(?:a|bc)*+")
    sources = {
        path: path.read_text(encoding="utf-8") for kind in ("py", "tsv") for path in ROOM.rglob(f"*.{kind}")
    }
    assert len(sources) > 100
    classes = re.compile(r"\[(?:\\.|[^\]\\\n])*\]")  # in which the same signs stand for themselves
    assert [path for path, source in sources.items() if possessive.search(classes.sub("x", source))] == []
