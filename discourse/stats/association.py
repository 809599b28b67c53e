r"""Is a word used more in one group than in another?  Tests on two-by-two tables, many words at once.

Every function reads the same four numbers a word: its occurrences ``focus`` and ``reference`` in the two
groups, and the groups' sizes in tokens.  The table behind them is::

                     focus group            reference group
    the word         a = focus              b = reference
    other words      c = focus_size - a     d = reference_size - b

Tokens count as independent here; where authors repeat themselves the p-values are too small, and
:mod:`discourse.compare.keyness` permutes authors instead.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, xlogy
from scipy.stats import fisher_exact
from scipy.stats.contingency import odds_ratio as conditional_odds_ratio

from discourse.errors import ParameterError
from discourse.stats.arrays import Floats, broadcast, counts, floats, ratio


class Association(NamedTuple):
    """A statistic and its p-value, a word each.

    ``statistic``: no unit, 0 or more (below 0 only where ``signed`` was asked for).  ``p``: from the
    chi-square distribution with 1 degree of freedom.  NaN where a row or a column of the table is empty.
    """

    statistic: Floats
    p: Floats


class Fisher(NamedTuple):
    """Fisher's exact test: two-sided p, and the conditional maximum-likelihood odds ratio."""

    p: Floats
    odds_ratio: Floats


Cells = tuple[Floats, Floats, Floats, Floats]


def cells(focus: ArrayLike, reference: ArrayLike, focus_size: ArrayLike, reference_size: ArrayLike) -> Cells:
    """Lay out the four cells a, b, c, d of each word's table.

    Parameters
    ----------
    focus, reference : array_like of int, shape (n_words,)
        Occurrences of each word in the two groups.  Unit: tokens.
    focus_size, reference_size : array_like of int
        All tokens of the two groups.  Unit: tokens.

    Returns
    -------
    tuple of 4 ndarray of float64, shape (n_words,)
        ``a, b, c, d`` as in the head of this module.

    Raises
    ------
    ParameterError
        If shapes differ, a count is negative, or a word occurs more often than its group has tokens.

    Examples
    --------
    >>> [float(x) for x in cells(7, 2, 10, 9)]
    [7.0, 2.0, 3.0, 7.0]
    """
    names = ["focus", "reference", "focus_size", "reference_size"]
    given = (focus, reference, focus_size, reference_size)
    a, b, n1, n2 = broadcast(names, *(counts(n, v) for n, v in zip(names, given, strict=True)))
    if np.any(a > n1) or np.any(b > n2):
        raise ParameterError(
            "a word occurs more often than its group has tokens",
            expected="focus <= focus_size and reference <= reference_size",
        )
    return a, b, n1 - a, n2 - b


def from_margins(
    joint: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike
) -> tuple[Floats, Floats, Floats, Floats]:
    """Turn the counts of a word pair into the four numbers that the tests of this module read.

    Parameters
    ----------
    joint, first, second : array_like of int, shape (n_pairs,)
        Occurrences of the pair, of its first and of its second word.  Unit: bigrams.
    total : array_like of int
        All bigrams.  Unit: bigrams.

    Returns
    -------
    tuple of 4 ndarray of float64
        ``focus, reference, focus_size, reference_size``: the second word after the first, and elsewhere.

    Raises
    ------
    ParameterError
        If shapes differ or a pair occurs more often than one of its words.

    Examples
    --------
    Manning and Schuetze (1999, 5.3.3): *new companies*.

    >>> round(float(chi2(*from_margins(8, 15828, 4675, 14307668)).statistic), 6)
    1.548869
    """
    names = ["joint", "first", "second", "total"]
    given = (joint, first, second, total)
    n11, n1, n2, n = broadcast(names, *(counts(k, v) for k, v in zip(names, given, strict=True)))
    if np.any(n11 > np.minimum(n1, n2)) or np.any(n1 + n2 - n11 > n):
        raise ParameterError(
            "a pair occurs more often than its words allow", expected="joint <= first, second"
        )
    return n11, n2 - n11, n1, n - n1


