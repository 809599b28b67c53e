"""What is promised of each made-up export: who knows it by content alone, what comes in, and who does not."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from discourse.corpus.read import import_exports, read_posts

DATA = Path(__file__).resolve().parents[2] / "data"
with (DATA / "promises.tsv").open(encoding="utf-8", newline="") as handle:
    PROMISES = list(csv.DictReader(handle, delimiter="\t"))
FILES = [promise["file"] for promise in PROMISES]
CANARY = "zqcanary"
_NAMES = """
    nickname nick_name nickName avatar user_id userId uid user_id_str user_name username unique_id uniqueId
    full_name screen_name author author_id author_name author_url author_avatar_url profile_url
    profile_pic_url sec_uid secUid user_unique_id user_signature signature gender xsec_token note_url
    aweme_url url post_url comment_url video_url address user_agent source_url source_platform_url
    user_screen_name 昵称 用户昵称 用户id 用户主页url 头像url 作者昵称 作者ID 作者链接 作品链接 笔记url
    艾特用户 @用户
"""
IDENTITY = frozenset(_NAMES.split()) | {"评论用户", "ユーザー名", "작성자", "user_link", "user_nickname"}

NAMELESS = ("generic/below_a_title.csv", "generic/english_dates.csv")


@pytest.mark.parametrize("promise", PROMISES, ids=FILES)
def test_every_format_is_known_by_its_content(promise: dict[str, str], tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "renamed by hand"  # no name and no ending helps
    shutil.copyfile(DATA / promise["file"], file)
    corpus = read_posts(file, key=key)
    frame, counts = corpus.to_pandas(), corpus.counts
    assert {entry["importer"] for entry in counts["files"]} == {promise["importer"]}
    assert [str(counts[n]) for n in ("read", "kept", "rejected")] == [
        promise[n] for n in ("read", "kept", "rejected")
    ]
    assert "".join(kind[0] for kind in frame["kind"]) == promise["kinds"]
    assert set(frame["platform"].dropna()) == ({promise["platform"]} - {""})


def test_every_export_of_ours_has_a_promise() -> None:
    known = {".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".xlsx", ".db"}
    found = {f.relative_to(DATA).as_posix() for f in DATA.rglob("*") if f.suffix in known}
    exempt = {"promises.tsv", "mediacrawler/creators.csv", "fuzz_seeds/seeds.json"}
    assert found - exempt == set(FILES)


def planted(value: Any, name: str = "") -> Any:
    """The same record with a canary where a person stands."""
    if isinstance(value, dict):
        own = ("id", "name") if name in ("user", "owner", "author") else ()
        return {k: f"{CANARY}-{k}" if k in own else planted(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [planted(item, name) for item in value]
    return f"{CANARY}-{name}" if name in IDENTITY else value


def plant(source: Path, target: Path) -> bool:
    """Copy an export with canaries; say whether there was a place for one."""
    if source.suffix == ".xlsx":
        return _plant_workbook(source, target)
    if source.suffix == ".db":
        return _plant_database(source, target)
    data, text = source.read_bytes(), ""
    for encoding in ("utf-16",) if data[:2] == b"\xff\xfe" else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if source.suffix in (".csv", ".tsv"):
        mark = max(",;\t", key=text.split("\n", 1)[0].count)
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=mark))
        for row in rows[1:]:
            if row != rows[0]:
                row[:] = [planted(c, n) for n, c in zip(rows[0], row, strict=False)]
        with target.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=mark).writerows(rows)
    elif source.suffix == ".json":
        target.write_text(json.dumps(planted(json.loads(text))), encoding="utf-8")
    else:
        lines = [line for line in text.splitlines() if not line.startswith(("{broken", "{cut"))]
        target.write_text("\n".join(json.dumps(planted(json.loads(n))) for n in lines), encoding="utf-8")
    return CANARY in target.read_text(encoding="utf-8")


def _plant_workbook(source: Path, target: Path) -> bool:
    book, found = openpyxl.load_workbook(source), False
    for sheet in book.worksheets:
        for column in sheet.iter_cols():
            if column[0].value in IDENTITY:
                found = True
                for place in column[1:]:
                    place.value = f"{CANARY}-{column[0].value}"
    book.save(target)
    return found


def _plant_database(source: Path, target: Path) -> bool:
    shutil.copyfile(source, target)
    base, found = sqlite3.connect(target), False
    for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for column in [row[1] for row in base.execute(f"PRAGMA table_info({table})")]:
            if column in IDENTITY:
                found = True
                base.execute(f'UPDATE {table} SET "{column}" = ?', (f"{CANARY}-{column}",))
    base.commit()
    base.close()
    return found


@pytest.mark.parametrize("name", FILES)
def test_nothing_that_names_a_person_enters_a_corpus(name: str, tmp_path: Path, key: bytes) -> None:
    file = tmp_path / f"export{Path(name).suffix}"
    there = plant(DATA / name, file)
    assert there or name in ("generic/comments_utf16.tsv", "generic/reddit_like.csv", *NAMELESS)
    out = tmp_path / "out"
    import_exports(file, out, key=key)
    told = read_posts(out).to_pandas().to_csv()
    told += "".join((out / n).read_text(encoding="utf-8") for n in ("corpus.json", "rejects.csv"))
    assert CANARY not in told
