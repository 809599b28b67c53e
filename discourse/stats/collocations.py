"""Which words go together: association of word pairs from their counts, many pairs at once.

Every function reads ``joint`` (how often the pair occurs), ``first`` and ``second`` (how often its words
occur in their places) and ``total`` (all pairs).  Chi-square, G2 and Fisher of a pair come from
:mod:`discourse.stats.association` through :func:`~discourse.stats.association.from_margins`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from discourse.errors import ParameterError
from discourse.stats.arrays import Floats, broadcast, counts, ratio
from discourse.stats.association import cells, from_margins


class Collocation(NamedTuple):
    """``estimate``: lambda, the log odds ratio of the pair (nats); ``z``: lambda over its standard error."""

    estimate: Floats
    z: Floats


def _pair(joint: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike) -> tuple[Floats, ...]:
    from_margins(joint, first, second, total)  # the checks
    names = ["joint", "first", "second", "total"]
    given = (joint, first, second, total)
    return broadcast(names, *(counts(n, v) for n, v in zip(names, given, strict=True)))


def pmi(
    joint: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike, *, base: float = 2.0
) -> Floats:
    r"""Pointwise mutual information: :math:`\log \frac{f_{12} N}{f_1 f_2}`.

    Parameters
    ----------
    joint, first, second, total : array_like of int
        See the head of this module.
    base : float, default 2
        Base of the logarithm; 2 gives bits.

    Returns
    -------
    ndarray of float64, shape (n_pairs,)
        Minus infinity for a pair never seen, NaN for a word never seen.

    Raises
    ------
    ParameterError
        If shapes differ, counts contradict each other or the base is not above 1.

    Notes
    -----
    Church and Hanks (1990), *Computational Linguistics* 16(1), 22-29,
    aclanthology.org/J90-1003.  Favours rare pairs: set a minimum count.

    Examples
    --------
    >>> round(float(pmi(20, 42, 20, 14307668)), 4)
    18.378
    """
    if not base > 1:
        raise ParameterError(f"base is {base}", where="base", expected="above 1")
    n12, n1, n2, n = _pair(joint, first, second, total)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(ratio(n12, n1) * ratio(n, n2)) / np.log(base))


def npmi(joint: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike) -> Floats:
    r"""Normalised pointwise mutual information: PMI over :math:`-\log (f_{12} / N)`.

    Parameters
    ----------
    joint, first, second, total : array_like of int
        See the head of this module.

    Returns
    -------
    ndarray of float64, shape (n_pairs,)
        From -1 (never together) over 0 (as by chance) to 1 (only together; also where the pair is all there
        is). NaN for a word never seen.

    Raises
    ------
    ParameterError
        If shapes differ or counts contradict each other.

    Notes
    -----
    Bouma (2009), *Proceedings of GSCL*, 31-40.

    Examples
    --------
    >>> round(float(npmi(20, 42, 20, 14307668)), 4)
    0.945
    """
    n12, n1, n2, n = _pair(joint, first, second, total)
    information = pmi(joint, first, second, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = information / -np.log2(ratio(n12, n))
    value = np.where((n12 == 0) & (n1 * n2 > 0), -1.0, value)
    return np.where((n12 == n) & (n > 0), 1.0, value)


def log_dice(joint: ArrayLike, first: ArrayLike, second: ArrayLike) -> Floats:
    r"""logDice: :math:`14 + \log_2 \frac{2 f_{12}}{f_1 + f_2}`; does not depend on the corpus size.

    Parameters
    ----------
    joint, first, second : array_like of int, shape (n_pairs,)
        Occurrences of the pair and of its words.

    Returns
    -------
    ndarray of float64, shape (n_pairs,)
        At most 14 (the words only occur together); minus infinity for a pair never seen, NaN where neither
        word occurs.

    Raises
    ------
    ParameterError
        If shapes differ or counts contradict each other.

    Notes
    -----
    Rychly (2008), A lexicographer-friendly association score, *RASLAN*, 6-9.

    Examples
    --------
    >>> round(float(log_dice(20, 42, 20)), 4)
    13.3677
    """
    n12, n1, n2, _ = _pair(joint, first, second, np.asarray(first, float) + np.asarray(second, float))
    with np.errstate(divide="ignore"):
        return 14 + np.log2(ratio(2 * n12, n1 + n2))


def t_score(joint: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike) -> Floats:
    r"""Collocation t: :math:`(f_{12} - f_1 f_2 / N) / \sqrt{f_{12}}`.

    Parameters
    ----------
    joint, first, second, total : array_like of int
        See the head of this module.

    Returns
    -------
    ndarray of float64, shape (n_pairs,)
        Minus infinity for an unseen pair of seen words, NaN without any pairs.

    Raises
    ------
    ParameterError
        If shapes differ or counts contradict each other.

    Notes
    -----
    Church, Gale, Hanks and Hindle (1991); Manning and Schuetze (1999), *Foundations of Statistical Natural
    Language Processing*, 5.3.1.  A ranking, not a test: its variance is that of rare events only.

    Examples
    --------
    >>> round(float(t_score(8, 15828, 4675, 14307668)), 6)
    0.999932
    """
    n12, n1, n2, n = _pair(joint, first, second, total)
    return ratio(n12 - n1 * ratio(n2, n), np.sqrt(n12))


def mi3(joint: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike) -> Floats:
    r"""Cubed mutual information: :math:`\log_2 \frac{f_{12}^3 N}{f_1 f_2}`; gives frequent pairs more weight.

    Parameters
    ----------
    joint, first, second, total : array_like of int
        See the head of this module.

    Returns
    -------
    ndarray of float64, shape (n_pairs,)
        Bits; minus infinity for a pair never seen, NaN for a word never seen.

    Raises
    ------
    ParameterError
        If shapes differ or counts contradict each other.

    Notes
    -----
    Daille (1994), thesis, Universite Paris 7; on frequencies, as in Sketch Engine and AntConc.

    Examples
    --------
    >>> float(mi3(8, 16, 16, 256))
    9.0
    """
    n12, *_ = _pair(joint, first, second, total)
    with np.errstate(divide="ignore"):
        return np.asarray(pmi(joint, first, second, total) + 2 * np.log2(n12))


def collocation_lambda(
    joint: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike, *, smoothing: float = 0.5
) -> Collocation:
    r"""Interaction of a two-word log-linear model: the smoothed log odds ratio of the pair.

    .. math:: \lambda = \ln \frac{(n_{11} + s)(n_{00} + s)}{(n_{10} + s)(n_{01} + s)}, \quad
              z = \lambda \Big/ \sqrt{\textstyle\sum 1 / (n + s)}

    Parameters
    ----------
    joint, first, second, total : array_like of int
        See the head of this module.
    smoothing : float, default 0.5
        Added to each cell, 0 or more.

    Returns
    -------
    Collocation
        ``estimate`` (nats) and ``z``, shape (n_pairs,) each.

    Raises
    ------
    ParameterError
        If shapes differ, counts contradict each other or the smoothing is negative.

    Notes
    -----
    Blaheta and Johnson (2001), Unsupervised learning of multi-word verbs, *ACL workshop on collocations*,
    54-60; the values of quanteda's ``textstat_collocations`` for two words.

    Examples
    --------
    >>> result = collocation_lambda(2, 2, 2, 9)
    >>> round(float(result.estimate), 4), round(float(result.z), 4)
    (4.3175, 2.0278)
    """
    if not smoothing >= 0:
        raise ParameterError(f"smoothing is {smoothing}", where="smoothing", expected="0 or more")
    smooth = [cell + smoothing for cell in cells(*from_margins(joint, first, second, total))]
    with np.errstate(divide="ignore", invalid="ignore"):
        n11, n01, n10, n00 = np.log(smooth)
    estimate = n11 + n00 - n10 - n01
    variance = sum((ratio(1, cell) for cell in smooth), np.zeros_like(estimate))
    return Collocation(estimate, ratio(estimate, np.sqrt(variance)))
