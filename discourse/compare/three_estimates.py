"""Every figure in three versions: from human codes alone, from labels alone, and corrected.

A classifier that is right 85 times in 100 still gives wrong differences between groups, with intervals that
exclude the truth.  Codes of a sample that was drawn with known probabilities correct that.  All three are
given, because a correction trades bias for width, and a reader should see both.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from discourse.compare.cell_versions import (
    MIN_CODED,
    MIN_CODED_LANGUAGE,
    VERSIONS,
    Settings,
    cell_versions,
    group_parts,
    pair_parts,
)
from discourse.compare.confounding import language_class
from discourse.compare.questions import Asked
from discourse.compare.samples import in_text_order
from discourse.compare.sentiment import CLUSTER, mention_outcomes
from discourse.compare.spans import Phase, assign_phases
from discourse.tables import THREE_ESTIMATES

__all__ = [
    "COMPARED",
    "MIN_CODED",
    "MIN_CODED_LANGUAGE",
    "OUTCOMES",
    "VERSIONS",
    "Settings",
    "cell_versions",
    "coded_outcomes",
    "event_versions",
    "group_versions",
    "outcome_versions",
    "pair_versions",
    "phase_versions",
    "question_versions",
]

OUTCOMES: Final = ("mean", "positive", "neutral", "negative", "balance", "coverage")
COMPARED: Final = ("mean", "positive", "negative", "balance")
#: Read of every post, whatever the outcome.
_KEPT: Final = ("post_id", "author", "thread_id", "group", "lang", "pi", "platform")
_SIGNS: Final = {"positive": 1.0, "neutral": 0.0, "negative": -1.0}


def coded_outcomes(scored: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Put what people said beside what the instrument says.

    Parameters
    ----------
    scored : DataFrame
        One row a post, toward one target: ``post_id``, ``target``, ``label``, ``score``, ``mention_kind``,
        ``group``, ``lang``, ``author``, ``thread_id``, and where known ``platform`` and ``created_at``.
    codes : DataFrame
        One row a coded post: ``post_id``, ``value`` (positive, neutral, negative, absent) and ``pi``, the
        probability with which it was coded.

    Returns
    -------
    DataFrame
        The posts with the columns of :func:`discourse.compare.sentiment.mention_outcomes`, ``lang``
        folded to zh, en, mixed and other, ``value``, ``pi``, and for each measure ``code_<measure>``, with
        ``code_about`` and ``code_mention`` (NaN where not coded).

    Notes
    -----
    People answer in three steps, so that a mean of codes is over -1, 0 and 1; the score of an instrument has
    a scale of its own and only helps.  A post that the instrument finds to speak of its own author alone is
    no statement about the group, whatever its code, and stays out of means and shares, as everywhere.

    Examples
    --------
    >>> scored = pd.DataFrame({"post_id": ["1", "2"], "target": "t", "label": "neutral", "score": 0.0,
    ...     "lang": "zh-Hans", "mention_kind": "named", "group": "g", "author": ["a", "b"],
    ...     "thread_id": ["1", "2"]})
    >>> codes = pd.DataFrame({"post_id": ["2"], "value": ["negative"], "pi": [0.5]})
    >>> coded_outcomes(scored, codes)[["code_about", "code_balance", "code_positive"]].values.tolist()
    [[nan, nan, nan], [1.0, -1.0, 0.0]]
    """
    out = mention_outcomes(scored).merge(codes[["post_id", "value", "pi"]], on="post_id", how="left")
    out["lang"] = language_class(out["lang"])
    for name in CLUSTER:  # each figure copies its posts: numbers are copied faster than words
        out[name] = in_text_order(out[name])
    known = out["value"].notna()
    alone = out["mention_kind"].astype("object") == "self"
    out["code_mention"] = (out["value"] != "absent").astype("float64").where(known)
    out["code_about"] = ((out["value"] != "absent") & ~alone).astype("float64").where(known)
    spoken = out["code_about"] == 1.0
    for name in _SIGNS:
        out[f"code_{name}"] = (out["value"] == name).astype("float64").where(spoken)
    out["code_balance"] = out["value"].map(_SIGNS).astype("float64").where(spoken)
    out["code_mean"] = out["code_balance"]
    few = [name for name in ("target", "group", "lang", "platform") if name in out.columns]
    unread = [name for name in ("label", "score", "confidence", "mixed") if name in out.columns]
    return out.drop(columns=unread).astype(dict.fromkeys(few, "category"))


