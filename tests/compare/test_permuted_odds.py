from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy import sparse

from discourse.compare.permuted_odds import _score_tail, permuted_log_odds
from discourse.stats import log_odds


def observed_z(counts, in_focus, totals, prior):
    """Compute z as the published formula has it, with all other tokens as one more word."""
    full = np.column_stack([counts, totals - counts.sum(axis=1)])
    return log_odds(full[in_focus].sum(axis=0), full[~in_focus].sum(axis=0), prior=prior).z[:-1]


def test_moments_and_p_are_those_of_all_assignments():
    rng = np.random.default_rng(1)
    counts = rng.poisson(1.5, (10, 3)).astype(float)
    totals = counts.sum(axis=1) + rng.integers(5, 20, 10)
    prior = np.array([0.5, 0.7, 0.9, 3.0])
    focus = np.arange(10) < 4
    every = np.array([
        observed_z(counts, np.isin(np.arange(10), chosen), totals, prior) for chosen in combinations(range(10), 4)
    ])  # fmt: skip
    null = permuted_log_odds(sparse.csr_matrix(counts), focus, totals, prior, n_permutations=20_000, seed=2)
    np.testing.assert_allclose(null.mean, every.mean(axis=0), atol=0.02)
    np.testing.assert_allclose(null.sd, every.std(axis=0), rtol=0.02)
    z = observed_z(counts, focus, totals, prior)
    exact = 2 * np.minimum((every >= z - 1e-9).mean(axis=0), (every <= z + 1e-9).mean(axis=0))
    np.testing.assert_allclose(null.p, np.minimum(exact, 1), atol=0.02)


def test_the_far_tail_has_the_exact_moments_of_the_score():
    rng = np.random.default_rng(3)
    counts = rng.poisson(2.0, (60, 1)).astype(float)
    totals = counts[:, 0] + rng.integers(5, 40, 60)
    focus = np.arange(60) < 15
    d = counts[:, 0] - counts.sum() / totals.sum() * totals
    draws = np.array([d[rng.permutation(60) < 15].sum() for _ in range(40_000)])
    tail = _score_tail(sparse.csr_matrix(counts), focus, totals, np.array([d[focus].sum() > draws.mean()]))
    side = draws >= d[focus].sum() if d[focus].sum() > draws.mean() else draws <= d[focus].sum()
    assert tail[0] == pytest.approx(side.mean(), abs=0.01)


def test_no_p_is_below_what_all_users_in_one_group_would_give():
    counts = sparse.csr_matrix(np.repeat([[5.0], [0.0]], [12, 12], axis=0))
    null = permuted_log_odds(
        counts, np.arange(24) < 12, np.full(24, 9.0), np.array([1.0, 1.0]), n_permutations=200
    )
    assert null.p[0] >= 2 / 2_704_156  # 24 choose 12
    assert null.p[0] < 1e-4


def test_the_side_on_which_a_word_stands_does_not_matter():
    rng = np.random.default_rng(5)
    counts = sparse.csr_matrix(rng.poisson(1.0, (40, 5)).astype(float))
    totals, prior = np.full(40, 20.0), np.ones(6)
    focus = np.arange(40) < 15
    one = permuted_log_odds(counts, focus, totals, prior, n_permutations=5000, seed=1)
    other = permuted_log_odds(counts, ~focus, totals, prior, n_permutations=5000, seed=2)
    np.testing.assert_allclose(one.mean, -other.mean, atol=0.06)
    np.testing.assert_allclose(one.p, other.p, atol=0.05)
