"""Many literal strings found in many texts by one pass.

The automaton of ``ahocorasick_rs`` (Rust) walks a text about five times as fast as that of ``pyahocorasick``
(C), whose states search their branches one after the other: at the root stands every character that begins a
Chinese word.  It is used wherever it is installed; where there is no wheel of it the other finds the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress
from typing import Any, Final, Generic, TypeVar

import ahocorasick

try:
    import ahocorasick_rs
except ImportError:  # no wheel for this platform
    ahocorasick_rs = None  # type: ignore[assignment,unused-ignore]

SEPARATOR: Final = "\x00"
"""Stands between texts that are searched together; no string that is looked for may hold it."""
_STAND_IN: Final = "\x01"

Value = TypeVar("Value")
Match = tuple[int, int, int]
"""Number of the string, start and stop (code points)."""


class Literals:
    """An automaton over some strings.

    Parameters
    ----------
    strings : iterable of str
        What to look for; a match gives the number of its string.
    overlapping : bool
        Whether to give every match, in the order of their ends; else the leftmost, and of those the longest.

    Examples
    --------
    >>> Literals(["难民", "难民们", "们都"]).find("难民们都好")
    [(1, 0, 3)]
    """

    def __init__(self, strings: Iterable[str], *, overlapping: bool = False) -> None:
        self.strings = tuple(strings)
        self._overlapping = overlapping
        self._find = (_rust if ahocorasick_rs is not None else _c)(self.strings, overlapping)

    def find(self, text: str) -> list[Match]:
        """Find the strings in one text."""
        try:
            return self._find(text)  # type: ignore[no-any-return]
        except UnicodeEncodeError:  # half a surrogate pair, which no encoding holds
            return self._find("".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text))  # type: ignore[no-any-return]


def joined(texts: list[str]) -> str:
    """Put texts behind each other, each closed by the separator."""
    together = SEPARATOR.join([*texts, ""])
    if together.count(SEPARATOR) > len(texts):
        return joined([text.replace(SEPARATOR, _STAND_IN) for text in texts])
    return together


class Finder(Generic[Value]):
    """Find strings in texts and give what each of them stands for.

    Parameters
    ----------
    values : dict
        From each string to what it stands for.
    overlapping : bool
        As in :class:`Literals`.

    Examples
    --------
    >>> Finder({"love": 1, "hate": -1}).each(["i love it", "", "love or hate"])
    [[(2, 6, 1)], [], [(0, 4, 1), (8, 12, -1)]]
    """

    def __init__(self, values: dict[str, Value], *, overlapping: bool = False) -> None:
        self.values = tuple(values.values())
        self._values: list[Any] = [None, *self.values]  # by number of the string; the first closes a text
        self._literals = Literals((SEPARATOR, *values), overlapping=overlapping)

    def each(self, texts: list[str]) -> list[list[tuple[int, int, Value]]]:
        """Find the strings in some texts: for each text start, stop and value, in order.

        The texts are searched together: a search of its own for each would take longer to call than to do.
        """
        values = self._values
        found: list[list[tuple[int, int, Value]]] = []
        here: list[tuple[int, int, Value]] = []
        origin = 0
        for number, start, stop in self._literals.find(joined(texts)):
            if number:
                here.append((start - origin, stop - origin, values[number]))
            else:
                found.append(here)
                here = []
                origin = stop
        return found

    def values_each(self, texts: list[str]) -> list[list[Value]]:
        """Give for each text what the strings in it stand for, as :meth:`each` does without the places."""
        values = self._values
        found: list[list[Value]] = []
        here: list[Value] = []
        for number, _start, _stop in self._literals.find(joined(texts)):
            if number:
                here.append(values[number])
            else:
                found.append(here)
                here = []
        return found


def _rust(strings: tuple[str, ...], overlapping: bool) -> Any:
    kinds, implementations = ahocorasick_rs.MatchKind, ahocorasick_rs.Implementation
    automaton = ahocorasick_rs.AhoCorasick(
        strings,
        matchkind=kinds.Standard if overlapping else kinds.LeftmostLongest,
        implementation=implementations.ContiguousNFA,  # as quick here as DFA, in a tenth of its room
        store_patterns=False,
    )
    find = automaton.find_matches_as_indexes
    return (lambda text: find(text, overlapping=True)) if overlapping else find


def _c(strings: tuple[str, ...], overlapping: bool) -> Any:
    automaton: Any = ahocorasick.Automaton()
    for number, string in enumerate(strings):
        automaton.add_word(string, (number, len(string) - 1))
    automaton.make_automaton()
    heads = _by_first(strings)

    def find(text: str) -> list[Match]:
        if not overlapping and len(text.encode("utf-8", "surrogatepass")) < 2 * len(text):
            return _looked_up(text, heads)
        every = [(number, end - reach, end + 1) for end, (number, reach) in automaton.iter(text)]
        return every if overlapping else _leftmost(every)

    return find


def _leftmost(matches: list[Match]) -> list[Match]:
    """Keep the leftmost and longest: ``iter_long`` forgets some that begin inside a longer string."""
    found: list[Match] = []
    reach = 0
    for match in sorted(matches, key=lambda match: (match[1], -match[2])):
        if match[1] >= reach:
            found.append(match)
            reach = match[2]
    return found


_Heads = dict[str, list[tuple[int, str]]]


def _by_first(strings: tuple[str, ...]) -> _Heads:
    """From each first character to the strings that it begins, the longest first."""
    heads: _Heads = {}
    for number, string in sorted(enumerate(strings), key=lambda item: -len(item[1])):
        heads.setdefault(string[0], []).append((number, string))
    return heads


def _looked_up(text: str, heads: _Heads) -> list[Match]:
    """Find strings, leftmost and longest, by a look at each character.

    In Latin text with few strings to find the automaton of C stumbles over every letter; this is several
    times quicker there.
    """
    found: list[Match] = []
    reach = 0
    candidates = list(map(heads.get, text))
    for start in compress(range(len(text)), candidates):
        if start < reach:
            continue
        for number, string in candidates[start] or ():
            if text.startswith(string, start):
                reach = start + len(string)
                found.append((number, start, reach))
                break
    return found
