"""How long keyness with author permutations takes: ``python benchmarks/keyness.py [PERMUTATIONS]``.

50,000 types, 400,000 drawn posts of ten words by 100,000 authors, one group a third of them; beside it the
usual script (scipy's chi-square, word by word, no authors).  Processor seconds of one process.  Then the
share of words found at 5 % when authors whose words come in bursts are dealt to two groups at random, with
and without permutations.
"""

from __future__ import annotations

import sys
import time

import numpy as np
from scipy.stats import chi2_contingency

from discourse.compare.keyness import keyness

N_TYPES, N_AUTHORS, N_POSTS = 50_000, 100_000, 400_000


def drawn_posts() -> tuple[list[list[str]], np.ndarray]:
    rng = np.random.default_rng(0)
    share = 1 / np.arange(1, N_TYPES + 1)
    words = np.array([f"w{i}" for i in range(N_TYPES)], dtype=object)
    posts = words[rng.choice(N_TYPES, size=(N_POSTS, 10), p=share / share.sum())].tolist()
    return posts, rng.integers(0, N_AUTHORS, N_POSTS)


def usual_script(a: list[list[str]], b: list[list[str]]) -> int:
    counts: list[dict[str, int]] = [{}, {}]
    for side, posts in zip(counts, (a, b), strict=True):
        for post in posts:
            for word in post:
                side[word] = side.get(word, 0) + 1
    sizes = [sum(side.values()) for side in counts]
    found = 0
    for word in counts[0].keys() | counts[1].keys():
        x, y = (side.get(word, 0) for side in counts)
        cells = [[x, y], [sizes[0] - x, sizes[1] - y]]
        found += chi2_contingency(cells, lambda_="log-likelihood").pvalue < 0.05
    return found


def speed(n_permutations: int) -> None:
    posts, authors = drawn_posts()
    focus = authors < N_AUTHORS // 3
    a, b = ([post for post, f in zip(posts, focus, strict=True) if f == side] for side in (True, False))
    start = time.process_time()
    table = keyness(a, b, authors[focus], authors[~focus], n_permutations=n_permutations)
    took = time.process_time() - start
    start = time.process_time()
    usual_script(a, b)
    usual = time.process_time() - start
    print(f"{len(table):,} types, {N_POSTS:,} posts, {n_permutations:,} permutations: {took:.1f} s")
    print(f"tested {table['p'].notna().sum():,} types; usual script without authors {usual:.1f} s")


def nominal_rate(repetitions: int = 40) -> None:
    by_author, by_token, any_q = [], [], 0
    for seed in range(repetitions):
        rng = np.random.default_rng(seed)
        own = rng.gamma(0.1, 1, (400, 300)) / np.arange(3, 303)
        words = np.array([f"w{i}" for i in range(300)], dtype=object)
        posts = [list(rng.choice(words, int(rng.integers(5, 60)), p=row / row.sum())) for row in own]
        authors = np.arange(400)
        table = keyness(posts[:150], posts[150:], authors[:150], authors[150:], seed, n_permutations=2000)
        by_author.append((table["p"].dropna() < 0.05).mean())
        any_q += bool((table["q"] < 0.05).any())
        by_token.append((keyness(posts[:150], posts[150:])["p"] < 0.05).mean())
    print(
        f"shuffled authors, {repetitions} repetitions: {np.mean(by_author):.1%} of words with p < .05", end=""
    )
    print(f" (by tokens {np.mean(by_token):.1%}); any q < .05 in {any_q}")


def main() -> None:
    speed(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    nominal_rate()


if __name__ == "__main__":
    main()
