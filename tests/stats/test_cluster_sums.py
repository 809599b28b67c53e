"""Sums within clusters of influence values that come part by part."""

from __future__ import annotations

import numpy as np
import pytest

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.cluster_sums import ClusterSums
from discourse.stats.clusters import influence_variances


def in_parts(psi, size=40):
    return ((slice(a, a + size), psi[a : a + size]) for a in range(0, len(psi), size))


def test_sums_that_come_in_parts_give_the_variances_of_the_whole():
    rng = np.random.default_rng(1)
    psi, ways = rng.normal(size=(90, 3)), [rng.integers(-1, 20, 90), rng.integers(0, 7, 90)]
    sums = ClusterSums(ways)
    assert not sums.in_order
    assert np.allclose(sums.variances(in_parts(psi), 3), influence_variances(psi, ways), rtol=1e-13)


@pytest.mark.parametrize("size", [1, 7, 40, 200])
def test_what_is_sorted_by_both_ways_need_not_be_held(size):
    rng = np.random.default_rng(2)
    psi, a, b = rng.normal(size=(120, 3)), rng.integers(0, 9, 120), rng.integers(0, 5, 120)
    order = np.lexsort((b, a))
    sums = ClusterSums([a[order], b[order]])
    assert sums.in_order
    whole = influence_variances(psi, [a, b])
    assert np.allclose(sums.variances(in_parts(psi[order], size), 3), whole, rtol=1e-13)


def test_one_cluster_and_three_ways_are_refused():
    with pytest.raises(NotMeasurable):
        ClusterSums([[0, 0], [0, 1]])
    with pytest.raises(ParameterError, match="one or two"):
        ClusterSums([[0], [0], [0]])
