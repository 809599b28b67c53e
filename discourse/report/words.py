"""The fixed words of a report: headings, columns, axes.  One catalogue a language, with the same keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from discourse.report import words_en, words_zh
from discourse.report.catalogue import chapter_of
from discourse.report.numerals import Language


@cache
def words(language: Language) -> Mapping[str, str]:
    """Give the catalogue of a language.

    Parameters
    ----------
    language : {"en", "zh"}
        The language of the report.

    Returns
    -------
    Mapping of str to str
        Words by key.

    Examples
    --------
    >>> words("en")["group"], words("zh")["group"]
    ('Group', '群体')
    """
    first = words_zh.WORDS if language == "zh" else words_en.WORDS
    return MappingProxyType({**chapter_of(language).words, **first})


def term(language: Language, kind: str, code: object) -> str:
    """Say a code of our tables in words; one that we do not know is printed as it is.

    Examples
    --------
    >>> term("en", "measure", "mean"), term("zh", "kind", "reply"), term("en", "kind", "new")
    ('mean stance', '回复', 'new')
    """
    return words(language).get(f"{kind}.{code}", str(code))


def inside(label: str, language: Language) -> str:
    """Write a label as it stands inside a sentence: in English a common noun loses its capital.

    Examples
    --------
    >>> inside("Hosts", "en"), inside("RedNote users", "en"), inside("原住民", "zh")
    ('hosts', 'RedNote users', '原住民')
    """
    first, space, rest = label.partition(" ")
    common = language == "en" and first.lower() in words_en.COMMON_NOUNS.split()
    return f"{first.lower()}{space}{rest}" if common else label
