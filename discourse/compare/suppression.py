"""Complementary suppression where a cell stands in several sums: by group, by phase, by topic.

A small cell is hidden.  Where the other cells of a sum and its total are printed, the hidden one is their
difference, so a second one must go; that one stands in further sums, and so on until nothing can be had by
subtraction.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from discourse.compare.cells import small_cells
from discourse.compare.rules import UNASSIGNED
from discourse.errors import ParameterError

Sums = Sequence[Sequence[int]]
ALL = "all"


def suppressed(
    n_authors: ArrayLike, sums: Sums, min_cell: int, *, rank: ArrayLike | None = None
) -> NDArray[np.bool_]:
    """Mark the cells to hide so that none of the small ones can be had by subtraction.

    Parameters
    ----------
    n_authors : array-like of int, shape (n_cells,)
        Authors behind each cell.
    sums : sequence of sequences of int
        Places of cells that stand in one sum whose result a reader knows: the parts of a printed total, or
        the parts together with a total that is a cell of the table itself.
    min_cell : int
        Least number of authors that may be printed.
    rank : array-like of int, shape (n_cells,), optional
        Cells of a lower rank are given up first where another one must be hidden; within a rank the smallest.

    Returns
    -------
    ndarray of bool, shape (n_cells,)
        True where a cell must not be printed: the small ones; in each sum one more where a lone one is
        hidden or where the hidden ones together stay below ``min_cell``; and what further is needed so that
        no small cell follows from all sums together.  A sum whose cells are all hidden is left, and one of a
        single cell says nothing.

    Raises
    ------
    ParameterError
        If ``min_cell`` is below 1 or a sum names a cell that there is not.

    Notes
    -----
    Willenborg and de Waal (2001), *Elements of Statistical Disclosure Control*, Springer; a greedy choice,
    which may hide more than the fewest possible.

    Examples
    --------
    >>> suppressed([3, 50, 20, 40, 30, 60], [(0, 1, 2), (3, 4, 5), (0, 3), (1, 4), (2, 5)], 10).tolist()
    [True, False, True, True, False, True]
    """
    counts = np.asarray(n_authors, dtype=np.int64)
    given_up = np.zeros(counts.shape, dtype=np.int64) if rank is None else np.asarray(rank, dtype=np.int64)
    places = [np.unique(np.asarray(places, dtype=np.int64)) for places in sums]
    if any(len(p) and (p[0] < 0 or p[-1] >= len(counts)) for p in places):
        raise ParameterError("a sum names a cell that there is not", expected=f"places below {len(counts)}")
    small = np.asarray(small_cells(counts, min_cell))
    hidden = small.copy()
    for part in _connected(places, small):
        while _close_sums(hidden, counts, given_up, part, min_cell) or _close_rest(
            hidden, small, counts, given_up, part
        ):
            pass
    return hidden


def _connected(
    sums: Sequence[NDArray[np.int64]], small: NDArray[np.bool_]
) -> Iterator[list[NDArray[np.int64]]]:
    """Split the sums into sets that share no cell, and give those that hold a small one."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if not any(len(places) > 1 for places in sums) or not small.any():
        return
    sums = [places for places in sums if len(places) > 1]  # a total of one cell is that cell, hidden alike
    rows = np.repeat(np.arange(len(sums)), [len(places) for places in sums])
    columns = np.concatenate(list(sums)) if len(rows) else np.zeros(0, dtype=np.int64)
    held = coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(sums), len(small))).tocsr()
    _, label = connected_components(held @ held.T, directed=False)
    touched = np.unique(label[np.asarray(held @ small.astype(np.float64)) > 0])
    for component in touched:
        yield [sums[int(row)] for row in np.flatnonzero(label == component)]


