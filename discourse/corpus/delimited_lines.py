"""The lines of a delimited file taken apart into rows, a block of lines at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO

from discourse.corpus.records import MAX_CELL

_BLOCK = 1 << 20
"""Characters of the lines that are held at a time, about."""
UNCLOSED = "an unclosed quote"


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of a file, the rows in them whole and written as they should be.

    Parameters
    ----------
    text : str
        The lines.
    first : int
        The number of the first.
    delimiter : str
        Between cells.
    """

    text: str
    first: int
    delimiter: str

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Give each row with the number of its first line."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True)
        before = 0
        for cells in reader:
            yield self.first + before, cells
            before = reader.line_num


class Lines:
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
            yield from self._rows_of_block()

    def _rows_of_block(self) -> Iterator[tuple[int, list[str], str | None]]:
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

    def blocks(self) -> Iterator[Block | Iterable[tuple[int, list[str], str | None]]]:
        """Give whole rows block by block; of one that must be looked at row by row, these."""
        while self._more():
            stop = self._whole_rows() if self.past_header else None
            if stop is None:
                yield self._rows_of_block()
            else:
                first, self._at = self._before, stop
                if stop:
                    yield Block("".join(self._lines[:stop]), first, self._delimiter)

    def _whole_rows(self) -> int | None:
        """Count the lines of this block whose rows are whole; None where a quote is out of place."""
        stop = 0
        rest = iter(self._lines)
        for line in rest:
            if '"' not in line and len(line) <= MAX_CELL:  # one row, whatever stands in it
                stop += 1
                continue
            reader = csv.reader(chain((line,), rest), delimiter=self._delimiter, strict=True)
            try:
                next(reader)
            except csv.Error:
                if stop + reader.line_num < len(self._lines) or self._ended:
                    return None
                return stop
            stop += reader.line_num
        return stop

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


def _why(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"a cell of more than {MAX_CELL:,} characters: {UNCLOSED}?"
    return UNCLOSED
