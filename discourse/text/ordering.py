"""The order of texts by their words, found two words at a time, some texts at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from discourse.room import looked, room
from discourse.text.token_lists import WordLists

#: So many texts are sorted at once; more are dealt out by their words first.
_AT_ONCE = 100_000
_DEEPEST = 64


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
    ranks = [_rank(one.types) for one in lists]
    n = len(lists[0]) if lists else 0
    if n <= _AT_ONCE:
        return _sorted(np.arange(n, dtype=np.int64), lists, ranks)
    order, place = room(n, np.int64), 0
    for texts in _dealt(np.arange(n, dtype=np.int32), lists, ranks, 0, 0):
        order[place : place + len(texts)] = texts
        place += len(texts)
        looked()
    return order


def _rank(types: list[str]) -> NDArray[np.int64]:
    """Number words in their order, from 1 on."""
    rank = np.empty(len(types), dtype=np.int64)
    rank[sorted(range(len(types)), key=types.__getitem__)] = np.arange(1, len(types) + 1)
    return rank


def _dealt(
    texts: NDArray[np.int32],
    lists: Sequence[WordLists],
    ranks: Sequence[NDArray[np.int64]],
    which: int,
    place: int,
) -> Iterator[NDArray[np.int64]]:
    """Give texts that are equal so far in their order: dealt out by their next word, sorted heap by heap."""
    if place == _DEEPEST:  # the same long text, again and again
        yield _sorted(texts.astype(np.int64), lists, ranks)
        return
    if which == len(lists):  # they are equal
        yield texts.astype(np.int64)
        return
    texts, sizes = _by_word(texts, lists[which], ranks[which], place)
    ends = np.cumsum(sizes)[np.flatnonzero(sizes)].tolist()
    no_more, begin, last = int(sizes[0]), 0, 0
    del sizes
    for end in ends:  # heaps side by side are sorted together while they are few
        if end - begin > _AT_ONCE:
            if last > begin:
                yield _sorted(texts[begin:last].astype(np.int64), lists, ranks)
                begin = last
            if end - begin > _AT_ONCE:
                then = (which + 1, 0) if end == no_more else (which, place + 1)
                yield from _dealt(texts[begin:end], lists, ranks, *then)
                begin = end
        last = end
    if len(texts) > begin:
        yield _sorted(texts[begin:].astype(np.int64), lists, ranks)


def _by_word(
    texts: NDArray[np.int32], lists: WordLists, rank: NDArray[np.int64], place: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Deal texts out by one of their words, those without it first; with the size of each heap."""

    def words() -> Iterator[tuple[NDArray[np.int32], NDArray[np.int64]]]:
        for start in range(0, len(texts), _AT_ONCE):
            part = texts[start : start + _AT_ONCE]
            at, word = lists.offsets[part] + place, np.zeros(len(part), dtype=np.int64)
            has = np.flatnonzero(at < lists.offsets[part + 1])
            word[has] = rank[lists.numbers[at[has]]]
            yield part, word
            looked()

    sizes = np.zeros(len(rank) + 1, dtype=np.int64)
    for _, word in words():
        sizes += np.bincount(word, minlength=len(sizes))
    dealt, begins = room(len(texts), np.int32), np.cumsum(sizes) - sizes
    for part, word in words():
        order = np.argsort(word, kind="stable")
        word = word[order]
        first = np.searchsorted(word, word)  # where in the part a word begins
        dealt[begins[word] + np.arange(len(word)) - first] = part[order]
        begins += np.bincount(word, minlength=len(begins))
    return dealt, sizes


def _sorted(
    order: NDArray[np.int64], lists: Sequence[WordLists], ranks: Sequence[NDArray[np.int64]]
) -> NDArray[np.int64]:
    """Sort some texts by all their words; equal ones stay as they stand."""
    begins = np.zeros(len(order), dtype=np.int64)  # where in the order the texts begin that are equal so far
    for one, rank in zip(lists, ranks, strict=True):
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
