"""What a browser received, one platform object a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus.importers.base import Context, Unreadable
from discourse.corpus.importers.zeeschuimer import _PLATFORMS, Zeeschuimer
from discourse.corpus.read import read_posts
from discourse.corpus.records import Record

Rows = Callable[..., list[dict[str, Any]]]
NOTE = "6785e3500000000002000001"


def test_notes_of_four_shapes_and_a_stub(data: Path, key: bytes, rows: Rows) -> None:
    corpus = read_posts(data / "zeeschuimer" / "xiaohongshu.ndjson", key=key)
    counts = corpus.counts
    assert (counts["read"], counts["kept"], counts["duplicates"], counts["rejected"]) == (6, 4, 1, 1)
    opened, owned, embedded, scraped = rows("zeeschuimer/xiaohongshu.ndjson")
    assert (
        opened["text"] == "看看我的猫😀 #猫税[话题]#"
    )  # seen twice: the page holds more than the search result
    assert (opened["title"], opened["likes"], opened["ip_location"]) == ("我的猫税", 12000, "US")
    assert (owned["title"], owned["text"], owned["likes_at_least"]) == ("Homework help", "", True)
    assert (embedded["text"], embedded["ip_location"], embedded["hashtags"]) == (
        "from the page itself",
        "GB",
        ["cats"],
    )
    assert embedded["created_at"].isoformat() == "2025-01-14T04:08:48+00:00"
    assert scraped["title"] == "From the page's HTML"
    assert "author" not in scraped  # a nickname is no id
    assert {r["thread_id"] == r["post_id"] for r in (opened, owned, embedded, scraped)} == {True}


def test_nested_replies_are_posts_of_their_own(rows: Rows) -> None:
    top, answer, second, alone = rows("zeeschuimer/xiaohongshu_comments.ndjson")
    assert (top["kind"], top["parent_id"]) == ("comment", NOTE)
    assert (answer["kind"], answer["parent_id"]) == ("reply", top["post_id"])
    assert (second["kind"], second["parent_id"]) == ("reply", answer["post_id"])
    assert {r["thread_id"] for r in (top, answer, second, alone)} == {NOTE}
    assert top["comments"] == 2
    assert json.loads(alone["docvars"]) == {"media": "picture"}


def test_notes_and_comments_of_two_files_are_one_thread(data: Path, key: bytes) -> None:
    files = [data / "zeeschuimer" / name for name in ("xiaohongshu.ndjson", "xiaohongshu_comments.ndjson")]
    assert read_posts(files, key=key).counts["parents_missing"] == 0


def test_tiktok_videos_and_comments(rows: Rows) -> None:
    clip, comment, reply = rows("zeeschuimer/tiktok.ndjson")
    assert (clip["platform"], clip["likes"], clip["hashtags"]) == ("tiktok", 12, ["tiktokban"])
    assert (comment["kind"], comment["parent_id"]) == ("comment", clip["post_id"])
    assert (reply["kind"], reply["parent_id"], reply["thread_id"]) == ("reply", "c1", clip["post_id"])


def test_tweets_long_ones_and_retweets(data: Path, key: bytes, rows: Rows) -> None:
    first, long, passed = rows("zeeschuimer/x.ndjson")
    assert first["text"] == "they are all on rednote & happy @user [url]"
    assert (long["text"], long["kind"], long["parent_id"]) == (
        "a long one, whole",
        "comment",
        first["post_id"],
    )
    assert passed["text"] == "they are all on rednote, in full"
    assert json.loads(passed["docvars"])["is_retweet"] is True
    assert first["created_at"].isoformat() == "2025-01-14T04:08:48+00:00"
    assert read_posts(data / "zeeschuimer" / "x.ndjson", key=key).counts["rejected"] == 1


def test_the_way_back_from_4cat_is_the_same_note(rows: Rows) -> None:
    (back,) = rows("4cat/xiaohongshu.ndjson")
    assert (back["post_id"], back["ip_location"], back["likes"]) == (NOTE, "US", 12000)


def posts(platform: str, data: Any) -> list[Any]:
    record = {"source_platform": platform, "item_id": "1", "data": data}
    return list(Zeeschuimer().posts(Record(1, record), Context(tuple(record))))


def test_instagram_threads_and_douyin() -> None:
    (gram,) = posts(
        "instagram.com", {"code": "C1", "caption": None, "user": {"id": "7"}, "taken_at": 1736827728}
    )
    assert (gram.post_id, gram.text, gram.author) == ("C1", None, "7")
    (graph,) = posts("instagram.com", {"shortcode": "C2", "owner": {"id": "7"}, "taken_at_timestamp": 1,
                                       "edge_media_to_caption": {"edges": [{"node": {"text": "hi"}}]}})  # fmt: skip
    assert (graph.post_id, graph.text) == ("C2", "hi")
    (thread,) = posts(
        "threads.net", {"code": "T", "caption": {"text": "hi"}, "user": {"username": "u"}, "like_count": 2}
    )
    assert (thread.platform, thread.likes) == ("threads", 2)
    (clip,) = posts(
        "douyin.com", {"aweme_id": "9", "desc": "d", "author": {"uid": "1"}, "statistics": {"digg_count": 3}}
    )
    assert (clip.platform, clip.likes) == ("douyin", 3)


@pytest.mark.parametrize("platform", ["linkedin.com", "", "parler.com"])
def test_a_platform_without_a_reader_is_a_reject(platform: str) -> None:
    with pytest.raises(Unreadable, match="no reader"):
        posts(platform, {"id": "1"})


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "user", "note_card", "note", "legacy", "author", "desc", "sub_comments",
                                       "tweet", "caption", "text", "stats", "type", "user_info"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(
    st.sampled_from(sorted(_PLATFORMS)),
    st.dictionaries(st.sampled_from(["id", "user", "note_card", "legacy"]), junk),
)
def test_an_object_of_any_shape_is_a_post_or_a_reject(platform: str, data: dict[str, Any]) -> None:
    try:
        found = posts(platform, data)
    except Unreadable:
        return
    assert all(post.kind in ("post", "comment", "reply") for post in found)


def test_objects_without_an_envelope_are_known_by_their_keys(rows: Rows) -> None:
    top, reply = rows("zeeschuimer/without_envelope.json")
    assert (top["kind"], top["thread_id"], top["ip_location"]) == ("comment", NOTE, "CN-GD")
    assert (reply["kind"], reply["parent_id"]) == ("reply", top["post_id"])


def test_comments_on_instagram_are_joined(rows: Rows) -> None:
    top, reply = rows("zeeschuimer/instagram_comments.ndjson")
    assert (top["kind"], top["parent_id"], top["likes"]) == ("comment", "999", 3)
    assert (reply["kind"], reply["parent_id"]) == ("reply", "17")


@pytest.mark.parametrize(("name", "platform"), [("truth", "truthsocial"), ("gab", "gab"), ("9gag", "9gag"), ("imgur", "imgur"), ("pinterest", "pinterest")])  # fmt: skip
def test_smaller_sites(rows: Rows, name: str, platform: str) -> None:
    (post,) = rows(f"zeeschuimer/{name}.ndjson")
    assert post["platform"] == platform
    assert post["author"] is not None
    assert "<" not in post["text"]
