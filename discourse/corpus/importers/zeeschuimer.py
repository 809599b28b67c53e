"""Zeeschuimer: NDJSON of what a browser received, one platform object a line.

The envelope says the platform; files that went through 4CAT hold the envelope in ``__import_meta``.  Objects
saved from a platform's own interface have none, and are known by their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from discourse.corpus.importers import (
    browser_instagram,
    browser_others,
    browser_tiktok,
    browser_x,
    browser_xiaohongshu,
)
from discourse.corpus.importers.base import Context, Post, Unreadable
from discourse.corpus.records import Record, Sample

_PLATFORMS: dict[str, Callable[[dict[str, Any]], Iterator[Post]]] = {
    "xiaohongshu.com": browser_xiaohongshu.notes,
    "rednote.com": browser_xiaohongshu.notes,
    "xiaohongshu-comments": browser_xiaohongshu.comments,
    "tiktok.com": browser_tiktok.videos,
    "tiktok-comments": browser_tiktok.comments,
    "douyin.com": browser_tiktok.douyin,
    "twitter.com": browser_x.tweets,
    "x.com": browser_x.tweets,
    "instagram.com": browser_instagram.instagram,
    "threads.net": browser_instagram.threads,
    "threads.com": browser_instagram.threads,
    "instagram-comments": browser_others.instagram_comments,
    "twitter-comments": browser_x.tweets,
    "truthsocial.com": browser_others.truthsocial,
    "gab.com": browser_others.gab,
    "9gag.com": browser_others.ninegag,
    "imgur.com": browser_others.imgur,
    "pinterest.com": browser_others.pinterest,
}
_SURE = 0.9
"""Share of bare objects that must be of platforms we know."""


class Zeeschuimer:
    """The importer of Zeeschuimer's NDJSON and of 4CAT's."""

    name = "zeeschuimer"
    zone = "UTC"

    def detect(self, sample: Sample) -> float:
        """Recognise the envelope."""
        if sample.shape != "objects":
            return 0.0
        if sample.has("data", "source_platform") or sample.has("__import_meta"):
            return 0.98
        known = [browser_others.raw_kind(r.values) is not None for r in sample.records if r.broken is None]
        return 0.9 if known and sum(known) >= _SURE * len(known) else 0.0

    def refuse(self, sample: Sample) -> str | None:
        """Every table of this kind holds posts."""
        return None

    def posts(self, record: Record, context: Context) -> Iterator[Post]:
        """Turn one object into its posts; nested replies are posts of their own."""
        if "source_platform" not in record.values and "__import_meta" not in record.values:
            yield from _read(browser_others.raw, record.values)
            return
        envelope, data = _opened(record.values)
        platform = str(envelope.get("source_platform") or "")
        reader = _PLATFORMS.get(platform)
        if reader is None:
            raise Unreadable(f"no reader for the platform {platform[:40]!r}")
        if not data:
            raise Unreadable("the envelope is empty")
        yield from _read(reader, {**data, "__item_id": envelope.get("item_id")})


def _read(reader: Callable[[dict[str, Any]], Iterator[Post]], data: dict[str, Any]) -> Iterator[Post]:
    try:
        yield from reader(data)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as fault:
        raise Unreadable(f"an object of unknown shape ({type(fault).__name__})") from fault


def _opened(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    meta = values.get("__import_meta")
    if isinstance(meta, dict):
        return meta, {name: value for name, value in values.items() if name != "__import_meta"}
    data = values.get("data")
    return values, data if isinstance(data, dict) else {}
