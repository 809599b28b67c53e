"""What gaps and changes are made of, corrected where people have coded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from discourse.study.findings.groups import group_names, group_pairs
from discourse.study.findings.time import study_phases

if TYPE_CHECKING:
    from discourse.study.material import Material
    from discourse.study.validation import Coded


def split_version_tables(all_coded: Sequence[Coded], material: Material) -> dict[str, pd.DataFrame]:
    """Split the gaps between groups by topics, and the changes between phases by who writes.

    Parameters
    ----------
    all_coded : sequence of Coded
        The codes of each target.
    material : Material
        Its topics; of the study groups and phases.

    Returns
    -------
    dict of str to DataFrame
        ``part_estimates``; nothing where no gap or change can be split.
    """
    from discourse.tables import PART_ESTIMATES

    made = [table for coded in all_coded for table in _of_target(coded, material) if len(table)]
    return {"part_estimates": PART_ESTIMATES.conform(pd.concat(made, ignore_index=True))} if made else {}


def _of_target(coded: Coded, material: Material) -> Iterator[pd.DataFrame]:
    from discourse.compare.split_versions import change_versions, gap_versions
    from discourse.compare.three_estimates import coded_outcomes
    from discourse.compare.topic_stance import leading_topics
    from discourse.study.findings.validation import settings_of

    study, settings = material.study, settings_of(material.study)
    toward = material.scored[material.scored["target"] == coded.target]
    codes = coded.units.rename(columns={"code": "value"})[["post_id", "value", "pi"]]
    posts = coded_outcomes(toward, codes)
    if material.topic_model is not None:
        leading = leading_topics(material.topic_model, material.readable["post_id"].tolist())
        yield gap_versions(posts, leading, group_pairs(study, toward), settings)
    phases = study_phases(study)
    if len(phases) > 1:
        groups = [name for name in group_names(study, toward) if name != "unassigned"]
        yield change_versions(posts, groups, phases, settings)
