"""The recipe asks the claims of January 2025, and the demo corpus answers them as they were planted in it."""

from __future__ import annotations

import csv
import shutil
import tomllib
from pathlib import Path

import pytest

from discourse.compare.claims import CLAIM_KINDS, ClaimData, answer_claims
from discourse.study.depend import dependence
from discourse.study.load import load_study
from discourse.study.material import Material
from discourse.study.run import prepare
from discourse.study.steps import asked
from discourse.study.tables import study_tables

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "corpora" / "tiktok-refugees-demo"
RECIPE = ROOT / "reports" / "tiktok-refugees" / "study.toml"

#: What is planted: a claim that holds, or one on something of which the corpus holds nothing.
PLANTED = {
    "C1": "supported",  # negative hosts write {feed} phrases
    "C2": "supported",  # boring posts stand among the judgments of negative hosts
    "C3": "supported",  # newcomers against the ban
    "C4": "supported",
    "C5": "not measurable",  # no phrase on signing up easily
    "C6": "not measurable",  # none on friends who came first
    "C7": "supported",  # the topic translation
    "C8": "supported",  # the topic homework
    "C9": "supported",
    "C10": "supported",  # places of newcomers
    "C11": "supported",
    "C12": "supported",
    "C13": "supported",
    "C14": "supported",  # 60 merchants of 2,020 authors
    "C15": "not measurable",  # exports say nothing of accounts
    "C16": "not measurable",
    "C17": "not measurable",
    "C18": "supported",
    "C19": "supported",  # phrases dated "<19"
}


@pytest.fixture(scope="module")
def answers():
    # the claims need no score: one target is enough to prepare the posts
    study = load_study(RECIPE)
    study = study.model_copy(update={"targets": study.targets[:1]})
    material: Material = prepare(study, dependence(study))
    questions = [asked(q, "en", study.events) for q in study.questions]
    claims = [q for q in questions if q.outcome.partition(":")[0] in CLAIM_KINDS]
    data = ClaimData(material.posts, material.codes, study.study.timezone)
    return answer_claims(claims, data).set_index("id")


def test_every_claim_is_answered_as_planted(answers):
    assert answers["answer"].to_dict() == PLANTED


def test_every_answer_has_its_reason_and_every_figure_its_interval(answers):
    assert answers["reason"].notna().all()
    known = answers[answers["answer"] != "not measurable"]
    assert (known["low"] <= known["estimate"]).all()
    assert (known["estimate"] <= known["high"]).all()
    assert answers.loc[answers["answer"] == "not measurable", "estimate"].isna().all()


def test_planted_shares_lie_within_their_intervals(answers):
    planted = tomllib.loads((DEMO / "parameters.toml").read_text(encoding="utf-8"))
    places = planted["places"]["newcomers"]
    for claim, name in (("C10", "美国"), ("C11", "英国"), ("C12", "法国"), ("C13", "德国")):
        share = places[name] / sum(places.values())
        assert answers.loc[claim, "low"] <= share <= answers.loc[claim, "high"], claim
    merchants = planted["groups"]["merchants"]["authors"]
    everybody = sum(group["authors"] for group in planted["groups"].values())
    assert answers.loc["C14", "estimate"] <= merchants / everybody <= answers.loc["C14", "high"]


def test_the_frames_hold_most_of_what_was_planted_as_their_topic(answers):
    with (DEMO / "gold.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for claim, group, topic in (("C8", "hosts", "homework"), ("C9", "newcomers", "homework")):
        topics = [row["topic"] for row in rows if row["group"] == group and row["topic"] != "none"]
        share = topics.count(topic) / len(topics)
        assert answers.loc[claim, "estimate"] == pytest.approx(share, abs=0.05), claim


def test_the_claims_are_worded_in_both_languages():
    for question in load_study(RECIPE).questions:
        assert isinstance(question.text, dict)
        assert set(question.text) == {"en", "zh"}


def test_posts_of_ones_own_need_one_changed_line(tmp_path):
    lines = RECIPE.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = ['path = "posts.csv"\n' if line.startswith("path = ") else line for line in lines]
    assert sum(a != b for a, b in zip(lines, changed, strict=True)) == 1
    shutil.copytree(RECIPE.parent / "frames", tmp_path / "frames")
    (tmp_path / "study.toml").write_text("".join(changed), encoding="utf-8")
    rows = [f"p{i},a{i},欢迎TikTok难民 {i}" for i in range(12)]
    (tmp_path / "posts.csv").write_text("post_id,author,text\n" + "\n".join(rows) + "\n", encoding="utf-8")
    study = load_study(tmp_path / "study.toml")
    # nothing of the demo goes with the recipe
    assert not study.study.synthetic
    assert study.sources[0].key is None
    assert study.sources[0].collection.how is None
    assert study.validation is None
    answers = study_tables(study, ["questions"])["questions"]
    assert len(answers) == len(study.questions)
    assert set(answers["answer"]) == {"not measurable"}
    assert answers["reason"].notna().all()


def test_the_demo_is_made_up_and_brings_its_key_and_codes():
    study = load_study(RECIPE)
    assert study.study.synthetic
    assert study.sources[0].key == "tiktok-refugees-demo"
    assert study.sources[0].collection.licence == "CC0-1.0"
    assert study.validation.folders == (str(DEMO / "codes"),)
