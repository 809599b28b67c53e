from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from discourse.compare.spans import Phase, assign_phases, phases_of_events
from discourse.errors import ParameterError

BEIJING = dt.timezone(dt.timedelta(hours=8))
PHASES = [Phase("before"), Phase("dark", dt.datetime(2025, 1, 19, tzinfo=BEIJING))]


def test_phases_begin_at_midnight_of_the_zone_on_the_day_of_an_event():
    at = dt.datetime.fromisoformat("2025-01-18T22:30-05:00")
    found = phases_of_events([{"name": "Dark", "at": at}], "Asia/Shanghai")
    assert [phase.name for phase in found] == ["before", "Dark"]
    assert found[1].start == dt.datetime(2025, 1, 19, tzinfo=BEIJING)


def test_events_of_one_day_share_a_phase():
    times = ["2025-01-20T01:00+08:00", "2025-01-19T12:00+08:00", "2025-01-19T11:30+08:00"]
    events = [
        {"name": name, "at": dt.datetime.fromisoformat(at)} for name, at in zip("cba", times, strict=True)
    ]
    assert [p.name for p in phases_of_events(events, "Asia/Shanghai")] == ["before", "a / b", "c"]


def test_without_events_everything_is_one_phase():
    assert phases_of_events([], "UTC") == [Phase("before")]


def test_a_moment_lies_in_the_phase_that_began_last():
    times = pd.Series(pd.to_datetime(["2025-01-18T15:59Z", "2025-01-18T16:00Z", None], utc=True))
    assert assign_phases(times, PHASES).fillna("-").tolist() == ["before", "dark", "-"]


def test_what_came_before_the_first_declared_phase_lies_in_none():
    times = pd.Series(pd.to_datetime(["2025-01-18T15:59Z"], utc=True))
    assert assign_phases(times, PHASES[1:]).isna().all()


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [Phase("a"), Phase("a", dt.datetime(2025, 1, 1, tzinfo=BEIJING))],
        [PHASES[1], Phase("a")],
        [Phase("a", dt.datetime(2025, 1, 1))],
        [PHASES[1], Phase("a", dt.datetime(2025, 1, 1, tzinfo=BEIJING))],
    ],
)
def test_refuses_phases_that_are_not_in_order(wrong):
    with pytest.raises(ParameterError):
        assign_phases(pd.Series(pd.to_datetime(["2025-01-18"], utc=True)), wrong)
