"""Which group talks how much about what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from discourse.compare.description import group_order
from discourse.compare.model_uncertainty import Spread, combine
from discourse.compare.rules import UNASSIGNED
from discourse.compare.topic_shares import METHOD, Seen, TopicShares, why_not
from discourse.errors import NotMeasurable, ParameterError
from discourse.stats import Estimate, benjamini_hochberg
from discourse.tables import TOPIC_CONTRASTS, TOPIC_PREVALENCE
from discourse.topics.model import TopicModel
from discourse.topics.stability import Refits

Floats = NDArray[np.float64]
_NEEDED = ("group", "author", "thread_id")
_FIGURES = ("estimate", "low", "high", "se", "model_share")
_BLANK = dict.fromkeys(_FIGURES, np.nan) | {"method": pd.NA}
_FLAT = "the outcome 'share' does not vary; no interval can be given"
_FLAT_PAIR = "the outcome 'share' does not vary within the groups; no interval can be given"


def prevalence(
    model: TopicModel,
    frame: pd.DataFrame,
    *,
    groups: Sequence[str] | None = None,
    refits: Refits | None = None,
    min_cell: int = 10,
    level: float = 0.95,
    shares: Sequence[TopicShares] | None = None,
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
    shares : sequence of TopicShares, optional
        From :func:`topic_shares`, where several tables are made of them.

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
    (:func:`discourse.stats.crossed_means`, all topics at once).  Without `refits` the model is taken as
    given.  With them the same posts are placed by each fit, and the spread of the group's mean is added by
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
    parts = shares if shares is not None else topic_shares(model, frame)
    rows = [
        {"lang": part.lang, "topic": topic, "label": labels[topic], "group": name, "level": level} | row
        for part, cells in _by_topic(parts, lambda part: [asked.group(part, g) for g in names])
        for topic, of_topic in zip(part.topics, cells, strict=True)
        for name, row in zip(names, of_topic, strict=True)
    ]
    return TOPIC_PREVALENCE.conform(pd.DataFrame(rows)) if rows else TOPIC_PREVALENCE.empty()


def topic_shares(model: TopicModel, frame: pd.DataFrame) -> list[TopicShares]:
    """Sort the shares of topics by author and thread, once for several tables.

    Parameters
    ----------
    model, frame
        As for :func:`prevalence`.

    Returns
    -------
    list of TopicShares
        One a language of topics.

    Raises
    ------
    ParameterError
        As :func:`prevalence`.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> posts = pd.DataFrame({"group": list("ab"), "author": list("wx"), "thread_id": list("12")})
    >>> [part.lang for part in topic_shares(fit_topics(["cats purr", "courts ban apps"], 2), posts)]
    ['en']
    """
    _check(model, frame)
    return [TopicShares.of(model, frame, lang) for lang in dict.fromkeys(model.topic_langs)]


def _check(model: TopicModel, frame: pd.DataFrame) -> None:
    missing = [name for name in _NEEDED if name not in frame.columns]
    if missing:
        raise ParameterError(f"the posts lack {', '.join(missing)}", expected=", ".join(_NEEDED))
    if len(frame) != len(model.prevalence):
        raise ParameterError(
            f"{len(frame)} posts for a model of {len(model.prevalence)}",
            expected="the posts that were fitted",
        )


def _by_topic(
    parts: Iterable[TopicShares],
    make: Callable[[TopicShares], list[list[dict[str, Any]]]],
) -> Iterator[tuple[TopicShares, list[list[dict[str, Any]]]]]:
    """Walk over the languages of topics: what was made of each, turned so that topics come first."""
    for part in parts:
        with threadpool_limits(1):  # sums so small that threads would only wait for each other
            made = make(part)
        yield part, [list(of_topic) for of_topic in zip(*made, strict=True)]


@dataclass(frozen=True)
class _Asked:
    """What all cells of a table share."""

    model: TopicModel
    min_cell: int
    level: float
    spread: Spread | None

    def group(self, part: TopicShares, name: str) -> list[dict[str, Any]]:
        """Estimate all topics of a language in a group."""
        counts: dict[str, Any] = part.counts(name)
        if 0 < counts["n_authors"] < self.min_cell:
            few = {"reason": f"fewer than {self.min_cell} authors"}
            return [dict.fromkeys(counts, pd.NA) | _BLANK | few] * len(part.topics)
        reason = why_not(counts)
        if reason is not None:
            return [counts | _BLANK | {"reason": reason}] * len(part.topics)
        try:
            between = self.between(part, name)
            return [
                counts | self._mean(one, seen, spread)
                for (one, seen), spread in zip(part.means(name, self.level), between, strict=True)
            ]
        except NotMeasurable as error:
            return [counts | _BLANK | {"reason": error.message}] * len(part.topics)

    def _mean(self, found: Estimate, seen: Seen, between: float) -> dict[str, Any]:
        if not (seen.binary or seen.varies(found)):
            return _BLANK | {"reason": _FLAT}
        method = METHOD + (", Wilson at the effective sample size" if seen.binary else "")
        figures = self.figures(found, method, between)
        del figures["p"]  # of a share above 0 there is nothing to test
        return figures | _within_0_1(figures) | {"reason": pd.NA}

    def between(self, part: TopicShares, group: str, other: str | None = None) -> Floats:
        """Give the variance between fits of the model of each topic; NaN without such fits."""
        if self.spread is None:
            return np.full(len(part.topics), np.nan)
        return self.spread.between(part.topics, group, other)

    def figures(self, found: Estimate, method: str, between: float) -> dict[str, Any]:
        """Give an estimate with the uncertainty of the model in it, where that was asked."""
        figures = {name: getattr(found, name) for name in ("estimate", "low", "high", "se", "p")}
        figures |= {"model_share": np.nan, "method": method}
        if self.model.stated:
            figures["method"] = f"{method}; topics {self.model.stated}"
        if self.spread is None or np.isnan(between):
            return figures
        n = self.spread.refits.n_fits
        both = combine(found.estimate, found.se, found.df, float(between), n, self.level)._asdict()
        return figures | both | {"method": _said(str(figures["method"]), self.spread)}


def _spread(frame: pd.DataFrame, refits: Refits | None) -> Spread | None:
    return None if refits is None else Spread(refits, frame["group"].reset_index(drop=True))


def _said(method: str, spread: Spread) -> str:
    sample = f" of {len(spread.refits.rows)} posts" if spread.refits.sampled else ""
    return f"{method}; {spread.refits.n_fits} fits to author samples{sample}, Rubin's rules"


def _within_0_1(figures: dict[str, Any]) -> dict[str, float]:
    return {"low": max(0.0, float(figures["low"])), "high": min(1.0, float(figures["high"]))}


def prevalence_contrasts(
    model: TopicModel,
    frame: pd.DataFrame,
    pairs: Sequence[tuple[str, str]] | None = None,
    *,
    refits: Refits | None = None,
    min_cell: int = 10,
    level: float = 0.95,
    shares: Sequence[TopicShares] | None = None,
) -> pd.DataFrame:
    """Compare the mean prevalence of each topic in each pair of groups.

    Parameters
    ----------
    model, frame, refits, min_cell, level, shares
        As for :func:`prevalence`.
    pairs : sequence of (str, str), optional
        Which groups to compare; all pairs but the unassigned by default.

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
    asked = _Asked(model, min_cell, level, _spread(frame, refits))
    chosen = list(pairs) if pairs is not None else list(combinations(names, 2))
    if not chosen:  # one group has nobody to be compared with
        return TOPIC_CONTRASTS.empty()
    parts = shares if shares is not None else topic_shares(model, frame)
    rows = [
        {"lang": part.lang, "topic": topic, "outcome": f"topic {topic}: {labels[topic]}"}
        | {"family": f"topics ({part.lang})", "target": pd.NA, "instrument": model.instrument, "level": level}
        | row
        for part, cells in _by_topic(parts, lambda part: [_compare(asked, part, p) for p in chosen])
        for topic, of_topic in zip(part.topics, cells, strict=True)
        for row in of_topic
    ]
    return _adjusted(TOPIC_CONTRASTS.conform(pd.DataFrame(rows))) if rows else TOPIC_CONTRASTS.empty()


