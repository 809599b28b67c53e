"""What one coder sees and has coded: the units of a sample in the coder's order, and the file of codes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import threading
from pathlib import Path
from typing import Any, Literal

from discourse.coding.codebook import Category, Variable
from discourse.coding.codes import append_codes, check_value, codes_path, read_codes
from discourse.coding.sample import Sample
from discourse.errors import InputError

Language = Literal["en", "zh"]


class CoderDeck:
    """The units of one coder, shown without prediction, group or stratum.

    Parameters
    ----------
    folder : path
        Folder of a sample, as ``discourse code sample`` writes it.
    coder : str
        One of the coders of the design.
    language : {"en", "zh"}, optional
        Language of the page; that of the design by default.

    Raises
    ------
    InputError
        If there is no sample, or the codes so far cannot be read.
    ParameterError
        If there is no such coder.

    Notes
    -----
    Each code is a row added to ``codes/CODER.csv`` and synchronised with the disk before :meth:`put` returns.
    """

    def __init__(self, folder: str | Path, coder: str, language: Language | None = None) -> None:
        self.folder = Path(folder)
        self.coder = coder
        self.sample = Sample.load(self.folder)
        self.language = language or self.sample.design.language
        self._units = self.sample.assigned(coder)
        self._targets = dict(zip(self._units["post_id"], self._units["target"], strict=True))
        self._writing = threading.Lock()
        self._codes = self._read()

    @property
    def counts(self) -> tuple[int, int]:
        """How many codes there are, and how many there will be."""
        given = sum(1 for code in self._codes.values() if code["value"])
        return given, len(self._units) * len(self.sample.codebook.variables)

    @property
    def older(self) -> int:
        """How many codes were given under another version of the codebook."""
        return sum(1 for code in self._codes.values() if code["value"] and code["book"] != self._stamp)

    @property
    def _stamp(self) -> str:
        return self.sample.codebook.stamp

    def shown(self) -> dict[str, Any]:
        """Give posts, codebook and the codes so far, as plain values.

        Returns
        -------
        dict
            ``items`` (one a unit and variable: id, index of the variable, text, parent), ``variables``,
            ``codes`` (by JSON of id and variable: value and note), titles and instructions in both languages.
        """
        book = self.sample.codebook
        return {
            "title": dict(book.title),
            "instructions": dict(book.instructions),
            "codebook": self._stamp,
            "coder": self.coder,
            "kind": self.sample.design.unit,
            "language": self.language,
            "variables": [_shown_variable(variable) for variable in book.variables],
            "items": [
                {"id": unit.post_id, "variable": i, "text": unit.text, "parent": _or_empty(unit.parent)}
                for unit in self._units.itertuples(index=False)
                for i in range(len(book.variables))
            ],
            "codes": [
                {"id": unit, "variable": variable, "value": code["value"], "note": code["note"]}
                for (unit, variable), code in self._codes.items()
            ],
        }

    def put(self, unit: str, variable: str, value: str, note: str) -> None:
        """Add one code to the file of the coder; it is on the disk when this returns.

        Parameters
        ----------
        unit, variable, value, note : str
            An empty value takes the code back.

        Raises
        ------
        InputError
            If the unit is not the coder's, or the codebook does not know the variable or the value.
        OSError
            If the file cannot be written.
        """
        if unit not in self._targets:
            raise InputError(f"the unit {unit!r} is not among those of {self.coder!r}")
        if value:
            check_value(self.sample.codebook, variable, value, where="the page")
        self.sample.codebook.variable(variable)
        row = {
            "post_id": unit,
            "target": self._targets[unit],
            "coder": self.coder,
            "variable": variable,
            "value": value,
            "codebook_version": self._stamp,
            "coded_at": dt.datetime.now(dt.UTC),
            "note": note,
        }
        with self._writing:
            append_codes(self.folder, [row])
            self._codes[unit, variable] = {"value": value, "note": note, "book": self._stamp}

    def _read(self) -> dict[tuple[str, str], dict[str, str]]:
        path = codes_path(self.folder, self.coder)
        if not path.exists():
            return {}
        codes = {key: {"value": "", "note": note, "book": ""} for key, note in _notes(path).items() if note}
        for row in read_codes(path, self.sample).itertuples(index=False):
            code = {"value": str(row.value), "note": _or_empty(row.note), "book": str(row.codebook_version)}
            codes[str(row.post_id), str(row.variable)] = code
        return codes


def _notes(path: Path) -> dict[tuple[str, str], str]:
    """Read the last note of each unit, of those without a code too."""
    lines = path.read_text(encoding="utf-8-sig", errors="replace").rpartition("\n")[0]
    rows = csv.DictReader(io.StringIO(lines, newline=""))
    return {(row["post_id"], row["variable"]): row.get("note") or "" for row in rows}


def _shown_variable(variable: Variable) -> dict[str, Any]:
    return {
        "name": variable.name,
        "question": dict(variable.question) or dict(variable.label),
        "labels": [_shown_category(category) for category in variable.categories],
    }


def _shown_category(category: Category) -> dict[str, Any]:
    """Give what a coder reads of a category: its name, and its definition with the examples."""
    examples = {language: tuple(texts) for language, texts in category.examples.items()}
    meaning = {
        language: " ".join([text, *(f"“{one}”" for one in examples.get(language, ()))])
        for language, text in category.definition.items()
    }
    return {"value": category.name, "name": dict(category.label) or category.name, "meaning": meaning}


def _or_empty(value: Any) -> str:
    return value if isinstance(value, str) else ""
