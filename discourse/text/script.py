"""Traditional and Simplified script: folding for matching, and telling which one a text is written in."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAD9))
_NOT_ASCII = re.compile("[\u3400-\u9fff\uf900-\ufad9]")
_CANTONESE = re.compile("[嘅咗喺啲冇佢哋噉嗰乜嘢喎咩啱睇唔冚俾]")
# Characters that stay in a single-character conversion because they have an old use that no post means.
_EVERYDAY = {"么": "么", "著": "着", "乾": "干", "瞭": "了", "夥": "伙", "藉": "借", "麽": "么", "瀋": "沈"}


class Scripts(NamedTuple):
    """How many characters of a text occur in one script only."""

    traditional: int
    simplified: int


def _encodable(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _convert(config: str, characters: str) -> list[str]:
    from opencc import OpenCC

    # One line a character: the phrase tables of OpenCC cannot reach across.
    converted: list[str] = OpenCC(config).convert("\n".join(characters)).split("\n")
    return converted


@cache
def _han() -> str:
    return "".join(chr(code) for low, high in _BLOCKS for code in range(low, high + 1))


@cache
def _to_simplified() -> dict[int, str]:
    characters = _han()
    table: dict[int, str] = {}
    for config in ("tw2s", "hk2s", "t2s"):
        for before, after in zip(characters, _convert(config, characters), strict=True):
            if len(after) == 1 and after != before:
                table[ord(before)] = after
    table.update({ord(before): after for before, after in _EVERYDAY.items()})
    return table


@cache
def _folded() -> re.Pattern[str]:
    """Any character that is folded: most texts hold none, and a look is several times faster than folding."""
    return re.compile(f"[{''.join(map(chr, sorted(_to_simplified())))}]")


@cache
def _one_script() -> tuple[re.Pattern[str], re.Pattern[str]]:
    characters = _han()
    # A character that both scripts use (后, 里, 著) tells nothing: GB 2312 and Big5 say which are in use.
    traditional = [chr(code) for code in _to_simplified() if not _encodable(chr(code), "gb2312")]
    simplified = [
        before
        for before, after in zip(characters, _convert("s2t", characters), strict=True)
        if before != after and not _encodable(before, "big5")
    ]
    return re.compile(f"[{''.join(traditional)}]"), re.compile(f"[{''.join(simplified)}]")


def simplify(text: str) -> str:
    """Fold Traditional characters to Simplified ones, for matching only.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        A text of the same length: each character is replaced by one character or stays, so offsets into the
        result are offsets into `text`.

    Notes
    -----
    The table is made once from OpenCC's own (``t2s``, with the variants of Taiwan and Hong Kong), character
    by character.  What depends on the word takes its everyday reading: 著 becomes 着 and 乾 becomes 干, so
    著名 and 乾坤 are folded too; both sides of a match must therefore be folded.  BYVoid and others, OpenCC,
    https://github.com/BYVoid/OpenCC (Apache-2.0).

    Examples
    --------
    >>> simplify("後來頭髮乾淨了 since 2025")
    '后来头发干净了 since 2025'
    """
    if text.isascii() or _NOT_ASCII.search(text) is None or _folded().search(text) is None:
        return text
    return text.translate(_to_simplified())


def count_scripts(text: str) -> Scripts:
    """Count the characters that only one of the two scripts uses.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Scripts
        ``traditional`` and ``simplified``, each in code points, at least 0.

    Examples
    --------
    >>> count_scripts("歡迎来到小红书")
    Scripts(traditional=1, simplified=3)
    """
    traditional, simplified = _one_script()
    return Scripts(len(traditional.findall(text)), len(simplified.findall(text)))


def is_traditional(text: str) -> bool:
    """Say whether a Chinese text is written in Traditional script.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    bool
        True if more of its characters are Traditional only than Simplified only; in a tie, if it holds a
        character of written Cantonese.  A text without any such sign counts as Simplified.

    Examples
    --------
    >>> [is_traditional(text) for text in ("歡迎來小紅書", "欢迎来小红书", "你好", "我唔知", "")]
    [True, False, False, True, False]
    """
    traditional, simplified = _one_script()
    if traditional.search(text) is None:  # nearly every post of the mainland
        return _CANTONESE.search(text) is not None and simplified.search(text) is None
    counts = count_scripts(text)
    return counts.traditional > counts.simplified
