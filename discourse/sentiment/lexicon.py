"""The lexicons of the scorer: TSV data read into one scanner.

Entries are written in their dictionary form; English ones are inflected here by the part of speech in the
``note`` column (verb, noun, adjective), Chinese ones stand as they are.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick

from discourse.errors import InputError
from discourse.sentiment.cues import BREAK, CLASSES, QUALITY, Cue
from discourse.sentiment.inflection import forms_of
from discourse.text.script import simplify

FOLDER = Path(__file__).resolve().parent / "lexicons"
COLUMNS = ("language", "form", "valence", "class", "domain", "note", "source")
_SPACED = re.compile(r"[a-z']+(?: [a-z']+)*")
_HYPHENED = re.compile(r"[a-z' -]*[a-z][a-z' -]*")
_PLAIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
VADER_WEIGHT = 0.2  # VADER's scale runs to 4; a cue of its own layer counts a little less than ours


Seconds = dict[str, tuple[tuple[str, Cue], ...]]
Head = tuple[Cue | None, Seconds | None]
"""What an English word is by itself, and the phrases it begins by their second word, the longest first."""


_LONG = re.compile(r"([a-z])\1\1+")
_REMEMBERED = 20_000  # words of posts that are kept with what they are; memory stays flat
_LONGEST = 32


class Heads(dict[str, Head | None]):
    """Every English word that is or begins a cue; what posts hold besides is looked at once and remembered.

    Other forms are quoted or possessive words, and those with letters repeated for emphasis: 'love', soooo.
    """

    def __init__(self, heads: dict[str, Head]) -> None:
        super().__init__(heads)
        self._known = heads

    def __missing__(self, word: str) -> Head | None:
        if len(self) > len(self._known) + _REMEMBERED:
            self.clear()
            self.update(self._known)
        head = self._known.get(word) or self._other_form(word)
        if len(word) <= _LONGEST:
            self[word] = head
        return head

    def _other_form(self, word: str) -> Head | None:
        long = _LONG.search(word)
        if not long and "'" not in word:
            return None
        bare = word.strip("'")
        bare = bare[:-2] if bare.endswith("'s") else bare
        cue = self._cue(bare)
        if cue is None and long:
            cue = self._cue(_LONG.sub(r"\1", bare)) or self._cue(_LONG.sub(r"\1\1", bare))
        return (cue, None) if cue is not None else None

    def _cue(self, word: str) -> Cue | None:
        head = self._known.get(word)
        return head[0] if head is not None else None


class Lexicon(NamedTuple):
    """Everything the scan needs: English by dictionaries, marks by pattern, all else by automaton."""

    words: dict[str, Cue]
    heads: Heads
    marks: re.Pattern[str]
    marked: dict[str, Cue]
    automaton: Any
    openers: dict[str, tuple[tuple[str, Cue], ...]]
    digest: str


def read_entries(path: Path) -> Iterator[Cue]:
    """Read the entries of one TSV file.

    Parameters
    ----------
    path : pathlib.Path
        The file; its columns are language, form, valence, class, domain, note, source.

    Yields
    ------
    Cue
        One cue for each form of each entry.

    Raises
    ------
    InputError
        If a column is missing, a class unknown, a valence not a number in [-1, 1], or a source empty.
    """
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise InputError("wrong columns in a lexicon", where=str(path), expected=", ".join(COLUMNS))
        for row in reader:
            yield from _cues(row, f"{path}, line {reader.line_num}")


def _cues(row: dict[str, str], where: str) -> Iterator[Cue]:
    if not row["source"]:
        raise InputError(f"the entry {row['form']!r} has no source", where=where, expected="who wrote it")
    if row["class"] not in CLASSES:
        raise InputError(f"unknown class {row['class']!r}", where=where, expected=", ".join(CLASSES))
    try:
        value = float(row["valence"] or 0)
    except ValueError:
        value = 2.0
    if not -1.5 <= value <= 1.5:
        raise InputError(
            f"not a valence: {row['valence']!r}", where=where, expected="a number in [-1.5, 1.5]"
        )
    form = simplify(row["form"].lower())
    if row["language"] == "en" and _HYPHENED.fullmatch(form):
        form = form.replace("-", " ")
    for inflected in forms_of(form, row["note"]) if row["language"] == "en" else (form,):
        yield Cue(CLASSES[row["class"]], value, row["domain"], row["language"], inflected)


def _vader() -> Iterator[Cue]:
    """Read VADER's English lexicon (Hutto and Gilbert 2014, MIT) out of its own package."""
    import vaderSentiment

    path = Path(vaderSentiment.__file__).parent / "vader_lexicon.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        form, mean = line.split("\t")[:2]
        if _PLAIN.fullmatch(form) and len(form) > 2:
            yield Cue(QUALITY, float(mean) * VADER_WEIGHT, "vader", "en", form)


