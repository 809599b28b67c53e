"""X (Twitter) as its site sends it to a browser: modern objects with ``rest_id``, and older ones."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from discourse.corpus.importers.base import Post, Unreadable
from discourse.corpus.importers.paths import dig, items

_RETWEETED = "legacy.retweeted_status_result.result"


def tweets(data: dict[str, Any]) -> Iterator[Post]:
    """Read one tweet; of a retweet, the text that was passed on.

    Raises
    ------
    Unreadable
        For an object that holds no tweet (deleted, withheld, an advertisement's frame).
    """
    data = (
        data["tweet"] | {"__item_id": data.get("__item_id")} if isinstance(data.get("tweet"), dict) else data
    )
    legacy = data.get("legacy")
    if not isinstance(legacy, dict):
        raise Unreadable("an object without a tweet")
    own = dig(data, "rest_id", "legacy.id_str", "id", "__item_id")
    thread = dig(legacy, "conversation_id_str") or own
    answered = dig(legacy, "in_reply_to_status_id_str")
    yield Post(
        post_id=own,
        kind="post" if answered is None else "comment" if answered == thread else "reply",
        text=_text(data),
        thread_id=thread,
        parent_id=answered,
        author=dig(legacy, "user_id_str") or dig(data, "core.user_results.result.rest_id", "user.id_str"),
        time=dig(legacy, "created_at"),
        platform="x",
        likes=dig(legacy, "favorite_count"),
        comments=dig(legacy, "reply_count"),
        collects=dig(legacy, "bookmark_count"),
        shares=dig(legacy, "retweet_count"),
        hashtags=[str(tag["text"]) for tag in items(dig(legacy, "entities.hashtags")) if tag.get("text")],
        docvars={
            "is_retweet": dig(data, _RETWEETED) is not None or None,
            "is_quote": bool(legacy.get("is_quote_status")) or None,
            "is_promoted": bool(data.get("promoted")) or None,
            "language_guess": dig(legacy, "lang"),
        },
    )


def _text(data: dict[str, Any]) -> str | None:
    passed_on = dig(data, f"{_RETWEETED}.tweet", _RETWEETED)
    source = passed_on if isinstance(passed_on, dict) else data
    text = dig(source, "note_tweet.note_tweet_results.result.text", "legacy.full_text", "legacy.text")
    return html.unescape(str(text)) if text is not None else None
