"""The command that makes a plan of analysis before anybody looks: plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import AsJson, print_json

commands = typer.Typer()


@commands.command()
def plan(
    study: Annotated[Path, typer.Argument(help="A study file with its questions.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="The plan (JSON); plan.json by the study.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Turn the questions of a study into a plan of analysis with a hash, before a post is read.

    Writes plan.json and plan.md.  Register them, and name the plan in the study: `plan = "plan.json"` under
    [study].  The report then cites the hash and marks what is not in the plan as exploratory.
    """
    from discourse.coding.plan import write_plan
    from discourse.study.load import load_study
    from discourse.study.planning import plan_of

    made = plan_of(load_study(study))
    path = write_plan(made, out or study.parent / "plan.json")
    if as_json:
        print_json({"plan": str(path), "text": str(path.with_suffix(".md")), "sha256": made["sha256"]})
    else:
        print(path)
        print(made["sha256"])
