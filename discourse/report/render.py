"""Findings in, report out: a PDF, a page for a browser, a document for a word processor, and figures."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from discourse.errors import DiscourseError, ParameterError
from discourse.report.document import Document, Picture, numbered, texts
from discourse.report.findings import Findings
from discourse.report.glyphs import is_printable, printable_findings
from discourse.report.guard import guarded, hidden_rows
from discourse.report.layout import WHOLE, Layout, load_layout
from discourse.report.numerals import Edition, Language

if TYPE_CHECKING:
    from discourse.report.figures.drawn import Drawn

Format = Literal["pdf", "html", "docx"]
#: Every format that a report is written in, the first one first.
FORMATS: tuple[Format, ...] = get_args(Format)


def render(
    findings: Findings,
    out: str | Path,
    language: Edition = "en",
    formats: Sequence[Format] = FORMATS,
    template: str | Path | None = None,
) -> Path:
    """Write the report of a run.

    Parameters
    ----------
    findings : Findings
        The tables, the study and the provenance of the run.
    out : str or Path
        Folder of the run; ``report.pdf``, ``report.html``, ``report.docx``, ``figures/`` (SVG, PDF and PNG),
        ``tables.xlsx``, ``references.bib``, ``tables/latex/`` and ``tables/markdown/`` are written into it.
    language : {"en", "zh", "en+zh"}
        The language of the report; both stand side by side in the PDF, one behind the other elsewhere.
    formats : sequence of {"pdf", "html", "docx"}
        The formats of the report; figures and tables are written in any case.
    template : str or Path, optional
        ``"journal"``, ``"briefing"``, or a folder with ``template.toml``: the parts and their order, colours
        and a logo, and for the PDF measures; see :func:`discourse.report.layout.load_layout`.

    Returns
    -------
    pathlib.Path
        The path of the report in the first of the formats: ``report.pdf``, if it is among them.

    Raises
    ------
    ParameterError
        If the language or a format is another one.

    Notes
    -----
    Nothing is computed here: every number stands in a table of the findings.  The same findings give the same
    bytes, on every day and in every folder.  Each figure is drawn once.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     render(Findings({}, {"title": "A study", "question": "Why?"}), folder, formats=["pdf"]).name
    'report.pdf'
    """
    from discourse.report.figures.drawn import draw, write_figures
    from discourse.report.files.fragments import write_fragments
    from discourse.report.files.workbook import write_workbook
    from discourse.report.references import bibtex_of
    from discourse.report.sections.appendix import methods_that_ran

    wanted = chosen_formats(formats)
    out = Path(out)
    layout = load_layout(template)
    documents = editions(findings, language, layout.parts)
    figures = draw([picture for document in documents for picture in document.pictures()])
    write_figures(figures.values(), out / "figures")
    for place, document in zip((out / "tables", out / "tables" / "zh"), documents, strict=False):
        write_fragments(document, place)
    (out / "references.bib").write_text(bibtex_of(methods_that_ran(findings)), encoding="utf-8", newline="\n")
    write_workbook(findings, out / "tables.xlsx", "zh" if language == "zh" else "en")
    written = [_write(kind, documents, figures, out, layout) for kind in wanted]
    return written[0]


def editions(findings: Findings, language: Edition, parts: Sequence[str] = WHOLE) -> list[Document]:
    """Write the report as blocks, once in each language that is asked for.

    Parameters
    ----------
    findings : Findings
        The findings of a run.
    language : {"en", "zh", "en+zh"}
        What is asked for.
    parts : sequence of str
        Which of :data:`discourse.report.layout.PARTS`, in their order.

    Returns
    -------
    list of Document
        One or two; figures of the second have names of their own.

    Raises
    ------
    ParameterError
        If the language is another one.

    Examples
    --------
    >>> [d.language for d in editions(Findings({}, {"title": "A study", "question": "Why?"}), "en+zh")]
    ['en', 'zh']
    """
    if language != "en+zh":
        return [compose(findings, language, parts)]
    first, second = compose(findings, "en", parts), compose(findings, "zh", parts)
    renamed = tuple(
        replace(block, name=f"{block.name}-zh") if isinstance(block, Picture) else block
        for block in second.blocks
    )
    return [first, replace(second, blocks=renamed)]


def chosen_formats(formats: Sequence[str]) -> list[Format]:
    """Check the formats that somebody asks for, and put them in order.

    Parameters
    ----------
    formats : sequence of str
        Names of formats.

    Returns
    -------
    list of str
        Each once.

    Raises
    ------
    ParameterError
        If one is not known, or none is given.

    Examples
    --------
    >>> chosen_formats(["html", "pdf"])
    ['pdf', 'html']
    """
    for name in formats:
        if name not in FORMATS:
            raise ParameterError(f"no report is written as {name!r}", expected=", ".join(FORMATS))
    if not formats:
        raise ParameterError("no format is asked for", expected=", ".join(FORMATS))
    return [name for name in FORMATS if name in formats]


def _write(
    kind: Format, documents: list[Document], figures: dict[str, Drawn], out: Path, layout: Layout
) -> Path:
    from discourse.report.docx.document import write_docx
    from discourse.report.html.page import write_html

    writers: dict[str, Callable[..., Path]] = {"pdf": _write_pdf, "html": write_html, "docx": write_docx}
    beside = documents[1] if len(documents) > 1 else None
    return writers[kind](documents[0], figures, out / f"report.{kind}", beside=beside, layout=layout)


def _write_pdf(
    document: Document, figures: dict[str, Drawn], path: Path, *, beside: Document | None, layout: Layout
) -> Path:
    """Give the typesetter each figure without its title, which the page prints as a heading."""
    from discourse.report.figures.style import write_svg
    from discourse.report.pdf import write_pdf

    with tempfile.TemporaryDirectory() as folder:
        for figure in figures.values():
            write_svg(figure.bare, Path(folder) / f"{figure.name}.svg")
        return write_pdf(document, Path(folder), path, beside=beside, layout=layout)


def compose(findings: Findings, language: Language = "en", parts: Sequence[str] = WHOLE) -> Document:
    """Write the report as blocks, before any layout.

    Parameters
    ----------
    findings : Findings
        The findings of a run.
    language : {"en", "zh"}
        The language of the report.
    parts : sequence of str
        Which of :data:`discourse.report.layout.PARTS`, in their order.

    Returns
    -------
    Document
        All text in it is printable, and no cell below the minimum size is in it.
    """
    from discourse.report.sections.appendix import appendix
    from discourse.report.sections.context import context_of
    from discourse.report.sections.cover import banner, cover, running_title
    from discourse.report.sections.evidence import evidence
    from discourse.report.sections.story import last_page, story, summary

    if language not in get_args(Language):
        raise ParameterError(f"no report is written in {language!r}", expected="en, zh or en+zh")
    safe = guarded(findings)
    shown, missing = printable_findings(safe)
    hidden = hidden_rows(findings, safe) + int(findings.provenance.get("hidden_rows") or 0)
    context = context_of(shown, language, hidden, dict(missing), parts)
    w = context.say.w
    write = {
        "cover": cover,
        "summary": summary,
        "story": story,
        "evidence": evidence,
        "appendix": appendix,
    }
    blocks = [block for part in parts for block in write[part](context)]
    # a summary says on its own page what must not be claimed
    blocks += [] if "summary" in parts else last_page(context)
    document = Document(
        language=language,
        title=context.subject.text("title"),
        running=running_title(context),
        banner=banner(context),
        page_words=(w["page"], w["of"]),
        labels={k: w[k] for k in ("figure", "table", "how", "note")},
        blocks=numbered(blocks),
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
