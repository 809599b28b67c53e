"""Label Studio: tasks out, codes back."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET

import pytest

from discourse.coding.codebook import Category, Codebook, Variable
from discourse.coding.codes import read_codes
from discourse.coding.draw import draw_sample
from discourse.coding.further import Question, with_predictions
from discourse.coding.label_studio import CONFIG, labelling_config
from discourse.coding.read_sheets import import_codes
from discourse.coding.sheets import write_sheets
from discourse.errors import InputError
from tests.coding.conftest import HOSTILE, make_frame

FRAME = make_frame(len(HOSTILE)).assign(text=HOSTILE, group="a", lang="en", label="absent")
SAMPLE = draw_sample(FRAME, len(HOSTILE), coders=("anna",))
AT = "2025-02-01T20:00:00.123456Z"


@pytest.fixture
def folder(tmp_path):
    return SAMPLE.save(tmp_path / "codes")


def tasks(folder):
    (file,) = write_sheets(SAMPLE, folder / "sheets", format="label-studio")
    return file, json.loads(file.read_text(encoding="utf-8"))


def annotated(task, value="positive", **other):
    result = [{"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": [value]}}]
    note = {"from_name": "note", "to_name": "text", "type": "textarea", "value": {"text": ["why?"]}}
    return task | {
        "id": 7,
        "annotations": [{"completed_by": 1, "updated_at": AT, "result": [*result, note]} | other],
    }


def export(file, content):
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def test_tasks_hold_the_texts_as_they_are_in_the_order_of_the_coder(folder):
    _, out = tasks(folder)
    deck = SAMPLE.assigned("anna")
    assert [t["data"]["text"] for t in out] == deck["text"].tolist()
    assert [t["data"]["post_id"] for t in out] == deck["post_id"].tolist()
    assert set(out[0]["data"]) == {"post_id", "text", "parent", "coder", "codebook"}


def test_an_export_becomes_codes(folder):
    file, out = tasks(folder)
    done = import_codes([export(file, [annotated(t) for t in out])], folder)
    codes = read_codes(folder, SAMPLE)
    assert done.codes == {"anna": len(HOSTILE)}
    assert set(codes["value"]) == {"positive"}
    assert codes["coded_at"].iloc[0] == dt.datetime(2025, 2, 1, 20, 0, 0, 123456, tzinfo=dt.UTC)
    assert set(codes["note"]) == {"why?"}


def test_the_short_form_too(folder):
    file, out = tasks(folder)
    short = [t["data"] | {"id": 1, "annotator": 1, "label": "absent", "updated_at": AT} for t in out]
    assert import_codes([export(file, short)], folder).codes == {"anna": len(HOSTILE)}


def test_tasks_without_an_annotation_are_not_coded(folder):
    file, out = tasks(folder)
    skipped = annotated(out[1], was_cancelled=True)
    done = import_codes([export(file, [annotated(out[0]), skipped, out[2] | {"annotations": []}])], folder)
    assert done.codes == {"anna": 1}


BAD = [
    (lambda t: annotated(t, "great"), "'great' is no answer"),
    (lambda t: t | {"annotations": annotated(t)["annotations"] * 2}, "2 annotations"),
    (lambda t: annotated(t | {"data": t["data"] | {"post_id": "x"}}), "was not drawn"),
    (lambda t: annotated(t | {"data": t["data"] | {"coder": "eve"}}), "no coder 'eve'"),
]


@pytest.mark.parametrize(("change", "says"), BAD)
def test_a_bad_task_says_which(folder, change, says):
    file, out = tasks(folder)
    with pytest.raises(InputError) as caught:
        import_codes([export(file, [annotated(out[0]), change(out[1])])], folder)
    assert says in caught.value.message
    assert "task 2" in str(caught.value.where)


def test_another_json_is_no_export(folder, tmp_path):
    with pytest.raises(InputError, match="no export"):
        import_codes([export(tmp_path / "a.json", {"a": 1})], folder)


def test_the_configuration_is_xml_that_offers_every_category(folder):
    tasks(folder)
    root = ET.fromstring((folder / "sheets" / CONFIG).read_text(encoding="utf-8"))
    choices = root.findall("./Choices[@name='label']/Choice")
    assert [c.get("alias") for c in choices] == ["positive", "neutral", "negative", "absent"]
    assert [c.get("hotkey") for c in choices] == ["1", "2", "3", "4"]


def test_hostile_words_of_a_codebook_stay_words():
    category = Category("a", {"en": "<b>\"&'\x07"}, {"en": "</View>"})
    root = ET.fromstring(labelling_config(Codebook("1", (Variable("v", (category,)),))))
    assert root.find("./Choices/Choice").get("value") == "<b>\"&'\ufffd"


QUESTIONS = [
    Question("frame:protest", {"en": "Protest <b>&", "zh": "抗议"}, "list"),
    Question("emotion:joy", {"en": "joy", "zh": "喜悦"}, "list"),
]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_frames_and_emotions_go_out_and_come_back(tmp_path, language):
    said = FRAME[["post_id"]].assign(**{"frame:protest": True, "emotion:joy": False})
    sample = with_predictions(SAMPLE, said, QUESTIONS)
    folder = sample.save(tmp_path / "codes")
    (file,) = write_sheets(sample, folder / "sheets", format="label-studio", language=language)
    asked = ET.parse(folder / "sheets" / CONFIG).getroot().findall("Choices")
    assert [choices.get("name") for choices in asked] == ["label", "frame:protest", "emotion:joy"]
    out = json.loads(file.read_text(encoding="utf-8"))
    assert not {"frame:protest", "emotion:joy", "group", "label"} & set(out[0]["data"])

    def chosen(n):  # as a person gives them: by name or, after a change of the configuration, by label
        yes = {"en": "yes", "zh": "是"}[language]
        return {"label": "negative", "frame:protest": yes if n % 2 else "no", "emotion:joy": "no"}

    done = [
        task
        | {
            "annotations": [
                {
                    "updated_at": AT,
                    "result": [
                        {
                            "from_name": name,
                            "to_name": "text",
                            "type": "choices",
                            "value": {"choices": [value]},
                        }
                        for name, value in chosen(n).items()
                    ],
                }
            ]
        }
        for n, task in enumerate(out)
    ]
    short = [task["data"] | chosen(n) | {"updated_at": AT} for n, task in enumerate(out)]
    assert import_codes([export(file, done)], folder).codes == {"anna": 3 * len(out)}
    again = import_codes([export(file, short)], folder)
    assert (again.codes, again.unchanged) == ({}, 3 * len(out))
    codes = read_codes(folder, sample).pivot(index="post_id", columns="variable", values="value")
    expected = ["yes" if n % 2 else "no" for n in range(len(out))]
    assert codes.loc[[task["data"]["post_id"] for task in out], "frame:protest"].tolist() == expected
    assert set(codes["label"]) == {"negative"}
    assert set(codes["emotion:joy"]) == {"no"}
