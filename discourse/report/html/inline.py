"""Text inside a page: escaped, with the language of each piece, and intervals that stay on one line."""

from __future__ import annotations

import re

from markupsafe import Markup

from discourse.errors import DiscourseError
from discourse.report.numerals import Language
from discourse.report.runs import runs

_LANGUAGE = {"en": "en", "zh": "zh-Hans"}
_INTERVAL = re.compile(r"(?:(?:−|< ?)?[0-9][0-9.,]*%?\s)?\[−?[0-9.,]+%?, −?[0-9.,]+%?\]")
_ADDRESS = re.compile(r"https?://[^\s，。；）]+[^\s，。；）.]")


def language_tag(language: str) -> str:
    """Give the tag of a language for HTML.

    Examples
    --------
    >>> language_tag("zh")
    'zh-Hans'
    """
    try:
        return _LANGUAGE[language]
    except KeyError:
        raise DiscourseError(f"no page is written in {language!r}", expected="en or zh") from None


def spoken(text: str, language: Language) -> Markup:
    """Write a text with the language of each piece.

    Parameters
    ----------
    text : str
        Plain text; whatever looks like markup in it is printed as it is.
    language : {"en", "zh"}
        The language of the report.

    Returns
    -------
    Markup
        Escaped; pieces in the other language are tagged.

    Examples
    --------
    >>> str(spoken("<b> 难民", "en"))
    '&lt;b&gt; <span lang="zh-Hans">难民</span>'
    """
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(language_tag(run.language), run.text)
        if run.foreign
        else _unbroken(run.text)
        for run in runs(text, language)
    )


def _unbroken(text: str) -> Markup:
    """Keep an estimate and its interval on one line."""
    return _wrapped(text, _INTERVAL, '<span class="together">{}</span>')


def linked(text: str) -> Markup:
    """Write a text whose addresses are links; for our own texts only.

    Examples
    --------
    >>> str(linked("See https://doi.org/1."))
    'See <a href="https://doi.org/1" rel="noreferrer">https://doi.org/1</a>.'
    """
    return _wrapped(text, _ADDRESS, '<a href="{0}" rel="noreferrer">{0}</a>')


def _wrapped(text: str, pattern: re.Pattern[str], frame: str) -> Markup:
    parts, start = [], 0
    for found in pattern.finditer(text):
        parts += [Markup("{}").format(text[start : found.start()]), Markup(frame).format(found[0])]
        start = found.end()
    return Markup("").join([*parts, Markup("{}").format(text[start:])])
