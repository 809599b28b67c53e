"""One pass over a post: where each cue stands.

Chinese, phrases, emoji and punctuation are found by one Aho-Corasick automaton, leftmost and longest;
English words by one regular expression and a dictionary.  Offsets are code points of the original text.
"""

from __future__ import annotations

import re

from discourse.sentiment.cues import Cue, Event
from discourse.sentiment.lexicon import Lexicon
from discourse.text.script import simplify

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_SPACED = re.compile(r"[\u4e00-\u9fff] [\u4e00-\u9fff] (?=[\u4e00-\u9fff])")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_LONG = re.compile(r"([a-z])\1\1+")


def fold(text: str) -> str:
    """Fold a text for matching: simplified characters, lower case, straight apostrophes, same length.

    Examples
    --------
    >>> fold("難民 Love It’s")
    "难民 love it's"
    """
    if text.isascii():
        return text.lower()
    text = simplify(text).replace("’", "'")
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def closed_up(low: str) -> str:
    """Close up Chinese that was spaced out character by character (课 程 很 好).

    Examples
    --------
    >>> closed_up("课 程 很 好"), closed_up("good 课程")
    ('课程很好', 'good 课程')
    """
    return _GAP.sub("", low) if _SPACED.search(low) else low


def inside_word(low: str, start: int, stop: int) -> bool:
    """Whether a Latin phrase only begins or ends in the middle of a word."""
    before = low[start - 1 : start]
    after = low[stop : stop + 1]
    first, last = low[start], low[stop - 1]
    return (first.isascii() and first.isalpha() and before.isascii() and before.isalpha()) or (
        last.isascii() and last.isalpha() and after.isascii() and after.isalpha()
    )


def scan(low: str, lexicon: Lexicon) -> list[Event]:
    """Find all cues of a folded text, in order, none overlapping another.

    Parameters
    ----------
    low : str
        A text after :func:`fold`.
    lexicon : Lexicon
        The cues to look for.

    Returns
    -------
    list of Event
        Start, stop and cue.
    """
    phrases: list[Event] = []
    for end, cue in lexicon.automaton.iter_long(low):
        stop = end + 1
        start = stop - len(cue.form)
        if cue.lang != "en" or not inside_word(low, start, stop):
            phrases.append((start, stop, cue))
    words = _words(low, lexicon.words)
    return _merge(phrases, words) if words else phrases


def _words(low: str, known: dict[str, Cue]) -> list[Event]:
    found: list[Event] = []
    get = known.get
    for match in _WORD.finditer(low):
        word = match.group()
        cue = get(word) or (_stretched(word, known) if len(word) > 4 else None)
        if cue is not None:
            found.append((match.start(), match.end(), cue))
    return found


def _stretched(word: str, known: dict[str, Cue]) -> Cue | None:
    """Look up a word with letters repeated for emphasis: soooo, looove."""
    if not _LONG.search(word):
        return known.get(word[:-2]) if word.endswith("'s") else None
    return known.get(_LONG.sub(r"\1", word)) or known.get(_LONG.sub(r"\1\1", word))


def _merge(phrases: list[Event], words: list[Event]) -> list[Event]:
    """Put both lists in order; a phrase wins over the words in it."""
    if not phrases:
        return words
    events = sorted(phrases + words, key=_position)
    kept: list[Event] = []
    reach = -1
    for event in events:
        if event[0] >= reach:
            kept.append(event)
            reach = event[1]
    return kept


def _position(event: Event) -> tuple[int, int]:
    return event[0], -event[1]
