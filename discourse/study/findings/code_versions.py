"""Frames, emotions and main topics in three versions where people coded them, and how instruments err."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.errors import NotMeasurable, StudyError
from discourse.study.findings.groups import group_names, group_pairs

if TYPE_CHECKING:
    from discourse.coding.further import Question
    from discourse.compare.code_versions import CodedAnswers
    from discourse.compare.questions import Asked
    from discourse.compare.three_estimates import Settings
    from discourse.study.material import Material
    from discourse.study.validation import Coded


def code_version_tables(
    coded: Coded, material: Material, asked: list[Asked], settings: Settings
) -> dict[str, pd.DataFrame]:
    """Correct the frames, emotions and main topics that people have coded, and measure their instruments.

    Parameters
    ----------
    coded : Coded
        The codes of one sample.
    material : Material
        Its frames, emotions and topics.
    asked : list of Asked
        The questions of the study.
    settings : Settings
        Correction, level, seed, minimum cell.

    Returns
    -------
    dict of str to DataFrame
        ``code_estimates`` and ``code_accuracy``; nothing where none was coded.

    Raises
    ------
    StudyError
        If a list of phrases or a model was changed after the draw, or is no longer in the study.
    """
    from discourse.coding.further import TOPIC
    from discourse.study.findings.topic_versions import topic_versions

    variables = [name for name in coded.sample.design.variables if name in set(coded.further["variable"])]
    if not variables:
        return {}
    said = _frozen_answers(coded, material)
    estimates, accuracies = list[pd.DataFrame](), list[pd.DataFrame]()
    for name in variables:
        if name == TOPIC:
            made, accuracy = topic_versions(coded, material, said[name], asked, settings)
            estimates, accuracies = [*estimates, *made], [*accuracies, accuracy]
            continue
        answers = _answers(coded, material, name, said[name])
        estimates += _estimates(answers, material, asked, settings)
        accuracies.append(_accuracy(coded, name, answers, settings))
    known = [table for table in estimates if len(table)]
    tables = {"code_accuracy": pd.concat(accuracies, ignore_index=True)}
    return tables | ({"code_estimates": pd.concat(known, ignore_index=True)} if known else {})


def _frozen_answers(coded: Coded, material: Material) -> pd.DataFrame:
    """Answer the questions of the draw again, and refuse other answers than those that it froze."""
    from discourse.coding.further import labels_hash
    from discourse.study.further import answers_of, fitted_questions, study_questions

    design = coded.sample.design
    known = study_questions(material.study, coded.target)
    gone = [name for name in design.variables if name not in known]
    if gone:
        raise StudyError(
            f"people coded {gone[0]!r}, which is no frame or emotion of this study",
            where="validation.codes",
            expected=", ".join(known) or "a study with [[codes]]",
            hint="declare it as it was when the sample was drawn",
        )
    asked = fitted_questions(material, [known[name] for name in design.variables])
    said = answers_of(material, coded.target, asked)
    for question, instrument, frozen in zip(asked, design.instruments, design.labels_sha256, strict=True):
        # "": a person withdrew from the sample, and answers of all others are known no longer
        same = frozen in ("", labels_hash(said["post_id"].tolist(), said[question.variable]))
        _refuse_other(question, instrument, same)
    return said


def _refuse_other(question: Question, instrument: str, same: bool) -> None:
    from discourse.coding.further import TOPIC

    if question.instrument == instrument and same:
        return
    if question.variable == TOPIC:
        raise StudyError(
            "the topics were fitted anew after the sample was drawn, and are others now",
            where="validation.codes",
            expected=f"{instrument}; this study fits {question.instrument}",
            hint="put posts, engine, seed and number of topics back, or draw and code a new sample",
        )
    raise StudyError(
        f"what finds {question.variable!r} was changed after the sample was drawn",
        where="validation.codes",
        expected=f"{instrument}; this study runs {question.instrument}",
        hint="put the list of phrases or the model of the draw back, or draw and code a new sample",
    )


def _answers(coded: Coded, material: Material, variable: str, said: pd.Series) -> CodedAnswers:
    from discourse.coding.further import further_units
    from discourse.compare.code_versions import CodedAnswers, coded_answers
    from discourse.compare.three_estimates import coded_outcomes

    kind, _, name = variable.partition(":")
    toward = material.scored[material.scored["target"] == coded.target].reset_index(drop=True)
    units = further_units(coded.sample, coded.further, variable)
    codes = units.rename(columns={"code": "value"})[["post_id", "value", "pi"]]
    posts = material.readable
    if kind == "frame":
        return CodedAnswers("frame", name, coded_answers(posts, said, codes))
    stance = coded.units.rename(columns={"code": "value"})[["post_id", "value", "pi"]]
    both = coded_outcomes(toward, stance).set_index("post_id")
    mine = both.loc[posts["post_id"]]
    found = coded_answers(
        posts,
        said,
        codes,
        about=mine["about"].astype("float64").reset_index(drop=True),
        coded_about=both["code_about"],
    )
    return CodedAnswers("emotion", name, found, coded.target)


def _estimates(
    answers: CodedAnswers, material: Material, asked: list[Asked], settings: Settings
) -> list[pd.DataFrame]:
    from discourse.compare import code_versions as of
    from discourse.compare.regrouped import regrouped_code_versions
    from discourse.study.findings.group_rules import known_authors

    study, posts = material.study, material.readable
    groups = [name for name in group_names(study, posts) if name != "unassigned"]
    pairs, known = group_pairs(study, posts), known_authors(material)
    mine = [question for question in asked if _is_about(question, answers)]
    return [
        of.code_group_versions(answers, groups, settings),
        of.code_pair_versions(answers, pairs, settings),
        of.code_question_versions(answers, mine, settings),
        *([regrouped_code_versions(answers, known, groups, pairs, settings)] if known is not None else []),
    ]


def _is_about(question: Asked, answers: CodedAnswers) -> bool:
    kind, _, rest = question.outcome.partition(":")
    name, _, target = rest.partition(":")
    return kind == answers.kind and name == answers.name and target in ("", answers.target or "")


def _accuracy(coded: Coded, variable: str, answers: CodedAnswers, settings: Settings) -> pd.DataFrame:
    """Lay out precision, recall and F1 of yes, accuracy, and the alpha of the coders."""
    from discourse.coding.further import YES, further_units
    from discourse.coding.measure import accuracy, class_accuracy
    from discourse.tables import CODE_ACCURACY

    units = further_units(coded.sample, coded.further, variable)
    each = class_accuracy(units)
    right = accuracy(units)
    found = pd.concat([each[each["label"] == YES], right[right["measure"] == "accuracy"]], ignore_index=True)
    found = _without_small(found, units, settings.min_cell)
    instruments = dict(zip(coded.sample.design.variables, coded.sample.design.instruments, strict=True))
    found = pd.concat([found, _alpha(coded, variable, settings.seed)], ignore_index=True)
    head: dict[str, Any] = answers.cell | {"instrument": instruments[variable]}
    return CODE_ACCURACY.conform(found.assign(**head)[CODE_ACCURACY.names])


def _alpha(coded: Coded, variable: str, seed: int) -> pd.DataFrame:
    from discourse.coding.agreement import agreement

    mine = coded.further[coded.further["variable"] == variable]
    try:
        row = agreement(mine, coded.sample, seed=seed, draws=500).iloc[0]
    except NotMeasurable:
        return pd.DataFrame()
    figures = {"estimate": row["alpha"], "low": row["low"], "high": row["high"], "level": row["level"]}
    return pd.DataFrame([{"group": "all", "lang": "all", "measure": "alpha", "n": row["n_units"]} | figures])


def _without_small(table: pd.DataFrame, units: pd.DataFrame, least: int) -> pd.DataFrame:
    from discourse.study.findings.validation import without_small

    return without_small(table, units, least)
