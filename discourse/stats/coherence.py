"""Do a topic's words belong together, and to it alone?  The array parts.

Coherence reads ``joint``, shape (n_words, n_words): documents (or windows) that hold both words, the words
of one topic from the most probable down, with the documents of each word on the diagonal.  c_v and the
windowed c_uci and c_npmi of texts go through gensim in :mod:`discourse.topics.coherence`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from discourse.errors import ParameterError
from discourse.stats.arrays import Floats, broadcast, counts, floats, ratio

EPSILON = 1e-12  # what gensim adds to a share so that a pair never seen has a logarithm


def log_conditional_probability(
    joint: ArrayLike, given: ArrayLike, total: ArrayLike, *, epsilon: float = EPSILON
) -> Floats:
    r"""How sure is one word where another is: :math:`\ln \frac{P(w', w^*) + \epsilon}{P(w^*)}`.

    Parameters
    ----------
    joint, given : array_like of int, shape (...)
        Documents with both words, and with the given one.
    total : array_like of int
        All documents.
    epsilon : float, default 1e-12
        Added to the joint share.

    Returns
    -------
    ndarray of float64
        Nats, about 0 or below; NaN where the given word or all documents are missing.

    Raises
    ------
    ParameterError
        If shapes differ or a count is negative.

    Notes
    -----
    Mimno et al. (2011), *EMNLP*, 262-272, aclanthology.org/D11-1024, with the epsilon of
    Roeder, Both and Hinneburg (2015), *WSDM*, 399-408, doi:10.1145/2684822.2685324.

    Examples
    --------
    >>> round(float(log_conditional_probability(1, 2, 5)), 6)
    -0.693147
    """
    n12, n1, n = broadcast(
        ["joint", "given", "total"], counts("joint", joint), counts("given", given), counts("total", total)
    )
    with np.errstate(divide="ignore"):
        value = np.log(ratio(ratio(n12, n) + epsilon, ratio(n1, n)))
    return np.where(n1 > 0, value, np.nan)


def log_ratio_measure(
    joint: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    total: ArrayLike,
    *,
    normalized: bool = False,
    epsilon: float = EPSILON,
) -> Floats:
    r"""PMI of two words over documents or windows, as topic coherence takes it; normalised: NPMI.

    .. math:: m = \ln \frac{P(w', w^*) + \epsilon}{P(w') P(w^*)}, \quad
              \mathrm{NPMI} = \frac{m}{-\ln (P(w', w^*) + \epsilon)}

    Parameters
    ----------
    joint, first, second : array_like of int, shape (...)
        Documents with both words, with the one, with the other.
    total : array_like of int
        All documents.
    normalized : bool, default False
        Give NPMI.
    epsilon : float, default 1e-12
        Added to the joint share.

    Returns
    -------
    ndarray of float64
        Nats; NPMI from -1 to 1, and 1 for words that are in every document (where gensim's epsilon makes -1
        of 0/0).  NaN where a word is in no document.

    Raises
    ------
    ParameterError
        If shapes differ or a count is negative.

    Notes
    -----
    Aletras and Stevenson (2013), *IWCS*, 13-22, aclanthology.org/W13-0102; Roeder, Both and Hinneburg (2015),
    doi:10.1145/2684822.2685324.

    Examples
    --------
    >>> round(float(log_ratio_measure(1, 3, 2, 5)), 6)
    -0.182322
    >>> round(float(log_ratio_measure(1, 3, 2, 5, normalized=True)), 6)
    -0.113283
    """
    names = ["joint", "first", "second", "total"]
    given = (joint, first, second, total)
    n12, n1, n2, n = broadcast(names, *(counts(k, v) for k, v in zip(names, given, strict=True)))
    share = ratio(n12, n) + epsilon
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(ratio(share, ratio(n1, n) * ratio(n2, n)))
        value = np.where(n12 == n, 1.0, value / -np.log(share)) if normalized else value
    return np.where((n1 > 0) & (n2 > 0), value, np.nan)


def _topic(joint: ArrayLike) -> tuple[Floats, Floats, NDArray[np.int64], NDArray[np.int64]]:
    table = counts("joint", joint, ndim=2)
    if table.shape[0] != table.shape[1] or not np.array_equal(table, table.T):
        raise ParameterError("joint is not a symmetric table", where="joint", expected="(n_words, n_words)")
    lower, upper = np.tril_indices(table.shape[0], -1)
    return table, np.diag(table), lower.astype(np.int64), upper.astype(np.int64)


def u_mass(joint: ArrayLike, total: int, *, smoothing: str = "epsilon") -> float:
    r"""UMass coherence of one topic: mean over pairs of the log chance of a word given a more probable one.

    .. math:: \frac{2}{M (M - 1)} \sum_{i > j} \ln \frac{D(w_i, w_j)/D + \epsilon}{D(w_j)/D}

    Parameters
    ----------
    joint : array_like of int, shape (n_words, n_words)
        See the head of this module.
    total : int
        All documents.
    smoothing : {"epsilon", "one"}
        "epsilon": as above (gensim).  "one": ``ln((D(wi, wj) + 1) / D(wj))``, **summed** over the pairs
        (Mimno; stm).

    Returns
    -------
    float
        Nats; nearer to 0 is more coherent.  NaN for fewer than two words or where a word is in no document.

    Raises
    ------
    ParameterError
        If the table is not square and symmetric, or there is no such smoothing.

    Notes
    -----
    Mimno et al. (2011), *EMNLP*, 262-272, aclanthology.org/D11-1024.

    Examples
    --------
    >>> round(u_mass([[4, 2], [2, 3]], 9), 4)
    -0.6931
    """
    table, single, lower, upper = _topic(joint)
    if smoothing not in ("epsilon", "one"):
        raise ParameterError(f"no smoothing {smoothing!r}", where="smoothing", expected="epsilon or one")
    if lower.size == 0 or np.any(single == 0):
        return float("nan")
    if smoothing == "one":
        return float(np.log((table[lower, upper] + 1) / single[upper]).sum())
    return float(log_conditional_probability(table[lower, upper], single[upper], total).mean())


def npmi_coherence(joint: ArrayLike, total: int, *, normalized: bool = True) -> float:
    """NPMI coherence of one topic: mean over all pairs; not normalised: UCI (PMI) coherence.

    Parameters
    ----------
    joint : array_like of int, shape (n_words, n_words)
        See the head of this module; windows instead of documents for c_npmi and c_uci.
    total : int
        All documents (or windows).
    normalized : bool, default True
        NPMI; False gives PMI in nats.

    Returns
    -------
    float
        -1 to 1, higher is more coherent; or nats.  NaN for fewer than two words or a word in no document.

    Raises
    ------
    ParameterError
        If the table is not square and symmetric.

    Notes
    -----
    Bouma (2009), *GSCL*, 31-40; Newman et al. (2010), *NAACL*, 100-108, aclanthology.org/N10-1012.

    Examples
    --------
    >>> round(npmi_coherence([[3, 1], [1, 2]], 5), 6)
    -0.113283
    """
    table, single, lower, upper = _topic(joint)
    if lower.size == 0:
        return float("nan")
    pairs = log_ratio_measure(table[lower, upper], single[lower], single[upper], total, normalized=normalized)
    return float(pairs.mean())


def _topic_word(topic_word: ArrayLike) -> Floats:
    table = floats("topic_word", topic_word, ndim=2)
    if np.any(table < 0):
        raise ParameterError(
            "a topic gives a word a negative weight", where="topic_word", expected="0 or more"
        )
    return ratio(table, table.sum(axis=1, keepdims=True))


def word_exclusivity(topic_word: ArrayLike) -> Floats:
    r"""Share of a word's probability over all topics that lies in each: :math:`\phi_{kw} / \sum_j \phi_{jw}`.

    Parameters
    ----------
    topic_word : array_like of float, shape (n_topics, n_words)
        Weight of each word in each topic; rows are brought to sum 1.

    Returns
    -------
    ndarray of float64, shape (n_topics, n_words)
        0 to 1; NaN for words that no topic uses.

    Raises
    ------
    ParameterError
        If a weight is negative.

    Notes
    -----
    Bischof and Airoldi (2012), *ICML*, 201-208, arxiv.org/abs/1206.4631.

    Examples
    --------
    >>> word_exclusivity([[0.9, 0.1], [0.3, 0.7]])
    array([[0.75 , 0.125],
           [0.25 , 0.875]])
    """
    phi = _topic_word(topic_word)
    return ratio(phi, phi.sum(axis=0))


def exclusivity(topic_word: ArrayLike, *, n_words: int = 10) -> Floats:
    """Exclusivity of each topic: mean of :func:`word_exclusivity` over its most probable words.

    Parameters
    ----------
    topic_word : array_like of float, shape (n_topics, n_words)
        Weight of each word in each topic.
    n_words : int, default 10
        How many top words; ties go to the word that stands first.

    Returns
    -------
    ndarray of float64, shape (n_topics,)
        1 / n_topics (words shared by all) to 1 (words of its own).

    Raises
    ------
    ParameterError
        If a weight is negative or no word is asked for.

    Notes
    -----
    Bischof and Airoldi (2012), *ICML*, arxiv.org/abs/1206.4631.  R's stm prints under this name the sum of
    :func:`frex` with weight .7 instead.

    Examples
    --------
    >>> exclusivity([[0.9, 0.1], [0.3, 0.7]], n_words=1)
    array([0.75 , 0.875])
    """
    if n_words < 1:
        raise ParameterError(f"n_words is {n_words}", where="n_words", expected="1 or more")
    phi = _topic_word(topic_word)
    top = np.argsort(-phi, axis=1, kind="stable")[:, :n_words]
    return np.asarray(np.take_along_axis(word_exclusivity(phi), top, axis=1).mean(axis=1))


def frex(topic_word: ArrayLike, *, weight: float = 0.7) -> Floats:
    r"""FREX: harmonic mean of a word's ranks by exclusivity and by frequency within a topic.

    .. math:: \left(\frac{w}{\mathrm{ECDF}(\text{exclusivity})}
              + \frac{1 - w}{\mathrm{ECDF}(\phi)}\right)^{-1}

    Parameters
    ----------
    topic_word : array_like of float, shape (n_topics, n_words)
        Weight of each word in each topic.
    weight : float, default 0.7
        Weight of exclusivity, between 0 and 1.

    Returns
    -------
    ndarray of float64, shape (n_topics, n_words)
        Above 0, at most 1; NaN for words that no topic uses.

    Raises
    ------
    ParameterError
        If a weight is negative or not between 0 and 1.

    Notes
    -----
    Bischof and Airoldi (2012), *ICML*, arxiv.org/abs/1206.4631; weight .7 as in stm's ``exclusivity``.  The
    distribution function counts ties at or below.

    Examples
    --------
    >>> frex([[0.5, 0.4, 0.1], [0.1, 0.4, 0.5]], weight=0.5).round(3)
    array([[1.   , 0.667, 0.333],
           [0.333, 0.667, 1.   ]])
    """
    if not 0 <= weight <= 1:
        raise ParameterError(f"weight is {weight}", where="weight", expected="0 to 1")
    phi = _topic_word(topic_word)
    alone = word_exclusivity(phi)
    used = ~np.isnan(alone[0]) if alone.size else np.zeros(phi.shape[1], dtype=np.bool_)
    result = np.full(phi.shape, np.nan)
    if used.any():
        ranks = [rankdata(part[:, used], method="max", axis=1) / used.sum() for part in (alone, phi)]
        result[:, used] = 1 / (weight / ranks[0] + (1 - weight) / ranks[1])
    return result
