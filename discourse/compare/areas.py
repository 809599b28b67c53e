"""Where the tone differs: means of places, partially pooled."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from discourse.compare.cells import hidden_cells
from discourse.compare.contrasts import group_estimate
from discourse.compare.lookup import beside
from discourse.compare.mentions import equals
from discourse.compare.samples import in_text_order, require_columns, taken
from discourse.compare.sentiment import CLUSTER
from discourse.errors import NotMeasurable
from discourse.room import laid
from discourse.room import places as room_places
from discourse.stats.distinct import counted, distinct_owners
from discourse.stats.pooling import Between, partial_pooling
from discourse.tables import AREAS

#: Fewer areas share nothing that could be told from any of them.
MIN_AREAS = 3
NO_SPREAD = "all scores of a place are alike: no interval can be given"
AREA_METHOD = "normal-normal partial pooling, tau2 by {method}, smoothed clustered variances"


def area_means(
    scored: pd.DataFrame,
    places: pd.Series,
    target: str,
    *,
    group: str = "all",
    within: str = "",
    method: Between = "reml",
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate the mean stance of each place, small places pulled toward the mean of all.

    Parameters
    ----------
    scored : DataFrame
        One row a post and target: ``post_id``, ``target``, ``author``, ``thread_id``, ``group``, ``score``.
    places : Series of str
        Place of each post, by ``post_id``: ISO 3166 country or Chinese province (CN-GD), as in
        ``posts.ip_location``.
    target : str
        The target.
    group : str
        Group whose posts count; ``all`` for everybody.
    within : str
        Beginning of the places that count (``CN-`` for the provinces of China); countries other than China if
        it is ``"abroad"``; all if empty.
    method : {"reml", "dl"}
        Estimator of the variance between places.
    min_cell : int
        Places with fewer authors take part in no figure.
    level : float
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.AREAS`, highest pooled mean first, hidden places last.

    Raises
    ------
    ParameterError
        If a column is missing.

    Notes
    -----
    The variance of a place's mean is the pooled variance of scores within places, times the design effect of
    authors and threads over all places, over the number of posts: direct variances of small places are
    themselves too noisy to weigh by (Fay and Herriot 1979, doi:10.1080/01621459.1979.10482505, on smoothing;
    Rao and Molina 2015, *Small Area Estimation*, doi:10.1002/9781118735855).  Pooling:
    :func:`discourse.stats.pooling.partial_pooling`.

    Examples
    --------
    >>> scored = pd.DataFrame({"post_id": ["1"], "target": "t", "author": "a", "thread_id": "1", "group": "g",
    ...                        "score": [0.5]})
    >>> area_means(scored, pd.Series({"1": "CN-GD"}), "t")["reason"].tolist()
    ['fewer than 10 authors']
    """
    require_columns(scored, ["post_id", "target", "author", "thread_id", "group", "score"])
    kept = equals(scored["target"], target) & scored["score"].notna().to_numpy(dtype=bool)
    kept &= scored["author"].notna().to_numpy(dtype=bool)
    if group != "all":
        kept &= equals(scored["group"], group)
    rows = taken(scored[["post_id", "author", "thread_id", "score"]], room_places(kept))
    rows = rows.assign(area=_area(beside(rows["post_id"], places.index.to_series(), places), within))
    rows = taken(rows.drop(columns="post_id"), room_places(rows["area"].notna().to_numpy(dtype=bool)))
    if rows.empty:
        return AREAS.empty()
    table = _counts(rows, min_cell)
    table = table.join(_pooled(_within(rows, table.index[table["reason"].isna()]), method, level))
    table["method"] = AREA_METHOD.format(method="REML" if method == "reml" else "DerSimonian and Laird")
    few = table["reason"].isna() & table["estimate"].isna()
    enough = int(few.sum()) >= MIN_AREAS
    table.loc[few, "reason"] = NO_SPREAD if enough else f"fewer than {MIN_AREAS} places with enough authors"
    table = table.reset_index().assign(target=target, group=group, level=level)
    table["_order"] = table["estimate"].round(9)
    order = table.sort_values(
        ["_order", "raw", "area"], ascending=[False, False, True], na_position="last", kind="stable"
    )
    return AREAS.conform(order.drop(columns="_order"))


