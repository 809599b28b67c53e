"""4CAT: any of its CSV files, its NDJSON, and the ``;`` CSV of Zeeschuimer, which has the same columns.

4CAT writes ``timestamp`` in its server's own zone, so ``unix_timestamp`` goes first; Zeeschuimer writes UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from discourse.corpus.importers.base import Context, Post, cell, names_in
from discourse.corpus.records import Record, Sample

_HOSTS = {
    "xiaohongshu.com": "xiaohongshu", "rednote.com": "xiaohongshu", "xhslink.com": "xiaohongshu",
    "tiktok.com": "tiktok", "douyin.com": "douyin", "twitter.com": "x", "x.com": "x",
    "instagram.com": "instagram", "threads.net": "threads", "threads.com": "threads",
    "bsky.app": "bluesky", "reddit.com": "reddit",
    "weibo.com": "weibo", "youtube.com": "youtube", "truthsocial.com": "truthsocial", "gab.com": "gab",
}  # fmt: skip
_LINKS = ("url", "link", "tiktok_url", "post_url", "comment_url", "collected_from_url")
_HOST = re.compile(r"https?://(?:[\w-]+\.)*?([\w-]+\.[a-z]+)(?:[/:?#]|$)", re.IGNORECASE)
_KEPT = ("subreddit", "search_entity", "views",
         "language_guess", "is_ad", "is_retweet", "is_quote_tweet", "is_paid_partnership", "location_created",
         "media_type", "query", "lang")  # fmt: skip
_USUAL = frozenset(
    {
        *("id", "thread_id", "parent_id", "post_id", "url", "link", "title", "subject", "body", "author"),
        *(
            "timestamp",
            "unix_timestamp",
            "hashtags",
            "tags",
            "likes",
            "like_count",
            "num_likes",
            "digg_count",
        ),
        *("comments", "comment_count", "num_comments", "reply_count", "replies", "shares", "share_count"),
        *("retweet_count", "reposts", "repost_count", "collect_count", "ip_location", "missing_fields"),
        *("is_reply", "is_comment_on_comment", "collected_from_url"),
    }
)
_TRUE = frozenset({"yes", "true", "1"})


class FourCat:
    """The importer of 4CAT's tables and of Zeeschuimer's CSV."""

    name = "4cat"
    zone = "UTC"

    def detect(self, sample: Sample) -> float:
        """Recognise the columns that all of them share."""
        if sample.shape == "objects":
            return 0.0
        if sample.has("collected_from_url", "id", "thread_id"):
            return 0.96
        if sample.has("id", "thread_id", "body", "author"):
            return 0.9 if {"timestamp", "unix_timestamp"} & set(sample.columns) else 0.0
        if sample.has("id", "url", "body", "author", "unix_timestamp"):  # before there was a thread_id
            return 0.9
        return 0.0

    def refuse(self, sample: Sample) -> str | None:
        """Every table of this kind holds posts."""
        return None

    def posts(self, record: Record, context: Context) -> Iterator[Post]:
        """Turn one row into a post."""
        missing = {name.strip() for name in str(record.values.get("missing_fields") or "").split(",")}
        values = {name: value for name, value in record.values.items() if name not in missing}
        kind, thread, parent = _edges(values)
        platform = _platform(values, context.columns)
        unix = cell(values, "unix_timestamp")
        local = cell(values, "timestamp")
        yield Post(
            post_id=f"{values.get('thread_id')}/{values.get('id')}"
            if "search_entity" in values
            else values.get("id"),
            kind=kind,
            text=cell(values, "body"),
            thread_id=thread,
            parent_id=parent,
            author=cell(values, "author_id", "author_user_id", "author"),
            title=cell(values, "title", "subject"),
            time=unix if unix is not None else local,
            zone=None if "missing_fields" in context.columns else "UTC",
            platform=platform,
            place=cell(values, "ip_location"),
            likes=cell(values, "likes", "like_count", "num_likes", "digg_count", "score"),
            comments=cell(values, "comments", "comment_count", "num_comments", "reply_count", "replies"),
            collects=cell(values, "collect_count"),
            shares=cell(values, "shares", "retweet_count", "reposts", "repost_count", "share_count"),
            hashtags=names_in(cell(values, "hashtags", "tags")),
            docvars=_docvars(values, platform),
        )


def _edges(values: Mapping[str, Any]) -> tuple[str, Any, Any]:
    """A post opens its thread; ``thread_id`` of a TikTok comment can be the comment it answers."""
    own, thread, post = cell(values, "id"), cell(values, "thread_id"), cell(values, "post_id")
    if "search_entity" in values:  # Telegram: messages of a chat, numbered within it
        answered = cell(values, "reply_to")
        here = f"{thread}/{own}"
        return ("post", here, None) if answered is None else ("reply", thread, f"{thread}/{answered}")
    nested = str(values.get("is_comment_on_comment", "")).casefold() in _TRUE
    if post is not None:
        answered = thread if nested and thread not in (None, post, own) else None
        return ("reply", post, answered) if nested else ("comment", post, post)
    if thread is None or str(thread) == str(own):
        return "post", own, None
    if str(values.get("is_reply", "")).casefold() in _TRUE:
        return "reply", thread, None  # whom it answers is not exported
    answered = str(cell(values, "parent_id", "parent") or thread)
    answered = answered.removeprefix("t1_").removeprefix("t3_")  # Reddit: a comment, a post
    return ("comment" if answered == str(thread) else "reply"), thread, answered


def _platform(values: Mapping[str, Any], columns: tuple[str, ...]) -> str | None:
    for name in _LINKS:
        host = _HOST.match(str(values.get(name) or ""))
        if host and host[1].lower() in _HOSTS:
            return _HOSTS[host[1].lower()]
    if "tiktok_url" in columns or "music_name" in columns:
        return "tiktok"
    if "subreddit" in columns:
        return "reddit"
    return "telegram" if "search_entity" in columns else None


def _docvars(values: Mapping[str, Any], platform: str | None) -> dict[str, Any]:
    if platform is not None:
        return {name: values[name] for name in _KEPT if values.get(name) not in (None, "")}
    return {name: value for name, value in values.items() if name not in _USUAL}
