"""Where rows wait until all files of an import are read: a small database, in memory or on disk.

Which record of an id is kept, which text came first and which parents are missing can only be said at the
end.  SQLite holds the rows meanwhile, so that memory stays flat however large the exports are.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from discourse.corpus.duplicates import merge, text_key

Row = dict[str, Any]
Place = tuple[str, int, int]

DAMAGE = frozenset(
    {
        "emoji-maybe-lost",
        "text-replaced",
        "stray-cells",
        "author-damaged",
        "parent-damaged",
        "thread-damaged",
        "time-lost",
        "time-rounded",
        "time-unread",
    }
)
"""Flags that make a record the worse of two with one id."""

_SCHEMA = """
CREATE TABLE posts (
  key TEXT, post_id TEXT, parent_id TEXT, text_key BLOB, at TEXT,
  file TEXT, line INTEGER, nth INTEGER, damage INTEGER, rich INTEGER, row TEXT, kept INTEGER DEFAULT 1
)"""
_REJECTS = "CREATE TABLE rejects (file TEXT, line INTEGER, reason TEXT, record TEXT)"
_PLACE = "file, line, nth"
_RANK = "damage, rich DESC, file DESC, line DESC, nth DESC"
_BEST = f"""
UPDATE posts SET kept = 0 WHERE rowid IN (
  SELECT rowid FROM (
    SELECT rowid, ROW_NUMBER() OVER (PARTITION BY key ORDER BY {_RANK}) AS place FROM posts)
  WHERE place > 1)"""
_TWINS = "CREATE TEMP TABLE twins AS SELECT key FROM posts GROUP BY key HAVING COUNT(*) > 1"
_FIRST = f"""
CREATE TEMP TABLE firsts AS SELECT text_key, {_PLACE}, post_id FROM (
  SELECT text_key, {_PLACE}, post_id, COUNT(*) OVER (PARTITION BY text_key) AS n,
    ROW_NUMBER() OVER (PARTITION BY text_key ORDER BY at IS NULL, at, {_PLACE}) AS place
  FROM posts WHERE kept AND text_key IS NOT NULL) WHERE n > 1 AND place = 1"""
_CLASHES = f"""
SELECT post_id, {_PLACE} FROM posts WHERE kept AND post_id IN (
  SELECT post_id FROM posts WHERE kept GROUP BY post_id HAVING COUNT(*) > 1)
