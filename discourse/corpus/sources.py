"""A file opened by its content: delimited text, JSON, HTML, a workbook, SQLite, or gzip of what is text."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from discourse.corpus import delimited, jsonlines, markup
from discourse.corpus.encodings import Encoding, find_encoding, open_text
from discourse.corpus.records import SAMPLE, Pack, Record, Sample, Source
from discourse.errors import DiscourseError, ImportFailed

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SQLITE = b"SQLite format 3\x00"
_GZIP = b"\x1f\x8b"


def open_sources(file: Path, label: str, work: Path) -> list[Source]:
    """Open every table or list of records of an export file.

    Parameters
    ----------
    file : path
        The file.
    label : str
        How rejects and posts name it.
    work : path
        A folder for what must be unpacked.

    Returns
    -------
    list of Source
        One for a text file, one a sheet or SQL table else.

    Raises
    ------
    ImportFailed
        If the file is missing, empty, binary, or cannot be opened.
    """
    try:
        return _opened(file, label, work)
    except OSError as error:
        raise ImportFailed(f"the file cannot be read ({error.strerror})", where=label) from error


def _opened(file: Path, label: str, work: Path) -> list[Source]:
    with file.open("rb") as handle:
        head = handle.read(16)
    if head.startswith(_ZIP):
        from discourse.corpus.workbooks import sheets

        return sheets(file, label)
    if head == _SQLITE:
        from discourse.corpus.databases import tables

        return tables(file, label)
    if head.startswith(_GZIP):
        inner = _unpacked(file, work)
        with inner.open("rb") as handle:
            if handle.read(262)[257:] == b"ustar":
                raise ImportFailed(
                    "this is a tar archive", where=label, hint="unpack it and import the folder"
                )
        return [_text(inner, label)]
    return [_text(file, label)]


def make_source(
    label: str,
    encoding: str,
    shape: str,
    records: Callable[[], Iterator[Record]],
    *,
    columns: tuple[str, ...] | None = None,
    delimiter: str = "",
    loses_emoji: bool = False,
) -> Source:
    """Look at the first records and describe a source.

    Parameters
    ----------
    label, encoding, shape, records, delimiter, loses_emoji
        As in :class:`discourse.corpus.records.Source` and :class:`~discourse.corpus.records.Sample`.
    columns : tuple of str, optional
        The header; else the keys of the first records.

    Returns
    -------
    Source
        The source.
    """
    guarded = _guarded(records)
    first = list(itertools.islice(guarded(), SAMPLE))
    if columns is None:
        columns = tuple(dict.fromkeys(k for r in first if r.broken is None for k in _keys(r)))
    sample = Sample(shape, columns, first, delimiter)
    return Source(label, encoding, sample, guarded, loses_emoji)


def _guarded(read: Callable[[], Iterator[Record]]) -> Callable[[], Iterator[Record]]:
    """A file that breaks in the middle loses its rest, not the records before."""

    def records() -> Iterator[Record]:
        line = 0
        try:
            for record in read():
                line = record.line
                yield record
        except DiscourseError:
            raise
        except Exception as fault:  # whatever the parser of a damaged workbook or database raises
            yield _lost(line, fault)

    return records


def _lost(line: int, fault: Exception) -> Record:
    return Record(line + 1, {}, broken=f"the rest of the file cannot be read ({type(fault).__name__})")


def _keys(record: Record) -> Iterator[str]:
    """The keys of an object, and those of objects in it as ``outer.inner``."""
    for key, value in record.values.items():
        yield key
        if isinstance(value, dict):
            yield from (f"{key}.{inner}" for inner in value)


def _text(file: Path, label: str) -> Source:
    encoding = find_encoding(file)
    name = encoding.name + (" with broken bytes" if encoding.broken else "")
    with open_text(file, encoding) as handle:
        if jsonlines.looks_like_json(handle):
            return make_source(label, name, "objects", _reader(file, encoding, jsonlines.objects))
        if markup.looks_like_markup(handle):
            columns = tuple(markup.header(handle))
            return make_source(label, name, "table", _reader(file, encoding, markup.rows), columns=columns)
        names, delimiter = delimited.header(handle, label)

    def rows(handle: IO[str]) -> Iterator[Record]:
        return delimited.rows(handle, label)

    source = make_source(
        label,
        name,
        "table",
        _reader(file, encoding, rows),
        columns=tuple(names),
        delimiter=delimiter,
        loses_emoji=encoding.loses_emoji,
    )
    source.packs = _packs(file, encoding, label)
    return source


def _packs(file: Path, encoding: Encoding, label: str) -> Callable[[], Iterator[Pack]]:
    def packs() -> Iterator[Pack]:
        last = Pack()
        try:
            with open_text(file, encoding) as handle:
                for pack in delimited.packs(handle, label):
                    yield pack
                    last = pack
        except DiscourseError:
            raise
        except Exception as fault:  # as in _guarded: the rest is lost, not what was read before
            yield Pack(whole=[_lost(max((r.line for r in last.records()), default=0), fault)])

    return packs


def _reader(
    file: Path, encoding: Encoding, read: Callable[[IO[str]], Iterator[Record]]
) -> Callable[[], Iterator[Record]]:
    def records() -> Iterator[Record]:
        with open_text(file, encoding) as handle:
            yield from read(handle)

    return records


def _unpacked(file: Path, work: Path) -> Path:
    target = work / f"{len(list(work.iterdir()))}-{file.name}.unpacked"
    limit = max(200 * file.stat().st_size, 1 << 26)
    try:
        with gzip.open(file, "rb") as packed, target.open("wb") as out:
            while chunk := packed.read(1 << 20):
                if out.tell() > limit:
                    raise ImportFailed(
                        "the archive unpacks to more than 200 times its size", where=str(file.name),
                        hint="unpack it yourself if you trust it",
                    )  # fmt: skip
                out.write(chunk)
    except (OSError, EOFError) as error:
        raise ImportFailed(f"the archive is damaged ({error})", where=str(file.name)) from error
    return target
