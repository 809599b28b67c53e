"""How fast Chinese is cut into words against jieba, and whether alike: ``python benchmarks/segmentation.py``.

Runs of both alternate in one process, garbage collection on; the median of five is given.  Reads
bench/zh-short.csv.gz from $DISCOURSE_SHARED or ../shared; prints "skipped" where it is not.
"""

from __future__ import annotations

import csv
import gzip
import logging
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from discourse.text.segment import segment_many, segment_zh
from discourse.text.tokens import tokenize

SHARED = Path(os.environ.get("DISCOURSE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
RUNS = 5


def read_texts(name: str) -> list[str]:
    with gzip.open(SHARED / "bench" / name, "rt", encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def seconds(work: Callable[[list[str]], object], texts: list[str]) -> float:
    start = time.process_time()
    work(texts)
    return time.process_time() - start


def cut_by_jieba(texts: list[str]) -> list[list[str]]:
    return [jieba.lcut(text) for text in texts]


def main() -> None:
    if not (SHARED / "bench").is_dir():
        print("skipped: no bench folder")
        return
    jieba.setLogLevel(logging.WARNING)
    texts = read_texts("zh-short.csv.gz")
    segment_many(["预热", "〇"]), jieba.lcut("预热")
    runs = [(seconds(segment_many, texts), seconds(cut_by_jieba, texts)) for _ in range(RUNS)]
    ours, theirs = (statistics.median(column) for column in zip(*runs, strict=True))
    ratio = statistics.median(b / a for a, b in runs)
    print(f"{len(texts):,} texts of {sum(map(len, texts)) / len(texts):.0f} characters, {RUNS} runs each")
    print(f"segment_many {len(texts) / ours:,.0f} posts/s, jieba.lcut {len(texts) / theirs:,.0f} posts/s")
    print(f"ratio {ratio:.1f} (runs: {', '.join(f'{b / a:.1f}' for a, b in runs)})")
    differ = [text for text in texts if segment_zh(text) != jieba.lcut(text)]
    print(f"not identical: {len(differ)} of {len(texts):,}")
    for text in differ:
        pairs = zip(segment_zh(text), jieba.lcut(text), strict=False)
        print("  first difference:", next((a, b) for a, b in pairs if a != b))
    for name in ("zh-short.csv.gz", "en-tweets.csv.gz"):
        posts = read_texts(name)
        took = statistics.median(seconds(tokenize, posts) for _ in range(RUNS))
        print(f"tokenize {name}: {len(posts) / took:,.0f} posts/s")


if __name__ == "__main__":
    main()
