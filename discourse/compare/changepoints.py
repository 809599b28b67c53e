"""Change points of a daily series, by ruptures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import NotMeasurable, ParameterError
from discourse.tables import CHANGE_POINTS


def change_points(series: pd.Series, *, penalty: float | None = None, min_size: int = 3) -> pd.DataFrame:
    r"""Find the days on which the level of a series changes (PELT, least squares).

    .. math:: \min_{\tau} \sum_{k} \sum_{t=\tau_k}^{\tau_{k+1}-1} (y_t - \bar y_k)^2 + \beta |\tau|

    Parameters
    ----------
    series : Series of float
        One value a day, in order, the day as index; days without a value (NaN) are left out.
    penalty : float, optional
        beta; by default 4 s^2 ln n, with s^2 the noise estimated from the differences of neighbouring days,
        the largest tenth left out (a normal tenth: divided by .623), so that the changes do not enter it.
    min_size : int
        Fewest days between two changes.

    Returns
    -------
    DataFrame
        One row a change: ``day`` (first day of the new level), ``before``, ``after`` (mean level of the
        segments on both sides), ``change``, ``n_before``, ``n_after`` (days of the segments), ``penalty``.
        No row if nothing changes.  Exploratory: the days carry no p-value.

    Raises
    ------
    NotMeasurable
        If there are fewer than twice `min_size` values.
    ParameterError
        If `penalty` is not above zero or `min_size` is below 1.

    Notes
    -----
    Killick, Fearnhead and Eckley (2012) doi:10.1080/01621459.2012.737745; computed by ruptures (Truong, Oudre
    and Vayatis 2020, doi:10.1016/j.sigpro.2019.107299), with least squares as its linear kernel.

    Examples
    --------
    >>> days = pd.date_range("2025-01-10", periods=20, freq="D").strftime("%Y-%m-%d")
    >>> level = pd.Series([0.1, 0.2, 0.15, 0.1, 0.2] * 2 + [0.9, 1.0, 0.95, 0.9, 1.0] * 2, index=days)
    >>> change_points(level)["day"].tolist()
    ['2025-01-20']
    """
    import ruptures

    if min_size < 1 or (penalty is not None and not penalty > 0.0):
        raise ParameterError("`penalty` must be above zero and `min_size` at least 1")
    known = series[series.notna()].astype("float64")
    y = np.asarray(known, dtype=np.float64)
    if y.shape[0] < 2 * min_size:
        raise NotMeasurable(f"{y.shape[0]} days with a value are too few to look for a change")
    beta = _default_penalty(y) if penalty is None else penalty
    # least squares as a linear kernel is the same search in C: where nothing changes, PELT cannot prune, and
    # six years of days take a minute in Python.  Centred, because its costs are differences of squares.
    ends = ruptures.KernelCPD(kernel="linear", min_size=min_size).fit(y - y.mean()).predict(pen=beta)
    starts = [0, *ends[:-1]]
    means = [float(y[a:b].mean()) for a, b in zip(starts, ends, strict=True)]
    rows = [
        {
            "day": known.index[ends[k]],
            "before": means[k],
            "after": means[k + 1],
            "change": means[k + 1] - means[k],
            "n_before": ends[k] - starts[k],
            "n_after": ends[k + 1] - ends[k],
            "penalty": beta,
        }
        for k in range(len(ends) - 1)
    ]
    columns = ["day", "before", "after", "change", "n_before", "n_after", "penalty"]
    return pd.DataFrame(rows, columns=columns)


def daily_change_points(daily: pd.DataFrame, measures: Sequence[str] = ("posts", "mean")) -> pd.DataFrame:
    """Find the days on which the level of each daily series changes.

    Parameters
    ----------
    daily : DataFrame
        :data:`discourse.tables.DAILY`; hidden days count as days without a value.
    measures : sequence of str
        Which measures.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CHANGE_POINTS`: a row a change, and one row without a day where a series has
        none, or is too short (then with the reason).

    Notes
    -----
    Exploratory: no p-value, and a day on which the level changes says nothing of what happened that day.
    The numbers of posts are searched on the scale of log(1 + posts), since a day of ten times as many posts
    varies ten times as much; before and after are given in posts again (geometric means).

    Examples
    --------
    >>> days = pd.date_range("2025-01-10", periods=20, freq="D").strftime("%Y-%m-%d")
    >>> daily = pd.DataFrame({"target": pd.NA, "group": "all", "day": days, "measure": "posts",
    ...     "estimate": [9.0, 11.0] * 5 + [90.0, 110.0] * 5, "n": 1, "n_authors": 1})
    >>> daily_change_points(daily)[["day", "n_days"]].values.tolist()
    [['2025-01-20', 20]]
    """
    rows: list[dict[str, Any]] = []
    wanted = daily[daily["measure"].isin(measures)]
    for (target, group, measure), part in wanted.groupby(
        ["target", "group", "measure"], sort=False, dropna=False
    ):
        series = part.set_index("day")["estimate"].astype("float64")
        key = {"target": target, "group": group, "measure": measure, "n_days": int(series.notna().sum())}
        rows += [key | row for row in _found(series, counts=measure == "posts")]
    return CHANGE_POINTS.conform(pd.DataFrame(rows)) if rows else CHANGE_POINTS.empty()


def _found(series: pd.Series, *, counts: bool) -> list[dict[str, Any]]:
    try:
        found = change_points(np.log1p(series) if counts else series)
    except NotMeasurable as error:
        return [{"day": pd.NA, "reason": error.message}]
    if found.empty:
        return [{"day": pd.NA, "reason": pd.NA}]
    if counts:
        found = found.assign(before=np.expm1(found["before"]), after=np.expm1(found["after"]))
        found = found.assign(change=found["after"] - found["before"])
    return [
        {str(name): value for name, value in row.items()}
        for row in found.drop(columns="penalty").to_dict("records")
    ]


def _default_penalty(y: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    squares = np.sort(np.diff(y) ** 2)
    kept = squares[: max(int(0.9 * squares.shape[0]), 1)]
    noise = float(kept.mean()) / 2.0 / 0.623
    floor = 1e-12 * (1.0 + float(np.abs(y).max()) ** 2)
    return float(max(4.0 * noise * float(np.log(y.shape[0])), floor))
