"""What goes with likes: negative binomial regression with age, thread and lower bounds taken into account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.confounding import language_class
from discourse.compare.lookup import beside, rows_of
from discourse.compare.samples import cluster_codes, in_text_order, require_columns
from discourse.compare.sentiment import too_small
from discourse.errors import NotMeasurable
from discourse.stats.censored_counts import CountModel, negative_binomial
from discourse.stats.multiple import holm
from discourse.tables import ENGAGEMENT

#: The models: opening posts draw likes in another way than comments do.
MODELS = ("opening", "comments")
_READ = ("post_id", "parent_id", "thread_id", "author", "likes", "likes_at_least")
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
    require_columns(posts, [*_READ, "created_at", "length" if "length" in posts else "text", *terms])
    table = _with_numbers(posts, terms, collected)
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
    language = language_class(posts["lang"]).astype("category")
    out = posts.assign(language=language, stance=stance.fillna("absent"))
    return out, {
        "group": tuple(groups),
        "language": ("zh", "en", "mixed"),
        "stance": ("absent", "positive", "neutral", "negative"),
    }


def _with_numbers(
    posts: pd.DataFrame, terms: Mapping[str, Sequence[str]], collected: dt.datetime | None
) -> pd.DataFrame:
    """Give the columns that are read, without texts, the names of authors and threads sorted once for all."""
    times = posts["created_at"]
    end: Any = pd.Timestamp(collected) if collected is not None else times.max()
    end = end.tz_localize("UTC") if end is not pd.NaT and end.tzinfo is None else end
    hours = (-(times - end).dt.total_seconds() / 3600.0).clip(lower=1.0)
    thread = in_text_order(posts["thread_id"])
    opens = posts["parent_id"].isna()
    below = (rows_of(posts["parent_id"], posts.loc[opens, "post_id"]) < 0) & ~opens.to_numpy(dtype=bool)
    read = [*_READ, *(name for name in terms if name not in _READ)]
    return posts[read].assign(
        author=in_text_order(posts["author"]),
        thread_id=thread,
        log_age=np.log(hours.to_numpy(np.float64, na_value=np.nan)),
        log_length=np.log1p(_lengths(posts)),
        log_thread=np.log1p(_opening_likes(thread, opens, posts["likes"])),
        below=below.astype(np.float64),
    )


def _lengths(posts: pd.DataFrame) -> NDArray[np.float64]:
    given = posts["length"] if "length" in posts else posts["text"].fillna("").str.len()
    return np.asarray(given.fillna(0), dtype=np.float64)


def _opening_likes(thread: pd.Series, opens: pd.Series, likes: pd.Series) -> NDArray[np.float64]:
    """Give the likes of the post that opened the thread of each post; NaN where it was not collected."""
    first = np.flatnonzero(opens & ~thread.where(opens).duplicated())
    of_thread = np.full(len(thread.cat.categories) + 1, np.nan)
    shown = likes.iloc[first].astype("Float64").to_numpy(np.float64, na_value=np.nan)
    of_thread[thread.iloc[first].cat.codes] = shown
    of_thread[-1] = np.nan
    return of_thread[thread.cat.codes.to_numpy()]


@dataclass(frozen=True)
class LikeDesign:
    """Posts of one model with its regressors: ``x`` (n, k), and (term, value, reference) of each column."""

    rows: pd.DataFrame
    regressors: Regressors
    terms: list[tuple[str, str | None, str | None]]

    @property
    def x(self) -> NDArray[np.float64]:
        """All regressors at once."""
        return self.regressors.part(slice(None))


@dataclass(frozen=True)
class Regressors:
    """A table of regressors that is laid out part by part.

    ``columns``: a row of numbers, or codes and the one of which the column says whether it stands there; None
    for the constant.
    """

    n: int
    columns: list[NDArray[np.float64] | tuple[NDArray[Any], int] | None]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.n, len(self.columns)

    def part(self, rows: slice) -> NDArray[np.float64]:
        """Lay out some of the rows."""
        size = len(range(*rows.indices(self.n)))
        laid: list[NDArray[np.float64]] = []
        for column in self.columns:
            if column is None:
                laid.append(np.ones(size))
            elif isinstance(column, tuple):
                laid.append((column[0][rows] == column[1]).astype(np.float64))
            else:
                laid.append(column[rows])
        return np.asarray(np.column_stack(laid), dtype=np.float64)


def like_design(
    posts: pd.DataFrame,
    model: str,
    terms: Mapping[str, Sequence[str]],
    *,
    collected: dt.datetime | None = None,
    min_cell: int = 10,
) -> LikeDesign | str:
    """Choose the posts of a model of likes and lay out its regressors.

    Parameters
    ----------
    posts, terms, collected, min_cell
        As for :func:`engagement`.
    model : {"opening", "comments"}
        Which posts.

    Returns
    -------
    LikeDesign or str
        The constant stands first; or the reason why there is no such model.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["1"], "parent_id": None, "thread_id": "1", "author": "a",
    ...     "created_at": pd.to_datetime(["2025-01-14T00:00Z"]), "likes": [3], "likes_at_least": False,
    ...     "text": "hello", "group": "g"})
    >>> like_design(posts, "opening", {"group": ["g", "h"]})
    'fewer than 100 authors'
    """
    return _design_of(_with_numbers(posts, terms, collected), model, terms, min_cell)


def _design_of(
    table: pd.DataFrame, model: str, terms: Mapping[str, Sequence[str]], min_cell: int
) -> LikeDesign | str:
    of_model = table["parent_id"].isna() if model == "opening" else table["parent_id"].notna()
    numbers = ["log_age", "log_length"] + ([] if model == "opening" else ["log_thread", "below"])
    known = of_model & table["likes"].notna() & table["author"].notna()
    for name in numbers:
        known &= table[name].notna()
    rows = table[known]
    if (reason := _refusal(rows)) is not None:
        return reason
    levels = {}
    for name, values in terms.items():
        levels[name] = _levels(rows, name, values, min_cell)
        if not (kept := rows[name].isin(levels[name])).all():
            rows = rows[kept]
    if (reason := _refusal(rows)) is not None:
        return reason
    used = {name: [v for v in values if (rows[name] == v).any()] for name, values in levels.items()}
    return LikeDesign(rows, *_design(rows, used, numbers))


def _model_rows(
    table: pd.DataFrame, model: str, terms: Mapping[str, Sequence[str]], min_cell: int, level: float
) -> list[dict[str, Any]]:
    design = _design_of(table, model, terms, min_cell)
    if isinstance(design, str):
        return [_empty(model, design)]
    rows = design.rows
    clusters = [cluster_codes(rows[name]) for name in ("author", "thread_id")]
    bounds = rows["likes_at_least"].fillna(False).to_numpy(dtype=bool)
    try:
        fit = negative_binomial(
            rows["likes"].to_numpy(np.int64),
            design.regressors,
            at_least=bounds,
            clusters=clusters,
            level=level,
        )
    except NotMeasurable as error:
        return [_empty(model, error.message)]
    return [_row(model, rows, name, i, fit) for i, name in enumerate(design.terms) if i > 0]


def _refusal(rows: pd.DataFrame) -> str | None:
    return "no such post with likes was collected" if rows.empty else too_small(rows)


def _levels(rows: pd.DataFrame, name: str, values: Sequence[str], min_cell: int) -> list[str]:
    authors = rows.groupby(name, observed=True)["author"].nunique()
    return [value for value in values if authors.get(value, 0) >= min_cell]


def _design(
    rows: pd.DataFrame, used: Mapping[str, Sequence[str]], numbers: Sequence[str]
) -> tuple[Regressors, list[tuple[str, str | None, str | None]]]:
    """Lay out a constant, a dummy for each value but the first, and the numbers, centred."""
    columns: list[NDArray[np.float64] | tuple[NDArray[Any], int] | None] = [None]
    listed: list[tuple[str, str | None, str | None]] = [("constant", None, None)]
    for name, values in used.items():
        codes = rows[name].astype("category").cat.set_categories(list(values)).cat.codes.to_numpy()
        for code, value in enumerate(values[1:], start=1):
            columns.append((codes, code))
            listed.append((name, value, values[0]))
    for name in numbers:
        number = rows[name].to_numpy(dtype=np.float64)
        if np.ptp(number) > 0:
            columns.append(number - number.mean())
            listed.append((name, None, None))
    return Regressors(len(rows), columns), listed


def _row(
    model: str,
    rows: pd.DataFrame,
    name: tuple[str, str | None, str | None],
    i: int,
    fit: CountModel,
) -> dict[str, Any]:
    term, value, reference = name
    part = rows if value is None else rows.loc[rows[term] == value, ["author", "thread_id"]]
    return {
        "model": model,
        "term": term,
        "level_of": pd.NA if value is None else value,
        "reference": pd.NA if reference is None else reference,
        "estimate": float(np.exp(fit.estimate[i])),
        "low": float(np.exp(fit.low[i])),
        "high": float(np.exp(fit.high[i])),
        "p": float(fit.p[i]),
        "n": len(part),
        "n_authors": part["author"].nunique(),
        "n_threads": part["thread_id"].nunique(),
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
