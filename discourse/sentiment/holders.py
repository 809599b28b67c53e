"""Whom a clause names, and whom each valence in it is said of."""

from __future__ import annotations

from typing import Final

from discourse.sentiment.clauses import Clause
from discourse.sentiment.cues import (
    ACT,
    COMPARE,
    DEED,
    DEGREE,
    DETERMINER,
    ENTITY,
    FEELING,
    ME,
    NAME,
    PART,
    PREPOSITION,
    PRONOUN,
    QUALITY,
    YOU,
    Event,
)

NOBODY: Final = 0
TARGET: Final = 1
OTHER: Final = 2
_JOINS: Final = (" and ", " but ", " or ")
_ADDS: Final = ("and", "又", "且", "、")
_OWNED: Final = ("的", "的一", "里的", "上的", "上最", "里最")


class State:
    """What carries over from clause to clause; what stands here holds until something is found."""

    __slots__ = (
        *("topic", "people", "named", "pronoun", "you", "answers", "sentence", "spoken", "condition"),
        *("report", "reported", "person", "group"),
    )

    def __init__(self, person: bool | None, group: bool) -> None:
        self.topic = NOBODY
        self.people = NOBODY
        self.named = False
        self.pronoun = False
        self.you = False
        self.answers = False
        self.sentence = -1
        self.spoken = -1
        self.condition = False
        self.report = False
        self.reported = 0.0
        self.person = person
        self.group = group


NAMING: Final = 1 << NAME | 1 << ENTITY | 1 << PRONOUN | 1 << YOU
_NAME_ONLY: Final = 1 << NAME


def name_holders(clause: Clause, state: State) -> list[int]:
    """Say for each cue of a clause whom it names: the target, another, nobody."""
    classes, events = clause.classes, clause.events
    naming = clause.kinds & NAMING
    if not naming:
        return [NOBODY] * len(classes)
    if naming == _NAME_ONLY:
        state.people = TARGET
        state.named = True
        return [TARGET if cls == NAME else NOBODY for cls in classes]
    holders = [NOBODY] * len(classes)
    for number, cls in enumerate(classes):
        if not NAME <= cls <= YOU:
            continue
        holder = NOBODY
        cue = events[number][2]
        if cls == NAME:
            holder = state.people = TARGET
            state.named = True
        elif cls == ENTITY:
            holder = OTHER
            if cue.domain == "person" and (TARGET not in holders or not state.group):
                state.people = OTHER
        elif cls == PRONOUN:
            if state.person is None or (cue.domain == "thing") != state.person:
                holder = OTHER if _is_done_to(events, number) else state.people
                state.pronoun = state.pronoun or holder == TARGET
        elif cls == YOU and state.person and _is_target(events, number, holders, state):
            holder = TARGET
        holders[number] = holder
    return holders


_DOES: Final = 1 << FEELING | 1 << ACT | 1 << DEED
_OBJECTS: Final = frozenset(("him", "her", "them", "他", "她", "他们", "她们"))


def _is_done_to(events: list[Event], number: int) -> bool:
    """Whether a pronoun is the object of what the target itself does: 难民都在骂他 is about another."""
    if number < 2 or events[number][2].form not in _OBJECTS or not _DOES >> events[number - 1][2].cls & 1:
        return False
    j = number - 2
    while j and events[j][2].cls in (DEGREE, PREPOSITION):
        j -= 1
    return events[j][2].cls == NAME and events[number][0] - events[number - 1][1] <= 1


def _is_target(events: list[Event], number: int, holders: list[int], state: State) -> bool:
    """Whether "you" are the target: it answers them, named them before, or stands right behind the name."""
    if state.you or (state.named and TARGET not in holders):
        return True
    before = events[number - 1] if number else None
    return before is not None and before[2].cls == NAME and events[number][0] - before[1] < 3


def _subject(clause: Clause, holders: list[int], i: int, low: str) -> int:
    """Find the nearest naming before a cue, skipping what a preposition governs or what is an object."""
    fallback = NOBODY
    events, classes = clause.events, clause.classes
    here = events[i][0]
    for j in range(i - 1, -1, -1):
        holder = holders[j]
        if not holder:
            continue
        start, stop, _cue = events[j]
        if j:
            if classes[j - 1] == PREPOSITION and start - events[j - 1][1] < 12:
                fallback = fallback or holder
                continue
            if any(holders[:j]) and (low.startswith(_JOINS, stop) or low[stop:here] in _OWNED):
                fallback = fallback or holder
                continue
        if here - stop > 60:
            break
        if holder == OTHER and _in_relative(events, holders, j, low):
            return TARGET
        return holder
    return fallback


_RELATIVES: Final = (" who ", " that ", " whose ", " who've ", " who're ")


def _in_relative(events: list[Event], holders: list[int], j: int, low: str) -> bool:
    """Whether a naming stands in a relative clause on the target: refugees who left Meta (are kind)."""
    return any(
        holders[k] == TARGET and events[k][2].cls == NAME and low.startswith(_RELATIVES, events[k][1])
        for k in range(j)
    )


def following(holders: list[int], i: int) -> int:
    """Find the next naming after a cue."""
    for j in range(i + 1, len(holders)):
        if holders[j]:
            return holders[j]
    return NOBODY


