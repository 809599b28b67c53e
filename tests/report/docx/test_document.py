"""The document in a word processor: real headings, captions, tables and alternative texts, kept when saved again."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from discourse.errors import DiscourseError
from discourse.report.document import Document, Grid, Heading, texts
from discourse.report.docx.document import write_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module")
def files(composed, tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("docx")
    return {language: write_docx(*composed[language], folder / f"{language}.docx") for language in LANGUAGES}


def _words(path: Path) -> str:
    body = docx.Document(path).element.body
    return "".join(element.text or "" for element in body.iter(f"{W}t"))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_document_gives_the_same_bytes(composed, files, language, tmp_path):
    again = write_docx(*composed[language], tmp_path / "again.docx")
    assert again.read_bytes() == files[language].read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_member_bears_a_date_and_no_property_is_of_today(files, language):
    with zipfile.ZipFile(files[language]) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]
    about = docx.Document(files[language]).core_properties
    assert (about.created.year, about.modified.year, about.author) == (2000, 2000, "discourse")
    assert about.language == {"en": "en-US", "zh": "zh-CN"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_says_everything_that_the_document_says(composed, files, language):
    seen = _squeezed(_words(files[language])).replace("■", "")
    document: Document = composed[language][0]
    bare = Document(**{**vars(document), "labels": {}, "page_words": ("", ""), "running": "", "banner": ""})
    silent = {picture.alt for picture in bare.pictures()} | {picture.name for picture in bare.pictures()}
    marks = re.compile(
        r"#[0-9a-f]{6}|heading|paragraph|listing|box|entries|dictionary|grid|picture|answers|cover"
    )
    for text in texts(bare):
        if text in silent or marks.fullmatch(text) or text in _SETTINGS:
            continue
        assert _squeezed(text) in seen, text


_SETTINGS = {
    "en",
    "zh",
    "left",
    "right",
    "center",
    "body",
    "small",
    "quiet",
    "warning",
    "bullets",
    "references",
} | {
    "yes",
    "no",
    "open",
    "none",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_headings_in_order(composed, files, language):
    found = [
        (int(p.style.name[-1]), p.text)
        for p in docx.Document(files[language]).paragraphs
        if p.style.name.startswith("Heading")
    ]
    asked = [(b.level, b.text) for b in composed[language][0].blocks if isinstance(b, Heading)]
    assert found == asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_captions_count_by_themselves(composed, files, language):
    document = composed[language][0]
    label = document.labels
    fields = [
        e.get(f"{W}instr").strip() for e in docx.Document(files[language]).element.body.iter(f"{W}fldSimple")
    ]
    numbered = [b for b in document.blocks if isinstance(b, Grid) and b.number]
    assert fields.count(f"SEQ {label['figure']} \\* ARABIC") == len(document.pictures())
    assert fields.count(f"SEQ {label['table']} \\* ARABIC") == len(numbered)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_native_and_their_heads_come_again(composed, files, language):
    tables = docx.Document(files[language]).tables
    grids = [b for b in composed[language][0].blocks if isinstance(b, Grid)]
    framed = [t for t in tables if t.style.name == "Three Lines"]
    assert len(framed) == len(grids)
    for table, grid in zip(framed, grids, strict=True):
        assert [len(table.rows), len(table.columns)] == [len(grid.rows) + 1, len(grid.columns)]
        assert next(table._tbl.iter(f"{W}tblHeader"), None) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_says_in_words_what_it_shows(composed, files, language):
    assert _alternatives(files[language]) == [picture.alt for picture in composed[language][0].pictures()]


def _alternatives(path: Path) -> list[str]:
    body = docx.Document(path).element.body
    return [e.get("descr") or "" for e in body.iter() if str(e.tag).endswith("}docPr")]


def test_chinese_is_marked_as_chinese_in_an_english_report(files):
    body = docx.Document(files["en"]).element.body
    runs = [
        r
        for r in body.iter(f"{W}r")
        if re.search("[\u3400-\u9fff]", "".join(t.text or "" for t in r.iter(f"{W}t")))
    ]
    assert len(runs) > 10
    for run in runs:
        assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") == "eastAsia"
        assert run.find(f"{W}rPr/{W}lang").get(f"{W}eastAsia") == "zh-CN"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_numbered(files, language):
    section = docx.Document(files[language]).sections[0]
    fields = [e.get(f"{W}instr").strip() for e in section.footer._element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_another_language_is_refused(composed, tmp_path):
    document, figures = composed["en"]
    with pytest.raises(DiscourseError, match="no document is written"):
        write_docx(Document(**{**vars(document), "language": "fr"}), figures, tmp_path / "x.docx")


def test_a_block_that_is_not_known_is_refused(composed, tmp_path):
    document, figures = composed["en"]
    odd: Any = object()
    with pytest.raises(AssertionError):
        write_docx(Document(**{**vars(document), "blocks": (odd,)}), figures, tmp_path / "x.docx")


def test_a_word_processor_saves_it_again_without_loss(files, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = (tmp_path / "profile").as_uri()
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        "docx:MS Word 2007 XML",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "again"), *(str(files[language]) for language in LANGUAGES)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    for language in LANGUAGES:
        before, after = files[language], tmp_path / "again" / f"{language}.docx"
        assert _squeezed(_words(after)) == _squeezed(_words(before))
        assert _alternatives(after) == _alternatives(before)
        one, other = docx.Document(before), docx.Document(after)
        assert len(other.inline_shapes) == len(one.inline_shapes)
        assert [_cells(t) for t in other.tables] == [_cells(t) for t in one.tables]
        assert _styles(other) == _styles(one)


def _cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def _styles(document: Any) -> list[str]:
    return [p.style.name for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
