"""One pass over a post: where each cue stands.

Chinese, phrases, emoji and punctuation are found by one Aho-Corasick automaton, leftmost and longest;
English words by one regular expression and a dictionary.  Offsets are code points of the original text.
"""

from __future__ import annotations

import re
from itertools import accumulate, compress
from operator import itemgetter

from discourse.sentiment.cues import Cue, Event
from discourse.sentiment.lexicon import Lexicon
from discourse.text.script import simplify

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_SPACED = re.compile(r"[\u4e00-\u9fff] [\u4e00-\u9fff] (?=[\u4e00-\u9fff])")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
END = "\x00"
"""Put behind a text: at its very end ``iter_long`` forgets a match inside the beginning of a longer word."""


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
    if low.isascii():
        found = [(m.start(), m.end(), lexicon.marked[m.group()]) for m in lexicon.marks.finditer(low)]
    else:
        found = _cues(low, lexicon)
        if not low.islower():  # no letter that has a case
            return found
    words = _words(low, lexicon)
    if not words:
        return found
    if found:
        words += found
        words.sort(key=_start)
    return words


def _cues(low: str, lexicon: Lexicon) -> list[Event]:
    """Find what is not an English word or phrase, leftmost and longest.

    The automaton is quick where most characters go on with a word, as in Chinese; in Latin text with an emoji
    it stumbles over every letter, and a look at the characters that begin a cue is several times faster.
    """
    if len(low.encode("utf-8", "surrogatepass")) > 2 * len(low):
        return [(end - reach, end + 1, cue) for end, (reach, cue) in lexicon.automaton.iter_long(low + END)]
    found: list[Event] = []
    reach = 0
    openers = list(map(lexicon.openers.get, low))
    for start in compress(range(len(low)), openers):
        if start < reach:
            continue
        for form, cue in openers[start]:  # type: ignore[union-attr]
            if low.startswith(form, start):
                reach = start + len(form)
                found.append((start, reach, cue))
                break
    return found


_start = itemgetter(0)


class _Spaces(dict[int, str]):
    """Every character but a small Latin letter or an apostrophe becomes a space."""

    def __missing__(self, code: int) -> str:
        self[code] = " "
        return " "


_TO_WORDS = _Spaces({ord(c): c for c in "abcdefghijklmnopqrstuvwxyz'"})


def _words(low: str, lexicon: Lexicon) -> list[Event]:
    """Look up English phrases and words.  Splitting at spaces is several times faster than matching."""
    spaced = low.translate(_TO_WORDS)
    words = spaced.split(" ")
    heads = list(map(lexicon.heads.__getitem__, words))
    if not any(heads):
        return []
    words.append("")
    before = list(accumulate(map(len, words)))
    found: list[Event] = []
    reach = 0
    for number in compress(range(len(heads)), heads):
        word = words[number]
        stop = before[number] + number
        start = stop - len(word)
        if start < reach:
            continue
        cue, seconds = heads[number]  # type: ignore[misc]
        if seconds is not None:
            candidates = seconds.get(words[number + 1])
            phrase = _phrase(spaced, start, candidates) if candidates is not None else None
            if phrase is not None:
                found.append(phrase)
                reach = phrase[1]
                continue
        if cue is not None:
            found.append((start, stop, cue))
    return found


def _phrase(spaced: str, start: int, candidates: tuple[tuple[str, Cue], ...]) -> Event | None:
    for form, cue in candidates:
        stop = start + len(form)
        if spaced.startswith(form, start) and (stop == len(spaced) or spaced[stop] == " "):
            return start, stop, cue
    return None
