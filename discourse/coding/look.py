"""How a coding sheet looks: widths, wrapped texts, frozen header, lists, the codebook's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from discourse.coding.codebook import Codebook, Variable, in_words
from discourse.coding.words import CHOOSE, CODEBOOK_HEADERS, word

if TYPE_CHECKING:
    from discourse.coding.sheets import Column

_WIDTHS = {"number": 6, "text": 70, "parent": 40, "note": 30, "post_id": 14, "target": 12, "coder": 10}
_WIDTHS["topic"] = 44
_ANSWER, _QUIET = "FFF6DD", "808080"
SPARE = 500
"""Rows below the last one that keep their list, for people who add rows."""


def dress(sheet: Any, columns: Sequence[Column], language: str) -> None:
    """Give a sheet of codes widths, wrapped texts, a frozen header and lists to choose from.

    Parameters
    ----------
    sheet : openpyxl worksheet
        Filled; the header in its first row.
    columns : sequence of Column
        Its columns.
    language : {"en", "zh"}
        Language of the lists.
    """
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    wrap, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    fill, grey = PatternFill("solid", fgColor=_ANSWER), Font(color=_QUIET)
    for k, column in enumerate(columns, start=1):
        letter = get_column_letter(k)
        kind = "text" if column.key.startswith("text") else column.key.partition("_")[0]
        width = _WIDTHS.get(column.key, _WIDTHS.get(kind, 16))
        sheet.column_dimensions[letter].width = width
        quiet = column.key in ("post_id", "target", "coder", "codebook")
        for n in range(1, sheet.max_row + 1):
            cell = sheet.cell(n, k)
            cell.number_format = "@"  # text: what is typed is kept as it is typed
            cell.alignment = wrap
            if n == 1:
                cell.font = bold
            elif column.variable is not None:
                cell.fill = fill
            elif quiet:
                cell.font = grey
        if column.variable is not None:
            _offer(sheet, f"{letter}2:{letter}{sheet.max_row + SPARE}", column.variable, language)
    widths = [sheet.column_dimensions[get_column_letter(k)].width for k in range(1, len(columns) + 1)]
    for n in range(1, sheet.max_row + 1):
        texts = [str(sheet.cell(n, k).value or "") for k in range(1, len(columns) + 1)]
        lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
        sheet.row_dimensions[n].height = min(15.0 * lines + 2.0, 409.0)  # Excel's tallest row
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _lines(text: str, width: float) -> int:
    """Count the lines of a wrapped text; Chinese letters are twice as wide as Latin ones."""
    wide = (sum(2 if east_asian_width(c) in "WF" else 1 for c in line) for line in text.split("\n"))
    return sum(1 + int(size // max(width - 1.0, 1.0)) for size in wide)


def _offer(sheet: Any, cells: str, variable: Variable, language: str) -> None:
    """Offer the answers as a list, from a page of their own: a list in a rule is short and knows no comma."""
    from openpyxl.worksheet.datavalidation import DataValidation

    answers = [category.shown(language) for category in variable.categories]
    book = sheet.parent
    name = "lists"
    page = book[name] if name in book.sheetnames else book.create_sheet(name)
    page.sheet_state = "hidden"
    k = 1 if page.max_row == 1 and page.cell(1, 1).value is None else page.max_column + 1
    for n, answer in enumerate(answers, start=1):
        page.cell(n, k).value = answer
        page.cell(n, k).data_type = "s"
    letter = page.cell(1, k).column_letter
    rule = DataValidation(
        type="list",
        formula1=f"{name}!${letter}$1:${letter}${len(answers)}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=word(CHOOSE["title"], language),
        error=word(CHOOSE["error"], language),
        showInputMessage=True,
        promptTitle=variable.shown(language)[:32],
        prompt=in_words(variable.question, language)[:250],
    )
    sheet.add_data_validation(rule)
    rule.add(cells)


def codebook_page(page: Any, codebook: Codebook, texts: Sequence[str], language: str) -> None:
    """Write what coders are asked onto a page of the workbook.

    Parameters
    ----------
    page : openpyxl worksheet
        Empty.
    codebook : Codebook
        What is asked.
    texts : sequence of str
        Paragraphs at the top.
    language : {"en", "zh"}
        Language.
    """
    from openpyxl.styles import Alignment, Font

    title = f"{in_words(codebook.title, language)} ({codebook.stamp})"
    rows: list[list[str]] = [[title], *([text.strip()] for text in texts if text.strip()), []]
    rows.append([word(words, language) for words in CODEBOOK_HEADERS.values()])
    head = len(rows)
    for variable in codebook.variables:
        question = in_words(variable.question, language, variable.shown(language))
        for category in variable.categories:
            examples = category.examples.get(language) or ()
            definition = in_words(category.definition, language)
            rows.append([question, category.shown(language), definition, "\n".join(examples)])
            question = ""
    for n, row in enumerate(rows, start=1):
        for k, value in enumerate(row, start=1):
            cell = page.cell(n, k)
            cell.value, cell.data_type = value, "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=n in (1, head))
        if len(row) == 1:
            page.merge_cells(start_row=n, end_row=n, start_column=1, end_column=4)
            page.row_dimensions[n].height = 15 * (1 + len(row[0]) // (60 if language == "zh" else 110))
    for letter, width in zip("ABCD", (28, 18, 60, 50), strict=True):
        page.column_dimensions[letter].width = width
