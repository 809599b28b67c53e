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
    file = folder / FILE
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
    held = {"authors": sorted(stones.authors), "posts": sorted(stones.posts)}
    fresh = folder / f".{FILE}.new"
    fresh.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8", newline="\n")
    fresh.replace(folder / FILE)
