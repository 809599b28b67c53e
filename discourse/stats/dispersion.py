r"""How evenly is a word spread over the parts of a corpus (authors, threads, days)?  Many words at once.

Every function reads ``occurrences``, shape (n_words, n_parts) or (n_parts,), and ``sizes``, shape
(n_parts,): the tokens of each part.  Notation: :math:`p_i` the share of the word's occurrences that lies in
part i, :math:`s_i` the share of all tokens that does, :math:`r_i` the word's relative frequency in part i.
Parts without tokens are left out.  A word that never occurs has no dispersion: NaN.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import xlogy

from discourse.errors import ParameterError
from discourse.stats.arrays import Floats, counts, ratio


def _parts(occurrences: ArrayLike, sizes: ArrayLike | None) -> tuple[Floats, Floats]:
    f = counts("occurrences", occurrences)
    if f.ndim not in (1, 2):
        raise ParameterError("occurrences must be (n_words, n_parts) or (n_parts,)", where="occurrences")
    n = np.ones(f.shape[-1]) if sizes is None else counts("sizes", sizes, ndim=1)
    if n.shape[0] != f.shape[-1]:
        raise ParameterError(
            f"{f.shape[-1]} parts in occurrences, {n.shape[0]} in sizes", expected="one size a part"
        )
    if sizes is not None and np.any(f > n):
        raise ParameterError("a word occurs more often than its part has tokens", where="occurrences")
    return f[..., n > 0], n[n > 0]


def _shares(occurrences: ArrayLike, sizes: ArrayLike | None) -> tuple[Floats, Floats]:
    f, n = _parts(occurrences, sizes)
    return ratio(f, f.sum(axis=-1, keepdims=True)), ratio(n, n.sum())


def _relative(occurrences: ArrayLike, sizes: ArrayLike | None) -> Floats:
    f, n = _parts(occurrences, sizes)
    return ratio(f, n)


def part_range(occurrences: ArrayLike, *, relative: bool = False) -> Floats:
    """Range: the number of parts in which the word occurs.

    Parameters
    ----------
    occurrences : array_like of int, shape (n_words, n_parts) or (n_parts,)
        See the head of this module.
    relative : bool, default False
        Give the share of parts instead.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        Parts, or a share from 0 to 1 (NaN without parts).

    Raises
    ------
    ParameterError
        If a count is negative or the shape is wrong.

    Notes
    -----
    Keniston (1920); Gries (2008), *IJCL* 13(4), 403-437, doi:10.1075/ijcl.13.4.02gri.

    Examples
    --------
    >>> float(part_range([2, 0, 1, 1, 3, 0, 3, 0, 0, 0], relative=True))
    0.5
    """
    f, _ = _parts(occurrences, None)
    present = np.asarray((f > 0).sum(axis=-1), dtype=np.float64)
    return ratio(present, f.shape[-1]) if relative else present


def juilland_d(occurrences: ArrayLike, sizes: ArrayLike | None = None) -> Floats:
    r"""Juilland's D on relative frequencies: :math:`1 - \frac{\mathrm{sd}(r) / \bar r}{\sqrt{n - 1}}`.

    Parameters
    ----------
    occurrences, sizes : array_like of int
        See the head of this module; without ``sizes`` the parts count as equally large.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        0 (all in one part) to 1 (even); NaN for fewer than two parts.

    Raises
    ------
    ParameterError
        If shapes differ or a count is impossible.

    Notes
    -----
    Juilland and Chang-Rodriguez (1964), *Frequency Dictionary of Spanish Words*; the standard
    deviation is that of the population (divisor n).  Comes close to 1 whatever the word when there are very
    many parts (Biber et al. 2016, doi:10.1075/ijcl.21.4.01bib).

    Examples
    --------
    >>> round(float(juilland_d([2, 2, 2, 2, 2], [9, 10, 10, 10, 11])), 4)
    0.9681
    """
    r = _relative(occurrences, sizes)
    variation = ratio(r.std(axis=-1), r.mean(axis=-1)) if r.shape[-1] else np.full(r.shape[:-1], np.nan)
    return 1 - ratio(variation, np.sqrt(max(r.shape[-1] - 1, 0)))


def carroll_d2(occurrences: ArrayLike, sizes: ArrayLike | None = None) -> Floats:
    r"""Carroll's D2: entropy of :math:`q_i = r_i / \sum r` over its maximum :math:`\log n`.

    Parameters
    ----------
    occurrences, sizes : array_like of int
        See the head of this module; without ``sizes`` the parts count as equally large.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        0 (all in one part) to 1 (even); NaN for fewer than two parts.

    Raises
    ------
    ParameterError
        If shapes differ or a count is impossible.

    Notes
    -----
    Carroll (1970), An alternative to Juilland's usage coefficient, *Computer Studies in the
    Humanities and Verbal Behavior* 3(2), 61-65.

    Examples
    --------
    >>> round(float(carroll_d2([1, 1, 1, 3], [10, 10, 10, 10])), 4)
    0.8962
    """
    r = _relative(occurrences, sizes)
    q = ratio(r, r.sum(axis=-1, keepdims=True))
    with np.errstate(divide="ignore"):
        return ratio(np.abs(xlogy(q, q).sum(axis=-1)), np.log(r.shape[-1]))


def rosengren_s(occurrences: ArrayLike, sizes: ArrayLike | None = None) -> Floats:
    r"""Rosengren's S: :math:`\left(\sum_i \sqrt{s_i p_i}\right)^2`.

    Parameters
    ----------
    occurrences, sizes : array_like of int
        See the head of this module; without ``sizes`` the parts count as equally large.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        From the share of the smallest part (all in it) to 1 (even).

    Raises
    ------
    ParameterError
        If shapes differ or a count is impossible.

    Notes
    -----
    Rosengren (1971), The quantitative concept of language and its relation to the structure of frequency
    dictionaries, *Etudes de linguistique appliquee* 1, 103-127; with unequal parts as in Gries (2008),
    doi:10.1075/ijcl.13.4.02gri.

    Examples
    --------
    >>> round(float(rosengren_s([0, 0, 0, 1, 0], [9, 10, 10, 10, 11])), 4)
    0.2
    """
    p, s = _shares(occurrences, sizes)
    return np.asarray(np.sqrt(s * p).sum(axis=-1) ** 2)


def gries_dp(occurrences: ArrayLike, sizes: ArrayLike | None = None, *, normalized: bool = False) -> Floats:
    r"""Gries' deviation of proportions: :math:`\frac12 \sum_i |p_i - s_i|`.

    Parameters
    ----------
    occurrences, sizes : array_like of int
        See the head of this module; without ``sizes`` the parts count as equally large.
    normalized : bool, default False
        Give DPnorm, which divides by the greatest value possible, :math:`1 - \min s_i`.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        0 (even) to 1 (uneven): the other way round than D, D2 and S.  DPnorm of a single part is NaN.

    Raises
    ------
    ParameterError
        If shapes differ or a count is impossible.

    Notes
    -----
    Gries (2008), *IJCL* 13(4), 403-437, doi:10.1075/ijcl.13.4.02gri; the divisor is the
    corrected one of Lijffijt and Gries (2012), *IJCL* 17(1), 147-149, doi:10.1075/ijcl.17.1.08lij.

    Examples
    --------
    >>> round(float(gries_dp([0, 0, 0, 1, 0], [9, 10, 10, 10, 11])), 4)
    0.8
    >>> round(float(gries_dp([0, 0, 0, 1, 0], [9, 10, 10, 10, 11], normalized=True)), 4)
    0.9756
    """
    p, s = _shares(occurrences, sizes)
    dp = np.asarray(np.abs(p - s).sum(axis=-1) / 2)
    return ratio(dp, 1 - s.min()) if normalized and s.size else dp


def kullback_leibler(
    occurrences: ArrayLike, sizes: ArrayLike | None = None, *, direction: str = "unevenness"
) -> Floats:
    r"""Kullback-Leibler divergence of the word's distribution from that of all tokens.

    .. math:: \mathrm{KLD} = \sum_i p_i \log_2 (p_i / s_i)

    Parameters
    ----------
    occurrences, sizes : array_like of int
        See the head of this module; without ``sizes`` the parts count as equally large.
    direction : {"unevenness", "evenness"}
        "unevenness": KLD itself, in bits, 0 for an even spread.  "evenness": ``1 / (1 + KLD)``, 1 for an even
        spread, comparable with D, D2 and S ("o2p" of tlda).

    Returns
    -------
    ndarray of float64, shape (n_words,)
        Bits, 0 or more; or no unit, from 0 to 1.

    Raises
    ------
    ParameterError
        If shapes differ, a count is impossible or the direction is none of the two.

    Notes
    -----
    Gries (2020), Analyzing dispersion, *A Practical Handbook of Corpus Linguistics*, 99-118,
    doi:10.1007/978-3-030-46216-1_5.

    Examples
    --------
    >>> round(float(kullback_leibler([0, 0, 0, 1, 0], [9, 10, 10, 10, 11])), 4)
    2.3219
    """
    if direction not in ("unevenness", "evenness"):
        raise ParameterError(
            f"no direction {direction!r}", where="direction", expected="unevenness or evenness"
        )
    p, s = _shares(occurrences, sizes)
    bits = np.maximum(xlogy(p, ratio(p, s)).sum(axis=-1) / np.log(2), 0)
    return np.asarray(bits if direction == "unevenness" else 1 / (1 + bits))


def burch_da(occurrences: ArrayLike, sizes: ArrayLike | None = None) -> Floats:
    r"""DA: one minus the mean absolute difference of relative frequencies over twice their mean.

    .. math:: D_A = 1 - \frac{1}{2 \bar r} \binom{n}{2}^{-1} \sum_{i<j} |r_i - r_j|

    Parameters
    ----------
    occurrences, sizes : array_like of int
        See the head of this module; without ``sizes`` the parts count as equally large.

    Returns
    -------
    ndarray of float64, shape (n_words,)
        0 (all in one part) to 1 (even); NaN for fewer than two parts.

    Raises
    ------
    ParameterError
        If shapes differ or a count is impossible.

    Notes
    -----
    Burch, Egbert and Biber (2017), *Journal of Research Design and Statistics in Linguistics
    and Communication Science* 3(2), 189-216, doi:10.1558/jrds.33066.  Computed from the sorted frequencies,
    in n log n.

    Examples
    --------
    >>> round(float(burch_da([1, 1, 0, 0])), 4)
    0.3333
    """
    r = np.sort(_relative(occurrences, sizes), axis=-1)
    n = r.shape[-1]
    weights = 2 * np.arange(n) - n + 1.0
    gap = ratio((r * weights).sum(axis=-1), n * (n - 1) / 2)
    return 1 - ratio(gap, 2 * r.mean(axis=-1)) if n else np.full(r.shape[:-1], np.nan)
