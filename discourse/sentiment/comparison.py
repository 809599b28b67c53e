"""Comparisons that have the target on one side."""

from __future__ import annotations

from discourse.sentiment.clauses import Clause
from discourse.sentiment.cues import COMPARE, DEED, FEELING, NAME, NEGATOR, QUALITY, Event
from discourse.sentiment.holders import TARGET, following
from discourse.sentiment.reading import Evidence, Reading


def compared(clause: Clause, holders: list[int], reading: Reading, weight: float, named: bool) -> bool:
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
            denied = any(event[2].cls == NEGATOR for event in events[:i])
            value = _ranked(clause, i) * (1.0 if before else -0.8) * (-0.8 if denied else 1.0)
        if value:
            reading.found.append(Evidence(start, stop, value, weight, "compared", cue, named))
            return True
    return False


def _next_name(events: list[Event], i: int) -> int:
    return next((e[0] for e in events[i + 1 :] if e[2].cls == NAME), 10**9)


def _ranked(clause: Clause, i: int) -> float:
    """Value the quality that a comparison ranks by: after 比, before than."""
    events = clause.events
    after = events[i][2].lang != "en"
    places = range(i + 1, len(events)) if after else range(i - 1, -1, -1)
    for j in places:
        cue = events[j][2]
        if cue.cls in (QUALITY, FEELING, DEED):
            return cue.value
    return 0.0
