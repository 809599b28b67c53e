"""Run the simulation: ``python -m benchmarks.coverage [--repetitions 5000] [--seed 0] [--write]``.

One core, about a quarter of an hour for the full 5,000 repetitions.  ``--write`` renews RESULTS.md beside
this file.  ppi-python is compared if it is installed and skipped where it is not.
"""

from __future__ import annotations

import argparse
import datetime
import platform
import sys
import time
from pathlib import Path

import numpy as np
import scipy

from benchmarks.coverage import alternatives, comparisons, gaps, marks, oracle


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", action="store_true", help="renew RESULTS.md")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    found = (
        comparisons.run(options.repetitions, options.seed),
        gaps.run(options.repetitions, options.seed),
        alternatives.run(options.repetitions, options.seed),
    )
    judged = marks.judge(*found)
    text = "\n".join(_page(options, found, judged, time.perf_counter() - start)) + "\n"
    print(text)
    if options.write:
        (Path(__file__).parent / "RESULTS.md").write_text(text, encoding="utf-8", newline="\n")
    return 0 if all(holds for _, _, holds in judged) else 1


def _page(options: argparse.Namespace, found: tuple, judged: list, seconds: float) -> list[str]:  # type: ignore[type-arg]
    today = datetime.date.today().isoformat()
    lines = [
        "# Level of tests and coverage of intervals",
        "",
        f"{today}; {options.repetitions:,} repetitions a design, seed {options.seed}; {seconds / 60:.1f} "
        f"minutes on one core of {platform.machine()}, Python {platform.python_version()}, "
        f"numpy {np.__version__}, scipy {scipy.__version__}.",
        "",
        "A mark holds if the 99.9 % Monte-Carlo interval of the figure meets it (`~`: outside, but within",
        "Monte-Carlo error; `!`: outside).  Every test is at 5 %, every interval at 95 %.",
        "",
        "| mark | figure | holds |",
        "|---|---|---|",
    ]
    lines += [f"| {text} | {figure} | {'yes' if holds else 'NO'} |" for text, figure, holds in judged]
    lines += ["", "## Two groups, authors crossed with threads (null true)", ""]
    lines += marks.comparison_table(found[0])
    lines += ["", "## Gaps under differential error", ""]
    lines += [
        "Sensitivity .70 / .92, specificity .95 / .80; true shares .27 / .38; predicted positives are coded",
        "with twice the probability of predicted negatives.",
        "",
    ]
    lines += marks.gap_table(found[1])
    lines += ["", "## Tests that resample (null true)", ""]
    lines += marks.alternative_table(found[2])
    lines += [
        "",
        "## ppi-python as an oracle (independent posts, equal probabilities)",
        "",
        *_oracle(options),
    ]
    return [*lines, "", "## Designs", "", *marks.design_list()]


def _oracle(options: argparse.Namespace) -> list[str]:
    compared = oracle.compare(min(options.repetitions, 500), options.seed)
    if compared is None:
        return ["skipped: ppi-python is not installed"]
    return [f"* {text}: {value:.4g}" for text, value in compared.items()]


if __name__ == "__main__":
    sys.exit(main())
