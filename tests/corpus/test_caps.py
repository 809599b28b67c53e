"""What is too large is refused in words, and what stands beside it is kept."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from discourse.corpus import archives, jsonlines, workbooks
from discourse.corpus.read import read_posts
from discourse.corpus.records import MAX_CELL
from discourse.errors import ImportFailed


def test_a_cell_beyond_the_cap_is_a_reject(tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f'id,text\n1,"{"x" * (MAX_CELL + 1)}"\n2,kept\n', encoding="utf-8")
    corpus = read_posts(file, key=key)
    assert corpus.to_pandas()["text"].tolist() == ["kept"]
    assert "a cell of more than 2,000,000 characters" in corpus.rejects["reason"][0]


def test_a_line_beyond_the_cap_is_a_reject(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonlines, "MAX_LINE", 1_000)
    lines = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate(["a", "x" * 1_500, "b"])]
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    corpus = read_posts(tmp_path / "a.jsonl", key=key)
    assert corpus.to_pandas()["text"].tolist() == ["a", "b"]
    assert corpus.rejects["reason"].tolist() == ["a line of more than 1,000 characters"]
    assert corpus.rejects["line"].tolist() == [2]


@pytest.mark.parametrize("opening", ['{"a":', "["])
def test_nesting_without_end_is_a_reject(tmp_path: Path, key: bytes, opening: str) -> None:
    deep = '{"id": "2", "text": "deep", "x": ' + opening * 100_000
    lines = ['{"id": "1", "text": "before"}', deep, '{"id": "3", "text": "after"}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    corpus = read_posts(tmp_path / "a.jsonl", key=key)
    assert corpus.to_pandas()["text"].tolist() == ["before", "after"]
    assert corpus.rejects["line"].tolist() == [2]
    assert corpus.rejects["reason"][0]


def test_a_zip_that_swells_is_refused(tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_RATIO", 2)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "id,text\n" + "1,x\n" * 800_000)
    with pytest.raises(ImportFailed, match="unpacks to more than 2 times its size"):
        read_posts(tmp_path / "a.zip", key=key)


def test_a_zip_of_too_many_files_is_refused(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}.csv", "id,text\n1,x\n")
    with pytest.raises(ImportFailed, match="or 3 files"):
        read_posts(tmp_path / "a.zip", key=key)


def test_a_workbook_that_swells_is_refused(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MAX_RATIO", 1)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("a")
    for number in range(400):
        sheet.append([str(number), "x" * 5_000])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(ImportFailed, match="unpacks to more than 1 times its size"):
        read_posts(tmp_path / "a.xlsx", key=key)


def test_a_gzip_that_swells_is_refused(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"id,text\n" + b"1,xxxxxxxx\n" * 7_000_000))
    with pytest.raises(ImportFailed, match="more than 200 times its size"):
        read_posts(tmp_path / "a.csv.gz", key=key)
