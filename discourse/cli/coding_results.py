"""Commands about what came of hand coding: code agree, code measure."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from discourse.cli.coding_words import Language, named, say, spoken
from discourse.cli.options import AsJson, print_json

if TYPE_CHECKING:
    import pandas as pd

    from discourse.coding.codebook import Codebook

commands = typer.Typer()

Folder = Annotated[Path, typer.Argument(help="The folder of a coded sample.", show_default=False)]
Speech = Annotated[Literal["en", "zh"] | None, typer.Option("--language", help="Language of messages.")]


@commands.command()
def agree(
    folder: Folder,
    twins: Annotated[
        Path | None,
        typer.Option(
            help="CSV with item, lang and post_id of coded posts that say the same in two languages."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the interval of alpha.")] = 0,
    sheet: Annotated[bool, typer.Option("--sheet/--no-sheet", help="Write what is disputed.")] = True,
    language: Speech = None,
    as_json: AsJson = False,
) -> None:
    """Compare the coders: alpha and others, by category, language and pair; and write what is disputed."""
    from discourse.coding.agreement import agreement, twin_agreement
    from discourse.coding.codes import read_codes
    from discourse.coding.final import disagreements
    from discourse.coding.sample import Sample
    from discourse.coding.sheets import write_disagreements
    from discourse.coding.twins import read_items, twins_of
    from discourse.errors import NotMeasurable

    sample = Sample.load(folder)
    codes = read_codes(folder, sample)
    tables = []
    if sample.design.purpose == "twins" or twins is not None:
        pairs = read_items(twins, ("item", "lang", "post_id")) if twins else twins_of(sample)
        tables.append(twin_agreement(codes, pairs, variable=sample.codebook.variables[0].name, seed=seed))
    try:
        tables.append(agreement(codes, sample, seed=seed))
    except NotMeasurable:
        if not tables:
            raise
    open_ = disagreements(codes)
    path = write_disagreements(sample, codes, folder / "sheets", language=language) if sheet else None
    rows = [row for found in tables for row in _plain(found)]
    if as_json:
        print_json({"agreement": rows, "disputed": len(open_), "sheet": str(path) if path else None})
        return
    speech = spoken(language)
    for row in rows:
        print(_alpha(row, sample.codebook, speech))
    print(say(speech, "open", n=len(open_), path=path or folder) if len(open_) else say(speech, "settled"))


def _alpha(row: dict[str, Any], codebook: Codebook, speech: Language) -> str:
    variable = codebook.variable(row["variable"])
    labels = {c.name: c.shown(speech) for c in variable.categories} if row["scope"] == "category" else {}
    name = labels.get(row["value"]) or named(speech, row["value"] or "all")
    percent = "NA" if row["percent"] is None else f"{100 * row['percent']:.0f}"
    return say(
        speech,
        "alpha",
        name=f"{variable.shown(speech)}, {name}",
        alpha=_figure(row["alpha"]),
        low=_figure(row["low"]),
        high=_figure(row["high"]),
        percent=percent,
        ac1=_figure(row["ac1"]),
        n=row["n_units"],
    )


@commands.command()
def measure(
    folder: Folder,
    run: Annotated[
        Path | None, typer.Option("--run", help="A finished run: it must be the frozen one.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the tables; in the sample by default.")
    ] = None,
    margin: Annotated[float, typer.Option(help="Differences within this count as none.")] = 0.05,
    language: Speech = None,
    as_json: AsJson = False,
) -> None:
    """Measure the frozen instrument against the codes, by language and group, and where its errors differ."""
    from discourse.coding.codes import read_codes
    from discourse.coding.measure import check_frozen, measure_further
    from discourse.coding.measure import measure as measure_sample
    from discourse.coding.sample import Sample
    from discourse.study.coding_frame import codes_since, run_scores

    sample = Sample.load(folder)
    if run is not None:
        check_frozen(sample, *run_scores(run, sample.design.target))
        for file in codes_since(run, folder):
            print(say(spoken(language), "since", file=file), file=sys.stderr)
    codes = read_codes(folder, sample)
    tables = measure_sample(sample, codes, margin=margin) | measure_further(sample, codes, margin=margin)
    place = out or folder / "measures"
    place.mkdir(parents=True, exist_ok=True)
    for name, found in tables.items():
        found.to_csv(
            place / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n", float_format="%.6g"
        )
    if as_json:
        print_json({name: _plain(found) for name, found in tables.items()})
        return
    speech = spoken(language)
    for row in _plain(tables["accuracy"]):
        words = {name: named(speech, row[name]) for name in ("group", "lang", "measure")}
        figures = {name: _figure(row[name]) for name in ("estimate", "low", "high")}
        print(say(speech, "measured", **row | words | figures))
    for row in _plain(tables["class_accuracy"]):
        if row["group"] == "all" and row["lang"] == "all":
            print(_of_label(row, sample.codebook, speech))
    if "further_accuracy" in tables:
        for row in _plain(tables["further_accuracy"]):
            if row["group"] == "all" and row["lang"] == "all" and row["measure"] in ("precision", "recall"):
                print(_further(row, sample.codebook, speech))
    for row in _plain(tables["differential"]):
        if row["measure"] in ("error", "bias positive", "bias negative"):
            print(_difference(row, speech))
    print(say(speech, "written", path=place))


def _of_label(row: dict[str, Any], codebook: Codebook, speech: Language) -> str:
    from discourse.coding.codebook import STANCE

    shown = {c.name: c.shown(speech) for v in codebook.variables if v.name == STANCE for c in v.categories}
    figures = {name: _figure(row[name]) for name in ("estimate", "low", "high")}
    name, measure = shown.get(row["label"], row["label"]), named(speech, row["measure"])
    return say(speech, "measured_further", name=name, measure=measure, n=row["n"], **figures)


def _further(row: dict[str, Any], codebook: Codebook, speech: Language) -> str:
    from discourse.coding.further import TOPIC

    variable = codebook.variable(row["variable"])
    answers = {category.name: category.shown(speech) for category in variable.categories}
    name = variable.shown(speech)
    return say(
        speech,
        "measured_further",
        name=f"{name} {answers.get(row['label'], row['label'])}" if variable.name == TOPIC else name,
        measure=named(speech, row["measure"]),
        n=row["n"],
        **{name: _figure(row[name]) for name in ("estimate", "low", "high")},
    )


def _difference(row: dict[str, Any], speech: Language) -> str:
    return say(
        speech,
        "differs",
        a=named(speech, row["group_a"]),
        b=named(speech, row["group_b"]),
        measure=named(speech, row["measure"]),
        verdict=say(speech, row["verdict"]),
        **{name: _figure(row[name]) for name in ("estimate", "low", "high", "detectable")},
    )


def _figure(value: float | None) -> str:
    return "NA" if value is None else f"{value:.2f}"


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = table.astype(object).where(table.notna(), None).to_dict(orient="records")  # type: ignore[assignment]
    return records
