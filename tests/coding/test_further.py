"""Frames and emotions are asked beside the label: frozen, blind, in every kind of sheet, measured one by one."""

from __future__ import annotations

import json
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from discourse.coding.codebook import stance_codebook
from discourse.coding.codes import read_codes
from discourse.coding.draw import draw_sample
from discourse.coding.further import Question, further_units, labels_hash, with_predictions, with_questions
from discourse.coding.label_studio import labelling_config
from discourse.coding.measure import measure
from discourse.coding.page.deck import CoderDeck
from discourse.coding.read_sheets import import_codes
from discourse.coding.sample import Sample
from discourse.coding.sheets import write_sheets
from discourse.errors import ParameterError

ASKED = (
    Question("frame:protest", {"en": "Protest", "zh": "抗议"}, "lexicon 12ab"),
    Question("emotion:praise", {"en": "praise", "zh": "赞扬"}, "emotion lexicon 34cd"),
)
WORDS = {"en": "the refugees", "zh": "难民"}


@pytest.fixture(scope="module")
def posts():
    n = 120
    return pd.DataFrame(
        {
            "post_id": [f"{i:018d}" for i in range(n)],
            "group": ["a", "b"] * (n // 2),
            "lang": "en",
            "label": ["positive", "absent", "absent"] * (n // 3),
            "target": "refugees",
            "author": [f"u{i}" for i in range(n)],
            "thread_id": [f"t{i}" for i in range(n)],
            "text": [f"=post {i} 😀" for i in range(n)],
        }
    )


@pytest.fixture(scope="module")
def said(posts):
    return pd.DataFrame(
        {
            "post_id": posts["post_id"],
            "frame:protest": [i % 5 == 0 for i in range(len(posts))],
            "emotion:praise": [i % 4 == 0 for i in range(len(posts))],
        }
    )


@pytest.fixture(scope="module")
def sample(posts, said):
    book = with_questions(stance_codebook(WORDS), ASKED, WORDS)
    drawn = draw_sample(posts, 40, coders=("anna", "bo"), overlap=10, codebook=book, instrument="x 1")
    return with_predictions(drawn, said, ASKED)


def test_each_frame_is_a_question_of_its_own_in_both_languages(sample):
    asked = sample.codebook.variable("emotion:praise")
    assert asked.values == ("yes", "no")
    assert asked.shown("zh") == "情感：赞扬"
    assert "the refugees" in asked.question["en"]
    assert "难民" in asked.question["zh"]
    assert [v.name for v in sample.codebook.variables] == ["label", "frame:protest", "emotion:praise"]


def test_answers_about_all_posts_are_frozen_and_travel_with_the_sample(sample, said, tmp_path):
    folder = sample.save(tmp_path / "codes")
    again = Sample.load(folder)
    assert again.design == sample.design
    assert again.predictions.equals(sample.predictions)
    assert again.design.instruments == ("lexicon 12ab", "emotion lexicon 34cd")
    shuffled = said.sample(frac=1.0, random_state=1)
    assert (
        labels_hash(shuffled["post_id"].tolist(), shuffled["frame:protest"]) == again.design.labels_sha256[0]
    )
    other = said["frame:protest"].where(said.index != 3, other=True)
    assert labels_hash(said["post_id"].tolist(), other) != again.design.labels_sha256[0]


def test_coders_see_none_of_it(sample):
    assert list(sample.assigned("anna").columns) == ["post_id", "target", "parent", "text"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_answers_come_back_from_workbooks(sample, tmp_path, language):
    folder = sample.save(tmp_path / "codes")
    files = write_sheets(sample, tmp_path / "sheets", language=language, coders=["anna"])
    book = openpyxl.load_workbook(files[0])
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    for name, answer in (("label", 0), ("frame:protest", 1), ("emotion:praise", 0)):
        variable = sample.codebook.variable(name)
        column = header.index(variable.shown(language)) + 1
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column).value = variable.categories[answer].shown(language)
    book.save(files[0])
    done = import_codes(files, folder)
    n = len(sample.assigned("anna"))
    assert done.codes == {"anna": 3 * n}
    codes = read_codes(folder, sample)
    assert set(codes.loc[codes["variable"] == "frame:protest", "value"]) == {"no"}
    assert set(codes.loc[codes["variable"] == "emotion:praise", "value"]) == {"yes"}
    assert set(codes["post_id"]) == set(sample.assigned("anna")["post_id"])


def test_answers_come_back_from_csv_and_from_label_studio(sample, tmp_path):
    folder = sample.save(tmp_path / "codes")
    (sheet,) = write_sheets(sample, tmp_path / "csv", format="csv", language="en", coders=["anna"])
    table = pd.read_csv(sheet, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    table["frame: Protest"] = "yes"
    table.to_csv(sheet, index=False, encoding="utf-8-sig")
    assert import_codes([sheet], folder).codes == {"anna": len(table)}
    tasks_file = write_sheets(sample, tmp_path / "ls", format="label-studio", coders=["bo"])[0]
    assert 'name="frame:protest"' in labelling_config(sample.codebook)
    tasks = json.loads(tasks_file.read_text(encoding="utf-8"))
    result = [{"from_name": "frame:protest", "value": {"choices": ["no"]}}]
    tasks = [task | {"annotations": [{"result": result}]} for task in tasks]
    tasks_file.write_text(json.dumps(tasks), encoding="utf-8")
    assert import_codes([tasks_file], folder).codes == {"bo": len(tasks)}


def test_the_page_asks_every_question_of_every_post(sample, tmp_path):
    deck = CoderDeck(sample.save(tmp_path / "codes"), "anna")
    items = deck.shown()["items"]
    assert len(items) == 3 * len(sample.assigned("anna"))
    deck.put(items[0]["id"], "frame:protest", "yes", "")
    assert deck.counts[0] == 1


def coded(sample, wrong=()):
    """Codes that say what the list of phrases says, but for some posts."""
    said = sample.predictions[sample.predictions["variable"] == "frame:protest"].set_index("post_id")["label"]
    values = [
        ("no" if said[unit] == "yes" else "yes") if unit in wrong else said[unit]
        for unit in sample.units["post_id"]
    ]
    return sample.units[["post_id", "target"]].assign(coder="anna", variable="frame:protest", value=values)


def test_recall_of_a_frame_is_the_weighted_share_found(sample):
    yes = sample.predictions.query("variable == 'frame:protest' and label == 'no'")["post_id"].iloc[:2]
    units = further_units(sample, coded(sample, set(yes)), "frame:protest")
    weight = 1.0 / units["pi"]
    meant, found = units["code"] == "yes", units["label"] == "yes"
    by_hand = (weight * (meant & found)).sum() / (weight * meant).sum()
    table = measure(sample, coded(sample, set(yes)), variable="frame:protest")["class_accuracy"]
    row = table.query("group == 'all' and lang == 'all' and label == 'yes' and measure == 'recall'").iloc[0]
    assert row["estimate"] == pytest.approx(by_hand)
    assert 0.0 < row["low"] < row["estimate"] < row["high"] <= 1.0


def test_what_is_not_asked_cannot_be_measured(sample):
    with pytest.raises(ParameterError, match="does not ask"):
        further_units(sample, coded(sample), "frame:other")
    with pytest.raises(ParameterError, match="does not ask"):
        further_units(replace(sample, predictions=None), coded(sample), "frame:protest")


def test_a_drawn_post_without_an_answer_is_refused(posts, said):
    with pytest.raises(ParameterError, match="no answer"):
        with_predictions(draw_sample(posts, 40), said.iloc[:5], ASKED)
