"""Time 2,000 cluster-bootstrap draws of a two-group contrast over 400,000 posts, on one core.

Run with ``python benchmarks/bootstrap.py``.  The usual script resamples rows of a frame by author and takes
group means again; it is timed on few draws and multiplied up.
"""

from __future__ import annotations

import platform
import time

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from discourse.stats.bootstrap import bootstrap_mean
from discourse.stats.cluster_means import clustered_mean

N_POSTS, N_AUTHORS, N_THREADS, N_DRAWS = 400_000, 120_000, 3_000, 2_000


def posts(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Scores, groups, authors and threads with heavy-tailed thread sizes."""
    rng = np.random.default_rng(seed)
    size = rng.pareto(1.2, N_THREADS) + 0.2
    authors = np.concatenate([np.arange(N_AUTHORS), rng.integers(0, N_AUTHORS, N_POSTS - N_AUTHORS)])
    threads = rng.choice(N_THREADS, N_POSTS, p=size / size.sum())
    groups = (rng.random(N_AUTHORS) < 0.3).astype(np.int64)[authors]
    y = rng.normal(size=N_POSTS) + 0.5 * rng.normal(size=N_AUTHORS)[authors]
    return y + 0.3 * rng.normal(size=N_THREADS)[threads], groups, authors, threads


def usual(y: np.ndarray, groups: np.ndarray, authors: np.ndarray, n_draws: int) -> list[float]:
    """What one would write: draw authors, take their rows, take group means."""
    frame = pd.DataFrame({"y": y, "group": groups, "author": authors})
    rows = frame.groupby("author").indices
    rng = np.random.default_rng(1)
    out = []
    for _ in range(n_draws):
        drawn = rng.integers(0, N_AUTHORS, N_AUTHORS)
        sample = frame.iloc[np.concatenate([rows[a] for a in drawn])]
        means = sample.groupby("group")["y"].mean()
        out.append(float(means[0] - means[1]))
    return out


def main() -> None:
    y, groups, authors, threads = posts()
    print(
        f"{platform.machine()}, numpy {np.__version__}, one thread; {N_POSTS:,} posts, "
        f"{N_AUTHORS:,} authors, {N_THREADS:,} threads, {N_DRAWS:,} draws"
    )
    start = time.perf_counter()
    clustered_mean(y, (authors, threads), groups=groups)
    print(f"two-way t interval (default, no draws)     {time.perf_counter() - start:7.2f} s")
    for text, ways, kind in (
        ("one way (author), BCa", (authors,), "bca"),
        ("one way (author), studentised", (authors,), "studentised"),
        ("two ways (pigeonhole), BCa", (authors, threads), "bca"),
        ("two ways (pigeonhole), studentised", (authors, threads), "studentised"),
    ):
        start = time.perf_counter()
        bootstrap_mean(y, ways, np.random.default_rng(0), groups=groups, n_draws=N_DRAWS, interval=kind)
        print(f"{text:42s} {time.perf_counter() - start:7.2f} s")
    start = time.perf_counter()
    usual(y, groups, authors, 3)
    seconds = (time.perf_counter() - start) * N_DRAWS / 3
    print(f"{'the usual script, one way, from 3 draws':42s} {seconds:7.0f} s")


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
