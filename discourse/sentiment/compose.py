"""From cues to evidence: what each clause of a post says of the target.

Every valence is given to whoever it is said of, then changed by what stands around it: negation, degree,
wish, question, condition, report, comparison, irony.  Each step leaves the name of its rule in the evidence.
"""

from __future__ import annotations

from typing import NamedTuple

from discourse.sentiment.clauses import Clause
from discourse.sentiment.cues import (
    AD,
    COMPARE,
    DEED,
    DEGREE,
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
    PRONOUN,
    QUALITY,
    QUESTION,
    REPORT,
    SHOW,
    STAY,
    VERDICT,
    YOU,
    Cue,
    Event,
)
from discourse.sentiment.holders import NOBODY, OTHER, TARGET, State, following, holder_of, name_holders
from discourse.sentiment.modifiers import Change, change_of, negate

AFTER_CONTRAST = 2.0
CONCEDED = 0.5
DAMPED = 0.1  # what is asked, supposed or reported by others hardly counts
BEFORE_NAMING = 0.7
IRONIC = -0.7
_MOVES = frozenset((SHOW, STAY, LEAVE))


class Evidence(NamedTuple):
    """One piece of evidence: where, what it says, how much it counts, by which rule, near which naming."""

    start: int
    stop: int
    value: float
    weight: float
    rule: str
    cue: Cue
    named: bool


