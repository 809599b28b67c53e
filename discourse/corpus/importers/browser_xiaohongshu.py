"""Xiaohongshu as its site sends it to a browser: four shapes of notes, and comments with replies inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discourse.corpus.importers.base import Post, Unreadable
from discourse.corpus.importers.paths import dig, items


def notes(data: dict[str, Any]) -> Iterator[Post]:
    """Read one note.

    Raises
    ------
    Unreadable
        For a tile without a note in it.
    """
    if isinstance(data.get("note_card"), dict):
        yield _note(data, data["note_card"])
    elif isinstance(data.get("note"), dict):
        yield _note(data, data["note"])
    elif data.get("_zs-origin") == "html":
        yield _html(data)
    elif isinstance(data.get("user"), dict):
        yield _note(data, data)
    else:
        raise Unreadable("a tile without a note")


def _note(data: dict[str, Any], note: dict[str, Any]) -> Post:
    own = dig(data, "id", "note_id") or dig(note, "note_id", "noteId") or dig(data, "__item_id")
    title = dig(note, "title", "display_title", "displayTitle")
    counts = dig(note, "interact_info", "interactInfo") or {}
    kind = dig(note, "type")
    return Post(
        post_id=own,
        kind="post",
        text=dig(note, "desc"),
        thread_id=own,
        author=dig(note, "user.user_id", "user.userId"),
        title=title,
        time=dig(note, "time"),
        platform="xiaohongshu",
        place=dig(note, "ip_location", "ipLocation"),
        likes=dig(counts, "liked_count", "likedCount"),
        comments=dig(counts, "comment_count", "commentCount"),
        collects=dig(counts, "collected_count", "collectedCount"),
        shares=dig(counts, "shared_count", "share_count", "shareCount", "sharedCount"),
        hashtags=[str(tag["name"]) for tag in items(dig(note, "tag_list", "tagList")) if tag.get("name")],
        docvars={"media": "video" if kind == "video" else "picture"} if kind else {},
    )


def _html(data: dict[str, Any]) -> Post:
    return Post(
        post_id=dig(data, "id", "__item_id"),
        kind="post",
        text=None,
        thread_id=dig(data, "id", "__item_id"),
        author=None,  # the page shows a nickname only, which is no id
        title=dig(data, "title"),
        platform="xiaohongshu",
        likes=dig(data, "likes"),
    )


def comments(data: dict[str, Any]) -> Iterator[Post]:
    """Read one comment and the replies nested in it."""
    thread = dig(data, "note_id", "noteId")
    top = _comment(data, thread, None)
    yield top
    for reply in items(dig(data, "sub_comments", "subComments")):
        answered = dig(reply, "target_comment.id", "targetComment.id") or top.post_id
        yield _comment(reply, dig(reply, "note_id", "noteId") or thread, answered)


def _comment(data: dict[str, Any], thread: Any, answered: Any) -> Post:
    if answered is None:  # a reply that was loaded by itself still names what it answers
        answered = dig(data, "target_comment.id", "targetComment.id")
    pictures = dig(data, "pictures")
    return Post(
        post_id=dig(data, "id") or (dig(data, "__item_id")),
        kind="comment" if answered is None else "reply",
        text=dig(data, "content"),
        thread_id=thread,
        parent_id=thread if answered is None else answered,
        author=dig(data, "user_info.user_id", "userInfo.userId"),
        time=dig(data, "create_time", "createTime"),
        platform="xiaohongshu",
        place=dig(data, "ip_location", "ipLocation"),
        likes=dig(data, "like_count", "likeCount"),
        comments=dig(data, "sub_comment_count", "subCommentCount"),
        docvars={"media": "picture"} if pictures else {},
    )
