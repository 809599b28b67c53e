"""Numbers, intervals and dates as the two languages print them.

An unknown value is an en dash; a minus is a minus, not a hyphen.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Any, Literal

Language = Literal["en", "zh"]
#: What a report may be written in; in both, its halves stand side by side.
Edition = Literal["en", "zh", "en+zh"]

UNKNOWN = "–"
MINUS = "−"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def is_unknown(value: Any) -> bool:
    """Say whether a cell of a table is unknown.

    Examples
    --------
    >>> is_unknown(float("nan")), is_unknown(0)
    (True, False)
    """
    import pandas as pd

    return (
        value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))
    )


def decimal(value: Any, digits: int = 2) -> str:
    """Print a number with a real minus sign.

    Examples
    --------
    >>> decimal(-0.1234), decimal(-0.0001), decimal(float("nan"))
    ('−0.12', '0.00', '–')
    """
    if is_unknown(value):
        return UNKNOWN
    text = f"{float(value):.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def count(value: Any) -> str:
    """Print a count with its thousands apart.

    Examples
    --------
    >>> count(12345), count(None)
    ('12,345', '–')
    """
    return UNKNOWN if is_unknown(value) else f"{int(value):,}".replace("-", MINUS)


def percent(value: Any, digits: int = 0) -> str:
    """Print a share as a percentage.

    Examples
    --------
    >>> percent(0.537), percent(-0.02)
    ('54%', '−2%')
    """
    return UNKNOWN if is_unknown(value) else decimal(100 * float(value), digits) + "%"


def points(value: Any) -> str:
    """Print a difference of shares, in percentage points, without the unit.

    Examples
    --------
    >>> points(-0.123)
    '−12.3'
    """
    return UNKNOWN if is_unknown(value) else decimal(100 * float(value), 1)


def probability(value: Any) -> str:
    """Print a p-value.

    Examples
    --------
    >>> probability(0.00004), probability(0.0312), probability(0.6)
    ('< 0.001', '0.031', '0.60')
    """
    if is_unknown(value):
        return UNKNOWN
    value = float(value)
    if value < 0.001:
        return "< 0.001"
    return decimal(value, 3 if value < 0.1 else 2)


def scaled(value: Any, measure: str) -> str:
    """Print a figure in the unit of its measure: scores bare, shares in percent.

    Examples
    --------
    >>> scaled(0.25, "mean"), scaled(0.25, "positive")
    ('0.25', '25%')
    """
    return decimal(value) if measure == "mean" else percent(value)


def interval(estimate: Any, low: Any, high: Any, measure: str) -> str:
    """Print a figure with its interval.

    Examples
    --------
    >>> interval(-0.12, -0.2, -0.04, "mean"), interval(0.5, 0.4, 0.6, "positive")
    ('−0.12 [−0.20, −0.04]', '50% [40%, 60%]')
    """
    if is_unknown(estimate):
        return UNKNOWN
    if is_unknown(low) or is_unknown(high):
        return scaled(estimate, measure)
    return f"{scaled(estimate, measure)} [{scaled(low, measure)}, {scaled(high, measure)}]"


def p_value(value: Any) -> str:
    """Print a p-value with its letter: an equals sign only where a figure follows.

    Examples
    --------
    >>> p_value(0.0234), p_value(0.0001)
    ('p = 0.023', 'p < 0.001')
    """
    shown = probability(value)
    return f"p {shown}" if shown.startswith("<") else f"p = {shown}"


def bare_interval(estimate: Any, low: Any, high: Any, measure: str) -> str:
    """Print a figure with its interval for a column that names the unit in its head.

    Examples
    --------
    >>> bare_interval(0.5, 0.4, 0.6, "positive"), bare_interval(0.5, 0.4, 0.6, "mean")
    ('50 [40, 60]', '0.50 [0.40, 0.60]')
    """
    return interval(estimate, low, high, measure).replace("%", "")


def difference(estimate: Any, low: Any, high: Any, measure: str) -> str:
    """Print a difference of two figures; of shares in percentage points.

    Examples
    --------
    >>> difference(0.1, 0.05, 0.15, "positive")
    '10.0 [5.0, 15.0]'
    """
    if measure == "mean" or is_unknown(estimate):
        return interval(estimate, low, high, "mean")
    if is_unknown(low) or is_unknown(high):
        return points(estimate)
    return f"{points(estimate)} [{points(low)}, {points(high)}]"


def fewer_than(least: int) -> str:
    """Print what stands for a hidden count.

    Examples
    --------
    >>> fewer_than(10)
    '<10'
    """
    return f"<{least}"


def date(day: Any, language: Language) -> str:
    """Print a day: 19 January 2025, or 2025年1月19日.

    Parameters
    ----------
    day : str, date or Timestamp
        ``YYYY-MM-DD``, or something that begins so; anything else is printed as it is.
    language : {"en", "zh"}
        The language of the report.

    Examples
    --------
    >>> date("2025-01-19", "en"), date("2025-01-19", "zh")
    ('19 January 2025', '2025年1月19日')
    """
    if is_unknown(day):
        return UNKNOWN
    try:
        parsed = dt.date.fromisoformat(str(day)[:10])
    except ValueError:
        return str(day)
    if language == "zh":
        return f"{parsed.year}年{parsed.month}月{parsed.day}日"
    return f"{parsed.day} {_MONTHS[parsed.month - 1]} {parsed.year}"


def short_date(day: Any, language: Language) -> str:
    """Print a day without its year, for an axis.

    Examples
    --------
    >>> short_date("2025-01-19", "en"), short_date("2025-01-19", "zh")
    ('19 Jan', '1月19日')
    """
    try:
        parsed = dt.date.fromisoformat(str(day)[:10])
    except ValueError:
        return str(day)
    if language == "zh":
        return f"{parsed.month}月{parsed.day}日"
    return f"{parsed.day} {_MONTHS[parsed.month - 1][:3]}"


def enumeration(items: list[str], language: Language) -> str:
    """Join a list in words.

    Examples
    --------
    >>> enumeration(["a", "b", "c"], "en"), enumeration(["甲", "乙", "丙"], "zh")
    ('a, b and c', '甲、乙和丙')
    """
    if len(items) < 2:
        return "".join(items)
    separator, last = (", ", " and ") if language == "en" else ("、", "和")
    return separator.join(items[:-1]) + last + items[-1]
