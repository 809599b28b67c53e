from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from discourse.compare.trend import daily_series, events_table, local_day
from discourse.errors import ParameterError
from discourse.tables import DAILY, EVENTS


def posts(times: list[str], group: str = "hosts", **columns) -> pd.DataFrame:
    n = len(times)
    frame = {
        "post_id": [f"{group}{i}" for i in range(n)],
        "author": [f"{group}{i}" for i in range(n)],
        "thread_id": [f"{group}{i}" for i in range(n)],
        "group": group,
        "created_at": pd.to_datetime(times, utc=True, format="ISO8601"),
    }
    return pd.DataFrame(frame | columns)


def scored(
    times: list[str], scores: list[float], group: str = "hosts", target: str = "refugees"
) -> pd.DataFrame:
    labels = ["absent" if np.isnan(s) else "positive" if s > 0 else "negative" for s in scores]
    kinds = [None if np.isnan(s) else "named" for s in scores]
    return posts(times, group, target=target, label=labels, score=scores, mention_kind=kinds)


def test_days_written_out_once_are_those_of_each_moment():
    moments = ["2025-03-09T06:59Z", "2025-03-09T07:01Z", "2024-12-31T23:59Z", "2025-03-10T03:59Z", None]
    times = pd.Series(pd.to_datetime(moments * 3, utc=True), index=range(5, 20))
    for zone in ("America/New_York", "Asia/Shanghai"):
        plain = times.dt.tz_convert(zone).dt.strftime("%Y-%m-%d")
        pd.testing.assert_series_equal(local_day(times, zone), plain)


def one(table: pd.DataFrame, **where) -> pd.Series:
    for name, value in where.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_a_post_of_the_american_evening_falls_on_the_next_day_in_shanghai():
    evening = posts(["2025-01-18T22:30-05:00"])
    assert daily_series(evening, "Asia/Shanghai", min_cell=1)["day"].unique().tolist() == ["2025-01-19"]
    assert daily_series(evening, "America/New_York", min_cell=1)["day"].unique().tolist() == ["2025-01-18"]


def test_days_follow_the_clock_of_the_zone_through_summer_time():
    times = pd.Series(pd.to_datetime(["2025-03-30T22:30Z", "2025-03-29T22:30Z"], utc=True))
    assert local_day(times, "Europe/Berlin").tolist() == ["2025-03-31", "2025-03-29"]


def test_a_day_without_posts_has_none_and_no_mean():
    frame = scored(["2025-01-13T12:00Z"] * 12 + ["2025-01-15T12:00Z"] * 12, [0.5, -0.5] * 12)
    table = daily_series(frame)
    empty = table[(table["day"] == "2025-01-14") & (table["group"] == "hosts")].set_index("measure")
    assert empty.loc["posts", "estimate"] == 0
    assert empty["n"].tolist() == [0] * 5
    assert empty.loc[["mean", "positive", "negative", "coverage"], "estimate"].isna().all()


def test_means_and_shares_are_those_of_the_posts_that_mention_the_target():
    frame = scored(["2025-01-13T12:00Z"] * 16, [0.9, 0.5, 0.1, -0.3] * 3 + [np.nan] * 4)
    table = daily_series(frame)
    mean = one(table, group="hosts", measure="mean")
    assert mean["estimate"] == pytest.approx(0.3)
    assert mean["low"] < 0.3 < mean["high"]
    assert mean["n"] == 12
    assert one(table, group="hosts", measure="positive")["estimate"] == pytest.approx(0.75)
    assert one(table, group="all", measure="coverage")["estimate"] == pytest.approx(0.75)
    assert one(table, group="hosts", measure="posts")["estimate"] == 16


def test_a_post_scored_toward_two_targets_is_one_post():
    times = ["2025-01-13T12:00Z"] * 12
    frame = pd.concat([scored(times, [0.5] * 12, target=t) for t in ("refugees", "hosts")])
    table = daily_series(frame)
    assert one(table, group="all", measure="posts")["estimate"] == 12
    assert set(table["target"].dropna()) == {"refugees", "hosts"}


def test_an_author_who_only_speaks_of_himself_counts_for_coverage_and_not_for_the_mean():
    frame = scored(["2025-01-13T12:00Z"] * 24, [0.4, -0.4] * 12)
    frame.loc[:11, ["mention_kind", "score"]] = ["self", np.nan]
    table = daily_series(frame)
    assert one(table, group="hosts", measure="mean")["n"] == 12
    assert one(table, group="hosts", measure="coverage")["estimate"] == 1


