"""How fast posts are scored, beside VADER over the same posts: ``python -m benchmarks.scoring``.

One core, 20,000 different posts that all name the target, median of five interleaved runs; peak memory.
"""

from __future__ import annotations

import csv
import itertools
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

PROMISES = Path(__file__).resolve().parents[1] / "tests" / "sentiment" / "promises"
POSTS = 20_000
RUNS = 5


def posts(lang: str) -> list[str]:
    """Posts of two of ours each, no two the same: a copy would not be judged again."""
    found = []
    for name in ("dev", "held"):
        with (PROMISES / f"{name}.tsv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["lang"] == lang and row["label"] != "absent" and not row["parent"]:
                    found.append(row["text"])
    pairs = [f"{a} {b}" for a, b in itertools.permutations(dict.fromkeys(found), 2)]
    return random.Random(0).sample(pairs, POSTS)


def seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def resident() -> float:
    """Peak memory in MiB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    from discourse.sentiment.score import score

    analyser = SentimentIntensityAnalyzer()
    for lang in ("zh", "en"):
        texts = posts(lang)
        score(texts[:500])
        before = resident()
        own, other = [], []
        for _ in range(RUNS):
            own.append(seconds(lambda texts=texts: score(texts)))
            other.append(
                seconds(lambda texts=texts: [analyser.polarity_scores(t) for t in texts[: POSTS // 10]]) * 10
            )
        rate = POSTS / statistics.median(own)
        length = sum(map(len, texts)) / len(texts)
        ratio = statistics.median(other) / statistics.median(own)
        print(f"{lang}: {rate:,.0f} posts a second ({length:.0f} characters a post), {ratio:.1f} times VADER")
        print(f"    peak memory {before:.0f} MiB before, {resident():.0f} MiB after {RUNS * POSTS:,} posts")


if __name__ == "__main__":
    main()
