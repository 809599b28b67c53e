"""From cues to a judgment: what each clause says of the target.

Every valence is given to whoever it is said of (the target, something else, nobody), then changed by what
stands around it.  Each step leaves the name of its rule in the evidence.
"""

from __future__ import annotations

from typing import NamedTuple

from discourse.sentiment.cues import (
    ACT,
    BREAK,
    COMPARE,
    DEED,
    DEGREE,
    DETERMINER,
    EMOJI,
    ENTITY,
    FEELING,
    IRONY,
    LEAVE,
    LINK,
    ME,
    MOOD,
    NAME,
    NEGATOR,
    OUTCRY,
    PART,
    PREPOSITION,
    PRONOUN,
    QUALITY,
    QUESTION,
    REPORT,
    SHOW,
    STAY,
    YOU,
    Event,
)  # fmt: skip

NOBODY, TARGET, OTHER = 0, 1, 2


class Evidence(NamedTuple):
    """One piece of evidence: where, what it says, how much it counts, and by which rule."""

    start: int
    stop: int
    value: float
    weight: float
    rule: str


class Clause:
    """The cues between two breaks."""

    __slots__ = ("events", "link", "mark", "sentence", "start", "stop")

    def __init__(self, start: int, sentence: int, link: str) -> None:
        self.start = start
        self.stop = start
        self.sentence = sentence
        self.link = link
        self.mark = ""
        self.events: list[Event] = []


def split(events: list[Event], length: int) -> list[Clause]:
    """Cut the cues of a post into clauses at breaks and conjunctions."""
    clauses: list[Clause] = []
    clause = Clause(0, 0, "")
    for event in events:
        start, stop, cue = event
        if cue.cls == BREAK:
            clause.stop = start
            ends = cue.domain != "comma"
            if ends:
                clause.mark = cue.domain
                for earlier in clauses:
                    if earlier.sentence == clause.sentence and not earlier.mark:
                        earlier.mark = cue.domain
            if clause.events:
                clauses.append(clause)
                clause = Clause(stop, clause.sentence + ends, "")
            elif ends and clauses:
                clause.sentence += 1
        elif cue.cls == LINK:
            if clause.events:
                clause.stop = start
                clauses.append(clause)
                clause = Clause(start, clause.sentence, cue.domain)
            elif not clause.link or cue.domain == "contrast":
                clause.link = cue.domain
        else:
            clause.events.append(event)
    clause.stop = length
    if clause.events:
        clauses.append(clause)
    return clauses


class State:
    """What carries over from clause to clause."""

    __slots__ = ("condition", "irony", "named", "people", "report", "sentence", "topic")

    def __init__(self) -> None:
        self.topic = NOBODY
        self.people = NOBODY
        self.named = False
        self.sentence = -1
        self.condition = False
        self.report = False
        self.irony = False


def weigh(clauses: list[Clause], low: str, person: bool, you: bool) -> list[Evidence]:
    """Collect the evidence on the target from all clauses of a post."""
    state = State()
    found: list[Evidence] = []
    for clause in clauses:
        if clause.sentence != state.sentence:
            state.sentence = clause.sentence
            state.condition = state.report = False
        if clause.link == "contrast":
            state.condition = state.report = False
        holders = _holders(clause, state, person, you)
        _weigh_clause(clause, holders, state, low, found)
    return found


def _holders(clause: Clause, state: State, person: bool, you: bool) -> list[int]:
    """Say for each cue of a clause whom it names: the target, another, nobody."""
    holders = []
    for _start, _stop, cue in clause.events:
        cls = cue.cls
        holder = NOBODY
        if cls == NAME:
            holder = TARGET
            state.named = True
            state.people = TARGET
        elif cls == ENTITY:
            holder = OTHER
            if cue.domain == "person":
                state.people = OTHER
        elif cls == PRONOUN:
            if (cue.domain == "thing") != person:
                holder = TARGET if state.people == TARGET else OTHER if state.people else NOBODY
        elif cls == YOU and person and you and state.named:
            holder = TARGET
        holders.append(holder)
    return holders


def _modified(events: list[Event], i: int) -> tuple[float, int, str]:
    """Degree, number of negations and their kind before a cue."""
    start, stop, cue = events[i]
    window = 8 if cue.lang == "zh" else 26
    factor, negations, kind = 1.0, 0, ""
    edge = start
    passed = False
    for j in range(i - 1, -1, -1):
        _s, e, c = events[j]
        if edge - e > window:
            break
        cls = c.cls
        if cls == NEGATOR:
            negations += 1
            kind = c.domain
            edge = _s
        elif cls == DEGREE:
            if c.domain != "after" and not passed:
                factor *= c.value
            edge = _s
        elif cls <= EMOJI:
            passed = True
        elif passed and cls in (NAME, ENTITY, PRONOUN, YOU, ME):
            break
    if i + 1 < len(events):
        s, _e, c = events[i + 1]
        if c.cls == DEGREE and c.domain == "after" and s - stop <= 2:
            factor *= c.value
    return factor, negations, kind


