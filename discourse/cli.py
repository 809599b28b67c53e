"""The command line: arguments in, one library call, an exit code out.

Exit codes: 0 done, 1 failed, 2 wrong usage or input that cannot be used.  What a program may read goes to
stdout; progress and messages go to stderr.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from discourse import __version__
from discourse.errors import DiscourseError, InputError
from discourse.terminal import Terminal

if TYPE_CHECKING:
    import pandas as pd

app = typer.Typer(
    name="discourse",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help=(
        "What groups of people say about each other online, in Chinese and English at once.\n\n"
        "Start with `discourse demo --out demo-report` and look at its report.pdf; then write a study of "
        "your own with `discourse init` and run it with `discourse run study.toml --out results`."
    ),
)

Out = Annotated[Path, typer.Option("--out", help="Folder or file to write.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes; the result is the same for any number.")]
Language = Annotated[str | None, typer.Option(help="Language of the report: en or zh; over the study's own.")]


def main() -> None:
    """Run the command line; every error that a user can cause ends in one message and exit code 1 or 2."""
    _make_streams_safe()
    try:
        app(standalone_mode=True)
    except DiscourseError as error:
        print(f"discourse: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("discourse: stopped; nothing half-written is left", file=sys.stderr)
        sys.exit(130)
    except MemoryError:
        print("discourse: not enough memory for this corpus", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        print(f"discourse: {error.strerror or error}: {error.filename or ''}", file=sys.stderr)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("DISCOURSE_DEBUG"):
            raise
        print(
            f"discourse: a fault of ours: {type(error).__name__}: {error}\n"
            "  to do:    run again with DISCOURSE_DEBUG=1 and send us what it prints",
            file=sys.stderr,
        )
        sys.exit(1)


def _make_streams_safe() -> None:
    """Keep a console that cannot show a character (GBK, cp1252) from ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _print_json(value: Any) -> None:
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    print(json.dumps(value, ensure_ascii=encoding != "utf8", indent=2, sort_keys=False))


def _version(wanted: bool) -> None:
    if wanted:
        print(f"discourse {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def demo(
    out: Out = Path("demo-report"), language: Language = None, workers: Workers = 1, as_json: AsJson = False
) -> None:
    """Run the demo study (synthetic posts about the TikTok refugees) to a PDF report."""
    from discourse.shipped import shipped_path

    study = shipped_path("reports", "tiktok-refugees", "study.toml")
    _run(study, out, [], language, workers, as_json)


@app.command()
def run(
    study: Annotated[Path, typer.Argument(help="A study file; write one with `discourse init`.")],
    out: Out,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Override a key: --set study.seed=7 (repeatable).")
    ] = None,
    language: Language = None,
    workers: Workers = 1,
    as_json: AsJson = False,
) -> None:
    """Run a study file from raw exports to DIR/report.pdf, with every number in DIR/tables/."""
    _run(study, out, set_ or [], language, workers, as_json)


