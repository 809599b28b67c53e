"""Excel workbooks (.xlsx) as records, one source a sheet; cells keep their types."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.corpus.archives import BROKEN
from discourse.corpus.delimited import unique_names
from discourse.corpus.importers.aliases import is_header
from discourse.corpus.records import MAX_CELL, Record, Source
from discourse.corpus.sources import make_source
from discourse.errors import ImportFailed

if TYPE_CHECKING:
    from openpyxl import Workbook

_TITLE_ROWS = 10
"""Rows among which a header is looked for."""
MAX_RATIO = 200
"""A zip that unpacks to more than this many times its size is an attack, not an export."""


def sheets(file: Path, label: str) -> list[Source]:
    """Open every sheet of a workbook that has a header and a row.

    Parameters
    ----------
    file : path
        An .xlsx file.
    label : str
        How rejects and posts name it; a sheet adds its own name where there are several.

    Returns
    -------
    list of Source
        In the order of the sheets.

    Raises
    ------
    ImportFailed
        If it is no workbook, is damaged, or has no sheet with rows.
    """
    _check_zip(file, label)
    found = _sheet_names(file, label)
    try:
        names = [name for name in found if _columns(file, name)]
    except Exception as error:  # whatever openpyxl and its XML parser raise
        raise ImportFailed(f"the workbook is damaged ({error})", where=label, hint="save it again") from error
    if not names:
        raise ImportFailed("the workbook has no sheet with a header", where=label)
    return [_source(file, name, label if len(names) == 1 else f"{label}#{name}") for name in names]


def _source(file: Path, sheet: str, label: str) -> Source:
    columns, top = _header(file, sheet)
    read = _reader(file, sheet, columns, top)
    return make_source(label, "xlsx", "table", read, columns=tuple(columns))


def _check_zip(file: Path, label: str) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except BROKEN as error:
        raise ImportFailed("the workbook is damaged", where=label, hint="save it again") from error
    if not any(member.filename == "xl/workbook.xml" for member in members):
        raise ImportFailed(
            "this is a zip archive, not a workbook", where=label, hint="unpack it and import the folder"
        )
    if sum(member.file_size for member in members) > MAX_RATIO * max(file.stat().st_size, 1 << 20):
        raise ImportFailed(f"the workbook unpacks to more than {MAX_RATIO} times its size", where=label)


def _sheet_names(file: Path, label: str) -> list[str]:
    try:
        with _opened(file) as book:
            return [sheet.title for sheet in book.worksheets]
    except Exception as error:  # openpyxl raises whatever its XML parser does
        raise ImportFailed(f"the workbook is damaged ({error})", where=label, hint="save it again") from error


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[Workbook]:
    """Open a workbook by its content: openpyxl would look at the ending of a path, but not of a handle."""
    import openpyxl

    with file.open("rb") as handle:
        book = openpyxl.load_workbook(handle, read_only=True, data_only=True)
        try:
            yield book
        finally:
            book.close()


def _rows(file: Path, sheet: str) -> Iterator[tuple[int, list[Any]]]:
    with _opened(file) as book:
        for number, cells in enumerate(book[sheet].iter_rows(values_only=True), start=1):
            yield number, [_value(cell) for cell in cells]


def _columns(file: Path, sheet: str) -> list[str]:
    return _header(file, sheet)[0]


def _header(file: Path, sheet: str) -> tuple[list[str], int]:
    """Give the columns of a sheet and the number of their row; a title may stand above them."""
    first: tuple[list[str], int] | None = None
    for number, cells in _rows(file, sheet):
        if number > _TITLE_ROWS and first is not None:
            break
        while cells and cells[-1] == "":
            cells.pop()
        if not cells:
            continue
        names = unique_names([str(cell) for cell in cells])
        if first is None:
            first = (names, number)
            if sum(cell != "" for cell in cells) > 1:
                break
        elif is_header(names):
            return names, number
    return first or ([], 0)


def _reader(file: Path, sheet: str, columns: list[str], top: int) -> Callable[[], Iterator[Record]]:
    def records() -> Iterator[Record]:
        for number, cells in _rows(file, sheet):
            if number <= top or not any(cell != "" for cell in cells):
                continue
            values = dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False))
            same = sum(str(values[name]).strip() == name for name in columns)
            if len(columns) > 1 and same >= max(2, 0.5 * len(columns)):
                yield Record(number, values, broken="repeated header")
            elif any(isinstance(cell, str) and len(cell) > MAX_CELL for cell in cells):
                yield Record(number, {}, broken=f"a cell of more than {MAX_CELL:,} characters")
            else:
                yield Record(number, values)

    return records


def _value(cell: Any) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, str) and "_x" in cell:
        from openpyxl.utils.escape import unescape

        return unescape(cell)
    if isinstance(cell, str | datetime) or (isinstance(cell, float | int) and not isinstance(cell, bool)):
        return cell
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
