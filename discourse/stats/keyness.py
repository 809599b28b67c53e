"""How much more is a word used in one group: effect sizes and shrunken log odds, many words at once.

Reads the same four numbers a word as :mod:`discourse.stats.association`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from discourse.errors import ParameterError
from discourse.stats.arrays import Floats, broadcast, counts, floats, ratio
from discourse.stats.association import cells, expected, g2


class LogOdds(NamedTuple):
    """Difference of log odds, focus minus reference, ``delta`` (nats), and over its standard error, ``z``."""

    delta: Floats
    z: Floats


def log_ratio(
    focus: ArrayLike, reference: ArrayLike, focus_size: ArrayLike, reference_size: ArrayLike
) -> Floats:
    r"""Binary logarithm of the ratio of relative frequencies; .5 stands in for a count of zero.

    .. math:: \log_2 \frac{a / n_1}{b / n_2}

    Parameters
    ----------
    focus, reference, focus_size, reference_size : array_like of int
        See :func:`discourse.stats.association.cells`.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        Doublings: 1 is twice, -1 half as frequent in the focus group.  NaN where the word occurs nowhere or a
        group has no token.

    Raises
    ------
    ParameterError
        See :func:`discourse.stats.association.cells`.

    Notes
    -----
    Hardie (2014), Log Ratio: an informal introduction, cass.lancs.ac.uk (which also sets .5 for a zero).

    Examples
    --------
    >>> log_ratio([20, 20], [10, 0], 1000, 1000).round(4)
    array([1.    , 5.3219])
    """
    a, b, c, d = cells(focus, reference, focus_size, reference_size)
    nowhere = (a + b) == 0
    quotient = ratio(np.where(a == 0, 0.5, a) * (b + d), np.where(b == 0, 0.5, b) * (a + c))
    with np.errstate(divide="ignore"):
        value = np.log2(quotient)
    return np.where(nowhere | ~np.isfinite(value), np.nan, value)


def percent_difference(
    focus: ArrayLike, reference: ArrayLike, focus_size: ArrayLike, reference_size: ArrayLike
) -> Floats:
    r"""%DIFF: by how many percent the relative frequency is higher in the focus group.

    .. math:: 100 \cdot \left(\frac{a / n_1}{b / n_2} - 1\right)

    Parameters
    ----------
    focus, reference, focus_size, reference_size : array_like of int
        See :func:`discourse.stats.association.cells`.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        Percent, -100 or more; infinity where the reference group never uses the word (Gabrielatos puts 1e-18
        for the zero, which is as good as infinite), NaN where nobody does.

    Raises
    ------
    ParameterError
        See :func:`discourse.stats.association.cells`.

    Notes
    -----
    Gabrielatos (2018), Keyness analysis, in *Corpus Approaches to Discourse*, Routledge, 225-258.

    Examples
    --------
    >>> round(float(percent_difference(52, 57, 50000, 75000)), 4)
    36.8421
    """
    a, b, c, d = cells(focus, reference, focus_size, reference_size)
    return 100 * (ratio(a * (b + d), b * (a + c)) - 1)


def frequency_ratio(
    focus: ArrayLike, reference: ArrayLike, focus_size: ArrayLike, reference_size: ArrayLike
) -> Floats:
    """Ratio of relative frequencies (the UCREL wizard's "relative risk"), no correction at zeros.

    Parameters
    ----------
    focus, reference, focus_size, reference_size : array_like of int
        See :func:`discourse.stats.association.cells`.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        0 or more; infinity where the reference never uses the word, NaN where nobody does.

    Raises
    ------
    ParameterError
        See :func:`discourse.stats.association.cells`.

    Notes
    -----
    Agresti (2002), *Categorical Data Analysis*, 2nd ed., 2.2.2.  With an interval:
    :func:`discourse.stats.effects.risk_ratio`.

    Examples
    --------
    >>> round(float(frequency_ratio(52, 57, 50000, 75000)), 6)
    1.368421
    """
    a, b, c, d = cells(focus, reference, focus_size, reference_size)
    return ratio(a * (b + d), b * (a + c))


def odds_ratio(
    focus: ArrayLike, reference: ArrayLike, focus_size: ArrayLike, reference_size: ArrayLike
) -> Floats:
    """Sample odds ratio ad / bc, no correction at zeros.

    Parameters
    ----------
    focus, reference, focus_size, reference_size : array_like of int
        See :func:`discourse.stats.association.cells`.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        0 or more, infinite where b or c is 0, NaN for 0/0.

    Raises
    ------
    ParameterError
        See :func:`discourse.stats.association.cells`.

    Notes
    -----
    Agresti (2002), *Categorical Data Analysis*, 2nd ed., 2.2.3.  The conditional estimate is in
    :func:`discourse.stats.association.fisher`.

    Examples
    --------
    >>> float(odds_ratio(8, 1, 10, 6))
    20.0
    """
    a, b, c, d = cells(focus, reference, focus_size, reference_size)
    return ratio(a * d, b * c)


def bayesian_information(
    focus: ArrayLike, reference: ArrayLike, focus_size: ArrayLike, reference_size: ArrayLike
) -> Floats:
    r"""BIC of "the groups differ" against "they do not": :math:`G^2_{(2)} - \ln N`, one degree of freedom.

    Parameters
    ----------
    focus, reference, focus_size, reference_size : array_like of int
        See :func:`discourse.stats.association.cells`.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        Above 2 positive, above 6 strong, above 10 very strong evidence for a difference; below 0 against it.

    Raises
    ------
    ParameterError
        See :func:`discourse.stats.association.cells`.

    Notes
    -----
    The two-cell G2, as the UCREL wizard takes it.  Kass and Raftery (1995), *JASA* 90(430), 773-795,
    doi:10.1080/01621459.1995.10476572.

    Examples
    --------
    >>> round(float(bayesian_information(52, 57, 50000, 75000)), 4)
    -9.0844
    """
    a, b, c, d = cells(focus, reference, focus_size, reference_size)
    with np.errstate(divide="ignore"):
        return g2(a, b, a + c, b + d, cells_used=2).statistic - np.log(a + b + c + d)


def likelihood_effect(
    focus: ArrayLike, reference: ArrayLike, focus_size: ArrayLike, reference_size: ArrayLike
) -> Floats:
    r"""ELL, the effect size of the two-cell log-likelihood.

    .. math:: \frac{G^2_{(2)}}{N \ln \min(E_a, E_b)}

    Parameters
    ----------
    focus, reference, focus_size, reference_size : array_like of int
        See :func:`discourse.stats.association.cells`.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        From 0 to 1; NaN where the smaller expected count is 1 or less (the formula has no meaning there).

    Raises
    ------
    ParameterError
        See :func:`discourse.stats.association.cells`.

    Notes
    -----
    Johnston, Berry and Mielke (2006), *Perceptual and Motor Skills* 103(2), 412-414,
    doi:10.2466/pms.103.2.412-414.

    Examples
    --------
    >>> f"{float(likelihood_effect(52, 57, 50000, 75000)):.3g}"
    '5.62e-06'
    """
    a, b, c, d = cells(focus, reference, focus_size, reference_size)
    least = np.minimum(*expected(a, b, c, d)[:2])
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = (a + b + c + d) * np.log(np.where(least > 1, least, np.nan))
    return ratio(g2(a, b, a + c, b + d, cells_used=2).statistic, scale)


def _same_words(focus: ArrayLike, reference: ArrayLike) -> tuple[Floats, Floats]:
    a, b = counts("focus", focus, ndim=1), counts("reference", reference, ndim=1)
    if a.shape != b.shape:
        raise ParameterError(
            f"{a.size} words in focus, {b.size} in reference", expected="the same words in both"
        )
    return a, b


def informative_prior(focus: ArrayLike, reference: ArrayLike, weight: float) -> Floats:
    """Prior for :func:`log_odds` that is proportional to the word's share of both groups together.

    Parameters
    ----------
    focus, reference : array_like of int, shape (n_words,)
        Occurrences of each word.  Unit: tokens.
    weight : float
        How many tokens the prior is worth in all, above 0.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        Pseudo-counts that sum to ``weight``; 0 for words that nobody uses.

    Raises
    ------
    ParameterError
        If shapes differ, a count is negative, or the weight is not above zero.

    Notes
    -----
    Monroe, Colaresi and Quinn (2008), 3.5.1, doi:10.1093/pan/mpn018.

    Examples
    --------
    >>> informative_prior([3, 0], [1, 4], weight=4.0)
    array([2., 2.])
    """
    if not weight > 0:
        raise ParameterError(f"weight is {weight}", where="weight", expected="above 0")
    a, b = _same_words(focus, reference)
    return weight * ratio(a + b, (a + b).sum())


def log_odds(focus: ArrayLike, reference: ArrayLike, *, prior: ArrayLike = 0.01, terms: int = 4) -> LogOdds:
    r"""Compare word use in two groups, shrinking rare words towards zero.

    .. math:: \delta_w = \ln\frac{y_{1w} + \alpha_w}{n_1 + \alpha_0 - y_{1w} - \alpha_w}
                       - \ln\frac{y_{2w} + \alpha_w}{n_2 + \alpha_0 - y_{2w} - \alpha_w}

    and z is delta over the root of :math:`\sum_g 1/(y_{gw}+\alpha_w) + 1/(n_g+\alpha_0-y_{gw}-\alpha_w)`.

    Parameters
    ----------
    focus : array_like of int, shape (n_words,)
        Occurrences of each word in the group under study.  Unit: tokens.
    reference : array_like of int, shape (n_words,)
        The same words, in the same order, in the other group.  Unit: tokens.
    prior : float or array_like of float, shape (n_words,), default 0.01
        Pseudo-counts added to both groups, each above zero: one number (flat) or one a word
        (:func:`informative_prior`).  Unit: tokens.
    terms : {4, 2}
        4: the whole variance (equation 19).  2: the two ``1/(y + alpha)`` only (equation 20; FightingWords,
        ConvoKit, tidylo), which overstates z for very common words.

    Returns
    -------
    LogOdds
        ``delta``, shape (n_words,), nats; ``z``, shape (n_words,), no unit.  NaN where there is only one
        word.

    Raises
    ------
    ParameterError
        If shapes differ, a count is negative, a prior is not above zero where a word is used, or ``terms`` is
        neither 2 nor 4.

    Notes
    -----
    Monroe, Colaresi and Quinn (2008), Fightin' Words, *Political Analysis* 16(4), 372-403,
    doi:10.1093/pan/mpn018.  Group sizes are the sums of the counts given, so give every word.  Tokens count
    as independent.

    Examples
    --------
    >>> log_odds([1, 5, 1, 9], [100, 510, 100, 199], prior=0.01).delta.round(5)
    array([-0.60953, -1.03458, -0.60953,  1.5201 ])
    """
    if terms not in (2, 4):
        raise ParameterError(f"terms is {terms}", where="terms", expected="2 or 4")
    y1, y2 = _same_words(focus, reference)
    y1, y2, alpha = broadcast(["focus", "reference", "prior"], y1, y2, floats("prior", prior))
    if np.any(~(alpha > 0) & ((y1 + y2 > 0) | (alpha != 0))):
        raise ParameterError("a prior is not above zero", where="prior", expected="pseudo-counts above 0")
    inside = [y + alpha for y in (y1, y2)]
    outside = [y.sum() + alpha.sum() - k for y, k in zip((y1, y2), inside, strict=True)]
    # the rest of a one-word vocabulary is nothing but rounding
    outside = [
        np.where(rest > 1e-12 * (rest + k), rest, 0.0) for rest, k in zip(outside, inside, strict=True)
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(inside[0]) - np.log(outside[0]) - np.log(inside[1]) + np.log(outside[1])
    variance = sum((ratio(1, k) for k in inside + (outside if terms == 4 else [])), np.zeros_like(y1))
    delta = np.where(np.isfinite(delta), delta, np.nan)
    return LogOdds(delta, ratio(delta, np.sqrt(variance)))
