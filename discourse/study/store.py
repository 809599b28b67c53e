"""The store of a run: what each step made, so that a run that was killed goes on where it was.

An entry is named by the hash of everything that it depends on: the code, the versions of the libraries, the
input files, the settings of the study that the step reads, and its part.  It is written beside its place and
moved there when it is whole; a half-written entry is never met, and two runs over one store write the same
bytes under the same name.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from discourse.errors import InputError

FORMAT = 1
#: Where a run keeps what its steps made, in its folder.
STORE = "store"
#: Folders of a run that was killed are cleared away after this time.  Unit: seconds.
STALE_AFTER = 24 * 3600
_SUFFIXES = (".py", ".tsv", ".toml", ".json", ".typ", ".txt")


@cache
def code_version() -> str:
    """Hash the source files and shipped data of this package.

    Returns
    -------
    str
        16 hexadecimal digits; another version of the code gives others, and its entries are not used again.

    Examples
    --------
    >>> len(code_version())
    16
    """
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for file in sorted(p for p in root.rglob("*") if p.suffix in _SUFFIXES and "shipped" not in p.parts):
        digest.update(file.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def hash_of(value: Any) -> str:
    """Hash plain values by their canonical JSON.

    Examples
    --------
    >>> hash_of({"b": 1, "a": 2}) == hash_of({"a": 2, "b": 1})
    True
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]


@dataclass(frozen=True)
class Key:
    """What one entry depends on.

    Parameters
    ----------
    step : str
        The step, such as ``"scores"``.
    parts : mapping of str to str
        Hash by kind of dependence: ``code``, ``inputs``, ``settings`` and so on.

    Examples
    --------
    >>> Key("scores", {"code": "a"}).also(part="3").parts
    {'code': 'a', 'part': '3'}
    """

    step: str
    parts: Mapping[str, str] = field(default_factory=dict)

    def also(self, **parts: str) -> Key:
        """Add what it depends on."""
        return Key(self.step, {**self.parts, **parts})

    @property
    def name(self) -> str:
        """The name of the entry."""
        return f"{self.step}-{hash_of([FORMAT, dict(self.parts)])}"