def _run(
    study: Path, out: Path, overrides: list[str], language: str | None, workers: int, as_json: bool
) -> None:
    from discourse.study.load import load_study
    from discourse.study.run import run_study

    if language is not None:
        overrides = [*overrides, f'study.language="{language}"']
    summary = run_study(load_study(study, overrides), out, workers=workers, progress=Terminal())
    if as_json:
        _print_json(summary)
    else:
        print(summary["report"])


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Exports: files or folders.", show_default=False)],
    out: Out,
    importer: Annotated[str, typer.Option(help="Importer; auto recognises exports by content.")] = "auto",
    timezone: Annotated[
        str | None, typer.Option(help="Zone of times without one, e.g. Asia/Shanghai.")
    ] = None,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="A column of yours: --map text=body (repeatable).")
    ] = None,
    docvar: Annotated[
        list[str] | None, typer.Option(help="A value for every post: --docvar platform=reddit (repeatable).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read raw exports into a corpus folder; what cannot be read goes to DIR/rejects.csv with a reason.

    The counts add up: read = kept + duplicates + rejected.  Authors become keyed pseudonyms, handles and
    numbers in texts are masked.
    """
    from discourse.corpus.read import import_exports

    summary = import_exports(
        paths,
        out,
        source=importer,
        mapping=_pairs(mapping, "--map") or None,
        timezone=timezone,
        docvars=_pairs(docvar, "--docvar") or None,
        progress=Terminal().imported,
    )
    if as_json:
        _print_json(summary)
        return
    for name in ("read", "kept", "duplicates", "rejected"):
        print(f"{name:<11} {summary[name]:>10,}")
    print(f"corpus      {out}")


def _pairs(items: list[str] | None, option: str) -> dict[str, str]:
    pairs = {}
    for item in items or []:
        key, sign, value = item.partition("=")
        if not sign or not key or not value:
            raise InputError(f"{item!r} is no pair", where=option, expected="name=value")
        pairs[key] = value
    return pairs


@app.command()
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
        _print_json(summary)
    else:
        for label, n in summary["labels"].items():
            print(f"{label:<9} {n:>8,}")
        print(f"written   {out}")


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="The text of a post.")],
    target: Annotated[str, typer.Option(help="A shipped target, or a target file (TOML).")] = "refugees",
    parent: Annotated[str | None, typer.Option(help="The post that it answers.")] = None,
) -> None:
    """Print the judgment of one text, rule by rule, so that a coder can follow it."""
    from discourse.sentiment.explain import explain as explain_text

    print(explain_text(text, target, parent=parent))


@app.command()
def kwic(
    source: Annotated[Path, typer.Argument(help="An export, a folder of exports, or an imported corpus.")],
    pattern: Annotated[str, typer.Argument(help="What to look for, taken literally.")],
    window: Annotated[int, typer.Option(min=1, help="Characters of context on each side.")] = 30,
    limit: Annotated[int, typer.Option(min=1, help="Lines to print.")] = 50,
    regex: Annotated[bool, typer.Option("--regex", help="Take the pattern as a regular expression.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print a word in its contexts (masked texts; for your own eyes, not for publication)."""
    from discourse.corpus.read import read_posts
    from discourse.text.kwic import kwic as kwic_table

    lines = kwic_table(read_posts(source).to_pandas()["text"].tolist(), pattern, window=window, regex=regex)
    shown = lines.head(limit)
    if as_json:
        _print_json(shown.to_dict(orient="records"))
        return
    for line in _concordance(shown, window):
        print(line)
    Terminal().say(f"{len(shown):,} of {len(lines):,} matches")


def _concordance(lines: pd.DataFrame, window: int) -> list[str]:
    from discourse.text.kwic import pad_left

    clean = {name: lines[name].str.replace(r"\s+", " ", regex=True) for name in ("left", "node", "right")}
    rows = zip(clean["left"], clean["node"], clean["right"], strict=True)
    return [f"{pad_left(left, 2 * window)}  {node}  {right}" for left, node, right in rows]


@app.command()
def init(
    path: Annotated[Path, typer.Argument(help="The study file to write.")] = Path("study.toml"),
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Write a commented study file to start from."""
    if path.exists() and not force:
        raise InputError(f"{path} is there already", hint="choose another name, or overwrite with --force")
    template = Path(__file__).with_name("study") / "template.toml"
    path.write_bytes(template.read_bytes())
    print(path)


@app.command()
def report(
    run_dir: Annotated[Path, typer.Argument(help="The folder of a finished run.")],
    out: Out,
    language: Language = None,
) -> None:
    """Render a finished run again, without computing anything."""
    from discourse.report.findings import Findings
    from discourse.report.render import render

    findings = Findings.load(run_dir)
    chosen = language or str(findings.study.get("study", {}).get("language", "en"))
    if chosen not in ("en", "zh", "en+zh"):
        raise InputError(f"no report is written in {chosen!r}", where="--language", expected="en or zh")
    print(render(findings, out, language="zh" if chosen == "zh" else "en"))


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Report versions, plug-ins, fonts, keys and folders, and what to do where something is missing."""
    from discourse.study.doctor import examine

    findings = examine()
    if as_json:
        _print_json(findings)
    else:
        for item in findings:
            print(f"{'ok ' if item['ok'] else 'NO '} {item['name']:<22} {item['value']}")
            if item["to_do"]:
                print(f"    to do: {item['to_do']}")
    if not all(item["ok"] for item in findings):
        raise typer.Exit(1)


if __name__ == "__main__":
    main()
