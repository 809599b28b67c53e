from __future__ import annotations

import numpy as np
import pytest

from discourse.stats.working_model import working_model


def dense(loads: np.ndarray, r: np.ndarray) -> np.ndarray:
    """Covariance of h (b - sum h b) for independent b with variance r / h^2, written out."""
    g = loads.shape[0]
    centre = np.eye(g) - np.ones((g, 1)) @ loads[None, :]
    d = np.diag(loads)
    return d @ centre @ np.diag(r / loads**2) @ centre.T @ d


def test_low_rank_form_equals_the_matrix_written_out():
    rng = np.random.default_rng(0)
    loads = rng.dirichlet(np.ones(6))[:, None]
    noise = 0.01 * rng.random((6, 1))
    sums = np.zeros((6, 1))  # below what noise explains, so that no cluster effect is left
    model = working_model(sums, loads, noise)
    full = np.diag(model.independent) + model.columns @ model.core @ model.columns.T
    np.testing.assert_allclose(full, dense(loads[:, 0], noise[:, 0]), atol=1e-12)
    factor = rng.random(6)
    w = np.diag(factor)
    assert model.half_variance(factor) == pytest.approx(float(np.trace(w @ full @ w @ full)))


def test_two_groups_with_a_shared_effect_cancel():
    rng = np.random.default_rng(1)
    loads = np.full((50, 2), 1 / 50)
    effect = rng.normal(size=50)
    effect -= effect.mean()
    sums = np.column_stack([effect / 50, -effect / 50])
    model = working_model(sums, loads, np.zeros((50, 2)))
    assert model.independent.max() < 1e-12
    apart = working_model(np.column_stack([effect, rng.permutation(effect)]) / 50, loads, np.zeros((50, 2)))
    assert apart.independent.min() > 1e-5
