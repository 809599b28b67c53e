"""From which posts topics are learned: all, a seeded sample, or short posts put together in pools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import ParameterError
from discourse.text.ordering import in_order
from discourse.text.token_lists import WordLists
from discourse.topics.vocabulary import Limits

Docs = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Learning:
    """How topics are learned from posts.

    Attributes
    ----------
    joint : bool
        One space for both languages, or one a language.
    limits : Limits
        How rare and how common words may be.
    pools : tuple of tuple of str or None
        Keys of each post; posts with a common key are put together to learn from.
    sample : int or None
        Most posts (or pools) to learn from.
    """

    joint: bool = True
    limits: Limits = field(default_factory=Limits)
    pools: tuple[tuple[str, ...], ...] | None = None
    sample: int | None = None

    def learned_from(self, docs: Docs, seed: int) -> dict[str, WordLists]:
        """Give the documents to learn from.

        Parameters
        ----------
        docs : mapping of str to sequence of sequence of str
            Content words of each post, by language.
        seed : int
            Seed of the sample.

        Returns
        -------
        dict of str to WordLists
            Content words of each document, by language; the same whatever the order of the posts.

        Examples
        --------
        >>> Learning(pools=(("t1",), (), ("t1",))).learned_from({"zh": [["猫"], ["狗"], ["税"]]}, 0)
        {'zh': [['狗'], ['猫', '税']]}
        """
        pooled = _pooled(docs, self.pools) if self.pools is not None else docs
        lists = {lang: WordLists.of(part) for lang, part in pooled.items()}
        rows = in_order(list(lists.values()))
        if self.sample is not None and len(rows) > self.sample:
            rows = rows[np.sort(np.random.default_rng(seed).choice(len(rows), self.sample, replace=False))]
        return {lang: part.take(rows) for lang, part in lists.items()}

    @property
    def stated(self) -> str:
        """What a methods text must say; empty where each post is its own document and all are used."""
        said = []
        if self.pools is not None:
            said.append(f"learned from {len({k for keys in self.pools for k in keys})} pools of posts")
        if self.sample is not None:
            said.append(f"learned from a sample of at most {self.sample}")
        return ", ".join(said)


def as_keys(pool: Sequence[Any] | pd.Series | None, docs: Docs) -> tuple[tuple[str, ...], ...] | None:
    """Read the keys of pools.

    Parameters
    ----------
    pool : sequence or Series or None
        For each post one key, a list of keys, or nothing: such a post is a document of its own.
    docs : mapping of str to sequence
        The posts.

    Returns
    -------
    tuple of tuple of str or None
        Keys of each post.

    Raises
    ------
    ParameterError
        If there is not one entry a post.

    Examples
    --------
    >>> as_keys(["t1", None, ["a", "b"]], {"zh": [[], [], []]})
    (('t1',), (), ('a', 'b'))
    """
    if pool is None:
        return None
    keys = tuple(_keys_of(entry) for entry in pool)
    n = len(next(iter(docs.values()), ()))
    if len(keys) != n:
        raise ParameterError(f"{len(keys)} entries in pool for {n} posts", expected="one entry a post")
    return keys


def _keys_of(entry: Any) -> tuple[str, ...]:
    if isinstance(entry, (list, tuple, set, frozenset)):
        return tuple(sorted({str(key) for key in entry}))
    return () if entry is None or pd.isna(entry) else (str(entry),)


def _pooled(docs: Docs, pools: Sequence[Sequence[str]]) -> dict[str, list[list[str]]]:
    """Put posts with a common key together; a post without a key stays alone."""
    members: dict[str, list[int]] = {}
    alone = []
    for place, keys in enumerate(pools):
        for key in keys:
            members.setdefault(key, []).append(place)
        if not keys:
            alone.append([place])
    groups = alone + [members[key] for key in sorted(members)]
    return {
        lang: [[word for row in sorted(list(part[i]) for i in group) for word in row] for group in groups]
        for lang, part in docs.items()
    }
