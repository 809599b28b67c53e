"""The evidence of one post, and what holds for its whole sentences: irony, rhetoric, presence or absence."""

from __future__ import annotations

from typing import Final

from discourse.sentiment.clauses import Clause
from discourse.sentiment.cues import (
    AD,
    IRONY,
    MOOD,
    NAME,
    NEGATOR,
    OPERATOR,
    PREPOSITION,
    QUESTION,
    REPORT,
    Cue,
    Event,
)
from discourse.sentiment.holders import State


class Evidence:
    """One piece of evidence: where, what it says, how much it counts, by which rule, near which naming."""

    __slots__ = ("cue", "named", "rule", "start", "stop", "value", "weight")

    def __init__(
        self, start: int, stop: int, value: float, weight: float, rule: str, cue: Cue, named: bool
    ) -> None:
        self.start = start
        self.stop = stop
        self.value = value
        self.weight = weight
        self.rule = rule
        self.cue = cue
        self.named = named

    def changed(self, value: float, rule: str) -> Evidence:
        """Give the same evidence with another value, by another rule."""
        return Evidence(self.start, self.stop, value, self.weight, rule, self.cue, self.named)


_SO: Final = frozenset(
    (
        "so",
        "such",
        "always",
        "constantly",
        "这么",
        "那么",
        "如此",
        "老",
        "总",
        "总是",
        "老是",
        "到处",
        "都",
        "这样",
    )
)


_TELLING: Final = (
    1 << NEGATOR | 1 << IRONY | 1 << MOOD | 1 << REPORT | 1 << QUESTION | 1 << OPERATOR | 1 << AD
)
_NONE: Final[frozenset[int]] = frozenset()
_NO_OPERATORS: Final[dict[int, float]] = {}  # nothing is ever put in


class Reading:
    """The clauses of one post and what was found in them."""

    __slots__ = (
        *("group", "clauses", "low", "state", "found", "beside"),
        *("speaks", "wishes", "ironic", "rhetorical", "operators", "wanted", "ads"),
    )

    def __init__(self, clauses: list[Clause], low: str, person: bool | None, group: bool) -> None:
        # Most posts have none of these: sets are made anew where something is found.
        self.speaks = _NONE
        self.wishes = _NONE
        self.ironic = _NONE
        self.rhetorical = _NONE
        self.operators = _NO_OPERATORS
        self.wanted = False
        self.ads = 0
        self.group = group
        self.clauses = clauses
        self.low = low
        self.state = State(person, group)
        self.found: list[Evidence] = []
        self.beside: list[Evidence] = []
        for clause in clauses:
            if clause.kinds & _TELLING:
                self._survey(clause)

    def _survey(self, clause: Clause) -> None:
        """Note what holds for a whole sentence."""
        events = clause.events
        for i, cls in enumerate(clause.classes):
            if not _TELLING >> cls & 1:
                continue
            cue = events[i][2]
            if cls == IRONY:
                self.ironic |= {clause.sentence}
            elif cue.domain == "rhetorical":
                self.rhetorical |= {clause.sentence}
            elif cls == QUESTION:
                if cue.domain == "degree" and any(e[2].form in _SO for e in events[i + 1 :]):
                    self.rhetorical |= {clause.sentence}
            elif cls == AD:
                self.ads += 1
            elif cls == MOOD:
                if cue.domain == "ifonly":
                    self.wishes |= {clause.sentence}
                elif cue.domain == "wish":
                    self.wanted = True
            elif cls == OPERATOR:
                if beside_name(events, i, cue.domain, 16 if cue.lang == "en" else 5):
                    self.operators = {**self.operators, clause.sentence: cue.value}
            elif cls == NEGATOR and cue.domain == "absence":
                lone = i + 1 < len(events) and events[i + 1][2].cls != PREPOSITION  # not in 没跟难民聊过
                if lone and beside_name(events, i, "pre", 9 if cue.lang == "en" else 3):
                    self.operators = {**self.operators, clause.sentence: -1.0}
            elif cls == REPORT:
                if cue.domain == "rejected":
                    self.rhetorical |= {clause.sentence}
                elif cue.domain == "speaks" and _adjacent_name(events, i):
                    self.speaks |= {clause.sentence}


def beside_name(events: list[Event], i: int, side: str, reach: int) -> bool:
    """Whether the target is named within reach before (post) or behind (pre) a cue."""
    start, stop, _cue = events[i]
    if side == "pre":
        return any(e[2].cls == NAME and e[0] - stop <= reach for e in events[i + 1 :])
    return any(e[2].cls == NAME and start - e[1] <= reach for e in events[:i])


def _adjacent_name(events: list[Event], i: int) -> bool:
    """Whether the target is named right before or behind a verb of speech."""
    start, stop, _cue = events[i]
    before = i > 0 and events[i - 1][2].cls == NAME and start - events[i - 1][1] <= 2
    behind = i + 1 < len(events) and events[i + 1][2].cls == NAME and events[i + 1][0] - stop <= 2
    return before or behind
