"""Tokens of Chinese, English and mixed posts, with their place in the text.

On top of the words of jieba: stickers, hashtags, emoji, addresses, mentions, placeholders, numbers and words
in other letters are one token each.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, compress
from typing import TYPE_CHECKING

import numpy as np

from discourse.errors import ParameterError
from discourse.text.given import refuse_one_text, refuse_table
from discourse.text.patterns import CONTROLS, EMOJI, FORMS, HAN, LATIN, MARKS
from discourse.text.segment import Segmenter, Word, default_segmenter
from discourse.text.token_lists import CODES, KINDS, Rows, Span, Tokens, join_tokens

__all__ = ["KINDS", "Rows", "Span", "Tokens", "join_tokens", "tokenize"]

if TYPE_CHECKING:
    pass

# The words of a text, the codes of their kinds (the place in KINDS, from 1), and where they start and stop.
_Row = tuple[list[str], list[int], list[int], list[int]]

_IS_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = (
    # C++, C#
    r"[Cc](?:\+\+|#)(?![A-Za-z0-9])",
    # U.S., e.g.
    r"[A-Za-z]\.(?>(?:[A-Za-z]\.)+)(?![A-Za-z])",
    # don’t, well-known, 2nd
    rf"[{LATIN}][{LATIN}{MARKS}0-9]*+(?>(?:['’_\-‐‑][{LATIN}0-9][{LATIN}{MARKS}0-9]*+)*)",
    rf"[0-9]++[{LATIN}][{LATIN}{MARKS}0-9]*+(?>(?:['’_\-‐‑][{LATIN}0-9][{LATIN}{MARKS}0-9]*+)*)",
)
_NUMBER = r"\d++(?>(?:[.,:/\-]\d++)*)[%％‰]?"
# Words of jieba's dictionary in which Latin letters are part of a Chinese word.
_HALF_LATIN = (
    r"[A-Z4](?:(?<=A)A制|(?<=T)(?:恤衫?|台)|(?<=[A-G])盘|(?<=U)盘|(?<=B)超|(?<=X)(?:光线?|射线)|(?<=[ABH])股"
    r"|(?<=K)歌|(?<=Q)(?:版|Q号)|(?<=V)信|(?<=I)(?:[CP]卡|P地址)|(?<=S)IM卡|(?<=4)[sS]店)",
    "阿Q(?![A-Za-z0-9])",
    "卡拉OK(?![A-Za-z0-9])",
)
# As jieba keeps them: some signs join, the others stand alone.
_ASCII_PUNCT = (r"[+#&._%\-]++", r"[!\"$'()*,/:;<=>?@\[\\\]^`{|}~]")
_OTHER_WORD = rf"(?:[^\W\d_{HAN}{LATIN}]|[{MARKS}])+"
_SURFACE = re.compile(f"({EMOJI})|[{CONTROLS}\u200d\ufe0f]")
_MAYBE_HIDDEN = re.compile(f"[{CONTROLS}\u200d\ufe0f]")
_HIDDEN = re.compile(f"[{CONTROLS}\u200d]|(?<![\u00a9-\u3299\U0001f000-\U0001faff0-9#*])\ufe0f")


_FORMS = {
    **{kind: FORMS[kind] for kind in ("placeholder", "sticker", "hashtag")},
    "url": (*FORMS["email"], *FORMS["url"]),
    "mention": FORMS["mention"],
    "emoji": (*FORMS["emoji"], *FORMS["emoticon"]),
    "zh": _HALF_LATIN,
    "en": _LATIN_WORD,
    "number": (_NUMBER,),
    "other": (_OTHER_WORD,),
    "punct": _ASCII_PUNCT,
}
# What a text must hold for an address or a mention; most texts are spared the search for them.
_DOTTED = re.compile(r"\.[A-Za-z]")
_ADDRESSES = ("url", "mention")


def _join(own: list[tuple[str, str]], kinds: Iterable[str]) -> tuple[re.Pattern[str], tuple[int, ...]]:
    """Join all forms; behind each stands an empty group, whose number is the place of its code."""
    pairs = own + [(kind, form) for kind in kinds for form in _FORMS[kind]]
    forms = "|".join(f"{form}()" for _, form in pairs)
    # Most characters open no form: one look at the next one spares trying them all.
    firsts = {form[form[0] == "\\"] for _, form in pairs}
    marks = "".join(mark for mark in " ，。！？、：“”" if mark not in firsts)
    gate = f"(?=[^{marks}{_han_but(firsts)}])"
    return re.compile(f"{gate}(?:{forms})"), (0, *(CODES[kind] for kind, _ in pairs))


def _han_but(characters: Iterable[str]) -> str:
    """Write the everyday Chinese characters but some as ranges of a character class."""
    firsts = sorted(character for character in set(characters) if "\u4e00" <= character <= "\u9fff")
    lows = ["\u4e00", *(chr(ord(character) + 1) for character in firsts)]
    highs = [*(chr(ord(character) - 1) for character in firsts), "\u9fff"]
    return "".join(f"{low}-{high}" for low, high in zip(lows, highs, strict=True) if low <= high)


def _code(word: str) -> int:
    """Give the code of a piece that no pattern claims; 0 where it is no token."""
    first = word[0]
    if _IS_HAN.match(first):
        return CODES["zh"]
    category = unicodedata.category(first)
    if category == "Cc" or word.isspace():
        return 0
    if category[0] in "PS":
        return CODES["punct"]
    return CODES["number" if category[0] == "N" else "other"]


class _KnownCodes(dict[str, int]):
    """The codes of words met before: one lookup a word is what the speed of tokens hangs on."""

    def __missing__(self, word: str) -> int:
        code = _code(word)
        if len(self) < 500_000:
            self[word] = code
        return code


_code_of = _KnownCodes().__getitem__


def _literal(word: str) -> str:
    first, rest = re.escape(word[0]), re.escape(word[1:])
    before = "(?<![A-Za-z0-9].)" if word[0].isascii() and word[0].isalnum() else ""
    after = "(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
    return first + before + rest + after


def _prepare(words: tuple[Word, ...]) -> tuple[list[tuple[str, str]], Segmenter]:
    """Split the researcher's words: Chinese ones for jieba, all others as literal tokens with their kind."""
    chinese: list[Word] = []
    literal: set[str] = set()
    for entry in words:
        word = entry if isinstance(entry, str) else entry[0]
        if not word.strip():
            raise ParameterError(f"{word!r} is no word", expected="a text of at least one character")
        if all(map(_IS_HAN.match, word)):
            chinese.append(entry)
        else:
            literal.add(word)
    longest_first = sorted(literal, key=lambda word: (-len(word), word))
    own = [("zh" if _IS_HAN.search(word) else "en", _literal(word)) for word in longest_first]
    return own, Segmenter(chinese) if chinese else default_segmenter()


