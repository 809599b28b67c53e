"""Tables in HTML, or in the XML of old Excel, which sites and programs save as ``.xls``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import IO

from discourse.corpus.delimited import unique_names
from discourse.corpus.records import MAX_CELL, Record

_CHUNK = 1 << 18
_OPENING = re.compile(r"<(?:!doctype html|html|head|body|meta|table|\?xml)\b", re.IGNORECASE)
_TABLE = re.compile(r"<(?:\w+:)?(?:table|worksheet)\b", re.IGNORECASE)
_ROWS, _CELLS = frozenset({"tr", "row"}), frozenset({"td", "th", "cell"})


def looks_like_markup(handle: IO[str]) -> bool:
    """Say whether a text is a table in HTML or XML.

    Parameters
    ----------
    handle : text file
        At its beginning.

    Returns
    -------
    bool
        True if it begins like a page and a table begins soon.
    """
    handle.seek(0)
    head = handle.read(1 << 16)
    return _OPENING.match(head.lstrip("\ufeff \t\r\n")) is not None and _TABLE.search(head) is not None


def header(handle: IO[str]) -> list[str]:
    """Give the columns: the cells of the first row that has several."""
    return next((unique_names(cells) for _, cells in _table(handle)), [])


def rows(handle: IO[str]) -> Iterator[Record]:
    """Read the rows below the header.

    Parameters
    ----------
    handle : text file
        At its beginning.

    Yields
    ------
    Record
        Every value text; a row that repeats the header is broken.
    """
    found = _table(handle)
    columns = unique_names(next(found, (0, []))[1])
    for line, cells in found:
        values = dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False))
        if unique_names(cells) == columns:
            yield Record(line, values, broken="repeated header")
        elif any(len(cell) > MAX_CELL for cell in cells):
            yield Record(line, {}, broken=f"a cell of more than {MAX_CELL:,} characters")
        else:
            yield Record(line, values)


def _table(handle: IO[str]) -> Iterator[tuple[int, list[str]]]:
    """Give line and cells of each row from the first on that has more than one cell."""
    handle.seek(0)
    parser, begun = _Rows(), False
    while chunk := handle.read(_CHUNK):
        parser.feed(chunk)
        for line, cells in parser.taken():
            begun = begun or sum(map(bool, cells)) > 1
            if begun and any(cells):
                yield line, cells
    parser.close()
    for line, cells in parser.taken(last=True):
        begun = begun or sum(map(bool, cells)) > 1
        if begun and any(cells):
            yield line, cells


class _Rows(HTMLParser):
    """Collects the cells of rows; whatever else is on the page is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._rows: list[tuple[int, list[str]]] = []
        self._cell: list[str] | None = None

    def taken(self, *, last: bool = False) -> list[tuple[int, list[str]]]:
        """Give the rows that are complete, once; at the end all of them."""
        if last:
            self._end_cell()
        done = self._rows if last else self._rows[:-1]
        self._rows = self._rows[len(done) :]
        return done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rpartition(":")[2]
        if name in _ROWS:
            self._end_cell()
            self._rows.append((self.getpos()[0], []))
        elif name in _CELLS and self._rows:
            self._end_cell()
            index = next((v for k, v in attrs if k.rpartition(":")[2] == "index"), None)
            if index is not None and index.isdecimal() and int(index) < 2_000:  # XML leaves empty cells out
                cells = self._rows[-1][1]
                cells += [""] * (int(index) - 1 - len(cells))
            self._cell = []
        elif name == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag.rpartition(":")[2] in _CELLS | _ROWS | {"table"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._rows:
            self._rows[-1][1].append("".join(self._cell).strip())
        self._cell = None
