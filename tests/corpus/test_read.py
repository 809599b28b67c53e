"""Whole imports: counts that add up, order that does not matter, errors in words."""

from __future__ import annotations

import csv
import json
import os
import random
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discourse.corpus import store
from discourse.corpus.corpus import Corpus
from discourse.corpus.explain import explain_import
from discourse.corpus.read import import_exports, read_posts
from discourse.errors import ImportFailed, ParameterError

HEADER = "comment_id,create_time,ip_location,note_id,content,user_id,nickname,like_count,last_modify_ts"


def adds_up(counts: dict[str, Any]) -> bool:
    each = [counts, *counts["files"]]
    return all(c["read"] == c["kept"] + c["duplicates"] + c["rejected"] for c in each) and all(
        counts[name] == sum(f[name] for f in counts["files"])
        for name in ("read", "kept", "duplicates", "rejected")
    )


def test_a_folder_of_everything_is_one_import(data: Path, key: bytes) -> None:
    corpus = read_posts(data, key=key)
    assert adds_up(corpus.counts)
    assert len(corpus) == corpus.counts["kept"]
    assert {f["importer"] for f in corpus.counts["files"]} >= {"mediacrawler", "xhs-scraper", "generic"}
    assert "make_exports.py" in {s["file"] for s in corpus.counts["skipped"]}
    assert corpus.to_pandas()["post_id"].is_unique


def test_the_order_of_files_does_not_matter(data: Path, key: bytes) -> None:
    files = [f for f in sorted((data / "mediacrawler").rglob("*.csv")) if f.stem != "creators"]
    shuffled = random.Random(0).sample(files, len(files))
    assert read_posts(files, key=key).fingerprint == read_posts(shuffled, key=key).fingerprint
    assert read_posts(files, key=key).counts == read_posts(shuffled, key=key).counts


def test_an_import_on_disk_is_the_import_in_memory(data: Path, tmp_path: Path, key: bytes) -> None:
    seen: list[tuple[str, int]] = []
    summary = import_exports(data, tmp_path / "out", key=key, progress=lambda *now: seen.append(now))
    stored, held = read_posts(tmp_path / "out"), read_posts(data, key=key)
    pd.testing.assert_frame_equal(stored.to_pandas(), held.to_pandas())
    assert stored.fingerprint == held.fingerprint == summary["fingerprint"]
    assert stored.counts == held.counts
    assert adds_up(summary)
    assert dict(seen)["xhs_scraper.csv"] == 2
    json.dumps(summary)


def test_the_same_import_twice_gives_the_same_bytes(data: Path, tmp_path: Path, key: bytes) -> None:
    def files(out: Path) -> dict[str, bytes]:
        import_exports([data / "mediacrawler", data / "xhs_scraper.csv"], out, key=key)
        return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}

    first = files(tmp_path / "one")
    assert first == files(tmp_path / "two")
    assert first == files(tmp_path / "one")  # over what is there
    assert set(first) == {"corpus.json", "rejects.csv", "posts/part-0000.parquet"}


def test_nobodys_name_is_in_a_corpus(data: Path, tmp_path: Path, key: bytes) -> None:
    import_exports(data, tmp_path / "out", key=key)
    told = read_posts(tmp_path / "out").to_pandas().to_csv()
    told += (tmp_path / "out" / "corpus.json").read_text(encoding="utf-8")
    told += (tmp_path / "out" / "rejects.csv").read_text(encoding="utf-8")
    for secret in (
        "编造的名字",
        "SECRET",
        "5f0000000000000001",
        "made_up",
        "example.invalid",
        "catperson99",
        key.hex(),
    ):
        assert secret not in told


