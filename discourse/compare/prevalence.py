"""Which group talks how much about what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.contrasts import contrast, group_estimate
from discourse.compare.description import group_order
from discourse.compare.rules import UNASSIGNED
from discourse.compare.sentiment import CLUSTER, adjust, too_small
from discourse.errors import DiscourseError, ParameterError
from discourse.tables import CONTRASTS, TOPIC_PREVALENCE
from discourse.topics.model import TopicModel

Floats = NDArray[np.float64]
_NEEDED = ("group", "author", "thread_id")
_BLANK = {"estimate": np.nan, "low": np.nan, "high": np.nan, "method": pd.NA}


def prevalence(
    model: TopicModel,
    frame: pd.DataFrame,
    *,
    groups: Sequence[str] | None = None,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate the mean prevalence of each topic in each group.

    Parameters
    ----------
    model : TopicModel
        The fitted model.
    frame : DataFrame
        The posts that were fitted, in the same order, with ``group``, ``author``, ``thread_id``.
    groups : sequence of str, optional
        Groups in the order of the table; those that occur by default.
    min_cell : int, default 10
        Groups with fewer authors print no count at all.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.TOPIC_PREVALENCE`: shares among the topics of the same language, over the
        posts with words of that language.  A figure that cannot honestly be given is NA with its reason.

    Raises
    ------
    ParameterError
        If a column is missing, or there is not one row a post.

    Notes
    -----
    Artefact P6.  Intervals are clustered by author and thread
    (:func:`discourse.compare.contrasts.group_estimate`); the model is taken as given, so that its own
    uncertainty is not in them, and groups are compared on the posts from which the topics were learned (Egami
    et al. 2022, doi:10.1126/sciadv.abg2652, on what that costs).

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> texts = ["cats purr", "cats nap", "courts ban apps", "courts sue apps"]
    >>> posts = pd.DataFrame({"group": list("aabb"), "author": list("wxyz"), "thread_id": list("1234")})
    >>> table = prevalence(fit_topics(texts, 2), posts, min_cell=1)
    >>> table.loc[0, "reason"]
    'fewer than 100 authors'
    """
    _check(model, frame)
    names = list(groups) if groups is not None else group_order(frame["group"])
    labels = model.labels()
    rows = [
        {"lang": lang, "topic": topic, "label": labels[topic], "group": name, "level": level}
        | _estimate(posts[posts["group"] == name], min_cell, level)
        for lang, topic, posts in _topics(model, frame)
        for name in names
    ]
    return TOPIC_PREVALENCE.conform(pd.DataFrame(rows)) if rows else TOPIC_PREVALENCE.empty()


def _check(model: TopicModel, frame: pd.DataFrame) -> None:
    missing = [name for name in _NEEDED if name not in frame.columns]
    if missing:
        raise ParameterError(f"the posts lack {', '.join(missing)}", expected=", ".join(_NEEDED))
    if len(frame) != len(model.prevalence):
        raise ParameterError(
            f"{len(frame)} posts for a model of {len(model.prevalence)}",
            expected="the posts that were fitted",
        )


def _topics(model: TopicModel, frame: pd.DataFrame) -> Iterator[tuple[str, int, pd.DataFrame]]:
    """Walk over topics with the posts that have words of their language and the ``share`` of the topic."""
    langs = model.topic_langs
    posts = frame[list(_NEEDED)].reset_index(drop=True)
    for lang in dict.fromkeys(langs):
        topics = [t for t, of in enumerate(langs) if of == lang]
        total = model.prevalence[:, topics].sum(axis=1)
        known = total > 0
        for topic in topics:
            yield lang, topic, posts[known].assign(share=model.prevalence[known, topic] / total[known])


def _counts(posts: pd.DataFrame) -> dict[str, Any]:
    return {
        "n": len(posts),
        "n_authors": posts["author"].nunique(),
        "n_threads": posts["thread_id"].nunique(),
    }