class _Tokenizer:
    """One pass over a text: what the patterns claim, and between them the words of jieba."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        own, self.segmenter = _prepare(words)
        self.all_forms = _join(own, _FORMS)
        self.without_addresses = _join(own, [kind for kind in _FORMS if kind not in _ADDRESSES])

    def __call__(self, text: str) -> _Row:
        if text.isascii() or _MAYBE_HIDDEN.search(text) is None or _HIDDEN.search(text) is None:
            return self.visible(text)
        return self.hidden(text)

    def visible(self, text: str) -> _Row:
        row: _Row = ([], [], [], [])
        words, codes, starts, stops = row
        pattern, names = self.all_forms if _may_hold_address(text) else self.without_addresses
        cut = self.segmenter.cutter(text)
        at = 0
        for match in pattern.finditer(text):
            start, stop = match.span()
            if start > at and not (start == at + 1 and text[at] == " "):
                _between(cut(text[at:start]), at, row)
            words.append(text[start:stop])
            codes.append(names[match.lastindex])  # type: ignore[index]
            starts.append(start)
            stops.append(stop)
            at = stop
        if at < len(text):
            _between(cut(text[at:]), at, row)
        return row

    def hidden(self, text: str) -> _Row:
        """Tokenise the text without its controls; spans still count them."""
        kept: list[int] = []
        seen: list[str] = []
        at = 0
        for match in _SURFACE.finditer(text):
            stop = match.end() if match.group(1) else match.start()
            kept.extend(range(at, stop))
            seen.append(text[at:stop])
            at = match.end()
        kept.extend(range(at, len(text)))
        words, codes, starts, stops = self.visible("".join(seen) + text[at:])
        return words, codes, [kept[start] for start in starts], [kept[stop - 1] + 1 for stop in stops]


def _may_hold_address(text: str) -> bool:
    if "@" in text or "/" in text or "＠" in text:
        return True
    return "." in text and _DOTTED.search(text) is not None


def _between(found: list[str], at: int, row: _Row) -> None:
    """Add what jieba found between two pieces; spaces and controls are no tokens."""
    words, codes, starts, stops = row
    kinds = list(map(_code_of, found))
    places = list(accumulate(map(len, found), initial=at))
    if 0 in kinds:
        words.extend(compress(found, kinds))
        starts.extend(compress(places, kinds))
        stops.extend(compress(places[1:], kinds))
        codes.extend(filter(None, kinds))
    else:
        words.extend(found)
        codes.extend(kinds)
        starts.extend(places[:-1])
        stops.extend(places[1:])


@lru_cache(maxsize=16)
def _tokenizer(words: tuple[Word, ...]) -> _Tokenizer:
    return _Tokenizer(words)


def _texts(texts: Iterable[str]) -> Iterator[str]:
    refuse_one_text(texts)
    refuse_table(texts)
    for number, text in enumerate(texts):
        if not isinstance(text, str):
            raise ParameterError(
                f"text {number} is {text!r}", expected="a str", hint="leave out rows without text"
            )
        yield text


def tokenize(texts: Iterable[str], *, words: Iterable[Word] = (), lower: bool = False) -> Tokens:
    """Cut posts into tokens.

    Parameters
    ----------
    texts : iterable of str
        The posts.
    words : iterable of str or tuple, optional
        Words of the researcher's own that stay in one piece.  Words of Chinese characters are given to jieba,
        with frequency and tag where given (:meth:`discourse.text.segment.Segmenter.add_word`); others (``cat
        tax``, ``TikTok难民``) are found as they are written, never inside a longer Latin word.
    lower : bool, optional
        Put the words in lower case.

    Returns
    -------
    Tokens
        ``words``, ``spans`` and ``kinds``, one list a post each.  Spaces and controls are no tokens.

    Raises
    ------
    ParameterError
        If one text is given instead of several, if a text is no str, or if one of the words is empty.

    Notes
    -----
    One token each: stickers (``[笑哭R]``), hashtags in every platform's form, emoji as they are seen, urls
    and e-mail addresses, mentions, placeholders, numbers (``1,299.00``, ``12:30``, ``3.5%``), words in Latin
    letters with their apostrophes and hyphens (``don’t``, ``well-known``, ``U.S.``), words in other scripts.
    Everything else is cut by jieba (:func:`discourse.text.segment.segment_zh`).  Controls that are not seen
    (U+200B, U+202E, U+FEFF ...) are as if they were not there, but spans count them.

    Examples
    --------
    >>> tokens = tokenize(["[笑哭R]欢迎TikTok难民[doge]", "Don’t panic 👨‍👩‍👧‍👦 #TikTok难民#"], lower=True)
    >>> tokens.words[0]
    ['[笑哭r]', '欢迎', 'tiktok', '难民', '[doge]']
    >>> tokens.words[1]
    ['don’t', 'panic', '👨‍👩‍👧‍👦', '#tiktok难民#']
    >>> tokens.spans[1][:2]
    [(0, 5), (6, 11)]
    """
    tokenizer = _tokenizer(tuple(words))
    place: dict[str, int] = {}
    numbers, codes, starts, stops, lengths = (array(kind) for kind in "IBIII")
    for text in _texts(texts):
        found, kinds, first, last = tokenizer(text)
        if lower:
            found = [word.lower() for word in found]
        numbers.extend([place.setdefault(word, len(place)) for word in found])
        codes.extend(kinds)
        starts.extend(first)
        stops.extend(last)
        lengths.append(len(found))
    return Tokens(
        list(place),
        np.array(numbers, dtype=np.uint32),
        np.array(codes, dtype=np.uint8),
        np.array(starts, dtype=np.uint32),
        np.array(stops, dtype=np.uint32),
        np.concatenate([[0], np.cumsum(np.array(lengths, dtype=np.int64))]).astype(np.int64),
    )
