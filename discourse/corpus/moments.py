"""Many times at once: nearly all exports write seconds or milliseconds since 1970."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discourse.corpus.damage import Time, parse_time

_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_EARLIEST, _LATEST = ((datetime(year, 1, 1, tzinfo=UTC) - _ZERO) // _MICROSECOND for year in (1995, 2100))


@dataclass(slots=True)
class Moments:
    """A column of times, as far as an export tells them.

    Parameters
    ----------
    at : list of (int or None)
        Microseconds since 1970; None where unknown.
    doubts : dict of int to float
        Rows whose times are rounded, with half the width of what is left open, in hours.
    flags : dict of int to tuple of str
        What was assumed or lost.
    unread : set of int
        Rows in which something else than a time stands.
    """

    at: list[int | None]
    doubts: dict[int, float] = field(default_factory=dict)
    flags: dict[int, tuple[str, ...]] = field(default_factory=dict)
    unread: set[int] = field(default_factory=set)


def microseconds(written: str | None) -> int | None:
    """Give a time as the door writes it in microseconds since 1970.

    Examples
    --------
    >>> microseconds("1970-01-01T00:00:01.000000+00:00")
    1000000
    """
    return None if written is None else (datetime.fromisoformat(written) - _ZERO) // _MICROSECOND


def moments_of(
    values: Sequence[Any], zone: tzinfo, *, zone_known: bool = True, day_first: bool = False
) -> Moments:
    """Do to a column what :func:`discourse.corpus.damage.parse_time` does to a value.

    Parameters
    ----------
    values : sequence
        The column.
    zone, zone_known, day_first
        As there.

    Returns
    -------
    Moments
        The same moments.

    Examples
    --------
    >>> moments_of(["1745984996000", "1745984997000"], UTC).at
    [1745984996000000, 1745984997000000]
    """
    plain = _epochs(values)
    if plain is not None:
        return Moments(plain)
    out = Moments([None] * len(values))
    known: dict[str, Time] = {}
    for number, value in enumerate(values):
        time = known.get(value) if type(value) is str else None
        if time is None:
            time = parse_time(value, zone, zone_known=zone_known, day_first=day_first)
            if type(value) is str:
                known[value] = time
        if time.at is not None:
            out.at[number] = (time.at - _ZERO) // _MICROSECOND
        if time.doubt is not None:
            out.doubts[number] = time.doubt
        if time.flags:
            out.flags[number] = time.flags
            if "time-unread" in time.flags:
                out.unread.add(number)
    return out


def _epochs(values: Sequence[Any]) -> list[int | None] | None:
    """Read a column of whole seconds, milliseconds and so on; None where anything else is in it."""
    if not values or set(map(type, values)) != {str} or not set(map(len, values)) <= set(range(9, 20)):
        return None
    joined = "".join(values)
    if not (joined.isascii() and joined.isdecimal()) or any(v.endswith("0000000") for v in values):
        return None
    numbers: NDArray[np.float64] = np.array(list(map(float, values)))
    scale = np.select([numbers < 1e11, numbers < 1e14, numbers < 1e17], [1.0, 1e3, 1e6], 1e9)
    at = np.rint(numbers / scale * 1e6)
    return at.astype(np.int64).tolist() if bool(((at >= _EARLIEST) & (at < _LATEST)).all()) else None
