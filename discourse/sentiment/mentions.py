"""Where a post speaks of a target: by name, and in which sense.

Names are literal strings.  A longer look-alike hides the name in it; a cue of another sense (war, asylum)
makes the post absent unless a cue of the sense meant stands beside it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from discourse.sentiment.inflection import forms_of
from discourse.sentiment.scan import fold, inside_word
from discourse.sentiment.target import Target
from discourse.text.literals import Finder

_GAP: Final = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
# A sure naming holds a cue of the sense meant (TikTok refugees).
_SURE: Final = 0
_NAME: Final = 1
_GENERAL: Final = 2
_LOOKALIKE: Final = 3
_LITERAL: Final = 4
_ELSEWHERE: Final = 5
_CONTEXT: Final = 6
_KIN: Final = 7
# Families that fled before there was an app to flee from.
_HISTORY: Final = re.compile(
    r"(?:grand\w+|mother|father|mom|dad|parents|family|ancestors|aunt|uncle)\b[^.!?\n]{0,40}refugees?\b[^.!?\n]{0,24}"
    r"\b(?:1[89]\d\d|century)\b"
    r"|\b(?:my|his|her|our|their) (?:great )?(?:grand\w+|mother|father|mom|dad|parents|family|ancestors|aunt"
    r"|uncle)\b[^.!?\n]{0,16}\b(?:was|were|came(?: here)? as|arrived as|fled as|had been) (?:an? )?(?:war )?"
    r"refugees?\b"
    r"|(?:爷爷|奶奶|外公|外婆|姥姥|姥爷|祖父|祖母|太爷爷|曾祖|父亲|母亲|祖辈|一家)[^。！？\n]{0,14}"
    r"(?:(?:1[89]\d\d|[一二三四五六七八九十]+年代)[^。！？\n]{0,10}难民|难民[^。！？\n]{0,10}1[89]\d\d)"
    r"|逃难[^。！？\n]{0,16}难民|难民[^。！？\n]{0,16}逃难"
)
# One of these stands in whatever the pattern above finds.
_KIN_WORDS = """grandmother grandfather grandparents grandma grandpa grandmothers grandfathers granny grandad
grandmas grandpas grandaunt granduncle grandmom granddad grandfather's grandmother's grandma's grandpa's
mother father mom dad parents family ancestors aunt uncle
爷爷 奶奶 外公 外婆 姥姥 姥爷 祖父 祖母 曾祖 父亲 母亲 祖辈 一家 逃难"""
_FAMILY: Final = _KIN_WORDS.split()
_YOU: Final = ("你们", "you", "各位", "u ", "y'all")
_TAIL: Final = 2  # of a modifier: most namings follow something that ends otherwise


class Matcher:
    """The strings of one target, compiled: one automaton for namings and cues of their sense."""

    __slots__ = ("address", "beside", "names", "senses", "tails", "target", "voices")

    def __init__(
        self,
        target: Target,
        names: Finder[int],
        address: Finder[int] | None,
        voices: Finder[int] | None,
        beside: Finder[int] | None,
        modifiers: tuple[str, ...],
    ) -> None:
        self.target = target
        self.names = names
        self.address = address
        self.voices = voices
        self.beside = beside
        self.tails: dict[str, tuple[str, ...]] = {}  # from how a modifier ends to those that end so
        for word in modifiers:
            tail = word[-_TAIL:]
            self.tails[tail] = (*self.tails.get(tail, ()), word)
        self.senses = bool(target.all("literal") or target.all("elsewhere"))


def _finder(strings: dict[str, int]) -> Finder[int] | None:
    return Finder(strings) if strings else None


def _strings(target: Target, key: str) -> list[str]:
    return [fold(word) for word in target.all(key)]


@lru_cache(maxsize=4096)
def matcher_for(target: Target) -> Matcher:
    """Compile the strings of a target, once."""
    strings: dict[str, int] = dict.fromkeys(_FAMILY, _KIN) if target.all("literal") else {}
    context = _strings(target, "context")
    for key, kind in (("context", _CONTEXT), ("elsewhere", _ELSEWHERE), ("literal", _LITERAL)):
        strings |= dict.fromkeys(_strings(target, key), kind)
    for key, kind in (("general", _GENERAL), ("names", _NAME)):
        for word in target.all(key):
            for form in forms_of(fold(word), "noun" if word.isascii() else ""):
                sure = any(cue in form for cue in context)
                strings[form] = strings[_GAP.sub("", form)] = _SURE if sure else kind
    strings |= dict.fromkeys(_strings(target, "lookalikes"), _LOOKALIKE)
    modifiers = tuple(sorted(_strings(target, "modifiers"), key=lambda word: (-len(word), word)))
    address, voices, beside = (
        _finder(dict.fromkeys(_strings(target, key), _NAME)) for key in ("address", "voices", "beside")
    )
    return Matcher(target, Finder(strings), address, voices, beside, modifiers)


_Hit = tuple[int, int, int]
"""Start, stop and kind."""


def _hits(finder: Finder[int], low: str) -> list[_Hit]:
    """Leftmost-longest matches on word boundaries."""
    return _whole(finder.each([low])[0], low)


def _whole(hits: list[_Hit], low: str) -> list[_Hit]:
    """Keep the matches that stand on word boundaries."""
    return [
        hit
        for hit in hits
        if (low[hit[1] - 1] > "z" and low[hit[0]] > "z")
        or not inside_word(low, hit[0], hit[1])
        or (hit[2] == _SURE and _in_tag(low, hit[0]))
    ]


def _in_tag(low: str, start: int) -> bool:
    """Whether a naming stands among the joined words of a tag: #welcometiktokrefugees."""
    while start and (low[start - 1].isalnum() or low[start - 1] == "_"):
        start -= 1
    return start > 0 and low[start - 1] == "#"


