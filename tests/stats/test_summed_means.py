from __future__ import annotations

import numpy as np
import pytest

from discourse.stats import summed_means
from discourse.stats.cluster_means import clustered_mean, clustered_ratio


def crossed(seed: int, n: int = 3000):
    rng = np.random.default_rng(seed)
    authors, threads = rng.integers(-1, 500, n), rng.integers(0, 40, n)
    return rng.normal(size=n), (authors, threads), (rng.random(n) < 0.4).astype(np.int8)


@pytest.mark.parametrize("ways", [1, 2])
@pytest.mark.parametrize("grouped", [False, True])
def test_a_mean_is_a_ratio_with_a_denominator_of_one(ways, grouped):
    values, clusters, groups = crossed(1)
    given = groups if grouped else None
    one = clustered_mean(values, clusters[:ways], groups=given)
    assert one == clustered_ratio(values, np.ones_like(values), clusters[:ways], groups=given)


@pytest.mark.parametrize("at_once", [1, 7, 500])
@pytest.mark.parametrize("grouped", [False, True])
def test_parts_of_any_size_give_the_same_figures(monkeypatch, at_once, grouped):
    values, clusters, groups = crossed(2)
    clusters = (clusters[0], np.where(clusters[1] < 30, 0, clusters[1]))  # some cells are larger than a part
    whole = clustered_mean(values, clusters, groups=groups if grouped else None)
    monkeypatch.setattr(summed_means, "AT_ONCE", at_once)
    parts = clustered_mean(values, clusters, groups=groups if grouped else None)
    assert parts[:6] == pytest.approx(whole[:6], rel=1e-11)
    assert parts[6:] == whole[6:]
