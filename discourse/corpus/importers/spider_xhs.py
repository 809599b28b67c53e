"""Spider_XHS: notes and comments of Xiaohongshu in workbooks with Chinese headers, and its JSON."""

from __future__ import annotations

from discourse.corpus.importers.shapes import Shape, ShapedImporter

_COUNTS = {
    "likes": ("点赞数量", "liked_count", "like_count"),
    "collects": ("收藏数量", "collected_count"),
    "comments": ("评论数量", "comment_count"),
    "shares": ("分享数量", "share_count"),
}
_SHARED = {
    "author": ("用户id", "user_id"),
    "time": ("上传时间", "upload_time"),
    "place": ("ip归属地", "ip_location"),
}
_COMMENT = Shape(
    signs=frozenset({"评论id", "评论内容", "笔记id"}),
    platform="xiaohongshu",
    kind="comment",
    fields={
        **_SHARED,
        "post_id": ("评论id", "comment_id"),
        "thread_id": ("笔记id", "note_id"),
        "text": ("评论内容", "content"),
        "likes": ("点赞数量", "like_count"),
    },
)
_NOTE = Shape(
    signs=frozenset({"笔记id", "标题", "描述"}),
    platform="xiaohongshu",
    kind="post",
    fields={
        **_SHARED,
        **_COUNTS,
        "post_id": ("笔记id", "note_id"),
        "title": ("标题", "title"),
        "text": ("描述", "desc"),
        "hashtags": ("标签", "tags"),
        "media": ("笔记类型", "note_type"),
    },
    videos=("视频", "video"),
)


class SpiderXhs(ShapedImporter):
    """The importer of Spider_XHS."""

    name = "spider-xhs"
    shapes = (
        _COMMENT,
        Shape(
            frozenset({"comment_id", "note_id", "content", "upload_time"}),
            "xiaohongshu",
            "comment",
            _COMMENT.fields,
        ),
        _NOTE,
        Shape(
            frozenset({"note_id", "note_url", "title", "desc", "upload_time"}),
            "xiaohongshu",
            "post",
            _NOTE.fields,
        ),
    )
