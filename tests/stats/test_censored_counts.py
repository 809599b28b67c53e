"""Regression of counts with lower bounds: statsmodels where nothing is censored, planted effects where it is."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.censored_counts import negative_binomial


def simulated(n=3000, seed=0, alpha=1.5, slopes=(1.8, 0.5, -0.3)):
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(n), rng.integers(0, 2, n), rng.normal(size=n)])
    mu = np.exp(x @ np.array(slopes))
    return rng.negative_binomial(1 / alpha, 1 / (1 + alpha * mu)), x


def test_without_lower_bounds_it_is_the_regression_of_statsmodels():
    y, x = simulated()
    found = negative_binomial(y, x)
    theirs = sm.NegativeBinomial(y, x).fit(disp=0, method="newton", maxiter=200)
    np.testing.assert_allclose(found.estimate, theirs.params[:-1], atol=2e-4)
    np.testing.assert_allclose(found.se, theirs.bse[:-1], atol=2e-4)
    assert found.alpha == pytest.approx(theirs.params[-1], abs=2e-3)
    assert found.log_likelihood == pytest.approx(theirs.llf, abs=1e-3)


def test_without_lower_bounds_the_clustered_errors_are_those_of_statsmodels():
    y, x = simulated()
    groups = np.arange(y.size) % 150
    found = negative_binomial(y, x, clusters=[groups])
    theirs = sm.NegativeBinomial(y, x).fit(
        disp=0, method="newton", maxiter=200, cov_type="cluster", cov_kwds={"groups": groups}
    )
    np.testing.assert_allclose(found.se, theirs.bse[:-1], rtol=0.01)


def test_the_log_likelihood_of_a_lower_bound_is_that_of_the_tail():
    from scipy.stats import nbinom

    from discourse.stats.censored_counts import _tail

    mu, alpha = 3.0, 0.7
    r = 1 / alpha
    expected = nbinom.logsf(np.array([1, 5, 20]) - 1, r, r / (r + mu))
    found = _tail(np.array([1.0, 5.0, 20.0]), np.full(3, np.log(mu)), np.log(alpha))
    np.testing.assert_allclose(found, expected, rtol=1e-8)


def test_the_loss_is_that_of_the_plain_formula_and_its_derivatives_those_of_differences():
    from scipy.stats import nbinom

    from discourse.stats.censored_counts import _data, _hessian, _loss

    y, x = simulated(n=200)
    bound, weights = y >= 9, np.linspace(0.5, 1.5, 200)
    data, theta = _data(np.minimum(y, 9), x, bound, weights), np.array([1.5, 0.4, -0.2, 0.3])
    mu, r = np.exp(x @ theta[:-1]), np.exp(-theta[-1])
    plain = np.where(
        bound, nbinom.logsf(8, r, r / (r + mu)), nbinom.logpmf(np.minimum(y, 9), r, r / (r + mu))
    )
    assert _loss(theta, data)[0] == pytest.approx(-float(weights @ plain))
    for i, step in enumerate(np.eye(4) * 1e-5):
        up, down = _loss(theta + step, data), _loss(theta - step, data)
        assert _loss(theta, data)[1][i] == pytest.approx((up[0] - down[0]) / 2e-5, rel=1e-5, abs=1e-5)
        np.testing.assert_allclose(_hessian(theta, data)[i], (up[1] - down[1]) / 2e-5, rtol=1e-5, atol=1e-4)


def test_the_maximum_is_met_to_rounding():
    from discourse.stats.censored_counts import _data, _loss

    y, x = simulated(n=2000)
    fit = negative_binomial(np.minimum(y, 20), x, at_least=y >= 20)
    theta = np.append(fit.estimate, np.log(fit.alpha))
    assert np.abs(_loss(theta, _data(np.minimum(y, 20), x, y >= 20, None))[1]).max() < 1e-6


def test_a_planted_effect_is_found_although_high_counts_are_cut_off():
    y, x = simulated(n=6000, slopes=(2.5, 0.8, 0.0))
    cut = 15
    shown, bound = np.minimum(y, cut), y >= cut
    right = negative_binomial(shown, x, at_least=bound)
    wrong = negative_binomial(shown, x)
    assert right.low[1] < 0.8 < right.high[1]
    assert wrong.high[1] < 0.8
    assert right.n_censored == bound.sum() > 1000


def test_a_lower_bound_of_zero_says_nothing():
    y, x = simulated(n=800)
    more_y, more_x = np.append(y, np.zeros(50)), np.vstack([x, x[:50]])
    bound = np.append(np.zeros(800, dtype=bool), np.ones(50, dtype=bool))
    np.testing.assert_allclose(
        negative_binomial(more_y, more_x, at_least=bound).estimate,
        negative_binomial(y, x).estimate,
        atol=1e-5,
    )


def test_the_order_of_posts_does_not_matter():
    y, x = simulated(n=700)
    order = np.random.default_rng(2).permutation(700)
    forth, back = negative_binomial(y, x), negative_binomial(y[order], x[order])
    np.testing.assert_allclose(forth.estimate, back.estimate, atol=1e-6)


def test_under_no_effect_p_is_below_five_percent_in_about_five_percent():
    rng, hits = np.random.default_rng(3), 0
    threads = np.repeat(np.arange(60), 8)
    for _ in range(120):
        tone = rng.normal(scale=0.5, size=60)[threads]
        of_thread = rng.integers(0, 2, 60)[threads].astype(float)
        mu = np.exp(1.0 + tone)
        y = rng.negative_binomial(0.8, 0.8 / (0.8 + mu))
        fit = negative_binomial(y, np.column_stack([np.ones(480), of_thread]), clusters=[threads])
        hits += fit.p[1] < 0.05
    assert 1 <= hits <= 14


def test_what_cannot_be_fitted_is_refused():
    y, x = simulated(n=100)
    with pytest.raises(NotMeasurable, match="told apart"):
        negative_binomial(y, np.column_stack([x, x[:, 1]]))
    with pytest.raises(NotMeasurable, match="no more counts"):
        negative_binomial(y[:3], x[:3])
    with pytest.raises(ParameterError, match="negative"):
        negative_binomial(y - 100, x)
