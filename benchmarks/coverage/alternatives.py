"""Type-I error of the tests that resample, where their assumptions hold and where they strain."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse

from benchmarks.coverage.designs import COMPARISONS, Design, latent, place
from discourse.compare.permuted_odds import permuted_log_odds
from discourse.errors import NotMeasurable
from discourse.stats.bootstrap import bootstrap_mean
from discourse.stats.permutation import permutation_test
from discourse.stats.randomisation import randomisation_test
from discourse.stats.wild import wild_cluster_test

_AUTHORS = Design("", 200, 20, 1000, 1.2, 1.5, thread_sd=0.0, post_sd=(1.0, 2.0), share_b=0.2)
N_DRAWS = 199


def permutation(rng: np.random.Generator) -> float:
    """200 authors, 4:1, sd 1 and 2, author effects, heavy-tailed numbers of posts."""
    posts = place(_AUTHORS, rng)
    y = latent(_AUTHORS, posts, rng)
    return permutation_test(y, posts[2], posts[0], rng, n_draws=N_DRAWS).p


def one_way_bootstrap(rng: np.random.Generator) -> float:
    """The same posts, studentised bootstrap by author."""
    posts = place(_AUTHORS, rng)
    y = latent(_AUTHORS, posts, rng)
    return bootstrap_mean(y, posts[:1], rng, groups=posts[2], n_draws=N_DRAWS).p


def two_way_bootstrap(rng: np.random.Generator, number: int = 0) -> float:
    """200 authors, 20 threads of even size, both effects, studentised pigeonhole bootstrap."""
    design = COMPARISONS[number]
    posts = place(design, rng)
    y = latent(design, posts, rng)
    return bootstrap_mean(y, posts[:2], rng, groups=posts[2], n_draws=N_DRAWS).p


def two_way_bootstrap_heavy(rng: np.random.Generator) -> float:
    """The same with heavy-tailed sizes: beyond what this bootstrap can do."""
    return two_way_bootstrap(rng, 1)


def two_way_bca(rng: np.random.Generator, number: int = 0) -> float:
    """The same posts, BCa; even sizes by default."""
    design = COMPARISONS[number]
    posts = place(design, rng)
    y = latent(design, posts, rng)
    return bootstrap_mean(y, posts[:2], rng, groups=posts[2], n_draws=999, interval="bca").p


def two_way_bca_heavy(rng: np.random.Generator) -> float:
    """The same with heavy-tailed sizes."""
    return two_way_bca(rng, 1)


def two_way_bca_independent(rng: np.random.Generator) -> float:
    """Independent posts, 600 authors, 100 threads: resampling both ways counts their noise three times."""
    return two_way_bca(rng, 6)


def wild(rng: np.random.Generator, n_clusters: int = 12) -> float:
    """12 threads of unequal size, 5 of them treated, thread effects; wild bootstrap with Webb weights."""
    sizes = 10 + rng.integers(0, 60, n_clusters)
    codes = np.repeat(np.arange(n_clusters), sizes)
    x = np.column_stack([np.ones(codes.shape[0]), codes < 5])
    y = 0.5 * rng.normal(size=n_clusters)[codes] + rng.normal(size=codes.shape[0])
    return wild_cluster_test(y, x, 1, codes, rng, n_draws=N_DRAWS).p


def randomisation(rng: np.random.Generator) -> float:
    """40 threads of unequal size, one treated, thread effects; all assignments."""
    codes = np.repeat(np.arange(40), 10 + rng.integers(0, 60, 40))
    y = 0.5 * rng.normal(size=40)[codes] + rng.normal(size=codes.shape[0])
    return randomisation_test(y, codes == rng.integers(40), codes, rng).p


def keyness(rng: np.random.Generator) -> float:
    """300 authors, 4:1; each has its own rate of one word and its own, heavy-tailed, number of tokens."""
    totals = np.ceil(20.0 * (rng.pareto(1.5, 300) + 0.5))
    word = rng.binomial(totals.astype(np.int64), np.minimum(0.02 * np.exp(rng.normal(size=300)), 1.0))
    focus = rng.permutation(300) < 60
    counts = sparse.csr_matrix(word[:, None].astype(float))
    null = permuted_log_odds(
        counts, focus, totals, np.array([0.5, 50.0]), n_permutations=N_DRAWS, seed=int(rng.integers(2**31))
    )
    return float(null.p[0])


TESTS: dict[str, Callable[[np.random.Generator], float]] = {
    "permutation of authors, studentised": permutation,
    "bootstrap by author, studentised": one_way_bootstrap,
    "pigeonhole bootstrap, studentised, even sizes": two_way_bootstrap,
    "pigeonhole bootstrap, studentised, heavy tails": two_way_bootstrap_heavy,
    "wild cluster bootstrap, 12 clusters": wild,
    "randomisation inference, 1 of 40 treated": randomisation,
    "keyness of a word, authors permuted": keyness,
    "pigeonhole bootstrap, BCa, even sizes": two_way_bca,
    "pigeonhole bootstrap, BCa, heavy tails": two_way_bca_heavy,
    "pigeonhole bootstrap, BCa, independent posts": two_way_bca_independent,
}
EXCEPTIONS = {
    "pigeonhole bootstrap, studentised, heavy tails": "a few threads hold most posts: no resampling of 20 "
    "threads shows what other threads could have been; the default t interval is used instead",
    "pigeonhole bootstrap, BCa, even sizes": "draws of both ways count the noise of posts up to three times; "
    "the contrast studentises instead, and only the share of one group uses BCa, to stay within [0, 1]",
    "pigeonhole bootstrap, BCa, heavy tails": "as the studentised",
    "pigeonhole bootstrap, BCa, independent posts": "as with even sizes, and more so",
}


def run(repetitions: int, seed: int) -> dict[str, np.ndarray]:
    """p-values under the null."""
    out = {}
    for number, (name, test) in enumerate(TESTS.items()):
        rng = np.random.default_rng([seed, 200 + number])
        values = []
        for _ in range(repetitions):
            try:
                values.append(test(rng))
            except NotMeasurable:
                values.append(np.nan)
        out[name] = np.array(values)
    return out
