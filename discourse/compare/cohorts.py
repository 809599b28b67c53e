"""Who came, and who came back: the return of authors by the day on which they first wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.cells import hidden_cells
from discourse.compare.contrasts import group_estimate
from discourse.compare.description import group_order
from discourse.compare.samples import (
    cluster_codes,
    first_of_each,
    in_text_order,
    is_numbered,
    order_of_ids,
)
from discourse.compare.trend import days_of
from discourse.errors import NotMeasurable, ParameterError
from discourse.room import looked
from discourse.tables import COHORTS

_NEEDED = ("post_id", "author", "thread_id", "group", "created_at")
_COUNTS = ("n_authors", "n_threads")
_AT_ONCE = 100_000


def author_returns(
    posts: pd.DataFrame,
    timezone: str = "UTC",
    *,
    days: int = 7,
    last_day: str | None = None,
) -> pd.DataFrame:
    """Say of each author on which day he or she first wrote, and whether he or she wrote again.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``post_id``, ``author``, ``thread_id``, ``group``, ``created_at`` (aware).  Posts without
        an author or a time cannot be followed and are left out.
    timezone : str
        IANA name of the zone in which days are counted.
    days : int, default 7
        Horizon: an author returns who writes on a later day, at most this many days after the first.
    last_day : str, optional
        Last day that was collected, ``YYYY-MM-DD``; by default the day of the last post.

    Returns
    -------
    DataFrame
        One row an author: ``author``, ``group``, ``thread_id`` (of the first post), ``cohort`` (its day) and
        ``returned`` (1 or 0; NaN where the horizon reaches beyond the last day, so that nobody knows).

    Raises
    ------
    ParameterError
        If a column is missing, `days` is below 1, or the zone or the last day cannot be read.

    Notes
    -----
    Writing again *among the collected posts* is what is seen: who reads on in silence, or writes where nobody
    collected, does not return here, so that the figures are lower bounds of staying.  Authors whose horizon
    is cut off by the end of the collection are left out of numerator and denominator alike; counting them as
    gone would make every late cohort look fickle.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["1", "2", "3"], "author": ["a", "a", "b"], "group": "newcomers",
    ...     "thread_id": ["1", "1", "2"], "created_at": pd.to_datetime(
    ...     ["2025-01-13", "2025-01-15", "2025-01-21"], utc=True)})
    >>> author_returns(posts, days=7)[["author", "cohort", "returned"]].values.tolist()
    [['a', '2025-01-13', 1.0], ['b', '2025-01-21', nan]]
    """
    _check(posts, days)
    day = days_of(posts["created_at"], timezone)
    authors = cluster_codes(posts["author"]).astype(np.int32)
    known = (authors >= 0) & (day.codes >= 0)
    known &= _first_known(posts["post_id"], known)
    first = _first_rows(posts, authors, known)
    dates = day.categories.to_numpy(dtype="datetime64[D]")
    numbers = dates.astype(np.int64)
    wrote = numbers[day.codes[known].max()] if known.any() else 0
    end = _date(last_day).to_datetime64().astype("datetime64[D]").astype(np.int64) if last_day else wrote
    cohort = numbers[day.codes[first]]
    of_author = np.full(int(authors.max(initial=-1)) + 1, -1, dtype=np.int32)
    of_author[authors[first]] = np.arange(len(first), dtype=np.int32)
    back = np.zeros(len(first), dtype=bool)
    for start in range(0, len(posts), _AT_ONCE):
        rows = start + np.flatnonzero(known[start : start + _AT_ONCE])
        who = of_author[authors[rows]]
        gap = numbers[day.codes[rows]] - cohort[who]
        back[who[(gap >= 1) & (gap <= days)]] = True
    returned = pd.Series(np.where(cohort + days <= end, back.astype(np.float64), np.nan))
    firsts = posts[["author", "group", "thread_id"]].iloc[first].reset_index(drop=True)
    return firsts.assign(cohort=pd.Series(day.take(first)).astype("str"), returned=returned)


def _first_known(ids: pd.Series, known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say which posts are the first with their id among the known ones."""
    out = np.zeros(len(ids), dtype=bool)
    out[known] = first_of_each(ids if known.all() else ids[known])
    return out


