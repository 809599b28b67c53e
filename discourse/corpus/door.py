"""The door: what an importer found becomes a row of the posts table.

Ids, times, counts and places are repaired or lost with a flag; texts are masked; authors become pseudonyms;
what names a person stays outside.  After the door a text is never altered.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from discourse.corpus.crawl import seen_of
from discourse.corpus.damage import NO_COUNT, clean_text, parse_count, parse_time, repair_id
from discourse.corpus.importers.base import Post, Unreadable
from discourse.corpus.keys import pseudonym
from discourse.corpus.personal import is_personal
from discourse.corpus.places import is_unknown_spelling, place_code
from discourse.corpus.worded import Seen, worded_time
from discourse.text.masks import mask
from discourse.text.patterns import HASHTAG, compiled

Row = dict[str, Any]
KINDS = ("post", "comment", "reply")
_NO_TITLE = frozenset({"无标题", "無標題"})
_OPAQUE = re.compile(r"[^\s\x00-\x1f]{1,80}")
_PSEUDONYM = re.compile(r"a-[0-9a-f]{16}")
_OBJECT_ID = re.compile(r"[0-9a-f]{24}")
_MAX_DOCVAR, _MAX_DOCVARS = 500, 200
EMPTY = "nothing but an id: no text, title, author, time, thread or count"
"""Why a line of a collector's log is no post."""
_IP_ADDRESS = re.compile(
    r"\s*(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?::\d+)?\s*"
)


