"""What must stay one token.

These entries say in words what must hold; each adapter reads the tokens that the words name out of the
entry, and gives our tokens as the value.
"""

from __future__ import annotations

import re

from discourse.testing.reference import Adapter, Entry, Judged, NotCovered

# U+200D, the joiner inside emoji, is not among them
CONTROLS = re.compile("[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def _tokens(text: str, words: tuple[str, ...] = ()) -> list[str]:
    from discourse.text.tokens import tokenize

    return list(tokenize([text], words=words).words[0])


def _rule(entry: Entry, rule: str) -> re.Match[str]:
    """Read what an entry says must hold; other words than these are not known here."""
    found = re.fullmatch(rule, entry.expected)
    if found is None:
        raise NotCovered(f"no rule is known here for: {entry.expected}")
    return found


def _whole(entry: Entry, named: list[str]) -> Judged:
    """Every token that an entry names is there, in one piece."""
    if not named or not all(token in entry.input for token in named):
        raise NotCovered("the entry names no token that its text holds")
    found = _tokens(entry.input)
    return Judged(found, set(named) <= set(found))


def _stickers(entry: Entry) -> Judged:
    return _whole(entry, _rule(entry, r"sticker codes stay one token: (.+)")[1].split(", "))


def _graphemes(entry: Entry) -> Judged:
    """Every sequence that a reader sees as one sign, but that is made of several, is one token."""
    # comes with NLTK; an implementation of Unicode's graphemes that is not ours
    import regex  # type: ignore[import-untyped]

    _rule(entry, "one grapheme = one token")
    composed = {sign for sign in regex.findall(r"\X", entry.input) if len(sign) > 1}
    found = _tokens(entry.input)
    return Judged(found, bool(composed) and composed <= set(found))


def _latin_word(entry: Entry) -> Judged:
    """A Latin word stays whole, also when the researcher adds a word that is part of it."""
    found = [_tokens(entry.input, words) for words in ((), ("ens",))]
    return Judged(found[0][0] if len(found[0]) == 1 else found[0], found == [[entry.expected]] * 2)


def _controls(entry: Entry) -> Judged:
    """Invisible controls do not change how a text falls into words."""
    without = _rule(entry, r"same tokens as (\S+) after removing .+")
    bare = [CONTROLS.sub("", token) for token in _tokens(entry.input)]
    found = [token for token in bare if token]
    return Judged(found, found == _tokens(without[1]))


def _inside(entry: Entry) -> Judged:
    """A longer word is not counted as the shorter one that it begins with."""
    names = _rule(entry, r"(\S+) must not count as (\S+)")
    found = _tokens(entry.input)
    return Judged(found, names[1] in found and names[2] not in found)


def _hashtags(entry: Entry) -> Judged:
    return _whole(entry, list(_rule(entry, r"(#\S+) and (#\S+) each one token").groups()))


def _weibo_topic(entry: Entry) -> Judged:
    """A topic between two hash signs is one token."""
    _rule(entry, "weibo topic is one token")
    return _whole(entry, re.findall(r"#[^#]+#", entry.input))


ADAPTERS: dict[str, Adapter] = {
    "tok.91": _stickers,
    "tok.92": _graphemes,
    "tok.93": _latin_word,
    "tok.94": _controls,
    "tok.95": _inside,
    "tok.96": _hashtags,
    "tok.97": _weibo_topic,
}
