"""Findings in, report out: figures as SVG and a PDF."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import get_args

from discourse.errors import DiscourseError, ParameterError
from discourse.report.document import Document, figure_path, numbered, texts
from discourse.report.findings import Findings
from discourse.report.glyphs import is_printable, printable_findings
from discourse.report.guard import guarded, hidden_rows
from discourse.report.numerals import Language


def render(findings: Findings, out: str | Path, language: Language = "en") -> Path:
    """Write the report of a run.

    Parameters
    ----------
    findings : Findings
        The tables, the study and the provenance of the run.
    out : str or Path
        Folder of the run; ``report.pdf`` and ``figures/*.svg`` are written into it.
    language : {"en", "zh"}
        The language of the report.

    Returns
    -------
    pathlib.Path
        The path of ``report.pdf``.

    Raises
    ------
    ParameterError
        If the language is another one.

    Notes
    -----
    Nothing is computed here: every number stands in a table of the findings.  The same findings give the same
    bytes, on every day and in every folder.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     render(Findings({}, {"title": "A study", "question": "Why?"}), folder).name
    'report.pdf'
    """
    from discourse.report.pdf import write_pdf

    out = Path(out)
    document = compose(findings, language)
    (out / "figures").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder)
        _draw(document, out, bare)
        return write_pdf(document, bare, out / "report.pdf")


def compose(findings: Findings, language: Language = "en") -> Document:
    """Write the report as blocks, before any layout.

    Parameters
    ----------
    findings : Findings
        The findings of a run.
    language : {"en", "zh"}
        The language of the report.

    Returns
    -------
    Document
        All text in it is printable, and no cell below the minimum size is in it.
    """
    from discourse.report.sections.appendix import appendix
    from discourse.report.sections.context import context_of
    from discourse.report.sections.cover import banner, cover, running_title
    from discourse.report.sections.evidence import evidence
    from discourse.report.sections.story import story

    if language not in get_args(Language):
        raise ParameterError(f"no report is written in {language!r}", expected="en or zh")
    safe = guarded(findings)
    shown, missing = printable_findings(safe)
    hidden = hidden_rows(findings, safe) + int(findings.provenance.get("hidden_rows") or 0)
    context = context_of(shown, language, hidden, dict(missing))
    w = context.say.w
    document = Document(
        language=language,
        title=context.subject.text("title"),
        running=running_title(context),
        banner=banner(context),
        page_words=(w["page"], w["of"]),
        labels={k: w[k] for k in ("figure", "table", "how", "note")},
        blocks=numbered([*cover(context), *story(context), *evidence(context), *appendix(context)]),
    )
    _refuse_unprintable(document)
    return document


def _refuse_unprintable(document: Document) -> None:
    """Refuse a word of ours that the fonts cannot print: an empty box must not reach a page."""
    for text in texts(document):
        for character in text:
            if not is_printable(ord(character)):
                raise DiscourseError(
                    f"the report would print a character without a glyph: U+{ord(character):04X}",
                    where=text[:80],
                )


def _draw(document: Document, out: Path, bare: Path) -> None:
    """Write each figure twice: with its title for reuse, and without for the page that prints it as text."""
    from discourse.report.figures.style import drawing, svg_of, without_title, write_svg

    with drawing():
        for picture in document.pictures():
            figure = picture.draw()
            svg = svg_of(figure)
            write_svg(svg, figure_path(out, picture))
            write_svg(without_title(svg, figure), bare / f"{picture.name}.svg")
