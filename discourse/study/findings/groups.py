"""Who speaks: authors and posts of the groups of a study."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from discourse.study.schema import Study
from discourse.study.steps import group_rules


def group_posts(posts: pd.DataFrame, study: Study) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Assign authors, and with them posts, to the groups of a study.

    Parameters
    ----------
    posts : DataFrame
        Posts.
    study : Study
        Its rules and its sheet of overrides.

    Returns
    -------
    (DataFrame, DataFrame, list of str)
        Authors with group and signals; the posts with ``group``; what is doubtful about the rules.
    """
    from discourse.compare.groups import assign_groups, post_groups, rule_warnings

    rules = group_rules(study)
    if not rules:
        everybody = [{"name": "everybody", "not": [{"ip": ["ZZ"]}]}]
        authors = assign_groups(posts, everybody)
        return authors, posts.assign(group=post_groups(posts, authors)), []
    authors = assign_groups(posts, rules, study.group_overrides)
    return authors, posts.assign(group=post_groups(posts, authors)), rule_warnings(rules, posts)


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