def test_rejects_are_listed_and_are_no_formulas(tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "=cmd.csv"
    file.write_text(f"{HEADER}\n{HEADER}\n", encoding="utf-8")
    import_exports(file, tmp_path / "out", key=key)
    with (tmp_path / "out" / "rejects.csv").open(encoding="utf-8", newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert (row["file"], row["line"], row["reason"]) == ("'=cmd.csv", "2", "repeated header")


def test_a_failed_import_leaves_nothing_behind(data: Path, tmp_path: Path, key: bytes) -> None:
    (tmp_path / "bad.csv").write_text("foo,bar\n1,2\n", encoding="utf-8")
    out = tmp_path / "out"
    import_exports(data / "xhs_scraper.csv", out, key=key)
    before = {p.name: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    with pytest.raises(ImportFailed):
        import_exports([data / "xhs_scraper.csv", tmp_path / "bad.csv"], out, key=key)
    assert {p.name: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    assert {p.name for p in tmp_path.iterdir()} <= {"bad.csv", "out", "key"}


def test_other_files_in_the_folder_stay(data: Path, tmp_path: Path, key: bytes) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    import_exports(data / "xhs_scraper.csv", tmp_path / "out", key=key)
    assert (tmp_path / "out" / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"foo,bar\n1,2\n", "no importer knows"),
        (b"PK\x03\x04x", "damaged"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_words(
    tmp_path: Path, key: bytes, content: bytes, says: str
) -> None:
    file = tmp_path / "名字 with space.csv"
    file.write_bytes(content)
    with pytest.raises(ImportFailed, match=says) as error:
        read_posts(file, key=key)
    assert "名字 with space.csv" in str(error.value)


def test_a_missing_file_is_refused_with_the_nearest(data: Path, key: bytes) -> None:
    with pytest.raises(ImportFailed, match=r"xhs_scraper\.csv"):
        read_posts(data / "xhs_scrape.csv", key=key)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"source": "mediacrawle"}, "did you mean 'mediacrawler'"),
        ({"timezone": "Mars/North"}, "no time zone"),
    ],
)
def test_an_unknown_option_is_refused(data: Path, key: bytes, options: dict[str, str], says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        read_posts(data / "xhs_scraper.csv", key=key, **options)  # type: ignore[arg-type]


def test_the_wrong_importer_is_refused(data: Path, key: bytes) -> None:
    with pytest.raises(ImportFailed, match="mediacrawler"):
        read_posts(data / "xhs_scraper.csv", source="mediacrawler", key=key)


def test_an_empty_export_is_an_empty_corpus(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "a.csv").write_text(HEADER + "\n", encoding="utf-8")
    corpus = read_posts(tmp_path / "a.csv", key=key)
    assert len(corpus) == 0
    assert corpus.counts["read"] == 0
    assert corpus.to_pandas().empty


def test_a_database_of_the_collector_is_read(tmp_path: Path, key: bytes) -> None:
    base = sqlite3.connect(tmp_path / "tables.db")
    base.execute(
        "CREATE TABLE xhs_note_comment (id INTEGER PRIMARY KEY, user_id TEXT, ip_location TEXT, last_modify_ts INT,"
        " comment_id TEXT, create_time INT, note_id TEXT, content TEXT, pictures TEXT, parent_comment_id TEXT)"
    )
    base.execute("CREATE TABLE other (x TEXT)")
    base.execute("INSERT INTO other VALUES ('1')")
    base.execute(
        "INSERT INTO xhs_note_comment VALUES (1,'u','日本',1,'c1',1736827728000,'n1','データベースから','\"\"','0')"
    )
    base.commit()
    base.close()
    corpus = read_posts(tmp_path / "tables.db", key=key)
    assert corpus.to_pandas()[["post_id", "ip_location", "kind"]].values.tolist() == [["c1", "JP", "comment"]]
    assert [s["file"] for s in corpus.counts["skipped"]] == ["tables.db#other"]


def test_a_gzip_is_opened(tmp_path: Path, key: bytes) -> None:
    import gzip

    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"id,text\n1,hello\n"))
    assert read_posts(tmp_path / "a.csv.gz", key=key).to_pandas()["text"].tolist() == ["hello"]


