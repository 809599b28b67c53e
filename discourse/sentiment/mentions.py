"""Where a post speaks of a target: by name, and in which sense.

Names are literal strings.  A longer look-alike hides the name in it; a cue of another sense (war, asylum)
makes the post absent unless a cue of the sense meant stands beside it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import ahocorasick

from discourse.sentiment.inflection import forms_of
from discourse.sentiment.scan import _inside_word, fold
from discourse.sentiment.target import Target

_NAME, _LOOKALIKE = 0, 1
_OF_CHINESE = frozenset("的")


class Matcher(NamedTuple):
    """The strings of one target, compiled."""

    target: Target
    names: Any
    literal: Any
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
    for word in target.all("names"):
        for form in forms_of(fold(word), "noun" if word.isascii() else ""):
            names[form] = _NAME
    names |= {fold(word): _LOOKALIKE for word in target.all("lookalikes")}
    return Matcher(
        target,
        _automaton(names),
        _automaton(_strings(target, "literal")),
        _automaton(_strings(target, "context")),
        _automaton(_strings(target, "address")),
        tuple(sorted(_strings(target, "modifiers"), key=len, reverse=True)),
    )


def _hits(automaton: Any, low: str) -> list[tuple[int, int, int]]:
    """Leftmost-longest matches on word boundaries: start, stop, kind."""
    found = []
    for end, (length, kind) in automaton.iter_long(low):
        start = end + 1 - length
        if not _inside_word(low, start, end + 1):
            found.append((start, end + 1, kind))
    return found


def has_any(automaton: Any, low: str) -> bool:
    """Whether any string of an automaton stands in a text as whole words."""
    return automaton is not None and bool(_hits(automaton, low))


def _modified(low: str, start: int, modifiers: tuple[str, ...]) -> bool:
    before = low[max(0, start - 24) : start].rstrip()
    return before.endswith(modifiers) and bool(modifiers)


def find_names(low: str, matcher: Matcher) -> list[tuple[int, int]]:
    """Find the namings of a target in a folded text.

    Returns
    -------
    list of (int, int)
        Start and stop of each naming, in order; empty where the words stand for somebody else.
    """
    found = _hits(matcher.names, low)
    if not found:
        return []
    names = [
        (start, stop)
        for start, stop, kind in found
        if kind == _NAME and not (matcher.modifiers and _modified(low, start, matcher.modifiers))
    ]
    if not names or matcher.literal is None:
        return names
    return [] if _other_sense(low, names, matcher) else names


def _other_sense(low: str, names: list[tuple[int, int]], matcher: Matcher) -> bool:
    literal = _hits(matcher.literal, low)
    if not literal:
        return False
    context = _hits(matcher.context, low) if matcher.context is not None else []
    return len(context) == 0
