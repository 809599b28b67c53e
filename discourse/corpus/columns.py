"""The door for many posts at once: columns are looked at as a whole, and few posts one by one.

Most posts want nothing but to be looked at: ids that are whole, words that name nobody, a time in
milliseconds.  Those that want more (no id, no words, a time in words) are odd: :meth:`Door.admit` takes them
one by one, and what it says stands in the columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from discourse.corpus.damage import NO_COUNT, is_clean, parse_count
from discourse.corpus.door import KINDS, Door, Placed, hashtags_of, id_of, placed, title_of
from discourse.corpus.importers.base import Post, Unreadable
from discourse.corpus.moments import microseconds, moments_of
from discourse.corpus.records import Record, Rows
from discourse.text.masks import Masked, mask, mask_many

T = TypeVar("T")
Columns = dict[str, list[Any]]
_SILENT = Post(None, "", None)
_TEXT = frozenset({str})
_TEXT_OR_NONE = frozenset({str, type(None)})


class Found(Protocol):
    """Posts on their way to the door."""

    def __len__(self) -> int:
        """Give the number of posts."""
        ...

    def column(self, name: str) -> list[Any]:
        """Give one field of all posts, in a list of its own."""
        ...

    def post(self, n: int) -> Post:
        """Give one post."""
        ...

    def record(self, n: int) -> Record:
        """Give the record of one post."""
        ...

    def damage(self) -> list[tuple[str, ...]]:
        """Give the flags of each record."""
        ...

    def lines(self) -> list[int]:
        """Give the line of each record."""
        ...


@dataclass(slots=True)
class FoundPosts:
    """Posts as an importer found them one by one.

    Parameters
    ----------
    posts : list of Post
        In their order.
    records : list of Record
        One a post.
    """

    posts: list[Post] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.posts)

    def column(self, name: str) -> list[Any]:
        """Give one field of all posts."""
        return list(map(attrgetter(name), self.posts))

    def post(self, n: int) -> Post:
        """Give one post."""
        return self.posts[n]

    def record(self, n: int) -> Record:
        """Give its record."""
        return self.records[n]

    def damage(self) -> list[tuple[str, ...]]:
        """Give the flags of each record."""
        return [record.flags for record in self.records]

    def lines(self) -> list[int]:
        """Give the line of each record."""
        return [record.line for record in self.records]


@dataclass(slots=True)
class FoundColumns:
    """Plain rows whose importer says which columns hold what; single posts are made where they are asked for.

    Parameters
    ----------
    fields : dict of str to list
        Field of a post -> its values; other fields are as in a post that says nothing of them.
    rows : Rows
        The rows.
    made : callable
        Gives the posts of a record.
    """

    fields: Columns
    rows: Rows
    made: Callable[[Record], Iterable[Post]]

    def __len__(self) -> int:
        return len(self.rows.lines)

    def column(self, name: str) -> list[Any]:
        """Give one field of all posts."""
        found = self.fields.get(name)
        return list(found) if found is not None else [getattr(_SILENT, name)] * len(self)

    def post(self, n: int) -> Post:
        """Make one post."""
        (post,) = self.made(self.rows.record(n))
        return post

    def record(self, n: int) -> Record:
        """Make its record."""
        return self.rows.record(n)

    def damage(self) -> list[tuple[str, ...]]:
        """Plain rows have no flags."""
        return [()] * len(self)

    def lines(self) -> list[int]:
        """Give the line of each row."""
        return self.rows.lines


@dataclass(slots=True)
class Admitted:
    """Rows of the posts table in columns.

    Parameters
    ----------
    columns : dict of str to list
        As the rows of :meth:`Door.admit` have them, but times in microseconds since 1970.
    refused : dict of int to str
        Posts that are no rows, and why.
    """

    columns: Columns
    refused: dict[int, str]

    def kept(self) -> Columns:
        """Give the columns without the posts that were refused."""
        if not self.refused:
            return self.columns
        return {
            name: [value for n, value in enumerate(column) if n not in self.refused]
            for name, column in self.columns.items()
        }


def admit_all(door: Door, found: Found) -> Admitted:
    """Do to many posts what :meth:`Door.admit` does to one.

    Parameters
    ----------
    door : Door
        The door.
    found : Found
        The posts.

    Returns
    -------
    Admitted
        What :meth:`Door.admit` gives for each, in columns.
    """
    crowd = _Crowd(door, found)
    crowd.admit()
    return Admitted(crowd.columns, crowd.refused)


class _Crowd:
    """Posts on their way through the door."""

    def __init__(self, door: Door, found: Found) -> None:
        self.door, self.found, self.n = door, found, len(found)
        self.columns: Columns = {}
        self.refused: dict[int, str] = {}
        self.flags: defaultdict[int, list[str]] = defaultdict(list)
        self.odd: set[int] = set()

    def admit(self) -> None:
        """Fill the columns; what a post is flagged for is sorted at the end."""
        seen = zip(self.found.damage(), self.found.column("flags"), strict=True)
        for number, (damage, flags) in enumerate(seen):
            if damage or flags:
                self.flags[number] += [*damage, *flags]
        self.columns["source_file"] = [self.door.file] * self.n
        self.columns["source_line"] = list(self.found.lines())
        self.columns["lossy"] = [self.door.loses_emoji] * self.n
        self._platform()
        self._words()
        self._moment()
        self._counts()
        self._people()
        self._ids()
        self._docvars()
        self._place()
        self.columns["flags"] = [[] for _ in range(self.n)]
        for number, flags in self.flags.items():
            self.columns["flags"][number] = sorted(set(flags))
        self._one_by_one()

    def _platform(self) -> None:
        said = self.door.docvars.get("platform")
        shown = [said or name for name in self.found.column("platform")]
        self.columns["platform"] = each(self.door.platform_of, shown)

    def _words(self) -> None:
        texts = self._texts()
        self.columns["text"] = list(texts)
        self.columns["title"] = [None] * self.n
        given, titles = self.found.column("hashtags"), self.found.column("title")
        self.columns["hashtags"] = [hashtags_of(*both) for both in zip(texts, given, strict=True)]
        for number, masked in mask_many(texts).items():
            self._mask("text", number, masked)
        for number in (number for number, title in enumerate(titles) if title is not None):
            title, lost = title_of(titles[number], texts[number])
            if lost:
                self.flags[number] += lost
            if title:
                self._mask("title", number, mask(title))
        if self.door.loses_emoji:
            for number, text in enumerate(texts):
                if "?" in text or (titles[number] is not None and "?" in title_of(titles[number], text)[0]):
                    self.flags[number].append("emoji-maybe-lost")

    def _texts(self) -> list[str]:
        """Give the texts; what is none, has lost characters or no words is odd."""
        texts: list[Any] = self.found.column("text")
        if not _TEXT.issuperset(map(type, texts)):
            self.odd |= {number for number, text in enumerate(texts) if type(text) is not str}
            texts = [text if type(text) is str else "" for text in texts]
        if not is_clean("".join(texts)):
            self.odd |= {number for number, text in enumerate(texts) if not is_clean(text)}
        self.odd |= {number for number, text in enumerate(texts) if not text or text.isspace()}
        return texts

    def _mask(self, name: str, number: int, masked: Masked) -> None:
        self.columns[name][number] = masked.text
        if masked.kinds:
            self.flags[number] += [f"masked-{kind}" for kind in masked.kinds]

    def _moment(self) -> None:
        zones, doubts = self.found.column("zone"), self.found.column("doubt")
        first = zones[0] if zones else None
        if zones.count(first) < self.n:
            self.odd |= {number for number, zone in enumerate(zones) if zone != first}
        zone, known = (UTC, True) if first == "UTC" else (self.door.zone, self.door.zone_known)
        read = moments_of(self.found.column("time"), zone, zone_known=known, day_first=self.door.day_first)
        self.odd |= read.unread
        self.columns["created_at"] = read.at
        self.columns["created_at_doubt"] = doubts
        for number, doubt in read.doubts.items():
            doubts[number] = doubt if doubts[number] is None else doubts[number]
        for number, flags in read.flags.items():
            self.flags[number] += flags

    def _counts(self) -> None:
        likes = each(parse_count, self.found.column("likes"))
        self.columns["likes"] = [count.value for count in likes]
        self.columns["likes_at_least"] = [c.at_least if c.value is not None else None for c in likes]
        for name in ("comments", "collects", "shares"):
            shown = self.found.column(name)
            if shown.count(None) == self.n:
                self.columns[name] = shown
                continue
            counts = each(lambda value: NO_COUNT if value is None else parse_count(value), shown)
            self.columns[name] = [count.value for count in counts]
            for number, count in enumerate(counts):
                if count.at_least:
                    self.flags[number].append(f"{name}-at-least")

    def _place(self) -> None:
        places = each(
            lambda place: Placed(None) if place is None else placed(place), self.found.column("place")
        )
        self.columns["ip_location"] = [place.code for place in places]
        for number, place in enumerate(places):
            if place.flag is not None:
                self.flags[number].append(place.flag)
            if place.unknown is not None and number not in self.odd:
                self.door.unknown_places[place.unknown] += 1

    def _people(self) -> None:
        asked = [self.found.column(name) for name in ("author", "author_hash", "pseudonymous")]
        who = list(zip(*asked, self.columns["platform"], strict=True))
        if _TEXT_OR_NONE.issuperset(type(author) for author, *_ in who):
            known = {one: self.door.author_of(*one) for one in set(who)}
            people = [known[one] for one in who]
        else:
            people = [self.door.author_of(*one) for one in who]
        self.columns["author"] = [name for name, _ in people]
        for number, (_, damaged) in enumerate(people):
            if damaged:
                self.flags[number].append("author-damaged")

    def _ids(self) -> None:
        kinds = self.found.column("kind")
        own, threads, parents = (
            self._id(what, name)
            for what, name in (("id", "post_id"), ("thread", "thread_id"), ("parent", "parent_id"))
        )
        self.odd |= {number for number, name in enumerate(own) if name is None}
        if not set(KINDS).issuperset(kinds):
            self.odd |= {number for number, kind in enumerate(kinds) if kind not in KINDS}
        for number, kind in enumerate(kinds):
            if kind == "post":
                parents[number], threads[number] = None, threads[number] or own[number]
            elif threads[number] is None:
                self.flags[number].append("thread-unknown")
                threads[number] = parents[number] or own[number]
        self.columns |= {"kind": kinds, "post_id": own, "parent_id": parents, "thread_id": threads}
        weak = self.door.weak_ids
        self.columns["weak"] = [weak and name is not None and len(name) < 10 for name in own]

    def _id(self, what: str, name: str) -> list[str | None]:
        values = self.found.column(name)
        if are_plain_ids(values):
            return values
        ids = each(id_of, values)
        for number, (_, damaged) in enumerate(ids):
            if damaged:
                self.flags[number].append(f"{what}-damaged")
        return [name for name, _ in ids]

    def _docvars(self) -> None:
        said = self.door.docvars
        self.columns["docvars"] = [
            self.door.docvars_of(docvars) if docvars or said else None
            for docvars in self.found.column("docvars")
        ]

    def _one_by_one(self) -> None:
        """Let the odd ones in, in their order: ids are made for some of them, and counted."""
        found = self.found
        self.columns["made"] = [None] * self.n
        for n in sorted(self.odd):
            record = found.record(n)
            try:
                row = self.door.admit(found.post(n), record.line, record.flags, record.values)
            except Unreadable as reason:
                self.refused[n] = str(reason)
                continue
            row["created_at"] = microseconds(row["created_at"])
            for name, column in self.columns.items():
                column[n] = row.get(name)


def are_plain_ids(values: Sequence[Any]) -> bool:
    """Say whether all values of a column are ids that stay as they are: letters and digits, not too few.

    Examples
    --------
    >>> [are_plain_ids(ids) for ids in (["67e10", "68123e15"], ["67e10", "6.8E+23"], ["67e10", ""])]
    [True, False, False]
    """
    if not values or not _TEXT.issuperset(map(type, values)):
        return False
    lengths = set(map(len, values))
    joined = "".join(values)
    return min(lengths) > 4 and max(lengths) <= 80 and joined.isascii() and joined.isalnum()


def each(function: Callable[[Any], T], values: Sequence[Any]) -> list[T]:
    """Apply a pure function to each value; where all are text, once to each that is there.

    Examples
    --------
    >>> each(len, ["a", "bb", "a"])
    [1, 2, 1]
    """
    if _TEXT_OR_NONE.issuperset(map(type, values)):  # 1, 1.0 and True are one key, but not one value
        known = {value: function(value) for value in set(values)}
        return [known[value] for value in values]
    return [function(value) for value in values]
