"""The door: what an importer found becomes a row of the posts table.

Ids, times, counts and places are repaired or lost with a flag; texts are masked; authors become pseudonyms;
what names a person stays outside.  After the door a text is never altered.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

from discourse.corpus.damage import clean_text, parse_count, parse_time, repair_id
from discourse.corpus.importers.base import Post, Unreadable
from discourse.corpus.keys import pseudonym
from discourse.corpus.places import is_unknown_spelling, place_code
from discourse.corpus.store import ISO
from discourse.text.masks import mask
from discourse.text.patterns import HASHTAG, compiled

Row = dict[str, Any]
KINDS = ("post", "comment", "reply")
_NO_TITLE = frozenset({"无标题", "無標題"})
_PERSONAL = re.compile(
    r"nick|avatar|(?:^|_)(?:user|author|screen|full|real|display|first|last)_?name(?:_|$)|^name$|profile|handle$"
    r"|home_?url|token|cookie|secret|sec_uid|e_?mail|phone|mobile|(?:^|_)ur[il]s?(?:_|$)|url$|link|href|signature"
    r"|^bio$|user_agent|ip_?addr|wechat|昵称|头像|主页|链接|网址|电话|手机|邮箱|姓名|微信|签名|用户名"
    r"|^who$|^(?:from|to|by|reply_to|replied|quoted|mentioned)_(?:user|author|account|member)s?$|^reply_to$"
    r"|(?:^|_)(?:user|author|account|member|owner|poster|sender|commenter|uploader|blogger|influencer|handle)s?$"
    r"|评论者|评论人|发帖人|发帖者|发布者|发布人|作者|博主|楼主|网名|网友|账号|帐号|账户|用户$|用户id|简介|真名"
)
_PEOPLE = frozenset(
    {"user", "author", "owner", "account", "creator", "profile", "sender", "poster", "user_info"}
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\s-]+")
_OPAQUE = re.compile(r"[^\s\x00-\x1f]{1,80}")
_PSEUDONYM = re.compile(r"a-[0-9a-f]{16}")
_OBJECT_ID = re.compile(r"[0-9a-f]{24}")
_MAX_DOCVAR, _MAX_DOCVARS = 500, 200
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
    flags: Counter[str] = field(default_factory=Counter)
    unknown_places: Counter[str] = field(default_factory=Counter)
    _made: Counter[str] = field(default_factory=Counter)

    def admit(self, post: Post, line: int, damage: tuple[str, ...] = ()) -> Row:
        """Turn one post into a row of the posts table (without its language).

        Parameters
        ----------
        post : Post
            As the importer found it.
        line : int
            Where its record begins.
        damage : tuple of str
            Flags of the record.

        Returns
        -------
        dict
            Columns of :data:`discourse.tables.POSTS`.

        Raises
        ------
        Unreadable
            If it has neither an id nor a text, or no text column at all.
        """
        flags = [*damage, *post.flags]
        platform = clean_text(self.docvars.get("platform") or post.platform)[0] or None
        row: Row = {"platform": platform, "source_file": self.file, "source_line": line}
        row["lossy"] = self.loses_emoji
        self._words(row, post, flags)
        self._moment(row, post, flags)
        self._counts(row, post, flags)
        self._place(row, post, flags)
        self._people(row, post, flags)
        self._ids(row, post, flags)
        if self.times_from_ids:
            _time_from_id(row, flags)
        row["docvars"] = self._docvars(post)
        row["flags"] = sorted(set(flags))
        self.flags.update(row["flags"])
        return row

    def _words(self, row: Row, post: Post, flags: list[str]) -> None:
        text, lost = clean_text(post.text)
        title, lost_too = clean_text(post.title)
        hashtags = [*_hashtags(text), *post.hashtags]
        if not title.strip() or title.strip() in _NO_TITLE or _repeats(title, text):
            title = ""
        flags += {*lost, *(lost_too if title else ())}
        if self.loses_emoji and "?" in text + title:
            flags.append("emoji-maybe-lost")
        row["text"], kinds = mask(text)
        row["title"], kinds_too = mask(title) if title else (None, ())
        flags += [f"masked-{kind}" for kind in {*kinds, *kinds_too}]
        row["hashtags"] = list(dict.fromkeys(mask(clean_text(tag)[0]).text for tag in hashtags))
        if not text.strip():
            flags.append("no-text")

    def _moment(self, row: Row, post: Post, flags: list[str]) -> None:
        zone, known = self.zone, self.zone_known
        if post.zone == "UTC":
            zone, known = UTC, True
        time = parse_time(post.time, zone, zone_known=known, day_first=self.day_first)
        row["created_at"] = None if time.at is None else time.at.strftime(ISO)
        row["created_at_doubt"] = time.doubt if post.doubt is None else post.doubt
        flags += time.flags

    def _counts(self, row: Row, post: Post, flags: list[str]) -> None:
        for name in ("likes", "comments", "collects", "shares"):
            count = parse_count(getattr(post, name))
            row[name] = count.value
            if count.at_least and name != "likes":
                flags.append(f"{name}-at-least")
            if name == "likes":
                row["likes_at_least"] = None if count.value is None else count.at_least

    def _place(self, row: Row, post: Post, flags: list[str]) -> None:
        spelling = clean_text(post.place)[0].strip()[:80] if post.place is not None else None
        if spelling is not None and _IP_ADDRESS.fullmatch(spelling):
            flags.append("ip-address-dropped")  # the address of a person is no place, and stays outside
            spelling = None
        row["ip_location"] = place_code(spelling)
        if is_unknown_spelling(spelling):
            self.unknown_places[mask(str(spelling)).text[:60]] += 1
            flags.append("place-unknown")

    def _people(self, row: Row, post: Post, flags: list[str]) -> None:
        platform = row["platform"] or ""
        author, damaged = repair_id(post.author)
        row["author"] = None
        if damaged:
            flags.append("author-damaged")
        elif author is not None and post.pseudonymous and _PSEUDONYM.fullmatch(author):
            row["author"] = author
        elif author is not None:
            row["author"] = pseudonym(author, self.key, platform=platform)
        elif post.author_hash:
            row["author"] = pseudonym(post.author_hash, self.key, platform=platform, hashed=True)

    def _ids(self, row: Row, post: Post, flags: list[str]) -> None:
        if post.kind not in KINDS:
            raise Unreadable(f"kind {post.kind!r} is none of post, comment, reply")
        row["kind"] = post.kind
        ids = {}
        for name, flag in (("post_id", "id"), ("thread_id", "thread"), ("parent_id", "parent")):
            found, damaged = repair_id(getattr(post, name))
            ids[name] = None if found is None else _opaque(found)
            if damaged:
                flags.append(f"{flag}-damaged")
        if ids["post_id"] is None:
            ids["post_id"] = self._make_id(row, post)
        elif self.weak_ids and len(ids["post_id"]) < 10:
            row["weak"] = True
        if post.kind == "post":
            ids["parent_id"] = None
            ids["thread_id"] = ids["thread_id"] or ids["post_id"]
        row.update(ids)
        if ids["thread_id"] is None and post.kind != "post":
            flags.append("thread-unknown")
        row["thread_id"] = ids["thread_id"] or ids["parent_id"] or ids["post_id"]

    def _make_id(self, row: Row, post: Post) -> str:
        """Make an id out of the content; equal records of one file stay apart by their number."""
        if not row["text"].strip() and not row["title"] and row["author"] is None:
            raise Unreadable("neither id nor text nor author")
        parts = [row["platform"], row["kind"], post.thread_id, post.parent_id, row["author"], post.time]
        content = json.dumps([*map(str, parts), row["text"], row["title"]], ensure_ascii=False)
        digest = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]
        self._made[digest] += 1
        return f"x-{digest}-{self._made[digest]}"

    def _docvars(self, post: Post) -> str | None:
        kept = {k: _docvar(v) for k, v in (*post.docvars.items(), *self.docvars.items()) if k != "platform"}
        kept = {k: v for k, v in sorted(kept.items()) if v is not None and not is_personal(k)}
        kept = dict(list(kept.items())[:_MAX_DOCVARS])
        return clean_text(json.dumps(kept, ensure_ascii=False, sort_keys=True))[0] if kept else None


def _time_from_id(row: Row, flags: list[str]) -> None:
    """Xiaohongshu's ids begin with the second of their making, as hexadecimal."""
    lost = row["created_at"] is None or row["created_at_doubt"] is not None
    if not lost or row["platform"] != "xiaohongshu" or not _OBJECT_ID.fullmatch(row["post_id"]):
        return
    at = datetime.fromtimestamp(int(row["post_id"][:8], 16), UTC)
    if not datetime(2013, 1, 1, tzinfo=UTC) <= at < datetime(2100, 1, 1, tzinfo=UTC):
        return
    row["created_at"], row["created_at_doubt"] = at.strftime(ISO), None
    flags[:] = [flag for flag in flags if not flag.startswith("time-")] + ["time-from-id"]


