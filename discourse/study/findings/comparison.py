"""How the groups feel toward the targets, day by day too, and what that answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from discourse.room import laid_in
from discourse.study.findings.groups import group_names, group_pairs
from discourse.study.findings.time import phase_starts
from discourse.study.schema import in_language
from discourse.study.steps import asked

if TYPE_CHECKING:
    from discourse.compare.claims import ClaimData
    from discourse.compare.questions import Asked
    from discourse.study.material import Material


def comparison_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Compare the groups, day by day too, and answer the questions.

    Parameters
    ----------
    material : Material
        Its scores and instruments; of the study groups, questions, events, zone, seed.

    Returns
    -------
    dict of str to DataFrame
        ``group_sentiment``, ``contrasts``, ``daily``, ``events``, ``questions``.
    """
    # sums so small that threads would only wait for each other
    with laid_in(material.mapped), threadpool_limits(1):
        return _compared(material)


def _compared(material: Material) -> dict[str, pd.DataFrame]:
    from discourse.compare.sentiment import group_sentiment, sentiment_contrasts
    from discourse.compare.trend import daily_series, events_table

    study, scored, instruments = material.study, material.numbered.scored, material.instruments
    head = study.study
    language = "zh" if head.language == "zh" else "en"
    groups = group_names(study, scored)
    pairs = group_pairs(study, scored)
    questions = [asked(question, language, study.events) for question in study.questions]
    events = [{"name": in_language(e.name, language), "at": e.at} for e in study.events]
    described = group_sentiment(
        scored, instrument=instruments, min_cell=head.min_cell, interval=head.interval, seed=head.seed
    )
    compared = sentiment_contrasts(
        scored, pairs, instrument=instruments, seed=head.seed, min_cell=head.min_cell, interval=head.interval
    )
    return {
        "group_sentiment": described,
        "contrasts": _without_hidden_sides(compared, described),
        "daily": daily_series(
            scored, head.timezone, groups=groups, starts=phase_starts(study), min_cell=head.min_cell
        ),
        "events": events_table(events, head.timezone),
        "questions": _answers(material, scored, questions),
    }


def _without_hidden_sides(compared: pd.DataFrame, described: pd.DataFrame) -> pd.DataFrame:
    """Hide the counts of a side that the description of the groups hides."""
    from discourse.compare.suppression import hide_sides

    gone = described[described["n"].isna() & (described["mention_kind"] == "all")]
    hidden = set(gone[["target", "lang", "measure", "group"]].itertuples(index=False, name=None))
    return hide_sides(
        compared, hidden, lambda row, x: (row["target"], row["lang"], row["outcome"], row[f"group_{x}"])
    )


def _answers(material: Material, scored: pd.DataFrame, questions: list[Asked]) -> pd.DataFrame:
    """Answer the questions in their order, each by what can answer it."""
    from discourse.compare.claims import CLAIM_KINDS, answer_claims
    from discourse.compare.questions import adjust_answers, answer_questions
    from discourse.tables import QUESTIONS

    head = material.study.study
    claims = [q for q in questions if q.outcome.partition(":")[0] in CLAIM_KINDS]
    others = [q for q in questions if q not in claims]
    data = claim_data(material, {q.outcome.partition(":")[0] for q in claims})
    found = pd.concat(
        [
            answer_claims(claims, data, seed=head.seed, min_cell=head.min_cell),
            answer_questions(others, scored, seed=head.seed, min_cell=head.min_cell, interval=head.interval),
        ]
    )
    order = {question.id: place for place, question in enumerate(questions)}
    ordered = found.sort_values("id", key=lambda ids: ids.map(order), kind="stable")
    return QUESTIONS.conform(adjust_answers(ordered, head.adjustment))


def claim_data(material: Material, kinds: Collection[str] = ("topic", "emotion")) -> ClaimData:
    """Gather what claims are judged by: posts, frames, and topics and emotions where they are asked.

    Parameters
    ----------
    material : Material
        Posts of a study, with its frames, topics and emotions.
    kinds : collection of str
        Kinds of outcomes that are asked; topics and emotions take a while, and are made only for these.

    Returns
    -------
    ClaimData
        For :func:`discourse.answer_claims`.

    Examples
    --------
    In a notebook::

        material = discourse.prepare_study(discourse.load_study("study.toml"))
        claim = discourse.Asked("T1", "They speak of the ban.", "topic:ban", ("newcomers",), ">", 0.02)
        discourse.answer_claims([claim], discourse.claim_data(material))
    """
    from discourse.compare.claims import ClaimData

    readable = material.readable["post_id"].to_numpy()
    given: dict[str, Any] = {}
    model = material.topic_model if "topic" in kinds else None
    if model is not None:
        shares = pd.DataFrame(model.prevalence, columns=[str(k) for k in range(model.n_topics)])
        shares = shares.assign(post_id=readable)
        given["topics"] = shares if material.discovered is None else shares[~material.discovered]
        given["labels"] = {str(k): label for k, label in enumerate(model.labels())}
    if "emotion" in kinds:
        given["emotions"] = {
            target: codes.reset_index(drop=True).assign(post_id=readable)
            for target, (codes, _) in material.emotions.items()
        }
    return ClaimData(material.posts, material.codes, material.study.study.timezone, **given)
