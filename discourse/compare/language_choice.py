"""Who writes in which language to whom, and what it earns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.compare.cells import hidden_cells
from discourse.compare.confounding import language_class
from discourse.compare.contrasts import group_estimate
from discourse.compare.layout import lay_out
from discourse.compare.lookup import rows_of
from discourse.compare.samples import in_text_order, require_columns
from discourse.compare.sentiment import CLUSTER, too_small
from discourse.errors import NotMeasurable
from discourse.tables import LANGUAGE_CHOICE

LANGUAGES = ("zh", "en", "mixed")
OPENING = "opening"
LANGUAGE_METHOD = "cluster-robust (author x thread); likes: mean of log(likes + 1), carried back"


def language_choice(
    posts: pd.DataFrame, groups: Sequence[str], *, min_cell: int = 10, level: float = 0.95
) -> pd.DataFrame:
    """Estimate the share of each language by who writes and who is answered, with the likes of such posts.

    Parameters
    ----------
    posts : DataFrame
        ``post_id``, ``parent_id``, ``thread_id``, ``author``, ``group``, ``lang``, and ``likes`` where known.
    groups : sequence of str
        The groups, in the order of the table.
    min_cell : int
        Cells with fewer authors print no figure; where that leaves a language to be found by subtraction,
        one more is hidden.
    level : float
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.LANGUAGE_CHOICE`.

    Raises
    ------
    ParameterError
        If a column is missing.

    Notes
    -----
    Posts without a language (pictures only) are left out.  Likes are skewed: their mean is taken on the scale
    of log(likes + 1) and carried back; a lower bound (1万+) counts as the number shown, so such cells are a
    little too low.  For likes given everything else see :func:`discourse.compare.engagement.engagement`.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["1", "2"], "parent_id": [None, "1"], "thread_id": "1", "lang": "en",
    ...                       "author": ["a", "b"], "group": ["g", "h"], "likes": [3, 1]})
    >>> table = language_choice(posts, ["g", "h"], min_cell=1)
    >>> table.loc[0, ["group", "parent_group", "lang", "reason"]].tolist()
    ['g', 'opening', 'zh', 'fewer than 100 authors']
    """
    require_columns(posts, ["post_id", "parent_id", "thread_id", "author", "group", "lang"])
    rows = _addressed(posts)
    out = []
    for group in groups:
        of_group = rows[rows["group"] == group]
        for parent in (OPENING, *groups):
            part = of_group[of_group["parent_group"] == parent]
            if part.empty:
                continue
            writers = pd.Series([part.loc[part["lang"] == lang, "author"].nunique() for lang in LANGUAGES])
            hidden = hidden_cells(writers, min_cell)
            for lang, small in zip(LANGUAGES, hidden, strict=True):
                cell = {"group": group, "parent_group": parent, "lang": lang, "level": level}
                out.append(cell | _cell(part, lang, bool(small), min_cell, level))
    return lay_out(LANGUAGE_CHOICE, out, method=LANGUAGE_METHOD)


def _addressed(posts: pd.DataFrame) -> pd.DataFrame:
    group, found = pd.factorize(posts["group"])
    names = [*(str(name) for name in found if name != OPENING), OPENING]
    place = np.array([*(names.index(str(name)) for name in found), -1], dtype=np.int8)
    above = np.append(place[group], np.int8(-1))[rows_of(posts["parent_id"], posts["post_id"])]
    above[posts["parent_id"].isna().to_numpy(dtype=bool)] = len(names) - 1
    parent = pd.Series(
        pd.Categorical.from_codes(above, categories=pd.Index(names, dtype="str")), index=posts.index
    )
    spoken = posts["lang"].notna() & (posts["lang"] != "none")
    rows = posts[["group"]].assign(parent_group=parent, lang=language_class(posts["lang"]).astype("category"))
    # each cell counts and clusters authors and threads: their names are sorted once for all of them
    rows = rows.assign(**{name: in_text_order(posts[name]) for name in ("author", "thread_id")})
    likes = posts["likes"] if "likes" in posts.columns else pd.Series(pd.NA, index=posts.index, dtype="Int64")
    rows["log_likes"] = np.log1p(likes.astype("Float64").to_numpy(np.float64, na_value=np.nan))
    return rows[spoken & rows["parent_group"].notna()]


def _cell(part: pd.DataFrame, lang: str, hidden: bool, min_cell: int, level: float) -> dict[str, Any]:
    inside = part[part["lang"] == lang]
    counts: dict[str, Any] = {
        "n": len(inside),
        "n_authors": inside["author"].nunique(),
        "n_threads": inside["thread_id"].nunique(),
    }
    blank = dict.fromkeys(("estimate", "low", "high", "likes", "likes_low", "likes_high"), np.nan)
    if hidden or part["author"].nunique() < min_cell:
        return dict.fromkeys(counts, pd.NA) | blank | {"reason": f"fewer than {min_cell} authors"}
    if (reason := too_small(part)) is not None:
        return counts | blank | {"reason": reason}
    held = part.assign(held=(part["lang"] == lang).astype("float64"))
    found = group_estimate(held, "held", cluster=CLUSTER, level=level).iloc[0]
    shares = {name: float(found[name]) for name in ("estimate", "low", "high")}
    return counts | blank | shares | _likes(inside, level) | {"reason": pd.NA}


def _likes(inside: pd.DataFrame, level: float) -> dict[str, float]:
    """Give the likes where enough authors stand behind them; nothing otherwise."""
    known = inside[inside["log_likes"].notna()]
    if too_small(known) is not None:
        return {}
    try:
        found = group_estimate(known, "log_likes", cluster=CLUSTER, level=level).iloc[0]
    except NotMeasurable:
        return {}
    names = {"likes": "estimate", "likes_low": "low", "likes_high": "high"}
    return {name: max(0.0, float(np.expm1(found[key]))) for name, key in names.items()}
