"""What groups of people say about each other online, in Chinese and English at once.

The public names, loaded when they are first used: ``import discourse`` itself loads no heavy library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from discourse.compiled import install

install()  # rules that were compiled are looked for first

__version__ = "0.1.0"

_EXPORTS: dict[str, str] = {
    # doors
    "Corpus": "discourse.corpus.corpus",
    "read_posts": "discourse.corpus.read",
    # text
    "clauses": "discourse.text.clauses",
    "detect_language": "discourse.text.language",
    "gloss": "discourse.text.glosses",
    "kwic": "discourse.text.kwic",
    "sample_kwic": "discourse.text.kwic",
    "sort_kwic": "discourse.text.kwic",
    "segment_zh": "discourse.text.segment",
    "tokenize": "discourse.text.tokens",
    "Tokens": "discourse.text.tokens",
    # sentiment
    "Target": "discourse.sentiment.target",
    "explain": "discourse.sentiment.explain",
    "score": "discourse.sentiment.score",
    "StanceClassifier": "discourse.sentiment.trained.classifier",
    "code_frames": "discourse.sentiment.frames",
    "emotions": "discourse.sentiment.emotion",
    # topics
    "fit_topics": "discourse.topics.fit",
    "choose_k": "discourse.topics.choose",
    "refit": "discourse.topics.stability",
    "match_topics": "discourse.topics.matching",
    "save_topics": "discourse.topics.storage",
    "load_topics": "discourse.topics.storage",
    "place_parts": "discourse.topics.inference",
    "word_rankings": "discourse.topics.words",
    # coding
    "Sample": "discourse.coding.sample",
    "coded_units": "discourse.coding.final",
    "agreement": "discourse.coding.agreement",
    "draw_sample": "discourse.coding.draw",
    "expected_widths": "discourse.coding.widths",
    "import_codes": "discourse.coding.read_sheets",
    "measure": "discourse.coding.measure",
    "read_codes": "discourse.coding.codes",
    "write_sheets": "discourse.coding.sheets",
    # comparison
    "assign_groups": "discourse.compare.groups",
    "contrast": "discourse.compare.contrasts",
    "estimate_gap": "discourse.compare.gap",
    "estimate_share": "discourse.compare.corrected",
    "coded_outcomes": "discourse.compare.three_estimates",
    "group_versions": "discourse.compare.three_estimates",
    "pair_versions": "discourse.compare.three_estimates",
    "question_versions": "discourse.compare.three_estimates",
    "stance_coefficients": "discourse.compare.coefficients",
    "trend_coefficients": "discourse.compare.coefficients",
    "interrupted_coefficients": "discourse.compare.coefficients",
    "like_coefficients": "discourse.compare.coefficients",
    "group_sentiment": "discourse.compare.sentiment",
    "sentiment_contrasts": "discourse.compare.sentiment",
    "keyness": "discourse.compare.keyness",
    "area_means": "discourse.compare.areas",
    "read_boundaries": "discourse.compare.boundaries",
    "bridging": "discourse.compare.bridging",
    "collocates": "discourse.compare.collocates",
    "concordance": "discourse.compare.concordance",
    "author_influence": "discourse.compare.influence",
    "compare_influence": "discourse.compare.influence",
    "engagement": "discourse.compare.engagement",
    "like_terms": "discourse.compare.engagement",
    "language_choice": "discourse.compare.language_choice",
    "mention_windows": "discourse.compare.mention_windows",
    "reciprocity": "discourse.compare.reciprocity",
    "stance_pairs": "discourse.compare.reciprocity",
    "reply_indices": "discourse.compare.replies",
    "reply_mixing": "discourse.compare.replies",
    "reply_pairs": "discourse.compare.reply_pairs",
    "semantic_network": "discourse.compare.semantic_network",
    "prevalence": "discourse.compare.prevalence",
    "prevalence_contrasts": "discourse.compare.prevalence",
    "daily_series": "discourse.compare.trend",
    "change_points": "discourse.compare.changepoints",
    "daily_change_points": "discourse.compare.changepoints",
    "read_outside": "discourse.compare.outside_series",
    "Phase": "discourse.compare.spans",
    "phase_table": "discourse.compare.phases",
    "phase_changes": "discourse.compare.phases",
    "composition": "discourse.compare.composition",
    "interrupted": "discourse.compare.interrupted",
    "cohort_return": "discourse.compare.cohorts",
    "leading_topics": "discourse.compare.topic_stance",
    "topic_stance": "discourse.compare.topic_stance",
    "topic_covariates": "discourse.compare.topic_covariates",
    "gap_parts": "discourse.compare.decomposition",
    "code_contrasts": "discourse.compare.families",
    "group_frames": "discourse.compare.frames",
    "adjust_family": "discourse.compare.families",
    "declared_families": "discourse.compare.families",
    "power_table": "discourse.compare.power",
    "Sizes": "discourse.compare.power",
    "Asked": "discourse.compare.questions",
    "answer_questions": "discourse.compare.questions",
    "ClaimData": "discourse.compare.claims",
    "answer_claims": "discourse.compare.claims",
    # study and report
    "Study": "discourse.study.schema",
    "load_study": "discourse.study.load",
    "run_study": "discourse.study.run",
    "claim_data": "discourse.study.findings.comparison",
    "prepare_study": "discourse.study.tables",
    "study_tables": "discourse.study.tables",
    "run_tables": "discourse.study.tables",
    "list_tables": "discourse.study.tables",
    "plan_of": "discourse.study.planning",
    "diff_runs": "discourse.study.diff",
    "run_robustness": "discourse.study.robustness",
    "study_power": "discourse.study.power",
    "Findings": "discourse.report.findings",
    "render": "discourse.report.render",
}

__all__ = ["__version__", "errors", "stats", *_EXPORTS]  # noqa: PLE0604

if TYPE_CHECKING:
    from discourse import errors, stats
    from discourse.coding.agreement import agreement
    from discourse.coding.codes import read_codes
    from discourse.coding.draw import draw_sample
    from discourse.coding.final import coded_units
    from discourse.coding.measure import measure
    from discourse.coding.read_sheets import import_codes
    from discourse.coding.sample import Sample
    from discourse.coding.sheets import write_sheets
    from discourse.coding.widths import expected_widths
    from discourse.compare.areas import area_means
    from discourse.compare.boundaries import read_boundaries
    from discourse.compare.bridging import bridging
    from discourse.compare.changepoints import change_points, daily_change_points
    from discourse.compare.claims import ClaimData, answer_claims
    from discourse.compare.coefficients import (
        interrupted_coefficients,
        like_coefficients,
        stance_coefficients,
        trend_coefficients,
    )
    from discourse.compare.cohorts import cohort_return
    from discourse.compare.collocates import collocates
    from discourse.compare.composition import composition
    from discourse.compare.concordance import concordance
    from discourse.compare.contrasts import contrast
    from discourse.compare.corrected import estimate_share
    from discourse.compare.decomposition import gap_parts
    from discourse.compare.engagement import engagement, like_terms
    from discourse.compare.families import adjust_family, code_contrasts, declared_families
    from discourse.compare.frames import group_frames
    from discourse.compare.gap import estimate_gap
    from discourse.compare.groups import assign_groups
    from discourse.compare.influence import author_influence, compare_influence
    from discourse.compare.interrupted import interrupted
    from discourse.compare.keyness import keyness
    from discourse.compare.language_choice import language_choice
    from discourse.compare.mention_windows import mention_windows
    from discourse.compare.outside_series import read_outside
    from discourse.compare.phases import phase_changes, phase_table
    from discourse.compare.power import Sizes, power_table
    from discourse.compare.prevalence import prevalence, prevalence_contrasts
    from discourse.compare.questions import Asked, answer_questions
    from discourse.compare.reciprocity import reciprocity, stance_pairs
    from discourse.compare.replies import reply_indices, reply_mixing
    from discourse.compare.reply_pairs import reply_pairs
    from discourse.compare.semantic_network import semantic_network
    from discourse.compare.sentiment import group_sentiment, sentiment_contrasts
    from discourse.compare.spans import Phase
    from discourse.compare.three_estimates import (
        coded_outcomes,
        group_versions,
        pair_versions,
        question_versions,
    )
    from discourse.compare.topic_covariates import topic_covariates
    from discourse.compare.topic_stance import leading_topics, topic_stance
    from discourse.compare.trend import daily_series
    from discourse.corpus.corpus import Corpus
    from discourse.corpus.read import read_posts
    from discourse.report.findings import Findings
    from discourse.report.render import render
    from discourse.sentiment.emotion import emotions
    from discourse.sentiment.explain import explain
    from discourse.sentiment.frames import code_frames
    from discourse.sentiment.score import score
    from discourse.sentiment.target import Target
    from discourse.sentiment.trained.classifier import StanceClassifier
    from discourse.study.diff import diff_runs
    from discourse.study.findings.comparison import claim_data
    from discourse.study.load import load_study
    from discourse.study.planning import plan_of
    from discourse.study.power import study_power
    from discourse.study.robustness import run_robustness
    from discourse.study.run import run_study
    from discourse.study.schema import Study
    from discourse.study.tables import list_tables, prepare_study, run_tables, study_tables
    from discourse.text.clauses import clauses
    from discourse.text.glosses import gloss
    from discourse.text.kwic import kwic, sample_kwic, sort_kwic
    from discourse.text.language import detect_language
    from discourse.text.segment import segment_zh
    from discourse.text.tokens import Tokens, tokenize
    from discourse.topics.choose import choose_k
    from discourse.topics.fit import fit_topics
    from discourse.topics.inference import place_parts
    from discourse.topics.matching import match_topics
    from discourse.topics.stability import refit
    from discourse.topics.storage import load_topics, save_topics
    from discourse.topics.words import word_rankings


def __getattr__(name: str) -> Any:
    if name in ("errors", "stats"):
        return import_module(f"discourse.{name}")
    if name in _EXPORTS:
        value = getattr(import_module(_EXPORTS[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'discourse' has no attribute {name!r}{_instead_of(name)}")


#: What other tools call what we have: where people look first, and what they then find.
_OTHERS_CALL_IT = {
    "plot": "render (a report with its figures), or the tables' own .plot",
    "report": "render, or run_study",
    "sentiment": "score",
    "segment": "segment_zh, or tokenize",
    "tokens": "tokenize",
    "tokenise": "tokenize",
    "read": "read_posts",
    "read_csv": "read_posts",
    "load": "read_posts, or Corpus.load",
    "corpus": "read_posts, or Corpus.from_pandas",
    "groups": "assign_groups",
    "compare": "contrast, or sentiment_contrasts",
    "topics": "fit_topics",
    "lda": "fit_topics",
    "krippendorff_alpha": "agreement, or stats.krippendorff_alpha",
}


def _instead_of(name: str) -> str:
    """Say which public name was perhaps meant."""
    if name.startswith("_"):
        return ""
    from difflib import get_close_matches

    near = _OTHERS_CALL_IT.get(name) or ", ".join(get_close_matches(name, __all__, n=3, cutoff=0.6))
    return f"; perhaps: {near}" if near else "; dir(discourse) lists what there is"


def __dir__() -> list[str]:
    return sorted(__all__)
