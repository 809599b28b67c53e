"""The tables that pass between steps, and what each column means.

A table is a tidy pandas DataFrame.  Unknown is NA, never 0 and never an empty string; ids are text; times are
aware UTC.  The same declarations make the data dictionary of the report.  Each room declares its tables in a
file of its own; what a report may print is listed in :data:`REPORT_TABLES`.
"""

from __future__ import annotations

from discourse.tables.coding import (
    ACCURACY,
    AGREEMENT,
    CALIBRATION,
    CLASS_ACCURACY,
    CODES,
    CONFUSION,
    DIFFERENTIAL,
    FINAL_CODES,
    SAMPLE,
    SAMPLE_TEXTS,
)
from discourse.tables.collected import (
    CORPUS_DESCRIPTION,
    DAILY,
    DIFF,
    EVENTS,
    FLOW,
    GROUP_SIGNALS,
    KEYNESS,
    LIMITS,
)
from discourse.tables.engagement import AREAS, ENGAGEMENT, INFLUENCE, INFLUENCE_WEIGHTS
from discourse.tables.network import (
    COLLOCATES,
    CONCORDANCE,
    LANGUAGE_CHOICE,
    RECIPROCITY,
    REPLY_INDICES,
    REPLY_MIXING,
    SEMANTIC_EDGES,
    SEMANTIC_NODES,
)
from discourse.tables.plan import PLANNED
from discourse.tables.posts import AUDIT, DROPPED_COPIES, KWIC, NEAR_CLUSTERS, POSTS, REJECTS
from discourse.tables.robustness import POWER, ROBUSTNESS, SPECIFICATIONS
from discourse.tables.stance import CONTRASTS, FRAMES, GROUP_SENTIMENT, MENTION_KINDS, QUESTIONS, SCORES
from discourse.tables.table import ESTIMATE, Column, Table
from discourse.tables.time import (
    CHANGE_POINTS,
    COHORTS,
    COMPOSITION,
    INTERRUPTED,
    OUTSIDE_SERIES,
    PHASE_CHANGES,
    PHASES,
)
from discourse.tables.topic_stance import GAP_PARTS, TOPIC_STANCE
from discourse.tables.topics import TOPIC_PREVALENCE, TOPIC_WORDS, TOPICS
from discourse.tables.validation import THREE_ESTIMATES, VALIDATION

REPORT_TABLES: tuple[Table, ...] = (
    FLOW,
    CORPUS_DESCRIPTION,
    GROUP_SIGNALS,
    GROUP_SENTIMENT,
    CONTRASTS,
    KEYNESS,
    TOPICS,
    TOPIC_WORDS,
    TOPIC_PREVALENCE,
    FRAMES,
    DAILY,
    EVENTS,
    QUESTIONS,
    LIMITS,
    VALIDATION,
    AGREEMENT,
    ACCURACY,
    CLASS_ACCURACY,
    CONFUSION,
    CALIBRATION,
    DIFFERENTIAL,
    THREE_ESTIMATES,
    PLANNED,
    PHASES,
    PHASE_CHANGES,
    COMPOSITION,
    INTERRUPTED,
    CHANGE_POINTS,
    COHORTS,
    OUTSIDE_SERIES,
    TOPIC_STANCE,
    GAP_PARTS,
    SPECIFICATIONS,
    ROBUSTNESS,
)

__all__ = [
    "ACCURACY",
    "AGREEMENT",
    "AREAS",
    "AUDIT",
    "CALIBRATION",
    "CHANGE_POINTS",
    "CLASS_ACCURACY",
    "CODES",
    "COHORTS",
    "COLLOCATES",
    "COMPOSITION",
    "CONCORDANCE",
    "CONFUSION",
    "CONTRASTS",
    "CORPUS_DESCRIPTION",
    "DAILY",
    "DIFF",
    "DIFFERENTIAL",
    "DROPPED_COPIES",
    "ENGAGEMENT",
    "ESTIMATE",
    "EVENTS",
    "FINAL_CODES",
    "FLOW",
    "FRAMES",
    "GAP_PARTS",
    "GROUP_SENTIMENT",
    "GROUP_SIGNALS",
    "INFLUENCE",
    "INFLUENCE_WEIGHTS",
    "INTERRUPTED",
    "KEYNESS",
    "KWIC",
    "LANGUAGE_CHOICE",
    "LIMITS",
    "MENTION_KINDS",
    "NEAR_CLUSTERS",
    "OUTSIDE_SERIES",
    "PHASES",
    "PHASE_CHANGES",
    "PLANNED",
    "POSTS",
    "POWER",
    "QUESTIONS",
    "RECIPROCITY",
    "REJECTS",
    "REPLY_INDICES",
    "REPLY_MIXING",
    "REPORT_TABLES",
    "ROBUSTNESS",
    "SAMPLE",
    "SAMPLE_TEXTS",
    "SCORES",
    "SEMANTIC_EDGES",
    "SEMANTIC_NODES",
    "SPECIFICATIONS",
    "THREE_ESTIMATES",
    "TOPICS",
    "TOPIC_PREVALENCE",
    "TOPIC_STANCE",
    "TOPIC_WORDS",
    "VALIDATION",
    "Column",
    "Table",
]
