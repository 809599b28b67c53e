"""Influence from several kinds of attention, weighted by entropy; high and low compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.cells import hidden_cells
from discourse.compare.contrasts import group_estimate
from discourse.compare.layout import lay_out
from discourse.compare.lookup import rows_of
from discourse.compare.mentions import equals, n_distinct
from discourse.compare.samples import in_text_order, require_columns, taken
from discourse.compare.sentiment import CLUSTER, too_small
from discourse.errors import NotMeasurable
from discourse.room import AT_ONCE, laid, looked, parts, places, room
from discourse.stats.distinct import counted, distinct_owners
from discourse.stats.effects import wilson
from discourse.stats.entropy_weights import entropy_weights
from discourse.tables import INFLUENCE, INFLUENCE_WEIGHTS

#: Share of authors, by score, that count as influential.
HIGH = 0.2


def author_influence(posts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Score the attention that each author received.

    Parameters
    ----------
    posts : DataFrame
        ``post_id``, ``parent_id``, ``author``, ``group``; of ``likes``, ``comments``, ``collects``,
        ``shares`` those that the platform gives.

    Returns
    -------
    (DataFrame, DataFrame)
        Authors with ``author``, ``group``, ``score`` in [0, 1] and ``influence`` (high for the upper fifth,
        else low), never to be published author by author; and
        :data:`discourse.tables.INFLUENCE_WEIGHTS`.

    Raises
    ------
    NotMeasurable
        If nobody received any attention.
    ParameterError
        If a column is missing.

    Notes
    -----
    Indicators are summed over an author's posts: likes, comments shown, collects, shares; answers collected
    (by others), and how many people gave them.  Entropy weights as
    :func:`discourse.stats.entropy_weights.entropy_weights`; groups of influence after Feng, Dong and Lei
    (2025) arXiv:2510.18894.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["1", "2"], "parent_id": [None, "1"], "author": ["a", "b"],
    ...                       "group": "g", "likes": [9, 1]})
    >>> author_influence(posts)[0][["author", "influence"]].values.tolist()
    [['a', 'high'], ['b', 'low']]
    """
    require_columns(posts, ["post_id", "parent_id", "author", "group"])
    attention = [name for name in ("likes", "comments", "collects", "shares") if name in posts.columns]
    named = in_text_order(posts["author"])
    author, size = named.cat.codes.to_numpy(), len(named.cat.categories)
    first = _first_posts(author, size)
    there = np.flatnonzero(first >= 0)
    names = named.cat.categories[there]
    if isinstance(named.cat.categories, pd.RangeIndex):  # numbers in the order of names stay numbers
        names = names.astype(np.int32)
    sums = pd.DataFrame(index=pd.Index(names, name="author"))
    for name in attention:
        total = _summed(posts[name], author, size)
        if total is not None:
            sums[name] = total[there]
    answered, by = _answers(posts, author)
    sums["answers"] = counted(answered, size)[there].astype(np.float64)
    # who answers somebody often counts once
    sums["answerers"] = distinct_owners(by, answered, size)[there].astype(np.float64)
    found = entropy_weights(sums.to_numpy())
    table = pd.DataFrame(
        {
            "indicator": sums.columns,
            "entropy": found.entropy,
            "weight": found.weights,
            "total": sums.sum().to_numpy().round().astype(np.int64),
            "n_authors": (sums > 0).sum().to_numpy(),
        }
    )
    authors = pd.DataFrame({"author": sums.index, "score": found.score.round(12)})
    authors["group"] = posts["group"].iloc[first[there]].astype("str").array
    order = authors.sort_values(["score", "author"], ascending=[False, True]).index
    authors["influence"] = "low"
    authors.loc[order[: max(1, round(HIGH * len(authors)))], "influence"] = "high"
    return authors, INFLUENCE_WEIGHTS.conform(table)


def _first_posts(author: NDArray[Any], size: int) -> NDArray[np.int32]:
    """Give the first post of each author; -1 where there is none."""
    first = np.full(size + 1, -1, dtype=np.int32)  # the last is that of unknown authors
    for start in reversed(range(0, len(author), AT_ONCE)):
        part = author[start : start + AT_ONCE]
        first[part[::-1]] = np.arange(start, start + len(part), dtype=np.int32)[::-1]
        looked()
    return first[:-1]


def _summed(given: pd.Series, author: NDArray[Any], size: int) -> NDArray[np.float64] | None:
    """Sum numbers by author; None where none is known."""
    total, any_shown = np.zeros(size), False
    for rows in parts(len(author)):
        values, by = given.iloc[rows].to_numpy(np.float64, na_value=np.nan), author[rows]
        shown = ~np.isnan(values) & (by >= 0)
        any_shown |= bool(shown.any())
        np.add.at(total, by[shown], values[shown])
    return total if any_shown else None


