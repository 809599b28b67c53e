"""How well the emotion lexicons tell the tone of posts: ``python benchmarks/emotion.py``.

Reads weibo-emotion-dev.csv (one of 6 emotions a post) and code-switch-emotion-dev.csv (several of
5 a post) from $DISCOURSE_SHARED or ../shared; prints "skipped" where they are not.  Neither set
names a target: what is measured is the lexicon alone.  Shipped entries are not fitted to either set.
"""

from __future__ import annotations

import csv
import os
import statistics
import time
from pathlib import Path

import numpy as np
import pandas as pd

from discourse.sentiment.emotion import emotions, load_emotions
from discourse.sentiment.frame_classifier import FrameClassifier
from discourse.sentiment.frame_quality import frame_quality

SHARED = Path(os.environ.get("DISCOURSE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
# The sets have one category for what is pleasant, and one for what is hostile.
JOINED = {"happiness": ("joy", "praise", "pride"), "anger": ("anger", "contempt")}
SINGLE = ("sadness", "fear", "surprise")
WEIBO = {"happy": "happiness", "angry": "anger", "sad": "sadness", "fear": "fear", "surprise": "surprise"}
OF_ONE = {name: joined for joined, names in JOINED.items() for name in names} | {n: n for n in SINGLE}


def read(name: str) -> list[dict[str, str]]:
    path = SHARED / "sentiment" / name
    if not path.exists():
        print(f"skipped: no {name}")
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def joined(found: pd.DataFrame) -> pd.DataFrame:
    columns = {name: found[list(parts)].any(axis=1) for name, parts in JOINED.items()}
    return pd.DataFrame(columns | {name: found[name] for name in SINGLE})


def show(quality: pd.DataFrame) -> None:
    for row in quality.itertuples():
        print(
            f"  {row.frame:10} n {row.n_hand:5}  precision {row.precision:.3f}  recall {row.recall:.3f}"
            f"  F1 {row.f1:.3f} [{row.f1_low:.3f}, {row.f1_high:.3f}]"
        )
    print(f"  macro-F1 {quality['f1'].mean():.3f}")


def one_label(rows: list[dict[str, str]], found: pd.DataFrame) -> None:
    """Print the figures of choosing one of six emotions, as the set is labelled."""
    truth = pd.Series([WEIBO.get(row["emotion"], "neutral") for row in rows])
    chosen = found["emotion"].map(OF_ONE).fillna("neutral")
    names = ["happiness", "anger", "sadness", "fear", "surprise", "neutral"]

    def macro(index: np.ndarray) -> float:
        a, b = truth.to_numpy()[index], chosen.to_numpy()[index]
        scores = [2 * ((a == n) & (b == n)).sum() / max(1, (a == n).sum() + (b == n).sum()) for n in names]
        return float(np.mean(scores))

    generator = np.random.default_rng(0)
    draws = [macro(generator.integers(0, len(truth), len(truth))) for _ in range(400)]
    low, high = np.quantile(draws, [0.025, 0.975])
    share = float((truth == chosen).mean())
    usual = float(truth.value_counts(normalize=True).max())
    print(f"  one of six: macro-F1 {macro(np.arange(len(truth))):.3f} [{low:.3f}, {high:.3f}]", end="")
    print(f"  accuracy {share:.3f} (the most frequent class alone: {usual:.3f})")


def main() -> None:
    print(load_emotions().instrument)
    rows = read("weibo-emotion-dev.csv")
    if rows:
        found = emotions([row["text"] for row in rows], None)
        print(f"weibo-emotion-dev, {len(rows)} posts")
        one_label(rows, found)
        hand = pd.DataFrame({n: [WEIBO.get(r["emotion"]) == n for r in rows] for n in (*JOINED, *SINGLE)})
        show(frame_quality(joined(found), hand))
        print("  trained on the other four fifths, contiguous blocks (FrameClassifier)")
        show(frame_quality(FrameClassifier().cross_predict([row["text"] for row in rows], hand), hand))
    rows = read("code-switch-emotion-dev.csv")
    if rows:
        found = emotions([row["text"] for row in rows], None)
        print(f"code-switch-emotion-dev, {len(rows)} posts, several emotions a post")
        show(
            frame_quality(
                joined(found), pd.DataFrame({n: [r[n] == "1" for r in rows] for n in (*JOINED, *SINGLE)})
            )
        )
        texts = [row["text"] for row in rows] * 3
        seconds = []
        for _ in range(5):
            start = time.perf_counter()
            emotions(texts, None)
            seconds.append(time.perf_counter() - start)
        print(f"{len(texts) / statistics.median(seconds):,.0f} posts a second on one core")


if __name__ == "__main__":
    main()
