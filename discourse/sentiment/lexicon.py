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
from typing import NamedTuple

from discourse.errors import InputError
from discourse.sentiment.cues import BREAK, CLASSES, QUALITY, Cue
from discourse.sentiment.inflection import forms_of
from discourse.sentiment.words import Words
from discourse.text.literals import Finder
from discourse.text.script import simplify

FOLDER = Path(__file__).resolve().parent / "lexicons"
COLUMNS = ("language", "form", "valence", "class", "domain", "note", "source")
_SPACED = re.compile(r"[a-z']+(?: [a-z']+)*")
_HYPHENED = re.compile(r"[a-z' -]*[a-z][a-z' -]*")
_PLAIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
VADER_WEIGHT = 0.2  # VADER's scale runs to 4; a cue of its own layer counts a little less than ours


class Lexicon(NamedTuple):
    """Everything the scan needs: English words and phrases, all other cues, a digest of the bytes read."""

    words: Words
    others: Finder[Cue]
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


def plain_bytes(path: Path) -> bytes:
    """Read a file for a hash: its lines end alike on every system."""
    return path.read_bytes().replace(b"\r\n", b"\n")


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
    digest = hashlib.sha256(b"".join(map(plain_bytes, paths))).hexdigest()
    words = {cue.form: cue for cue in _vader()}
    others = {"\n": Cue(BREAK, 0.0, "sentence", "any", "\n")}  # no TSV can hold this one
    phrases: dict[str, Cue] = {}
    for path in paths:
        for cue in read_entries(path):
            if cue.domain == "scale" and not scales:
                continue
            if _SPACED.fullmatch(cue.form):
                (phrases if " " in cue.form else words)[cue.form] = cue
            else:
                others[cue.form] = cue
    return Lexicon(Words(words, phrases), Finder(others), digest)