def _why_not(posts: pd.DataFrame) -> str | None:
    return "no post of this group has a content word" if posts.empty else too_small(posts)


def _estimate(posts: pd.DataFrame, min_cell: int, level: float) -> dict[str, Any]:
    counts = _counts(posts)
    if 0 < counts["n_authors"] < min_cell:
        return dict.fromkeys(counts, pd.NA) | _BLANK | {"reason": f"fewer than {min_cell} authors"}
    reason = _why_not(posts)
    if reason is None:
        try:
            found = group_estimate(posts, "share", cluster=CLUSTER, level=level).iloc[0]
            names = ("estimate", "low", "high", "method")
            return counts | {name: found[name] for name in names} | {"reason": pd.NA}
        except DiscourseError as error:
            reason = error.message
    return counts | _BLANK | {"reason": reason}


def prevalence_contrasts(
    model: TopicModel,
    frame: pd.DataFrame,
    pairs: Sequence[tuple[str, str]] | None = None,
    *,
    seed: int = 0,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Compare the mean prevalence of each topic in each pair of groups.

    Parameters
    ----------
    model, frame, min_cell, level
        As for :func:`prevalence`.
    pairs : sequence of (str, str), optional
        Which groups to compare; all pairs but the unassigned by default.
    seed : int, default 0
        Seed of what is drawn at random.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CONTRASTS`; ``outcome`` is ``topic N: label``, ``target`` NA, ``family`` the
        topics of one language.

    Raises
    ------
    ParameterError
        As :func:`prevalence`.

    Notes
    -----
    p-values are adjusted by Holm within the topics of a language, over all pairs.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> texts = ["cats purr", "cats nap", "courts ban apps", "courts sue apps"]
    >>> posts = pd.DataFrame({"group": list("aabb"), "author": list("wxyz"), "thread_id": list("1234")})
    >>> prevalence_contrasts(fit_topics(texts, 2), posts, min_cell=1).loc[0, "reason"]
    'a: fewer than 100 authors; b: fewer than 100 authors'
    """
    _check(model, frame)
    names = [name for name in group_order(frame["group"]) if name != UNASSIGNED]
    labels = model.labels()
    rows = [
        {"lang": lang, "outcome": f"topic {topic}: {labels[topic]}", "family": f"topics ({lang})"}
        | {"target": pd.NA, "instrument": model.instrument, "level": level}
        | _compare(posts, pair, seed, min_cell, level)
        for lang, topic, posts in _topics(model, frame)
        for pair in (pairs if pairs is not None else combinations(names, 2))
    ]
    return adjust(CONTRASTS.conform(pd.DataFrame(rows))) if rows else CONTRASTS.empty()


def _compare(
    posts: pd.DataFrame, pair: tuple[str, str], seed: int, min_cell: int, level: float
) -> dict[str, Any]:
    row: dict[str, Any] = {"group_a": pair[0], "group_b": pair[1]}
    reasons = []
    for letter, name in zip("ab", pair, strict=True):
        side = posts[posts["group"] == name]
        counts = _counts(side)
        hidden = 0 < counts["n_authors"] < min_cell
        names = (f"n_{letter}", f"authors_{letter}", f"threads_{letter}")
        row |= {c: pd.NA if hidden else n for c, n in zip(names, counts.values(), strict=True)}
        reason = f"fewer than {min_cell} authors" if hidden else _why_not(side)
        reasons += [f"{name}: {reason}"] if reason else []
    figures = dict.fromkeys(("estimate", "low", "high", "effect", "p", "p_adjusted"), np.nan)
    blank = row | figures | {"method": pd.NA, "reason": "; ".join(reasons) or pd.NA}
    if reasons:
        return blank
    try:
        found = contrast(posts, "share", groups=pair, cluster=CLUSTER, seed=seed, level=level).iloc[0]
    except DiscourseError as error:
        return blank | {"reason": error.message}
    return blank | {name: found[name] for name in ("estimate", "low", "high", "effect", "p", "method")}
