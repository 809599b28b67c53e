"""One import: files -> records -> posts -> rows, counted so that nothing is lost in silence."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import plugins
from discourse.corpus import store
from discourse.corpus.additions import Previous
from discourse.corpus.archives import is_archive, unpacked
from discourse.corpus.batches import batch_of, numbered
from discourse.corpus.crawl import CrawlTimes, seen_between
from discourse.corpus.damage import zone_of
from discourse.corpus.door import Door, Row
from discourse.corpus.exports import ExportFile, choose, find_files, is_ours, unique_labels
from discourse.corpus.importers.base import Context, Importer
from discourse.corpus.reading import Reading
from discourse.corpus.records import Source, packed
from discourse.corpus.sources import open_sources
from discourse.corpus.staging import Staging, Waiting
from discourse.corpus.tombstones import Tombstones
from discourse.corpus.workers import Workers
from discourse.errors import ImportFailed

if TYPE_CHECKING:
    import pyarrow as pa


#: Rows of batches: from the first number on, up to the second, of those that are kept.
Pieces = list[tuple[Waiting, int, int]]
#: Of some rows of one file: the file, its flags, rows without a word, copies.
Tally = tuple[str, Counter[str], int, int]
_HAN = re.compile("[\u4e00-\u9fff]")
_KANA = re.compile("[\u3041-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the researcher said about an import; see :func:`discourse.read_posts`."""

    key: bytes
    source: str = "auto"
    mapping: Mapping[str, str] | None = None
    zone: tzinfo | None = None
    docvars: dict[str, Any] = field(default_factory=dict)
    times_from_ids: bool = False
    collected: tuple[Any, Any] = (None, None)
    collected_said: bool = False

    @property
    def signature(self) -> str:
        """A hash of all but the key: the same file read in another way is another input."""
        zone = None if self.zone is None else str(self.zone)
        said = [
            self.source,
            self.mapping,
            zone,
            self.docvars,
            self.times_from_ids,
            plugins.names("importers"),
        ]
        if self.collected_said:  # for these files; what the card says of others does not make them new
            said.append([str(day) for day in self.collected])
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _tally(table: pa.Table) -> Tally:
    """Count flags, posts without words and copies; the rows of a table are of one file."""
    flags = Counter(table.column("flags").combine_chunks().flatten().to_pylist())
    titles, texts = table.column("title").to_pylist(), table.column("text").to_pylist()
    unread = sum(not title and not text.strip() for title, text in zip(titles, texts, strict=True))
    copies = table.column("duplicate_of")
    return table.column("source_file")[0].as_py(), flags, unread, len(copies) - copies.null_count


