"""Pieces of a text by language, so that a screen reader and a word processor know how to read each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from discourse.report.numerals import Language

_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = re.compile(rf"[{_HAN}](?:[{_HAN}\u3001-\u3011\uff01-\uff5e]*[{_HAN}])?")
_WORD = r"[A-Za-z][A-Za-z’'\-]+"
_ENGLISH = re.compile(rf"{_WORD}(?:[ ,.;]{{1,2}}{_WORD})*")


@dataclass(frozen=True)
class Run:
    """A piece of a text; ``foreign`` if it is in the other language than the report."""

    text: str
    language: Language
    foreign: bool


def runs(text: str, language: Language) -> Iterator[Run]:
    """Cut a text where its language changes.

    Parameters
    ----------
    text : str
        A text of a report.
    language : {"en", "zh"}
        The language of the report.

    Yields
    ------
    Run
        Pieces that together are the text.  In an English report whatever is in Chinese characters is Chinese;
        in a Chinese one, words of Latin letters are English.

    Examples
    --------
    >>> [run.text for run in runs("words such as 欢迎、猫税 in posts", "en") if run.foreign]
    ['欢迎、猫税']
    >>> [run.text for run in runs("来自 TikTok 的人，n = 3", "zh") if run.foreign]
    ['TikTok']
    """
    pattern = _CHINESE if language == "en" else _ENGLISH
    other: Language = "zh" if language == "en" else "en"
    start = 0
    for found in pattern.finditer(text):
        if found.start() > start:
            yield Run(text[start : found.start()], language, False)
        yield Run(found[0], other, True)
        start = found.end()
    if start < len(text):
        yield Run(text[start:], language, False)
