"""JSON as records, streamed: lines, arrays, objects one behind the other, or one object that holds them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from discourse.corpus.records import MAX_LINE, Record

_CHUNK = 1 << 20
_DECODER = json.JSONDecoder()
_LISTS = ("data", "items", "posts", "comments", "notes", "results", "records", "rows", "weibo")
_OWN = frozenset({"text", "content", "desc", "body", "title", "id", "note_id", "comment_id", "aweme_id"})
"""Keys of a post: an object that has one holds no posts in its lists."""


def looks_like_json(handle: IO[str]) -> bool:
    """Say whether a text begins like JSON.

    Parameters
    ----------
    handle : text file
        At its beginning.

    Returns
    -------
    bool
        True for ``{``, or ``[`` before ``{``, ``]`` or a line's end.
    """
    handle.seek(0)
    head = handle.read(4096).lstrip("\ufeff \t\r\n\x00")
    return head.startswith("{") or (head.startswith("[") and head[1:].lstrip()[:1] in ("{", "]", ""))


def objects(handle: IO[str]) -> Iterator[Record]:
    """Read JSON lines, arrays, objects one behind the other, or one object that holds an array.

    Parameters
    ----------
    handle : text file
        Opened without newline translation, at its beginning.

    Yields
    ------
    Record
        One an object.
    """
    handle.seek(0)
    head = handle.read(4096).lstrip("\ufeff \t\r\n\x00")
    handle.seek(0)
    if head.startswith("["):
        yield from _stream(handle)
    elif _is_one_object(handle):
        yield from _wrapped(handle)
    else:
        yield from _lines(handle)


def _is_one_object(handle: IO[str]) -> bool:
    """A pretty-printed object begins with a line that is no object by itself."""
    handle.seek(0)
    first = ""
    while not first.strip("\ufeff \t\r\n\x00"):
        first = handle.readline(MAX_LINE)
        if not first:
            break
    more = handle.readline(1024).strip()
    handle.seek(0)
    try:
        value = json.loads(first.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return first.strip("\ufeff \t\r\n\x00") in ("{", "{[") or '"' in more[:1]
    return isinstance(value, dict) and not more and _inner(value) is not None


def _inner(value: dict[str, Any]) -> list[Any] | None:
    for name in _LISTS:
        found = value.get(name)
        if isinstance(found, list) and found and isinstance(found[0], dict):
            return found
        if name == "data" and isinstance(found, dict) and "source_platform" not in value:
            deeper = _inner(found)
            if deeper is not None:
                return deeper
    by_id = list(value.values())
    if len(by_id) > 1 and all(isinstance(item, dict) and _OWN & item.keys() for item in by_id):
        return by_id
    return None


def _wrapped(handle: IO[str]) -> Iterator[Record]:
    try:
        value = json.loads(handle.read(MAX_LINE).lstrip("\ufeff"))
    except ValueError:  # several objects, or a broken one: piece by piece
        handle.seek(0)
        yield from _stream(handle)
        return
    except RecursionError as error:
        yield Record(1, {}, broken=_why(error))
        return
    found = _inner(value) if isinstance(value, dict) else None
    for item in found if found is not None else [value]:
        yield _record(item, 1)


def _lines(handle: IO[str]) -> Iterator[Record]:
    number = 0
    while True:
        text = handle.readline(MAX_LINE)
        if not text:
            return
        number += 1
        stripped = text.strip("\ufeff \t\r\n\x00")
        if not stripped:
            continue
        if len(text) >= MAX_LINE and not text.endswith("\n"):
            while text and not text.endswith("\n"):
                text = handle.readline(MAX_LINE)
            yield Record(number, {}, broken=f"a line of more than {MAX_LINE:,} characters")
            continue
        try:
            yield _record(json.loads(stripped), number)
        except (ValueError, RecursionError) as error:
            yield from _several(stripped, number, error)


def _several(text: str, line: int, error: Exception) -> Iterator[Record]:
    """Read objects that stand in one line; what is broken is one reject."""
    at = 0
    try:
        while at < len(text):
            value, at = _DECODER.raw_decode(text, at)
            if not isinstance(value, dict):
                raise error
            yield _record(value, line)
            while text[at : at + 1] in (" ", "\t", ","):
                at += 1
    except (ValueError, RecursionError) as fault:
        yield Record(line, {}, broken=_why(fault))


def _record(value: Any, line: int) -> Record:
    if not isinstance(value, dict):
        return Record(line, {}, broken="not an object")
    if any(isinstance(item, dict) and len(item) == 1 for item in value.values()):
        value = {name: _bare(item) for name, item in value.items()}
    return Record(line, value)


def _bare(value: Any) -> Any:
    """MongoDB writes ``{"$numberLong": "1"}`` for a number, ``{"$date": ...}`` for a time."""
    while isinstance(value, dict) and len(value) == 1 and next(iter(value)).startswith("$"):
        value = next(iter(value.values()))
    return value


def _stream(handle: IO[str]) -> Iterator[Record]:
    """Walk through values with a sliding window; a broken one ends it, the rest is one reject."""
    window, line, inside = _Window(handle), 1, False
    while True:
        line += window.skip("\ufeff \t\r\n,\x00")
        mark = window.peek()
        if mark == "":
            return
        if mark == ("]" if inside else "["):  # another array may follow
            inside = not inside
            window.take(1)
            continue
        try:
            value, length = window.decode()
        except (ValueError, RecursionError) as error:
            yield Record(line, {}, broken=_why(error) + "; the rest is lost")
            return
        yield _record(value, line)
        line += window.take(length)


class _Window:
    """A piece of a text file that grows until it holds one whole value."""

    def __init__(self, handle: IO[str]) -> None:
        self.handle, self.text, self.at, self.end = handle, "", 0, False

    def peek(self) -> str:
        if self.at >= len(self.text):
            self._grow()
        return self.text[self.at : self.at + 1]

    def skip(self, marks: str) -> int:
        lines = 0
        while (mark := self.peek()) and mark in marks:
            lines += mark == "\n"
            self.at += 1
        return lines

    def take(self, length: int) -> int:
        lines = self.text.count("\n", self.at, self.at + length)
        self.at += length
        return lines

    def decode(self) -> tuple[Any, int]:
        while True:
            try:
                value, stop = _DECODER.raw_decode(self.text, self.at)
            except ValueError:
                if self.end or len(self.text) - self.at > MAX_LINE:
                    raise
                self._grow()
                continue
            return value, stop - self.at

    def _grow(self) -> None:
        more = self.handle.read(max(_CHUNK, len(self.text) - self.at))
        self.end = not more
        self.text, self.at = self.text[self.at :] + more, 0


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    detail = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    return f"not JSON ({detail})"