def test_copies_of_a_text_are_marked_and_kept(tmp_path: Path, key: bytes) -> None:
    rows = [
        "1,2025-01-15,buy our wonderful product",
        "2,2025-01-14,Buy our  wonderful product",
        "3,2025-01-13,ok",
    ]
    (tmp_path / "a.csv").write_text("\n".join(["id,date,text", *rows]) + "\n", encoding="utf-8")
    corpus = read_posts(tmp_path / "a.csv", key=key)
    frame = corpus.to_pandas()
    assert frame["duplicate_of"].tolist()[0] == "2"  # the earlier one is the first
    assert frame["duplicate_of"].isna().tolist() == [False, True, True]
    assert corpus.counts["text_duplicates"] == 1


def test_missing_parents_are_counted(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "a.csv").write_text("id,thread_id,text\n11,10,an answer\n", encoding="utf-8")
    assert read_posts(tmp_path / "a.csv", key=key).counts["parents_missing"] == 0
    (tmp_path / "b.csv").write_text("id,thread_id,parent_id,text\n11,10,10,an answer\n", encoding="utf-8")
    assert read_posts(tmp_path / "b.csv", key=key).counts["parents_missing"] == 1


def test_another_key_gives_other_pseudonyms_and_another_name(data: Path) -> None:
    one, two = (read_posts(data / "xhs_scraper.csv", key=k) for k in (b"one", b"two"))
    assert one.key_id != two.key_id
    assert not set(one.to_pandas()["author"]) & set(two.to_pandas()["author"])


texts = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(texts, min_size=1, max_size=6, unique=True))
def test_ids_and_texts_survive_import_save_and_load(tmp_path: Path, key: bytes, written: list[str]) -> None:
    file = tmp_path / "in.jsonl"
    lines = (json.dumps({"id": f"{n}e{n}", "text": t}) for n, t in enumerate(written, start=10))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    first = read_posts(file, key=key)
    first.save(tmp_path / "corpus")
    again = Corpus.load(tmp_path / "corpus")
    assert adds_up(first.counts)
    pd.testing.assert_frame_equal(again.to_pandas(), first.to_pandas())
    table = tmp_path / "out.csv"
    first.to_pandas(["post_id", "text"]).rename(columns={"post_id": "id"}).to_csv(
        table, index=False, quoting=1
    )
    back = read_posts(table, key=key).to_pandas()
    assert back[["post_id", "text"]].values.tolist() == first.to_pandas()[["post_id", "text"]].values.tolist()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_no_bytes_bring_down_an_import(tmp_path: Path, key: bytes, junk: bytes) -> None:
    file = tmp_path / "junk.csv"
    file.write_bytes(HEADER.encode() + b"\n" + junk)
    try:
        corpus = read_posts(file, key=key)
    except ImportFailed:
        return
    assert adds_up(corpus.counts)


def test_rejects_tell_no_names(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "cut.jsonl").write_text(
        '{"id": "1", "text": "ok"}\n{"nickname": "someone", "text": "cut', encoding="utf-8"
    )
    (tmp_path / "quote.csv").write_text('id,nickname,text\n1,someone,"open\n2,x,ok\n', encoding="utf-8")
    rejects = read_posts(tmp_path, key=key).rejects
    assert len(rejects) == 2
    assert not rejects["record"].str.contains("someone").any()
    assert rejects["reason"].notna().all()


def test_every_sheet_of_the_collectors_workbook_is_read(tmp_path: Path, key: bytes) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheets: dict[str, list[list[Any]]] = {
        "Contents": [["note_id", "title", "desc", "time", "liked_count", "user_id"],
                     ["n1n1n1n1n1", "t", "a note", 1736827728000, "1.2万", "u1"]],
        "Comments": [["comment_id", "note_id", "content", "create_time", "user_id", "parent_comment_id"],
                     ["c1c1c1c1c1", "n1n1n1n1n1", "first_x000D_\nsecond", 1736827728000, "u2", 0]],
        "Creators": [["user_id", "fans", "follows", "desc"], ["u1", 1, 2, "who I am"]],
    }  # fmt: skip
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "xhs.xlsx")
    corpus = read_posts(tmp_path / "xhs.xlsx", key=key)
    frame = corpus.to_pandas()
    assert frame["text"].tolist() == ["first\r\nsecond", "a note"]
    assert frame["thread_id"].tolist() == ["n1n1n1n1n1"] * 2
    assert [s["file"] for s in corpus.counts["skipped"]] == ["xhs.xlsx#Creators"]


