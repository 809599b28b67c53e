"""Three-line tables that can be sorted and searched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from markupsafe import Markup

from discourse.report.document import Cell, Column, Grid, Row
from discourse.report.html.inline import spoken
from discourse.report.html.vector import Palette
from discourse.report.html.words import page_words
from discourse.report.numerals import Language

# shorter tables are read faster than searched
_SEARCHED = 8
# letters of a hash or id that stands on one line; a longer one is broken anywhere
_BRIEF = 16
_NUMBER = re.compile(r"[<>]?\s*[−-]?[0-9]")


def grid_html(grid: Grid, language: Language, label: str, palette: Palette, name: str) -> Markup:
    """Write a table.

    Parameters
    ----------
    grid : Grid
        The table.
    language : {"en", "zh"}
        The language of the report.
    label : str
        What stands before the number of the table.
    palette : Palette
        The colours of the page, added to.
    name : str
        The id of the table on the page.

    Returns
    -------
    Markup
        A figure with caption, table and notes.  The table scrolls inside of its own box.
    """
    number = Markup("<b>{} {}</b> ").format(label, grid.number) if grid.number else ""
    notes = ("" if language == "zh" else " ").join(grid.notes)
    return Markup(
        '<figure class="grid{full}" id="{name}">'
        '<figcaption id="{name}-caption">{number}{caption}</figcaption>'
        '<div class="scroll" role="region" aria-labelledby="{name}-caption" tabindex="0">'
        '<table aria-labelledby="{name}-caption"{searched}>{head}{body}</table></div>{notes}</figure>'
    ).format(
        full=" full" if grid.full else "",
        name=name,
        number=number,
        caption=spoken(grid.caption, language),
        searched=Markup(' data-search="{}"').format(page_words(language)["search"])
        if len(grid.rows) >= _SEARCHED
        else "",
        head=_head(grid, language),
        body=_body(grid, language, palette),
        notes=Markup('<p class="notes">{}</p>').format(spoken(notes, language)) if notes else "",
    )


def _head(grid: Grid, language: Language) -> Markup:
    cells = Markup("").join(
        Markup('<th scope="col" class="{}" data-kind="{}">{}</th>').format(
            _look(column), _kind(grid.rows, i), spoken(column.title, language)
        )
        for i, column in enumerate(grid.columns)
    )
    return Markup("<thead><tr>{}</tr></thead>").format(cells)


def _look(column: Column) -> str:
    return " ".join([column.align, *(["wide"] if column.wide else []), *(["mono"] if column.mono else [])])


def _kind(rows: Sequence[Row], place: int) -> str:
    """Say whether a column sorts as numbers: if most of what is known in it begins with one."""
    cells = [_text(row[place]) for row in rows if place < len(row)]
    known = [text for text in cells if text not in ("", "–")]
    numbers = sum(bool(_NUMBER.match(text)) for text in known)
    return "number" if known and numbers >= 0.8 * len(known) else "text"


def _text(cell: str | Cell) -> str:
    return cell if isinstance(cell, str) else cell.text


def _body(grid: Grid, language: Language, palette: Palette) -> Markup:
    lines = []
    above: str | Cell = ""
    for row in grid.rows:
        carried = bool(above) and row[:1] == ("",)
        above = above if carried else row[0] if row else ""
        first = _carried(above, language, palette) if carried else None
        lines.append(_line(row, grid.columns, language, palette, first))
    return Markup("<tbody>{}</tbody>").format(Markup("").join(lines))


def _carried(above: str | Cell, language: Language, palette: Palette) -> Markup:
    """Repeat the name of the row above: seen when the rows are in another order, heard always."""
    return Markup('<span class="carried">{}</span>').format(_cell(above, language, palette))


def _line(
    row: Row, columns: Sequence[Column], language: Language, palette: Palette, first: Markup | None
) -> Markup:
    cells = []
    for i, (cell, column) in enumerate(zip_longest(row[: len(columns)], columns, fillvalue="")):
        assert isinstance(column, Column)
        body = first if i == 0 and first is not None else _cell(cell, language, palette)
        heads = i == 0 and column.align == "left" and len(columns) > 1
        frame = '<th scope="row" class="{}">{}</th>' if heads else '<td class="{}">{}</td>'
        brief = " short" if column.mono and len(_text(cell)) <= _BRIEF else ""
        cells.append(Markup(frame).format(_look(column) + brief, body))
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def _cell(cell: str | Cell, language: Language, palette: Palette) -> Markup:
    if isinstance(cell, str):
        return spoken(cell, language)
    if not cell.swatch:
        return spoken(cell.text, language)
    return Markup('<span class="group"><i class="swatch {}"></i>{}</span>').format(
        palette.name("b", cell.swatch), spoken(cell.text, language)
    )
