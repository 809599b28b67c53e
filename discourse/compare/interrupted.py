"""Interrupted series: jump and change of slope at an event, where the points allow it, else why not.

The rule is stated beforehand.  Between the events before and after it, an event needs at least
:data:`MIN_POINTS` steps with a value on either side.  Days are tried first, then hours, which an outage of
hours needs; hours must span whole days, or the rhythm of day and night would pass for a jump.  Events that
lie closer together are phases (:mod:`discourse.compare.phases`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.cells import small_cells
from discourse.compare.mentions import equals, outcome, prepared_mentions, rows_with, targets_in_order
from discourse.compare.samples import order_of_ids
from discourse.errors import DiscourseError, NotMeasurable, ParameterError
from discourse.stats import interrupted_series, newey_west, placebo_dates, t_interval
from discourse.tables import INTERRUPTED

Floats = NDArray[np.float64]
Unit = Literal["day", "hour"]

#: Fewest steps with a value on either side of an event.
MIN_POINTS: dict[str, int] = {"day": 12, "hour": 48}
_STEP = {"day": dt.timedelta(days=1), "hour": dt.timedelta(hours=1)}
_BLANK = dict.fromkeys(("estimate", "low", "high", "p", "placebo_p"), float("nan"))


@dataclass(frozen=True)
class StepSeries:
    """A series of equal steps around an event: value (NaN where unknown), posts, first step after."""

    values: Floats
    posts: Floats
    event: int
    unit: Unit

    @property
    def n_before(self) -> int:
        """Steps with a value before the event."""
        return int(np.isfinite(self.values[: self.event]).sum())

    @property
    def n_after(self) -> int:
        """Steps with a value from the event on."""
        return int(np.isfinite(self.values[self.event :]).sum())


def step_series(
    posts: pd.DataFrame,
    event: dt.datetime,
    window: tuple[dt.datetime, dt.datetime],
    unit: Unit,
    *,
    outcome: str = "mean",
    min_cell: int = 10,
) -> StepSeries:
    """Average an outcome over equal steps that are counted from an event, both ways.

    Parameters
    ----------
    posts : DataFrame
        ``author``, ``created_at`` (aware) and the outcome; posts without either are left out.
    event : datetime
        Aware.
    window : (datetime, datetime)
        First and last moment that is read; whole steps only.
    unit : {"day", "hour"}
        Length of a step.
    outcome : str
        Column with one number a post.
    min_cell : int
        A step with fewer authors has no value.

    Returns
    -------
    StepSeries

    Examples
    --------
    >>> posts = pd.DataFrame({"author": list("abc"), "mean": [0.0, 1.0, 1.0], "created_at": pd.to_datetime(
    ...     ["2025-01-18T12:00Z", "2025-01-19T12:00Z", "2025-01-20T12:00Z"])})
    >>> at = dt.datetime(2025, 1, 19, tzinfo=dt.UTC)
    >>> window = (at - dt.timedelta(days=1), at + dt.timedelta(days=2))
    >>> series = step_series(posts, at, window, "day", min_cell=1)
    >>> series.values.tolist(), series.event
    ([0.0, 1.0, 1.0], 1)
    """
    length = pd.Timedelta(_STEP[unit])
    before = max(int((pd.Timestamp(event) - pd.Timestamp(window[0])) // length), 0)
    after = max(int((pd.Timestamp(window[1]) - pd.Timestamp(event)) // length), 0)
    known = posts[posts[outcome].notna() & posts["created_at"].notna()]
    step = ((known["created_at"] - pd.Timestamp(event)) // length).astype("int64") + before
    known = known.assign(step=step)[(step >= 0) & (step < before + after)]
    by_step = known.groupby("step")
    index = pd.RangeIndex(before + after)
    values = by_step[outcome].mean().reindex(index)
    authors = by_step["author"].nunique().reindex(index, fill_value=0)
    n = np.asarray(by_step.size().reindex(index, fill_value=0), dtype=np.float64)
    thin = small_cells(authors, min_cell) | (authors == 0).to_numpy()
    return StepSeries(np.where(thin, np.nan, np.asarray(values, dtype=np.float64)), n, before, unit)


def segmented(series: StepSeries, *, level: float = 0.95) -> dict[str, Any]:
    r"""Fit a level and a slope before, and their change from the event on.

    .. math:: y_t = \beta_0 + \beta_1 t + \beta_2 D_t + \beta_3 t D_t
              \; (+ \, a \cos \tfrac{2 \pi t}{24} + b \sin \tfrac{2 \pi t}{24} \text{ for hours}) + e_t

    Parameters
    ----------
    series : StepSeries
        A series.
    level : float
        Confidence level.

    Returns
    -------
    dict
        ``level`` and ``slope``, each (estimate, low, high, p); ``lags``; ``placebo_p`` and ``n_placebo`` (NaN
        and 0 where too few placebo dates fit before the event).

    Raises
    ------
    NotMeasurable
        If there are fewer than :data:`MIN_POINTS` steps with a value on either side, or nothing varies.

    Notes
    -----
    Lopez Bernal, Cummins and Gasparrini (2017) doi:10.1093/ije/dyw098, weighted by posts, errors of Newey and
    West (1987) doi:10.2307/1913610; placebo dates as in :func:`discourse.stats.placebo_dates`.  At least 12
    points on either side are a rule of thumb (Wagner et al. 2002, doi:10.1046/j.1365-2710.2002.00430.x).

    Examples
    --------
    >>> values = np.sin(np.arange(40)) * 0.01 + (np.arange(40) >= 20)
    >>> found = segmented(StepSeries(values, np.ones(40), 20, "day"))
    >>> round(found["level"][0], 1), found["n_placebo"]
    (1.0, 15)
    """
    least = MIN_POINTS[series.unit]
    if series.n_before < least or series.n_after < least:
        raise NotMeasurable(
            f"too few steps with a value: {series.n_before} before the event and {series.n_after} after it",
            expected=f"at least {least} on either side",
        )
    values, weights = series.values, np.where(np.isfinite(series.values), series.posts, 0.0)
    if series.unit == "day":
        fit = interrupted_series(values, series.event, weights=weights, level=level)
        terms = {name: _figures(getattr(fit, name)) for name in ("level", "slope")}
        lags = fit.lags
    else:
        terms, lags = _with_daily_rhythm(values, weights, series.event, level)
    placebo_p, n_placebo = _placebo(values, weights, series.event)
    return terms | {"lags": lags, "placebo_p": placebo_p, "n_placebo": n_placebo}


def _figures(term: Any) -> tuple[float, float, float, float]:
    return term.estimate, term.low, term.high, term.p


def _with_daily_rhythm(
    values: Floats, weights: Floats, event: int, level: float
) -> tuple[dict[str, Any], int]:
    time = np.arange(values.shape[0], dtype=np.float64) - event
    after = (time >= 0.0).astype(np.float64)
    angle = 2.0 * np.pi * time / 24.0
    design = np.column_stack([np.ones_like(time), time, after, time * after, np.cos(angle), np.sin(angle)])
    fit = newey_west(values, design, weights=weights)
    terms = {}
    for name, k in (("level", 2), ("slope", 3)):
        estimate = float(fit.coefficients[k])
        low, high, p = t_interval(estimate, float(fit.covariance[k, k]), float(fit.df), level)
        terms[name] = (estimate, low, high, p)
    return terms, fit.lags


def _placebo(values: Floats, weights: Floats, event: int) -> tuple[float, int]:
    try:
        found = placebo_dates(values, event, weights=weights)
    except NotMeasurable:
        return float("nan"), 0
    return found.p, len(found.events)


def interrupted(
    frame: pd.DataFrame,
    events: Sequence[Mapping[str, Any]],
    *,
    instrument: str | Mapping[str, str],
    groups: Sequence[str] = (),
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate jump and change of slope of the mean stance at each event that stands alone long enough.

    Parameters
    ----------
    frame : DataFrame
        One row a post and target: ``post_id``, ``author``, ``group``, ``created_at``, ``target``, ``label``,
        ``score``, ``mention_kind``.
    events : sequence of mapping
        Each with ``name`` and ``at`` (an aware datetime).
    instrument : str or mapping
        The scorer and its version; one for all targets, or target to instrument.
    groups : sequence of str
        Groups beside ``all``.
    min_cell : int, default 10
        A day or hour with fewer authors has no value.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.INTERRUPTED`: two rows (level, slope) an event, target and group; without
        figures and with the reason where the rule is not met.

    Raises
    ------
    ParameterError
        If an event has no time with a zone.

    Notes
    -----
    Artefact P9.  A series ends where another event begins, so that no jump stands for two of them.

    Examples
    --------
    >>> scored = pd.DataFrame({"post_id": ["1"], "author": ["a"], "group": "g", "target": "t",
    ...     "created_at": pd.to_datetime(["2025-01-13"], utc=True), "label": "neutral", "score": 0.0,
    ...     "mention_kind": "named"})
    >>> events = [{"name": "Dark", "at": dt.datetime(2025, 1, 13, tzinfo=dt.UTC)}]
    >>> interrupted(scored, events, instrument="lexicon").loc[0, "reason"]
    'too few steps with a value: 0 before the event and 0 after it'
    """
    if any(event["at"].tzinfo is None for event in events):
        raise ParameterError("an event has no zone", expected="such as 2025-01-18T22:30:00-05:00")
    about, times = _with_stance(frame), frame["created_at"]
    ends = pd.Series([times.min(), times.max()]).dropna()
    rows = [
        row | {"instrument": instrument if isinstance(instrument, str) else instrument[row["target"]]}
        for target in targets_in_order(frame, times.notna().to_numpy())
        for part in [about[equals(about["target"], target)]]
        for event, window in event_windows(events, ends)
        for name in ("all", *groups)
        for row in _rows(part, event, window, target, name, min_cell, level)
    ]
    return INTERRUPTED.conform(pd.DataFrame(rows)) if rows else INTERRUPTED.empty()


