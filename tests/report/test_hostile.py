"""Ten thousand hostile posts, as data: every format says what they are, none does what they say."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pandas as pd
import pytest

from discourse.report.document import texts
from discourse.report.findings import Findings
from discourse.report.glyphs import printable
from discourse.report.render import compose, render

PIECES = (
    *("#set page(width: 1pt)", '#eval("1+1")', '#import "x"', "$ sum $", "*b*", "_i_", "`raw`", "@ref", "<label>", "//", "/*"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "</style></title>", "&lt;&amp;", "]]>", "<!--", "{{7*7}}"),
    *("\\input{/etc/passwd}", "\\write18{x}", "\\end{tabular}", "%", "~", "^", "&", "\\\\"),
    *("=1+1", "@SUM(A1)", "+1", "-1", "=cmd|' /C calc'!A0", "＝1", "\t=1", '=HYPERLINK("http://x")'),
    *("\u202e", "\u202a", "\u2066", "\u2069", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2028", "\x00", "\x07", "\x1b[31m"),
    *("[x](javascript:alert(1))", "| a | b |", "![](http://x/y.png)", "# h", "${7*7}", "%s", "{0}"),
    *("TikTok难民", "the refugees", "欢迎", "hate", "𠮷", "ﷺ", "مرحبا", "e\u0301\u0302\u0303", "👨\u200d👩\u200d👧", "\ufffe", "\ud800"),
)  # fmt: skip
TABLES = (("keyness", "word"), ("topic_words", "word"), ("topics", "label"), ("events", "name"), ("limits", "text"), ("group_signals", "signals"))  # fmt: skip


def hostile_texts(n: int, seed: int = 1) -> list[str]:
    """Pieces of every language of markup, code points of every plane, and words of 10,000 characters."""
    rng = random.Random(seed)
    made = []
    for i in range(n):
        wild = "".join(chr(rng.randrange(0x110000)) for _ in range(3)) + chr(
            (i % 17 << 16) + rng.randrange(0x10000)
        )
        long = "W" * 10_000 if i % 500 == 0 else ""
        made.append("".join(rng.choice(PIECES) for _ in range(rng.randint(1, 5))) + wild + long)
    return made


@pytest.fixture(scope="module")
def hostile(make_findings) -> Findings:
    lines = iter(hostile_texts(12_000))
    findings = make_findings()
    tables = dict(findings.tables)
    tables["limits"] = pd.DataFrame({"topic": ["time"] * 9, "text": ["x"] * 9})
    for name, column in TABLES:
        cells = [next(lines) for _ in range(len(tables[name]))]
        tables[name] = tables[name].assign(**{column: pd.Series(cells, dtype=object)})
    # a table of other name is kept in the run and written into the workbook
    tables["posts"] = pd.DataFrame({"text": pd.Series([next(lines) for _ in range(10_000)], dtype=object)})
    head = {**findings.study["study"], "title": next(lines), "question": next(lines)}
    groups = [{"name": g, "label": {"en": next(lines)}} for g in ("hosts", "newcomers", "onlookers")]
    targets = [{**t, "label": next(lines)} for t in findings.study["targets"]]
    return Findings(
        tables, {**findings.study, "study": head, "groups": groups, "targets": targets}, findings.provenance
    )


@pytest.fixture(scope="module")
def folder(hostile, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("hostile")
    render(hostile, out)
    return out


def test_what_has_no_glyph_is_counted(hostile):
    counted: Counter[str] = Counter()
    for frame in hostile.tables.values():
        for name in frame.columns:
            for value in frame[name].dropna():
                if isinstance(value, str):
                    printable(value, counted)
    said = next(t for t in texts(compose(hostile, "en")) if "have no glyph" in t)
    total = int(re.match(r"([\d,]+) characters", said)[1].replace(",", ""))
    # the study's own words are counted too
    assert sum(counted.values()) <= total <= sum(counted.values()) + 200
    assert sum(counted.values()) > 20_000


def test_no_control_and_no_turn_of_direction_reaches_a_page(hostile):
    printed = "".join(texts(compose(hostile, "en")))
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ud800-\udfff]", printed
    )
    assert "⟨U+202E⟩" in printed


def test_the_page_has_no_element_of_theirs(folder):
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert len(re.findall(r"<script", text)) == len(re.findall(r"<style", text)) - 1 == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    body = text[text.index("<main") : text.index("</main>")]
    assert not re.search(r"<img|<script|<[^>\"]*(?:\"[^\"]*\"[^>\"]*)* on[a-z]+=|<h1[^>]*>\s*</h1>", body)
    assert not re.search(r'href="(?!https?://|#)', text)
    assert "{{7*7}}" in text
    assert ">49<" not in text


def test_the_document_for_word_processors_is_sound(folder):
    made = docx.Document(folder / "report.docx")
    words = "".join(p.text for p in made.paragraphs) + "".join(c.text for t in made.tables for c in t._cells)
    assert "<script>" in words
    with zipfile.ZipFile(folder / "report.docx") as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
        links = archive.read("word/_rels/document.xml.rels").decode("utf-8")
    assert "javascript:" not in links
    assert not re.search(r"\\input|file:", links)


def test_the_workbook_runs_nothing_and_keeps_the_posts(folder, hostile):
    with zipfile.ZipFile(folder / "tables.xlsx") as archive:
        assert not [n for n in archive.namelist() if b"<f>" in archive.read(n)]
    book = openpyxl.load_workbook(folder / "tables.xlsx", read_only=True)
    cells = [row[0] for row in book["posts"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert len(cells) == 10_000
    assert not any(re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", cell.value) for cell in cells)
    said = [row[-1].value for row in book["dictionary"].iter_rows(min_row=2)][-1]
    assert int(re.match(r"([\d,]+) characters", said)[1].replace(",", "")) > 5_000
    book.close()


def test_the_fragments_keep_their_columns(folder):
    for path in (folder / "tables" / "latex").glob("*.tex"):
        text = path.read_text(encoding="utf-8")
        begun = re.findall(r"\\begin\{(tabularx?)\}", text)
        assert begun == re.findall(r"\\end\{(tabularx?)\}", text)
        assert len(begun) == 1
        assert not re.search(r"\\(?:input|write)", text)
    for path in (folder / "tables" / "markdown").glob("*.md"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
        assert len({len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines}) == 1
        assert "<script" not in "".join(lines)


def test_the_tables_read_back_as_they_were(hostile, tmp_path):
    again = Findings.load(hostile.save(tmp_path))
    assert again.table("posts")["text"].tolist() == hostile.table("posts")["text"].tolist()
    with (tmp_path / "tables" / "posts.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [row[0] for row in csv.reader(file)]
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)]


def test_the_pdf_opens_and_says_them(folder):
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(io.BytesIO((folder / "report.pdf").read_bytes())) as pdf:
        assert len(pdf.pages) > 8
        assert pdf.Root.MarkInfo.Marked
        names = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") in ("/JavaScript", "/Launch")
        ]
    assert names == []


@pytest.mark.long
def test_ten_thousand_hostile_posts_give_a_report_from_end_to_end(tmp_path):
    from discourse.study.load import load_study
    from discourse.study.run import run_study

    keys = ("comment_id", "note_id", "create_time", "ip_location", "content", "user_id", "nickname", "avatar",
            "sub_comment_count", "pictures", "last_modify_ts", "parent_comment_id", "like_count")  # fmt: skip
    rows = [
        (
            f"c{i}",
            f"n{i % 40}",
            1736700000000 + i * 60_000,
            PLACES[i % 5],
            text,
            f"u{i % 900}",
            "x",
            "",
            0,
            "",
            "",
            "0",
            "1",
        )
        for i, text in enumerate(hostile_texts(10_000))
    ]
    # as JSON an export can hold unpaired surrogates
    exported = json.dumps([dict(zip(keys, row, strict=True)) for row in rows])
    (tmp_path / "posts.json").write_text(exported, encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    run_study(load_study(tmp_path / "study.toml"), tmp_path / "out", keep=False)
    for name in ("report.pdf", "report.html", "report.docx", "tables.xlsx"):
        assert (tmp_path / "out" / name).stat().st_size > 10_000
    flow = Findings.load(tmp_path / "out").table("flow").set_index("step")["n"]
    assert flow["read"] == flow["kept"] + flow["duplicates"] + flow["rejected"] == 10_000
    limits = " ".join(Findings.load(tmp_path / "out").table("limits")["text"])
    replaced = int(re.search(r"text-replaced ([\d,]+)", limits)[1].replace(",", ""))
    assert replaced > 500
    groups = Findings.load(tmp_path / "out").table("corpus_description").set_index("group")
    assert {"hosts", "newcomers"} <= set(groups.index)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert len(re.findall(r"<script", page)) == 1
    assert f"text-replaced {replaced:,}" in page


PLACES = ("广东", "美国", "=1+1", "<b>", "")
STUDY = """
version = 1
[study]
title = "#let x = <i>Hostile</i>"
question = "= 1 + 1 *?*"
synthetic = true
[[sources]]
path = "posts.json"
timezone = "Asia/Shanghai"
key = "hostile"
[topics]
n_topics = 3
[[groups]]
name = "hosts"
all = [{ ip = ["CN-*"] }]
[[groups]]
name = "newcomers"
all = [{ ip = ["US"] }]
[[targets]]
use = "refugees"
"""