@dataclass
class Store:
    """Entries of a run in a folder; or none, where there is no folder.

    Parameters
    ----------
    folder : path or None
        Where the entries lie; nothing is kept without one.
    fresh : bool
        Make everything anew; what is made replaces what was kept.
    looks : bool
        Only look: nothing is written or cleared away.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = Store(Path(folder))
    ...     made = store.frame(Key("words"), lambda: pd.DataFrame({"word": ["难民"]}))
    ...     again = store.frame(Key("words"), lambda: 1 / 0)
    >>> again["word"].tolist()
    ['难民']
    """

    folder: Path | None = None
    fresh: bool = False
    looks: bool = False
    made: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Make the folder, and clear away what killed runs left half-written."""
        if self.folder is None or self.looks:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _clear_stale(self.folder)
        except OSError as error:
            raise InputError(
                f"the store cannot be written ({error.strerror})",
                where=str(self.folder),
                hint="name another --out, or run with --no-store",
            ) from None

    def has(self, key: Key) -> bool:
        """Say whether an entry is there and would be used."""
        if self.folder is None or (self.fresh and key.name not in self.made):
            return False
        return (self.folder / key.name).exists()

    def entry(self, key: Key, write: Callable[[Path], None]) -> Path:
        """Give the folder of an entry, made by `write` if it is not there.

        Parameters
        ----------
        key : Key
            What it depends on.
        write : callable
            Fills an empty folder.

        Returns
        -------
        pathlib.Path
            The folder of the entry.

        Raises
        ------
        InputError
            If it cannot be written, such as on a full disk.
        """
        if self.folder is None:
            raise ValueError("there is no store")
        place = self.folder / key.name
        if self.has(key):
            return place
        fresh = Path(tempfile.mkdtemp(prefix=making(), dir=self.folder))
        try:
            write(fresh)
            (fresh / "key.json").write_text(
                json.dumps(dict(key.parts), sort_keys=True) + "\n", encoding="utf-8"
            )
            _move(fresh, place, replace=self.fresh)
        except OSError as error:
            raise InputError(
                f"the store cannot be written ({error.strerror})",
                where=str(self.folder),
                hint="make room, then give the same command again: it goes on from here",
            ) from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        self.made.add(key.name)
        return place

    def frame(self, key: Key, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Give a table, from the store or made and kept.

        Parameters
        ----------
        key : Key
            What it depends on.
        make : callable
            Makes it.

        Returns
        -------
        DataFrame
            The same values and dtypes either way.
        """
        return self.frames(key, lambda: {"frame": make()})["frame"]

    def frames(self, key: Key, make: Callable[[], dict[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
        """Give tables by name, from the store or made and kept.

        Parameters
        ----------
        key : Key
            What they depend on.
        make : callable
            Makes them.

        Returns
        -------
        dict of str to DataFrame
            In the order in which they were made.  Tables that Parquet cannot hold without loss are not kept.
        """
        if self.folder is None:
            return make()
        if self.has(key):
            found = _read_frames(self.folder / key.name)
            if found is not None:
                return found
            shutil.rmtree(self.folder / key.name, ignore_errors=True)
        tables = make()
        if all(_survives(table) for table in tables.values()):
            self.entry(key, lambda folder: _write_frames(tables, folder))
        return tables

    def note(self, key: Key, number: int) -> None:
        """Keep a number; nowhere where there is no store."""
        self.frame(key, lambda: pd.DataFrame({"number": [number]}))

    def noted(self, key: Key) -> int:
        """Give a number that was kept; 0 where there is none."""
        found = _read_frames(self.folder / key.name) if self.folder is not None and self.has(key) else None
        return 0 if found is None else int(found["frame"]["number"].iloc[0])

    def state(self, key: Key) -> tuple[Literal["kept", "new", "changed"], str]:
        """Say whether an entry is kept, and if not, what changed since one of its step was made.

        Parameters
        ----------
        key : Key
            What it depends on.

        Returns
        -------
        (str, str)
            ``"kept"``, ``"new"`` (no entry of this step) or ``"changed"``, and which dependences differ from
            the nearest entry.
        """
        if self.has(key):
            return "kept", ""
        if self.folder is None:
            return "new", ""
        found = sorted(self.folder.glob(f"{key.step}-*"))
        others = [_parts_of(path) for path in found if path.name.rpartition("-")[0] == key.step]
        differences = [_difference(key.parts, other) for other in others if other is not None]
        if not differences:
            return "new", ""
        nearest = min(differences, key=lambda names: (len(names), names))
        return "changed", ", ".join(nearest) or "made afresh"


def _difference(parts: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    return sorted(name for name in {*parts, *other} if parts.get(name) != other.get(name))


def _parts_of(place: Path) -> dict[str, str] | None:
    try:
        parts: dict[str, str] = json.loads((place / "key.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return parts


def _move(fresh: Path, place: Path, *, replace: bool) -> None:
    """Move a whole entry into place; where another run was first, its entry (of the same bytes) stays."""
    if place.exists() and replace:
        # aside first: another run that reads it finds the one or the other, and not half of one
        old = Path(tempfile.mkdtemp(prefix=making(), dir=place.parent))
        with contextlib.suppress(OSError):
            os.rename(place, old / "old")
        _renamed(fresh, place)
        shutil.rmtree(old, ignore_errors=True)
    else:
        _renamed(fresh, place)


def _renamed(fresh: Path, place: Path) -> None:
    try:
        os.rename(fresh, place)
    except OSError:
        if not place.exists():
            raise


def _clear_stale(folder: Path) -> None:
    now = time.time()
    for path in folder.glob("making-*"):
        with contextlib.suppress(FileNotFoundError):  # it is whole by now, and in its place
            old = now - path.stat().st_mtime > STALE_AFTER
            _, pid, *where, _ = path.name.split("-")
            if old or (where in ([], [_here()]) and not _is_running(pid)):
                shutil.rmtree(path, ignore_errors=True)


def making() -> str:
    """Give the beginning of the name of a folder that is cleared away once this process is no more.

    Examples
    --------
    >>> making().startswith("making-")
    True
    """
    return f"making-{os.getpid()}-{_here()}-"


@cache
def _here() -> str:
    """Name this machine: a store may be shared by several, each of which knows its own processes only."""
    return hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:8]


def _is_running(pid: str) -> bool:
    """Say whether a process is alive, where that can be asked without harm."""
    if os.name != "posix" or not pid.isdigit():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _survives(table: pd.DataFrame) -> bool:
    """Say whether Parquet gives a table back as it was; mixed columns would not come back."""
    for name in table.columns:
        if table[name].dtype == object:
            kinds = {type(value) for value in table[name].dropna()} if not _has_lists(table[name]) else {list}
            if not kinds <= {str} and not kinds <= {list}:
                return False
    return True


def _has_lists(column: pd.Series[Any]) -> bool:
    return any(isinstance(value, list) for value in column)


def _write_frames(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    listing = []
    for number, (name, table) in enumerate(tables.items()):
        plain = {str(c): str(table[c].dtype) for c in table.columns}
        pq.write_table(pa.Table.from_pandas(table, preserve_index=False), folder / f"{number}.parquet")
        listing.append({"name": name, "file": f"{number}.parquet", "dtypes": plain})
    (folder / "tables.json").write_text(json.dumps(listing, ensure_ascii=False), encoding="utf-8")


def _read_frames(folder: Path) -> dict[str, pd.DataFrame] | None:
    """Read tables back; None where an entry is damaged, which is then made anew."""
    try:
        listing = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
        return {entry["name"]: _read_frame(folder / entry["file"], entry["dtypes"]) for entry in listing}
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return None


def _read_frame(file: Path, dtypes: Mapping[str, str]) -> pd.DataFrame:
    frame: pd.DataFrame = pq.read_table(file).to_pandas()
    for name, dtype in dtypes.items():
        if str(frame[name].dtype) != dtype:
            frame[name] = frame[name].astype(dtype)  # type: ignore[call-overload]
        elif dtype == "object":
            values = [list(v) if hasattr(v, "tolist") else v for v in frame[name]]
            frame[name] = pd.Series(values, dtype=object, index=frame.index)
    return frame
