from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.text.clauses import clause_languages, clauses, sentences
from discourse.text.links import LINKS

PIECES = st.lists(
    st.sampled_from(
        [
            "我喜欢",
            "你们",
            "但是",
            "因为",
            "虽然",
            "如果",
            "but",
            "because",
            "if",
            " ",
            "，",
            "。",
            "！",
            "?",
            "...",
            "…",
            ".",
            ",",
            "\n",
            "Mr.",
            "U.S.",
            "3.5",
            "😂",
            "[doge]",
            "#难民#",
            "http://t.cn/a,b.",
            '"',
            "”",
            "（",
            ")",
            "hello",
            "though",
        ]
    ),
    max_size=14,
).map("".join)
ANY = st.text(st.characters(codec=None), max_size=40) | PIECES


def parts(text: str) -> list[tuple[str, str]]:
    return [(text[clause.start : clause.stop], clause.link) for clause in clauses(text)]


@settings(max_examples=300)
@given(ANY)
def test_no_character_is_lost(text: str) -> None:
    for pieces in ([clause[:2] for clause in clauses(text)], sentences(text)):
        assert "".join(text[start:stop] for start, stop in pieces) == text
        assert all(start < stop for start, stop in pieces)


@given(ANY)
def test_links_have_names(text: str) -> None:
    assert {link for _, link in parts(text)} <= {"", *LINKS.groupindex}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("虽然很累，但是很开心", [("虽然很累，", "concession"), ("但是很开心", "contrast")]),
        ("我喜欢你们但是他不喜欢", [("我喜欢你们", ""), ("但是他不喜欢", "contrast")]),
        ("如果你来，我就走", [("如果你来，", "condition"), ("我就走", "")]),
        ("走了因为太吵", [("走了", ""), ("因为太吵", "cause")]),
        ("太吵，所以走了", [("太吵，", ""), ("所以走了", "result")]),
        ("她来了，我却走了", [("她来了，", ""), ("我却走了", "contrast")]),
        ("不但好看而且便宜", [("不但好看", "addition"), ("而且便宜", "addition")]),
        ("来了不过没见到", [("来了不过没见到", "")]),
        ("来了，不过没见到", [("来了，", ""), ("不过没见到", "contrast")]),
        ("但愿如此，不过如此", [("但愿如此，", ""), ("不过如此", "")]),
        ("I love it but she left", [("I love it ", ""), ("but she left", "contrast")]),
        ("Even though it rains, we go", [("Even though it rains, ", "concession"), ("we go", "")]),
        ("Nice, though.", [("Nice, ", ""), ("though.", "contrast")]),
        ("we go unless it rains", [("we go ", ""), ("unless it rains", "condition")]),
        ("stay because it is fun", [("stay ", ""), ("because it is fun", "cause")]),
        ("it is late, so we go", [("it is late, ", ""), ("so we go", "result")]),
        ("so cute", [("so cute", "")]),
        ("nothing but love", [("nothing but love", "")]),
        ("as if they care", [("as if they care", "")]),
        ("太好笑了😂你们真好[doge]哈哈", [("太好笑了😂", ""), ("你们真好[doge]", ""), ("哈哈", "")]),
        ("谢谢大家 我爱你们", [("谢谢大家 ", ""), ("我爱你们", "")]),
        ("我 爱 你 们", [("我 爱 你 们", "")]),
        ("涨到1,299.00元，见http://a.com/x,y", [("涨到1,299.00元，", ""), ("见http://a.com/x,y", "")]),
        ("真好[doge]，but我不信", [("真好[doge]，", ""), ("but我不信", "contrast")]),
        ("!!! 😂", [("!!! 😂", "")]),
        ("", []),
    ],
)
def test_finds_clauses_and_their_links(text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("你好。再见！", ["你好。", "再见！"]),
        ("真的？！[笑哭R]😂 走吧", ["真的？！[笑哭R]😂 ", "走吧"]),
        ("他说：“走吧。”她说：“好！”", ["他说：“走吧。”", "她说：“好！”"]),
        (
            "Mr. Li paid $3.5 in the U.S. today. Dr. Wu, too.",
            ["Mr. Li paid $3.5 in the U.S. today. ", "Dr. Wu, too."],
        ),
        ("I moved to the U.S. They stayed.", ["I moved to the U.S. ", "They stayed."]),
        ("Well... maybe not. OK!", ["Well... maybe not. ", "OK!"]),
        (
            'She said "Really?" and left. He asked: "What?"',
            ['She said "Really?" and left. ', 'He asked: "What?"'],
        ),
        ("first line\nsecond line", ["first line\n", "second line"]),
        ("see t.cn/a.b or a.b@c.com. Bye", ["see t.cn/a.b or a.b@c.com. ", "Bye"]),
        ("好……真好", ["好……", "真好"]),
        ("...", ["..."]),
        ("", []),
    ],
)
def test_finds_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:stop] for start, stop in sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("大家好，我是新来的！Nice to meet you all.", ["zh-Hans", "zh-Hans", "en"]),
        ("謝謝你們，thank you so much", ["zh-Hant", "en"]),
        ("only english here, nothing else", ["en", "en"]),
        ("", []),
    ],
)
def test_each_clause_has_its_language(text, languages):
    assert [language for _, language in clause_languages(text)] == languages
