"""When an export was collected, as far as its records say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from discourse.corpus.damage import parse_time
from discourse.corpus.worded import Seen

KEYS = ("last_modify_ts", "timestamp_collected")
"""MediaCrawler's and Zeeschuimer's time of collecting, in milliseconds."""
WRITTEN = (
    "采集时间",
    "抓取时间",
    "爬取时间",
    "采集日期",
    "collected_at",
    "scraped_at",
    "crawled_at",
    "crawl_time",
    "fetch_time",
)
"""Columns in which other collectors write it."""
_FIRST, _LAST = 1_262_304_000_000, 4_102_444_800_000  # 2010 to 2100: else it is damage, no time


class CrawlTimes:
    """The earliest and the latest time of collecting among records.

    Examples
    --------
    >>> times = CrawlTimes()
    >>> for stamp in ("1736900000000", 1736990000000, "1.74E+12", None):
    ...     times.see({"last_modify_ts": stamp})
    >>> times.days
    ['2025-01-15', '2025-01-16']
    """

    def __init__(self) -> None:
        self._first, self._last = _LAST, _FIRST
        self._texts = ("9" * 13, "0" * 13)

    def see(self, values: Mapping[str, Any]) -> None:
        """Take a record's time in; what a spreadsheet rounded is left out."""
        for key in KEYS:
            value = values.get(key)
            if value is None:
                continue
            if isinstance(value, str):
                if len(value) != 13 or self._texts[0] <= value <= self._texts[1]:
                    continue  # no such time, or between two that were seen
                if not (value.isascii() and value.isdigit() and _FIRST <= int(value) < _LAST):
                    continue
                self._texts = (min(self._texts[0], value), max(self._texts[1], value))
                value = int(value)
            if isinstance(value, int) and _FIRST <= value < _LAST:
                self._first, self._last = min(self._first, value), max(self._last, value)

    def see_columns(self, columns: Mapping[str, Sequence[str]]) -> None:
        """Take the times of many records in; equal ones once."""
        for key in KEYS:
            for value in set(columns.get(key, ())):
                self.see({key: value})

    def join(self, other: CrawlTimes) -> None:
        """Take in what others have seen."""
        self._first, self._last = min(self._first, other._first), max(self._last, other._last)

    @property
    def days(self) -> list[str] | None:
        """First and last day, in UTC; None if no record says."""
        if self._first > self._last:
            return None
        return [_day(self._first), _day(self._last)]


def seen_of(values: Mapping[str, Any], zone: dt.tzinfo) -> Seen | None:
    """Say when a record was collected, as far as it tells.

    Examples
    --------
    >>> seen_of({"采集时间": "2025-01-20 10:00:00"}, dt.UTC).first.isoformat()
    '2025-01-20T10:00:00+00:00'
    >>> seen_of({"content": "..."}, dt.UTC) is None
    True
    """
    for key in (*KEYS, *WRITTEN):
        if values.get(key) in (None, ""):
            continue
        time = parse_time(values[key], zone)
        if time.at is not None:
            wide = dt.timedelta(hours=time.doubt or 0)
            return Seen(time.at - wide, time.at + wide)
    return None


def seen_between(first: Any, last: Any, zone: dt.tzinfo) -> Seen | None:
    """Give the days of collecting, as a card says them, from the first minute to the last.

    Examples
    --------
    >>> seen_between(dt.date(2025, 1, 20), None, dt.UTC).last.isoformat()
    '2025-01-20T23:59:59+00:00'
    """
    days = sorted(day for day in map(_date, (first, last)) if day is not None)
    if not days:
        return None
    start, end = (dt.datetime(d.year, d.month, d.day, tzinfo=zone) for d in (days[0], days[-1]))
    return Seen(start, end + dt.timedelta(hours=23, minutes=59, seconds=59))


def _date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _day(milliseconds: int) -> str:
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).date().isoformat()
