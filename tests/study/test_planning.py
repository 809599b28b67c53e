"""Plans of studies: made from the file alone, compared at each run, and counted."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from discourse.coding.plan import write_plan
from discourse.errors import InputError
from discourse.shipped import shipped_path
from discourse.study.load import load_study
from discourse.study.planning import (
    note_run,
    plan_of,
    plan_provenance,
    planned,
    registry_path,
    runs_so_far,
    tried_studies,
)
from discourse.study.run import compute

STUDY = shipped_path("reports", "tiktok-refugees", "study.toml")
NOW = dt.datetime(2025, 2, 3, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path):
    return write_plan(plan_of(load_study(STUDY)), tmp_path / "plan.json")


def under(path, *overrides):
    return load_study(STUDY, [f'study.plan="{path.as_posix()}"', *overrides])


def test_the_demo_has_a_plan_without_reading_a_post():
    plan = plan_of(load_study(STUDY))
    assert {"H1", "H10"} <= {question["id"] for question in plan["questions"]}
    assert plan["instruments"]["refugees"].startswith("lexicon")


def test_the_plan_is_the_same_wherever_the_study_lies(tmp_path):
    text = STUDY.read_text(encoding="utf-8").replace("../../corpora", str(shipped_path("corpora").as_posix()))
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    assert plan_of(load_study(tmp_path / "mine.toml")) == plan_of(load_study(STUDY))


def test_naming_the_plan_in_the_study_does_not_change_it(path):
    assert set(planned(under(path))["status"]) == {"planned"}


def test_a_study_that_left_its_plan_says_so(path):
    found = planned(under(path, "scorer.neutral=0.3")).set_index("name")
    assert found.loc["H1", "status"] == "changed"


def test_a_plan_that_cannot_be_read_stops_the_study_before_anything_is_read(tmp_path):
    with pytest.raises(InputError, match="plan cannot be read"):
        compute(under(tmp_path / "none.json"))


def test_different_studies_under_a_plan_are_counted_once_each(path):
    assert tried_studies(path) == []
    for sha256 in ("b", "a", "b"):
        note_run(path, sha256, NOW)
    assert tried_studies(path) == ["a", "b"]
    study = under(path)
    assert plan_provenance(study, "a")["tried"] == 2
    assert plan_provenance(study, "c")["tried"] == 3
    assert plan_provenance(load_study(STUDY), "a") == {}


def test_repeating_a_run_does_not_change_what_the_report_prints(path):
    before = plan_provenance(under(path), "a")
    note_run(path, "a", NOW)
    note_run(path, "a", NOW)
    assert plan_provenance(under(path), "a") == before


def test_the_registry_holds_hashes_and_times_and_nothing_else(path):
    note_run(path, "a", NOW)
    line = json.loads(registry_path(path).read_text(encoding="utf-8"))
    assert line == {"at": "2025-02-03T00:00:00+00:00", "study_sha256": "a"}


def test_a_damaged_line_of_the_registry_is_passed_over(path):
    registry_path(path).write_text('{"study_sha256": "a"}\n{"study_\n[]\n', encoding="utf-8")
    assert tried_studies(path) == ["a"]


def test_runs_into_a_folder_are_counted_in_its_log(tmp_path):
    log = tmp_path / "run-log.json"
    first = runs_so_far(log, "a")
    assert first == {"runs": 1, "studies": ["a"]}
    log.write_text(json.dumps(first), encoding="utf-8")
    assert runs_so_far(log, "b") == {"runs": 2, "studies": ["a", "b"]}
    log.write_text("damaged", encoding="utf-8")
    assert runs_so_far(log, "b")["runs"] == 1
