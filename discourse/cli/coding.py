"""Commands about hand coding: code sample, next, sheets, import, table; the others lie beside this file."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from discourse.cli import coding_page, coding_results
from discourse.cli.coding_words import say, spoken
from discourse.cli.options import AsJson, Workers, print_json
from discourse.errors import InputError
from discourse.terminal import Terminal

if TYPE_CHECKING:
    from discourse.coding.sample import Sample

commands = typer.Typer()
code = typer.Typer(
    name="code",
    no_args_is_help=True,
    help="People check the instrument: draw a sample, code it, compare coders, measure the instrument.",
)
code.add_typer(coding_page.commands)
code.add_typer(coding_results.commands)
commands.add_typer(code)

Folder = Annotated[Path, typer.Argument(help="The folder of a sample.", show_default=False)]
Source = Annotated[
    Path, typer.Argument(help="A study file, or the folder of a finished run.", show_default=False)
]
OutFolder = Annotated[Path, typer.Option("--out", help="Folder for the sample.", show_default=False)]
Coders = Annotated[str, typer.Option(help="Who codes, with commas: anna,bo.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the draw and of the coders' orders.")]
Speech = Annotated[
    Literal["en", "zh"] | None, typer.Option("--language", help="Language of sheets, page and messages.")
]
SheetFormat = Annotated[
    Literal["xlsx", "csv", "label-studio", "none"], typer.Option("--sheets", help="Files for the coders.")
]


@code.command()
def sample(
    source: Source,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the sample.")] = None,
    n: Annotated[
        int | None, typer.Option("--n", min=1, help="Units to draw: 400 posts, 150 authors by default.")
    ] = None,
    target: Annotated[str | None, typer.Option(help="Target; asked for where a study has several.")] = None,
    coders: Coders = "coder1",
    overlap: Annotated[int, typer.Option(min=0, help="Units that every coder codes.")] = 100,
    seed: Seed = 0,
    allocation: Annotated[
        Literal["power", "neyman", "proportional", "equal"], typer.Option(help="Units a stratum.")
    ] = "power",
    unit: Annotated[
        Literal["post", "author"], typer.Option(help="Posts, or authors: then the group rules are checked.")
    ] = "post",
    codebook: Annotated[Path | None, typer.Option(help="A codebook (TOML) of your own.")] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also", help="Ask more: frames, emotions, topics, frame:NAME or emotion:NAME (repeatable)."
        ),
    ] = None,
    sheets: SheetFormat = "xlsx",
    language: Speech = None,
    look: Annotated[bool, typer.Option("--look", help="Only say what n codes would buy.")] = False,
    workers: Workers = 1,
    as_json: AsJson = False,
) -> None:
    """Draw a validation sample by a recorded design, and write a sheet for each coder.

    The instrument is frozen by hash: codes measure and correct the instrument of the draw and no other.
    SOURCE may also be a CSV of bilingual items (columns item, lang, text): then all are taken, and
    `discourse code agree` gives the agreement across languages.
    """
    from discourse.coding.codebook import group_codebook, read_codebook, stance_codebook
    from discourse.coding.draw import draw_sample
    from discourse.coding.evidence import author_evidence
    from discourse.coding.further import with_predictions, with_questions
    from discourse.study.coding_frame import coding_frame

    if source.suffix.casefold() == ".csv":
        _twins(source, out, coders, seed, codebook, sheets, language, as_json)
        return
    found = coding_frame(source, target, also=also or (), workers=workers, progress=Terminal())
    speech, n = language or found.language, n or (150 if unit == "author" else 400)
    sizes = sorted({100, 200, 400, n}) if look else [n]
    widths = [] if unit == "author" else _widths(found.frame, sizes, allocation, spoken(language))
    if look:
        _answer(as_json, {"widths": widths}, widths)
        return
    own = read_codebook(codebook) if codebook else None
    given: dict[str, Any] = {
        "coders": _names(coders),
        "overlap": overlap,
        "seed": seed,
        "allocation": allocation,
    }
    given |= {"study_sha256": found.study_sha256, "language": speech}
    if unit == "author":
        book = own or group_codebook(found.groups)
        drawn = draw_sample(found.authors(), n, strata=("label",), unit="author", codebook=book, **given)
        drawn = replace(drawn, texts=author_evidence(found.posts, drawn.units["post_id"].tolist()))
    else:
        book = with_questions(own or stance_codebook(found.words), found.further, found.words)
        drawn = draw_sample(found.frame, n, instrument=found.instrument, codebook=book, **given)
        if found.said is not None:
            drawn = with_predictions(drawn, found.said, found.further)
    design, said = drawn.design, "authors" if unit == "author" else "drawn"
    line = say(
        spoken(language),
        said,
        n=design.n,
        size=design.frame_size,
        strata=drawn.units["stratum"].nunique(),
        seed=design.seed,
        instrument=design.instrument,
    )
    asked = [question.words.get(spoken(language), question.variable) for question in found.further]
    more = [say(spoken(language), "further", list=", ".join(asked), n=len(asked))] if asked else []
    _finish(drawn, out, sheets, language, [line, *more, *widths], as_json, {"widths": widths})


def _widths(frame: Any, sizes: list[int], allocation: Any, language: Literal["en", "zh"]) -> list[str]:
    from discourse.coding.widths import expected_widths, width_sentences

    return width_sentences(expected_widths(frame, sizes, allocation=allocation), language)


def _twins(
    source: Path,
    out: Path | None,
    coders: str,
    seed: int,
    codebook: Path | None,
    sheets: str,
    language: Literal["en", "zh"] | None,
    as_json: bool,
) -> None:
    from discourse.coding.codebook import read_codebook
    from discourse.coding.twins import read_items, twins_sample

    if codebook is None:
        raise InputError(
            "bilingual items are coded by the codebook of the sample that they belong to",
            where="--codebook",
            expected="codebook.toml of that sample",
        )
    items, book = read_items(source), read_codebook(codebook)
    speech = language or "en"
    drawn = twins_sample(items, coders=_names(coders), seed=seed, codebook=book, language=speech)
    line = say(spoken(language), "twins", n=items["item"].nunique())
    _finish(drawn, out, sheets, language, [line], as_json, {})


@code.command("next")
def next_(
    source: Source,
    out: OutFolder,
    validation: Annotated[
        list[Path], typer.Option("--validation", help="The validation sample to keep apart (repeatable).")
    ],
    n: Annotated[int, typer.Option("--n", min=1, help="Posts to propose.")] = 100,
    target: Annotated[str | None, typer.Option(help="Target; asked for where a study has several.")] = None,
    done: Annotated[
        list[Path] | None, typer.Option("--done", help="Training samples made before (repeatable).")
    ] = None,
    coders: Coders = "coder1",
    seed: Seed = 0,
    sheets: SheetFormat = "xlsx",
    language: Speech = None,
    workers: Workers = 1,
    as_json: AsJson = False,
) -> None:
    """Propose posts to code for training: doubtful ones, unlike each other, none of the validation sample."""
    from discourse.coding.active import propose_training
    from discourse.coding.sample import Sample
    from discourse.study.coding_frame import coding_frame

    kept = [Sample.load(folder) for folder in validation]
    before = [Sample.load(folder) for folder in done or []]
    found = coding_frame(source, target or kept[0].design.target, workers=workers, progress=Terminal())
    proposed = propose_training(
        found.frame,
        n,
        validation=kept,
        done=before,
        coders=_names(coders),
        seed=seed,
        instrument=found.instrument,
        codebook=kept[0].codebook,
        language=language or kept[0].design.language,
    )
    line = say(spoken(language), "proposed", n=proposed.design.n)
    _finish(proposed, out, sheets, language, [line], as_json, {})


@code.command("sheets")
def sheets_(
    folder: Folder,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the files go; in the sample by default.")
    ] = None,
    format_: Annotated[
        Literal["xlsx", "csv", "label-studio"], typer.Option("--format", help="Workbooks, CSV or tasks.")
    ] = "xlsx",
    language: Speech = None,
    as_json: AsJson = False,
) -> None:
    """Write the sheets of a sample again, in another format or language."""
    from discourse.coding.sample import Sample
    from discourse.coding.sheets import write_sheets

    files = write_sheets(Sample.load(folder), out or folder / "sheets", format=format_, language=language)
    lines = [say(spoken(language), "sheet", coder=file.stem, path=file) for file in files]
    _answer(as_json, {"sheets": [str(file) for file in files]}, lines)


@code.command("import")
def import_(
    folder: Folder,
    files: Annotated[
        list[Path], typer.Argument(help="Filled sheets: .xlsx, .csv, or .json of Label Studio.")
    ],
    coder: Annotated[str | None, typer.Option(help="Whose codes they are, over what the files say.")] = None,
    language: Speech = None,
    as_json: AsJson = False,
) -> None:
    """Take the codes of filled sheets into a sample: all of them, or none and a message with file and row."""
    from discourse.coding.read_sheets import import_codes

    done = import_codes(files, folder, coder=coder).summary()
    speech = spoken(language)
    lines = [say(speech, "codes", coder=name, n=count) for name, count in done["codes"].items()]
    _answer(as_json, done, [*lines, say(speech, "counts", **done)])


@code.command()
def table(
    folders: Annotated[list[Path], typer.Argument(help="Training samples with codes.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="CSV for `discourse train`.", show_default=False)],
    language: Speech = None,
) -> None:
    """Write coded training posts as one table for `discourse train`; a validation sample is refused."""
    from discourse.coding.active import training_table
    from discourse.coding.codes import read_codes
    from discourse.coding.sample import Sample

    samples = [(found, read_codes(folder, found)) for folder in folders for found in [Sample.load(folder)]]
    training_table(samples).to_csv(out, index=False, encoding="utf-8-sig", lineterminator="\n")
    print(say(spoken(language), "written", path=out))


def _names(coders: str) -> list[str]:
    return [name.strip() for name in coders.replace("，", ",").split(",") if name.strip()]


def _finish(
    drawn: Sample,
    out: Path | None,
    sheets: str,
    language: Literal["en", "zh"] | None,
    lines: list[str],
    as_json: bool,
    more: dict[str, Any],
) -> None:
    """Save the sample, write its sheets, and say so."""
    from dataclasses import asdict

    from discourse.coding.sheets import write_sheets

    if out is None:
        raise InputError(
            "no folder was named for the sample", expected="--out DIR", hint="or look first: --look"
        )
    drawn.save(out)
    speech = spoken(language)
    files = []
    if sheets != "none":
        files = write_sheets(drawn, out / "sheets", format=sheets)  # type: ignore[arg-type]
    lines += [say(speech, "sheet", coder=file.stem, path=file) for file in files]
    lines.append(say(speech, "page", folder=out))
    result = {"out": str(out), "design": asdict(drawn.design), "sheets": [str(f) for f in files], **more}
    _answer(as_json, result, lines)


def _answer(as_json: bool, value: dict[str, Any], lines: list[str]) -> None:
    if as_json:
        print_json(value)
    else:
        print("\n".join(lines), file=sys.stdout)
