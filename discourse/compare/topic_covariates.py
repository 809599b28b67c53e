"""What goes with talking about a topic: group, language, time and other traits of posts at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from discourse.compare.confounding import language_classes
from discourse.compare.model_uncertainty import combine
from discourse.compare.samples import require_columns
from discourse.compare.standing import Standing, put_in_order
from discourse.compare.topic_design import DesignedPosts, Terms, TopicDesign, topic_design
from discourse.compare.topic_shares import posts_of
from discourse.errors import NotMeasurable, ParameterError
from discourse.room import laid, looked, room
from discourse.stats import benjamini_hochberg
from discourse.stats.crossed_regression import coefficients, crossed_regression
from discourse.tables import TOPIC_COVARIATES
from discourse.topics.model import TopicModel
from discourse.topics.stability import Refits

Floats = NDArray[np.float64]
#: The column that a covariate is made of, where it has another name.
MADE_OF = {
    "language": "lang",
    "kind": "parent_id",
    "week": "created_at",
    "length": "text",
}
METHOD = "least squares, cluster-robust t interval (author x thread_id)"
_FIGURES = ("estimate", "low", "high", "se", "model_share", "p", "p_adjusted")
# Posts whose shares are looked at at once.
_AT_ONCE = 50_000
# A column of an export with more values than this is no trait but a text.
_MOST_VALUES = 12


def topic_covariates(
    model: TopicModel,
    frame: pd.DataFrame,
    terms: Terms,
    *,
    refits: Refits | None = None,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Regress the share of each topic on traits of the posts, all at once.

    Parameters
    ----------
    model : TopicModel
        The fitted model.
    frame : DataFrame
        The posts that were fitted, in the same order, with ``author``, ``thread_id`` and a column for each
        term.
    terms : mapping of str to sequence of str or None
        Column to its values, the first being the one that the others are compared with; None for a number,
        whose coefficient is that of one unit.  See :func:`topic_terms`.
    refits : Refits, optional
        Fits of the model to samples of the authors (:func:`discourse.refit`); with them intervals hold the
        model's uncertainty too.
    min_cell : int, default 10
        Values with fewer authors are left out of the model, and their posts with them.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.TOPIC_COVARIATES`: differences of mean shares, with everything else in the
        model equal.

    Raises
    ------
    ParameterError
        If a column is missing, or there is not one row a post.

    Notes
    -----
    As ``estimateEffect`` of stm (Roberts, Stewart and Airoldi 2016, doi:10.1080/01621459.2016.1141684): least
    squares of the shares, the model's uncertainty by the method of composition, here with fits to bootstrap
    samples of the authors in the place of draws from a posterior, added by Rubin's rules
    (:func:`discourse.compare.model_uncertainty.combine`).  Standard errors are clustered by author and thread
    (:func:`discourse.stats.crossed_regression`).  p-values are adjusted over the topics of a language, term
    by term (Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x).  Associations, not effects.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> posts = pd.DataFrame({"author": list("wxyz"), "thread_id": list("1234"), "group": list("aabb")})
    >>> model = fit_topics(["cats purr", "cats nap", "courts ban apps", "courts sue apps"], 2)
    >>> topic_covariates(model, posts, {"group": ["a", "b"]}, min_cell=1)["reason"].unique().tolist()
    ['fewer than 100 authors']
    """
    require_columns(frame, ["author", "thread_id", *terms])
    if len(frame) != len(model.prevalence):
        raise ParameterError(
            f"{len(frame)} posts for a model of {len(model.prevalence)}",
            expected="the posts that were fitted",
        )
    posts = DesignedPosts.of(frame, terms)
    with threadpool_limits(1):  # sums so small that threads would only wait for each other
        rows = [
            {"lang": lang, "level": level} | row
            for lang in dict.fromkeys(model.topic_langs)
            for row in _of_language(model, posts, lang, terms, refits, min_cell, level)
        ]
    return _adjusted(TOPIC_COVARIATES.conform(pd.DataFrame(rows))) if rows else TOPIC_COVARIATES.empty()


