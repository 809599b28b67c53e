from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.sentiment.instruments.prompt import (
    LABELS,
    hash_of,
    judgment,
    read_answer,
    system_prompt,
    unanswered,
    user_prompt,
)
from discourse.sentiment.target import load_target
from discourse.testing.scorers import fault_of


def test_the_prompt_names_the_target_and_every_label_in_both_languages() -> None:
    prompt = system_prompt(load_target("refugees"))
    assert "tiktok refugee" in prompt
    assert "难民" in prompt
    assert all(f"- {label}:" in prompt for label in LABELS)
    assert "讨厌" in prompt


@given(st.text(alphabet=st.characters(codec=None)), st.none() | st.text(min_size=1))
def test_a_post_is_data_and_nothing_else(text: str, parent: str | None) -> None:
    data = json.loads(user_prompt(text, parent, None))
    assert set(data) == ({"post", "answers_the_post"} if parent else {"post"})
    if text.isascii() and "\0" not in text:
        assert data["post"] == text


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        ('{"label": "positive", "strength": "strong"}', "positive"),
        ('```json\n{"label": "Negative"}\n```', "negative"),
        ('I think {this} is {"label": "absent", "words": null}', "absent"),
        ('{"label": "self", "strength": "weak", "extra": 1} trailing', "self"),
    ],
)
def test_an_answer_is_found_in_what_is_said_around_it(answer: str, label: str) -> None:
    told, reason = read_answer(answer)
    assert told is not None
    assert (told["label"], reason) == (label, "")


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "positive",
        "{",
        '{"label": "good"}',
        '{"strength": "clear"}',
        '{"label": "positive", "strength": "9"}',
        "[1]",
        "{" * 5000,
    ],
)
def test_garbage_is_told_with_its_reason(answer: str) -> None:
    told, reason = read_answer(answer)
    assert told is None
    assert reason


@given(st.text())
def test_no_answer_makes_it_fail(answer: str) -> None:
    read_answer(answer)
    read_answer("{" + answer)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("strength", ["weak", "clear", "strong"])
@pytest.mark.parametrize("neutral", [0.0, 0.15, 0.5, 1.0])
def test_every_answer_gives_a_judgment_without_a_fault(label: str, strength: str, neutral: float) -> None:
    told = {"label": label, "strength": strength, "mixed": False, "words": ""}
    assert fault_of(judgment(told, "post", None, neutral), neutral) == ""


def test_words_that_are_not_in_the_post_are_no_evidence() -> None:
    told = {"label": "positive", "strength": "clear", "mixed": True, "words": "made up"}
    assert judgment(told, "post", "parent", 0.15).evidence == "llm: positive"
    assert judgment(told, "a made up post", "parent", 0.15)[3:] == (True, "reply", "llm: made up")


def test_no_answer_is_na_never_neutral() -> None:
    nothing = unanswered("HTTP 500")
    assert nothing.label is None
    assert math.isnan(nothing.score)
    assert fault_of(nothing, 0.15) == ""


def test_the_hash_tells_where_a_part_ends() -> None:
    assert hash_of("ab", "c") != hash_of("a", "bc")
    assert len(hash_of("\ud800")) == 64