def _first_rows(
    posts: pd.DataFrame, authors: NDArray[np.int32], known: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Find the first post of each author, of several at one moment that of the least id, author by author."""
    moments = posts["created_at"].array.asi8
    ids = _numbered(posts["post_id"])
    size = int(authors.max(initial=0)) + 1
    least, first_id = (np.full(size, np.iinfo(np.int64).max) for _ in range(2))
    row_of = np.full(size, -1, dtype=np.int64)
    parts = [slice(start, start + _AT_ONCE) for start in range(0, len(posts), _AT_ONCE)]
    for part in parts:
        np.minimum.at(least, authors[part][known[part]], moments[part][known[part]])
    known = known.copy()
    for part in parts:
        known[part] &= moments[part] == least[authors[part]]
        np.minimum.at(first_id, authors[part][known[part]], ids[part][known[part]])
    for part in parts:
        rows = part.start + np.flatnonzero(known[part])
        rows = rows[ids[rows] == first_id[authors[rows]]]
        row_of[authors[rows]] = rows
    looked()
    return row_of[row_of >= 0]


def _numbered(ids: pd.Series) -> NDArray[np.integer]:
    """Number ids in the order of their texts."""
    if is_numbered(ids):
        return ids.to_numpy(dtype=np.int32)
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[order_of_ids(ids)] = np.arange(len(ids))
    return ranks


def cohort_return(
    posts: pd.DataFrame,
    timezone: str = "UTC",
    *,
    days: int = 7,
    groups: Sequence[str] | None = None,
    last_day: str | None = None,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate how many authors wrote again, by the day on which they first wrote.

    Parameters
    ----------
    posts, timezone, days, last_day
        As for :func:`author_returns`.
    groups : sequence of str, optional
        Groups in the order of the table; those that occur by default.
    min_cell : int, default 10
        Cohorts of fewer authors are hidden, with one more where the total would give a lone one away.
    level : float, default 0.95
        Confidence level of the intervals.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.COHORTS`: for each group its whole (``cohort`` is ``all``) and each day on
        which somebody of it first wrote.

    Raises
    ------
    ParameterError
        As :func:`author_returns`.

    Notes
    -----
    Each author counts once.  Intervals are clustered by the thread of the first post, since one thread may
    bring many who leave again together; see :func:`discourse.compare.contrasts.group_estimate`.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": list("1234"), "author": list("aabc"), "group": "newcomers",
    ...     "thread_id": list("1123"), "created_at": pd.to_datetime(
    ...     ["2025-01-13", "2025-01-15", "2025-01-13", "2025-01-21"], utc=True)})
    >>> cohort_return(posts, min_cell=1)[["cohort", "estimate", "n_authors"]].values.tolist()
    [['all', 0.5, 2], ['2025-01-13', 0.5, 2], ['2025-01-21', nan, 0]]
    """
    authors = author_returns(posts, timezone, days=days, last_day=last_day)
    if authors.empty:
        return COHORTS.empty()
    names = list(groups) if groups is not None else group_order(authors["group"])
    authors = authors.assign(**{name: in_text_order(authors[name]) for name in ("author", "thread_id")})
    rows = [
        {"group": name, "cohort": cohort, "days": days, "level": level} | _estimate(part, days, level)
        for name in names
        for cohort, part in _cohorts(authors[authors["group"] == name])
    ]
    table = COHORTS.conform(pd.DataFrame(rows)) if rows else COHORTS.empty()
    return _hide(table, min_cell)


def _check(posts: pd.DataFrame, days: int) -> None:
    missing = [name for name in _NEEDED if name not in posts.columns]
    if missing:
        raise ParameterError(f"the posts lack {', '.join(missing)}", expected=", ".join(_NEEDED))
    if days < 1:
        raise ParameterError(f"days is {days}", expected="a horizon of 1 day or more")


def _date(day: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(dt.date.fromisoformat(day))
    except ValueError:
        raise ParameterError(f"{day!r} is no day", expected="YYYY-MM-DD, such as 2025-01-31") from None


def _cohorts(authors: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "all", authors
    for cohort, part in authors.groupby("cohort", sort=True):
        yield str(cohort), part


def _estimate(authors: pd.DataFrame, days: int, level: float) -> dict[str, Any]:
    watched = authors[authors["returned"].notna()]
    counts = {"n_authors": len(watched), "n_threads": watched["thread_id"].nunique()}
    blank = dict.fromkeys(("estimate", "low", "high"), float("nan")) | {"method": pd.NA}
    if watched.empty:
        return counts | blank | {"reason": f"the collection ends within {days} days"}
    share = float(watched["returned"].mean())
    try:
        found = group_estimate(watched, "returned", cluster=("author", "thread_id"), level=level).iloc[0]
    except NotMeasurable as error:
        return counts | blank | {"estimate": share, "reason": error.message}
    figures = {name: float(found[name]) for name in ("estimate", "low", "high")}
    return counts | figures | {"method": found["method"], "reason": pd.NA}


def _hide(table: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    out, hidden = table.copy(), np.zeros(len(table), dtype=bool)
    for _, part in table.groupby("group", sort=False):
        days = part[part["cohort"] != "all"]
        hidden[days.index] = hidden_cells(days["n_authors"], min_cell)
        whole = part.index[part["cohort"] == "all"]
        # Where every day is hidden and all of them together are few, so is their sum.
        hidden[whole] = hidden_cells(table.loc[whole, "n_authors"], min_cell)
    for name in (*_COUNTS, "estimate", "low", "high"):
        out[name] = out[name].mask(hidden)
    out["reason"] = out["reason"].mask(hidden, f"fewer than {min_cell} authors")
    return out
