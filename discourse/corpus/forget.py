"""Removing one person from a corpus: posts, what points to them, and the way back in.

The raw exports are the researcher's own files and are not touched; the result names them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.corpus import store
from discourse.corpus.card import CARD
from discourse.corpus.card_questions import update_card
from discourse.corpus.keys import key_id, key_path, project_key, pseudonym
from discourse.corpus.tombstones import (
    Tombstones,
    add_project_tombstones,
    read_tombstones,
    write_tombstones,
)
from discourse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
BLANK = "[forgotten]"
_PSEUDONYM = re.compile(r"a-[0-9a-f]{16}")
_HASHED = re.compile(r"[0-9a-f]{16}")
_SHORTEST = 10
"""Ids shorter than this are numbers that mean many things; rejects are not searched for them."""


class NobodyThere(InputError):
    """Nobody of that id is in the corpus."""


@dataclass(frozen=True)
class Forgotten:
    """What was removed.

    Parameters
    ----------
    pseudonyms : tuple of str
        Under which the person was in the corpus.
    post_ids : frozenset of str
        Ids of the removed posts; for runs, not for writing down.
    removed, detached, rejects_blanked : int
        Posts removed, posts of others that answered them, rejects whose record was blanked.
    blocked : bool
        Whether a later import keeps the person out.
    exports : tuple of str
        The export files, which still hold the person.
    """

    pseudonyms: tuple[str, ...]
    post_ids: frozenset[str] = field(repr=False)
    removed: int
    detached: int
    rejects_blanked: int
    blocked: bool
    exports: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give the counts, ready for JSON; without ids."""
        names = ("removed", "detached", "rejects_blanked", "blocked")
        return {name: getattr(self, name) for name in names} | {"exports": list(self.exports)}


def forget_author(author: str, folder: str | Path, *, key: bytes | None = None) -> Forgotten:
    """Remove one person from a corpus folder.

    Parameters
    ----------
    author : str
        The pseudonym (``a-`` and 16 hexadecimal digits), or the id of the account on its platform, which
        needs the project key.
    folder : path
        The corpus.
    key : bytes, optional
        The project key.  Default: the key file of this user; none is made.

    Returns
    -------
    Forgotten
        What was removed.  All of it or nothing: the corpus is written anew and put into place at the end.

    Raises
    ------
    InputError
        If there is no corpus, nobody of that id in it, or the key does not fit.

    Notes
    -----
    Removed: the person's posts; their ids where other posts answer them (a stand-in keeps the thread
    together); records of rejects that name them.  Counts: read = kept + duplicates + rejected + forgotten,
    per file and in total.  ``forgotten.json`` keeps keyed hashes, so that the same exports do not bring the
    person back; beside the project key they are kept too, for every import under it.  What others wrote
    *about* the person stays, with @mentions masked as ever.
    """
    place = Path(folder)
    if not store.is_corpus(place):
        raise InputError("the folder holds no corpus", where=str(place), hint="name an imported corpus")
    manifest = store.read_manifest(place)
    secret = _fitting_key(manifest, key)
    stones = None if secret is None else read_tombstones(place, secret)
    removal = _Removal(place, manifest)
    removal.look(_pseudonyms(author, secret, removal.platforms))
    if not removal.posts:
        return _nobody(author, removal, stones, place)
    if secret is not None:
        stones = read_tombstones(place, secret).with_person(removal.pseudonyms, removal.posts)
        if key is None:  # the key of the project: no import under it brings the person back
            add_project_tombstones(stones)
    _write(place, removal, stones, author)
    return Forgotten(
        tuple(sorted(removal.pseudonyms)),
        frozenset(post_id for _, post_id in removal.posts),
        removed=len(removal.posts),
        detached=removal.detached,
        rejects_blanked=removal.blanked,
        blocked=stones is not None,
        exports=tuple(entry["file"] for entry in manifest["inputs"]),
    )


def _fitting_key(manifest: dict[str, Any], key: bytes | None) -> bytes | None:
    if key is None and key_path().is_file():
        key = project_key()
    if key is None or manifest["key_id"] in (None, key_id(key)):
        return key
    raise InputError(
        f"the corpus was made under another project key ({manifest['key_id']}, not {key_id(key)})",
        hint="name its key with DISCOURSE_KEY_FILE; without it, nobody can be kept out of a later import",
    )


def _pseudonyms(author: str, key: bytes | None, platforms: set[str]) -> set[str]:
    """Give every pseudonym that this person can have in the corpus."""
    if _PSEUDONYM.fullmatch(author):
        return {author}
    if key is None:
        raise InputError(
            "the id of an account can only be turned into its pseudonym with the project key",
            where=str(key_path()),
            hint="name the key with DISCOURSE_KEY_FILE, or give the pseudonym (a-...)",
        )
    forms = {False, bool(_HASHED.fullmatch(author))}
    return {pseudonym(author, key, platform=p, hashed=form) for p in platforms | {""} for form in forms}


def _nobody(author: str, removal: _Removal, stones: Tombstones | None, place: Path) -> Forgotten:
    if stones is not None and any(map(stones.holds_author, removal.pseudonyms)):
        return Forgotten(tuple(sorted(removal.pseudonyms)), frozenset(), 0, 0, 0, True, ())
    raise NobodyThere(
        "nobody of that id is in the corpus",
        where=str(place),
        expected="a pseudonym as the posts have it, or the id of the account (not its nickname)",
    )


