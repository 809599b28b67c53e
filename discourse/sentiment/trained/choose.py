"""Choosing how strongly to shrink, by cross-validation in contiguous blocks of the training posts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from sklearn.metrics import f1_score

from discourse.sentiment.trained.committee import Coded, Strength, shared_duals, toward
from discourse.sentiment.trained.fits import ridge, support_vectors

Array = np.ndarray[Any, Any]
COSTS = (0.5, 1.0, 2.0)
PENALTIES = (0.3, 0.5, 1.0, 2.0, 3.0)
FOLDS = 5
LARGE = 4000  # posts from which three folds are enough


class Choice(NamedTuple):
    """The strength chosen, what it reached, and its decisions on posts that it had not seen."""

    strength: Strength
    score: float
    held_out: Array
    scores: dict[Strength, float]


def blocks(targets: Array, count: int) -> Array:
    """Cut the posts of each target into runs of equal length, in the order given.

    Neighbours in a file resemble each other (one thread, one day, one retweeted joke): posts drawn at random
    would be tested on their neighbours.

    Parameters
    ----------
    targets : ndarray of str, shape (n,)
        What each post is judged toward.
    count : int
        Number of blocks.

    Returns
    -------
    ndarray of int, shape (n,)
        The block of each post, 0 to count - 1.

    Examples
    --------
    >>> blocks(np.array(list("aaabbb")), 3).tolist()
    [0, 1, 2, 0, 1, 2]
    """
    found = np.zeros(len(targets), dtype=np.intp)
    for name in np.unique(targets):
        rows = np.flatnonzero(targets == name)
        found[rows] = np.arange(len(rows)) * count // len(rows)
    return found


def _folds(coded: Coded) -> Array:
    smallest = min(int((coded.labels == name).sum()) for name in coded.classes)
    wanted = 3 if len(coded.labels) >= LARGE else min(FOLDS, max(2, smallest // 2))
    groups = coded.targets if coded.own else np.full(len(coded.labels), "")
    return blocks(groups, wanted)


class _HeldOut(NamedTuple):
    """Decisions on held-out blocks: of support vector machines by cost, of both ridges by penalty."""

    machine: dict[float, Array]
    line: dict[float, Array]
    shared: dict[float, Array]

    def joined(self, strength: Strength, has_own: Array) -> Array:
        """Average the three where a target has machines of its own."""
        shared = self.shared[strength.penalty]
        own = (self.machine[strength.cost] + self.line[strength.penalty] + shared) / 3
        return np.where(has_own[:, None], own, shared)


def _held_out(coded: Coded, folds: Array, seed: int) -> _HeldOut:
    """Decide on each block by machines of the others."""
    shape = (len(coded.labels), len(coded.classes))
    costs = COSTS if coded.own else COSTS[:1]
    found = _HeldOut(*({x: np.zeros(shape) for x in grid} for grid in (costs, PENALTIES, PENALTIES)))
    for fold in range(int(folds.max()) + 1):
        seen, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        part, across = coded.take(seen), coded.kernel[np.ix_(test, seen)]
        for penalty in PENALTIES:
            shared = shared_duals(part, penalty)
            for target in np.unique(coded.targets[test]) if coded.own else [""]:
                rows = (coded.targets[test] == target) | (not coded.own)
                found.shared[penalty][test[rows]] = toward(part, shared, str(target)).decide(across[rows])
        for target in coded.own:
            own, rows = part.targets == target, coded.targets[test] == target
            _fill(found, part.take(np.flatnonzero(own)), across[np.ix_(rows, own)], test[rows], seed)
    return found


def _fill(found: _HeldOut, part: Coded, across: Array, rows: Array, seed: int) -> None:
    """Fill in what machines of one target decide on some of its posts."""
    kernel = part.kernel.astype(np.float64)
    for cost, decisions in found.machine.items():
        decisions[rows] = support_vectors(kernel, part.labels, part.classes, cost, seed).decide(across)
    for penalty, decisions in found.line.items():
        decisions[rows] = ridge(part.kernel, part.labels, part.classes, penalty).decide(across)


def quality(labels: Array, decisions: Array, classes: Array) -> float:
    """Macro-F1 of the highest decision: all classes count the same."""
    found = classes[decisions.argmax(axis=1)]
    return float(f1_score(labels, found, labels=list(classes), average="macro", zero_division=0))


def choose(coded: Coded, seed: int = 0) -> Choice:
    """Try all strengths on held-out blocks and keep the best; of equals the more strongly shrunk.

    Parameters
    ----------
    coded : Coded
        The training posts.
    seed : int
        Handed to the solver.

    Returns
    -------
    Choice
        The best strength with its macro-F1 and its held-out decisions.

    Notes
    -----
    What is reported for the choice was also used to make it; with a dozen candidates it flatters by about a
    point.  Judge a model on posts that it never saw.
    """
    found = _held_out(coded, _folds(coded), seed)
    has_own = np.isin(coded.targets, list(coded.own))
    scores: dict[Strength, float] = {}
    best: tuple[float, Strength, Array] | None = None
    for cost, penalty in product(sorted(found.machine), sorted(PENALTIES, reverse=True)):
        strength = Strength(cost, penalty)
        decisions = found.joined(strength, has_own)
        reached = scores[strength] = round(quality(coded.labels, decisions, coded.classes), 6)
        if best is None or reached > best[0]:
            best = (reached, strength, decisions)
    assert best is not None  # both grids hold at least one candidate
    return Choice(best[1], best[0], best[2], scores)


def own_targets(targets: Sequence[str], labels: Array, fewest: int) -> list[str]:
    """List the targets that can have a machine of their own; none if they do not cover nearly all posts."""
    names, counts = np.unique(np.asarray(targets), return_counts=True)
    able = [
        str(name)
        for name, count in zip(names, counts, strict=True)
        if count >= fewest and len(np.unique(labels[np.asarray(targets) == name])) > 1
    ]
    covered = np.isin(np.asarray(targets), able).mean() if able else 0.0
    return able if covered >= COVERED else []


COVERED = 0.8  # share of the posts that targets with a machine of their own must hold
