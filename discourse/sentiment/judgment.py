"""From evidence to one judgment of a post."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from discourse.sentiment.asides import matter
from discourse.sentiment.cues import EMOJI, IRONY, NAME, Event
from discourse.sentiment.irony import is_closer, is_opener, praise_then_harm, thanks_for_harm, turned
from discourse.sentiment.reading import Evidence, Reading

STRONG: Final = 0.3
UNSAID: Final = -0.45  # an irony cue where nothing else is said
AD_DAMPED: Final = 0.15
BESIDE: Final = 0.15  # what is said beside a target that is a name among others, as a share
NEAR: Final = {
    "en": 20.0,
    "zh": 40.0,
    "any": 20.0,
}  # over so many characters its words lose most of their weight
FAR_SHARE: Final = 0.3  # what they keep at any distance
BESIDE_REACH: Final = 60.0
LOUDER: Final = 3.0  # a sentence chosen for a marked mention mostly says something of it
LATE: Final = 1.5  # what a post ends on counts a little more than what it begins with


class Judgment(NamedTuple):
    """What one post shows toward one target; the columns of ``tables.SCORES``."""

    label: str
    score: float
    confidence: float
    mixed: bool
    kind: str | None
    evidence: str


ABSENT: Final = Judgment("absent", math.nan, 0.9, False, None, "")


def label_of(score: float, neutral: float) -> str:
    """Give the label of a score.

    Examples
    --------
    >>> label_of(0.2, 0.15), label_of(-0.1, 0.15)
    ('positive', 'neutral')
    """
    if score >= neutral:
        return "positive"
    return "negative" if score <= -neutral else "neutral"


def conclude(
    reading: Reading, kind: str, neutral: float, *, chosen: bool = False, answers: bool = False
) -> Judgment:
    """Weigh the evidence of a post against each other.

    Parameters
    ----------
    reading : Reading
        The clauses of the post and what was found in them.
    kind : str
        How the post refers to the target.
    neutral : float
        Scores nearer to zero than this are neutral.
    chosen : bool
        Whether the sentence was chosen for a marked mention.  What is said beside it then counts a little.
    answers : bool
        Whether only the post that it answers tells whom it speaks of.

    Returns
    -------
    Judgment
        Label, score, confidence, mixed, kind and evidence.
    """
    low = reading.low
    reading.found = matter(reading.found, reading, answers)
    if reading.group:
        evidence = grounded(reading.found, low)
    else:
        evidence = _by_distance(reading, LOUDER if chosen else 1.0)
    if reading.group and reading.ironic and not any(item.value < 0 for item in evidence):
        cue = next(e for c in reading.clauses for e in c.events if e[2].cls == IRONY)
        evidence = [*evidence, Evidence(cue[0], cue[1], UNSAID, 1.0, "ironic", cue[2], False)]
    if reading.wanted and not evidence and -1.0 in reading.operators.values():
        place = reading.clauses[0].events[0]
        evidence = [Evidence(place[0], place[1], UNSAID, 1.0, "wished to be without them", place[2], False)]
    if kind == "named" and reading.state.pronoun and evidence and not any(item.named for item in evidence):
        kind = "pronoun"
    if not evidence:
        return Judgment("neutral", 0.0, 0.6, False, kind, f"{kind}: no attitude found")
    plus, minus = _sides(evidence)
    if plus and _is_irony(evidence, low, minus):
        evidence = [turned(item) for item in evidence]
        plus, minus = _sides(evidence)
    if reading.ads and plus:  # who sells something flatters; pure blame is no advertisement
        plus, minus = plus * AD_DAMPED, minus * AD_DAMPED
    total = plus + minus
    # The balance of both sides, as strong as the stronger one: what follows "but" says more by its weight.
    stronger = plus if plus > minus else minus
    score = (plus - minus) / total * (stronger if stronger < 1.0 else 1.0) if total else 0.0
    score = _rounded(score, 6, _SCORES)
    mixed = plus >= STRONG and minus >= STRONG and stronger < 3 * min(plus, minus)
    confidence = min(1.0, total) * (abs(plus - minus) / total if total else 0.0)
    confidence = _rounded(confidence, 3, _CONFIDENCES)
    words = "; ".join([_words_of(item, low) for item in evidence])
    confidence = max(0.1, confidence * 0.6 if "ironic" in words else confidence)
    return Judgment(label_of(score, neutral), score, confidence, mixed, kind, f"{kind}: {words}")


# Few values come up again and again, and to write or to round one takes longer than to look it up.
_SIGNED: Final[dict[float, str]] = {}
_SCORES: Final[dict[float, float]] = {}
_CONFIDENCES: Final[dict[float, float]] = {}
_REMEMBERED: Final = 4096


def _rounded(value: float, digits: int, known: dict[float, float]) -> float:
    """Round a value, remembering those that were rounded."""
    if not value:
        return value
    found = known.get(value)
    if found is None:
        if len(known) >= _REMEMBERED:
            known.clear()
        found = known[value] = round(value, digits)
    return found


def _words_of(item: Evidence, low: str) -> str:
    """Say one piece of evidence: its words, its value, its rule."""
    signed = _SIGNED.get(item.value) if item.value else None  # 0.0 and -0.0 would be one
    if signed is None:
        if len(_SIGNED) >= _REMEMBERED:
            _SIGNED.clear()
        signed = _SIGNED[item.value] = " %+.2f (" % item.value  # noqa: UP031 (compiled to one call)
    return low[item.start : item.stop] + signed + item.rule + ")"


def _by_distance(reading: Reading, gain: float) -> list[Evidence]:
    """Let words count less the farther they stand from a target that is a name among others.

    A post about a group speaks of it throughout; a sentence that names a person or a thing may be about
    anything.  Share, reach and gain were chosen on public training data; the figure hardly moves around them.
    """
    if not (reading.found or reading.beside):
        return []
    names = [event for clause in reading.clauses for event in clause.events if event[2].cls == NAME]
    weighed: list[Evidence] = []
    for item in reading.found:
        share = FAR_SHARE + (1.0 - FAR_SHARE) * math.exp(-_distance(item, names) / NEAR[item.cue.lang])
        weighed.append(item.changed(item.value * share * gain, item.rule))
    for item in reading.beside:
        share = BESIDE * math.exp(-_distance(item, names) / BESIDE_REACH)
        weighed.append(item.changed(item.value * share * gain, item.rule))
    return weighed


def _distance(item: Evidence, names: list[Event]) -> int:
    """How many characters stand between a piece of evidence and the nearest naming."""
    return min((max(item.start - stop, start - item.stop, 0) for start, stop, _cue in names), default=0)


def _is_irony(evidence: list[Evidence], low: str, blame: float) -> bool:
    """Whether praise was not meant, by the shape of the whole post."""
    if evidence[0].rule == "said before the naming" and is_opener(evidence, low):
        return True
    if len(evidence) == 1:
        return is_closer(evidence, low)
    return blame > 0 and (thanks_for_harm(evidence) or praise_then_harm(evidence, low))


def _sides(evidence: list[Evidence]) -> tuple[float, float]:
    """Add up praise and blame; where both stand, what the post ends on counts more."""
    plus = minus = share = 0.0
    for item in evidence:
        share = item.value * item.weight
        if share > 0:
            plus += share
        else:
            minus -= share
    if plus and minus:
        if share > 0:
            plus += share * (LATE - 1.0)
        else:
            minus -= share * (LATE - 1.0)
    return plus, minus


SHORT: Final = 16


def grounded(evidence: list[Evidence], low: str) -> list[Evidence]:
    """Drop a face or a laugh that is all there is, away from the naming: it may be about anything.

    In a post that is hardly more than the face itself it stays.
    """
    if not evidence or len(low) <= SHORT or not (evidence[0].cue.cls == EMOJI or _laughs(evidence[0])):
        return evidence
    slight = all((item.cue.cls == EMOJI or _laughs(item)) and not item.named for item in evidence)
    return [] if slight else evidence


def _laughs(item: Evidence) -> bool:
    return item.cue.domain == "laugh"
