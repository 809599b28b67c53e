"""A report in both languages: side by side in the PDF, one behind the other elsewhere, nothing named twice."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile

import pytest

from discourse.report.findings import Findings
from discourse.report.render import editions, render

STUDY = {
    "title": {"en": "Hosts and newcomers", "zh": "原住民与新来者"},
    "question": {"en": "Are they well disposed?", "zh": "他们友善吗？"},
    "language": "en+zh",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("both")
    render(Findings({}, STUDY), folder, "en+zh")
    return folder


def test_both_editions_have_the_same_blocks():
    first, second = editions(Findings({}, STUDY), "en+zh")
    assert [block.kind for block in first.blocks] == [block.kind for block in second.blocks]
    assert not {p.name for p in first.pictures()} & {p.name for p in second.pictures()}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
def test_the_pages_of_the_pdf_hold_both(out):
    command = ["pdftotext", "-layout", "-l", "1", str(out / "report.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    assert any("Are they well disposed?" in line and "他们友善吗" in line for line in text.splitlines())


def test_the_page_holds_both_and_no_id_twice(out):
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Are they well disposed?" in page
    assert "他们友善吗" in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_the_document_holds_both(out):
    with zipfile.ZipFile(out / "report.docx") as archive:
        text = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode("utf-8"))
    assert text.index("Are they well disposed?") < text.index("他们友善吗")


def test_both_are_the_same_bytes_again(out, tmp_path):
    render(Findings({}, STUDY), tmp_path, "en+zh")
    for name in ("report.pdf", "report.html", "report.docx"):
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes()
