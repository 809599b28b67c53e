"""How a corpus lies on disk: Parquet parts, ``corpus.json`` and ``rejects.csv``.

Rows have a fixed order and parts a fixed size, and no time, host or path is written, so the same inputs give
the same bytes.  Writing goes to a folder beside the destination first: nothing is ever half-written.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from discourse.corpus.cells import quoted, unquoted
from discourse.corpus.content import content_of
from discourse.errors import ImportFailed, InputError
from discourse.tables import POSTS, REJECTS

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FORMAT = 1
ISO = "%Y-%m-%dT%H:%M:%S.%f+00:00"
"""How rows write a time."""
PART_ROWS = 20_000
"""Rows of one part: a step holds one part in memory at a time."""
MANIFEST = "corpus.json"
_LISTS = frozenset(column.name for column in POSTS.columns if column.dtype.startswith("list"))


def is_corpus(folder: Path) -> bool:
    """Say whether a folder holds an imported corpus."""
    return os.path.isfile(folder / MANIFEST)  # says no to a name too long, too


def to_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Make a posts table of rows.

    Parameters
    ----------
    rows : list of dict
        Columns of :data:`discourse.tables.POSTS`; times as ISO text.

    Returns
    -------
    DataFrame
        With the dtypes of the table.
    """
    return frame_of(table_of(rows))


def table_of(rows: list[dict[str, Any]]) -> pa.Table:
    """Make an Arrow table of rows, as :func:`to_frame` takes them."""
    have = [name for name in POSTS.names if rows and name in rows[0]]
    try:
        values = dict(zip(have, zip(*map(itemgetter(*have), rows), strict=True), strict=True))
    except (KeyError, TypeError):  # rows of several kinds
        values = {name: tuple(row.get(name) for row in rows) for name in POSTS.names}
    values["created_at"] = tuple(_microseconds(values.get("created_at", ())))
    return table_in_columns(values, len(rows))


def table_in_columns(columns: Mapping[str, Sequence[Any]], n: int) -> pa.Table:
    """Make an Arrow table of columns of `n` rows, times in microseconds since 1970."""
    import pyarrow as pa

    arrays = [_array(columns.get(field.name, ()), field, n) for field in posts_schema()]
    return pa.Table.from_arrays(arrays, schema=posts_schema())


def _microseconds(written: Sequence[str | None]) -> Sequence[int | None]:
    at = np.array([None if value is None else value[:26] for value in written], dtype="datetime64[us]")
    found: list[int | None] = at.astype(np.int64).tolist()
    return [None if value is None else us for value, us in zip(written, found, strict=True)]


def _array(values: Sequence[Any], field: pa.Field, n: int) -> pa.Array:
    import pyarrow as pa

    if values.count(None) == len(values):
        return pa.nulls(n, field.type)
    if field.name == "created_at":
        return pa.array(values, type=pa.int64()).cast(field.type)
    if field.name in _LISTS:
        values = [list(v) if isinstance(v, list | tuple) else None for v in values]
    return pa.array(values, type=field.type)


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    """Make rows of an Arrow table, as :func:`table_of` takes them."""
    columns = {name: table.column(name).to_pylist() for name in POSTS.names}
    columns["created_at"] = [None if at is None else at.strftime(ISO) for at in columns["created_at"]]
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def frame_of(table: pa.Table) -> pd.DataFrame:
    """Make a posts table of an Arrow table; columns that are missing are unknown."""
    import pandas as pd
    import pyarrow as pa

    types = {
        pa.string(): pd.StringDtype(na_value=float("nan")),
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }
    plain = [name for name in table.column_names if name not in _LISTS]
    frame = table.select(plain).to_pandas(types_mapper=types.get)
    lists = {n: table.column(n).to_pylist() for n in table.column_names if n in _LISTS}
    out: pd.DataFrame = frame.assign(**lists)[table.column_names]
    return out


