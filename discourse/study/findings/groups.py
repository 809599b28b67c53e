"""Who speaks: authors and posts of the groups of a study."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from discourse.room import laid_in
from discourse.study.mapped import Mapped
from discourse.study.schema import Study
from discourse.study.steps import group_rules


def group_posts(
    posts: pd.DataFrame, study: Study, mapped: Mapped | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Assign authors, and with them posts, to the groups of a study.

    Parameters
    ----------
    posts : DataFrame
        Posts.
    study : Study
        Its rules and its sheet of overrides.
    mapped : Mapped, optional
        Where the columns of a large study lie.

    Returns
    -------
    (DataFrame, DataFrame, list of str)
        Authors with group and signals; the posts with ``group``; what is doubtful about the rules.
    """
    with laid_in(mapped or Mapped()):
        return _grouped(posts, study, mapped or Mapped())


def _grouped(
    posts: pd.DataFrame, study: Study, mapped: Mapped
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    from discourse.compare.groups import assign_groups, groups_by_part, rule_warnings

    rules = group_rules(study)
    asked = rules or [{"name": "everybody", "not": [{"ip": ["ZZ"]}]}]
    authors = mapped.frame(assign_groups(posts, asked, study.group_overrides if rules else None))
    mapped.let_go()
    group = mapped.stack(part.to_frame() for part in groups_by_part(posts, authors))["group"]
    grouped = mapped.frame(posts.assign(group=group.array))
    return authors, grouped, rule_warnings(rules, posts) if rules else []


def group_names(study: Study, posts: pd.DataFrame) -> list[str]:
    """List the groups in the order of the study.

    Parameters
    ----------
    study : Study
        A study.
    posts : DataFrame
        Posts with ``group``.

    Returns
    -------
    list of str
        Declared groups, and ``unassigned`` last if it occurs.
    """
    declared = [group.name for group in study.groups] or ["everybody"]
    return declared + (["unassigned"] if (posts["group"] == "unassigned").any() else [])


def group_pairs(study: Study, posts: pd.DataFrame) -> list[tuple[str, str]]:
    """List the pairs of groups that are compared.

    Parameters
    ----------
    study : Study
        A study.
    posts : DataFrame
        Posts with ``group``.

    Returns
    -------
    list of (str, str)
        All pairs of declared groups, in the order of the study.
    """
    return list(combinations([g for g in group_names(study, posts) if g != "unassigned"], 2))
