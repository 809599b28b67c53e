from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

import discourse
from discourse.report import texts_en, texts_zh
from discourse.report.catalogue import chapter_of
from discourse.report.findings import Findings
from discourse.report.references import CITED, WORKS, apa, bibliography, bibtex, bibtex_of, gbt
from discourse.report.sections.appendix import methods_that_ran


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
    assert entries[0].startswith("Angelopoulos")
    assert entries[-1].startswith("Zeleny")
    first = [next(i for i, e in enumerate(entries) if e.startswith(n)) for n in ("Okabe", "Řehůřek", "Röder")]
    assert first == sorted(first)


def test_every_work_has_authors_a_year_a_title_and_a_container():
    for key, work in WORKS.items():
        assert work.authors, key
        assert all(len(author) == 2 and all(author) for author in work.authors), key
        assert 1900 < work.year <= 2026, key
        assert work.title, key
        assert work.title == work.title.strip().rstrip("."), key
        assert work.container, key
        if work.kind == "J":
            assert work.volume, key


def test_a_key_is_the_first_author_with_the_year():
    for key, work in WORKS.items():
        plain = unicodedata.normalize("NFD", work.authors[0][0]).encode("ascii", "ignore").decode()
        spelled = {plain.lower().replace(" ", ""), work.authors[0][0].lower().replace("ö", "oe")}
        assert key in {f"{name}{work.year}" for name in spelled}, key


def test_dois_are_well_formed_and_stand_once():
    dois = [work.doi for work in WORKS.values() if work.doi]
    assert all(re.fullmatch(r"10\.\d{4,5}/[^\s\"<>]*[^\s\"<>.,;]", doi) for doi in dois)
    assert len({doi.lower() for doi in dois}) == len(dois)


def test_links_are_whole():
    for key, work in WORKS.items():
        assert not work.url or re.fullmatch(r"https?://\S+[^\s.,;]", work.url), key


@pytest.mark.parametrize(("texts", "language"), [(texts_en, "en"), (texts_zh, "zh")])
def test_every_listed_work_is_named_where_it_is_cited(texts, language):
    methods = {**chapter_of(language).methods, **texts.METHODS}
    for method, keys in CITED.items():
        _, text = methods[method]
        for key in keys:
            work = WORKS[key]
            assert re.search(rf"{work.authors[0][0]}[^;；。]*{work.year}", text), (method, key)


@pytest.mark.parametrize("texts", [texts_en, texts_zh])
def test_no_note_cites_a_work_that_is_not_listed(texts):
    known = {(work.authors[0][0], str(work.year)) for work in WORKS.values()}
    families = "|".join({family for family, _ in known})
    for text in [*texts.HOW.values(), *texts.NOTES.values(), *(text for _, text in texts.GLOSSARY.values())]:
        for year in re.findall(r"\b(?:19|20)\d\d\b", text):
            before = text[: text.index(year)]
            named = re.findall(families, before)
            assert named, (text, year)
            assert any((family, year) in known for family in named), (text, year)


@pytest.mark.parametrize(
    ("study", "instrument", "named", "absent"),
    [
        ({}, "lexicon 1 abc", "topics", "topics_nmf"),
        ({"topics": {"engine": "nmf", "languages": "separate"}}, "lexicon 1 abc", "topics_nmf", "topics"),
        ({"topics": {"engine": "mine", "languages": "separate"}}, "lexicon 1 abc", "topics_other", "topics"),
        ({}, "llm at a place", "stance_other", "stance"),
    ],
)
def test_a_method_is_described_only_if_it_ran(make_findings, study, instrument, named, absent):
    findings = make_findings()
    tables = dict(findings.tables)
    tables["group_sentiment"] = tables["group_sentiment"].assign(instrument=instrument)
    ran = methods_that_ran(Findings(tables, findings.study | study, findings.provenance))
    assert named in ran
    assert absent not in ran


def test_the_interval_that_ran_is_the_one_described(make_findings):
    findings = make_findings()
    assert "intervals" in methods_that_ran(findings)
    tables = dict(findings.tables)
    tables["group_sentiment"] = tables["group_sentiment"].assign(method="pigeonhole bootstrap (a x b), BCa")
    ran = methods_that_ran(Findings(tables, findings.study, findings.provenance))
    assert "intervals_bootstrap" in ran
    assert "intervals" not in ran


def test_every_doi_of_a_docstring_is_well_formed():
    root = Path(discourse.__file__).parent
    found = [
        (path.name, doi.rstrip(".,;:)"))
        for path in sorted(root.rglob("*.py"))
        for doi in re.findall(r"doi:(10\.[^\s`\"']+)", path.read_text(encoding="utf-8"))
    ]
    assert len(found) > 80
    for name, doi in found:
        assert re.fullmatch(r"10\.\d{4,5}/\S*[A-Za-z0-9]", doi), (name, doi)


@pytest.mark.parametrize("key", sorted(WORKS))
def test_every_work_has_a_balanced_bibtex_entry(key):
    entry = bibtex(key, WORKS[key])
    assert entry.startswith("@")
    assert entry.count("{") == entry.count("}")
    assert not re.search(r"(?<!\\)[&%$#]", re.sub(r"(doi|url) = \{.*\}", "", entry))


def test_the_bibtex_file_holds_what_the_bibliography_lists():
    methods = ["stance", "keyness", "topics"]
    assert bibtex_of(methods).count("\n@") + 1 == len(bibliography(methods, "en"))


def test_places_of_publication_stand_before_the_publisher_as_the_chinese_standard_asks():
    said = gbt(WORKS["roeder2015"])
    assert said.startswith("RÖDER M, BOTH A, HINNEBURG A, 2015. Exploring")
    assert "[C]//Proceedings of the Eighth ACM" in said
    assert ". New York: ACM: 399-408. DOI: 10.1145/2684822.2685324." in said
    assert gbt(WORKS["willenborg2001"]).endswith("[M]. New York: Springer.")
    assert "New York" not in apa(WORKS["willenborg2001"])  # the seventh edition prints no place
    assert "  address = {Toronto},\n  publisher = {Holt, Rinehart and Winston},\n" in bibtex(
        "hajek1971", WORKS["hajek1971"]
    )


def test_nothing_is_said_to_have_no_place_that_was_not_looked_at():
    for key, work in WORKS.items():
        assert "S.l." not in gbt(work), key
        # a publisher is printed in Chinese with its place, or not at all
        assert work.kind == "M" or work.place or not work.publisher or work.publisher not in gbt(work), key
        assert not work.publisher or work.kind == "C", key
        assert not work.place or work.kind in ("M", "C"), key


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_text_of_a_section_cites_a_work_that_no_reference_lists(language):
    chapter = chapter_of(language)
    texts = [*chapter.notes.values(), *chapter.how.values(), *(text for _, text in chapter.methods.values())]
    known = {(work.authors[0][0], str(work.year)) for work in WORKS.values()}
    families = "|".join(sorted({family for family, _ in known}, key=len, reverse=True))
    for text in texts:
        for found in re.finditer(r"\b(19\d\d|20[01]\d|202[0-6])\b", text):
            named = re.findall(families, text[: found.start()])
            assert named, (found.group(), text)
            assert any((family, found.group()) in known for family in named), (found.group(), text)
