"""Any table or list of objects, by a mapping of columns; a guessed one is explained in the counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discourse.corpus.importers.aliases import are_comments, author_columns, fold, guess_mapping
from discourse.corpus.importers.base import Context, Post, Unreadable, names_in
from discourse.corpus.records import Record, Sample

_KINDS = {
    "post": "post", "submission": "post", "note": "post", "thread": "post", "tweet": "post", "video": "post",
    "帖子": "post", "笔记": "post", "主帖": "post", "主贴": "post", "微博": "post",
    "comment": "comment", "评论": "comment", "一级评论": "comment",
    "reply": "reply", "回复": "reply", "二级评论": "reply", "子评论": "reply",
}  # fmt: skip
_NO_PARENT = frozenset({"", "0", "0.0", "none", "nan", "null", "na"})


class Generic:
    """The importer of what no other importer knows."""

    name = "generic"
    zone = "UTC"

    def detect(self, sample: Sample) -> float:
        """Say whether a text and something beside it can be guessed."""
        mapping = guess_mapping(sample.columns)
        if "text" not in mapping:
            return 0.0
        return 0.3 if {"post_id", "author", "created_at", "ip_location", "likes"} & set(mapping) else 0.1

    def refuse(self, sample: Sample) -> str | None:
        """Every table of this kind holds posts."""
        return None

    def posts(self, record: Record, context: Context) -> Iterator[Post]:
        """Turn one record into a post, by the mapping."""
        values, mapping = _flat(record.values), context.mapping
        if mapping["text"] not in values:
            raise Unreadable(f"no value for {mapping['text']!r}")
        taken = {*mapping.values(), *author_columns(context.columns)}
        fields: dict[str, Any] = {field: values.get(column) for field, column in mapping.items()}
        kind, thread, parent = _edges(fields, context)
        yield Post(
            post_id=fields.get("post_id"),
            kind=kind,
            text=fields["text"],
            thread_id=thread,
            parent_id=parent,
            author=fields.get("author"),
            title=fields.get("title"),
            time=fields.get("created_at"),
            platform=_name(fields.get("platform")),
            place=fields.get("ip_location"),
            likes=fields.get("likes"),
            comments=fields.get("comments"),
            collects=fields.get("collects"),
            shares=fields.get("shares"),
            hashtags=names_in(fields.get("hashtags"), ",，#、;"),
            docvars={k: v for k, v in values.items() if k not in taken},
        )


def _edges(fields: dict[str, Any], context: Context) -> tuple[str, Any, Any]:
    """Find kind, thread and parent, from what the export says and without guessing."""
    thread, parent = fields.get("thread_id"), fields.get("parent_id")
    if str(parent if parent is not None else "").strip().casefold() in _NO_PARENT:
        parent = None
    said = _KINDS.get(str(fields.get("kind") or "").strip().casefold())
    own = fields.get("post_id")
    if said is None and parent is not None and str(parent) != str(own):
        said = "comment" if str(parent) == str(thread) else "reply"
    if said is None:
        by_id = not fold(context.mapping.get("thread_id", "")).endswith("title")
        apart = by_id and thread not in (None, "") and own not in (None, "") and str(thread) != str(own)
        said = "comment" if apart or are_comments(context.columns) else "post"
    return said, thread, None if said == "post" else parent


def _name(value: Any) -> str | None:
    return str(value).strip().casefold() or None if value is not None else None


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    """Objects in objects become ``outer.inner``, two levels deep."""
    if not any(isinstance(v, dict) for v in values.values()):
        return values
    out: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, dict):
            out.update({f"{key}.{k}": v for k, v in value.items() if not isinstance(v, dict)})
        else:
            out[key] = value
    return out
