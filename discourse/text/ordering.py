"""The order of texts by their words, found two words at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from discourse.text.token_lists import WordLists


def in_order(parts: Sequence[Iterable[Sequence[str]]]) -> NDArray[np.int64]:
    """Sort texts by their words: by those of the first part, of equals by those of the second, and so on.

    Parameters
    ----------
    parts : sequence of iterables of sequence of str
        Each with one list a text.

    Returns
    -------
    ndarray of int64, shape (n_texts,)
        Places in the order in which Python sorts the lists.

    Examples
    --------
    >>> in_order([[["b"], ["a", "b"], ["a"], []]]).tolist()
    [3, 2, 1, 0]
    """
    lists = [WordLists.of(part) for part in parts]
    order = np.arange(len(lists[0]) if lists else 0, dtype=np.int64)
    begins = np.zeros(len(order), dtype=np.int64)  # where in the order the texts begin that are equal so far
    for one in lists:
        rank = np.empty(len(one.types), dtype=np.int64)
        rank[sorted(range(len(one.types)), key=one.types.__getitem__)] = np.arange(1, len(one.types) + 1)
        tied, place = np.flatnonzero(_beside_equals(begins)), 0
        while len(tied):
            more = _sort_by_two(tied, order, begins, one, rank, place)
            tied, place = tied[_beside_equals(begins[tied]) & more], place + 2
    return order


def _beside_equals(values: NDArray[np.int64]) -> NDArray[np.bool_]:
    equal = np.zeros(len(values), dtype=bool)
    equal[1:] = values[1:] == values[:-1]
    equal[:-1] |= equal[1:]
    return equal


def _sort_by_two(
    tied: NDArray[np.int64],
    order: NDArray[np.int64],
    begins: NDArray[np.int64],
    lists: WordLists,
    rank: NDArray[np.int64],
    place: int,
) -> NDArray[np.bool_]:
    """Sort texts that are equal so far by their next two words; say which may have more of them."""
    texts, starts = order[tied], begins[tied]
    key = np.zeros(len(tied), dtype=np.int64)
    for shift, at in ((32, place), (0, place + 1)):
        has = np.flatnonzero(lists.offsets[texts] + at < lists.offsets[texts + 1])
        key[has] |= rank[lists.numbers[lists.offsets[texts[has]] + at]] << shift
    found = np.lexsort((key, starts))
    order[tied] = texts[found]
    key = key[found]
    new = np.ones(len(tied), dtype=bool)
    new[1:] = (key[1:] != key[:-1]) | (starts[1:] != starts[:-1])
    begins[tied] = tied[np.flatnonzero(new)][np.cumsum(new) - 1]
    more: NDArray[np.bool_] = key & 0xFFFFFFFF != 0
    return more
