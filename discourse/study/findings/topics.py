"""What is talked about: topics and their prevalence in the groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from discourse.errors import NotMeasurable
from discourse.study.findings.groups import group_names, group_pairs

if TYPE_CHECKING:
    from discourse.study.material import Material


def topic_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Fit topics and compare their prevalence between groups.

    Parameters
    ----------
    material : Material
        Its readable posts and their words; of the study engine, number of topics, seed, minimum cell.

    Returns
    -------
    dict of str to DataFrame
        ``topics``, ``topic_words``, ``topic_prevalence``, ``topic_contrasts``; nothing where no post has a
        content word.
    """
    from discourse.compare.prevalence import prevalence, prevalence_contrasts
    from discourse.topics.fit import fit_topics

    study, posts = material.study, material.readable
    asked_for = study.topics
    try:
        model = fit_topics(
            material.tokens,
            asked_for.n_topics,
            engine=asked_for.engine,
            seed=study.study.seed,
            grid=asked_for.grid,
        )
    except NotMeasurable:
        return {}
    return {
        "topics": model.topic_table(posts["post_id"], posts["author"], min_cell=study.study.min_cell),
        "topic_words": model.word_table(10),
        "topic_prevalence": prevalence(
            model, posts, groups=group_names(study, posts), min_cell=study.study.min_cell
        ),
        "topic_contrasts": prevalence_contrasts(
            model, posts, group_pairs(study, posts), seed=study.study.seed, min_cell=study.study.min_cell
        ),
    }
