"""Instagram and Threads as their sites send them to a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discourse.corpus.importers.base import Post
from discourse.corpus.importers.paths import dig

_MEDIA = {"1": "picture", "2": "video", "8": "picture"}


def instagram(data: dict[str, Any]) -> Iterator[Post]:
    """Read one Instagram post: an item of a list, or of the older graph."""
    own = dig(data, "code", "shortcode", "pk", "id", "__item_id")
    yield Post(
        post_id=own,
        kind="post",
        text=dig(data, "caption.text", "edge_media_to_caption.edges.0.node.text"),
        thread_id=own,
        author=dig(data, "user.pk", "user.id", "owner.id", "owner.pk", "user.username", "owner.username"),
        time=dig(data, "taken_at", "taken_at_timestamp"),
        platform="instagram",
        likes=None
        if data.get("like_and_view_counts_disabled")
        else dig(data, "like_count", "edge_media_preview_like.count"),
        comments=dig(data, "comment_count", "edge_media_preview_comment.count"),
        docvars={"media": _MEDIA.get(str(data.get("media_type")), "picture")},
    )


def threads(data: dict[str, Any]) -> Iterator[Post]:
    """Read one post of Threads."""
    own = dig(data, "code", "pk", "id", "__item_id")
    yield Post(
        post_id=own,
        kind="post",
        text=dig(data, "caption.text"),
        thread_id=own,
        author=dig(data, "user.pk", "user.id", "user.username"),
        time=dig(data, "taken_at"),
        platform="threads",
        likes=dig(data, "like_count"),
        comments=dig(data, "text_post_app_info.direct_reply_count"),
        shares=dig(data, "text_post_app_info.repost_count"),
    )
