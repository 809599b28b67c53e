"""From cues to evidence: what each clause of a post says of the target.

Every valence is given to whoever it is said of, then changed by what stands around it: negation, degree,
wish, question, condition, report, comparison, irony.  Each step leaves the name of its rule in the evidence.
"""

from __future__ import annotations

from typing import NamedTuple

from discourse.sentiment.clauses import Clause
from discourse.sentiment.cues import (
    ACT,
    AD,
    COMPARE,
    DEED,
    EMOJI,
    FEELING,
    HOSTILE,
    IRONY,
    LEAVE,
    ME,
    MOOD,
    NAME,
    NEGATOR,
    OPERATOR,
    OUTCRY,
    QUALITY,
    QUESTION,
    REPORT,
    SHOW,
    STAY,
    VERDICT,
    YOU,
    Event,
)
from discourse.sentiment.holders import NOBODY, OTHER, TARGET, State, following, holder_of, name_holders
from discourse.sentiment.modifiers import change_of, negate

AFTER_CONTRAST = 2.0
CONCEDED = 0.5
DAMPED = 0.2  # what is asked, supposed or reported by others hardly counts
BEFORE_NAMING = 0.5
IRONIC = -0.7
_MOVES = frozenset((SHOW, STAY, LEAVE))


class Evidence(NamedTuple):
    """One piece of evidence: where, what it says, how much it counts, by which rule, near which naming."""

    start: int
    stop: int
    value: float
    weight: float
    rule: str
    cls: int
    named: bool


class Reading:
    """The clauses of one post and what was found in them."""

    __slots__ = ("ads", "clauses", "found", "ironic", "low", "operators", "rhetorical", "state")

    def __init__(self, clauses: list[Clause], low: str, person: bool) -> None:
        self.clauses = clauses
        self.low = low
        self.state = State(person)
        self.found: list[Evidence] = []
        self.ironic: set[int] = set()
        self.rhetorical: set[int] = set()
        self.operators: dict[int, float] = {}
        self.ads = 0
        for clause in clauses:
            self._survey(clause)

    def _survey(self, clause: Clause) -> None:
        """Note what holds for a whole sentence."""
        events = clause.events
        for i, (start, stop, cue) in enumerate(events):
            cls = cue.cls
            if cls == IRONY:
                self.ironic.add(clause.sentence)
            elif cls == QUESTION:
                self.rhetorical.add(clause.sentence)
            elif cls == AD:
                self.ads += 1
            elif cls == OPERATOR:
                if _beside_name(events, i, cue.domain, cue.lang, start, stop):
                    self.operators[clause.sentence] = cue.value
            elif cls == REPORT and cue.domain == "rejected":
                self.rhetorical.add(clause.sentence)


def _beside_name(events: list[Event], i: int, side: str, lang: str, start: int, stop: int) -> bool:
    """Whether an operator stands on its side of a naming of the target."""
    reach = 16 if lang == "en" else 5
    if side == "pre":
        return any(e[2].cls == NAME and e[0] - stop <= reach for e in events[i + 1 :])
    return any(e[2].cls == NAME and start - e[1] <= reach for e in events[:i])


def weigh(clauses: list[Clause], low: str, person: bool, addressed: bool) -> Reading:
    """Collect the evidence on the target from all clauses of a post."""
    reading = Reading(clauses, low, person)
    state = reading.state
    state.you = addressed
    if addressed:
        state.named = True
        state.topic = TARGET
    for clause in clauses:
        if clause.sentence != state.sentence:
            state.sentence = clause.sentence
            state.condition = False
            state.report = False
        if clause.link == "contrast":
            state.condition = state.report = False
        holders = name_holders(clause, state, low)
        _weigh_clause(clause, holders, reading)
        for holder in holders:
            if holder:
                state.topic = holder
                break
    return reading


