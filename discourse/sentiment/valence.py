"""Of whom one cue is said, and how much, after negation and degree."""

from __future__ import annotations

import re
from typing import Final

from discourse.sentiment.clauses import Clause
from discourse.sentiment.cues import (
    DEED,
    DEGREE,
    EMOJI,
    FEELING,
    HOSTILE,
    ME,
    MOOD,
    NAME,
    NEGATOR,
    OUTCRY,
    PRONOUN,
    QUALITY,
    YOU,
    Cue,
    Event,
)
from discourse.sentiment.holders import NOBODY, OTHER, TARGET, holder_of
from discourse.sentiment.modifiers import CHANGING, NO_CHANGE, Change, change_of, negate
from discourse.sentiment.reading import Reading, beside_name
from discourse.sentiment.replies import is_directed

BEFORE_NAMING: Final = 0.7
OBJECT: Final = {"en": 12, "zh": 4, "any": 12}  # characters behind a feeling that tell toward what it is felt
_HAS_SUBJECT: Final = re.compile(
    r"\b(?!(?:it|this|that|they|these|those|here|there|which|what|who|you|everyone|all)\b)"
    r"[a-z]{3,} (?:is|are|was|were) "
)
LATER: Final = 8  # how much else a later sentence may say that speaks of nobody


def valence_of(
    clause: Clause, holders: list[int], classes: list[int], i: int, reading: Reading
) -> tuple[int, float, str]:
    """Say of whom a cue is said and how much, after negation and degree."""
    state = reading.state
    low = reading.low
    group = reading.group
    events = clause.events
    start, stop, cue = events[i]
    cls, value, domain, lang = cue.cls, cue.value, cue.domain, cue.lang
    if (cue.form in _WITH_CONDITIONS or domain in _PLACED) and not _counts(events, i, cue):
        return NOBODY, 0.0, ""
    if group and domain == "scale":
        return NOBODY, 0.0, ""
    if state.answers and not is_directed(clause, holders, i, low, state.spoken == clause.sentence):
        return OTHER, 0.0, ""
    holder, rule = holder_of(clause, holders, i, state, low)
    later = rule == "topic carried over" and group and -1 < state.spoken < clause.sentence
    if later and not is_directed(clause, holders, i, low, False, LATER, LATER):
        return OTHER, 0.0, ""
    change = change_of(events, i, low) if clause.kinds & CHANGING else NO_CHANGE
    if state.report and TARGET in holders and cls != OUTCRY:
        holder, rule = TARGET, rule or "said by others"
    if value < 0:
        if i and TARGET in holders and events[i - 1][2].domain == "passive" and TARGET in holders[:i]:
            return NOBODY, 0.0, ""
        if domain == "harsh" and _toward(events, i, low):
            return TARGET, 0.6, "against those who do it"
        if domain == "pity" and rule == "attributive":
            return holder, 0.6, "pity"
        if cls in (FEELING, DEED) and holder == TARGET and rule != "predicate":
            hostile = _hostile(classes, change, rule)
            if hostile:
                return TARGET, hostile, "against those who do it"
    if change.negations:
        value, rule = _negated(clause, classes, i, value, rule, change)
    if not group and lang == "en" and value * cue.value < 0 < value:
        value = 0.0  # that a person did not lie is said in blame as often as in praise
    value *= change.factor
    if not group:
        holder = TARGET if cls == OUTCRY and domain == "displaced" else holder
        return holder, value * _aloof(rule, cue, start, events), rule
    operator = reading.operators.get(clause.sentence, 0.0) if reading.operators else 0.0
    if operator < 0 and cls != OUTCRY and domain != "sad":
        if change.negations and holder == TARGET:
            return TARGET, value, "with or without them"
        return TARGET, cue.value * change.factor * -0.8, "with or without them"
    if holder == TARGET:
        return TARGET, value, rule
    if operator > 0:
        return TARGET, value * 0.8, "what they brought"
    if holder == NOBODY and not state.named and not state.topic:
        if start - clause.start > (12 if lang == "en" else 4) and cls in (QUALITY, DEED):
            return OTHER, 0.0, ""  # said of something that no lexicon lists
        if lang == "en" and cls == QUALITY and _HAS_SUBJECT.search(low, clause.start, start):
            return OTHER, 0.0, ""  # Comcast is garbage
        if cls == FEELING and clause.stop - stop > OBJECT[lang]:
            return OTHER, 0.0, ""  # felt toward something that the clause itself tells
        return TARGET, value * BEFORE_NAMING, "said before the naming"
    if cls == OUTCRY and domain == "displaced":
        return TARGET, value * 0.8, "displaced"
    return holder, value, rule