def expected(a: Floats, b: Floats, c: Floats, d: Floats) -> Cells:
    """Expected cells under independence: row sum times column sum over N.

    Parameters
    ----------
    a, b, c, d : ndarray of float64
        The cells, see :func:`cells`.

    Returns
    -------
    tuple of 4 ndarray of float64
        Expected a, b, c, d.  NaN for an empty table.

    Examples
    --------
    >>> [round(float(x), 3) for x in expected(*cells(7, 2, 10, 9))]
    [4.737, 4.263, 5.263, 4.737]
    """
    n = a + b + c + d
    return (
        ratio((a + b) * (a + c), n),
        ratio((a + b) * (b + d), n),
        ratio((c + d) * (a + c), n),
        ratio((c + d) * (b + d), n),
    )


def chi2(
    focus: ArrayLike,
    reference: ArrayLike,
    focus_size: ArrayLike,
    reference_size: ArrayLike,
    *,
    yates: bool | str = False,
    signed: bool = False,
) -> Association:
    r"""Pearson's chi-square of each word's two-by-two table.

    .. math:: X^2 = \frac{N (|ad - bc| - y)^2}{(a+b)(c+d)(a+c)(b+d)}, \quad y = 0 \text{ or, with Yates, }
              \min(N/2, |ad - bc|)

    Parameters
    ----------
    focus, reference, focus_size, reference_size : array_like of int
        See :func:`cells`.
    yates : bool or "quanteda", default False
        Correct for continuity.  "quanteda": only where an expected count is below 5 and ``|ad - bc|`` above
        N/2, as ``textstat_keyness`` does by default; the corrected and the uncorrected words then stand in
        one ranking.
    signed : bool, default False
        Give the statistic a minus where the word is rarer in the focus group.

    Returns
    -------
    Association
        ``statistic`` and ``p`` (1 degree of freedom); NaN where a row or column is empty.

    Raises
    ------
    ParameterError
        See :func:`cells`; or no such correction.

    Notes
    -----
    Yates (1934), *Supplement to the JRSS* 1(2), 217-235, doi:10.2307/2983604.

    Examples
    --------
    >>> round(float(chi2(7, 2, 10, 9).statistic), 6)
    4.33716
    >>> round(float(chi2(7, 2, 10, 9, yates=True).statistic), 6)
    2.632438
    """
    if yates not in (True, False, "quanteda"):
        raise ParameterError(f"no correction {yates!r}", where="yates", expected='True, False or "quanteda"')
    a, b, c, d = cells(focus, reference, focus_size, reference_size)
    n = a + b + c + d
    gap = np.abs(a * d - b * c)
    if yates:
        small = np.minimum.reduce(expected(a, b, c, d)) < 5
        corrected = (small & (gap > n / 2)) if yates == "quanteda" else np.ones_like(small)
        gap = np.where(corrected, np.maximum(gap - n / 2, 0), gap)
    # in two factors, because the product of four margins overflows the exact range for large corpora
    statistic = n * ratio(gap, (a + b) * (c + d)) * ratio(gap, (a + c) * (b + d))
    return _finish(statistic, a, b, c, d, signed=signed)


def g2(
    focus: ArrayLike,
    reference: ArrayLike,
    focus_size: ArrayLike,
    reference_size: ArrayLike,
    *,
    cells_used: int = 4,
    williams: bool = False,
    signed: bool = False,
) -> Association:
    r"""Log-likelihood ratio of each word's table, over four cells or over the word's two.

    .. math:: G^2 = 2 \sum O \ln (O / E)

    Parameters
    ----------
    focus, reference, focus_size, reference_size : array_like of int
        See :func:`cells`.
    cells_used : {4, 2}
        4: the whole table (Dunning; quanteda, NLTK).  2: the cells a and b only (Rayson and Garside; the
        UCREL wizard, AntConc); always a little smaller.
    williams : bool, default False
        Divide by :func:`williams_q`; four cells only.
    signed : bool, default False
        Give the statistic a minus where the word is rarer in the focus group.

    Returns
    -------
    Association
        ``statistic`` and ``p`` (1 degree of freedom); NaN where a row or column is empty.

    Raises
    ------
    ParameterError
        See :func:`cells`; or another number of cells; or Williams with two cells.

    Notes
    -----
    Dunning (1993), *Computational Linguistics* 19(1), 61-74, aclanthology.org/J93-1003.  Rayson and Garside
    (2000), *Workshop on Comparing Corpora*, 1-6, doi:10.3115/1117729.1117730.

    Examples
    --------
    >>> round(float(g2(52, 57, 50000, 75000, cells_used=2).statistic), 4)
    2.6517
    >>> round(float(g2(52, 57, 50000, 75000).statistic), 4)
    2.6541
    """
    if cells_used not in (2, 4) or (williams and cells_used == 2):
        raise ParameterError("no such G2", expected="cells_used 4, or 2 without Williams' correction")
    observed = cells(focus, reference, focus_size, reference_size)
    terms = [xlogy(o, ratio(o, e)) for o, e in zip(observed, expected(*observed), strict=True)]
    statistic = 2 * sum(terms[:cells_used], np.zeros_like(observed[0]))
    statistic = np.maximum(statistic, 0)  # rounding may leave -1e-12
    if williams:
        statistic = ratio(statistic, _williams(*observed))
    return _finish(np.asarray(statistic, dtype=np.float64), *observed, signed=signed)


