"""When an export was collected, as far as its records say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

KEYS = ("last_modify_ts", "timestamp_collected")
"""MediaCrawler's and Zeeschuimer's time of collecting, in milliseconds."""
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

    def join(self, other: CrawlTimes) -> None:
        """Take in what others have seen."""
        self._first, self._last = min(self._first, other._first), max(self._last, other._last)

    @property
    def days(self) -> list[str] | None:
        """First and last day, in UTC; None if no record says."""
        if self._first > self._last:
            return None
        return [_day(self._first), _day(self._last)]


def _day(milliseconds: int) -> str:
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).date().isoformat()
