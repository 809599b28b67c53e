"""Options that several commands share, and how results are printed."""

from __future__ import annotations

import json
import sys
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
