"""Rows in columns, and what must be known of each to settle an import without reading the rows again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discourse.corpus.door import made_id
from discourse.corpus.duplicates import text_key
from discourse.corpus.store import posts_schema, rows_of, table_of

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
Numbers = NDArray[Any]

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
MARKS = ("duplicate_of", "near_duplicate_of", "twin_of")
"""Columns that are filled once all posts are in."""
UNKNOWN_TIME = np.iinfo(np.int64).max
_NO_TEXT = bytes(16)
_SALTS = ("discourse, first", "discourse,second")


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of one export, in their order.

    Parameters
    ----------
    table : pyarrow.Table
        Columns of :data:`discourse.tables.POSTS`.
    keys : dict of str to ndarray
        One number a row: ``key`` and ``key2`` (which post it is), ``text`` and ``text2`` (its text; 0 for
        one too short to be a copy), ``own`` and ``parent`` (ids; 0 for none), ``at`` (microseconds),
        ``rank`` (damage first, then how little it tells).
    """

    table: pa.Table
    keys: dict[str, Numbers]


def batch_of(rows: list[Row]) -> Batch:
    """Make a batch of rows.

    Parameters
    ----------
    rows : list of dict
        As the door makes them, with ``lossy`` and ``weak``; both are left out of the table.

    Returns
    -------
    Batch
        The same rows.
    """
    table = table_of(rows)
    names = [_key(row) for row in rows]
    texts = b"".join(text_key(row["text"]) or _NO_TEXT for row in rows)
    text = np.frombuffer(texts, dtype="<u8").reshape(-1, 2)
    return Batch(
        table,
        {
            "key": _hashed(names, 0),
            "key2": _hashed(names, 1),
            "text": text[:, 0].astype(np.uint64),
            "text2": text[:, 1].astype(np.uint64),
            "own": _hashed([row["post_id"] for row in rows], 0),
            "parent": _parents(rows),
            "at": table.column("created_at").cast("int64").fill_null(UNKNOWN_TIME).to_numpy(),
            "rank": _damage(rows) * (1 << 40) - _richness(table),
        },
    )


def _key(row: Row) -> str:
    """What one post is known by; a short running number alone is not enough."""
    family = "post" if row["kind"] == "post" else "comment"
    key = f"{row['platform'] or ''}\t{family}\t{row['post_id']}"
    if not row.get("weak"):
        return key
    content = f"{row['author']}\t{row['thread_id']}\t{row['text']}".encode("utf-8", "replace")
    return f"{key}\t{hashlib.blake2b(content, digest_size=8).hexdigest()}"


def numbered(batch: Batch, made: Mapping[int, str], before: Counter[str]) -> Batch:
    """Number the ids that were made for a batch on from those of the batches before it.

    Parameters
    ----------
    batch : Batch
        Whose made ids count from 1.
    made : mapping of int to str
        Row -> the hash in its id.
    before : Counter of str
        How many ids of each hash there are; counted on in place.

    Returns
    -------
    Batch
        The same where no hash was there before.
    """
    known = {number for number, digest in made.items() if before[digest]}
    rows = rows_of(batch.table) if known else []
    for number in sorted(known):
        row, digest = rows[number], made[number]
        old = row["post_id"]
        row["post_id"] = made_id(digest, before[digest] + int(old.rpartition("-")[2]))
        row["thread_id"] = row["post_id"] if row["thread_id"] == old else row["thread_id"]
    before.update(made.values())
    if not known:
        return batch
    names, ids = [_key(row) for row in rows], [row["post_id"] for row in rows]
    fresh = {"key": _hashed(names, 0), "key2": _hashed(names, 1), "own": _hashed(ids, 0)}
    mine = np.isin(np.arange(len(rows)), sorted(known))
    keys = {n: np.where(mine, fresh[n], v) if n in fresh else v for n, v in batch.keys.items()}
    return Batch(table_of(rows), keys)


def _hashed(values: list[str], salt: int) -> Numbers:
    from pandas.util import hash_array

    plain = np.empty(len(values), dtype=object)
    plain[:] = values
    hashed: Numbers = hash_array(plain, hash_key=_SALTS[salt], categorize=False)
    return np.where(hashed == 0, np.uint64(1), hashed)


def _parents(rows: list[Row]) -> Numbers:
    parents = [row["parent_id"] for row in rows]
    known = np.array([parent is not None for parent in parents], dtype=bool)
    return np.where(known, _hashed([parent or "" for parent in parents], 0), np.uint64(0))


def _damage(rows: list[Row]) -> Numbers:
    found = [
        2 * sum(flag in DAMAGE for flag in row["flags"]) + bool(row.get("lossy"))
        if row["flags"] or row.get("lossy")
        else 0
        for row in rows
    ]
    return np.array(found, dtype=np.int64)


def _richness(table: pa.Table) -> Numbers:
    """What a record tells: filled columns first, then length of text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    filled = np.zeros(len(table), dtype=np.int64)
    for field in posts_schema():
        column = table.column(field.name)
        if field.name in MARKS or column.null_count == len(column):
            continue
        if pa.types.is_string(field.type):
            there = pc.greater(pc.binary_length(column), 0)
        elif pa.types.is_list(field.type):
            there = pc.greater(pc.list_value_length(column), 0)
        else:
            there = pc.is_valid(column)
        filled += there.fill_null(False).to_numpy()
    lengths = [pc.utf8_length(table.column(name)).fill_null(0).to_numpy() for name in ("text", "title")]
    told: Numbers = filled * 1_000_000 + np.minimum(lengths[0] + lengths[1], 999_999)
    return told
