"""Options that several commands share, and how results are printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

Out = Annotated[Path, typer.Option("--out", help="Folder or file to write.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes; the result is the same for any number.")]
Language = Annotated[
    str | None, typer.Option(help="Language of the report: en, zh or en+zh; over the study's own.")
]
Formats = Annotated[
    str, typer.Option(help="Formats of the report, with commas between: pdf, html, docx.", metavar="LIST")
]
ALL_FORMATS = "pdf,html,docx"


def formats_of(text: str) -> list[str]:
    """Read a list of formats as it is written on the command line.

    Examples
    --------
    >>> formats_of("html, pdf")
    ['html', 'pdf']
    """
    return [name.strip().lower() for name in text.split(",") if name.strip()]


def print_json(value: Any) -> None:
    """Print plain values as JSON; with escapes where the console is not UTF-8."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    print(json.dumps(value, ensure_ascii=encoding != "utf8", indent=2, sort_keys=False))


def print_columns(lines: Sequence[Sequence[str]], right: Collection[int] = ()) -> None:
    """Print cells in columns, wide characters counted as two; numbers to the right.

    Parameters
    ----------
    lines : sequence of sequence of str
        Lines of as many cells each.
    right : collection of int
        Columns whose cells end in one line.

    Examples
    --------
    >>> print_columns([["难民", "3"], ["ban", "12"]], right=[1])
      难民   3
      ban   12
    """
    from discourse.text.kwic import display_width, pad_left

    widths = [max(map(display_width, cells)) for cells in zip(*lines, strict=True)]
    for line in lines:
        cells = [
            pad_left(text, width) if i in right else text + " " * (width - display_width(text))
            for i, (text, width) in enumerate(zip(line, widths, strict=True))
        ]
        print(("  " + "  ".join(cells)).rstrip())
