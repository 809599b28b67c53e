"""What a report prints of a trained model: its held-out figures with intervals, and its calibration."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from discourse.sentiment.trained.posts import Posts
from discourse.sentiment.trained.report import ALL
from discourse.stats import wilson
from discourse.text.language import detect_languages

Array = np.ndarray[Any, Any]
DRAWS = 2000
BINS = 5
LEVEL = 0.95
CALIBRATION_COLUMNS = ("bin_low", "bin_high", "confidence", "estimate", "low", "high", "level", "n")


def with_intervals(
    table: pd.DataFrame,
    posts: Posts,
    labels: Array,
    predicted: Array,
    *,
    level: float = LEVEL,
    seed: int = 0,
) -> pd.DataFrame:
    """Put an interval beside every F1 of a report.

    Parameters
    ----------
    table : DataFrame
        What :func:`discourse.sentiment.trained.report.report` gave of these posts.
    posts : Posts
        The posts.
    labels, predicted : ndarray of str, shape (n,)
        Hand codes, and what the model gave.
    level : float
        Level of the intervals.
    seed : int
        Seed of the draws.

    Returns
    -------
    DataFrame
        The report and ``f1_low``, ``f1_high``, ``level``; of the rows ``accuracy`` they are of the accuracy.

    Notes
    -----
    Percentile bootstrap over posts, 2,000 draws (Efron and Tibshirani 1993, ch. 13).  Posts count as
    independent: with several posts an author the intervals are too narrow.

    Examples
    --------
    >>> from discourse.sentiment.trained.report import report
    >>> posts, codes = Posts(["a"] * 40, [""] * 40, [""] * 40, [None] * 40), np.array(["x", "y"] * 20)
    >>> found = with_intervals(report(posts, codes, codes), posts, codes, codes)
    >>> found.query("label == 'macro' and lang == 'all'")[["f1", "f1_low", "f1_high"]].values.tolist()
    [[1.0, 1.0, 1.0]]
    """
    langs = np.array(["zh" if lang.startswith("zh") else lang for lang in detect_languages(posts.texts)])
    targets = np.asarray(posts.targets)
    ends: dict[tuple[str, str], dict[str, tuple[float, float]]] = {}
    for lang, target in dict.fromkeys(zip(table["lang"], table["target"], strict=True)):
        kept = ((langs == lang) | (lang == ALL)) & ((targets == target) | (target == ALL))
        ends[lang, target] = _intervals(labels[kept], predicted[kept], level, seed)
    places = zip(table["lang"], table["target"], table["label"], strict=True)
    found = [ends[lang, target][label] for lang, target, label in places]
    low, high = zip(*found, strict=True)
    return table.assign(f1_low=low, f1_high=high, level=level)


def _intervals(labels: Array, predicted: Array, level: float, seed: int) -> dict[str, tuple[float, float]]:
    """Give the ends for each label, ``macro`` and ``accuracy``: drawing posts is drawing pairs of labels."""
    names, codes = np.unique(np.concatenate([labels, predicted]), return_inverse=True)
    count, n = len(names), len(labels)
    pairs = np.bincount(codes[:n] * count + codes[n:], minlength=count * count)
    drawn = np.random.default_rng(seed).multinomial(n, pairs / n, size=DRAWS).reshape(DRAWS, count, count)
    right = drawn.diagonal(axis1=1, axis2=2)
    coded, given = drawn.sum(axis=2), drawn.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        f1 = np.where(coded + given > 0, 2 * right / (coded + given), np.nan)
    macro = np.nansum(np.where(coded > 0, f1, 0.0), axis=1) / (coded > 0).sum(axis=1)
    found = {str(name): _ends(f1[:, at], level) for at, name in enumerate(names)}
    return found | {"macro": _ends(macro, level), "accuracy": _ends(right.sum(axis=1) / n, level)}


def _ends(draws: Array, level: float) -> tuple[float, float]:
    known = draws[~np.isnan(draws)]
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def calibration(right: Array, likely: Array, *, bins: int = BINS, level: float = LEVEL) -> pd.DataFrame:
    """Compare the confidence of held-out predictions with the share of them that is right.

    Parameters
    ----------
    right : ndarray of bool, shape (n,)
        Whether the most probable label is the code.
    likely : ndarray of float64, shape (n,)
        The probability of the most probable label.
    bins : int
        Bins with about equal numbers of posts.
    level : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        One row a bin: bin_low, bin_high, confidence (its mean), estimate (share right), low, high, level, n.

    Notes
    -----
    Bins of equal numbers (Nguyen and O'Connor 2015, doi:10.18653/v1/D15-1182), Wilson's interval (1927).

    Examples
    --------
    >>> calibration(np.array([True, False]), np.array([0.9, 0.6]), bins=2)["estimate"].tolist()
    [0.0, 1.0]
    """
    order = np.argsort(likely, kind="stable")
    rows = []
    for part in np.array_split(order, min(bins, len(order))):
        share = wilson(int(right[part].sum()), len(part), level=level)
        trust = likely[part]
        found = (float(trust.min()), float(trust.max()), float(trust.mean()))
        rows.append((*found, *(float(value) for value in share), level, len(part)))
    return pd.DataFrame(rows, columns=list(CALIBRATION_COLUMNS))
