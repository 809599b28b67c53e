"""Coded sheets come back: all checked before any is kept."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from discourse.coding.codes import read_codes
from discourse.coding.draw import draw_sample
from discourse.coding.read_sheets import import_codes
from discourse.coding.sheets import write_disagreements, write_sheets
from discourse.errors import InputError
from tests.coding.conftest import make_frame

SAMPLE = draw_sample(make_frame(200).assign(text="欢迎"), 40, coders=("anna", "bo"), overlap=20)
ANSWERS = {
    "en": ["positive", "neutral", "negative", "not spoken of"],
    "zh": ["正面", "中性", "负面", "未提及"],
}
NAMES = ["positive", "neutral", "negative", "absent"]


@pytest.fixture
def folder(tmp_path):
    return SAMPLE.save(tmp_path / "codes")


def filled(folder, coder="anna", format="xlsx", language="en", change=None):
    """A sheet with answers 1, 2, 3, 4, 1, ...; `change` edits its rows, header included."""
    (file,) = write_sheets(SAMPLE, folder / "sheets", format=format, language=language, coders=[coder])
    rows = read_rows(file)
    column = rows[0].index("Attitude" if language == "en" else "态度")
    for n, row in enumerate(rows[1:]):
        row[column] = ANSWERS[language][n % 4]
    if change:
        change(rows)
    return write_rows(file, rows)


def read_rows(file):
    if file.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(file).worksheets[0]
        return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.reader(handle))


def write_rows(file, rows, encoding="utf-8-sig", delimiter=","):
    if file.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(file)
    else:
        with file.open("w", encoding=encoding, newline="") as handle:
            csv.writer(handle, delimiter=delimiter).writerows(rows)
    return file


@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_answers_become_codes(folder, format, language):
    done = import_codes([filled(folder, format=format, language=language)], folder)
    codes = read_codes(folder, SAMPLE).set_index("post_id")["value"]
    deck = SAMPLE.assigned("anna")["post_id"]
    assert codes.loc[deck].tolist() == [NAMES[n % 4] for n in range(len(deck))]
    assert done.summary() == {"codes": {"anna": 30}, "unchanged": 0, "blank": 0, "lacking": 0}


@pytest.mark.parametrize(("encoding", "delimiter"), [("gb18030", ","), ("utf-16", "\t"), ("utf-8", ";")])
def test_a_csv_may_come_back_as_spreadsheets_save_it(folder, encoding, delimiter):
    file = filled(folder, format="csv")
    write_rows(file, read_rows(file), encoding, delimiter)
    assert import_codes([file], folder).codes == {"anna": 30}


def test_several_files_at_once_and_the_same_file_again(folder):
    files = [filled(folder, coder) for coder in ("anna", "bo")]
    assert import_codes(files, folder).codes == {"anna": 30, "bo": 30}
    again = import_codes(files, folder)
    assert again.codes == {}
    assert again.unchanged == 60


def test_a_corrected_sheet_replaces_the_earlier_codes(folder):
    import_codes([filled(folder)], folder)
    corrected = filled(folder, change=lambda rows: rows[1].__setitem__(rows[0].index("Attitude"), "negative"))
    assert import_codes([corrected], folder).codes == {"anna": 1}
    first = SAMPLE.assigned("anna")["post_id"].iloc[0]
    assert read_codes(folder).set_index("post_id").loc[first, "value"] == "negative"


def test_rows_left_blank_or_deleted_are_counted_and_no_error(folder):
    def change(rows):
        rows[1][rows[0].index("Attitude")] = ""
        del rows[5:]

    done = import_codes([filled(folder, change=change)], folder)
    assert done.summary() == {"codes": {"anna": 3}, "unchanged": 0, "blank": 1, "lacking": 26}


def test_the_codebook_and_a_note_travel_with_the_code(folder):
    file = filled(folder, change=lambda rows: rows[1].__setitem__(rows[0].index("note"), "ironic?"))
    import_codes([file], folder)
    codes = read_codes(folder)
    assert set(codes["codebook_version"]) == {SAMPLE.codebook.stamp}
    assert codes["note"].dropna().tolist() == ["ironic?"]


def put(row, column, value):
    return lambda rows: rows[row].__setitem__(rows[0].index(column), value)


def twice(rows):
    rows.append(list(rows[1]))
    rows[-1][rows[0].index("Attitude")] = "negative"


BAD = [
    (put(2, "Attitude", "postive"), "'postive' is no answer to 'label'", "anna.xlsx, row 3", "'positive'"),
    (put(2, "id", ""), "this row has no id", "anna.xlsx, row 3", "take the id"),
    (put(2, "id", "999"), "'999' was not drawn", "anna.xlsx, row 3", "another sample"),
    (put(2, "id", "6.7E+17"), "'6.7E+17' was not drawn", "anna.xlsx, row 3", "took the id for a number"),
    (put(2, "id", 670000000000000000.0), "was not drawn", "anna.xlsx, row 3", "took the id for a number"),
    (put(2, "coder", "eve"), "no coder 'eve'", "anna.xlsx, row 3", "--coder"),
    (put(2, "coder", ""), "does not say who", "anna.xlsx, row 3", "--coder"),
    (twice, "two codes", "row 2", "delete one"),
    (put(0, "id", "identity"), "no sheet with a column of ids", "anna.xlsx", "send back"),
    (put(0, "Attitude", "Stance"), "no column of answers", "row 1", None),
]


@pytest.mark.parametrize(("change", "says", "where", "hint"), BAD)
def test_a_bad_row_says_what_and_where_and_nothing_is_kept(folder, change, says, where, hint):
    file = filled(folder, change=change)
    with pytest.raises(InputError) as caught:
        import_codes([filled(folder, "bo"), file], folder)
    assert says in caught.value.message
    assert where in str(caught.value.where)
    assert hint is None or hint in str(caught.value.hint)
    assert read_codes(folder).empty


def test_two_files_of_one_coder_must_agree(folder, tmp_path):
    first = filled(folder)
    other = tmp_path / "anna 2.xlsx"
    rows = read_rows(first)
    rows[1][rows[0].index("Attitude")] = "negative"
    with pytest.raises(InputError, match="two codes"):
        import_codes([first, write_rows(other, rows)], folder)


def test_the_same_row_twice_is_one_code(folder):
    file = filled(folder, change=lambda rows: rows.append(list(rows[1])))
    assert import_codes([file], folder).codes == {"anna": 30}


def test_codes_of_another_coder_can_be_named(folder):
    file = filled(folder, change=put(2, "coder", "eve"))
    assert import_codes([file], folder, coder="bo").codes == {"bo": 30}


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"no zip"), ("a.pdf", b"%PDF"), ("a.csv", b""), ("a.json", b"{")]
)
def test_what_is_no_sheet_is_refused(folder, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError):
        import_codes([tmp_path / name], folder)
    with pytest.raises(InputError):
        import_codes([tmp_path / "none.xlsx"], folder)


def test_settled_disagreements_come_back_as_final(folder):
    import_codes([filled(folder), filled(folder, "bo")], folder)
    codes = read_codes(folder, SAMPLE)
    file = write_disagreements(SAMPLE, codes, folder / "sheets")
    rows = read_rows(file)
    for row in rows[1:]:
        row[rows[0].index("Attitude")] = "neutral"
    done = import_codes([write_rows(file, rows)], folder)
    assert done.codes == {"adjudicated": len(rows) - 1}
    assert write_disagreements(SAMPLE, read_codes(folder, SAMPLE), folder / "sheets") is None
