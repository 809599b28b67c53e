"""An export of ours comes back unchanged, whatever the texts hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discourse.corpus.corpus import Corpus
from discourse.corpus.export import export_posts
from discourse.corpus.places import codes
from discourse.corpus.read import import_exports, read_posts
from discourse.errors import InputError, ParameterError

FORMATS = ("csv", "xlsx", "jsonl")
HARD = [
    "=1+1",
    "'=1+1",
    "''",
    "@SUM(A1)",
    "-3",
    "\tx",
    "#N/A",
    "TRUE",
    "00123",
    "1.5E+300",
    "_x000D_",
    "_x005F_x000D_",
    "a\r\nb\rc\nd",
    "  edges \n",
    "\x01\x1f bell \x7f\x85",
    "👩‍👩‍👧🏽 ‍\ufeff",
    'a,"b";c\td',
    "text",
    "\ufffe\uffff",
    "字" * 40_000,
    "😀" * 20_000 + "\r" * 20_000,
]
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.text(alphabet="=+-@'\t\r\n_x00DF5A😀猫,\";", max_size=30),
    st.sampled_from(HARD),
)


def same(one: Corpus, two: Corpus) -> None:
    """Ids, texts, people and figures are the same; what an import finds anew is left out."""
    anew = ["flags", "lang", "source_file", "source_line", "near_duplicate_of", "twin_of"]
    pd.testing.assert_frame_equal(
        one.to_pandas().drop(columns=anew), two.to_pandas().drop(columns=anew), check_dtype=False
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.lists(texts, min_size=1, max_size=5))
def test_import_to_parquet_to_csv_to_xlsx_to_import_is_the_identity(
    tmp_path: Path, key: bytes, written: list[str]
) -> None:
    first = Corpus.from_pandas(pd.DataFrame({"post_id": [f"{n}e{n}" for n in range(10, 10 + len(written))],
                                             "text": written, "author": "ann"}), key=key)  # fmt: skip
    first.save(tmp_path / "corpus")
    corpus = Corpus.load(tmp_path / "corpus")
    for kind in FORMATS:
        corpus = read_posts(export_posts(corpus, tmp_path / f"out.{kind}"), key=key)
        assert corpus.counts["files"][0]["importer"] == "discourse"
    same(first, corpus)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_hard_text_comes_back(tmp_path: Path, key: bytes, kind: str) -> None:
    corpus = Corpus.from_pandas(pd.DataFrame({"text": HARD}), key=key)
    back = read_posts(export_posts(corpus, tmp_path / f"out.{kind}"), key=key)
    same(corpus, back)


@pytest.mark.parametrize("kind", FORMATS)
def test_whole_imports_come_back(data: Path, tmp_path: Path, key: bytes, kind: str) -> None:
    corpus = read_posts(
        [data / "mediacrawler" / "damaged.csv", data / "zeeschuimer", data / "weibo"], key=key
    )
    file = export_posts(corpus, tmp_path / f"out.{kind}")
    back = read_posts(file, key=key).to_pandas()
    columns = ["post_id", "thread_id", "parent_id", "kind", "author", "text", "title", "created_at",
               "created_at_doubt", "ip_location", "likes", "likes_at_least", "docvars"]  # fmt: skip
    pd.testing.assert_frame_equal(back[columns], corpus.to_pandas(columns), check_dtype=False)
    before = corpus.to_pandas(["flags"])["flags"]
    assert all(set(old) <= set(new) for old, new in zip(before, back["flags"], strict=True))


def test_a_lone_surrogate_is_replaced_with_a_flag_before_it_is_written(tmp_path: Path, key: bytes) -> None:
    corpus = Corpus.from_pandas(pd.DataFrame({"text": ["half \ud83d"]}, dtype=object), key=key)
    back = read_posts(export_posts(corpus, tmp_path / "out.csv"), key=key).to_pandas()
    assert back["text"].tolist() == ["half \ufffd"]
    assert "text-replaced" in back["flags"][0]


def test_a_table_is_no_formula_and_says_what_was_done(tmp_path: Path, key: bytes) -> None:
    corpus = Corpus.from_pandas(pd.DataFrame({"text": ["=1+1", "a\rb", "x" * 40_000, "plain"]}), key=key)
    export_posts(corpus, tmp_path / "out.csv")
    table = pd.read_csv(tmp_path / "out.csv", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert table["text"][0] == "'=1+1"
    assert table["cells"].tolist() == ["quoted", "", "", ""]
    export_posts(corpus, tmp_path / "out.xlsx")
    sheet: Any = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    header, *rows = sheet.iter_rows()
    at = {cell.value: n for n, cell in enumerate(header)}
    assert {"text_2", "text_3"} <= set(at)
    assert all(cell.data_type in ("s", "n", "inlineStr") for row in rows for cell in row)
    assert [row[at["cells"]].value for row in rows] == [None, "escaped", "split", None]


def test_nobody_passes_for_a_pseudonym(tmp_path: Path, key: bytes) -> None:
    frame = pd.DataFrame({"text": ["hello"], "author": ["ann"]})
    corpus = Corpus.from_pandas(frame, pseudonymous=True)
    back = read_posts(export_posts(corpus, tmp_path / "out.csv"), key=key).to_pandas()
    assert back["author"][0].startswith("a-")


@pytest.mark.parametrize("kind", FORMATS)
def test_every_place_comes_back(tmp_path: Path, key: bytes, kind: str) -> None:
    places = sorted(codes())
    corpus = Corpus.from_pandas(pd.DataFrame({"text": "hello", "ip_location": places}), key=key)
    back = read_posts(export_posts(corpus, tmp_path / f"out.{kind}"), key=key).to_pandas()
    assert back["ip_location"].tolist() == places


def test_an_unknown_format_and_a_folder_that_is_not_there_are_refused(tmp_path: Path) -> None:
    corpus = Corpus.from_pandas(pd.DataFrame({"text": ["hello"]}))
    with pytest.raises(ParameterError, match=r"\.ods"):
        export_posts(corpus, tmp_path / "a.ods")
    with pytest.raises(InputError, match="cannot be written"):
        export_posts(corpus, tmp_path / "none" / "a.csv")
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_corpus_is_a_header(tmp_path: Path, key: bytes, kind: str) -> None:
    corpus = Corpus.from_pandas(pd.DataFrame({"text": pd.Series([], dtype=str)}))
    assert export_posts(corpus, tmp_path / f"a.{kind}").exists()


def test_rejects_of_a_file_with_a_formulas_name_stay_its_own(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "=cmd.csv").write_text("id,text\nid,text\n1,hello\n", encoding="utf-8")
    (tmp_path / "next.csv").write_text("id,text\n2222222222,more\n", encoding="utf-8")
    one = import_exports(tmp_path / "=cmd.csv", tmp_path / "out", key=key)
    two = import_exports(tmp_path / "next.csv", tmp_path / "out", key=key)
    assert (one["rejected"], two["rejected"], two["duplicates"], two["kept"]) == (1, 1, 0, 2)
