"""Who writes in which language to whom, and what it earns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.cells import hidden_cells
from discourse.compare.confounding import language_classes
from discourse.compare.contrasts import group_estimate
from discourse.compare.layout import lay_out
from discourse.compare.lookup import rows_of
from discourse.compare.mentions import equals, n_distinct
from discourse.compare.reply_pairs import group_places
from discourse.compare.samples import as_shares, in_text_order, require_columns, taken
from discourse.compare.sentiment import CLUSTER, too_small
from discourse.errors import NotMeasurable
from discourse.room import laid, parts, places, room
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
    spoken = _addressed(posts, groups)
    # each cell counts and clusters authors and threads: their names are sorted once for all of them
    names = {name: in_text_order(posts[name]) for name in ("author", "thread_id")}
    likes = posts["likes"] if "likes" in posts.columns else pd.Series(pd.NA, index=posts.index, dtype="Int64")
    out = []
    for number, group in enumerate(groups):
        for parent in (OPENING, *groups):
            rows = places((spoken.group == number) & (spoken.parent == spoken.places[parent]))
            if not len(rows):
                continue
            part = taken(pd.DataFrame(names, copy=False), rows)
            lang, shown = laid(spoken.lang, rows), taken(likes.to_frame("likes"), rows)["likes"]
            inside = [lang == place for place in range(len(LANGUAGES))]
            writers = pd.Series([n_distinct(part["author"], here) for here in inside])
            hidden = hidden_cells(writers, min_cell)
            for place, small in enumerate(hidden):
                cell = {"group": group, "parent_group": parent, "lang": LANGUAGES[place], "level": level}
                out.append(cell | _cell(part, inside[place], shown, bool(small), min_cell, level))
    return lay_out(LANGUAGE_CHOICE, out, method=LANGUAGE_METHOD)


class _Spoken(NamedTuple):
    """Who writes to whom in which language: places among the groups, what is answered, the languages.

    ``places``: the number of each group among those that are answered; -1 elsewhere is none of these.
    """

    group: NDArray[np.integer]
    parent: NDArray[np.integer]
    lang: NDArray[np.integer]
    places: dict[str, int]


def _addressed(posts: pd.DataFrame, groups: Sequence[str]) -> _Spoken:
    names = [*(group for group in groups if group != OPENING), OPENING]
    group = group_places(posts["group"], groups)
    answered = np.append(group_places(posts["group"], names), np.int8(-1))
    parent = laid(answered, rows_of(posts["parent_id"], posts["post_id"]))
    parent[posts["parent_id"].isna().to_numpy(dtype=bool)] = len(names) - 1
    classes = language_classes(posts["lang"]).cat
    place = [LANGUAGES.index(name) if name in LANGUAGES else -1 for name in classes.categories]
    lang = laid(np.array(place, dtype=np.int8), classes.codes.to_numpy())
    silent = posts["lang"].isna().to_numpy(dtype=bool) | equals(posts["lang"], "none")
    parent[silent] = -1
    return _Spoken(group, parent, lang, {name: number for number, name in enumerate(names)})


def _cell(
    part: pd.DataFrame, here: NDArray[np.bool_], shown: pd.Series, hidden: bool, min_cell: int, level: float
) -> dict[str, Any]:
    counts: dict[str, Any] = {
        "n": int(here.sum()),
        "n_authors": n_distinct(part["author"], here),
        "n_threads": n_distinct(part["thread_id"], here),
    }
    blank = dict.fromkeys(("estimate", "low", "high", "likes", "likes_low", "likes_high"), np.nan)
    if hidden or n_distinct(part["author"]) < min_cell:
        return dict.fromkeys(counts, pd.NA) | blank | {"reason": f"fewer than {min_cell} authors"}
    if (reason := too_small(part)) is not None:
        return counts | blank | {"reason": reason}
    held = part.assign(held=as_shares(here))
    found = group_estimate(held, "held", cluster=CLUSTER, level=level).iloc[0]
    shares = {name: float(found[name]) for name in ("estimate", "low", "high")}
    return counts | blank | shares | _likes(part, here, shown, level) | {"reason": pd.NA}


def _likes(part: pd.DataFrame, here: NDArray[np.bool_], shown: pd.Series, level: float) -> dict[str, float]:
    """Give the likes where enough authors stand behind them; nothing otherwise."""
    at = places(here & shown.notna().to_numpy(dtype=bool))
    log_likes = room(len(at), np.float64)
    for rows in parts(len(at)):
        log_likes[rows] = np.log1p(shown.iloc[at[rows]].to_numpy(np.float64))
    known = taken(part, at).assign(log_likes=log_likes)
    if too_small(known) is not None:
        return {}
    try:
        found = group_estimate(known, "log_likes", cluster=CLUSTER, level=level).iloc[0]
    except NotMeasurable:
        return {}
    names = {"likes": "estimate", "likes_low": "low", "likes_high": "high"}
    return {name: max(0.0, float(np.expm1(found[key]))) for name, key in names.items()}
