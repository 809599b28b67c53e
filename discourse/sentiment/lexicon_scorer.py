"""The scorer without training: lexicons, rules, and the words behind each judgment."""

from __future__ import annotations

import gc
import hashlib
import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from discourse.errors import ParameterError
from discourse.sentiment.clauses import Clause, split
from discourse.sentiment.compose import weigh
from discourse.sentiment.constructions import FILE, called_each, read_constructions
from discourse.sentiment.cues import DEGREE, EMOJI, NAME, NEGATOR, Cue, Event
from discourse.sentiment.judgment import ABSENT, Judgment, conclude, label_of
from discourse.sentiment.lexicon import load_lexicon, plain_bytes
from discourse.sentiment.mentions import (
    answers_member,
    find_names,
    find_names_each,
    is_addressed,
    matcher_for,
    names_others,
)
from discourse.sentiment.reading import Reading
from discourse.sentiment.replies import echo_of
from discourse.sentiment.rules import rules_digest
from discourse.sentiment.scan import closed_up, fold, scan_each
from discourse.sentiment.selves import other_members, speaks_of_self
from discourse.sentiment.target import Target, load_target

VERSION = "2"
NEUTRAL = 0.15
Span = tuple[int, int]

TOGETHER = 2048  # posts that are judged step by step together: each step keeps its tables near at hand
CHARACTERS = 200_000  # about so many at most, that long posts need no more room
REMEMBERED = 8192  # posts of one call whose copies are not judged again
_Key = tuple[str, str | None, Span | None]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the collector of cycles rest while posts are judged.

    Nothing that a judgment makes refers back to itself.  The cues of the posts at hand would only be moved to
    the old generation, and have it searched from end to end again and again: a sixth of the time.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class _Naming(NamedTuple):
    """A post that speaks of the target: its folded text, where, how, and who told so."""

    low: str
    names: list[Span]
    kind: str
    answers: bool
    chosen: bool
    parent: str | None


