"""How varied is the vocabulary of a text, whatever its length?  Measures that read the words in order.

They read ``tokens``: the text's words (or their numbers) in order, shape (n_tokens,).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np

from discourse.errors import ParameterError
from discourse.stats.arrays import ratio, within
from discourse.stats.diversity import type_codes


def _check_window(window: int) -> int:
    if window < 1:
        raise ParameterError(f"window is {window}", where="window", expected="1 or more")
    return int(window)


def mattr(tokens: Sequence[Hashable], *, window: int = 100) -> float:
    """Moving-average type-token ratio: mean TTR of all windows of so many tokens.

    Parameters
    ----------
    tokens : sequence of str or int, shape (n_tokens,)
        The words of a text in order.
    window : int, default 100
        Length of a window.  Unit: tokens.

    Returns
    -------
    float
        Above 0, at most 1; NaN for a text shorter than the window.

    Raises
    ------
    ParameterError
        If the window is below 1.

    Notes
    -----
    Covington and McFall (2010), *Journal of Quantitative Linguistics* 17(2), 94-100,
    doi:10.1080/09296171003643098.  One pass: a token is a window's first of its type in every window that
    starts after the type's previous token.

    Examples
    --------
    >>> mattr(["one", "one", "two", "one", "one", "two", "one"], window=4)
    0.5
    """
    window = _check_window(window)
    codes = type_codes(tokens)
    n = codes.size
    if n < window:
        return float("nan")
    place = np.arange(n)
    order = np.argsort(codes, kind="stable")
    previous = np.full(n, -1)
    same = codes[order][1:] == codes[order][:-1]
    previous[order[1:][same]] = order[:-1][same]
    first_start = np.maximum(previous, place - window) + 1
    first_start = np.maximum(first_start, 0)
    steps = np.bincount(first_start, minlength=n + 1) - np.bincount(place + 1, minlength=n + 1)
    return float(np.cumsum(steps)[: n - window + 1].mean() / window)


def msttr(tokens: Sequence[Hashable], *, window: int = 100) -> float:
    """Mean segmental type-token ratio: mean TTR of segments side by side; the last, partial one is left out.

    Parameters
    ----------
    tokens : sequence of str or int, shape (n_tokens,)
        The words of a text in order.
    window : int, default 100
        Length of a segment.  Unit: tokens.

    Returns
    -------
    float
        Above 0, at most 1; NaN for a text shorter than the segment.

    Raises
    ------
    ParameterError
        If the segment is below 1.

    Notes
    -----
    Johnson (1944), *Psychological Monographs* 56(2), 1-15.

    Examples
    --------
    >>> fruit = ["apple", "orange", "apple", "orange", "pear", "pear", "apple", "orange"]
    >>> msttr(fruit, window=2), msttr(fruit, window=4)
    (0.875, 0.625)
    """
    window = _check_window(window)
    codes = type_codes(tokens)
    n_segments = codes.size // window
    if n_segments == 0:
        return float("nan")
    segments = np.sort(codes[: n_segments * window].reshape(n_segments, window), axis=1)
    types = 1 + (np.diff(segments, axis=1) != 0).sum(axis=1)
    return float(types.mean() / window)


def mtld(tokens: Sequence[Hashable], *, threshold: float = 0.72, closes: str = "below") -> float:
    """MTLD: mean length of the stretches over which the type-token ratio stays above a threshold.

    The two-pass variant: forwards and backwards, the mean of both; what is left at the end counts as the part
    ``(1 - TTR) / (1 - threshold)`` of a factor.

    Parameters
    ----------
    tokens : sequence of str or int, shape (n_tokens,)
        The words of a text in order.
    threshold : float, default 0.72
        Where a factor closes, between 0 and 1; McCarthy and Jarvis recommend .66 to .75.
    closes : {"below", "at or below"}
        When a factor closes: once the ratio is below the threshold (McCarthy and Jarvis, textacy), or
        already when it reaches it (package LexicalRichness).

    Returns
    -------
    float
        Tokens; NaN for an empty text and where no word occurs twice (no stretch ever ends; the packages say
        N).

    Raises
    ------
    ParameterError
        If the threshold or the variant does not exist.

    Notes
    -----
    McCarthy and Jarvis (2010), *Behavior Research Methods* 42(2), 381-392, doi:10.3758/BRM.42.2.381.

    Examples
    --------
    >>> mtld(["a", "b", "a", "b", "a", "b"], threshold=0.72)
    3.0
    """
    within("threshold", threshold, 0, 1)
    if closes not in ("below", "at or below"):
        raise ParameterError(f"no variant {closes!r}", where="closes", expected="below, or at or below")
    codes = [int(code) for code in type_codes(tokens)]
    inclusive = closes == "at or below"
    factors = [_mtld_factors(text, threshold, inclusive) for text in (codes, reversed(codes))]
    return float(np.mean([ratio(len(codes), f) for f in factors])) if all(factors) else float("nan")


def _mtld_factors(codes: Iterable[int], threshold: float, inclusive: bool) -> float:
    factors, length, types = 0.0, 0, set[int]()
    for code in codes:
        length += 1
        types.add(code)
        ttr_now = len(types) / length
        if ttr_now < threshold or (inclusive and ttr_now == threshold):
            factors, length, types = factors + 1, 0, set()
    return factors + ((1 - len(types) / length) / (1 - threshold) if length else 0)