def _answers(posts: pd.DataFrame, author: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Give the author who is answered and the one who answers, of each answer to somebody else."""
    part = posts[["parent_id", "post_id"]]
    if author.min(initial=0) < 0:
        known = author >= 0
        part, author = part.iloc[np.flatnonzero(known)], laid(author, known)
    above = rows_of(part["parent_id"], part["post_id"])
    answered, other = room(len(above), author.dtype), np.zeros(len(above), dtype=bool)
    for rows in parts(len(above)):
        at = above[rows]
        answered[rows] = author[at]
        other[rows] = (at >= 0) & (answered[rows] != author[rows])
    return laid(answered, other), laid(author, other)


def compare_influence(
    posts: pd.DataFrame,
    authors: pd.DataFrame,
    scored: pd.DataFrame,
    target: str,
    groups: Sequence[str],
    *,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Compare authors of high and of low influence: who they are, how much they write, how they feel.

    Parameters
    ----------
    posts : DataFrame
        ``post_id``, ``author``, ``thread_id``.
    authors : DataFrame
        From :func:`author_influence`.
    scored : DataFrame
        One row a post and target: ``post_id``, ``target``, ``author``, ``thread_id``, ``score``.
    target : str
        The target of the stance.
    groups : sequence of str
        The groups.
    min_cell : int
        Cells with fewer authors print no figure.
    level : float
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.INFLUENCE`: for each group ``share`` (of its authors who are of high
        influence), for each group and influence ``posts`` (mean number an author) and ``stance`` (mean toward
        the target).

    Examples
    --------
    >>> authors = pd.DataFrame({"author": ["a"], "group": "g", "score": 1.0, "influence": "high"})
    >>> posts = pd.DataFrame({"post_id": ["1"], "author": "a", "thread_id": "1"})
    >>> scored = posts.assign(target="t", score=0.5)
    >>> compare_influence(posts, authors, scored, "t", ["g"])["reason"].unique().tolist()
    ['fewer than 10 authors', 'nobody of this group']
    """
    known = equals(scored["target"], target) & scored["score"].notna().to_numpy(dtype=bool)
    of_author = _place_of(authors["author"], in_text_order(scored["author"]))
    by = in_text_order(posts["author"])
    number = counted(by.cat.codes.to_numpy(), len(by.cat.categories))
    place = _place_of(authors["author"], by)[:-1]
    written = np.full(len(authors), np.nan)
    written[place[place >= 0]] = number[place >= 0]
    people = authors.assign(posts=np.where(written > 0, written, np.nan))
    rows: list[dict[str, Any]] = []
    for group in groups:
        of_group = people[people["group"] == group]
        sizes = pd.Series([(of_group["influence"] == side).sum() for side in ("high", "low")])
        hidden = hidden_cells(sizes, min_cell)
        for side, small in zip(("high", "low"), hidden, strict=True):
            part = of_group[of_group["influence"] == side]
            cell = {"group": group, "influence": side, "level": level}
            if small or part.empty:
                reason = f"fewer than {min_cell} authors" if small else "nobody of this group"
                rows += [cell | {"measure": m, "reason": reason} for m in ("share", "posts", "stance")]
                continue
            rows.append(cell | {"measure": "share"} | _share(part, of_group, level))
            rows.append(cell | {"measure": "posts"} | _posts(part, level))
            chosen = (authors["group"] == group) & (authors["influence"] == side)
            inside = np.append(chosen.to_numpy(dtype=bool), False)  # the last is an author without posts
            stance = _of_authors(scored, inside[of_author], known)
            rows.append(cell | {"measure": "stance"} | _stance(stance, min_cell, level))
    return lay_out(INFLUENCE, rows)


def _place_of(authors: pd.Series, named: pd.Series) -> NDArray[np.int32]:
    """Give the row of each author among some; -1 where there is none, and last of all for the unknown."""
    found = pd.Index(authors).get_indexer(pd.Index(named.cat.categories))
    return np.append(found, -1).astype(np.int32)


def _of_authors(scored: pd.DataFrame, inside: NDArray[np.bool_], known: NDArray[np.bool_]) -> pd.DataFrame:
    """Take the scores of some authors, where they are known."""
    chosen = laid(inside, in_text_order(scored["author"]).cat.codes.to_numpy())
    chosen &= known
    return taken(scored[["author", "thread_id", "score"]], places(chosen))


def _share(part: pd.DataFrame, of_group: pd.DataFrame, level: float) -> dict[str, Any]:
    found = wilson(len(part), len(of_group), level=level)
    return {
        "estimate": len(part) / len(of_group),
        "low": float(found.low),
        "high": float(found.high),
        "n": int(part["posts"].sum()),
        "n_authors": len(part),
        "method": "Wilson, authors as units",
    }


def _posts(part: pd.DataFrame, level: float) -> dict[str, Any]:
    counts = {"n": int(part["posts"].sum()), "n_authors": len(part)}
    try:
        found = group_estimate(part, "posts", cluster="author", level=level).iloc[0]
    except NotMeasurable as error:
        return counts | {"reason": error.message}
    figures = {name: float(found[name]) for name in ("estimate", "low", "high")}
    return counts | figures | {"method": "t interval, authors as units"}


def _stance(part: pd.DataFrame, min_cell: int, level: float) -> dict[str, Any]:
    counts: dict[str, Any] = {"n": len(part), "n_authors": n_distinct(part["author"])}
    if 0 < counts["n_authors"] < min_cell:
        return {"n": pd.NA, "n_authors": pd.NA, "reason": f"fewer than {min_cell} authors"}
    if (reason := too_small(part)) is not None:
        return counts | {"reason": reason}
    try:
        found = group_estimate(part, "score", cluster=CLUSTER, level=level).iloc[0]
    except NotMeasurable as error:
        return counts | {"reason": error.message}
    figures = {name: float(found[name]) for name in ("estimate", "low", "high")}
    return counts | figures | {"method": found["method"]}
