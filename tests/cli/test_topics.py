"""`discourse topics`: sheets, and what people found in them."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from discourse.cli import app
from discourse.errors import InputError, StudyError

THEMES = ["cats purr nap paws kittens", "courts ban apps sue judges", "noodles wok ginger broth soy"]
THEMES += ["rain snow wind storm clouds"]
STUDY = """
version = 1
[study]
title = "T"
question = "Q?"
[[sources]]
path = "posts.csv"
timezone = "UTC"
[topics]
n_topics = 4
fits = 0
"""


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("topics")
    rows = [(f"p{i}", "t", "post", THEMES[i % 4], f"u{i}", "2025-01-13 10:00") for i in range(24)]
    columns = ["post_id", "thread_id", "kind", "text", "author", "created_at"]
    pd.DataFrame(rows, columns=columns).to_csv(folder / "posts.csv", index=False)
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    run("sheet", str(folder / "study.toml"), "--out", str(folder / "sheets"))
    return folder


def run(*arguments):
    result = CliRunner().invoke(app, ["topics", *arguments], catch_exceptions=False, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.stdout


def fill(folder, out, answer):
    out.mkdir()
    key = pd.read_csv(folder / "sheets" / "word_intrusion_key.csv", dtype="str")
    given = pd.read_csv(folder / "sheets" / "word_intrusion.csv", dtype="str")
    given.assign(answer=[answer(row) for row in key.to_dict("records")]).to_csv(
        out / "word_intrusion.csv", index=False
    )


def test_five_files_are_written_and_none_is_written_over(sheets):
    names = sorted(path.name for path in (sheets / "sheets").iterdir())
    assert names == [
        "labels.csv",
        "topic_intrusion.csv",
        "topic_intrusion_key.csv",
        "word_intrusion.csv",
        "word_intrusion_key.csv",
    ]
    assert "intruder" not in pd.read_csv(sheets / "sheets" / "word_intrusion.csv").columns
    with pytest.raises(StudyError, match="there already"):
        run("sheet", str(sheets / "study.toml"), "--out", str(sheets / "sheets"))


def test_answers_of_two_people_are_counted_together(sheets, tmp_path):
    fill(sheets, tmp_path / "a", lambda row: row["intruder"])
    fill(sheets, tmp_path / "b", lambda row: "?")
    people = [part for name in "ab" for part in ("--answers", str(tmp_path / name))]
    found = json.loads(run("check", str(sheets / "sheets"), *people, "--json"))["checks"]
    assert found[-1] == {"check": "word_intrusion", "topic": None, "n": 8, "found": 0.5}
    assert "topic  all  n    8  found 0.50" in run("check", str(sheets / "sheets"), *people)


def test_a_label_given_by_people_is_what_the_study_prints(sheets):
    from discourse.study.depend import dependence
    from discourse.study.load import load_study
    from discourse.study.run import prepare

    path = sheets / "named.csv"
    sheet = pd.read_csv(sheets / "sheets" / "labels.csv")
    sheet.assign(label=[f"name {i}" for i in sheet["topic"]]).to_csv(path, index=False)
    study = load_study(sheets / "study.toml", ['topics.labels="named.csv"'])
    model = prepare(study, dependence(study)).topic_model
    assert model.labels() == ["name 0", "name 1", "name 2", "name 3"]


def test_workbooks_come_back_as_they_went_out(sheets, tmp_path):
    from openpyxl import load_workbook

    from discourse.study.depend import dependence
    from discourse.study.load import load_study
    from discourse.study.run import prepare

    out = tmp_path / "books"
    run("sheet", str(sheets / "study.toml"), "--out", str(out), "--format", "xlsx")
    assert {path.suffix for path in out.iterdir()} == {".xlsx"}
    with pytest.raises(StudyError, match="there already"):
        run("sheet", str(sheets / "study.toml"), "--out", str(out))
    key = [row[3].value for row in load_workbook(out / "word_intrusion_key.xlsx").active.iter_rows(min_row=2)]
    book = load_workbook(out / "word_intrusion.xlsx")
    for row, word in zip(book.active.iter_rows(min_row=2), key, strict=True):
        row[-1].value = word
    book.save(out / "word_intrusion.xlsx")
    found = json.loads(run("check", str(out), "--json"))["checks"]
    assert {"check": "word_intrusion", "topic": None, "n": 4, "found": 1.0} in found
    labels = load_workbook(out / "labels.xlsx")
    for number, row in enumerate(labels.active.iter_rows(min_row=2)):
        row[-1].value = f"name {number}"
    labels.save(sheets / "named.xlsx")
    study = load_study(sheets / "study.toml", ['topics.labels="named.xlsx"'])
    model = prepare(study, dependence(study)).topic_model
    assert model.labels() == ["name 0", "name 1", "name 2", "name 3"]


def test_no_cell_of_a_sheet_is_a_formula_and_long_texts_go_on_beside(tmp_path):
    from discourse.study.topic_sheets import _read, _write
    from discourse.topics.labels import read_sheet

    table = pd.DataFrame({"item": [1, 2], "text": ["=1+1", "猫" * 40_000], "answer": ["=cmd", "_x000D_"]})
    for name in ("a.csv", "a.xlsx"):
        path = _write(tmp_path / name, table)
        back = read_sheet(path)
        assert back.columns.tolist() == ["item", "text", "text_2", "text_3", "answer"]
        assert "".join(back.loc[1, ["text", "text_2", "text_3"]]) == "猫" * 40_000
        assert _read(path, ("item",))["answer"].tolist() == ["=cmd", "_x000D_"]
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").count("'=") == 2


def test_a_folder_without_sheets_is_refused(tmp_path):
    with pytest.raises(InputError, match="no filled-in sheet"):
        run("check", str(tmp_path))
