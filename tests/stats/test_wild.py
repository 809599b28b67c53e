from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.wild import wild_cluster_test


def data(seed: int = 0, effect: float = 0.0, n_clusters: int = 14):
    rng = np.random.default_rng(seed)
    code = np.repeat(np.arange(n_clusters), rng.integers(5, 30, n_clusters))
    x = np.column_stack([np.ones(code.shape[0]), code % 2, rng.normal(size=code.shape[0])])
    y = effect * x[:, 1] + 0.4 * rng.normal(size=n_clusters)[code] + rng.normal(size=code.shape[0])
    return y, x, code


def test_the_statistic_is_the_cluster_robust_t_of_statsmodels():
    y, x, code = data()
    found = wild_cluster_test(y, x, 1, code, np.random.default_rng(0), n_draws=99)
    fit = sm.OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": code, "use_correction": False})
    assert found.estimate == pytest.approx(fit.params[1])
    assert found.t == pytest.approx(fit.tvalues[1] * np.sqrt(13 / 14))


def test_p_is_that_of_the_bootstrap_written_out_on_rows():
    y, x, code = data(3)
    rng = np.random.default_rng(7)
    found = wild_cluster_test(y, x, 1, code, rng, n_draws=50, weights="rademacher")
    v = np.random.default_rng(7).choice([-1.0, 1.0], size=(50, 14))
    null = sm.OLS(y, x[:, [0, 2]]).fit()

    def t(z):
        fit = sm.OLS(z, x).fit(cov_type="cluster", cov_kwds={"groups": code, "use_correction": False})
        return fit.tvalues[1]

    hits = sum(abs(t(null.fittedvalues + null.resid * w[code])) >= abs(t(y)) for w in v)
    assert found.p == pytest.approx((1 + hits) / 51)


def test_an_effect_is_found_and_lies_in_its_interval():
    y, x, code = data(1, effect=1.5)
    found = wild_cluster_test(y, x, 1, code, np.random.default_rng(0), level=0.95)
    assert found.p < 0.01
    assert found.low < 1.5 < found.high
    assert found.low < found.estimate < found.high
    at_end = wild_cluster_test(y, x, 1, code, np.random.default_rng(0), null=found.low)
    assert at_end.p == pytest.approx(0.05, abs=0.02)


def test_all_sign_patterns_are_taken_where_there_are_few():
    y, x, code = data(2, n_clusters=6)
    one = wild_cluster_test(y, x, 1, code, np.random.default_rng(0), weights="rademacher")
    two = wild_cluster_test(y, x, 1, code, np.random.default_rng(99), weights="rademacher")
    assert one.p == two.p


def test_what_has_no_level_is_refused():
    y, x, code = data(n_clusters=4)
    with pytest.raises(NotMeasurable, match="4 clusters"):
        wild_cluster_test(y, x, 1, code, np.random.default_rng(0))
    y, x, code = data()
    inside = (code == 3).astype(float)
    lone = np.column_stack([x[:, 0], inside, inside * np.arange(code.shape[0])])
    with pytest.raises(NotMeasurable, match="one cluster only"):
        wild_cluster_test(y, lone, 2, code, np.random.default_rng(0))


def test_bad_parameters_are_named():
    y, x, code = data()
    with pytest.raises(ParameterError):
        wild_cluster_test(y, x, 5, code, np.random.default_rng(0))
    with pytest.raises(ParameterError):
        wild_cluster_test(y[:-1], x, 1, code, np.random.default_rng(0))
    with pytest.raises(ParameterError):
        wild_cluster_test(y, np.column_stack([x, x[:, 1]]), 1, code, np.random.default_rng(0))
    with pytest.raises(ParameterError):
        wild_cluster_test(y, x, 1, code, np.random.default_rng(0), weights="normal")  # type: ignore[arg-type]
