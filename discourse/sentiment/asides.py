"""What stands beside the matter: words in lists of tags, thanks for an answer, an event that only dates.

Such words carry a valence, and none toward the target.  They are dropped from the evidence of a post before
it is weighed.  Grief, which is sympathy with people, is turned where it is about a thing.
"""

from __future__ import annotations

import re
from typing import Final

from discourse.sentiment.clauses import Clause
from discourse.sentiment.cues import ACT, EMOJI, ME, NAME
from discourse.sentiment.reading import Evidence, Reading

_DATED_BEFORE: Final = re.compile(
    r"\b(?:before|since|after|until|till|til|during|prior to|in the wake of"
    r"|(?:day|night|morning|evening|week|time|moment|days|weeks|hours) of) "
    r"(?:the |this |that )?(?:whole )?$|自从$"
)
_DATED_BEHIND: Final = re.compile(
    r"(?:之后|以后|之前|以前|前后|期间|那天|那晚|那几天|那会儿|的时候|当天|当晚)"
)
_REQUEST: Final = re.compile(
    r"\?|？|\bhow (?:do|can|to)\b|\b(?:anyone|anybody|someone|somebody) (?:know|tell|explain|help)"
    r"|\b(?:please|pls|plz) (?:help|tell|explain)|请问|求助|求教|求解|请教|怎么办|有没有人|谁知道|蹲一个"
)
_BARE: Final = re.compile(
    r"(?: so much| very much| a lot| a bunch| a ton| in advance| guys| all| everyone| everybody| y'all"
    r"|大家|各位|啦|了|呀|啊|哦)*[^\w\[]*(?:$|[\n.!。！~～]|\[|[^\w\s,，])"
)
_SPOKEN: Final = ("welcome", "verb", "construction")  # said to somebody, in a tag as elsewhere: #welcome
_GRIEF: Final = frozenset(("sad", "heartbroken", "devastated", "难过", "伤心"))
_FACES: Final = re.compile(r"\[[^\[\]\s]{1,8}\]|[^\w\u4e00-\u9fff]")
_TAG_END: Final = re.compile(r"[\w\u4e00-\u9fff]*(?:\[话题\]#?|#)?")


def matter(evidence: list[Evidence], reading: Reading, answers: bool) -> list[Evidence]:
    """Keep the evidence that is said of the matter.

    Parameters
    ----------
    evidence : list of Evidence
        What was found, in order.
    reading : Reading
        The post.
    answers : bool
        Whether only the post that it answers tells whom it speaks of.

    Returns
    -------
    list of Evidence
        The same list where nothing is dropped.
    """
    low = reading.low
    if reading.beside and _REQUEST.search(low):
        reading.beside = _without_thanks(reading.beside, low)
    if not evidence:
        return evidence
    if "#" in low:
        evidence = [item for item in evidence if not _in_tag_list(item, low, reading.clauses)]
    if any(item.cue.domain == "thanks" for item in evidence) and _REQUEST.search(low):
        evidence = _without_thanks(evidence, low)
    if reading.state.person is False and not reading.group:
        evidence = [_grieved(item) for item in evidence]
        if _only_dates(reading.clauses, low):
            evidence = [item for item in evidence if _is_said_of_date(item, reading.clauses, low)]
    if answers and evidence and all(item.cue.cls == EMOJI for item in evidence) and _FACES.sub("", low):
        return []  # a face behind words of another matter is about that matter
    return evidence


def _in_tag_list(item: Evidence, low: str, clauses: list[Clause]) -> bool:
    """Whether a word stands in a tag beside other tags, one that does not name the target."""
    if item.cue.cls == ACT or item.cue.domain in _SPOKEN:
        return False
    start = item.start
    while start and (low[start - 1].isalnum() or low[start - 1] == "_"):
        start -= 1
    if not start or low[start - 1] != "#" or (start > 1 and low[start - 2].isalnum()):
        return False
    ends = _TAG_END.match(low, start)
    stop = ends.end() if ends is not None else item.stop
    if any(e[2].cls == NAME and start <= e[0] < stop for clause in clauses for e in clause.events):
        return False
    before = low[: start - 1].split()
    return low[stop:].lstrip().startswith("#") or bool(before and before[-1].startswith("#"))


def _without_thanks(evidence: list[Evidence], low: str) -> list[Evidence]:
    """Drop thanks that are given for an answer, and the smile behind them."""
    kept: list[Evidence] = []
    thanked = False
    for item in evidence:
        if item.cue.domain == "thanks" and _BARE.match(low, item.stop):
            thanked = True
        elif not (thanked and item.cue.cls == EMOJI and item.value > 0):
            kept.append(item)
    return kept


def _grieved(item: Evidence) -> Evidence:
    """Take grief about a thing as blame of it: sad for somebody, but sad about the ban."""
    if item.cue.form in _GRIEF and item.value > 0:
        return item.changed(-item.value, f"{item.rule}, grief about a thing")
    return item


def _only_dates(clauses: list[Clause], low: str) -> bool:
    """Whether each naming of an event says when: since the ban, 禁令之后."""
    named = False
    for clause in clauses:
        for start, stop, cue in clause.events:
            if cue.cls == NAME:
                named = True
                if not (
                    _DATED_BEFORE.search(low, max(0, start - 30), start) or _DATED_BEHIND.match(low, stop)
                ):
                    return False
    return named


def _is_said_of_date(item: Evidence, clauses: list[Clause], low: str) -> bool:
    """Whether a word is said of the event itself: since the ban ruined my shop."""
    for clause in clauses:
        if not clause.start <= item.start < clause.stop:
            continue
        for event in reversed(clause.events):
            if event[0] < item.start and event[2].cls in (ME, NAME):
                between = low[event[1] : item.start]
                return event[2].cls == NAME and len(between) < 20 and " and " not in between
    return False
