"""The catalogues of the sections say the same in both languages."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from discourse.report.catalogue import METHOD_TABLES, chapter_of
from discourse.report.catalogue.chapter import Chapter, merged
from discourse.tables import REPORT_TABLES

ONLY_CHINESE = ("tables", "meanings", "units")


@pytest.mark.parametrize("part", [f.name for f in fields(Chapter) if f.name not in ONLY_CHINESE])
def test_both_languages_have_the_same_keys(part):
    assert sorted(getattr(chapter_of("en"), part)) == sorted(getattr(chapter_of("zh"), part))


@pytest.mark.parametrize("part", ["words", "notes"])
def test_both_languages_leave_the_same_places_open(part):
    places = re.compile(r"\{(\w+)")
    en, zh = getattr(chapter_of("en"), part), getattr(chapter_of("zh"), part)
    for key in en:
        assert set(places.findall(en[key])) == set(places.findall(zh[key])), key


def test_every_table_of_a_report_is_described_in_chinese():
    from discourse.report.dictionary_zh import TABLES

    known = {**chapter_of("zh").tables, **TABLES}
    assert [t.name for t in REPORT_TABLES if t.name not in known] == []


def test_a_paragraph_of_methods_belongs_to_a_table():
    assert set(METHOD_TABLES) == set(chapter_of("en").methods)
    assert set(METHOD_TABLES.values()) <= {t.name for t in REPORT_TABLES}


def test_two_sections_cannot_say_one_key_differently():
    with pytest.raises(ValueError, match="different texts"):
        merged([Chapter(words={"a": "A"}), Chapter(words={"a": "B"})])
