from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.bootstrap import bootstrap_mean, resample_counts
from discourse.stats.cluster_means import clustered_mean


def posts(seed: int = 0, n: int = 600):
    rng = np.random.default_rng(seed)
    a, t = np.arange(n) % 150, np.arange(n) * 7 % 41 % 40
    y = rng.normal(size=n) + 0.7 * rng.normal(size=150)[a] + 0.7 * rng.normal(size=40)[t]
    return y, a, t, (a % 2).astype(np.int64)


def test_draws_from_sums_are_those_from_rows():
    y, a, _, g = posts()
    found = bootstrap_mean(y, (a,), np.random.default_rng(5), groups=g, n_draws=100, interval="percentile")
    weights = resample_counts(150, 100, np.random.default_rng(5))
    by_hand = []
    for k in range(100):
        w = weights[a, k]
        by_hand.append(np.average(y[g == 0], weights=w[g == 0]) - np.average(y[g == 1], weights=w[g == 1]))
    np.testing.assert_allclose(found.draws, by_hand, atol=1e-6)


def test_pigeonhole_draws_weigh_a_post_by_author_times_thread():
    y, a, t, g = posts()
    found = bootstrap_mean(y, (a, t), np.random.default_rng(5), groups=g, n_draws=100, interval="percentile")
    rng = np.random.default_rng(5)
    rows, columns = resample_counts(150, 100, rng), resample_counts(40, 100, rng)
    w = rows[a] * columns[t]
    by_hand = [
        np.average(y[g == 0], weights=w[g == 0, k]) - np.average(y[g == 1], weights=w[g == 1, k])
        for k in range(100)
    ]
    np.testing.assert_allclose(found.draws, by_hand, atol=1e-5)


@pytest.mark.parametrize("two_way", [False, True])
def test_standard_error_of_each_draw_is_that_of_its_sample(two_way):
    y, a, t, g = posts(n=200)
    from discourse.stats.bootstrap import _Cells

    cells = _Cells.make(y, (a, t) if two_way else (a,), g)
    _, se = cells.draw(3, np.random.default_rng(1), studentise=True)
    rng = np.random.default_rng(1)
    rows = resample_counts(int(cells.first.max()) + 1, 3, rng)
    columns = resample_counts(int(cells.second.max()) + 1, 3, rng) if two_way else None
    first = np.unique(a, return_inverse=True)[1]
    second = np.unique(t, return_inverse=True)[1]
    for k in range(3):
        w = rows[first, k] * (columns[second, k] if two_way else 1.0)
        psi = np.zeros(200)
        for group, sign in ((0, 1.0), (1, -1.0)):
            m = g == group
            mean = np.average(y[m], weights=w[m])
            psi[m] = sign * (y[m] - mean) / w[m].sum()
        by_a = np.bincount(first, psi * (columns[second, k] if two_way else 1.0))
        v = float(rows[:, k] @ by_a**2)
        if two_way:
            by_t = np.bincount(second, psi * rows[first, k])
            v_t = float(columns[:, k] @ by_t**2)
            cell = np.bincount(first * 1000 + second, psi)
            weight = np.bincount(first * 1000 + second, w) / np.maximum(np.bincount(first * 1000 + second), 1)
            v = max(v + v_t - float(weight @ cell**2), v, v_t)
        assert se[k] == pytest.approx(np.sqrt(v), rel=1e-4)


@pytest.mark.parametrize("kind", ["studentised", "bca", "percentile"])
def test_intervals_agree_with_the_formula_where_both_should(kind):
    y, a, _, g = posts(3)
    formula = clustered_mean(y, (a,), groups=g)
    found = bootstrap_mean(y, (a,), np.random.default_rng(2), groups=g, n_draws=2000, interval=kind)
    assert found.estimate == pytest.approx(formula.estimate)
    assert (found.low, found.high) == pytest.approx((formula.low, formula.high), abs=0.05)


def test_bca_leans_to_the_long_tail():
    y = np.random.default_rng(1).exponential(size=60) ** 2
    found = bootstrap_mean(y, (np.arange(60),), np.random.default_rng(1), interval="bca")
    assert found.high - found.estimate > found.estimate - found.low


def test_same_seed_same_draws_and_order_of_rows_does_not_matter():
    y, a, t, g = posts()
    order = np.random.default_rng(9).permutation(y.shape[0])
    one = bootstrap_mean(y, (a, t), np.random.default_rng(1), groups=g, n_draws=200)
    two = bootstrap_mean(
        y[order], (a[order], t[order]), np.random.default_rng(1), groups=g[order], n_draws=200
    )
    assert (one.low, one.high, one.p) == pytest.approx((two.low, two.high, two.p))
    again = bootstrap_mean(y, (a, t), np.random.default_rng(1), groups=g, n_draws=200)
    assert one.draws.tolist() == again.draws.tolist()


def test_counts_sum_to_the_clusters_and_are_poisson_where_many():
    few = resample_counts(30, 50, np.random.default_rng(0))
    assert (few.sum(axis=0) == 30).all()
    many = resample_counts(5000, 40, np.random.default_rng(0))
    assert many.mean() == pytest.approx(1.0, abs=0.01)
    assert many.var() == pytest.approx(1.0, abs=0.02)


def test_a_mean_of_one_group_is_not_centred_away():
    found = bootstrap_mean(np.arange(100.0) + 1000, (np.arange(100),), np.random.default_rng(0))
    assert found.low < 1049.5 < found.high
    assert found.high - found.low < 20


def test_what_cannot_be_resampled_is_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(NotMeasurable):
        bootstrap_mean([1.0, 2.0], ([0, 0],), rng)
    with pytest.raises(NotMeasurable):
        bootstrap_mean([1.0, 1.0, 1.0], ([0, 1, 2],), rng)
    with pytest.raises(NotMeasurable):
        bootstrap_mean([], (np.array([], dtype=np.int64),), rng)
    with pytest.raises(NotMeasurable):
        bootstrap_mean([1.0, 2.0], ([0, 1],), rng, groups=[1, 1])
    with pytest.raises(ParameterError):
        bootstrap_mean([1.0, 2.0], ([0, 1],), rng, n_draws=5)
    with pytest.raises(ParameterError):
        bootstrap_mean([1.0, np.inf], ([0, 1],), rng)


@pytest.mark.parametrize("kind", ["symmetric", "bca"])
def test_p_is_the_level_at_which_the_interval_reaches_zero(kind):
    y, a, t, g = posts()
    first = bootstrap_mean(y, (a, t), np.random.default_rng(5), groups=g, interval=kind)
    at = bootstrap_mean(y, (a, t), np.random.default_rng(5), groups=g, interval=kind, level=1.0 - first.p)
    edge = at.low if first.estimate > 0 else at.high
    assert edge == pytest.approx(0.0, abs=0.02 * (first.high - first.low))
    if kind == "symmetric":
        assert first.low + first.high == pytest.approx(2.0 * first.estimate)
