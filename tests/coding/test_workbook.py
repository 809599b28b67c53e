"""Workbooks without a clock."""

from __future__ import annotations

import time
import zipfile

from openpyxl import Workbook, load_workbook

from discourse.coding.workbook import save_workbook


def book():
    made = Workbook()
    made.active["A1"] = "created 2025-01-14T00:00:00Z"
    return made


def test_the_hour_of_saving_leaves_no_trace(tmp_path, monkeypatch):
    first = save_workbook(book(), tmp_path / "a.xlsx").read_bytes()
    monkeypatch.setattr(time, "localtime", lambda *_: time.struct_time((2031, 1, 1, 0, 0, 0, 0, 1, 0)))
    time.sleep(1.1)  # the clock in a workbook counts seconds
    assert save_workbook(book(), tmp_path / "b.xlsx").read_bytes() == first


def test_the_content_stays_as_it_is(tmp_path):
    file = save_workbook(book(), tmp_path / "a.xlsx")
    assert load_workbook(file).active["A1"].value == "created 2025-01-14T00:00:00Z"
    assert zipfile.ZipFile(file).testzip() is None