def _attributed(clause: Clause, holders: list[int], i: int, low: str) -> int:
    """Find what an attributive stands directly before: rude refugees, 真诚的老外."""
    events = clause.events
    stop = events[i][1]
    joined = False  # by "and", with no further attribute since
    for j in range(i + 1, len(holders)):
        start = events[j][0]
        gap = low[stop:start]
        if events[j][2].lang == "zh" and " " in gap:
            return NOBODY
        gap = gap.strip()
        if gap not in ("", "的", "の", "and", "又", "且", "、", "小", "的这些", "的这群"):
            return NOBODY
        joined = joined or gap in _ADDS
        if holders[j]:
            return NOBODY if joined else holders[j]
        joined = joined and events[j][2].cls == DEGREE
        if events[j][2].cls not in (QUALITY, DEED, DEGREE):
            return NOBODY
        stop = events[j][1]
    return NOBODY


def holder_of(clause: Clause, holders: list[int], i: int, state: State, low: str) -> tuple[int, str]:
    """Find whom a valence is said of, and the rule that says so."""
    cls = clause.classes[i]
    if cls in (QUALITY, DEED):
        return _of_quality(clause, holders, i, state, low)
    if cls in (FEELING, ACT):
        return _of_feeling(clause, holders, i, state, low)
    if TARGET in holders:
        return TARGET, "exclaimed"
    return state.topic, "exclaimed"


def _of_quality(clause: Clause, holders: list[int], i: int, state: State, low: str) -> tuple[int, str]:
    _start, stop, cue = clause.events[i]
    cls = cue.cls
    named = clause.kinds & NAMING
    after = following(holders, i) if named else NOBODY
    if after and cls == QUALITY:
        direct = _attributed(clause, holders, i, low)
        if direct:
            return direct, "attributive"
    if i and cue.lang == "en" and _of_unnamed(clause, i, low):
        return (TARGET, "object") if clause.classes[i - 1] == ME and after == TARGET else (OTHER, "")
    subject = _subject(clause, holders, i, low) if i and named else NOBODY
    if subject:
        return subject, "predicate"
    topic = state.topic
    if after and (cls == DEED or not topic):
        if cls == DEED and clause.events[holders.index(after, i + 1)][0] - stop <= 5:
            return after, "object"
        if not topic:
            return after, "said of what follows"
    if topic:
        if not state.group and cue.lang == "zh" and _own_subject(clause, low):
            return OTHER, ""
        return topic, "topic carried over"
    return NOBODY, ""


def _own_subject(clause: Clause, low: str) -> bool:
    """Whether a Chinese clause opens with words of its own that no lexicon lists: 键盘太硬."""
    return len(low[clause.start : clause.events[0][0]].strip()) >= 2


_VERBS = """is are was were be been being am have has had bring brings brought with got get such seem seems
become became look looks make makes made show shows zero of what not n't isn't aren't like as give gives gave
than and just quite truly really"""
_LINKING: Final = (*(f" {word}" for word in _VERBS.split()), "'s", "'re", "'m")
_I: Final = frozenset(("i", "i'm", "im", "i've", "i'd", "i'll", "we", "we're", "we've"))


def _of_unnamed(clause: Clause, i: int, low: str) -> bool:
    """Whether an English valence belongs to the author, or to a noun that no lexicon lists.

    "bought the ugly car" against "is an ugly car": only after a linking verb does a noun phrase describe the
    subject.
    """
    events, classes = clause.events, clause.classes
    start = events[i][0]
    j = i - 1
    while j >= 0 and classes[j] == DEGREE and start - events[j][1] <= 1:
        start = events[j][0]
        j -= 1
    if j < 0 or start - events[j][1] > 1:
        return False
    cls = classes[j]
    if cls != DETERMINER and cls != ME and cls != YOU:
        return False
    if i + 1 < len(events) and classes[i + 1] == PART and events[i + 1][0] - events[i][1] <= 1:
        return False
    form = events[j][2].form
    if cls == ME:
        return form in _I and form not in ("i", "we")
    if cls == YOU:
        return form in ("your", "ur", "yours")
    return not low[: events[j][0]].rstrip().endswith(_LINKING) and events[j][0] > clause.start + 1


def _of_feeling(clause: Clause, holders: list[int], i: int, state: State, low: str) -> tuple[int, str]:
    if clause.events[i][2].domain == "attack" and state.group and _attacks(clause, holders, i, low):
        return TARGET, "predicate"
    after = following(holders, i)
    if after:
        return after, "object"
    subject = _subject(clause, holders, i, low)
    if not subject:
        return state.topic, "topic carried over"
    events = clause.events
    if clause.events[i][2].domain == "state":
        return (OTHER, "") if not any(e[2].cls == ME for e in events[:i]) else (subject, "topic")
    rest = low[events[i][1] : clause.stop].strip()
    me = any(e[2].cls == ME for e in events[:i])
    plain = all(e[2].cls in (DEGREE, PART, COMPARE) for e in events[i + 1 :])
    quiet = len(rest) <= 3 or (plain and len(rest) <= 6)
    theirs = clause.link == "contrast" or (events[i][2].lang == "en" and rest != "")
    quiet = quiet and not (theirs and subject == TARGET and state.group)
    return (subject, "topic") if me or quiet else (OTHER, "")


def _attacks(clause: Clause, holders: list[int], i: int, low: str) -> bool:
    """Whether the target is the one who mocks or insults: she mocked every sketch."""
    events = clause.events
    stop = events[i][1]
    if low.startswith(" by", stop) or any(event[2].cls == ME for event in events[:i]):
        return False
    done_to = i and events[i - 1][2].domain == "passive"
    return not done_to and following(holders, i) != TARGET and _subject(clause, holders, i, low) == TARGET
