"""Macro-F1 with a bootstrap interval over posts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

DRAWS = 500


def macro_f1(truth: np.ndarray, found: np.ndarray, n_labels: int) -> float:
    """Mean F1 over the labels that occur in ``truth`` (codes 0 .. n_labels - 1)."""
    table = np.bincount(truth * n_labels + found, minlength=n_labels**2).reshape(n_labels, n_labels)
    wanted, given = table.sum(axis=1), table.sum(axis=0)
    there = wanted > 0
    return float((2 * table.diagonal()[there] / (wanted + given)[there]).mean())


def with_interval(truth: Sequence[str], found: Sequence[str], seed: int = 0) -> tuple[float, float, float]:
    """Macro-F1 and its 95% percentile interval, resampling posts."""
    labels = sorted(set(truth) | set(found))
    t = np.array([labels.index(label) for label in truth])
    f = np.array([labels.index(label) for label in found])
    rng = np.random.default_rng(seed)
    draws = [
        macro_f1(t[picked], f[picked], len(labels))
        for picked in (rng.integers(0, len(t), len(t)) for _ in range(DRAWS))
    ]
    low, high = np.quantile(draws, [0.025, 0.975])
    return macro_f1(t, f, len(labels)), float(low), float(high)


def per_class(truth: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """F1 of each label that occurs in ``truth``."""
    scores = {}
    for label in sorted(set(truth)):
        hits = sum(t == f == label for t, f in zip(truth, found, strict=True))
        scores[label] = 2 * hits / (truth.count(label) + found.count(label)) if hits else 0.0
    return scores
