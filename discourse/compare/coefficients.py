"""Regression coefficients in three versions, where an instrument labels the outcome or a regressor.

What goes with stance, its trend in each group, its jump at an event, and what goes with likes: from human
codes alone, from labels alone, and corrected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.engagement import MODELS
from discourse.compare.like_design import LikeDesign, like_design
from discourse.compare.samples import cluster_codes
from discourse.compare.sentiment import too_small
from discourse.compare.three_estimates import MIN_CODED, MIN_CODED_LANGUAGE, VERSIONS, Settings
from discourse.errors import DiscourseError
from discourse.stats.correction import Frame, Method
from discourse.stats.correction_counts import corrected_counts
from discourse.stats.correction_regression import Coefficients, corrected_regression
from discourse.tables import COEFFICIENTS

Floats = NDArray[np.float64]
Terms = list[tuple[str, str | None, str | None]]

WEEK: Final = pd.Timedelta(days=7)
_LANGUAGES: Final = ("zh", "en", "mixed")
_BLANK: Final = dict.fromkeys(("estimate", "low", "high", "p"), float("nan")) | {"method": pd.NA}
_NUMBERS: Final = ("estimate", "low", "high", "p")


def stance_coefficients(posts: pd.DataFrame, groups: Sequence[str], settings: Settings) -> pd.DataFrame:
    """Regress stance on who wrote, in which language, where in a thread and when, in three versions.

    Parameters
    ----------
    posts : DataFrame
        From :func:`discourse.compare.three_estimates.coded_outcomes`, with ``created_at`` and, where known,
        ``comment`` (true for an answer).
    groups : sequence of str
        The groups; the others are compared with the first.
    settings : Settings
        Correction, level, seed, minimum cell.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.COEFFICIENTS` with ``model`` "stance".

    Notes
    -----
    Least squares among the posts that speak of the target, of +1, 0 and -1, so that all three versions are in
    one unit.  Groups with fewer coded authors than the minimum cell, and languages with fewer than 30 codes,
    stay out of every version: no difference between languages is given where people have not coded both.

    Examples
    --------
    >>> from discourse.compare.three_estimates import coded_outcomes
    >>> scored = pd.DataFrame({"post_id": ["1"], "target": "t", "label": "neutral", "score": 0.0,
    ...     "lang": "en", "mention_kind": "named", "group": "g", "author": ["a"], "thread_id": ["1"],
    ...     "created_at": pd.to_datetime(["2025-01-13"], utc=True)})
    >>> codes = pd.DataFrame({"post_id": ["1"], "value": ["neutral"], "pi": [0.5]})
    >>> len(stance_coefficients(coded_outcomes(scored, codes), ["g"], Settings()))  # one code is too few
    0
    """
    coded = posts[posts["code_about"].notna()]
    people = coded.groupby("group", observed=True)["author"].nunique()
    known = [group for group in groups if people.get(group, 0) >= settings.min_cell]
    read = coded["lang"].value_counts()
    languages = [lang for lang in _LANGUAGES if read.get(lang, 0) >= MIN_CODED_LANGUAGE]
    rows = posts[posts["group"].isin(known) & posts["lang"].isin(languages) & posts["created_at"].notna()]
    if rows.empty:
        return COEFFICIENTS.empty()
    columns: list[Floats] = []
    terms: Terms = []
    for name, values in (("group", known), ("language", languages)):
        column = rows["lang" if name == "language" else name].astype("object")
        for value in values[1:]:
            columns.append(np.asarray(column == value, dtype=np.float64))
            terms.append((name, value, values[0]))
    if "comment" in rows.columns and rows["comment"].nunique() > 1:
        columns.append(rows["comment"].to_numpy(dtype=np.float64))
        terms.append(("comment", None, None))
    columns.append(_weeks(rows))
    terms.append(("week", None, None))
    return _stance_model(rows, "stance", None, columns, terms, settings)


def trend_coefficients(posts: pd.DataFrame, groups: Sequence[str], settings: Settings) -> pd.DataFrame:
    """Estimate how the stance of each group moves from week to week, in three versions.

    Parameters
    ----------
    posts, groups, settings
        As for :func:`stance_coefficients`.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.COEFFICIENTS` with ``model`` "trend" and the group in ``id``.

    Notes
    -----
    A straight line through all days of a group.  Single days are not corrected: they hold too few codes;
    phases are, in :func:`discourse.compare.three_estimates.phase_versions`.
    """
    made = []
    for group in groups:
        rows = posts[(posts["group"] == group) & posts["created_at"].notna()]
        if rows["author"].nunique() >= settings.min_cell:
            made.append(_stance_model(rows, "trend", group, [_weeks(rows)], [("week", None, None)], settings))
    return _joined(made)


def interrupted_coefficients(
    posts: pd.DataFrame, windows: Sequence[tuple[str, Any, Any, Any, str]], settings: Settings
) -> pd.DataFrame:
    """Estimate jump and change of slope of the stance of a group at an event, in three versions.

    Parameters
    ----------
    posts, settings
        As for :func:`stance_coefficients`.
    windows : sequence of (event, at, from, to, group)
        The events and groups of which the series is long enough (:func:`discourse.interrupted`); ``all`` is
        everybody.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.COEFFICIENTS` with ``model`` "interrupted", event and group in ``id``; terms
        ``level`` and ``slope`` (per week).

    Notes
    -----
    The segmented regression of Lopez Bernal et al. (2017) doi:10.1093/ije/dyw098 over posts instead of days,
    with errors clustered by author and thread instead of those of Newey and West: a day has too few codes.
    """
    made = []
    for event, at, start, stop, group in windows:
        inside = (posts["created_at"] >= pd.Timestamp(start)) & (posts["created_at"] <= pd.Timestamp(stop))
        rows = posts[inside & ((posts["group"] == group) | (group == "all"))]
        time = ((rows["created_at"] - pd.Timestamp(at)) / WEEK).to_numpy(dtype=np.float64)
        after = (time >= 0.0).astype(np.float64)
        terms: Terms = [("before", None, None), ("level", None, None), ("slope", None, None)]
        columns: list[Floats] = [np.asarray(c, dtype=np.float64) for c in (time, after, time * after)]
        name = event if group == "all" else f"{event} | {group}"
        table = _stance_model(rows, "interrupted", name, columns, terms, settings)
        made.append(table[table["term"] != "before"])
    return _joined(made)


def like_coefficients(
    posts: pd.DataFrame,
    terms: dict[str, tuple[str, ...]],
    codes: pd.DataFrame,
    target: str,
    settings: Settings,
    *,
    collected: Any = None,
) -> pd.DataFrame:
    """Regress likes on stance and the rest in three versions, the stance being labelled or coded.

    Parameters
    ----------
    posts : DataFrame
        As for :func:`discourse.engagement`, with ``stance`` as labelled.
    terms : dict of str to tuple of str
        Regressors, ``stance`` among them; without those that nobody has coded (frames).
    codes : DataFrame
        ``post_id``, ``value``, ``pi`` of the coded posts.
    target : str
        The target of the stance.
    settings : Settings
        Level, minimum cell.
    collected : datetime, optional
        When the posts were collected.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.COEFFICIENTS` with ``model`` "likes opening" and "likes comments": ratios.

    Notes
    -----
    :func:`discourse.stats.corrected_counts`: the errors of labels among the regressors bias the coefficients
    of the others, too.
    """
    made = []
    for model in MODELS:
        name = f"likes {model}"
        design = like_design(posts, model, terms, collected=collected, min_cell=settings.min_cell)
        head = {"target": target, "model": name, "id": pd.NA, "labelled": "regressor"}
        if isinstance(design, str):
            made.append(_rows(head, [("constant", None, None)], None, design, pd.DataFrame(), settings))
            continue
        made += _like_versions(head, design, codes, settings)
    return _joined(made)


def _like_versions(
    head: dict[str, Any], design: LikeDesign, codes: pd.DataFrame, settings: Settings
) -> list[pd.DataFrame]:
    rows, coded = design.rows, codes.drop_duplicates("post_id").set_index("post_id")
    value = rows["post_id"].map(coded["value"])
    x_coded = design.x.copy()
    for k, (term, level_of, _) in enumerate(design.terms):
        if term == "stance":
            x_coded[:, k] = np.where(value.notna(), value == level_of, np.nan)
    x_coded[value.isna().to_numpy()] = np.nan
    clusters = tuple(cluster_codes(rows[name]) for name in ("author", "thread_id"))
    bounds = rows["likes_at_least"].fillna(False).to_numpy(dtype=bool)
    pi = rows["post_id"].map(coded["pi"]).to_numpy(dtype=np.float64)
    rows = rows.assign(coded=value.notna().to_numpy())
    shown = [(term, of, ref) for term, of, ref in design.terms if term != "constant"]

    def fit(version: str) -> Coefficients:
        method = "ppi++" if version == "corrected" else version
        return corrected_counts(
            rows["likes"].to_numpy(np.int64),
            design.x,
            x_coded,
            pi,
            clusters=clusters,
            at_least=bounds,
            method=cast("Any", method),
            level=settings.level,
        )

    return [
        _rows(head | {"version": v}, shown, fit, _too_few(rows, v), rows, settings, skip=1, ratio=True)
        for v in VERSIONS
    ]


def _stance_model(
    rows: pd.DataFrame,
    model: str,
    name: str | None,
    columns: Sequence[Floats],
    terms: Terms,
    settings: Settings,
) -> pd.DataFrame:
    """Fit one regression of stance in three versions."""
    target = str(rows["target"].iloc[0]) if len(rows) else ""
    head = {"target": target, "model": model, "id": name or pd.NA, "labelled": "outcome"}
    known = rows["mention"].notna().to_numpy()
    order = np.argsort(rows["post_id"].to_numpy()[known].astype(str), kind="stable")
    rows = rows[known].iloc[order]
    rows = rows.assign(coded=rows["code_about"].notna())
    refusal = too_small(rows[rows["about"].astype(bool)])
    x = np.column_stack([np.ones(len(rows)), *(column[known][order] for column in columns)])
    frame = _frame(rows) if len(rows) else None

    def fit(version: str) -> Coefficients:
        method = settings.method if version == "corrected" else version
        return corrected_regression(
            x, cast("Frame", frame), cast("Method", method), level=settings.level, seed=settings.seed
        )

    return _joined(
        [
            _rows(head | {"version": v}, terms, fit, refusal or _too_few(rows, v), rows, settings, skip=1)
            for v in VERSIONS
        ]
    )


def _frame(rows: pd.DataFrame) -> Frame:
    """Lay out labels and codes: of the posts that mention, 0 elsewhere."""
    code = np.where(rows["coded"], rows["code_balance"].fillna(0.0), np.nan)
    return Frame(
        rows["balance"].fillna(0.0).to_numpy(dtype=np.float64),
        code.astype(np.float64),
        rows["pi"].to_numpy(dtype=np.float64),
        tuple(cluster_codes(rows[name]) for name in ("author", "thread_id")),
        prediction_base=rows["about"].to_numpy(dtype=np.float64),
        code_base=rows["code_about"].to_numpy(dtype=np.float64),
    )


def _too_few(rows: pd.DataFrame, version: str) -> str | None:
    if version == "naive":
        return None
    return f"fewer than {MIN_CODED} codes" if int(rows["coded"].sum()) < MIN_CODED else None


def _rows(
    head: dict[str, Any],
    terms: Terms,
    fit: Callable[[str], Coefficients] | None,
    reason: str | None,
    rows: pd.DataFrame,
    settings: Settings,
    *,
    skip: int = 0,
    ratio: bool = False,
) -> pd.DataFrame:
    """Lay out the coefficients of one version, or the reason why there are none."""
    head = {"version": "naive", "level": settings.level} | head
    found = None
    if reason is None and fit is not None:
        try:
            found = fit(str(head["version"]))
        except DiscourseError as error:
            reason = error.message
    part = rows if head["version"] == "naive" or rows.empty else rows[rows["coded"]]
    counts: dict[str, Any] = {
        "n": len(rows),
        "n_coded": int(rows["coded"].sum()) if len(rows) else 0,
        "n_authors": part["author"].nunique() if len(part) else 0,
    }
    if counts["n_authors"] < settings.min_cell:
        counts = dict.fromkeys(counts, pd.NA)
    head |= counts | {"reason": reason or pd.NA}
    method = f"{head['version']}: {_method(head, settings)}"
    out = []
    for k, (term, of, reference) in enumerate(terms, start=skip):
        row = head | {"term": term, "level_of": of or pd.NA, "reference": reference or pd.NA} | _BLANK
        if found is not None:
            figures = {name: float(getattr(found, name)[k]) for name in _NUMBERS}
            if ratio:
                figures |= {name: float(np.exp(figures[name])) for name in ("estimate", "low", "high")}
            row |= figures | {"method": method}
        out.append(row)
    return COEFFICIENTS.conform(pd.DataFrame(out))


def _method(head: dict[str, Any], settings: Settings) -> str:
    likes = str(head["model"]).startswith("likes")
    kind = "negative binomial, ratios" if likes else "least squares among mentions"
    by = {"corrected": "ppi++" if likes else settings.method}.get(str(head["version"]))
    return f"{kind}{f', {by}' if by else ''}; cluster-robust (author x thread)"


def _weeks(rows: pd.DataFrame) -> Floats:
    time = ((rows["created_at"] - rows["created_at"].min()) / WEEK).to_numpy(dtype=np.float64)
    return np.asarray(time - time.mean()) if len(time) else time


def _joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    known = [part for part in parts if len(part)]
    return pd.concat(known, ignore_index=True) if known else COEFFICIENTS.empty()