def to_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Make rows of a posts table, as :func:`to_frame` takes them."""
    columns = {name: _plain(frame[name]) for name in POSTS.names}
    columns["created_at"] = [None if at is None else at.strftime(ISO) for at in columns["created_at"]]
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def write_part(part: pd.DataFrame | pa.Table, file: Path) -> None:
    """Write one part; the same rows give the same bytes."""
    import pyarrow.parquet as pq

    pq.write_table(_as_table(part), file, compression="zstd")


def _as_table(part: pd.DataFrame | pa.Table) -> pa.Table:
    import pyarrow as pa

    if isinstance(part, pa.Table):
        return part.combine_chunks()
    arrays = [pa.array(_plain(part[field.name]), type=field.type) for field in posts_schema()]
    return pa.Table.from_arrays(arrays, schema=posts_schema())


def read_part(file: Path, columns: list[str] | None = None) -> pd.DataFrame:
    """Read one part as a posts table.

    Parameters
    ----------
    file : path
        A Parquet file that :func:`write_part` wrote.
    columns : list of str, optional
        Only these.

    Returns
    -------
    DataFrame
        With the dtypes of :data:`discourse.tables.POSTS`.

    Raises
    ------
    ImportFailed
        If the file is missing or damaged.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        have = set(pq.read_schema(file).names)
        names = columns or POSTS.names
        table = pq.read_table(file, columns=[name for name in names if name in have])
    except (OSError, pa.ArrowInvalid) as error:
        raise ImportFailed(
            "a part of the corpus cannot be read", where=str(file), hint="import the exports again"
        ) from error
    frame = frame_of(table)
    for name in (name for name in names if name not in have):  # a part that an earlier version wrote
        frame[name] = pd.Series(pd.NA, index=frame.index, dtype="str")
    return frame[names]


def _plain(series: pd.Series[Any]) -> list[Any]:
    values = series.astype(object)
    if series.name in _LISTS:
        return [list(v) if isinstance(v, list | tuple) else None for v in values]
    return values.where(values.notna(), None).tolist()


@cache
def posts_schema() -> pa.Schema:
    """Give the Arrow schema of the posts table."""
    import pyarrow as pa

    types = {
        "str": pa.string(),
        "Int64": pa.int64(),
        "Float64": pa.float64(),
        "boolean": pa.bool_(),
        "list[str]": pa.list_(pa.string()),
        "datetime64[us, UTC]": pa.timestamp("us", "UTC"),
    }
    return pa.schema([pa.field(column.name, types[column.dtype]) for column in POSTS.columns])


def content(part: pd.DataFrame | pa.Table) -> bytes:
    """Give posts in canonical lines, without where they came from, for hashing."""
    return content_of(_as_table(part))


