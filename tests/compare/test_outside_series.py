from __future__ import annotations

import math
from pathlib import Path

import pytest

from discourse.compare.outside_series import read_outside
from discourse.errors import InputError


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "views.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_days_come_in_order_and_numbers_as_people_write_them(tmp_path):
    text = '日期,阅读\n2025年1月15日,1.2亿\n2025/1/13,"1,234"\n2025-01-14 08:00,3.4万\n2025-01-16,12%\n'
    table = read_outside(written(tmp_path, text), "日期", "阅读", "话题阅读量")
    assert table["day"].tolist() == ["2025-01-13", "2025-01-14", "2025-01-15", "2025-01-16"]
    assert table["value"].tolist() == [1234.0, 34000.0, 1.2e8, 0.12]
    assert set(table["label"]) == {"话题阅读量"}


def test_a_file_of_a_chinese_spreadsheet_is_read(tmp_path):
    path = written(tmp_path, "日期;阅读\r\n2025-01-13;900\r\n", "gb18030")
    assert read_outside(path, "日期", "阅读", "x")["value"].tolist() == [900.0]


def test_an_empty_value_is_unknown_and_an_empty_row_is_none(tmp_path):
    table = read_outside(written(tmp_path, "day,views\n2025-01-13,\n,\n2025-01-14,5\n"), "day", "views", "x")
    assert math.isnan(table["value"][0])
    assert len(table) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("day,views\n2025-13-01,5\n", "no day"),
        ("day,views\n2025-01-13,many\n", "no number"),
        ("day,views\n2025-01-13,5\n2025-01-13,6\n", "twice"),
        ("date,views\n2025-01-13,5\n", "no column 'day'"),
        ("day,views\n", "empty"),
    ],
)
def test_says_what_is_wrong_and_where(tmp_path, text, message):
    with pytest.raises(InputError, match=message) as caught:
        read_outside(written(tmp_path, text), "day", "views", "x")
    assert "views.csv" in str(caught.value)


def test_a_missing_file_is_an_error_of_input(tmp_path):
    with pytest.raises(InputError):
        read_outside(tmp_path / "none.csv", "day", "views", "x")
