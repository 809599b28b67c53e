r"""Do several people code the same units alike?  Agreement beyond chance.

``ratings`` has one row a coder and one column a unit, shape (n_coders, n_units); NaN (or None, in a table
of labels) where a coder did not code a unit.  Alpha, which also knows ordered codes, and its interval are
in :mod:`discourse.stats.alpha`.

All coefficients but percent agreement are :math:`(p_a - p_e) / (1 - p_e)`: observed agreement :math:`p_a`,
over the units that two or more coders coded, against :math:`p_e`, expected by chance.  They differ in what
chance is.  With several coders and missing codes they are computed as in Gwet (2014), *Handbook of
Inter-Rater Reliability*, 4th ed. (irrCAC).  Where chance alone gives full agreement (one category in use),
they are not defined: NaN.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from discourse.errors import ParameterError
from discourse.stats.arrays import Floats, Ints, ratio
from discourse.stats.ratings import Coded, encode, unit_counts


def percent_agreement(ratings: ArrayLike) -> float:
    r"""Share of agreeing pairs of coders, averaged over the units that two or more coders coded.

    .. math:: p_a = \frac1{n'} \sum_i \sum_k \frac{r_{ik} (r_{ik} - 1)}{r_i (r_i - 1)}

    Parameters
    ----------
    ratings : array_like, shape (n_coders, n_units)
        NaN or None where not coded.

    Returns
    -------
    float
        0 to 1; NaN where no unit was coded twice.

    Raises
    ------
    ParameterError
        If the shape is wrong.

    Notes
    -----
    Gwet (2014), *Handbook of Inter-Rater Reliability*, 4th ed.  Says nothing about chance:
    never print it alone.

    Examples
    --------
    >>> percent_agreement([[1, 1, 2, None], [1, 2, 2, 2]])
    0.6666666666666666
    """
    return _observed(unit_counts(encode(ratings)))


def _observed(per_unit: Ints) -> float:
    coders = per_unit.sum(axis=1)
    double = coders >= 2
    if not double.any():
        return float("nan")
    agreeing = (per_unit * (per_unit - 1)).sum(axis=1)[double]
    return float((agreeing / (coders * (coders - 1))[double]).mean())


def _beyond_chance(observed: float, by_chance: float) -> float:
    return float("nan") if by_chance >= 1 - 1e-12 else (observed - by_chance) / (1 - by_chance)


def _prevalence(per_unit: Ints) -> Floats:
    """Share of each category: the mean over coded units of the share of their coders."""
    coders = per_unit.sum(axis=1, keepdims=True)
    return np.asarray((per_unit / np.maximum(coders, 1))[coders[:, 0] > 0].sum(axis=0)) / max(
        int((coders > 0).sum()), 1
    )


def fleiss_kappa(ratings: ArrayLike) -> float:
    r"""Fleiss' kappa: chance is :math:`\sum_k \pi_k^2`, with the categories' shares over all coders together.

    Parameters
    ----------
    ratings : array_like, shape (n_coders, n_units)
        NaN or None where not coded.

    Returns
    -------
    float
        At most 1, 0 as by chance; NaN where only one category is in use or no unit was coded twice.

    Raises
    ------
    ParameterError
        If the shape is wrong.

    Notes
    -----
    Fleiss (1971), *Psychological Bulletin* 76(5), 378-382, doi:10.1037/h0031619; with missing
    codes as in Gwet (2014), where :math:`\pi_k` is the mean over units of the share of their coders.

    Examples
    --------
    >>> round(fleiss_kappa([[1, 1, 2, 2], [1, 2, 2, 2], [1, 1, 2, 1]]), 4)
    0.3333
    """
    per_unit = unit_counts(encode(ratings))
    return _beyond_chance(_observed(per_unit), float((_prevalence(per_unit) ** 2).sum()))


def gwet_ac1(ratings: ArrayLike, *, n_categories: int | None = None) -> float:
    r"""Gwet's AC1: chance is :math:`\frac1{q-1} \sum_k \pi_k (1 - \pi_k)`.

    It stays steady where one category dominates and kappa falls.

    Parameters
    ----------
    ratings : array_like, shape (n_coders, n_units)
        NaN or None where not coded.
    n_categories : int, optional
        q, how many categories the coders could choose from; those in use if left out.

    Returns
    -------
    float
        At most 1, 0 as by chance; NaN for fewer than two categories or where no unit was coded twice.

    Raises
    ------
    ParameterError
        If the shape is wrong or fewer categories are named than used.

    Notes
    -----
    Gwet (2008), *British Journal of Mathematical and Statistical Psychology* 61(1), 29-48,
    doi:10.1348/000711006X126600.

    Examples
    --------
    >>> round(gwet_ac1([[1, 1, 1, 1, 1], [1, 1, 1, 1, 2]]), 4)
    0.7561
    """
    coded = encode(ratings)
    q = _n_categories(coded, n_categories)
    per_unit = unit_counts(coded)
    shares = _prevalence(per_unit)
    by_chance = float((shares * (1 - shares)).sum() / (q - 1)) if q > 1 else 1.0
    return _beyond_chance(_observed(per_unit), by_chance)


def brennan_prediger(ratings: ArrayLike, *, n_categories: int | None = None) -> float:
    """Brennan and Prediger's kappa: chance is 1/q; for two coders Bennett's S.

    Parameters
    ----------
    ratings : array_like, shape (n_coders, n_units)
        NaN or None where not coded.
    n_categories : int, optional
        q, how many categories the coders could choose from; those in use if left out.

    Returns
    -------
    float
        At most 1, 0 as by chance; NaN for fewer than two categories or where no unit was coded twice.

    Raises
    ------
    ParameterError
        If the shape is wrong or fewer categories are named than used.

    Notes
    -----
    Brennan and Prediger (1981), *Educational and Psychological Measurement* 41(3), 687-699,
    doi:10.1177/001316448104100307.  Bennett, Alpert and Goldstein (1954), *Public Opinion Quarterly* 18(3),
    303-308, doi:10.1086/266520.

    Examples
    --------
    >>> round(brennan_prediger([[1, 1, 2, 3], [1, 2, 2, 3]]), 4)
    0.625
    """
    coded = encode(ratings)
    q = _n_categories(coded, n_categories)
    return _beyond_chance(_observed(unit_counts(coded)), 1 / q if q > 1 else 1.0)


def _n_categories(coded: Coded, given: int | None) -> int:
    used = len(coded.categories)
    if given is not None and given < used:
        raise ParameterError(
            f"{used} categories are in use, {given} were named",
            where="n_categories",
            expected=f"{used} or more",
        )
    return used if given is None else given


def conger_kappa(ratings: ArrayLike) -> float:
    r"""Conger's kappa: Cohen's for several coders, each with category shares of their own.

    .. math:: p_e = \sum_k \left(\bar p_k^2 - s_k^2 / r\right)

    Parameters
    ----------
    ratings : array_like, shape (n_coders, n_units)
        NaN or None where not coded.

    Returns
    -------
    float
        At most 1, 0 as by chance; NaN for fewer than two coders, or where chance alone gives full agreement.

    Raises
    ------
    ParameterError
        If the shape is wrong.

    Notes
    -----
    Conger (1980), *Psychological Bulletin* 88(2), 322-328, doi:10.1037/0033-2909.88.2.322; with
    missing codes as in Gwet (2014).  :math:`s_k^2` is the variance of the coders' shares (divisor r - 1).

    Examples
    --------
    >>> round(conger_kappa([[1, 1, 2, 2], [1, 2, 2, 2], [1, 1, 2, 1]]), 4)
    0.3846
    """
    coded = encode(ratings)
    codes = coded.codes[(coded.codes >= 0).any(axis=1)]
    n_coders = codes.shape[0]
    if n_coders < 2:
        return float("nan")
    given = np.array([np.bincount(row[row >= 0], minlength=len(coded.categories)) for row in codes])
    shares = ratio(given, given.sum(axis=1, keepdims=True))
    by_chance = float((shares.mean(axis=0) ** 2 - shares.var(axis=0, ddof=1) / n_coders).sum())
    return _beyond_chance(_observed(unit_counts(coded)), by_chance)


def _pairs(ratings: ArrayLike) -> Coded:
    coded = encode(ratings)
    if coded.codes.shape[0] != 2:
        raise ParameterError(
            f"{coded.codes.shape[0]} coders",
            where="ratings",
            expected="2",
            hint="use fleiss_kappa or conger_kappa",
        )
    codes = coded.codes[:, (coded.codes >= 0).all(axis=0)]
    used, again = np.unique(codes, return_inverse=True)
    return Coded(again.reshape(codes.shape).astype(np.int64), coded.categories[used])


def cohen_kappa(ratings: ArrayLike) -> float:
    r"""Cohen's kappa of two coders: chance is :math:`\sum_k p_{1k} p_{2k}`.

    Parameters
    ----------
    ratings : array_like, shape (2, n_units)
        Units that one of the two left out are left out.

    Returns
    -------
    float
        At most 1, 0 as by chance; NaN where both use one and the same category, or without units.

    Raises
    ------
    ParameterError
        If there are not two coders.

    Notes
    -----
    Cohen (1960), *Educational and Psychological Measurement* 20(1), 37-46, doi:10.1177/001316446002000104.

    Examples
    --------
    >>> from discourse.stats.ratings import from_confusion
    >>> round(cohen_kappa(from_confusion([[20, 5], [10, 15]])), 4)
    0.4
    """
    return conger_kappa(_pairs(ratings).codes)


def scott_pi(ratings: ArrayLike) -> float:
    r"""Scott's pi of two coders: chance is :math:`\sum_k \bar p_k^2`, their shares averaged.

    Parameters
    ----------
    ratings : array_like, shape (2, n_units)
        Units that one of the two left out are left out.

    Returns
    -------
    float
        At most 1, 0 as by chance; NaN where only one category is in use, or without units.

    Raises
    ------
    ParameterError
        If there are not two coders.

    Notes
    -----
    Scott (1955), *Public Opinion Quarterly* 19(3), 321-325, doi:10.1086/266577.

    Examples
    --------
    >>> from discourse.stats.ratings import from_confusion
    >>> round(scott_pi(from_confusion([[20, 5], [10, 15]])), 4)
    0.3939
    """
    return fleiss_kappa(_pairs(ratings).codes)


def bennett_s(ratings: ArrayLike, *, n_categories: int | None = None) -> float:
    """Bennett's S of two coders: chance is 1/q.

    Parameters
    ----------
    ratings : array_like, shape (2, n_units)
        Units that one of the two left out are left out.
    n_categories : int, optional
        q, how many categories the coders could choose from; those in use if left out.

    Returns
    -------
    float
        At most 1, 0 as by chance; NaN for fewer than two categories, or without units.

    Raises
    ------
    ParameterError
        If there are not two coders, or fewer categories are named than used.

    Notes
    -----
    Bennett, Alpert and Goldstein (1954), *Public Opinion Quarterly* 18(3), 303-308, doi:10.1086/266520.

    Examples
    --------
    >>> from discourse.stats.ratings import from_confusion
    >>> round(bennett_s(from_confusion([[20, 5], [10, 15]])), 4)
    0.4
    """
    return brennan_prediger(_pairs(ratings).codes, n_categories=n_categories)
