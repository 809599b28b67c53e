"""Lines go out to a person and come back in other words."""

from __future__ import annotations

import pandas as pd
import pytest
from openpyxl import load_workbook

from discourse.errors import InputError, StudyError
from discourse.study.depend import dependence
from discourse.study.findings.nearby import stance_toward_first
from discourse.study.findings.quotes import quote_tables
from discourse.study.load import check_study
from discourse.study.quote_sheet import COLUMNS, read_paraphrases, write_quote_sheet
from discourse.study.run import prepare

TEXTS = [
    "欢迎难民来小红书",
    "the refugees are rude",
    "难民好可爱",
    "=so we say to you all: refugees, do go on as it is",
]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("posts")
    rows = [{"id": f"p{i}", "user": f"u{i}", "text": text} for i, text in enumerate(TEXTS)]
    pd.DataFrame(rows).to_csv(folder / "posts.csv", index=False)
    return check_study(
        {
            "version": 1,
            "study": {"title": "T", "question": "Q?", "min_cell": 2, "synthetic": True},
            "sources": [
                {
                    "path": str(folder / "posts.csv"),
                    "importer": "generic",
                    "key": "test",
                    "mapping": {"post_id": "id", "author": "user", "text": "text"},
                }
            ],
            "quotes": {"policy": "paraphrase"},
        }
    )


@pytest.fixture(scope="module", params=["quotes.xlsx", "quotes.csv"])
def sheet(request, study, tmp_path_factory):
    path = tmp_path_factory.mktemp("sheet") / request.param
    assert write_quote_sheet(study, path)["lines"] == len(TEXTS)
    return path


def read(path):
    return pd.read_excel(path, dtype="str") if path.suffix == ".xlsx" else pd.read_csv(path, dtype="str")


def fill(path, said):
    table = read(path)
    table["paraphrase"] = said
    table.to_excel(path, index=False) if path.suffix == ".xlsx" else table.to_csv(path, index=False)


def test_the_sheet_has_a_column_to_fill_in_and_text_stays_text(sheet):
    table = read(sheet)
    assert list(table.columns) == list(COLUMNS)
    assert table["paraphrase"].isna().all()
    assert table["a search would find"].notna().sum() == 1
    if sheet.suffix == ".xlsx":
        cells = [cell for row in load_workbook(sheet).active.iter_rows(min_row=2) for cell in row]
        assert all(cell.data_type in ("s", "inlineStr", "n") for cell in cells)
    else:
        assert not table["text"].str.startswith("=").any()


def test_a_sheet_that_is_there_is_never_overwritten(study, sheet):
    before = sheet.read_bytes()
    with pytest.raises(StudyError, match="is there already"):
        write_quote_sheet(study, sheet)
    assert sheet.read_bytes() == before


def test_what_a_person_filled_in_is_printed_and_the_rest_is_held_back(study, sheet, tmp_path):
    path = tmp_path / sheet.name
    path.write_bytes(sheet.read_bytes())
    fill(path, ["They are greeted.", None, None, "  "])
    found = read_paraphrases(path)
    assert list(found.values()) == ["They are greeted."]
    named = study.model_copy(update={"quotes": study.quotes.model_copy(update={"sheet": str(path)})})
    material = prepare(named, dependence(named))
    table = quote_tables(material, *stance_toward_first(material))["concordance"]
    assert table["paraphrase"].dropna().tolist() == ["They are greeted."]
    assert table["not_printed"].notna().sum() == 3
    assert table[["left", "node", "right"]].isna().all(axis=None)


def test_the_line_itself_is_no_paraphrase(sheet, tmp_path):
    path = tmp_path / sheet.name
    path.write_bytes(sheet.read_bytes())
    fill(path, read(path)["text"].str.upper())
    with pytest.raises(InputError, match="is the line itself"):
        read_paraphrases(path)


def test_a_sheet_without_its_columns_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text("quote,paraphrase\na,b\n", encoding="utf-8")
    with pytest.raises(InputError, match="lacks text"):
        read_paraphrases(tmp_path / "x.csv")


def test_only_sheets_are_written(study, tmp_path):
    with pytest.raises(InputError, match="is no sheet"):
        write_quote_sheet(study, tmp_path / "quotes.pdf")
