"""Tokens of Chinese, English and mixed posts, with their place in the text.

On top of the words of jieba: stickers, hashtags, emoji, addresses, mentions, placeholders, numbers and words
in other letters are one token each.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, compress
from sys import intern
from typing import TYPE_CHECKING

from discourse.errors import ParameterError
from discourse.text.patterns import CONTROLS, EMOJI, FORMS, HAN, LATIN, MARKS
from discourse.text.segment import Segmenter, Word, default_segmenter

if TYPE_CHECKING:
    from discourse.text.dfm import Dfm

KINDS = (
    "zh",
    "en",
    "sticker",
    "emoji",
    "hashtag",
    "url",
    "mention",
    "placeholder",
    "number",
    "punct",
    "other",
)
"""The kinds of tokens; ``en`` is any word in Latin letters, ``other`` a word in any other script."""

Span = tuple[int, int]
# The words of a text, the codes of their kinds (the place in KINDS, from 1), and where they start and stop.
_Row = tuple[list[str], list[int], list[int], list[int]]
_CODES = {kind: code for code, kind in enumerate(KINDS, 1)}
_NAMES = ("", *KINDS)

_IS_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = (
    # C++, C#
    r"[Cc](?:\+\+|#)(?![A-Za-z0-9])",
    # U.S., e.g.
    r"[A-Za-z]\.(?:[A-Za-z]\.)++(?![A-Za-z])",
    # don’t, well-known, 2nd
    rf"[{LATIN}][{LATIN}{MARKS}0-9]*+(?:['’_\-‐‑][{LATIN}0-9][{LATIN}{MARKS}0-9]*+)*+",
    rf"[0-9]++[{LATIN}][{LATIN}{MARKS}0-9]*+(?:['’_\-‐‑][{LATIN}0-9][{LATIN}{MARKS}0-9]*+)*+",
)
_NUMBER = r"\d++(?:[.,:/\-]\d++)*+[%％‰]?"
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
    return re.compile(f"{gate}(?:{forms})"), (0, *(_CODES[kind] for kind, _ in pairs))


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
        return _CODES["zh"]
    category = unicodedata.category(first)
    if category == "Cc" or word.isspace():
        return 0
    if category[0] in "PS":
        return _CODES["punct"]
    return _CODES["number" if category[0] == "N" else "other"]


class _KnownCodes(dict[str, int]):
    """The codes of words met before: one lookup a word is what the speed of tokens hangs on."""

    def __missing__(self, word: str) -> int:
        code = _code(word)
        if len(self) < 500_000:
            self[word] = code
        return code


_code_of = _KnownCodes().__getitem__


@dataclass(frozen=True)
class Tokens:
    """The tokens of some texts, one list a text, in order.

    Parameters
    ----------
    words : list of list of str
        The tokens as they stand in the text, without invisible controls.
    codes : list of bytes
        The kind of each, as its place in :data:`KINDS` counted from 1; see :attr:`kinds`.
    starts, stops : list of array of unsigned int
        Where each begins in the text as it was given, and where the next character stands; see :attr:`spans`.
        Unit: code points.

    Examples
    --------
    >>> tokens = tokenize(["欢迎TikTok难民[doge]！"])
    >>> tokens.words
    [['欢迎', 'TikTok', '难民', '[doge]', '！']]
    >>> tokens.kinds
    [['zh', 'en', 'zh', 'sticker', 'punct']]
    >>> tokens.remove({"欢迎"}, kinds={"punct"}).lower().words
    [['tiktok', '难民', '[doge]']]
    """

    words: list[list[str]]
    codes: list[bytes]
    starts: list[array[int]]
    stops: list[array[int]]

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[list[str]]:
        return iter(self.words)

    @cached_property
    def kinds(self) -> list[list[str]]:
        """What each token is: one of :data:`KINDS`."""
        return [[_NAMES[code] for code in codes] for codes in self.codes]

    @cached_property
    def spans(self) -> list[list[Span]]:
        """Where each token stands, as (start, stop).  Unit: code points of the text as it was given."""
        pairs = zip(self.starts, self.stops, strict=True)
        return [list(zip(starts, stops, strict=True)) for starts, stops in pairs]

    def lower(self) -> Tokens:
        """Put all words in lower case; kinds and places stay."""
        words = [[word.lower() for word in row] for row in self.words]
        return Tokens(words, self.codes, self.starts, self.stops)

    def remove(self, words: Collection[str] = (), *, kinds: Collection[str] = ()) -> Tokens:
        """Leave out some words (compared in lower case) and all tokens of some kinds.

        Parameters
        ----------
        words : collection of str
            Words in lower case, such as :func:`discourse.text.stopwords.stop_words` gives.
        kinds : collection of str
            Kinds of :data:`KINDS`.

        Returns
        -------
        Tokens
            As many texts, with the tokens that are left.
        """
        out, left_out = frozenset(words), {_CODES.get(kind, 0) for kind in kinds}
        kept = Tokens([], [], [], [])
        for found, codes, starts, stops in zip(self.words, self.codes, self.starts, self.stops, strict=True):
            pairs = zip(found, codes, strict=True)
            mask = [code not in left_out and word.lower() not in out for word, code in pairs]
            numbers = [list(compress(column, mask)) for column in (codes, starts, stops)]
            kept._append(list(compress(found, mask)), *numbers)
        return kept

    def _append(self, words: list[str], codes: list[int], starts: list[int], stops: list[int]) -> None:
        # Bytes and arrays rather than lists: half the memory, and nothing for the garbage collector to visit.
        self.words.append(words)
        self.codes.append(bytes(codes))
        self.starts.append(array("I", starts))
        self.stops.append(array("I", stops))

    def pack(self) -> PackedTokens:
        """Write the tokens as a list of types and flat arrays, which travel between processes at little cost.

        Examples
        --------
        >>> tokens = tokenize(["猫税 交一下", "", "cat tax"])
        >>> tokens.pack().unpack() == tokens
        True
        """
        place: dict[str, int] = {}
        numbers = array("I", (place.setdefault(word, len(place)) for row in self.words for word in row))
        flat = array("I"), array("I")
        for rows, column in zip((self.starts, self.stops), flat, strict=True):
            for row in rows:
                column.extend(row)
        lengths = array("I", map(len, self.words))
        return PackedTokens(list(place), numbers, b"".join(self.codes), *flat, lengths)

    def extend(self, more: Tokens) -> None:
        """Add the tokens of further texts behind these."""
        self.words.extend(more.words)
        self.codes.extend(more.codes)
        self.starts.extend(more.starts)
        self.stops.extend(more.stops)

    def dfm(self) -> Dfm:
        """Count the words of each text: see :func:`discourse.text.dfm.dfm`."""
        from discourse.text.dfm import dfm

        return dfm(self.words)


@dataclass(frozen=True)
class PackedTokens:
    """The tokens of some texts as types and flat arrays; made by :meth:`Tokens.pack`.

    Parameters
    ----------
    types : list of str
        Each word once, in the order in which it is met.
    numbers : array of unsigned int
        The place of each token in `types`, text after text.
    codes : bytes
        The kind of each token.
    starts, stops : array of unsigned int
        Where each token stands.  Unit: code points.
    lengths : array of unsigned int
        Tokens of each text.
    """

    types: list[str]
    numbers: array[int]
    codes: bytes
    starts: array[int]
    stops: array[int]
    lengths: array[int]

    def unpack(self) -> Tokens:
        """Give the tokens back, one list a text."""
        types = [intern(word) for word in self.types]
        words = [types[number] for number in self.numbers]
        tokens = Tokens([], [], [], [])
        at = 0
        for length in self.lengths:
            stop = at + length
            tokens.words.append(words[at:stop])
            tokens.codes.append(self.codes[at:stop])
            tokens.starts.append(self.starts[at:stop])
            tokens.stops.append(self.stops[at:stop])
            at = stop
        return tokens


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
    if isinstance(texts, str):
        raise ParameterError("one text was given", expected="a list of texts", hint="write [text]")
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
    tokens = Tokens([], [], [], [])
    for text in _texts(texts):
        words_here, *numbers = tokenizer(text)
        if lower:
            words_here = [word.lower() for word in words_here]
        # One object a type, however often it occurs: most of the memory of a large corpus.
        tokens._append(list(map(intern, words_here)), *numbers)
    return tokens
