from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from discourse.compare.interrupted import MIN_POINTS, StepSeries, interrupted, segmented, step_series
from discourse.errors import NotMeasurable, ParameterError
from discourse.stats import interrupted_series

START = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
DARK = START + dt.timedelta(days=20)


def scored(rng: np.random.Generator, jump: float, days: int = 40, a_day: int = 30) -> pd.DataFrame:
    """Posts over some days whose mean jumps on the twentieth; authors write once."""
    hours = np.sort(rng.uniform(0, 24 * days, a_day * days))
    times = pd.to_datetime([START + dt.timedelta(hours=float(h)) for h in hours], utc=True)
    score = 0.1 + jump * (times >= DARK) + rng.normal(0, 0.3, len(times))
    return pd.DataFrame(
        {
            "post_id": [f"{i:06d}" for i in range(len(times))],
            "author": [f"a{i}" for i in range(len(times))],
            "group": "hosts",
            "created_at": times,
            "target": "refugees",
            "label": "positive",
            "score": score,
            "mention_kind": "named",
        }
    )


def level(table: pd.DataFrame) -> pd.Series:
    return table[(table["term"] == "level") & (table["group"] == "all")].iloc[0]


def test_a_planted_jump_with_days_enough_is_found():
    frame = scored(np.random.default_rng(2), 0.3)
    row = level(interrupted(frame, [{"name": "Dark", "at": DARK}], instrument="lexicon"))
    assert row["unit"] == "day"
    assert row["low"] < 0.3 < row["high"]
    assert (row["n_before"], row["n_after"]) == (19, 19)  # whole days only
    assert row["placebo_p"] == pytest.approx(1 / (1 + row["n_placebo"]))
    assert pd.isna(row["reason"])


def test_where_nothing_happens_the_interval_holds_zero_about_as_often_as_it_says():
    rng = np.random.default_rng(4)
    events = [{"name": "Nothing", "at": DARK}]
    rows = [level(interrupted(scored(rng, 0.0), events, instrument="lexicon")) for _ in range(40)]
    # Newey-West errors are somewhat narrow in short series; 9 of 40 outside are very rare at 90 % coverage
    assert sum(not row["low"] < 0 < row["high"] for row in rows) <= 9


def test_four_events_in_four_days_are_not_measurable_and_the_reason_says_how_many_points_there_are():
    frame = scored(np.random.default_rng(2), 0.3)
    events = [{"name": str(i), "at": DARK + dt.timedelta(days=i)} for i in range(4)]
    table = interrupted(frame, events, instrument="lexicon")
    inner = table[table["event"].isin(["1", "2"])]
    assert inner["estimate"].isna().all()
    assert set(inner["unit"]) == {"hour"}
    assert (
        inner["reason"]
        .str.fullmatch(r"too few steps with a value: \d+ before the event and \d+ after it")
        .all()
    )


def test_a_series_ends_where_another_event_begins():
    frame = scored(np.random.default_rng(2), 0.3)
    events = [{"name": "a", "at": DARK}, {"name": "b", "at": DARK + dt.timedelta(days=13)}]
    assert level(interrupted(frame, events, instrument="lexicon"))["n_after"] == 13


def test_hours_are_used_where_days_are_too_few_and_posts_are_many():
    frame = scored(np.random.default_rng(2), 0.3, days=26, a_day=24 * 25)
    events = [
        {"name": name, "at": DARK + dt.timedelta(days=day)} for name, day in (("a", -3), ("b", 0), ("c", 3))
    ]
    table = interrupted(frame, events, instrument="lexicon", min_cell=5)
    row = level(table[table["event"] == "b"])
    assert row["unit"] == "hour"
    assert row["n_before"] >= MIN_POINTS["hour"]
    assert row["low"] < 0.3 < row["high"]
    assert "daily rhythm" in row["method"]


def test_the_rhythm_of_the_day_is_no_jump():
    time = np.arange(96.0)
    rhythm = 0.5 * np.cos(2 * np.pi * (time - 5) / 24) + 0.01 * np.sin(time**2)
    found = segmented(StepSeries(rhythm, np.ones(96), 48, "hour"))
    assert abs(found["level"][0]) < 0.02


def test_days_are_fitted_by_the_segmented_regression_of_stats():
    rng = np.random.default_rng(1)
    values = rng.normal(size=40) + (np.arange(40) >= 20)
    ours = segmented(StepSeries(values, np.ones(40), 20, "day"))
    theirs = interrupted_series(values, 20)
    assert ours["level"][0] == theirs.level.estimate
    assert ours["slope"][0] == theirs.slope.estimate


def test_a_step_with_few_authors_has_no_value():
    frame = scored(np.random.default_rng(2), 0.0, days=40, a_day=5).assign(mean=1.0)
    window = (START, START + dt.timedelta(days=40))
    assert np.isnan(step_series(frame, DARK, window, "day", min_cell=20).values).all()


def test_refuses_a_series_that_is_too_short():
    with pytest.raises(NotMeasurable, match="11 before the event and 12 after"):
        segmented(StepSeries(np.arange(23.0), np.ones(23), 11, "day"))


def test_refuses_an_event_without_a_zone():
    with pytest.raises(ParameterError):
        interrupted(
            scored(np.random.default_rng(2), 0.0),
            [{"name": "x", "at": dt.datetime(2025, 1, 1)}],
            instrument="x",
        )
