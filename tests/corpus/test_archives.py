from __future__ import annotations

import contextlib
import random
import tarfile
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


def zipped(file: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def test_an_archive_in_an_archive_is_read_and_no_deeper(tmp_path: Path, data: Path, key: bytes) -> None:
    export = (data / "xhs_scraper.csv").read_bytes()
    inner = zipped(tmp_path / "a.zip", {"one.csv": export}).read_bytes()
    middle = zipped(tmp_path / "b.zip", {"in.zip": inner, "two.csv": export[:-3]}).read_bytes()
    corpus = read_posts(zipped(tmp_path / "c.zip", {"b.zip": middle, "in.zip": inner}), key=key)
    assert [entry["file"] for entry in corpus.counts["files"]] == [
        "c.zip/b.zip/two.csv",
        "c.zip/in.zip/one.csv",
    ]
    assert [entry["file"] for entry in corpus.counts["skipped"]] == ["c.zip/b.zip/in.zip"]


def test_archives_of_one_name_do_not_mix(tmp_path: Path, key: bytes) -> None:
    for folder, text in (("a", "one"), ("b", "two")):
        (tmp_path / "in" / folder).mkdir(parents=True)
        zipped(
            tmp_path / "in" / folder / "x.zip", {"c.csv": f"id,评论内容,评论时间\n{text},{text},\n".encode()}
        )
    assert read_posts(tmp_path / "in", key=key).to_pandas()["text"].tolist() == ["one", "two"]


def test_a_bomb_within_an_archive_is_refused(tmp_path: Path, key: bytes) -> None:
    inner = zipped(tmp_path / "a.zip", {f"{n}.csv": bytes(30 << 20) for n in range(8)}).read_bytes()
    with pytest.raises(ImportFailed, match="unpacks to more than"):
        read_posts(zipped(tmp_path / "b.zip", {"a.zip": inner}), key=key)


def test_a_tar_archive_is_named_as_one(tmp_path: Path, key: bytes, data: Path) -> None:
    with tarfile.open(tmp_path / "x.tar.gz", "w:gz") as archive:
        archive.add(data / "xhs_scraper.csv", "x.csv")
    with pytest.raises(ImportFailed, match="tar archive"):
        read_posts(tmp_path / "x.tar.gz", key=key)