def _weigh_clause(clause: Clause, holders: list[int], reading: Reading) -> None:
    state = reading.state
    events = clause.events
    classes = [event[2].cls for event in events]
    if REPORT in classes:
        state.report = True
    if MOOD in classes and any(e[2].domain == "condition" for e in events if e[2].cls == MOOD):
        state.condition = True
    if VERDICT in classes and state.reported:
        _judge_report(clause, reading)
    weight = AFTER_CONTRAST if clause.link == "contrast" else CONCEDED if clause.link == "concession" else 1.0
    named = NAME in classes
    over = COMPARE in classes and _compared(clause, holders, reading, weight, named)
    for i, cls in enumerate(classes):
        if cls <= EMOJI:
            if over and cls <= FEELING:
                continue
            holder, value, rule = _valence(clause, holders, classes, i, reading)
        elif cls in _MOVES:
            holder, value, rule = _move(clause, holders, classes, i, state)
        else:
            continue
        if holder == TARGET and value:
            value, rule = _conditioned(clause, classes, i, value, rule, reading)
            start, stop, _cue = events[i]
            reading.found.append(Evidence(start, stop, max(-1.0, min(1.0, value)), weight, rule, cls, named))


def _valence(
    clause: Clause, holders: list[int], classes: list[int], i: int, reading: Reading
) -> tuple[int, float, str]:
    """Say of whom a cue is said and how much, after negation and degree."""
    state, low = reading.state, reading.low
    start, stop, cue = clause.events[i]
    cls, value = cue.cls, cue.value
    if cue.domain in _PLACED and not _placed(clause.events, i, cue.domain, cue.lang):
        return NOBODY, 0.0, ""
    holder, rule = holder_of(clause, holders, i, state, low)
    change = change_of(clause.events, i, low)
    if value < 0 and cls in (FEELING, DEED) and rule == "object" and holder == TARGET:
        hostile = _hostile(classes, i, change.kind, change.negations)
        if hostile is not None:
            return TARGET, hostile, "against those who do it"
    if change.negations and cls != OUTCRY and cls != EMOJI:
        harsh = change.kind == "imperative" and value < 0 and cls in (DEED, QUALITY)
        asked = clause.asked and classes[0] == NEGATOR and clause.events[0][2].lang == "en"
        if not harsh and not asked and change.negations % 2:
            value = negate(value)
            rule = f"{rule}, negated"
    value *= change.factor
    operator = reading.operators.get(clause.sentence, 0.0)
    if operator < 0 and cls != OUTCRY:
        return TARGET, value * -0.8, "what was or would be without them"
    if operator > 0 and holder != TARGET:
        return TARGET, value * 0.8, "what they brought"
    if holder == NOBODY and not state.named and not state.topic:
        later = cls != EMOJI or "exclaimed"
        return TARGET, value * BEFORE_NAMING, "said before the naming" if later else rule
    if cls == OUTCRY and holder != TARGET and cue.domain == "displaced":
        return TARGET, value * 0.8, "displaced"
    return holder, value, rule


_PLACED = frozenset(("before", "after", "pair"))


def _placed(events: list[Event], i: int, side: str, lang: str) -> bool:
    """Whether a cue that needs the target beside it has it there."""
    start, stop, _cue = events[i]
    reach = 14 if lang == "en" else 4
    if side == "before":
        return any(e[2].cls == NAME and e[0] - stop <= reach for e in events[i + 1 :])
    if side == "after":
        return any(e[2].cls == NAME and start - e[1] <= reach for e in events[:i])
    return any(e[2].cls == NAME and start - e[1] <= 6 for e in events[:i]) and i >= 2


def _hostile(classes: list[int], i: int, kind: str, negations: int) -> float | None:
    """Value an attack on the target by others; None where the author makes it."""
    if kind == "imperative":
        return 0.6
    if negations:
        return None
    if HOSTILE in classes:
        return 0.5
    return None