class _Removal:
    """One person's posts in a corpus, and all that points to them."""

    def __init__(self, place: Path, manifest: dict[str, Any]) -> None:
        self.manifest = manifest
        self._files = [place / "posts" / part["file"] for part in manifest["parts"]]
        self._rejects = store.read_rejects(place / "rejects.csv")
        self.platforms = {p for part in self._parts(["platform"]) for p in part["platform"].dropna()}
        self.pseudonyms: set[str] = set()
        self.posts: set[tuple[str | None, str]] = set()
        self._by_file: Counter[str] = Counter()
        self._flags: dict[str, Counter[str]] = {}
        self._parents: Counter[str] = Counter()
        self._heirs: dict[tuple[str, str], tuple[Any, ...]] = {}
        self._orphans = self._unread = self._copies = 0
        self.detached = self.blanked = 0

    def _parts(self, columns: list[str] | None = None) -> Iterator[pd.DataFrame]:
        for file in self._files:
            yield store.read_part(file, columns)

    def look(self, wanted: set[str]) -> None:
        """Find the posts of these pseudonyms, then who refers to them."""
        self.pseudonyms = wanted
        for part in self._parts():
            for row in store.to_rows(part[part["author"].isin(sorted(wanted))]):
                self.posts.add((row["platform"], row["post_id"]))
                self._by_file[row["source_file"]] += 1
                self._flags.setdefault(row["source_file"], Counter()).update(row["flags"] or [])
                self._unread += not (row["text"] or "").strip() and not row["title"]
                if row["parent_id"] is not None:
                    self._parents[row["parent_id"]] += 1
        if self.posts:
            self._look_again()

    def _look_again(self) -> None:
        gone = {post_id for _, post_id in self.posts}
        answered: set[str] = set()
        place = 0
        for part in self._parts():
            answered |= self._parents.keys() & set(part["post_id"])
            for row in store.to_rows(part):
                place += 1
                if (row["platform"], row["post_id"]) in self.posts:
                    continue
                self._orphans += row["parent_id"] in gone
                for mark in ("duplicate_of", "near_duplicate_of"):
                    if row[mark] in gone:
                        rank = (row["created_at"] is None, row["created_at"] or "", place, row["post_id"])
                        self._heirs[mark, row[mark]] = min(rank, self._heirs.get((mark, row[mark]), rank))
        self._orphans -= sum(n for parent, n in self._parents.items() if parent not in answered)

    def parts(self, stones: Tombstones | None) -> Iterator[pd.DataFrame]:
        """Give the posts of everybody else."""
        for part in self._parts():
            rows = [row for row in store.to_rows(part) if (row["platform"], row["post_id"]) not in self.posts]
            for row in rows:
                self._mend(row, stones)
                self._copies += row["duplicate_of"] is not None
            if rows:
                yield store.to_frame(rows)

    def _mend(self, row: Row, stones: Tombstones | None) -> None:
        gone = {name: (row["platform"], row[name]) in self.posts for name in ("thread_id", "parent_id")}
        if any(gone.values()):
            self.detached += 1
            if stones is not None:
                stones.detach(row)
        for mark in ("duplicate_of", "near_duplicate_of"):
            heir = self._heirs.get((mark, row[mark]))
            if heir is not None:
                row[mark] = None if heir[-1] == row["post_id"] else heir[-1]
        if (row["platform"], row["twin_of"]) in self.posts:
            row["twin_of"] = None

    def rejects(self, author: str) -> list[Row]:
        """Give the rejects; a record that names the person or one of their posts is blanked, not dropped."""
        named = {post_id for _, post_id in self.posts if len(post_id) >= _SHORTEST} | self.pseudonyms
        named |= {author} if len(author) >= 4 else set()
        out = []
        for row in self._rejects:
            if any(name in row["record"] for name in named):
                self.blanked += 1
                row = {**row, "record": BLANK}
            out.append(row)
        return out

    def counts(self) -> dict[str, Any]:
        """Say what became of every record now: read = kept + duplicates + rejected + forgotten."""
        old = self.manifest["counts"]
        files = [self._file(dict(entry)) for entry in old["files"]]
        total = sum((Counter(flags) for flags in self._flags.values()), Counter[str]())
        counts = dict(old) | {
            "kept": old["kept"] - len(self.posts),
            "forgotten": old.get("forgotten", 0) + len(self.posts),
            "files": files,
            "text_duplicates": self._copies,
        }
        for name, change in (("unread", -self._unread), ("parents_missing", self._orphans)):
            if name in old:
                counts[name] = old[name] + change
        if "flags" in old:
            counts["flags"] = _less(old["flags"], total)
        return counts

    def _file(self, entry: dict[str, Any]) -> dict[str, Any]:
        n = self._by_file[entry["file"]]
        if n:
            entry |= {"kept": entry["kept"] - n, "forgotten": entry.get("forgotten", 0) + n}
            entry["flags"] = _less(entry.get("flags", {}), self._flags[entry["file"]])
        return entry


def _less(flags: dict[str, int], gone: Counter[str]) -> dict[str, int]:
    left = {name: n - gone[name] for name, n in flags.items()}
    return {name: n for name, n in left.items() if n > 0}


def _write(place: Path, removal: _Removal, stones: Tombstones | None, author: str) -> None:
    old = removal.manifest
    if stones is not None:
        write_tombstones(place, stones)  # first: if what follows fails, a second try still removes the posts
    counts: dict[str, Any] = {}

    def parts() -> Iterator[pd.DataFrame]:
        yield from removal.parts(stones)
        counts.update(removal.counts())

    with store.replacing(place) as work:
        store.write_corpus(
            work,
            parts(),
            card=old["card"],
            counts=counts,
            rejects=removal.rejects(author),
            key_id=old["key_id"],
            inputs=old["inputs"],
        )
    if (place / CARD).is_file():
        update_card(place)
