"""Machines of single targets and one over all, averaged; posts of a new target get the latter alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from discourse.sentiment.trained.fits import Duals, ridge, support_vectors

Array = np.ndarray[Any, Any]


class Strength(NamedTuple):
    """How much machines are held back: the price of an error, and the penalty of the ridges."""

    cost: float
    penalty: float


@dataclass(frozen=True)
class Coded:
    """Training posts as numbers.

    ``own`` lists the targets with machines of their own; empty where one serves all.
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
    """Fit the ridge over all targets; posts of one target are twice as alike as posts of two.

    Notes
    -----
    The kernel of multi-task learning (Evgeniou, Micchelli and Pontil 2005, *JMLR* 6): what all targets share
    and what is peculiar to each, with equal weight.
    """
    kernel = coded.kernel
    if coded.own:
        same = coded.targets[:, None] == coded.targets[None, :]
        kernel = kernel * (1 + same.astype(kernel.dtype))
    return ridge(kernel, coded.labels, coded.classes, penalty)


def toward(coded: Coded, shared: Duals, target: str) -> Duals:
    """Give the shared ridge as it decides on posts of one target."""
    if not coded.own:
        return shared
    same = 1.0 + (coded.targets == target)
    return Duals(shared.weights * same[:, None], shared.intercept)


def own_duals(coded: Coded, target: str, strength: Strength, seed: int = 0) -> tuple[Duals, Duals]:
    """Fit the support vector machine and the ridge of one target, as weights on all training posts."""
    rows = np.flatnonzero(coded.targets == target)
    part = coded.take(rows)
    machine = support_vectors(part.kernel.astype(np.float64), part.labels, coded.classes, strength.cost, seed)
    line = ridge(part.kernel, part.labels, coded.classes, strength.penalty)
    return _spread(machine, rows, len(coded.labels)), _spread(line, rows, len(coded.labels))


def _spread(duals: Duals, rows: Array, count: int) -> Duals:
    weights = np.zeros((count, duals.weights.shape[1]))
    weights[rows] = duals.weights
    return Duals(weights, duals.intercept)


def mean(machines: Sequence[Duals]) -> Duals:
    """Average the decisions of some machines."""
    weights = sum(machine.weights for machine in machines) / len(machines)
    return Duals(np.asarray(weights), np.mean([machine.intercept for machine in machines], axis=0))


def fit_committee(coded: Coded, strength: Strength, seed: int = 0) -> list[Duals]:
    """Fit all machines: one average for each of ``coded.own``, and the shared one last."""
    shared = shared_duals(coded, strength.penalty)
    means = [
        mean([*own_duals(coded, target, strength, seed), toward(coded, shared, target)])
        for target in coded.own
    ]
    return [*means, shared]


def model_of(targets: Sequence[str], own: Sequence[str]) -> Array:
    """Number the model that judges each post; the shared one is the last."""
    places = {target: at for at, target in enumerate(own)}
    return np.array([places.get(target, len(own)) for target in targets], dtype=np.intp)
