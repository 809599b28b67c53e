"""Where a post speaks of a target: by name, and in which sense.

Names are literal strings.  A longer look-alike hides the name in it; a cue of another sense (war, asylum)
makes the post absent unless a cue of the sense meant stands beside it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

import ahocorasick

from discourse.sentiment.inflection import forms_of
from discourse.sentiment.scan import fold, inside_word
from discourse.sentiment.target import Target

_GAP = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_NAME, _GENERAL, _LOOKALIKE = 0, 1, 2
_YOU = ("你们", "you", "各位", "u ", "y'all")


class Matcher(NamedTuple):
    """The strings of one target, compiled."""

    target: Target
    names: Any
    literal: Any
    elsewhere: Any
    context: Any
    address: Any
    modifiers: tuple[str, ...]


def _automaton(strings: dict[str, int]) -> Any:
    automaton = ahocorasick.Automaton()
    for string, kind in strings.items():
        automaton.add_word(string, (len(string), kind))
    automaton.make_automaton()
    return automaton if strings else None


def _strings(target: Target, key: str) -> dict[str, int]:
    return {fold(word): 0 for word in target.all(key)}


@lru_cache(maxsize=4096)
def matcher_for(target: Target) -> Matcher:
    """Compile the strings of a target, once."""
    names: dict[str, int] = {}
    for key, kind in (("general", _GENERAL), ("names", _NAME)):
        for word in target.all(key):
            for form in forms_of(fold(word), "noun" if word.isascii() else ""):
                names[form] = kind
                names[_GAP.sub("", form)] = kind
    names |= {fold(word): _LOOKALIKE for word in target.all("lookalikes")}
    cues = (_automaton(_strings(target, key)) for key in ("literal", "elsewhere", "context", "address"))
    modifiers = tuple(sorted(_strings(target, "modifiers"), key=lambda word: (-len(word), word)))
    return Matcher(target, _automaton(names), *cues, modifiers)


def _hits(automaton: Any, low: str) -> list[tuple[int, int, int]]:
    """Leftmost-longest matches on word boundaries: start, stop, kind."""
    found = []
    for end, (length, kind) in automaton.iter_long(low):
        start = end + 1 - length
        if not inside_word(low, start, end + 1):
            found.append((start, end + 1, kind))
    return found


def is_addressed(low: str, matcher: Matcher) -> bool:
    """Whether a post that names nobody speaks to the target: welcome to rednote, you guys."""
    if matcher.address is None or not any(word in low for word in _YOU):
        return False
    return bool(_hits(matcher.address, low))


def _modified(low: str, start: int, modifiers: tuple[str, ...]) -> bool:
    """Whether a word before a naming makes it somebody else: Syrian refugees."""
    return bool(modifiers) and low[max(0, start - 24) : start].rstrip().endswith(modifiers)


def find_names(low: str, matcher: Matcher) -> list[tuple[int, int]]:
    """Find the namings of a target in a folded text.

    Parameters
    ----------
    low : str
        A text after ``fold``.
    matcher : Matcher
        The target, compiled.

    Returns
    -------
    list of (int, int)
        Start and stop of each naming, in order; empty where the words stand for somebody else.
    """
    found = _hits(matcher.names, low)
    if not found:
        return []
    kept = [hit for hit in found if hit[2] != _LOOKALIKE and not _modified(low, hit[0], matcher.modifiers)]
    if not kept or (
        len(kept) < len(found) and matcher.context is not None and not _hits(matcher.context, low)
    ):
        return []
    if _other_sense(low, kept, matcher):
        return []
    return [(start, stop) for start, stop, _kind in kept]


def _count(automaton: Any, low: str) -> int:
    return len(_hits(automaton, low)) if automaton is not None else 0


def _other_sense(low: str, names: list[tuple[int, int, int]], matcher: Matcher) -> bool:
    """Weigh the cues of another sense against those of the sense meant."""
    strong = _count(matcher.literal, low)
    weak = _count(matcher.elsewhere, low)
    if not strong and not weak:
        return False
    general = all(kind == _GENERAL for _start, _stop, kind in names)
    against = 2 * strong + weak * (2 if general else 1)
    return against >= 2 and against > 2 * _count(matcher.context, low)
