"""Tables as CSV that a spreadsheet opens as it is meant, and that reads back exactly.

An unknown value is an empty cell.  A text that a spreadsheet would run as a formula, and an empty text, get
one leading apostrophe, which is taken away when reading.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from discourse.errors import InputError

# what Excel, LibreOffice and WPS take for the start of a formula, and what would hide one
_FORMULA = re.compile(r"'*(?:[=+\-@\t\r\n＝＋－＠]|$)")
_ESCAPED = re.compile(r"'+(?:[=+\-@\t\r\n＝＋－＠]|$)")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def formula_safe(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    str
        The cell, safe to open.

    Examples
    --------
    >>> formula_safe("=1+1"), formula_safe("plain"), formula_safe("")
    ("'=1+1", 'plain', "'")
    """
    return "'" + text if _FORMULA.match(text) else text


def formula_plain(cell: str) -> str:
    """Undo :func:`formula_safe`.

    Examples
    --------
    >>> formula_plain(formula_safe("'=1+1"))
    "'=1+1"
    """
    return cell[1:] if _ESCAPED.match(cell) else cell


def without_surrogates(text: str) -> str:
    r"""Write unpaired surrogates as their code points, since UTF-8 cannot hold them.

    Examples
    --------
    >>> without_surrogates("a\ud83d")
    'a⟨U+D83D⟩'
    """
    return _LONE_SURROGATE.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write one table, the same bytes for the same values on every system."""
    columns = [[_cell(value) for value in frame[name]] for name in frame.columns]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(formula_safe(str(name)) for name in frame.columns)
        writer.writerows(zip(*columns, strict=True))


def read_csv(path: Path, dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Read one table back with the dtypes that were written down."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except FileNotFoundError:
        raise InputError("a table of the run is missing", where=str(path)) from None
    header = [formula_plain(name) for name in rows[0]] if rows else []
    if header != list(dtypes):
        raise InputError(
            "a table of the run was changed", where=f"{path}, line 1", expected=", ".join(dtypes)
        )
    body = rows[1:]
    return pd.DataFrame(
        {name: _column([row[i] for row in body], dtypes[name]) for i, name in enumerate(header)}
    )


def sha256_of(path: Path) -> str:
    """Hash the bytes of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return formula_safe(json.dumps(value, ensure_ascii=False))
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, str):
        return formula_safe(without_surrogates(value))
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    # numbers need no apostrophe: a leading minus is theirs
    return str(bool(value)) if _is_bool(value) else repr(getattr(value, "item", lambda: value)())


def _is_bool(value: Any) -> bool:
    return type(value).__name__ in ("bool", "bool_")


def _column(cells: list[str], dtype: str) -> pd.Series[Any]:
    if dtype.startswith("list"):
        values = [json.loads(formula_plain(c)) if c else pd.NA for c in cells]
        return pd.Series(values, dtype=object)
    if dtype.startswith("datetime64"):
        parsed = [pd.Timestamp(c) if c else pd.NaT for c in cells]
        return pd.Series(parsed, dtype=object).astype(dtype)  # type: ignore[call-overload,no-any-return]
    if dtype in ("bool", "boolean"):
        return pd.Series([c == "True" if c else pd.NA for c in cells], dtype=object).astype(dtype)  # type: ignore[call-overload,no-any-return]
    if dtype.lower().startswith("int"):
        return pd.Series([int(c) if c else pd.NA for c in cells], dtype=object).astype(dtype)  # type: ignore[call-overload,no-any-return]
    if dtype.lower().startswith("float"):
        return pd.Series([float(c) if c else float("nan") for c in cells], dtype=dtype)
    texts = [formula_plain(c) if c else pd.NA for c in cells]
    return pd.Series(texts, dtype=object).astype(dtype)  # type: ignore[call-overload,no-any-return]
