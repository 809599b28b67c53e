"""A finished run to a whole report, on one core: ``python -m benchmarks.rendering [RUN_DIR] [--runs 3]``.

Without a run, the shipped demo is computed first (that is not timed).  What is timed is ``discourse report
RUN --out DIR`` in a process of its own, loading of libraries, PDF, HTML, DOCX, figures and tables included:
once for a study that asks for less, of about 30 pages, on which the mark of 15 seconds stands, and once for
all that the run holds.  Below stand processor seconds by part, and the figures drawn once against each drawn
anew for every file (which is what a script of ``savefig`` calls does).
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LIMIT = 15.0
#: Analyses that a smaller study does not ask for, by the tables that they make.
BEYOND = (
    *("engagement", "influence", "influence_weights", "areas", "frames", "emotions", "code_contrasts"),
    *("reply_mixing", "reply_indices", "reciprocity", "language_choice"),
    *("collocates", "semantic_nodes", "semantic_edges", "topic_covariates", "coefficients"),
)
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


def smaller(run: Path, folder: Path) -> Path:
    """Save the run as that of a study which asks for less."""
    from discourse.report.findings import Findings

    findings = Findings.load(run)
    kept = {name: frame for name, frame in findings.tables.items() if name not in BEYOND}
    return Findings(kept, findings.study, findings.provenance).save(folder / "smaller")


def rendered(run: Path, out: Path, core: int | None) -> float:
    """Render a run as a user does, and count the processor seconds of the whole process."""
    import resource

    def pinned() -> None:
        if core is not None:
            os.sched_setaffinity(0, {core})

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "discourse", "report", str(run), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, preexec_fn=pinned)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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
    core = min(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = run_of(asked.run, folder)
        for what, source in (("a smaller study", smaller(run, folder)), ("the whole run", run)):
            out = folder / what.replace(" ", "-")
            say_whole(what, out, [rendered(source, out, core) for _ in range(asked.runs)])
        if core is not None:
            os.sched_setaffinity(0, {core})
        (folder / "out" / "tables").mkdir(parents=True)
        say_parts(parts(run, folder / "out"), usual_figures(run))


def say_whole(what: str, made: Path, rounds: list[float]) -> None:
    n_figures = len(list((made / "figures").glob("*.svg")))
    middle = statistics.median(rounds)
    verdict = "under" if max(rounds) < LIMIT else "OVER"
    print(f"{what}: {pages(made / 'report.pdf')} pages, {n_figures} figures, as PDF, HTML and DOCX")
    slowest = f"slowest of {len(rounds)} {max(rounds):.1f}"
    print(f"  {middle:.1f} s of processor time, {slowest}: {verdict} {LIMIT:.0f} s")


def say_parts(took: dict[str, float], usual: float) -> None:
    print("by part, libraries loaded by the first that needs them:")
    for name, seconds_taken in took.items():
        print(f"  {seconds_taken:6.2f} s  {name}")
    ratio = usual / took[FIGURES]
    print(f"  {usual:6.2f} s  the same figures, each drawn anew for every file: {ratio:.1f} times as long")


if __name__ == "__main__":
    main()
