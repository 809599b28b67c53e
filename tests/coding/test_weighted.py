"""Shares of a coded sample."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.coding.weighted import clusters_of, share_from_influence, weighted_share
from discourse.stats import wilson

BITS = st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(1, 50)), min_size=1, max_size=40)


@given(BITS)
def test_a_share_and_its_interval_lie_between_nothing_and_all(rows):
    x, both, w = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    share = weighted_share(x * both, x, w, [np.arange(len(x))])
    if x.any():
        assert 0 <= share.low <= share.estimate + 1e-12
        assert share.estimate - 1e-12 <= share.high <= 1
        assert np.isclose(share.estimate, (w * x * both).sum() / (w * x).sum())
    else:
        assert share.n == 0
        assert np.isnan(share.estimate)


@given(BITS, st.floats(0.1, 10))
def test_the_unit_of_the_weights_changes_nothing(rows, factor):
    x, both, w = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    first, again = (weighted_share(x * both, x, v, [np.arange(len(x))]) for v in (w, w * factor))
    assert np.allclose(first, again, equal_nan=True, atol=1e-9)


@pytest.mark.parametrize("right", [0, 50])
def test_never_wrong_in_fifty_is_not_never_wrong(right):
    share = weighted_share([1] * right + [0] * (50 - right), np.ones(50), np.ones(50), [np.arange(50)])
    _, low, high = wilson(right, 50)
    assert share.high - share.low > 0.05
    assert np.isclose(share.low, low, atol=0.006)
    assert np.isclose(share.high, high, atol=0.006)


def test_equal_weights_and_no_clusters_are_about_wilson():
    right = np.arange(400) < 300
    share = weighted_share(right, np.ones(400), np.ones(400), [np.arange(400)])
    assert np.allclose(share[1:3], [float(v) for v in wilson(300, 400)[1:]], atol=0.002)
    assert np.isclose(share.n_effective, 400, rtol=0.01)


def test_posts_of_one_author_count_less_than_as_many_authors():
    right = np.repeat(np.arange(40) < 30, 10)
    alone = weighted_share(right, np.ones(400), np.ones(400), [np.arange(400)])
    clustered = weighted_share(right, np.ones(400), np.ones(400), [np.repeat(np.arange(40), 10)])
    assert clustered.n_effective < alone.n_effective / 5
    assert clustered.high - clustered.low > 2 * (alone.high - alone.low)


def test_one_cluster_falls_back_on_the_weights():
    share = weighted_share([1, 0, 1], np.ones(3), [1.0, 1.0, 2.0], [np.zeros(3, dtype=np.int64)])
    assert np.isclose(share.n_effective, 16 / 6)


def test_unknown_authors_are_nobody_else():
    codes = clusters_of(pd.DataFrame({"author": ["a", None, None], "thread_id": ["t", "t", "u"]}))
    assert len(np.unique(codes[0])) == 3
    assert codes[1].tolist() == [0, 0, 1]


def test_without_authors_and_threads_every_post_stands_alone():
    assert clusters_of(pd.DataFrame({"author": [None, None]}))[0].tolist() == [0, 1]


def test_a_known_figure_has_the_posts_behind_it():
    share = share_from_influence(0.0, np.zeros(10), np.ones(10), [np.arange(10)])
    assert share.low == 0
    assert share.high > 0.2
