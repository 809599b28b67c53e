"""Some tables of a study by themselves: the same as in a whole run, and nothing else is computed."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse.errors import InputError
from discourse.report.guard import guarded
from discourse.study import mapped
from discourse.study.analyses import ANALYSES
from discourse.study.load import check_study
from discourse.study.run import compute
from discourse.study.tables import list_tables, prepare_study, run_tables, study_tables
from discourse.tables import REPORT_TABLES

SAID = (
    "The refugees are a joy",
    "I hate these refugees",
    "欢迎难民们",
    "首页能不能别推难民了",
    "cat tax paid 猫",
)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Twelve authors of two groups, in two threads, on three days."""
    path = tmp_path_factory.mktemp("posts") / "posts.csv"
    lines = ["post_id,thread_id,parent_id,author,ip_location,created_at,likes,text"]
    for i in range(36):
        place, parent = ("广东", "") if i % 2 else ("美国", f"p{i % 6}" if i > 6 else "")
        at = f"2025-01-{13 + i % 3} 12:00:00+08:00"
        lines.append(f"p{i},t{i % 2},{parent},a{i % 12},{place},{at},{i},{SAID[i % 5]} {i}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return check_study(
        {
            "version": 1,
            "study": {"title": "T", "question": "?", "synthetic": True, "min_cell": 2},
            "sources": [{"path": str(path), "key": "k"}],
            "groups": [
                {"name": "hosts", "all": [{"ip": ["CN-*"]}]},
                {"name": "newcomers", "all": [{"ip": ["US"]}]},
            ],
            "targets": [{"use": "refugees", "emotions": True}],
            "topics": {"n_topics": 2, "fits": 0},
            "codes": [{"name": "protest"}],
            "events": [{"name": "Dark", "at": "2025-01-15T00:00:00+08:00"}],
            "questions": [
                {"id": "H1", "text": "?", "outcome": "balance:refugees", "groups": ["hosts"]},
                {"id": "H2", "text": "?", "outcome": "lang:en", "groups": ["all"]},
            ],
            "replies": {"permutations": 99},
        }
    )


def test_an_analysis_makes_the_tables_that_it_declares(study):
    material = prepare_study(study)
    for analysis in ANALYSES:
        if analysis.asked(study):
            made = analysis.make(material)
            assert set(made) <= set(analysis.tables), analysis.name
            material.tables |= made


def test_a_table_by_itself_is_the_table_of_the_whole_run(study):
    whole = guarded(compute(study)[0]).tables
    names = ["questions", "cohorts", "engagement", "families", "limits"]
    alone = study_tables(study, names)
    assert list(alone) == names
    for name in names:
        pd.testing.assert_frame_equal(alone[name], whole[name])


def test_what_is_not_needed_is_not_computed(study, monkeypatch):
    said = []

    class Listening:
        def say(self, message):
            said.append(message)

        def track(self, items, **_):
            return items

    study_tables(study, ["cohorts"], progress=Listening())
    steps = [line for line in said if line.startswith("==")]
    assert steps[-2:] == ["== comparing groups", "== looking at phases and series"]
    assert "== fitting topics" not in steps


def test_a_run_that_kept_its_steps_is_gone_on_from(study, tmp_path):
    (tmp_path / "store").mkdir()
    first = study_tables(study, ["flow"], run=tmp_path)
    kept = sorted(path.name for path in (tmp_path / "store").iterdir())
    assert any(name.startswith("describe-") for name in kept)
    pd.testing.assert_frame_equal(study_tables(study, ["flow"], run=tmp_path)["flow"], first["flow"])
    assert sorted(path.name for path in (tmp_path / "store").iterdir()) == kept


def test_every_table_of_a_report_is_made_by_an_analysis():
    assert list(list_tables()["table"]) == [table.name for table in REPORT_TABLES]


@pytest.mark.parametrize(
    ("name", "said"),
    [("enagement", "did you mean 'engagement'"), ("planned", "plan"), ("validation", r"\[validation\]")],
)
def test_a_table_that_is_not_there_or_not_asked_is_refused(study, name, said):
    with pytest.raises(InputError, match=said):
        study_tables(study, [name])


def test_a_folder_without_a_run_is_refused(study, tmp_path):
    with pytest.raises(InputError, match="no run that kept"):
        study_tables(study, ["flow"], run=tmp_path)
    with pytest.raises(InputError, match="no finished run"):
        run_tables(tmp_path, ["flow"])


def test_all_tables_are_the_same_whether_posts_are_held_or_lie_in_files(study, monkeypatch):
    held, scored = compute(study)
    monkeypatch.setattr(mapped, "HELD", 0)
    laid, scored_too = compute(study)
    assert list(laid.tables) == list(held.tables)
    for name, table in held.tables.items():
        pd.testing.assert_frame_equal(laid.tables[name], table)
    pd.testing.assert_frame_equal(scored_too, scored)
