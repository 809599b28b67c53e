"""Day by day: how much was written and how the target was spoken of, in the study's own zone."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.contrasts import estimate_mean
from discourse.compare.description import group_order
from discourse.compare.mentions import equals, n_distinct, outcome, prepared_mentions, rows_with
from discourse.compare.samples import in_text_order, order_of_ids
from discourse.compare.suppression import hide_cells
from discourse.errors import NotMeasurable, ParameterError
from discourse.room import looked
from discourse.tables import DAILY, EVENTS

MEASURES = ("mean", "positive", "negative", "coverage")
_KEYS = ["target", "group", "day", "measure"]
_SCORED = ("target", "label", "score", "mention_kind")
_AT_ONCE = 100_000
_EPOCH = 1_000_000  # days are numbered from so many before 1970 on, so that none is negative


def daily_series(
    frame: pd.DataFrame,
    timezone: str = "UTC",
    *,
    groups: Sequence[str] | None = None,
    starts: Sequence[str] = (),
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Count posts and average scores by day, for everybody and for each group.

    Parameters
    ----------
    frame : DataFrame
        Posts with ``post_id``, ``author``, ``thread_id``, ``group``, ``created_at`` (aware); for stance also
        ``target``, ``label``, ``score``, ``mention_kind``, one row a post and target.  A post without a time
        stands in no day.
    timezone : str
        IANA name of the zone in which days are counted.
    groups : sequence of str, optional
        Groups beside ``all``; those that occur by default.
    starts : sequence of str
        First days (``YYYY-MM-DD``) of the phases whose sums another table prints.
    min_cell : int, default 10
        Figures behind which stand fewer authors are hidden, and with them others of the same day (the
        unassigned first, ``all`` last) and of the same group, so that none can be had by subtraction from
        what is printed of the day, of the phase or of the whole.
    level : float, default 0.95
        Confidence level of the intervals.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.DAILY`, with every day from the first to the last: ``posts`` (0 on days
        without one; target NA; no interval, as posts are counted and not sampled) and, for each target,
        ``mean``, ``positive``, ``negative`` among the posts that speak of it and ``coverage`` among all posts
        (NaN on days without one, and where no interval can be given).

    Raises
    ------
    ParameterError
        If a column is missing, times have no zone, or the zone is unknown.

    Notes
    -----
    Artefact P8.  Intervals are clustered by author and thread within the day, see
    :func:`discourse.compare.contrasts.estimate_mean`; days are not adjusted for being many.  Several events
    within few days cannot be told apart by a daily series.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["1", "2"], "author": ["a", "b"], "thread_id": ["1", "2"],
    ...     "group": "hosts", "created_at": pd.to_datetime(["2025-01-18T22:30-05:00", "2025-01-21T00:00Z"],
    ...     utc=True)})
    >>> series = daily_series(posts, "Asia/Shanghai", min_cell=1)
    >>> series.loc[series["group"] == "hosts", ["day", "estimate"]].values.tolist()
    [['2025-01-19', 1.0], ['2025-01-20', 0.0], ['2025-01-21', 1.0]]
    """
    posts = _prepare(frame, timezone)
    if posts.empty:
        return DAILY.empty()
    names = ["all", *(groups if groups is not None else group_order(posts["group"]))]
    rows = list(_volume(posts, names))
    targets: list[Any] = [pd.NA]
    if "target" in posts.columns:
        targets += sorted(str(t) for t in posts["target"].dropna().unique())
        rows += _stance(posts, names, targets[1:], level)
    table = _every_day(pd.DataFrame(rows), names, targets, _days(posts["day"]))
    return DAILY.conform(_hide(table, starts, min_cell))


def _prepare(frame: pd.DataFrame, timezone: str) -> pd.DataFrame:
    needed = ("post_id", "author", "thread_id", "group", "created_at")
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise ParameterError(f"the posts lack {', '.join(missing)}", expected=", ".join(needed))
    columns = {"group": frame["group"].astype("category")}
    columns |= {name: in_text_order(frame[name]) for name in ("author", "thread_id")}
    if all(name in frame.columns for name in _SCORED):
        stance = prepared_mentions(frame)
        columns |= {name: stance[name] for name in ("target", "label", "about", "score")}
    columns["post_id"] = frame["post_id"]
    day = days_of(frame["created_at"], timezone)
    # The same order whatever the order of files, so that sums agree to the last digit; day by day.
    order = order_of_ids(frame["post_id"])
    order = order[day.codes[order] >= 0]
    order = order[np.argsort(day.codes[order], kind="stable")]
    found: dict[str, Any] = {"day": day.take(order)}
    for name, column in columns.items():
        found[name] = column.array.take(order)
        looked()
    return pd.DataFrame(found, copy=False)


