"""What a study could show, from the numbers of its authors and threads; no post is scored for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from discourse.compare.power import ICC_AUTHOR, ICC_THREAD, Sizes, power_table
from discourse.study import steps
from discourse.study.depend import dependence
from discourse.study.findings.groups import group_names, group_pairs, group_posts
from discourse.study.store import Store

if TYPE_CHECKING:
    from discourse.study.schema import Study


def study_power(
    study: Study,
    *,
    mentions: float = 0.5,
    icc_author: float = ICC_AUTHOR,
    icc_thread: float = ICC_THREAD,
    power: float = 0.8,
) -> pd.DataFrame:
    """Say what differences between its groups a study could show.

    Parameters
    ----------
    study : Study
        A loaded study; its posts are read and its groups assigned, and nothing else.
    mentions : float
        Share of posts that are expected to speak of the target.
    icc_author, icc_thread : float
        Likeness assumed of posts by one author and in one thread.
    power : float
        How often a difference is to be found.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.POWER`.

    Raises
    ------
    InputError
        If the study or its sources cannot be used.

    Notes
    -----
    To be asked before scores are looked at; power computed from the effect that was found repeats its
    p-value (Hoenig and Heisey 2001, doi:10.1198/000313001300339897).

    Examples
    --------
    ::

        study = discourse.load_study("reports/tiktok-refugees/study.toml")
        discourse.study_power(study, mentions=0.6)
    """
    steps.refuse_unknown_names(study)
    corpus = steps.read_corpus(study, Store(), dependence(study))
    posts, _ = steps.drop_or_keep_duplicates(steps.mark_duplicates(corpus.to_pandas(), study), study)
    steps.refuse_empty(posts)
    _, posts, _ = group_posts(posts, study)
    readable = posts[steps.has_words(posts)]
    names = [name for name in group_names(study, readable) if name != "unassigned"]
    return power_table(
        {name: Sizes.of(readable[readable["group"] == name]) for name in names},
        group_pairs(study, readable),
        icc_author=icc_author,
        icc_thread=icc_thread,
        mentions=mentions,
        power=power,
        min_cell=study.study.min_cell,
    )
