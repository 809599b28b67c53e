"""Who answers whom, from a square table of ties between groups: mixing, E-I, assortativity."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from discourse.errors import ParameterError
from discourse.room import parts
from discourse.stats.arrays import Floats, counts, ratio


def mixing_matrix(senders: ArrayLike, receivers: ArrayLike, n_groups: int) -> Floats:
    """Count ties from each group to each group.

    Parameters
    ----------
    senders, receivers : array_like of int, shape (n_ties,)
        Group of the one who sends a tie and of the one who receives it, from 0; ties with a negative group
        are left out.
    n_groups : int
        Number of groups.

    Returns
    -------
    ndarray of float64, shape (n_groups, n_groups)
        Rows send, columns receive.  Unit: ties.

    Raises
    ------
    ParameterError
        If the two have different lengths or a group is `n_groups` or more.

    Examples
    --------
    >>> mixing_matrix([0, 0, 1], [0, 1, 1], 2)
    array([[1., 1.],
           [0., 1.]])
    """
    a, b = np.asarray(senders), np.asarray(receivers)
    if a.shape != b.shape or a.ndim != 1:
        raise ParameterError("a tie needs one sender and one receiver", expected="two arrays of one length")
    if a.size and max(int(a.max()), int(b.max())) >= n_groups:
        raise ParameterError("a group has no row in the table", expected=f"groups 0 to {n_groups - 1}")
    cells = np.zeros(n_groups * n_groups, dtype=np.int64)
    for rows in parts(a.size):
        sender, receiver = a[rows].astype(np.int64), b[rows].astype(np.int64)
        known = (sender >= 0) & (receiver >= 0)
        cells += np.bincount(sender[known] * n_groups + receiver[known], minlength=len(cells))
    return cells.astype(np.float64).reshape(n_groups, n_groups)


def ei_index(matrix: ArrayLike) -> float:
    r"""E-I index: how much more ties go to other groups than to one's own.

    .. math:: EI = \frac{E - I}{E + I}

    Parameters
    ----------
    matrix : array_like of float, shape (n_groups, n_groups)
        Ties, as :func:`mixing_matrix` counts them.

    Returns
    -------
    float
        From -1 (all ties within groups) to 1 (all between groups); NaN without a tie.

    Raises
    ------
    ParameterError
        If the table is not square or holds a negative number.

    Notes
    -----
    Krackhardt and Stern (1988), Informal networks and organizational crises, *Social Psychology Quarterly*
    51(2), 123-140, doi:10.2307/2786835.  Its size depends on how large the groups are: read it beside what
    chance would give.

    Examples
    --------
    Three ties within groups and one between them: (1 - 3) / 4.

    >>> ei_index([[2, 1], [0, 1]])
    -0.5
    """
    ties = _square(matrix)
    total = ties.sum()
    inside = float(np.trace(ties))
    return float(ratio(total - 2 * inside, total))


def assortativity(matrix: ArrayLike) -> float:
    r"""Assortativity coefficient of a mixing matrix: ties within groups beyond what the margins give.

    .. math:: r = \frac{\sum_i e_{ii} - \sum_i a_i b_i}{1 - \sum_i a_i b_i}

    Parameters
    ----------
    matrix : array_like of float, shape (n_groups, n_groups)
        Ties or shares of ties.

    Returns
    -------
    float
        1 where all ties stay within groups, 0 where groups mix as the margins say, below 0 where ties go
        outside; NaN without a tie, or where one group has them all.

    Raises
    ------
    ParameterError
        If the table is not square or holds a negative number.

    Notes
    -----
    Newman (2003), Mixing patterns in networks, *Physical Review E* 67, 026126,
    doi:10.1103/PhysRevE.67.026126; the same as Cohen's kappa of senders and receivers.

    Examples
    --------
    Newman's table I (couples in San Francisco; he gives 0.621, from shares with more digits):

    >>> table = [[.258, .016, .035, .013], [.012, .157, .058, .019], [.013, .023, .306, .035],
    ...          [.005, .007, .024, .016]]
    >>> round(assortativity(table), 2)
    0.62
    """
    ties = _square(matrix)
    shares = ratio(ties, ties.sum())
    chance = float(shares.sum(axis=1) @ shares.sum(axis=0))
    return float(ratio(float(np.trace(shares)) - chance, 1.0 - chance))


def expected_mixing(matrix: ArrayLike) -> Floats:
    """Ties that the margins alone would give: row sum times column sum over all.

    Parameters
    ----------
    matrix : array_like of float, shape (n_groups, n_groups)
        Ties.

    Returns
    -------
    ndarray of float64, shape (n_groups, n_groups)
        Expected ties; NaN without a tie.

    Raises
    ------
    ParameterError
        If the table is not square or holds a negative number.

    Examples
    --------
    >>> expected_mixing([[3, 1], [1, 3]])
    array([[2., 2.],
           [2., 2.]])
    """
    ties = _square(matrix)
    return ratio(np.outer(ties.sum(axis=1), ties.sum(axis=0)), ties.sum())


def _square(matrix: ArrayLike) -> Floats:
    ties = counts("matrix", matrix, ndim=2)
    if ties.shape[0] != ties.shape[1]:
        raise ParameterError("the table of ties is not square", expected="one row and one column a group")
    return ties
