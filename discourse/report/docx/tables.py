"""Three-line tables with a head that comes again on every page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from discourse.report.document import Cell, Column, Described, Entry, Grid
from discourse.report.docx.elements import Element, element, paragraph, run, spoken
from discourse.report.numerals import Language
from discourse.report.widths import width_of

#: Width of the text on the page.  Unit: twentieths of a point.
TEXT_WIDTH = 9638
# a letter of a table takes about this much, and a cell this much besides; at least its margins of 120
_LETTER, _PADDING, _TIGHT = 94, 240, 140
# so much a letter of a head, which is bold, and a character of a figure, where brackets and points are narrow
_BOLD, _DIGIT, _NARROW = 108, 103, 60
_WIDE_MARKS = {"−": 130, "%": 155}
# letters are measured by a wide face: what is longer than the page by so much has room on it
_NEARLY = 1.04
# in letters: a word longer than this is broken, a line longer than this is wrapped
_LONGEST, _WIDEST = 18, 60
_NARROWEST = 4
_SHORT = 12


def grid_table(grid: Grid, language: Language) -> Element:
    """Make the table of a grid, without caption and notes.

    Parameters
    ----------
    grid : Grid
        Columns and rows.
    language : {"en", "zh"}
        The language of the report.

    Returns
    -------
    Element
        A ``w:tbl``.
    """
    widths = column_widths(grid)
    head = _row(
        [
            _cell(spoken(column.title, language), width, column, "TableHead")
            for column, width in zip(grid.columns, widths, strict=True)
        ],
        head=True,
    )
    # a short table is not torn over two pages
    whole = len(grid.printed) <= _SHORT
    body = [
        _row(
            [
                _cell(
                    _content(cell, column, language),
                    width,
                    column,
                    "TableCode" if column.mono else "TableText",
                    keep=whole and i < len(grid.printed) - 1,
                )
                for cell, column, width in zip(row, grid.columns, widths, strict=False)
            ]
        )
        for i, row in enumerate(grid.printed)
    ]
    return _table("ThreeLines", widths, [head, *body], grid.caption)


def column_widths(grid: Grid) -> list[int]:
    """Share the width of the page among columns by what stands in them.

    Parameters
    ----------
    grid : Grid
        Columns and rows.

    Returns
    -------
    list of int
        Twentieths of a point; together the width of the text.

    Notes
    -----
    Each column has room for its longest word, and a column of figures for its longest figure with its
    interval where all of them have that; what is left goes to those that would like more.
    """
    places = range(len(grid.columns))
    # room on all sides where everybody gets what they want; else less of it, and in the end broken figures
    for whole, padding in ((True, _PADDING), (True, _TIGHT), (False, _PADDING)):
        least, wanted = zip(*(_room(grid, i, whole, padding) for i in places), strict=True)
        if sum(wanted) <= TEXT_WIDTH or (padding == _TIGHT and sum(least) <= _NEARLY * TEXT_WIDTH):
            break
    spare = TEXT_WIDTH - sum(least)
    wishes = [want - need for need, want in zip(least, wanted, strict=True)]
    if spare > sum(wishes):
        # everybody has what they want: the rest goes to the columns of running text
        open_ones = [i for i, column in enumerate(grid.columns) if column.wide] or list(range(len(least)))
        rest = (spare - sum(wishes)) // len(open_ones)
        widths = [want + rest * (i in open_ones) for i, want in enumerate(wanted)]
    elif spare >= 0:
        widths = [
            need + spare * wish // max(1, sum(wishes)) for need, wish in zip(least, wishes, strict=True)
        ]
    else:
        widths = [need * TEXT_WIDTH // sum(least) for need in least]
    widths[-1] += TEXT_WIDTH - sum(widths)
    return widths


def _room(grid: Grid, place: int, whole: bool, padding: int) -> tuple[int, int]:
    """Measure a column: for its longest word (or ``whole`` figure), and for its longest line."""
    column = grid.columns[place]
    cells = [row[place] for row in grid.printed if place < len(row)]
    # names of groups are bold, and so a little wider
    lines = [
        cell if isinstance(cell, str) else f"■\u00a0{cell.text}\u00a0\u00a0\u00a0\u00a0" for cell in cells
    ]
    if whole and column.align == "right":
        head = max(map(width_of, _words(column.title)))
        room = max([head * _BOLD, *map(_figure_width, lines)]) + padding
        return room, room
    words = [width_of(word) for text in (column.title, *lines) for word in _words(text)]
    longest = max([width_of(text) for text in lines] or [0])
    least = min(max([*words, _NARROWEST]), _LONGEST)
    # Chinese may break anywhere but looks torn below four characters
    return least * _LETTER + padding, min(max(longest, least), _WIDEST) * _LETTER + padding


def _figure_width(text: str) -> int:
    """Measure a figure, such as ``−0.25 [−0.41, −0.09]``, in twentieths of a point."""
    marks = dict.fromkeys(" .,[]()", _NARROW) | _WIDE_MARKS
    return sum(marks.get(c, _DIGIT * width_of(c)) for c in text)


def _words(text: str) -> list[str]:
    """Cut a text where a line may end: at spaces and hyphens, and behind the marks of a Chinese list."""
    return re.split(r"[ \-]|(?<=[、，；])", text)


def entries_table(entries: Sequence[Entry], language: Language, *, small: bool = False) -> Element:
    """Make a table of terms and what they mean.

    Parameters
    ----------
    entries : sequence of Entry
        Terms.
    language : {"en", "zh"}
        The language of the report.
    small : bool
        True for the columns of a file, whose terms are names in code.

    Returns
    -------
    Element
        A ``w:tbl`` of two columns.
    """
    widths = [2600, TEXT_WIDTH - 2600]
    rows = []
    for entry in entries:
        term = [run(entry.term, "en", style="Code")] if small else spoken(entry.term, language, bold=True)
        text = [run(entry.text, "en", style="Code")] if entry.mono else spoken(entry.text, language)
        pair = zip((term, text), widths, strict=True)
        rows.append(_row([_cell(content, width, Column(""), "TableText") for content, width in pair]))
    return _table("Entries", widths, rows)


def file_table(file: Described, language: Language) -> Element:
    """Make the table of the columns of a file."""
    return entries_table(file.columns, language, small=True)


def _content(cell: str | Cell, column: Column, language: Language) -> list[Element]:
    if isinstance(cell, str):
        return [run(cell, "en")] if column.mono else spoken(cell, language)
    if not cell.swatch:
        return spoken(cell.text, language)
    return [
        run("■\u00a0", language, color=cell.swatch.lstrip("#").upper()),
        *spoken(cell.text, language, bold=True),
    ]


def _cell(
    content: Sequence[Element], width: int, column: Column, style: str, *, keep: bool = False
) -> Element:
    look = [element("w:keepNext")] if keep else []
    look += [element("w:jc", val=column.align)] if column.align != "left" else []
    properties = [element("w:tcW", w=width, type="dxa")]
    if style == "TableHead":
        properties.append(element("w:vAlign", val="bottom"))
    return element("w:tc", element("w:tcPr", *properties), paragraph(style, content, *look))


def _row(cells: Sequence[Element], *, head: bool = False) -> Element:
    properties = [element("w:cantSplit")] + ([element("w:tblHeader")] if head else [])
    return element("w:tr", element("w:trPr", *properties), *cells)


def _table(style: str, widths: Sequence[int], rows: Sequence[Element], caption: str = "") -> Element:
    said = [element("w:tblCaption", val=caption)] if caption else []
    properties = element(
        "w:tblPr",
        element("w:tblStyle", val=style),
        element("w:tblW", w=sum(widths), type="dxa"),
        element("w:tblLayout", type="fixed"),
        element("w:tblLook", val="0020" if style == "ThreeLines" else "0000"),
        *said,
    )
    columns = element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths))
    return element("w:tbl", properties, columns, *rows)
