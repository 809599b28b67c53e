"""Stance of authors of high and of low influence in three versions, and what single units do to an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from discourse.compare.part_versions import Part
from discourse.errors import NotMeasurable

if TYPE_CHECKING:
    from discourse.compare.three_estimates import Settings
    from discourse.study.material import Material

SIDES = ("high", "low")


def influence_parts(
    posts: pd.DataFrame, groups: list[str], material: Material, settings: Settings
) -> list[Part]:
    """Part the posts of each group by the influence of their authors, and compare high with low.

    Parameters
    ----------
    posts : DataFrame
        From :func:`discourse.compare.three_estimates.coded_outcomes`.
    groups : list of str
        The groups, in order.
    material : Material
        Its posts, with what attention they received.
    settings : Settings
        Minimum cell: a group with fewer authors on a side is left out, for the other side would tell of it.

    Returns
    -------
    list of Part
        ``figure`` "influence", ``id`` high, low, or "high vs low"; nothing where nobody received attention.
    """
    from discourse.compare.influence import author_influence

    try:
        authors, _ = author_influence(material.posts)
    except NotMeasurable:
        return []
    influence = authors.set_index("author")["influence"]
    known = material.posts.drop_duplicates("post_id")
    by_post = pd.Series(known["author"].map(influence).to_numpy(dtype=object), index=known["post_id"])
    side = posts["post_id"].map(by_post)
    sizes = authors.groupby("group")["influence"].value_counts().unstack(fill_value=0)
    parts = []
    for group in groups:
        if group not in sizes.index or any(sizes.loc[group].get(s, 0) < settings.min_cell for s in SIDES):
            continue
        mine = posts["group"] == group
        parts += [Part("influence", name, group, posts[mine & (side == name)]) for name in SIDES]
        both = posts[mine & side.isin(SIDES)]
        both = both.assign(group=side[both.index].to_numpy())
        parts.append(Part("influence", " vs ".join(SIDES), group, both, (SIDES[0], SIDES[1])))
    return parts


def without_one(posts: pd.DataFrame, material: Material, settings: Settings) -> pd.DataFrame:
    """Answer the questions about a target without the author, the thread or the day that moves each most.

    Parameters
    ----------
    posts : DataFrame
        From :func:`discourse.compare.three_estimates.coded_outcomes`, toward one target.
    material : Material
        Its study.
    settings : Settings
        Correction, level, seed, minimum cell.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.THREE_ESTIMATES`.
    """
    from discourse.compare.leave_one_out import leave_one_out
    from discourse.study.findings.validation import CORRECTED, questions_of

    target = str(np.asarray(posts["target"])[0]) if len(posts) else ""
    outcomes = {f"{kind}:{target}" for kind in CORRECTED}
    asked = [question for question in questions_of(material.study) if question.outcome in outcomes]
    return leave_one_out(posts, asked, settings, timezone=material.study.study.timezone)
