"""PPI++ of ppi-python as an oracle: posts independent, all with the same probability of being coded."""

from __future__ import annotations

import numpy as np

from discourse.stats.correction import Frame, corrected_estimate


def compare(repetitions: int, seed: int) -> dict[str, float] | None:
    """Figures of both, and the largest difference at the same lambda; None if it is not installed."""
    try:
        from ppi_py import ppi_mean_ci, ppi_mean_pointestimate
    except ImportError:
        return None
    rng = np.random.default_rng([seed, 300])
    same, errors, widths, covered = [], [], [], []
    for _ in range(repetitions):
        y = (rng.random(4000) < 0.3).astype(float)
        f = np.where(rng.random(4000) < np.where(y == 1.0, 0.8, 0.1), 1.0, 0.0)
        drawn = rng.permutation(4000) < 400
        ours = corrected_estimate(
            Frame(f, np.where(drawn, y, np.nan), np.full(4000, 0.1), (np.arange(4000),)), "ppi++"
        )
        arrays = (y[drawn], f[drawn], f[~drawn])
        theirs = float(np.ravel(ppi_mean_pointestimate(*arrays))[0])
        # They average the prediction over the uncoded, we over all: the same estimate, lambda rescaled.
        given = float(np.ravel(ppi_mean_pointestimate(*arrays, lam=ours.weights[0] * 0.9))[0])
        low, high = (float(np.ravel(v)[0]) for v in ppi_mean_ci(*arrays, alpha=0.05))
        same.append(abs(ours.estimate - given))
        errors.append([ours.estimate - 0.3, theirs - 0.3])
        widths.append((ours.high - ours.low) / (high - low))
        covered.append([ours.low <= 0.3 <= ours.high, low <= 0.3 <= high])
    both, rmse = np.mean(covered, axis=0), np.sqrt(np.mean(np.square(errors), axis=0))
    return {
        "largest difference of estimates at the same lambda": float(np.max(same)),
        "root mean square error, ours (lambda from the coded)": float(rmse[0]),
        "root mean square error, theirs (lambda with the variance of all)": float(rmse[1]),
        "mean ratio of widths, ours / theirs": float(np.mean(widths)),
        "coverage, ours": float(both[0]),
        "coverage, theirs": float(both[1]),
    }
