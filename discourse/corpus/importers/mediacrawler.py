"""MediaCrawler: notes and comments of Xiaohongshu, Weibo, Douyin, Bilibili, Kuaishou, Zhihu and Tieba.

Since July 2026 the collector stores ``creator_hash`` in place of ``user_id`` and no place; both are read.
CSV, JSON, JSON lines, workbook and SQLite hold the same keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from discourse.corpus.importers.base import Context, Post, Unreadable, cell, names_in
from discourse.corpus.records import Record, Sample


@dataclass(frozen=True)
class _Platform:
    """How one platform's keys are called."""

    name: str
    thread: str
    text: str
    shares: str = "share_count"
    comments: str = "comment_count"
    likes: str = "like_count"
    liked: str = "liked_count"


_PLATFORMS = (
    _Platform("xiaohongshu", "note_id", "desc"),
    _Platform("weibo", "note_id", "content", "shared_count", "comments_count", "comment_like_count"),
    _Platform("douyin", "aweme_id", "desc"),
    _Platform("bilibili", "video_id", "desc", "video_share_count", "video_comment"),
    _Platform("kuaishou", "video_id", "desc"),
    _Platform("zhihu", "content_id", "content_text", liked="voteup_count"),
    _Platform("tieba", "note_id", "desc", comments="total_replay_num"),
)
_OFFICIAL = frozenset(
    {
        *(
            "note_id",
            "comment_id",
            "aweme_id",
            "video_id",
            "type",
            "aweme_type",
            "video_type",
            "title",
            "desc",
        ),
        *(
            "content",
            "time",
            "create_time",
            "create_date_time",
            "last_update_time",
            "last_modify_ts",
            "add_ts",
        ),
        *(
            "id",
            "user_id",
            "author_id",
            "creator_hash",
            "nickname",
            "gender",
            "avatar",
            "profile_url",
            "sec_uid",
        ),
        *(
            "short_user_id",
            "user_unique_id",
            "user_signature",
            "liked_count",
            "like_count",
            "comment_like_count",
        ),
        *(
            "disliked_count",
            "collected_count",
            "comment_count",
            "comments_count",
            "share_count",
            "shared_count",
        ),
        *("sub_comment_count", "ip_location", "image_list", "pictures", "tag_list", "parent_comment_id"),
        *(
            "video_play_count",
            "video_favorite_count",
            "video_share_count",
            "video_coin_count",
            "video_danmaku",
        ),
        *(
            "video_comment",
            "note_url",
            "xsec_token",
            "aweme_url",
            "cover_url",
            "video_url",
            "video_cover_url",
        ),
        *("video_download_url", "music_download_url", "note_download_url"),
        *("_id", "sex", "sign", "viewd_count", "video_play_url", "content_id", "content_text", "content_url"),
        *("content_type", "question_id", "created_time", "updated_time", "publish_time", "voteup_count"),
        *(
            "dislike_count",
            "user_link",
            "user_nickname",
            "user_avatar",
            "user_url_token",
            "parment_comment_id",
        ),
        *("tieba_id", "tieba_link", "total_replay_num", "total_replay_page"),
    }
)
_NO_PARENT = frozenset({"0", "0.0", "none", "nan", "null"})
_CRAWLED = frozenset({"last_modify_ts", "creator_hash", "user_id", "nickname", "add_ts", "user_link"})
_BILIBILI_ONLY = frozenset({"parent_comment_id", "sex", "sign", "like_count"})


class MediaCrawler:
    """The importer of MediaCrawler's exports."""

    name = "mediacrawler"
    zone = "Asia/Shanghai"

    def detect(self, sample: Sample) -> float:
        """Recognise notes, comments and creators by their keys."""
        if _is_creators(sample.columns):
            return 0.9
        if self._platform(sample.columns) is None:
            return 0.0
        return 0.95 if _CRAWLED & set(sample.columns) else 0.6

    def refuse(self, sample: Sample) -> str | None:
        """Profiles of creators are no posts, and name people."""
        return None if not _is_creators(sample.columns) else "profiles of creators hold no posts"

    def posts(self, record: Record, context: Context) -> Iterator[Post]:
        """Turn a note or a comment into a post."""
        platform = self._platform(context.columns)
        if platform is None:
            raise Unreadable("a creator's profile is no post")
        if "comment_id" in context.columns:
            yield _comment(record, platform)
        else:
            yield _note(record, platform)

    def posts_in_columns(
        self, table: Mapping[str, list[str]], context: Context
    ) -> dict[str, list[Any]] | None:
        """Turn rows of comments into posts."""
        platform = self._platform(context.columns)
        if platform is None or "comment_id" not in context.columns:
            return None
        return _comments(table, platform)

    @staticmethod
    @lru_cache(maxsize=64)
    def _platform(columns: tuple[str, ...]) -> _Platform | None:
        have = set(columns)
        xiaohongshu, weibo, douyin, bilibili, kuaishou, zhihu, tieba = _PLATFORMS
        if "tieba_name" in have:
            return (
                tieba if {"note_id", "comment_id", "content"} <= have or {"note_id", "desc"} <= have else None
            )
        if "user_link" in have and "content_id" not in have:  # the same names, other meanings
            return None
        if {"comment_id", "content"} <= have:
            if "aweme_id" in have:
                return douyin
            if "video_id" in have:
                return bilibili if _BILIBILI_ONLY & have else kuaishou
            if {"content_id", "content_type"} <= have:
                return zhihu
            if "note_id" in have:
                return weibo if {"create_date_time", "comment_like_count"} & have else xiaohongshu
        if {"aweme_id", "desc"} <= have:
            return douyin
        if {"video_id", "desc", "video_play_count"} <= have:
            return bilibili
        if {"video_id", "desc", "viewd_count"} <= have:
            return kuaishou
        if {"content_id", "content_text", "voteup_count"} <= have:
            return zhihu
        if {"note_id", "content", "create_time", "shared_count"} <= have:
            return weibo
        if {"note_id", "desc", "liked_count"} <= have and "title" in have:
            return xiaohongshu
        return None


