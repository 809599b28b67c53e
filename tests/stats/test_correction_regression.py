from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.correction import METHODS, Frame, corrected_estimate
from discourse.stats.correction_regression import corrected_regression


def simulated(seed: int, n: int = 2000):
    """A label whose error grows with the regressor: the naive slope is wrong."""
    rng = np.random.default_rng(seed)
    author = rng.integers(0, 300, n)
    x = np.column_stack([np.ones(n), rng.normal(size=n)])
    y = 1.0 + 0.5 * x[:, 1] + 0.4 * rng.normal(size=300)[author] + rng.normal(size=n)
    label = 0.8 * y - 0.4 * x[:, 1] + 0.5 * rng.normal(size=n)
    pi = np.where(label > 1.0, 0.3, 0.1)
    code = np.where(rng.random(n) < pi, y, np.nan)
    return x, Frame(label, code, pi, (author,))


def test_human_is_weighted_least_squares_with_clustered_errors():
    x, f = simulated(0)
    found = corrected_regression(x, f, "human")
    keep = f.coded
    fit = sm.WLS(f.code[keep], x[keep], weights=1 / f.probability[keep]).fit(
        cov_type="cluster", cov_kwds={"groups": f.clusters[0][keep], "use_correction": False}
    )
    g = np.unique(f.clusters[0][keep]).shape[0]
    np.testing.assert_allclose(found.estimate, fit.params)
    np.testing.assert_allclose(found.se, fit.bse * np.sqrt(g / (g - 1)))


def test_planted_slope_is_recovered_by_all_but_the_naive():
    error = {m: [] for m in METHODS}
    covered = dict.fromkeys(METHODS, 0)
    for seed in range(40):
        x, f = simulated(seed)
        for m in METHODS:
            found = corrected_regression(x, f, m)
            error[m].append(found.estimate[1] - 0.5)
            covered[m] += found.low[1] <= 0.5 <= found.high[1]
    assert abs(np.mean(error["naive"])) > 0.3
    for m in ("human", "ppi++", "dsl"):
        assert abs(np.mean(error[m])) < 0.03
        assert covered[m] >= 34
    assert np.std(error["ppi++"]) < np.std(error["human"])


def test_a_constant_alone_gives_the_mean():
    x, f = simulated(3)
    for m in ("human", "ppi++"):
        found = corrected_regression(x[:, :1], f, m)
        assert found.estimate[0] == pytest.approx(corrected_estimate(f, m).estimate)


def test_too_few_codes_and_bad_shapes():
    x, f = simulated(4, n=30)
    few = Frame(f.prediction, np.where(np.arange(30) < 3, f.code, np.nan), f.probability, f.clusters)
    with pytest.raises(NotMeasurable):
        corrected_regression(x, few, "ppi++")
    with pytest.raises(ParameterError):
        corrected_regression(x[:-1], f)
    with pytest.raises(ParameterError):
        corrected_regression(np.column_stack([x, x[:, 1]]), f, "naive")
    with pytest.raises(ParameterError):
        corrected_regression(x, f, "mla")  # type: ignore[arg-type]


def test_a_regression_over_mentions_counts_the_mentions_that_people_found():
    """The label misses mentions and finds others: only bases tell posts of the domain from the rest."""
    rng = np.random.default_rng(7)
    error = {m: [] for m in METHODS}
    for _ in range(25):
        n = 2000
        x = np.column_stack([np.ones(n), rng.normal(size=n)])
        about = rng.random(n) < 0.6
        y = np.where(about, 1.0 + 0.5 * x[:, 1] + rng.normal(size=n), 0.0)
        found = np.where(rng.random(n) < 0.85, about, ~about)
        label = np.where(found, 0.7 * y + 0.3 * rng.normal(size=n), 0.0)
        seen = rng.random(n) < 0.2
        frame = Frame(
            label,
            np.where(seen, y, np.nan),
            np.full(n, 0.2),
            (np.arange(n),),
            prediction_base=found.astype(float),
            code_base=np.where(seen, about, np.nan),
        )
        for m in METHODS:
            error[m].append(corrected_regression(x, frame, m).estimate[1] - 0.5)
    assert abs(np.mean(error["naive"])) > 0.15
    for m in ("human", "ppi++", "dsl"):
        assert abs(np.mean(error[m])) < 0.04


def test_ones_as_bases_change_nothing():
    x, f = simulated(5)
    ones = Frame(
        f.prediction,
        f.code,
        f.probability,
        f.clusters,
        prediction_base=np.ones(len(x)),
        code_base=np.where(f.coded, 1.0, np.nan),
    )
    for m in METHODS:
        found = corrected_regression(x, ones, m)
        np.testing.assert_allclose(found.estimate, corrected_regression(x, f, m).estimate, rtol=1e-9)
