"""One process, two processes and a Dask LocalCluster of two workers, by turns, on the streamed steps.

    python -m benchmarks.engines [--posts 100000] [--turns 3]

Each turn reads the same exports anew, groups, scores and cuts the posts, in a process of its own.  Prints
seconds of clock by step, the median over the turns, and the ratios of the marks: one process against two (at
least 1.7), the cluster against two processes (at most 1.3).  On a machine with others at work it says little:
the load is printed, too.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:
    sys.path.insert(0, str(HERE.parent))

STEPS = ("read", "groups", "sentiment", "tokens")
#: Name to number of workers and scheduler.
ENGINES = {"1 process": (1, None), "2 processes": (2, None), "LocalCluster, 2": (2, "local")}

Found = dict[str, list[dict[str, float]]]


def streamed(study: str, workers: int, scheduler: str | None) -> dict[str, float]:
    """Do the streamed steps of a study with an empty store; seconds by step."""
    from discourse.study import run, steps
    from discourse.study.clock import Clock
    from discourse.study.depend import dependence
    from discourse.study.load import load_study
    from discourse.study.progress import Silent
    from discourse.study.spread import on_cluster
    from discourse.study.store import Store

    loaded = steps.with_cards(load_study(study))
    clock = Clock(Silent())
    with tempfile.TemporaryDirectory() as folder, on_cluster(scheduler, workers):
        store = Store(Path(folder))
        material = run.prepare(loaded, dependence(loaded), workers=workers, clock=clock, store=store)
        with clock.step("tokens", ""):
            _ = material.tokens
    return clock.seconds


def apart(study: Path, name: str) -> dict[str, float]:
    """Do them in a process of its own, which has read nothing before."""
    workers, scheduler = ENGINES[name]
    command = [sys.executable, "-m", "benchmarks.engines", "--one", str(study), "--workers", str(workers)]
    done = subprocess.run(
        [*command, *(["--scheduler", scheduler] if scheduler else [])],
        capture_output=True,
        text=True,
        cwd=HERE.parent,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    seconds: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return seconds


def by_turns(posts: int, turns: int) -> Found:
    from benchmarks.crowd import write_crowd
    from benchmarks.scale import STUDY

    found: Found = {name: [] for name in ENGINES}
    with tempfile.TemporaryDirectory(prefix="discourse-engines-") as work:
        crowd, study = Path(work) / "crowd", Path(work) / "study.toml"
        write_crowd(posts, crowd)
        study.write_text(STUDY.format(exports=crowd.as_posix()), encoding="utf-8")
        for turn in range(turns):
            for name in ENGINES:
                seconds = apart(study, name)
                found[name].append(seconds)
                shown = ", ".join(f"{step} {value:.1f}" for step, value in seconds.items())
                print(f"turn {turn + 1}, {name}: {shown}", file=sys.stderr)
    return found


def table(found: Found) -> str:
    """Give a Markdown table of the medians and the two ratios.

    Examples
    --------
    >>> turn = dict.fromkeys(STEPS, 2.0)
    >>> rows = table({name: [turn] for name in ENGINES}).splitlines()
    >>> rows[-1]
    '| all | 8.0 | 8.0 | 8.0 | 1.00 | 1.00 |'
    """
    lines = [f"| seconds | {' | '.join(ENGINES)} | 1 : 2 | cluster : 2 |", "|---|" + "--:|" * 5]
    for step in (*STEPS, "all"):
        wanted = STEPS if step == "all" else (step,)
        one, two, cluster = (
            statistics.median(sum(turn[s] for s in wanted) for turn in found[name]) for name in ENGINES
        )
        times = f"{one:.1f} | {two:.1f} | {cluster:.1f}"
        lines.append(f"| {step} | {times} | {one / two:.2f} | {cluster / two:.2f} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--one", metavar="STUDY", help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--scheduler", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(streamed(asked.one, asked.workers, asked.scheduler)))
        return 0
    found = by_turns(asked.posts, asked.turns)
    print(f"{asked.posts:,} posts, median of {asked.turns}, load {os.getloadavg()[0]:.1f}\n")
    print(table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
