"""Which record of a post is kept, which text came first, whose parent is missing: said once all is in.

Rows are known by their place in the final order (by file, then by line).  Columns of numbers are read piece
by piece, and of many rows a sixteenth is looked at at a time (rows that could be equal lie in the same one),
so that memory stays small however many rows there are, and however many of them are copies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.signedinteger[Any]]
Numbers = NDArray[Any]
Pieces = Callable[[str], Iterable[Numbers]]

_PARTS = 16
_FEW = 1 << 20  # rows that are looked at at once
_NOWHERE = 255


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of each row.

    Parameters
    ----------
    kept : ndarray of bool
        False for a worse record of a post that is kept.
    losers, winners : ndarray of int
        Each row that is not kept, and the row that is kept in its stead; the better ones first.
    first : ndarray of int
        For each row the kept row whose text it repeats; -1 where it repeats none, or is not kept.
    clashes : ndarray of int
        Kept rows whose id another kept row seems to have too, in order.
    orphans : int
        Kept rows whose parent was not collected.
    """

    kept: NDArray[np.bool_]
    losers: Places
    winners: Places
    first: Places
    clashes: Places
    orphans: int


def settle(column: Pieces) -> Settled:
    """Settle an import.

    Parameters
    ----------
    column : callable
        Gives a column of :class:`discourse.corpus.batches.Batch` keys by its name, in pieces, in the final
        order; asked several times.

    Returns
    -------
    Settled
        The same whatever the sizes of pieces.
    """
    n = sum(len(piece) for piece in column("key"))
    losers, winners = _losers(column, n)
    kept = np.ones(n, dtype=bool)
    kept[losers] = False
    return Settled(
        kept, losers, winners, _first(column, kept), _clashes(column, kept), _orphans(column, kept)
    )


def _losers(column: Pieces, n: int) -> tuple[Places, Places]:
    none = np.empty(0, dtype=_whole(n))
    losers, winners = [none], [none]
    for places, keys in _repeated(column, "key", np.ones(n, dtype=bool)):
        two, rank = _at(column("key2"), places), _at(column("rank"), places)
        order = np.lexsort((-places, rank, two, keys))
        worse, best = _after_the_first(places[order], keys[order], two[order])
        losers.append(worse)
        winners.append(best)
    return np.concatenate(losers), np.concatenate(winners)


def _first(column: Pieces, kept: NDArray[np.bool_]) -> Places:
    first = np.full(len(kept), -1, dtype=_whole(len(kept)))
    worded = np.concatenate([kept[:0], *(piece != 0 for piece in column("text"))])
    for places, keys in _repeated(column, "text", kept & worded):
        two, at = _at(column("text2"), places), _at(column("at"), places)
        order = np.lexsort((places, at, two, keys))
        copies, firsts = _after_the_first(places[order], keys[order], two[order])
        first[copies] = firsts
    return first


def _clashes(column: Pieces, kept: NDArray[np.bool_]) -> Places:
    found = [places for places, _ in _repeated(column, "own", kept)]
    return np.sort(np.concatenate([np.empty(0, dtype=_whole(len(kept))), *found]))


def _orphans(column: Pieces, kept: NDArray[np.bool_]) -> int:
    everywhere = np.ones(len(kept), dtype=bool)
    asking = kept & np.concatenate([kept[:0], *(piece != 0 for piece in column("parent"))])
    missing = 0
    for own, parents in zip(
        _sixteenths(column, "own", everywhere), _sixteenths(column, "parent", asking), strict=True
    ):
        known, asked = np.sort(_at(column("own"), own)), _at(column("parent"), parents)
        at = np.searchsorted(known, asked)
        there = at < len(known)
        missing += int((~there).sum()) + int((known[at[there]] != asked[there]).sum())
    return missing


def _repeated(column: Pieces, name: str, among: NDArray[np.bool_]) -> Iterator[tuple[Places, Numbers]]:
    """Give the places of values that are there more than once, with these values."""
    for places in _sixteenths(column, name, among):
        chosen = _at(column(name), places)
        order = np.argsort(chosen, kind="stable")
        same = chosen[order[1:]] == chosen[order[:-1]]
        again = np.zeros(len(chosen), dtype=bool)
        again[order[1:]] |= same
        again[order[:-1]] |= same
        if again.any():
            yield places[again], chosen[again]


def _sixteenths(column: Pieces, name: str, among: NDArray[np.bool_]) -> Iterator[Places]:
    """Divide rows by the values of a column, equal ones together; give the places of each part."""
    whole = _whole(len(among))
    if len(among) <= _FEW:
        yield np.flatnonzero(among).astype(whole)
        return
    part = np.concatenate([(piece % _PARTS).astype(np.uint8) for piece in column(name)])
    part[~among] = _NOWHERE
    for n in range(_PARTS):
        yield np.flatnonzero(part == n).astype(whole)


def _at(pieces: Iterable[Numbers], places: Places) -> Numbers:
    """Give the values at ascending places of a column."""
    found, start = [], 0
    for piece in pieces:
        low, high = np.searchsorted(places, (start, start + len(piece)))
        found.append(piece[places[low:high] - start])
        start += len(piece)
    return np.concatenate(found) if found else np.empty(0, dtype=np.uint64)


def _after_the_first(places: Places, one: Numbers, two: Numbers) -> tuple[Places, Places]:
    """Of sorted rows, give all but the first of each pair of keys, and that first."""
    new = np.ones(len(places), dtype=bool)
    new[1:] = (one[1:] != one[:-1]) | (two[1:] != two[:-1])
    heads = places[np.flatnonzero(new)][np.cumsum(new) - 1] if len(places) else places
    return places[~new], heads[~new]


def _whole(n: int) -> np.dtype[np.signedinteger[Any]]:
    """Four bytes a place are enough for two thousand million rows."""
    return np.dtype(np.int32 if n < 2**31 else np.int64)