def sha256_of(file: Path) -> str:
    """Hash a file."""
    digest = hashlib.sha256()
    with file.open("rb") as handle:
        for chunk in iter(lambda: handle.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write ``corpus.json``."""
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True, default=str)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read ``corpus.json``.

    Raises
    ------
    ImportFailed
        If it is damaged or of a newer format.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        known = manifest["format"] <= FORMAT
        if known and not _is_whole(manifest):
            raise ValueError(f"{MANIFEST} lacks what every corpus has")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ImportFailed(
            "this is not a corpus, or a damaged one",
            where=str(folder / MANIFEST),
            hint="import the exports again",
        ) from error
    if not known:
        raise ImportFailed(
            f"the corpus has format {manifest['format']}, this version reads up to {FORMAT}",
            where=str(folder / MANIFEST),
            hint="install a newer discourse",
        )
    return manifest


def _is_whole(manifest: dict[str, Any]) -> bool:
    """Say whether a manifest has all that reading a corpus asks of it."""
    counts, parts = manifest["counts"], manifest["parts"]
    named = all(isinstance(part["file"], str) and part["file"] == Path(part["file"]).name for part in parts)
    numbers = [counts[name] for name in ("read", "kept", "duplicates", "rejected")]
    said = (manifest["key_id"], manifest["fingerprint"], manifest["inputs"], counts["files"])
    return (
        isinstance(manifest["card"], dict)
        and named
        and all(isinstance(n, int) for n in (*numbers, *(part["rows"] for part in parts)))
        and all(isinstance(value, kind) for value, kind in zip(said, _SAID, strict=True))
    )


_SAID = (str | None, str, list, list)


def write_rejects(rejects: Iterable[dict[str, Any]], file: Path) -> None:
    """Write ``rejects.csv``; no cell of it is a formula to a spreadsheet."""
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(REJECTS.names)
        for row in rejects:
            writer.writerow([_safe(row[name]) for name in REJECTS.names])


def read_rejects(file: Path) -> list[dict[str, Any]]:
    """Read ``rejects.csv`` back."""
    if not file.is_file():
        return []
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            rows = [{name: unquoted(row[name]) for name in REJECTS.names} for row in csv.DictReader(handle)]
        return [{**row, "line": int(row["line"])} for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise ImportFailed(
            "the rejects of the corpus are damaged", where=str(file), hint="import the exports again"
        ) from error


def _safe(value: Any) -> Any:
    return quoted(value) if isinstance(value, str) else value


@contextlib.contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Give a fresh folder that takes the place of the corpus in `out` once all went well.

    Parameters
    ----------
    out : path
        The corpus folder; made if need be.  Files in it that are no part of a corpus stay.

    Yields
    ------
    pathlib.Path
        The folder to write to.

    Raises
    ------
    InputError
        If `out` is a file, or cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise InputError(
            "the output is a file, not a folder", where=str(out), hint="name a folder with --out"
        )
    if (out / "posts").exists() and not is_corpus(out):
        raise InputError(
            "the output folder holds something else named 'posts'",
            where=str(out),
            hint="name an empty folder",
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise InputError(
            f"the output folder cannot be written ({error.strerror})",
            where=str(out),
            hint="name another with --out",
        ) from error
    try:
        (work / "new").mkdir()
        (work / "old").mkdir()
        yield work / "new"
        _swap(work, out)
    finally:
        if not _holds_the_old(work, out):
            shutil.rmtree(work, ignore_errors=True)


_PIECES = (MANIFEST, "posts", "rejects.csv")
"""What a corpus is made of.  The manifest goes first and comes last: a corpus without it is none."""


def _swap(work: Path, out: Path) -> None:
    """Put the new corpus in the place of the old one; where that fails, the old one is put back."""
    old, new = work / "old", work / "new"
    try:
        out.mkdir(exist_ok=True)
        _move(out, old, _PIECES)
        _move(new, out, _PIECES[::-1])
    except BaseException as error:
        with contextlib.suppress(OSError):
            _move(out, new, [name for name in _PIECES if not (new / name).exists()])
            _move(old, out, _PIECES[::-1])
        if not isinstance(error, OSError):
            raise
        raise InputError(
            f"the output folder cannot be written ({error.strerror})",
            where=str(out),
            hint="name another with --out",
        ) from error


def _holds_the_old(work: Path, out: Path) -> bool:
    """Say whether the only whole corpus lies beside its place: one that could not be put back is kept."""
    return (work / "old" / MANIFEST).exists() and not (out / MANIFEST).exists()


def _move(source: Path, target: Path, names: Iterable[str]) -> None:
    for name in names:
        if (source / name).exists():
            os.replace(source / name, target / name)


def _written_part(
    folder: Path, made: Callable[[Any], tuple[Any, Any]] | None, numbered: tuple[int, Any]
) -> tuple[dict[str, Any], bytes, Any]:
    """Write one part; give its entry in the manifest, its lines for the hash of the whole, what is told."""
    number, given = numbered
    part, said = (given, None) if made is None else made(given)
    file = folder / f"part-{number:04d}.parquet"
    write_part(part, file)
    entry = {"file": file.name, "rows": len(part), "sha256": sha256_of(file)}
    return entry, content(part), said


def write_corpus(
    folder: Path,
    parts: Iterable[Any],
    *,
    card: dict[str, Any],
    counts: dict[str, Any] | Callable[[], dict[str, Any]],
    rejects: Iterable[dict[str, Any]],
    key_id: str | None,
    inputs: list[dict[str, Any]] | None = None,
    spread: Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]] = map,
    made: Callable[[Any], tuple[pd.DataFrame | pa.Table, Any]] | None = None,
    told: Callable[[Any], None] | None = None,
) -> dict[str, Any]:
    """Write a whole corpus into an empty folder.

    Parameters
    ----------
    folder : path
        Empty.
    parts : iterable of DataFrame or pyarrow.Table
        Posts tables, or what `made` makes them of; consumed one by one.
    card, counts, rejects, key_id
        As :class:`discourse.corpus.corpus.Corpus` has them; `counts` may be a function, called
        when all parts are written.
    inputs : list of dict, optional
        Name and hash of each export.
    spread : callable, default map
        Applies a function to each part, in order, here or in other processes.
    made : callable, optional
        Makes a posts table, and something that is to be told of it, where the part is written.
    told : callable, optional
        Told that of each part, in order.

    Returns
    -------
    dict
        The manifest.
    """
    (folder / "posts").mkdir()
    digest, listed = hashlib.sha256(), []
    for entry, content, said in spread(partial(_written_part, folder / "posts", made), enumerate(parts)):
        digest.update(content)
        listed.append(entry)
        if told is not None:
            told(said)
    manifest = {
        "format": FORMAT,
        "card": card,
        "counts": counts() if callable(counts) else counts,
        "key_id": key_id,
        "fingerprint": digest.hexdigest(),
        "parts": listed,
        "inputs": inputs or [],
    }
    write_rejects(rejects, folder / "rejects.csv")
    write_manifest(folder, manifest)
    return manifest
