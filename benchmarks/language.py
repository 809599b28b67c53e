"""How well and how fast the language of a post is told: ``python benchmarks/language.py``.

Reads langid-dev.csv from $DISCOURSE_SHARED or ../shared; prints "skipped" where it is not.
"""

from __future__ import annotations

import csv
import os
import statistics
import time
from collections import Counter
from pathlib import Path

from discourse.text.language import detect_language, detect_languages

SHARED = Path(os.environ.get("DISCOURSE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
OURS = {"mixed-zh-en": "mixed", "bilingual-post": "mixed"}


def seconds(texts: list[str]) -> float:
    start = time.process_time()
    detect_languages(texts)
    return time.process_time() - start


def main() -> None:
    path = SHARED / "sentiment" / "langid-dev.csv"
    if not path.exists():
        print("skipped: no langid-dev.csv")
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = [(OURS.get(row["label"], row["label"]), detect_language(row["text"])) for row in rows]
    right = sum(label == found for label, found in pairs)
    print(f"accuracy {right / len(pairs):.4f} ({right} of {len(pairs)})")
    for label in sorted({label for label, _ in pairs}):
        found = Counter(found for expected, found in pairs if expected == label)
        print(f"  {label:8} {found[label] / found.total():.3f}  {dict(sorted(found.items()))}")
    texts = [row["text"] for row in rows] * 10
    rate = len(texts) / statistics.median(seconds(texts) for _ in range(5))
    print(
        f"{rate:,.0f} posts a second on one core ({sum(map(len, texts)) / len(texts):.0f} characters a post)"
    )


if __name__ == "__main__":
    main()
