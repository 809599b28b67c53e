"""Weibo: weibo-search, weibo-crawler (posts and comments, CSV and SQLite) and Bazhuayu tables."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from discourse.corpus.importers.base import Context, Post
from discourse.corpus.importers.shapes import Shape, ShapedImporter
from discourse.corpus.records import Record, Sample

_TAG = re.compile(r"</?(?:a|img|span|br|p|div|i|em)\b[^<>]{0,1000}>", re.IGNORECASE)
_PICTURE = re.compile(
    r"<img\b[^<>]{0,1000}?\balt=[\"']?(\[[^\[\]<>\"']{1,20}\])[^<>]{0,1000}>", re.IGNORECASE
)
_LINE = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COUNTS = {"likes": ("点赞数",), "comments": ("评论数",), "shares": ("转发数",)}


class Weibo(ShapedImporter):
    """The importer of the usual Weibo collectors."""

    name = "weibo"
    shapes = (
        Shape(
            signs=frozenset({"微博正文", "发布时间"}),
            platform="weibo",
            kind="post",
            fields={
                **_COUNTS,
                "post_id": ("id", "bid"),
                "author": ("user_id", "用户昵称"),
                "text": ("微博正文",),
                "time": ("发布时间",),
                "place": ("ip",),
                "hashtags": ("话题",),
            },
            docvars={"retweet_id": "retweet_id", "user_authentication": "user_authentication"},
        ),
        Shape(
            signs=frozenset({"正文", "完整日期"}),
            platform="weibo",
            kind="post",
            fields={
                **_COUNTS,
                "post_id": ("id", "bid"),
                "author": ("用户id", "user_id"),
                "text": ("正文",),
                "time": ("完整日期", "日期"),
                "hashtags": ("话题",),
            },
            docvars={"是否原创": "original", "源微博id": "retweet_id"},
        ),
        Shape(
            signs=frozenset({"weibo_id", "created_at", "text", "user_screen_name"}),
            platform="weibo",
            kind="comment",
            fields={
                "post_id": ("id",),
                "thread_id": ("weibo_id",),
                "parent_id": ("root_id",),
                "author": ("user_id", "user_screen_name"),
                "text": ("text",),
                "time": ("created_at",),
                "likes": ("like_count",),
            },
        ),
        Shape(
            signs=frozenset({"标题", "txt", "from1"}),
            platform="weibo",
            kind="post",
            fields={"author": ("标题",), "text": ("txt",), "time": ("from1",)},
        ),
        Shape(
            signs=frozenset({"bid", "text", "attitudes_count", "reposts_count"}),  # weibo-crawler's JSON
            platform="weibo",
            kind="post",
            fields={
                "likes": ("attitudes_count",),
                "comments": ("comments_count",),
                "shares": ("reposts_count",),
                "post_id": ("id", "bid"),
                "author": ("user_id", "screen_name"),
                "text": ("text",),
                "time": ("full_created_at", "created_at"),
                "hashtags": ("topics",),
            },
        ),
    )

    def detect(self, sample: Sample) -> float:
        """Recognise one of the shapes, or the table of accounts beside them."""
        return 0.97 if _is_people(sample.columns) else super().detect(sample)

    def refuse(self, sample: Sample) -> str | None:
        """Accounts are no posts, and name people."""
        return "profiles of accounts hold no posts" if _is_people(sample.columns) else None

    def posts(self, record: Record, context: Context) -> Iterator[Post]:
        """Turn a row into a post; what is left of the page in its text becomes plain."""
        for post in super().posts(record, context):
            if isinstance(post.text, str) and _TAG.search(post.text):
                post.text = _plain(post.text)
            yield post


def _is_people(columns: tuple[str, ...]) -> bool:
    have = {column.casefold() for column in columns}
    people = bool({"nick_name", "nickname", "screen_name", "用户昵称", "昵称"} & have)
    followed = {
        "follower_count",
        "followers_count",
        "followers",
        "粉丝数",
        "statuses_count",
        "weibo_num",
    } & have
    texts = {
        "text",
        "content",
        "正文",
        "微博正文",
        "内容",
        "bid",
        "created_at",
        "发布时间",
        "评论内容",
    } & have
    return people and bool(followed) and not texts


def _plain(text: str) -> str:
    r"""Take tags out of a text; a sticker's picture becomes its code, and links to people go.

    Examples
    --------
    >>> _plain("<a href='/n/ann'>@ann</a> 好<img alt=[doge] src=x>&amp;<br/>!")
    '@ann 好[doge]&\n!'
    """
    shown = _LINE.sub("\n", _PICTURE.sub(r"\1", text))
    return html.unescape(_TAG.sub("", shown))