def days_of(times: pd.Series, timezone: str) -> pd.Categorical:
    """Do as :func:`local_day`, with days as categories in their order, part by part.

    Examples
    --------
    >>> days_of(pd.Series(pd.to_datetime(["2025-01-18T22:30-05:00", None], utc=True)), "UTC").tolist()
    ['2025-01-19', nan]
    """
    zone = _zone_of(times, timezone)
    days = np.full(len(times), -1, dtype=np.int32)
    for start in range(0, len(times), _AT_ONCE):
        part = times.iloc[start : start + _AT_ONCE]
        known = part.notna().to_numpy()
        local = part[known].dt.tz_convert(zone).dt.tz_localize(None).to_numpy().astype("datetime64[D]")
        days[start : start + _AT_ONCE][known] = local.astype(np.int64) + _EPOCH
    taken = np.flatnonzero(np.bincount(days[days >= 0])) if len(days) else np.zeros(0, dtype=np.int64)
    place = np.full(int(taken.max(initial=-1)) + 2, -1, dtype=np.int32)
    place[taken] = np.arange(len(taken))
    names = pd.DatetimeIndex((taken - _EPOCH).astype("datetime64[D]")).strftime("%Y-%m-%d")
    return pd.Categorical.from_codes(place[days], categories=pd.Index(names, dtype="str"), ordered=True)


def local_day(times: pd.Series, timezone: str) -> pd.Series:
    """Give the calendar day of each moment in a zone.

    Parameters
    ----------
    times : Series of aware datetimes
        Moments; NA stays NA.
    timezone : str
        IANA name of the zone.

    Returns
    -------
    Series of str
        ``YYYY-MM-DD``, on the index of ``times``.

    Raises
    ------
    ParameterError
        If the times have no zone or the zone is unknown.

    Examples
    --------
    >>> dark = pd.Series(pd.to_datetime(["2025-01-18T22:30-05:00"], utc=True))
    >>> local_day(dark, "Asia/Shanghai")[0], local_day(dark, "America/New_York")[0]
    ('2025-01-19', '2025-01-18')
    """
    return pd.Series(days_of(times, timezone), index=times.index).astype("str")