_SO = frozenset(
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


class Reading:
    """The clauses of one post and what was found in them."""

    __slots__ = (
        "ads", "beside", "clauses", "found", "group", "ironic", "low", "operators", "rhetorical", "speaks", "state",
        "wanted", "wishes",
    )  # fmt: skip

    def __init__(self, clauses: list[Clause], low: str, person: bool | None, group: bool) -> None:
        self.group = group
        self.speaks: set[int] = set()
        self.wishes: set[int] = set()
        self.wanted = False
        self.clauses = clauses
        self.low = low
        self.state = State(person, group)
        self.found: list[Evidence] = []
        self.beside: list[Evidence] = []
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
            elif cue.domain == "rhetorical":
                self.rhetorical.add(clause.sentence)
            elif cls == QUESTION:
                if cue.domain == "degree" and any(e[2].form in _SO for e in events[i + 1 :]):
                    self.rhetorical.add(clause.sentence)
            elif cls == AD:
                self.ads += 1
            elif cls == MOOD:
                if cue.domain == "ifonly":
                    self.wishes.add(clause.sentence)
                elif cue.domain == "wish":
                    self.wanted = True
            elif cls == OPERATOR:
                if _beside_name(events, i, cue.domain, 16 if cue.lang == "en" else 5):
                    self.operators[clause.sentence] = cue.value
            elif cls == NEGATOR and cue.domain == "absence":
                if _beside_name(events, i, "pre", 9 if cue.lang == "en" else 3):
                    self.operators[clause.sentence] = -1.0
            elif cls == REPORT:
                if cue.domain == "rejected":
                    self.rhetorical.add(clause.sentence)
                elif cue.domain == "speaks" and _adjacent_name(events, i):
                    self.speaks.add(clause.sentence)


def _beside_name(events: list[Event], i: int, side: str, reach: int) -> bool:
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


def weigh(clauses: list[Clause], low: str, *, person: bool | None, group: bool, addressed: bool) -> Reading:
    """Collect the evidence on the target from all clauses of a post.

    Parameters
    ----------
    clauses : list of Clause
        The clauses of the post.
    low : str
        Its folded text.
    person, group : bool
        Whether the target is people, and a group that posts speak about.
    addressed : bool
        Whether the post names nobody, but speaks to or answers the target.

    Returns
    -------
    Reading
        The evidence, in order, and what holds for whole sentences.
    """
    reading = Reading(clauses, low, person, group)
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
    if REPORT in classes and _reports(events, holders, reading.group):
        state.report = True
    if MOOD in classes and any(e[2].domain == "condition" for e in events if e[2].cls == MOOD):
        state.condition = True
    if state.reported and (VERDICT in classes or _dismisses(events, holders, state.reported)):
        _judge_report(clause, reading)
        if VERDICT not in classes:
            return
    found = len(reading.found)
    weight = AFTER_CONTRAST if clause.link == "contrast" else CONCEDED if clause.link == "concession" else 1.0
    named = NAME in classes
    over = COMPARE in classes and _compared(clause, holders, reading, weight, named)
    for i, cls in enumerate(classes):
        if cls <= EMOJI:
            if over and cls <= FEELING:
                continue
            holder, value, rule = _valence(clause, holders, classes, i, reading)
        elif cls in _MOVES and reading.group:
            holder, value, rule = _move(clause, holders, classes, i, state)
        else:
            continue
        if holder != TARGET and cls <= EMOJI and not reading.group:
            start, stop, cue = events[i]
            rest = Evidence(start, stop, value or cue.value, 1.0, "said of others beside it", cue, named)
            reading.beside.append(rest)
        if holder == TARGET and value:
            value, rule = _conditioned(clause, classes, i, value, rule, reading)
            start, stop, cue = events[i]
            reading.found.append(Evidence(start, stop, max(-1.0, min(1.0, value)), weight, rule, cue, named))
    if reading.group and len(reading.found) == found:
        _implied(clause, holders, reading, weight, named)


def _implied(clause: Clause, holders: list[int], reading: Reading, weight: float, named: bool) -> None:
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


_STOP = frozenset(
    ("please stop", "stop", "quit", "别再", "不要再", "能不能别", "可不可以别", "别老", "别总", "能不能不")
)


def _dismisses(events: list[Event], holders: list[int], reported: float) -> bool:
    """Whether a clause about nobody calls the report itself bad: that's just wrong."""
    if reported > 0 or TARGET in holders or OTHER in holders:
        return False
    return any(event[2].cls == QUALITY and event[2].value < 0 for event in events)


def _reports(events: list[Event], holders: list[int], group: bool) -> bool:
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


def _valence(
    clause: Clause, holders: list[int], classes: list[int], i: int, reading: Reading
) -> tuple[int, float, str]:
    """Say of whom a cue is said and how much, after negation and degree."""
    state, low, events = reading.state, reading.low, clause.events
    start, stop, cue = events[i]
    cls, value, domain = cue.cls, cue.value, cue.domain
    if domain == "scale" and reading.group:
        return NOBODY, 0.0, ""
    if cue.form in _LIKE and not _likes(events, i):
        return NOBODY, 0.0, ""
    if (domain in _PLACED and not _placed(events, i, cue)) or (cue.form == "好" and _intensifies(events, i)):
        return NOBODY, 0.0, ""
    holder, rule = holder_of(clause, holders, i, state, low)
    change = change_of(events, i, low)
    if state.report and TARGET in holders and cls != OUTCRY:
        holder, rule = TARGET, rule or "said by others"
    if value < 0:
        if i and events[i - 1][2].domain == "passive" and TARGET in holders[:i]:
            return NOBODY, 0.0, ""
        if domain == "harsh" and _toward(events, i, low):
            return TARGET, 0.6, "against those who do it"
        if domain == "pity" and rule == "attributive":
            return holder, 0.6, "pity"
        if cls in (FEELING, DEED) and holder == TARGET and rule != "predicate":
            hostile = _hostile(classes, change, rule)
            if hostile:
                return TARGET, hostile, "against those who do it"
    value, rule = _negated(clause, classes, i, value, rule, change)
    value *= change.factor
    if not reading.group:
        value *= _aloof(rule, cue, start, events)
    operator = reading.operators.get(clause.sentence, 0.0)
    if operator < 0 and cls != OUTCRY and domain != "sad":
        if change.negations and holder == TARGET:
            return TARGET, value, "with or without them"
        return TARGET, cue.value * change.factor * -0.8, "with or without them"
    if operator > 0 and holder != TARGET:
        return TARGET, value * 0.8, "what they brought"
    if holder == NOBODY and not state.named and not state.topic and reading.group:
        if start - clause.start > (12 if cue.lang == "en" else 4) and cls in (QUALITY, DEED):
            return OTHER, 0.0, ""  # said of something that no lexicon lists
        return TARGET, value * BEFORE_NAMING, "said before the naming"
    if cls == OUTCRY and holder != TARGET and domain == "displaced":
        return TARGET, value * 0.8, "displaced"
    return holder, value, rule


def _toward(events: list[Event], i: int, low: str) -> bool:
    """Whether a harshness is shown to the target: 你们对难民太苛刻, mean to the refugees."""
    start, stop, cue = events[i]
    if cue.lang == "en":
        aimed = low.startswith((" to ", " on ", " toward"), stop) and _beside_name(events, i, "pre", 16)
        return aimed and not _beside_name(events, i, "post", start)
    for begin, _end, named in reversed(events[:i]):
        if named.cls == NAME:
            return low[:begin].endswith(("对", "对这些", "对这群", "对待"))
    return False


_PLACED = frozenset(("before", "after", "pair"))
_OF_GROUPS = frozenset(("welcome", "rebuff", "filter", "displaced", "before", "after", "pair"))
_DISTANT = 0.5  # a valence far from a target that is not what the whole post is about


def _aloof(rule: str, cue: Cue, start: int, events: list[Event]) -> float:
    """Trust loose ties less where the target is a name among others and not a group under discussion."""
    if cue.domain == "laugh" or (cue.cls == OUTCRY and cue.domain in _OF_GROUPS):
        return 0.0
    if rule == "said of what follows":
        after = next((e[0] for e in events if e[2].cls == NAME and e[0] > start), 10**9)
        return 1.0 if after - start < 16 else 0.0
    return _DISTANT if rule == "topic carried over" and cue.lang == "en" else 1.0


_GREETS = frozenset(("welcome", "thanks"))


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
    if harsh or (clause.asked and _contracted(clause.events[0])):
        return value, rule
    return negate(value), f"{rule}, negated"


def _contracted(event: Event) -> bool:
    """Whether a question opens with a negation that asks for assent: aren't they lovely?"""
    return event[2].cls == NEGATOR and event[2].form.endswith("n't")


def _placed(events: list[Event], i: int, cue: Cue) -> bool:
    """Whether a cue that needs the target beside it has it there."""
    if cue.domain == "before":
        return _beside_name(events, i, "pre", 14 if cue.lang == "en" else 4)
    if cue.domain == "after":
        return _beside_name(events, i, "post", 14 if cue.lang == "en" else 4)
    return i > 1 and _beside_name(events, i, "post", 6)


_LIKE = frozenset(("like", "likes", "liked"))


def _likes(events: list[Event], i: int) -> bool:
    """Whether "like" is the verb: it follows a pronoun, a negation or a wish at once."""
    if not i:
        return False
    _start, _stop, before = events[i - 1]
    if before.cls == PRONOUN and before.domain == "thing":
        return False
    return before.cls in (ME, NEGATOR, MOOD, YOU, DEGREE, PRONOUN) and events[i][0] - events[i - 1][1] <= 10


def _intensifies(events: list[Event], i: int) -> bool:
    """Whether 好 stands right before another valence: 好烦."""
    return i + 1 < len(events) and events[i + 1][0] == events[i][1] and events[i + 1][2].cls <= EMOJI


def _hostile(classes: list[int], change: Change, rule: str) -> float:
    """Value an attack on the target that others make and the author rejects; 0 where the author makes it."""
    if change.kind == "imperative" and ME not in classes:
        return 0.6
    if rule != "object" or change.negations:
        return 0.0
    return 0.5 if HOSTILE in classes else 0.0


def _move(
    clause: Clause, holders: list[int], classes: list[int], i: int, state: State
) -> tuple[int, float, str]:
    """Staying, leaving and showing mean something only under a wish, a negation or an imperative."""
    cls = classes[i]
    cue = clause.events[i][2]
    holder = TARGET if TARGET in holders else state.topic
    negations = change_of(clause.events, i, "").negations
    if i == 0 and cue.lang == "en" and cls != SHOW and cue.form in _BARE and following(holders, i) == TARGET:
        return holder, (0.6 if cls == STAY else -0.7), "told to " + cue.form
    wished = any(event[2].domain != "condition" for event in clause.events if event[2].cls == MOOD)
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


_BARE = frozenset(
    ("stay", "remain", "stick around", "leave", "go home", "go back", "disappear", "get lost", "go away")
)


def _domains(events: list[Event]) -> list[str]:
    return [event[2].domain for event in events]


_LOOSE = frozenset(("said before the naming", "topic carried over", "said of what follows", "exclaimed"))


def _conditioned(
    clause: Clause, classes: list[int], i: int, value: float, rule: str, reading: Reading
) -> tuple[float, str]:
    """Damp or turn what is asked, supposed, reported or meant ironically."""
    state = reading.state
    cls = classes[i]
    sentence = clause.sentence
    if sentence in reading.speaks and rule in _LOOSE:
        return value * DAMPED, f"{rule}, said by the target"
    if state.report and cls != EMOJI:
        state.reported += value
        if any(e[2].domain == "rejected" for e in clause.events if e[2].cls == REPORT):
            return value * -0.7, f"{rule}, said by others and rejected"
        return value * DAMPED, f"{rule}, reported"
    asked = clause.asked and cls in (QUALITY, FEELING, DEED) and sentence not in reading.rhetorical
    firm = (
        clause.events[i][2].domain == "firm"
        or "imperative" in _domains(clause.events[:i])
        or rule == "against those who do it"
    )
    if asked and not firm and (reading.group or value > 0) and not _contracted(clause.events[0]):
        return value * DAMPED, f"{rule}, asked"
    supposed = state.condition and sentence not in reading.operators and sentence not in reading.wishes
    if supposed and cls not in (EMOJI, STAY, LEAVE):
        return value * DAMPED, f"{rule}, hypothetical"
    if value > 0 and (sentence in reading.ironic or sentence - 1 in reading.ironic):
        return value * IRONIC, f"{rule}, ironic"
    return value, rule


def _judge_report(clause: Clause, reading: Reading) -> None:
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