def recoverable(hidden: ArrayLike, sums: Sums) -> NDArray[np.bool_]:
    """Mark the hidden cells that follow from the printed ones.

    Parameters
    ----------
    hidden : array-like of bool, shape (n_cells,)
        Which cells are not printed.
    sums : sequence of sequences of int
        As for :func:`suppressed`.

    Returns
    -------
    ndarray of bool, shape (n_cells,)
        True where a hidden cell is determined by the sums and the printed cells.

    Notes
    -----
    A hidden cell is determined if its unit vector lies in the row space of the sums, restricted to the hidden
    cells.

    Examples
    --------
    >>> recoverable([True, False, True], [(0, 1)]).tolist()
    [True, False, False]
    """
    unknown = np.asarray(hidden, dtype=bool)
    out = np.zeros(unknown.shape, dtype=bool)
    touched = [np.asarray(places, dtype=np.int64) for places in sums]
    touched = [places[unknown[places]] for places in touched if unknown[places].any()]
    if not touched:
        return out
    columns = np.unique(np.concatenate(touched))
    held = np.zeros((len(touched), len(columns)))
    for row, places in enumerate(touched):
        held[row, np.searchsorted(columns, places)] = 1.0
    _, values, right = np.linalg.svd(held, full_matrices=False)
    basis = right[values > 1e-9 * max(float(values.max(initial=0.0)), 1.0)]
    # the length of a unit vector's projection on the row space is one exactly where it lies within
    out[columns] = (basis**2).sum(axis=0) > 1.0 - 1e-9
    return out


def _close_sums(
    hidden: NDArray[np.bool_],
    counts: NDArray[np.int64],
    rank: NDArray[np.int64],
    sums: Sequence[NDArray[np.int64]],
    min_cell: int,
) -> bool:
    """Hide one more cell in each sum that gives something away; say whether any was hidden."""
    changed = False
    for places in sums:
        inside = hidden[places]
        if not inside.any() or (inside.sum() > 1 and counts[places[inside]].sum() >= min_cell):
            continue
        changed |= _give_up(hidden, counts, rank, places, sums)
    return changed


def _close_rest(
    hidden: NDArray[np.bool_],
    small: NDArray[np.bool_],
    counts: NDArray[np.int64],
    rank: NDArray[np.int64],
    sums: Sequence[NDArray[np.int64]],
) -> bool:
    """Hide one more cell beside a small one that all sums together give away."""
    known = np.flatnonzero(recoverable(hidden, [places.tolist() for places in sums]) & small)
    around = ((cell, places) for cell in known for places in sums if cell in places)
    return any(_give_up(hidden, counts, rank, places, sums) for _, places in around)


def _give_up(
    hidden: NDArray[np.bool_],
    counts: NDArray[np.int64],
    rank: NDArray[np.int64],
    places: NDArray[np.int64],
    sums: Sequence[NDArray[np.int64]],
) -> bool:
    """Hide the smallest of those that draw the fewest others after them.

    A cell that is the first hidden one of another sum needs a second one there: the smallest of each phase,
    now of one group and now of another, would hide them all.
    """
    left = places[~hidden[places] & (counts[places] > 0)]
    if not len(left):
        return False
    opened = np.zeros(len(hidden), dtype=np.int64)
    for other in sums:
        if not hidden[other].any():
            opened[other] += 1
    hidden[left[np.lexsort((counts[left], opened[left], rank[left]))[0]]] = True
    return True


def hide_cells(
    table: pd.DataFrame,
    sums: Sequence[Sequence[str]],
    min_cell: int,
    *,
    figures: Iterable[str],
    authors: str = "n_authors",
    group: str = "group",
) -> pd.DataFrame:
    """Hide small cells of a table, and those that would give them away.

    Parameters
    ----------
    table : DataFrame
        One row a cell, with the column ``authors``.
    sums : sequence of sequences of str
        For each kind of sum the columns that its cells have in common, such as ``["phase", "measure"]`` for
        groups that add up within a phase.  Rows of the group ``all`` are the totals of the others.
    min_cell : int
        Least number of authors that may be printed.
    figures : iterable of str
        Columns that lose their values.
    authors, group : str
        Columns with the authors behind each cell, and with its group.

    Returns
    -------
    DataFrame
        A copy; where there is a ``reason``, hidden rows say that there are too few authors, or that they
        stand beside such a row.

    Raises
    ------
    ParameterError
        If ``min_cell`` is below 1.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["all", "a", "b", "c"], "day": "1", "n_authors": [53, 3, 20, 30]})
    >>> hide_cells(table, [["day"]], 10, figures=["n_authors"])["n_authors"].isna().tolist()
    [False, True, True, False]
    """
    out = table.copy()
    counts = table[authors].fillna(0).to_numpy(dtype=np.int64)
    named = table[group] if group in table.columns else pd.Series("", index=table.index)
    rank = named.map({UNASSIGNED: 0, ALL: 2}).fillna(1).to_numpy(dtype=np.int64)
    hidden = suppressed(counts, sums_of(table, sums), min_cell, rank=rank)
    for name in figures:
        values = out[name].astype("Int64") if pd.api.types.is_integer_dtype(out[name]) else out[name]
        out[name] = values.mask(hidden)
    if "reason" in out.columns:
        out["reason"] = said_why(out["reason"], hidden, counts, min_cell)
    return out


