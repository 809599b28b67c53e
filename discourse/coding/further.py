"""Questions beside the main one: does a post hold this frame or show this emotion; what is its main topic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.coding.codebook import Category, Codebook, Variable, Words, in_words
from discourse.coding.final import coded_units
from discourse.coding.sample import Sample, frame_hash
from discourse.errors import ParameterError
from discourse.tables import PREDICTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

YES, NO = "yes", "no"
#: The variable of the main topic, which is chosen from a list (:mod:`discourse.coding.topic_question`).
TOPIC = "topic"
_ANSWERS = (
    Category(YES, {"en": "yes", "zh": "是"}),
    Category(NO, {"en": "no", "zh": "否"}),
)
_HEADERS = {
    "frame": {"en": "frame: {name}", "zh": "框架：{name}"},
    "emotion": {"en": "emotion: {name}", "zh": "情感：{name}"},
    TOPIC: {"en": "{name}", "zh": "{name}"},
}
_ASKED = {
    "frame": {
        "en": "Does the post itself, taken as a whole, hold the frame “{name}”?",
        "zh": "就全文而言，这条帖文本身是否含有“{name}”这一框架？",
    },
    "emotion": {
        "en": "Does the author show this toward {target}: {name}? No, if the post does not speak of it.",
        "zh": "作者是否对“{target}”表现出：{name}？帖文未谈及该对象时，选“否”。",
    },
    TOPIC: {
        "en": "Which topic is the post, taken as a whole, mainly about? The words show what is said in it; a "
        "post need not hold them. If several fit, take the one that most of it is about; if none fits, “none "
        "of these”.",
        "zh": "就全文而言，这条帖文主要在说哪个话题？所列词语只是举例，帖文不必含有。若有几个都合适，"
        "选占篇幅最多的；都不合适，选“都不是”。",
    },
}


@dataclass(frozen=True)
class Question:
    """A question that an instrument answers for every post.

    Parameters
    ----------
    variable : str
        ``frame:NAME`` or ``emotion:NAME``, answered by yes or no; ``topic``, chosen from a list.
    words : mapping of str to str
        The name as people read it, in ``en`` and ``zh``.
    instrument : str
        What answers it for every post.
    categories : tuple of Category
        The answers; yes and no by default.
    """

    variable: str
    words: Words
    instrument: str
    categories: tuple[Category, ...] = _ANSWERS


def with_questions(book: Codebook, questions: Sequence[Question], target: Words) -> Codebook:
    """Ask more in a codebook: one variable a question.

    Parameters
    ----------
    book : Codebook
        The codebook; variables that it has already stay as they are.
    questions : sequence of Question
        What else is asked.
    target : mapping of str to str
        What people read for the target.

    Returns
    -------
    Codebook

    Notes
    -----
    One variable a frame rather than one list of frames to tick: an unticked frame says nothing of whether
    the coder thought of it, and agreement is measured frame by frame.

    Examples
    --------
    >>> from discourse.coding.codebook import stance_codebook
    >>> book = stance_codebook({"en": "refugees"})
    >>> questions = [Question("frame:protest", {"en": "Protest"}, "list")]
    >>> asked = with_questions(book, questions, {"en": "refugees"})
    >>> asked.variable("frame:protest").values, asked.variable("frame:protest").shown("zh")
    (('yes', 'no'), '框架：Protest')
    """
    known = {variable.name for variable in book.variables}
    more = tuple(_variable(q, target) for q in questions if q.variable not in known)
    return replace(book, variables=(*book.variables, *more))


def _variable(question: Question, target: Words) -> Variable:
    kind = question.variable.partition(":")[0]

    def said(words: Mapping[str, str]) -> dict[str, str]:
        return {
            language: text.format(
                name=in_words(question.words, language), target=in_words(target, language, "the target")
            )
            for language, text in words.items()
        }

    return Variable(question.variable, question.categories, said(_HEADERS[kind]), said(_ASKED[kind]))


def with_predictions(sample: Sample, said: pd.DataFrame, questions: Sequence[Question]) -> Sample:
    """Freeze what instruments answer to further questions, as the draw freezes the label.

    Parameters
    ----------
    sample : Sample
        A sample that was just drawn.
    said : DataFrame
        Every post of the frame: ``post_id``, and one column a question, true or false, or the name of a
        category; NA where unknown.
    questions : sequence of Question
        What is asked.

    Returns
    -------
    Sample
        With a codebook that asks them, the answers about drawn posts, and the hashes over all.

    Raises
    ------
    ParameterError
        If a drawn post is not among those that were answered about.

    Examples
    --------
    >>> from discourse.coding.draw import draw_sample
    >>> frame = pd.DataFrame({"post_id": list("1234"), "group": "a", "lang": "en", "label": "absent"})
    >>> said = pd.DataFrame({"post_id": list("1234"), "frame:protest": [True, False, False, False]})
    >>> questions = [Question("frame:protest", {"en": "Protest"}, "list")]
    >>> asked = with_predictions(draw_sample(frame, 4), said, questions)
    >>> asked.predictions["label"].tolist(), asked.design.variables
    (['yes', 'no', 'no', 'no'], ('frame:protest',))
    """
    names = tuple(question.variable for question in questions)
    known = said.assign(post_id=said["post_id"].astype("str")).set_index("post_id")
    drawn = sample.units["post_id"]
    if not drawn.isin(known.index).all():
        raise ParameterError("a drawn post has no answer", where="said", expected="every post of the frame")
    rows = [
        pd.DataFrame({"post_id": drawn, "variable": name, "label": as_labels(known[name].loc[drawn])})
        for name in names
    ]
    design = replace(
        sample.design,
        variables=names,
        instruments=tuple(question.instrument for question in questions),
        labels_sha256=tuple(labels_hash(known.index.tolist(), known[name]) for name in names),
    )
    target = {"en": design.target or "the target", "zh": design.target or "对象"}
    book = with_questions(sample.codebook, questions, target)
    table = PREDICTIONS.conform(pd.concat(rows, ignore_index=True)) if rows else None
    return replace(sample, design=replace(design, codebook=book.stamp), codebook=book, predictions=table)


def as_labels(answers: pd.Series) -> list[str | None]:
    """Write answers as yes and no; those from a list stay as they are.

    Examples
    --------
    >>> as_labels(pd.Series([True, False, None], dtype="boolean")), as_labels(pd.Series(["3", "none"]))
    (['yes', 'no', None], ['3', 'none'])
    """
    return [_as_label(value) for value in answers]


def _as_label(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    return None if pd.isna(value) else YES if value else NO


def labels_hash(post_ids: Sequence[str], answers: pd.Series) -> str:
    """Hash what an instrument answers about all posts, whatever their order."""
    return frame_hash(post_ids, [label or "unknown" for label in as_labels(answers)])


def further_units(sample: Sample, codes: pd.DataFrame, variable: str) -> pd.DataFrame:
    """Give the units coded on a further question, with what its instrument says for ``label``.

    Parameters
    ----------
    sample : Sample
        With predictions.
    codes : DataFrame
        :data:`discourse.tables.CODES`.
    variable : str
        One of ``sample.design.variables``.

    Returns
    -------
    DataFrame
        As :func:`discourse.coding.final.coded_units` gives them; units of which the instrument says nothing
        are left out.

    Raises
    ------
    ParameterError
        If the sample does not ask this.
    NotMeasurable
        If nothing was coded.
    """
    if sample.predictions is None or variable not in sample.design.variables:
        raise ParameterError(
            f"the sample does not ask {variable!r}", expected=", ".join(sample.design.variables) or "nothing"
        )
    units = coded_units(sample, codes, variable)
    said = sample.predictions[sample.predictions["variable"] == variable].set_index("post_id")["label"]
    units = units.assign(label=said.reindex(units["post_id"]).to_numpy(dtype=object), confidence=np.nan)
    return units[units["label"].notna()].reset_index(drop=True)
