"""Stance by topic, place, reply, influence and within authors, corrected where people have coded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from discourse.study.findings.time import study_phases

if TYPE_CHECKING:
    from discourse.compare.part_versions import Part
    from discourse.compare.three_estimates import Settings
    from discourse.study.material import Material


def stance_part_versions(
    posts: pd.DataFrame, groups: list[str], material: Material, settings: Settings
) -> pd.DataFrame:
    """Estimate stance in the parts of the posts that a study looks at in three versions.

    Parameters
    ----------
    posts : DataFrame
        From :func:`discourse.compare.three_estimates.coded_outcomes`.
    groups : list of str
        The groups, in order.
    material : Material
        Its topics, places, replies and what attention posts received.
    settings : Settings
        Correction, level, seed, minimum cell.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.THREE_ESTIMATES`, with the questions answered without single units.
    """
    from discourse.compare import part_versions as of
    from discourse.study.findings.influence import influence_parts, without_one

    study, parts = material.study, list[of.Part]()
    if material.topic_model is not None:
        parts += _topics(posts, material)
    if study.places.ask:
        places = material.posts.drop_duplicates("post_id").set_index("post_id")["ip_location"].dropna()
        parts += of.parts_by(posts, "place", places)
    if study.replies.ask:
        from discourse.compare.reply_pairs import reply_pairs

        parts += of.parts_answered(posts, reply_pairs(material.posts), groups)
    phases = study_phases(study)
    if len(phases) > 1:
        parts += of.parts_within(posts, groups, phases)
    if study.likes.ask:
        parts += influence_parts(posts, groups, material, settings)
    found = [of.part_versions(parts, settings), without_one(posts, material, settings)]
    known = [table for table in found if len(table)]
    return pd.concat(known, ignore_index=True) if known else found[0]


def _topics(posts: pd.DataFrame, material: Material) -> list[Part]:
    from discourse.compare.part_versions import parts_by
    from discourse.compare.topic_stance import leading_topics

    assert material.topic_model is not None
    leading = leading_topics(material.topic_model, material.readable["post_id"].tolist())
    names = leading.drop_duplicates("post_id").set_index("post_id")["topic"].map("{:03d}".format)
    return parts_by(posts, "topic", names)
