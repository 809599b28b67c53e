"""Many tests at once: p-values adjusted so that chance findings stay rare."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from discourse.errors import ParameterError
from discourse.stats.arrays import Floats, floats


def _adjust(p: ArrayLike, rule: Callable[[Floats], Floats]) -> Floats:
    """Apply a rule to the sorted known p-values and put the results back in place."""
    values = floats("p", p, ndim=1)
    known = ~np.isnan(values)
    if np.any((values[known] < 0) | (values[known] > 1)):
        raise ParameterError("a p-value is not between 0 and 1", where="p", expected="0 to 1, or NaN")
    order = np.argsort(values[known], kind="stable")
    adjusted = np.empty(order.size)
    adjusted[order] = np.minimum(rule(values[known][order]), 1)
    result = np.full(values.shape, np.nan)
    result[known] = adjusted
    return result


def holm(p: ArrayLike) -> Floats:
    r"""Adjusted p-values that hold the chance of even one false finding (Holm's step-down Bonferroni).

    .. math:: \tilde p_{(i)} = \max_{j \le i} (m - j + 1) p_{(j)}

    Parameters
    ----------
    p : array_like of float, shape (n_tests,)
        P-values; NaN (a test that was not possible) is not counted and stays NaN.

    Returns
    -------
    ndarray of float64, shape (n_tests,)
        Adjusted p-values, at most 1.

    Raises
    ------
    ParameterError
        If a value is not between 0 and 1.

    Notes
    -----
    Holm (1979), *Scandinavian Journal of Statistics* 6(2), 65-70, jstor.org/stable/4615733.  Any dependence.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    array([0.03, 0.06, 0.06])
    """
    return _adjust(p, lambda s: np.maximum.accumulate(s * np.arange(s.size, 0, -1)))


def benjamini_hochberg(p: ArrayLike) -> Floats:
    r"""Adjusted p-values ("q-values") that hold the expected share of false findings.

    .. math:: \tilde p_{(i)} = \min_{j \ge i} \frac{m}{j} p_{(j)}

    Parameters
    ----------
    p : array_like of float, shape (n_tests,)
        P-values; NaN (a test that was not possible) is not counted and stays NaN.

    Returns
    -------
    ndarray of float64, shape (n_tests,)
        Adjusted p-values, at most 1: those up to q are the findings at false discovery rate q.

    Raises
    ------
    ParameterError
        If a value is not between 0 and 1.

    Notes
    -----
    Benjamini and Hochberg (1995), *JRSS B* 57(1), 289-300,
    doi:10.1111/j.2517-6161.1995.tb02031.x.  For independent or positively dependent tests.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.5]).round(4)
    array([0.04  , 0.0533, 0.0533, 0.5   ])
    """
    return _adjust(p, lambda s: np.minimum.accumulate((s * s.size / np.arange(1, s.size + 1))[::-1])[::-1])


def max_t(observed: ArrayLike, permuted: ArrayLike) -> Floats:
    r"""Step-down max-T: adjusted p-values from the joint permutation distribution of all statistics.

    With the statistics ordered by size, the i-th is compared with the largest of the i-th to the last in
    every permutation:

    .. math:: \tilde p_{(i)} = \max_{j \le i}
              \frac{1 + \#\{b : \max_{k \ge j} |t^b_{(k)}| \ge |t_{(j)}|\}}{B + 1}

    Parameters
    ----------
    observed : array_like of float, shape (n_tests,)
        Statistics of the data, for which large absolute values speak against the hypothesis; NaN stays NaN.
    permuted : array_like of float, shape (n_permutations, n_tests)
        The same statistics after each permutation of the labels (of clusters, where there are clusters),
        all tests in the same permutation; NaN counts as 0.

    Returns
    -------
    ndarray of float64, shape (n_tests,)
        Adjusted p-values, two-sided, from 1 / (B + 1) to 1.

    Raises
    ------
    ParameterError
        If shapes do not fit or there is no permutation.

    Notes
    -----
    Westfall and Young (1993), *Resampling-Based Multiple Testing*, algorithm 4.1; Ge, Dudoit
    and Speed (2003), *TEST* 12(1), 1-77, doi:10.1007/BF02595811.  One is added to both counts, so that no p
    is 0.  Uses what the tests have in common, so it is sharper than Holm where they overlap.

    Examples
    --------
    >>> max_t([3.0, 0.5], [[1.0, 0.2], [0.3, 2.0], [-1.5, 0.1]])
    array([0.25, 0.5 ])
    """
    t = np.abs(floats("observed", observed, ndim=1))
    draws = np.abs(np.nan_to_num(floats("permuted", permuted, ndim=2)))
    if draws.shape[1] != t.size or draws.shape[0] == 0:
        raise ParameterError(
            f"{t.size} statistics observed, permutations are {draws.shape}",
            where="permuted",
            expected="(n_permutations, n_tests), at least one permutation",
        )
    result = np.full(t.shape, np.nan)
    order = np.argsort(-t[~np.isnan(t)], kind="stable")
    known = np.flatnonzero(~np.isnan(t))[order]
    largest = np.maximum.accumulate(draws[:, known[::-1]], axis=1)[:, ::-1]
    # a permutation that reproduces the data must count although its sum was taken in another order
    reached = (largest >= t[known] * (1 - 1e-12)).sum(axis=0)
    result[known] = np.maximum.accumulate((1 + reached) / (draws.shape[0] + 1))
    return result
