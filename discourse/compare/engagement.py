"""What goes with likes: negative binomial regression with age, thread and lower bounds taken into account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.confounding import language_classes
from discourse.compare.like_design import READ, LikeDesign, design_of, like_numbers
from discourse.compare.lookup import beside
from discourse.compare.mentions import n_distinct
from discourse.compare.samples import require_columns
from discourse.compare.sentiment import CLUSTER
from discourse.errors import NotMeasurable
from discourse.room import parts, room
from discourse.stats.censored_counts import CountModel, negative_binomial
from discourse.stats.multiple import holm
from discourse.tables import ENGAGEMENT

#: The models: opening posts draw likes in another way than comments do.
MODELS = ("opening", "comments")
ENGAGEMENT_METHOD = (
    "negative binomial (NB2, log link), lower bounds as P(Y >= y), cluster-robust (author x thread)"
)


def engagement(
    posts: pd.DataFrame,
    terms: Mapping[str, Sequence[str]],
    *,
    collected: dt.datetime | None = None,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Regress likes on who wrote a post, in which language, with what stance, about what.

    Parameters
    ----------
    posts : DataFrame
        One row a post: ``post_id``, ``parent_id``, ``thread_id``, ``author``, ``created_at``, ``likes``,
        ``likes_at_least``, ``text`` (or ``length``, its characters) and a column for each term.
    terms : mapping of str to sequence of str
        Column to its values, the first being the one that the others are compared with.  Posts with another
        value, or one with fewer authors than `min_cell`, are left out.
    collected : datetime, optional
        When the posts were collected; the time of the newest post if unknown.
    min_cell : int
        Values with fewer authors are left out of the model.
    level : float
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.ENGAGEMENT`: incidence rate ratios, that is how many times the likes, with
        everything else in the model equal.

    Raises
    ------
    ParameterError
        If a column is missing.

    Notes
    -----
    Age enters as log hours since posting, as a regressor and not as an offset, since likes do not grow in
    proportion to time.  Length enters as log characters.  What a thread gives to its comments enters as the
    log of (1 + likes of the opening post) and whether the comment answers the opening post; what is left in
    common within threads and authors is in the standard errors, which are clustered by both.  Thread
    constants would need many comments a thread with each value, could say nothing of opening posts, and are
    inconsistent in this model (Allison and Waterman 2002, doi:10.1111/1467-9531.00117).  Likes shown as a
    lower bound (1万+) enter as such, see :func:`discourse.stats.censored_counts.negative_binomial`.
    ``p_adjusted``: Holm over the terms of a model.  Associations, not effects: what earns attention was not
    assigned.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["1"], "parent_id": None, "thread_id": "1", "author": "a",
    ...     "created_at": pd.to_datetime(["2025-01-14T00:00Z"]), "likes": [3], "likes_at_least": False,
    ...     "text": "hello", "group": "g"})
    >>> engagement(posts, {"group": ["g", "h"]}, min_cell=1)["reason"].tolist()
    ['fewer than 100 authors', 'no such post with likes was collected']
    """
    require_columns(posts, [*READ, "created_at", "length" if "length" in posts else "text", *terms])
    table = like_numbers(posts, terms, collected)
    parts = [pd.DataFrame(_model_rows(table, model, terms, min_cell, level)) for model in MODELS]
    for part in parts:
        known = part["p"].notna()
        part["p_adjusted"] = np.nan
        part.loc[known, "p_adjusted"] = holm(part.loc[known, "p"].to_numpy(dtype=np.float64))
    out = pd.concat(parts, ignore_index=True)
    return ENGAGEMENT.conform(out.assign(level=level, method=ENGAGEMENT_METHOD))


