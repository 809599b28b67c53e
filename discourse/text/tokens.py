"""Tokens of Chinese, English and mixed posts, with their place in the text.

On top of the words of jieba: stickers, hashtags, emoji, addresses, mentions, placeholders, numbers and words in
other letters are one token each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import compress
from typing import TYPE_CHECKING

from discourse.errors import ParameterError
from discourse.text.patterns import (
    CONTROLS,
    EMAIL,
    EMOJI,
    EMOTICON,
    HAN,
    HASHTAG,
    LATIN,
    MARKS,
    MENTION,
    PLACEHOLDER,
    STICKER,
    URL,
)
from discourse.text.segment import Segmenter, Word, segment_zh

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

_IS_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = (
    r"(?:[A-Za-z]\.){2,}(?![A-Za-z])|(?<![A-Za-z0-9])[Cc](?:\+\+|#)(?![A-Za-z0-9])"
    rf"|[0-9]*+[{LATIN}][{LATIN}{MARKS}0-9]*+(?:['’_\-‐‑][{LATIN}0-9][{LATIN}{MARKS}0-9]*+)*+"
)
_NUMBER = r"\d++(?:[.,:/\-]\d++)*+[%％‰]?"
# Words of jieba's dictionary in which Latin letters are part of a Chinese word.
_HALF_LATIN = (
    r"(?<![A-Za-z0-9])(?:AA制|[ABO]型|AB型|[ABH]股|[A-Z]座|[ABCD]轮|[CDEFU]盘|B超|C语言|CD机|IC卡|IP卡|IP地址"
    r"|K歌|Q版|QQ号|SIM卡|T恤衫?|T台|V信|X光线?|X射线|4[sS]店)|阿Q(?![A-Za-z0-9])|卡拉OK(?![A-Za-z0-9])"
)
_OTHER_WORD = rf"(?:[^\W\d_{HAN}{LATIN}]|[{MARKS}])+"
_SURFACE = re.compile(f"({EMOJI})|[{CONTROLS}\u200d\ufe0f]")
_HIDDEN = re.compile(f"[{CONTROLS}\u200d]|(?<![\u00a9-\u3299\U0001f000-\U0001faff0-9#*])\ufe0f")


@cache
def _pattern(own: str) -> re.Pattern[str]:
    branches = {
        "placeholder": PLACEHOLDER,
        "sticker": STICKER,
        "hashtag": HASHTAG,
        "url": f"{EMAIL}|{URL}",
        "mention": MENTION,
        "own": own or "(?!)",
        "emoji": f"{EMOJI}|{EMOTICON}",
        "zh": _HALF_LATIN,
        "en": _LATIN_WORD,
        "number": _NUMBER,
        "other": _OTHER_WORD,
    }
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in branches.items()))


@lru_cache(maxsize=500_000)
def _kind(word: str) -> str:
    """Name the kind of a piece that no pattern claims; "" where it is no token."""
    first = word[0]
    if _IS_HAN.match(first):
        return "zh"
    if word.isspace():
        return ""
    category = unicodedata.category(first)
    if category == "Cc":
        return ""
    if category[0] in "PS":
        return "punct"
    return "number" if category[0] == "N" else "other"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some texts, one list a text, in order.

    Parameters
    ----------
    words : list of list of str
        The tokens as they stand in the text, without invisible controls.
    spans : list of list of (int, int)
        Where each stands in the text as it was given.  Unit: code points; the end is behind the token.
    kinds : list of list of str
        What each is: one of :data:`KINDS`.

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
    spans: list[list[Span]]
    kinds: list[list[str]]

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[list[str]]:
        return iter(self.words)

    def lower(self) -> Tokens:
        """Put all words in lower case; spans and kinds stay."""
        return Tokens([[word.lower() for word in words] for words in self.words], self.spans, self.kinds)

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
        out, left_out = frozenset(words), frozenset(kinds)
        masks = [
            [kind not in left_out and word.lower() not in out for word, kind in zip(ws, ks, strict=True)]
            for ws, ks in zip(self.words, self.kinds, strict=True)
        ]
        return Tokens(
            [list(compress(row, mask)) for row, mask in zip(self.words, masks, strict=True)],
            [list(compress(row, mask)) for row, mask in zip(self.spans, masks, strict=True)],
            [list(compress(row, mask)) for row, mask in zip(self.kinds, masks, strict=True)],
        )

    def dfm(self) -> Dfm:
        """Count the words of each text: see :func:`discourse.text.dfm.dfm`."""
        from discourse.text.dfm import dfm

        return dfm(self.words)


def _literal(word: str) -> str:
    before = "(?<![A-Za-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    after = "(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
    return before + re.escape(word) + after


@lru_cache(maxsize=16)
def _prepare(words: tuple[Word, ...]) -> tuple[re.Pattern[str], Callable[[str], list[str]]]:
    """Split the researcher's words: Chinese ones for jieba, all others as literal tokens."""
    chinese, literal = [], []
    for entry in words:
        word = entry if isinstance(entry, str) else entry[0]
        if not word or not word.strip():
            raise ParameterError(f"{word!r} is no word", expected="a text of at least one character")
        (chinese if all(map(_IS_HAN.match, word)) else literal).append(entry)
    names = {entry if isinstance(entry, str) else entry[0] for entry in literal}
    own = "|".join(_literal(word) for word in sorted(names, key=lambda word: (-len(word), word)))
    return _pattern(own), Segmenter(chinese).segment if chinese else segment_zh


