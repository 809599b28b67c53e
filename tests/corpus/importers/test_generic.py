"""Any table: by mapping, or by a guess that says what it guessed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from discourse.corpus.importers.aliases import FIELDS, guess_mapping
from discourse.corpus.read import read_posts
from discourse.errors import ImportFailed, ParameterError

MAPPING = {
    "text": "body",
    "post_id": "id",
    "kind": "kind",
    "author": "author_id",
    "likes": "score",
    "created_at": "created",
    "thread_id": "thread",
}


def test_a_mapping_names_the_columns(data: Path, key: bytes) -> None:
    frame = read_posts(
        data / "generic" / "reddit_like.csv", mapping=MAPPING, docvars={"platform": "reddit"}, key=key
    ).to_pandas()
    assert frame["text"].tolist() == ["First!", 'Second, with "quotes"']
    assert frame["kind"].tolist() == ["post", "comment"]
    assert frame["thread_id"].nunique() == 1
    assert frame["platform"].tolist() == ["reddit", "reddit"]
    assert frame["likes"].isna().tolist() == [False, True]  # a score below zero counts no likes
    assert json.loads(frame["docvars"].iloc[0]) == {"subreddit": "cats"}


def test_chinese_headers_are_guessed_and_explained(data: Path, key: bytes) -> None:
    corpus = read_posts(data / "generic" / "comments_utf16.tsv", key=key, timezone="Asia/Shanghai")
    assert corpus.counts["files"][0]["mapping"] == {
        "text": "评论内容",
        "author": "昵称",
        "created_at": "评论时间",
        "ip_location": "IP属地",
        "likes": "点赞数",
    }
    frame = corpus.to_pandas()
    assert frame["text"].tolist() == ["你好，美国朋友", "欢迎来做客😀"]
    assert frame["ip_location"].tolist() == ["CN-ZJ", "HK"]
    assert frame["kind"].tolist() == ["comment", "comment"]
    assert frame["created_at"].tolist() == [
        pd.Timestamp("2025-01-14T12:08:00Z"),
        pd.Timestamp("2025-01-15T01:05:00Z"),
    ]
    assert frame["likes"].iloc[0] == 1204
    assert "编造" not in frame.to_csv()


def test_objects_in_objects_and_long_numbers(data: Path, key: bytes) -> None:
    corpus = read_posts(
        data / "generic" / "nested.jsonl",
        mapping={"text": "message", "post_id": "id", "author": "user.id", "created_at": "ts"},
        key=key,
    )
    frame = corpus.to_pandas()
    assert frame["post_id"].tolist() == ["1876543210987654321", "1876543210987654322"]
    assert frame["text"].tolist() == ["nested \ufffd half", "second"]
    assert frame["author"].notna().all()
    assert corpus.counts["rejected"] == 1
    assert corpus.rejects["line"].tolist() == [3]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (("id", "body", "author", "timestamp", "unix_timestamp"),
         {"text": "body", "post_id": "id", "author": "author", "created_at": "unix_timestamp"}),
        (("comment_id", "note_id", "text"), {"text": "text", "post_id": "comment_id", "thread_id": "note_id"}),
        (("笔记id", "标题", "描述", "点赞数量"), {"text": "描述", "post_id": "笔记id", "title": "标题", "likes": "点赞数量"}),
        (("标题", "发布时间"), {"text": "标题", "created_at": "发布时间"}),
        (("Post ID", "Full-Text", "Created At"), {"text": "Full-Text", "post_id": "Post ID", "created_at": "Created At"}),
        (("a", "b"), {}),
    ],
)  # fmt: skip
def test_a_guess_follows_known_headers(columns: tuple[str, ...], expected: dict[str, str]) -> None:
    assert guess_mapping(columns) == expected


def write(path: Path, header: str, *rows: str) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_an_unknown_column_of_a_mapping_is_refused_with_the_nearest(tmp_path: Path, key: bytes) -> None:
    file = write(tmp_path / "a.csv", "id,message", "1,hello")
    with pytest.raises(ImportFailed, match=r"no column 'mesage'") as error:
        read_posts(file, mapping={"text": "mesage"}, key=key)
    assert "did you mean 'message'?" in str(error.value)
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ({"text": "message", "autor": "id"}, "did you mean 'author'"),
        ({"author": "id"}, "which column holds the text"),
    ],
)
def test_an_unknown_field_of_a_mapping_is_refused(
    tmp_path: Path, key: bytes, mapping: dict[str, str], says: str
) -> None:
    file = write(tmp_path / "a.csv", "id,message", "1,hello")
    with pytest.raises(ParameterError, match=says):
        read_posts(file, mapping=mapping, key=key)


def test_an_unknown_header_says_what_it_is_and_what_to_do(tmp_path: Path, key: bytes) -> None:
    file = write(tmp_path / "a.csv", "foo,bar", "1,2")
    with pytest.raises(ImportFailed) as error:
        read_posts(file, key=key)
    assert "foo, bar" in str(error.value)
    assert "mapping=" in str(error.value)


KINDS: list[tuple[str, str, str]] = [
    ("id,text,kind", "1,hello,submission", "post"),
    ("id,text,kind", "1,hello,评论", "comment"),
    ("id,text,thread_id", "1,hello,1", "post"),
    ("id,text,thread_id", "2,hello,1", "comment"),
    ("id,text,thread_id,parent_id", "3,hello,1,2", "reply"),
    ("id,text,thread_id,parent_id", "2,hello,1,1", "comment"),
    ("id,text,parent_id", "2,hello,0", "post"),
    ("comment_id,text", "2,hello", "comment"),
]


@pytest.mark.parametrize(("header", "row", "kind"), KINDS)
def test_kinds_follow_from_the_ids(tmp_path: Path, key: bytes, header: str, row: str, kind: str) -> None:
    frame = read_posts(write(tmp_path / "a.csv", header, row), key=key).to_pandas()
    assert frame["kind"].tolist() == [kind]


def test_running_numbers_of_two_files_are_not_one_post(tmp_path: Path, key: bytes) -> None:
    one = write(tmp_path / "a.csv", "id,text,thread_id", "1,opening of the first,1", "2,an answer,1")
    two = write(tmp_path / "b.csv", "id,text,thread_id", "1,opening of the second,1", "2,another answer,1")
    corpus = read_posts([one, two], key=key)
    frame = corpus.to_pandas()
    assert corpus.counts["kept"] == 4
    assert frame["post_id"].tolist() == ["1", "2", "1~2", "2~2"]
    assert frame["thread_id"].tolist() == ["1", "1", "1~2", "1~2"]
    assert frame["flags"].tolist()[2:] == [["id-conflict"], ["id-conflict"]]
    again = read_posts(
        [one, write(tmp_path / "c.csv", *one.read_text(encoding="utf-8").splitlines())], key=key
    )
    assert (again.counts["kept"], again.counts["duplicates"]) == (2, 2)


def test_a_workbook_keeps_ids_and_texts(tmp_path: Path, key: bytes) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["id", "正文", "发布时间", "用户id"])
    sheet.append(["67e10", "=不是公式", "2025-01-14 12:08:00", 12345])
    sheet.append([6.86e23, "第二条", "1.75E+12", "u2"])
    sheet.append([None, None, None, None])
    sheet.append(["id", "正文", "发布时间", "用户id"])
    sheet.cell(2, 2).data_type = "s"
    book.create_sheet("Notes").append(["nothing here"])
    book.save(tmp_path / "a.xlsx")
    corpus = read_posts(tmp_path / "a.xlsx", key=key, timezone="Asia/Shanghai")
    frame = corpus.to_pandas()
    assert frame["text"].tolist() == ["=不是公式", "第二条"]
    assert frame["post_id"].iloc[0] == "67e10"
    assert "id-damaged" in frame["flags"].iloc[1]
    assert frame["created_at"].iloc[0] == pd.Timestamp("2025-01-14T04:08:00Z")
    assert corpus.counts["rejected"] == 1


def test_every_field_of_a_mapping_is_a_column_of_posts() -> None:
    from discourse.tables import POSTS

    assert set(FIELDS) <= set(POSTS.names)


def test_traditional_headers_are_read_and_name_nobody(tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "x.csv"
    head = "留言內容,留言時間,IP屬地,按讚數,暱稱,用戶ID,大頭照連結"
    file.write_text(f"{head}\n歡迎,2025-01-14 12:00,台灣,1萬+,zqnick,zqid,zqlink\n", encoding="utf-8")
    (post,) = read_posts(file, key=key).to_pandas().to_dict("records")
    assert (post["kind"], post["ip_location"], post["likes"], post["likes_at_least"]) == (
        "comment",
        "TW",
        10000,
        True,
    )
    assert post["created_at"].isoformat() == "2025-01-14T04:00:00+00:00"  # a Chinese tool's time is China's
    assert not any("zq" in str(value) for value in post.values())


def test_youtube_data_tools_keep_no_account(tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "x.csv"
    head = "id,replyCount,likeCount,publishedAt,authorName,text,authorChannelId,isReplyTo"
    file.write_text(f"{head}\nUg1,0,3,2025-01-14T00:00:00Z,@zq,nice,UCzq,\nUg1.r,0,1,2025-01-14T00:01:00Z,@zq,ok,UCzq,Ug1\n",
                    encoding="utf-8")  # fmt: skip
    posts = read_posts(file, key=key).to_pandas()
    assert posts["author"].nunique() == 1
    assert posts["kind"].tolist() == ["comment", "reply"]
    assert not posts["docvars"].str.contains("zq").any()


@pytest.mark.parametrize("cell", [45671.5, "45671.5"])
def test_days_that_a_spreadsheet_counts_are_times(tmp_path: Path, key: bytes, cell: object) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["评论导出"], [], ["评论内容", "发布时间", "IP属地"], ["好", cell, "发布于 广东"]):
        book.active.append(row)
    book.save(tmp_path / "x.xlsx")
    (post,) = read_posts(tmp_path / "x.xlsx", key=key).to_pandas().to_dict("records")
    assert (post["text"], post["ip_location"]) == ("好", "CN-GD")
    assert post["created_at"].isoformat() == "2025-01-14T04:00:00+00:00"
    assert "zone-assumed" in post["flags"]


@pytest.mark.parametrize(("name", "zone"), [("japanese.csv", "Asia/Tokyo"), ("korean.csv", "Asia/Seoul")])
def test_headers_of_other_languages_are_known(data: Path, key: bytes, name: str, zone: str) -> None:
    (post,) = read_posts(data / "generic" / name, key=key).to_pandas().to_dict("records")
    assert post["created_at"].tz_convert(zone).strftime("%Y-%m-%d") == "2025-01-15"
    assert post["author"].startswith("a-")
    assert post["likes"] > 0


def test_an_account_inside_an_object_is_an_author_and_nothing_else(tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "x.jsonl"
    item = {"id": "1", "text": "hi there", "authorMeta": {"id": "9", "nickName": "zq"}, "playCount": 3}
    file.write_text(json.dumps(item) + "\n", encoding="utf-8")
    (post,) = read_posts(file, key=key).to_pandas().to_dict("records")
    assert post["author"].startswith("a-")
    assert json.loads(post["docvars"]) == {"playCount": 3}


def test_a_running_number_is_no_id_where_there_is_a_better_one() -> None:
    assert guess_mapping(("id", "dynamic_id", "text"))["post_id"] == "dynamic_id"


def test_accounts_beside_posts_are_refused(tmp_path: Path, key: bytes) -> None:
    import sqlite3

    file = tmp_path / "weibo.db"
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE user (id TEXT, nick_name TEXT, follower_count INTEGER, description TEXT)")
        base.execute("INSERT INTO user VALUES ('1', 'zq', 3, 'about me')")
        base.execute(
            "CREATE TABLE comments (id TEXT, weibo_id TEXT, created_at TEXT, user_screen_name TEXT, text TEXT)"
        )
        base.execute("INSERT INTO comments VALUES ('c1', '5', '2025-01-15 12:08', 'zq', '支持')")
    base.close()
    corpus = read_posts(file, key=key)
    assert corpus.to_pandas()["text"].tolist() == ["支持"]
    assert [entry["file"] for entry in corpus.counts["skipped"]] == ["weibo.db#user"]
