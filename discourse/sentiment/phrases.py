"""Literal phrases found in posts: folded script, whole English words, gaps, exceptions and negation.

Frames and emotions are both lists of phrases.  A form is literal text with two marks: a trailing ``*`` on an
English word stands for any ending (``boycott*``), and ``...`` for a gap inside one sentence (``took over ...
feed``).  An entry whose note is ``exception`` hides what it covers (特别 hides 别).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from discourse.errors import InputError
from discourse.sentiment.negation import is_negated
from discourse.text.clauses import clauses
from discourse.text.literals import Literals
from discourse.text.script import simplify

LANGUAGES = ("en", "zh")
EXCEPTION = "exception"
_GAP = re.compile(r"\s*(?:\.\.\.|…)\s*")
_SENTENCE_END = re.compile("[。！？!?\n]")
_WIDE = "".join(map(chr, range(0xFF10, 0xFF5B)))
_QUOTES, _BLANKS = "’‘＇`", "-‐‑‒–\t\u00a0\u3000"
_PLAIN = str.maketrans(
    _WIDE + _QUOTES + _BLANKS,
    "".join(chr(ord(c) - 0xFEE0) for c in _WIDE) + "'" * len(_QUOTES) + " " * len(_BLANKS),
)
_UNPLAIN = re.compile(f"[{''.join(re.escape(chr(code)) for code in sorted(_PLAIN))}]")
NEAR_ZH, NEAR_EN = 12, 40
"""How wide a gap may be, in code points, between Chinese pieces and where a Latin piece takes part."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One form of a list: its language, what it stands for, a note, and who wrote it.

    ``role`` is empty for frames; for emotions it is ``state`` (what somebody feels) or ``toward`` (what
    somebody is like, or what is done to somebody).
    """

    language: str
    form: str
    category: str
    note: str
    source: str
    role: str = ""


class Hit(NamedTuple):
    """A phrase where it stands; ``start`` and ``stop`` are code points of the text."""

    start: int
    stop: int
    phrase: Phrase
    negated: bool


class _Piece(NamedTuple):
    text: str
    open_end: bool


def fold(text: str) -> str:
    """Fold a text for matching, at the same length: script, width, case, apostrophes, hyphens and blanks.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        A text of the same length.

    Examples
    --------
    >>> fold("難民’s  Sign-Up ＴＩＫＴＯＫ")
    "难民's  sign up tiktok"
    """
    plain = simplify(text)
    if _UNPLAIN.search(plain) is not None:  # most Chinese holds nothing to make plain
        plain = plain.translate(_PLAIN)
    low = plain.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def read_phrases(path: str | Path, category: str = "") -> list[Phrase]:
    r"""Read a list of phrases from a file of tab-separated values.

    Parameters
    ----------
    path : str or pathlib.Path
        UTF-8 with a header that names the columns language, form, note and source, and category and role
        where the list has several; lines that begin with ``#`` are comments.
    category : str
        What the forms stand for, where the file has no such column.

    Returns
    -------
    list of Phrase
        In the order of the file.

    Raises
    ------
    InputError
        If the file cannot be read, a column is missing, or an entry has an unknown language, no form or no
        source; the message names file and line.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "cats.tsv"
    >>> _ = path.write_text("language\tform\tnote\tsource\nen\tcat tax\t\tme\n", encoding="utf-8")
    >>> read_phrases(path, "cats")[0].form
    'cat tax'
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the list of phrases cannot be read: {error}", where=str(path), expected="a TSV file in UTF-8"
        ) from error
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    rows = csv.reader((line for _, line in numbered), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(rows, [])
    missing = [name for name in ("language", "form", "note", "source") if name not in header]
    if missing:
        raise InputError(
            f"the list of phrases lacks {', '.join(missing)}",
            where=f"{path}, line 1",
            expected="language, form, note, source, separated by tabs",
        )
    return [
        _phrase(cells, header, category, f"{path}, line {number}")
        for (number, _), cells in zip(numbered[1:], rows, strict=True)
    ]


def _phrase(cells: list[str], header: list[str], category: str, where: str) -> Phrase:
    if len(cells) > len(header):
        raise InputError(f"{len(cells)} cells", where=where, expected=f"{len(header)}, as the header")
    row = dict.fromkeys(header, "") | dict(zip(header, (cell.strip() for cell in cells), strict=False))
    if row["language"] not in LANGUAGES:
        raise InputError(f"unknown language {row['language']!r}", where=where, expected="en, zh")
    if not row["source"]:
        raise InputError(f"the form {row['form']!r} has no source", where=where, expected="who wrote it")
    if not all(piece.text for piece in _pieces(row["form"])):
        raise InputError(f"{row['form']!r} is no form", where=where, expected="words, with * or ... between")
    return Phrase(
        row["language"],
        row["form"],
        row.get("category") or category,
        row["note"],
        row["source"],
        row.get("role", ""),
    )


def _pieces(form: str) -> list[_Piece]:
    pieces = []
    for part in _GAP.split(form.strip()):
        stem = part[:-1] if part.endswith("*") else part
        pieces.append(_Piece(fold(stem).strip(), part.endswith("*")))
    return pieces


def _latin(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"


class PhraseFinder:
    """Find the phrases of a list in texts.

    Parameters
    ----------
    phrases : iterable of Phrase
        What to look for.

    Examples
    --------
    >>> finder = PhraseFinder([Phrase("en", "took over ... feed", "displacement", "", "me")])
    >>> [tuple(hit)[:2] for hit in finder.find("They took over my whole feed!")]
    [(5, 28)]
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        starts: dict[str, list[tuple[Phrase, list[_Piece]]]] = {}
        for phrase in phrases:
            pieces = _pieces(phrase.form)
            starts.setdefault(pieces[0].text, []).append((phrase, pieces))
        self._literals = Literals(starts, overlapping=True)
        self._entries = list(starts.values())
        self._empty = not starts

    def find(self, text: str, low: str | None = None) -> list[Hit]:
        """Find the phrases of one text, leftmost and longest; equal spans are all kept.

        Parameters
        ----------
        text : str
            The text.
        low : str, optional
            What :func:`fold` makes of it, where several lists are looked for in one text.

        Returns
        -------
        list of Hit
            In order of their place; ``negated`` where the clause denies the phrase.
        """
        if self._empty:
            return []
        low = fold(text) if low is None else low
        found = _longest(self._all(low))
        if not found:
            return []
        bounds = [(clause.start, clause.stop) for clause in clauses(text)]
        return [
            Hit(start, stop, phrase, _denied(low, start, stop, bounds))
            for start, stop, phrase in found
            if phrase.note != EXCEPTION
        ]

    def _all(self, low: str) -> list[tuple[int, int, Phrase]]:
        found = []
        for number, start, stop in self._literals.find(low):
            for phrase, pieces in self._entries[number]:
                last = _match_rest(low, start, stop, pieces)
                if last:
                    found.append((start, last, phrase))
        return found


def _bounded(low: str, start: int, stop: int, piece: _Piece) -> int:
    """Where the piece ends if it stands on word boundaries, else 0."""
    if _latin(low[start]) and start and _latin(low[start - 1]):
        return 0
    if not _latin(low[stop - 1]):
        return stop
    while piece.open_end and stop < len(low) and (_latin(low[stop]) or low[stop] == "'"):
        stop += 1
    return 0 if stop < len(low) and _latin(low[stop]) else stop


def _match_rest(low: str, start: int, stop: int, pieces: Sequence[_Piece]) -> int:
    end = _bounded(low, start, stop, pieces[0])
    for before, piece in pairwise(pieces):
        if not end:
            return 0
        wide = _latin(before.text[-1]) or _latin(piece.text[0])
        end = _next_piece(low, end, piece, NEAR_EN if wide else NEAR_ZH)
    return end


def _next_piece(low: str, end: int, piece: _Piece, near: int) -> int:
    limit = min(len(low), end + near + len(piece.text))
    barrier = _SENTENCE_END.search(low, end, limit)
    limit = barrier.start() if barrier else limit
    at = low.find(piece.text, end, limit)
    while at >= 0:
        stop = _bounded(low, at, at + len(piece.text), piece)
        if stop:
            return stop
        at = low.find(piece.text, at + 1, limit)
    return 0


def _longest(found: list[tuple[int, int, Phrase]]) -> list[tuple[int, int, Phrase]]:
    """Keep the leftmost and longest; several phrases of one span are all kept, unless one is an exception."""
    kept: list[tuple[int, int, Phrase]] = []
    for hit in sorted(found, key=lambda hit: (hit[0], -hit[1], hit[2].note != EXCEPTION)):
        last = kept[-1] if kept else None
        same = last and hit[:2] == last[:2] and last[2].note != EXCEPTION and hit[2] != last[2]
        if last is None or same or hit[0] >= last[1]:
            kept.append(hit)
    return kept


def _denied(low: str, start: int, stop: int, bounds: list[tuple[int, int]]) -> bool:
    left, right = next(((a, b) for a, b in bounds if a <= start < b), (0, len(low)))
    return is_negated(low, start, stop, left, max(right, stop))
