"""Coded sheets come back: every row is checked before any code is kept."""

from __future__ import annotations

import csv
import difflib
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.coding.cells import meant
from discourse.coding.codebook import Codebook, Variable
from discourse.coding.codes import ADJUDICATED, append_codes, check_coder, read_codes
from discourse.coding.words import EVIDENCE, HEADERS
from discourse.corpus.cells import unquoted
from discourse.errors import InputError

if TYPE_CHECKING:
    from discourse.coding.sample import Sample

_NUMBERED = re.compile(r"(.+?) ?_?(\d+)")
_DAMAGED = re.compile(r"\d(\.\d+)?[eE]\+?\d+|\d+\.0|\d{12}0{3,}")


@dataclass
class Sheet:
    """A sheet as it came back: rows of cells by key (``post_id``, ``text``, a variable's name, ...)."""

    path: Path
    rows: list[tuple[int, dict[str, str]]]
    answers: tuple[str, ...]


@dataclass
class Imported:
    """What an import brought: codes by coder, rows left blank, units of the deck that the file lacks."""

    codes: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0
    blank: int = 0
    lacking: int = 0

    def summary(self) -> dict[str, Any]:
        """Say it as plain values."""
        return {
            "codes": dict(sorted(self.codes.items())),
            "unchanged": self.unchanged,
            "blank": self.blank,
            "lacking": self.lacking,
        }


def import_codes(
    paths: Sequence[str | Path], folder: str | Path, sample: Sample | None = None, *, coder: str | None = None
) -> Imported:
    """Take the codes of filled sheets into the folder of a sample; all of them, or none.

    Parameters
    ----------
    paths : sequence of path
        Workbooks, CSV files, or exports of Label Studio (JSON).
    folder : path
        Folder of the sample.
    sample : Sample, optional
        The sample, if it is loaded already.
    coder : str, optional
        Whose codes they are, if not those of the coder that the files name.

    Returns
    -------
    Imported
        Counts.  Codes that were there already are not added again; changed ones replace the earlier.

    Raises
    ------
    InputError
        If a file cannot be read, an id is missing or was not drawn, an answer is none of the codebook, a unit
        has two codes by one coder, or the coder is unknown.  The message names file and row.  Nothing is
        kept then.
    """
    from discourse.coding.sample import Sample

    sample = sample or Sample.load(folder)
    found: list[dict[str, Any]] = []
    result, seen = Imported(), dict[tuple[str, str, str], tuple[str, str]]()
    for path in map(Path, paths):
        for row in _codes_of(path, sample, coder, result):
            key = (row["post_id"], row["coder"], row["variable"])
            if key in seen and seen[key][0] != row["value"]:
                raise InputError(
                    f"{row['coder']} gave {row['post_id']} two codes: {seen[key][0]!r} and {row['value']!r}",
                    where=f"{seen[key][1]} and {row['where']}",
                    expected="one code a unit and coder",
                    hint="delete one of the two rows",
                )
            if key not in seen:
                seen[key] = (row["value"], row["where"])
                found.append(row)
    fresh = _changed(found, folder)
    result.unchanged = len(found) - len(fresh)
    for row in fresh:
        result.codes[row["coder"]] = result.codes.get(row["coder"], 0) + 1
    append_codes(folder, fresh)
    return result


def _changed(found: list[dict[str, Any]], folder: str | Path) -> list[dict[str, Any]]:
    before = read_codes(folder)
    known = {
        (p, c, v): (value, note if isinstance(note, str) else "")
        for p, c, v, value, note in before[["post_id", "coder", "variable", "value", "note"]].itertuples(
            index=False
        )
    }
    return [
        row
        for row in found
        if known.get((row["post_id"], row["coder"], row["variable"])) != (row["value"], row.get("note") or "")
    ]


def _codes_of(path: Path, sample: Sample, coder: str | None, result: Imported) -> Iterator[dict[str, Any]]:
    if path.suffix.casefold() == ".json":
        from discourse.coding.label_studio import read_tasks

        yield from read_tasks(path, sample, coder)
        return
    sheet = read_sheet(path, sample.codebook)
    targets = dict(zip(sample.units["post_id"], sample.units["target"], strict=True))
    met = set()
    names = set()
    for number, cells in sheet.rows:
        where = f"{path.name}, row {number}"
        post_id = drawn_id(cells.get("post_id", ""), targets, cells, where)
        who = coder_of(coder or cells.get("coder", ""), sample, where)
        names.add(who)
        met.add(post_id)
        answered = False
        for name in sheet.answers:
            if not cells.get(name):
                continue
            answered = True
            yield {
                "post_id": post_id,
                "target": targets[post_id],
                "coder": who,
                "variable": name,
                "value": answer(sample.codebook.variable(name), cells[name], where),
                "codebook_version": cells.get("codebook") or sample.codebook.stamp,
                "note": cells.get("note") or None,
                "where": where,
            }
        result.blank += not answered
    for who in names & set(sample.design.coders):
        result.lacking += len(set(sample.assigned(who)["post_id"]) - met)


def drawn_id(post_id: str, drawn: Mapping[str, Any], cells: Mapping[str, str], where: str) -> str:
    """Check an id that came back.

    Raises
    ------
    InputError
        If it is missing or was not drawn.
    """
    if post_id in drawn:
        return post_id
    if not post_id:
        raise InputError(
            "this row has no id",
            where=where,
            expected="the id that the sheet was written with",
            hint="take the id from the sheet as it was written, or delete the row",
        )
    hint = "these are codes of another sample"
    if _DAMAGED.fullmatch(post_id):
        hint = "a spreadsheet took the id for a number: code in the .xlsx, which keeps ids, not in the .csv"
    raise InputError(f"the unit {post_id!r} was not drawn", where=where, hint=hint)


