from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from discourse.sentiment.trained.calibrate import probabilities, temperature

decisions = arrays(np.float64, (6, 3), elements=st.floats(-5, 5))


@given(decisions, st.floats(0.05, 10))
def test_rows_sum_to_one_and_keep_the_order_of_classes(values: np.ndarray, heat: float) -> None:
    found = probabilities(values, heat)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert (
        np.take_along_axis(found, values.argmax(axis=1)[:, None], 1)[:, 0] >= found.max(axis=1) - 1e-12
    ).all()


def test_follows_the_published_formula() -> None:
    # 30 of 40 right at a margin of 2: with Platt's targets (31 + 10) / 42 ... the two-class likelihood is
    # greatest where the mean target equals sigmoid(2 / T).
    values = np.tile([[1.0, -1.0]], (40, 1))
    codes = np.array([0] * 30 + [1] * 10)
    share = (30 * 41 / 42 + 10 * 1 / 42) / 40
    assert temperature(values, codes) == pytest.approx(2 / np.log(share / (1 - share)), rel=1e-4)


def test_scaling_the_decisions_scales_the_temperature() -> None:
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 3, 200)
    values = rng.normal(size=(200, 3)) + 1.5 * np.eye(3)[codes]
    assert temperature(3 * values, codes) == pytest.approx(3 * temperature(values, codes), rel=1e-3)


def test_planted_certainty_is_recovered() -> None:
    rng = np.random.default_rng(1)
    values = rng.normal(size=(20_000, 3)) * 2
    codes = np.array([rng.choice(3, p=row) for row in probabilities(values, 0.7)])
    assert temperature(values, codes) == pytest.approx(0.7, abs=0.03)


def test_never_grows_certain_on_few_posts() -> None:
    values = np.array([[1.0, -1.0], [-1.0, 1.0]] * 5)
    heat = temperature(values, np.array([0, 1] * 5))
    assert probabilities(values, heat).max() == pytest.approx(11 / 12, abs=1e-3)
