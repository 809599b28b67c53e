"""Commands about what a study could show, and what it shows under other choices: power, robustness."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from discourse.cli.options import AsJson, Language, Out, Workers, print_columns, print_json
from discourse.errors import InputError
from discourse.terminal import Terminal

if TYPE_CHECKING:
    from discourse.study.schema import Study

commands = typer.Typer()

StudyFile = Annotated[Path, typer.Argument(help="A study file; write one with `discourse init`.")]


@commands.command()
def robustness(
    study: StudyFile,
    out: Out,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Override a key: --set study.seed=7 (repeatable).")
    ] = None,
    language: Language = None,
    workers: Workers = 1,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew, whatever DIR/store holds.")] = False,
    as_json: AsJson = False,
) -> None:
    """Answer a study's questions under every combination of its choices (specification curve).

    The same command goes on where a killed one stopped.
    """
    from discourse.study.load import load_study
    from discourse.study.robustness import run_robustness

    chosen = [] if language is None else [f'study.language="{language}"']
    found = run_robustness(
        load_study(study, [*(set_ or []), *chosen]), out, workers=workers, progress=Terminal(), fresh=fresh
    )
    if as_json:
        print_json(found)
        return
    for name, row in found["questions"].items():
        print(_line(name, row))
    for path in found["figures"]:
        print(path)


def _line(name: str, row: dict[str, Any]) -> str:
    if not row["n_estimated"]:
        return f"{name}: no combination of choices gives a figure"
    return (
        f"{name}: {row['n_estimated']} of {row['n_specifications']} combinations give a figure, "
        f"{row['lowest']:.3f} to {row['highest']:.3f} (median {row['median']:.3f}); "
        f"{row['share_same_side']:.0%} on one side, "
        f"{row['share_excluding']:.0%} with an interval wholly there"
    )


@commands.command()
def power(
    study: Annotated[
        Path | None, typer.Argument(help="A study file; or give --authors and --threads.", show_default=False)
    ] = None,
    authors: Annotated[
        str | None, typer.Option(help="Authors of each group, such as 300,200.", show_default=False)
    ] = None,
    threads: Annotated[
        str | None,
        typer.Option(help="Threads of each group, such as 100,80; or one number.", show_default=False),
    ] = None,
    posts_per_author: Annotated[
        float, typer.Option(min=1.0, max=100_000.0, help="Posts an author, on average.")
    ] = 2.0,
    mentions: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Share of posts that will speak of the target.")
    ] = 0.5,
    icc: Annotated[float, typer.Option(min=0.0, max=1.0, help="Likeness of two posts by one author.")] = 0.2,
    icc_thread: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Likeness of two posts in one thread.")
    ] = 0.05,
    power_: Annotated[
        float, typer.Option("--power", min=0.01, max=0.99, help="How often a difference is to be found.")
    ] = 0.8,
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """Say what differences these numbers of authors and threads could show, before anything is scored."""
    from discourse.cli.coding_words import spoken
    from discourse.compare.power import power_lines, power_table

    asked: dict[str, Any] = {
        "mentions": mentions,
        "icc_author": icc,
        "icc_thread": icc_thread,
        "power": power_,
    }
    if study is not None:
        from discourse.study.load import load_study
        from discourse.study.power import study_power

        loaded = load_study(study)
        table = study_power(loaded, **asked)
    else:
        loaded = None
        table = power_table(_groups(authors, threads, posts_per_author), min_cell=1, **asked)
    rows = table.astype(object).where(table.notna(), None).to_dict(orient="records")
    if as_json:
        print_json(rows)
        return
    tongue = spoken(language)
    labels = {} if loaded is None else _labels(loaded, tongue)
    named = table.assign(**{name: table[name].replace(labels) for name in ("group_a", "group_b")})
    lines = power_lines(named, tongue)
    print(*lines[0], *lines[1], sep="\n")
    print_columns([line for line in lines if len(line) > 1], right=(1, 2, 3, 4))
    if len(lines[-1]) == 1:
        print(*lines[-1])


def _labels(study: Study, language: str) -> dict[str, str]:
    from discourse.study.schema import in_language

    return {group.name: in_language(group.label, language, group.name) for group in study.groups}


_MOST = 10_000_000
"""Authors or threads of a group: more than any study has, and as many as there is memory for."""


def _groups(authors: str | None, threads: str | None, posts_per_author: float) -> dict[str, Any]:
    from discourse.compare.power import Sizes

    if authors is None or threads is None:
        raise InputError(
            "neither a study nor numbers are given",
            expected="discourse power study.toml, or --authors 300,200 --threads 100,80",
        )
    counts, places = _numbers(authors, "--authors"), _numbers(threads, "--threads")
    if len(places) == 1:
        places = places * len(counts)
    if len(places) != len(counts):
        raise InputError(
            f"{len(counts)} groups of authors, {len(places)} of threads",
            where="--threads",
            expected="one each",
        )
    return {
        f"group {i}": Sizes.even(n, t, posts_per_author)
        for i, (n, t) in enumerate(zip(counts, places, strict=True), start=1)
    }


def _numbers(text: str, where: str) -> list[int]:
    try:
        found = [int(part) for part in text.replace("，", ",").split(",")]
    except ValueError:
        found = []
    if not found or min(found) < 1 or max(found) > _MOST:
        raise InputError(f"{text[:200]!r} are no numbers", where=where, expected="such as 300,200")
    return found
