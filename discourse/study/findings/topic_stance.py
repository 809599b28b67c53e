"""Who speaks how of what, and what a gap between groups is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from discourse.study.findings.groups import group_names, group_pairs

if TYPE_CHECKING:
    from discourse.study.material import Material


def topic_stance_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Cross topics with stance, and split the gaps between groups by them.

    Parameters
    ----------
    material : Material
        Its scores and topics; of the study groups, seed, interval, minimum cell.

    Returns
    -------
    dict of str to DataFrame
        ``topic_stance`` and ``gap_parts``, toward all targets of the study; nothing where no post has a
        content word.
    """
    from discourse.compare.decomposition import gap_parts
    from discourse.compare.topic_stance import leading_topics, topic_stance

    study, scored, model = material.study, material.scored, material.topic_model
    if model is None:
        return {}
    head, topics = study.study, leading_topics(model, material.readable["post_id"].tolist())
    instruments = {name: f"{used}; {model.engine}" for name, used in material.instruments.items()}
    named = [name for name in group_names(study, scored) if name != "unassigned"]
    return {
        "topic_stance": topic_stance(
            scored, topics, instrument=instruments, groups=named, min_cell=head.min_cell
        ),
        "gap_parts": gap_parts(
            scored,
            topics,
            group_pairs(study, scored),
            instrument=instruments,
            min_cell=head.min_cell,
            interval=head.interval,
            seed=head.seed,
        ),
    }
