"""Which encoding a file is in, found out from its bytes; and its text, streamed.

A byte-order mark decides; then UTF-8, tried strictly; then GB18030, which Chinese Windows programs write and
which loses emoji on the way out of a spreadsheet (they become ``?`` upstream).
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from discourse.errors import ImportFailed

_CHUNK = 1 << 20
_HALVES = "discourse-halves"
_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_UTF8 = ("utf-8", "utf-8-sig")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOSSY = ("gb18030", "big5hkscs", "cp1252")
_EVERYDAY = frozenset(
    "的一是不了在人有我他這这個个們们你好來来大上到說说时時要會会就可也對对生能很看和讚赞時間时间"
)
_BINARY = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file (.xls, .doc)"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"PAR1", "a Parquet file"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a text file.

    Parameters
    ----------
    name : str
        Python's name for it.
    broken : bool
        True if some bytes do not fit and are replaced by U+FFFD.
    """

    name: str
    broken: bool = False

    @property
    def loses_emoji(self) -> bool:
        """Whether a spreadsheet that wrote this encoding turned emoji into ``?``."""
        return self.name in LOSSY


def find_encoding(file: Path) -> Encoding:
    """Find the encoding of a text file.

    Parameters
    ----------
    file : path
        The file; it is read once, in pieces.

    Returns
    -------
    Encoding
        ``utf-8-sig``, ``utf-16``, ``utf-32`` by their marks, else ``utf-8``, ``utf-16-le``, ``gb18030``,
        ``big5hkscs`` or ``cp1252``.

    Raises
    ------
    ImportFailed
        If the file is empty or not text.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = file.write_bytes("标题,正文".encode("gb18030"))
    >>> find_encoding(file)
    Encoding(name='gb18030', broken=False)
    """
    with file.open("rb") as handle:
        return _find(handle, str(file.name))


def open_text(file: Path, encoding: Encoding) -> IO[str]:
    """Open a text file without touching its line ends.

    Parameters
    ----------
    file : path
        The file.
    encoding : Encoding
        As :func:`find_encoding` gives it.

    Returns
    -------
    text file
        Bytes that do not fit come out as U+FFFD; in UTF-8, halves of emoji (CESU-8, WTF-8) as surrogates.
    """
    if encoding.name not in _UTF8 or not encoding.broken:
        return file.open("r", encoding=encoding.name, errors="replace", newline="")
    raw = _Whole(io.FileIO(file))
    return io.TextIOWrapper(raw, encoding=encoding.name, errors=_HALVES, newline="")


class _Whole(io.BufferedReader):
    """Reads pieces that do not end within the three bytes of half an emoji."""

    def read1(self, size: int = -1, /) -> bytes:
        piece = super().read1(size)
        missing = 2 if piece.endswith(b"\xed") else 1 if piece[-2:-1] == b"\xed" else 0
        return piece + super().read(missing) if missing else piece


def _half(error: UnicodeError) -> tuple[str, int]:
    """Halves of emoji that were written one by one become what they were; other broken bytes are lost."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    found = _HALF.match(error.object, error.start)
    if found is None:
        return "\ufffd", error.end
    return found.group().decode("utf-8", "surrogatepass"), found.end()


codecs.register_error(_HALVES, _half)


def decode(data: bytes, where: str = "buffer") -> str:
    """Turn the bytes of an export into text.

    Parameters
    ----------
    data : bytes
        The whole file.
    where : str
        Its name, for messages.

    Returns
    -------
    str
        The text, without a byte-order mark.

    Examples
    --------
    >>> decode("正文".encode("utf-16"))
    '正文'
    """
    encoding = _find(io.BytesIO(data), where)
    errors = _HALVES if encoding.name in _UTF8 else "replace"
    return data.decode(encoding.name, errors=errors).removeprefix("\ufeff")


def _find(handle: IO[bytes], where: str) -> Encoding:
    head = handle.read(1 << 16)
    _refuse_binary(head, where)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name, _errors(handle, name)[0] > 0 or _has_halves(handle, name))
    wide = _wide(head)
    if wide:
        return Encoding(wide, _errors(handle, wide)[0] > 0)
    wrong, right = _errors(handle, "utf-8")
    if wrong == 0:
        return Encoding("utf-8", _has_halves(handle, "utf-8"))
    if wrong < 0.01 * right:  # UTF-8 with a few broken bytes: a cut end, a bad paste
        return Encoding("utf-8", True)
    chinese, _ = _errors(handle, "gb18030")
    western, accents = _errors(handle, "cp1252")
    traditional = _errors(handle, "big5hkscs")[0]
    if traditional <= chinese and _is_big5(head):
        return Encoding("big5hkscs", traditional > 0)
    if chinese > 0.1 * (western + accents):  # single high bytes between ASCII letters: accents
        return Encoding("cp1252", western > 0)
    return Encoding("gb18030", chinese > 0)


def _refuse_binary(head: bytes, where: str) -> None:
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise ImportFailed("the file is empty", where=where, hint="export it again, or leave it out")
    for magic, what in _BINARY:
        if head.startswith(magic):
            raise ImportFailed(
                f"this is {what}, not an export",
                where=where,
                expected="CSV, TSV, JSON, JSONL, XLSX or SQLite",
                hint="save it as .xlsx or as CSV (UTF-8)" if "Excel" in what else None,
            )
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _wide(head):
        return
    odd = sum(head.count(bytes([b])) for b in (*range(0, 9), *range(14, 27), *range(28, 32)))
    if odd > max(32, 0.1 * len(head)):
        raise ImportFailed(
            "this is a binary file, not an export",
            where=where,
            expected="CSV, TSV, JSON, JSONL, XLSX or SQLite",
        )


def _is_big5(head: bytes) -> bool:
    """Both encodings give characters for most bytes; only the right one gives those that everybody writes."""
    counts = [sum(c in _EVERYDAY for c in head.decode(name, "ignore")) for name in ("big5hkscs", "gb18030")]
    return counts[0] > counts[1]


def _wide(head: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every second byte of ASCII text is zero."""
    even, odd = head[0:2000:2], head[1:2000:2]
    if len(odd) < 4:
        return None
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return None


def _errors(handle: IO[bytes], name: str) -> tuple[int, int]:
    """Count characters that do not fit, and characters beyond ASCII that do."""
    decoder = codecs.getincrementaldecoder(name)(errors=_HALVES if name in _UTF8 else "replace")
    wrong = right = 0
    handle.seek(0)
    while True:
        chunk = handle.read(_CHUNK)
        text = decoder.decode(chunk, final=not chunk)
        lost = text.count("\ufffd")
        wrong += lost
        right += 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore")) - lost
        if not chunk:
            return wrong - _written_marks(handle, name), right


def _has_halves(handle: IO[bytes], name: str) -> bool:
    """Say whether surrogates are written in a file of UTF-8, one by one."""
    if name not in _UTF8:
        return False
    handle.seek(0)
    return any(b"\xed" in chunk and _HALF.search(chunk) for chunk in iter(lambda: handle.read(_CHUNK), b""))


def _written_marks(handle: IO[bytes], name: str) -> int:
    """Count U+FFFD that the file itself holds: they are no error of decoding."""
    mark = "\ufffd".encode("utf-8" if name == "utf-8-sig" else name.replace("utf-16", "utf-16-le")
                           if name == "utf-16" else name, "ignore")  # fmt: skip
    if not mark:
        return 0
    handle.seek(0)
    return sum(chunk.count(mark) for chunk in iter(lambda: handle.read(_CHUNK), b""))
