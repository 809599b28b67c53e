"""Some posts judged step by step: their cues, their clauses, the evidence in them, one judgment of each."""

from __future__ import annotations

import math
from collections.abc import Callable

from discourse.sentiment.clauses import Clause, split
from discourse.sentiment.compose import weigh
from discourse.sentiment.constructions import called_each, load_constructions, read_constructions
from discourse.sentiment.judgment import ABSENT, Judgment, conclude, label_of
from discourse.sentiment.lexicon import Lexicon
from discourse.sentiment.mentions import Matcher, names_others
from discourse.sentiment.naming import Naming, Post, with_names
from discourse.sentiment.reading import Reading
from discourse.sentiment.replies import echo_of
from discourse.sentiment.scan import scan_each


def read_each(namings: list[Naming], lexicon: Lexicon, person: bool | None, group: bool) -> list[Reading]:
    """Read what some posts say of the target.

    Parameters
    ----------
    namings : list of Naming
        The posts.
    lexicon : Lexicon
        The cues to look for.
    person, group : bool
        Whether the target is people, and a group that posts speak about.

    Returns
    -------
    list of Reading
        One a post, in order.
    """
    lows = [naming.low for naming in namings]
    found = scan_each(lows, lexicon)
    cut: list[list[Clause]] = []
    for number, naming in enumerate(namings):
        cut.append(split(with_names(found[number], naming.names, opinions=not group), naming.low))
    readings: list[Reading] = []
    for number, naming in enumerate(namings):
        readings.append(
            weigh(
                cut[number],
                naming.low,
                person=person,
                group=group,
                addressed=not naming.names,
                answers=naming.answers,
            )
        )
    if group:
        constructions, _calling = load_constructions()
        called = called_each(lows)
        for number, naming in enumerate(namings):
            if called[number]:
                read_constructions(readings[number], naming.low, naming.names, called[number], constructions)
    return readings


def conclude_each(
    namings: list[Naming],
    readings: list[Reading],
    matcher: Matcher,
    neutral: float,
    judge: Callable[[list[Post]], list[Judgment]],
) -> list[Judgment]:
    """Judge some posts by what was read in them.

    Parameters
    ----------
    namings, readings : list
        The posts, and what each says.
    matcher : Matcher
        The target, compiled.
    neutral : float
        Scores nearer to zero than this are neutral.
    judge : callable
        What judges the post that a reply agrees with or rejects.

    Returns
    -------
    list of Judgment
        One a post, in order.
    """
    group = matcher.target.group
    judged: list[Judgment] = []
    for number, naming in enumerate(namings):
        reading = readings[number]
        judgment = _of_answer(naming, reading, matcher, neutral, judge) if naming.answers and group else None
        if judgment is None:
            judgment = conclude(reading, naming.kind, neutral, chosen=naming.chosen, answers=naming.answers)
        judged.append(judgment)
    return judged


def _of_answer(
    naming: Naming,
    reading: Reading,
    matcher: Matcher,
    neutral: float,
    judge: Callable[[list[Post]], list[Judgment]],
) -> Judgment | None:
    """Judge a post that only its parent ties to the target; None where its own words do."""
    if not reading.found and names_others(naming.low, matcher):
        return ABSENT
    if naming.parent:
        echo, end = echo_of(naming.low)
        if echo:  # its own words are about what it answers
            reading.found = [item for item in reading.found if item.start >= end]
            if not reading.found:
                said = judge([(naming.parent, None, None)])[0]
                return _echoed(said, naming.kind, echo, neutral)
    return None


def _echoed(said: Judgment, kind: str, echo: int, neutral: float) -> Judgment:
    """Take over or turn round what the post says that a reply agrees with or rejects."""
    score = 0.0 if math.isnan(said.score) else said.score * (1.0 if echo > 0 else -0.8)
    words = "takes over" if echo > 0 else "rejects"
    label = label_of(score, neutral)
    return Judgment(label, score, 0.5, said.mixed, kind, f"{kind}: {words} what it answers ({score:+.2f})")