def test_the_language_is_that_of_title_and_text(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "a.csv").write_text(
        "id,title,text\n1,我们的猫,#cats[话题]#\n2,,this is english\n", encoding="utf-8"
    )
    assert read_posts(tmp_path / "a.csv", key=key).to_pandas()["lang"].tolist() == ["zh-Hans", "en"]


def test_rejects_wait_on_disk_and_come_back_by_file_and_line(tmp_path: Path, key: bytes) -> None:
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).write_text("id,text\n" + "id,text\n1234567890,kept\n" * 7_000, encoding="utf-8")
    counts = import_exports(tmp_path, tmp_path / "out", key=key)
    rejects = read_posts(tmp_path / "out").rejects
    assert adds_up(counts)
    assert counts["rejected"] == len(rejects) == 14_000
    assert counts["reasons"] == {"repeated header": 14_000}
    places = list(zip(rejects["file"], rejects["line"], strict=True))
    assert places == sorted(places)


def test_a_file_of_a_folder_that_cannot_be_read_is_left_out_and_said(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"id,评论内容\n{name},欢迎\n", encoding="utf-8")
    hashed = store.sha256_of

    def closed(file: Path) -> str:
        if file.name == "b.csv":
            raise PermissionError(13, "Permission denied", str(file))
        return hashed(file)

    monkeypatch.setattr(store, "sha256_of", closed)  # who runs this as root may read everything
    corpus = read_posts(tmp_path, key=key)
    assert corpus.counts["skipped"] == [
        {"file": "b.csv", "reason": "the file cannot be read (Permission denied)"}
    ]
    with pytest.raises(ImportFailed, match="cannot be read"):
        read_posts(tmp_path / "b.csv", key=key)


def test_a_folder_of_a_folder_that_cannot_be_listed_is_said(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.csv").write_text("id,评论内容\n1,欢迎\n", encoding="utf-8")
    scan = os.scandir

    def closed(path: Any = ".") -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    skipped = read_posts(tmp_path, key=key).counts["skipped"]
    assert [entry["file"] for entry in skipped] == ["closed"]


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3000])
def test_a_path_that_no_disk_can_hold_is_refused_briefly(name: str, key: bytes) -> None:
    with pytest.raises(ImportFailed, match="no such file or folder") as caught:
        read_posts(name, key=key)
    assert len(str(caught.value)) < 400


def test_second_columns_of_authors_never_enter_a_corpus(tmp_path: Path, key: bytes) -> None:
    header = "comment_id,note_id,content,user_id,nickname,user_id,nickname,user_id_y,nickname.1,wave_2"
    (tmp_path / "a.csv").write_text(f"{header}\nc1,n1,你好,H1,H2,H3,H4,H5,H6,two\n", encoding="utf-8")
    posts = read_posts(tmp_path / "a.csv", key=key).to_pandas()
    assert json.loads(posts["docvars"][0]) == {"wave_2": "two"}


def test_a_link_that_leads_out_of_a_folder_is_not_followed_and_is_said(tmp_path: Path, key: bytes) -> None:
    folder, elsewhere = tmp_path / "exports", tmp_path / "private.csv"
    folder.mkdir()
    for place, text in ((folder / "a.csv", "公开"), (elsewhere, "私下")):
        place.write_text(f"id,评论内容\n{text},{text}\n", encoding="utf-8")
    try:
        (folder / "b.csv").symlink_to(elsewhere)
        (folder / "c.csv").symlink_to(folder / "a.csv")
    except OSError:
        pytest.skip("this system makes no links")
    corpus = read_posts(folder, key=key)
    assert corpus.to_pandas()["text"].tolist() == ["公开"]
    assert [entry["file"] for entry in corpus.counts["skipped"]] == ["b.csv"]
    assert [entry["file"] for entry in explain_import([folder]) if "leads out" in entry["note"]] == ["b.csv"]
    assert len(read_posts([folder, folder / "b.csv"], key=key)) == 2  # named itself, it is meant
