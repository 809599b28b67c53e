from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from discourse.corpus.card import Card, Finding, read_card
from discourse.corpus.card_questions import (
    QUESTIONS,
    Question,
    ask_card,
    parse_answer,
    questions,
    update_card,
)
from discourse.corpus.read import import_exports
from discourse.errors import ParameterError


def test_every_question_is_about_a_key_of_the_card() -> None:
    card = Card()
    for question in QUESTIONS:
        section, name = question.key.split(".")
        assert getattr(getattr(card, section), name) in (None, ())


def test_nothing_known_is_asked_again() -> None:
    known = Card(collection=Finding(how="hashtag", sub_comments=False, keywords_met=("cat tax",)))
    asked = {q.key for q in questions(known)}
    assert asked == {q.key for q in QUESTIONS} - {
        "collection.how",
        "collection.sub_comments",
        "collection.keywords",
    }


@pytest.mark.parametrize(
    ("kind", "answer", "value"),
    [
        ("text", "  popular ", "popular"),
        ("text", "", None),
        ("list", "a, b，猫、", ("a", "b", "猫")),
        ("number", "1,200", 1200),
        ("yes-no", "Y", True),
        ("yes-no", "没有", False),
        ("date", "2025-02-01", dt.date(2025, 2, 1)),
    ],
)
def test_answers(kind: str, answer: str, value: object) -> None:
    assert parse_answer(Question("collection.how", "?", kind), answer) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "answer"), [("number", "many"), ("number", "0"), ("yes-no", "maybe"), ("date", "1/2/25")]
)
def test_answers_of_another_form_are_refused(kind: str, answer: str) -> None:
    with pytest.raises(ParameterError):
        parse_answer(Question("collection.how", "?", kind), answer)  # type: ignore[arg-type]


def test_a_wrong_answer_is_asked_again_and_then_left_unknown() -> None:
    told: list[str] = []
    cap = QUESTIONS.index(next(q for q in QUESTIONS if q.key == "collection.per_keyword_cap"))
    answers = [""] * cap + ["lots", "very many", "220"]
    lines = iter(answers)
    assert ask_card(Card(), lambda prompt: next(lines, ""), told.append).collection.per_keyword_cap == 220
    assert len(told) == 2
    assert ask_card(Card(), lambda prompt: "soon").collection.collected is None


def test_the_end_of_the_input_loses_no_answer() -> None:
    lines = iter(["keyword search"])

    def ask(prompt: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    assert ask_card(Card(), ask).collection.how == "keyword search"


def test_an_import_is_asked_once(data: Path, key: bytes, tmp_path: Path) -> None:
    import_exports(data / "mediacrawler" / "thread", tmp_path / "c", key=key)
    update_card(tmp_path / "c", ask=lambda prompt: "2030-01-01" if "YYYY" in prompt else "")
    asked: list[str] = []
    card = update_card(tmp_path / "c", ask=lambda prompt: asked.append(prompt) or "")  # type: ignore[func-returns-value]
    assert card == read_card(tmp_path / "c")
    assert not any("YYYY" in prompt for prompt in asked)
    assert update_card(tmp_path / "c") == card
