"""A report as a list of blocks that knows no layout: what it says, not how it looks.

The writer of a format (Typst today) turns blocks into pages.  All text in them is plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 opens a part, 2 a section, 3 a subsection.

    What stands behind one of an ``appendix`` is set smaller on paper, up to the next that begins a page.
    """

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 2
    kicker: str = ""
    new_page: bool = False
    appendix: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``lead`` is a bold word or two in front."""

    kind: ClassVar[str] = "paragraph"
    text: str
    lead: str = ""
    style: Literal["body", "small", "cover"] = "body"


@dataclass(frozen=True)
class Listing:
    """A list of short texts."""

    kind: ClassVar[str] = "listing"
    items: tuple[str, ...]
    style: Literal["bullets", "references"] = "bullets"


@dataclass(frozen=True)
class Box:
    """A framed remark with a title."""

    kind: ClassVar[str] = "box"
    title: str
    items: tuple[str, ...]
    tone: Literal["quiet", "warning"] = "quiet"


@dataclass(frozen=True)
class Entry:
    """A term and what it means, or a name and its value."""

    term: str
    text: str
    mono: bool = False


@dataclass(frozen=True)
class Entries:
    """Terms with their meanings."""

    kind: ClassVar[str] = "entries"
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Described:
    """A file of the run: what it holds, column by column."""

    name: str
    meaning: str
    columns: tuple[Entry, ...]


@dataclass(frozen=True)
class Dictionary:
    """The files of the run, described."""

    kind: ClassVar[str] = "dictionary"
    files: tuple[Described, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; a wide one takes the room that is left."""

    title: str
    align: Align = "left"
    wide: bool = False
    mono: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell with a swatch in the hue of a group."""

    text: str
    swatch: str = ""


Row = tuple[str | Cell, ...]


@dataclass(frozen=True)
class Grid:
    """A three-line table; one of the running text (``in_text``) has no number.

    On paper a long one ends after ``on_paper`` rows, unless that is 0.
    """

    kind: ClassVar[str] = "grid"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    full: bool = False
    in_text: bool = False
    number: int = 0
    on_paper: int = 0

    @property
    def printed(self) -> tuple[Row, ...]:
        """The rows that are printed on paper."""
        return self.rows[: self.on_paper] if self.on_paper else self.rows


@dataclass(frozen=True)
class Picture:
    """A figure with its caption and, for those who do not see it, its content in words; drawn when asked."""

    kind: ClassVar[str] = "picture"
    name: str
    caption: str
    alt: str
    draw: Callable[[], Figure] = field(compare=False)
    number: int = 0


@dataclass(frozen=True)
class Answer:
    """One question asked beforehand, with its answer."""

    id: str
    question: str
    answer: str
    tone: Literal["yes", "no", "open", "none"]
    text: str
    counts: str


@dataclass(frozen=True)
class Answers:
    """The answers, one below the other."""

    kind: ClassVar[str] = "answers"
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Cover:
    """The upper part of page one."""

    kind: ClassVar[str] = "cover"
    kicker: str
    title: str
    badge: str
    badge_note: str
    synthetic_note: str
    question_head: str
    question: str
    finding_head: str
    finding: str
    second: str
    closing: str


Block = Heading | Paragraph | Listing | Box | Entries | Dictionary | Grid | Picture | Answers | Cover


@dataclass(frozen=True)
class Document:
    """A whole report in one language."""

    language: str
    title: str
    running: str
    banner: str
    page_words: tuple[str, str]
    labels: dict[str, str]
    blocks: tuple[Block, ...]

    def pictures(self) -> list[Picture]:
        """List the figures in order."""
        return [block for block in self.blocks if isinstance(block, Picture)]


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Number figures and tables in the order of the report.

    Examples
    --------
    >>> grid = Grid("a", (), ())
    >>> [block.number for block in numbered([grid, grid])]
    [1, 2]
    """
    from dataclasses import replace

    out: list[Block] = []
    pictures = grids = 0
    for block in blocks:
        if isinstance(block, Picture):
            pictures += 1
            block = replace(block, number=pictures)
        elif isinstance(block, Grid) and not block.in_text:
            grids += 1
            block = replace(block, number=grids)
        out.append(block)
    return tuple(out)


def plain(document: Document) -> dict[str, Any]:
    """Give the document as plain values for a template; figures by the name of their file."""
    return {
        "language": document.language,
        "title": document.title,
        "running": document.running,
        "banner": document.banner,
        "page_words": list(document.page_words),
        "labels": document.labels,
        "blocks": [_plain_block(block) for block in document.blocks],
    }


def _plain_block(block: Block) -> dict[str, Any]:
    if isinstance(block, Picture):
        content: dict[str, Any] = {
            "name": block.name,
            "caption": block.caption,
            "alt": block.alt,
            "number": block.number,
        }
    else:
        content = asdict(block)
    if isinstance(block, Grid):
        content["rows"] = [[_plain_cell(cell) for cell in row] for row in block.printed]
    return {"kind": block.kind, **content}


def _plain_cell(cell: str | Cell) -> dict[str, str]:
    return {"text": cell, "swatch": ""} if isinstance(cell, str) else asdict(cell)


def texts(document: Document) -> list[str]:
    """Collect every text that will be printed, alternative texts included."""
    found: list[str] = []
    _collect(plain(document), found)
    return found


def _collect(value: Any, found: list[str]) -> None:
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, dict):
        for part in value.values():
            _collect(part, found)
    elif isinstance(value, Sequence):
        for part in value:
            _collect(part, found)
