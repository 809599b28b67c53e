"""How varied the vocabulary of a text is.

These measures do not depend on word order: they read ``frequencies``, how often each type occurs, shape
(n_types,) (:func:`type_frequencies` counts them).  All but HD-D and K depend on the length of the text.
MATTR, MSTTR and MTLD, which read words in order, are in :mod:`discourse.stats.running_diversity`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln

from discourse.errors import ParameterError
from discourse.stats.arrays import Floats, Ints, counts, ratio


def type_codes(tokens: Sequence[Hashable]) -> Ints:
    """Number the types of a text in the order in which they first occur.

    Parameters
    ----------
    tokens : sequence of str or int, shape (n_tokens,)
        The words of a text in order.

    Returns
    -------
    ndarray of int64, shape (n_tokens,)
        The type of each token, from 0.

    Examples
    --------
    >>> type_codes(["cat", "tax", "cat"])
    array([0, 1, 0])
    """
    seen: dict[Hashable, int] = {}
    return np.fromiter((seen.setdefault(token, len(seen)) for token in tokens), dtype=np.int64)


def type_frequencies(tokens: Sequence[Hashable]) -> Ints:
    """Count the types of a text.

    Parameters
    ----------
    tokens : sequence of str or int, shape (n_tokens,)
        The words of a text.

    Returns
    -------
    ndarray of int64, shape (n_types,)
        Occurrences, in the order in which the types first occur.  Unit: tokens.

    Examples
    --------
    >>> type_frequencies(["cat", "tax", "cat"])
    array([2, 1])
    """
    return np.bincount(type_codes(tokens)).astype(np.int64)


def _sizes(frequencies: ArrayLike) -> tuple[Floats, float, float]:
    f = counts("frequencies", frequencies, ndim=1)
    f = f[f > 0]
    return f, float(f.sum()), float(f.size)


def ttr(frequencies: ArrayLike) -> float:
    """Type-token ratio V / N.

    Parameters
    ----------
    frequencies : array_like of int, shape (n_types,)
        Occurrences of each type.

    Returns
    -------
    float
        Above 0, at most 1; NaN for an empty text.  Falls with the length of the text.

    Raises
    ------
    ParameterError
        If a count is negative.

    Notes
    -----
    Johnson (1944), Studies in language behavior, *Psychological Monographs* 56(2), 1-15.

    Examples
    --------
    >>> ttr([2, 1, 1])
    0.75
    """
    _, n, v = _sizes(frequencies)
    return float(ratio(v, n))


def root_ttr(frequencies: ArrayLike) -> float:
    r"""Guiraud's root type-token ratio :math:`V / \sqrt N`.

    Parameters
    ----------
    frequencies : array_like of int, shape (n_types,)
        Occurrences of each type.

    Returns
    -------
    float
        Above 0; NaN for an empty text.

    Raises
    ------
    ParameterError
        If a count is negative.

    Notes
    -----
    Guiraud (1954), *Les caracteres statistiques du vocabulaire*.

    Examples
    --------
    >>> root_ttr([2, 1, 1])
    1.5
    """
    _, n, v = _sizes(frequencies)
    return float(ratio(v, np.sqrt(n)))


def corrected_ttr(frequencies: ArrayLike) -> float:
    r"""Carroll's corrected type-token ratio :math:`V / \sqrt{2N}`.

    Parameters
    ----------
    frequencies : array_like of int, shape (n_types,)
        Occurrences of each type.

    Returns
    -------
    float
        Above 0; NaN for an empty text.

    Raises
    ------
    ParameterError
        If a count is negative.

    Notes
    -----
    Carroll (1964), *Language and Thought*.

    Examples
    --------
    >>> round(corrected_ttr([2, 1, 1]), 4)
    1.0607
    """
    return root_ttr(frequencies) / float(np.sqrt(2))


def herdan_c(frequencies: ArrayLike) -> float:
    r"""Herdan's C, the logarithmic type-token ratio :math:`\ln V / \ln N`.

    Parameters
    ----------
    frequencies : array_like of int, shape (n_types,)
        Occurrences of each type.

    Returns
    -------
    float
        From 0 to 1; NaN for fewer than two tokens.

    Raises
    ------
    ParameterError
        If a count is negative.

    Notes
    -----
    Herdan (1960), *Type-Token Mathematics*.

    Examples
    --------
    >>> round(herdan_c([5, 2]), 6)
    0.356207
    """
    _, n, v = _sizes(frequencies)
    return float(ratio(np.log(v), np.log(n))) if n > 1 else float("nan")


def yule_k(frequencies: ArrayLike) -> float:
    r"""Yule's K: :math:`10^4 \left(\sum f^2 - N\right) / N^2`; high where few words are repeated much.

    Parameters
    ----------
    frequencies : array_like of int, shape (n_types,)
        Occurrences of each type.

    Returns
    -------
    float
        From 0 (no word twice) to below 10,000; NaN for an empty text.

    Raises
    ------
    ParameterError
        If a count is negative.

    Notes
    -----
    Yule (1944), *The Statistical Study of Literary Vocabulary*; the form of quanteda.  Miranda-Garcia and
    Calle-Martin (2005), *Language Resources and Evaluation* 39(4), 287-294, doi:10.1007/s10579-005-8622-8,
    print a variant that is a little higher.

    Examples
    --------
    >>> yule_k([2, 1, 1])
    1250.0
    """
    f, n, _ = _sizes(frequencies)
    return float(1e4 * ratio((f * f).sum() - n, n * n))


def hdd(frequencies: ArrayLike, *, draws: int = 42) -> float:
    r"""HD-D: the expected type-token ratio of ``draws`` tokens drawn at random without replacement.

    .. math:: \frac1d \sum_t \left[1 - \binom{N - f_t}{d} \Big/ \binom{N}{d}\right]

    Parameters
    ----------
    frequencies : array_like of int, shape (n_types,)
        Occurrences of each type.
    draws : int, default 42
        Tokens drawn.

    Returns
    -------
    float
        Above 0, at most 1; NaN for a text shorter than the draw.

    Raises
    ------
    ParameterError
        If a count is negative or the draw empty.

    Notes
    -----
    McCarthy and Jarvis (2007), *Language Testing* 24(4), 459-488, doi:10.1177/0265532207080767.

    Examples
    --------
    >>> round(hdd([2, 1, 1], draws=2), 6)
    0.916667
    """
    if draws < 1:
        raise ParameterError(f"draws is {draws}", where="draws", expected="1 or more")
    f, n, _ = _sizes(frequencies)
    if n < draws:
        return float("nan")
    left = n - f
    possible = left >= draws
    log_missed = gammaln(left[possible] + 1) - gammaln(left[possible] - draws + 1)
    log_missed += gammaln(n - draws + 1) - gammaln(n + 1)
    return float((f.size - np.exp(log_missed).sum()) / draws)
