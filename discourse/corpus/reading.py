"""From records to rows: what an importer and the door make of a piece of one export.

A piece is read by itself, here or in another process; what runs through a whole file (the numbers of ids that
we make) is added by whoever puts the pieces together.
"""

from __future__ import annotations

import contextlib
import gc
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from discourse.corpus.batches import Batch, batch_in_columns, batch_of
from discourse.corpus.columns import Found, FoundColumns, FoundPosts, admit_all
from discourse.corpus.crawl import CrawlTimes
from discourse.corpus.damage import clean_text
from discourse.corpus.door import Door, Row, words_of
from discourse.corpus.importers.aliases import author_columns
from discourse.corpus.importers.base import Context, Importer, InColumns, Post, Unreadable
from discourse.corpus.personal import is_personal
from discourse.corpus.records import Pack, Record
from discourse.corpus.tombstones import Tombstones
from discourse.errors import DiscourseError
from discourse.text.language import detect_languages
from discourse.text.masks import mask


@dataclass(slots=True)
class Piece:
    """What became of some records of one export.

    Parameters
    ----------
    read : int
        Posts found, rejected ones counted.
    batch : Batch or None
        The rows; None if there is none.
    rejects : list of dict
        Rows of :data:`discourse.tables.REJECTS`.
    forgotten : int
        Posts left out because their authors were forgotten.
    made : dict of int to str
        Rows without an id of their own, and the hash in the one that they got.
    places : Counter of str
        Unknown spellings of places.
    crawled : CrawlTimes
        When the records were collected.
    """

    read: int = 0
    batch: Batch | None = None
    rejects: list[Row] = field(default_factory=list)
    forgotten: int = 0
    made: dict[int, str] = field(default_factory=dict)
    places: Counter[str] = field(default_factory=Counter)
    crawled: CrawlTimes = field(default_factory=CrawlTimes)


class _Refused(NamedTuple):
    """A record that gives no post, and why."""

    reason: str


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Let the garbage collector rest: it would walk again and again through rows that are in no cycle."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(frozen=True, slots=True)
class Reading:
    """How one export is read.

    Parameters
    ----------
    importer : Importer
        The one that knows it.
    context : Context
        Its columns and mapping.
    door : Door
        With the key and zone of the import.
    tombstones : Tombstones or None
        People who stay out.
    """

    importer: Importer
    context: Context
    door: Door
    tombstones: Tombstones | None = None

    def piece(self, pack: Pack) -> Piece:
        """Read some records.

        Parameters
        ----------
        pack : Pack
            In the order of the export.

        Returns
        -------
        Piece
            Their posts and rejects.
        """
        with _uncollected():
            return self._piece(pack)

    def _piece(self, pack: Pack) -> Piece:
        if not self.tombstones and not self.door.times_from_ids:
            # whatever goes wrong: one by one, it is found out which record it was
            with contextlib.suppress(Exception):
                out = self._in_columns(pack)
                out.places = self.door.unknown_places
                return out
        out = self._by_rows(list(pack.records()))
        out.places = self.door.unknown_places
        return out

    def _in_columns(self, pack: Pack) -> Piece:
        """Read records whose posts go through the door together."""
        self.door.begin()
        out, refused = Piece(), list[tuple[float, Record, str]]()
        found: Found | None = self._found_in_columns(pack, out)
        if found is None:
            found = self._found(list(pack.records()), out, refused)
        admitted = admit_all(self.door, found)
        refused += [(n, found.record(n), reason) for n, reason in admitted.refused.items()]
        for _, record, reason in sorted(refused, key=itemgetter(0)):
            self._reject(record, reason, out)
        columns = admitted.kept()
        if columns["post_id"]:
            columns["lang"] = detect_languages(map(words_of, columns["title"], columns["text"]))
            out.made = {number: made for number, made in enumerate(columns["made"]) if made}
            out.batch = batch_in_columns(columns)
        return out

    def _found_in_columns(self, pack: Pack, out: Piece) -> FoundColumns | None:
        """Let an importer that can say which columns hold what do so."""
        if not isinstance(self.importer, InColumns) or (rows := pack.rows()) is None:
            return None
        columns = rows.columns()
        fields = self.importer.posts_in_columns(columns, self.context)
        if fields is None:
            return None
        out.crawled.see_columns(columns)
        out.read = len(rows.lines)
        return FoundColumns(fields, rows, lambda record: self.importer.posts(record, self.context))

    def _found(
        self, records: list[Record], out: Piece, refused: list[tuple[float, Record, str]]
    ) -> FoundPosts:
        """Take the posts of each record; where one cannot be read, note behind how many posts."""
        found = FoundPosts()
        for record in records:
            out.crawled.see(record.values)
            before, failed = len(found), 0
            for post in self._posts(record):
                if isinstance(post, _Refused):
                    failed = 1
                    refused.append((len(found) - 0.5, record, post.reason))
                else:
                    found.posts.append(post)
                    found.records.append(record)
            out.read += max(len(found) - before + failed, 1)
        return found

    def _posts(self, record: Record) -> Iterator[Post | _Refused]:
        """Give the posts of a record, and why not, where it cannot be read."""
        if record.broken is not None:
            yield _Refused(record.broken)
            return
        try:
            yield from self.importer.posts(record, self.context)
        except Unreadable as reason:
            yield _Refused(str(reason))
        except DiscourseError:
            raise
        except Exception as fault:  # a plug-in's fault must not lose the other records
            yield _Refused(f"the importer failed ({type(fault).__name__})")

    def _by_rows(self, records: list[Record]) -> Piece:
        """Read records one by one."""
        self.door.begin()
        out, rows = Piece(), list[Row]()
        for record in records:
            out.crawled.see(record.values)
            rows += self._rows(record, out)
        if self.tombstones:
            rows = self._remembered(rows, self.tombstones, out)
        if rows:
            langs = detect_languages([words_of(row["title"], row["text"]) for row in rows])
            for number, (row, lang) in enumerate(zip(rows, langs, strict=True)):
                row["lang"] = lang
                if "made" in row:
                    out.made[number] = row["made"]
            out.batch = batch_of(rows)
        return out

    def _rows(self, record: Record, out: Piece) -> Iterator[Row]:
        """Give the rows of a record; what cannot be read is a reject."""
        found = 0
        for post in self._posts(record):
            found += 1
            if isinstance(post, _Refused):
                self._reject(record, post.reason, out)
                continue
            try:
                yield self.door.admit(post, record.line, record.flags, record.values)
            except Unreadable as reason:
                self._reject(record, str(reason), out)
            except DiscourseError:
                raise
            except Exception as fault:
                self._reject(record, f"the importer failed ({type(fault).__name__})", out)
        out.read += max(found, 1)

    def _reject(self, record: Record, reason: str, out: Piece) -> None:
        people = author_columns(self.context.columns)
        shown = {
            k: mask(clean_text(v)[0][:300]).text
            for k, v in record.values.items()
            if v not in (None, "")
            and k not in people
            and not is_personal(k)
            and not isinstance(v, dict | list)
        }
        text = clean_text(json.dumps(shown, ensure_ascii=False))[0]
        out.rejects.append(
            {"file": self.door.file, "line": record.line, "reason": reason, "record": text[:2000]}
        )

    def _remembered(self, rows: list[Row], tombstones: Tombstones, out: Piece) -> list[Row]:
        """Leave out who was forgotten; what answers them names them no more."""
        kept = [row for row in rows if not tombstones.holds(row)]
        out.forgotten = len(rows) - len(kept)
        for row in kept:
            tombstones.detach(row)
        return kept
