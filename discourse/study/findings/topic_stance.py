"""Who speaks how of what, and what a gap between groups is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.lookup import rows_of
from discourse.room import laid_in, looked
from discourse.study.findings.groups import group_names, group_pairs

if TYPE_CHECKING:
    from discourse.study.material import Material
    from discourse.topics.model import TopicModel

_AT_ONCE = 100_000


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
    with laid_in(material.mapped):
        return _tables(material)


def _tables(material: Material) -> dict[str, pd.DataFrame]:
    from discourse.compare.decomposition import gap_parts
    from discourse.compare.topic_stance import topic_stance

    study, scored, model = material.study, material.numbered.scored, material.topic_model
    if model is None:
        return {}
    head, topics = study.study, pd.DataFrame({"post_id": [], "lang": [], "topic": [], "label": []})
    mentions = _mentions(material, model)
    instruments = {name: f"{used}; {model.engine}" for name, used in material.instruments.items()}
    named = [name for name in group_names(study, scored) if name != "unassigned"]
    return {
        "topic_stance": topic_stance(
            scored,
            topics,
            instrument=instruments,
            groups=named,
            min_cell=head.min_cell,
            mentions=mentions,
        ),
        "gap_parts": gap_parts(
            scored,
            topics,
            group_pairs(study, scored),
            instrument=instruments,
            min_cell=head.min_cell,
            interval=head.interval,
            seed=head.seed,
            mentions=mentions,
        ),
    }


def _mentions(material: Material, model: TopicModel) -> pd.DataFrame:
    """Give the posts that speak of a target with the topic that leads in each."""
    from discourse.compare.topic_stance import leads, rows_about, with_topics

    scored, ids, posts = material.numbered.scored, material.scored["post_id"], material.readable
    rows, led = rows_about(scored), leads(model)
    at = rows % max(len(posts), 1)  # scores stand target by target, in the order of the posts
    if not _same(ids, rows, posts["post_id"], at):
        at = rows_of(ids.iloc[rows], posts["post_id"])
    topic = np.where(at >= 0, led[at], -1)
    rows, topic = rows[topic >= 0], topic[topic >= 0]
    lang, label = (
        pd.Series(pd.Categorical.from_codes(*found)).iloc[topic].reset_index(drop=True)
        for found in (
            pd.factorize(pd.Series(names, dtype="str")) for names in (model.topic_langs, model.labels())
        )
    )
    return with_topics(scored, rows, pd.DataFrame({"lang": lang, "topic": topic, "label": label}))


def _same(ids: pd.Series, rows: NDArray[np.int64], names: pd.Series, at: NDArray[np.int64]) -> bool:
    """Say whether ids stand where they are looked for."""
    for start in range(0, len(rows), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        if not ids.iloc[rows[part]].array.equals(names.iloc[at[part]].array):
            return False
        looked()
    return True
