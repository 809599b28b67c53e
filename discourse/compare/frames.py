"""How often each group speaks in a frame: shares of posts, with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from discourse.compare.contrasts import group_estimate
from discourse.compare.sentiment import CLUSTER, too_small
from discourse.errors import NotMeasurable, ParameterError
from discourse.tables import FRAMES


def group_frames(
    posts: pd.DataFrame,
    codes: pd.DataFrame,
    groups: Sequence[str],
    *,
    methods: Mapping[str, str],
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate the share of each group's posts that hold each frame.

    Parameters
    ----------
    posts : DataFrame
        One row a post: ``group``, ``author``, ``thread_id``.
    codes : DataFrame
        One boolean column a frame, the same rows in the same order; NA where a post was not coded.
    groups : sequence of str
        The groups, in the order of the table.
    methods : mapping of str to str
        Frame to the way in which it was coded (its lexicon, its model, by hand).
    min_cell : int
        Cells with fewer authors print no count.
    level : float
        Confidence level of the intervals.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.FRAMES`.

    Raises
    ------
    ParameterError
        If the two frames have different lengths.

    Notes
    -----
    A post may hold several frames or none: shares of frames do not add up to one.  Intervals are clustered by
    author and thread.

    Examples
    --------
    >>> posts = pd.DataFrame({"group": "g", "author": ["a", "b"], "thread_id": ["1", "2"]})
    >>> table = group_frames(posts, pd.DataFrame({"protest": [True, False]}), ["g"], methods={"protest": "x"})
    >>> table.loc[0, "reason"]
    'fewer than 10 authors'
    """
    if len(posts) != len(codes):
        raise ParameterError(f"{len(codes)} codes for {len(posts)} posts", expected="one row a post")
    rows = [
        {"frame": str(name), "group": group}
        | _share(posts, codes[name], group, min_cell, level)
        | {"instrument": methods[str(name)]}
        for name in codes.columns
        for group in groups
    ]
    return FRAMES.conform(pd.DataFrame(rows)) if rows else FRAMES.empty()


def _share(posts: pd.DataFrame, code: pd.Series, group: str, min_cell: int, level: float) -> dict[str, Any]:
    known = code.notna().to_numpy() & (posts["group"] == group).to_numpy()
    part = posts.loc[known, ["author", "thread_id"]].assign(held=code[known].astype("float64").to_numpy())
    counts: dict[str, Any] = {
        "n": len(part),
        "n_authors": part["author"].nunique(),
        "n_threads": part["thread_id"].nunique(),
    }
    blank = dict.fromkeys(("estimate", "low", "high"), float("nan")) | {"level": level, "method": pd.NA}
    if 0 < counts["n_authors"] < min_cell:
        return dict.fromkeys(counts, pd.NA) | blank | {"reason": f"fewer than {min_cell} authors"}
    reason = too_small(part)
    if reason is not None:
        return counts | blank | {"reason": reason}
    try:
        found = group_estimate(part, "held", cluster=CLUSTER, level=level).iloc[0]
    except NotMeasurable as error:
        return counts | blank | {"reason": error.message}
    figures = {name: float(found[name]) for name in ("estimate", "low", "high")}
    return counts | figures | {"level": level, "method": found["method"], "reason": pd.NA}
