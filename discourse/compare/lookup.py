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
#: Hashes that are sorted at once, by their power of two, and those that are gone through at once.
_PIECE, _SCANNED = 19, 1 << 17


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
    if not known.any():
        return np.full(len(keys), -1, dtype=np.int64)
    asked = _hashed(keys)
    out = room(len(keys), np.int64)
    out[:] = -1
    for piece, n_pieces in _pieces(len(own)):
        for at, rows in _met(asked, *_sorted_piece(own, known, piece, n_pieces), piece, n_pieces, keep):
            out[at] = rows
        looked()
    return out if _are_named(keys, names, out) else _by_text(keys, names, keep)


def _pieces(n: int) -> Iterator[tuple[int, int]]:
    """Cut the hashes into so many pieces, by their value, that the order of one takes little memory."""
    n_pieces = 1 << max(0, (n - 1).bit_length() - _PIECE)
    return ((piece, n_pieces) for piece in range(n_pieces))


def _inside(hashes: NDArray[np.uint64], piece: int, n_pieces: int) -> Iterator[tuple[int, Places]]:
    """Give where the hashes of a piece stand, so many at a time, each from the start of its part."""
    shift = np.uint64(64 - (n_pieces.bit_length() - 1))
    for start in range(0, len(hashes), _SCANNED):
        part = hashes[start : start + _SCANNED]
        every = np.arange(len(part)) if n_pieces == 1 else np.flatnonzero(part >> shift == np.uint64(piece))
        yield start, every


def _sorted_piece(
    own: NDArray[np.uint64], known: NDArray[np.bool_], piece: int, n_pieces: int
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Sort the hashes of a piece, with the rows in which they stand."""
    found = [start + at[known[start + at]] for start, at in _inside(own, piece, n_pieces)]
    rows = np.concatenate(found).astype(np.int32)  # ids are fewer than two billion
    hashes = own[rows]
    order = np.argsort(hashes, kind="stable")
    return hashes[order], rows[order]


def _met(
    asked: NDArray[np.uint64],
    own: NDArray[np.uint64],
    rows: NDArray[np.int32],
    piece: int,
    n_pieces: int,
    keep: Literal["first", "last"],
) -> Iterator[tuple[Places, NDArray[np.int32]]]:
    """Give the places of the keys of a piece that are met, and the rows in which they are."""
    if not len(own):
        return
    for start, here in _inside(asked, piece, n_pieces):
        wanted = asked[start + here]
        at = np.searchsorted(own, wanted, side="left" if keep == "first" else "right")
        at = np.minimum(at, len(own) - 1) if keep == "first" else at - 1
        met = own[at] == wanted
        yield start + here[met], rows[at[met]]


def _are_named(keys: pd.Series[Any], names: pd.Series[Any], places: Places) -> bool:
    """Say whether each key is the name at its place; unknown keys, which have none, lose theirs."""
    for start in range(0, len(keys), _AT_ONCE):
        part, here = keys.iloc[start : start + _AT_ONCE], places[start : start + _AT_ONCE]
        here[part.isna().to_numpy(dtype=bool)] = -1
        found = here >= 0
        if not _alike(names.iloc[here[found]], part[found]):
            return False
        if start % (10 * _AT_ONCE) == 0:
            looked()
    return True


def _alike(one: pd.Series[Any], other: pd.Series[Any]) -> bool:
    if one.dtype == other.dtype and one.array.equals(other.array):
        return True
    return bool((one.to_numpy(dtype=object) == other.to_numpy(dtype=object)).all())


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
    return all(one.iloc[rows].array.equals(other.iloc[rows].array) for rows in parts(len(one), 5 * _AT_ONCE))


def _hashed(ids: pd.Series[Any]) -> NDArray[np.uint64]:
    """Give a number for each id; so many at a time, as text takes much memory."""
    out = room(len(ids), np.uint64)
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
