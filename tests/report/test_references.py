from __future__ import annotations

import re

import pytest

from discourse.report import texts_en, texts_zh
from discourse.report.references import CITED, WORKS, apa, bibliography, gbt


def test_every_work_cited_by_a_method_is_known_and_every_work_is_cited():
    cited = {key for keys in CITED.values() for key in keys}
    assert cited == set(WORKS)


def test_only_what_ran_is_listed():
    assert not any("Latent Dirichlet" in entry for entry in bibliography(["stance", "keyness"], "en"))
    assert any("Latent Dirichlet" in entry for entry in bibliography(["topics"], "en"))


def test_a_reader_finds_every_cited_year_in_the_references():
    for texts in (texts_en.METHODS, texts_zh.METHODS):
        for key, (_, text) in texts.items():
            years = set(re.findall(r"\b(19\d\d|20[0-3]\d)\b", text))
            known = {str(WORKS[work].year) for work in CITED.get(key, ())}
            assert years <= known, key


@pytest.mark.parametrize("style", [apa, gbt])
def test_every_entry_is_whole(style):
    for work in WORKS.values():
        entry = style(work)
        assert str(work.year) in entry
        assert work.title in entry
        assert ".." not in entry.replace("...", "")
        if work.doi:
            assert work.doi in entry


def test_entries_stand_in_the_order_of_the_alphabet():
    entries = bibliography(CITED, "en")
    assert entries[0].startswith("Benjamini")
    assert entries[-1].startswith("Wilson")
    assert sum(e.startswith("Řehůřek") for e in entries[10:18]) == 1
