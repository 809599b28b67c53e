"""Where rows wait until all files of an import are read, in memory or on disk.

Which record of an id is kept, which text came first and which parents are missing can only be said at the
end.  Batches of rows lie on a shelf meanwhile, so that memory stays flat however large the exports are; what
decides between them is a few numbers a row (:mod:`discourse.corpus.settling`).
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from discourse.corpus.batches import Batch
from discourse.corpus.duplicates import merge
from discourse.corpus.settling import Places, Settled, settle
from discourse.corpus.shelf import Shelf
from discourse.corpus.store import rows_of, table_of

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

_REJECTS = "CREATE TABLE rejects (file TEXT, line INTEGER, reason TEXT, record TEXT)"
_HEADS = "CREATE TABLE heads (nth INTEGER PRIMARY KEY, id TEXT)"
_OTHERS = "CREATE TABLE others (winner INTEGER, nth INTEGER, row TEXT, PRIMARY KEY (winner, nth))"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A batch that waits, and what must be known of it beside its rows.

    Parameters
    ----------
    number : int
        Of the batch.
    start, stop : int
        Places of its rows in the final order.
    kept : int
        How many of them are kept.
    names : list of str
        The first post of each row that is a copy, in order.
    mended : ndarray of int
        Places of rows that are filled from worse records.
    worse : dict of int to list of str
        These records, by place.
    """

    number: int
    start: int
    stop: int
    kept: int
    names: list[str]
    mended: Places
    worse: dict[int, list[str]]