def group_versions(posts: pd.DataFrame, groups: Sequence[str], settings: Settings) -> pd.DataFrame:
    """Estimate every mean and share of each group in three versions, for all languages and each.

    Parameters
    ----------
    posts : DataFrame
        From :func:`coded_outcomes`.
    groups : sequence of str
        The groups, in order.
    settings : Settings
        Correction, level, seed, minimum cell.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.THREE_ESTIMATES` with ``figure`` "group".
    """
    return _table(
        [
            row
            for cell, part in group_parts(posts, groups)
            for outcome in OUTCOMES
            for row in outcome_versions(part, cell | {"outcome": outcome}, outcome, None, settings)
        ]
    )


def pair_versions(posts: pd.DataFrame, pairs: Sequence[tuple[str, str]], settings: Settings) -> pd.DataFrame:
    """Estimate every difference of two groups in three versions, for all languages and within each.

    Parameters
    ----------
    posts, settings
        As for :func:`group_versions`.
    pairs : sequence of (str, str)
        First minus second.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.THREE_ESTIMATES` with ``figure`` "difference".  Two groups that hardly share a
        language or platform are compared only where both are coded in the languages that they write.
    """
    return _table(
        [
            row
            for pair in pairs
            for cell, part in pair_parts(posts, pair)
            for outcome in COMPARED
            for row in outcome_versions(part, cell | {"outcome": outcome}, outcome, pair, settings)
        ]
    )


def event_versions(
    posts: pd.DataFrame, groups: Sequence[str], events: Sequence[tuple[str, Any]], settings: Settings
) -> pd.DataFrame:
    """Estimate how a group spoke after a moment minus before it, in three versions.

    Parameters
    ----------
    posts, groups, settings
        As for :func:`group_versions`; the posts with ``created_at``.
    events : sequence of (str, aware datetime)
        Names and moments.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.THREE_ESTIMATES` with ``figure`` "event" and the name of the event in ``id``.

    Notes
    -----
    A difference of two periods, over other posts by partly other people; nothing says that the event made it.
    """
    timed = posts[posts["created_at"].notna()]
    rows: list[dict[str, Any]] = []
    for name, moment in events:
        phase = np.where(timed["created_at"] >= pd.Timestamp(moment), "after", "before")
        for group in groups:
            part = timed.assign(group=phase)[timed["group"] == group]
            for outcome in ("mean", "positive", "negative"):
                cell = {"figure": "event", "id": name, "outcome": outcome, "group": group, "lang": "all"}
                rows += outcome_versions(part, cell, outcome, ("after", "before"), settings)
    return _table(rows)


def phase_versions(
    posts: pd.DataFrame, groups: Sequence[str], phases: Sequence[Phase], settings: Settings
) -> pd.DataFrame:
    """Estimate how each group spoke in each phase, and how it changed from phase to phase, in three versions.

    Parameters
    ----------
    posts, groups, settings
        As for :func:`group_versions`; the posts with ``created_at``.
    phases : sequence of Phase
        In the order of time.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.THREE_ESTIMATES` with ``figure`` "phase" (``id``: its name) and "change"
        (``id``: the later phase, " vs " and the one before it).

    Notes
    -----
    The series in three versions: a day holds too few codes to be corrected, a phase often holds enough.
    """
    timed = posts[posts["created_at"].notna()]
    timed = timed.assign(phase=assign_phases(timed["created_at"], phases).to_numpy())
    names = [phase.name for phase in phases]
    rows: list[dict[str, Any]] = []
    for group in groups:
        of_group = timed[timed["group"] == group]
        for outcome in COMPARED:
            cell = {"outcome": outcome, "group": group, "lang": "all"}
            for name in names:
                part = of_group[of_group["phase"] == name]
                rows += _given(
                    outcome_versions(part, cell | {"figure": "phase", "id": name}, outcome, None, settings)
                )
            for earlier, later in pairwise(names):
                part = of_group[of_group["phase"].isin((earlier, later))]
                part = part.assign(group=np.where(part["phase"] == later, "after", "before"))
                head = cell | {"figure": "change", "id": f"{later} vs {earlier}"}
                rows += _given(outcome_versions(part, head, outcome, ("after", "before"), settings))
    return _table(rows)


