"""Which group talks how much about what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.contrasts import contrast, group_estimate
from discourse.compare.description import group_order
from discourse.compare.model_uncertainty import Spread, combine
from discourse.compare.rules import UNASSIGNED
from discourse.compare.sentiment import CLUSTER, too_small
from discourse.errors import DiscourseError, ParameterError
from discourse.stats import benjamini_hochberg
from discourse.tables import TOPIC_CONTRASTS, TOPIC_PREVALENCE
from discourse.topics.model import TopicModel
from discourse.topics.stability import Refits

Floats = NDArray[np.float64]
_NEEDED = ("group", "author", "thread_id")
_FIGURES = ("estimate", "low", "high", "se", "model_share")
_BLANK = dict.fromkeys(_FIGURES, np.nan) | {"method": pd.NA}


def prevalence(
    model: TopicModel,
    frame: pd.DataFrame,
    *,
    groups: Sequence[str] | None = None,
    refits: Refits | None = None,
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
    refits : Refits, optional
        Fits of the model to samples of the authors (:func:`discourse.topics.stability.refit`); with them
        intervals hold the model's uncertainty too.
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
    (:func:`discourse.compare.contrasts.group_estimate`).  Without `refits` the model is taken as given.  With
    them the same posts are placed by each fit, and the spread of the group's mean over fits is added by
    Rubin's rules (:func:`discourse.compare.model_uncertainty.combine`); this is the method of composition
    (Treier and Jackman 2008, doi:10.1111/j.1540-5907.2007.00308.x) with bootstrap fits in the place of draws
    from a posterior.  Groups are compared on the posts from which the topics were learned, unless these were
    learned from other authors (:mod:`discourse.topics.halves`; Egami et al. 2022,
    doi:10.1126/sciadv.abg2652).

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
    asked = _Asked(model, min_cell, level, _spread(frame, refits))
    rows = [
        {"lang": lang, "topic": topic, "label": labels[topic], "group": name, "level": level}
        | _estimate(asked, topic, posts, name)
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


@dataclass(frozen=True)
class _Asked:
    """What all cells of a table share."""

    model: TopicModel
    min_cell: int
    level: float
    spread: Spread | None
    seed: int = 0

    def figures(self, found: pd.Series, topic: int, group: str, other: str | None = None) -> dict[str, Any]:
        """Give an estimate with the uncertainty of the model in it, where that was asked."""
        figures = {name: found[name] for name in ("estimate", "low", "high", "se", "method")}
        figures["model_share"] = np.nan
        if self.model.stated:
            figures["method"] = f"{found['method']}; topics {self.model.stated}"
        if "p" in found.index:
            figures["p"] = found["p"]
        langs = self.model.topic_langs
        same = [t for t, of in enumerate(langs) if of == langs[topic]]
        between = self.spread.between(topic, same, group, other) if self.spread else np.nan
        if self.spread is None or np.isnan(between):
            return figures
        n = self.spread.refits.n_fits
        both = combine(found["estimate"], found["se"], found["df"], between, n, self.level)._asdict()
        said = _said(str(figures["method"]), self.spread)
        return figures | {k: v for k, v in both.items() if k in figures} | {"method": said}


def _spread(frame: pd.DataFrame, refits: Refits | None) -> Spread | None:
    return None if refits is None else Spread(refits, frame["group"].reset_index(drop=True))


def _said(method: str, spread: Spread) -> str:
    sample = f" of {len(spread.refits.rows)} posts" if spread.refits.sampled else ""
    return f"{method}; {spread.refits.n_fits} fits to author samples{sample}, Rubin's rules"


def _estimate(asked: _Asked, topic: int, posts: pd.DataFrame, name: str) -> dict[str, Any]:
    posts = posts[posts["group"] == name]
    counts = _counts(posts)
    if 0 < counts["n_authors"] < asked.min_cell:
        return dict.fromkeys(counts, pd.NA) | _BLANK | {"reason": f"fewer than {asked.min_cell} authors"}
    reason = _why_not(posts)
    if reason is None:
        try:
            found = group_estimate(posts, "share", cluster=CLUSTER, level=asked.level).iloc[0]
        except DiscourseError as error:
            return counts | _BLANK | {"reason": error.message}
        figures = asked.figures(found, topic, name)
        return counts | figures | _within_0_1(figures) | {"reason": pd.NA}
    return counts | _BLANK | {"reason": reason}


def _within_0_1(figures: dict[str, Any]) -> dict[str, float]:
    return {"low": max(0.0, float(figures["low"])), "high": min(1.0, float(figures["high"]))}


def prevalence_contrasts(
    model: TopicModel,
    frame: pd.DataFrame,
    pairs: Sequence[tuple[str, str]] | None = None,
    *,
    refits: Refits | None = None,
    seed: int = 0,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Compare the mean prevalence of each topic in each pair of groups.

    Parameters
    ----------
    model, frame, refits, min_cell, level
        As for :func:`prevalence`.
    pairs : sequence of (str, str), optional
        Which groups to compare; all pairs but the unassigned by default.
    seed : int, default 0
        Seed of what is drawn at random.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.TOPIC_CONTRASTS`; ``outcome`` is ``topic N: label``, ``target`` NA,
        ``family`` the topics of one language.

    Raises
    ------
    ParameterError
        As :func:`prevalence`.

    Notes
    -----
    p-values are adjusted within the topics of a language, over all pairs, so that the false discovery rate
    holds (Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x): many topics are looked
    through for those that differ.

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
    asked = _Asked(model, min_cell, level, _spread(frame, refits), seed)
    rows = [
        {"lang": lang, "topic": topic, "outcome": f"topic {topic}: {labels[topic]}"}
        | {"family": f"topics ({lang})", "target": pd.NA, "instrument": model.instrument, "level": level}
        | _compare(asked, topic, posts, pair)
        for lang, topic, posts in _topics(model, frame)
        for pair in (pairs if pairs is not None else combinations(names, 2))
    ]
    return _adjusted(TOPIC_CONTRASTS.conform(pd.DataFrame(rows))) if rows else TOPIC_CONTRASTS.empty()


def _adjusted(table: pd.DataFrame) -> pd.DataFrame:
    """Adjust p by Benjamini and Hochberg within each family."""
    out = table.copy()
    known = out["p"].notna()
    for _, index in out[known].groupby("family", sort=False).groups.items():
        out.loc[index, "p_adjusted"] = benjamini_hochberg(out.loc[index, "p"].to_numpy(dtype="float64"))
    return out


def _compare(asked: _Asked, topic: int, posts: pd.DataFrame, pair: tuple[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"group_a": pair[0], "group_b": pair[1]}
    reasons = []
    for letter, name in zip("ab", pair, strict=True):
        side = posts[posts["group"] == name]
        counts = _counts(side)
        hidden = 0 < counts["n_authors"] < asked.min_cell
        names = (f"n_{letter}", f"authors_{letter}", f"threads_{letter}")
        row |= {c: pd.NA if hidden else n for c, n in zip(names, counts.values(), strict=True)}
        reason = f"fewer than {asked.min_cell} authors" if hidden else _why_not(side)
        reasons += [f"{name}: {reason}"] if reason else []
    figures = dict.fromkeys((*_FIGURES, "effect", "p", "p_adjusted"), np.nan)
    blank = row | figures | {"method": pd.NA, "reason": "; ".join(reasons) or pd.NA}
    if reasons:
        return blank
    try:
        found = contrast(
            posts, "share", groups=pair, cluster=CLUSTER, seed=asked.seed, level=asked.level
        ).iloc[0]
    except DiscourseError as error:
        return blank | {"reason": error.message}
    return blank | {"effect": found["effect"]} | asked.figures(found, topic, *pair)
