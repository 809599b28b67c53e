"""Two linear machines in their dual form: a support vector machine and ridge regression, classes balanced."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import linalg
from sklearn.svm import SVC

Array = np.ndarray[Any, Any]


class Duals(NamedTuple):
    """A fitted machine: its decision on new posts is ``kernel @ weights + intercept``, one column a class."""

    weights: Array
    intercept: Array

    def decide(self, kernel: Array) -> Array:
        """Decide on posts by their kernel with the training posts, shape (n_posts, n_training)."""
        return np.asarray(kernel @ self.weights + self.intercept, dtype=np.float64)


def signs(labels: Array, classes: Array) -> Array:
    """Code labels as +1 for their own class and -1 for the others, shape (n_posts, n_classes)."""
    return np.where(labels[:, None] == classes[None, :], 1.0, -1.0)


def support_vectors(kernel: Array, labels: Array, classes: Array, cost: float, seed: int = 0) -> Duals:
    r"""Fit one support vector machine a class against the rest, with balanced classes.

    Parameters
    ----------
    kernel : ndarray of float, shape (n, n)
        Similarities of the training posts.
    labels : ndarray of str, shape (n,)
        Their codes.
    classes : ndarray of str, shape (n_classes,)
        The classes in order; one that no post has is never decided for.
    cost : float
        Price of a post on the wrong side, above 0.
    seed : int
        Handed to the solver, which draws nothing as it is used here.

    Returns
    -------
    Duals
        Signed dual coefficients, shape (n, n_classes), and intercepts.

    Notes
    -----
    Cortes and Vapnik (1995), doi:10.1007/BF00994018; one class against the rest, each post weighted by the
    inverse size of its side.

    Examples
    --------
    >>> kernel = np.eye(4)
    >>> duals = support_vectors(kernel, np.array(list("aabb")), np.array(["a", "b"]), 1.0)
    >>> duals.decide(kernel).argmax(axis=1).tolist()
    [0, 0, 1, 1]
    """
    weights = np.zeros((len(labels), len(classes)))
    intercept = np.zeros(len(classes))
    for column, name in enumerate(classes):
        own = labels == name
        if own.all() or not own.any():
            intercept[column] = 1.0 if own.all() else -1.5
            continue
        machine = SVC(
            kernel="precomputed", C=cost, class_weight="balanced", random_state=seed, cache_size=400
        )
        machine.fit(kernel, own)
        weights[machine.support_, column] = machine.dual_coef_[0]
        intercept[column] = machine.intercept_[0]
    return Duals(weights, intercept)


def ridge(kernel: Array, labels: Array, classes: Array, penalty: float) -> Duals:
    r"""Fit ridge regression on codes of +1 and -1, with balanced classes.

    Parameters
    ----------
    kernel : ndarray of float, shape (n, n)
        Similarities of the training posts.
    labels : ndarray of str, shape (n,)
        Their codes.
    classes : ndarray of str, shape (n_classes,)
        The classes in order.
    penalty : float
        Strength of the shrinkage, above 0.

    Returns
    -------
    Duals
        Dual coefficients, shape (n, n_classes), and intercepts.

    Notes
    -----
    :math:`(S K S + \lambda I) a = S (Y - \bar y)` with :math:`S` the roots of the class weights (Saunders,
    Gammerman and Vovk 1998; Rifkin, Yeo and Poggio 2003).

    Examples
    --------
    >>> kernel = np.eye(4)
    >>> duals = ridge(kernel, np.array(list("aabb")), np.array(["a", "b"]), 1.0)
    >>> duals.decide(kernel).round(2).tolist()
    [[0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [-0.5, 0.5]]
    """
    count = len(labels)
    sizes = np.array([max(1, int((labels == name).sum())) for name in classes])
    present = sum(bool((labels == name).any()) for name in classes)
    weight = np.zeros(count)
    for name, size in zip(classes, sizes, strict=True):
        weight[labels == name] = count / (present * size)
    codes = signs(labels, classes)
    centre = weight @ codes / weight.sum()
    root = np.sqrt(weight).astype(kernel.dtype)
    system = root[:, None] * kernel * root[None, :]
    system[np.diag_indices(count)] += kernel.dtype.type(penalty)
    factor = linalg.cho_factor(system, lower=True, overwrite_a=True, check_finite=False)
    solved = linalg.cho_solve(factor, (root[:, None] * (codes - centre)).astype(kernel.dtype))
    return Duals(root[:, None] * solved, centre)
