"""A plan of analysis: what it fixes, and what it notices."""

from __future__ import annotations

import json

import pytest

from discourse.coding.plan import compare_plan, make_plan, plan_hash, plan_text, read_plan, write_plan
from discourse.errors import InputError

INSTRUMENTS = {"refugees": "lexicon 2 abc"}
STUDY = {
    "version": 1,
    "study": {"title": {"en": "Hosts", "zh": "原住民"}, "question": "Q?", "seed": 7, "min_cell": 10},
    "sources": [{"path": "exports", "collection": {"how": "keyword search"}}],
    "duplicates": {"exact": "mark"},
    "groups": [
        {"name": "hosts", "all": [{"ip": ["CN-*"]}]},
        {"name": "newcomers", "any": [{"ip": ["US"]}]},
        {"name": "onlookers", "any": [{"ip": ["TW"]}]},
    ],
    "targets": [{"name": "refugees", "use": "refugees", "label": "the refugees", "replies": True}],
    "scorer": {"name": "lexicon", "neutral": 0.15},
    "topics": {"engine": "lda"},
    "questions": [
        {"id": "H1", "text": "Warm?", "outcome": "balance:refugees", "groups": ["hosts"], "expect": "> 0"},
        {"id": "H2", "text": "Warmer?", "outcome": "stance:refugees", "groups": ["hosts", "onlookers"]},
    ],
}


def plan(change=(), instruments=INSTRUMENTS):
    return make_plan(STUDY | dict(change), instruments, "0.1.0")


def status(change=(), instruments=INSTRUMENTS, kind="question"):
    found = compare_plan(plan(), plan(change, instruments))
    found = found[found["kind"] == kind]
    return dict(zip(found["name"], found["status"], strict=True))


def test_the_same_study_gives_the_same_plan_and_hash():
    assert plan() == plan()
    assert plan()["sha256"] == plan_hash(plan())


@pytest.mark.parametrize(
    "change",
    [
        {"questions": STUDY["questions"][:1]},
        {"groups": STUDY["groups"][:2]},
        {"scorer": {"name": "lexicon", "neutral": 0.2}},
        {"duplicates": {"exact": "drop"}},
        {"validation": {"codes": "codes", "method": "ppi++"}},
    ],
)
def test_another_study_has_another_hash(change):
    assert plan(change)["sha256"] != plan()["sha256"]


def test_where_the_exports_lie_is_no_part_of_the_plan():
    moved = {"sources": [STUDY["sources"][0] | {"path": "elsewhere", "key": "secret"}]}
    assert plan(moved) == plan()
    assert "elsewhere" not in json.dumps(plan(moved))


def test_all_pairs_of_groups_toward_every_target_are_one_family_each():
    family = plan()["comparisons"][0]
    assert family["pairs"] == [["hosts", "newcomers"], ["hosts", "onlookers"], ["newcomers", "onlookers"]]
    assert plan()["corrections"]["comparisons"] == "Holm within each target"


def test_a_plan_without_codes_says_that_figures_will_be_uncorrected():
    assert "uncorrected" in plan()["corrections"]["measurement"]
    assert "dsl" in plan({"validation": {"method": "dsl"}})["corrections"]["measurement"]


def test_what_stands_in_the_plan_is_planned():
    assert set(status().values()) == {"planned"}
    assert set(status(kind="comparison").values()) == {"planned"}
    assert set(status(kind="setting").values()) == {"planned"}


def test_a_question_that_was_added_is_exploratory_and_one_taken_out_is_named():
    more = [STUDY["questions"][0], {"id": "H9", "outcome": "negative:refugees", "groups": ["hosts"]}]
    assert status({"questions": more}) == {"H1": "planned", "H9": "exploratory", "H2": "left out"}


@pytest.mark.parametrize(
    ("part", "value"),
    [("expect", "< 0"), ("outcome", "stance:refugees"), ("groups", ["newcomers"]), ("equivalence", 0.1)],
)
def test_a_question_that_was_changed_says_in_what(part, value):
    changed = [STUDY["questions"][0] | {part: value}, STUDY["questions"][1]]
    found = compare_plan(plan(), plan({"questions": changed})).set_index("name")
    assert found.loc["H1", "status"] == "changed"
    assert found.loc["H1", "note"] == part
    assert found.loc["H2", "status"] == "planned"


def test_another_wording_of_a_question_changes_nothing():
    reworded = [STUDY["questions"][0] | {"text": "Kind?"}, STUDY["questions"][1]]
    assert set(status({"questions": reworded}).values()) == {"planned"}


@pytest.mark.parametrize(
    "change",
    [
        {"groups": [STUDY["groups"][0] | {"all": [{"ip": ["CN-BJ"]}]}, *STUDY["groups"][1:]]},
        {"scorer": {"name": "lexicon", "neutral": 0.3}},
        {"duplicates": {"exact": "drop"}},
        {"study": STUDY["study"] | {"min_cell": 3}},
    ],
)
def test_a_setting_that_decides_all_figures_makes_all_answers_exploratory(change):
    assert set(status(change).values()) == {"changed"}
    assert set(status(change, kind="comparison").values()) == {"changed"}


def test_another_instrument_is_noticed_by_its_hash():
    found = compare_plan(plan(), plan(instruments={"refugees": "lexicon 3 def"})).set_index("name")
    assert found.loc["instruments", "status"] == "changed"
    assert found.loc["H1", "note"] == "instruments"


def test_topics_are_no_part_of_the_answers():
    assert set(status({"topics": {"engine": "nmf"}}).values()) == {"planned"}
    assert status({"topics": {"engine": "nmf"}}, kind="setting")["topics"] == "changed"


def test_a_group_that_was_added_brings_comparisons_that_were_not_planned():
    more = [*STUDY["groups"], {"name": "merchants", "all": [{"merchant": True}]}]
    found = compare_plan(plan(), plan({"groups": more}))
    found = found[found["kind"] == "comparison"].set_index("name")["status"]
    assert found["hosts vs merchants, refugees"] == "exploratory"
    setting = compare_plan(plan(), plan({"groups": more})).set_index("name").loc["groups"]
    assert setting["note"] == "merchants"


def test_a_plan_survives_the_disk(tmp_path):
    path = write_plan(plan(), tmp_path / "new" / "plan.json")
    assert read_plan(path) == plan()
    assert plan()["sha256"] in path.with_suffix(".md").read_text(encoding="utf-8")


def test_a_plan_that_was_edited_is_refused(tmp_path):
    path = write_plan(plan(), tmp_path / "plan.json")
    path.write_text(path.read_text(encoding="utf-8").replace("> 0", "< 0"), encoding="utf-8")
    with pytest.raises(InputError, match="changed after it was made"):
        read_plan(path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 9, "sha256": "x"}', "not json"])
def test_what_is_no_plan_is_refused(tmp_path, content):
    path = tmp_path / "plan.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        read_plan(path)


def test_a_plan_never_replaces_another(tmp_path):
    path = write_plan(plan(), tmp_path / "plan.json")
    write_plan(plan(), path)
    with pytest.raises(InputError, match="another plan"):
        write_plan(plan({"questions": []}), path)
    assert read_plan(path) == plan()


def test_a_reader_finds_questions_groups_and_hash_in_the_text():
    text = plan_text(plan())
    for part in (
        "# Plan of analysis: Hosts / 原住民",
        "**H1** Warm?",
        "balance:refugees",
        "hosts",
        "lexicon 2 abc",
    ):
        assert part in text
    assert "hosts minus onlookers" in text
