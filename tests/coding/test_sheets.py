"""Coding sheets: what goes out comes back, whatever the posts hold."""

from __future__ import annotations

import re
import shutil
import subprocess

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.coding.codebook import group_codebook
from discourse.coding.draw import draw_sample
from discourse.coding.read_sheets import read_sheet
from discourse.coding.sheets import write_disagreements, write_sheets
from discourse.errors import ParameterError
from discourse.tables import CODES
from tests.coding.conftest import HOSTILE, make_frame

#: Ids that a spreadsheet takes for numbers, dates or formulas if it may.
IDS = ["007", "0000000000000000001", "12345678901234567890123", "6785e10", "1-2", "2025-01-14", "=1", "TRUE"]
HOSTILE_FRAME = make_frame(len(HOSTILE)).assign(
    post_id=[*IDS, *(f"67{i:018d}" for i in range(len(HOSTILE) - len(IDS)))],
    **{"text": HOSTILE, "parent": HOSTILE[::-1], "group": "a", "lang": "en", "label": "absent"},
)
SAMPLE = draw_sample(HOSTILE_FRAME, len(HOSTILE), coders=("anna",))


def came_back(path):
    """Ids, texts and parents of a sheet, in order."""
    return [(row["post_id"], row["text"], row["parent"]) for _, row in read_sheet(path, SAMPLE.codebook).rows]


