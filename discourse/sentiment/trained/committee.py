"""One machine for each target, averaged with one over all; posts of a new target get the latter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from discourse.sentiment.trained.fits import Duals, ridge, support_vectors

Array = np.ndarray[Any, Any]
SHARED = -1  # the model of targets that have none of their own


class Strength(NamedTuple):
    """How much the two machines are held back: the price of an error, and the penalty of the ridge."""

    cost: float
    penalty: float


@dataclass(frozen=True)
class Coded:
    """Training posts as numbers.

    ``own`` lists the targets with a machine of their own; empty where one serves all.
    """

    kernel: Array
    labels: Array
    targets: Array
    classes: Array
    own: Sequence[str]

    def take(self, rows: Array) -> Coded:
        """Take some of the posts."""
        kernel = self.kernel[np.ix_(rows, rows)]
        return Coded(kernel, self.labels[rows], self.targets[rows], self.classes, self.own)


def shared_duals(coded: Coded, penalty: float) -> Duals:
    """Fit the machine over all targets."""
    return ridge(coded.kernel, coded.labels, coded.classes, penalty)


def own_duals(coded: Coded, target: str, cost: float, seed: int = 0) -> Duals:
    """Fit the machine of one target, as weights on all training posts."""
    rows = np.flatnonzero(coded.targets == target)
    part = coded.take(rows)
    found = support_vectors(part.kernel.astype(np.float64), part.labels, coded.classes, cost, seed)
    weights = np.zeros((len(coded.labels), len(coded.classes)))
    weights[rows] = found.weights
    return Duals(weights, found.intercept)


def mean(first: Duals, second: Duals) -> Duals:
    """Average the decisions of two machines."""
    return Duals((first.weights + second.weights) / 2, (first.intercept + second.intercept) / 2)


def fit_committee(coded: Coded, strength: Strength, seed: int = 0) -> list[Duals]:
    """Fit all machines: one averaged pair for each of ``coded.own``, and the shared one last."""
    shared = shared_duals(coded, strength.penalty)
    pairs = [mean(own_duals(coded, target, strength.cost, seed), shared) for target in coded.own]
    return [*pairs, shared]


def model_of(targets: Sequence[str], own: Sequence[str]) -> Array:
    """Number the model that judges each post; the shared one is the last."""
    places = {target: at for at, target in enumerate(own)}
    return np.array([places.get(target, len(own)) for target in targets], dtype=np.intp)
