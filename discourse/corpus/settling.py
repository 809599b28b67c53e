"""Which record of a post is kept, which text came first, whose parent is missing: said once all is in.

Rows are known by their place in the final order (by file, then by line).  One column of numbers is looked at
at a time, so that memory stays small however many rows there are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Numbers = NDArray[np.uint64] | NDArray[np.int64]


_PARTS = 16
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of each row.

    Parameters
    ----------
    kept : ndarray of bool
        False for a worse record of a post that is kept.
    losers, winners : ndarray of int
        Each row that is not kept, and the row that is kept in its stead; the better ones first.
    copies, firsts : ndarray of int
        Each kept row whose text an earlier one has, ascending, and that earlier one.
    clashes : ndarray of int
        Kept rows whose id another kept row seems to have too, in order.
    orphans : int
        Kept rows whose parent was not collected.
    """

    kept: NDArray[np.bool_]
    losers: Places
    winners: Places
    copies: Places
    firsts: Places
    clashes: Places
    orphans: int


def settle(column: Callable[[str], Numbers]) -> Settled:
    """Settle an import.

    Parameters
    ----------
    column : callable
        Gives a column of :class:`discourse.corpus.batches.Batch` keys by its name, in the final order.

    Returns
    -------
    Settled
        The same whatever the sizes of batches.
    """
    losers, winners = _losers(column)
    own = column("own")
    kept = np.ones(len(own), dtype=bool)
    kept[losers] = False
    clashes = np.sort(_repeated(own, kept))
    orphans = _orphans(column("parent"), kept, own)
    del own  # a column of many rows is held no longer than it is needed
    copies, firsts = _copies(column, kept)
    return Settled(kept, losers, winners, copies, firsts, clashes, orphans)


def _losers(column: Callable[[str], Numbers]) -> tuple[Places, Places]:
    key = column("key")
    places = _repeated(key)
    keys = [key[places], column("key2")[places]]
    order = np.lexsort((-places, column("rank")[places], keys[1], keys[0]))
    return _after_the_first(places[order], [k[order] for k in keys])


def _copies(column: Callable[[str], Numbers], kept: NDArray[np.bool_]) -> tuple[Places, Places]:
    text = column("text")
    places = _repeated(text, kept & (text != 0))
    one = text[places]
    del text
    two, at = column("text2")[places], column("at")[places]
    found = [(places[:0], places[:0])]
    for n in range(_PARTS):
        part = np.flatnonzero(one % np.uint64(_PARTS) == n)
        part = part[np.lexsort((places[part], at[part], two[part], one[part]))]
        found.append(_after_the_first(places[part], [one[part], two[part]]))
    del one, two, at
    copies, firsts = (np.concatenate(side) for side in zip(*found, strict=True))
    ascending = np.argsort(copies)
    return copies[ascending], firsts[ascending]


def _repeated(values: Numbers, among: NDArray[np.bool_] | None = None) -> Places:
    """Give the places of values that are there more than once; a part of the values is sorted at a time."""
    part = (values % np.uint64(_PARTS)).astype(np.uint8)
    found = [np.empty(0, dtype=np.int64)]
    for n in range(_PARTS):
        places = np.flatnonzero(part == n if among is None else (part == n) & among)
        chosen = values[places]
        order = np.argsort(chosen, kind="stable")
        same = chosen[order[1:]] == chosen[order[:-1]]
        again = np.zeros(len(chosen), dtype=bool)
        again[1:] |= same
        again[:-1] |= same
        found.append(places[order[again]])
    del part
    return np.concatenate(found)


def _after_the_first(places: Places, keys: list[Numbers]) -> tuple[Places, Places]:
    """Of sorted rows, give all but the first of each key, and that first."""
    new = np.ones(len(places), dtype=bool)
    new[1:] = (keys[0][1:] != keys[0][:-1]) | (keys[1][1:] != keys[1][:-1])
    heads = places[np.flatnonzero(new)][np.cumsum(new) - 1] if len(places) else places
    return places[~new], heads[~new]


def _orphans(parents: Numbers, kept: NDArray[np.bool_], own: Numbers) -> int:
    known, missing = np.sort(own), 0
    for start in range(0, len(parents), _AT_ONCE):
        asked = parents[start : start + _AT_ONCE]
        asked = asked[kept[start : start + _AT_ONCE] & (asked != 0)]
        at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
        missing += int((known[at] != asked).sum())
    return missing