class LexiconScorer:
    """Judge posts by lexicons and rules; every judgment can be read.

    Parameters
    ----------
    target : str, pathlib.Path or Target
        What the sentiment is about.
    neutral : float
        Scores nearer to zero than this are neutral; in [0, 1].
    replies : bool
        Whether a post that names nobody takes the target of the post it answers.
    lexicons : sequence of pathlib.Path
        The researcher's own lexicons, read after the shipped ones.

    Examples
    --------
    >>> scorer = LexiconScorer("refugees")
    >>> scorer.score(["The refugees are lovely"])[0].label
    'positive'
    """

    def __init__(
        self,
        target: str | Path | Target = "refugees",
        *,
        neutral: float | None = None,
        replies: bool = True,
        lexicons: Sequence[str | Path] = (),
    ) -> None:
        self.target = load_target(target)
        self.neutral = NEUTRAL if neutral is None else float(neutral)
        if not 0.0 <= self.neutral <= 1.0:
            raise ParameterError(f"neutral is {neutral!r}", expected="a number between 0 and 1")
        self.replies = replies
        self.lexicon = load_lexicon(tuple(Path(path) for path in lexicons), scales=not self.target.group)
        self.matcher = matcher_for(self.target)

    @property
    def instrument(self) -> str:
        """Name, version and a hash of the lexicons, the constructions, the rules and the target."""
        identity = repr(self.target.identity()).encode("utf-8", "surrogatepass")
        read = self.lexicon.digest.encode() + plain_bytes(FILE) + rules_digest(__name__).encode()
        digest = hashlib.sha256(read + identity).hexdigest()
        return f"lexicon {VERSION} {digest[:8]}"

    def score(
        self,
        texts: Sequence[str],
        parents: Sequence[str | None] | None = None,
        spans: Sequence[Span | None] | None = None,
    ) -> list[Judgment]:
        """Judge posts, one after the other.

        Parameters
        ----------
        texts : sequence of str
            The posts.
        parents : sequence of str or None, optional
            The post that each one answers.
        spans : sequence of (int, int), optional
            Where the target stands in each post, if known.

        Returns
        -------
        list of Judgment
            One a post, in order.
        """
        with _uncollected():
            return self._score(texts, parents, spans)

    def _score(
        self,
        texts: Sequence[str],
        parents: Sequence[str | None] | None,
        spans: Sequence[Span | None] | None,
    ) -> list[Judgment]:
        judged: list[Judgment] = []
        known: dict[_Key, Judgment] = {}
        together = min(TOGETHER, 1 + CHARACTERS * len(texts) // (1 + sum(map(len, texts))))
        for first in range(0, len(texts), together):
            last = first + together
            part = texts[first:last]
            none = [None] * len(part)
            answered = none if parents is None else parents[first:last]
            chosen = none if spans is None else spans[first:last]
            keys: list[_Key] = list(zip(part, answered, chosen, strict=True))
            if len(known) > REMEMBERED:
                known.clear()
            new = [key for key in dict.fromkeys(keys) if key not in known]
            known.update(zip(new, self._judge(self._find_each(new)), strict=True))
            judged += [known[key] for key in keys]
        return judged

    def _judge(self, found: list[_Naming | Judgment]) -> list[Judgment]:
        """Judge some posts step by step."""
        namings = [item for item in found if isinstance(item, _Naming)]
        concluded = iter(
            [
                self._conclude(naming, reading)
                for naming, reading in zip(namings, self._read(namings), strict=True)
            ]
        )
        return [next(concluded) if isinstance(item, _Naming) else item for item in found]

    def _read(self, namings: list[_Naming]) -> list[Reading]:
        """Read what some posts say of the target."""
        lows = [naming.low for naming in namings]
        cut = [
            self._clauses(naming, events)
            for naming, events in zip(namings, scan_each(lows, self.lexicon), strict=True)
        ]
        readings = [self._weigh(naming, clauses) for naming, clauses in zip(namings, cut, strict=True)]
        if self.target.group:
            for naming, reading, called in zip(namings, readings, called_each(lows), strict=True):
                read_constructions(reading, naming.low, naming.names, called)
        return readings

    def judge(self, text: str, parent: str | None = None, span: Span | None = None) -> Judgment:
        """Judge one post."""
        return self.trace(text, parent, span)[0]

    def trace(
        self, text: str, parent: str | None = None, span: Span | None = None
    ) -> tuple[Judgment, Reading | None]:
        """Judge one post and give what was read in it; None where there was nothing to read.

        Parameters
        ----------
        text : str
            The post.
        parent : str, optional
            The post that it answers.
        span : (int, int), optional
            Where the target stands in it, if known.

        Returns
        -------
        Judgment
            The judgment.
        Reading or None
            Its clauses with their cues, and the evidence in them.
        """
        found = self._find_each([(text, parent, span)])[0]
        if isinstance(found, Judgment):
            return found, None
        reading = self._read([found])[0]
        judgment = self._conclude(found, reading)
        return judgment, None if judgment is ABSENT else reading

    def _find_each(self, posts: list[_Key]) -> list[_Naming | Judgment]:
        """Find who some posts speak of; a judgment where that is all there is to say."""
        lows = [closed_up(fold(text)) if span is None else fold(text) for text, _, span in posts]
        named = find_names_each(lows, self.matcher)
        return [
            self._find(low, names if span is None else [span], parent, span is not None)
            for low, names, (_, parent, span) in zip(lows, named, posts, strict=True)
        ]

    def _find(self, low: str, names: list[Span], parent: str | None, chosen: bool) -> _Naming | Judgment:
        kind, answers = self._kind(low, names, parent)
        if not kind:
            return ABSENT
        if names and self.target.group and speaks_of_self(low, names):
            others = other_members(low, names)
            if not others:
                words = low[names[0][0] : names[0][1]]
                evidence = f"self: the author is one of them ({words})"
                return Judgment("neutral", math.nan, 0.8, False, "self", evidence)
            names = others
        return _Naming(low, names, kind, answers, chosen, parent)

    def _clauses(self, naming: _Naming, events: list[Event]) -> list[Clause]:
        return split(with_names(events, naming.names, opinions=not self.target.group), naming.low)

    def _weigh(self, naming: _Naming, clauses: list[Clause]) -> Reading:
        return weigh(
            clauses,
            naming.low,
            person=self.target.person,
            group=self.target.group,
            addressed=not naming.names,
            answers=naming.answers,
        )

    def _conclude(self, naming: _Naming, reading: Reading) -> Judgment:
        if (
            naming.answers
            and not reading.found
            and self.target.group
            and names_others(naming.low, self.matcher)
        ):
            return ABSENT
        if naming.answers and naming.parent and self.target.group:
            echo, end = echo_of(naming.low)
            if echo:  # its own words are about what it answers
                reading.found[:] = [item for item in reading.found if item.start >= end]
                if not reading.found:
                    return self._echoed(naming.parent, naming.kind, echo)
        return conclude(reading, naming.kind, self.neutral, chosen=naming.chosen)

    def _echoed(self, parent: str, kind: str, echo: int) -> Judgment:
        """Take over or turn round what the post says that a reply agrees with or rejects."""
        said = self.judge(parent)
        score = 0.0 if math.isnan(said.score) else said.score * (1.0 if echo > 0 else -0.8)
        words = "takes over" if echo > 0 else "rejects"
        label = label_of(score, self.neutral)
        return Judgment(
            label, score, 0.5, said.mixed, kind, f"{kind}: {words} what it answers ({score:+.2f})"
        )

    def _kind(self, low: str, names: list[Span], parent: str | None) -> tuple[str, bool]:
        """Say how a post refers to the target ("" if not at all), and whether only its parent tells so."""
        if not names:
            return self._unnamed(low, parent)
        called = self.target.group and low[: names[0][0]].rstrip().endswith(_CALLS)
        return ("addressed" if called else "named"), False

    def _unnamed(self, low: str, parent: str | None) -> tuple[str, bool]:
        group = self.target.group
        if group and is_addressed(low, self.matcher):
            return "addressed", False
        if not parent or not self.replies:
            return "", False
        answered = fold(parent)
        if find_names(answered, self.matcher):
            return "reply", True
        if group and answers_member(low, answered, self.matcher):
            return "addressed", True
        return "", False


def _is_opinion(cue: Cue) -> bool:
    return cue.lang == "zh" and (cue.cls <= EMOJI or cue.cls in (NEGATOR, DEGREE))


def _place(event: Event) -> tuple[int, int]:
    return event[0], -event[1]


def _woven(events: list[Event], names: list[Span]) -> list[Event]:
    """Put namings that follow each other between the cues."""
    woven: list[Event] = []
    at = 0
    for first, last in names:
        here: Any = (first,)  # sorts before every cue that begins there
        behind: Any = (last,)
        stop = bisect_left(events, here, at)
        woven += [event for event in events[at:stop] if event[1] <= first]
        woven.append((first, last, _NAME_CUE))
        at = bisect_left(events, behind, stop)
    woven += events[at:]
    return woven


def _follow(names: list[Span]) -> bool:
    """Whether namings follow each other and none overlaps another."""
    reach = 0
    for start, stop in names:
        if start < reach:
            return False
        reach = stop
    return True


_CALLS = ("dear", "hello", "hi", "hey", "亲爱的", "各位", "你好", "你们这些")  # before a name: it is called
_NAME_CUE = Cue(NAME, 0.0, "", "", "")


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
