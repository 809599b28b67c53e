"""Smaller platforms as their sites send them to a browser, comments on Instagram, and bare objects."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from discourse.corpus.importers.base import Post, Unreadable
from discourse.corpus.importers.browser_x import tweets
from discourse.corpus.importers.paths import dig, items

_TAG = re.compile(r"<[^<>]{0,1000}>")
_BREAK = re.compile(r"<br\s*/?>|</p>\s*<p>", re.IGNORECASE)


def truthsocial(data: dict[str, Any]) -> Iterator[Post]:
    """Read one post of Truth Social, or of another site built on Mastodon."""
    answered = dig(data, "in_reply_to_id")
    yield Post(
        post_id=dig(data, "id", "__item_id"),
        kind="post" if answered is None else "reply",
        text=plain(dig(data, "content", "text")),
        thread_id=dig(data, "id") if answered is None else answered,
        parent_id=answered,
        author=dig(data, "account.id", "account.acct"),
        time=dig(data, "created_at"),
        platform="truthsocial",
        likes=dig(data, "favourites_count"),
        comments=dig(data, "replies_count"),
        shares=dig(data, "reblogs_count"),
        hashtags=[str(tag["name"]) for tag in items(data.get("tags")) if tag.get("name")],
        docvars={"language_guess": dig(data, "language")},
    )


def gab(data: dict[str, Any]) -> Iterator[Post]:
    """Read one post of Gab, whose keys are a letter or two."""
    answered = dig(data, "irti")
    yield Post(
        post_id=dig(data, "i", "id", "__item_id"),
        kind="post" if answered is None else "reply",
        text=plain(dig(data, "c", "content")),
        thread_id=dig(data, "i", "id") if answered is None else answered,
        parent_id=answered,
        author=dig(data, "ai", "author_info.i"),
        time=dig(data, "ca", "created_at"),
        platform="gab",
        likes=dig(data, "fbc"),
        comments=dig(data, "rc"),
        shares=dig(data, "rbc"),
    )


def ninegag(data: dict[str, Any]) -> Iterator[Post]:
    """Read one post of 9GAG."""
    yield _picture(
        data,
        "9gag",
        dig(data, "creationTs"),
        dig(data, "creator.userId", "creator.username"),
        dig(data, "upVoteCount"),
        dig(data, "commentsCount"),
        [dig(tag, "key") for tag in items(data.get("tags"))],
    )


def imgur(data: dict[str, Any]) -> Iterator[Post]:
    """Read one post of Imgur."""
    yield _picture(
        data,
        "imgur",
        dig(data, "created_at"),
        dig(data, "account_id", "account.id", "account.username"),
        dig(data, "upvote_count"),
        dig(data, "comment_count"),
        [dig(tag, "tag", "name") for tag in items(data.get("tags"))],
    )


def pinterest(data: dict[str, Any]) -> Iterator[Post]:
    """Read one pin."""
    at = dig(data, "created_at", "createdAt")
    author = dig(data, "pinner.id", "pinner.entityId", "pinner.username")
    counts = dig(data, "reaction_counts.1"), dig(data, "comment_count", "commentCount")
    yield _picture(data, "pinterest", at, author, *counts, [])


def _picture(
    data: dict[str, Any], platform: str, at: Any, author: Any, likes: Any, comments: Any, tags: list[Any]
) -> Post:
    own = dig(data, "id", "__item_id")
    return Post(
        post_id=own,
        kind="post",
        text=dig(data, "description", "closeup_description"),
        title=dig(data, "title", "grid_title"),
        thread_id=own,
        author=author,
        time=at,
        platform=platform,
        likes=likes,
        comments=comments,
        hashtags=[str(tag) for tag in tags if tag],
        docvars={"media": "picture"},
    )


def instagram_comments(data: dict[str, Any]) -> Iterator[Post]:
    """Read one comment on Instagram."""
    thread = dig(data, "post_id", "media_id", "media_pk", "thread_id")
    answered = dig(data, "parent_comment_id")
    yield Post(
        post_id=dig(data, "pk", "id", "comment_id", "__item_id"),
        kind="comment" if answered is None else "reply",
        text=dig(data, "text"),
        thread_id=thread,
        parent_id=thread if answered is None else answered,
        author=dig(data, "user.id", "user.pk", "owner.id", "user.unique_id", "user.username"),
        time=dig(data, "created_at", "created_at_utc"),
        platform="instagram",
        likes=dig(data, "comment_like_count", "like_count"),
        comments=dig(data, "child_comment_count"),
    )


def raw(data: dict[str, Any]) -> Iterator[Post]:
    """Read what a platform's own interface gave, without a word of where it is from.

    Raises
    ------
    Unreadable
        If its keys are those of no platform that we know.
    """
    from discourse.corpus.importers import browser_tiktok, browser_xiaohongshu

    kind = raw_kind(data)
    readers = {
        "xiaohongshu-comments": browser_xiaohongshu.comments,
        "xiaohongshu": browser_xiaohongshu.notes,
        "tiktok-comments": browser_tiktok.comments,
        "tiktok": browser_tiktok.videos,
        "x": tweets,
    }
    if kind is None:
        raise Unreadable("an object of no platform that is known")
    yield from readers[kind](data)


def raw_kind(data: dict[str, Any]) -> str | None:
    """Say which platform's object this is, by its keys.

    Examples
    --------
    >>> raw_kind({"id": "1", "note_id": "2", "content": "", "user_info": {}})
    'xiaohongshu-comments'
    >>> raw_kind({"id": "1", "text": ""}) is None
    True
    """
    have = set(data)
    if {"id", "content"} <= have and ({"note_id", "user_info"} <= have or {"noteId", "userInfo"} <= have):
        return "xiaohongshu-comments"
    if isinstance(data.get("note_card"), dict) or ({"desc", "user", "interact_info"} <= have):
        return "xiaohongshu"
    if {"cid", "aweme_id", "text", "user"} <= have:
        return "tiktok-comments"
    if {"desc", "createTime", "author"} <= have and {"stats", "statsV2"} & have:
        return "tiktok"
    if "rest_id" in have and isinstance(data.get("legacy"), dict):
        return "x"
    return None


def plain(value: Any) -> Any:
    r"""Take tags out of a text; one without tags is left as it is.

    Examples
    --------
    >>> plain("<p>cats &amp; dogs</p>"), plain("1 < 2 & 3")
    ('cats & dogs', '1 < 2 & 3')
    """
    if not isinstance(value, str) or not _TAG.search(value):
        return value
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", value)))
