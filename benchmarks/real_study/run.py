"""Two studies over real exports, at full size: do they run, do the counts add up, what do they say?

    python -m benchmarks.real_study.run [--out DIR]

Reads $DISCOURSE_SHARED or ../shared; says so and does nothing where neither is there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

from discourse.report.findings import Findings
from discourse.study.load import load_study
from discourse.study.run import run_study
from discourse.terminal import Terminal

HERE = Path(__file__).resolve().parent
STUDIES = {
    "newcomers-and-onlookers": ("tiktok-refugee-posts.csv", "reddit-rednote.csv"),
    "elderly-writers": ("rednote-mediacrawler",),
}


def shared() -> Path:
    """Where the real exports lie, if they do."""
    return Path(os.environ.get("DISCOURSE_SHARED", HERE.parents[2] / "shared")) / "corpora"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/real-study"))
    arguments = parser.parse_args()
    if not shared().is_dir():
        print(f"skipped: there are no exports in {shared()}")
        return 0
    ok = True
    for name, sources in STUDIES.items():
        ok &= run_one(name, sources, arguments.out / name)
    return 0 if ok else 1


def run_one(name: str, sources: tuple[str, ...], out: Path) -> bool:
    paths = [f"sources.{i}.path={shared() / source}" for i, source in enumerate(sources)]
    study = load_study(HERE / name / "study.toml", paths)
    start = time.perf_counter()
    summary = run_study(study, out, progress=Terminal())
    found = Findings.load(out)
    flow = dict(zip(found.table("flow")["step"], found.table("flow")["n"], strict=True))
    adds_up = flow["read"] == flow["kept"] + flow["duplicates"] + flow["rejected"]
    print(
        f"\n## {name}: {time.perf_counter() - start:.1f} s, counts {'add up' if adds_up else 'DO NOT ADD UP'}"
    )
    print(json.dumps({k: int(v) for k, v in flow.items()}, ensure_ascii=False))
    columns = [
        "target",
        "group",
        "measure",
        "estimate",
        "low",
        "high",
        "n",
        "n_authors",
        "n_threads",
        "reason",
    ]
    stance = found.table("group_sentiment")
    shown = stance[(stance["mention_kind"] == "all") & (stance["lang"] == "all")]
    print(shown[columns].to_string(index=False))
    print(
        found.table("questions")[["id", "answer", "estimate", "low", "high", "reason"]].to_string(index=False)
    )
    print(summary["report"])
    return bool(adds_up)


if __name__ == "__main__":
    sys.exit(main())
