"""One function a kind of block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import assert_never

from discourse.report.document import (
    Answer,
    Answers,
    Block,
    Box,
    Cover,
    Dictionary,
    Document,
    Entries,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
)
from discourse.report.docx.elements import Element, element, field, paragraph, run, spoken
from discourse.report.docx.tables import TEXT_WIDTH, entries_table, file_table, grid_table
from discourse.report.numerals import Language

_ADDRESS = re.compile(r"https?://[^\s，。；）]+[^\s，。；）.]")
_TONES = {"yes": "00684F", "no": "A33A00", "open": "5F6368", "none": "5F6368"}


class Writer:
    """Writes the blocks of one document as elements.

    Parameters
    ----------
    document : Document
        The report.
    picture : callable
        Gives the run with the drawing of a figure.
    link : callable
        Notes an address and gives the id by which a text refers to it.
    """

    def __init__(
        self, document: Document, picture: Callable[[Picture], Element], link: Callable[[str], str]
    ) -> None:
        self.document, self.picture, self.link = document, picture, link

    @property
    def language(self) -> Language:
        """The language of the report."""
        return self.document.language  # type: ignore[return-value]

    def block(self, block: Block) -> Iterator[Element]:
        """Write one block.

        Parameters
        ----------
        block : Block
            Any kind of block; one that has no way to be written here is refused by the type checker, and at
            run time.

        Yields
        ------
        Element
            Paragraphs and tables.
        """
        match block:
            case Heading():
                yield from self._heading(block)
            case Paragraph():
                yield from self._paragraph(block)
            case Listing():
                yield from self._listing(block)
            case Box():
                yield from self._box(block)
            case Entries():
                yield entries_table(block.entries, self.language)
                yield self._gap()
            case Dictionary():
                yield from self._dictionary(block)
            case Grid():
                yield from self._grid(block)
            case Picture():
                yield from self._picture(block)
            case Answers():
                for answer in block.answers:
                    yield from self._answer(answer)
            case Cover():
                yield from self._cover(block)
            case _:
                assert_never(block)

    def _say(self, style: str, text: str, *properties: Element, **look: str | bool) -> Element:
        return paragraph(style, spoken(text, self.language, **look), *properties)

    def _gap(self) -> Element:
        """Part a table from what follows; two tables without it would become one.

        It is one point high: a line behind a table that ends with its page would take a page of its own.
        """
        return paragraph(
            "TableNote", [], element("w:spacing", before=0, after=200, line=20, lineRule="exact")
        )

    def _heading(self, block: Heading) -> Iterator[Element]:
        # the number of pages is the reader's affair, but a part begins on a new one
        breaks = [element("w:pageBreakBefore")] if block.new_page and block.level == 1 else []
        if block.kicker:
            yield self._say("Kicker", block.kicker)
        space = [] if block.kicker or block.level == 1 else [element("w:spacing", before=360, after=140)]
        yield self._say(f"Heading{min(block.level, 3)}", block.text, *breaks, *space)

    def _paragraph(self, block: Paragraph) -> Iterator[Element]:
        style = "Small" if block.style == "small" else "Normal"
        if block.lead and block.style == "cover":
            yield self._say("Kicker", block.lead)
            yield self._say(style, block.text)
            return
        stop = "。" if self.language == "zh" else ". "
        lead = spoken(f"{block.lead}{stop}", self.language, bold=True) if block.lead else []
        yield paragraph(style, [*lead, *spoken(block.text, self.language)])

    def _listing(self, block: Listing) -> Iterator[Element]:
        for item in block.items:
            if block.style == "references":
                yield paragraph("Bibliography", list(self._linked(item)))
            else:
                yield self._say("ListBullet", item, _bullet())

    def _linked(self, text: str) -> Iterator[Element]:
        start = 0
        for found in _ADDRESS.finditer(text):
            yield from spoken(text[start : found.start()], "en")
            link = element("w:hyperlink", run(found[0], "en", style="Hyperlink"))
            link.set(
                "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", self.link(found[0])
            )
            yield link
            start = found.end()
        yield from spoken(text[start:], "en")

    def _box(self, block: Box) -> Iterator[Element]:
        kind = "WarningRemark" if block.tone == "warning" else "Remark"
        yield self._say(f"{kind}Title", block.title)
        for item in block.items:
            yield self._say(kind, item, _bullet())
        yield self._gap()

    def _dictionary(self, block: Dictionary) -> Iterator[Element]:
        for file in block.files:
            yield paragraph("FileName", [run(file.name, "en")])
            yield self._say("Small", file.meaning, element("w:keepNext"))
            yield file_table(file, self.language)
        yield self._gap()

    def _grid(self, block: Grid) -> Iterator[Element]:
        yield self._caption("TableCaption", self.document.labels["table"], block.number, block.caption)
        yield grid_table(block, self.language)
        notes = ("" if self.language == "zh" else " ").join(block.notes)
        yield self._say("TableNote", notes) if notes else self._gap()

    def _picture(self, block: Picture) -> Iterator[Element]:
        yield paragraph("Figure", [self.picture(block)])
        yield self._caption("FigureCaption", self.document.labels["figure"], block.number, block.caption)

    def _caption(self, style: str, label: str, number: int, text: str) -> Element:
        if not number:
            return self._say(style, text)
        counted = field(f"SEQ {label} \\* ARABIC", run(str(number), self.language, bold=True))
        return paragraph(
            style,
            [
                *spoken(f"{label} ", self.language, bold=True),
                counted,
                *spoken(f"  {text}", self.language),
            ],
        )

    def _answer(self, answer: Answer) -> Iterator[Element]:
        yield self._say("Verdict", answer.answer, color=_TONES[answer.tone])
        keep = element("w:keepNext")
        yield self._say("Normal", f"{answer.id}  {answer.question}", keep, bold=True)
        yield self._say("Normal", answer.text)
        if answer.counts:
            yield self._say("Small", answer.counts)

    def _cover(self, block: Cover) -> Iterator[Element]:
        tab = element("w:r", element("w:tab"))
        badge = spoken(block.badge, self.language, color="B84A00") if block.badge else []
        stop = element("w:tabs", element("w:tab", val="right", pos=TEXT_WIDTH))
        yield paragraph("Kicker", [*spoken(block.kicker, self.language), tab, *badge], stop)
        size = 46 if len(block.title) <= 60 else 40 if len(block.title) <= 110 else 30
        yield self._sized("Title", block.title, size)
        yield self._say("Kicker", block.question_head)
        yield self._say("Question", block.question)
        yield self._say("Kicker", block.finding_head)
        yield self._say("Finding", block.finding)
        if block.second:
            yield self._say("Normal", block.second)
        gap = "" if self.language == "zh" else " "
        note = f"{block.synthetic_note}{gap}" if block.synthetic_note else ""
        warning = spoken(note, self.language, bold=True)
        closing = gap.join(part for part in (block.badge_note, block.closing) if part)
        yield paragraph("Warning", [*warning, *spoken(closing, self.language)])

    def _sized(self, style: str, text: str, size: int) -> Element:
        made = self._say(style, text)
        for properties in made.iter("{*}rPr"):
            language = properties[-1]
            language.addprevious(element("w:sz", val=size))
        return made


def _bullet() -> Element:
    return element("w:numPr", element("w:ilvl", val=0), element("w:numId", val=1))
