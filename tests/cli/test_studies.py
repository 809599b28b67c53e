from __future__ import annotations

import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.errors import ParameterError
from discourse.report.findings import Findings


@pytest.fixture
def finished(tmp_path):
    study = {"study": {"title": "T", "question": "Q?", "language": "en"}}
    return Findings({}, study).save(tmp_path / "run")


def _report(*arguments: object):
    return CliRunner().invoke(app, ["report", *map(str, arguments)], catch_exceptions=True)


def test_a_finished_run_is_rendered_again_in_every_format(finished, tmp_path):
    done = _report(finished, "--out", tmp_path / "again")
    assert done.exit_code == 0
    assert done.stdout.strip() == str(tmp_path / "again" / "report.pdf")
    assert {p.suffix for p in (tmp_path / "again").glob("report.*")} == {".pdf", ".html", ".docx"}


def test_only_the_formats_that_are_asked_for_are_written(finished, tmp_path):
    done = _report(finished, "--out", tmp_path / "again", "--formats", "HTML", "--language", "zh")
    assert done.stdout.strip().endswith("report.html")
    assert {p.name for p in (tmp_path / "again").glob("report.*")} == {"report.html"}
    assert '<html lang="zh-Hans">' in (tmp_path / "again" / "report.html").read_text(encoding="utf-8")


def test_another_format_is_refused_before_anything_is_written(finished, tmp_path):
    done = _report(finished, "--out", tmp_path / "again", "--formats", "pdf,odt")
    assert isinstance(done.exception, ParameterError)
    assert done.exception.exit_code == 2
    assert not (tmp_path / "again").exists()