def williams_q(
    focus: ArrayLike, reference: ArrayLike, focus_size: ArrayLike, reference_size: ArrayLike
) -> Floats:
    r"""Williams' correction, the number by which G2 is divided in small samples.

    .. math:: q = 1 + \frac{1}{6N} \left(\frac{N}{a+b} + \frac{N}{c+d} - 1\right)
                               \left(\frac{N}{a+c} + \frac{N}{b+d} - 1\right)

    Parameters
    ----------
    focus, reference, focus_size, reference_size : array_like of int
        See :func:`cells`.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        Above 1; NaN where a row or column is empty.

    Raises
    ------
    ParameterError
        See :func:`cells`.

    Notes
    -----
    Williams (1976), *Biometrika* 63(1), 33-37, doi:10.1093/biomet/63.1.33.

    Examples
    --------
    >>> round(float(williams_q(7, 2, 10, 9)), 6)
    1.079533
    """
    return _williams(*cells(focus, reference, focus_size, reference_size))


def _williams(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    n = a + b + c + d
    rows = ratio(n, a + b) + ratio(n, c + d) - 1
    columns = ratio(n, a + c) + ratio(n, b + d) - 1
    q = 1 + ratio(rows * columns, 6 * n)
    return np.where(np.isfinite(q), q, np.nan)


def fisher(
    focus: ArrayLike, reference: ArrayLike, focus_size: ArrayLike, reference_size: ArrayLike
) -> Fisher:
    """Fisher's exact test of each word's table, with R's conditional odds ratio.

    Parameters
    ----------
    focus, reference, focus_size, reference_size : array_like of int
        See :func:`cells`.

    Returns
    -------
    Fisher
        ``p``: two-sided, the sum of all tables no more likely than this one.  ``odds_ratio``: conditional
        maximum-likelihood estimate (as ``fisher.test`` of R); 0 or infinity at the bounds, NaN where a row or
        a column is empty.

    Raises
    ------
    ParameterError
        See :func:`cells`.

    Notes
    -----
    Fisher (1935), The logic of inductive inference, *JRSS* 98(1), 39-82, doi:10.2307/2342435; computed by
    scipy, one table after the other (equal tables once).

    Examples
    --------
    >>> result = fisher(7, 2, 10, 9)
    >>> round(float(result.p), 6), round(float(result.odds_ratio), 6)
    (0.069779, 7.166306)
    """
    a, b, c, d = cells(focus, reference, focus_size, reference_size)
    tables, back = np.unique(np.stack([a, b, c, d], axis=-1).reshape(-1, 4), axis=0, return_inverse=True)
    values = np.array([_fisher_one(table.reshape(2, 2)) for table in tables]).reshape(-1, 2)
    per_word = values[back.reshape(a.shape)] if a.size else np.empty((*a.shape, 2))
    return Fisher(per_word[..., 0], per_word[..., 1])


def _fisher_one(table: Floats) -> tuple[float, float]:
    whole = np.rint(table).astype(np.int64)
    if not whole.sum(axis=0).all() or not whole.sum(axis=1).all():
        return float("nan"), float("nan")
    p = float(fisher_exact(whole).pvalue)
    return p, float(conditional_odds_ratio(whole, kind="conditional").statistic)


def _finish(statistic: Floats, a: Floats, b: Floats, c: Floats, d: Floats, *, signed: bool) -> Association:
    empty = ((a + b) * (c + d) == 0) | ((a + c) * (b + d) == 0)
    statistic = np.where(empty, np.nan, statistic)
    p = np.where(empty, np.nan, chdtrc(1.0, np.maximum(floats("statistic", statistic), 0)))
    if signed:
        statistic = np.where(a * d < b * c, -statistic, statistic)
    return Association(statistic, p)
