"""Constructions: data with sources, read by their whole shape, changing nothing elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from discourse.errors import InputError
from discourse.sentiment.constructions import load_constructions
from discourse.sentiment.score import score

HEAD = "language\ttriggers\tpattern\tact\tvalence\tnote\tsource\n"


def label(text: str) -> str:
    return str(score([text])["label"][0])


@pytest.mark.parametrize(
    ("with_it", "without_it"),
    [
        ("One more refugee post and I'm out", "One refugee posted and I'm at home"),
        ("再刷到难民我就卸载", "再刷到难民我就问问他"),
        ("Someone tell the refugees to chill", "Someone told the refugees about tea"),
        ("难民除了求赞还会干啥", "难民除了英语还用西班牙语"),
    ],
)
def test_the_shape_and_not_the_words_carry_the_blame(with_it: str, without_it: str) -> None:
    assert label(with_it) == "negative"
    assert label(without_it) == "neutral"


def test_what_is_said_inside_a_mention_of_a_word_is_not_said() -> None:
    assert label('A refugee asked how to say "thank you" in Chinese') == "neutral"


def test_a_construction_without_source_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(HEAD + "en\tmore\tone more\tpost\t-0.6\tmore\t\n", encoding="utf-8")
    with pytest.raises(InputError, match="source"):
        load_constructions(path)


def test_an_unknown_act_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(HEAD + "en\tmore\tone more\tshout\t-0.6\tmore\tme\n", encoding="utf-8")
    with pytest.raises(InputError, match="act"):
        load_constructions(path)


def test_every_pattern_can_be_reached_by_one_of_its_triggers() -> None:
    constructions, triggers = load_constructions()
    reached = {number for numbers in triggers.values for number in numbers}
    assert reached == set(range(len(constructions)))
