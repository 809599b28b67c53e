"""Small cells: what a report must not print, and what it must hide so that nobody can subtract it back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from discourse.compare.rules import UNASSIGNED
from discourse.errors import ParameterError


def small_cells(n_authors: ArrayLike, min_cell: int) -> NDArray[np.bool_]:
    """Mark the cells behind which stand too few people.

    Parameters
    ----------
    n_authors : array-like of int, shape (n_cells,)
        Authors behind each cell.
    min_cell : int
        Least number of authors that may be printed.

    Returns
    -------
    ndarray of bool, shape (n_cells,)
        True where 0 < authors < min_cell: an empty cell tells nothing about anybody.

    Raises
    ------
    ParameterError
        If ``min_cell`` is below 1.

    Examples
    --------
    >>> small_cells([0, 3, 10], 10).tolist()
    [False, True, False]
    """
    if min_cell < 1:
        raise ParameterError(f"min_cell is {min_cell}", expected="1 or more authors")
    counts = np.asarray(n_authors, dtype=np.int64)
    return np.asarray((counts > 0) & (counts < min_cell))


def hidden_cells(
    n_authors: pd.Series, min_cell: int, *, names: Sequence[str] | None = None
) -> NDArray[np.bool_]:
    """Mark small cells, and one more where the total would give a lone one away.

    Parameters
    ----------
    n_authors : Series of int
        Authors behind each cell of one sum whose total is printed.
    min_cell : int
        Least number of authors that may be printed.
    names : sequence of str, optional
        Group of each cell; ``unassigned`` is the first to be hidden as the second cell.

    Returns
    -------
    ndarray of bool
        True where a cell must not be printed.  Where the hidden ones together stay below ``min_cell``, the
        smallest printed cell is hidden too (complementary suppression), as long as there is one.

    References
    ----------
    .. [1] Willenborg and de Waal (2001). *Elements of Statistical Disclosure Control*. Springer.

    Examples
    --------
    >>> hidden_cells(pd.Series([3, 50, 20]), 10).tolist()
    [True, False, True]
    >>> hidden_cells(pd.Series([6, 50, 7]), 10).tolist()
    [True, False, True]
    """
    counts = n_authors.to_numpy(dtype=np.int64)
    hidden = small_cells(counts, min_cell)
    if hidden.any() and (hidden.sum() < 2 or counts[hidden].sum() < min_cell):
        left = np.flatnonzero(~hidden & (counts > 0))
        if len(left):
            spare = np.array([names is None or names[int(i)] != UNASSIGNED for i in left])
            hidden[left[np.lexsort((counts[left], spare))[0]]] = True
    return hidden