def _move(
    clause: Clause, holders: list[int], classes: list[int], i: int, state: State
) -> tuple[int, float, str]:
    """Staying, leaving and showing mean something only under a wish, a negation or an imperative."""
    cls = classes[i]
    holder = TARGET if TARGET in holders else state.topic
    negations = change_of(clause.events, i, "").negations
    wished = MOOD in classes
    if cls == SHOW:
        return (
            holder,
            (-0.6 if negations and following(holders, i) == TARGET else 0.0),
            "asked not to be shown",
        )
    sign = 1.0 if cls == STAY else -1.0
    if negations:
        return holder, -0.6 * sign, "stay" if sign < 0 else "leave"
    if wished:
        return holder, 0.6 * sign, "wished to stay" if sign > 0 else "wished away"
    return holder, 0.0, ""


def _conditioned(
    clause: Clause, classes: list[int], i: int, value: float, rule: str, reading: Reading
) -> tuple[float, str]:
    """Damp or turn what is asked, supposed, reported or meant ironically."""
    state = reading.state
    cls = classes[i]
    sentence = clause.sentence
    if state.report and cls != EMOJI:
        state.reported += value
        if any(e[2].domain == "rejected" for e in clause.events if e[2].cls == REPORT):
            return value * -0.7, f"{rule}, said by others and rejected"
        return value * DAMPED, f"{rule}, reported"
    if clause.asked and cls in (QUALITY, FEELING, DEED) and sentence not in reading.rhetorical:
        if not (classes[0] == NEGATOR and clause.events[0][2].lang == "en"):
            return value * DAMPED, f"{rule}, asked"
    if state.condition and sentence not in reading.operators and cls not in (OUTCRY, EMOJI, STAY, LEAVE):
        return value * DAMPED, f"{rule}, hypothetical"
    if value > 0 and (sentence in reading.ironic or sentence - 1 in reading.ironic):
        return value * IRONIC, f"{rule}, ironic"
    return value, rule


def _judge_report(clause: Clause, reading: Reading) -> None:
    """Take over or reject what others were reported to say."""
    for start, stop, cue in clause.events:
        if cue.cls == VERDICT and (reading.state.report or clause.link == "contrast" or True):
            value = max(-1.0, min(1.0, reading.state.reported * cue.value))
            reading.found.append(
                Evidence(start, stop, value, 1.0, "others' word, " + cue.domain + "ed", VERDICT, False)
            )
            reading.state.reported = 0.0
            reading.state.report = False
            return


def _compared(clause: Clause, holders: list[int], reading: Reading, weight: float, named: bool) -> bool:
    """Judge a comparison that has the target on one side; false where the usual rules will do."""
    events = clause.events
    for i, (start, stop, cue) in enumerate(events):
        if cue.cls != COMPARE:
            continue
        before = TARGET in holders[:i]
        after = following(holders, i) == TARGET and _next_name(events, i) - stop <= 12
        value = 0.0
        if cue.domain == "lacks":
            value = cue.value if before else -cue.value if after else 0.0
        elif cue.domain == "over" and after:
            value = (
                -0.5
                if any(e[2].cls in (FEELING, COMPARE) and e[2].value >= 0 for e in events[:i])
                or cue.lang == "zh"
                else 0.0
            )
        elif cue.domain == "than" and before != after:
            value = _ranked(clause, i, reading.low) * (1.0 if before else -0.8)
        if value:
            reading.found.append(Evidence(start, stop, value, weight, "compared", COMPARE, named))
            return True
    return False


def _next_name(events: list[Event], i: int) -> int:
    return next((e[0] for e in events[i + 1 :] if e[2].cls == NAME), 10**9)


def _ranked(clause: Clause, i: int, low: str) -> float:
    """Value the quality that a comparison ranks by: after 比, before than."""
    events = clause.events
    after = events[i][2].lang != "en"
    places = range(i + 1, len(events)) if after else range(i - 1, -1, -1)
    for j in places:
        cue = events[j][2]
        if cue.cls in (QUALITY, FEELING, DEED):
            change = change_of(events, j, low)
            return (negate(cue.value) if change.negations % 2 else cue.value) * change.factor
    return 0.0


__all__ = ["ACT", "ME", "OTHER", "YOU", "Evidence", "Reading", "weigh"]
