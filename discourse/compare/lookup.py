"""Where an id stands in a column of ids, and what stands beside it there, by numbers in place of text.

An index of ids as text takes some 300 bytes a post; a sorted column of their hashes takes 16.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.samples import is_numbered
from discourse.room import AT_ONCE, looked, parts, room

Places = NDArray[Any]
_AT_ONCE = 20_000


def rows_of(keys: pd.Series[Any], names: pd.Series[Any], keep: Literal["first", "last"] = "first") -> Places:
    """Find the row in which each key is named.

    Parameters
    ----------
    keys, names : Series of str
        Ids that are looked for, and ids as they stand.
    keep : {"first", "last"}
        Which row of several with one name.

    Returns
    -------
    ndarray of int, shape (n_keys,)
        Place in `names`, from 0; -1 where the key is unknown or stands nowhere.

    Notes
    -----
    Found by 64-bit hashes, then compared as text; in the unlikely case that two ids share a hash, all are
    found by their text.

    Examples
    --------
    >>> rows_of(pd.Series(["b", "z", None]), pd.Series(["a", "b"])).tolist()
    [1, -1, -1]
    """
    if is_numbered(names) and is_numbered(keys):
        return _by_number(keys, names, keep)
    own = _hashed(names)
    known = names.notna().to_numpy()
    there = None if known.all() else np.flatnonzero(known)
    own = own if there is None else own[there]
    out = np.full(len(keys), -1, dtype=np.int64)
    if not len(own):
        return out
    order = np.argsort(own, kind="stable")
    own = own[order]
    order = order.astype(np.int32) if there is None else there[order]  # ids are fewer than two billion
    for start in range(0, len(keys), _AT_ONCE):
        part = keys.iloc[start : start + _AT_ONCE]
        asked = _hashed(part)
        at = np.searchsorted(own, asked, side="left" if keep == "first" else "right")
        at = np.minimum(at, len(own) - 1) if keep == "first" else at - 1
        found = np.flatnonzero((own[at] == asked) & part.notna().to_numpy())
        places = order[at[found]]
        if (names.iloc[places].to_numpy(dtype=object) != part.iloc[found].to_numpy(dtype=object)).any():
            return _by_text(keys, names, keep)
        out[start + found] = places
        if start % (10 * _AT_ONCE) == 0:
            looked()
    return out


def beside(keys: pd.Series[Any], names: pd.Series[Any], values: pd.Series[Any]) -> pd.Series[Any]:
    """Give what stands beside the first row that names each key: ``keys.map(values by names)``.

    Parameters
    ----------
    keys, names : Series of str
        As for :func:`rows_of`.
    values : Series
        One value a name.

    Returns
    -------
    Series
        On the index of `keys`; NA where the key stands nowhere.

    Examples
    --------
    >>> beside(pd.Series(["b", "z"]), pd.Series(["a", "b"]), pd.Series(["x", "y"])).tolist()
    ['y', nan]
    """
    rows, held = rows_of(keys, names), values.array
    if not isinstance(held, pd.Categorical):
        return pd.Series(pd.api.extensions.take(held, rows, allow_fill=True), index=keys.index)
    given = np.asarray(held.codes)
    codes = room(len(rows), given.dtype)
    for part in parts(len(rows)):
        at = rows[part]
        codes[part] = np.where(at < 0, given.dtype.type(-1), given[at] if len(given) else -1)
    return pd.Series(pd.Categorical.from_codes(codes, dtype=held.dtype), index=keys.index)


def same_ids(one: pd.Series[Any], other: pd.Series[Any]) -> bool:
    """Say whether two columns of ids are the same, row by row.

    Examples
    --------
    >>> same_ids(pd.Series(["a", "b"]), pd.Series(["a", "b"])), same_ids(pd.Series(["a"]), pd.Series(["b"]))
    (True, False)
    """
    if len(one) != len(other):
        return False
    parts = (slice(start, start + _AT_ONCE) for start in range(0, len(one), _AT_ONCE))
    return all(one.iloc[part].array.equals(other.iloc[part].array) for part in parts)


def _hashed(ids: pd.Series[Any]) -> NDArray[np.uint64]:
    """Give a number for each id; so many at a time, as text takes much memory."""
    out = np.zeros(len(ids), dtype=np.uint64)
    for start in range(0, len(ids), _AT_ONCE):
        part = ids.iloc[start : start + _AT_ONCE].fillna("").to_numpy(dtype=object)
        out[start : start + _AT_ONCE] = pd.util.hash_array(part, categorize=False)
        if len(ids) > _AT_ONCE:
            looked()
    return out


def _by_number(keys: pd.Series[Any], names: pd.Series[Any], keep: Literal["first", "last"]) -> Places:
    """Look up ids that were numbered from 0, in a row of places; the last place is that of the unknown."""
    most = max((int(own.max(initial=-1)) for ids in (keys, names) for _, own in _numbers(ids)), default=-1)
    place = room(most + 2, np.int32)
    place[:] = -1
    # of several with one number the one that is written last stands
    for rows, own in _numbers(names, backwards=keep == "first"):
        at = np.arange(rows.start, rows.stop, dtype=np.int32)
        place[own if keep == "last" else own[::-1]] = at if keep == "last" else at[::-1]
    place[-1] = -1
    out = room(len(keys), np.int32)
    for rows, asked in _numbers(keys):
        out[rows] = place[asked]
    return out


def _numbers(ids: pd.Series[Any], backwards: bool = False) -> Iterator[tuple[slice, NDArray[np.int32]]]:
    """Give the numbers of ids part by part, -1 where unknown; the last part first where it is asked for."""
    starts = range(0, len(ids), AT_ONCE)
    for start in reversed(starts) if backwards else starts:
        rows = slice(start, min(start + AT_ONCE, len(ids)))
        yield rows, ids.iloc[rows].fillna(-1).to_numpy(dtype=np.int32)
        looked()


def _by_text(keys: pd.Series[Any], names: pd.Series[Any], keep: Literal["first", "last"]) -> Places:
    chosen = np.flatnonzero((names.notna() & ~names.duplicated(keep=keep)).to_numpy())
    at = pd.Index(names.iloc[chosen], dtype=object).get_indexer(pd.Index(keys, dtype=object))
    known = (at >= 0) & keys.notna().to_numpy()
    return np.where(known, chosen[at] if len(chosen) else -1, -1).astype(np.int64)
