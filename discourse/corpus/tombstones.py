"""Who was removed from a corpus, written so that nobody can read it: a later import brings nobody back.

``forgotten.json`` lies beside the posts and holds keyed hashes only.  Without the project key it cannot even
be tested whether somebody is among them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discourse.corpus.keys import key_path
from discourse.errors import ImportFailed

FILE = "forgotten.json"


@dataclass(frozen=True, slots=True)
class Tombstones:
    """The keyed hashes of forgotten authors and of their posts.

    Parameters
    ----------
    key : bytes
        The project key.
    authors, posts : frozenset of str
        Hashes.

    Examples
    --------
    >>> stones = Tombstones(b"key").with_person(["a-1"], [("xiaohongshu", "note-1")])
    >>> stones.holds({"author": "a-1", "platform": "xiaohongshu", "post_id": "other"})
    True
    >>> stones.holds({"author": "a-2", "platform": "xiaohongshu", "post_id": "other"})
    False
    """

    key: bytes
    authors: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.authors or self.posts)

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Say whether a row is by somebody forgotten, or is one of their posts without its author."""
        author = row["author"]
        if author is not None and self._author(author) in self.authors:
            return True
        return self._post(row["platform"], row["post_id"]) in self.posts

    def holds_author(self, pseudonym: str) -> bool:
        """Say whether this author was forgotten."""
        return self._author(pseudonym) in self.authors

    def detach(self, row: dict[str, Any]) -> bool:
        """Replace the ids of forgotten posts to which a row belongs; give whether there were any."""
        changed = False
        for name in ("thread_id", "parent_id"):
            value = row[name]
            if value is not None and self._post(row["platform"], value) in self.posts:
                row[name] = self.stand_in(row["platform"], value)
                changed = True
        return changed

    def stand_in(self, platform: str | None, post_id: str) -> str:
        """Give the id that stands for a forgotten post, so that its thread still holds together."""
        return "gone-" + self._post(platform, post_id)[:16]

    def with_person(self, pseudonyms: Iterable[str], posts: Iterable[tuple[str | None, str]]) -> Tombstones:
        """Add a person."""
        return Tombstones(
            self.key,
            self.authors | {self._author(name) for name in pseudonyms},
            self.posts | {self._post(*post) for post in posts},
        )

    def joined(self, other: Tombstones) -> Tombstones:
        """Join two lists of people under one key."""
        return Tombstones(self.key, self.authors | other.authors, self.posts | other.posts)

    def _author(self, pseudonym: str) -> str:
        return self._hash("author", pseudonym)

    def _post(self, platform: str | None, post_id: str) -> str:
        return self._hash("post", f"{platform or ''}\x00{post_id}")

    def _hash(self, what: str, value: str) -> str:
        message = f"discourse forgotten {what}\x00{value}".encode("utf-8", "replace")
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()[:32]


def read_tombstones(folder: Path, key: bytes) -> Tombstones:
    """Read who was forgotten in a corpus.

    Parameters
    ----------
    folder : path
        The corpus folder.
    key : bytes
        The project key.

    Returns
    -------
    Tombstones
        Empty ones if nobody was.

    Raises
    ------
    ImportFailed
        If the file is damaged: going on would bring people back.
    """
    return _read(folder / FILE, key)


def project_tombstones(key: bytes) -> Tombstones:
    """Read who was forgotten in any corpus under the project key of this user.

    Parameters
    ----------
    key : bytes
        The project key, from its file.

    Returns
    -------
    Tombstones
        Empty ones if nobody was.

    Raises
    ------
    ImportFailed
        If the file is damaged.
    """
    return _read(_project_file(), key)


def add_project_tombstones(stones: Tombstones) -> None:
    """Add people to those whom no import under this user's project key brings back."""
    file = _project_file()
    _write(file, stones.joined(_read(file, stones.key)))


def _project_file() -> Path:
    """Beside the key file: without that key, the hashes mean nothing."""
    place = key_path()
    return place.with_name(f"{place.stem}.{FILE}")


def _read(file: Path, key: bytes) -> Tombstones:
    if not file.is_file():
        return Tombstones(key)
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        return Tombstones(key, frozenset(map(str, held["authors"])), frozenset(map(str, held["posts"])))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ImportFailed(
            "the list of forgotten people is damaged",
            where=str(file),
            hint="restore it from a backup: without it, a new import brings them back",
        ) from error


def write_tombstones(folder: Path, stones: Tombstones) -> None:
    """Write ``forgotten.json``; the old one stays whole until the new one is."""
    _write(folder / FILE, stones)


def _write(file: Path, stones: Tombstones) -> None:
    held = {"authors": sorted(stones.authors), "posts": sorted(stones.posts)}
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8", newline="\n")
    fresh.replace(file)
