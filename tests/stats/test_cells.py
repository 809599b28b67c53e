"""Cells of two crossed clusterings, part by part: what is summed is what is summed at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import ParameterError
from discourse.stats import cells, crossed_means, crossed_regression
from discourse.stats.cells import Cells

seeds = st.integers(0, 100_000)


def drawn(seed: int, n: int = 200):
    rng = np.random.default_rng(seed)
    return rng.integers(-1, 20, n), rng.integers(-1, 9, n), rng.normal(size=(n, 3)), rng.integers(0, 2, n)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_every_observation_that_counts_is_in_one_part_and_in_its_cell(seed):
    first, second, _, kept = drawn(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "AT_ONCE", 16)
        found = Cells(first, second, kept == 1)
        parts = list(found.parts())
    rows = np.concatenate([np.arange(len(first))[part.rows] for part in parts])
    assert sorted(rows.tolist()) == np.flatnonzero(kept).tolist()
    pairs = {}
    for part in parts:
        for row, cell in zip(np.arange(len(first))[part.rows].tolist(), part.cell.tolist(), strict=True):
            key = (part.at.start + int(part.first[cell]), int(part.second[cell]))
            pairs.setdefault(key, set()).add((first[row], second[row]))
    assert all(len(names) == 1 for names in pairs.values())
    alone = sum(1 for row in rows if first[row] < 0)
    assert found.n_clusters[0] == len({c for c in first[rows].tolist() if c >= 0}) + alone


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_small_parts_give_the_figures_of_one(seed):
    first, second, values, groups = drawn(seed)
    regressors = np.column_stack([np.ones(len(first)), groups, values[:, 2]])
    once = crossed_means(values, first, second, groups=groups)
    fitted = crossed_regression(values[:, :2], regressors, first, second)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "AT_ONCE", 16)
        np.testing.assert_allclose(
            [one[:7] for one in crossed_means(values, first, second, groups=groups)],
            [one[:7] for one in once],
            rtol=1e-9,
        )
        for one, other in zip(
            crossed_regression(values[:, :2], regressors, first, second), fitted, strict=True
        ):
            np.testing.assert_allclose(one, other, rtol=1e-9)


def test_clusterings_of_two_lengths_cannot_be_crossed():
    with pytest.raises(ParameterError, match="one code for each observation"):
        Cells([0, 1], [0])
