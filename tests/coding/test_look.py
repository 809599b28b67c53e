"""How a coding sheet looks."""

from __future__ import annotations

import openpyxl
import pytest

from discourse.coding.codebook import Category, Codebook, Variable
from discourse.coding.draw import draw_sample
from discourse.coding.sheets import write_sheets
from tests.coding.conftest import make_frame

LONG = make_frame(3).assign(text=["short", "word " * 100, "长" * 300], group="a", lang="en", label="absent")


@pytest.fixture
def sheet(tmp_path):
    (file,) = write_sheets(draw_sample(LONG, 3), tmp_path)
    return openpyxl.load_workbook(file).worksheets[0]


def test_rows_are_as_tall_as_their_texts_and_never_taller_than_excel_can(sheet):
    heights = {str(sheet.cell(n, 2).value)[:4]: sheet.row_dimensions[n].height for n in range(2, 5)}
    assert heights["shor"] < heights["word"] <= 409
    assert heights["shor"] < heights["长长长长"] <= 409


def test_the_header_stays_and_a_page_is_as_wide_as_the_sheet(sheet):
    assert sheet.freeze_panes == "B2"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_each_question_has_a_list_of_its_own_whatever_its_words(tmp_path):
    odd = tuple(Category(f"c{i}", {"en": f'"{i}", and; more!'}) for i in range(30))
    yes = (Category("yes"), Category("no"))
    book = Codebook("1", (Variable("first", odd), Variable("second", yes)))
    (file,) = write_sheets(draw_sample(LONG, 3, codebook=book), tmp_path)
    loaded = openpyxl.load_workbook(file)
    rules = loaded.worksheets[0].data_validations.dataValidation
    offered = []
    for rule in rules:
        page, cells = rule.formula1.split("!")
        offered.append([row[0].value for row in loaded[page][cells.replace("$", "")]])
    assert offered == [[c.label["en"] for c in odd], ["yes", "no"]]
    assert all(rule.type == "list" and rule.showErrorMessage for rule in rules)
