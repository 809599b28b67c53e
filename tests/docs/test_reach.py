"""The page that says where each analysis is reached names what there is, in every cell."""

from __future__ import annotations

import re
import shlex
import types
import typing
from pathlib import Path

import pytest
import typer

import discourse
from discourse.cli import app
from discourse.report.words import words
from discourse.study.analyses import ANALYSES
from discourse.study.schema import Study
from discourse.study.tables import list_tables

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "reach.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| analysis")
]
TABLES = set(list_tables()["table"])


def named(cell):
    return re.findall(r"`([^`]+)`", cell)


def of_table(command):
    """The tables that a command asks for."""
    asked = shlex.split(command)
    return asked[3:] if asked[:2] == ["discourse", "table"] else []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_cell_of_an_analysis_is_there(row):
    _, keys, functions, commands, sections, example = row
    for key in named(keys):
        name = key.strip("[]")
        assert name in Study.model_fields, key
        kind = typing.get_origin(Study.model_fields[name].annotation)
        assert key.startswith("[[") == (kind is tuple), key
    assert named(functions)
    for name in named(functions):
        assert name in discourse.__all__, name
    assert named(commands)
    for command in named(commands):
        asked = shlex.split(command)
        assert asked[1] in typer.main.get_command(app).commands, command
        assert set(of_table(command)) <= TABLES, command
    titles = {said for key, said in words("en").items() if key.startswith("section.")}
    for title in sections.split(";") if sections != "-" else ():
        assert title.strip() in titles, title
    heading = re.search(r"\((.+)\.md(?:#(.+))?\)", example)
    assert (DOCS / f"{heading[1]}.md").exists()  # the anchors are held by the strict build of the site


def test_every_table_of_an_analysis_is_on_the_page():
    apart = {"flow", "limits", "planned", "specifications", "robustness", "concordance"}
    apart |= {"topics", "topic_words", "topic_rankings", "topic_grid"}  # what is spoken of, not who differs
    checks = [analysis for analysis in ANALYSES if analysis.name in ("validation", "trained")]
    apart |= {name for check in checks for name in check.tables} - {"three_estimates", "coefficients"}
    reached = {name for row in ROWS for command in named(row[3]) for name in of_table(command)}
    assert TABLES - apart - reached == set()


def test_every_public_comparison_is_on_the_page():
    functions = {name for row in ROWS for name in named(row[2])}
    compared = {
        name
        for name in discourse.__all__
        if isinstance(getattr(discourse, name), types.FunctionType)
        and getattr(discourse, name).__module__.startswith("discourse.compare.")
    }
    assert compared - functions == set()
