"""No page ends with a heading, or with the sentence that introduces the table or figure on the next one."""

from __future__ import annotations

import shutil
import subprocess

import matplotlib.pyplot as plt
import pytest

from discourse.report.document import Column, Document, Grid, Heading, Paragraph, Picture
from discourse.report.figures.style import write_svg
from discourse.report.pdf import write_pdf

FILLED = range(34, 50)  # lines above the heading: from room enough for the table's beginning to none at all


def document(matter, *, appendix):
    """One page a number of lines, and below the lines what is tried."""
    blocks = [Heading("Part", 1, new_page=True, appendix=appendix)]
    for lines in FILLED:
        blocks.append(Heading(f"Page {lines}", 2, new_page=True, appendix=appendix))
        blocks += [Paragraph("filler", style="small") for _ in range(lines)]
        blocks += matter(lines)
    labels = {"table": "Table", "figure": "Figure"}
    return Document("en", "T", "T", "", ("page", "of"), labels, tuple(blocks))


def long_table(lines):
    rows = tuple((f"row {i}", str(i)) for i in range(30))
    return Grid("A long table", (Column("a", wide=True), Column("b", "right")), rows, ("note",), full=True)


def short_table(lines):
    return Grid("A short table", (Column("a", wide=True),), tuple((f"row {i}",) for i in range(6)))


def figure(lines):
    return Picture("drawn", "A figure", "A dot.", plt.figure)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")
    write_svg('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="170"/>', folder / "drawn.svg")
    return folder


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
@pytest.mark.parametrize("appendix", [False, True])
@pytest.mark.parametrize("what", [long_table, short_table, figure])
@pytest.mark.parametrize("introduced", [False, True])
def test_a_heading_stays_with_what_it_heads(tmp_path, drawn, what, introduced, appendix):
    def matter(lines):
        said = [Paragraph(f"Introduced {lines}.")] if introduced else []
        return [Heading(f"Heading {lines}", 2), *said, what(lines)]

    path = write_pdf(document(matter, appendix=appendix), drawn, tmp_path / "a.pdf")
    told = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    pages = [page.strip().splitlines() for page in told.stdout.decode("utf-8").split("\f") if page.strip()]
    last = [lines[-2] for lines in pages if len(lines) > 1]  # the last line is the number of the page
    assert len(pages) > len(FILLED)  # some did not fit on their page
    assert [line for line in last if line.startswith(("Heading", "Introduced"))] == []