def like_terms(
    posts: pd.DataFrame, scored: pd.DataFrame, target: str, groups: Sequence[str]
) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]]]:
    """Give posts the regressors that a study has: group, language, stance toward a target.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``group`` and ``lang``.
    scored : DataFrame
        One row a post and target: ``post_id``, ``target``, ``label``.
    target : str
        The target whose stance enters.
    groups : sequence of str
        The groups; the first is the one that others are compared with.

    Returns
    -------
    (DataFrame, dict of str to tuple of str)
        Posts with ``language`` and ``stance``, and the terms for :func:`engagement`.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["1"], "group": "g", "lang": "zh-Hans"})
    >>> scored = pd.DataFrame({"post_id": ["1"], "target": "t", "label": "positive"})
    >>> like_terms(posts, scored, "t", ["g"])[0][["language", "stance"]].values.tolist()
    [['zh', 'positive']]
    """
    of_target = scored[["post_id", "label"]]
    if not (here := scored["target"] == target).all():
        of_target = of_target[here]
    stance = beside(posts["post_id"], of_target["post_id"], of_target["label"])
    if isinstance(stance.dtype, pd.CategoricalDtype) and "absent" not in stance.cat.categories:
        stance = stance.cat.add_categories("absent")
    added = {"language": language_classes(posts["lang"]), "stance": stance.fillna("absent")}
    out = pd.DataFrame({name: posts[name] for name in posts.columns} | added, copy=False)
    return out, {
        "group": tuple(groups),
        "language": ("zh", "en", "mixed"),
        "stance": ("absent", "positive", "neutral", "negative"),
    }


def _model_rows(
    table: pd.DataFrame, model: str, terms: Mapping[str, Sequence[str]], min_cell: int, level: float
) -> list[dict[str, Any]]:
    design = design_of(table, model, terms, min_cell)
    if isinstance(design, str):
        return [_empty(model, design)]
    likes, bounds = _likes(table, design.places)
    try:
        fit = negative_binomial(
            likes,
            design.regressors,
            at_least=bounds,
            clusters=[design.who[name].cat.codes.to_numpy() for name in CLUSTER],
            level=level,
        )
    except NotMeasurable as error:
        return [_empty(model, error.message)]
    return [_row(model, design, name, i, fit) for i, name in enumerate(design.terms) if i > 0]


def _likes(table: pd.DataFrame, places: NDArray[np.int32]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give the likes of some posts, and which are lower bounds."""
    likes, bounds = room(len(places), np.float64), room(len(places), np.bool_)
    for rows in parts(len(places)):
        at = places[rows]
        likes[rows] = table["likes"].iloc[at].to_numpy(np.float64)
        bounds[rows] = table["likes_at_least"].iloc[at].fillna(False).to_numpy(dtype=bool)
    return likes, bounds


def _row(
    model: str,
    design: LikeDesign,
    name: tuple[str, str | None, str | None],
    i: int,
    fit: CountModel,
) -> dict[str, Any]:
    term, value, reference = name
    column = design.regressors.columns[i]
    inside = column[0] == column[1] if isinstance(column, tuple) else np.ones(len(design.places), dtype=bool)
    return {
        "model": model,
        "term": term,
        "level_of": pd.NA if value is None else value,
        "reference": pd.NA if reference is None else reference,
        "estimate": float(np.exp(fit.estimate[i])),
        "low": float(np.exp(fit.low[i])),
        "high": float(np.exp(fit.high[i])),
        "p": float(fit.p[i]),
        "n": int(inside.sum()),
        "n_authors": n_distinct(design.who["author"], inside),
        "n_threads": n_distinct(design.who["thread_id"], inside),
        "n_censored": fit.n_censored,
        "alpha": fit.alpha,
        "reason": pd.NA,
    }


def _empty(model: str, reason: str) -> dict[str, Any]:
    blank = dict.fromkeys(("estimate", "low", "high", "p", "alpha"), np.nan)
    counts = dict.fromkeys(("n", "n_authors", "n_threads", "n_censored"), pd.NA)
    return (
        {"model": model, "term": "constant", "level_of": pd.NA, "reference": pd.NA}
        | blank
        | counts
        | {"reason": reason}
    )