class Staging:
    """The waiting room of one import.

    Parameters
    ----------
    folder : path, optional
        A folder for what waits; it stays in memory without one.
    """

    def __init__(self, folder: Path | None = None) -> None:
        file = ":memory:" if folder is None else str(folder / "staging.sqlite")
        self._db = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32768"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute(_REJECTS)
        self._db.execute(_OTHERS)
        self._db.execute(_HEADS)
        self._shelf = Shelf(folder)
        self._labels: list[str] = []
        self._order: list[int] = []
        self._settled: Settled
        self._by_place = np.empty(0, dtype=np.int64)
        self._heads: Places = np.empty(0, dtype=np.int64)
        self._renamed: dict[int, str] = {}
        self._renamed_in: dict[tuple[str, str], str] = {}

    def add(self, batch: Batch) -> None:
        """Take rows in; those of one file come in their order."""
        labels = np.array(batch.table.column("source_file").to_pylist(), dtype=object)
        edges = [0, *(np.flatnonzero(labels[1:] != labels[:-1]) + 1).tolist(), len(labels)]
        for start, stop in itertools.pairwise(edges):
            if stop > start:
                keys = {name: values[start:stop] for name, values in batch.keys.items()}
                self._shelf.put(Batch(batch.table.slice(start, stop - start), keys))
                self._labels.append(labels[start])

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

    def settle(self) -> None:
        """Keep the best record of each id, find the first post of each text, tell equal ids apart."""
        self._order = sorted(range(len(self._shelf)), key=lambda n: (self._labels[n].encode("utf-8"), n))
        self._settled = settle(lambda name: self._shelf.column(name, self._order))
        self._by_place = np.argsort(self._settled.losers)
        self._heads = _named_in(self._settled.first)
        clashing: dict[int, tuple[str, str]] = {}
        self._db.execute("BEGIN")
        for number, start, stop in self._spans():
            self._look_up(number, start, stop, clashing)
        self._db.execute("COMMIT")
        self._rename(clashing)

    def _spans(self) -> Iterator[tuple[int, int, int]]:
        """Give each batch in the final order, with its first place and the one behind its last."""
        start = 0
        for number in self._order:
            stop = start + self._shelf.rows(number)
            yield number, start, stop
            start = stop

    def _look_up(self, number: int, start: int, stop: int, clashing: dict[int, tuple[str, str]]) -> None:
        """Read what settling needs of the rows of a batch: worse records, and some ids."""
        s = self._settled
        heads, clashes = _within(self._heads, start, stop), _within(s.clashes, start, stop)
        low, high = np.searchsorted(s.losers, (start, stop), sorter=self._by_place)
        losers = self._by_place[low:high]
        if not len(heads) and not len(clashes) and not len(losers):
            return
        table = self._shelf.table(number)
        ids = table.column("post_id")
        nth = np.searchsorted(self._heads, heads).tolist()
        firsts = zip(nth, ids.take(heads - start).to_pylist(), strict=True)
        self._db.executemany("INSERT INTO heads VALUES (?,?)", firsts)
        names = ids.take(clashes - start).to_pylist()
        clashing.update(
            {int(p): (self._labels[number], name) for p, name in zip(clashes, names, strict=True)}
        )
        others = rows_of(table.take(s.losers[losers] - start))
        self._db.executemany(
            "INSERT INTO others VALUES (?,?,?)",
            (
                (int(s.winners[nth]), int(nth), json.dumps(row, ensure_ascii=False))
                for nth, row in zip(losers, others, strict=True)
            ),
        )

    def _rename(self, clashing: dict[int, tuple[str, str]]) -> None:
        """Two posts with one id get two: the later one, and what refers to it in its file, is renamed."""
        count = Counter(name for _, name in clashing.values())
        seen: Counter[str] = Counter()
        for place, (label, post_id) in clashing.items():
            if count[post_id] < 2:
                continue
            seen[post_id] += 1
            if seen[post_id] > 1:
                new = f"{post_id}~{seen[post_id]}"
                self._renamed[place] = new
                self._renamed_in.setdefault((label, post_id), new)
            else:
                self._renamed_in[label, post_id] = post_id

    def waiting(self) -> Iterator[Waiting]:
        """Give the batches with kept rows by file and line, and what the database tells of them."""
        merged = np.unique(self._settled.winners)
        for number, start, stop in self._spans():
            kept = int(np.count_nonzero(self._settled.kept[start:stop]))
            if not kept:
                continue
            first = self._settled.first[start:stop]
            names = self._named(np.searchsorted(self._heads, first[first >= 0]).tolist())
            mended = _within(merged, start, stop)
            yield Waiting(number, start, stop, kept, names, mended, self._worse(mended))

    def table(self, batch: Waiting) -> pa.Table:
        """Give the kept rows of a batch, merged with their copies, with ``duplicate_of`` set.

        Read from the shelf and from memory alone, so that a fork may do it.
        """
        kept = self._settled.kept[batch.start : batch.stop]
        table = self._mark_copies(self._shelf.table(batch.number), batch)
        touched = kept if self._renamed_in else np.isin(np.arange(batch.start, batch.stop), batch.mended)
        return self._mended(table, batch, kept, np.flatnonzero(touched & kept))

    def _mark_copies(self, table: pa.Table, batch: Waiting) -> pa.Table:
        import pyarrow as pa

        copies = np.flatnonzero(self._settled.first[batch.start : batch.stop] >= 0)
        marks = np.full(batch.stop - batch.start, None, dtype=object)
        marks[copies] = batch.names
        at = table.schema.get_field_index("duplicate_of")
        return table.set_column(at, table.schema.field(at), pa.array(marks, type=pa.string()))

    def _named(self, firsts: list[int]) -> list[str]:
        """Give the ids of the posts whose texts came first; they wait where the rows wait."""
        query = "SELECT id FROM heads WHERE nth = ?"
        names: dict[int, str] = {}
        for nth in sorted(set(firsts)):
            (name,) = self._db.execute(query, (nth,)).fetchone()
            names[nth] = self._renamed.get(int(self._heads[nth]), name)
        return [names[nth] for nth in firsts]

    def _worse(self, places: Places) -> dict[int, list[str]]:
        """Find the worse records of the posts at some places."""
        query = "SELECT row FROM others WHERE winner = ? ORDER BY nth"
        return {place: [row for (row,) in self._db.execute(query, (place,))] for place in places.tolist()}

    def _mended(
        self, table: pa.Table, batch: Waiting, kept: NDArray[np.bool_], touched: NDArray[np.int64]
    ) -> pa.Table:
        """Fill rows from their worse records, and rename where two posts had one id; give what is kept."""
        if not len(touched):
            return table if kept.all() else table.filter(kept)
        import pyarrow as pa

        rows = rows_of(table.take(touched))
        for place, row in zip((touched + batch.start).tolist(), rows, strict=True):
            others = [json.loads(other) for other in batch.worse.get(place, ())]
            if others:
                merge(row, others)
            if self._renamed_in:
                self._rewrite(row, place)
        order = np.arange(len(table))
        order[touched] = len(table) + np.arange(len(touched))
        return pa.concat_tables([table, table_of(rows)]).take(order[kept])

    def _rewrite(self, row: Row, place: int) -> None:
        file = row["source_file"]
        if row["kind"] == "post" and row["thread_id"] == row["post_id"]:
            row["thread_id"] = self._renamed.get(place, row["thread_id"])
        else:
            row["thread_id"] = self._renamed_in.get((file, row["thread_id"]), row["thread_id"])
        row["parent_id"] = self._renamed_in.get((file, row["parent_id"]), row["parent_id"])
        if place in self._renamed:
            row["post_id"] = self._renamed[place]
            row["flags"] = sorted({*row["flags"], "id-conflict"})

    def kept_by_file(self) -> dict[str, int]:
        """Count the kept rows of each file."""
        kept: Counter[str] = Counter()
        for number, start, stop in self._spans():
            kept[self._labels[number]] += int(self._settled.kept[start:stop].sum())
        return {label: n for label, n in sorted(kept.items()) if n}

    def missing_parents(self) -> int:
        """Count the kept rows whose parent was not collected."""
        return self._settled.orphans

    def close(self) -> None:
        """Leave; what is in memory is gone then."""
        self._db.close()
        self._shelf.close()


def _within(places: Places, start: int, stop: int) -> Places:
    """Give those of ascending places that lie in a span."""
    low, high = np.searchsorted(places, (start, stop))
    return places[low:high]


def _named_in(first: Places) -> Places:
    """Give the rows that others repeat, in order; what is named already is not listed once more."""
    named = np.zeros(len(first), dtype=bool)
    named[first[first >= 0]] = True
    return np.flatnonzero(named).astype(first.dtype)