def lines(text):
    """A spreadsheet knows one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def went_out(sample=SAMPLE, coder="anna"):
    deck = sample.assigned(coder)
    return list(
        zip(deck["post_id"], deck["text"].map(lines), deck["parent"].fillna("").map(lines), strict=True)
    )


def without_controls(text):
    """An .ods has no place for control characters; of what people read, it keeps everything but tabs."""
    return re.sub(r"[\t\x07\x0b]", "", text)


@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_lost_on_the_way(tmp_path, format, language):
    (file,) = write_sheets(SAMPLE, tmp_path, format=format, language=language)
    assert came_back(file) == went_out()


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), min_size=1, max_size=4))
def test_any_text_comes_back(tmp_path_factory, texts):
    frame = make_frame(len(texts)).assign(text=texts, group="a", lang="en", label="absent")
    sample = draw_sample(frame, len(texts))
    folder = tmp_path_factory.mktemp("sheets")
    for format in ("xlsx", "csv"):
        (file,) = write_sheets(sample, folder, format=format)
        rows = read_sheet(file, sample.codebook).rows
        assert [row["text"] for _, row in rows] == sample.assigned("coder1")["text"].map(lines).tolist()


def soffice(file, folder, to="xlsx"):
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not on this machine")
    command = [program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    done = subprocess.run(
        [*command, "--convert-to", to, "--outdir", str(folder / "out"), str(file)],
        capture_output=True,
        timeout=180,
        check=False,
    )
    saved = folder / "out" / f"{file.stem}.{to}"
    assert saved.is_file(), done.stderr
    return saved


def test_a_sheet_opened_and_saved_in_libreoffice_loses_nothing(tmp_path):
    (file,) = write_sheets(SAMPLE, tmp_path, language="zh")
    book = openpyxl.load_workbook(file)
    sheet = book["编码"]
    column = next(cell.column for cell in sheet[1] if cell.value == "态度")
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value = ["正面", "中性", "负面", "未提及"][row % 4]
    book.save(file)
    saved = soffice(file, tmp_path)
    assert set(IDS) <= {row["post_id"] for _, row in read_sheet(saved, SAMPLE.codebook).rows}
    assert came_back(saved) == went_out()
    answers = [row["label"] for _, row in read_sheet(saved, SAMPLE.codebook).rows]
    assert answers == [["正面", "中性", "负面", "未提及"][row % 4] for row in range(2, len(HOSTILE) + 2)]
    again = openpyxl.load_workbook(saved)["编码"]
    assert len(again.data_validations.dataValidation) == 1

    back = soffice(soffice(file, tmp_path, "ods"), tmp_path)
    assert came_back(back) == [tuple(map(without_controls, row)) for row in went_out()]
    assert [row["label"] for _, row in read_sheet(back, SAMPLE.codebook).rows] == answers


def test_every_cell_is_a_text_so_that_nothing_is_computed(tmp_path):
    (file,) = write_sheets(SAMPLE, tmp_path)
    sheet = openpyxl.load_workbook(file).worksheets[0]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    formats = {cell.number_format for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s"}
    assert formats == {"@"}


def test_a_spreadsheet_takes_no_cell_of_a_csv_for_a_formula(tmp_path):
    (file,) = write_sheets(SAMPLE, tmp_path, format="csv")
    cells = pd.read_csv(file, dtype=str, keep_default_na=False).to_numpy().ravel()
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("format", ["xlsx", "csv", "label-studio"])
def test_the_same_sample_gives_the_same_bytes(tmp_path, format):
    for name in ("a", "b"):
        write_sheets(SAMPLE, tmp_path / name, format=format)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


BOTH = draw_sample(make_frame(300).assign(text="欢迎"), 60, coders=("anna", "bo"), overlap=20)


@pytest.mark.parametrize("format", ["xlsx", "csv", "label-studio"])
def test_coders_see_neither_prediction_nor_group(tmp_path, format):
    for file in write_sheets(BOTH, tmp_path, format=format):
        if format == "xlsx":
            book = openpyxl.load_workbook(file)
            seen = {str(c.value) for row in book.worksheets[0].iter_rows() for c in row}
        else:
            seen = {file.read_text(encoding="utf-8-sig")}
        assert not any(
            word in text for text in seen for word in ("newcomers", "hosts", "stratum", "positive", "0.")
        )


def test_each_coder_has_a_file_and_the_overlap_is_in_each(tmp_path):
    files = write_sheets(BOTH, tmp_path)
    decks = [{row["post_id"] for _, row in read_sheet(f, BOTH.codebook).rows} for f in files]
    assert [file.name for file in files] == ["anna.xlsx", "bo.xlsx"]
    assert decks[0] & decks[1] == set(BOTH.units.loc[BOTH.units["overlap"], "post_id"])


def test_lists_offer_the_answers_of_the_language(tmp_path):
    for language, answers in (
        ("en", ["positive", "neutral", "negative", "not spoken of"]),
        ("zh", ["正面", "中性", "负面", "未提及"]),
    ):
        file = write_sheets(BOTH, tmp_path, language=language, coders=["anna"])[0]
        book = openpyxl.load_workbook(file)
        (rule,) = book.worksheets[0].data_validations.dataValidation
        page, cells = rule.formula1.split("!")
        assert [row[0].value for row in book[page][cells.replace("$", "")]] == answers
        assert book[page].sheet_state == "hidden"


def test_the_codebook_is_a_page_of_the_workbook(tmp_path):
    file = write_sheets(BOTH, tmp_path, language="zh", coders=["anna"])[0]
    page = openpyxl.load_workbook(file)["编码手册"]
    text = "\n".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value)
    assert BOTH.codebook.stamp in text
    assert all(c.definition["zh"] in text for c in BOTH.codebook.variables[0].categories)


def test_authors_are_coded_on_what_they_wrote(tmp_path):
    frame = pd.DataFrame({"post_id": ["a1", "a2"], "label": "hosts", "text": "CN-GD\n---\n你好"})
    book = group_codebook({"hosts": {"en": "Hosts", "zh": "原住民"}})
    sample = draw_sample(frame, 2, strata=("label",), unit="author", codebook=book)
    (file,) = write_sheets(sample, tmp_path)
    header = [cell.value for cell in openpyxl.load_workbook(file).worksheets[0][1]]
    assert header == ["no.", "what the author wrote", "Group", "note", "id", "toward", "coder", "codebook"]


def test_disagreements_become_a_sheet_with_what_was_said(tmp_path):
    ids = BOTH.units.loc[BOTH.units["overlap"], "post_id"].tolist()
    rows = [(i, who, value) for i in ids[:3] for who, value in (("anna", "positive"), ("bo", "absent"))]
    rows += [(i, who, "absent") for i in ids[3:] for who in ("anna", "bo")]
    codes = pd.DataFrame(rows, columns=["post_id", "coder", "value"]).assign(
        target="refugees", variable="label", codebook_version="1"
    )
    file = write_disagreements(BOTH, CODES.conform(codes), tmp_path)
    assert file is not None
    assert file.name == "adjudicated.xlsx"
    sheet = openpyxl.load_workbook(file).worksheets[0]
    header = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 4
    assert [sheet.cell(2, header.index(who) + 1).value for who in ("anna", "bo")] == [
        "positive",
        "not spoken of",
    ]


def test_without_disagreement_there_is_no_sheet(tmp_path):
    assert write_disagreements(BOTH, CODES.empty(), tmp_path) is None


def test_another_format_is_refused(tmp_path):
    with pytest.raises(ParameterError, match="cannot be written as 'ods'"):
        write_sheets(BOTH, tmp_path, format="ods")  # type: ignore[arg-type]
