"""Spans of time: phases, where events cut them, and in which one a moment lies."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import ParameterError


@dataclass(frozen=True)
class Phase:
    """A span of time that begins at a moment and lasts until the next phase.

    Parameters
    ----------
    name : str
        What it is called.
    start : datetime, optional
        Aware; None begins before the first post.
    """

    name: str
    start: dt.datetime | None = None


def phases_of_events(
    events: Sequence[Mapping[str, Any]], timezone: str = "UTC", *, before: str = "before"
) -> list[Phase]:
    """Cut time at the days of events.

    Parameters
    ----------
    events : sequence of mapping
        Each with ``name`` and ``at`` (an aware datetime).
    timezone : str
        IANA name of the zone in which days begin.
    before : str
        Name of the time before the first event.

    Returns
    -------
    list of Phase
        A phase begins at midnight of the day of an event and bears its name; events of one day share a phase,
        whose name joins theirs.  Without events there is one phase, the whole time.

    Raises
    ------
    ParameterError
        If the zone is unknown.

    Examples
    --------
    >>> at = dt.datetime.fromisoformat("2025-01-18T22:30-05:00")
    >>> [(p.name, str(p.start)) for p in phases_of_events([{"name": "Dark", "at": at}], "Asia/Shanghai")]
    [('before', 'None'), ('Dark', '2025-01-19 00:00:00+08:00')]
    """
    zone = _zone(timezone)
    names: dict[dt.date, list[str]] = {}
    for event in sorted(events, key=lambda e: (e["at"], str(e["name"]))):
        names.setdefault(event["at"].astimezone(zone).date(), []).append(str(event["name"]))
    later = [
        Phase(" / ".join(named), dt.datetime.combine(day, dt.time(), zone)) for day, named in names.items()
    ]
    return [Phase(before), *later]


def assign_phases(times: pd.Series, phases: Sequence[Phase]) -> pd.Series:
    """Say in which phase each moment lies.

    Parameters
    ----------
    times : Series of aware datetimes
        Moments; NA stays NA.
    phases : sequence of Phase
        In the order of time; only the first may begin at None.

    Returns
    -------
    Series of str
        Name of the phase on the index of ``times``; NA before the first phase.

    Raises
    ------
    ParameterError
        If there is no phase, two bear one name, one has no zone, or they are not in order.

    Examples
    --------
    >>> noon = pd.Series(pd.to_datetime(["2025-01-19T12:00Z"]))
    >>> after = Phase("after", dt.datetime(2025, 1, 19, tzinfo=dt.UTC))
    >>> assign_phases(noon, [Phase("before"), after]).tolist()
    ['after']
    """
    return pd.Series(phase_categories(times, phases), index=times.index).astype("str")


def phase_categories(times: pd.Series, phases: Sequence[Phase]) -> pd.Categorical:
    """Do as :func:`assign_phases`, with phases as categories: a byte a post.

    Examples
    --------
    >>> noon = pd.Series(pd.to_datetime(["2025-01-19T12:00Z", None]))
    >>> phase_categories(noon, [Phase("whole")]).tolist()
    ['whole', nan]
    """
    _check(phases)
    place = np.full(len(times), -1, dtype=np.int16)
    for i, phase in enumerate(phases):
        inside = times.notna() if phase.start is None else (times >= pd.Timestamp(phase.start))
        place[inside.fillna(False).to_numpy(dtype=bool)] = i
    return pd.Categorical.from_codes(
        place, categories=pd.Index([phase.name for phase in phases], dtype="str")
    )


def _zone(timezone: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ParameterError(
            f"{timezone!r} is no time zone", hint="write one such as Asia/Shanghai"
        ) from None


def _check(phases: Sequence[Phase]) -> None:
    names = [phase.name for phase in phases]
    starts = [phase.start for phase in phases]
    if not names or len(set(names)) != len(names):
        raise ParameterError("phases need different names", expected="one name a phase")
    if any(start is None for start in starts[1:]):
        raise ParameterError("only the first phase may begin before everything", where="phases")
    known = [start for start in starts if start is not None]
    if any(start.tzinfo is None for start in known):
        raise ParameterError("the start of a phase has no zone", where="phases")
    if any(a >= b for a, b in pairwise(known)):
        raise ParameterError("the phases are not in the order of time", where="phases")
