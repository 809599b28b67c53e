"""Time Krippendorff's alpha over 10,000 units x 3 coders, and its interval of 2,000 resamples, on one core.

Run with ``python benchmarks/agreement.py``.  The usual script is NLTK's ``AnnotationTask``.
"""

from __future__ import annotations

import platform
import time

import numpy as np
from nltk.metrics.agreement import AnnotationTask
from threadpoolctl import threadpool_limits

from discourse.stats import krippendorff_alpha, krippendorff_interval
from discourse.stats.alpha import LEVELS

N_UNITS, N_CODERS = 10_000, 3


def codes(n_units: int, seed: int = 0) -> np.ndarray:
    """Five categories, coders right four times in five, every tenth code missing."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(1, 6, n_units)
    noise = rng.integers(1, 6, (N_CODERS, n_units))
    ratings = np.where(rng.random((N_CODERS, n_units)) < 0.8, truth, noise).astype(float)
    ratings[rng.random(ratings.shape) < 0.1] = np.nan
    return ratings


def usual(ratings: np.ndarray) -> float:
    """What one would write."""
    triples = [(str(c), str(u), int(x)) for (c, u), x in np.ndenumerate(ratings) if not np.isnan(x)]
    return float(AnnotationTask(triples).alpha())


def seconds(work: object, repeats: int = 5) -> float:
    """Median time of a call."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()  # type: ignore[operator]
        taken.append(time.perf_counter() - start)
    return float(np.median(taken))


def main() -> None:
    print(f"{platform.machine()}, numpy {np.__version__}, one thread; {N_UNITS:,} units x {N_CODERS} coders")
    ratings = codes(N_UNITS)
    assert abs(usual(ratings) - krippendorff_alpha(ratings)) < 1e-9
    for level in LEVELS:
        alone = seconds(lambda level=level: krippendorff_alpha(ratings, level))
        interval = seconds(
            lambda level=level: krippendorff_interval(ratings, level, rng=np.random.default_rng(1))
        )
        print(f"{level:9} alpha {alone:7.4f} s   with its interval of 2,000 resamples {interval:7.4f} s")
    by_nltk, by_us = seconds(lambda: usual(ratings), 3), seconds(lambda: krippendorff_alpha(ratings))
    print(f"nominal   NLTK  {by_nltk:7.4f} s   ratio {by_nltk / by_us:,.0f}")


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
