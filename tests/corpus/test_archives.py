from __future__ import annotations

import contextlib
import random
import zipfile
from pathlib import Path

import pytest

from discourse.corpus.archives import is_archive
from discourse.corpus.read import read_posts
from discourse.errors import DiscourseError, ImportFailed


def test_a_zip_of_exports_is_one_import(data: Path, tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "exports.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted((data / "mediacrawler" / "thread").iterdir()):
            archive.write(path, f"search/{path.name}")
        archive.writestr("__MACOSX/x.csv", "junk")
        archive.writestr("readme.txt", "no export")
    packed = read_posts(file, key=key)
    plain = read_posts(data / "mediacrawler" / "thread", key=key)
    assert packed.fingerprint == plain.fingerprint
    assert [f["file"] for f in packed.counts["files"]] == [
        "exports.zip/search/1_search_comments_2025-01-20.csv",
        "exports.zip/search/1_search_contents_2025-01-20.csv",
    ]
    assert [s["file"] for s in packed.counts["skipped"]] == ["exports.zip/readme.txt"]


def test_no_member_leads_outside(tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "in" / "evil.zip"
    file.parent.mkdir()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a/../../../evil.csv", "id,text\n1,hello\n")
    assert len(read_posts(file, key=key)) == 1
    assert not list(tmp_path.rglob("evil.csv"))


def test_names_written_by_chinese_windows_are_read(tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("评论.csv", "id,text\n1,hello\n")
    raw = file.read_bytes().replace("评论".encode(), "评论".encode("gbk") + b"__")
    raw = raw.replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00")  # the flag of UTF-8 names off
    file.write_bytes(raw)
    assert [f["file"] for f in read_posts(file, key=key).counts["files"]] == ["a.zip/评论__.csv"]


def test_a_bomb_is_refused(tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.csv", b"0" * 100_000_000)
    with pytest.raises(ImportFailed, match="200 times"):
        read_posts(file, key=key)


def test_a_workbook_is_no_archive(data: Path, tmp_path: Path) -> None:
    assert not is_archive(data / "spider_xhs" / "notes.xlsx")
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 and no more")
    assert not is_archive(tmp_path / "cut.zip")


def test_a_member_without_a_name_is_passed_over(tmp_path: Path, data: Path, key: bytes) -> None:
    nameless = zipfile.ZipInfo("x")
    nameless.filename = ""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(data / "mediacrawler" / "comments.jsonl", "comments.jsonl")
        archive.writestr(nameless, b"words")
    alone = read_posts(data / "mediacrawler" / "comments.jsonl", key=key)
    assert read_posts(tmp_path / "a.zip", key=key).counts["kept"] == alone.counts["kept"]


@pytest.mark.parametrize("seed", range(40))
def test_a_mutilated_archive_is_read_or_refused(seed: int, tmp_path: Path, data: Path, key: bytes) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(data / "mediacrawler" / "comments.jsonl", "comments.jsonl")
        archive.write(data / "mediacrawler" / "creators.csv", "creators.csv")
    content = bytearray((tmp_path / "a.zip").read_bytes())
    for _ in range(chance.randint(1, 4)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    (tmp_path / "a.zip").write_bytes(content)
    with contextlib.suppress(DiscourseError):
        assert read_posts(tmp_path / "a.zip", key=key).counts["read"] > 0
