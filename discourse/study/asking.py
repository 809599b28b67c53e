"""The questions of a study, as what answers them reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discourse.study.questions import Event, Question, parse_expectation
from discourse.study.schema import in_language

if TYPE_CHECKING:
    from discourse.compare.questions import Asked


def asked(question: Question, language: str, events: Sequence[Event] = ()) -> Asked:
    """Turn a question of the study into what the comparison answers.

    Parameters
    ----------
    question : Question
        A question of the study.
    language : {"en", "zh"}
        Language of its wording in the report.
    events : sequence of Event
        The events of the study, one of which the question may name.

    Returns
    -------
    Asked
        The question.
    """
    from discourse.compare.questions import Asked

    direction, bound = parse_expectation(question.expect)
    event = _event_of(question, events)
    return Asked(
        id=question.id,
        text=in_language(question.text, language),
        outcome=question.outcome,
        groups=question.groups,
        direction=direction,
        bound=bound,
        equivalence=question.equivalence,
        event=in_language(event.name, language) if event else question.event,
        at=event.at if event else None,
    )


def _event_of(question: Question, events: Sequence[Event]) -> Event | None:
    for event in events:
        names = event.name.values() if isinstance(event.name, dict) else (event.name,)
        if question.event is not None and question.event in names:
            return event
    return None
