from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.sentiment.instruments.presence import Presence, checked, from_shares, naming
from discourse.sentiment.target import Target
from discourse.testing.scorers import fault_of


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_shares_give_judgments_without_a_fault(a: float, b: float, neutral: float) -> None:
    low, high = sorted((a, b))
    assert fault_of(from_shares((low, high - low, 1 - high), neutral, "named", ""), neutral) == ""


def test_both_sides_strong_is_mixed() -> None:
    assert from_shares((0.5, 0.1, 0.4), 0.15, "named", "").mixed
    assert not from_shares((0.5, 0.4, 0.1), 0.15, "named", "").mixed


def test_only_posts_that_speak_of_the_target_are_told() -> None:
    presence = Presence("refugees", None, True)
    asked: list[int] = []

    def tell(rows: list[int]) -> list[tuple[float, float, float]]:
        asked.extend(rows)
        return [(0.0, 0.0, 1.0)] * len(rows)

    texts = ["Nice weather", "The refugees are here", "难民来了"]
    judged = presence.judge(texts, None, None, tell, "model")
    assert asked == [1, 2]
    assert [j.label for j in judged] == ["absent", "negative", "negative"]
    assert math.isnan(judged[0].score)
    assert presence.judge([], None, None, tell, "model") == []


def test_a_threshold_outside_its_range_is_refused() -> None:
    with pytest.raises(ParameterError, match="neutral"):
        checked(1.5)


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("I like Ann", (7, 10), "Ann"),
        ("cats!", None, "cats"),
        ("猫", None, "猫"),
        ("them", None, "cats"),
        ("x", (0, 0), "cats"),
    ],
)
def test_the_naming_is_the_one_in_the_post(text: str, span: tuple[int, int] | None, expected: str) -> None:
    assert naming(Target("cats", names={"en": ["cats"], "zh": ["猫"]}), text, span) == expected
