"""What a PDF looks like, small enough to read in a diff: its words without numerals, and where its ink stands.

Renew after a change that was meant, and look at the diff:

    DISCOURSE_RENEW_SNAPSHOTS=1 python -m pytest tests/report/test_snapshots.py tests/study/test_demo.py -k snapshot
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
#: Cells of a page: a map is compared cell by cell, each 0 (white) to 9 (black).
WIDE, HIGH = 32, 45
#: A cell differs if it is so many steps off; so many of a page may, for another version of a library.
STEPS, SHARE = 2, 0.04
_NUMERAL = re.compile(r"[−+<>]?\d(?:[\d,.]*\d)?%?")
RENEW = os.environ.get("DISCOURSE_RENEW_SNAPSHOTS") == "1"


def needs_poppler() -> None:
    """Skip where poppler-utils are not installed."""
    for program in ("pdftotext", "pdftoppm"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} (poppler-utils) is not installed")


def words(pdf: Path) -> str:
    """Give the text layer, page by page, with every numeral as 0."""
    said = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True
    )
    pages = said.stdout.decode("utf-8").replace("\r\n", "\n").split("\f")
    lines = [f"== page {i}\n{_NUMERAL.sub('0', page).strip()}" for i, page in enumerate(pages[:-1], 1)]
    return "\n".join(lines) + "\n"


def outline(pdf: Path, last: int) -> str:
    """Give parts, and captions of figures and tables, of the first pages: what stays when findings change."""
    kept = re.compile(r"^(== page|The story|The evidence|Figure 0|Table 0|How computed|What must not)")
    pages = words(pdf).split("== page ")[1 : last + 1]
    lines = [line for page in pages for line in f"== page {page}".split("\n") if kept.match(line)]
    return "\n".join(lines) + "\n"


def ink(pdf: Path, pages: list[int]) -> str:
    """Give where the ink of some pages stands, as digits."""
    return "\n".join(f"== page {page}\n{_page_ink(pdf, page)}" for page in pages) + "\n"


def _page_ink(pdf: Path, page: int) -> str:
    size = ["-scale-to-x", str(4 * WIDE), "-scale-to-y", str(4 * HIGH)]
    made = subprocess.run(
        ["pdftoppm", "-gray", "-f", str(page), "-l", str(page), *size, str(pdf)],
        capture_output=True,
        check=True,
    ).stdout
    raw = made[-16 * WIDE * HIGH :]
    rows = []
    for y in range(HIGH):
        cells = []
        for x in range(WIDE):
            square = [raw[(4 * y + j) * 4 * WIDE + 4 * x + i] for j in range(4) for i in range(4)]
            cells.append(str(min(9, (255 - sum(square) // 16) * 10 // 256)))
        rows.append("".join(cells))
    return "\n".join(rows)


def same_words(name: str, said: str) -> None:
    """Compare with a kept text, to the letter."""
    kept = _kept(name, said)
    changed = list(difflib.unified_diff(kept.split("\n"), said.split("\n"), "kept", "now", n=1, lineterm=""))
    assert not changed, "\n".join([*changed[:40], __doc__ or ""])


def same_ink(name: str, found: str) -> None:
    """Compare with a kept map, page by page, within the tolerance."""
    kept = _kept(name, found)
    for before, now in zip(kept.split("== page")[1:], found.split("== page")[1:], strict=True):
        cells = list(zip("".join(before.split("\n")[1:]), "".join(now.split("\n")[1:]), strict=True))
        off = sum(abs(int(a) - int(b)) >= STEPS for a, b in cells) / len(cells)
        assert off <= SHARE, (
            f"{name}, page {now.split()[0]}: {off:.1%} of the page looks different. {__doc__}"
        )


def _kept(name: str, found: str) -> str:
    path = HERE / name
    if RENEW or not path.exists():
        path.write_text(found, encoding="utf-8", newline="\n")
        if not RENEW:
            pytest.fail(f"{name} was not kept; it is now")
    return path.read_text(encoding="utf-8")