def _area(places: pd.Series, within: str) -> pd.Series:
    """Give places as categories in the order of their codes; NA outside of what is looked at."""
    if isinstance(places.dtype, pd.CategoricalDtype):
        found, names = places.cat.codes.to_numpy(), places.cat.categories
    else:
        found, names = pd.factorize(places)
    names = pd.Index(names, dtype="str")
    inside = names.str.startswith("CN" if within == "abroad" else within) != (within == "abroad")
    chosen = sorted(names[inside])
    place = {name: code for code, name in enumerate(chosen)}
    kind = np.min_scalar_type(-1 - len(chosen))
    codes = laid(np.array([*(place.get(name, -1) for name in names), -1], dtype=kind), found)
    whole = pd.Categorical.from_codes(codes, categories=pd.Index(chosen, dtype="str"), ordered=True)
    return pd.Series(whole, index=places.index)


def _within(rows: pd.DataFrame, areas: pd.Index) -> pd.DataFrame:
    kept = rows["area"].isin(areas).to_numpy(dtype=bool)
    return rows if kept.all() else taken(rows, room_places(kept))


def _counts(rows: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    kind: Any = rows["area"].dtype
    codes = rows["area"].cat.codes.to_numpy()
    size = len(rows["area"].cat.categories)
    n = counted(codes, size)
    n_authors = distinct_owners(in_text_order(rows["author"]).cat.codes.to_numpy(), codes, size)
    there = np.flatnonzero(n)
    index = pd.CategoricalIndex(pd.Categorical.from_codes(there, dtype=kind), name="area")
    table = pd.DataFrame({"n": n[there], "n_authors": n_authors[there]}, index=index)
    hidden = hidden_cells(table["n_authors"], min_cell)
    table["reason"] = pd.Series(pd.NA, index=table.index, dtype="object")
    table.loc[hidden, "reason"] = f"fewer than {min_cell} authors"
    table["n"] = table["n"].astype("Int64").mask(hidden)
    table["n_authors"] = table["n_authors"].astype("Int64").mask(hidden)
    return table


def _pooled(rows: pd.DataFrame, method: Between, level: float) -> pd.DataFrame:
    by_area = rows.groupby("area")["score"]
    means, n = by_area.mean().sort_index(), by_area.size().sort_index()
    names = ["estimate", "low", "high", "raw", "weight", "mean", "tau"]
    if len(means) < MIN_AREAS:
        return pd.DataFrame(np.nan, index=means.index, columns=names)
    centred = rows.assign(score=rows["score"] - by_area.transform("mean"))
    variance = float((centred["score"] ** 2).sum() / max(len(rows) - len(means), 1))
    if variance == 0.0:
        return pd.DataFrame(np.nan, index=means.index, columns=names)
    try:
        found = partial_pooling(
            means.to_numpy(),
            variance * _design_effect(centred, variance) / n.to_numpy(np.float64),
            method=method,
            level=level,
        )
    except NotMeasurable:
        return pd.DataFrame(np.nan, index=means.index, columns=names)
    figures: dict[str, Any] = {
        "estimate": found.estimate,
        "low": found.low,
        "high": found.high,
        "raw": means.to_numpy(),
        "weight": found.weight,
        "mean": found.mean,
        "tau": found.tau2**0.5,
    }
    return pd.DataFrame(figures, index=means.index)


def _design_effect(centred: pd.DataFrame, variance: float) -> float:
    """How much authors and threads widen a mean, over all places together; never below one."""
    try:
        se = float(group_estimate(centred, "score", cluster=CLUSTER).iloc[0]["se"])
    except NotMeasurable:
        return 1.0
    return max(1.0, se**2 / (variance / len(centred)))
