"""Commands about posts: import, export, audit, forget, kwic."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from discourse.cli.options import AsJson, Workers, print_json
from discourse.errors import InputError
from discourse.terminal import Terminal

if TYPE_CHECKING:
    import pandas as pd

commands = typer.Typer()


@commands.command("import")
def import_(
    paths: Annotated[
        list[str], typer.Argument(help="Exports: files, folders, or urls of them.", show_default=False)
    ],
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the corpus.")] = None,
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
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what would be read as what, and import nothing.")
    ] = False,
    times_from_ids: Annotated[
        bool, typer.Option("--times-from-ids", help="Where a time was lost, read it off a Xiaohongshu id.")
    ] = False,
    collected: Annotated[
        str | None,
        typer.Option(
            "--collected", help="Day of collecting (YYYY-MM-DD), for times such as 3天前 and 01-15."
        ),
    ] = None,
    workers: Workers = 1,
    as_json: AsJson = False,
) -> None:
    """Read raw exports into a corpus folder; what cannot be read goes to DIR/rejects.csv with a reason.

    The counts add up: read = kept + duplicates + rejected.  Authors become keyed pseudonyms, handles and
    numbers in texts are masked.
    """
    from discourse.corpus.card_questions import update_card
    from discourse.corpus.read import import_exports

    columns = _pairs(mapping, "--map") or None
    if explain:
        _explain(paths, importer, columns, as_json)
        return
    if out is None:
        raise InputError(
            "no folder was named for the corpus", expected="--out DIR", hint="or look first: --explain"
        )
    summary = import_exports(
        paths,
        out,
        source=importer,
        mapping=columns,
        timezone=timezone,
        docvars=_pairs(docvar, "--docvar") or None,
        card=_days(collected),
        times_from_ids=times_from_ids,
        workers=workers,
        progress=Terminal().imported,
    )
    if sys.stderr.isatty():
        Terminal().say("")  # the line of progress ends here
    update_card(out, *_at_a_terminal())
    if as_json:
        print_json(summary)
        return
    for line in _account(summary, out):
        print(line)


def _account(summary: dict[str, Any], out: Path) -> Iterator[str]:
    """What became of the records, in the words of somebody who imports for the first time."""
    if not summary["new_files"]:
        yield "nothing new: the corpus holds these files already"
    for name in ("read", "kept", "duplicates", "rejected", "forgotten"):
        if name in summary:
            yield f"{name:<11} {summary[name]:>10,}"
    for reason, n in summary["reasons"].items():
        yield f"    {n:>7,} {reason}"
    if summary["rejected"]:
        yield f"    each with file and line in {out / 'rejects.csv'}"
    for entry in summary["skipped"]:
        yield f"left out    {entry['file']}: {entry['reason']}"
    if told := summary["flags"].get("time-relative"):
        yield f"{told:,} posts tell their time from the day of collecting; say it with --collected"
    if summary["unknown_places"]:
        yield f"places that are not known: {', '.join(summary['unknown_places'][:10])}"
    yield f"corpus      {out}"
    yield f"next        read {out / 'card.toml'}, then: discourse audit {out}"


def _at_a_terminal() -> tuple[Callable[[str], str] | None, Callable[[str], None]]:
    """Questions of the card are asked of a person only; a script gets none."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None, Terminal().say

    def ask(question: str) -> str:
        print(question, end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().rstrip("\n")

    return ask, Terminal().say


@commands.command()
def export(
    source: Annotated[str, typer.Argument(help="An imported corpus, or the url of one.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="The file: .csv, .xlsx or .jsonl.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Write the posts of a corpus into one file for other programs: CSV, a workbook, or JSON lines.

    Authors stay pseudonyms and texts stay masked.  `discourse import` reads the file back unchanged.
    """
    from discourse.corpus.corpus import Corpus
    from discourse.corpus.export import export_posts

    corpus = Corpus.load(source)
    file = export_posts(corpus, out)
    if as_json:
        print_json({"posts": len(corpus), "out": str(file)})
    else:
        print(f"{len(corpus):,} posts in {file}")


@commands.command()
def audit(
    corpus: Annotated[str, typer.Argument(help="An imported corpus, or the url of one.")],
    as_json: AsJson = False,
) -> None:
    """Look in a corpus for people and secrets that slipped through; exit code 1 if any is certain."""
    from discourse.corpus.audit import audit_corpus, exit_code

    found = audit_corpus(corpus)
    if as_json:
        print_json(found.astype(object).where(found.notna(), None).to_dict(orient="records"))
    elif found.empty:
        print("nothing was found; that is no proof of anonymity")
    else:
        print(found.to_string(index=False))
    raise typer.Exit(exit_code(found))


@commands.command()
def forget(
    author: Annotated[str, typer.Argument(help="Pseudonym, or id of the account on its platform.")],
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="The corpus folder; without it, what the runs keep.")
    ] = None,
    run: Annotated[
        list[Path] | None, typer.Option("--run", help="A finished run over it (repeatable).")
    ] = None,
    codes: Annotated[
        list[Path] | None, typer.Option("--codes", help="A sample for coding drawn from it (repeatable).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Remove one person from a corpus and from finished runs, and keep them out of later imports."""
    from discourse.study.forget import forget as forget_everywhere

    done = forget_everywhere(author, corpus, run or [], codes=codes or [])
    if as_json:
        print_json(done)
        return
    print(f"removed {done['removed']:,} posts; {done['detached']:,} posts of others answered them and stay")
    if done["exports"]:
        print("the raw exports were not touched; where the person is in them, remove the rows yourself:")
        print(f"    {', '.join(done['exports'])}")
    for entry in done["runs"]:
        print(f"{entry['run']}: {entry['rows']:,} rows removed; run the study again to renew its figures")
    for entry in done["codes"]:
        print(f"{entry['codes']}: {entry['units']:,} drawn units removed, with their codes")
        if entry["files"]:
            print("    these may still show the person; delete them, discourse code sheets writes new ones:")
            print(f"    {', '.join(entry['files'])}")


def _days(collected: str | None) -> dict[str, Any]:
    if collected is None:
        return {}
    try:
        return {"collected": dt.date.fromisoformat(collected).isoformat()}
    except ValueError as error:
        raise InputError(f"{collected!r} is no day", where="--collected", expected="YYYY-MM-DD") from error


def _explain(paths: list[str], importer: str, mapping: dict[str, str] | None, as_json: bool) -> None:
    from discourse.corpus.explain import explain_import

    entries = explain_import(paths, importer, mapping)
    if as_json:
        print_json(entries)
        return
    for entry in entries:
        reader = entry["importer"] or "no importer knows it"
        print(f"{entry['file']}: {reader} ({entry['encoding'] or 'not read'})")
        for field, column in entry["mapping"].items():
            print(f"    {field:<12} <- {column}")
        for name, columns in (("kept beside", entry["left"]), ("authors", entry["authors"])):
            if columns:
                print(f"    {name:<12} {', '.join(columns)}")
        if entry["note"]:
            print(f"    {entry['note']}")


def _pairs(items: list[str] | None, option: str) -> dict[str, str]:
    pairs = {}
    for item in items or []:
        key, sign, value = item.partition("=")
        if not sign or not key or not value:
            raise InputError(f"{item!r} is no pair", where=option, expected="name=value")
        pairs[key] = value
    return pairs


@commands.command()
def kwic(
    source: Annotated[
        str, typer.Argument(help="An export, a folder of exports, an imported corpus, or the url of one.")
    ],
    pattern: Annotated[str, typer.Argument(help="What to look for, taken literally.")],
    window: Annotated[int, typer.Option(min=1, help="Characters of context on each side.")] = 30,
    limit: Annotated[int, typer.Option(min=1, help="Lines to print.")] = 50,
    sort: Annotated[str, typer.Option(help="Order of the lines: text, left, node or right.")] = "text",
    sample: Annotated[
        int | None, typer.Option(min=1, help="Draw so many lines at random instead of the first.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the draw.")] = 0,
    regex: Annotated[bool, typer.Option("--regex", help="Take the pattern as a regular expression.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print a word in its contexts (masked texts; for your own eyes, not for publication)."""
    from discourse.corpus.read import read_posts
    from discourse.text.kwic import kwic as kwic_table
    from discourse.text.kwic import sample_kwic, sort_kwic

    lines = kwic_table(read_posts(source).to_pandas()["text"].tolist(), pattern, window=window, regex=regex)
    drawn = lines if sample is None else sample_kwic(lines, sample, seed=seed)
    shown = sort_kwic(drawn, sort).head(limit)
    if as_json:
        print_json(shown.to_dict(orient="records"))
        return
    for line in _concordance(shown, window):
        print(line)
    Terminal().say(f"{len(shown):,} of {len(lines):,} matches")


def _concordance(lines: pd.DataFrame, window: int) -> list[str]:
    from discourse.text.kwic import pad_left

    clean = {name: lines[name].str.replace(r"\s+", " ", regex=True) for name in ("left", "node", "right")}
    rows = zip(clean["left"], clean["node"], clean["right"], strict=True)
    return [f"{pad_left(left, 2 * window)}  {node}  {right}" for left, node, right in rows]
