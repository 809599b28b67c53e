"""The analyses of a study, in their order: each a function from the material to tables of the report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from discourse.compare.families import ADJUSTMENTS
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
from discourse.study.findings.trained import trained_tables, uses_trained
from discourse.study.findings.validation import validation_tables
from discourse.study.findings.words import word_tables
from discourse.study.material import Material
from discourse.study.schema import Study


def _always(_: Study) -> bool:
    return True


def _never(_: Study) -> bool:
    return False


def _claims_no_topics(study: Study) -> bool:
    """Whether no question is about topics or emotions, which other analyses need and make once for all."""
    return not any(question.outcome.startswith(("topic:", "emotion:")) for question in study.questions)


@dataclass(frozen=True)
class Analysis:
    """One analysis.

    ``name`` is its step in the log, ``message`` what a run says while it does it, ``make`` the work,
    ``tables`` what it can make (or make anew: corrected answers take the place of those before), ``reads``
    the tables of earlier analyses that it works on, ``asked`` whether a study wants it, ``key`` the part of
    a study file that says so, ``apart`` whether it may be made in a process of its own: it needs nothing that
    others leave in memory, such as the fitted topics.
    """

    name: str
    message: str
    make: Callable[[Material], dict[str, pd.DataFrame]]
    tables: tuple[str, ...]
    reads: tuple[str, ...] = ()
    asked: Callable[[Study], bool] = _always
    key: str = "[study]"
    apart: Callable[[Study], bool] = _never


#: In the order of a run; an analysis may read the tables of those before it.
ANALYSES: Final[tuple[Analysis, ...]] = (
    Analysis(
        "topics",
        "fitting topics",
        topic_tables,
        (
            *("topics", "topic_words", "topic_rankings", "topic_grid"),
            *("topic_prevalence", "topic_contrasts", "topic_covariates"),
        ),
        key="[topics]",
    ),
    Analysis("words", "comparing the words of groups", word_tables, ("keyness",), key="[[groups]]"),
    Analysis(
        "frames",
        "coding frames",
        frame_tables,
        ("frames",),
        asked=lambda study: bool(study.codes),
        key="[[codes]]",
    ),
    Analysis(
        "compare",
        "comparing groups",
        comparison_tables,
        ("group_sentiment", "contrasts", "daily", "events", "questions"),
        key="[[groups]], [[targets]], [[questions]]",
        apart=_claims_no_topics,
    ),
    Analysis(
        "codes",
        "comparing frames and emotions",
        code_contrast_tables,
        ("code_contrasts", "emotions"),
        asked=lambda study: bool(study.codes) or any(target.emotions for target in study.targets),
        key="[[codes]]",
    ),
    Analysis(
        "topic-stance",
        "crossing topics with stance",
        topic_stance_tables,
        ("topic_stance", "gap_parts"),
        key="[topics]",
    ),
    Analysis(
        "time",
        "looking at phases and series",
        time_tables,
        (
            *("phases", "phase_changes", "composition", "interrupted"),
            *("change_points", "cohorts", "outside_series"),
        ),
        reads=("daily",),
        key="[[phases]], [[events]], [[series]]",
        apart=_always,
    ),
    Analysis(
        "replies",
        "asking who answers whom",
        reply_tables,
        ("reply_mixing", "reply_indices", "reciprocity", "language_choice"),
        asked=lambda study: study.replies.ask,
        key="[replies]",
        apart=_always,
    ),
    Analysis(
        "likes",
        "asking what goes with likes",
        like_tables,
        ("engagement", "influence_weights", "influence"),
        asked=lambda study: study.likes.ask,
        key="[likes]",
    ),
    Analysis(
        "places",
        "asking where the tone differs",
        place_tables,
        ("areas", "area_boundaries"),
        asked=lambda study: study.places.ask,
        key="[places]",
        apart=_always,
    ),
    Analysis(
        "nearby",
        "reading the words near the target",
        nearby_tables,
        ("collocates", "semantic_nodes", "semantic_edges", "concordance"),
        asked=lambda study: study.nearby.ask,
        key="[nearby]",
        apart=_always,
    ),
    Analysis(
        "trained",
        "looking at what trained instruments were tested on",
        trained_tables,
        ("trained_models", "trained_accuracy", "trained_calibration", "learning_curve"),
        asked=uses_trained,
        key="[scorer]",
    ),
    Analysis(
        "validation",
        "correcting by human codes",
        validation_tables,
        (
            *("validation", "agreement", "accuracy", "class_accuracy", "confusion", "calibration"),
            *("differential", "three_estimates", "coefficients", "group_rules", "contrasts", "questions"),
            *("code_accuracy", "code_estimates", "group_shares", "part_estimates"),
        ),
        reads=("contrasts", "questions", "interrupted"),
        asked=lambda study: study.validation is not None,
        key="[validation]",
    ),
    Analysis(
        "robustness",
        "answering under other choices",
        robustness_findings,
        ("specifications", "robustness"),
        asked=lambda study: study.robustness is not None,
        key="[robustness]",
    ),
    Analysis(
        "plan",
        "comparing with the plan",
        plan_tables,
        ("planned", "questions"),
        reads=("questions",),
        asked=lambda study: study.study.plan is not None,
        key="[study] plan",
    ),
    Analysis(
        "describe",
        "describing what was collected",
        description_tables,
        ("flow", "corpus_description", "group_signals"),
    ),
    Analysis(
        "copies",
        "looking at copies",
        copy_tables,
        ("dropped_copies", "near_clusters"),
        asked=lambda study: study.duplicates.near != "keep",
        key="[duplicates] near",
    ),
    Analysis(
        "families",
        "counting the tests of each family",
        family_tables,
        ("families",),
        reads=tuple(ADJUSTMENTS),
    ),
    Analysis("limits", "writing the limits", limit_tables, ("limits",), reads=("validation",)),
)


def made_apart(chosen: Sequence[Analysis], study: Study) -> list[Analysis]:
    """List the analyses that may be made in a process of their own, beside the others.

    Parameters
    ----------
    chosen : sequence of Analysis
        The analyses of a run, in order.
    study : Study
        What is asked.

    Returns
    -------
    list of Analysis
        In order; each reads no table but of those before it in the list.

    Examples
    --------
    >>> from discourse.study.load import check_study
    >>> head = {"title": "T", "question": "?"}
    >>> study = check_study({"version": 1, "study": head, "sources": [{"path": "posts.csv"}]})
    >>> [analysis.name for analysis in made_apart(ANALYSES, study)]
    ['compare', 'time', 'replies', 'places', 'nearby']
    """
    apart: list[Analysis] = []
    for number, analysis in enumerate(chosen):
        others = {table for other in chosen[:number] if other not in apart for table in other.tables}
        if analysis.apart(study) and not others & set(analysis.reads):
            apart.append(analysis)
    return apart


def analyses_behind(study: Study, tables: Collection[str]) -> list[Analysis]:
    """List the analyses that some tables of a study need, in the order of a run.

    Parameters
    ----------
    study : Study
        What is asked.
    tables : collection of str
        Names of tables.

    Returns
    -------
    list of Analysis
        Those that make the tables, and those whose tables they read; of what the study asks only.

    Examples
    --------
    >>> from discourse.study.load import check_study
    >>> head = {"title": "T", "question": "?"}
    >>> study = check_study({"version": 1, "study": head, "sources": [{"path": "posts.csv"}]})
    >>> [analysis.name for analysis in analyses_behind(study, ["cohorts"])]
    ['compare', 'time']
    """
    wanted, found = set(tables), []
    for analysis in reversed(ANALYSES):
        if analysis.asked(study) and wanted & set(analysis.tables):
            found.append(analysis)
            wanted |= set(analysis.reads)
    return found[::-1]
