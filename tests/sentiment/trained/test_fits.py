from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.svm import SVC

from discourse.sentiment.trained.fits import Duals, ridge, signs, support_vectors

CLASSES = np.array(["a", "b", "c"])


@pytest.fixture
def points() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    labels = np.array(["a"] * 40 + ["b"] * 15 + ["c"] * 5)
    return rng.normal(size=(60, 8)) + 2 * np.eye(8)[np.searchsorted(CLASSES, labels)], labels


def test_support_vectors_are_those_of_scikit_learn(points: tuple[np.ndarray, np.ndarray]) -> None:
    X, labels = points
    found = support_vectors(X @ X.T, labels, CLASSES, 0.5).decide(X @ X.T)
    for column, name in enumerate(CLASSES):
        machine = SVC(kernel="linear", C=0.5, class_weight="balanced").fit(X, labels == name)
        np.testing.assert_allclose(found[:, column], machine.decision_function(X), atol=2e-3)


def test_ridge_solves_the_weighted_problem(points: tuple[np.ndarray, np.ndarray]) -> None:
    X, labels = points
    weight = np.array([60 / (3 * (labels == name).sum()) for name in labels])
    codes = signs(labels, CLASSES)
    centre = weight @ codes / weight.sum()
    expected = Ridge(alpha=2.0, fit_intercept=False).fit(X, codes - centre, sample_weight=weight)
    found = ridge(X @ X.T, labels, CLASSES, 2.0)
    np.testing.assert_allclose(found.decide(X @ X.T), expected.predict(X) + centre, atol=1e-8)


@pytest.mark.parametrize("fit", [support_vectors, ridge])
def test_rare_classes_are_found_too(fit: object, points: tuple[np.ndarray, np.ndarray]) -> None:
    X, labels = points
    found = fit(X @ X.T, labels, CLASSES, 1.0).decide(X @ X.T)  # type: ignore[operator]
    assert (CLASSES[found.argmax(axis=1)] == labels).mean() > 0.9


@pytest.mark.parametrize("fit", [support_vectors, ridge])
def test_a_class_that_no_post_has_is_never_decided_for(fit: object) -> None:
    labels = np.array(list("aabb"))
    duals: Duals = fit(np.eye(4), labels, CLASSES, 1.0)  # type: ignore[operator]
    assert "c" not in CLASSES[duals.decide(np.eye(4)).argmax(axis=1)]


def test_one_class_alone_is_always_decided_for() -> None:
    for duals in (
        support_vectors(np.eye(3), np.array(["b"] * 3), CLASSES, 1.0),
        ridge(np.eye(3), np.array(["b"] * 3), CLASSES, 1.0),
    ):
        assert (duals.decide(np.zeros((2, 3))).argmax(axis=1) == 1).all()