def topic_terms(
    posts: pd.DataFrame, groups: Sequence[str], covariates: Sequence[str] = ("language", "kind", "week")
) -> tuple[pd.DataFrame, dict[str, tuple[str, ...] | None]]:
    """Give posts the regressors that a study names.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``group`` and what the covariates are made of.
    groups : sequence of str
        The groups; the first is the one that others are compared with.
    covariates : sequence of str
        ``language`` (zh, en, mixed), ``kind`` (opening post or comment), ``week`` (weeks since the first
        post), ``likes`` (logarithm of 1 + likes), ``length`` (logarithm of 1 + characters), ``platform``, or
        any other column: a number as it is, else its up to twelve commonest values.

    Returns
    -------
    (DataFrame, dict)
        The posts with a column for each covariate, and the terms for :func:`topic_covariates`.  What does not
        vary is left out.

    Raises
    ------
    ParameterError
        If there is no such column.

    Examples
    --------
    >>> posts = pd.DataFrame({"group": ["a", "b"], "lang": ["zh-Hans", "en"], "kind": "post",
    ...     "created_at": pd.to_datetime(["2025-01-13", "2025-01-20"], utc=True), "parent_id": None})
    >>> topic_terms(posts, ["a", "b"])[1]
    {'group': ('a', 'b'), 'language': ('zh', 'en'), 'week': None}
    """
    out, terms = posts.copy(deep=False), {"group": tuple(groups)}
    found: dict[str, tuple[str, ...] | None] = dict(terms)
    for name in covariates:
        values, listed = _covariate(posts, name)
        out[name] = values
        if values.nunique() > 1:
            found[name] = listed
    return out, found


def _covariate(posts: pd.DataFrame, name: str) -> tuple[pd.Series, tuple[str, ...] | None]:
    """Make one covariate: its values, and those of a factor in their order."""
    if name == "language":
        of = language_classes(posts["lang"])
        return of, tuple(lang for lang in ("zh", "en", "mixed") if (of == lang).any())
    if name == "kind":
        opening = posts["parent_id"].isna().to_numpy(dtype=bool).astype(np.int8)
        kinds = pd.Categorical.from_codes(opening, categories=pd.Index(["comment", "opening"], dtype="str"))
        return pd.Series(kinds, index=posts.index), ("opening", "comment")
    if name == "week":
        return pd.Series(_weeks(posts["created_at"]), index=posts.index, copy=False), None
    if name in ("likes", "length"):
        number = posts["likes"] if name == "likes" else posts["text"].str.len()
        return pd.Series(np.log1p(_number(number)), index=posts.index), None
    require_columns(posts, [name])
    column = posts[name]
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return pd.Series(_number(column), index=posts.index), None
    text = column.astype("str").where(column.notna())
    sizes = text.value_counts()
    common = sorted(sizes.index, key=lambda value: (-int(sizes[value]), str(value)))[:_MOST_VALUES]
    return text, tuple(map(str, common))


def _weeks(times: pd.Series) -> Floats:
    """Give weeks since the first post."""
    first, weeks = times.min(), room(len(times), np.float64)
    for start in range(0, len(times), _AT_ONCE):
        part = times.iloc[start : start + _AT_ONCE]
        weeks[start : start + len(part)] = (part - first).dt.total_seconds() / 604_800.0
        looked()
    return weeks


def _number(column: pd.Series) -> Floats:
    return np.array(column.astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan))


