"""Association in tables of r rows and c columns: is there one, and how strong is it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, xlogy

from discourse.errors import ParameterError
from discourse.stats.arrays import counts


class Independence(NamedTuple):
    """A test of independence in an r x c table: statistic, p-value, degrees of freedom."""

    statistic: float
    p: float
    dof: int


def independence(table: ArrayLike, *, statistic: str = "chi2", yates: bool = False) -> Independence:
    r"""Test of independence in a table of r rows and c columns, by Pearson's chi-square or G2.

    Parameters
    ----------
    table : array_like of int, shape (r, c)
        Counts.  Empty rows and columns are left out.
    statistic : {"chi2", "g2"}
        Which of :math:`\sum (O-E)^2/E` and :math:`2 \sum O \ln(O/E)`.
    yates : bool, default False
        Correct a two-by-two table for continuity.

    Returns
    -------
    Independence
        ``statistic``, ``p`` and ``dof`` = (r-1)(c-1); NaN, NaN and 0 where fewer than two rows or columns
        hold anything.

    Raises
    ------
    ParameterError
        If the table is not two-dimensional or holds something that is no count.

    Notes
    -----
    Agresti (2002), *Categorical Data Analysis*, 2nd ed., 3.2.

    Examples
    --------
    >>> result = independence([[10, 10, 20], [20, 20, 20]])
    >>> round(result.statistic, 6), round(result.p, 6), result.dof
    (2.777778, 0.249352, 2)
    """
    if statistic not in ("chi2", "g2"):
        raise ParameterError(f"no statistic {statistic!r}", where="statistic", expected="chi2 or g2")
    o = counts("table", table, ndim=2)
    o = o[o.sum(axis=1) > 0][:, o.sum(axis=0) > 0]
    dof = max(o.shape[0] - 1, 0) * max(o.shape[1] - 1, 0)
    if dof == 0:
        return Independence(float("nan"), float("nan"), 0)
    e = np.outer(o.sum(axis=1), o.sum(axis=0)) / o.sum()
    if yates and dof == 1:
        o = o + np.sign(e - o) * np.minimum(0.5, np.abs(e - o))
    value = float(((o - e) ** 2 / e).sum() if statistic == "chi2" else 2 * xlogy(o, o / e).sum())
    return Independence(value, float(chdtrc(dof, value)), dof)


def cramer_v(table: ArrayLike, *, bias_corrected: bool = False) -> float:
    r"""Association of two categorical variables: :math:`\sqrt{\chi^2 / (N (\min(r, c) - 1))}`.

    Parameters
    ----------
    table : array_like of int, shape (r, c)
        Counts; empty rows and columns are left out.
    bias_corrected : bool, default False
        Take off what independence alone would give (Bergsma).

    Returns
    -------
    float
        0 to 1; NaN where fewer than two rows or columns hold anything.

    Raises
    ------
    ParameterError
        If the table is not two-dimensional or holds something that is no count.

    Notes
    -----
    Cramer (1946), *Mathematical Methods of Statistics*, 21.9.  Bergsma (2013), *Journal of the
    Korean Statistical Society* 42(3), 323-328, doi:10.1016/j.jkss.2012.10.002.

    Examples
    --------
    >>> round(cramer_v([[100, 150], [203, 322], [420, 700], [320, 210]]), 6)
    0.186178
    """
    result = independence(table)
    o = counts("table", table, ndim=2)
    r, c = int((o.sum(axis=1) > 0).sum()), int((o.sum(axis=0) > 0).sum())
    if result.dof == 0:
        return float("nan")
    n, phi2 = o.sum(), result.statistic / o.sum()
    if not bias_corrected:
        return float(np.sqrt(phi2 / (min(r, c) - 1)))
    if n <= 1:
        return float("nan")
    less = max(0.0, phi2 - result.dof / (n - 1))
    width = min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1
    return float(np.sqrt(less / width)) if width > 0 else float("nan")
