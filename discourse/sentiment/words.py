"""English words and phrases of a lexicon, found in posts as whole words, the longest phrase first."""

from __future__ import annotations

import re
from typing import Final

from discourse.sentiment.cues import Cue, Event
from discourse.text.literals import SEPARATOR, Literals, joined

_LONG: Final = re.compile(r"([a-z])\1\1+")
_REMEMBERED: Final = 20_000  # words of posts that are kept with what they are; memory stays flat
_LONGEST: Final = 32
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
# Every character but a small Latin letter or an apostrophe becomes a space; posts stay apart.
_TO_WORDS: Final = bytes(code if chr(code) in f"{_LETTERS}'{SEPARATOR}" else 32 for code in range(256))
# Signs of a word in another form than its own: don't bears none, only an edge or a possessive does.
_ODD: Final = (" '", "' ", "'s ", *(letter * 3 for letter in _LETTERS))


class OddWords:
    """Words in a form that no lexicon lists: quoted, possessive, with letters repeated: 'love', soooo.

    Each is looked at once and remembered with the cue that it is a form of.
    """

    def __init__(self, words: dict[str, Cue], known: frozenset[str]) -> None:
        self._words = words
        self._known = known
        self._seen: dict[str, Cue | None] = {}

    def __len__(self) -> int:
        return len(self._seen)

    def cue_of(self, word: str) -> Cue | None:
        """Give the cue that a word is a form of, if there is one."""
        if word in self._seen:
            return self._seen[word]
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        cue = None if word in self._known else self._form_of(word)
        if len(word) <= _LONGEST:
            self._seen[word] = cue
        return cue

    def _form_of(self, word: str) -> Cue | None:
        long = _LONG.search(word)
        bare = word.strip("'")
        bare = bare[:-2] if bare.endswith("'s") else bare
        cue = self._words.get(bare)
        if cue is None and long:
            cue = self._words.get(_LONG.sub(r"\1", bare)) or self._words.get(_LONG.sub(r"\1\1", bare))
        return cue


class Words:
    """Find English words and phrases.

    Each is looked for between two spaces, all of them at once; neighbours share a space, so the matches
    overlap, and of those that hold the same word the first and longest is kept.

    Parameters
    ----------
    words, phrases : dict of str to Cue
        Forms of one word and of several.
    """

    def __init__(self, words: dict[str, Cue], phrases: dict[str, Cue]) -> None:
        cues = words | phrases
        self.odd = OddWords(words, frozenset(words) | {form.partition(" ")[0] for form in phrases})
        strings = (SEPARATOR, *_ODD, *(f" {form} " for form in cues))
        self._literals = Literals(strings, overlapping=True)
        self._cues: list[Cue | None] = [None] * (1 + len(_ODD)) + list(cues.values())

    def each(self, lows: list[str]) -> list[list[Event]]:
        """Find the words of some folded texts; for each text its cues in order, none overlapping another."""
        spaced = _spaced(lows)
        cues = self._cues
        found: list[list[Event]] = []
        here: list[Event] = []
        origin = 1  # where the text at hand begins
        reach = seen = 0
        for number, first, last in self._literals.find(spaced):
            cue = cues[number]
            if cue is not None:
                start, stop = first + 1 - origin, last - 1 - origin
            elif not number:
                found.append(here)
                here = []
                origin = last + 1
                reach = 0
                continue
            elif first < seen:  # a further sign of a word that was looked at
                continue
            else:
                start, seen = spaced.rfind(" ", 0, first + 1) + 1, spaced.find(" ", first + 1)
                cue = self.odd.cue_of(spaced[start:seen])
                if cue is None:
                    continue
                start, stop = start - origin, seen - origin
            if start < reach and _is_hidden(here, start):
                continue
            here.append((start, stop, cue))
            reach = stop
        return found


def _spaced(lows: list[str]) -> str:
    """Some texts with nothing but words between spaces; each character stays where it is in its text."""
    text = " " + joined(lows).replace(SEPARATOR, f" {SEPARATOR} ")
    return text.encode("ascii", "replace").translate(_TO_WORDS).decode("ascii")


def _is_hidden(found: list[Event], start: int) -> bool:
    """Whether a match stands in a phrase that begins before it; if not, drop those that it hides."""
    number = len(found)
    while number and found[number - 1][0] >= start:
        number -= 1
    if number and found[number - 1][1] > start:
        return True
    del found[number:]
    return False