def _with_stance(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the posts with a stance and a time, in the order of their ids."""
    posts = prepared_mentions(frame, more=("created_at",))
    rows = rows_with(posts, frame["created_at"].notna().to_numpy(), "mean")
    rows = rows[order_of_ids(frame["post_id"].iloc[rows])]
    found = {name: posts[name].array.take(rows) for name in ("author", "group", "created_at", "target")}
    return pd.DataFrame(found | {"mean": outcome(posts, rows, "mean")}, copy=False)


def event_windows(
    events: Sequence[Mapping[str, Any]], times: pd.Series
) -> Iterator[tuple[Mapping[str, Any], tuple[dt.datetime, dt.datetime]]]:
    """Give each event the time from the event before it to the one after, within the collection.

    Parameters
    ----------
    events : sequence of mapping
        Each with ``name`` and ``at`` (an aware datetime).
    times : Series of aware datetimes
        When the posts were written.

    Yields
    ------
    (mapping, (datetime, datetime))
        The event, and the first and last moment that its series reads.

    Examples
    --------
    >>> at = dt.datetime(2025, 1, 19, tzinfo=dt.UTC)
    >>> days = pd.Series(pd.to_datetime(["2025-01-01", "2025-02-01"], utc=True))
    >>> [(w[0].day, w[1].month) for _, w in event_windows([{"name": "Dark", "at": at}], days)]
    [(1, 2)]
    """
    if times.empty:
        return
    ordered = sorted(events, key=lambda e: (e["at"], str(e["name"])))
    first, last = times.min().to_pydatetime(), times.max().to_pydatetime()
    moments = [first, *(event["at"] for event in ordered), last]
    for place, event in enumerate(ordered, start=1):
        start, stop = max(moments[place - 1], first), min(moments[place + 1], last)
        yield event, (min(start, event["at"]), max(stop, event["at"]))


def _rows(
    about: pd.DataFrame,
    event: Mapping[str, Any],
    window: tuple[dt.datetime, dt.datetime],
    target: str,
    group: str,
    min_cell: int,
    level: float,
) -> Iterator[dict[str, Any]]:
    part = about if group == "all" else about[about["group"] == group]
    series = step_series(part, event["at"], window, "day", min_cell=min_cell)
    if min(series.n_before, series.n_after) < MIN_POINTS["day"]:
        series = step_series(part, event["at"], window, "hour", min_cell=min_cell)
    head = {
        "event": str(event["name"]),
        "unit": series.unit,
        "target": target,
        "group": group,
        "level": level,
        "n_before": series.n_before,
        "n_after": series.n_after,
    }
    try:
        found = segmented(series, level=level)
    except DiscourseError as error:
        blank = _BLANK | {"n_placebo": 0, "lags": pd.NA, "method": pd.NA, "reason": error.message}
        yield from (head | {"term": term} | blank for term in ("level", "slope"))
        return
    method = "segmented regression, Newey-West errors" + (
        ", daily rhythm taken out" if series.unit == "hour" else ""
    )
    for term in ("level", "slope"):
        figures = dict(zip(("estimate", "low", "high", "p"), found[term], strict=True))
        rest = {name: found[name] for name in ("placebo_p", "n_placebo", "lags")}
        yield head | {"term": term} | figures | rest | {"method": method, "reason": pd.NA}
