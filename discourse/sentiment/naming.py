"""Whom some posts speak of: where each names the target, how, and who told so."""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import accumulate
from typing import Final

from discourse.sentiment.cues import DEGREE, EMOJI, NAME, NEGATOR, Cue, Event
from discourse.sentiment.judgment import ABSENT, Judgment
from discourse.sentiment.mentions import (
    Matcher,
    answers_member,
    find_names,
    find_names_each,
    is_addressed,
)
from discourse.sentiment.scan import closed_up, fold
from discourse.sentiment.selves import other_members, speaks_of_self

Span = tuple[int, int]
Post = tuple[str, str | None, Span | None]
"""A text, the post that it answers, and where the target stands in it if known."""

_CALLS: Final = (
    "dear",
    "hello",
    "hi",
    "hey",
    "亲爱的",
    "各位",
    "你好",
    "你们这些",
)  # before a name: it is called
_NAME_CUE: Final = Cue(NAME, 0.0, "", "", "")
_NOWHERE: Final = (1 << 40, 1 << 40)


class Naming:
    """A post that speaks of the target: its folded text, where, how, and who told so."""

    __slots__ = ("answers", "chosen", "kind", "low", "names", "parent")

    def __init__(
        self, low: str, names: list[Span], kind: str, answers: bool, chosen: bool, parent: str | None
    ) -> None:
        self.low = low
        self.names = names
        self.kind = kind
        self.answers = answers
        self.chosen = chosen
        self.parent = parent


def find_each(posts: list[Post], matcher: Matcher, replies: bool) -> list[Naming | Judgment]:
    """Find whom some posts speak of; a judgment where that is all there is to say.

    Parameters
    ----------
    posts : list of (str, str or None, (int, int) or None)
        Text, parent and span of each.
    matcher : Matcher
        The target, compiled.
    replies : bool
        Whether a post that names nobody takes the target of the post it answers.

    Returns
    -------
    list of Naming or Judgment
        One a post, in order.
    """
    lows = [closed_up(fold(text)) if span is None else fold(text) for text, _, span in posts]
    named = find_names_each(lows, matcher)
    group = matcher.target.group
    found: list[Naming | Judgment] = []
    for number, (_, parent, span) in enumerate(posts):
        names = named[number] if span is None else [span]
        found.append(
            _find(lows[number], names, parent if replies else None, span is not None, matcher, group)
        )
    return found


def _find(
    low: str, names: list[Span], parent: str | None, chosen: bool, matcher: Matcher, group: bool
) -> Naming | Judgment:
    answers = False
    if names:
        called = group and low[: names[0][0]].rstrip().endswith(_CALLS)
        kind = "addressed" if called else "named"
    else:
        kind, answers = _unnamed(low, parent, matcher, group)
        if not kind:
            return ABSENT
    if names and group and speaks_of_self(low, names):
        others = other_members(low, names)
        if not others:
            words = low[names[0][0] : names[0][1]]
            evidence = f"self: the author is one of them ({words})"
            return Judgment("neutral", math.nan, 0.8, False, "self", evidence)
        names = others
    return Naming(low, names, kind, answers, chosen, parent)


def _unnamed(low: str, parent: str | None, matcher: Matcher, group: bool) -> tuple[str, bool]:
    """Say how a post without a naming refers to the target, and whether only its parent tells so."""
    if group and is_addressed(low, matcher):
        return "addressed", False
    if not parent:
        return "", False
    answered = fold(parent)
    if find_names(answered, matcher):
        return "reply", True
    if group and answers_member(low, answered, matcher):
        return "addressed", True
    return "", False


def _is_opinion(cue: Cue) -> bool:
    return cue.lang == "zh" and (cue.cls <= EMOJI or cue.cls in (NEGATOR, DEGREE))


def _place(event: Event) -> tuple[int, int]:
    return event[0], -event[1]


def _woven(events: list[Event], names: list[Span]) -> list[Event]:
    """Put namings that follow each other between the cues."""
    woven: list[Event] = []
    number, last_number = 0, len(names)
    first, last = names[0]
    for event in events:
        start, stop, _cue = event
        while start >= last:
            woven.append((first, last, _NAME_CUE))
            number += 1
            first, last = names[number] if number < last_number else _NOWHERE
        if stop <= first:
            woven.append(event)
    woven += [(start, stop, _NAME_CUE) for start, stop in names[number:]]
    return woven


def _follow(names: list[Span]) -> bool:
    """Whether namings follow each other and none overlaps another."""
    reach = 0
    for start, stop in names:
        if start < reach:
            return False
        reach = stop
    return True


def with_names(events: list[Event], names: list[Span], *, opinions: bool = False) -> list[Event]:
    """Put the namings among the cues; a naming hides the cues under it.

    Where ``opinions`` is true a Chinese naming that is itself an opinion (an aspect such as 挺香的) keeps its
    valence.
    """
    if not names:
        return events
    if not opinions and _follow(names):  # the common case
        return _woven(events, names)
    merged: list[Event] = [(start, stop, _NAME_CUE) for start, stop in names]
    spans = sorted(names)
    starts = [start for start, _ in spans]
    reach = list(accumulate((stop for _, stop in spans), max))  # how far any naming so far goes
    for event in events:
        start, stop, cue = event
        before = bisect_left(starts, stop)
        covered = before > 0 and reach[before - 1] > start
        if not covered or (opinions and _is_opinion(cue)):
            merged.append(event)
    merged.sort(key=_place)
    return merged