@dataclass(slots=True)
class Door:
    """Turns posts as found into rows, under one key and one zone.

    Parameters
    ----------
    key : bytes
        The project key.
    zone : tzinfo
        Of local times that state none.
    zone_known : bool
        False if `zone` is an assumption.
    docvars : dict
        Constants for every post; ``platform`` sets that column.
    file : str
        Label of the export.
    loses_emoji : bool
        True if the export's encoding lost emoji upstream.
    day_first : bool
        Whether ``1/2/2025`` is in February.
    weak_ids : bool
        True if ids may be running numbers, so that short ones can mean two posts in two files.
    times_from_ids : bool
        Whether a lost time is read from the id, where the platform writes it there.
    seen : Seen, optional
        When the export was collected, where its records do not say.
    """

    key: bytes
    zone: tzinfo = UTC
    zone_known: bool = True
    docvars: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    loses_emoji: bool = False
    day_first: bool = False
    weak_ids: bool = False
    times_from_ids: bool = False
    seen: Seen | None = None
    unknown_places: Counter[str] = field(default_factory=Counter)
    _made: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        """Begin a piece of an export: count unknown places and made ids from there."""
        self.unknown_places, self._made = Counter(), Counter()

    def admit(
        self, post: Post, line: int, damage: tuple[str, ...] = (), record: Mapping[str, Any] | None = None
    ) -> Row:
        """Turn one post into a row of the posts table (without its language).

        Parameters
        ----------
        post : Post
            As the importer found it.
        line : int
            Where its record begins.
        damage : tuple of str
            Flags of the record.
        record : mapping, optional
            The record, which may say when it was collected.

        Returns
        -------
        dict
            Columns of :data:`discourse.tables.POSTS`.

        Raises
        ------
        Unreadable
            If it has neither an id nor a text, nothing but an id, or no text column at all.
        """
        flags = [*damage, *post.flags]
        platform = self.platform_of(self.docvars.get("platform") or post.platform)
        row: Row = {"platform": platform, "source_file": self.file, "source_line": line}
        row["lossy"] = self.loses_emoji
        self._words(row, post, flags)
        self._moment(row, post, flags, record or {})
        self._counts(row, post, flags)
        self._people(row, post, flags)
        self._ids(row, post, flags)
        if self.times_from_ids:
            _time_from_id(row, flags)
        if _says_nothing(row, post):
            raise Unreadable(EMPTY)
        self._place(row, post, flags)
        row["docvars"] = self.docvars_of(post.docvars)
        row["flags"] = sorted(set(flags)) if flags else flags
        return row

    def _words(self, row: Row, post: Post, flags: list[str]) -> None:
        text, lost = clean_text(post.text)
        title, lost_too = title_of(post.title, text)
        if lost or lost_too:
            flags += {*lost, *lost_too}
        if self.loses_emoji and "?" in text + title:
            flags.append("emoji-maybe-lost")
        row["text"], kinds = mask(text)
        row["title"], kinds_too = mask(title) if title else (None, ())
        if kinds or kinds_too:
            flags += [f"masked-{kind}" for kind in {*kinds, *kinds_too}]
        row["hashtags"] = hashtags_of(text, post.hashtags)
        if not text or text.isspace():
            flags.append("no-text")

    def _moment(self, row: Row, post: Post, flags: list[str], record: Mapping[str, Any]) -> None:
        zone, known = self.zone, self.zone_known
        if post.zone == "UTC":
            zone, known = UTC, True
        time = parse_time(post.time, zone, zone_known=known, day_first=self.day_first)
        if "time-unread" in time.flags and isinstance(post.time, str):
            seen = seen_of(record, zone) or self.seen
            time, place = worded_time(post.time, zone, zone_known=known, seen=seen)
            post.place = place if post.place in (None, "") else post.place
        row["created_at"] = None if time.at is None else time.at.isoformat(timespec="microseconds")
        row["created_at_doubt"] = time.doubt if post.doubt is None else post.doubt
        if time.flags:
            flags += time.flags

    def _counts(self, row: Row, post: Post, flags: list[str]) -> None:
        likes = parse_count(post.likes)
        row["likes"] = likes.value
        row["likes_at_least"] = None if likes.value is None else likes.at_least
        for name, shown in (
            ("comments", post.comments),
            ("collects", post.collects),
            ("shares", post.shares),
        ):
            count = NO_COUNT if shown is None else parse_count(shown)
            row[name] = count.value
            if count.at_least:
                flags.append(f"{name}-at-least")

    def _place(self, row: Row, post: Post, flags: list[str]) -> None:
        row["ip_location"] = None
        if post.place is None:
            return
        place = placed(post.place)
        row["ip_location"] = place.code
        if place.flag is not None:
            flags.append(place.flag)
        if place.unknown is not None:
            self.unknown_places[place.unknown] += 1

    def _people(self, row: Row, post: Post, flags: list[str]) -> None:
        who = (post.author, post.author_hash, post.pseudonymous)
        row["author"], damaged = self.author_of(*who, row["platform"])
        if damaged:
            flags.append("author-damaged")

    def author_of(
        self, value: Any, hashed: str | None, pseudonymous: bool, platform: str | None
    ) -> tuple[str | None, bool]:
        """Give the pseudonym of an account, and whether its id was damaged."""
        author, damaged = repair_id(value)
        if damaged:
            return None, True
        if author is not None and pseudonymous and _PSEUDONYM.fullmatch(author):
            return author, False
        if author is not None:
            return _known_pseudonym(author, self.key, platform=platform or ""), False
        if hashed:
            return _known_pseudonym(hashed, self.key, platform=platform or "", hashed=True), False
        return None, False

    def _ids(self, row: Row, post: Post, flags: list[str]) -> None:
        if post.kind not in KINDS:
            raise Unreadable(f"kind {post.kind!r} is none of post, comment, reply")
        row["kind"] = post.kind
        (own, lost), (thread, no_thread), (parent, no_parent) = map(
            id_of, (post.post_id, post.thread_id, post.parent_id)
        )
        for what, damaged in (("id", lost), ("thread", no_thread), ("parent", no_parent)):
            if damaged:
                flags.append(f"{what}-damaged")
        if own is None:
            own, row["made"] = self._make_id(row, post)
        elif self.weak_ids and len(own) < 10:
            row["weak"] = True
        if post.kind == "post":
            parent, thread = None, thread or own
        elif thread is None:
            flags.append("thread-unknown")
        row["post_id"], row["parent_id"] = own, parent
        row["thread_id"] = thread or parent or own

    def _make_id(self, row: Row, post: Post) -> tuple[str, str]:
        """Make an id out of the content; equal records of one file stay apart by their number."""
        if not row["text"].strip() and not row["title"] and row["author"] is None:
            raise Unreadable("neither id nor text nor author")
        parts = [row["platform"], row["kind"], post.thread_id, post.parent_id, row["author"], post.time]
        content = json.dumps([*map(str, parts), row["text"], row["title"]], ensure_ascii=False)
        digest = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]
        self._made[digest] += 1
        return made_id(digest, self._made[digest]), digest

    def docvars_of(self, docvars: Mapping[str, Any]) -> str | None:
        """Give the docvars of a post and those of the import, as JSON."""
        if not docvars and not self.docvars:
            return None
        said = (*docvars.items(), *self.docvars.items())
        if all(type(value) is str for _, value in said):
            return _said(said)
        return _as_json({name: _docvar(value) for name, value in said if _is_docvar(name)})

    @staticmethod
    def platform_of(name: Any) -> str | None:
        """Give the name of a platform as it enters a corpus."""
        return None if name is None else clean_text(name)[0] or None


def _says_nothing(row: Row, post: Post) -> bool:
    """Say whether a record is no post: a line of the collector's log stands in the column of ids.

    A picture without words has an author, a time or a thread; of this nothing is known but what would be an
    id.  A time that cannot be read is none.
    """
    if row["text"] and not row["text"].isspace():
        return False
    told = (row["title"], row["author"], row["created_at"], row["likes"], row["comments"])
    named = any(value not in (None, "") for value in (post.author, post.thread_id, post.parent_id))
    beside = any(value not in (None, "", [], {}) for value in post.docvars.values())
    return not named and not beside and not post.hashtags and all(value is None for value in told)


