"""Codes on disk: nothing is lost, nothing is counted twice."""

from __future__ import annotations

import datetime as dt

import pytest

from discourse.coding.codebook import stance_codebook
from discourse.coding.codes import append_codes, check_coder, codes_path, pack_codes, read_codes
from discourse.coding.sample import Sample
from discourse.errors import InputError, ParameterError
from discourse.tables import SAMPLE, SAMPLE_TEXTS

NOON = dt.datetime(2025, 2, 1, 12, tzinfo=dt.UTC)


def row(post_id: str = "007", value: str = "positive", coder: str = "anna", **other):
    return {
        "post_id": post_id,
        "target": "refugees",
        "coder": coder,
        "variable": "label",
        "value": value,
        "codebook_version": "1-abc",
        "coded_at": NOON,
        **other,
    }


def test_what_is_appended_is_read(tmp_path):
    append_codes(tmp_path, [row(note='"quoted", 逗号，\nline'), row("008", "absent", "小李")])
    codes = read_codes(tmp_path)
    assert codes["post_id"].tolist() == ["007", "008"]
    assert codes["coder"].tolist() == ["anna", "小李"]
    assert codes["note"].tolist()[0] == '"quoted", 逗号， line'
    assert codes["coded_at"].tolist() == [NOON, NOON]


def test_the_last_code_counts_and_an_empty_one_takes_it_back(tmp_path):
    append_codes(tmp_path, [row(value="positive"), row("008")])
    append_codes(tmp_path, [row(value="negative"), row("008", "")])
    assert read_codes(tmp_path)[["post_id", "value"]].to_numpy().tolist() == [["007", "negative"]]


def test_packed_codes_are_read_as_before_and_later_ones_replace_them(tmp_path):
    append_codes(tmp_path, [row(note='逗号, "quoted"'), row("008", ""), row("009", "absent", "小李")])
    before = read_codes(tmp_path)
    pack_codes(tmp_path)
    assert not list(tmp_path.rglob("*.csv"))
    assert read_codes(tmp_path).equals(before)
    append_codes(tmp_path, [row(value="negative")])
    assert read_codes(tmp_path).set_index("post_id")["value"].to_dict() == {
        "007": "negative",
        "009": "absent",
    }


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_line_cut_off_by_a_kill_is_dropped_and_no_other(tmp_path, cut):
    append_codes(tmp_path, [row(str(i)) for i in range(3)])
    path = codes_path(tmp_path, "anna")
    path.write_bytes(path.read_bytes()[:-cut])
    assert read_codes(tmp_path)["post_id"].tolist() == ["0", "1"]
    append_codes(tmp_path, [row("9")])
    assert read_codes(tmp_path)["post_id"].tolist() == ["0", "1", "9"]


def test_a_file_cut_off_in_its_header_starts_anew(tmp_path):
    append_codes(tmp_path, [row()])
    path = codes_path(tmp_path, "anna")
    path.write_bytes(path.read_bytes()[:10])
    assert read_codes(tmp_path).empty
    append_codes(tmp_path, [row("9")])
    assert read_codes(tmp_path)["post_id"].tolist() == ["9"]


def test_a_folder_without_codes_has_none(tmp_path):
    assert read_codes(tmp_path).empty


@pytest.mark.parametrize("name", ["", "../anna", "a/b", "a b", "x" * 41, "CON", "a.csv", "-a"])
def test_a_coder_cannot_name_another_file(tmp_path, name):
    with pytest.raises(ParameterError):
        check_coder(name)


def test_a_code_without_an_id_is_refused(tmp_path):
    with pytest.raises(ParameterError, match="post_id"):
        append_codes(tmp_path, [row("")])


def sample_of(ids):
    import pandas as pd

    from discourse.coding.sample import Design

    units = pd.DataFrame(
        {"post_id": ids, "unit": "post", "target": "refugees", "label": "absent", "stratum": "a"}
    ).assign(inclusion=1.0, stratum_size=len(ids), stratum_drawn=len(ids), overlap=True)
    texts = pd.DataFrame({"post_id": ids, "target": "refugees", "text": "x"})
    book = stance_codebook({"en": "refugees"})
    design = Design(
        "validation", "post", "refugees", 0, ("label",), "power", len(ids), len(ids), "lexicon", "", None,
        book.stamp, ("anna",), len(ids),
    )  # fmt: skip
    return Sample(SAMPLE.conform(units), SAMPLE_TEXTS.conform(texts), design, book)


def test_codes_of_units_that_were_not_drawn_are_refused_with_their_line(tmp_path):
    append_codes(tmp_path, [row("1"), row("6.7E+17")])
    with pytest.raises(InputError, match="not drawn") as caught:
        read_codes(tmp_path, sample_of(["1"]))
    assert str(caught.value.where).endswith("anna.csv, line 3")


def test_values_that_the_codebook_does_not_know_are_refused(tmp_path):
    append_codes(tmp_path, [row("1", "postive")])
    with pytest.raises(InputError, match="'postive' is no category"):
        read_codes(tmp_path, sample_of(["1"]))


def test_a_file_in_another_encoding_says_so(tmp_path):
    append_codes(tmp_path, [row(note="备注")])
    path = codes_path(tmp_path, "anna")
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_codes(tmp_path)


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
        lambda text: text.replace('"', "").encode(),
        lambda text: (text + "\n\n").encode(),
    ],
    ids=["BOM", "BOM and CRLF", "without quotes", "blank lines"],
)
def test_a_file_that_a_spreadsheet_or_an_editor_has_saved_is_read_and_goes_on(tmp_path, saved):
    append_codes(tmp_path, [row("007"), row("12345678901234567890", "absent")])
    path = codes_path(tmp_path, "anna")
    path.write_bytes(saved(path.read_text(encoding="utf-8")))
    append_codes(tmp_path, [row("008", "negative")])
    codes = read_codes(tmp_path).set_index("post_id")["value"].to_dict()
    assert codes == {"007": "positive", "008": "negative", "12345678901234567890": "absent"}


@pytest.mark.parametrize("mark", [";", "\t"])
def test_cells_parted_by_something_else_are_said_to_be(tmp_path, mark):
    append_codes(tmp_path, [row()])
    path = codes_path(tmp_path, "anna")
    path.write_text(
        path.read_text(encoding="utf-8").replace(",", mark).replace('"', ""), encoding="utf-8-sig"
    )
    with pytest.raises(InputError, match="no column 'post_id'") as caught:
        read_codes(tmp_path)
    assert "save the file with commas" in caught.value.hint


def test_a_line_with_too_many_or_too_few_cells_is_named_and_not_passed_over(tmp_path):
    append_codes(tmp_path, [row("007"), row("008")])
    path = codes_path(tmp_path, "anna")
    path.write_text(path.read_text(encoding="utf-8") + "009,refugees\n", encoding="utf-8")
    with pytest.raises(InputError, match="this line has 2 cells") as caught:
        read_codes(tmp_path)
    assert caught.value.where == f"{path}, line 4"
