"""Posts and scores with numbers in place of names: what analyses that count look at.

An id, a pseudonym or a thread takes some thirty bytes as text and four as a number; rows are chosen, sorted
and crossed by groups over and over, so that a study of millions of posts lives by what a row takes.  Numbers
follow the order of the texts: sorted by them, rows stand as they stand sorted by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from discourse.compare.lookup import rows_of, same_ids
from discourse.room import laid, laid_in, parts, room
from discourse.study.mapped import Mapped

_NAMES = ("author", "thread_id")
_FEW = ("group", "kind", "lang", "platform", "ip_location", "target", "label", "mention_kind")
_COUNTS = ("created_at", "likes", "likes_at_least", "comments", "collects", "shares", "score")
_AT_ONCE = 100_000


@dataclass(frozen=True)
class Numbered:
    """Posts and scores, row by row those of the material.

    ``post_id``: number in the order of the texts.  ``parent_id``: number of the post that is answered; that
    of no post where it was not collected, NA where there is none.  ``author``, ``thread_id``: ordered
    categories without names.  What has few values: categories.  ``length``: characters of the text.  Columns
    of times and counts as they are; no texts.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["b", "a"], "parent_id": ["a", None], "author": "x",
    ...                       "thread_id": "t", "text": ["hi", None]}, dtype="str")
    >>> found = numbered(posts, posts[["post_id", "author", "thread_id"]].iloc[1:], Mapped()).posts
    >>> found[["post_id", "parent_id", "length"]].values.tolist()
    [[1, 0, 2], [0, <NA>, <NA>]]
    """

    posts: pd.DataFrame
    scored: pd.DataFrame


def numbered(posts: pd.DataFrame, scored: pd.DataFrame, mapped: Mapped) -> Numbered:
    """Number the names of posts, and those of their scores alike.

    Parameters
    ----------
    posts : DataFrame
        ``post_id``, ``author``, ``thread_id`` and what else of a post is known.
    scored : DataFrame
        One row a post and target, of these posts.
    mapped : Mapped
        Where the columns lie.

    Returns
    -------
    Numbered
        Tables with the rows and the index of `posts` and `scored`.
    """
    with laid_in(mapped):
        return _numbered(posts, scored, mapped)


def _numbered(posts: pd.DataFrame, scored: pd.DataFrame, mapped: Mapped) -> Numbered:
    ids = mapped.array(_ranks(posts["post_id"]))
    mapped.unlook()
    first: dict[str, Any] = {"post_id": ids}
    # of one target, where all can be read, they stand as the posts do
    as_posts = same_ids(scored["post_id"], posts["post_id"])
    rows = slice(None) if as_posts else rows_of(scored["post_id"], posts["post_id"])
    other: dict[str, Any] = {"post_id": mapped.array(ids[rows])}
    mapped.unlook()
    if "parent_id" in posts.columns:
        first["parent_id"] = _parents(posts, ids, mapped)
        mapped.unlook()
    for name in _NAMES:
        first[name], other[name] = _named(posts[name], scored[name], mapped)
        mapped.unlook()
    for made, frame in ((first, posts), (other, scored)):
        made |= {name: _few(frame[name]) for name in _FEW if name in frame.columns}
        made |= {name: frame[name].array for name in _COUNTS if name in frame.columns}
    if "text" in posts.columns:
        first["length"] = _lengths(posts["text"], mapped)
    return Numbered(
        pd.DataFrame(first, index=posts.index, copy=False),
        pd.DataFrame(other, index=scored.index, copy=False),
    )


def _arrow(names: Any) -> Any:
    held = getattr(names, "array", names)
    if isinstance(held, pd.arrays.ArrowStringArray):
        return pa.chunked_array(held.__arrow_array__()).combine_chunks()
    return pa.array([None if pd.isna(name) else str(name) for name in names], type=pa.large_string())


def _ranks(ids: pd.Series[Any]) -> NDArray[np.int32]:
    """Number ids in the order of their texts; equal ones alike."""
    texts = _arrow(ids)
    order = pc.sort_indices(texts).to_numpy()
    steps = np.zeros(len(order), dtype=np.int32)
    for start in range(1, len(order), _AT_ONCE):
        these = order[start - 1 : start + _AT_ONCE]
        taken = texts.take(pa.array(these))
        other = pc.not_equal(taken.slice(1), taken.slice(0, len(these) - 1))
        steps[start : start + len(these) - 1] = other.to_numpy(zero_copy_only=False)
    np.cumsum(steps, out=steps)
    ranks = np.empty(len(order), dtype=np.int32)
    ranks[order] = steps
    return ranks


def _parents(posts: pd.DataFrame, ids: NDArray[np.int32], mapped: Mapped) -> Any:
    rows = rows_of(posts["parent_id"], posts["post_id"])
    values = np.full(len(posts), len(posts), dtype=np.int32)
    found = rows >= 0
    values[found] = ids[rows[found]]
    unknown = posts["parent_id"].isna().to_numpy(dtype=bool)
    return pd.arrays.IntegerArray(mapped.array(values), mapped.array(unknown))


def _named(column: pd.Series[Any], other: pd.Series[Any], mapped: Mapped) -> tuple[Any, Any]:
    """Number the names of posts by their order, and those of their scores, which are among them."""
    found, names = pd.factorize(column)
    texts = _arrow(names)
    place = np.full(len(names) + 1, -1, dtype=np.int32)
    place[pc.sort_indices(texts).to_numpy()] = np.arange(len(names), dtype=np.int32)
    categories = pd.RangeIndex(len(names))
    first = second = laid(place, found)
    del found
    if not same_ids(column, other):
        again, names = pd.factorize(other)
        among = pc.index_in(_arrow(names), value_set=texts).to_numpy(zero_copy_only=False)
        second = laid(np.append(place[among.astype(np.int64)], np.int32(-1)), again)
    mapped.unlook()
    return tuple(  # type: ignore[return-value]
        pd.Categorical.from_codes(codes, categories=categories, ordered=True) for codes in (first, second)
    )


def _few(column: pd.Series[Any]) -> Any:
    known: dict[str, int] = {}
    first = room(len(column), np.int32)
    for rows in parts(len(column), _AT_ONCE):
        found, names = pd.factorize(column.iloc[rows])
        numbers = [known.setdefault(str(name), len(known)) for name in names]
        first[rows] = np.array([*numbers, -1], dtype=np.int32)[found]
    kinds = sorted(known)  # tables list them in the order of their texts
    place = np.array([*(kinds.index(name) for name in known), -1])
    categories = pd.Index(kinds, dtype="str")
    narrow = pd.Categorical.from_codes(place, categories=categories).codes
    codes = room(len(column), narrow.dtype)
    for rows in parts(len(column), _AT_ONCE):
        codes[rows] = np.asarray(narrow)[first[rows]]
    return pd.Categorical.from_codes(codes, categories=categories)


def _lengths(texts: pd.Series[Any], mapped: Mapped) -> Any:
    values = np.zeros(len(texts), dtype=np.int32)
    unknown = np.zeros(len(texts), dtype=bool)
    for start in range(0, len(texts), _AT_ONCE):
        part = texts.iloc[start : start + _AT_ONCE]
        here = slice(start, start + len(part))
        unknown[here] = part.isna().to_numpy(dtype=bool)
        values[here] = part.str.len().fillna(0).to_numpy(dtype=np.int32)
        mapped.unlook()
    return pd.arrays.IntegerArray(mapped.array(values), mapped.array(unknown))
