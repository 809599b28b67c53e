"""Acts without an adjective: wishing away, asking to stay, telling to stop."""

from __future__ import annotations

from typing import Final

from discourse.sentiment.clauses import Clause
from discourse.sentiment.cues import MOOD, NAME, NEGATOR, PRONOUN, SHOW, STAY, Event
from discourse.sentiment.holders import TARGET, State, following
from discourse.sentiment.modifiers import change_of
from discourse.sentiment.reading import Evidence, Reading


def moved(
    clause: Clause, holders: list[int], classes: list[int], i: int, state: State
) -> tuple[int, float, str]:
    """Staying, leaving and showing mean something only under a wish, a negation or an imperative."""
    cls = classes[i]
    cue = clause.events[i][2]
    holder = TARGET if TARGET in holders else state.topic
    negations = change_of(clause.events, i, "").negations
    if i == 0 and cue.lang == "en" and cls != SHOW and cue.form in _BARE and following(holders, i) == TARGET:
        return holder, (0.6 if cls == STAY else -0.7), "told to " + cue.form
    wished = any(
        event[2].domain != "condition" and not _theirs(clause.events, at)
        for at, event in enumerate(clause.events)
        if event[2].cls == MOOD
    )
    if cls == SHOW:
        told = negations and following(holders, i) == TARGET and not _merely_not(clause.events[:i])
        return holder, -0.6 if told else 0.0, "asked not to be shown"
    sign = 1.0 if cls == STAY else -1.0
    if negations:
        return holder, -0.6 * sign, "stay" if sign < 0 else "leave"
    if wished:
        return holder, 0.6 * sign, "wished to stay" if sign > 0 else "wished away"
    return holder, 0.0, ""


def _theirs(events: list[Event], at: int) -> bool:
    """Whether a wish is the target's own: refugees want to stay."""
    if not at or events[at][2].form not in _WANTS:
        return False
    cue = events[at - 1][2]
    return cue.cls == NAME or (cue.cls == PRONOUN and cue.domain == "plural")


def _merely_not(events: list[Event]) -> bool:
    """Whether a negation only tells what did not happen: haven't seen any."""
    forms = [cue.form for _start, _stop, cue in events if cue.cls == NEGATOR]
    return bool(forms) and all(form.endswith(_DID_NOT) or "没" in form for form in forms)


_WANTS: Final = frozenset(
    ("want", "wants", "wanted", "hope", "hopes", "hoped", "wish", "想", "想要", "打算", "希望")
)
_DID_NOT: Final = (
    "haven't", "havent", "hasn't", "hadn't", "didn't", "didnt", "have not", "has not", "did not", "yet",
)  # fmt: skip
_BARE: Final = frozenset(
    ("stay", "remain", "stick around", "leave", "go home", "go back", "disappear", "get lost", "go away")
)


def implied(clause: Clause, holders: list[int], reading: Reading, weight: float, named: bool) -> None:
    """Read blame where a clause says nothing else: told to stop, or said to be unworthy."""
    if TARGET not in holders and not (reading.state.topic == TARGET and reading.state.people == TARGET):
        return
    for i, (start, stop, cue) in enumerate(clause.events):
        if cue.cls != NEGATOR:
            continue
        told = cue.domain == "imperative" and cue.form in _STOP and TARGET not in holders[i:]
        if told or cue.domain == "unworthy":
            rule = "told to stop" if told else "said to be unworthy"
            reading.found.append(Evidence(start, stop, -0.5, weight, rule, cue, named))
            return


_STOP: Final = frozenset(
    ("please stop", "stop", "quit", "别再", "不要再", "能不能别", "可不可以别", "别老", "别总", "能不能不")
)
