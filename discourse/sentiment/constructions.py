"""Constructions: attitudes that no single word carries, read from their whole shape.

"One more refugee post and I'm out" holds no word of blame.  Each construction is a pattern with gaps, kept
as data (constructions.tsv), with the words that must stand in a post before the pattern is tried.  It does
one thing with what the clauses said:

``post`` decides the post, ``say`` adds to it, ``mute`` drops what is said inside the pattern, ``turn`` takes
praise inside it as blame, ``plain`` reads valences inside it as if nothing denied them, ``deny`` as denied.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from discourse.errors import InputError
from discourse.sentiment.cues import OUTCRY, Cue
from discourse.sentiment.heads import alternatives, headed
from discourse.sentiment.modifiers import negate
from discourse.sentiment.needs import Need, can_match, needs_of, unmet
from discourse.sentiment.reading import Evidence, Reading
from discourse.text.literals import Finder
from discourse.text.script import simplify

FILE: Final = Path(__file__).with_name("constructions.tsv")
ACTS: Final = ("post", "say", "mute", "turn", "plain", "deny")
EMPHASIS: Final = 1.2
_MARK: Final = (
    "\x02"  # within ASCII: an English post with a naming marked is still searched a byte a character
)
# Each choice begins with a letter: where it is not the next one the engine goes by without a try.
_RUN: Final = rf"{_MARK}{_MARK}*(?:'s|')?们?"
_BEFORE_RUN: Final = ("t(?:he|hese|hose|his)", "all", "our", "some", "you", "every")
_LED: Final = [f"{word} (?:(?:the|these|those|all|our|some|you|this|every) )*{_RUN}" for word in _BEFORE_RUN]
_PRONOUNS: Final = (
    *(
        rf"{word}\b"
        for word in ("they", "them", "you guys", "you", "these people", "those people", "these guys")
    ),
    *("他们", "她们", "你们", "这帮人", "这群人", "这些人", "人家"),
)
_NAMED: Final = f"(?:{'|'.join((_RUN, *_LED))})"
_THEY: Final = f"(?:{'|'.join((_RUN, *_LED, *_PRONOUNS))})"
# Where a pattern opens with a run of anything but stops, its first match begins right behind a stop: no other
# place need be tried.
_OPEN: Final = re.compile(r"^\[\^([^\]]+)\]\*(?![+?])")
_LETTER: Final = re.compile("[a-z]")
_IRONY: Final = -0.8
_ASKED: Final = ("哪里", "什么可", "有什么", "有啥")


class Construction:
    """One pattern, what it does, its valence, and the rule that names it in the evidence."""

    __slots__ = ("act", "find", "needs", "pattern", "rule", "value")

    def __init__(
        self, pattern: re.Pattern[str], act: str, value: float, rule: str, needs: tuple[Need, ...]
    ) -> None:
        self.pattern = pattern
        # A search for what stands at the beginning would be tried at every place.
        anchored = pattern.pattern.startswith("^") and len(alternatives(pattern.pattern)) == 1
        self.find: Callable[[str], re.Match[str] | None] = pattern.match if anchored else pattern.search
        self.act = act
        self.value = value
        self.rule = rule
        self.needs = needs


@cache
def load_constructions(path: Path = FILE) -> tuple[tuple[Construction, ...], Finder[tuple[int, ...]]]:
    """Read the constructions, and what finds the words that call for each.

    Parameters
    ----------
    path : pathlib.Path
        TSV with language, triggers, pattern, act, valence, note, source.

    Returns
    -------
    tuple of Construction
        In the order of the file.
    Finder
        Finds each trigger and gives the numbers of the constructions that it calls for.

    Raises
    ------
    InputError
        If an act is unknown or a source is empty.

    Examples
    --------
    >>> constructions, _ = load_constructions()
    >>> constructions[0].rule
    'rarely met such'
    """
    found: list[Construction] = []
    calls: dict[str, list[int]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            if row["act"] not in ACTS or not row["source"]:
                raise InputError("a construction lacks act or source", where=where, expected=", ".join(ACTS))
            triggers = simplify(row["triggers"]).split("|")
            for trigger in triggers:
                calls.setdefault(trigger, []).append(len(found))
            pattern = simplify(row["pattern"])
            needs = unmet(needs_of(_written_out(pattern)), triggers)
            shape = re.compile(_written_out(headed(pattern)))
            found.append(Construction(shape, row["act"], float(row["valence"] or 0), row["note"], needs))
    calling = Finder({form: tuple(numbers) for form, numbers in calls.items()}, overlapping=True)
    return tuple(found), calling


def _written_out(pattern: str) -> str:
    """Write out the namings in a pattern, and where a search for it need not begin."""
    if pattern.startswith("{N}"):  # what may stand before a naming adds nothing there
        pattern = _tried_once(_RUN) + pattern[3:]
    elif pattern.startswith("{T}"):
        pattern = _tried_once(_THEY) + pattern[3:]
    pattern = _OPEN.sub(r"(?<![^\1])\g<0>", pattern)
    return pattern.replace("{N}", _NAMED).replace("{T}", _THEY)


def _tried_once(naming: str) -> str:
    """Let a search try a naming where its first mark stands, and not again at each of the others."""
    return naming.replace(_MARK, f"{_MARK}(?<!{_MARK}{_MARK})", 1)


def called_each(lows: list[str]) -> list[list[int]]:
    """Say for some folded texts which constructions their words call for, in the order of the file."""
    _constructions, calling = load_constructions()
    return [sorted(set().union(*calls)) if calls else [] for calls in calling.values_each(lows)]


def read_constructions(
    reading: Reading,
    low: str,
    names: list[tuple[int, int]],
    called: list[int],
    constructions: tuple[Construction, ...],
) -> None:
    """Let the constructions of a post change what its clauses said.

    Parameters
    ----------
    reading : Reading
        The evidence so far; changed in place.
    low : str
        The folded text.
    names : list of (int, int)
        Where the target is named.
    called : list of int
        The constructions that its words call for (:func:`called_each`).
    constructions : tuple of Construction
        All of them (:func:`load_constructions`).
    """
    marked = low.replace(_MARK, " ")
    for start, stop in names:
        marked = marked[:start] + _MARK * (stop - start) + marked[stop:]
    decided: Evidence | None = None
    for number in called:
        construction = constructions[number]
        if construction.needs and not can_match(construction.needs, marked):
            continue
        match = construction.find(marked)
        if match is None:
            continue
        if construction.act == "post":
            decided = decided or _evidence(match, construction)
        else:
            _apply(reading, match, construction)
    if decided is not None:
        reading.found = [decided] if decided.value else []
        reading.beside.clear()
        reading.ironic = frozenset()
        reading.wanted = False


def _evidence(match: re.Match[str], construction: Construction) -> Evidence:
    lang = "en" if _LETTER.search(match.group()) else "zh"
    cue = Cue(OUTCRY, construction.value, "construction", lang, match.group())
    return Evidence(match.start(), match.end(), construction.value, 1.0, construction.rule, cue, False)


def _apply(reading: Reading, match: re.Match[str], construction: Construction) -> None:
    first, last = match.span()
    kept: list[Evidence] = []
    for item in reading.found:
        if first <= item.start < last:
            changed = _changed(item, construction)
            if changed is not None:
                kept.append(changed)
        else:
            kept.append(item)
    if construction.act == "say":
        kept.append(_evidence(match, construction))
        kept.sort(key=lambda item: item.start)
    reading.found = kept


def _changed(item: Evidence, construction: Construction) -> Evidence | None:
    """What becomes of evidence inside a construction; None where it is dropped."""
    act, rule = construction.act, f"{item.rule}, {construction.rule}"
    if act == "turn":
        return item.changed(item.value * _IRONY, rule) if item.value > 0 else item
    if act in ("mute", "say") or not item.cue.value or item.cue.form in ("doubt", "doubts"):
        return None
    asked = item.cue.form.startswith(_ASKED)  # 没觉得哪里有趣: the question word belongs to the denial
    value = item.cue.value * EMPHASIS if act == "plain" or asked else negate(item.cue.value)
    return item.changed(max(-1.0, min(1.0, value)), rule)
