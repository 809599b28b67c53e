r"""Krippendorff's alpha for nominal to ratio codes, any number of coders, missing codes; and its interval.

.. math:: \alpha = 1 - D_o / D_e

The disagreement observed within units over the one expected if codes were shuffled over all units.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from discourse.errors import ParameterError
from discourse.stats.arrays import Floats, ratio, within
from discourse.stats.ratings import encode

LEVELS = ("nominal", "ordinal", "interval", "ratio")
_BLOCK = 2_000_000  # numbers held at once while resampling


class AlphaInterval(NamedTuple):
    """Alpha with its bootstrap interval.

    ``low``, ``high``: percentiles of the ``draws`` resamples; ``level``: of the interval; ``undefined``:
    resamples without variation, in which alpha has no value and which are left out; ``n_units``: units
    coded twice or more.
    """

    alpha: float
    low: float
    high: float
    level: float
    draws: int
    undefined: int
    n_units: int


class _Patterns(NamedTuple):
    """Units that were coded alike, once each."""

    table: Any  # scipy.sparse matrix, shape (n_patterns, n_values): coders for each value
    coders: Floats  # shape (n_patterns,): coders of a unit
    frequency: NDArray[np.int64]  # shape (n_patterns,): units with this pattern
    values: Floats  # shape (n_values,): what the categories are worth
    within: Floats  # shape (n_patterns,): ratio level only: disagreement within a unit


def krippendorff_alpha(ratings: ArrayLike, level: str = "nominal") -> float:
    """Agreement beyond chance for any number of coders, missing codes and four levels of measurement.

    Parameters
    ----------
    ratings : array_like of float, str or object, shape (n_coders, n_units)
        Codes; NaN or None where not coded.  Text labels are possible for nominal codes.
    level : {"nominal", "ordinal", "interval", "ratio"}, default "nominal"
        How far apart two codes are: equal or not, by rank, by difference, by difference over sum.

    Returns
    -------
    float
        At most 1; 0 as by chance.  NaN where nothing can be said: no unit coded twice, or one and the same
        code everywhere.

    Raises
    ------
    ParameterError
        If the table is not two-dimensional, the level does not exist, text is to be ordered, or a code on
        the ratio level is negative.

    Notes
    -----
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability,
    repository.upenn.edu/asc_papers/43.  Units coded once are left out.  The usual reading: .80 and above
    reliable, .667 to .80 tentative.  Time grows with the number of units, on the ratio level also with the
    square of the number of different codes.

    Examples
    --------
    >>> round(krippendorff_alpha([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]), 6)
    0.095238
    >>> krippendorff_alpha([["a", "b", None], ["a", "b", "b"]])
    1.0
    """
    patterns = _patterns(ratings, level)
    return float(_alpha(patterns, patterns.frequency[None, :].astype(np.float64), level)[0])


def krippendorff_interval(
    ratings: ArrayLike,
    level: str = "nominal",
    *,
    rng: np.random.Generator,
    draws: int = 2000,
    confidence: float = 0.95,
) -> AlphaInterval:
    """Bootstrap interval of Krippendorff's alpha: units are drawn with replacement, alpha is computed anew.

    Parameters
    ----------
    ratings : array_like, shape (n_coders, n_units)
        As for :func:`krippendorff_alpha`.
    level : {"nominal", "ordinal", "interval", "ratio"}, default "nominal"
        Level of measurement.
    rng : numpy.random.Generator
        Where chance comes from; the same seed gives the same interval.
    draws : int, default 2000
        Resamples.
    confidence : float, default 0.95
        Level of the interval.

    Returns
    -------
    AlphaInterval
        Alpha and its percentile interval; NaN bounds where alpha is NaN.

    Raises
    ------
    ParameterError
        As for :func:`krippendorff_alpha`; or no draws; or a level outside 0 to 1.

    Notes
    -----
    The standard bootstrap over units that Zapf et al. (2016), *BMC Medical Research
    Methodology* 16, 93, doi:10.1186/s12874-016-0200-9, recommend for alpha; not the resampling of single
    pairs of KALPHA (Hayes and Krippendorff 2007), which holds expected disagreement fixed.  Units that were
    coded alike are drawn together, as one multinomial count.  Units count as independent.

    Examples
    --------
    >>> coder = np.tile([0, 1, 1, 2], 25)
    >>> ratings = [coder, np.roll(coder, 50), coder // 2 * 2]
    >>> result = krippendorff_interval(ratings, rng=np.random.default_rng(0))
    >>> result.low < result.alpha < result.high
    True
    """
    within("confidence", confidence, 0, 1)
    if draws < 1:
        raise ParameterError(f"draws is {draws}", where="draws", expected="1 or more")
    patterns = _patterns(ratings, level)
    n_units = int(patterns.frequency.sum())
    alpha = float(_alpha(patterns, patterns.frequency[None, :].astype(np.float64), level)[0])
    resampled = _resample(patterns, n_units, level, rng, draws) if n_units else np.full(draws, np.nan)
    defined = resampled[~np.isnan(resampled)]
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    known = defined.size and not np.isnan(alpha)
    low, high = np.quantile(defined, tails) if known else (np.nan, np.nan)
    return AlphaInterval(
        alpha, float(low), float(high), confidence, draws, int(draws - defined.size), n_units
    )


def _resample(patterns: _Patterns, n_units: int, level: str, rng: np.random.Generator, draws: int) -> Floats:
    shares = patterns.frequency / n_units
    widest = max(patterns.frequency.size, patterns.values.size, 1)
    block = max(_BLOCK // widest, 1)
    sizes = [min(block, draws - start) for start in range(0, draws, block)]
    return np.concatenate(
        [_alpha(patterns, rng.multinomial(n_units, shares, size=n).astype(np.float64), level) for n in sizes]
    )


def _patterns(ratings: ArrayLike, level: str) -> _Patterns:
    if level not in LEVELS:
        raise ParameterError(f"no level {level!r}", where="level", expected=", ".join(LEVELS))
    coded = encode(ratings)
    values = _worth(coded.categories, level)
    sorted_codes = np.sort(coded.codes[:, (coded.codes >= 0).sum(axis=0) >= 2], axis=0).T
    rows, frequency = np.unique(sorted_codes, axis=0, return_counts=True)
    present = rows >= 0
    unit, _ = np.nonzero(present)
    shape = (rows.shape[0], max(values.size, 1))
    table = sparse.csr_array((np.ones(unit.size), (unit, rows[present])), shape=shape)
    table.sum_duplicates()
    inside = _ratio_within(rows, values) if level == "ratio" else np.zeros(rows.shape[0])
    return _Patterns(table, present.sum(axis=1).astype(np.float64), frequency, values, inside)


def _worth(categories: NDArray[Any], level: str) -> Floats:
    if level == "nominal":
        return np.arange(max(len(categories), 1), dtype=np.float64)
    try:
        values = np.asarray(categories, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ParameterError(
            f"text codes have no {level} level", where="level", expected="numbers, or nominal"
        ) from error
    if not np.all(np.isfinite(values)):
        raise ParameterError("a code is infinite", where="ratings", expected="finite numbers")
    if level == "ratio" and np.any(values < 0):
        raise ParameterError("a code on the ratio level is negative", where="ratings", expected="0 or more")
    return values if values.size else np.zeros(1)


def _ratio_within(rows: NDArray[np.int64], values: Floats) -> Floats:
    """Disagreement of ordered pairs within each unit, where distance is (difference over sum) squared."""
    codes = np.where(rows >= 0, values[rows], np.nan)
    total = np.zeros(rows.shape[0])
    for first in range(rows.shape[1]):
        for second in range(first + 1, rows.shape[1]):
            total += 2 * np.nan_to_num(_ratio_distance(codes[:, first], codes[:, second]))
    return total


def _ratio_distance(one: Floats, other: Floats) -> Floats:
    return np.nan_to_num(ratio(one - other, one + other)) ** 2


def _alpha(patterns: _Patterns, weights: Floats, level: str) -> Floats:
    """Alpha for each row of ``weights``, shape (n_resamples, n_patterns): units that show each pattern."""
    used = np.asarray(weights @ patterns.table)  # codes given, shape (n_resamples, n_values)
    n = used.sum(axis=1)
    observed, expected = _DISAGREEMENT[level](patterns, weights, used, n)
    share = ratio(observed * (n - 1), expected)
    return np.where(expected > 1e-12 * n * n * _scale(patterns, level), 1 - share, np.nan)


def _scale(patterns: _Patterns, level: str) -> float:
    """The largest distance there is, against which rounding is judged."""
    return float(np.ptp(patterns.values) ** 2) if level == "interval" else 1.0


def _nominal(patterns: _Patterns, weights: Floats, used: Floats, n: Floats) -> tuple[Floats, Floats]:
    m = patterns.coders
    equal = np.asarray(patterns.table.multiply(patterns.table).sum(axis=1)).ravel()
    return weights @ ((m * m - equal) / (m - 1)), n * n - (used * used).sum(axis=1)


def _interval(patterns: _Patterns, weights: Floats, used: Floats, n: Floats) -> tuple[Floats, Floats]:
    values = patterns.values - patterns.values.mean()  # differences do not change, squares stay small
    m, table = patterns.coders, patterns.table
    inside = 2 * (m * (table @ values**2) - (table @ values) ** 2) / (m - 1)
    return weights @ inside, 2 * (n * (used @ values**2) - (used @ values) ** 2)


def _ordinal(patterns: _Patterns, weights: Floats, used: Floats, n: Floats) -> tuple[Floats, Floats]:
    """The distance of two ranks is that of their mid-ranks, which change with every resample."""
    ranks = np.cumsum(used, axis=1) - used / 2 - n[:, None] / 2
    m, table = patterns.coders, patterns.table
    sums = np.asarray((table @ ranks.T).T)
    squares = np.asarray((table @ (ranks**2).T).T)
    inside = 2 * (m * squares - sums**2) / (m - 1)
    expected = 2 * (n * (used * ranks**2).sum(axis=1) - (used * ranks).sum(axis=1) ** 2)
    scale = np.maximum(n, 1) ** 2
    return (weights * inside).sum(axis=1) / scale, expected / scale


def _ratio(patterns: _Patterns, weights: Floats, used: Floats, n: Floats) -> tuple[Floats, Floats]:
    m, values = patterns.coders, patterns.values
    expected = np.zeros(used.shape[0])
    for code, value in enumerate(values):
        expected += used[:, code] * (used @ _ratio_distance(np.full(values.size, value), values))
    return weights @ (patterns.within / (m - 1)), expected


_DISAGREEMENT = {"nominal": _nominal, "ordinal": _ordinal, "interval": _interval, "ratio": _ratio}
