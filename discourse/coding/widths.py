"""What an evening of coding buys: the expected width of the interval of a share, before anybody codes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from discourse.coding.allocation import Allocation, real_allocation
from discourse.coding.draw import STRATA, coarse_language, spread_of
from discourse.errors import ParameterError
from discourse.stats.cluster_means import t_interval

LABELS = ("positive", "neutral", "negative", "absent")
COLUMNS = ("group", "n", "n_group", "accuracy", "half_width")


def expected_widths(
    frame: pd.DataFrame,
    sizes: Sequence[int] = (100, 200, 400),
    *,
    accuracies: Sequence[float] = (0.7, 0.8, 0.9),
    outcome: str = "positive",
    allocation: Allocation = "power",
    strata: Sequence[str] = STRATA,
    level: float = 0.95,
) -> pd.DataFrame:
    r"""Say how precisely the share of a label among mentions would be known after coding n posts.

    Parameters
    ----------
    frame : DataFrame
        As for :func:`discourse.draw_sample`.
    sizes : sequence of int
        Numbers of posts to code.
    accuracies : sequence of float
        Shares of posts that the instrument may get right, above 1/4 and below 1.
    outcome : {"positive", "neutral", "negative"}
        The label whose share among mentions is asked for.
    allocation, strata : as for :func:`discourse.draw_sample`
    level : float
        Level of the interval.

    Returns
    -------
    DataFrame
        One row a group (and ``all``), n and accuracy: ``group``, ``n``, ``n_group`` (posts of the group among
        them, expected), ``accuracy``, ``half_width`` (of the interval; a share, 0.05 is 5 points).

    Raises
    ------
    ParameterError
        If an accuracy or the outcome is impossible.

    Notes
    -----
    The variance of a stratified ratio (Cochran 1977, *Sampling Techniques*, 6.11, with the finite population
    correction),

    .. math:: V = \frac{1}{\bar X^2} \sum_h \left(\frac{N_h}{N}\right)^2
              \left(1 - \frac{n_h}{N_h}\right) \frac{S_h^2}{n_h},

    where S_h^2 is the variance of y - theta x among posts with one predicted label, if the instrument gives
    the right label with probability `accuracy` and each wrong one equally often.  It is the width that coding
    adds; what the posts themselves leave open (authors, threads) comes on top.

    Examples
    --------
    >>> frame = pd.DataFrame({"post_id": range(900), "group": "a", "lang": "en",
    ...     "label": ["positive", "negative", "absent"] * 300})
    >>> widths = expected_widths(frame, (100, 400), accuracies=(0.8,))
    >>> widths[widths["group"] == "a"]["half_width"].round(3).tolist()
    [0.076, 0.03]
    """
    if outcome not in LABELS[:3] or not all(0.25 < q < 1.0 for q in accuracies):
        raise ParameterError("accuracies lie between 1/4 and 1, outcomes are positive, neutral or negative")
    cells = _cells(frame, strata)
    groups = ["all", *sorted(cells["group"].unique())]
    z = t_interval(0.0, 1.0, float("inf"), level)[1]
    rows = []
    for n in sizes:
        drawn = real_allocation(
            cells["size"], min(n, cells["size"].sum()), cells["spread"], allocation=allocation
        )
        for group in groups:
            inside = (cells["group"] == group).to_numpy() | (group == "all")
            here, k = cells[inside], drawn[inside]
            for q in accuracies:
                half = z * np.sqrt(_variance(here, k, q, outcome))
                rows.append((group, n, float(k.sum()), q, float(half)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _cells(frame: pd.DataFrame, strata: Sequence[str]) -> pd.DataFrame:
    keys = list(dict.fromkeys([*strata, "label"]))
    plain = frame[[*keys, *(["confidence"] if "confidence" in frame.columns else [])]].copy()
    if "lang" in keys:
        plain["lang"] = plain["lang"].map(coarse_language)
    plain[keys] = plain[keys].astype("str").fillna("unknown")
    place = plain.groupby(keys, sort=True).ngroup().to_numpy().astype(np.int64)
    cells = plain.drop_duplicates(keys).sort_values(keys)[keys].reset_index(drop=True)
    if "group" not in cells.columns:
        cells["group"] = "all posts"
    return cells.assign(size=np.bincount(place), spread=spread_of(plain, place, int(place.max()) + 1))


def _variance(cells: pd.DataFrame, drawn: np.ndarray, accuracy: float, outcome: str) -> float:
    """Variance of the ratio; infinite where no mention is expected."""
    labels = cells["label"].to_numpy(dtype=str)
    truth = np.array([[accuracy if t == said else (1.0 - accuracy) / 3.0 for t in LABELS] for said in labels])
    truth /= truth.sum(axis=1, keepdims=True)  # a label beyond the four: all answers equally likely
    y = np.array([float(label == outcome) for label in LABELS])
    x = np.array([float(label != "absent") for label in LABELS])
    size = cells["size"].to_numpy(dtype=np.float64)
    share = size / size.sum()
    bottom = float(share @ truth @ x)
    theta = float(share @ truth @ y) / bottom
    z = y - theta * x
    within = truth @ z**2 - (truth @ z) ** 2
    with np.errstate(divide="ignore"):
        terms = share**2 * (1.0 - drawn / size) * within / drawn
    return float(terms.sum()) / bottom**2


def width_sentences(widths: pd.DataFrame, language: str = "en") -> list[str]:
    """Say the widths in words, a line for each number of posts and group.

    Parameters
    ----------
    widths : DataFrame
        From :func:`expected_widths`.
    language : {"en", "zh"}
        Language.

    Returns
    -------
    list of str

    Examples
    --------
    >>> table = pd.DataFrame({"group": "a", "n": 100, "n_group": 100.0, "accuracy": [0.7, 0.9],
    ...     "half_width": [0.11, 0.06]})
    >>> width_sentences(table)
    ['code 100 posts: the share positive in a is known to ± 6 to 11 points']
    """
    form = {
        "en": "code {n} posts: the share positive in {group} is known to ± {low} to {high} points",
        "zh": "编码 {n} 条帖文：{group} 的正面占比可精确到 ± {low} 至 {high} 个百分点",
    }["zh" if language == "zh" else "en"]
    everybody = "全体" if language == "zh" else "all posts"
    lines = []
    for (n, group), part in widths.groupby(["n", "group"], sort=False):
        low, high = (f"{100 * value:.0f}" for value in (part["half_width"].min(), part["half_width"].max()))
        name = everybody if group == "all" else group
        lines.append(form.format(n=n, group=name, low=low, high=high))
    return lines
