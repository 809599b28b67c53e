"""What a gap is made of, and what a change is made of, in three versions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from discourse.compare.cell_versions import VERSIONS, Settings, refusal, too_few_codes
from discourse.compare.samples import by_post_id, cluster_codes
from discourse.compare.sentiment import CLUSTER
from discourse.compare.spans import Phase, assign_phases
from discourse.compare.three_estimates import outcome_columns
from discourse.errors import NotMeasurable
from discourse.stats.clusters import dense_codes
from discourse.stats.corrected_parts import (
    PartEstimate,
    Parts,
    change_of_authors,
    gap_of_topics,
    part_intervals,
)
from discourse.stats.correction import Frame, Method
from discourse.stats.correction_totals import CorrectedValues, corrected_values
from discourse.tables import PART_ESTIMATES

if TYPE_CHECKING:
    from numpy.typing import NDArray

GAP: Final = ("gap", "topics", "stance")
CHANGE: Final = ("change", "same authors", "activity", "arrivals", "departures")
#: A topic of which people found fewer mentions in a group is taken together with others.
LEAST_CODED: Final = 10


def gap_versions(
    posts: pd.DataFrame, topics: pd.DataFrame, pairs: Sequence[tuple[str, str]], settings: Settings
) -> pd.DataFrame:
    """Split the gap of mean stance of two groups into what is talked about and how, in three versions.

    Parameters
    ----------
    posts : DataFrame
        From :func:`discourse.compare.three_estimates.coded_outcomes`.
    topics : DataFrame
        One row a post: ``post_id``, ``lang`` (of the topic), ``topic``; from
        :func:`discourse.compare.topic_stance.leading_topics`.
    pairs : sequence of (str, str)
        First minus second.
    settings : Settings
        Correction, level, seed, minimum cell.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.PART_ESTIMATES`, ``split`` "topics"; the two parts add up to the gap in every
        version.  A gap that can be split in no version is left out.

    Notes
    -----
    :func:`discourse.stats.corrected_parts.gap_of_topics`.  Topics are as the model says; which posts speak of
    the target, and how, is corrected.  Topics with fewer than 10 coded mentions, or fewer authors than the
    minimum cell, in either group are one, in every version, so that versions differ by errors of labels only:
    labels alone may be split more finely (:func:`discourse.compare.decomposition.gap_parts`).

    Examples
    --------
    >>> gap_versions(pd.DataFrame(), pd.DataFrame(), [], Settings()).empty
    True
    """
    rows: list[dict[str, Any]] = []
    for lang, some in topics.groupby("lang", sort=True) if len(topics) else ():
        led = posts.merge(some[["post_id", "topic"]], on="post_id")
        for pair in pairs:
            part = by_post_id(led[led["group"].isin(pair)])
            cell = {"split": "topics", "id": str(lang), "group": " vs ".join(pair)}
            rows += _gap(part, pair, cell, settings)
    return PART_ESTIMATES.conform(pd.DataFrame(rows)) if rows else PART_ESTIMATES.empty()


def change_versions(
    posts: pd.DataFrame, groups: Sequence[str], phases: Sequence[Phase], settings: Settings
) -> pd.DataFrame:
    """Split the change of mean stance from phase to phase by who writes, in three versions.

    Parameters
    ----------
    posts : DataFrame
        From :func:`discourse.compare.three_estimates.coded_outcomes`, with ``created_at``.
    groups : sequence of str
        The groups, in order.
    phases : sequence of Phase
        In the order of time.
    settings : Settings
        Correction, level, seed, minimum cell.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.PART_ESTIMATES`, ``split`` "authors"; the four parts add up to the change in
        every version.  A change that can be split in no version is left out.

    Notes
    -----
    :func:`discourse.stats.corrected_parts.change_of_authors`.  Who stayed, came and went is told by all posts
    of an author and not by mentions, which labels may miss; so is the weight of an author.  The split of
    labels alone in :func:`discourse.compare.composition.composition` goes by mentions.

    Examples
    --------
    >>> change_versions(pd.DataFrame({"created_at": []}), [], [], Settings()).empty
    True
    """
    rows: list[dict[str, Any]] = []
    timed = posts[posts["created_at"].notna()]
    phase = assign_phases(timed["created_at"], phases).to_numpy() if phases else np.array([], dtype=object)
    for group in groups:
        for earlier, later in pairwise([p.name for p in phases]):
            inside = (timed["group"] == group).to_numpy() & np.isin(phase, [earlier, later])
            part = timed[inside].assign(group=np.where(phase[inside] == later, "after", "before"))
            cell = {"split": "authors", "id": f"{later} vs {earlier}", "group": group}
            rows += _change(by_post_id(part), cell, settings)
    return PART_ESTIMATES.conform(pd.DataFrame(rows)) if rows else PART_ESTIMATES.empty()


def _gap(
    part: pd.DataFrame, pair: tuple[str, str], cell: dict[str, Any], settings: Settings
) -> list[dict[str, Any]]:
    read = outcome_columns(part, "mean")
    sides = [read[read["group"] == name] for name in pair]
    reason = refusal(read, sides, "mean", pair)
    if reason is not None:
        return []
    topics = _told_apart(read.assign(topic=part.loc[read.index, "topic"]), pair, settings)
    head = {"target": part["target"].iloc[0], "n_topics": int(topics.max()) + 1} | cell
    return list(_rows(read, sides, head, GAP, lambda values: gap_of_topics(values, topics), pair, settings))


def _change(part: pd.DataFrame, cell: dict[str, Any], settings: Settings) -> list[dict[str, Any]]:
    pair = ("before", "after")
    read = outcome_columns(part, "mean")
    sides = [read[read["group"] == name] for name in pair]
    reason = refusal(read, sides, "mean", pair) or _small_part(read, settings.min_cell)
    if reason is not None:
        return []
    authors = dense_codes(cluster_codes(read["author"]))
    head = {"target": part["target"].iloc[0], "n_topics": pd.NA} | cell
    return list(
        _rows(read, sides, head, CHANGE, lambda values: change_of_authors(values, authors), pair, settings)
    )


def _rows(
    read: pd.DataFrame,
    sides: list[pd.DataFrame],
    head: dict[str, Any],
    names: Sequence[str],
    split: Callable[[CorrectedValues], Parts],
    pair: tuple[str, str],
    settings: Settings,
) -> Iterator[dict[str, Any]]:
    frame, few = _frame(read, pair), too_few_codes(sides, settings)
    head |= {"level": settings.level, "n": int((read["base"] == 1.0).sum())}
    head |= {"n_coded": int(read["coded_base"].notna().sum())}
    for version in VERSIONS:
        reason, method = few if version != "naive" else None, _method(version, settings)
        found = list[PartEstimate]()
        try:
            if reason is None:
                values = corrected_values(frame, method, seed=settings.seed)
                found = part_intervals(values, split(values), level=settings.level)
        except NotMeasurable as error:
            reason = error.message
        if reason is not None:
            blank = dict.fromkeys(("estimate", "low", "high", "p"), float("nan")) | {"reason": reason}
            yield from (head | blank | {"part": name, "version": version} for name in names)
            continue
        said = f"{method}: parts of corrected totals; cluster-robust t interval ({' x '.join(CLUSTER)})"
        for name, one in zip(names, found, strict=True):
            yield head | one._asdict() | {"part": name, "version": version, "method": said, "reason": pd.NA}


def _method(version: str, settings: Settings) -> Method:
    if version == "corrected":
        return "dsl" if settings.method == "dsl" else "ppi++"
    return "human" if version == "human" else "naive"


def _frame(read: pd.DataFrame, pair: tuple[str, str]) -> Frame:
    """Posts in the order of their ids, with 0 for the first of the pair."""
    base, coded = read["base"].to_numpy("float64"), read["coded_base"].to_numpy("float64")
    return Frame(
        np.where(base == 0.0, 0.0, read["top"].to_numpy("float64")),
        np.where(coded == 0.0, 0.0, read["code"].to_numpy("float64")),
        read["pi"].to_numpy("float64"),
        tuple(cluster_codes(read[name]) for name in CLUSTER),
        np.where(read["group"] == pair[1], 1, 0).astype(np.int64),
        base,
        coded,
    )


def _told_apart(read: pd.DataFrame, pair: tuple[str, str], settings: Settings) -> NDArray[np.int64]:
    """Number the topics that both groups speak of enough, by labels and by codes; all others are one.

    What is taken together must be enough itself: else the smallest topic told apart joins it.
    """
    mentions, coded = read[read["base"] == 1.0], read[read["coded_base"] == 1.0]
    authors = _least(mentions.groupby(["topic", "group"], observed=True)["author"].nunique(), pair)
    codes = _least(coded.groupby(["topic", "group"], observed=True)["author"].size(), pair)
    codes = codes.reindex(authors.index, fill_value=0)
    enough = (authors >= settings.min_cell) & (codes >= LEAST_CODED)
    ranked = codes[enough].sort_values(kind="stable").index.tolist()
    while ranked and not _enough(coded[~coded["topic"].isin(ranked)], pair):
        ranked = ranked[1:]
    places = {topic: i for i, topic in enumerate(sorted(ranked))}
    return dense_codes(read["topic"].map(places).fillna(len(places)).to_numpy(np.int64))


def _least(counts: pd.Series, pair: tuple[str, str]) -> pd.Series:
    """Take the smaller of the two groups, topic by topic."""
    wide = counts.unstack(fill_value=0).reindex(columns=list(pair), fill_value=0)
    return wide.min(axis=1)


def _enough(rest: pd.DataFrame, pair: tuple[str, str]) -> bool:
    """Whether what is taken together is nothing, or enough."""
    counts = [int((rest["group"] == name).sum()) for name in pair]
    return max(counts) == 0 or min(counts) >= LEAST_CODED


def _small_part(read: pd.DataFrame, least: int) -> str | None:
    """Refuse a change of which a part rests on a few authors, as all parts add up."""
    authors = pd.Series(dense_codes(cluster_codes(read["author"])))
    after = pd.Series((read["group"] == "after").to_numpy())
    kinds = after.groupby(authors).agg(["min", "max"]).value_counts()
    return f"fewer than {least} authors" if (kinds < least).any() else None
