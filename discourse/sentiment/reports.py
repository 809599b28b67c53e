"""What others are reported to say of the target, and whether the author takes it over."""

from __future__ import annotations

from discourse.sentiment.clauses import Clause
from discourse.sentiment.cues import ME, QUALITY, REPORT, VERDICT, Event
from discourse.sentiment.holders import OTHER, TARGET
from discourse.sentiment.reading import Evidence, Reading


def reports(events: list[Event], holders: list[int], group: bool) -> bool:
    """Whether a clause gives the word of others than the author and the target."""
    for i, (_start, _stop, cue) in enumerate(events):
        if cue.cls != REPORT:
            continue
        if cue.domain == "rejected":
            return True
        spoken = cue.domain == "speaks" and (TARGET in holders[:i] or i == 0)
        own = i and (events[i - 1][2].cls == ME or (cue.lang == "en" and holders[i - 1] == TARGET))
        if group and not spoken and not own:
            return True
    return False


def dismisses(events: list[Event], holders: list[int], reported: float) -> bool:
    """Whether a clause about nobody calls the report itself bad: that's just wrong."""
    if reported > 0 or TARGET in holders or OTHER in holders:
        return False
    return any(event[2].cls == QUALITY and event[2].value < 0 for event in events)


def judge_report(clause: Clause, reading: Reading) -> None:
    """Take over or reject what others were reported to say."""
    for start, stop, cue in clause.events:
        if cue.cls in (VERDICT, QUALITY):
            sign = cue.value if cue.cls == VERDICT else -1.0
            value = max(-1.0, min(1.0, reading.state.reported * sign))
            reading.found.append(
                Evidence(
                    start,
                    stop,
                    value,
                    1.0,
                    "others' word, taken over" if sign > 0 else "others' word, rejected",
                    cue,
                    False,
                )
            )
            reading.state.reported = 0.0
            reading.state.report = False
            return
