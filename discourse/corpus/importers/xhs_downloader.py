"""XHS-Downloader: the SQLite table ``explore_data``, or a table saved from it."""

from __future__ import annotations

from discourse.corpus.importers.shapes import Shape, ShapedImporter


class XhsDownloader(ShapedImporter):
    """The importer of XHS-Downloader."""

    name = "xhs-downloader"
    shapes = (
        Shape(
            signs=frozenset({"作品ID", "作品描述", "发布时间"}),
            platform="xiaohongshu",
            kind="post",
            fields={
                "post_id": ("作品ID",),
                "title": ("作品标题",),
                "text": ("作品描述",),
                "author": ("作者ID",),
                "time": ("发布时间",),
                "likes": ("点赞数量",),
                "collects": ("收藏数量",),
                "comments": ("评论数量",),
                "shares": ("分享数量",),
                "hashtags": ("作品标签",),
                "media": ("作品类型",),
            },
        ),
    )
