"""What :func:`discourse.corpus.export.export_posts` wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from discourse.corpus.cells import unquoted
from discourse.corpus.importers.base import Context, Post, cell
from discourse.corpus.records import Record, Sample

_SIGNS = ("post_id", "thread_id", "parent_id", "kind", "text", "created_at_doubt", "duplicate_of", "cells")


class Own:
    """The importer of our own exports; pseudonyms and flags stay as they are."""

    name = "discourse"
    zone = "UTC"

    def detect(self, sample: Sample) -> float:
        """Say whether the columns of the posts table are there, and the one about its cells."""
        return 1.0 if sample.has(*_SIGNS) else 0.0

    def refuse(self, sample: Sample) -> str | None:
        """Every table of this kind holds posts."""
        return None

    def posts(self, record: Record, context: Context) -> Iterator[Post]:
        """Turn one record into its post."""
        values = _whole(record.values)
        yield Post(
            post_id=cell(values, "post_id"),
            kind=str(values.get("kind") or "post"),
            text=values.get("text"),
            thread_id=cell(values, "thread_id"),
            parent_id=cell(values, "parent_id"),
            author=cell(values, "author"),
            pseudonymous=True,
            title=cell(values, "title"),
            time=cell(values, "created_at"),
            doubt=_number(cell(values, "created_at_doubt")),
            zone="UTC",
            platform=cell(values, "platform"),
            place=_place(cell(values, "ip_location")),
            likes=cell(values, "likes"),
            comments=cell(values, "comments"),
            collects=cell(values, "collects"),
            shares=cell(values, "shares"),
            hashtags=_list(values.get("hashtags")),
            docvars=_object(values.get("docvars")),
            flags=_list(values.get("flags")),
        )


def _whole(values: dict[str, Any]) -> dict[str, Any]:
    """Undo what was done to the cells of a row."""
    done = str(values.get("cells") or "").split()
    if "quoted" in done:
        return {name: unquoted(value) if isinstance(value, str) else value for name, value in values.items()}
    if "split" not in done:
        return values
    out = dict(values)
    for name in values:
        number = 2
        while (more := values.get(f"{name}_{number}")) not in (None, ""):
            out[name] = f"{out[name]}{more}"
            number += 1
    return out


def _list(value: Any) -> list[str]:
    found = value if isinstance(value, list) else _parsed(value)
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


def _object(value: Any) -> dict[str, Any]:
    found = value if isinstance(value, dict) else _parsed(value)
    return found if isinstance(found, dict) else {}


def _parsed(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def _number(value: Any) -> float | None:
    try:
        return None if value is None else float(value)
    except (TypeError, ValueError):
        return None


def _place(code: Any) -> Any:
    """At the door, NA means that a place is not known; here it is Namibia."""
    return "Namibia" if code == "NA" else code
