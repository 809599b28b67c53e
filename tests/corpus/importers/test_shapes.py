"""Collectors that are declarations: Spider_XHS, XHS-Downloader, the Weibo tools."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from discourse import plugins
from discourse.corpus.importers.base import Context, Importer
from discourse.corpus.importers.weibo import Weibo
from discourse.corpus.records import Record, Sample

Rows = Callable[..., list[dict[str, Any]]]
NOTE = "6785e3500000000002000001"


def test_a_note_of_spider_xhs(rows: Rows) -> None:
    (note,) = rows("spider_xhs/notes.xlsx")
    assert (note["post_id"], note["text"], note["likes"], note["comments"]) == (NOTE, "看看我的猫", 12000, 4)
    assert "title" not in note  # 无标题 means that it has none
    assert "ip_location" not in note  # 未知
    assert note["hashtags"] == ["猫税", "cats"]
    assert note["flags"] == ["zone-assumed"]
    assert note["created_at"].isoformat() == "2025-01-14T04:08:48+00:00"


def test_a_comment_of_spider_xhs(rows: Rows) -> None:
    (comment,) = rows("spider_xhs/comments.xlsx")
    assert (comment["kind"], comment["thread_id"], comment["parent_id"]) == ("comment", NOTE, NOTE)
    assert comment["ip_location"] == "CN-GD"


def test_a_note_of_xhs_downloader(rows: Rows) -> None:
    (note,) = rows("xhs_downloader/ExploreData.db")
    assert (note["post_id"], note["title"], note["likes"], note["shares"]) == (NOTE, "我的猫税", 12000, 5)
    assert "comments" not in note  # -1
    assert json.loads(note["docvars"]) == {"media": "video"}
    assert note["created_at"].isoformat() == "2025-01-14T04:08:48+00:00"


def test_a_post_of_weibo_search(rows: Rows) -> None:
    (post,) = rows("weibo/search.csv")
    assert post["post_id"] == "5120000000000001"  # a leading tab kept it from being a number
    assert post["text"] == "美国网友来了 #TikTok难民# @user "
    assert (post["likes"], post["comments"], post["shares"]) == (3, 2, 1)
    assert (post["ip_location"], post["hashtags"]) == ("CN-BJ", ["TikTok难民"])


def test_posts_and_comments_of_weibo_crawler(rows: Rows) -> None:
    (post,), (comment,) = rows("weibo/crawler.csv"), rows("weibo/crawler_comments.csv")
    assert (comment["thread_id"], comment["parent_id"], comment["kind"]) == (
        post["post_id"],
        post["post_id"],
        "comment",
    )
    assert comment["created_at"].isoformat() == "2025-01-14T04:09:48+00:00"
    assert comment["likes"] == 7


def test_a_comment_under_a_comment_of_weibo_crawler() -> None:
    shape = Weibo.shapes[2]
    values = {"id": "3", "weibo_id": "1", "root_id": "2", "text": "t"}
    assert (shape.post(values).kind, shape.post(values).parent_id) == ("reply", "2")
    for root in ("3", "0", "", None):
        top = shape.post(values | {"root_id": root})
        assert (top.kind, top.parent_id) == ("comment", "1")


@pytest.mark.parametrize("name", plugins.names("importers"))
def test_every_importer_keeps_the_protocol(name: str) -> None:
    importer = plugins.load("importers", name)()
    assert isinstance(importer, Importer)
    assert importer.name == name


def test_the_json_of_weibo_crawler() -> None:
    columns = ("id", "bid", "user_id", "screen_name", "text", "created_at", "full_created_at", "attitudes_count",
               "comments_count", "reposts_count", "topics")  # fmt: skip
    values = dict(
        zip(
            columns,
            [512, "P", 9, "n", "正文", "2025-01-15", "2025-01-15 12:00:00", 3, 2, 1, "猫"],
            strict=True,
        )
    )
    assert Weibo().detect(Sample("objects", columns, [])) > 0.5
    (post,) = Weibo().posts(Record(1, values), Context(columns))
    assert (post.time, post.likes, post.comments, post.shares) == ("2025-01-15 12:00:00", 3, 2, 1)
    assert (post.author, post.hashtags) == (9, ["猫"])


def test_what_is_left_of_a_page_names_nobody() -> None:
    columns = ("id", "weibo_id", "created_at", "user_screen_name", "text")
    text = "回复<a href='/n/某人' usercard='name=某人'>@某人</a>: 1 < 2 <img alt=[doge] src=x>&amp;<br/>好"
    values = dict(zip(columns, ["1", "2", "2025-01-15", "n", text], strict=True))
    (post,) = Weibo().posts(Record(2, values), Context(columns))
    assert post.text == "回复@某人: 1 < 2 [doge]&\n好"  # the door masks the mention
