"""Lexicons: data with a source, read into one scanner."""

from __future__ import annotations

from pathlib import Path

import pytest

from discourse.errors import InputError
from discourse.sentiment.inflection import forms_of
from discourse.sentiment.lexicon import COLUMNS, load_lexicon, read_entries, shipped_files
from discourse.sentiment.lexicon_scorer import LexiconScorer
from discourse.sentiment.scan import closed_up, fold, scan

HEADER = "\t".join(COLUMNS) + "\n"


@pytest.mark.parametrize("path", shipped_files(), ids=lambda path: path.stem)
def test_every_shipped_entry_has_a_source_and_a_valence_in_range(path: Path) -> None:
    assert sum(1 for _ in read_entries(path)) > 100


def test_there_are_thousands_of_valenced_entries_a_language() -> None:
    cues = [cue for path in shipped_files() for cue in read_entries(path) if cue.value]
    assert sum(cue.lang == "zh" for cue in cues) > 5000
    assert sum(cue.lang == "en" for cue in cues) > 5000


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("zh\t好\t0.5\tquality\t\t\t\n", "no source"),
        ("zh\t好\t0.5\tadjective\t\t\tme\n", "unknown class"),
        ("zh\t好\t5\tquality\t\t\tme\n", "not a valence"),
        ("zh\t好\tx\tquality\t\t\tme\n", "not a valence"),
    ],
)
def test_a_wrong_entry_is_an_error_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        list(read_entries(path))
    assert "line 2" in str(caught.value)


def test_wrong_columns(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("word\tvalue\n", encoding="utf-8")
    with pytest.raises(InputError, match="wrong columns"):
        list(read_entries(path))


def test_the_researchers_own_entries_come_on_top(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(
        HEADER + "zh\t很抹茶\t0.8\tquality\t\t\tme\nen\tlovely\t-0.9\tquality\t\t\tme\n", encoding="utf-8"
    )
    own = LexiconScorer("refugees", lexicons=[path])
    assert [j.label for j in own.score(["难民很抹茶", "refugees are lovely"])] == ["positive", "negative"]
    assert own.instrument != LexiconScorer("refugees").instrument


@pytest.mark.parametrize(
    ("form", "note", "expected"),
    [
        ("love", "verb", ["love", "loves", "loved", "loving"]),
        ("spam", "verb", ["spam", "spams", "spammed", "spamming"]),
        ("lie", "verb", ["lie", "lies", "lied", "lying"]),
        ("bully", "verb", ["bully", "bullies", "bullied", "bullying"]),
        ("show off", "verb", ["show off", "shows off", "showed off", "shown off", "showing off"]),
        ("hero", "noun", ["hero", "heros"]),
        ("bully", "noun", ["bully", "bullies"]),
        ("yay", "", ["yay"]),
    ],
)
def test_regular_inflection(form: str, note: str, expected: list[str]) -> None:
    assert list(forms_of(form, note)) == expected


def found(text: str) -> list[str]:
    return [cue.form for _start, _stop, cue in scan(fold(text), load_lexicon())]


def test_cues_are_found_in_order_longest_first() -> None:
    assert found("没礼貌，真可爱") == ["没礼貌", "，", "真", "可爱"]
    assert found("no wonder they are not rude") == ["no wonder", "they", "not", "rude"]


def test_words_are_whole_words() -> None:
    assert "sin" not in found("a single house")
    assert found("sooo cuuute") == ["so", "cute"]


def test_offsets_are_those_of_the_text() -> None:
    text = "Ça va 😀 難民很可愛, so SWEET’s"
    for start, stop, cue in scan(fold(text), load_lexicon()):
        assert len(fold(text)[start:stop]) >= len(cue.form)
    assert len(fold(text)) == len(text)


def test_spaced_out_chinese_is_closed_up() -> None:
    assert closed_up("老 师 讲 得 好 ok 吗") == "老师讲得好 ok 吗"
