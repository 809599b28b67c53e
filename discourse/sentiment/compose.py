"""From cues to evidence: what each clause of a post says of the target.

Every valence is given to whoever it is said of, then changed by what stands around it: negation, degree,
wish, question, condition, report, comparison, irony.  Each step leaves the name of its rule in the evidence.
"""

from __future__ import annotations

from typing import Final

from discourse.sentiment.acts import implied, moved
from discourse.sentiment.clauses import Clause
from discourse.sentiment.comparison import compared
from discourse.sentiment.cues import (
    COMPARE,
    DEED,
    EMOJI,
    FEELING,
    LEAVE,
    MOOD,
    NAME,
    NEGATOR,
    QUALITY,
    REPORT,
    SHOW,
    STAY,
    VERDICT,
)
from discourse.sentiment.holders import NAMING, NOBODY, TARGET, name_holders
from discourse.sentiment.reading import Evidence, Reading
from discourse.sentiment.reports import dismisses, judge_report, reports
from discourse.sentiment.valence import contracted, valence_of

AFTER_CONTRAST: Final = 2.0
CONCEDED: Final = 0.5
DAMPED: Final = 0.1  # what is asked, supposed or reported by others hardly counts
IRONIC: Final = -0.7
_REPORT: Final = 1 << REPORT
_MOOD: Final = 1 << MOOD
_VERDICT: Final = 1 << VERDICT
_NAME: Final = 1 << NAME
_COMPARE: Final = 1 << COMPARE
_NEGATOR: Final = 1 << NEGATOR
_SAYING: Final = (1 << (EMOJI + 1)) - 1 | 1 << SHOW | 1 << STAY | 1 << LEAVE
# Other clauses name somebody and say nothing.
_WEIGHED: Final = _SAYING | _REPORT | _MOOD | _COMPARE | _NEGATOR


def weigh(
    clauses: list[Clause],
    low: str,
    *,
    person: bool | None,
    group: bool,
    addressed: bool,
    answers: bool = False,
) -> Reading:
    """Collect the evidence on the target from all clauses of a post.

    Parameters
    ----------
    clauses : list of Clause
        The clauses of the post.
    low : str
        Its folded text.
    person, group : bool
        Whether the target is people, and a group that posts speak about.
    addressed : bool
        Whether the post names nobody, but speaks to or answers the target.
    answers : bool
        Whether only the post that it answers tells so.  What it says then counts where it is said of them, or
        short and of nobody else.

    Returns
    -------
    Reading
        The evidence, in order, and what holds for whole sentences.
    """
    reading = Reading(clauses, low, person, group)
    state = reading.state
    state.you = addressed
    if addressed:
        state.named = True
        state.topic = TARGET
        state.people = TARGET if answers else NOBODY
        state.answers = answers and group
    for clause in clauses:
        if clause.sentence != state.sentence:
            state.sentence = clause.sentence
            state.condition = False
            state.report = False
        if clause.link == "contrast":
            state.condition = state.report = False
        holders = name_holders(clause, state)
        if clause.kinds & _WEIGHED or state.reported:
            _weigh_clause(clause, holders, reading)
        if clause.kinds & NAMING:
            if TARGET in holders:
                state.spoken = clause.sentence
            for holder in holders:
                if holder:
                    state.topic = holder
                    break
    return reading


def _weigh_clause(clause: Clause, holders: list[int], reading: Reading) -> None:
    state = reading.state
    events, classes, kinds = clause.events, clause.classes, clause.kinds
    if kinds & _REPORT and reports(events, holders, reading.group):
        state.report = True
    if kinds & _MOOD and any(e[2].domain == "condition" for e in events if e[2].cls == MOOD):
        state.condition = True
    if state.reported and (kinds & _VERDICT or dismisses(events, holders, state.reported)):
        judge_report(clause, reading)
        if not kinds & _VERDICT:
            return
    found, group = reading.found, reading.group
    before = len(found)
    doubted = bool(reading.ironic) or bool(reading.speaks)
    weight, link = 1.0, clause.link
    if link:
        weight = AFTER_CONTRAST if link == "contrast" else CONCEDED if link == "concession" else 1.0
    named = bool(kinds & _NAME)
    over = bool(kinds & _COMPARE) and compared(clause, holders, reading, weight, named)
    doubtful = clause.asked or state.report or state.condition or doubted
    for i in range(len(classes) if kinds & _SAYING else 0):
        cls = classes[i]
        if cls <= EMOJI:
            if over and cls <= FEELING:
                continue
            holder, value, rule = valence_of(clause, holders, classes, i, reading)
        elif SHOW <= cls <= LEAVE and group:
            holder, value, rule = moved(clause, holders, classes, i, state)
        else:
            continue
        start, stop, cue = events[i]
        if holder == TARGET:
            if value:
                if doubtful:
                    value, rule = _conditioned(clause, classes, i, value, rule, reading)
                value = 1.0 if value > 1.0 else -1.0 if value < -1.0 else value
                found.append(Evidence(start, stop, value, weight, rule, cue, named))
        elif not group and cls <= EMOJI:
            rest = Evidence(start, stop, value or cue.value, 1.0, "said of others beside it", cue, named)
            reading.beside.append(rest)
    if kinds & _NEGATOR and group and len(found) == before:
        implied(clause, holders, reading, weight, named)


def _is_asked(clause: Clause, classes: list[int], i: int, value: float, rule: str, reading: Reading) -> bool:
    """Whether a valence is really asked about, and not said by way of a question."""
    if classes[i] not in (QUALITY, FEELING, DEED) or clause.sentence in reading.rhetorical:
        return False
    firm = clause.events[i][2].domain == "firm" or rule == "against those who do it"
    if firm or any(event[2].domain == "imperative" for event in clause.events[:i]):
        return False
    return (reading.group or value > 0) and not contracted(clause.events[0])


_LOOSE: Final = frozenset(
    ("said before the naming", "topic carried over", "said of what follows", "exclaimed")
)


def _conditioned(
    clause: Clause, classes: list[int], i: int, value: float, rule: str, reading: Reading
) -> tuple[float, str]:
    """Damp or turn what is asked, supposed, reported or meant ironically."""
    state = reading.state
    cls = classes[i]
    sentence = clause.sentence
    if sentence in reading.speaks and rule in _LOOSE:
        return value * DAMPED, f"{rule}, said by the target"
    if state.report and cls != EMOJI:
        state.reported += value
        if any(e[2].domain == "rejected" for e in clause.events if e[2].cls == REPORT):
            return value * -0.7, f"{rule}, said by others and rejected"
        return value * DAMPED, f"{rule}, reported"
    if clause.asked and _is_asked(clause, classes, i, value, rule, reading):
        return value * DAMPED, f"{rule}, asked"
    supposed = state.condition and sentence not in reading.operators and sentence not in reading.wishes
    if supposed and cls not in (EMOJI, STAY, LEAVE):
        return value * DAMPED, f"{rule}, hypothetical"
    if value > 0 and (sentence in reading.ironic or sentence - 1 in reading.ironic):
        return value * IRONIC, f"{rule}, ironic"
    return value, rule