def said_why(
    reasons: pd.Series, hidden: NDArray[np.bool_], n_authors: NDArray[np.int64], min_cell: int
) -> pd.Series:
    """Give hidden cells their reason: too few authors, or enough of them beside a cell of too few.

    Parameters
    ----------
    reasons : Series of str
        Reasons so far.
    hidden : ndarray of bool, shape (n_cells,)
        From :func:`suppressed`.
    n_authors : ndarray of int, shape (n_cells,)
        Authors behind each cell.
    min_cell : int
        Least number of authors that may be printed.

    Returns
    -------
    Series of str
        A copy.

    Examples
    --------
    >>> said_why(pd.Series(["", "", ""]), np.array([True, True, False]), np.array([3, 20, 30]), 10).tolist()
    ['fewer than 10 authors', 'hidden beside a cell of fewer than 10 authors', '']
    """
    few = hidden & (n_authors < min_cell)
    beside = reasons.mask(hidden & ~few, f"hidden beside a cell of fewer than {min_cell} authors")
    return beside.mask(few, f"fewer than {min_cell} authors")


def sums_of(table: pd.DataFrame, sums: Sequence[Sequence[str]]) -> list[list[int]]:
    """List the places of the cells that stand in one sum.

    Parameters
    ----------
    table : DataFrame
        One row a cell.
    sums : sequence of sequences of str
        As for :func:`hide_cells`.

    Returns
    -------
    list of list of int
        One entry a sum, by place in the table.

    Examples
    --------
    >>> sums_of(pd.DataFrame({"day": ["1", "2", "1"]}), [["day"]])
    [[0, 2], [1]]
    """
    return [places for columns in sums for places in _grouped(table, columns)]


def hide_sides(
    contrasts: pd.DataFrame, hidden: Container[tuple[Any, ...]], cell: Callable[[Mapping[Any, Any], str], Any]
) -> pd.DataFrame:
    """Hide the counts of a comparison whose side is a hidden cell of another table.

    Parameters
    ----------
    contrasts : DataFrame
        With ``n_a``, ``authors_a``, ``threads_a`` and the same of ``b``.
    hidden : container of tuple
        Keys of hidden cells.
    cell : callable
        Gives the key of a side from a row and its letter.

    Returns
    -------
    DataFrame
        A copy.

    Examples
    --------
    >>> table = pd.DataFrame({"group_a": ["g"], "group_b": ["h"]} | {f"{name}_{x}": pd.array([3], "Int64")
    ...     for name in ("n", "authors", "threads") for x in "ab"})
    >>> out = hide_sides(table, {("h",)}, lambda row, side: (row[f"group_{side}"],))
    >>> out["n_a"].tolist(), out["n_b"].isna().tolist()
    ([3], [True])
    """
    out = contrasts.copy()
    rows = contrasts.to_dict("records")
    for letter in "ab":
        small = np.array([cell(row, letter) in hidden for row in rows], dtype=bool)
        for name in ("n", "authors", "threads"):
            if f"{name}_{letter}" in out.columns:
                out[f"{name}_{letter}"] = out[f"{name}_{letter}"].mask(small)
    return out


def _grouped(table: pd.DataFrame, columns: Sequence[str]) -> Iterable[list[int]]:
    keys: list[tuple[Hashable, ...]] = [
        tuple("" if _unknown(value) else value for value in row)
        for row in table[list(columns)].itertuples(index=False, name=None)
    ]
    found: dict[tuple[Hashable, ...], list[int]] = {}
    for place, key in enumerate(keys):
        found.setdefault(key, []).append(place)
    return found.values()


def _unknown(value: Any) -> bool:
    return value is None or value is pd.NA or value != value
