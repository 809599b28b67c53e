from __future__ import annotations

import datetime as dt
import zipfile

import openpyxl
import pandas as pd
import pytest

from discourse.report.files.workbook import write_workbook
from discourse.report.findings import Findings

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "007",
    "1e5",
    "2025-01-19",
    "{=1}",
    "'=1",
    '=HYPERLINK("x")',
]


@pytest.fixture(scope="module")
def written(make_findings, tmp_path_factory):
    folder = tmp_path_factory.mktemp("books")
    return {lang: write_workbook(make_findings(lang), folder / f"{lang}.xlsx", lang) for lang in ("en", "zh")}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_same_findings_give_the_same_bytes(written, make_findings, tmp_path, language):
    again = write_workbook(make_findings(language), tmp_path / "again.xlsx", language)
    assert again.read_bytes() == written[language].read_bytes()
    with zipfile.ZipFile(again) as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}
    assert openpyxl.load_workbook(again).properties.modified == dt.datetime(2000, 1, 1)


def test_each_table_has_a_sheet_with_its_rows(written, make_findings):
    book = openpyxl.load_workbook(written["en"])
    tables = {name: frame for name, frame in make_findings("en").tables.items() if len(frame)}
    assert book.sheetnames == ["dictionary", *tables]
    for name, frame in tables.items():
        assert [cell.value for cell in book[name][1]] == list(frame.columns)
        assert book[name].max_row == len(frame) + 1
    found = pd.DataFrame(list(book["keyness"].values)[1:], columns=[c.value for c in book["keyness"][1]])
    assert found["word"].tolist() == tables["keyness"]["word"].tolist()
    assert found["log_odds_z"].tolist() == pytest.approx(tables["keyness"]["log_odds_z"].tolist())


@pytest.mark.parametrize(
    ("language", "sheet", "meaning"),
    [("en", "dictionary", "records or posts"), ("zh", "数据字典", "记录或帖子数")],
)
def test_the_dictionary_says_what_each_column_means(written, language, sheet, meaning):
    book = openpyxl.load_workbook(written[language])
    rows = [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=2)]
    assert meaning in [row[4] for row in rows if row[:2] == ["flow", "n"]]
    described = {(row[0], row[1]) for row in rows}
    for name in book.sheetnames[1:]:
        assert {(name, cell.value) for cell in book[name][1]} <= described
    assert all(row[4] for row in rows)


def test_text_stays_text_whatever_it_looks_like(make_findings, tmp_path):
    findings = make_findings(
        tables={"notes": pd.DataFrame({"text": FORMULAS, "=name": range(len(FORMULAS))})}
    )
    book = openpyxl.load_workbook(write_workbook(findings, tmp_path / "x.xlsx", "en"))
    cells = [row[0] for row in book["notes"].iter_rows(min_row=2)]
    assert [cell.value.replace("⟨U+0009⟩", "\t") for cell in cells] == FORMULAS
    assert {(cell.data_type, cell.number_format, cell.quotePrefix) for cell in cells} == {("s", "@", True)}
    assert book["notes"]["B1"].data_type == "s"
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        assert not [n for n in archive.namelist() if b"<f>" in archive.read(n)]


def test_what_no_cell_can_hold_is_replaced_and_counted(make_findings, tmp_path):
    texts = ["a\x00b\x0bc", "x\u202ey", "\ud83d", "long " * 9000, "zero\u200bwidth", "fine 难民 \U00020bb7"]
    findings = make_findings(tables={"notes": pd.DataFrame({"text": pd.Series(texts, dtype=object)})})
    book = openpyxl.load_workbook(write_workbook(findings, tmp_path / "x.xlsx", "en"))
    found = [row[0].value for row in book["notes"].iter_rows(min_row=2)]
    assert found[0] == "a⟨U+0000⟩b⟨U+000B⟩c"
    assert found[1:3] == ["x⟨U+202E⟩y", "⟨U+D83D⟩"]
    assert (len(found[3]), found[3][-1]) == (32_767, "…")
    assert found[5] == texts[5]
    said = [row[4].value for row in book["dictionary"].iter_rows(min_row=2)]
    # the lone surrogate was replaced where the findings were made
    assert said[-1] == "4 characters that no cell can hold are written as their code points."


def test_kinds_of_values_are_kept_and_unknown_is_empty(make_findings, tmp_path):
    frame = pd.DataFrame(
        {
            "whole": pd.Series([3, pd.NA], dtype="Int64"),
            "part": [0.5, float("nan")],
            "yes": [True, False],
            "at": [pd.Timestamp("2025-01-19T03:30Z"), pd.NaT],
            "list": pd.Series([["a", "b"], pd.NA], dtype=object),
            "endless": [float("inf"), 1.0],
        }
    )
    findings = make_findings(tables={"kinds": frame})
    book = openpyxl.load_workbook(write_workbook(findings, tmp_path / "x.xlsx", "en"))
    first, second = ([cell.value for cell in row] for row in book["kinds"].iter_rows(min_row=2))
    assert first == [3, 0.5, True, "2025-01-19T03:30:00+00:00", '["a", "b"]', "inf"]
    assert second == [None, None, False, None, None, 1]


def test_small_cells_are_hidden_as_in_the_report(make_findings, tmp_path):
    book = openpyxl.load_workbook(write_workbook(make_findings(), tmp_path / "x.xlsx", "en"))
    for name in book.sheetnames[1:]:
        head = [cell.value for cell in book[name][1]]
        for column in {"n_authors", "authors_a", "authors_b"} & set(head):
            values = [row[head.index(column)].value for row in book[name].iter_rows(min_row=2)]
            assert not [v for v in values if v is not None and 0 < v < 10], (name, column)


def test_titles_of_sheets_are_short_and_apart(tmp_path):
    long = "a_very_long_name_of_a_table_that_no_sheet_can_bear"
    tables = {f"{long}_{i}": pd.DataFrame({"x": [i]}) for i in range(3)} | {
        "odd/[name]": pd.DataFrame({"x": [1]})
    }
    book = openpyxl.load_workbook(write_workbook(Findings(tables, {}), tmp_path / "x.xlsx", "en"))
    assert len(book.sheetnames) == 5
    assert all(len(title) <= 31 for title in book.sheetnames)


def test_no_tables_is_a_workbook_with_an_empty_dictionary(tmp_path):
    book = openpyxl.load_workbook(write_workbook(Findings({}, {}), tmp_path / "x.xlsx", "zh"))
    assert book.sheetnames == ["数据字典"]
