"""The analyses of a study, in their order: each a function from the material to tables of the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from discourse.study.findings.comparison import comparison_tables
from discourse.study.findings.description import copy_tables, description_tables, limit_tables
from discourse.study.findings.families import code_contrast_tables, family_tables
from discourse.study.findings.frames import frame_tables
from discourse.study.findings.likes import like_tables
from discourse.study.findings.nearby import nearby_tables
from discourse.study.findings.places import place_tables
from discourse.study.findings.plan import plan_tables
from discourse.study.findings.replies import reply_tables
from discourse.study.findings.robustness import robustness_findings
from discourse.study.findings.time import time_tables
from discourse.study.findings.topic_stance import topic_stance_tables
from discourse.study.findings.topics import topic_tables
from discourse.study.findings.validation import validation_tables
from discourse.study.findings.words import word_tables
from discourse.study.material import Material
from discourse.study.schema import Study


def _always(_: Study) -> bool:
    return True


@dataclass(frozen=True)
class Analysis:
    """One analysis.

    ``name`` is its step in the log, ``message`` what a run says while it does it, ``make`` the work,
    ``asked`` whether a study wants it.
    """

    name: str
    message: str
    make: Callable[[Material], dict[str, pd.DataFrame]]
    asked: Callable[[Study], bool] = _always


#: In the order of a run; an analysis may read the tables of those before it.
ANALYSES: Final[tuple[Analysis, ...]] = (
    Analysis("topics", "fitting topics", topic_tables),
    Analysis("words", "comparing the words of groups", word_tables),
    Analysis("frames", "coding frames", frame_tables, lambda study: bool(study.codes)),
    Analysis("compare", "comparing groups", comparison_tables),
    Analysis(
        "codes",
        "comparing frames and emotions",
        code_contrast_tables,
        lambda study: bool(study.codes) or any(target.emotions for target in study.targets),
    ),
    Analysis("topic-stance", "crossing topics with stance", topic_stance_tables),
    Analysis("time", "looking at phases and series", time_tables),
    Analysis("replies", "asking who answers whom", reply_tables, lambda study: study.replies.ask),
    Analysis("likes", "asking what goes with likes", like_tables, lambda study: study.likes.ask),
    Analysis("places", "asking where the tone differs", place_tables, lambda study: study.places.ask),
    Analysis("nearby", "reading the words near the target", nearby_tables, lambda study: study.nearby.ask),
    Analysis(
        "validation",
        "correcting by human codes",
        validation_tables,
        lambda study: study.validation is not None,
    ),
    Analysis(
        "robustness",
        "answering under other choices",
        robustness_findings,
        lambda study: study.robustness is not None,
    ),
    Analysis("plan", "comparing with the plan", plan_tables, lambda study: study.study.plan is not None),
    Analysis("describe", "describing what was collected", description_tables),
    Analysis("copies", "looking at copies", copy_tables, lambda study: study.duplicates.near != "keep"),
    Analysis("families", "counting the tests of each family", family_tables),
    Analysis("limits", "writing the limits", limit_tables),
)
