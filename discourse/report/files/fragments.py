r"""The printed tables as fragments to paste: LaTeX with booktabs, and Markdown.

Whatever stands in a cell is escaped: no ``\write``, no ``|`` and no ``<script>`` of a post means anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from discourse.report.document import Cell, Column, Document, Grid

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"$<$",
    ">": r"$>$",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "'": r"\textquotesingle{}",
    "-": r"{-}",
    "−": r"$-$",
    "–": r"--",
    "\u00a0": "~",
}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]#|~$!+=-])")
_INTERVAL = re.compile(r"(\[−?[0-9.,]+%?, −?[0-9.,]+%?\])")
_WORD_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_PREAMBLE = (
    "% \\usepackage{booktabs,tabularx}, in UTF-8; Chinese with XeLaTeX or LuaLaTeX and \\usepackage{ctex}\n"
)


def write_fragments(document: Document, folder: Path) -> None:
    """Write each printed table as ``latex/table-01.tex`` and ``markdown/table-01.md``.

    Parameters
    ----------
    document : Document
        A report.
    folder : Path
        The folder of the tables; fragments of an earlier report in it are replaced.

    Notes
    -----
    The files bear the numbers under which the report prints the tables.
    """
    for name, ending, write in (("latex", "tex", latex), ("markdown", "md", markdown)):
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob(f"table-*.{ending}"):
            old.unlink()
        for stem, grid in _named(document):
            (place / f"{stem}.{ending}").write_bytes(write(grid, document.labels["table"]).encode("utf-8"))


def _named(document: Document) -> Iterator[tuple[str, Grid]]:
    unnumbered = 0
    for block in document.blocks:
        if isinstance(block, Grid) and block.number:
            yield f"table-{block.number:02d}", block
        elif isinstance(block, Grid):
            unnumbered += 1
            yield f"table-in-text-{unnumbered:02d}", block


def latex(grid: Grid, label: str = "Table") -> str:
    r"""Write a table for LaTeX.

    Parameters
    ----------
    grid : Grid
        The table.
    label : str
        Not printed, for LaTeX counts by itself; kept alike with :func:`markdown`.

    Returns
    -------
    str
        A ``table`` environment with the rules of booktabs; wide columns share the room that is left.

    Examples
    --------
    >>> print(latex(Grid("50 % of _all_", (Column("a"), Column("n", "right")), (("x & y", "−1"),))))
    % \usepackage{booktabs,tabularx}, in UTF-8; Chinese with XeLaTeX or LuaLaTeX and \usepackage{ctex}
    \begin{table}[htbp]
    \centering\footnotesize\setlength{\tabcolsep}{3pt}
    \caption{50 \% of \_all\_}
    \begin{tabular}{@{}lr@{}}
    \toprule
    a & n \\
    \midrule
    x \& y & $-$1 \\
    \bottomrule
    \end{tabular}
    \end{table}
    <BLANKLINE>
    """
    lines = [_latex_row(row) for row in _texts(grid, latex_text)]
    notes = " ".join(latex_text(note) for note in grid.notes)
    columns = "".join(_latex_column(column) for column in grid.columns)
    # wide columns share what the others leave of the line
    kind, width = ("tabularx", r"{\linewidth}") if "X" in columns else ("tabular", "")
    parts = [
        _PREAMBLE + r"\begin{table}[htbp]",
        r"\centering\footnotesize\setlength{\tabcolsep}{3pt}",
        rf"\caption{{{latex_text(grid.caption)}}}",
        rf"\begin{{{kind}}}{width}{{@{{}}{columns}@{{}}}}",
        r"\toprule",
        _latex_row([latex_text(column.title) for column in grid.columns]),
        r"\midrule",
        *lines,
        r"\bottomrule",
        rf"\end{{{kind}}}",
        *([rf"\par\smallskip\footnotesize {notes}"] if notes else []),
        r"\end{table}",
    ]
    return "\n".join(parts) + "\n"


def latex_text(text: str) -> str:
    r"""Escape a text for LaTeX.

    Examples
    --------
    >>> print(latex_text(r"\input{x} 5% well-known 难民"))
    \textbackslash{}input\{x\} 5\% well-known 难民
    """
    # a hyphen between letters is one; elsewhere two of them would become a dash
    kept = _WORD_HYPHEN.sub("\0", text)
    return "".join(_LATEX.get(character, character) for character in kept).replace("\0", "-")


def _latex_column(column: Column) -> str:
    if column.wide:
        side = "raggedright" if column.align == "left" else "raggedleft"
        return rf">{{\{side}\arraybackslash}}X"
    return {"left": "l", "right": "r", "center": "c"}[column.align]


def _latex_row(cells: list[str]) -> str:
    # behind the end of a row a bracket or a star would be taken for its option
    guarded = [f"{{}}{cell}" if i == 0 and cell[:1] in ("[", "*") else cell for i, cell in enumerate(cells)]
    return " & ".join(guarded) + r" \\"


def markdown(grid: Grid, label: str = "Table") -> str:
    r"""Write a table for Markdown.

    Parameters
    ----------
    grid : Grid
        The table.
    label : str
        What stands before its number.

    Returns
    -------
    str
        A pipe table (GitHub, Pandoc) with caption and notes.

    Examples
    --------
    >>> columns = (Column("a"), Column("n", "right"))
    >>> print(markdown(Grid("c", columns, (("x | y", "0.2 [0.1, 0.3]"),), number=1)))
    **Table 1.** c
    <BLANKLINE>
    | a | n |
    | :--- | ---: |
    | x \| y | 0.2 [0.1, 0.3] |
    <BLANKLINE>
    """
    rules = {"left": ":---", "right": "---:", "center": ":---:"}
    number = f"**{label} {grid.number}.** " if grid.number else ""
    rows = [[markdown_text(column.title) for column in grid.columns], [rules[c.align] for c in grid.columns]]
    rows += _texts(grid, markdown_text)
    notes = " ".join(markdown_text(note) for note in grid.notes)
    lines = [f"{number}{markdown_text(grid.caption)}", "", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join([*lines, *(["", notes] if notes else [])]) + "\n"


def markdown_text(text: str) -> str:
    r"""Escape a text for Markdown; an interval in brackets stays readable, for it is no link.

    Examples
    --------
    >>> print(markdown_text("<b> *x* [0.1, 0.2] a|b"))
    &lt;b&gt; \*x\* [0.1, 0.2] a\|b
    """
    pieces = _INTERVAL.split(text)
    # an interval before a parenthesis would be a link after all
    return "".join(
        piece if i % 2 and not pieces[i + 1].startswith("(") else _escaped(piece)
        for i, piece in enumerate(pieces)
    )


def _escaped(text: str) -> str:
    entities = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kept = _WORD_HYPHEN.sub("\0", entities)
    return _MARKDOWN.sub(r"\\\1", kept).replace("\0", "-")


def _texts(grid: Grid, escape: Callable[[str], str]) -> list[list[str]]:
    """Give the rows, each as long as the head."""
    width = len(grid.columns)
    rows = [[cell.text if isinstance(cell, Cell) else cell for cell in row][:width] for row in grid.printed]
    return [[escape(cell) for cell in [*row, *[""] * (width - len(row))]] for row in rows]
