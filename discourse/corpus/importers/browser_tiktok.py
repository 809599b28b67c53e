"""TikTok and Douyin as their sites send them to a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discourse.corpus.importers.base import Post
from discourse.corpus.importers.paths import dig, items


def videos(data: dict[str, Any]) -> Iterator[Post]:
    """Read one TikTok video."""
    own = dig(data, "id", "__item_id")
    author = data.get("author")
    yield Post(
        post_id=own,
        kind="post",
        text=dig(data, "desc"),
        thread_id=own,
        author=dig(author, "id", "uniqueId") if isinstance(author, dict) else dig(data, "authorId", "author"),
        time=dig(data, "createTime"),
        platform="tiktok",
        likes=dig(data, "statsV2.diggCount", "stats.diggCount"),
        comments=dig(data, "statsV2.commentCount", "stats.commentCount"),
        collects=dig(data, "statsV2.collectCount", "stats.collectCount"),
        shares=dig(data, "statsV2.shareCount", "stats.shareCount"),
        hashtags=_tags(data),
        docvars={
            "media": "video",
            "language_guess": dig(data, "textLanguage"),
            "location_created": dig(data, "locationCreated"),
            "stickers": _stickers(data),
        },
    )


def _tags(data: dict[str, Any]) -> list[str]:
    named = [dig(tag, "hashtagName") for tag in items(data.get("textExtra"))]
    named += [dig(tag, "title") for tag in items(data.get("challenges"))]
    return list(dict.fromkeys(str(name) for name in named if name))


def _stickers(data: dict[str, Any]) -> list[str]:
    """Words that stand in the picture: not the post's text, but not nothing."""
    lists = (sticker.get("stickerText") for sticker in items(data.get("stickersOnItem")))
    return [str(text) for found in lists if isinstance(found, list) for text in found]


def comments(data: dict[str, Any]) -> Iterator[Post]:
    """Read one TikTok comment and the replies nested in it."""
    yield _comment(data)
    for reply in items(data.get("reply_comment")):
        yield _comment(reply)


def _comment(data: dict[str, Any]) -> Post:
    thread, answered = dig(data, "aweme_id"), dig(data, "reply_to_reply_id", "reply_id")
    if str(answered) in ("0", "None"):
        answered = dig(data, "reply_id")
    top = str(answered) in ("0", "None")
    return Post(
        post_id=dig(data, "cid", "id"),
        kind="comment" if top else "reply",
        text=dig(data, "text"),
        thread_id=thread,
        parent_id=thread if top else answered,
        author=dig(data, "user.uid", "user.unique_id"),
        time=dig(data, "create_time"),
        platform="tiktok",
        likes=dig(data, "digg_count"),
        comments=dig(data, "reply_comment_total"),
        docvars={"language_guess": dig(data, "comment_language")},
    )


def douyin(data: dict[str, Any]) -> Iterator[Post]:
    """Read one Douyin video."""
    own = dig(data, "aweme_id", "awemeId", "__item_id")
    named = [dig(tag, "hashtag_name", "hashtagName") for tag in items(dig(data, "text_extra", "textExtra"))]
    yield Post(
        post_id=own,
        kind="post",
        text=dig(data, "desc"),
        thread_id=own,
        author=dig(data, "author.uid", "authorInfo.uid"),
        time=dig(data, "create_time", "createTime"),
        platform="douyin",
        likes=dig(data, "statistics.digg_count", "stats.diggCount"),
        comments=dig(data, "statistics.comment_count", "stats.commentCount"),
        collects=dig(data, "statistics.collect_count", "stats.collectCount"),
        shares=dig(data, "statistics.share_count", "stats.shareCount"),
        hashtags=[str(name) for name in named if name],
        docvars={"media": "video"},
    )
