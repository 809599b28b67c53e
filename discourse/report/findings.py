"""Findings: the tables, the study and the provenance of one run, saved and loaded without loss."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.errors import InputError
from discourse.report.cells import read_csv, sha256_of, without_surrogates, write_csv
from discourse.tables import REPORT_TABLES, Table

RUN_FILE = "run.json"
FORMAT = 1

_KNOWN: dict[str, Table] = {table.name: table for table in REPORT_TABLES}


@dataclass
class Findings:
    """Everything that a report may print, and where it came from.

    Parameters
    ----------
    tables : dict of str to DataFrame
        The tables of :data:`discourse.tables.REPORT_TABLES` by name; one that is missing is empty.  Tables
        of other names are kept, saved and loaded, and not printed.
    study : dict
        The effective study (:doc:`study`): title, question, language, timezone, seed, min_cell, synthetic,
        groups, targets, sources, scorer, topics, quotes.
    provenance : dict
        Input files with their SHA-256, versions, instruments, seed, key id, methods that ran and the status
        of the validation.

    Raises
    ------
    ParameterError
        If a known table lacks a required column.

    Examples
    --------
    >>> empty = Findings({}, {"title": "A study"}, {})
    >>> len(empty.table("contrasts"))
    0
    """

    tables: dict[str, pd.DataFrame]
    study: dict[str, Any]
    provenance: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        conformed = {name: _conform(name, frame) for name, frame in self.tables.items()}
        missing = {name: table.empty() for name, table in _KNOWN.items() if name not in conformed}
        order = [*_KNOWN, *sorted(set(conformed) - set(_KNOWN))]
        self.tables = {name: {**conformed, **missing}[name] for name in order}

    def table(self, name: str) -> pd.DataFrame:
        """Give one table; empty if the run did not make it.

        Examples
        --------
        >>> list(Findings({}, {}).table("limits"))[:2]
        ['topic', 'text']
        """
        return self.tables[name]

    def setting(self, key: str) -> Any:
        """Read a key of the study, or of its ``[study]`` table; None if it says nothing.

        Examples
        --------
        >>> Findings({}, {"study": {"seed": 7}}).setting("seed")
        7
        """
        head = self.study.get("study")
        if key not in self.study and isinstance(head, Mapping):
            return head.get(key)
        return self.study.get(key)

    def save(self, folder: str | Path) -> Path:
        """Write ``tables/*.csv`` and ``run.json``.

        Parameters
        ----------
        folder : str or Path
            The folder of the run; made if it is not there.

        Returns
        -------
        pathlib.Path
            The folder.

        Notes
        -----
        The CSV files are UTF-8 with a byte order mark.  A text cell that a spreadsheet would take for a
        formula gets a leading apostrophe, which :meth:`load` takes away again.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Findings({}, {"title": "A study"}).save(folder)
        ...     Findings.load(path).study["title"]
        'A study'
        """
        folder = Path(folder)
        (folder / "tables").mkdir(parents=True, exist_ok=True)
        listing = [self._save_table(name, folder) for name in self.tables]
        content = {
            "format": FORMAT,
            "study": self.study,
            "provenance": self.provenance,
            "tables": listing,
        }
        text = json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n"
        # a lone surrogate cannot be UTF-8; as a JSON escape it survives
        (folder / RUN_FILE).write_bytes(text.encode("utf-8", errors="backslashreplace"))
        return folder

    def _save_table(self, name: str, folder: Path) -> dict[str, Any]:
        frame = self.tables[name]
        path = folder / "tables" / f"{name}.csv"
        write_csv(frame, path)
        columns = [{"name": str(c), "dtype": _dtype_name(name, str(c), frame[c])} for c in frame.columns]
        return {"name": name, "rows": len(frame), "sha256": sha256_of(path), "columns": columns}

    @classmethod
    def load(cls, folder: str | Path) -> Findings:
        """Read what :meth:`save` wrote.

        Parameters
        ----------
        folder : str or Path
            The folder of a run.

        Returns
        -------
        Findings
            Equal to the saved ones: values, order and dtypes.

        Raises
        ------
        InputError
            If the folder holds no finished run or a table is missing.

        Examples
        --------
        See :meth:`save`.
        """
        folder = Path(folder)
        content = _read_run(folder / RUN_FILE)
        tables = {
            name: _read_table(folder / "tables" / f"{name}.csv", dtypes)
            for name, dtypes in _listed(content, folder / RUN_FILE).items()
        }
        complete = {name: _with_later_columns(name, frame) for name, frame in tables.items()}
        return cls(complete, content["study"], content["provenance"])


def _with_later_columns(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Add what a table has gained since the run: unknown there, so that older runs can be rendered again."""
    if name not in _KNOWN:
        return frame
    later = [column.name for column in _KNOWN[name].columns if column.name not in frame.columns]
    return frame.assign(**{column: pd.Series([None] * len(frame), dtype=object) for column in later})


def _conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    known = _KNOWN.get(name)
    frame = _encodable(frame)
    return known.conform(frame) if known else frame.reset_index(drop=True)


def _encodable(frame: pd.DataFrame) -> pd.DataFrame:
    """Replace unpaired surrogates, which no file and no text column can hold, by their code points."""
    out = frame
    for name in frame.columns:
        if frame[name].dtype == object:
            values = [without_surrogates(v) if isinstance(v, str) else v for v in frame[name]]
            out = out.assign(**{name: pd.Series(values, dtype=object, index=frame.index)})
    return out


def _dtype_name(table: str, column: str, series: pd.Series[Any]) -> str:
    if table in _KNOWN:
        for declared in _KNOWN[table].columns:
            if declared.name == column and declared.dtype.startswith("list"):
                return declared.dtype
    return str(series.dtype)


def _listed(content: Mapping[str, Any], path: Path) -> dict[str, dict[str, str]]:
    """Give the tables of a run with the dtypes of their columns; a name is no way to another folder."""
    try:
        listed = {
            str(entry["name"]): {str(column["name"]): str(column["dtype"]) for column in entry["columns"]}
            for entry in content["tables"]
        }
        whole = all(isinstance(content[part], dict) for part in ("study", "provenance"))
    except (KeyError, TypeError):
        whole, listed = False, {}
    if not whole or any(not name.replace("_", "").replace("-", "").isalnum() for name in listed):
        raise InputError("the file of the run is damaged", where=str(path), hint="run the study again")
    return listed


def _read_table(path: Path, dtypes: Mapping[str, str]) -> pd.DataFrame:
    try:
        return read_csv(path, dtypes)
    except InputError:
        raise
    except (ValueError, TypeError, csv.Error) as error:  # other bytes, or other values, than were written
        raise InputError(
            "a table of the run is damaged", where=f"{path}: {error}", hint="run the study again"
        ) from None


def _read_run(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            "this folder holds no finished run", where=str(path), hint="make one with: discourse run"
        ) from None
    except (ValueError, RecursionError) as error:
        raise InputError("the file of the run is damaged", where=f"{path}: {error}") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InputError("this is not a run of ours", where=str(path), expected=f'"format": {FORMAT}')
    return content
