"""Commands about studies: demo, run, report, diff, init, doctor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from discourse.cli.options import (
    ALL_FORMATS,
    AsJson,
    Formats,
    Language,
    Out,
    Workers,
    formats_of,
    print_json,
)
from discourse.errors import InputError
from discourse.terminal import Terminal

if TYPE_CHECKING:
    from discourse.report.numerals import Edition
    from discourse.study.schema import Study

commands = typer.Typer()


@commands.command()
def demo(
    out: Out = Path("demo-report"),
    language: Language = None,
    workers: Workers = 1,
    formats: Formats = ALL_FORMATS,
    as_json: AsJson = False,
) -> None:
    """Run the demo study (synthetic posts about the TikTok refugees) to a report: PDF, HTML and DOCX."""
    from discourse.study.demo import run_demo

    overrides = [] if language is None else [f'study.language="{language}"']
    summary = run_demo(out, overrides, workers=workers, progress=Terminal(), formats=formats_of(formats))
    _say(summary, as_json)


@commands.command()
def run(
    study: Annotated[Path, typer.Argument(help="A study file; write one with `discourse init`.")],
    out: Out,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Override a key: --set study.seed=7 (repeatable).")
    ] = None,
    language: Language = None,
    workers: Workers = 1,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Give the parts to a Dask cluster: tcp://HOST:PORT, or local.", show_default=False),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be computed and why; write nothing.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Compute everything anew, whatever DIR/store holds.")
    ] = False,
    no_store: Annotated[
        bool, typer.Option("--no-store", help="Keep nothing in DIR/store; a killed run starts anew.")
    ] = False,
    allow_urls: Annotated[
        bool, typer.Option("--allow-urls", help="Open the urls that the study names: s3://, https:// ...")
    ] = False,
    formats: Formats = ALL_FORMATS,
    as_json: AsJson = False,
) -> None:
    """Run a study file from raw exports to DIR/report.pdf (.html, .docx); every number is in DIR/tables/."""
    from discourse.study.load import load_study

    chosen = [*(set_ or []), *([] if language is None else [f'study.language="{language}"'])]
    loaded = load_study(study, chosen, allow_urls=allow_urls)
    if dry_run:
        _say_outlook(loaded, out, as_json, {"fresh": fresh, "keep": not no_store})
        return
    options = {"scheduler": scheduler, "fresh": fresh, "keep": not no_store, "formats": formats_of(formats)}
    _run(loaded, out, workers, as_json, options)


def _say_outlook(study: Study, out: Path, as_json: bool, options: dict[str, bool]) -> None:
    from discourse.study.outlook import outlook

    steps = outlook(study, out, **options)
    if as_json:
        print_json(steps.to_dict(orient="records"))
        return
    for row in steps.to_dict(orient="records"):
        because = f"  ({row['because']})" if row["because"] else ""
        print(f"{row['state']:<12} {row['step']:<12} {row['what']}{because}".rstrip())


def _run(study: Study, out: Path, workers: int, as_json: bool, options: dict[str, Any]) -> None:
    from discourse.study.run import run_study

    _say(run_study(study, out, workers=workers, progress=Terminal(), **options), as_json)


def _say(summary: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(summary)
    else:
        print(summary["report"])
        _say_rejects(Path(summary["out"]))


def _say_rejects(out: Path) -> None:
    """Say where the records lie that were not read; beside the report's path, which alone is the result."""
    from discourse.cli.coding_words import spoken
    from discourse.study.rejected import rejects_of_run

    said = (
        "{n:,} 条记录无法读取，逐条原因见：{path}"
        if spoken(None) == "zh"
        else "{n:,} not read, each with its reason: {path}"
    )
    for n, path in rejects_of_run(out):
        print(said.format(n=n, path=path), file=sys.stderr)


@commands.command()
def init(
    path: Annotated[Path, typer.Argument(help="The study file to write.")] = Path("study.toml"),
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Write a commented study file to start from."""
    if path.exists() and not force:
        raise InputError(f"{path} is there already", hint="choose another name, or overwrite with --force")
    template = Path(__file__).parents[1] / "study" / "template.toml"
    path.write_bytes(template.read_bytes())
    print(path)


@commands.command()
def report(
    run_dir: Annotated[Path, typer.Argument(help="The folder of a finished run.")],
    out: Out,
    language: Language = None,
    template: Annotated[
        str | None,
        typer.Option(
            help="journal, briefing, or a folder with template.toml: parts, colours, logo.",
            show_default=False,
        ),
    ] = None,
    formats: Formats = ALL_FORMATS,
) -> None:
    """Render a finished run again, without computing anything."""
    from discourse.report.findings import Findings
    from discourse.report.render import chosen_formats, render

    wanted = chosen_formats(formats_of(formats))

    findings = Findings.load(run_dir)
    chosen = language or str(findings.study.get("study", {}).get("language", "en"))
    if chosen not in ("en", "zh", "en+zh"):
        raise InputError(
            f"no report is written in {chosen!r}", where="--language", expected="en, zh or en+zh"
        )
    print(render(findings, out, language=cast("Edition", chosen), formats=wanted, template=template))


@commands.command()
def diff(
    before: Annotated[Path, typer.Argument(help="The earlier run.")],
    after: Annotated[Path, typer.Argument(help="The later run.")],
    as_json: AsJson = False,
) -> None:
    """Say what changed in the findings between two runs."""
    from discourse.study.diff import diff_runs, diff_text

    changes = diff_runs(before, after)
    if as_json:
        print_json(changes.astype(object).where(changes.notna(), None).to_dict(orient="records"))
    else:
        print(diff_text(changes))


@commands.command()
def doctor(as_json: AsJson = False) -> None:
    """Report versions, plug-ins, fonts, keys and folders, and what to do where something is missing."""
    from discourse.study.doctor import examine

    findings = examine()
    if as_json:
        print_json(findings)
    else:
        for item in findings:
            print(f"{'ok ' if item['ok'] else 'NO '} {item['name']:<22} {item['value']}")
            if item["to_do"]:
                print(f"    to do: {item['to_do']}")
    if not all(item["ok"] for item in findings):
        raise typer.Exit(1)