def _given(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out a figure of which no version can be given; the table of phases says why."""
    return rows if any(np.isfinite(row["estimate"]) for row in rows) else []


def question_versions(posts: pd.DataFrame, asked: Sequence[Asked], settings: Settings) -> pd.DataFrame:
    """Estimate the figure behind each question in three versions.

    Parameters
    ----------
    posts, settings
        As for :func:`group_versions`.
    asked : sequence of Asked
        Questions about the target of the posts.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.THREE_ESTIMATES` with ``figure`` "question" and its id in ``id``.
    """
    rows: list[dict[str, Any]] = []
    for question in asked:
        outcome = "mean" if question.outcome.startswith("stance:") else question.outcome.partition(":")[0]
        pair = (question.groups[0], question.groups[1]) if len(question.groups) == 2 else None
        wanted = list(question.groups)
        part = posts if "all" in wanted else posts[posts["group"].isin(wanted)]
        cell = {"figure": "question", "id": question.id, "outcome": outcome, "lang": "all"}
        rows += outcome_versions(part, cell | {"group": " vs ".join(wanted)}, outcome, pair, settings)
    return _table(rows)


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return THREE_ESTIMATES.conform(pd.DataFrame(rows)) if rows else THREE_ESTIMATES.empty()


def outcome_versions(
    part: pd.DataFrame,
    cell: dict[str, Any],
    outcome: str,
    pair: tuple[str, str] | None,
    settings: Settings,
) -> list[dict[str, Any]]:
    """Estimate one figure of stance in three versions, or give the reason of each.

    Parameters
    ----------
    part : DataFrame
        Posts of :func:`coded_outcomes`.
    cell : dict
        What the figure is; goes into each row.
    outcome : str
        One of the outcomes.
    pair : tuple of two str or None
        Values of ``group`` that are compared, first minus second.
    settings : Settings
        Correction, level, seed, minimum cell.

    Returns
    -------
    list of dict
        One row a version: human, naive, corrected.
    """
    cell = {"target": part["target"].iloc[0] if len(part) else ""} | cell
    return cell_versions(outcome_columns(part, outcome), cell, outcome, pair, settings)


def outcome_columns(part: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Name what is estimated: top and base as predicted and as coded; posts without a label are left out.

    Parameters
    ----------
    part : DataFrame
        Posts of :func:`coded_outcomes`.
    outcome : str
        One of the outcomes.

    Returns
    -------
    DataFrame
        Posts as :func:`discourse.compare.cell_versions.cell_versions` reads them.
    """
    mention, coded_mention = (part[name].to_numpy("float64") for name in ("mention", "code_mention"))
    if outcome == "coverage":
        top, code = mention, coded_mention
        base, coded = (np.where(np.isnan(known), np.nan, 1.0) for known in (mention, coded_mention))
    else:
        base = np.where(np.isnan(mention), np.nan, part["about"].to_numpy("float64"))
        top, code = (part[name].to_numpy("float64") for name in (outcome, f"code_{outcome}"))
        coded = part["code_about"].to_numpy("float64")
    kept = part[[name for name in _KEPT if name in part.columns]]
    kept = kept.assign(top=top, base=base, code=code, coded_base=coded)
    # an instrument may say that a target is there without giving a score: it then says nothing
    known = (base == 0.0) | ~np.isnan(top)
    return kept if known.all() else kept[known]
