from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.compare.changepoints import change_points, daily_change_points
from discourse.errors import NotMeasurable, ParameterError


def daily(values: np.ndarray) -> pd.Series:
    return pd.Series(values, index=pd.date_range("2025-01-01", periods=len(values)).strftime("%Y-%m-%d"))


def test_planted_changes_are_found_on_their_days():
    rng = np.random.default_rng(0)
    level = np.repeat([0.0, 1.0, 0.4], [18, 12, 20])
    found = change_points(daily(level + 0.1 * rng.normal(size=50)))
    assert found["day"].tolist() == ["2025-01-19", "2025-01-31"]
    np.testing.assert_allclose(found["change"], [1.0, -0.6], atol=0.15)
    assert found["n_before"].tolist() == [18, 12]
    assert found["n_after"].tolist() == [12, 20]


def test_noise_alone_changes_rarely():
    rng = np.random.default_rng(1)
    found = [len(change_points(daily(rng.normal(size=40)))) for _ in range(100)]
    assert np.mean(np.array(found) > 0) < 0.25


def test_days_without_a_value_are_left_out():
    y = np.repeat([0.0, 5.0], 10) + 0.01 * np.random.default_rng(2).normal(size=20)
    y[9] = np.nan
    assert change_points(daily(y))["day"].tolist() == ["2025-01-11"]


def test_a_constant_series_has_no_change():
    assert change_points(daily(np.full(20, 0.3))).empty
    assert change_points(daily(np.full(20, 0.3))).columns.tolist()[:3] == ["day", "before", "after"]


def test_bad_input_is_refused():
    with pytest.raises(NotMeasurable):
        change_points(daily(np.arange(4.0)))
    with pytest.raises(ParameterError):
        change_points(daily(np.arange(9.0)), penalty=0.0)


def test_every_daily_series_is_searched_and_says_if_it_is_too_short():
    days = pd.date_range("2025-01-10", periods=20, freq="D").strftime("%Y-%m-%d")
    level = pd.Series([9.0, 11.0] * 5 + [90.0, 110.0] * 5)
    parts = [
        pd.DataFrame({"group": "all", "day": days, "measure": "posts", "estimate": level}),
        pd.DataFrame({"group": "all", "day": days, "measure": "mean", "estimate": [0.1, 0.2] * 10}),
        pd.DataFrame({"group": "few", "day": days, "measure": "mean", "estimate": [0.1] * 3 + [np.nan] * 17}),
    ]
    daily = pd.concat(parts, ignore_index=True).assign(target=pd.NA, n=20, n_authors=20)
    table = daily_change_points(daily)
    assert table["day"].fillna("-").tolist() == ["2025-01-20", "-", "-"]
    assert table.loc[0, "before"] == pytest.approx(10, abs=0.5)
    assert pd.isna(table.loc[1, "reason"])
    assert "too few" in table.loc[2, "reason"]


@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_the_search_is_that_of_least_squares_far_from_zero_too(offset):
    import ruptures

    rng = np.random.default_rng(3)
    for _ in range(10):
        y = np.repeat(rng.normal(size=4), 12) + 0.3 * rng.normal(size=48)
        slow = ruptures.Pelt(model="l2", min_size=3, jump=1).fit(y).predict(pen=2.0)
        found = change_points(daily(y + offset), penalty=2.0)
        assert found["day"].tolist() == [daily(y).index[end] for end in slow[:-1]]
