"""CSV, TSV and ``;`` files as records, with the damage that spreadsheets and pasting do to them."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from discourse.corpus.encodings import decode, find_encoding, open_text
from discourse.corpus.records import MAX_CELL, Record
from discourse.errors import ImportFailed

STRAY = "stray-cells"
_SEPARATOR = re.compile(r"\ufeff?\"?sep=.?\"?", re.IGNORECASE)
UNCLOSED = "an unclosed quote"


def read_delimited(source: str | Path | IO[str] | IO[bytes]) -> Iterator[Record]:
    """Read the rows of a delimited file.

    Parameters
    ----------
    source : path or file object
        The file.

    Yields
    ------
    Record
        One a row, every value text.  A row that repeats the header, is empty, or cannot be parsed is broken.

    Raises
    ------
    ImportFailed
        If the file is not there, empty or binary.
    """
    if isinstance(source, str | Path):
        path = Path(source)
        if not path.is_file():
            raise ImportFailed("there is no such file", where=str(source))
        with open_text(path, find_encoding(path)) as handle:
            yield from rows(handle, path.name)
        return
    data = source.read()
    text = decode(data) if isinstance(data, bytes) else data.removeprefix("\ufeff")
    yield from rows(io.StringIO(text, newline=""), "buffer")


def header(handle: IO[str], where: str = "") -> tuple[list[str], str]:
    """Read the header of a delimited file.

    Parameters
    ----------
    handle : text file
        Opened without newline translation, at its beginning.
    where : str
        The file's name, for messages.

    Returns
    -------
    columns : list of str
        Unique names; an unnamed column is ``column_<n>``.
    delimiter : str
        ``,``, ``;``, tab or ``|``, sniffed on the header alone.
    """
    line = _first_line(handle)
    said = _SEPARATOR.fullmatch(line.strip("\ufeff \t\r\n"))
    if said:  # Excel's own way to say it
        line = handle.readline(MAX_CELL)
    if not line.strip("\ufeff \t\r\n,;\"'"):
        raise ImportFailed("the file has no header", where=where, hint="its first line must name the columns")
    delimiter = sniff(line)
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return unique_names(cells), delimiter


def sniff(line: str) -> str:
    """Find the delimiter of a header line.

    Parameters
    ----------
    line : str
        The header.

    Returns
    -------
    str
        The commonest of ``,``, ``;``, tab and ``|`` outside of quotes; a comma where none is.

    Examples
    --------
    >>> sniff("id;body;author"), sniff("text")
    (';', ',')
    """
    bare = "".join(part for i, part in enumerate(line.split('"')) if i % 2 == 0)
    return max(",;\t|", key=lambda mark: (bare.count(mark), mark == ","))


def unique_names(cells: list[str]) -> list[str]:
    r"""Name the columns of a header so that each name is there once.

    Parameters
    ----------
    cells : list of str
        The header's cells.

    Returns
    -------
    list of str
        Stripped; empty ones numbered, repeated ones with their number behind.

    Examples
    --------
    >>> unique_names(["\ufeffid", "text ", "", "text"])
    ['id', 'text', 'column_3', 'text_4']
    """
    out: dict[str, None] = {}  # keeps the order, finds fast
    for number, cell in enumerate(cells, start=1):
        name = cell.strip().strip("\ufeff\u200b\x00").strip() or f"column_{number}"
        while name in out:
            name = f"{name}_{number}"
        out[name] = None
    return list(out)


def rows(handle: IO[str], where: str) -> Iterator[Record]:
    """Read header and rows from an open file.

    Parameters
    ----------
    handle : text file
        Opened without newline translation, at its beginning.
    where : str
        The file's name, for messages.

    Yields
    ------
    Record
        The rows.
    """
    columns, delimiter = header(handle, where)
    if csv.field_size_limit() < MAX_CELL:
        csv.field_size_limit(MAX_CELL)
    handle.seek(0)
    lines = _Lines(handle)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    seen_header = False
    while True:
        line = lines.begin()
        reason = None
        try:
            cells = next(reader, None)
        except csv.Error as error:
            cells, reason = _mended(lines, delimiter), _why(error)
            reason = None if cells else reason
        if cells is None:
            return
        if reason is not None and seen_header:
            lines.give_back()
            yield Record(line, {}, broken=reason)
        elif seen_header:
            record = _record(cells, columns, line)
            if record is not None:
                yield record
        else:
            seen_header = any(cells) and not _SEPARATOR.fullmatch(delimiter.join(cells))


def _mended(lines: _Lines, delimiter: str) -> list[str]:
    """A stray quote within one line is text; one that goes on in the next has swallowed it."""
    line = lines.alone()
    if line is None or len(line) > MAX_CELL:
        return []
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


class _Lines:
    """The lines of a file, those of the current record kept, so that they can be read again."""

    def __init__(self, handle: IO[str]) -> None:
        self._handle, self._again = handle, deque[str]()
        self._record: list[str] = []
        self._next = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._handle)
        self._record.append(line)
        return line

    def begin(self) -> int:
        """Start a record; give the number of its first line."""
        self._next += len(self._record)
        self._record = []
        return self._next

    def alone(self) -> str | None:
        """The record's line, if it is one line."""
        return self._record[0] if len(self._record) == 1 else None

    def give_back(self) -> None:
        """Let all lines of the record but the first be read again."""
        self._again.extendleft(reversed(self._record[1:]))
        del self._record[1:]


def _record(cells: list[str], columns: list[str], line: int) -> Record | None:
    if not cells:
        return Record(line, {columns[0]: ""}) if len(columns) == 1 else None
    if len(columns) > 1 and not any(cell.strip() for cell in cells):
        return Record(line, dict.fromkeys(columns, ""), broken="empty record")
    values = dict(zip(columns, cells, strict=False))
    for name in columns[len(cells) :]:
        values[name] = ""
    if len(columns) > 1 and _repeats_header(cells, columns):
        return Record(line, values, broken="repeated header")
    stray = any(cell.strip() for cell in cells[len(columns) :])
    return Record(line, values, (STRAY,) if stray else ())


def _repeats_header(cells: list[str], columns: list[str]) -> bool:
    if cells[0].strip("\ufeff ") != columns[0] and cells[-1].strip() not in columns:
        return False
    same = sum(cell.strip().strip("\ufeff") == name for cell, name in zip(cells, columns, strict=False))
    return same >= 2 and same >= 0.5 * len(columns)


def _first_line(handle: IO[str]) -> str:
    handle.seek(0)
    for _ in range(1000):  # blank lines before the header
        line = handle.readline(MAX_CELL)
        if not line or line.strip("\ufeff \t\r\n"):
            return line
    return ""


def _why(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"a cell of more than {MAX_CELL:,} characters: {UNCLOSED}?"
    return UNCLOSED