def _of_language(
    model: TopicModel,
    posts: DesignedPosts,
    lang: str,
    terms: Terms,
    refits: Refits | None,
    min_cell: int,
    level: float,
) -> Iterator[dict[str, Any]]:
    topics, labels = [t for t, of in enumerate(model.topic_langs) if of == lang], model.labels()
    design = topic_design(posts, posts_of(model.prevalence, topics), terms, min_cell)
    if not isinstance(design, str):
        try:
            made = _estimates(model, posts, design, topics, refits, level)
        except NotMeasurable as error:
            design = error.message
    if isinstance(design, str):
        blank: dict[str, Any] = {"term": "constant"} | dict.fromkeys(_FIGURES, np.nan) | {"reason": design}
        blank |= dict.fromkeys(("n", "n_authors", "n_threads"), pd.NA)
        yield from ({"topic": t, "label": labels[t], "family": f"topics ({lang})"} | blank for t in topics)
        return
    counts = [posts.counts(design.places, term, value) for term, value, _ in design.columns]
    for row, topic in enumerate(topics):
        for column, (term, value, reference) in enumerate(design.columns):
            if column:
                head = {"topic": topic, "label": labels[topic], "term": term, "level_of": value}
                family = {"reference": reference, "family": f"{term} over topics ({lang})"}
                yield head | family | counts[column] | made[row][column]


def _estimates(
    model: TopicModel,
    posts: DesignedPosts,
    design: TopicDesign,
    topics: Sequence[int],
    refits: Refits | None,
    level: float,
) -> list[list[dict[str, Any]]]:
    """Estimate all coefficients of all topics, with the spread over fits of the model in them."""
    places = design.places
    between, n_fits = _between(refits, places, design.x, topics), 0 if refits is None else refits.n_fits
    shares, about = _shares(model, places, topics)
    standing = Standing.of(laid(posts.authors, places), laid(posts.threads, places), about)
    for columns in (shares, design.x):
        put_in_order(columns, standing.order)
    found = crossed_regression(shares.T, design.x.T, standing.authors, standing.threads)
    said = METHOD + ("" if refits is None else f"; {n_fits} fits to author samples, Rubin's rules")
    if model.stated:
        said = f"{said}; topics {model.stated}"
    out = []
    for row in range(len(topics)):
        cells = []
        for column in range(len(design.x)):
            beta, se, df = (float(part[row, column]) for part in found)
            both = combine(beta, se, df, float(between[row, column]), max(n_fits, 2), level)._asdict()
            both["model_share"] = np.nan if refits is None else both["model_share"]
            cells.append({"estimate": beta, "p_adjusted": np.nan} | both | {"method": said, "reason": pd.NA})
        out.append(cells)
    return out


def _between(refits: Refits | None, places: NDArray[np.int32], x: Floats, topics: Sequence[int]) -> Floats:
    """Give the variance of each coefficient over fits of the model, on the posts that all of them placed."""
    if refits is None:
        return np.zeros((len(topics), len(x)))
    rows = refits.rows.astype(np.int32)  # of the kind of the places, which would be copied else
    at = np.minimum(np.searchsorted(places, rows), len(places) - 1)
    known = places[at] == rows
    x_known = np.column_stack([column[at[known]] for column in x])
    drawn = [coefficients(_among(fit[known].astype(np.float64), topics), x_known) for fit in refits.shares]
    return np.asarray(np.stack(drawn).var(axis=0, ddof=1))


def _shares(model: TopicModel, places: NDArray[np.int32], topics: Sequence[int]) -> tuple[Floats, Floats]:
    """Give shares of topics in some posts, one row a topic; and a number for what each post is about."""
    shares, about = room((len(topics), len(places)), np.float64), room(len(places), np.float64)
    for start in range(0, len(places), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        own = _among(model.prevalence[places[part]], topics)
        shares[:, part], about[part] = own.T, own @ np.sqrt(2.0 + np.arange(len(topics)))
        looked()
    return shares, about


def _among(prevalence: Floats, topics: Sequence[int]) -> Floats:
    """Give shares of topics among those of their language."""
    own = prevalence[:, list(topics)]
    total = own.sum(axis=1, keepdims=True)
    return np.asarray(np.where(total > 0, own / np.where(total > 0, total, 1.0), 0.0))


def _adjusted(table: pd.DataFrame) -> pd.DataFrame:
    out = table.copy()
    for _, index in out[out["p"].notna()].groupby("family", sort=False).groups.items():
        out.loc[index, "p_adjusted"] = benjamini_hochberg(out.loc[index, "p"].to_numpy(dtype="float64"))
    return out
