"""Posts put in the order of their authors and threads, part by part: what is held of them lies in a room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.samples import cluster_codes
from discourse.room import laid, looked, room

Floats = NDArray[np.float64]
Numbers = NDArray[np.int32]

#: Posts that are sorted together.
_AT_ONCE = 1 << 17


def codes_of(labels: pd.Series, rows: NDArray[np.integer]) -> Numbers:
    """Number the labels of some rows in the order of their texts, -1 where unknown.

    Examples
    --------
    >>> codes_of(pd.Series(["b", None, "a"], dtype="str"), np.array([0, 1])).tolist()
    [1, -1]
    """
    if isinstance(labels.dtype, pd.CategoricalDtype) and labels.dtype.ordered:
        given = labels.cat.codes.to_numpy()
    else:
        given = cluster_codes(labels)
    return laid(np.asarray(given, dtype=np.int32), rows)


@dataclass(frozen=True)
class Standing:
    """Posts in the order of their authors, of one author in that of their threads.

    Parameters
    ----------
    order : ndarray of int32, shape (n,)
        Places of the posts, in their new order.
    authors, threads : ndarray of int32, shape (n,)
        Numbers of the author and thread, in the new order; one of its own where unknown.
    named : (int, int)
        Authors and threads from this number on are unknown.
    """

    order: Numbers
    authors: Numbers
    threads: Numbers
    named: tuple[int, int]

    @classmethod
    def of(cls, authors: Numbers, threads: Numbers, about: Floats) -> Self:
        """Sort posts; unknown authors stand last, and posts of one author in one thread by a third number.

        Parameters
        ----------
        authors, threads : ndarray of int32, shape (n,)
            Numbers, -1 where unknown.
        about : ndarray of float64, shape (n,)
            What orders posts of one author and thread, whatever order they came in.

        Examples
        --------
        >>> found = Standing.of(np.int32([1, -1, 0]), np.int32([0, 0, -1]), np.zeros(3))
        >>> found.order.tolist(), found.authors.tolist(), found.threads.tolist(), found.named
        ([2, 0, 1], [0, 1, 2], [1, 0, 0], (2, 1))
        """
        named = int(authors.max(initial=-1)) + 1, int(threads.max(initial=-1)) + 1
        order = _order(authors, threads, about, named)
        sorted_codes = (laid(codes, order) for codes in (authors, threads))
        own = [_with_own(codes, n) for codes, n in zip(sorted_codes, named, strict=True)]
        return cls(order, own[0], own[1], named)


def _order(authors: Numbers, threads: Numbers, about: Floats, named: tuple[int, int]) -> Numbers:
    """Deal posts out by author, and sort them heap by heap."""
    n = len(authors)
    sizes = np.zeros(named[0] + 1, dtype=np.int64)  # unknown ones last
    for start in range(0, n, _AT_ONCE):
        part = authors[start : start + _AT_ONCE]
        sizes += np.bincount(np.where(part < 0, named[0], part), minlength=len(sizes))
        looked()
    heap_of = ((np.cumsum(sizes) - sizes) // _AT_ONCE).astype(np.int16)
    heaps = np.empty(n, dtype=np.int16)
    for start in range(0, n, _AT_ONCE):
        heaps[start : start + _AT_ONCE] = heap_of[authors[start : start + _AT_ONCE]]  # -1 is the last
        looked()
    order, at = room(n, np.int32), 0
    for heap in range(int(heap_of.max()) + 1 if n else 0):
        rows = np.flatnonzero(heaps == heap)
        keys = [
            np.where(codes[rows] < 0, last, codes[rows])
            for codes, last in zip((authors, threads), named, strict=True)
        ]
        order[at : at + len(rows)] = rows[np.lexsort((about[rows], keys[1], keys[0]))]
        at += len(rows)
        looked()
    return order


def _with_own(codes: Numbers, n: int) -> Numbers:
    """Number those that are unknown, each by itself, behind the others."""
    for start in range(0, len(codes), _AT_ONCE):
        part = codes[start : start + _AT_ONCE]
        unknown = np.flatnonzero(part < 0)
        part[unknown] = np.arange(n, n + len(unknown))
        n += len(unknown)
        looked()
    return codes


def put_in_order(columns: Floats, order: NDArray[np.integer]) -> None:
    """Put what stands in rows into another order, one row after the other.

    Examples
    --------
    >>> rows = np.array([[1.0, 2.0]])
    >>> put_in_order(rows, np.array([1, 0]))
    >>> rows.tolist()
    [[2.0, 1.0]]
    """
    spare = room(len(order), np.float64)
    for column in columns:
        for start in range(0, len(order), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            spare[part] = column[order[part]]
        looked()
        for start in range(0, len(order), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            column[part] = spare[part]
        looked()
