from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.censored_counts import negative_binomial
from discourse.stats.correction_counts import corrected_counts

TRUE = 0.8


def simulated(seed: int, n: int = 1500, share: float = 0.25):
    """Likes grow by 0.8 where a post is warm; the label is right four times in five."""
    rng = np.random.default_rng(seed)
    author = rng.integers(0, 300, n)
    other = rng.normal(size=n)
    warm = rng.random(n) < 1 / (1 + np.exp(-other))
    label = np.where(rng.random(n) < 0.8, warm, ~warm)
    mean = np.exp(1 + TRUE * warm + 0.3 * other + 0.3 * rng.normal(size=300)[author])
    y = rng.negative_binomial(2, 2 / (2 + mean))
    x, truth = (np.c_[np.ones(n), v, other] for v in (label, warm))
    pi = np.where(label, 1.6 * share, 0.6 * share)
    seen = np.where((rng.random(n) < pi)[:, None], truth, np.nan)
    return y, x, seen, pi, (author,)


def test_the_planted_ratio_is_recovered_where_labels_alone_miss_it():
    error = {"naive": [], "human": [], "ppi++": []}
    covered = dict.fromkeys(error, 0)
    for seed in range(25):
        y, x, seen, pi, clusters = simulated(seed)
        for method in error:
            found = corrected_counts(y, x, seen, pi, clusters=clusters, method=method)
            error[method].append(found.estimate[1] - TRUE)
            covered[method] += found.low[1] <= TRUE <= found.high[1]
    assert np.mean(error["naive"]) < -0.2
    assert covered["naive"] <= 5
    for method in ("human", "ppi++"):
        assert abs(np.mean(error[method])) < 0.08
        assert covered[method] >= 21
    assert np.std(error["ppi++"]) < np.std(error["human"])


def test_everybody_coded_is_the_regression_itself():
    y, x, _, _, clusters = simulated(1)
    found = corrected_counts(y, x, x, np.ones(len(y)), clusters=clusters)
    fit = negative_binomial(y, x, clusters=clusters)
    np.testing.assert_allclose(found.estimate, fit.estimate)
    np.testing.assert_allclose(found.se, fit.se)


def test_codes_alone_weigh_by_one_over_the_probability():
    y, x, seen, pi, clusters = simulated(2)
    coded = np.isfinite(seen).all(axis=1)
    found = corrected_counts(y, x, seen, pi, clusters=clusters, method="human")
    fit = negative_binomial(y[coded], seen[coded], weights=1 / pi[coded])
    np.testing.assert_allclose(found.estimate, fit.estimate)
    assert (found.n, found.n_coded) == (coded.sum(), coded.sum())


def test_too_few_codes_bad_shapes_and_unknown_methods():
    y, x, seen, pi, clusters = simulated(3, share=0.001)
    with pytest.raises(NotMeasurable, match="too few coded"):
        corrected_counts(y, x, seen, pi, clusters=clusters)
    with pytest.raises(ParameterError, match="shape"):
        corrected_counts(y, x, seen[:, :2], pi, clusters=clusters)
    with pytest.raises(ParameterError, match="unknown method"):
        corrected_counts(y, x, seen, pi, clusters=clusters, method="dsl")
