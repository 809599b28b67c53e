"""Weibo: weibo-search, weibo-crawler (posts and comments, CSV and SQLite) and Bazhuayu tables."""

from __future__ import annotations

from discourse.corpus.importers.shapes import Shape, ShapedImporter

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
    )
