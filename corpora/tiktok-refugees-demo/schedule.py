"""When and where: threads with their topics, and slots for comments by day, thread and group."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from draws import Draws
from people import Author

BEIJING = timezone(timedelta(hours=8))
_DAYTIME = {h: 1.0 + 1.2 * (h in (8, 12, 13, 20, 21, 22)) - 0.85 * (h in range(2, 7)) for h in range(24)}
_AMERICAN = {h: 1.0 + 1.0 * (h in range(7, 14)) - 0.7 * (h in range(15, 20)) for h in range(24)}


@dataclass
class Thread:
    """A note, its place in time, and what marks everything written under it."""

    number: int
    group: str
    topic: str
    day: int
    effect: float
    pull: float


@dataclass
class Slot:
    """One post that somebody will write; ``thread.number`` and ``opens`` say where it stands."""

    thread: Thread
    group: str
    day: int
    opens: bool
    author: Author | None = None
    moment: datetime | None = None


def make_threads(planted: dict[str, Any], draw: Draws) -> list[Thread]:
    """Draw the threads; before the newcomers arrive nobody of them opens one."""
    days = {planted["first_day"] + i: w for i, w in enumerate(planted["day_weights"])}
    groups = [g for g, given in planted["groups"].items() for _ in range(given["threads"])]
    threads = []
    for number, group in enumerate(draw.shuffled(groups)):
        first = planted["newcomers_from"] if group == "newcomers" else planted["first_day"]
        day = draw.weighted({d: w for d, w in days.items() if d >= first})
        topic = draw.weighted(planted["topics"][group])
        effect = draw.normal(planted["effects"]["thread_sd"])
        threads.append(Thread(number, group, topic, day, effect, math.exp(draw.normal(0.9))))
    return threads


def make_slots(planted: dict[str, Any], threads: list[Thread], draw: Draws) -> list[Slot]:
    """Give each day its volume and each comment a thread that was open and not yet forgotten."""
    days = {planted["first_day"] + i: w for i, w in enumerate(planted["day_weights"])}
    slots = [Slot(t, t.group, t.day, True) for t in threads]
    comments = [(t, t.day) for t in threads for _ in range(3)]
    while len(slots) + len(comments) < planted["n_posts"]:
        day = draw.weighted(days)
        lively = {t.number: t.pull * math.exp(-(day - t.day) / 2.0) for t in threads if t.day <= day}
        if lively:
            comments.append((threads[draw.weighted(lively)], day))
    for thread, day in comments:
        group = draw.weighted(planted["commenters"][thread.group])
        if group == "newcomers" and day < planted["newcomers_from"]:
            group = "hosts"
        slots.append(Slot(thread, group, day, False))
    return slots


def fill_slots(slots: list[Slot], authors: list[Author], draw: Draws) -> None:
    """Give every author a post, and the rest to authors by their weight."""
    by_group: dict[str, list[Author]] = {}
    for author in authors:
        by_group.setdefault(author.group, []).append(author)
    for group, members in by_group.items():
        free = draw.shuffled([s for s in slots if s.group == group])
        if len(free) < len(members):
            raise SystemExit(f"{group}: {len(free)} posts for {len(members)} authors")
        weights = {i: a.weight for i, a in enumerate(members)}
        for i, slot in enumerate(free):
            slot.author = members[i] if i < len(members) else members[draw.weighted(weights)]


def set_moments(slots: list[Slot], draw: Draws) -> list[list[Slot]]:
    """Set the time of every post, and return the threads' posts in order of time, opening post first."""
    threads: dict[int, list[Slot]] = {}
    for slot in slots:
        threads.setdefault(slot.thread.number, []).append(slot)
    for posts in threads.values():
        opening = next(s for s in posts if s.opens)
        opening.moment = _moment(opening, draw)
        if any(s.day == opening.day and not s.opens for s in posts):
            opening.moment = min(opening.moment, opening.moment.replace(hour=draw.integer(7, 20)))
        for slot in posts:
            if not slot.opens:
                slot.moment = _after(_moment(slot, draw), opening.moment, draw)
        posts.sort(key=lambda s: (not s.opens, s.moment))
    return [threads[n] for n in sorted(threads)]


def _moment(slot: Slot, draw: Draws) -> datetime:
    hours = _AMERICAN if slot.group == "newcomers" else _DAYTIME
    hour, minute, second = draw.weighted(hours), draw.integer(0, 59), draw.integer(0, 59)
    return datetime(2025, 1, slot.day, hour, minute, second, draw.integer(0, 999) * 1000, BEIJING)


def _after(moment: datetime, opening: datetime, draw: Draws) -> datetime:
    if moment > opening:
        return moment
    midnight = opening.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return opening + (midnight - opening) * draw.uniform(0.01, 0.95)
