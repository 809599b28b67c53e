"""The clauses of a post, as the scorer sees them: the cues between two breaks."""

from __future__ import annotations

from discourse.sentiment.cues import BREAK, LINK, NAME, Event


class Clause:
    """The cues between two breaks, with the link that leads in and the mark that leads out."""

    __slots__ = ("asked", "classes", "events", "kinds", "link", "sentence", "start", "stop")

    def __init__(self, start: int, sentence: int, link: str) -> None:
        self.start = start
        self.stop = start
        self.sentence = sentence
        self.link = link
        self.asked = False
        self.events: list[Event] = []
        self.classes: list[int] = []  # of the cues, in order
        self.kinds = 0  # one bit for each class that stands here: most questions end at a look at these

    def add(self, events: list[Event], classes: list[int]) -> None:
        """Put cues behind those that stand here."""
        self.events = self.events + events if self.events else events
        self.classes = self.classes + classes if self.classes else classes
        kinds = self.kinds
        for cls in classes:
            kinds |= 1 << cls
        self.kinds = kinds


def _is_subject(event: Event, place: int, low: str) -> bool:
    """Whether a link stands right behind a naming: 难民却很怀念, the refugees still miss it."""
    return event[2].cls == NAME and not low[event[1] : place].strip()


def split(events: list[Event], low: str) -> list[Clause]:
    """Cut the cues of a post into clauses.

    Parameters
    ----------
    events : list of Event
        All cues, in order.
    low : str
        The folded text.

    Returns
    -------
    list of Clause
        In order; none without a cue.  A question mark holds for its whole sentence.
    """
    clauses: list[Clause] = []
    clause = Clause(0, 0, "")
    first = begun = 0
    classes = [cue.cls for _start, _stop, cue in events]
    # Only breaks and links are looked at one by one; the cues between two of them go over together.
    for number in [n for n, cls in enumerate(classes) if BREAK <= cls <= LINK]:
        start, stop, cue = events[number]
        if begun < number:
            clause.add(events[begun:number], classes[begun:number])
        begun = number + 1
        if classes[number] == BREAK:
            if cue.form == "." and low[stop : stop + 1].isalnum():
                continue
            ends = cue.domain != "comma"
            clause.stop = start
            if clause.events:
                clauses.append(clause)
            link = "" if clause.events or ends else clause.link
            if ends:
                if cue.domain == "question":
                    for asked in clauses[first:]:
                        asked.asked = True
                first = len(clauses)
            clause = Clause(stop, clause.sentence + ends, link)
        elif clause.events and _is_subject(clause.events[-1], start, low):
            clause.link = clause.link or cue.domain
        elif clause.events:
            clause.stop = start
            clauses.append(clause)
            clause = Clause(start, clause.sentence, cue.domain)
        elif not clause.link or cue.domain == "contrast":
            clause.link = cue.domain
    if begun < len(events):
        clause.add(events[begun:], classes[begun:])
    clause.stop = len(low)
    if clause.events:
        clauses.append(clause)
    return clauses
