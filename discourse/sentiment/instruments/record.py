"""The record of what a model answered, so that a run can be stopped and taken up again."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from discourse.errors import InputError

_BEGINNING = b'{"answer": '


class Record:
    """Answers by key, kept in a file of JSON lines, or in memory only.

    Parameters
    ----------
    path : str or pathlib.Path, optional
        The file; made with its folder when the first answer comes.  It holds hashes of the posts, never their
        text.

    Raises
    ------
    InputError
        If a line before the last is no answer: then the file is another one, and nothing is added to it.

    Examples
    --------
    >>> record = Record()
    >>> record.add({"key": "a", "answer": "yes"})
    >>> record.get("a")["answer"]
    'yes'
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = None if path is None else Path(path)
        self._lock = threading.Lock()
        self._entries: dict[str, dict[str, Any]] = {}
        self._unfinished = False
        if self.path is not None and self.path.exists():
            self._read(self.path)

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: str) -> dict[str, Any] | None:
        """Give the last entry of a key, or None."""
        return self._entries.get(key)

    def add(self, entry: dict[str, Any]) -> None:
        """Keep one entry, at once and whole: what is written survives the end of the process."""
        line = json.dumps(entry, sort_keys=True) + "\n"
        with self._lock:
            self._entries[entry["key"]] = entry
            if self.path is None:
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as handle:
                # A line cut off by a kill is closed first, so that it spoils no other.
                handle.write((b"\n" if self._unfinished else b"") + line.encode("ascii"))
            self._unfinished = False

    def _read(self, path: Path) -> None:
        data = path.read_bytes()
        self._unfinished = bool(data) and not data.endswith(b"\n")
        lines = data.split(b"\n")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
                self._entries[entry["key"]] = entry
            except (ValueError, KeyError, TypeError):
                if not _cut_off(line):
                    raise InputError(
                        "this line is no answer of a model",
                        where=f"{path}, line {number}",
                        expected="a record that discourse wrote",
                        hint="name another file",
                    ) from None


def _cut_off(line: bytes) -> bool:
    """Whether a line looks like the beginning of an entry that a kill cut off."""
    return line.startswith(_BEGINNING) or _BEGINNING.startswith(line)