def shipped_files() -> list[Path]:
    """List the lexicons that ship with discourse, in the order they are read."""
    return sorted(FOLDER.glob("*.tsv"))


@lru_cache(maxsize=8)
def load_lexicon(extra: tuple[Path, ...] = (), *, scales: bool = True) -> Lexicon:
    """Build the scanner from the shipped lexicons and the researcher's own.

    Parameters
    ----------
    extra : tuple of pathlib.Path
        Further TSV files; an entry in a later file overrides the same form in an earlier one.
    scales : bool
        Whether to read words of size and amount, such as 很厚.  They tell something of a thing; in posts
        about people they would only hide longer words: 很厚道.

    Returns
    -------
    Lexicon
        Words, automaton and a digest of the bytes read.
    """
    paths: Sequence[Path] = [*shipped_files(), *extra]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    words = {cue.form: cue for cue in _vader()}
    spaced: dict[str, Cue] = {}
    marked = {"\n": Cue(BREAK, 0.0, "sentence", "any", "\n")}  # no TSV can hold this one
    others: dict[str, Cue] = {}
    for path in paths:
        for cue in read_entries(path):
            if cue.domain == "scale" and not scales:
                continue
            if _SPACED.fullmatch(cue.form):
                (spaced if " " in cue.form else words)[cue.form] = cue
            elif cue.form.isascii():
                marked[cue.form] = cue
            else:
                others[cue.form] = cue
    marks = re.compile("|".join(map(re.escape, sorted(marked, key=_longest_first))))
    cues = others | marked
    return Lexicon(
        words, Heads(_heads(words, spaced)), marks, marked, _automaton(cues), _openers(cues), digest
    )


def _heads(words: dict[str, Cue], spaced: dict[str, Cue]) -> dict[str, Head]:
    found: dict[str, dict[str, list[tuple[str, Cue]]]] = {}
    for form in sorted(spaced, key=_longest_first):
        first, second = form.split(" ")[:2]
        found.setdefault(first, {}).setdefault(second, []).append((form, spaced[form]))
    heads: dict[str, Head] = {word: (cue, None) for word, cue in words.items()}
    for first, seconds in found.items():
        heads[first] = (words.get(first), {second: tuple(forms) for second, forms in seconds.items()})
    return heads


def _longest_first(form: str) -> tuple[int, str]:
    return -len(form), form


def _openers(cues: dict[str, Cue]) -> dict[str, tuple[tuple[str, Cue], ...]]:
    """From each character that begins a cue to those cues, the longest first."""
    found: dict[str, list[tuple[str, Cue]]] = {}
    for form in sorted(cues, key=_longest_first):
        found.setdefault(form[0], []).append((form, cues[form]))
    return {character: tuple(forms) for character, forms in found.items()}


def _automaton(cues: dict[str, Cue]) -> Any:
    automaton = ahocorasick.Automaton()
    for form, cue in cues.items():
        automaton.add_word(form, (len(form) - 1, cue))
    automaton.make_automaton()
    return automaton
