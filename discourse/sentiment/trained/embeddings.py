"""The meaning of posts: embeddings of their sides by a sentence encoder."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

import numpy as np

from discourse.sentiment.trained.encoders import encode
from discourse.sentiment.trained.posts import Posts
from discourse.sentiment.trained.views import around
from discourse.text.clauses import clauses

Array = np.ndarray[Any, Any]


def _whole(posts: Posts) -> list[list[str]]:
    return [[text] for text in posts.texts]


def _named(posts: Posts) -> list[list[str]]:
    return [[text] for text in around(posts)]


def _answered(posts: Posts) -> list[list[str]]:
    return [[text] for text in posts.parents]


def _clauses(posts: Posts) -> list[list[str]]:
    """Cut texts into clauses; topics between two signs (#topic#) name what is spoken of, not what is said."""
    return [_pieces(_TOPIC.sub(" ", text)) or [text] for text in posts.texts]


def _pieces(text: str) -> list[str]:
    found = [text[clause.start : clause.stop].strip() for clause in clauses(text)]
    return [piece for piece in found if len(piece) > 1]


_TOPIC = re.compile(r"[#＃][^#＃\s]{1,40}[#＃]")
SIDES: dict[str, Callable[[Posts], list[list[str]]]] = {
    "meaning": _whole,
    "meaning of clauses": _clauses,
    "meaning of the clause": _named,
    "parent meaning": _answered,
}
"""Each side of posts that is embedded, by its name: one list of pieces a post."""


class Meaning:
    """Embeddings of one side of posts, centred on the training posts and scaled to length one.

    Of several pieces the mean is taken: long posts blur in one embedding.
    """

    def __init__(self, view: str, encoder: str) -> None:
        self.view = view
        self.encoder = encoder

    def fit(self, posts: Posts) -> Array:
        """Learn the centre; return the embeddings of the same posts."""
        pieces = SIDES[self.view](posts)
        rows = encode(list(chain.from_iterable(pieces)), self.encoder)
        self.centre_ = rows.mean(axis=0)
        return self._pooled(rows, pieces)

    def transform(self, posts: Posts) -> Array:
        """Embed other posts."""
        pieces = SIDES[self.view](posts)
        if not pieces:
            return np.zeros((0, len(self.centre_)), dtype=np.float32)
        return self._pooled(encode(list(chain.from_iterable(pieces)), self.encoder), pieces)

    def _pooled(self, rows: Array, pieces: list[list[str]]) -> Array:
        starts = np.cumsum([0, *map(len, pieces[:-1])])
        return _unit(np.add.reduceat(_unit(rows - self.centre_), starts, axis=0))

    def state(self) -> dict[str, Array]:
        """Give what was learned."""
        return {"centre": self.centre_}

    @classmethod
    def restore(cls, view: str, encoder: str, state: Mapping[str, Array]) -> Meaning:
        """Make it again from what :meth:`state` gave."""
        meaning = cls(view, encoder)
        meaning.centre_ = state["centre"]
        return meaning


def _unit(rows: Array) -> Array:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-6), dtype=np.float32)
