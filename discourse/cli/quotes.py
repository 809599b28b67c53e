"""A command about quotations: the sheet of lines for a person to paraphrase."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import AsJson, Workers, print_json

commands = typer.Typer()


@commands.command()
def quotes(
    study: Annotated[Path, typer.Argument(help="A study file.", show_default=False)],
    out: Annotated[
        Path, typer.Option("--out", help="The sheet to write: .xlsx or .csv.", show_default=False)
    ],
    workers: Workers = 1,
    as_json: AsJson = False,
) -> None:
    """Write the lines that a report would quote, for a person to paraphrase.

    Fill in the column `paraphrase` and name the sheet in the study: `[quotes] sheet = "quotes.xlsx"`.
    The sheet holds text of posts: keep it as carefully as the corpus.
    """
    from discourse.study.load import load_study
    from discourse.study.quote_sheet import write_quote_sheet

    made = write_quote_sheet(load_study(study), out, workers=workers)
    if as_json:
        print_json(made)
        return
    print(f"{made['lines']} lines, {made['findable']} of which a search would find: {made['file']}")
