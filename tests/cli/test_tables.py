from __future__ import annotations

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.report.findings import Findings
from discourse.tables import ENGAGEMENT


@pytest.fixture
def finished(tmp_path):
    rows = pd.DataFrame(
        {
            "model": "comments",
            "term": ["group", "stance", "stance"],
            "level_of": ["newcomers", "positive", "negative"],
            "reference": ["hosts", "absent", "absent"],
            "estimate": [0.5, 1.25, 1234.5],
            "p": [0.00001, 0.5, None],
            "n": [1200, 30, 40],
        }
    )
    missing = {c.name: None for c in ENGAGEMENT.columns if c.name not in rows}
    table = ENGAGEMENT.conform(rows.assign(**{name: pd.Series([None] * 3, dtype=object) for name in missing}))
    return Findings({"engagement": table}, {"title": "T"}).save(tmp_path / "run")


def shown(*arguments):
    return CliRunner().invoke(app, ["table", *map(str, arguments)])


def test_a_table_of_a_run_is_printed_with_what_its_rows_share_above(finished):
    done = shown(finished, "engagement")
    lines = done.stdout.splitlines()
    assert lines[:2] == ["engagement", "  model: comments"]
    assert lines[2].split() == ["term", "level_of", "reference", "estimate", "p", "n"]
    assert lines[3].split() == ["group", "newcomers", "hosts", "0.5", "<0.001", "1,200"]
    assert lines[5].split() == ["stance", "negative", "absent", "1,234", "–", "40"]
    assert "3 of 3 rows" in done.stderr


def test_rows_and_columns_are_chosen_by_their_names(finished):
    done = shown(finished, "engagement", "--where", "term=stance", "--columns", "level_of,n", "--limit", "1")
    assert done.stdout.splitlines()[1:] == ["  level_of   n", "  positive  30"]
    assert "1 of 2 rows" in done.stderr


def test_a_program_gets_json_and_a_spreadsheet_gets_csv(finished, tmp_path):
    done = shown(finished, "engagement", "--json", "--out", tmp_path / "out")
    assert json.loads(done.stdout)["engagement"][0]["n"] == 1200
    assert len(pd.read_csv(tmp_path / "out" / "engagement.csv")) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--where", "stance"], "is no pair"),
        (["--where", "colour=red"], "no column 'colour'"),
        (["--columns", "n,colour"], "no column 'colour'"),
    ],
)
def test_what_is_not_there_is_named(finished, arguments, said):
    done = shown(finished, "engagement", *arguments)
    assert done.exception.exit_code == 2
    assert said in str(done.exception)


def test_without_a_name_the_tables_are_listed(finished):
    lines = shown(finished).stdout.splitlines()
    assert any(line.startswith("keyness ") for line in lines)
