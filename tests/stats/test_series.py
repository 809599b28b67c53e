from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.series import interrupted_series, newey_west, newey_west_lags, placebo_dates


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 6))
def test_newey_west_equals_statsmodels(seed, lags):
    rng = np.random.default_rng(seed)
    n = 40
    x = np.column_stack([np.ones(n), np.arange(n), rng.normal(size=n)])
    y = np.cumsum(rng.normal(size=n)) * 0.3 + x[:, 2]
    found = newey_west(y, x, lags=lags)
    fit = sm.OLS(y, x).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True})
    np.testing.assert_allclose(found.coefficients, fit.params)
    np.testing.assert_allclose(found.covariance, fit.cov_params(), rtol=1e-6, atol=1e-12)


def test_weights_equal_weighted_least_squares():
    rng = np.random.default_rng(0)
    x, w = np.column_stack([np.ones(30), np.arange(30)]), rng.integers(1, 50, 30).astype(float)
    y = rng.normal(size=30)
    found = newey_west(y, x, lags=3, weights=w)
    fit = sm.WLS(y, x, weights=w).fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True})
    np.testing.assert_allclose(found.coefficients, fit.params)
    np.testing.assert_allclose(np.diag(found.covariance), fit.bse**2, rtol=1e-6)


def test_a_missing_day_is_an_empty_step_and_moves_nothing():
    y = np.arange(20.0)
    y[7] = np.nan
    found = newey_west(y, np.column_stack([np.ones(20), np.arange(20)]))
    np.testing.assert_allclose(found.coefficients, [0.0, 1.0], atol=1e-10)
    assert np.isnan(found.residuals[7])
    assert found.df == 17


def test_a_planted_jump_and_slope_are_recovered():
    rng = np.random.default_rng(2)
    t = np.arange(60)
    y = 1.0 + 0.02 * t + (t >= 30) * (0.8 + 0.05 * (t - 30)) + 0.1 * rng.normal(size=60)
    found = interrupted_series(y, 30)
    assert found.level.low < 0.8 < found.level.high
    assert found.slope.low < 0.05 < found.slope.high
    assert found.level.p < 0.001
    assert found.start.estimate == pytest.approx(1.6, abs=0.15)
    assert found.n == 60


def test_placebo_dates_rank_the_jump_among_those_before():
    rng = np.random.default_rng(3)
    y = 0.1 * rng.normal(size=50) + (np.arange(50) >= 35)
    found = placebo_dates(y, 35)
    assert found.events.tolist() == list(range(3, 33))
    assert found.p == pytest.approx(1 / 31)
    assert placebo_dates(0.1 * rng.normal(size=50), 35).p > 0.05


def test_placebo_never_sees_what_came_after():
    y = np.random.default_rng(4).normal(size=40)
    changed = y.copy()
    changed[30:] += 100.0
    assert placebo_dates(y, 30).jumps.tolist() == placebo_dates(changed, 30).jumps.tolist()


def test_lags_follow_the_rule():
    assert [newey_west_lags(n) for n in (20, 100, 400)] == [2, 4, 5]


def test_short_series_are_refused():
    with pytest.raises(NotMeasurable, match="2 values before"):
        interrupted_series([1.0, 2.0, 3.0, 4.0, 5.0], 2)
    with pytest.raises(NotMeasurable, match="placebo"):
        placebo_dates(np.arange(12.0), 6)
    with pytest.raises(NotMeasurable, match="too few"):
        newey_west([1.0], np.ones((1, 1)))
    with pytest.raises(ParameterError, match="collinear"):
        newey_west(np.arange(5.0), np.ones((5, 2)))
    with pytest.raises(ParameterError):
        newey_west(np.arange(5.0), np.ones((4, 1)))
    with pytest.raises(ParameterError):
        newey_west(np.arange(5.0), np.ones((5, 1)), weights=[-1.0] * 5)
