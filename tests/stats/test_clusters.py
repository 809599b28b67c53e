from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.clusters import (
    cluster_sums,
    dense_codes,
    effective_clusters,
    influence_variance,
    influence_variances,
    intersection_codes,
)

codes = st.lists(st.integers(-1, 5), min_size=1, max_size=40)


def test_two_way_variance_is_that_of_cameron_gelbach_and_miller_by_hand():
    psi = np.array([3.0, -1.0, 2.0, -4.0])
    authors, threads = [0, 0, 1, 1], [0, 1, 0, 1]
    by_author = 2 / 1 * ((3 - 1) ** 2 + (2 - 4) ** 2)
    by_thread = 2 / 1 * ((3 + 2) ** 2 + (-1 - 4) ** 2)
    by_cell = 9 + 1 + 4 + 16
    found = influence_variance(psi, (authors, threads))
    assert found.parts == (by_author, by_thread, by_cell)
    assert found.variance == max(by_author + by_thread - by_cell, by_author, by_thread)
    assert found.n_clusters == (2, 2)


def test_the_guard_takes_the_larger_one_way_variance():
    found = influence_variance([1.0, -1.0, -1.0, 1.0], ([0, 0, 1, 1], [0, 1, 0, 1]))
    assert found.variance == 0.0  # sums vanish both ways; the raw three terms would give -4
    assert found.parts[2] == 4.0


def test_independent_observations_come_close_to_the_textbook_variance_of_a_mean():
    y = np.random.default_rng(0).normal(size=100)
    found = influence_variance((y - y.mean()) / 100, (np.arange(100),), load=np.full(100, 0.01))
    assert found.variance == pytest.approx(y.var(ddof=1) / 100, rel=0.01)


def test_the_correction_is_unbiased_where_few_clusters_of_unequal_size_have_random_effects():
    rng = np.random.default_rng(5)
    sizes = np.array([60, 20, 10, 5, 5])
    code = np.repeat(np.arange(5), sizes)
    share = sizes / sizes.sum()
    truth = float((share**2).sum() + 0.01 / 100)
    plain, corrected = [], []
    for _ in range(3000):
        y = rng.normal(size=5)[code] + 0.1 * rng.normal(size=100)
        psi = (y - y.mean()) / 100
        plain.append(influence_variance(psi, (code,)).variance)
        corrected.append(influence_variance(psi, (code,), load=np.full(100, 0.01)).variance)
    assert np.mean(plain) < 0.6 * truth
    assert np.mean(corrected) == pytest.approx(truth, rel=0.1)


def test_degrees_of_freedom_fall_when_one_cluster_dominates():
    rng = np.random.default_rng(1)
    y = rng.normal(size=400)

    def df(sizes: list[int]) -> float:
        code = np.repeat(np.arange(len(sizes)), sizes)
        z = y + rng.normal(size=len(sizes))[code]
        return influence_variance((z - z.mean()) / 400, (code,), load=np.full(400, 1 / 400)).df

    assert df([20] * 20) > 10
    assert df([305] + [5] * 19) < 4


@given(codes)
def test_dense_codes_keep_clusters_apart_and_together(labels):
    out = dense_codes(np.array(labels))
    assert sorted(set(out.tolist())) == list(range(len(set(out.tolist()))))
    for i, a in enumerate(labels):
        for j, b in enumerate(labels):
            assert (out[i] == out[j]) == (i == j or (a == b and a >= 0))


@given(st.lists(st.integers(0, 12) | st.sampled_from([5_000, 10**12]), max_size=40))
def test_dense_codes_are_numbered_in_the_order_of_the_given_ones(labels):
    assert dense_codes(np.array(labels, dtype=np.int64)).tolist() == [
        sorted(set(labels)).index(label) for label in labels
    ]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30))
def test_cells_in_order_are_numbered_as_cells_in_any_order(pairs):
    a, b = np.array(pairs).T
    order = np.lexsort((b, a))
    assert intersection_codes(a, b)[order].tolist() == intersection_codes(a[order], b[order]).tolist()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30))
def test_intersection_codes_name_the_pairs(pairs):
    a, b = np.array(pairs).T
    out = intersection_codes(a, b)
    assert len(set(out.tolist())) == len(set(pairs))
    assert all((out[i] == out[j]) == (pairs[i] == pairs[j]) for i in range(len(pairs)) for j in range(i))


@pytest.mark.parametrize("n_ways", [1, 2])
def test_variances_of_many_estimates_are_those_of_each(n_ways):
    rng = np.random.default_rng(5)
    psi, ways = rng.normal(size=(60, 3)), [rng.integers(-1, 12, 60), rng.integers(0, 7, 60)][:n_ways]
    each = [influence_variance(column, ways).variance for column in psi.T]
    assert influence_variances(psi, ways).tolist() == each


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_order_of_observations_and_names_of_clusters_do_not_matter(seed):
    rng = np.random.default_rng(seed)
    psi = rng.normal(size=60)
    psi -= psi.mean()
    a, t = rng.integers(0, 20, 60), rng.integers(0, 8, 60)
    order = rng.permutation(60)
    load = np.full(60, 1 / 60)
    one = influence_variance(psi, (a, t), load=load)
    two = influence_variance(psi[order], (a[order] * 7 + 3, 100 - t[order]), load=load)
    assert one.variance == pytest.approx(two.variance)
    assert one.df == pytest.approx(two.df)
    swapped = influence_variance(psi, (t, a), load=load)
    assert swapped.variance == pytest.approx(one.variance)


def test_cluster_sums_add_what_belongs_together():
    assert cluster_sums([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]], [1, 0, 1]).tolist() == [[2, 20], [5, 50]]


def test_effective_clusters_count_equal_clusters():
    assert effective_clusters(np.ones(7)) == pytest.approx(7.0)
    assert effective_clusters([1.0, 0.0, 0.0]) == 1.0
    assert effective_clusters([0.0, 0.0]) == 1.0


def test_one_cluster_is_refused_with_its_reason():
    with pytest.raises(NotMeasurable, match="one cluster"):
        influence_variance([1.0, -1.0], ([0, 0],))
    with pytest.raises(NotMeasurable, match="all observations of a group"):
        influence_variance(
            [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]],
            ([0, 0, 1, 2],),
            load=[[0.5, 0.0], [0.5, 0.0], [0.0, 0.5], [0.0, 0.5]],
        )


def test_shapes_are_checked():
    with pytest.raises(ParameterError):
        influence_variance([1.0, -1.0], ([0, 1, 2],))
    with pytest.raises(ParameterError):
        influence_variance([1.0, -1.0], ())
    with pytest.raises(ParameterError):
        influence_variance([1.0, -1.0], ([0, 1],), load=[1.0])
    with pytest.raises(ParameterError):
        dense_codes([0.5, 1.0])
    with pytest.raises(ParameterError):
        intersection_codes([0, 1], [0])
