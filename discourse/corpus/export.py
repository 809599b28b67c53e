"""Posts written for other programs: CSV, a workbook or JSON lines; our importer reads them back unchanged."""

from __future__ import annotations

import contextlib
import csv
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.corpus.cells import escaped, pieces, quoted
from discourse.corpus.corpus import Corpus
from discourse.corpus.store import to_rows
from discourse.corpus.urls import refuse_url
from discourse.errors import InputError, ParameterError
from discourse.tables import POSTS

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Row = dict[str, Any]
CELLS = "cells"
"""The column that says what was done to the cells of a row: quoted, escaped, split."""
SHEET_ROWS = 1_000_000
_COLUMNS = [*POSTS.names, CELLS]


def export_posts(corpus: Corpus, path: str | Path) -> Path:
    """Write the posts of a corpus into one file for other programs.

    Parameters
    ----------
    corpus : Corpus
        Posts, in memory or on disk; one part is held at a time.
    path : path-like
        The file; its ending says the format: ``.csv`` (UTF-8 with BOM), ``.xlsx`` or ``.jsonl``.  A file that
        is there is replaced once all is written.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    ParameterError
        If the ending is none of these.
    InputError
        If the file cannot be written.

    Notes
    -----
    The columns are those of :data:`discourse.tables.POSTS` and ``cells``.  :func:`discourse.read_posts` gives
    the same ids and texts back, whatever they hold; pseudonyms stay as they are.  In CSV, a text that a
    spreadsheet would take for a formula gets a leading apostrophe (``quoted``).  In a workbook, characters
    that XML cannot hold are ``_xHHHH_`` (``escaped``; ECMA-376, 22.4.2.4), and a text that is too long for a
    cell goes on in ``text_2``, ``text_3`` and so on (``split``).

    Examples
    --------
    >>> import pandas as pd, pathlib, tempfile
    >>> from discourse import Corpus, read_posts
    >>> corpus = Corpus.from_pandas(pd.DataFrame({"text": ["=1+1", "欢迎"]}))
    >>> file = export_posts(corpus, pathlib.Path(tempfile.mkdtemp()) / "posts.csv")
    >>> read_posts(file, key=b"a key for examples").to_pandas()["text"].tolist()
    ['=1+1', '欢迎']
    """
    refuse_url(path)
    target = Path(path)
    writers: dict[str, Callable[[Corpus, Path], None]] = {
        ".csv": _csv,
        ".xlsx": _xlsx,
        ".jsonl": _jsonl,
    }
    write = writers.get(target.suffix.casefold())
    if write is None:
        raise ParameterError(
            f"posts cannot be written as {target.suffix or target.name!r}", expected=", ".join(writers)
        )
    waiting = target.with_name(f".{target.name}.part")
    try:
        write(corpus, waiting)
        os.replace(waiting, target)
    except OSError as error:
        raise InputError(
            f"the file cannot be written ({error.strerror or error})",
            where=str(target),
            hint="name a file in a folder that you may write to",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            waiting.unlink()
    return target


def _rows(corpus: Corpus) -> Iterator[Row]:
    for part in corpus.parts():
        for row in to_rows(part):
            if row["likes_at_least"]:
                row["likes"] = f"{row['likes']}+"
            yield row | {CELLS: ""}


def _flat(row: Row) -> Row:
    """Lists become JSON, and what is unknown an empty cell."""
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
        for name, value in row.items()
    }


def _jsonl(corpus: Corpus, file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for row in _rows(corpus):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _csv(corpus: Corpus, file: Path) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow(_COLUMNS)
        for row in map(_flat, _rows(corpus)):
            cells = {name: quoted(value) if isinstance(value, str) else value for name, value in row.items()}
            cells[CELLS] = "quoted" if cells != row else ""
            writer.writerow([cells[name] for name in _COLUMNS])


def _xlsx(corpus: Corpus, file: Path) -> None:
    from openpyxl import Workbook

    widths = _widths(corpus)
    header = [name if n == 1 else f"{name}_{n}" for name in _COLUMNS for n in range(1, widths[name] + 1)]
    book = Workbook(write_only=True)
    number = 0
    for number, row in enumerate(map(_flat, _rows(corpus))):
        if number % SHEET_ROWS == 0:
            sheet = book.create_sheet(f"posts {number // SHEET_ROWS + 1}")
            sheet.append(header)
        sheet.append([_cell(sheet, value) for value in _spread(row, widths)])
    if not book.worksheets:
        book.create_sheet("posts 1").append(header)
    book.save(file)


def _widths(corpus: Corpus) -> dict[str, int]:
    """Say how many cells the longest value of each column takes."""
    widths = dict.fromkeys(_COLUMNS, 1)
    for row in map(_flat, _rows(corpus)):
        for name, value in row.items():
            if isinstance(value, str) and len(value) > 4_000:
                widths[name] = max(widths[name], len(pieces(value)))
    return widths


def _spread(row: Row, widths: dict[str, int]) -> Iterator[Any]:
    cut = {name: pieces(value) for name, value in row.items() if isinstance(value, str)}
    said = {
        "escaped": any(escaped(row[name]) != row[name] for name in cut),
        "split": any(len(parts) > 1 for parts in cut.values()),
    }
    cut[CELLS] = [" ".join(name for name, true in said.items() if true)]
    for name in _COLUMNS:
        values = cut.get(name, [row[name]])
        yield from values
        yield from [None] * (widths[name] - len(values))


def _cell(sheet: WriteOnlyWorksheet, value: Any) -> Any:
    """A text stays a text: no formula, no error value, no number."""
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell
