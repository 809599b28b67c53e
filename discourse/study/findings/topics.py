"""What is talked about: topics and their prevalence in the groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

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

    study, posts, model = material.study, material.readable, material.topic_model
    if model is None:
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
