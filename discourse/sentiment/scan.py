"""One pass over some posts: where each cue stands.

Chinese, emoji and punctuation are found by one automaton, leftmost and longest; English words and phrases by
another, as whole words.  Offsets are code points of the folded text.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import Final

from discourse.sentiment.cues import Event
from discourse.sentiment.lexicon import Lexicon
from discourse.text.script import simplify

_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_SPACED: Final = re.compile(r"[\u4e00-\u9fff] [\u4e00-\u9fff] (?=[\u4e00-\u9fff])")
_GAP: Final = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


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
    if low.isascii() or " " not in low or _SPACED.search(low) is None:
        return low
    return _GAP.sub("", low)


def inside_word(low: str, start: int, stop: int) -> bool:
    """Whether a Latin phrase only begins or ends in the middle of a word."""
    if start and low[start] in _LETTERS and low[start - 1] in _LETTERS:
        return True
    return stop < len(low) and low[stop - 1] in _LETTERS and low[stop] in _LETTERS


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
    return scan_each([low], lexicon)[0]


def scan_each(lows: list[str], lexicon: Lexicon) -> list[list[Event]]:
    """Find the cues of some folded texts together, which is quicker than one after the other."""
    found = lexicon.others.each(lows)
    english = [number for number, low in enumerate(lows) if low.isascii() or low.islower()]
    for number, words in zip(english, lexicon.words.each([lows[n] for n in english]), strict=True):
        if words:
            events = found[number]
            if events:
                words += events
                words.sort(key=_start)
            found[number] = words
    return found


_start = itemgetter(0)
