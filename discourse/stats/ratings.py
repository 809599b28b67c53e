"""Tables of ratings: labels to numbers, and back from the cross-tabulations that papers print.

``ratings`` has one row a coder and one column a unit, shape (n_coders, n_units); NaN (or None, in a table
of labels) where a coder did not code a unit.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import ParameterError
from discourse.stats.arrays import Floats, Ints, counts


class Coded(NamedTuple):
    """Ratings as numbers: ``codes``, shape (n_coders, n_units), -1 where missing; ``categories`` in order."""

    codes: Ints
    categories: NDArray[Any]


def encode(ratings: ArrayLike) -> Coded:
    """Number the categories of a table of ratings.

    Parameters
    ----------
    ratings : array_like of float, str or object, shape (n_coders, n_units)
        NaN or None where not coded; labels may be text.

    Returns
    -------
    Coded
        ``codes``: the place of each rating in ``categories``, -1 where missing.  ``categories``: those in
        use, sorted.

    Raises
    ------
    ParameterError
        If the table is not two-dimensional, or mixes text and numbers.

    Examples
    --------
    >>> encode([["a", "b", None], ["b", "b", "a"]]).codes
    array([[ 0,  1, -1],
           [ 1,  1,  0]])
    """
    table = ratings if isinstance(ratings, np.ndarray) else np.asarray(ratings, dtype=object)
    if table.ndim != 2:
        raise ParameterError(
            f"ratings has {table.ndim} dimensions", where="ratings", expected="(n_coders, n_units)"
        )
    known = ~_missing(table)
    codes = np.full(table.shape, -1, dtype=np.int64)
    categories, codes[known] = np.unique(_one_kind(table[known]), return_inverse=True)
    return Coded(codes, categories)


def _missing(table: NDArray[Any]) -> NDArray[np.bool_]:
    if table.dtype.kind == "f":
        return np.asarray(np.isnan(table))
    if table.dtype.kind != "O":
        return np.zeros(table.shape, dtype=np.bool_)
    flat = [_is_missing(value) for value in table.ravel()]
    return np.array(flat, dtype=np.bool_).reshape(table.shape)


def _is_missing(value: Any) -> bool:
    if isinstance(value, str):
        return False
    try:
        return value is None or bool(value != value)
    except TypeError:  # pandas.NA has no truth value
        return True


def _one_kind(values: NDArray[Any]) -> NDArray[Any]:
    """Labels as text or numbers as numbers, never a mixture that numpy would turn into text."""
    if values.dtype.kind != "O":
        return values
    n_text = sum(isinstance(value, str) for value in values)
    if n_text == values.size:
        return values.astype(np.str_)
    try:
        if n_text == 0:
            return values.astype(np.float64)
    except (TypeError, ValueError):
        pass
    raise ParameterError("ratings mixes text and numbers", where="ratings", expected="one kind")


def from_confusion(table: ArrayLike) -> Ints:
    """Write out the ratings of two coders behind their cross-tabulation.

    Parameters
    ----------
    table : array_like of int, shape (n_categories, n_categories)
        Units that the first coder put into the row's and the second into the column's category.

    Returns
    -------
    ndarray of int64, shape (2, n_units)
        Ratings, as category numbers.

    Raises
    ------
    ParameterError
        If the table is not square or holds something that is no count.

    Examples
    --------
    >>> from_confusion([[1, 0], [2, 1]])
    array([[0, 1, 1, 1],
           [0, 0, 0, 1]])
    """
    square = counts("table", table, ndim=2).astype(np.int64)
    if square.shape[0] != square.shape[1]:
        raise ParameterError(f"the table is {square.shape}", where="table", expected="a square table")
    return np.repeat(np.indices(square.shape).reshape(2, -1), square.ravel(), axis=1)


def from_category_counts(table: ArrayLike) -> Floats:
    """Write out ratings of which only the number of coders for each unit and category is known.

    Who gave which rating is lost, so only coefficients that do not ask for it make sense: percent, Fleiss,
    Gwet, Brennan-Prediger and alpha.

    Parameters
    ----------
    table : array_like of int, shape (n_units, n_categories)
        Coders who put the unit into the category.

    Returns
    -------
    ndarray of float64, shape (n_coders, n_units)
        Ratings, as category numbers; NaN below the codes of units that fewer coders coded.

    Raises
    ------
    ParameterError
        If the table is not two-dimensional or holds something that is no count.

    Examples
    --------
    >>> from_category_counts([[2, 0], [1, 1]])
    array([[0., 0.],
           [0., 1.]])
    """
    per_unit = counts("table", table, ndim=2).astype(np.int64)
    n_coders = int(per_unit.sum(axis=1).max(initial=0))
    ratings = np.full((n_coders, per_unit.shape[0]), np.nan)
    for unit, row in enumerate(per_unit):
        ratings[: row.sum(), unit] = np.repeat(np.arange(row.size), row)
    return ratings


def unit_counts(coded: Coded) -> Ints:
    """Count, for each unit, the coders who chose each category.

    Parameters
    ----------
    coded : Coded
        From :func:`encode`.

    Returns
    -------
    ndarray of int64, shape (n_units, n_categories)
        Coders.

    Examples
    --------
    >>> unit_counts(encode([[1, 2], [1, 1]]))
    array([[2, 0],
           [1, 1]])
    """
    n_units, width = coded.codes.shape[1], max(len(coded.categories), 1)
    present = coded.codes >= 0
    place = coded.codes + np.arange(n_units) * width
    return np.bincount(place[present], minlength=n_units * width).reshape(n_units, width).astype(np.int64)