def _subject(clause: Clause, holders: list[int], i: int) -> int:
    """Find the nearest naming before a cue, skipping what a preposition governs."""
    fallback = NOBODY
    events = clause.events
    for j in range(i - 1, -1, -1):
        holder = holders[j]
        if holder:
            governed = j > 0 and events[j - 1][2].cls == PREPOSITION and events[j][0] - events[j - 1][1] < 12
            if not governed:
                return holder
            fallback = fallback or holder
    return fallback


def _object(clause: Clause, holders: list[int], i: int) -> int:
    for j in range(i + 1, len(holders)):
        if holders[j]:
            return holders[j]
    return NOBODY


def _attributed(clause: Clause, holders: list[int], i: int, low: str) -> int:
    """Find what an attributive stands directly before: rude refugees, 真诚的老外."""
    if i + 1 >= len(holders):
        return NOBODY
    gap = low[clause.events[i][1] : clause.events[i + 1][0]].strip()
    return holders[i + 1] if gap in ("", "的", "の") else NOBODY


def _holder_of(clause: Clause, holders: list[int], i: int, state: State, low: str) -> tuple[int, str]:
    cls = clause.events[i][2].cls
    if cls in (QUALITY, DEED):
        direct = _attributed(clause, holders, i, low) if cls == QUALITY else NOBODY
        if direct:
            return direct, "attributive"
        subject = _subject(clause, holders, i)
        if subject:
            return subject, "predicate"
        if state.topic:
            return state.topic, "topic carried over"
        following = _object(clause, holders, i)
        return (following, "said of what follows") if following else (NOBODY, "")
    if cls in (FEELING, ACT):
        following = _object(clause, holders, i)
        if following:
            return following, "object"
        subject = _subject(clause, holders, i)
        if subject:
            rest = low[clause.events[i][1] : clause.stop].strip()
            me = any(e[2].cls == ME for e in clause.events[:i])
            return (subject, "topic") if me or len(rest) <= 3 else (OTHER, "")
        return state.topic, "topic carried over"
    return (TARGET if TARGET in holders else state.topic), "exclaimed"


def _weigh_clause(clause: Clause, holders: list[int], state: State, low: str, found: list[Evidence]) -> None:
    events = clause.events
    classes = [event[2].cls for event in events]
    if IRONY in classes:
        state.irony = True
    asked = clause.mark == "question"
    if MOOD in classes and any(e[2].cls == MOOD and e[2].domain == "condition" for e in events):
        state.condition = True
    if REPORT in classes:
        state.report = True
    weight = 2.0 if clause.link == "contrast" else 1.0
    for i, (start, stop, cue) in enumerate(events):
        cls = cue.cls
        if cls <= EMOJI:
            holder, rule = _holder_of(clause, holders, i, state, low)
            value = cue.value
        elif cls in (SHOW, STAY, LEAVE):
            holder, rule = (TARGET if TARGET in holders else state.topic), "wish"
            value = 0.0
        else:
            continue
        factor, negations, kind = _modified(events, i)
        if cls in (SHOW, STAY, LEAVE):
            value = _wished(cls, classes, negations)
            negations = 0
        elif negations:
            harsh = kind == "imperative" and value < 0 and cls in (DEED, QUALITY)
            if not harsh and negations % 2:
                value *= -0.7
                rule = f"{rule}, negated"
        value *= factor
        if holder == NOBODY and not state.named:
            holder, rule, value = TARGET, "said before the naming", value * 0.5
        if holder != TARGET or not value:
            continue
        if asked and QUESTION not in classes and cls != ACT and not (cls == SHOW):
            value *= 0.2
            rule = f"{rule}, asked"
        if state.condition:
            value *= 0.2
            rule = f"{rule}, hypothetical"
        if state.report:
            value *= 0.2
            rule = f"{rule}, reported"
        if state.irony and value > 0:
            value *= -0.8
            rule = f"{rule}, ironic"
        found.append(Evidence(start, stop, max(-1.0, min(1.0, value)), weight, rule))
    for holder in holders:
        if holder:
            state.topic = holder
            break


def _wished(cls: int, classes: list[int], negations: int) -> float:
    if cls == SHOW:
        return -0.6 if negations else 0.0
    wished = MOOD in classes
    sign = 1.0 if cls == STAY else -1.0
    if negations:
        return -0.6 * sign
    return 0.6 * sign if wished else 0.0


_UNUSED = (COMPARE, DETERMINER, OUTCRY, PART)
