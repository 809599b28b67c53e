"""Commands about topics: sheets for people to label and to check them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import AsJson, Out, Workers, print_json


class SheetFormat(StrEnum):
    """How sheets are written."""

    csv = "csv"
    xlsx = "xlsx"


commands = typer.Typer()
topics = typer.Typer(no_args_is_help=True, help="Name the topics of a study, and check that people see them.")
commands.add_typer(topics, name="topics")


@topics.command()
def sheet(
    study: Annotated[Path, typer.Argument(help="A study file.", show_default=False)],
    out: Out,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Override a key: --set topics.n_topics=12 (repeatable).")
    ] = None,
    format_: Annotated[SheetFormat, typer.Option("--format", help="csv or xlsx.")] = SheetFormat.csv,
    workers: Workers = 1,
    as_json: AsJson = False,
) -> None:
    """Write labels.csv (name the topics) and the sheets of word and topic intrusion, with their keys.

    Fill in labels.csv (or labels.xlsx) and name it in the study: `[topics] labels = "labels.csv"`.
    """
    from discourse.study.load import load_study
    from discourse.study.topic_sheets import write_sheets

    made = write_sheets(load_study(study, set_ or []), out, format=format_.value, workers=workers)
    if as_json:
        print_json(made)
        return
    for path in made["files"]:
        print(path)


@topics.command()
def check(
    folder: Annotated[Path, typer.Argument(help="Where the sheets and keys are.", show_default=False)],
    answers: Annotated[
        list[Path] | None,
        typer.Option("--answers", help="A folder with one person's sheets (repeatable)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Count how often people met the intruder, topic by topic; chance is 1 in 6 words, 1 in 4 topics."""
    from discourse.study.topic_sheets import check_sheets

    found = check_sheets(folder, answers or ())
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    if as_json:
        print_json({"checks": rows})
        return
    for row in rows:
        topic = "all" if row["topic"] is None else row["topic"]
        share = "-" if row["found"] is None else f"{row['found']:.2f}"
        print(f"{row['check']:<16} topic {topic:>4}  n {row['n']:>4}  found {share}")
