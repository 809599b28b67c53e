"""JSON arrays and JSON lines as records, streamed; a broken object is a reject, not an end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from discourse.corpus.records import MAX_LINE, Record

_CHUNK = 1 << 20
_DECODER = json.JSONDecoder()
_LISTS = ("data", "items", "posts", "comments", "notes", "results", "records", "rows")


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
    """Read JSON lines, one array, or one object that holds an array.

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
        yield from _array(handle)
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
    return None


def _wrapped(handle: IO[str]) -> Iterator[Record]:
    try:
        value = json.loads(handle.read(MAX_LINE).lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
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
            yield Record(number, {}, broken=_why(error))


def _record(value: Any, line: int) -> Record:
    if isinstance(value, dict):
        return Record(line, value)
    return Record(line, {}, broken="not an object")


def _array(handle: IO[str]) -> Iterator[Record]:
    """Walk through an array with a sliding window; a broken element ends it, the rest is one reject."""
    window, line, done = _Window(handle), 1, False
    window.skip("\ufeff \t\r\n\x00")
    window.take(1)
    while not done:
        line += window.skip(" \t\r\n,\x00")
        if window.peek() in ("", "]"):
            return
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
