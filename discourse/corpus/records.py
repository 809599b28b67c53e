"""What a reader hands to an importer: the records of one table or list of an export, one by one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

MAX_CELL = 2_000_000
"""Characters of one cell or value; more is an unclosed quote, not a post."""
MAX_LINE = 64_000_000
"""Characters of one line of JSON."""
SAMPLE = 200
"""Records that an importer may look at before it says whether a file is its own."""


@dataclass(slots=True)
class Record:
    """One record of an export.

    Parameters
    ----------
    line : int
        Where it begins in its file, counted from 1.
    values : dict
        Column or key -> value as it stands there.
    flags : tuple of str
        Damage seen while reading.
    broken : str or None
        Why it cannot be read; the record is then a reject.  What could not be taken apart has no values: its
        names cannot be told from its text, so that the rejects show file and line only.
    """

    line: int
    values: dict[str, Any]
    flags: tuple[str, ...] = ()
    broken: str | None = None


@dataclass(slots=True)
class Sample:
    """What an importer sees when it is asked whether an export is its own; never the file's name.

    Parameters
    ----------
    shape : str
        ``table`` (CSV, a sheet, an SQL table) or ``objects`` (JSON).
    columns : tuple of str
        Header, or the keys of the first objects.
    records : list of Record
        The first records.
    delimiter : str
        Of a delimited file; else empty.
    """

    shape: str
    columns: tuple[str, ...]
    records: list[Record]
    delimiter: str = ""

    def has(self, *names: str) -> bool:
        """Say whether all these columns are there."""
        return set(names) <= set(self.columns)


@dataclass(slots=True)
class Source:
    """One table or list of records in an export file.

    Parameters
    ----------
    label : str
        File, and the sheet or SQL table in it.
    encoding : str
        As found.
    sample : Sample
        Its beginning.
    records : callable
        Gives a fresh iterator over all records.
    loses_emoji : bool
        True if its encoding cannot hold emoji.
    packs : callable, optional
        Gives the same records in packs that other processes take apart.
    """

    label: str
    encoding: str
    sample: Sample
    records: Callable[[], Iterator[Record]]
    loses_emoji: bool = False
    notes: list[str] = field(default_factory=list)
    packs: Callable[[], Iterator[Pack]] | None = None


PACK = 5_000
"""Records of one pack."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Plain rows of one table.

    Parameters
    ----------
    names : tuple of str
        Its columns.
    lines : list of int
        Where each row begins.
    cells : list of list of str
        As many a row as there are columns.
    """

    names: tuple[str, ...]
    lines: list[int]
    cells: list[list[str]]

    def columns(self) -> dict[str, list[str]]:
        """Give the cells column by column."""
        return dict(zip(self.names, map(list, zip(*self.cells, strict=True)), strict=True))

    def record(self, n: int) -> Record:
        """Give one row as a record."""
        return Record(self.lines[n], dict(zip(self.names, self.cells[n], strict=True)))


@dataclass(frozen=True, slots=True)
class Pack:
    """Records on their way to another process: the names of a table once, not with every row.

    Parameters
    ----------
    columns : tuple of str
        Of a table; empty for records of differing keys, which are `whole`.
    lines : list of int
        Where each row begins.
    cells : list of list
        The values of each row.
    whole : list of Record
        Records that are no plain rows, all in their order.
    """

    columns: tuple[str, ...] = ()
    lines: list[int] = field(default_factory=list)
    cells: list[list[Any]] = field(default_factory=list)
    whole: list[Record] = field(default_factory=list)

    def rows(self) -> Rows | None:
        """Give plain rows of one table, all cells of them text; None where anything else is among them."""
        if self.whole or not self.cells:
            return None
        texts = all(type(cell) is str for cells in self.cells for cell in cells)
        return Rows(self.columns, self.lines, self.cells) if texts else None

    def records(self) -> Iterator[Record]:
        """Give the records as they were."""
        for line, cells in zip(self.lines, self.cells, strict=True):
            yield Record(line, dict(zip(self.columns, cells, strict=True)))
        yield from self.whole


def packed(records: Iterator[Record], *, stay: bool = False) -> Iterator[Pack]:
    """Give records in packs.

    Parameters
    ----------
    records : iterator of Record
        Of one source.
    stay : bool, default False
        Whether they go to no other process.

    Yields
    ------
    Pack
        At most 5,000 records.

    Examples
    --------
    >>> pack = next(packed(iter([Record(2, {"a": 1}), Record(3, {"a": 2})])))
    >>> pack.cells, [record.line for record in pack.records()]
    ([[1], [2]], [2, 3])
    """
    while piece := list(itertools.islice(records, PACK)):
        columns = tuple(piece[0].values)
        if not stay and all(r.broken is None and not r.flags and tuple(r.values) == columns for r in piece):
            yield Pack(columns, [r.line for r in piece], [list(r.values.values()) for r in piece])
        else:
            yield Pack(whole=piece)