def _zone_of(times: pd.Series, timezone: str) -> zoneinfo.ZoneInfo:
    if not isinstance(times.dtype, pd.DatetimeTZDtype):
        raise ParameterError(
            "the times have no zone", expected="aware times, such as Corpus.to_pandas() gives"
        )
    try:
        return zoneinfo.ZoneInfo(timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ParameterError(
            f"{timezone!r} is no time zone", hint="write one such as Asia/Shanghai"
        ) from None


def _by_day(posts: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    codes = posts["day"].cat.codes.to_numpy()
    bounds = np.searchsorted(codes, np.arange(len(posts["day"].cat.categories) + 1))
    for day, (start, stop) in zip(posts["day"].cat.categories, pairwise(bounds), strict=True):
        if stop > start:
            yield str(day), posts.iloc[start:stop]


def _groups(posts: pd.DataFrame, names: Sequence[str]) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    for name in names:
        inside = np.ones(len(posts), dtype=bool) if name == "all" else equals(posts["group"], name)
        if inside.any():
            yield name, inside


def _volume(posts: pd.DataFrame, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for day, part in _by_day(posts):
        once = part[["post_id", "author", "group"]].drop_duplicates("post_id")
        for name, inside in _groups(once, names):
            n = int(inside.sum())
            figures = {"estimate": float(n), "n": n, "n_authors": n_distinct(once["author"], inside)}
            yield {"target": pd.NA, "group": name, "day": day, "measure": "posts"} | figures


def _stance(
    posts: pd.DataFrame, names: Sequence[str], targets: Sequence[str], level: float
) -> Iterator[dict[str, Any]]:
    for day, part in _by_day(posts):
        for target in targets:
            of_target = equals(part["target"], target)
            for name, inside in _groups(part, names):
                which = of_target & inside
                if not which.any():
                    continue
                key = {"target": target, "group": name, "day": day}
                for measure in MEASURES:
                    yield key | {"measure": measure} | _estimate(part, which, measure, level)


def _estimate(part: pd.DataFrame, which: NDArray[np.bool_], measure: str, level: float) -> dict[str, Any]:
    rows = rows_with(part, which, measure)
    authors, threads = (part[name].cat.codes.to_numpy()[rows] for name in ("author", "thread_id"))
    known = authors[authors >= 0]
    out: dict[str, Any] = {"n": len(rows), "n_authors": len(np.unique(known))}
    try:
        found = estimate_mean(outcome(part, rows, measure), authors, threads, level=level)
    except NotMeasurable:
        return out
    return out | {"estimate": found.estimate, "low": found.low, "high": found.high}


def _days(days: pd.Series) -> list[str]:
    span = pd.date_range(days.min(), days.max(), freq="D")
    return [str(day) for day in span.strftime("%Y-%m-%d")]


def _every_day(
    rows: pd.DataFrame, names: Sequence[str], targets: Sequence[Any], days: Sequence[str]
) -> pd.DataFrame:
    """Set every cell of the calendar: nothing written is 0 posts, and no mean."""
    keys = [
        {"target": target, "group": group, "day": day, "measure": measure}
        for target, group, day in product(targets, names, days)
        for measure in (("posts",) if target is pd.NA else MEASURES)
    ]
    grid = pd.DataFrame(keys).astype("str")
    table = grid.merge(rows.astype(dict.fromkeys(_KEYS, "str")), on=_KEYS, how="left")
    for name in ("n", "n_authors"):
        table[name] = table[name].fillna(0).astype("int64")
    for name in ("estimate", "low", "high"):
        table[name] = table[name].astype("float64") if name in table else np.nan
    empty = (table["measure"] == "posts") & (table["n"] == 0)
    table.loc[empty, "estimate"] = 0.0
    return table


def _hide(table: pd.DataFrame, starts: Sequence[str], min_cell: int) -> pd.DataFrame:
    """Hide small cells; those of a day add up to ``all``, those of a group to its phase and its whole."""
    spans = np.searchsorted(sorted(starts), table["day"].to_numpy(dtype=str), side="right")
    keys = ["target", "measure"]
    sums = [["day", *keys], ["group", *keys], ["span", "group", *keys]]
    figures = ("estimate", "low", "high", "n", "n_authors")
    return hide_cells(table.assign(span=spans), sums, min_cell, figures=figures).drop(columns="span")


def events_table(events: Iterable[Any], timezone: str = "UTC") -> pd.DataFrame:
    """Lay out the events that a figure draws as lines.

    Parameters
    ----------
    events : iterable of mapping
        Each with ``name`` and ``at`` (an aware datetime).
    timezone : str
        IANA name of the zone in which days are counted.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.EVENTS`, in the order of time.

    Raises
    ------
    ParameterError
        If an event has no name, or its time no zone.

    Examples
    --------
    >>> at = dt.datetime.fromisoformat("2025-01-18T22:30-05:00")
    >>> table = events_table([{"name": "TikTok goes dark", "at": at}], "Asia/Shanghai")
    >>> table[["name", "day"]].values.tolist()
    [['TikTok goes dark', '2025-01-19']]
    """
    rows = [_event(event, i) for i, event in enumerate(events)]
    if not rows:
        return EVENTS.empty()
    table = pd.DataFrame(rows)
    table["at"] = pd.to_datetime(table["at"], utc=True)
    table["day"] = local_day(table["at"], timezone)
    return EVENTS.conform(table.sort_values(["at", "name"], kind="stable"))


def _event(event: Mapping[str, Any], i: int) -> dict[str, Any]:
    name, at = event.get("name"), event.get("at")
    if isinstance(at, str):
        at = dt.datetime.fromisoformat(at)
    if not name or not isinstance(at, dt.datetime) or at.tzinfo is None:
        raise ParameterError(
            f"event {name!r} needs a name and a time with a zone",
            where=f"events[{i}]",
            expected="such as 2025-01-18T22:30:00-05:00",
        )
    return {"name": str(name), "at": at}
