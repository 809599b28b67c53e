"""The labelled sets, read where they lie; none of them ships."""

from __future__ import annotations

import csv
import gzip
import io
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from discourse.sentiment.target import Target

SHARED = Path(os.environ.get("DISCOURSE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
PROMISES = Path(__file__).resolve().parents[2] / "tests" / "sentiment" / "promises"
_LONG = {"pos": "positive", "neg": "negative", "neu": "neutral", "absent": "absent"}


@dataclass
class Labelled:
    """Posts with the target that is meant, and what people said."""

    texts: list[str]
    truth: list[str]
    langs: list[str]
    target: str | list[Target] = "refugees"
    parents: list[str | None] | None = None
    spans: list[tuple[int, int]] | None = None
    absent_is_neutral: bool = False
    extra: dict[str, list[str]] = field(default_factory=dict)


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    handle = io.StringIO(raw.decode("utf-8"), newline="")
    if delimiter == "\t":
        return list(csv.DictReader(handle, delimiter=delimiter, quoting=csv.QUOTE_NONE))
    return list(csv.DictReader(handle))


def _refugees(path: Path) -> Labelled:
    found = rows(path, "\t")
    return Labelled(
        [r["text"] for r in found],
        [_LONG.get(r["label"], r["label"]) for r in found],
        [r["lang"] for r in found],
        parents=[r.get("parent") or None for r in found],
    )


def _given(path: Path, *, spans: bool = False) -> Labelled:
    found = rows(path)
    made: dict[str, Target] = {}
    for row in found:
        name = row["target"].strip() or "?"
        made.setdefault(name, Target(name))
    return Labelled(
        [r["text"] for r in found],
        [r["label"] for r in found],
        [r["lang"] for r in found],
        target=[made[r["target"].strip() or "?"] for r in found],
        spans=[(int(r["start"]), int(r["end"])) for r in found] if spans else None,
        absent_is_neutral=True,
    )


Source = tuple[str, Path, Callable[[Path], Labelled], float | None]

SOURCES: list[Source] = [
    ("own posts, used for the rules", PROMISES / "dev.tsv", _refugees, None),
    ("own posts, held out", PROMISES / "held.tsv", _refugees, None),
    ("own idiomatic posts, used late", PROMISES / "held2.tsv", _refugees, None),
    ("own third set, used late", PROMISES / "held3.tsv", _refugees, None),
    ("own fourth set, used late", PROMISES / "held4.tsv", _refugees, None),
    ("own fresh posts, used afterwards", PROMISES / "fresh.tsv", _refugees, None),
    ("refugee examples", SHARED / "stance" / "refugee-examples.tsv", _refugees, 0.80),
    ("Dong 2014 Twitter, training part", SHARED / "stance" / "acl14-twitter-train.csv", _given, 0.55),
    (
        "NewsMTSC, training part",
        SHARED / "stance" / "newsmtsc-train.csv",
        lambda p: _given(p, spans=True),
        0.60,
    ),
    ("Chinese aspects, half", SHARED / "stance" / "chinese-absa-dev.csv.gz", _given, 0.50),
]
