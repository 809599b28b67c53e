"""Print the table: ``python -m benchmarks.accuracy``."""

from __future__ import annotations

import sys

from benchmarks.accuracy.baselines import majority, vader
from benchmarks.accuracy.data import SOURCES, Labelled
from benchmarks.accuracy.measure import per_class, with_interval
from discourse.sentiment.score import score


def ours(data: Labelled) -> list[str]:
    frame = score(data.texts, data.target, parents=data.parents, spans=data.spans)
    labels = frame["label"].tolist()
    return ["neutral" if label == "absent" and data.absent_is_neutral else label for label in labels]


def line(name: str, truth: list[str], found: list[str]) -> str:
    value, low, high = with_interval(truth, found)
    classes = "  ".join(f"{label[:3]} {f1:.2f}" for label, f1 in per_class(truth, found).items())
    return f"  {name:<28} {value:.3f} [{low:.3f}, {high:.3f}]   {classes}"


def report(name: str, data: Labelled, mark: float | None) -> None:
    print(f"\n{name}: {len(data.texts)} posts, macro-F1" + (f", mark {mark:.2f}" if mark else ""))
    found = ours(data)
    print(line("discourse, lexicon", data.truth, found))
    if len(set(data.langs)) > 1:
        for lang in sorted(set(data.langs)):
            picked = [i for i, value in enumerate(data.langs) if value == lang]
            print(
                line(f"  {lang} ({len(picked)})", [data.truth[i] for i in picked], [found[i] for i in picked])
            )
    if "absent" in data.truth:
        right = sum(t == f == "absent" for t, f in zip(data.truth, found, strict=True))
        print(f"    absent right: {right} of {data.truth.count('absent')}")
    print(line("names, then VADER", data.truth, vader(data)))
    print(line("commonest label", data.truth, majority(data)))


def main() -> int:
    for name, path, read, mark in SOURCES:
        if path.exists():
            report(name, read(path), mark)
        else:
            print(f"\n{name}: skipped, {path} is not there")
    return 0


if __name__ == "__main__":
    sys.exit(main())
