"""A whole study at scale: raw CSV to PDF, seconds and peak memory by step, as JSON.

    python -m benchmarks.scale --posts 403054 [--workers 2] [--scheduler tcp://HOST:PORT] [--usual 5000]

What a user would otherwise write (:mod:`benchmarks.usual`) is timed in the same run on a sample and
multiplied up: ``ratio`` says how many times as long it takes, with and without SnowNLP.

The corpus is made by :mod:`benchmarks.crowd`.  Memory is the sum of the proportional set sizes (PSS) over
the process and its children, looked at four times a second; the peak of a step is the largest sum met in it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:  # python benchmarks/scale.py is as good as python -m benchmarks.scale
    sys.path.insert(0, str(HERE.parent))

STUDY = """
version = 1
[study]
title = "Scale"
question = "Does it run?"
timezone = "Asia/Shanghai"
seed = 1
synthetic = true
[[sources]]
path = "{exports}"
timezone = "Asia/Shanghai"
key = "scale"
[[groups]]
name = "hosts"
all = [{{ ip = ["CN-*"] }}]
[[groups]]
name = "newcomers"
any = [{{ ip = ["US", "GB", "CA", "AU", "FR", "DE"], lang_share = {{ en = 0.5 }} }}]
[[groups]]
name = "onlookers"
any = [{{ ip = ["US", "TW", "CN-TW"] }}]
[[targets]]
use = "refugees"
replies = true
[[events]]
name = "TikTok goes dark"
at = 2025-01-18T22:30:00-05:00
[[questions]]
id = "H1"
text = "Host mentions are on balance positive."
outcome = "balance:refugees"
groups = ["hosts"]
expect = "> 0"
"""


def pss(pid: int) -> int:
    """Proportional set size of one process, in kilobytes; 0 where it has gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def family(pid: int) -> Iterator[int]:
    """The process and all its descendants."""
    yield pid
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        children = [c for task in tasks for c in (task / "children").read_text(encoding="ascii").split()]
    except OSError:
        return
    for child in children:
        yield from family(int(child))


class Memory:
    """Watches a process and its children, and keeps the largest sum by step."""

    def __init__(self, pid: int) -> None:
        self.pid, self.step = pid, "start"
        self.peaks: dict[str, int] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.wait(0.25):
            now = sum(pss(pid) for pid in family(self.pid))
            self.peaks[self.step] = max(self.peaks.get(self.step, 0), now)

    def stop(self) -> None:
        """Watch no longer."""
        self._stop.set()
        self._thread.join()


def measure(
    study: Path, out: Path, workers: int, scheduler: str | None, extra: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Run a study in a process of its own; seconds and peak memory by step."""
    command = [
        sys.executable,
        "-c",
        "from discourse.cli import main; main()",
        "run",
        str(study),
        "--out",
        str(out),
    ]
    command += ["--workers", str(workers), "--json", *extra]
    if scheduler:
        command += ["--scheduler", scheduler]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        memory = Memory(process.pid)
        assert process.stderr is not None
        assert process.stdout is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if line.startswith("== "):
                memory.step = line[3:].strip()
        printed = process.stdout.read()
        process.wait()
        memory.stop()
    if process.returncode != 0:
        raise SystemExit("".join(said[-20:]))
    summary = json.loads(printed)
    return {
        "seconds": round(time.perf_counter() - start, 1),
        "peak_mb": round(max(memory.peaks.values()) / 1024),
        "seconds_by_step": summary["seconds"],
        "peak_mb_by_step": {step: round(peak / 1024) for step, peak in memory.peaks.items()},
        "posts": summary["posts"],
        "authors": summary["authors"],
        "threads": summary["threads"],
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, required=True)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--scheduler")
    parser.add_argument("--folder", type=Path, help="keep the corpus here, and use it again")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--usual", type=int, default=5000, help="posts on which the usual script is timed; 0 leaves it out"
    )
    arguments = parser.parse_args()
    from benchmarks.crowd import write_crowd
    from benchmarks.usual import ratios, usual_script

    with tempfile.TemporaryDirectory(prefix="discourse-scale-") as work:
        folder = arguments.folder or Path(work)
        exports = folder / f"crowd-{arguments.posts}-{arguments.seed}"
        print(f"writing {arguments.posts:,} posts to {exports}", file=sys.stderr)
        write_crowd(arguments.posts, exports, arguments.seed)
        study = folder / f"study-{arguments.posts}.toml"
        study.write_text(STUDY.format(exports=exports.resolve().as_posix()), encoding="utf-8")
        result = measure(study, Path(work) / "report", arguments.workers, arguments.scheduler)
        if arguments.usual:
            usual = usual_script(exports, arguments.posts, arguments.usual)
            result |= {"usual_script": usual, "ratio": ratios(usual, result["seconds"])}
    print(json.dumps({"asked": arguments.posts, "workers": arguments.workers, **result}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
