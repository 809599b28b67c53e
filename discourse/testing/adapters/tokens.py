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


def _stickers(entry: Entry) -> Judged:
    """Every sticker code that the entry names is one token."""
    named, found = re.findall(r"\[[^\]]+\]", entry.expected), _tokens(entry.input)
    return Judged(found, _named(entry, named) <= set(found))


def _named(entry: Entry, named: list[str]) -> set[str]:
    if not named or not all(token in entry.input for token in named):
        raise NotCovered("the entry names no token that its text holds")
    return set(named)


def _graphemes(entry: Entry) -> Judged:
    """Every sequence that a reader sees as one sign, but that is made of several, is one token."""
    # comes with NLTK; an implementation of Unicode's graphemes that is not ours
    import regex  # type: ignore[import-untyped]

    if entry.expected != "one grapheme = one token":
        raise NotCovered(f"no rule is known here for: {entry.expected}")
    composed = {sign for sign in regex.findall(r"\X", entry.input) if len(sign) > 1}
    found = _tokens(entry.input)
    return Judged(found, bool(composed) and composed <= set(found))


def _latin_word(entry: Entry) -> Judged:
    """A Latin word stays whole, also when the researcher adds a word that is part of it."""
    found = [_tokens(entry.input, words) for words in ((), ("ens",))]
    return Judged(found[0][0] if len(found[0]) == 1 else found[0], found == [[entry.expected]] * 2)


def _controls(entry: Entry) -> Judged:
    """Invisible controls do not change how a text falls into words."""
    without = re.match(r"same tokens as (\S+) after removing", entry.expected)
    if without is None:
        raise NotCovered(f"no rule is known here for: {entry.expected}")
    bare = [CONTROLS.sub("", token) for token in _tokens(entry.input)]
    found = [token for token in bare if token]
    return Judged(found, found == _tokens(without[1]))


def _inside(entry: Entry) -> Judged:
    """A longer word is not counted as the shorter one that it begins with."""
    names = re.fullmatch(r"(\S+) must not count as (\S+)", entry.expected)
    if names is None or names[1] not in entry.input:
        raise NotCovered(f"no rule is known here for: {entry.expected}")
    found = _tokens(entry.input)
    return Judged(found, names[1] in found and names[2] not in found)


def _hashtags(entry: Entry) -> Judged:
    """Every hashtag that the entry names is one token."""
    named, found = re.findall(r"#\w+", entry.expected), _tokens(entry.input)
    return Judged(found, _named(entry, named) <= set(found))


def _weibo_topic(entry: Entry) -> Judged:
    """A topic between two hash signs is one token."""
    topics = re.findall(r"#[^#]+#", entry.input)
    found = _tokens(entry.input)
    return Judged(found, _named(entry, topics) <= set(found))


ADAPTERS: dict[str, Adapter] = {
    "tok.91": _stickers,
    "tok.92": _graphemes,
    "tok.93": _latin_word,
    "tok.94": _controls,
    "tok.95": _inside,
    "tok.96": _hashtags,
    "tok.97": _weibo_topic,
}