class Ingest:
    """Reads the files of one import into a staging database, and gives the posts back in order.

    Parameters
    ----------
    settings : Settings
        What the researcher said.
    work : path
        A folder for temporary files.
    on_disk : bool
        Whether rows wait on disk.
    progress : callable, optional
        Called with a file's label and the records read.
    previous : Previous, optional
        A corpus to which the files are added.
    tombstones : Tombstones, optional
        People who were removed from it, and stay out.
    workers : int
        Processes.
    origins : mapping of path to str, optional
        The url of each path that is a copy of what lies there.
    """

    def __init__(
        self,
        settings: Settings,
        work: Path,
        *,
        on_disk: bool = False,
        progress: Callable[[str, int], None] | None = None,
        previous: Previous | None = None,
        tombstones: Tombstones | None = None,
        workers: int = 1,
        origins: Mapping[Path, str] | None = None,
    ) -> None:
        self._origins = dict(origins or {})
        self.workers = Workers(workers)
        self._previous = previous
        self._tombstones, self._forgotten = tombstones, Counter[str]()
        self.settings, self._work = settings, work
        self._staging = Staging(_folder(work) if on_disk else None)
        self._progress = progress or (lambda label, n: None)
        self._files: list[dict[str, Any]] = []
        self.inputs: list[dict[str, Any]] = []
        self._skipped: list[dict[str, str]] = []
        self._flags: dict[str, Counter[str]] = {}
        self._unread = self._text_copies = 0
        self._last: tuple[int, pa.Table] | None = None

    def read(self, paths: Sequence[str | Path]) -> bool:
        """Read all files that are new.

        Returns
        -------
        bool
            False if the corpus to which they are added holds them all already.

        Raises
        ------
        ImportFailed
            If a file that was named itself cannot be read, or none of a folder can.
        """
        files, hashes = self._unknown(paths)
        if self._previous is not None:
            if not files:
                return False
            self._restage(self._previous, self._previous.stale(set(hashes.values())))
        for file in files:
            self._file(file, hashes[file.label], alone=file.alone or (len(files) == 1 and not self.inputs))
        if not self._files:
            reasons = "; ".join(f"{s['file']}: {s['reason']}" for s in self._skipped[:5])
            raise ImportFailed(
                "no file could be imported",
                where=", ".join(map(str, paths)),
                expected="at least one export",
                hint=reasons or None,
            )
        self._files.sort(key=lambda entry: str(entry["file"]))
        self.inputs.sort(key=lambda entry: str(entry["file"]))
        self._skipped.sort(key=lambda entry: entry["file"])
        self._staging.settle()
        return True

    def _unknown(self, paths: Sequence[str | Path]) -> tuple[list[ExportFile], dict[str, str]]:
        """List the files that are not imported yet, with their hashes; archives are unpacked."""
        old = self._previous
        found: list[ExportFile] = []
        for file in find_files(paths):
            if file.problem:
                self._leave_out(file, ImportFailed(file.problem))
            elif not is_ours(file):
                found += self._members(file) if is_archive(file.path) else [file]
        files, hashes = [], {}
        for file in unique_labels(found):
            try:
                hashes[file.label] = store.sha256_of(file.path)
            except OSError as error:
                self._leave_out(
                    file, ImportFailed(f"the file cannot be read ({error.strerror})", where=file.label)
                )
            else:
                files.append(file)
        if old is None:
            return files, hashes
        new = [f for f in files if not old.knows(hashes[f.label], self.settings.signature)]
        stale = old.stale({hashes[f.label] for f in new})
        taken = {label for label in old.labels() if label not in stale}
        renamed = unique_labels(new, taken)
        by_path = {file.path: hashes[file.label] for file in new}
        return renamed, {file.label: by_path[file.path] for file in renamed}

    def _members(self, file: ExportFile) -> list[ExportFile]:
        try:
            members = list(unpacked(file, self._work))
        except ImportFailed as error:
            self._leave_out(file, error)
            return []
        if url := self._origin(file.path):
            self._origins |= {member.path: url for member in members}
        return members

    def _origin(self, path: Path) -> str | None:
        return next((url for copy, url in self._origins.items() if path.is_relative_to(copy)), None)

    def _leave_out(self, file: ExportFile, error: ImportFailed) -> None:
        """Note a file of a folder that cannot be read; one that was named itself must be readable."""
        if file.alone:
            raise error
        self._skipped.append({"file": file.label, "reason": error.message})

    def _restage(self, previous: Previous, stale: set[str]) -> None:
        for rows in previous.rows(stale):
            self._staging.add(batch_of(rows))
        self._files += previous.files(stale)
        self._skipped += previous.skipped(stale)
        self._staging.reject(previous.rejects(stale))
        self.inputs += [e for e in previous.inputs if not stale & {e["file"], *e["sources"]}]

    def _file(self, file: ExportFile, sha256: str, *, alone: bool) -> None:
        chosen, failures = [], []
        try:
            for source in open_sources(file.path, file.label, self._work):
                try:
                    chosen.append((source, *choose(source, self.settings.source, self.settings.mapping)))
                except ImportFailed as error:
                    failures.append((source.label, error))
        except ImportFailed as error:
            failures.append((file.label, error))
        if alone and not chosen:
            raise failures[0][1]
        self._skipped += [{"file": label, "reason": error.message} for label, error in failures]
        for source, importer, mapping in chosen:
            self._source(source, importer, mapping)
        labels = [source.label for source, _, _ in chosen]
        known = {"file": file.label, "sha256": sha256, "settings": self.settings.signature, "sources": labels}
        if url := self._origin(file.path):
            known["url"] = url
        self.inputs.append(known)

    def _source(self, source: Source, importer: Importer, mapping: dict[str, str]) -> None:
        context = Context(source.sample.columns, mapping)
        reading = Reading(importer, context, self._door(source, importer, mapping), self._tombstones)
        read, made, places, crawled = 0, Counter[str](), Counter[str](), CrawlTimes()
        stay = self.workers.n == 1
        packs = packed(source.records(), stay=stay) if source.packs is None else source.packs()
        for piece in self.workers.in_order(reading.piece, packs):
            read += piece.read
            self._forgotten[source.label] += piece.forgotten
            places.update(piece.places)
            crawled.join(piece.crawled)
            self._staging.reject(piece.rejects)
            if piece.batch is not None:
                self._staging.add(numbered(piece.batch, piece.made, made))
            self._progress(source.label, read)
        entry: dict[str, Any] = {"file": source.label, "importer": importer.name}
        entry |= {"encoding": source.encoding, "read": read}
        if mapping:
            entry["mapping"] = mapping
        if places:
            entry["unknown_places"] = dict(sorted(places.items()))
        if crawled.days:
            entry["collected"] = crawled.days
        self._files.append(entry)

    def _door(self, source: Source, importer: Importer, mapping: dict[str, str]) -> Door:
        zone, known = self.settings.zone, self.settings.zone is not None
        first, last = self.settings.collected
        assumed = zone or zone_of(_zone(importer, mapping))
        return Door(
            key=self.settings.key,
            zone=assumed,
            zone_known=known,
            docvars=self.settings.docvars,
            file=source.label,
            loses_emoji=source.loses_emoji,
            day_first=_day_first(source, mapping),
            weak_ids=bool(mapping),
            times_from_ids=self.settings.times_from_ids,
            seen=seen_between(first, last, assumed),
        )

    def rejects(self) -> Iterator[Row]:
        """Give the records that could not be read, by file and line."""
        yield from self._staging.rejects()

    def parts(self) -> Iterator[pa.Table]:
        """Give the kept posts, by file and line, in parts; counts are complete afterwards."""
        for pieces in self.planned():
            part, tallies = self.part(pieces)
            self.count(tallies)
            yield part

    def planned(self) -> Iterator[Pieces]:
        """Say what each part is made of: rows of batches that wait."""
        pieces: Pieces = []
        room = store.PART_ROWS
        for batch in self._staging.waiting():
            low = 0
            while low < batch.kept:
                high = min(batch.kept, low + room)
                pieces.append((batch, low, high))
                low, room = high, room - (high - low)
                if not room:
                    yield pieces
                    pieces, room = [], store.PART_ROWS
        if pieces:
            yield pieces

    def part(self, pieces: Pieces) -> tuple[pa.Table, list[Tally]]:
        """Make a part, here or in a fork, and count what is in it."""
        import pyarrow as pa

        tables = []
        for batch, low, high in pieces:
            if self._last is None or self._last[0] != batch.number:  # the end of one part begins the next
                self._last = batch.number, self._staging.table(batch)
            tables.append(self._last[1].slice(low, high - low))
        self._last = self._last if pieces[-1][2] < pieces[-1][0].kept else None
        return pa.concat_tables(tables).combine_chunks(), [_tally(table) for table in tables]

    def count(self, tallies: Sequence[Tally]) -> None:
        """Add up what was counted in a part."""
        for label, flags, unread, copies in tallies:
            self._flags.setdefault(label, Counter()).update(flags)
            self._unread += unread
            self._text_copies += copies

    def counts(self) -> dict[str, Any]:
        """Say what became of every record: read = kept + duplicates + rejected, per file and in total."""
        kept, rejected = self._staging.kept_by_file(), self._staging.rejected("file")
        files = []
        for entry in self._files:
            label = entry["file"]
            mine = {"kept": kept.get(label, 0), "rejected": rejected.get(label, 0)}
            forgotten = entry.get("forgotten", 0) + self._forgotten[label]
            mine["duplicates"] = entry["read"] - mine["kept"] - mine["rejected"] - forgotten
            mine |= {"forgotten": forgotten} if forgotten else {}
            flags = dict(sorted(self._flags.get(label, Counter()).items()))
            files.append({**entry, **mine, "flags": flags})
        totals = {name: sum(f[name] for f in files) for name in ("read", "kept", "duplicates", "rejected")}
        places = sum((Counter(f.get("unknown_places", {})) for f in files), Counter[str]())
        forgotten = sum(f.get("forgotten", 0) for f in files)
        return {
            **totals,
            **({"forgotten": forgotten} if forgotten else {}),
            "files": files,
            "skipped": self._skipped,
            "reasons": self._staging.rejected("reason"),
            "flags": dict(sorted(sum(self._flags.values(), Counter[str]()).items())),
            "unread": self._unread,
            "text_duplicates": self._text_copies,
            "parents_missing": self._staging.missing_parents(),
            "unknown_places": sorted(places),
            "unknown_place_counts": dict(sorted(places.items())),
        }

    def close(self) -> None:
        """Let go of the processes and of the staging database."""
        self.workers.close()
        self._staging.close()


def _folder(work: Path) -> Path:
    folder = work / "staging"
    folder.mkdir()
    return folder


def _zone(importer: Importer, mapping: Mapping[str, str]) -> str:
    """Tables with a Chinese header come from Chinese tools, whose times are those of China, and so on."""
    if _KANA.search(names := " ".join(mapping.values())):
        return "Asia/Tokyo"
    if _HANGUL.search(names):
        return "Asia/Seoul"
    return "Asia/Shanghai" if _HAN.search(mapping.get("created_at", "")) else importer.zone


def _day_first(source: Source, mapping: Mapping[str, str]) -> bool:
    """A day above 12 in the first place says how all dates of a table are written."""
    names = [mapping["created_at"]] if "created_at" in mapping else ["create_time"]
    for record in source.sample.records:
        for name in names:
            head = str(record.values.get(name) or "").strip().split("/")
            if len(head) == 3 and head[0].isdigit() and 12 < int(head[0]) <= 31:
                return True
    return False
