"""SQLite databases as records, one source a table; opened read-only."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from discourse.corpus.records import Record, Source
from discourse.corpus.sources import make_source
from discourse.errors import ImportFailed

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


def tables(file: Path, label: str) -> list[Source]:
    """Open every table of a database that has a row.

    Parameters
    ----------
    file : path
        An SQLite 3 file.
    label : str
        How rejects and posts name it; a table adds its own name where there are several.

    Returns
    -------
    list of Source
        By name of table.

    Raises
    ------
    ImportFailed
        If it is damaged, encrypted, or has no table with rows.
    """
    try:
        with closing(_connect(file)) as base:
            names = [name for (name,) in base.execute(_TABLES)]
            full = [n for n in names if base.execute(f"SELECT 1 FROM {_quoted(n)} LIMIT 1").fetchone()]
            columns = {
                n: tuple(d[0] for d in base.execute(f"SELECT * FROM {_quoted(n)} LIMIT 0").description)
                for n in full
            }
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise ImportFailed(
            f"the database cannot be read ({error})",
            where=label,
            hint="close the collector and copy it again",
        ) from error
    if not full:
        raise ImportFailed("the database has no table with rows", where=label)
    return [
        make_source(
            label if len(full) == 1 else f"{label}#{name}",
            "sqlite",
            "table",
            _reader(file, name, columns[name]),
            columns=columns[name],
        )
        for name in full
    ]


def _connect(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    base.text_factory = lambda data: data.decode("utf-8", "replace")
    return base


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _reader(file: Path, table: str, columns: tuple[str, ...]) -> Callable[[], Iterator[Record]]:
    def records() -> Iterator[Record]:
        with closing(_connect(file)) as base:
            rows = base.execute(f"SELECT * FROM {_quoted(table)}")
            for number, cells in enumerate(rows, start=1):
                plain = (
                    "" if c is None else c.decode("utf-8", "replace") if isinstance(c, bytes) else c
                    for c in cells
                )
                yield Record(number, dict(zip(columns, plain, strict=True)))

    return records
