"""Power and robustness from the command line."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.errors import InputError, StudyError

RUN = CliRunner()
STUDY = """
version = 1
[study]
title = "T"
question = "Q?"
synthetic = true
[[sources]]
path = "posts.csv"
importer = "generic"
mapping = { text = "text", post_id = "id", author = "author", ip_location = "place", thread_id = "thread" }
key = "a key for tests"
[[groups]]
name = "hosts"
any = [{ ip = ["CN-*"] }]
[[groups]]
name = "newcomers"
any = [{ ip = ["US"] }]
[[targets]]
use = "refugees"
"""


@pytest.fixture
def study(tmp_path):
    """A study of 60 posts by 30 authors."""
    rows = ["id,thread,author,text,place"]
    rows += [
        f"{i},t{i % 12},a{i % 30},welcome refugees {i},{'广东' if i % 30 < 18 else '美国'}" for i in range(60)
    ]
    (tmp_path / "posts.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path / "study.toml"


def test_power_from_plain_numbers_is_a_table_under_what_was_taken_for_granted():
    done = RUN.invoke(app, ["power", "--authors", "300,200", "--threads", "100"])
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert "80 of 100" in lines[0]
    assert "50 %" in lines[1]
    assert lines[2].split() == ["authors", "threads", "of", "shares", "of", "means"]
    assert len(lines) == 6
    assert lines[5].split()[:6] == ["group", "1", "and", "group", "2", "300,"]
    rows = json.loads(
        RUN.invoke(app, ["power", "--authors", "300,200", "--threads", "100,80", "--json"]).output
    )
    assert [row["authors_a"] for row in rows[:3]] == [300, 200, 300]
    assert rows[2]["detectable"] > rows[0]["detectable"] > 0


def test_power_in_chinese():
    done = RUN.invoke(app, ["power", "--authors", "300，200", "--threads", "100", "--language", "zh"])
    assert "个百分点" in done.output


def test_power_of_a_study_counts_its_authors_and_scores_nothing(study):
    rows = json.loads(RUN.invoke(app, ["power", str(study), "--mentions", "1", "--json"]).output)
    by_group = {(row["group_a"], row["group_b"]): row for row in rows if row["outcome"] == "share"}
    assert by_group[("hosts", None)]["authors_a"] == 18
    assert by_group[("hosts", "newcomers")]["n_b"] == 24


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["--authors", "300"],
        ["--authors", "many", "--threads", "3"],
        ["--authors", "9" * 30, "--threads", "3"],
        ["--authors", "3,4", "--threads", "1,2,3"],
    ],
)
def test_power_without_numbers_says_what_it_needs(wrong):
    done = RUN.invoke(app, ["power", *wrong])
    assert isinstance(done.exception, InputError)
    assert "300,200" in str(done.exception) or "one each" in str(done.exception)


def test_robustness_of_a_study_without_a_question_is_refused_before_anything_is_read(study):
    done = RUN.invoke(app, ["robustness", str(study), "--out", str(study.parent / "out")])
    assert isinstance(done.exception, StudyError)
    assert not (study.parent / "out").exists()


def test_power_refuses_endless_posts_an_author():
    done = RUN.invoke(app, ["power", "--authors", "30,40", "--threads", "2", "--posts-per-author", "inf"])
    assert done.exit_code == 2
