"""The command that computes one table of a study, or shows one of a finished run: table."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from discourse.cli.options import AsJson, Workers, print_columns, print_json
from discourse.errors import InputError
from discourse.terminal import Terminal

if TYPE_CHECKING:
    import pandas as pd

commands = typer.Typer()

#: Columns of a terminal that is no terminal: a file or a pipe takes a line of any length.
_ANY_WIDTH = 100_000
#: Longest text of a cell; three times as long where a few columns were chosen.
_LONGEST, _FEW = 44, 5
_UNKNOWN = "–"
#: Columns of probabilities.
_CHANCES = ("p", "p_adjusted", "q")


@commands.command()
def table(
    source: Annotated[
        Path, typer.Argument(help="A study file, or the folder of a finished run.", show_default=False)
    ],
    names: Annotated[
        list[str] | None, typer.Argument(help="Tables; without any they are listed.", show_default=False)
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(help="Rows to print: --where group=hosts (repeatable).", show_default=False),
    ] = None,
    columns: Annotated[
        str | None, typer.Option(help="Columns to print, with commas between.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows to print.")] = 30,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder for the tables as CSV, whole.", show_default=False),
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option("--run", help="A run of this study; what it kept is used.", show_default=False),
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="Override a key: --set study.seed=7 (repeatable).")
    ] = None,
    workers: Workers = 1,
    as_json: AsJson = False,
) -> None:
    """Compute single tables of a study (keyness, engagement, semantic_edges ...) without the whole report.

    Give the folder of a finished run instead of a study, and its tables are shown as they are.
    """
    if not names:
        _list(source, set_ or [], as_json)
        return
    found = _tables_of(source, names, set_ or [], run, workers)
    if out is not None:
        _write(found, out)
    chosen = {name: _chosen(rows, where or [], columns) for name, rows in found.items()}
    if as_json:
        print_json({name: _records(rows) for name, rows in chosen.items()})
        return
    for name, rows in chosen.items():
        _print(name, rows, limit, keep_all=columns is not None)


def _tables_of(
    source: Path, names: Sequence[str], overrides: Sequence[str], run: Path | None, workers: int
) -> dict[str, pd.DataFrame]:
    from discourse.study.load import load_study
    from discourse.study.tables import run_tables, study_tables

    if source.is_dir():
        return run_tables(source, names)
    study = load_study(source, overrides)
    return study_tables(study, names, workers=workers, progress=Terminal(), run=run)


def _list(source: Path, overrides: Sequence[str], as_json: bool) -> None:
    from discourse.study.load import load_study
    from discourse.study.tables import list_tables

    listed = list_tables(None if source.is_dir() else load_study(source, overrides))
    if as_json:
        print_json(_records(listed))
        return
    for row in listed.to_dict(orient="records"):
        asked = f"   (not asked: {row['key']})" if row["asked"] is False else ""
        print(f"{row['table']:<20} {row['meaning']}{asked}")


def _write(tables: dict[str, pd.DataFrame], out: Path) -> None:
    from discourse.report.cells import write_csv

    out.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        write_csv(rows, out / f"{name}.csv")
        Terminal().say(str(out / f"{name}.csv"))


def _chosen(rows: pd.DataFrame, where: Sequence[str], columns: str | None) -> pd.DataFrame:
    for condition in where:
        name, sign, value = condition.partition("=")
        if not sign:
            raise InputError(f"{condition!r} is no pair", where="--where", expected="name=value")
        _refuse_unknown(rows, name, "--where")
        rows = rows[rows[name].astype("str") == value]
    if columns is None:
        return rows
    wanted = [name.strip() for name in columns.split(",") if name.strip()]
    for name in wanted:
        _refuse_unknown(rows, name, "--columns")
    return rows[wanted]


def _refuse_unknown(rows: pd.DataFrame, name: str, option: str) -> None:
    if name not in rows.columns:
        raise InputError(
            f"the table has no column {name!r}", where=option, expected=", ".join(map(str, rows.columns))
        )


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    plain = rows.copy()
    for name in plain.columns:
        if str(plain[name].dtype).startswith("datetime"):
            plain[name] = plain[name].map(lambda at: at.isoformat(), na_action="ignore")
    rows_of = plain.astype(object).where(plain.notna(), None).to_dict(orient="records")
    return [{str(name): value for name, value in row.items()} for row in rows_of]


def _print(name: str, rows: pd.DataFrame, limit: int, *, keep_all: bool) -> None:
    """Print a table: first what all its rows share, then the rest."""
    shown = rows.head(limit)
    longest = _LONGEST if len(shown.columns) > _FEW else 3 * _LONGEST
    cells = {str(name): [_cell(value, str(name), longest) for value in shown[name]] for name in shown.columns}
    shared = {} if keep_all or len(shown) < 2 else _shared(cells)
    print(name)
    for column, value in shared.items():
        if value != _UNKNOWN:
            whole = shown[column].iloc[0]
            print(f"  {column}: {whole if isinstance(whole, str) else value}")
    rest = {column: values for column, values in cells.items() if column not in shared}
    left_out = _print_columns(rest, shown)
    if left_out:
        Terminal().say(f"no room for: {', '.join(left_out)} (--columns, --json, --out)")
    Terminal().say(f"{len(shown):,} of {len(rows):,} rows")


def _shared(cells: dict[str, list[str]]) -> dict[str, str]:
    return {column: values[0] for column, values in cells.items() if len(set(values)) == 1}


def _print_columns(cells: dict[str, list[str]], rows: pd.DataFrame) -> list[str]:
    """Print as many columns as there is room for; give the names of the others."""
    from discourse.text.kwic import display_width

    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else _ANY_WIDTH
    shown: list[str] = []
    for column, values in cells.items():
        room -= 2 + max(display_width(text) for text in (column, *values))
        if shown and room < 0:
            break
        shown.append(column)
    if shown:
        lines = [shown, *(list(line) for line in zip(*(cells[column] for column in shown), strict=True))]
        print_columns(lines, [i for i, column in enumerate(shown) if rows[column].dtype.kind in "iuf"])
    return [column for column in cells if column not in shown]


def _cell(value: Any, column: str, longest: int = _LONGEST) -> str:
    """Write one value: numbers to three digits, tiny p-values as below, long texts cut to one line."""
    import pandas as pd

    if isinstance(value, list):
        return _cut(" ".join(map(str, value)), longest)
    if pd.isna(value):
        return _UNKNOWN
    if isinstance(value, bool) or not isinstance(value, Real):
        return _cut(str(value), longest)
    if isinstance(value, Integral):
        return f"{int(value):,}"
    number = float(value)
    if column in _CHANCES and 0 <= number < 0.001:
        return "<0.001"
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"


def _cut(text: str, longest: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
