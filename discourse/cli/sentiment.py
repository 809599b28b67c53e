"""Commands about sentiment: score, explain, train."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discourse.cli.options import AsJson, print_json

commands = typer.Typer()


@commands.command()
def score(
    file: Annotated[Path, typer.Argument(help="A CSV, TSV or JSONL file with one text a row.")],
    out: Annotated[Path, typer.Option("--out", help="CSV to write.", show_default=False)],
    text_column: Annotated[str, typer.Option(help="Column that holds the texts.")] = "text",
    target: Annotated[str, typer.Option(help="A shipped target, or a target file (TOML).")] = "refugees",
    scorer: Annotated[str, typer.Option(help="Instrument.")] = "lexicon",
    as_json: AsJson = False,
) -> None:
    """Score texts toward a target: positive, neutral, negative or absent, with the evidence."""
    from discourse.sentiment.table_file import score_file

    summary = score_file(file, out, text_column=text_column, target=target, scorer=scorer)
    if as_json:
        print_json(summary)
    else:
        for label, n in summary["labels"].items():
            print(f"{label:<9} {n:>8,}")
        print(f"written   {out}")


@commands.command()
def explain(
    text: Annotated[str, typer.Argument(help="The text of a post.")],
    target: Annotated[str, typer.Option(help="A shipped target, or a target file (TOML).")] = "refugees",
    parent: Annotated[str | None, typer.Option(help="The post that it answers.")] = None,
) -> None:
    """Print the judgment of one text, rule by rule, so that a coder can follow it."""
    from discourse.sentiment.explain import explain as explain_text

    print(explain_text(text, target, parent=parent))


@commands.command()
def train(
    file: Annotated[Path, typer.Argument(help="A CSV of coded posts, one a row.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the model.", show_default=False)],
    text_column: Annotated[str, typer.Option(help="Column with the posts.")] = "text",
    label_column: Annotated[str, typer.Option(help="Column with the codes.")] = "label",
    target_column: Annotated[str | None, typer.Option(help="Column with what each is coded toward.")] = None,
    parent_column: Annotated[str | None, typer.Option(help="Column with the post answered.")] = None,
    seed: Annotated[int, typer.Option(help="Seed.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Train an instrument on hand codes (300 to 600 posts); use it as `--scorer trained:FOLDER`."""
    from discourse.sentiment.trained.train import train_file

    training = train_file(
        file, out, text_column, label_column, target_column, parent_column, random_state=seed
    )
    if as_json:
        print_json(training.summary())
        return
    for name, value in training.summary().items():
        print(f"{name:<22} {value}")
