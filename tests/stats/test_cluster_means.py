from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as oracle

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.cluster_means import clustered_mean, clustered_ratio, t_interval

seeds = st.integers(0, 100_000)


def posts(seed: int, n: int = 80):
    rng = np.random.default_rng(seed)
    a, t = rng.integers(0, 30, n), rng.integers(0, 10, n)
    return rng.normal(size=n) + rng.normal(size=10)[t], (a, t), (a % 2).astype(np.int64)


def test_single_observations_as_clusters_come_close_to_students_interval():
    y = np.random.default_rng(0).normal(size=400)
    found = clustered_mean(y, (np.arange(400),))
    low, high = oracle.t.interval(0.95, 399, loc=y.mean(), scale=y.std(ddof=1) / np.sqrt(400))
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.002)


def test_clusters_of_many_observations_give_students_interval_of_their_means():
    rng = np.random.default_rng(3)
    means = rng.normal(size=12)
    y = np.repeat(means, 500) + 0.01 * rng.normal(size=6000)
    found = clustered_mean(y, (np.repeat(np.arange(12), 500),))
    assert found.se == pytest.approx(means.std(ddof=1) / np.sqrt(12), rel=0.01)
    assert found.df == pytest.approx(11.0, rel=0.01)


def test_two_groups_of_single_observations_give_welchs_standard_error():
    rng = np.random.default_rng(4)
    y, g = rng.normal(size=500), np.repeat([0, 1], [200, 300])
    found = clustered_mean(y, (np.arange(500),), groups=g)
    a, b = y[:200], y[200:]
    assert found.estimate == pytest.approx(a.mean() - b.mean())
    assert found.se == pytest.approx(np.sqrt(a.var(ddof=1) / 200 + b.var(ddof=1) / 300), rel=0.005)


def test_a_share_among_mentions_is_a_domain_estimator():
    mention = np.array([1, 1, 0, 1, 0, 1, 1, 0])
    positive = np.array([1, 0, 0, 1, 0, 0, 1, 0])
    whole = clustered_ratio(positive, mention, (np.arange(8),))
    among = clustered_mean(positive[mention == 1], (np.arange(5),))
    assert whole.estimate == pytest.approx(3 / 5)
    assert whole.se == pytest.approx(among.se)
    assert whole.n == 5


@settings(max_examples=30)
@given(seeds)
def test_swapping_the_groups_flips_the_interval(seed):
    y, clusters, g = posts(seed)
    one, two = (clustered_mean(y, clusters, groups=k) for k in (g, 1 - g))
    assert (one.estimate, one.low, one.high) == pytest.approx((-two.estimate, -two.high, -two.low))
    assert one.p == pytest.approx(two.p)


@settings(max_examples=30)
@given(seeds, st.floats(-5, 5), st.floats(0.1, 10))
def test_the_interval_moves_and_stretches_with_the_scale(seed, shift, scale):
    y, clusters, _ = posts(seed)
    one, two = clustered_mean(y, clusters), clustered_mean(shift + scale * y, clusters)
    assert two.low == pytest.approx(shift + scale * one.low, abs=1e-6)
    assert two.high == pytest.approx(shift + scale * one.high, abs=1e-6)


@settings(max_examples=20)
@given(seeds)
def test_repeating_every_post_within_its_clusters_changes_nothing(seed):
    y, (a, t), _ = posts(seed)
    one = clustered_mean(y, (a, t))
    two = clustered_mean(np.repeat(y, 2), (np.repeat(a, 2), np.repeat(t, 2)))
    assert (two.estimate, two.se, two.df) == pytest.approx((one.estimate, one.se, one.df))


def test_repeating_posts_as_new_clusters_narrows_the_interval():
    y, (a, t), _ = posts(1)
    one = clustered_mean(y, (a, t))
    two = clustered_mean(np.tile(y, 2), (np.r_[a, a + 100], np.r_[t, t + 100]))
    assert two.se == pytest.approx(one.se / np.sqrt(2), rel=0.1)


def test_thread_effects_widen_what_author_clusters_miss():
    rng = np.random.default_rng(2)
    t = rng.integers(0, 20, 2000)
    y = rng.normal(size=20)[t] + rng.normal(size=2000)
    assert clustered_mean(y, (np.arange(2000), t)).se > 5 * clustered_mean(y, (np.arange(2000),)).se


def test_nothing_to_compare_is_refused():
    with pytest.raises(NotMeasurable):
        clustered_mean([], (np.array([], dtype=np.int64),))
    with pytest.raises(NotMeasurable):
        clustered_mean([1.0, 2.0], ([0, 1],), groups=[1, 1])
    with pytest.raises(NotMeasurable):
        clustered_ratio([0.0, 0.0], [0.0, 0.0], ([0, 1],))


def test_bad_parameters_are_named():
    with pytest.raises(ParameterError):
        clustered_mean([1.0, np.nan], ([0, 1],))
    with pytest.raises(ParameterError):
        clustered_ratio([1.0, 1.0], [1.0, -1.0], ([0, 1],))
    with pytest.raises(ParameterError):
        clustered_mean([1.0, 2.0], ([0, 1],), groups=[0, 2])
    with pytest.raises(ParameterError):
        t_interval(0.0, 1.0, 5.0, level=95)


def test_t_interval_is_students():
    low, high, p = t_interval(1.0, 0.25, 7.0, 0.9)
    assert (low, high) == pytest.approx(oracle.t.interval(0.9, 7, loc=1.0, scale=0.5))
    assert p == pytest.approx(2 * oracle.t.sf(2.0, 7))
