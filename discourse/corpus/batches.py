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
from discourse.corpus.store import posts_schema, rows_of, table_in_columns, table_of

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
Columns = dict[str, list[Any]]
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
_ASKED = (
    *("platform", "kind", "post_id", "parent_id", "thread_id", "author", "text", "flags", "lossy", "weak"),
)
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
    return _batch(table_of(rows), {name: [row.get(name) for row in rows] for name in _ASKED})


def batch_in_columns(columns: Columns) -> Batch:
    """Make a batch of columns, as :func:`discourse.corpus.columns.admit_all` makes them."""
    return _batch(table_in_columns(columns, len(columns["post_id"])), columns)


def _batch(table: pa.Table, columns: Columns) -> Batch:
    names, ids = _names(columns), columns["post_id"]
    texts = b"".join(text_key(text) or _NO_TEXT for text in columns["text"])
    text = np.frombuffer(texts, dtype="<u8").reshape(-1, 2)
    return Batch(
        table,
        {
            "key": _hashed(names, 0),
            "key2": _hashed(names, 1),
            "text": text[:, 0].astype(np.uint64),
            "text2": text[:, 1].astype(np.uint64),
            "own": _hashed(ids, 0),
            "parent": _parents(columns["parent_id"]),
            "at": table.column("created_at").cast("int64").fill_null(UNKNOWN_TIME).to_numpy(),
            "rank": _damage(columns) * (1 << 40) - _richness(table),
        },
    )


def _names(columns: Columns) -> list[str]:
    """What each post is known by; a short running number alone is not enough."""
    three = zip(columns["platform"], columns["kind"], columns["post_id"], strict=True)
    names = [f"{site or ''}\t{'post' if kind == 'post' else 'comment'}\t{own}" for site, kind, own in three]
    for n in (n for n, weak in enumerate(columns["weak"]) if weak):
        said = (columns[name][n] for name in ("author", "thread_id", "text"))
        content = "\t".join(map(str, said)).encode("utf-8", "replace")
        names[n] += f"\t{hashlib.blake2b(content, digest_size=8).hexdigest()}"
    return names


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
    columns: Columns = {name: [row.get(name) for row in rows] for name in _ASKED}
    names, ids = _names(columns), columns["post_id"]
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


def _parents(parents: list[str | None]) -> Numbers:
    known = np.array([parent is not None for parent in parents], dtype=bool)
    return np.where(known, _hashed([parent or "" for parent in parents], 0), np.uint64(0))


def _damage(columns: Columns) -> Numbers:
    found = [
        2 * sum(flag in DAMAGE for flag in flags) + bool(lossy) if flags or lossy else 0
        for flags, lossy in zip(columns["flags"], columns["lossy"], strict=True)
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
