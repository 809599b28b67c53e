"""CSV, TSV and ``;`` files as records, with the damage that spreadsheets and pasting do to them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from discourse.corpus.delimited_lines import Block, Lines
from discourse.corpus.encodings import decode, find_encoding, open_text
from discourse.corpus.importers.aliases import guess_mapping, is_header
from discourse.corpus.records import MAX_CELL, Pack, Record, Rows
from discourse.errors import ImportFailed

STRAY = "stray-cells"
_SEPARATOR = re.compile(r"\ufeff?\"?sep=.?\"?", re.IGNORECASE)
_TITLE_LINES = 10
"""Lines among which a header is looked for."""


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
    _allow_long_cells()
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
    table, lines = _begin(handle, where)
    for line, cells, reason in lines:
        record = table.record(lines, line, cells, reason)
        if record is not None:
            yield record


def packs(handle: IO[str], where: str) -> Iterator[Pack]:
    """Read header and rows in packs that other processes take apart.

    Parameters
    ----------
    handle, where
        As in :func:`rows`.

    Yields
    ------
    Pack
        The records that :func:`rows` gives.  Here it is only found out where a record ends; a block with the
        header, or with a quote that is out of place, is taken apart at once.
    """
    table, lines = _begin(handle, where)
    for found in lines.blocks():
        if isinstance(found, Block):
            yield TextPack(block=found, table=table)
        else:
            records = (table.record(lines, *row) for row in found)
            yield Pack(whole=[record for record in records if record is not None])


@dataclass(frozen=True, slots=True)
class Table:
    """How the rows of one file become records.

    Parameters
    ----------
    columns : list of str
        Its header.
    names : frozenset of str
        The same.
    delimiter : str
        Between cells.
    above : int
        Lines above the header.
    """

    columns: list[str]
    names: frozenset[str]
    delimiter: str
    above: int

    def record(self, lines: Lines, line: int, cells: list[str], reason: str | None) -> Record | None:
        """Give the record of a row; None for a header and what stands above it."""
        if line <= self.above:
            return None
        if not lines.past_header:
            lines.past_header = any(cells) and not _SEPARATOR.fullmatch(self.delimiter.join(cells))
            return None
        return Record(line, {}, broken=reason) if reason is not None else self.plain(line, cells)

    def plain(self, line: int, cells: list[str]) -> Record | None:
        """Give the record of a row behind the header."""
        columns = self.columns
        if (
            len(cells) == len(columns) > 1
            and _is_plain(cells[0], columns[0])
            and cells[-1].strip() not in self.names
        ):
            return Record(line, dict(zip(columns, cells, strict=True)))
        return _record(cells, columns, line)


_NO_ROWS, _NO_TABLE = Block("", 1, ","), Table([], frozenset(), ",", 0)


@dataclass(frozen=True, slots=True)
class TextPack(Pack):
    """Rows on their way to another process, as they stand in the file."""

    block: Block = _NO_ROWS
    table: Table = _NO_TABLE

    def rows(self) -> Rows | None:
        """Give the rows, if all of them are plain."""
        _allow_long_cells()
        found = [(line, cells) for line, cells in self.block.rows() if cells]
        columns, names = self.table.columns, self.table.names
        n, first = len(columns), columns[0]
        if n > 1 and all(
            len(cells) == n and _is_plain(cells[0], first) and cells[-1].strip() not in names
            for _, cells in found
        ):
            return Rows(tuple(columns), [line for line, _ in found], [cells for _, cells in found])
        return None

    def records(self) -> Iterator[Record]:
        """Take the rows apart."""
        _allow_long_cells()
        for line, cells in self.block.rows():
            record = self.table.plain(line, cells)
            if record is not None:
                yield record


def _begin(handle: IO[str], where: str) -> tuple[Table, Lines]:
    _allow_long_cells()
    columns, delimiter, above = _header(handle, where)
    handle.seek(0)
    return Table(columns, frozenset(columns), delimiter, above), Lines(handle, delimiter)


def _allow_long_cells() -> None:
    if csv.field_size_limit() < MAX_CELL:
        csv.field_size_limit(MAX_CELL)


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
