"""A document as PDF, by Typst.

The template reads the document as JSON: no text of a study ever becomes markup.  Only our fonts are seen,
the date is fixed, and the tags of PDF/UA-1 are written; Typst refuses a character without a glyph, a figure
without alternative text, and a heading out of order.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from pathlib import Path
from typing import Literal

from discourse.errors import DiscourseError
from discourse.report.document import Document, plain
from discourse.report.glyphs import FONTS, fallback_folder
from discourse.report.layout import Layout

TEMPLATE = Path(__file__).resolve().parent / "template"
# a date would differ from run to run; this one stands for "no date"
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
STANDARD: Literal["ua-1"] = "ua-1"


def write_pdf(
    document: Document,
    pictures: Path,
    path: Path,
    *,
    beside: Document | None = None,
    layout: Layout | None = None,
) -> Path:
    """Typeset a document.

    Parameters
    ----------
    document : Document
        What to print; all its text must be printable.
    pictures : Path
        Folder with an SVG for each figure, by name.
    path : Path
        The PDF to write.
    beside : Document, optional
        The same report in another language, printed on the right half of a wide page, section by section.
    layout : Layout, optional
        Colours, measures and logo.

    Returns
    -------
    pathlib.Path
        The PDF.

    Raises
    ------
    DiscourseError
        If Typst refuses the document, which is a fault of ours.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(TEMPLATE, root, dirs_exist_ok=True)
        shutil.copytree(pictures, root / "figures")
        _write_theme(layout or Layout(), root)
        _write_json(document, root / "document.json")
        if beside is not None:
            _write_json(beside, root / "pair.json")
        path.write_bytes(_compile(root, "report.typ" if beside is None else "pair.typ", _fonts(root)))
    return path


def _write_theme(layout: Layout, root: Path) -> None:
    logo = ""
    if layout.logo is not None:
        logo = f"logo{layout.logo.suffix.lower()}"
        shutil.copy(layout.logo, root / logo)
    theme = layout.theme | {"logo": logo, "logo_alt": "Logo"}
    (root / "theme.json").write_text(json.dumps(theme, sort_keys=True), encoding="utf-8")


def _write_json(document: Document, path: Path) -> None:
    path.write_text(json.dumps(plain(document), ensure_ascii=False, sort_keys=True), encoding="utf-8")


def _fonts(root: Path) -> list[str]:
    """Give Typst our fonts and two faces of DejaVu Sans, and nothing else of that folder."""
    fallback = root / "fallback"
    fallback.mkdir()
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf"):
        shutil.copy(fallback_folder() / name, fallback / name)
    return [str(FONTS), str(fallback)]


def _compile(root: Path, template: str, fonts: list[str]) -> bytes:
    import typst

    try:
        made = typst.compile(
            str(root / template),
            root=str(root),
            font_paths=fonts,
            ignore_system_fonts=True,
            pdf_standards=[STANDARD],
            timestamp=EPOCH,
        )
    except RuntimeError as error:
        raise DiscourseError(
            f"the report could not be typeset: {error}",
            hint="this is a fault of discourse; the tables are written and unharmed, please report it",
        ) from error
    if not isinstance(made, bytes):
        raise DiscourseError("the report could not be typeset: Typst gave no PDF")
    return made
