"""4CAT's tables, and the semicolons of Zeeschuimer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from discourse.corpus.importers.base import Context
from discourse.corpus.importers.fourcat import FourCat
from discourse.corpus.records import Record, Sample

Rows = Callable[..., list[dict[str, Any]]]


def test_unix_time_goes_before_the_servers_own_zone(rows: Rows) -> None:
    first, second = rows("4cat/xiaohongshu.csv")
    assert first["created_at"].isoformat() == "2025-01-14T04:08:48+00:00"
    assert (first["likes"], first["hashtags"], first["platform"]) == (13000, ["猫税", "cats"], "xiaohongshu")
    assert first["flags"] == []
    assert "created_at" not in second


def test_a_placeholder_is_unknown_and_not_zero(rows: Rows) -> None:
    second = rows("4cat/xiaohongshu.csv")[1]
    assert "likes" not in second
    assert (second["title"], second["text"]) == ("Title only", "")


def test_semicolons_are_in_utc(rows: Rows) -> None:
    (note,) = rows("zeeschuimer/xiaohongshu_semicolons.csv")
    assert note["created_at"].isoformat() == "2025-01-14T04:08:48+00:00"
    assert note["flags"] == []


def test_comments_hang_on_their_note(rows: Rows) -> None:
    (comment,) = rows("4cat/xiaohongshu_comments.csv")
    assert (comment["kind"], comment["thread_id"], comment["parent_id"]) == (
        "comment",
        *["6785e3500000000002000001"] * 2,
    )
    assert comment["ip_location"] == "CN-GD"


def test_tiktok_replies_hang_on_their_comment(rows: Rows) -> None:
    comment, reply = rows("4cat/tiktok_comments.csv")
    assert (comment["kind"], comment["thread_id"], comment["parent_id"]) == ("comment", "746", "746")
    assert (reply["kind"], reply["thread_id"], reply["parent_id"]) == ("reply", "746", "c1")


def test_an_uploaders_own_columns_are_docvars(rows: Rows) -> None:
    (post,) = rows("4cat/custom.csv")
    assert json.loads(post["docvars"]) == {"mood": "fine"}
    assert post["flags"] == ["zone-assumed"]


@pytest.mark.parametrize(
    ("url", "platform"),
    [
        ("https://www.xiaohongshu.com/explore/1?x=1", "xiaohongshu"),
        ("https://x.com/u/status/1", "x"),
        ("https://twitter.com/u/status/1", "x"),
        ("https://www.tiktok.com/@u/video/1", "tiktok"),
        ("https://bsky.app/profile/u/post/1", "bluesky"),
        ("https://xiaohongshu.com.evil.example/1", None),
        ("not a url", None),
    ],
)
def test_the_platform_is_seen_in_the_address(url: str, platform: str | None) -> None:
    record = {"id": "1", "thread_id": "1", "body": "b", "author": "a", "timestamp": "", "url": url}
    (post,) = FourCat().posts(Record(1, record), Context(tuple(record)))
    assert post.platform == platform


def test_a_reply_on_x_is_a_reply_to_nobody_known() -> None:
    record = {"id": "2", "thread_id": "1", "body": "b", "author": "a", "author_id": "7", "is_reply": "yes"}
    (post,) = FourCat().posts(Record(1, record), Context(tuple(record)))
    assert (post.kind, post.thread_id, post.parent_id, post.author) == ("reply", "1", None, "7")


@pytest.mark.parametrize(
    "columns", [("id", "text"), ("id", "thread_id", "body"), ("body", "author", "timestamp")]
)
def test_other_tables_are_not_its_own(columns: tuple[str, ...]) -> None:
    assert FourCat().detect(Sample("table", columns, [])) == 0.0


def test_a_table_of_the_first_days_had_no_threads() -> None:
    columns = ("id", "url", "title", "body", "timestamp", "author", "author_avatar_url", "image_url", "likes",
               "unix_timestamp")  # fmt: skip
    assert FourCat().detect(Sample("table", columns, [])) > 0.5
    values = dict(zip(columns, ["1", "https://www.xiaohongshu.com/explore/1", "t", "b", "2025-01-14 12:00:00", "n", "", "",
                                "1.3万", "1736827728"], strict=True))  # fmt: skip
    (post,) = FourCat().posts(Record(2, values), Context(columns))
    assert (post.kind, post.platform, post.time) == ("post", "xiaohongshu", "1736827728")