def coder_of(name: str, sample: Sample, where: str) -> str:
    """Check whose codes these are.

    Raises
    ------
    InputError
        If the coder is none of the sample.
    """
    known = (*sample.design.coders, ADJUDICATED)
    if name in known:
        return check_coder(name)
    raise InputError(
        f"there is no coder {name!r}" if name else "this row does not say who coded it",
        where=where,
        expected=", ".join(known),
        hint="say whose codes they are: --coder NAME",
    )


def answer(variable: Variable, said: str, where: str) -> str:
    """Find the category that an answer names: by its name or its label, in either language, in any case.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> from discourse.coding.codebook import stance_codebook
    >>> label = stance_codebook({"en": "refugees"}).variable("label")
    >>> answer(label, " Positive ", "row 2"), answer(label, "未提及", "row 3")
    ('positive', 'absent')
    """
    names = {
        text.strip().casefold(): category.name
        for category in variable.categories
        for text in (*category.label.values(), category.name)
    }
    found = names.get(said.strip().casefold())
    if found is None:
        near = difflib.get_close_matches(said.strip().casefold(), names, n=1)
        raise InputError(
            f"{said!r} is no answer to {variable.name!r}",
            where=where,
            expected=", ".join(
                dict.fromkeys(text for c in variable.categories for text in (*c.label.values(), c.name))
            ),
            hint=f"did you mean {near[0]!r}?" if near else "choose from the list in the cell",
        )
    return found


def read_sheet(path: str | Path, codebook: Codebook) -> Sheet:
    """Read a coding sheet as it is, without checking what it says.

    Parameters
    ----------
    path : path
        A workbook or a CSV.
    codebook : Codebook
        Its variables are the columns of answers.

    Returns
    -------
    Sheet
        Rows with their numbers in the file; texts put together again.

    Raises
    ------
    InputError
        If it cannot be read, or has no column of ids or of answers.
    """
    path = Path(path)
    for name, rows in _tables(path):
        keys = _keys(rows[0][1], codebook) if rows else []
        if "post_id" in keys:
            answers = tuple(v.name for v in codebook.variables if v.name in keys)
            if answers:
                return Sheet(
                    path, [(n, _joined(keys, cells)) for n, cells in rows[1:] if any(cells)], answers
                )
            header = ", ".join(cell for cell in rows[0][1] if cell)
            wanted = ", ".join(v.shown(lang) for v in codebook.variables for lang in ("en", "zh"))
            raise InputError(
                "the sheet has no column of answers", where=f"{name}, row 1: {header}", expected=wanted
            )
    raise InputError(
        "the file has no sheet with a column of ids",
        where=str(path),
        expected=" or ".join(HEADERS["post_id"].values()),
        hint="send back the file that was written for you, with its columns",
    )


def _keys(header: Sequence[str], codebook: Codebook) -> list[str]:
    known = {text.casefold(): key for key, words in HEADERS.items() for text in (*words.values(), key)}
    known |= {text.casefold(): "text" for text in EVIDENCE.values()}
    for variable in codebook.variables:
        known |= {text.casefold(): variable.name for text in (*variable.label.values(), variable.name)}
    keys = []
    for cell in header:
        name = cell.strip().casefold()
        numbered = _NUMBERED.fullmatch(name)
        if name not in known and numbered and numbered[1] in known:
            keys.append(f"{known[numbered[1]]}_{numbered[2]}")
        else:
            keys.append(known.get(name, ""))
    return keys


def _joined(keys: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    row = {key: cell for key, cell in zip(keys, cells, strict=False) if key}
    for key in ("text", "parent"):
        more = sorted(
            (k for k in row if re.fullmatch(rf"{key}_\d+", k)), key=lambda k: int(k[len(key) + 1 :])
        )
        row[key] = meant("".join([row.get(key, ""), *(row.pop(k) for k in more)]))
    return {k: v if k in ("text", "parent") else v.strip() for k, v in row.items()}


def _tables(path: Path) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    try:
        if path.suffix.casefold() == ".xlsx":
            yield from _workbook(path)
        elif path.suffix.casefold() in (".csv", ".tsv", ".txt"):
            yield path.name, _delimited(path)
        else:
            raise InputError(
                f"codes cannot be read from {path.suffix or path.name!r}",
                where=str(path),
                expected=".xlsx, .csv or .json",
                hint="save the sheet as .xlsx",
            )
    except OSError as error:
        raise InputError("the file cannot be read", where=str(path), hint=error.strerror) from error


def _workbook(path: Path) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InputError("the workbook is damaged", where=str(path), hint="save it again") from error
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
                yield f"{path.name}, {sheet.title}", list(enumerate(rows, start=1))
    finally:
        book.close()


def _text(cell: Any) -> str:
    from openpyxl.utils.escape import unescape

    if cell is None:
        return ""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return str(unescape(text)) if "_x" in text else text


def _delimited(path: Path) -> list[tuple[int, list[str]]]:
    from openpyxl.utils.escape import unescape

    from discourse.corpus.delimited import header
    from discourse.corpus.encodings import find_encoding, open_text

    with open_text(path, find_encoding(path)) as handle:
        _, delimiter = header(handle, str(path))
        handle.seek(0)
        before = csv.field_size_limit(2**31 - 1)
        try:
            reader = csv.reader(handle, delimiter=delimiter)
            rows = [[str(unescape(unquoted(cell))) for cell in row] for row in reader]
        finally:
            csv.field_size_limit(before)
    if rows and rows[0]:
        rows[0][0] = rows[0][0].lstrip("\ufeff")
    return list(enumerate(rows, start=1))
