"""Where rows wait until all files of an import are read: a small database, in memory or on disk.

Which record of an id is kept, which text came first and which parents are missing can only be said at the
end.  SQLite holds the rows meanwhile, so that memory stays flat however large the exports are.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from discourse.corpus.duplicates import text_key

Row = dict[str, Any]

_DAMAGE = ("emoji-maybe-lost", "text-replaced", "stray-cells", "author-damaged", "parent-damaged",
           "thread-damaged", "time-lost", "time-rounded", "time-unread")  # fmt: skip
_SCHEMA = """
CREATE TABLE posts (
  key TEXT, post_id TEXT, parent_id TEXT, text_key BLOB, at TEXT,
  file TEXT, line INTEGER, nth INTEGER, damage INTEGER, rich INTEGER, row TEXT, kept INTEGER DEFAULT 1
)"""
_PLACE = "file, line, nth"
_BEST = """
UPDATE posts SET kept = 0 WHERE rowid IN (
  SELECT rowid FROM (
    SELECT rowid, ROW_NUMBER() OVER (
      PARTITION BY key ORDER BY damage, rich DESC, file DESC, line DESC, nth DESC) AS place
    FROM posts) WHERE place > 1)"""
_FIRST = f"""
CREATE TEMP TABLE firsts AS SELECT text_key, post_id FROM (
  SELECT text_key, post_id, COUNT(*) OVER (PARTITION BY text_key) AS n,
    ROW_NUMBER() OVER (PARTITION BY text_key ORDER BY at IS NULL, at, {_PLACE}) AS place
  FROM posts WHERE kept AND text_key IS NOT NULL) WHERE n > 1 AND place = 1"""
_ROWS = f"""
SELECT posts.row, firsts.post_id FROM posts LEFT JOIN firsts ON posts.text_key = firsts.text_key
WHERE kept ORDER BY {_PLACE}"""


class Staging:
    """The waiting room of one import.

    Parameters
    ----------
    file : path, optional
        A file for the database; in memory without one.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._db = sqlite3.connect(str(file) if file else ":memory:", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute(_SCHEMA)
        self._nth: Counter[tuple[str, int]] = Counter()

    def add(self, rows: Iterable[Row]) -> None:
        """Take rows in; columns as in :data:`discourse.tables.POSTS`."""
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO posts VALUES (?,?,?,?,?,?,?,?,?,?,?,1)", map(self._entry, rows))
        self._db.execute("COMMIT")

    def _entry(self, row: Row) -> tuple[Any, ...]:
        place = (row["source_file"], row["source_line"])
        self._nth[place] += 1
        family = "post" if row["kind"] == "post" else "comment"
        return (
            f"{row['platform'] or ''}\t{family}\t{row['post_id']}",
            row["post_id"],
            row["parent_id"],
            text_key(row["text"]),
            row["created_at"],
            *place,
            self._nth[place],
            2 * sum(flag in _DAMAGE for flag in row["flags"]) + bool(row.pop("lossy", False)),
            _richness(row),
            json.dumps(row, ensure_ascii=False),
        )

    def settle(self) -> None:
        """Keep the richest record of each id, and find the first post of each text."""
        self._db.execute("CREATE INDEX by_key ON posts (key)")
        self._db.execute(_BEST)
        self._db.execute("CREATE INDEX by_text ON posts (text_key)")
        self._db.execute(_FIRST)
        self._db.execute("CREATE INDEX temp.first_text ON firsts (text_key)")

    def rows(self) -> Iterator[Row]:
        """Give the kept rows by file and line, with ``duplicate_of`` set."""
        for text, first in self._db.execute(_ROWS):
            row: Row = json.loads(text)
            row["duplicate_of"] = first if first != row["post_id"] else None
            yield row

    def kept_by_file(self) -> dict[str, int]:
        """Count the kept rows of each file."""
        return dict(
            self._db.execute("SELECT file, COUNT(*) FROM posts WHERE kept GROUP BY file ORDER BY file")
        )

    def missing_parents(self) -> int:
        """Count the kept rows whose parent was not collected."""
        self._db.execute("CREATE INDEX IF NOT EXISTS by_id ON posts (post_id)")
        query = """SELECT COUNT(*) FROM posts AS p WHERE kept AND parent_id IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM posts AS q WHERE q.post_id = p.parent_id)"""
        return int(self._db.execute(query).fetchone()[0])

    def close(self) -> None:
        """Leave; a database in memory is gone then."""
        self._db.close()


def _richness(row: Row) -> int:
    """What a record tells: filled columns first, then length of text."""
    filled = sum(value not in (None, "", []) for value in row.values())
    return filled * 1_000_000 + min(len(row["text"]) + len(row["title"] or ""), 999_999)
