"""Parts of a study file: what is asked, the moments asked about, and outside series."""

from __future__ import annotations

import datetime as dt

from pydantic import Field, field_validator

from discourse.study.choices import Strict as _Strict
from discourse.study.choices import Text


class Event(_Strict):
    """``[[events]]``: a moment drawn as a line; its time carries a zone."""

    name: Text
    at: dt.datetime

    @field_validator("at")
    @classmethod
    def _aware(cls, value: dt.datetime) -> dt.datetime:
        if value.tzinfo is None:
            raise ValueError("needs a zone, such as 2025-01-18T22:30:00-05:00")
        return value


class Series(_Strict):
    """``[[series]]``: an outside daily series."""

    path: str
    date: str
    value: str
    label: Text


class Question(_Strict):
    """``[[questions]]``: what is asked of the data, and the direction stated beforehand."""

    id: str
    text: Text
    outcome: str
    groups: tuple[str, ...] = Field(min_length=1, max_length=2)
    expect: str = "> 0"
    equivalence: float | None = Field(default=None, gt=0)
    event: str | None = None

    @field_validator("expect")
    @classmethod
    def _readable(cls, value: str) -> str:
        parse_expectation(value)
        return value

    @field_validator("outcome")
    @classmethod
    def _known_outcome(cls, value: str) -> str:
        kind, _, name = value.partition(":")
        if kind not in OUTCOMES or not name:
            raise ValueError("one of " + ", ".join(f"{k}:NAME" for k in OUTCOMES))
        if kind == "return" and not (name.isdecimal() and int(name) >= 1):
            raise ValueError("a return is asked in days: return:7")
        return value


#: Beginnings of outcomes; those of the second line are answered by :mod:`discourse.compare.claims`.
OUTCOMES = (
    *("stance", "balance", "positive", "negative", "coverage", "lang"),
    *("frame", "topic", "emotion", "place", "contact", "docvar", "return"),
)


def parse_expectation(text: str) -> tuple[str, float]:
    """Read an expectation such as ``"> 0"``.

    Parameters
    ----------
    text : str
        A direction (``>`` or ``<``) and a number.

    Returns
    -------
    (str, float)
        The direction and the number.

    Raises
    ------
    ValueError
        If the text is anything else.

    Examples
    --------
    >>> parse_expectation("> 0")
    ('>', 0.0)
    """
    sign, number = text.strip()[:1], text.strip()[1:]
    if sign not in (">", "<"):
        raise ValueError(f"{text!r} is no expectation; write one such as '> 0' or '< 0.1'")
    try:
        return sign, float(number)
    except ValueError:
        raise ValueError(f"{text!r} is no expectation; write one such as '> 0' or '< 0.1'") from None
