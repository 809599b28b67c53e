"""How fast near-duplicates are found, and what is missed: ``python benchmarks/near_duplicates.py [rows]``.

Made-up posts (default 20,000, a tenth of them variants of 200 templates) are marked by us, and by the usual
script (``datasketch``'s own index in memory, nothing verified).  Both are held against comparing every pair.
Peak memory is that of the whole process after ours, at one and at four times the size.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd
from scipy import sparse

from discourse.corpus.duplicates import normalise
from discourse.corpus.near_duplicates import THRESHOLD, mark_near_duplicates
from discourse.corpus.signatures import shingles

T = TypeVar("T")
WORDS = [
    "欢迎",
    "大家",
    "小红书",
    "猫税",
    "翻译",
    "作业",
    "港口",
    "冬天",
    "welcome",
    "thank",
    "you",
    "friends",
]
WORDS += ["TikTok", "noodles", "harbour", "lantern", "garden", "bridge", "winter", "哈哈", "[笑哭R]", "对账"]


def made_up(n: int) -> pd.DataFrame:
    chance = random.Random(1)
    templates = [" ".join(chance.choices(WORDS, k=18)) for _ in range(200)]
    texts = []
    for i in range(n):
        if i % 10:
            texts.append(
                " ".join(chance.choices(WORDS, k=chance.randrange(5, 20))) + f" {chance.random():.3f}"
            )
        else:
            letters = list(chance.choice(templates))
            for _ in range(chance.randrange(6)):
                letters[chance.randrange(len(letters))] = chance.choice("abcdefgh天地人")
            texts.append("".join(letters))
    times = pd.Timestamp("2025-01-14", tz="UTC") + pd.to_timedelta(np.arange(n), "s")
    return pd.DataFrame({"post_id": [f"p{i:07d}" for i in range(n)], "text": texts, "created_at": times})


def similar_pairs(texts: list[str]) -> set[tuple[int, int]]:
    """Compare every pair, by a product of sparse matrices."""
    sets = [shingles(text) for text in texts]
    names, columns = np.unique(np.concatenate(sets), return_inverse=True)
    sizes = np.array([s.size for s in sets])
    rows = np.repeat(np.arange(len(sets)), sizes)
    ones = np.ones(len(rows), dtype=np.int32)
    matrix = sparse.csr_matrix((ones, (rows, columns)), shape=(len(sets), len(names)))
    pairs = set()
    for start in range(0, len(sets), 500):
        both = (matrix[start : start + 500] @ matrix.T).tocoo()
        i, j = both.row + start, both.col
        near = (both.data >= THRESHOLD * (sizes[i] + sizes[j] - both.data)) & (i < j)
        pairs |= set(zip(i[near].tolist(), j[near].tolist(), strict=True))
    return pairs


def usual(texts: list[str]) -> set[tuple[int, int]]:
    from datasketch import MinHash, MinHashLSH

    index, pairs = MinHashLSH(threshold=THRESHOLD, num_perm=128), set()
    for i, text in enumerate(texts):
        sketch = MinHash(num_perm=128)
        for at in range(len(text) - 2):
            sketch.update(text[at : at + 3].encode())
        pairs |= {(j, i) for j in index.query(sketch)}
        index.insert(i, sketch)
    return pairs


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    done = work()
    return time.process_time() - start, done


def peak_megabytes() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    posts = made_up(n)
    seconds, marks = timed(lambda: mark_near_duplicates(posts))
    print(f"ours    {n:>9,} posts {n / seconds:>8,.0f} posts/s  peak {peak_megabytes():,.0f} MB")
    more = made_up(4 * n)
    again, _ = timed(lambda: mark_near_duplicates(more))
    print(f"ours    {4 * n:>9,} posts {4 * n / again:>8,.0f} posts/s  peak {peak_megabytes():,.0f} MB")
    texts = [normalise(text) for text in posts["text"]]
    usual_seconds, guessed = timed(lambda: usual(texts))
    rate, share = n / usual_seconds, seconds / usual_seconds
    print(f"usual   {n:>9,} posts {rate:>8,.0f} posts/s  ours takes {share:.2f} of its time")
    true = similar_pairs(texts)
    cluster = marks.where(marks.notna(), posts["post_id"]).tolist()
    found = sum(cluster[i] == cluster[j] for i, j in true)
    print(f"every pair compared: {len(true):,} similar; ours joins {found:,} of them")
    print(f"usual: {len(guessed & true):,} of them, and {len(guessed - true):,} pairs that are not similar")


if __name__ == "__main__":
    main()
