"""A finished run to a whole report, on one core: ``python -m benchmarks.rendering [RUN_DIR] [--runs 3]``.

Without a run, the shipped demo is computed first (that is not timed).  Three things are printed: processor
seconds by part, the figures drawn once against each drawn anew for every file (which is what a script of
``savefig`` calls does), and whether the whole stays under 15 seconds.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LIMIT = 15.0
FIGURES = "draw figures as SVG, PDF and PNG"
WHOLE = "whole (PDF, HTML, DOCX, figures, tables)"


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def run_of(path: Path | None, folder: Path) -> Path:
    if path is not None:
        return path
    from discourse.shipped import shipped_path
    from discourse.study.load import load_study
    from discourse.study.run import run_study

    study = load_study(shipped_path("reports", "tiktok-refugees", "study.toml"))
    run_study(study, folder / "demo", formats=["pdf"])
    return folder / "demo"


def parts(run: Path, out: Path) -> dict[str, float]:
    """Time each part of one rendering, in processor seconds."""
    from discourse.report.docx.document import write_docx
    from discourse.report.figures.drawn import draw, write_figures
    from discourse.report.files.fragments import write_fragments
    from discourse.report.files.workbook import write_workbook
    from discourse.report.findings import Findings
    from discourse.report.html.page import write_html
    from discourse.report.render import compose, render

    took: dict[str, float] = {}
    took["read the run"], findings = seconds(lambda: Findings.load(run))
    took["compose"], document = seconds(lambda: compose(findings))
    took[FIGURES], figures = seconds(lambda: draw(document.pictures()))
    took["write figures"], _ = seconds(lambda: write_figures(figures.values(), out / "figures"))
    took["HTML"], _ = seconds(lambda: write_html(document, figures, out / "report.html"))
    took["DOCX"], _ = seconds(lambda: write_docx(document, figures, out / "report.docx"))
    took["XLSX"], _ = seconds(lambda: write_workbook(findings, out / "tables.xlsx", "en"))
    took["LaTeX and Markdown"], _ = seconds(lambda: write_fragments(document, out / "tables"))
    took[WHOLE], _ = seconds(lambda: render(findings, out / "whole"))
    return took


def usual_figures(run: Path) -> float:
    """Draw each figure anew for each file, as a script of savefig calls would."""
    from discourse.report.figures.style import drawing
    from discourse.report.findings import Findings
    from discourse.report.render import compose

    document = compose(Findings.load(run))

    def work() -> None:
        with drawing():
            for picture in document.pictures():
                for kind in ("svg", "pdf", "png"):
                    picture.draw().savefig(io.BytesIO(), format=kind, dpi=300)

    return seconds(work)[0]


def pages(pdf: Path) -> int:
    import pikepdf

    with pikepdf.open(pdf) as opened:
        return len(opened.pages)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        run, out = run_of(asked.run, Path(folder)), Path(folder) / "out"
        (out / "tables").mkdir(parents=True)
        rounds = [parts(run, out) for _ in range(asked.runs)]
        say(out / "whole", rounds, usual_figures(run))


def say(made: Path, rounds: list[dict[str, float]], usual: float) -> None:
    n_figures = len(list((made / "figures").glob("*.svg")))
    n_pages = pages(made / "report.pdf")
    print(f"{n_pages} pages, {n_figures} figures, one core, median of {len(rounds)}")
    middle = {name: statistics.median(took[name] for took in rounds) for name in rounds[0]}
    for name, took in middle.items():
        print(f"  {took:6.2f} s  {name}")
    ratio = usual / middle[FIGURES]
    print(f"  {usual:6.2f} s  the same figures, each drawn anew for every file: {ratio:.1f} times as long")
    slowest = max(took[WHOLE] for took in rounds)
    verdict = "under" if slowest < LIMIT else "OVER"
    print(f"slowest rendering {slowest:.1f} s of processor time: {verdict} {LIMIT:.0f} s")


if __name__ == "__main__":
    main()
