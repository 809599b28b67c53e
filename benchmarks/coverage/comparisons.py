"""Type-I error of group contrasts and coverage of their intervals, with the usual tests beside them."""

from __future__ import annotations

import numpy as np

from benchmarks.coverage.designs import COMPARISONS, Design, latent, place, threshold
from discourse.compare.contrasts import estimate_mean
from discourse.errors import NotMeasurable
from discourse.stats.cluster_means import clustered_mean

COLUMNS = ("contrast", "group", "author only", "token G2")


def g2(y: np.ndarray, groups: np.ndarray) -> float:
    """Log-likelihood ratio of the 2 x 2 table, every post a token."""
    table = np.array([[((groups == g) & (y == v)).sum() for v in (0, 1)] for g in (0, 1)], dtype=float)
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(table > 0, table * np.log(table / expected), 0.0)
    return 2.0 * float(terms.sum())


def repeat(design: Design, rng: np.random.Generator) -> list[float]:
    """One repetition: rejected? covered? rejected? rejected? (columns of COLUMNS), then widths."""
    posts = place(design, rng)
    authors, threads, groups = posts
    y, truth = latent(design, posts, rng), 0.0
    token = (y > 0.0).astype(float)
    if design.share is not None:
        token = y = (y > threshold(design, (design.share, design.share))[groups]).astype(float)
        truth = design.share
    found = clustered_mean(y, (authors, threads), groups=groups)
    second = groups == 1
    alone = estimate_mean(y[second], authors[second], threads[second])
    naive = clustered_mean(y, (authors,), groups=groups)
    return [
        float(found.p < 0.05),
        float(alone.low <= truth <= alone.high),
        float(naive.p < 0.05),
        float(g2(token, groups) > 3.841459),
        found.high - found.low,
        found.df,
    ]


def run(repetitions: int, seed: int) -> dict[str, np.ndarray]:
    """All designs; each has a random stream of its own."""
    out = {}
    for number, design in enumerate(COMPARISONS):
        rng = np.random.default_rng([seed, number])
        rows = []
        for _ in range(repetitions):
            try:
                rows.append(repeat(design, rng))
            except NotMeasurable:
                rows.append([np.nan] * 6)
        out[design.name] = np.array(rows)
    return out