def _adjusted(table: pd.DataFrame) -> pd.DataFrame:
    """Adjust p by Benjamini and Hochberg within each family."""
    out = table.copy()
    known = out["p"].notna()
    for _, index in out[known].groupby("family", sort=False).groups.items():
        out.loc[index, "p_adjusted"] = benjamini_hochberg(out.loc[index, "p"].to_numpy(dtype="float64"))
    return out


def _compare(asked: _Asked, part: TopicShares, pair: tuple[str, str]) -> list[dict[str, Any]]:
    """Compare two groups in all topics of a language."""
    row: dict[str, Any] = {"group_a": pair[0], "group_b": pair[1]}
    reasons = []
    for letter, name in zip("ab", pair, strict=True):
        counts = part.counts(name)
        hidden = 0 < counts["n_authors"] < asked.min_cell
        names = (f"n_{letter}", f"authors_{letter}", f"threads_{letter}")
        row |= {c: pd.NA if hidden else n for c, n in zip(names, counts.values(), strict=True)}
        reason = f"fewer than {asked.min_cell} authors" if hidden else why_not(counts)
        reasons += [f"{name}: {reason}"] if reason else []
    figures = dict.fromkeys((*_FIGURES, "effect", "p", "p_adjusted"), np.nan)
    blank = row | figures | {"method": pd.NA, "reason": "; ".join(reasons) or pd.NA}
    if reasons:
        return [blank] * len(part.topics)
    try:
        between = asked.between(part, *pair)
        found = zip(part.differences(pair, asked.level), between, strict=True)
        return [
            blank | {"effect": effect} | asked.figures(one, METHOD, spread)
            if seen.varies(one)
            else blank | {"reason": _FLAT_PAIR}
            for (one, effect, seen), spread in found
        ]
    except NotMeasurable as error:
        return [blank | {"reason": error.message}] * len(part.topics)
