"""How well frames were coded: found codes against hand codes, frame by frame."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from discourse.errors import ParameterError
from discourse.stats import krippendorff_alpha, wilson
from discourse.tables import Column, Table

FRAME_QUALITY = Table(
    "frame_quality",
    "P2 for frames: found codes against hand codes.",
    (
        Column("frame", "str", "name of the frame"),
        Column("n", "Int64", "posts with both codes", "posts"),
        Column("n_hand", "Int64", "posts that hold the frame, by hand", "posts"),
        Column("n_found", "Int64", "posts that hold it, as found", "posts"),
        Column("precision", "float64", "share of the found that people found too"),
        Column("precision_low", "float64", "lower end of the interval"),
        Column("precision_high", "float64", "upper end of the interval"),
        Column("recall", "float64", "share of what people found that was found"),
        Column("recall_low", "float64", "lower end of the interval"),
        Column("recall_high", "float64", "upper end of the interval"),
        Column("f1", "float64", "harmonic mean of both"),
        Column("f1_low", "float64", "lower end of the interval"),
        Column("f1_high", "float64", "upper end of the interval"),
        Column("alpha", "float64", "Krippendorff's alpha of both codings, nominal; NaN if they never vary"),
        Column("level", "float64", "confidence level of the intervals"),
    ),
)
DRAWS = 4000


def frame_quality(
    found: pd.DataFrame, hand: pd.DataFrame, *, level: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """Compare found codes with hand codes.

    Parameters
    ----------
    found : DataFrame
        One row a text and one column a frame, as ``code_frames(texts, frames, wide=True)`` gives it.
    hand : DataFrame
        The same rows, coded by people: 0, 1, or NA where nobody coded.  Frames of which it has no column are
        left out.
    level : float, default 0.95
        Level of the intervals.
    seed : int, default 0
        Seed of the bootstrap behind the interval of F1.

    Returns
    -------
    DataFrame
        :data:`FRAME_QUALITY`, one row a frame in the order of ``found``.  A figure without a denominator is
        NaN.

    Raises
    ------
    ParameterError
        If the tables differ in length or share no frame.

    Notes
    -----
    Precision and recall with Wilson's score interval (1927, doi:10.1080/01621459.1927.10502953); F1 with a
    percentile bootstrap over posts, 4,000 draws (Efron and Tibshirani 1993, ch. 13); alpha after Krippendorff
    (2011).  Posts count as independent: with several posts an author the intervals are too narrow.

    Examples
    --------
    >>> found = pd.DataFrame({"protest": [True, True, False, False]})
    >>> hand = pd.DataFrame({"protest": [1, 0, 0, None]})
    >>> row = frame_quality(found, hand).iloc[0]
    >>> int(row["n"]), float(row["precision"]), float(row["recall"]), round(float(row["f1"]), 3)
    (3, 0.5, 1.0, 0.667)
    """
    if len(found) != len(hand):
        raise ParameterError(f"{len(found)} found rows for {len(hand)} hand-coded rows", expected="the same")
    names = [name for name in found.columns if name in hand.columns]
    if not names:
        raise ParameterError(
            "the two tables share no frame",
            expected=f"a column called {', '.join(map(str, found.columns))}",
        )
    rows = [
        {"frame": str(name), **_row(_codes(found[name]), _codes(hand[name]), level, seed)} for name in names
    ]
    return FRAME_QUALITY.conform(pd.DataFrame(rows))


def _codes(column: pd.Series[Any]) -> npt.NDArray[np.float64]:
    """Codes as 0, 1 and NaN."""
    values = pd.to_numeric(column.astype("object").map(lambda v: None if pd.isna(v) else float(v)))
    return values.to_numpy(dtype=np.float64)


def _row(
    found: npt.NDArray[np.float64], hand: npt.NDArray[np.float64], level: float, seed: int
) -> dict[str, float]:
    both = ~np.isnan(found) & ~np.isnan(hand)
    yes, truth = found[both] == 1, hand[both] == 1
    counts = np.array(
        [(yes & truth).sum(), (yes & ~truth).sum(), (~yes & truth).sum(), (~yes & ~truth).sum()]
    )
    hits, extra, missed, _ = (int(count) for count in counts)
    precision = [float(v) for v in wilson(hits, hits + extra, level=level)]
    recall = [float(v) for v in wilson(hits, hits + missed, level=level)]
    f1 = _f1_interval(counts, level, seed)
    alpha = krippendorff_alpha(np.vstack([yes, truth]).astype(float)) if both.any() else float("nan")
    figures = {"n": int(both.sum()), "n_hand": hits + missed, "n_found": hits + extra, "level": level}
    for name, values in (("precision", precision), ("recall", recall), ("f1", f1)):
        figures |= dict(zip((name, f"{name}_low", f"{name}_high"), values, strict=True))
    return figures | {"alpha": alpha}


def _f1(counts: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """F1 of rows of true positives, false positives and false negatives; NaN where all are 0."""
    hits, extra, missed = counts[..., 0], counts[..., 1], counts[..., 2]
    denominator = 2 * hits + extra + missed
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(denominator > 0, 2 * hits / denominator, np.nan), dtype=np.float64)


def _f1_interval(counts: npt.NDArray[Any], level: float, seed: int) -> list[float]:
    """F1 and its interval: drawing posts anew is drawing the four counts from a multinomial."""
    total = int(counts.sum())
    estimate = float(_f1(counts))
    if total == 0 or np.isnan(estimate):
        return [float("nan")] * 3
    draws = _f1(np.random.default_rng(seed).multinomial(total, counts / total, size=DRAWS))
    draws = draws[~np.isnan(draws)]
    tail = (1 - level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return [estimate, float(low), float(high)]
