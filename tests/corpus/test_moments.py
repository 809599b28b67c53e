from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from discourse.corpus.damage import parse_time, zone_of
from discourse.corpus.moments import microseconds, moments_of

CHINA = zone_of("Asia/Shanghai")
DIGITS = st.integers(10**8, 10**19 - 1).map(str)
EPOCHS = (
    st.integers(1_262_304_000_000, 4_200_000_000_000).map(str)
    | st.integers(700_000_000, 4_200_000_000).map(str)
    | st.integers(10**15, 10**19 - 1).map(str)
)
ODD = st.sampled_from(
    [
        "",
        None,
        "0",
        "1740000000000",
        "1.75E+12",
        "2025-01-14",
        "3天前",
        1736881573,
        1736881573.5,
        "0000000000123",
    ]
)


@given(st.lists(EPOCHS, min_size=1) | st.lists(DIGITS) | st.lists(EPOCHS | ODD))
@example(["0000000000123"])
@example(["9007199254740993"])
@example(["1736881573000", "1740000000000"])
def test_a_column_of_times_is_read_as_each_of_them(values: list[object]) -> None:
    read = moments_of(values, CHINA, zone_known=False)
    for number, value in enumerate(values):
        time = parse_time(value, CHINA, zone_known=False)
        at = read.at[number]
        assert (
            None if at is None else datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
        ) == time.at
        assert (read.doubts.get(number), read.flags.get(number, ())) == (time.doubt, time.flags)
        assert (number in read.unread) == ("time-unread" in time.flags)


@given(st.datetimes(datetime(1995, 1, 1), datetime(2099, 12, 31)))
def test_what_the_door_writes_comes_back(at: datetime) -> None:
    aware = at.replace(tzinfo=UTC)
    found = microseconds(aware.isoformat(timespec="microseconds"))
    assert found is not None
    assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=found) == aware
