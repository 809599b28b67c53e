"""Lexicons as data: one form a line, with its language, valence and source."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from discourse.errors import InputError

COLUMNS = ("language", "form", "valence", "class", "domain", "note", "source")


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of a lexicon.

    ``valence`` is in [-1, 1], or None for classes that have none (negators, degree words).  ``cls`` is the
    column ``class``; ``source`` says where the entry comes from.
    """

    language: str
    form: str
    valence: float | None
    cls: str
    domain: str
    note: str
    source: str


@dataclass(frozen=True)
class Lexicon:
    """The entries of one or several files, in their order, with a digest of their bytes.

    ``digest`` is the SHA-256 of the files, 64 hexadecimal digits: it names the version of an instrument.
    """

    entries: tuple[Entry, ...]
    digest: str

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def valences(self) -> dict[tuple[str, str], float]:
        """Language and form to valence, for all entries that have one."""
        return {(e.language, e.form): e.valence for e in self.entries if e.valence is not None}

    def forms(self, language: str, cls: str | None = None) -> list[str]:
        """List the forms of a language, of one class if asked for, in the order of the file."""
        return [e.form for e in self.entries if e.language == language and cls in (None, e.cls)]


def read_lexicon(*paths: str | Path) -> Lexicon:
    r"""Read a lexicon from files of tab-separated values.

    Parameters
    ----------
    *paths : str or Path
        Files in UTF-8 with a header naming the columns language, form, valence, class, domain, note and
        source, in any order.  ``valence`` is a number in [-1, 1], or empty or NA.  Lines that begin with
        ``#`` are comments.

    Returns
    -------
    Lexicon

    Raises
    ------
    InputError
        If a column is missing, a form or a source is empty, a valence is no number in [-1, 1], or a form
        stands twice in one language; the message names file and line.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "zh.tsv"
    >>> rows = ["\t".join(COLUMNS), "zh\t可爱\t0.6\tquality\tperson\t\tdiscourse authors"]
    >>> _ = path.write_text("\n".join(rows), encoding="utf-8")
    >>> read_lexicon(path).valences
    {('zh', '可爱'): 0.6}
    """
    entries: list[Entry] = []
    seen: dict[tuple[str, str], str] = {}
    digest = hashlib.sha256()
    for path in map(Path, paths):
        data = path.read_bytes()
        digest.update(data)
        for where, row in _rows(path, data):
            entry = _entry(row, where)
            first = seen.setdefault((entry.language, entry.form), where)
            if first != where:
                raise InputError(f"the form {entry.form!r} stands twice", where=f"{first} and {where}")
            entries.append(entry)
    return Lexicon(tuple(entries), digest.hexdigest())


def _rows(path: Path, data: bytes) -> list[tuple[str, dict[str, str]]]:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError("the lexicon is not UTF-8", where=f"{path}, line {line}") from None
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    table = csv.reader((line for _, line in numbered), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(table, [])
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise InputError(
            f"the lexicon lacks {', '.join(missing)}", where=f"{path}, line 1", expected=", ".join(COLUMNS)
        )
    out = []
    for (number, _), cells in zip(numbered[1:], table, strict=True):
        where = f"{path}, line {number}"
        if len(cells) != len(header):
            raise InputError(f"{len(cells)} cells", where=where, expected=f"{len(header)}, as the header")
        out.append((where, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    return out


def _entry(row: dict[str, str], where: str) -> Entry:
    for name in ("language", "form", "source"):
        if not row[name]:
            raise InputError(f"an entry without a {name}", where=where, hint=f"fill the column {name}")
    valence = _valence(row["valence"], where)
    return Entry(
        row["language"], row["form"], valence, row["class"], row["domain"], row["note"], row["source"]
    )


def _valence(cell: str, where: str) -> float | None:
    if cell in ("", "NA"):
        return None
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if not -1 <= value <= 1:
        raise InputError(f"{cell!r} is no valence", where=where, expected="a number from -1 to 1, or NA")
    return value
