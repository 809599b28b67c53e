"""Many outcomes at once: the figures of one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats import clustered_mean, crossed_means, inside_against_outside

seeds = st.integers(0, 100_000)


def posts(seed: int, n: int = 120, k: int = 11):
    """Draw shares of more topics than are summed at once; some authors and threads are unknown."""
    rng = np.random.default_rng(seed)
    authors, threads = rng.integers(-1, 40, n), rng.integers(-1, 12, n)
    return rng.dirichlet(np.full(k, 0.2), n), authors, threads, rng.integers(0, 2, n)


def same(found, expected) -> None:
    np.testing.assert_allclose(found[:6], expected[:6], rtol=0, atol=1e-10)
    assert found[6:] == expected[6:]


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_gives_the_means_of_each_outcome_alone(seed):
    shares, authors, threads, _ = posts(seed)
    for found, column in zip(crossed_means(shares, authors, threads), shares.T, strict=True):
        same(found, clustered_mean(column, (authors, threads)))


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_gives_the_differences_of_each_outcome_alone(seed):
    shares, authors, threads, groups = posts(seed)
    many = crossed_means(shares, authors, threads, groups=groups, level=0.9)
    for found, column in zip(many, shares.T, strict=True):
        same(found, clustered_mean(column, (authors, threads), groups=groups, level=0.9))


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_each_class_is_compared_with_all_others(seed):
    shares, authors, threads, _ = posts(seed)
    classes = np.where(shares.argmax(axis=1) == 3, 4, shares.argmax(axis=1))  # nobody is of class 3
    classes[0] = 10
    found = list(inside_against_outside(shares[:, 0], classes, authors, threads))
    assert found[3] is None
    for k in np.unique(classes):
        try:
            expected = clustered_mean(shares[:, 0], (authors, threads), groups=(classes != k).astype(int))
        except NotMeasurable:
            assert found[k] is None
        else:
            same(found[k], expected)


def test_a_class_that_is_everybody_is_compared_with_nobody():
    assert list(inside_against_outside([1.0, 2.0], [0, 0], [0, 1], [0, 1])) == [None]


def test_swapping_the_groups_flips_the_sign():
    shares, authors, threads, groups = posts(1)
    one = crossed_means(shares, authors, threads, groups=groups)
    other = crossed_means(shares, authors, threads, groups=1 - groups)
    np.testing.assert_allclose([a.estimate for a in one], [-b.estimate for b in other])
    np.testing.assert_allclose([a.low for a in one], [-b.high for b in other])


def test_what_cannot_be_measured_is_refused():
    shares, authors, threads, groups = posts(2)
    with pytest.raises(NotMeasurable, match="one cluster"):
        crossed_means(shares, np.zeros(120, dtype=int), threads)
    with pytest.raises(NotMeasurable, match="no observation"):
        crossed_means(shares, authors, threads, groups=np.zeros(120, dtype=int))
    with pytest.raises(NotMeasurable, match="no observation"):
        crossed_means(np.empty((0, 3)), np.zeros(0, dtype=int), np.zeros(0, dtype=int))
    with pytest.raises(ParameterError, match="finite"):
        crossed_means(shares * np.nan, authors, threads)
    with pytest.raises(ParameterError, match="groups"):
        crossed_means(shares, authors, threads, groups=groups + 1)