class _Tokenizer:
    """One pass over a text: what the patterns claim, and between them the words of jieba."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.pattern, self.segment = _prepare(words)

    def __call__(self, text: str) -> tuple[list[str], list[Span], list[str]]:
        if _HIDDEN.search(text) is None:
            return self.visible(text)
        return self.hidden(text)

    def visible(self, text: str) -> tuple[list[str], list[Span], list[str]]:
        words: list[str] = []
        spans: list[Span] = []
        kinds: list[str] = []
        at = 0
        for match in self.pattern.finditer(text):
            start, stop = match.span()
            if start > at and not (start == at + 1 and text[at] == " "):
                self.between(text[at:start], at, words, spans, kinds)
            word, kind = match.group(), match.lastgroup
            words.append(word)
            spans.append((start, stop))
            kinds.append(kind if kind != "own" else "zh" if _IS_HAN.search(word) else "en")  # type: ignore[arg-type]
            at = stop
        if at < len(text):
            self.between(text[at:] if at else text, at, words, spans, kinds)
        return words, spans, kinds

    def between(self, text: str, at: int, words: list[str], spans: list[Span], kinds: list[str]) -> None:
        for word in self.segment(text):
            stop = at + len(word)
            if kind := _kind(word):
                words.append(word)
                spans.append((at, stop))
                kinds.append(kind)
            at = stop

    def hidden(self, text: str) -> tuple[list[str], list[Span], list[str]]:
        """Tokenise the text without its controls; spans still count them."""
        kept: list[int] = []
        at = 0
        for match in _SURFACE.finditer(text):
            start, stop = match.span()
            kept.extend(range(at, stop if match.group(1) else start))
            at = stop
        kept.extend(range(at, len(text)))
        words, spans, kinds = self.visible("".join([text[i] for i in kept]))
        return words, [(kept[start], kept[stop - 1] + 1) for start, stop in spans], kinds


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
        ``words``, ``spans`` and ``kinds``, one list a post each.  Spaces and control characters are no tokens.

    Raises
    ------
    ParameterError
        If one text is given instead of several, if a text is no str, or if one of the words is empty.

    Notes
    -----
    One token each: stickers (``[笑哭R]``), hashtags in every platform's form, emoji as they are seen, urls and
    e-mail addresses, mentions, placeholders, numbers (``1,299.00``, ``12:30``, ``3.5%``), words in Latin letters
    with their apostrophes and hyphens (``don’t``, ``well-known``, ``U.S.``), words in other scripts.  Everything
    else is cut by jieba (:func:`discourse.text.segment.segment_zh`).  Controls that are not seen (U+200B,
    U+202E, U+FEFF ...) are as if they were not there, but spans count them.

    Examples
    --------
    >>> tokens = tokenize(["[笑哭R]欢迎TikTok难民来看病[doge]", "Don’t panic 👨‍👩‍👧‍👦 #TikTok难民#"], lower=True)
    >>> tokens.words[0]
    ['[笑哭r]', '欢迎', 'tiktok', '难民', '来', '看病', '[doge]']
    >>> tokens.words[1]
    ['don’t', 'panic', '👨‍👩‍👧‍👦', '#tiktok难民#']
    >>> tokens.spans[1][:2]
    [(0, 5), (6, 11)]
    """
    tokenizer = _Tokenizer(tuple(words))
    tokens = Tokens([], [], [])
    for text in _texts(texts):
        found, spans, kinds = tokenizer(text)
        tokens.words.append([word.lower() for word in found] if lower else found)
        tokens.spans.append(spans)
        tokens.kinds.append(kinds)
    return tokens
