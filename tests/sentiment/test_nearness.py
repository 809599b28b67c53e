from __future__ import annotations

import pytest

from discourse.sentiment.nearness import FAR, NEAR, SAME_CLAUSE, reach_of
from discourse.sentiment.target import Target

CATS = Target("cats", names={"en": ["cats"], "zh": ["猫"]}, lookalikes={"zh": ["熊猫"]})


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("I like cats", "like", SAME_CLAUSE),
        ("cats came, so sweet", "sweet", NEAR),
        ("so sweet, and funny, those cats", "sweet", NEAR),
        ("cats came. Rain fell. I am sad.", "sad", FAR),
        ("cats came. They are sweet.", "sweet", SAME_CLAUSE),
        ("猫来了。今天下雨。我很难过", "难过", FAR),
        ("我喜欢貓", "喜欢", SAME_CLAUSE),
        ("熊猫来了。猫也来了，真可爱", "可爱", NEAR),
    ],
)
def test_nearness_by_clause_and_sentence(text: str, word: str, expected: int) -> None:
    assert reach_of(CATS).nearness(text, None).of(text.index(word)) == expected


def test_without_a_naming_everything_is_near() -> None:
    assert reach_of(CATS).nearness("so sweet", None).of(3) == SAME_CLAUSE


def test_a_lookalike_is_no_naming() -> None:
    text = "熊猫真可爱。猫在那。天黑了。我走了，难过"
    assert reach_of(CATS).nearness(text, None).of(text.index("可爱")) == FAR


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("cats are angry", "angry", True),
        ("cats make me angry", "angry", False),
        ("I am angry at cats", "angry", False),
        ("猫很生气", "生气", True),
        ("猫让我生气", "生气", False),
    ],
)
def test_a_feeling_of_the_target_is_told_from_one_toward_it(text: str, word: str, expected: bool) -> None:
    start = text.index(word)
    assert reach_of(CATS).nearness(text, None).is_theirs(start, start + len(word)) is expected
