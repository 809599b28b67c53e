from __future__ import annotations

import inspect
import re

import pytest

from discourse.report import texts_en, texts_zh, words_en, words_zh
from discourse.report.catalogue import chapter_of
from discourse.report.dictionary_zh import MEANINGS, TABLES
from discourse.report.findings import Findings
from discourse.report.prose import Prose, prose
from discourse.report.prose_en import English
from discourse.report.prose_zh import Chinese
from discourse.report.reasons_zh import reason_zh
from discourse.report.subject import subject_of
from discourse.tables import REPORT_TABLES

_HAN = re.compile(r"[\u4e00-\u9fff]")


def _say(language: str) -> Prose:
    study = {"groups": [{"name": "hosts", "label": {"en": "Hosts", "zh": "原住民"}}, {"name": "newcomers"}]}
    return prose(subject_of(Findings({}, study), language))


def test_both_languages_can_say_the_same_things():
    assert words_en.WORDS.keys() == words_zh.WORDS.keys()
    for catalogue in ("CHARTS", "NOTES", "HOW", "CLAIMS", "GLOSSARY", "METHODS"):
        assert getattr(texts_en, catalogue).keys() == getattr(texts_zh, catalogue).keys()


def test_notes_take_the_same_values_in_both_languages():
    def fields(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", text))

    for key in texts_en.NOTES:
        assert fields(texts_en.NOTES[key]) == fields(texts_zh.NOTES[key]), key
    for key in texts_en.METHODS:
        assert fields(texts_en.METHODS[key][1]) == fields(texts_zh.METHODS[key][1]), key


def test_every_sentence_has_the_same_parameters_in_both_languages():
    for name, method in inspect.getmembers(Prose, inspect.isfunction):
        assert inspect.signature(getattr(English, name)) == inspect.signature(method), name
        assert inspect.signature(getattr(Chinese, name)) == inspect.signature(method), name


def test_chinese_words_are_chinese_and_english_words_are_not():
    kept = {"Hedges g", "p", "z", "q", "n", "Reddit", "TikTok", "Hedges"}
    for key, text in words_zh.WORDS.items():
        assert _HAN.search(text) or text in kept, key
    assert not any(_HAN.search(text) for text in words_en.WORDS.values())


def test_every_column_of_every_table_is_explained_in_chinese():
    tables, meanings = {**chapter_of("zh").tables, **TABLES}, {**chapter_of("zh").meanings, **MEANINGS}
    for table in REPORT_TABLES:
        assert table.name in tables
        for column in table.columns:
            assert f"{table.name}.{column.name}" in meanings or column.name in meanings, (
                f"{table.name}.{column.name}"
            )


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.1, 0.3, "favourable on balance"),
        (-0.3, -0.1, "unfavourable on balance"),
        (-0.1, 0.1, "neither side"),
    ],
)
def test_a_side_is_named_only_where_the_whole_interval_lies_on_it(low, high, words):
    row = {"estimate": (low + high) / 2, "low": low, "high": high, "level": 0.95}
    assert words in _say("en").figure_of("mean", "hosts", "refugees", row)


def test_the_finding_stands_with_its_interval_in_both_languages():
    row = {"estimate": -0.12, "low": -0.2, "high": -0.04, "level": 0.95}
    assert "−0.12 [−0.20, −0.04]" in _say("en").figure_of("mean", "hosts", "refugees", row)
    assert "−0.12（95% 区间 −0.20 至 −0.04）" in _say("zh").figure_of("mean", "hosts", "refugees", row)


@pytest.mark.parametrize("measure", ["mean", "positive", "negative", "balance", "coverage"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_difference_that_holds_zero_is_called_no_difference(measure, language):
    row = {"estimate": 0.02, "low": -0.05, "high": 0.09, "level": 0.95}
    said = _say(language).difference_of(measure, ("hosts", "newcomers"), "refugees", row)
    assert ("cannot be told" if language == "en" else "无法判定") in said
    higher = {"estimate": 0.2, "low": 0.1, "high": 0.3, "level": 0.95}
    lower = {"estimate": -0.2, "low": -0.3, "high": -0.1, "level": 0.95}
    up, down = ("higher", "lower") if language == "en" else ("高于", "低于")
    assert up in _say(language).difference_of(measure, ("hosts", "newcomers"), "refugees", higher)
    assert down in _say(language).difference_of(measure, ("hosts", "newcomers"), "refugees", lower)


@pytest.mark.parametrize(
    "reason",
    [
        "no post of this group mentions the target",
        "fewer than 100 authors",
        "fewer than 20 threads",
        "fewer than 100 authors in hosts and newcomers",
        "the groups differ in language, and nobody has checked the instrument in both",
        "the groups differ in platform, and nobody has checked the instrument in both",
        "the 95 % interval lies wholly on the side stated beforehand",
        "the 95 % interval lies wholly on the other side of what was stated",
        "the 95 % interval includes 0",
        "the 95 % interval lies within ±0.05 of 0",
        "the study has no target 'x'",
        "no collected author belongs to the group 'hosts'",
        "the outcome topic:3 is not measured by this version",
        "the outcome 'mean' does not vary within the groups; no interval can be given",
        "group 'hosts' has no post; nothing can be compared",
    ],
)
def test_every_reason_of_the_comparison_is_said_in_chinese(reason):
    said = reason_zh(reason, _say("zh").subject)
    assert _HAN.search(said)
    assert "原文" not in said
    assert not re.search(r"[a-z]{3}", said.replace("topic:3", ""))


def test_an_unknown_reason_is_quoted_and_not_lost():
    assert reason_zh("the moon is full.", _say("zh").subject) == "原文：the moon is full"
