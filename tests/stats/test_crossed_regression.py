"""Many regressions at once."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats import crossed_regression, influence_variance

module = import_module("discourse.stats.crossed_regression")


def planted(n: int = 300, seed: int = 0):
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(n), rng.integers(0, 2, n), rng.normal(size=n)])
    authors, threads = rng.integers(0, 90, n), rng.integers(0, 25, n)
    noise = rng.normal(size=(n, 3)) + rng.normal(size=(25, 3))[threads]
    return x @ np.array([[0.2, 0.5, 0.0], [0.1, 0.0, 0.3], [0.0, 0.0, 0.0]]).T + noise, x, authors, threads


def test_estimates_are_least_squares_and_variances_those_of_their_influence_values():
    y, x, authors, threads = planted()
    found = crossed_regression(y, x, authors, threads)
    for row, outcome in enumerate(y.T):
        beta = np.linalg.lstsq(x, outcome, rcond=None)[0]
        np.testing.assert_allclose(found.estimate[row], beta, atol=1e-10)
        influence = (x @ np.linalg.inv(x.T @ x)) * (outcome - x @ beta)[:, None]
        for column in range(3):
            alone = influence_variance(influence[:, column], [authors, threads])
            assert found.se[row, column] ** 2 == pytest.approx(alone.variance, rel=1e-10)
            assert found.df[row, column] == pytest.approx(alone.df, rel=1e-10)


def test_single_observations_as_clusters_give_the_heteroscedastic_errors_of_white():
    sm = pytest.importorskip("statsmodels.api")
    y, x, _, _ = planted()
    found = crossed_regression(y, x, np.arange(300), np.arange(300))
    expected = sm.OLS(y[:, 0], x).fit(cov_type="HC0").bse
    np.testing.assert_allclose(found.se[0], expected, rtol=0.01)


def test_intervals_hold_the_planted_coefficients_about_as_often_as_they_say():
    from scipy import stats as oracle

    held = []
    for seed in range(60):
        found = crossed_regression(*planted(seed=seed))
        wide = oracle.t.ppf(0.975, found.df) * found.se
        held.append(np.abs(found.estimate[:, 1] - [0.5, 0.0, 0.0]) <= wide[:, 1])
    assert 0.88 < np.mean(held) <= 1.0


def test_regressors_that_follow_each_other_are_refused():
    y, x, authors, threads = planted()
    with pytest.raises(NotMeasurable, match="told apart"):
        crossed_regression(y, np.column_stack([x, x[:, 1]]), authors, threads)
    with pytest.raises(ParameterError, match="finite"):
        crossed_regression(y[1:], x, authors, threads)


def test_sums_over_parts_are_those_of_the_whole(monkeypatch):
    y, x, authors, threads = planted()
    whole = crossed_regression(y, x, authors, threads)
    monkeypatch.setattr(module, "_AT_ONCE", 70)
    for found, expected in zip(crossed_regression(y, x, authors, threads), whole, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-9)
    with pytest.raises(NotMeasurable, match="told apart"):
        crossed_regression(y, np.column_stack([x, x[:, 1] * 2]), authors, threads)