@lru_cache(maxsize=8_192)
def _said(said: tuple[tuple[str, str], ...]) -> str | None:
    """Collectors write the same keyword and medium on thousands of rows."""
    return _as_json({name: _docvar(value) for name, value in said if _is_docvar(name)})


def _as_json(docvars: dict[str, Any]) -> str | None:
    names = sorted(name for name, value in docvars.items() if value is not None)[:_MAX_DOCVARS]
    kept = {name: docvars[name] for name in names}
    return clean_text(json.dumps(kept, ensure_ascii=False, sort_keys=True))[0] if kept else None


@lru_cache(maxsize=4_096)
def _is_docvar(name: str) -> bool:
    return name != "platform" and not is_personal(name)


class Placed(NamedTuple):
    """What a spelling of a place becomes, its flag, and how it is listed if it is unknown."""

    code: str | None
    flag: str | None = None
    unknown: str | None = None


def placed(place: Any) -> Placed:
    """Say what a place becomes as an export has it."""
    return _placed(clean_text(place)[0].strip()[:80])


@lru_cache(maxsize=4_096)
def _placed(spelling: str) -> Placed:
    if _IP_ADDRESS.fullmatch(spelling):  # the address of a person is no place, and stays outside
        return Placed(None, "ip-address-dropped")
    if is_unknown_spelling(spelling):
        return Placed(None, "place-unknown", mask(spelling).text[:60])
    return Placed(place_code(spelling))


_known_pseudonym = lru_cache(maxsize=65_536)(pseudonym)


def id_of(value: Any) -> tuple[str | None, bool]:
    """Give an id as it enters a corpus, and whether it was damaged."""
    found, damaged = repair_id(value)
    return None if found is None else _opaque(found), damaged is not None


def title_of(value: Any, text: str) -> tuple[str, tuple[str, ...]]:
    """Give a title, not masked yet, and what was lost of it; empty where it only repeats the text."""
    if value is None:
        return "", ()
    title, lost = clean_text(value)
    if not title.strip() or title.strip() in _NO_TITLE or _repeats(title, text):
        return "", ()
    return title, lost


def hashtags_of(text: str, given: list[str]) -> list[str]:
    """Give the hashtags of a text, not masked yet, and those that the export gives beside it."""
    if not given and "#" not in text and "＃" not in text:
        return []
    return list(dict.fromkeys(map(_tag, [*_hashtags(text), *given])))


def _tag(tag: Any) -> str:
    return mask(clean_text(tag)[0]).text


def made_id(digest: str, number: int) -> str:
    """Give the id of a post that has none: a hash of its content, and how manieth with that content it is."""
    return f"x-{digest}-{number}"


def _time_from_id(row: Row, flags: list[str]) -> None:
    """Xiaohongshu's ids begin with the second of their making, as hexadecimal."""
    lost = row["created_at"] is None or row["created_at_doubt"] is not None
    if not lost or row["platform"] != "xiaohongshu" or not _OBJECT_ID.fullmatch(row["post_id"]):
        return
    at = datetime.fromtimestamp(int(row["post_id"][:8], 16), UTC)
    if not datetime(2013, 1, 1, tzinfo=UTC) <= at < datetime(2100, 1, 1, tzinfo=UTC):
        return
    row["created_at"], row["created_at_doubt"] = at.isoformat(timespec="microseconds"), None
    flags[:] = [flag for flag in flags if not flag.startswith("time-")] + ["time-from-id"]


def words_of(title: str | None, text: str) -> str:
    r"""Give title and text of a post as its readers see them; its language is that of both.

    Examples
    --------
    >>> words_of("Cat tax", "我的猫")
    'Cat tax\n我的猫'
    """
    return f"{title}\n{text}" if title else text


def _hashtags(text: str) -> list[str]:
    found = (m.group().strip("#＃ ").removesuffix("[话题]").strip() for m in compiled(HASHTAG).finditer(text))
    return [tag for tag in found if tag]


def _repeats(title: str, text: str) -> bool:
    bare, whole = " ".join(title.split()), " ".join(text.split())
    return bool(bare) and (bare == whole or (len(bare) >= 100 and whole.startswith(bare)))


def _opaque(value: str) -> str:
    """Ids are signs, not sentences: a thread named by its title gets a hash."""
    if (len(value) <= 80 and value.isascii() and value.isalnum()) or _OPAQUE.fullmatch(value):
        return value
    return "t-" + hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:16]


def _docvar(value: Any) -> Any:
    if value is None or value == "" or value != value:
        return None
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [item for item in map(_docvar, value[:50]) if item is not None] or None
    return mask(clean_text(value)[0][:_MAX_DOCVAR]).text if isinstance(value, str) else None
