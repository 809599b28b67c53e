"""A coder's deck: what is shown, what is kept, and what is never shown."""

from __future__ import annotations

import json

import pytest

from discourse.coding.codebook import write_codebook
from discourse.coding.codes import codes_path, read_codes
from discourse.coding.page.deck import CoderDeck
from discourse.coding.sample import Sample
from discourse.errors import DiscourseError
from tests.coding.page.conftest import make_sample


def test_neither_prediction_nor_group_nor_stratum_is_shown(folder):
    shown = CoderDeck(folder, "anna").shown()
    text = json.dumps(shown, ensure_ascii=False)
    assert {key for item in shown["items"] for key in item} == {"id", "variable", "text", "parent"}
    for hidden in ("hosts", "newcomers", "stratum", "inclusion", "score", "confidence"):
        assert hidden not in text


def test_the_units_come_in_the_order_of_the_coder(folder):
    sample = Sample.load(folder)
    for coder in ("anna", "小李"):
        ids = [item["id"] for item in CoderDeck(folder, coder).shown()["items"]]
        assert ids == sample.assigned(coder)["post_id"].tolist()


def test_a_code_is_in_the_file_when_put_returns(folder):
    deck = CoderDeck(folder, "anna")
    unit = deck.shown()["items"][0]["id"]
    deck.put(unit, "label", "negative", "讽刺？")
    row = read_codes(codes_path(folder, "anna"), Sample.load(folder)).iloc[0]
    assert (row["post_id"], row["value"], row["note"]) == (unit, "negative", "讽刺？")
    assert row["codebook_version"] == Sample.load(folder).codebook.stamp
    assert row["coded_at"].tzinfo is not None


def test_opening_again_finds_what_was_coded(folder):
    deck = CoderDeck(folder, "anna")
    first, second, third = (item["id"] for item in deck.shown()["items"][:3])
    deck.put(first, "label", "positive", "")
    deck.put(first, "label", "neutral", "after a second look")
    deck.put(second, "label", "absent", "")
    deck.put(second, "label", "", "")
    deck.put(third, "label", "", "ask Li")
    again = {code["id"]: code for code in CoderDeck(folder, "anna").shown()["codes"]}
    assert again[first]["value"] == "neutral"
    assert again[first]["note"] == "after a second look"
    assert again.get(second, {"value": ""})["value"] == ""
    assert (again[third]["value"], again[third]["note"]) == ("", "ask Li")
    assert CoderDeck(folder, "anna").counts == (1, 12)


def test_a_line_that_was_never_finished_is_not_read_and_costs_no_other(folder):
    deck = CoderDeck(folder, "anna")
    ids = [item["id"] for item in deck.shown()["items"]]
    for unit in ids[:5]:
        deck.put(unit, "label", "positive", "")
    path = codes_path(folder, "anna")
    path.write_bytes(path.read_bytes()[:-9])
    again = CoderDeck(folder, "anna")
    assert again.counts == (4, 12)
    again.put(ids[4], "label", "positive", "")
    assert CoderDeck(folder, "anna").counts == (5, 12)


def test_coders_have_files_of_their_own(folder):
    anna, li = CoderDeck(folder, "anna"), CoderDeck(folder, "小李")
    unit = anna.shown()["items"][0]["id"]
    anna.put(unit, "label", "positive", "")
    li.put(unit, "label", "negative", "")
    assert CoderDeck(folder, "anna").shown()["codes"][0]["value"] == "positive"
    assert CoderDeck(folder, "小李").shown()["codes"][0]["value"] == "negative"


@pytest.mark.parametrize(
    ("unit", "variable", "value"),
    [
        ("no such unit", "label", "positive"),
        (None, "label", "purple"),
        (None, "colour", "positive"),
        (None, "colour", ""),
    ],
)
def test_what_the_sample_or_the_codebook_does_not_know_is_refused(folder, unit, variable, value):
    deck = CoderDeck(folder, "anna")
    unit = unit or deck.shown()["items"][0]["id"]
    with pytest.raises(DiscourseError):
        deck.put(unit, variable, value, "")
    assert not codes_path(folder, "anna").exists()


def test_another_coders_units_are_refused(tmp_path):
    folder = make_sample(n=12, overlap=4).save(tmp_path / "split")
    mine = {item["id"] for item in CoderDeck(folder, "anna").shown()["items"]}
    theirs = {item["id"] for item in CoderDeck(folder, "小李").shown()["items"]}
    assert len(mine & theirs) == 4
    with pytest.raises(DiscourseError):
        CoderDeck(folder, "anna").put(sorted(theirs - mine)[0], "label", "positive", "")


def test_an_unknown_coder_is_refused(folder):
    with pytest.raises(DiscourseError):
        CoderDeck(folder, "nobody")


def test_codes_of_an_earlier_codebook_are_counted(folder):
    import dataclasses

    deck = CoderDeck(folder, "anna")
    deck.put(deck.shown()["items"][0]["id"], "label", "positive", "")
    assert CoderDeck(folder, "anna").older == 0
    write_codebook(dataclasses.replace(deck.sample.codebook, version="2"), folder / "codebook.toml")
    assert CoderDeck(folder, "anna").older == 1