ORDER BY post_id, {_PLACE}"""
_ROWS = """
SELECT p.row, p.file, p.line, p.nth, twins.key, f.post_id, f.file, f.line, f.nth
FROM posts AS p LEFT JOIN firsts AS f ON p.text_key = f.text_key LEFT JOIN twins ON p.key = twins.key
WHERE p.kept ORDER BY p.file, p.line, p.nth"""
_OTHERS = f"SELECT row FROM posts WHERE key = ? AND NOT kept ORDER BY {_RANK}"
_ORPHANS = """
SELECT COUNT(*) FROM posts AS p WHERE kept AND parent_id IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM posts AS q WHERE q.post_id = p.parent_id)"""


class Staging:
    """The waiting room of one import.

    Parameters
    ----------
    file : path, optional
        A file for the database; in memory without one.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._db = sqlite3.connect(str(file) if file else ":memory:", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32768"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute(_SCHEMA)
        self._db.execute(_REJECTS)
        self._last: Place = ("", 0, 0)
        self._renamed: dict[Place, str] = {}
        self._renamed_in: dict[tuple[str, str], str] = {}

    def add(self, rows: Iterable[Row]) -> None:
        """Take rows in; columns as in :data:`discourse.tables.POSTS`, and ``lossy`` and ``weak``."""
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO posts VALUES (?,?,?,?,?,?,?,?,?,?,?,1)", map(self._entry, rows))
        self._db.execute("COMMIT")

    def reject(self, rows: Iterable[Row]) -> None:
        """Take in records that could not be read; columns as in :data:`discourse.tables.REJECTS`."""
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO rejects VALUES (:file, :line, :reason, :record)", rows)
        self._db.execute("COMMIT")

    def rejects(self) -> Iterator[Row]:
        """Give the rejects by file and line, in the order in which they were met."""
        query = "SELECT file, line, reason, record FROM rejects ORDER BY file, line, rowid"
        for file, line, reason, record in self._db.execute(query):
            yield {"file": file, "line": line, "reason": reason, "record": record}

    def rejected(self, column: Literal["file", "reason"]) -> dict[str, int]:
        """Count the rejects of each file, or of each reason."""
        query = f"SELECT {column}, COUNT(*) FROM rejects GROUP BY {column} ORDER BY {column}"
        return dict(self._db.execute(query))

    def _entry(self, row: Row) -> tuple[Any, ...]:
        file, line, nth = row["source_file"], row["source_line"], 1
        if self._last[:2] == (file, line):  # the posts of one record come one after the other
            nth = self._last[2] + 1
        self._last = (file, line, nth)
        lossy, weak = row.pop("lossy", False), row.pop("weak", False)
        return (
            _key(row, weak),
            row["post_id"],
            row["parent_id"],
            text_key(row["text"]),
            row["created_at"],
            *self._last,
            2 * sum(flag in DAMAGE for flag in row["flags"]) + lossy,
            _richness(row),
            json.dumps(row, ensure_ascii=False),
        )

    def settle(self) -> None:
        """Keep the best record of each id, and find the first post of each text."""
        self._db.execute("CREATE INDEX by_key ON posts (key)")
        self._db.execute(_BEST)
        self._db.execute(_TWINS)
        self._db.execute("CREATE INDEX temp.twin_key ON twins (key)")
        self._db.execute("CREATE INDEX by_text ON posts (text_key)")
        self._db.execute(_FIRST)
        self._db.execute("CREATE INDEX temp.first_text ON firsts (text_key)")
        self._db.execute("CREATE INDEX by_id ON posts (post_id)")
        self._rename()

    def _rename(self) -> None:
        """Two posts with one id get two: the later one, and what refers to it in its file, is renamed."""
        seen: Counter[str] = Counter()
        for post_id, *place in self._db.execute(_CLASHES):
            seen[post_id] += 1
            if seen[post_id] > 1:
                new = f"{post_id}~{seen[post_id]}"
                self._renamed[(place[0], place[1], place[2])] = new
                self._renamed_in.setdefault((place[0], post_id), new)
            else:
                self._renamed_in[(place[0], post_id)] = post_id

    def rows(self) -> Iterator[Row]:
        """Give the kept rows by file and line, merged with their copies, with ``duplicate_of`` set."""
        for text, file, line, nth, twin, first, *at in self._db.execute(_ROWS):
            row: Row = json.loads(text)
            if twin is not None:
                merge(row, [json.loads(other) for (other,) in self._db.execute(_OTHERS, (twin,))])
            if self._renamed_in:
                self._rewrite(row, (file, line, nth))
            own = (file, line, nth) == tuple(at)
            row["duplicate_of"] = None if first is None or own else self._renamed.get((*at,), first)
            yield row

    def _rewrite(self, row: Row, place: Place) -> None:
        if row["kind"] == "post" and row["thread_id"] == row["post_id"]:
            row["thread_id"] = self._renamed.get(place, row["thread_id"])
        else:
            row["thread_id"] = self._renamed_in.get((place[0], row["thread_id"]), row["thread_id"])
        row["parent_id"] = self._renamed_in.get((place[0], row["parent_id"]), row["parent_id"])
        if place in self._renamed:
            row["post_id"] = self._renamed[place]
            row["flags"] = sorted({*row["flags"], "id-conflict"})

    def kept_by_file(self) -> dict[str, int]:
        """Count the kept rows of each file."""
        query = "SELECT file, COUNT(*) FROM posts WHERE kept GROUP BY file ORDER BY file"
        return dict(self._db.execute(query))

    def missing_parents(self) -> int:
        """Count the kept rows whose parent was not collected."""
        return int(self._db.execute(_ORPHANS).fetchone()[0])

    def close(self) -> None:
        """Leave; a database in memory is gone then."""
        self._db.close()


def _key(row: Row, weak: bool) -> str:
    """What one post is known by; a short running number alone is not enough."""
    family = "post" if row["kind"] == "post" else "comment"
    key = f"{row['platform'] or ''}\t{family}\t{row['post_id']}"
    if not weak:
        return key
    content = f"{row['author']}\t{row['thread_id']}\t{row['text']}".encode("utf-8", "replace")
    return f"{key}\t{hashlib.blake2b(content, digest_size=8).hexdigest()}"


def _richness(row: Row) -> int:
    """What a record tells: filled columns first, then length of text."""
    filled = sum(value not in (None, "", []) for value in row.values())
    return filled * 1_000_000 + min(len(row["text"]) + len(row["title"] or ""), 999_999)