def _toward(events: list[Event], i: int, low: str) -> bool:
    """Whether a harshness is shown to the target: 你们对难民太苛刻, mean to the refugees."""
    start, stop, cue = events[i]
    if cue.lang == "en":
        aimed = low.startswith((" to ", " on ", " toward"), stop) and beside_name(events, i, "pre", 16)
        return aimed and not beside_name(events, i, "post", start)
    for begin, _end, named in reversed(events[:i]):
        if named.cls == NAME:
            return low[:begin].endswith(("对", "对这些", "对这群", "对待"))
    return False


_PLACED: Final = frozenset(("before", "after", "pair"))
_OF_GROUPS: Final = frozenset(
    ("welcome", "rebuff", "filter", "displaced", "before", "after", "pair", "defend")
)
_DISTANT: Final = 0.5  # a valence far from a target that is not what the whole post is about


def _aloof(rule: str, cue: Cue, start: int, events: list[Event]) -> float:
    """Trust loose ties less where the target is a name among others and not a group under discussion."""
    if cue.domain == "laugh" or (cue.cls == OUTCRY and cue.domain in _OF_GROUPS):
        return 0.0
    if rule == "said of what follows":
        after = next((e[0] for e in events if e[2].cls == NAME and e[0] > start), 10**9)
        return 1.0 if after - start < 16 else 0.0
    return _DISTANT if rule == "topic carried over" and cue.lang == "en" else 1.0


_GREETS: Final = frozenset(("welcome", "thanks"))


def _negated(
    clause: Clause, classes: list[int], i: int, value: float, rule: str, change: Change
) -> tuple[float, str]:
    """Turn a valence over where an odd number of negations reaches it."""
    if not change.negations % 2:
        return value, rule
    event = clause.events[i]
    cls = classes[i]
    before = clause.events[i - 1] if i else event
    reach = (8 if event[2].domain in _GREETS else 1) if event[2].lang == "en" else 2
    adjacent = before[2].cls == NEGATOR and event[0] - before[1] <= reach
    if cls == EMOJI or (cls == OUTCRY and not (event[2].domain in _GREETS and adjacent)):
        return value, rule
    if rule == "attributive" and not adjacent and FEELING in classes[:i]:
        return value, rule
    harsh = change.kind == "imperative" and value < 0 and cls in (DEED, QUALITY)
    if harsh or (clause.asked and contracted(clause.events[0])):
        return value, rule
    return negate(value), f"{rule}, negated"


def contracted(event: Event) -> bool:
    """Whether a question opens with a negation that asks for assent, such as aren't they."""
    return event[2].cls == NEGATOR and event[2].form.endswith("n't")


def _placed(events: list[Event], i: int, cue: Cue) -> bool:
    """Whether a cue that needs the target beside it has it there."""
    if cue.domain == "before":
        return beside_name(events, i, "pre", 14 if cue.lang == "en" else 4)
    if cue.domain == "after":
        return beside_name(events, i, "post", 14 if cue.lang == "en" else 4)
    return i > 1 and beside_name(events, i, "post", 6)


def _counts(events: list[Event], i: int, cue: Cue) -> bool:
    """Whether a cue that says something only in some places stands in one of them."""
    if cue.form in _LIKE and not _likes(events, i):
        return False
    if cue.domain in _PLACED and not _placed(events, i, cue):
        return False
    return cue.form not in _LEADS or not _intensifies(events, i)


_LIKE: Final = frozenset(("like", "likes", "liked"))


def _likes(events: list[Event], i: int) -> bool:
    """Tell the verb like, which follows a pronoun, a negation or a wish at once, from the preposition."""
    if not i:
        return False
    _start, _stop, before = events[i - 1]
    if before.cls == PRONOUN and before.domain == "thing":
        return False
    return before.cls in (ME, NEGATOR, MOOD, YOU, DEGREE, PRONOUN) and events[i][0] - events[i - 1][1] <= 10


_LEADS: Final = frozenset(("好", "爱", "喜欢"))
_WITH_CONDITIONS: Final = _LIKE | _LEADS


def _intensifies(events: list[Event], i: int) -> bool:
    """Say whether a lead such as 好 stands right before another valence: 好烦."""
    if i + 1 >= len(events) or events[i + 1][0] != events[i][1]:
        return False
    return events[i + 1][2].cls <= EMOJI if events[i][2].form == "好" else events[i + 1][2].cls == DEED


def _hostile(classes: list[int], change: Change, rule: str) -> float:
    """Value an attack on the target that others make and the author rejects; 0 where the author makes it."""
    if change.kind == "imperative" and ME not in classes:
        return 0.6
    if rule != "object" or change.negations:
        return 0.0
    return 0.5 if HOSTILE in classes else 0.0
