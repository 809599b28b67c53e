"""Scoring a file: a table with one text a row in, the same rows with labels out."""

from __future__ import annotations

import csv
import difflib
import json
import os
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.corpus.delimited import header
from discourse.corpus.encodings import find_encoding, open_text
from discourse.errors import InputError
from discourse.sentiment.score import score
from discourse.sentiment.target import load_target

_OURS = ("label", "score", "confidence", "mixed", "kind", "evidence")


def score_file(
    source: str | Path,
    out: str | Path,
    *,
    text_column: str = "text",
    target: str = "refugees",
    scorer: str = "lexicon",
) -> dict[str, Any]:
    r"""Score the texts of a file and write the same rows with their labels.

    Parameters
    ----------
    source : path
        A CSV, TSV or ``;`` file with a header, or JSON Lines.
    out : path
        The CSV to write: UTF-8 with a byte order mark, the columns of the source as text, then ``label``,
        ``score``, ``confidence``, ``mixed``, ``kind``, ``evidence``.  A column of the source with one of
        these names is kept as ``<name>_input``.
    text_column : str
        Column that holds the texts.
    target : str
        A shipped target or the path of a target file.
    scorer : str
        The instrument.

    Returns
    -------
    dict
        ``rows``, ``labels`` (label to count), ``target``, ``scorer``, ``renamed`` (columns kept under
        another name).

    Raises
    ------
    InputError
        If the file, the column or the target cannot be used.  Nothing is written then.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "in.csv").write_text("text\nWelcome refugees!\n", encoding="utf-8")
    ...     score_file(Path(folder, "in.csv"), Path(folder, "out.csv"))["labels"]
    {'positive': 1, 'neutral': 0, 'negative': 0, 'absent': 0}
    """
    _refuse_place(Path(source), Path(out))
    table = _read(Path(source))
    if text_column not in table.columns:
        near = difflib.get_close_matches(text_column, list(table.columns), n=1)
        raise InputError(
            f"there is no column {text_column!r}",
            where=f"{source}, line 1",
            expected=f"one of {', '.join(map(str, table.columns))}",
            hint=f"--text-column {near[0]}" if near else "name it with --text-column",
        )
    scores = score(table[text_column].tolist(), load_target(target), scorer)
    renamed = {name: f"{name}_input" for name in table.columns if name in _OURS}
    result = pd.concat([table.rename(columns=renamed), scores[list(_OURS)]], axis=1)
    _write(result, Path(out))
    counts = scores["label"].value_counts()
    return {
        "rows": len(result),
        "labels": {name: int(counts.get(name, 0)) for name in ("positive", "neutral", "negative", "absent")},
        "target": target,
        "scorer": scorer,
        "renamed": renamed,
    }


def _refuse_place(source: Path, out: Path) -> None:
    if out.is_dir():
        raise InputError(f"{out} is a folder", where="--out", expected="a CSV file to write")
    if not out.parent.is_dir():
        raise InputError(f"there is no folder {out.parent}", where="--out", hint="make it first")
    if source.exists() and out.exists() and source.resolve() == out.resolve():
        raise InputError("the source would be overwritten", where=f"--out {out}", hint="name another file")


def _read(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise InputError(f"there is no file {path}")
    encoding = find_encoding(path)
    with open_text(path, encoding) as handle:
        if path.suffix.lower() in (".jsonl", ".ndjson"):
            return _read_lines(handle.read(), path)
        columns, delimiter = header(handle, str(path))
        handle.seek(0)
        before = csv.field_size_limit(2**31 - 1)  # the limit is one for the whole process
        try:
            reader = csv.reader(handle, delimiter=delimiter, strict=True)
            next(reader, None)
            return pd.DataFrame(_rows(reader, len(columns), path), columns=columns, dtype=str)
        finally:
            csv.field_size_limit(before)


def _rows(reader: Any, width: int, path: Path) -> list[list[str]]:
    """Read the rows; one with more cells than the header is refused, for a part of its text would be lost."""
    rows = []
    try:
        for cells in reader:
            if len(cells) > width:
                raise InputError(
                    f"this row has {len(cells)} cells, the header {width}",
                    where=f"{path}, line {reader.line_num}",
                    expected="a cell that holds the delimiter, a quote or a line end stands in quotes",
                )
            if cells or width == 1:
                rows.append([*cells, *[""] * (width - len(cells))])
    except csv.Error as error:
        raise InputError(
            f"the table cannot be read: {error}", where=f"{path}, line {reader.line_num}"
        ) from None
    return rows


def _read_lines(text: str, path: Path) -> pd.DataFrame:
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"this line is not JSON: {error.msg}", where=f"{path}, line {number}") from None
        if not isinstance(row, dict):
            raise InputError(
                "this line is no object", where=f"{path}, line {number}", expected='{"text": ...}'
            )
        rows.append({_encodable(key): "" if v is None else _encodable(str(v)) for key, v in row.items()})
    return pd.DataFrame(rows, dtype=str).fillna("")


def _encodable(text: str) -> str:
    """Half of an emoji cannot be written; it becomes U+FFFD, as at the door of a corpus."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _write(table: pd.DataFrame, out: Path) -> None:
    """Write beside the final place first, so that a failure leaves no half-written file."""
    partial = out.with_name(f".{out.name}.partial")
    try:
        # A lone surrogate cannot be encoded; it leaves the file as an escape rather than ending the run.
        table.to_csv(
            partial, index=False, encoding="utf-8-sig", lineterminator="\r\n", errors="backslashreplace"
        )
        os.replace(partial, out)
    finally:
        partial.unlink(missing_ok=True)
