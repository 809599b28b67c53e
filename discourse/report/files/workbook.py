"""All tables of a run in one workbook, with a data dictionary; text is text, whatever it looks like."""

from __future__ import annotations

import datetime as dt
import io
import json
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from copy import copy
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.report.archive import fixed
from discourse.report.dictionary import meanings, table_meaning
from discourse.report.findings import Findings
from discourse.report.guard import guarded
from discourse.report.numerals import Language
from discourse.report.widths import width_of
from discourse.tables import REPORT_TABLES

# bounds of the format: characters in a cell, rows below the head of a sheet
_LONGEST, _DEEPEST = 32_767, 1_048_575
_WIDEST = 60
_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "sheet": "dictionary",
        "head": "table|column|kind of value|unit|meaning",
        "note": "{n} characters that no cell can hold are written as their code points.",
    },
    "zh": {
        "sheet": "数据字典",
        "head": "表|列|值的类型|单位|含义",
        "note": "有 {n} 个字符无法写入单元格，以其码位代替。",
    },
}
_EPOCH = dt.datetime(2000, 1, 1)
# openpyxl writes the present time into the properties, whatever it is told
_NOW = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def write_workbook(findings: Findings, path: Path, language: Language) -> Path:
    """Write every table that has rows into a sheet of its own.

    Parameters
    ----------
    findings : Findings
        The findings of a run; cells below the minimum size are hidden here as in the report.
    path : Path
        The XLSX file to write.
    language : {"en", "zh"}
        The language of the data dictionary.

    Returns
    -------
    pathlib.Path
        The file; the same bytes for the same findings.

    Notes
    -----
    The first sheet is the data dictionary.  Ids and texts are text cells marked so that no spreadsheet takes
    them for numbers, dates or formulas; times are ISO 8601 texts, for a spreadsheet knows no zones.
    """
    from openpyxl import Workbook

    safe = guarded(findings)
    book = Workbook(write_only=True)
    book.properties.creator = "discourse"
    book.properties.title = "discourse"
    book.properties.created = _EPOCH
    tables = [(name, frame) for name, frame in safe.tables.items() if len(frame)]
    replaced = _Replaced()
    first = book.create_sheet(_WORDS[language]["sheet"])
    sheets = [(book.create_sheet(title), frame) for title, (_, frame) in _titled(tables)]
    for sheet, frame in sheets:
        _fill(sheet, list(frame.columns), _rows(frame, replaced))
    _describe(first, tables, language, replaced)
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(_dateless(buffer.getvalue()))
    return path


class _Replaced:
    """Counts the characters that no cell can hold."""

    def __init__(self) -> None:
        self.count = 0

    def text(self, value: str) -> str:
        out = value
        # most texts are written as they are
        if not value.isprintable():
            out = "".join(character if _writable(character) else self._code(character) for character in value)
        return out if len(out) <= _LONGEST else out[: _LONGEST - 1] + "…"

    def _code(self, character: str) -> str:
        self.count += 1
        return f"⟨U+{ord(character):04X}⟩"


def _writable(character: str) -> bool:
    """Refuse controls, turns of direction, lone surrogates and what is no character."""
    kind = unicodedata.category(character)
    return kind not in ("Cc", "Cf", "Cs", "Zl", "Zp") and (kind != "Cn" or ord(character) & 0xFFFE != 0xFFFE)


def _titled(tables: Sequence[tuple[str, pd.DataFrame]]) -> Iterator[tuple[str, tuple[str, pd.DataFrame]]]:
    """Give each sheet a title of at most 31 characters that no other has."""
    taken: set[str] = {words["sheet"] for words in _WORDS.values()}
    for name, frame in tables:
        title = re.sub(r"[\\/*?:\[\]']", "_", name)[:31] or "_"
        number = 2
        while title.lower() in {other.lower() for other in taken}:
            title = f"{title[:27]}_{number}"
            number += 1
        taken.add(title)
        yield title, (name, frame)


def _rows(frame: pd.DataFrame, replaced: _Replaced) -> Iterator[list[Any]]:
    columns = [[_value(value, replaced) for value in frame[name].head(_DEEPEST)] for name in frame.columns]
    yield from (list(row) for row in zip(*columns, strict=True))


def _value(value: Any, replaced: _Replaced) -> str | int | float | bool | None:
    if isinstance(value, list):
        return replaced.text(json.dumps(value, ensure_ascii=False))
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, str):
        return replaced.text(value)
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    plain = getattr(value, "item", lambda: value)()
    if isinstance(plain, bool | int) or (isinstance(plain, float) and math.isfinite(plain)):
        return plain
    return str(plain)


def _fill(sheet: Any, head: Sequence[str], rows: Iterator[list[Any]]) -> None:
    from openpyxl.styles import Font

    body = list(rows)
    _set_widths(sheet, head, body)
    sheet.freeze_panes = "A2"
    look = _text_look(sheet)
    cells = [_text_cell(sheet, str(name), look) for name in head]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    for row in body:
        sheet.append([_text_cell(sheet, v, look) if isinstance(v, str) else v for v in row])
    sheet.auto_filter.ref = f"A1:{_letters(len(head))}{len(body) + 1}"


def _text_look(sheet: Any) -> Any:
    """Make the look of a cell that stays text: shown as text, and marked as quoted."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    cell.number_format = "@"
    cell._style.quotePrefix = True
    return cell._style


def _text_cell(sheet: Any, text: str, look: Any) -> Any:
    """Make a cell of text, whatever it looks like; the shared look spares the time to register it anew."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    cell._value, cell.data_type = text, "s"
    cell._style = copy(look)
    return cell


def _set_widths(sheet: Any, head: Sequence[str], body: Sequence[Sequence[Any]]) -> None:
    for i, name in enumerate(head):
        shown = [width_of(str(row[i])) for row in body[:200] if row[i] is not None]
        sheet.column_dimensions[_letters(i + 1)].width = min(
            max([width_of(str(name)), 8, *shown]) + 2, _WIDEST
        )


def _letters(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _describe(
    sheet: Any, tables: Sequence[tuple[str, pd.DataFrame]], language: Language, replaced: _Replaced
) -> None:
    words = _WORDS[language]
    declared = {table.name: table for table in REPORT_TABLES}
    rows: list[list[Any]] = []
    for name, frame in tables:
        rows.append([name, None, None, None, table_meaning(name, language) or None])
        known = {m.column: m for m in meanings(declared[name], language)} if name in declared else {}
        for column in frame.columns:
            meaning = known.get(str(column))
            if meaning is None:
                rows.append([name, str(column), str(frame[column].dtype), None, None])
            else:
                rows.append([name, meaning.column, meaning.dtype, meaning.unit or None, meaning.text])
    if replaced.count:
        rows.append([None, None, None, None, words["note"].format(n=f"{replaced.count:,}")])
    _fill(sheet, words["head"].split("|"), iter(rows))


def _dateless(workbook: bytes) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        about = archive.read("docProps/core.xml")
    stamp = _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    return fixed(workbook, {"docProps/core.xml": _NOW.sub(rb"\g<1>" + stamp, about)})