def words_of(row: Row) -> str:
    r"""Give title and text of a post as its readers see them; its language is that of both.

    Examples
    --------
    >>> words_of({"title": "Cat tax", "text": "我的猫"})
    'Cat tax\n我的猫'
    """
    return f"{row['title']}\n{row['text']}" if row["title"] else str(row["text"])


def is_personal(column: str) -> bool:
    """Say whether a column names a person or a way to one, by its own name.

    Parameters
    ----------
    column : str
        A column of an export.

    Returns
    -------
    bool
        True for nicknames, avatars, addresses, tokens and the like, and for whatever is said of a user in an
        object: they never enter a corpus.

    Examples
    --------
    >>> [is_personal(c) for c in ("nickname", "xsec_token", "noteUrl", "头像url", "user.city", "subreddit")]
    [True, True, True, True, True, False]
    >>> [is_personal(c) for c in ("who", "from_user", "评论者", "reply_to_user", "心情", "author_flair")]
    [True, True, True, True, False, False]
    """
    parts = [_CAMEL.sub("_", part).casefold() for part in column.split(".")]
    return any(part in _PEOPLE for part in parts[:-1]) or any(_PERSONAL.search(part) for part in parts)


def _hashtags(text: str) -> list[str]:
    if "#" not in text and "＃" not in text:
        return []
    found = (m.group().strip("#＃ ").removesuffix("[话题]").strip() for m in compiled(HASHTAG).finditer(text))
    return [tag for tag in found if tag]


def _repeats(title: str, text: str) -> bool:
    bare, whole = " ".join(title.split()), " ".join(text.split())
    return bool(bare) and (bare == whole or (len(bare) >= 100 and whole.startswith(bare)))


def _opaque(value: str) -> str:
    """Ids are signs, not sentences: a thread named by its title gets a hash."""
    if _OPAQUE.fullmatch(value):
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
