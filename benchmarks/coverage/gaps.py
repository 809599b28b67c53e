"""Coverage and width of gaps between groups under differential error and unequal inclusion probabilities."""

from __future__ import annotations

import numpy as np

from benchmarks.coverage.designs import (
    GAP_SHARES,
    GAPS,
    SENSITIVITY,
    SPECIFICITY,
    Design,
    latent,
    place,
    threshold,
)
from discourse.errors import NotMeasurable
from discourse.stats.correction import METHODS, Frame, corrected_estimate

TRUTH = GAP_SHARES[0] - GAP_SHARES[1]
FIGURES = ("covered", "width", "error")


def coded_frame(design: Design, coded: float, rng: np.random.Generator) -> Frame:
    """Labels that err more in one group than in the other; predicted positives are coded twice as often."""
    posts = place(design, rng)
    authors, threads, groups = posts
    true = latent(design, posts, rng) > threshold(design, GAP_SHARES)[groups]
    chance = rng.random(groups.shape[0])
    hit, miss = np.asarray(SENSITIVITY)[groups], 1.0 - np.asarray(SPECIFICITY)[groups]
    label = (chance < np.where(true, hit, miss)).astype(float)
    weight = np.where(label == 1.0, 2.0, 1.0)
    probability = np.minimum(1.0, weight * coded / weight.mean())
    drawn = rng.random(groups.shape[0]) < probability
    return Frame(label, np.where(drawn, true, np.nan), probability, (authors, threads), groups)


def repeat(design: Design, coded: float, rng: np.random.Generator) -> list[list[float]]:
    """One repetition: for each method whether the truth was covered, the width, the error."""
    frame = coded_frame(design, coded, rng)
    out = []
    for method in METHODS:
        try:
            found = corrected_estimate(frame, method)
            covered = float(found.low <= TRUTH <= found.high)
            out.append([covered, found.high - found.low, found.estimate - TRUTH])
        except NotMeasurable:
            out.append([np.nan] * 3)
    return out


def run(repetitions: int, seed: int) -> dict[str, np.ndarray]:
    """All designs, arrays of (repetitions, methods, figures); each design has a random stream of its own."""
    out = {}
    for number, (design, coded) in enumerate(GAPS):
        rng = np.random.default_rng([seed, 100 + number])
        out[design.name] = np.array([repeat(design, coded, rng) for _ in range(repetitions)])
    return out
