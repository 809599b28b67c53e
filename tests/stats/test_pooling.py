"""Partial pooling: published meta-analyses, the formula by hand, and what it must not do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.pooling import between_variance, partial_pooling

# Trials of the BCG vaccine (Colditz et al. 1994): cases and others, vaccinated and not
BCG = np.array(
    [
        (4, 119, 11, 128),
        (6, 300, 29, 274),
        (3, 228, 11, 209),
        (62, 13536, 248, 12619),
        (33, 5036, 47, 5761),
        (180, 1361, 372, 1079),
        (8, 2537, 10, 619),
        (505, 87886, 499, 87892),
        (29, 7470, 45, 7232),
        (17, 1699, 65, 1600),
        (186, 50448, 141, 27197),
        (5, 2493, 3, 2338),
        (27, 16886, 29, 17825),
    ],
    dtype=float,
)
N1, N2 = BCG[:, 0] + BCG[:, 1], BCG[:, 2] + BCG[:, 3]
LOG_RATIO = np.log(BCG[:, 0] / N1) - np.log(BCG[:, 2] / N2)
VARIANCE = 1 / BCG[:, 0] - 1 / N1 + 1 / BCG[:, 2] - 1 / N2

areas = st.lists(st.tuples(st.floats(-1, 1), st.floats(0.001, 1)), min_size=2, max_size=30).map(
    lambda rows: (np.array([r[0] for r in rows]), np.array([r[1] for r in rows]))
)


@pytest.mark.parametrize(
    ("method", "tau2", "mean", "se"), [("reml", 0.3132, -0.7145, 0.1798), ("dl", 0.3088, -0.7141, 0.1787)]
)
def test_the_bcg_trials_as_metafor_gives_them(method, tau2, mean, se):
    # Viechtbauer 2010, doi:10.18637/jss.v036.i03
    found = partial_pooling(LOG_RATIO, VARIANCE, method=method)
    assert (round(found.tau2, 4), round(found.mean, 4), round(found.mean_se, 4)) == (tau2, mean, se)


def test_the_moment_estimator_is_that_of_statsmodels():
    theirs = combine_effects(LOG_RATIO, VARIANCE, method_re="dl")
    assert between_variance(LOG_RATIO, VARIANCE, method="dl") == pytest.approx(theirs.tau2)


def test_pooled_means_by_hand():
    y, v = np.array([0.1, 0.5, 0.9]), np.array([0.01, 0.04, 0.09])
    w = 1 / v
    q = w @ (y - w @ y / w.sum()) ** 2
    tau2 = (q - 2) / (w.sum() - w @ w / w.sum())
    b = v / (v + tau2)
    mu = (y / (v + tau2)).sum() / (1 / (v + tau2)).sum()
    found = partial_pooling(y, v, method="dl")
    np.testing.assert_allclose(found.estimate, b * mu + (1 - b) * y)
    np.testing.assert_allclose(found.weight, 1 - b)


@given(areas)
def test_a_pooled_mean_lies_between_its_own_and_the_common_one(given_areas):
    y, v = given_areas
    found = partial_pooling(y, v)
    assert np.all(found.estimate >= np.minimum(y, found.mean) - 1e-9)
    assert np.all(found.estimate <= np.maximum(y, found.mean) + 1e-9)
    assert np.all(found.low <= found.estimate)
    assert found.tau2 >= 0


@given(areas)
def test_the_order_of_areas_does_not_matter(given_areas):
    y, v = given_areas
    forth, back = partial_pooling(y, v), partial_pooling(y[::-1], v[::-1])
    np.testing.assert_allclose(forth.estimate, back.estimate[::-1], atol=1e-6)


def test_areas_that_differ_by_chance_only_are_pooled_wholly_and_others_keep_their_own():
    rng = np.random.default_rng(1)
    v = rng.uniform(0.01, 0.05, 400)
    same = partial_pooling(0.2 + rng.normal(size=400) * np.sqrt(v), v)
    apart = partial_pooling(0.2 + rng.normal(size=400) * np.sqrt(v + 1.0), v)
    assert same.weight.mean() < 0.1
    assert apart.tau2 == pytest.approx(1.0, abs=0.25)
    assert apart.weight.min() > 0.9


def test_intervals_hold_the_true_means_as_often_as_they_say():
    rng = np.random.default_rng(7)
    held, n = 0, 0
    for _ in range(60):
        v = rng.uniform(0.01, 0.2, 25)
        true = 0.1 + rng.normal(size=25) * 0.25
        found = partial_pooling(true + rng.normal(size=25) * np.sqrt(v), v)
        held += int(((found.low <= true) & (true <= found.high)).sum())
        n += 25
    assert 0.935 < held / n < 0.985


def test_too_few_areas_and_bad_variances_are_refused():
    with pytest.raises(NotMeasurable, match="fewer than two areas"):
        partial_pooling([0.1], [0.1])
    with pytest.raises(ParameterError, match="not above 0"):
        partial_pooling([0.1, 0.2], [0.1, 0.0])
    with pytest.raises(ParameterError, match="unknown method"):
        between_variance([0.1, 0.2], [0.1, 0.1], method="ml")
