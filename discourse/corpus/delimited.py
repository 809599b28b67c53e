"""CSV, TSV and ``;`` files as records, with the damage that spreadsheets and pasting do to them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from discourse.corpus.encodings import decode, find_encoding, open_text
from discourse.corpus.importers.aliases import guess_mapping, is_header
from discourse.corpus.records import MAX_CELL, Record
from discourse.errors import ImportFailed

STRAY = "stray-cells"
_SEPARATOR = re.compile(r"\ufeff?\"?sep=.?\"?", re.IGNORECASE)
_TITLE_LINES = 10
"""Lines among which a header is looked for."""
_BLOCK = 1 << 20
"""Characters of the lines that are held at a time, about."""
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
    columns, delimiter, _ = _header(handle, where)
    return columns, delimiter


def _header(handle: IO[str], where: str) -> tuple[list[str], str, int]:
    """Give columns, delimiter and the number of lines that stand above the header."""
    line = _first_line(handle)
    said = _SEPARATOR.fullmatch(line.strip("\ufeff \t\r\n"))
    if said:  # Excel's own way to say it
        line = handle.readline(MAX_CELL)
    if not line.strip("\ufeff \t\r\n,;\"'"):
        raise ImportFailed("the file has no header", where=where, hint="its first line must name the columns")
    delimiter = sniff(line)
    cells = next(csv.reader([line], delimiter=delimiter), [])
    if not said and (
        sum(map(bool, map(str.strip, cells))) == 1 or not guess_mapping(tuple(unique_names(cells)))
    ):
        below = _below_title(handle)
        if below is not None:
            return below
    return unique_names(cells), delimiter, 0


def _below_title(handle: IO[str]) -> tuple[list[str], str, int] | None:
    """Find a header below the title of a table; a line is one only if it names several of our fields."""
    handle.seek(0)
    for above in range(_TITLE_LINES):
        line = handle.readline(MAX_CELL)
        delimiter = sniff(line)
        names = unique_names(next(csv.reader([line], delimiter=delimiter), []))
        if above and is_header(names):
            return names, delimiter, above
    return None


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
    columns, delimiter, above = _header(handle, where)
    if csv.field_size_limit() < MAX_CELL:
        csv.field_size_limit(MAX_CELL)
    handle.seek(0)
    lines, names = _Lines(handle, delimiter), frozenset(columns)
    for line, cells, reason in lines:
        if line <= above:
            continue
        if not lines.past_header:
            lines.past_header = any(cells) and not _SEPARATOR.fullmatch(delimiter.join(cells))
        elif reason is not None:
            yield Record(line, {}, broken=reason)
        elif (
            len(cells) == len(columns) > 1
            and cells[-1].strip() not in names
            and _is_plain(cells[0], columns[0])
        ):
            yield Record(line, dict(zip(columns, cells, strict=True)))
        else:
            record = _record(cells, columns, line)
            if record is not None:
                yield record


class _Lines:
    """The records of a file with the numbers of their first lines; a block of lines is held at a time.

    Where a quote is not closed, the first line is one broken record, and the others are read again (once
    ``past_header`` is set).
    """

    def __init__(self, handle: IO[str], delimiter: str) -> None:
        self._handle, self._delimiter = handle, delimiter
        self._lines: list[str] = []
        self._at, self._before = 0, 1
        self._ended = self.past_header = False

    def __iter__(self) -> Iterator[tuple[int, list[str], str | None]]:
        while self._more():
            while self._at < len(self._lines):
                base = self._at
                reader = csv.reader(islice(self._lines, base, None), delimiter=self._delimiter, strict=True)
                try:
                    for cells in reader:
                        number, self._at = self._before + self._at, base + reader.line_num
                        yield number, cells, None
                except csv.Error as error:
                    stop = base + reader.line_num
                    if stop >= len(self._lines) and not self._ended:
                        break  # the record may go on in the next block
                    yield self._broken(stop, error)

    def _more(self) -> bool:
        """Read the next block behind what is left of this one."""
        del self._lines[: self._at]
        self._before, self._at = self._before + self._at, 0
        fresh = self._handle.readlines(_BLOCK)
        self._ended = not fresh
        self._lines += fresh
        return bool(self._lines)

    def _broken(self, stop: int, error: csv.Error) -> tuple[int, list[str], str | None]:
        start, number = self._at, self._before + self._at
        cells = _mended(self._lines[start:stop], self._delimiter)
        self._at = stop if cells or not self.past_header else start + 1
        return number, cells, None if cells else _why(error)


def _mended(lines: list[str], delimiter: str) -> list[str]:
    """A stray quote within one line is text; one that goes on in the next has swallowed it."""
    if len(lines) != 1 or len(lines[0]) > MAX_CELL:
        return []
    try:
        return next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error:
        return []


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


def _is_plain(first: str, name: str) -> bool:
    """Say of the first cell that its row is neither empty nor a repeated header."""
    return bool(first) and not first.isspace() and first.strip("\ufeff ") != name


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