def test_hides_days_with_too_few_authors_and_what_would_give_them_away():
    day = "2025-01-13T12:00Z"
    frame = pd.concat([posts([day] * 30), posts([day] * 3, "newcomers")])
    table = daily_series(frame, min_cell=10).set_index("group")
    assert table.loc["newcomers", ["estimate", "n", "n_authors"]].isna().all()
    assert table.loc["hosts", ["estimate", "n", "n_authors"]].isna().all()
    assert table.loc["all", "n"] == 33


def test_a_hidden_day_is_not_what_is_missing_to_the_sum_of_its_phase():
    days = ["2025-01-13T12:00Z", "2025-01-14T12:00Z", "2025-01-20T12:00Z", "2025-01-21T12:00Z"]
    frame = pd.concat([posts([day] * (30 + 9 * i), name) for name in "ab" for i, day in enumerate(days)])
    frame = pd.concat([frame, posts([days[0]] * 3 + [t for t in days[1:] for _ in range(30)], "newcomers")])
    frame["post_id"] = frame["author"] = [str(i) for i in range(len(frame))]
    table = daily_series(frame, min_cell=10, starts=["2025-01-20"])
    hidden = table[table["n"].isna() & (table["group"] == "newcomers")]["day"].tolist()
    assert hidden == ["2025-01-13", "2025-01-14"]


def test_the_unassigned_are_hidden_before_everybody_is():
    day = "2025-01-13T12:00Z"
    frame = pd.concat([posts([day] * 30), posts([day] * 3, "newcomers"), posts([day] * 20, "unassigned")])
    table = daily_series(frame, min_cell=10).set_index("group")["n"]
    assert table["all"] == 53
    assert table["hosts"] == 30
    assert table[["newcomers", "unassigned"]].isna().all()


def test_a_day_in_a_single_thread_gets_no_figure():
    frame = scored(["2025-01-13T12:00Z"] * 12, [0.5, -0.5] * 6).assign(thread_id="one")
    mean = one(daily_series(frame), group="hosts", measure="mean")
    assert np.isnan(mean["estimate"])
    assert mean["n"] == 12


def test_the_order_of_posts_changes_nothing():
    rng = np.random.default_rng(3)
    times = [f"2025-01-{d:02d}T12:00Z" for d in rng.integers(10, 14, 80)]
    frame = scored(times, list(rng.normal(size=80)))
    shuffled = frame.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(daily_series(frame), daily_series(shuffled), check_exact=True)


def test_posts_without_a_time_stand_in_no_day():
    frame = posts(["2025-01-13T12:00Z"] * 12)
    frame.loc[0, "created_at"] = pd.NaT
    assert daily_series(frame).set_index("group").loc["hosts", "n"] == 11


def test_no_post_gives_an_empty_table():
    table = daily_series(posts([]))
    assert table.columns.tolist() == DAILY.names
    assert table.empty


def test_refuses_times_without_a_zone_and_unknown_zones():
    frame = posts(["2025-01-13T12:00Z"])
    with pytest.raises(ParameterError, match="no time zone"):
        daily_series(frame, "Asia/Peking")
    with pytest.raises(ParameterError, match="no zone"):
        daily_series(frame.assign(created_at=frame["created_at"].dt.tz_localize(None)))


def test_events_stand_in_order_with_their_local_day():
    events = [
        {"name": "back", "at": "2025-01-19T12:00-05:00"},
        {"name": "dark", "at": dt.datetime(2025, 1, 19, 3, 30, tzinfo=dt.UTC)},
    ]
    table = events_table(events, "Asia/Shanghai")
    assert table[["name", "day"]].values.tolist() == [["dark", "2025-01-19"], ["back", "2025-01-20"]]
    assert table.columns.tolist() == EVENTS.names
    assert events_table([]).empty


@pytest.mark.parametrize("event", [{"name": "x", "at": dt.datetime(2025, 1, 1)}, {"at": "2025-01-01T00:00Z"}])
def test_an_event_needs_a_name_and_a_zone(event):
    with pytest.raises(ParameterError, match="needs a name and a time with a zone"):
        events_table([event])
