"""Importers that are declarations: a table has these columns, and they mean these fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from discourse.corpus.importers.base import Context, Post, Unreadable, cell, names_in
from discourse.corpus.records import Record, Sample

_NO_PARENT = frozenset({"", "0", "0.0", "none", "nan", "null"})


@dataclass(frozen=True)
class Shape:
    """One kind of table that a collector writes.

    Parameters
    ----------
    signs : frozenset of str
        Columns by which it is known.
    platform : str
        Where the posts are from.
    kind : str
        ``post`` or ``comment``.
    fields : mapping of str to tuple of str
        Our field -> their columns, the better one first.
    docvars : mapping of str to str
        Their column -> name of the docvar.
    videos : tuple of str
        Values of the column ``media`` that mean a video.
    """

    signs: frozenset[str]
    platform: str
    kind: str
    fields: Mapping[str, tuple[str, ...]]
    docvars: Mapping[str, str] = field(default_factory=dict)
    videos: tuple[str, ...] = ("视频", "video")

    def post(self, values: Mapping[str, Any]) -> Post:
        """Turn a row into a post."""
        found = {name: cell(values, *columns) for name, columns in self.fields.items()}
        tags, media = found.pop("hashtags", None), found.pop("media", None)
        answered = found.pop("parent_id", None)
        kind, thread = self.kind, found.pop("thread_id", None)
        if kind == "comment":
            top = (thread, found.get("post_id"))
            nested = str(answered or "").strip().casefold() not in _NO_PARENT and answered not in top
            kind, answered = ("reply", answered) if nested else ("comment", thread)
        docvars = {name: values.get(column) for column, name in self.docvars.items()}
        if media is not None:
            docvars["media"] = "video" if str(media) in self.videos else "picture"
        return Post(
            **{"post_id": None, "text": None, **found},
            kind=kind,
            thread_id=thread if thread is not None else found.get("post_id"),
            parent_id=None if kind == "post" else answered,
            platform=self.platform,
            hashtags=names_in(tags, ",，#、; "),
            docvars=docvars,
        )


class ShapedImporter:
    """An importer of tables of known shapes; a subclass names them."""

    name: ClassVar[str]
    zone: ClassVar[str] = "Asia/Shanghai"
    shapes: ClassVar[tuple[Shape, ...]]

    def detect(self, sample: Sample) -> float:
        """Recognise one of the shapes by its columns."""
        return 0.97 if self._shape(sample.columns) is not None else 0.0

    def refuse(self, sample: Sample) -> str | None:
        """Every table of this kind holds posts."""
        return None

    def posts(self, record: Record, context: Context) -> Iterator[Post]:
        """Turn a row into a post."""
        shape = self._shape(context.columns)
        if shape is None:
            raise Unreadable(f"not a table of {self.name}")
        yield shape.post(record.values)

    def _shape(self, columns: tuple[str, ...]) -> Shape | None:
        have = set(columns)
        return next((shape for shape in self.shapes if shape.signs <= have), None)