def is_addressed(low: str, matcher: Matcher) -> bool:
    """Whether a post that names nobody speaks to the target: welcome to rednote, you guys."""
    if matcher.address is None or not any(word in low for word in _YOU):
        return False
    return bool(_hits(matcher.address, low))


_YOU_WORD: Final = re.compile(r"[你您妳]|\b(?:you|your|yours|you're|u|ur|y'all)\b")


def answers_member(low: str, parent: str, matcher: Matcher) -> bool:
    """Whether a post says "you" to an author who shows to be one of the target."""
    if matcher.voices is None or _YOU_WORD.search(low) is None:
        return False
    return bool(_hits(matcher.voices, parent))


def names_others(low: str, matcher: Matcher) -> bool:
    """Whether a post names somebody or something that stands beside the target: the app, the ban."""
    return matcher.beside is not None and bool(_hits(matcher.beside, low))


def _modified(low: str, start: int, matcher: Matcher) -> bool:
    """Whether a word before a naming makes it somebody else: Syrian refugees."""
    if not start:
        return False
    before = low[max(0, start - 24) : start].rstrip(" ")
    words = matcher.tails.get(before[-_TAIL:])
    if words is not None and before.endswith(words):
        return True
    words = matcher.tails.get(before[-1:])  # a modifier of one character
    return words is not None and before.endswith(words)


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
    return _namings(low, matcher.names.each([low])[0], matcher)


def find_names_each(lows: list[str], matcher: Matcher) -> list[list[tuple[int, int]]]:
    """Find the namings of a target in some folded texts, as :func:`find_names` does in one."""
    found = matcher.names.each(lows)
    return [_namings(low, hits, matcher) if hits else [] for low, hits in zip(lows, found, strict=True)]


def _namings(low: str, hits: list[_Hit], matcher: Matcher) -> list[tuple[int, int]]:
    """Say which matches are namings of the target, if it is meant at all."""
    found = _whole(hits, low)
    kept = [hit for hit in found if hit[2] <= _GENERAL and not _modified(low, hit[0], matcher)]
    if not kept:
        return []
    if matcher.senses and len(kept) < len(found):
        kinds = [kind for _start, _stop, kind in found]
        doubted = kinds.count(_CONTEXT) + len(kept) < len(kinds)  # seldom
        if doubted and (_other_sense(kinds, kept) or (_KIN in kinds and _HISTORY.search(low))):
            return []
    return [(start, stop) for start, stop, _kind in kept]


def _other_sense(kinds: list[int], kept: list[_Hit]) -> bool:
    """Weigh the cues of another sense against those of the sense meant.

    A look-alike or a naming of somebody else speaks against the rest of the post as a literal cue does.
    """
    sure = kinds.count(_SURE)
    others = sure + kinds.count(_NAME) + kinds.count(_GENERAL) - len(kept)
    strong = kinds.count(_LITERAL) + kinds.count(_LOOKALIKE) + others
    weak = kinds.count(_ELSEWHERE)
    if not (strong or weak):
        return False
    general = all(kind == _GENERAL for _start, _stop, kind in kept)
    against = 2 * strong + weak * (2 if general else 0.7)
    return against >= 2 and against > 2 * (kinds.count(_CONTEXT) + sure)
