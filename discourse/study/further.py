"""Frames, emotions and main topics as questions to people: which a study has, and what instruments say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from discourse.errors import StudyError

if TYPE_CHECKING:
    from discourse.coding.further import Question
    from discourse.study.material import Material
    from discourse.study.schema import Study


def study_questions(study: Study, target: str) -> dict[str, Question]:
    """List the frames of a study, the emotions toward a target that asks for them, and the main topic.

    Parameters
    ----------
    study : Study
        Its ``[[codes]]`` and targets.
    target : str
        Name of the target.

    Returns
    -------
    dict of str to Question
        By variable.  Codes that are a column of the export were given by people and are not asked again.
        The topics among which people choose are known once they are fitted (:func:`fitted_questions`).
    """
    from discourse.coding.further import TOPIC, Question
    from discourse.report.catalogue import families as words
    from discourse.report.subject import frame_words
    from discourse.sentiment.codes import load_code
    from discourse.sentiment.emotion import EMOTIONS, load_emotions
    from discourse.study.steps import load_targets

    found = {}
    for code in study.codes:
        if code.column is None:
            method = load_code(code.name, lexicon=code.lexicon, trained=code.trained).method
            name = f"frame:{code.name}"
            found[name] = Question(name, frame_words(code.name, code.label), method)
    if any(use.emotions and made.name == target for use, made in load_targets(study)):
        instrument = load_emotions().instrument
        for emotion in EMOTIONS:
            name = f"emotion:{emotion}"
            key = f"emotion.{emotion}"
            said = {"en": words.EN.words[key], "zh": words.ZH.words[key]}
            found[name] = Question(name, said, instrument)
    return found | {TOPIC: Question(TOPIC, {"en": "main topic", "zh": "主要话题"}, "", ())}


def fitted_questions(material: Material, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Fill the topics that were fitted into the question of the main topic, where it is asked.

    Parameters
    ----------
    material : Material
        Its topics.
    questions : sequence of Question
        What is asked.

    Returns
    -------
    tuple of Question

    Raises
    ------
    StudyError
        If the main topic is asked and there is no topic.
    """
    from discourse.coding.further import TOPIC
    from discourse.coding.topic_question import topic_question

    if all(question.variable != TOPIC for question in questions):
        return tuple(questions)
    if material.topic_model is None:
        raise StudyError(
            "there are no topics to choose from: no post has a content word",
            where="--also topics",
            hint="are the texts in Chinese or English?",
        )
    made = topic_question(material.topic_model)
    return tuple(made if question.variable == TOPIC else question for question in questions)


def further_questions(study: Study, target: str, also: Sequence[str]) -> tuple[Question, ...]:
    """Choose among the frames and emotions of a study, and its topics.

    Parameters
    ----------
    study : Study
        A study.
    target : str
        Name of the target.
    also : sequence of str
        ``frames``, ``emotions``, ``topics``, ``frame:NAME`` or ``emotion:NAME``.

    Returns
    -------
    tuple of Question
        In the order of the study.

    Raises
    ------
    StudyError
        If the study has no such frame or emotion.
    """
    if not also:
        return ()
    known = study_questions(study, target)
    wanted: set[str] = set()
    for name in also:
        found = {v for v in known if v == name or f"{v.partition(':')[0]}s" == name}
        if not found:
            raise StudyError(
                f"the study has no {name!r} to be coded",
                where="--also",
                expected=", ".join(dict.fromkeys(("frames", "emotions", "topics", *known))),
                hint="declare frames in [[codes]], and emotions = true at the target",
            )
        wanted |= found
    return tuple(question for name, question in known.items() if name in wanted)


def answers_of(material: Material, target: str, questions: Sequence[Question]) -> pd.DataFrame:
    """Say for every readable post what instruments answer.

    Parameters
    ----------
    material : Material
        Its posts, frames, emotions and topics.
    target : str
        Name of the target.
    questions : sequence of Question
        What is asked.

    Returns
    -------
    DataFrame
        ``post_id`` and a column a question.  A post that does not speak of the target shows no emotion
        toward it; the main topic is the one that leads, unknown for a post without a content word.
    """
    from discourse.coding.further import TOPIC

    columns: dict[str, pd.Series] = {"post_id": material.readable["post_id"].reset_index(drop=True)}
    for question in questions:
        kind, _, name = question.variable.partition(":")
        if kind == TOPIC:
            columns[TOPIC] = _main_topics(material)
            continue
        if kind == "frame":
            column = material.codes[name].reset_index(drop=True)
        else:
            column = material.emotions[target][0][name].reset_index(drop=True).fillna(False)
        columns[question.variable] = column.astype("boolean")
    return pd.DataFrame(columns)


def _main_topics(material: Material) -> pd.Series:
    from discourse.coding.topic_question import as_answer
    from discourse.topics.exemplars import leading

    assert material.topic_model is not None
    led = leading(material.topic_model.prevalence)
    return pd.Series([as_answer(int(topic)) if topic >= 0 else None for topic in led], dtype="str")