def _is_creators(columns: tuple[str, ...]) -> bool:
    have = set(columns)
    named = "user_id" in have or "creator_hash" in have
    return named and bool({"fans", "total_fans"} & have) and not {"content", "note_id", "video_id"} & have


def _author(record: Record) -> tuple[object, str | None]:
    hashed = cell(record.values, "creator_hash")
    user = cell(record.values, "user_id", "author_id") or (
        None if hashed else cell(record.values, "user_link")
    )
    return user, None if user is not None or hashed is None else str(hashed)


def _note(record: Record, platform: _Platform) -> Post:
    values = record.values
    author, author_hash = _author(record)
    return Post(
        post_id=values.get(platform.thread),
        kind="post",
        text=values.get(platform.text),
        thread_id=values.get(platform.thread),
        author=author,
        author_hash=author_hash,
        title=cell(values, "title"),
        time=cell(values, "time", "create_time", "created_time", "publish_time"),
        platform=platform.name,
        place=cell(values, "ip_location"),
        likes=values.get(platform.liked),
        comments=values.get(platform.comments),
        collects=cell(values, "collected_count", "video_favorite_count"),
        shares=values.get(platform.shares),
        hashtags=names_in(values.get("tag_list")),
        docvars={
            **_own_columns(values),
            **_media(values.get("type"), cell(values, "image_list", "video_url", "video_download_url")),
        },
    )


def _comment(record: Record, platform: _Platform) -> Post:
    values = record.values
    author, author_hash = _author(record)
    thread = values.get(platform.thread)
    answered = cell(values, "parent_comment_id", "parment_comment_id")  # sic, in an early version
    top = answered is None or str(answered).strip().casefold() in _NO_PARENT
    return Post(
        post_id=values.get("comment_id"),
        kind="comment" if top else "reply",
        text=values.get("content"),
        thread_id=thread,
        parent_id=thread if top else answered,
        author=author,
        author_hash=author_hash,
        time=cell(values, "create_time", "publish_time"),
        platform=platform.name,
        place=cell(values, "ip_location"),
        likes=cell(values, platform.likes, "like_count"),
        comments=values.get("sub_comment_count"),
        docvars={**_own_columns(values), **_media(None, values.get("pictures"))},
    )


def _comments(table: Mapping[str, list[str]], platform: _Platform) -> dict[str, list[Any]] | None:
    """Give the fields of many comments, as :func:`_comment` gives those of one."""
    n = len(next(iter(table.values()), []))
    none: list[Any] = [None] * n

    def first(*names: str) -> list[Any]:
        """The first value of each row that is there, as :func:`cell` finds it."""
        shown = [table[name] for name in names if name in table]
        if not shown:
            return none
        found: list[Any] = [value or None for value in shown[0]]
        for more in shown[1:]:
            found = [one or other or None for one, other in zip(found, more, strict=True)]
        return found

    hashes, links = first("creator_hash"), first("user_link")
    given = zip(first("user_id", "author_id"), hashes, links, strict=True)
    authors = [user or (None if hashed else link) for user, hashed, link in given]
    threads = list(table.get(platform.thread, none))
    answered = first("parent_comment_id", "parment_comment_id")
    top = [one is None or one == "0" or one.strip().casefold() in _NO_PARENT for one in answered]
    return {
        "post_id": table.get("comment_id", none),
        "kind": ["comment" if first_level else "reply" for first_level in top],
        "text": table.get("content", none),
        "thread_id": threads,
        "parent_id": [
            t if first_level else a for first_level, t, a in zip(top, threads, answered, strict=True)
        ],
        "author": authors,
        "author_hash": [h if user is None else None for user, h in zip(authors, hashes, strict=True)],
        "time": first("create_time", "publish_time"),
        "platform": [platform.name] * n,
        "place": first("ip_location"),
        "likes": first(platform.likes, "like_count"),
        "comments": table.get("sub_comment_count", none),
        "docvars": _docvars_of_comments(table, n),
    }


def _docvars_of_comments(table: Mapping[str, list[str]], n: int) -> list[Any]:
    media = [_media(None, shown) for shown in table.get("pictures", [""] * n)]
    names = _own_names(tuple(table))
    if not names:
        return media
    own = zip(*(table[name] for name in names), strict=True)
    return [
        {**{name: value for name, value in zip(names, values, strict=True) if value}, **shown}
        for values, shown in zip(own, media, strict=True)
    ]


def _own_columns(values: dict[str, Any]) -> dict[str, Any]:
    """The keyword, and what a researcher added to the table: codes, themes, waves."""
    names = _own_names(tuple(values))
    return {name: values[name] for name in names if values[name] not in (None, "")} if names else {}


@lru_cache(maxsize=256)
def _own_names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(n for n in names if n not in _OFFICIAL and not n.startswith("column_"))


def _media(kind: object, media: object) -> dict[str, str]:
    if kind == "video":
        return {"media": "video"}
    shown = kind == "normal" or media not in (None, "", '""', "[]", "None")
    return {"media": "picture"} if shown else {}
