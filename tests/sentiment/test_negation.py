from __future__ import annotations

import pytest

from discourse.sentiment.phrases import Phrase, PhraseFinder

EN = PhraseFinder([Phrase("en", form, "x", "", "test") for form in ("happy", "protest*", "angry")])
ZH = PhraseFinder([Phrase("zh", form, "x", "", "test") for form in ("开心", "抗议", "可爱")])


@pytest.mark.parametrize(
    "text",
    [
        "I am not happy",
        "I'm not at all happy",
        "I don’t feel happy",
        "never happy here",
        "nobody is happy",
        "it isn't a protest",
        "we didn't come to protest",
        "cant be happy",
        "far from happy",
        "anything but happy",
        "hardly happy",
        "without any protest",
        "not happy, and tired",
    ],
)
def test_english_negators_reach_a_phrase_of_their_clause(text: str) -> None:
    assert [hit.negated for hit in EN.find(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "I am happy",
        "not only happy but proud",
        "no wonder they are happy",
        "can't wait, so happy",
        "I couldn't be happier, so happy",
        "never been so happy",
        "not gonna lie I'm happy",
        "it is not cold, I am happy",
        "I am not unkind but happy",
        "who doesn't like a protest",
        "not one of them is not happy",
    ],
)
def test_what_only_looks_like_an_english_negation_denies_nothing(text: str) -> None:
    assert [hit.negated for hit in EN.find(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "我不开心",
        "我一点都不开心",
        "没有很开心",
        "并非来抗议",
        "不是来抗议的",
        "不是为了抗议",
        "從來沒有開心過",
        "谈不上开心",
        "开心不起来",
        "别抗议了",
        "未必开心",
    ],
)
def test_chinese_negators_reach_a_phrase_of_their_clause(text: str) -> None:
    assert [hit.negated for hit in ZH.find(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "我很开心",
        "特别开心",
        "不仅开心还很感动",
        "不得不说真可爱",
        "没想到这么可爱",
        "忍不住开心",
        "不是不开心",
        "谁不开心啊",
        "不要太可爱",
        "没素质的人里他最可爱",
        "不是来玩而是来抗议",
        "不过很开心",
    ],
)
def test_what_only_looks_like_a_chinese_negation_denies_nothing(text: str) -> None:
    assert [hit.negated for hit in ZH.find(text)] == [False]
