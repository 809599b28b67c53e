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
    kept = np.ones(len(column("own")), dtype=bool)
    kept[losers] = False
    copies, firsts = _copies(column, kept)
    own = column("own")
    places = np.flatnonzero(kept)
    clashes = np.sort(places[_repeated(own[places])])
    return Settled(kept, losers, winners, copies, firsts, clashes, _orphans(column("parent")[places], own))


def _losers(column: Callable[[str], Numbers]) -> tuple[Places, Places]:
    key = column("key")
    places = _repeated(key)
    keys = [key[places], column("key2")[places]]
    order = np.lexsort((-places, column("rank")[places], keys[1], keys[0]))
    return _after_the_first(places[order], [k[order] for k in keys])


def _copies(column: Callable[[str], Numbers], kept: NDArray[np.bool_]) -> tuple[Places, Places]:
    text = column("text")
    long_enough = np.flatnonzero(kept & (text != 0))
    places = long_enough[_repeated(text[long_enough])]
    keys = [text[places], column("text2")[places]]
    order = np.lexsort((places, column("at")[places], keys[1], keys[0]))
    copies, firsts = _after_the_first(places[order], [k[order] for k in keys])
    ascending = np.argsort(copies)
    return copies[ascending], firsts[ascending]


def _repeated(values: Numbers) -> Places:
    """Give the places of values that are there more than once."""
    order = np.argsort(values, kind="stable")
    same = values[order[1:]] == values[order[:-1]]
    again = np.zeros(len(values), dtype=bool)
    again[1:] |= same
    again[:-1] |= same
    return order[again]


def _after_the_first(places: Places, keys: list[Numbers]) -> tuple[Places, Places]:
    """Of sorted rows, give all but the first of each key, and that first."""
    new = np.ones(len(places), dtype=bool)
    new[1:] = (keys[0][1:] != keys[0][:-1]) | (keys[1][1:] != keys[1][:-1])
    heads = places[np.flatnonzero(new)][np.cumsum(new) - 1] if len(places) else places
    return places[~new], heads[~new]


def _orphans(parents: Numbers, own: Numbers) -> int:
    asked = parents[parents != 0]
    if not len(asked):
        return 0
    known = np.sort(own)
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return int((known[at] != asked).sum())
