"""Stance in parts of the posts in three versions: by topic, place, what is answered, and within authors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from discourse.compare.spans import Phase, assign_phases
from discourse.compare.three_estimates import Settings, outcome_versions
from discourse.tables import THREE_ESTIMATES

OUTCOMES: Final = ("positive", "negative", "balance")
#: Replies are told apart by the stance of what they answer, as the instrument says.
ANSWERED: Final = ("positive", "neutral", "negative")


class Part(NamedTuple):
    """A part of the posts: which figure, which one of it, of which group, which posts.

    ``pair`` names two values of the column ``group`` of `posts`, where a difference is asked for.
    """

    figure: str
    id: str
    group: str
    posts: pd.DataFrame
    pair: tuple[str, str] | None = None


def part_versions(parts: Iterable[Part], settings: Settings) -> pd.DataFrame:
    """Estimate shares of stance in parts of the posts in three versions.

    Parameters
    ----------
    parts : iterable of Part
        Parts of the posts of :func:`discourse.compare.three_estimates.coded_outcomes`.
    settings : Settings
        Correction, level, seed, minimum cell.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.THREE_ESTIMATES`; a figure of which no version can be given is left out.

    Notes
    -----
    What makes a part (the topic that leads, the stance of the post answered) is taken as the instrument says;
    only the stance within it is corrected.

    Examples
    --------
    >>> part_versions([], Settings()).empty
    True
    """
    rows: list[dict[str, Any]] = []
    for part in parts:
        for outcome in OUTCOMES:
            cell = {"figure": part.figure, "id": part.id, "group": part.group, "lang": "all"}
            found = outcome_versions(part.posts, cell | {"outcome": outcome}, outcome, part.pair, settings)
            if any(np.isfinite(row["estimate"]) for row in found):
                rows += found
    return THREE_ESTIMATES.conform(pd.DataFrame(rows)) if rows else THREE_ESTIMATES.empty()


def parts_by(posts: pd.DataFrame, figure: str, names: pd.Series) -> list[Part]:
    """Part the posts of all groups by a name of each.

    Parameters
    ----------
    posts : DataFrame
        From :func:`discourse.compare.three_estimates.coded_outcomes`.
    figure : str
        What the names are: ``topic``, ``place``.
    names : Series
        Name by post id; posts without one are in no part.

    Returns
    -------
    list of Part
        In the order of the names.
    """
    named = posts["post_id"].map(names)
    return [Part(figure, str(name), "all", posts[named == name]) for name in sorted(named.dropna().unique())]


def parts_answered(posts: pd.DataFrame, pairs: pd.DataFrame, groups: Sequence[str]) -> list[Part]:
    """Part the replies of each group by the stance of the post that they answer.

    Parameters
    ----------
    posts : DataFrame
        From :func:`discourse.compare.three_estimates.coded_outcomes`.
    pairs : DataFrame
        Replies with what they answer: ``post_id``, ``parent_id``.
    groups : sequence of str
        The groups, in order.

    Returns
    -------
    list of Part
        ``figure`` "reply", ``id`` the stance answered; all groups together, then each.
    """
    about = posts[posts["about"].astype(bool)].drop_duplicates("post_id").set_index("post_id")
    answered = pairs.drop_duplicates("post_id").set_index("post_id")["parent_id"]
    parents = posts["post_id"].map(answered)
    made = []
    for stance in ANSWERED:
        members = posts[parents.isin(about.index[about[stance] == 1.0])]
        for group in ("all", *groups):
            mine = members if group == "all" else members[members["group"] == group]
            made.append(Part("reply", stance, group, mine))
    return made


def parts_within(posts: pd.DataFrame, groups: Sequence[str], phases: Sequence[Phase]) -> list[Part]:
    """Compare phases among the authors who speak of the target in both: what is no change of who writes.

    Parameters
    ----------
    posts : DataFrame
        From :func:`discourse.compare.three_estimates.coded_outcomes`, with ``created_at``.
    groups : sequence of str
        The groups, in order.
    phases : sequence of Phase
        In the order of time.

    Returns
    -------
    list of Part
        ``figure`` "same authors", ``id`` the later phase, " vs " and the one before it.
    """
    timed = posts[posts["created_at"].notna()]
    timed = timed.assign(phase=assign_phases(timed["created_at"], phases).to_numpy())
    made = []
    for group in groups:
        mine = timed[timed["group"] == group]
        for earlier, later in pairwise([phase.name for phase in phases]):
            both = mine[mine["phase"].isin((earlier, later))]
            about = both[both["about"].astype(bool)]
            stays = about.groupby("author", observed=True)["phase"].nunique()
            kept = both[both["author"].isin(stays.index[stays == 2])]
            kept = kept.assign(group=np.where(kept["phase"] == later, "after", "before"))
            made.append(Part("same authors", f"{later} vs {earlier}", group, kept, ("after", "before")))
    return made
