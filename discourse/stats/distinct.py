"""How many different owners a thing has, counted without a table of all pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import ParameterError
from discourse.room import parts, room


def distinct_owners(owners: ArrayLike, things: ArrayLike, n_things: int) -> NDArray[np.int64]:
    """Count the different owners of each thing, such as the authors who use a word.

    Parameters
    ----------
    owners, things : array_like of int, shape (n,)
        Owner and thing of each occurrence, from 0.
    n_things : int
        Number of things.

    Returns
    -------
    ndarray of int64, shape (n_things,)
        0 for a thing that does not occur.

    Raises
    ------
    ParameterError
        If the two have different lengths.

    Examples
    --------
    >>> distinct_owners([0, 0, 1, 1], [0, 0, 0, 2], 3)
    array([2, 0, 1])
    """
    who, what = np.asarray(owners), np.asarray(things)
    if who.shape != what.shape or who.ndim != 1:
        raise ParameterError(
            "an occurrence needs one owner and one thing", expected="two arrays of one length"
        )
    width, pairs = int(who.max(initial=0)) + 1, room(len(who), np.int64)
    for rows in parts(len(who)):
        pairs[rows] = what[rows].astype(np.int64) * width + who[rows]
    # sorted in place: several times as fast as the hash table behind np.unique
    pairs.sort()
    counts, before = np.zeros(n_things, dtype=np.int64), np.int64(-1)
    for rows in parts(len(pairs)):
        here = pairs[rows]
        found = here[np.diff(here, prepend=before) != 0] // width
        np.add.at(counts, found, 1)
        before = here[-1]
    return counts


def counted(codes: NDArray[np.integer], size: int) -> NDArray[np.int64]:
    """Count codes from 0 on, part by part; negative ones are left out.

    Examples
    --------
    >>> counted(np.array([0, 2, -1, 2]), 3)
    array([1, 0, 2])
    """
    total = np.zeros(size + 1, dtype=np.int64)  # the last is that of the unknown
    for rows in parts(len(codes)):
        np.add.at(total, codes[rows], 1)
    return total[:-1]
