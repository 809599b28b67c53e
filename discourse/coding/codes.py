"""Codes on disk: one CSV a coder, written row by row, so that a program killed in the middle loses nothing.

A file of codes is a log: rows are only ever added, the last row of a unit and variable counts, and an empty
value takes a code back.  A last line without a line end was never finished, and is not read.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from discourse.coding.codebook import Codebook
from discourse.errors import InputError, ParameterError
from discourse.tables import CODES

if TYPE_CHECKING:
    import pandas as pd

    from discourse.coding.sample import Sample

ADJUDICATED = "adjudicated"
"""The coder under whose name settled disagreements are kept."""
_NAME = re.compile(r"\w[\w-]{0,39}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def check_coder(name: str) -> str:
    """Check the name of a coder: it becomes the name of a file.

    Parameters
    ----------
    name : str
        Letters of any script, digits, ``_`` and ``-``; at most 40.

    Returns
    -------
    str
        The same name.

    Raises
    ------
    ParameterError
        If it can be no name of a file, or is reserved.

    Examples
    --------
    >>> check_coder("anna"), check_coder("小李")
    ('anna', '小李')
    """
    if not _NAME.fullmatch(name) or _RESERVED.fullmatch(name):
        raise ParameterError(
            f"{name!r} cannot be the name of a coder",
            expected="letters, digits, _ and -, at most 40",
            hint="use initials or a short name",
        )
    return name


def codes_path(folder: str | Path, coder: str) -> Path:
    """Say where the codes of a coder are kept."""
    return Path(folder) / "codes" / f"{check_coder(coder)}.csv"


def append_codes(folder: str | Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """Add codes to the files of their coders, and see them safely on disk.

    Parameters
    ----------
    folder : path
        Folder of a sample.
    rows : iterable of mapping
        Columns of :data:`discourse.tables.CODES`; ``coded_at`` an aware datetime or its ISO text.

    Returns
    -------
    int
        How many were added.

    Raises
    ------
    ParameterError
        If a row lacks a column, or a coder's name is none.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> row = {"post_id": "007", "target": "refugees", "coder": "anna", "variable": "label",
    ...        "value": "positive", "codebook_version": "1-abc", "coded_at": "2025-02-01T20:00:00+00:00"}
    >>> append_codes(folder, [row, row | {"value": "neutral"}])
    2
    >>> read_codes(folder)[["post_id", "value"]].to_dict("records")
    [{'post_id': '007', 'value': 'neutral'}]
    """
    by_coder: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        lacking = [name for name in ("post_id", "coder", "variable", "codebook_version") if not row.get(name)]
        if lacking:
            raise ParameterError(f"a code lacks {', '.join(lacking)}", expected=", ".join(CODES.names))
        by_coder.setdefault(str(row["coder"]), []).append(row)
    for coder, mine in by_coder.items():
        _append(codes_path(folder, coder), mine)
    return sum(map(len, by_coder.values()))


def _append(path: Path, rows: list[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    with path.open("a+b") as handle:
        if _cut_unfinished(handle) == 0:
            writer.writerow(CODES.names)
        for row in rows:
            writer.writerow([_cell(row.get(name)) for name in CODES.names])
        handle.write(text.getvalue().encode("utf-8"))
        handle.flush()
        os.fsync(handle.fileno())


def _cut_unfinished(handle: BinaryIO) -> int:
    """Cut off a last line that was never finished, and say how long the file is then."""
    size = handle.seek(0, os.SEEK_END)
    if size:
        handle.seek(size - 1)
        if handle.read(1) != b"\n":
            handle.seek(0)
            size = _finished(handle.read())
            handle.truncate(size)
    handle.seek(0, os.SEEK_END)
    return size


def _cell(value: Any) -> str:
    """One line a row, whatever a note holds: a line end inside a cell could be cut in two."""
    if value is None or value != value:
        return ""
    text = value.isoformat(timespec="milliseconds") if hasattr(value, "isoformat") else str(value)
    return re.sub(r"[\r\n\x0b\x0c\x85\u2028\u2029]+", " ", text).replace("\x00", "")


def _finished(data: bytes) -> int:
    """Count the bytes up to the last line end."""
    return data.rfind(b"\n") + 1


def read_codes(source: str | Path, sample: Sample | None = None) -> pd.DataFrame:
    """Read the codes of a sample: all coders, the last code of each unit and variable.

    Parameters
    ----------
    source : path
        Folder of a sample, or one file of codes.
    sample : Sample, optional
        With it, codes of units that were not drawn and values that the codebook does not know are errors.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CODES`, sorted by unit, variable and coder; no row for what was taken back.

    Raises
    ------
    InputError
        If a file cannot be read, or holds what the sample does not know; the message names file and line.
    """
    import pandas as pd

    path = Path(source)
    files = _files_of(path) if path.is_dir() else [path]
    frames = [_read_file(file, sample) for file in files]
    if not frames:
        return CODES.empty()
    codes = CODES.conform(pd.concat(frames, ignore_index=True))
    keys = ["post_id", "target", "variable", "coder"]
    last = codes.drop_duplicates(keys, keep="last")
    return last[last["value"].notna()].sort_values(keys, kind="stable").reset_index(drop=True)


def pack_codes(folder: str | Path) -> None:
    """Lay the finished files of coders into Parquet, where they take a tenth of the room.

    Parameters
    ----------
    folder : path
        Folder of a sample; :func:`read_codes` reads it as before, and further codes go into new files.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> row = {"post_id": "007", "target": "refugees", "coder": "anna", "variable": "label",
    ...        "value": "positive", "codebook_version": "1-abc", "coded_at": "2025-02-01T20:00:00+00:00"}
    >>> append_codes(folder, [row])
    1
    >>> pack_codes(folder)
    >>> read_codes(folder)["post_id"].tolist()
    ['007']
    """
    for file in sorted((Path(folder) / "codes").glob("*.csv")):
        _read_file(file, None).to_parquet(file.with_suffix(".parquet"), index=False, compression="zstd")
        file.unlink()


def _files_of(folder: Path) -> list[Path]:
    """List the files of codes, packed ones first: later codes of a unit replace earlier ones."""
    codes = folder / "codes"
    return [*sorted(codes.glob("*.parquet")), *sorted(codes.glob("*.csv")), *sorted(folder.glob("codes.csv"))]


def _read_file(path: Path, sample: Sample | None) -> pd.DataFrame:
    if path.suffix == ".parquet":
        return _read_packed(path, sample)
    return _read_table(path, sample)


def _read_packed(path: Path, sample: Sample | None) -> pd.DataFrame:
    import pandas as pd

    try:
        packed = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise InputError("the codes cannot be read", where=str(path), hint=str(error)) from error
    if sample is not None:
        drawn = _drawn(sample)
        names = ["post_id", "target", "variable", "value"]
        for number, said in enumerate(packed[names].fillna("").itertuples(index=False), start=1):
            _check_row(dict(zip(names, said, strict=True)), sample, drawn, f"{path}, row {number}")
    return CODES.conform(packed)


def _read_table(path: Path, sample: Sample | None) -> pd.DataFrame:
    import pandas as pd

    try:
        data = path.read_bytes()
        text = data[: _finished(data)].decode("utf-8-sig")
    except OSError as error:
        raise InputError("the codes cannot be read", where=str(path), hint=error.strerror) from error
    except UnicodeDecodeError as error:
        raise InputError("the codes are not UTF-8", where=str(path), hint="save the file as UTF-8") from error
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if not rows:
        return CODES.empty()
    missing = [c.name for c in CODES.columns if c.required and c.name not in rows[0]]
    if missing:
        raise InputError(
            f"the codes have no column {missing[0]!r}",
            where=f"{path}, line 1",
            expected=", ".join(CODES.names),
            hint="a spreadsheet has parted the cells by semicolons or tabs: save the file with commas"
            if len(rows[0]) == 1 and re.search("[;\t]", rows[0][0])
            else None,
        )
    kept = []
    drawn = _drawn(sample) if sample is not None else set()
    for number, cells in enumerate(rows[1:], start=2):
        if not cells:
            continue
        if len(cells) != len(rows[0]):
            raise InputError(
                f"this line has {len(cells)} cells",
                where=f"{path}, line {number}",
                expected=f"{len(rows[0])}, as the header",
                hint="put the line back as it was written, or delete it",
            )
        row = dict(zip(rows[0], cells, strict=True))
        if sample is not None:
            _check_row(row, sample, drawn, f"{path}, line {number}")
        kept.append(row)
    table = pd.DataFrame(kept, columns=rows[0], dtype=object).replace({"": None})
    if "coded_at" in table:
        table["coded_at"] = pd.to_datetime(table["coded_at"], utc=True, format="ISO8601", errors="coerce")
    return CODES.conform(table)


def _check_row(row: Mapping[str, str], sample: Sample, drawn: set[tuple[str, str]], where: str) -> None:
    if (row["post_id"], row.get("target", "")) not in drawn:
        raise InputError(
            f"the unit {row['post_id']!r} was not drawn",
            where=where,
            hint="these are codes of another sample, or a spreadsheet has damaged the ids",
        )
    if row.get("value"):
        check_value(sample.codebook, row["variable"], row["value"], where)


def check_value(codebook: Codebook, variable: str, value: str, where: str) -> str:
    """Refuse a value that the codebook does not know.

    Raises
    ------
    InputError
        If variable or value are not in the codebook.
    """
    known = codebook.variable(variable).values
    if value not in known:
        raise InputError(f"{value!r} is no category of {variable!r}", where=where, expected=", ".join(known))
    return value


def _drawn(sample: Sample) -> set[tuple[str, str]]:
    targets = sample.units["target"].fillna("")
    return set(zip(sample.units["post_id"].astype(str), targets.astype(str), strict=True))
