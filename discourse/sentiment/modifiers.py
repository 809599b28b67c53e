"""What stands around a valence and changes it: degree and negation, with their scope."""

from __future__ import annotations

from typing import Final

from discourse.sentiment.cues import (
    DEGREE,
    EMOJI,
    ME,
    NAME,
    NEGATOR,
    Event,
)

NEGATED_PRAISE: Final = -0.8  # not kind
NEGATED_BLAME: Final = -0.6  # not rude: a weaker praise
_REACH: Final = {"zh": 9, "en": 28, "any": 12}


class Change:
    """How a valence is changed: factor of degree, number of negations, the kind of the nearest one."""

    __slots__ = ("factor", "kind", "negations")

    def __init__(self, factor: float, negations: int, kind: str) -> None:
        self.factor = factor
        self.negations = negations
        self.kind = kind


NO_CHANGE: Final = Change(1.0, 0, "")
CHANGING: Final = 1 << DEGREE | 1 << NEGATOR  # where a clause has neither nothing in it is changed


def change_of(events: list[Event], i: int, low: str) -> Change:
    """Read degree and negation around the cue ``events[i]``.

    A negation reaches over other words of its clause up to a stated distance, but not past a naming that
    stands beyond another valence: "they don't complain" does not reach "and people love them".
    """
    start, stop, cue = events[i]
    reach = _REACH[cue.lang]
    factor, negations, kind = 1.0, 0, ""
    edge = start
    passed = near = False
    for s, e, c in events[i - 1 :: -1] if i else ():
        if edge - e > reach:
            break
        cls = c.cls
        if cls == NEGATOR:
            if passed and edge - e > 12:
                break
            negations += 1
            kind = kind or c.domain
            edge = s
        elif cls == DEGREE:
            if not near and c.domain != "after" and not passed:
                factor *= c.value
            edge = s
        elif cls <= EMOJI:
            if near:
                break
            if low[e:edge].strip(" 、") not in ("", "or", "and", "又", "或"):
                passed = True
            edge = s
        elif NAME <= cls <= ME:
            if passed:
                break
            near = True
    if i + 1 < len(events):
        s, _e, c = events[i + 1]
        cls = c.cls
        if cls == DEGREE and c.domain == "after" and s - stop <= 2:
            factor *= c.value
        elif cls == NEGATOR and c.domain == "after" and s - stop <= 3:
            negations, kind = negations + 1, "after"
    if factor == 1.0 and not negations:  # what most cues meet
        return NO_CHANGE
    return Change(min(factor, 1.6), negations, kind)


def negate(value: float) -> float:
    """Turn a valence over: not kind is bad, not rude is only fairly good.

    Examples
    --------
    >>> negate(0.5), negate(-0.5)
    (-0.4, 0.3)
    """
    return value * (NEGATED_PRAISE if value > 0 else NEGATED_BLAME)
