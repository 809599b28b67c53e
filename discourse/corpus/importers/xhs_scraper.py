"""The browser scraper of Xiaohongshu posts that writes ``ip_localtion`` (sic) and ``1/14/2025 12:08``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discourse.corpus.importers.base import Context, Post, cell, names_in
from discourse.corpus.records import Record, Sample

_OFFICIAL = frozenset(
    {
        *("title", "content", "address", "label", "user_name", "user_id", "like_count", "collect_count"),
        *(
            "comment_count",
            "share_count",
            "create_time",
            "post_id",
            "ip_localtion",
            "post_image",
            "post_type",
        ),
    }
)


def _own_columns(values: dict[str, Any]) -> dict[str, Any]:
    """What a researcher added to the table."""
    return {name: value for name, value in values.items() if name not in _OFFICIAL}


class XhsScraper:
    """The importer of that scraper's tables."""

    name = "xhs-scraper"
    zone = "Asia/Shanghai"

    def detect(self, sample: Sample) -> float:
        """Recognise its misspelt column."""
        return 0.95 if sample.has("ip_localtion", "content", "post_id") else 0.0

    def refuse(self, sample: Sample) -> str | None:
        """Every table of this kind holds posts."""
        return None

    def posts(self, record: Record, context: Context) -> Iterator[Post]:
        """Turn one row into a post."""
        values = record.values
        kind = cell(values, "post_type")
        yield Post(
            post_id=values.get("post_id"),
            kind="post",
            text=values.get("content"),
            thread_id=values.get("post_id"),
            author=cell(values, "user_id"),
            title=cell(values, "title"),
            time=cell(values, "create_time"),
            platform="xiaohongshu",
            place=cell(values, "ip_localtion"),
            likes=values.get("like_count"),
            comments=values.get("comment_count"),
            collects=values.get("collect_count"),
            shares=values.get("share_count"),
            hashtags=names_in(values.get("label"), "#"),
            docvars={**_own_columns(values), "media": "video" if kind == "video" else "picture"},
        )
