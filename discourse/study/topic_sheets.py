"""Sheets for people about the topics of a study: labels, and the checks of word and topic intrusion."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from discourse.coding.cells import meant, shown
from discourse.coding.workbook import save_workbook
from discourse.corpus.cells import pieces, quoted, unquoted
from discourse.errors import InputError, NotMeasurable, ParameterError, StudyError
from discourse.study.schema import Study
from discourse.topics.labels import read_sheet

Format = Literal["csv", "xlsx"]
#: Sheets to be filled in, and the key to each; files are named after them.
CHECKS = {"word_intrusion": "word_intrusion_key", "topic_intrusion": "topic_intrusion_key"}
LABELS = "labels"
FORMATS: tuple[Format, ...] = ("csv", "xlsx")


def write_sheets(study: Study, out: Path, *, format: Format = "csv", workers: int = 1) -> dict[str, Any]:
    """Fit the topics of a study and write the sheets about them.

    Parameters
    ----------
    study : Study
        A loaded study.
    out : Path
        A folder that does not hold such sheets yet.
    format : {"csv", "xlsx"}
        A CSV (UTF-8 with BOM) or a workbook, each cell of which is a text.
    workers : int
        Processes.

    Returns
    -------
    dict
        ``topics`` (how many), ``files`` (paths).

    Raises
    ------
    StudyError
        If there are such sheets, which people may have filled in.
    ParameterError
        If the format is unknown.
    NotMeasurable
        If no post has a content word.
    """
    from discourse.study.depend import dependence
    from discourse.study.run import prepare
    from discourse.study.steps import full_texts
    from discourse.topics.labels import label_sheet
    from discourse.topics.sheets import topic_intrusion, word_intrusion

    if format not in FORMATS:
        raise ParameterError(f"sheets cannot be written as {format!r}", expected=", ".join(FORMATS))
    there = [path for name in (LABELS, *CHECKS) if (path := _file(out, name)) is not None]
    if there:
        raise StudyError(f"{there[0]} is there already", hint="name another folder, or move it away")
    material = prepare(study, dependence(study), workers=workers)
    model, posts, seed = material.topic_model, material.readable, study.study.seed
    if model is None:
        raise NotMeasurable("no post has a content word", hint="are the texts in Chinese or English?")
    out.mkdir(parents=True, exist_ok=True)
    words, words_key = word_intrusion(model, seed)
    drawn, drawn_key = topic_intrusion(model, posts["post_id"], full_texts(posts), posts["author"], seed=seed)
    sheets = {
        LABELS: label_sheet(model, posts["post_id"], posts["author"]),
        "word_intrusion": words,
        "word_intrusion_key": words_key,
        "topic_intrusion": drawn,
        "topic_intrusion_key": drawn_key,
    }
    files = [_write(out / f"{name}.{format}", sheet) for name, sheet in sheets.items() if len(sheet)]
    return {"topics": model.n_topics, "files": [str(path) for path in files]}


def _file(folder: Path, name: str) -> Path | None:
    """Find a sheet in either format."""
    found = [folder / f"{name}.{format}" for format in FORMATS]
    return next((path for path in found if path.exists()), None)


def _write(path: Path, sheet: pd.DataFrame) -> Path:
    """Write texts only, so that no program takes one for a formula or a number; long ones in pieces."""
    columns = {str(name): _pieces(sheet[name]) for name in sheet.columns}
    header = [
        name if at == 0 else f"{name}_{at + 1}"
        for name, cells in columns.items()
        for at in range(max(map(len, cells)))
    ]
    rows = [
        [part for cells, width in _parts(columns, number) for part in (*cells, *[""] * (width - len(cells)))]
        for number in range(len(sheet))
    ]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([header, *[[quoted(cell) for cell in row] for row in rows]])
        return path
    from openpyxl import Workbook

    book = Workbook()
    page: Any = book.active
    for number, row in enumerate([header, *rows], start=1):
        for place, value in enumerate(row, start=1):
            cell = page.cell(number, place)
            cell.value, cell.data_type = value or None, "s" if value else "n"
    return save_workbook(book, path)


def _pieces(column: pd.Series) -> list[list[str]]:
    return [pieces(shown(str(value))) for value in column]


def _parts(columns: Mapping[str, list[list[str]]], number: int) -> Iterator[tuple[list[str], int]]:
    """Give the cells of a row, column by column, with how many cells the column takes."""
    for cells in columns.values():
        yield cells[number], max(map(len, cells))


def check_sheets(folder: Path, answers: Sequence[Path] = ()) -> pd.DataFrame:
    """Count how often people met the intruders.

    Parameters
    ----------
    folder : Path
        Where the sheets and their keys are.
    answers : sequence of Path
        Sheets of several people, named like the ones written, in folders of their own; those of `folder` by
        default.

    Returns
    -------
    DataFrame
        ``check`` (word_intrusion | topic_intrusion), ``topic`` (NA for all), ``n``, ``found``.

    Raises
    ------
    InputError
        If there is no sheet with its key.
    """
    from discourse.topics.sheets import intruders_found

    parts = []
    for sheet, key in CHECKS.items():
        filled = [path for place in (answers or [folder]) if (path := _file(place, sheet)) is not None]
        to_it = _file(folder, key)
        if filled and to_it is not None:
            given = pd.concat([_read(path, ("item", "answer")) for path in filled], ignore_index=True)
            parts.append(
                intruders_found(given, _read(to_it, ("item", "topic", "intruder"))).assign(check=sheet)
            )
    if not parts:
        raise InputError(
            f"no filled-in sheet with its key in {folder}", hint="write them with: discourse topics sheet"
        )
    return pd.concat(parts, ignore_index=True)[["check", "topic", "n", "found"]]


def _read(path: Path, needed: Sequence[str]) -> pd.DataFrame:
    table = read_sheet(path)
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise InputError(f"the sheet lacks {', '.join(missing)}", where=str(path), expected=", ".join(needed))
    strange = table.loc[~table["item"].str.fullmatch(r"[0-9]+"), "item"]
    if len(strange):
        raise InputError(f"{strange.iloc[0]!r} is no item", where=str(path), expected="a whole number")
    return table.map(lambda cell: unquoted(meant(cell)))
