"""What an importer is: one collector's records -> posts.

An importer says by the content of an export whether it is its own, and turns each record into posts with the
values *as the export has them*.  Repair, masking, pseudonyms and codes are the door's work
(:mod:`discourse.corpus.door`), once for all importers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from discourse.corpus.records import Record, Sample


class Unreadable(Exception):
    """A record cannot become a post; the message is the reason in the rejects file."""


@dataclass(slots=True)
class Post:
    """One message as an importer found it, before the door.

    Values are raw: ``"1.2万"``, ``"1.75E+12"``, ``美国``.  None is unknown.  ``author`` is the account's id,
    and never leaves the door; ``author_hash`` is the collector's own hash of it, where it gives no id.
    ``pseudonymous`` says that ``author`` may be a pseudonym of ours, ``doubt`` is half the width in hours
    of what an earlier import left open in ``time``.
    """

    post_id: Any
    kind: str
    text: Any
    thread_id: Any = None
    parent_id: Any = None
    author: Any = None
    author_hash: str | None = None
    title: Any = None
    time: Any = None
    zone: str | None = None
    platform: str | None = None
    place: Any = None
    likes: Any = None
    comments: Any = None
    collects: Any = None
    shares: Any = None
    hashtags: list[str] = field(default_factory=list)
    docvars: dict[str, Any] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)
    pseudonymous: bool = False
    doubt: float | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What an importer may know beside the record.

    Parameters
    ----------
    columns : tuple of str
        The export's columns.
    mapping : mapping of str to str
        Our field -> their column, as the researcher gave it or as it was guessed.
    """

    columns: tuple[str, ...]
    mapping: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class Importer(Protocol):
    """The protocol of an importer plug-in (entry-point group ``discourse.importers``).

    The class is made without arguments.  ``name`` is how researchers call it; ``zone`` is where the platform
    lives, for local times that state no zone.
    """

    name: str
    zone: str

    def detect(self, sample: Sample) -> float:
        """Say by content, from 0 to 1, whether the export is of this kind."""
        ...

    def refuse(self, sample: Sample) -> str | None:
        """Say why an export of this kind holds no posts (profiles, say); None if it does."""
        ...

    def posts(self, record: Record, context: Context) -> Iterable[Post]:
        """Turn one record into its posts.

        Raises
        ------
        Unreadable
            If it holds none; the message is the reason.
        """
        ...


@runtime_checkable
class InColumns(Protocol):
    """What an importer may offer beside: plain rows become posts column by column, sooner.

    Whoever offers it promises the posts of :meth:`Importer.posts`, one a row.
    """

    def posts(self, record: Record, context: Context) -> Iterable[Post]:
        """Turn one record into its posts, as :meth:`Importer.posts` does."""
        ...

    def posts_in_columns(
        self, table: Mapping[str, list[str]], context: Context
    ) -> dict[str, list[Any]] | None:
        """Say for each field of a post what stands in it, row by row; None where that cannot be said."""
        ...


def cell(values: Mapping[str, Any], *names: str) -> Any:
    """Take the first value that is there.

    Parameters
    ----------
    values : mapping
        A record's values.
    *names : str
        Keys, in order of preference.

    Returns
    -------
    object
        None if all are missing or empty.

    Examples
    --------
    >>> cell({"title": "", "display_title": "cats"}, "title", "display_title")
    'cats'
    """
    for name in names:
        value = values.get(name)
        if value is not None and value != "":
            return value
    return None


def names_in(value: Any, separators: str = ",") -> list[str]:
    """Split a list of names that an export wrote into one cell.

    Parameters
    ----------
    value : object
        ``"a,b"``, a list, a Python or JSON list written as text, or None.
    separators : str
        Each character splits.

    Returns
    -------
    list of str
        Stripped, without signs and empty ones.

    Examples
    --------
    >>> names_in("['猫', '狗']"), names_in("Tiktok#indie#music", "#"), names_in('"a,b"')
    (['猫', '狗'], ['Tiktok', 'indie', 'music'], ['a', 'b'])
    """
    if value is None:
        return []
    if isinstance(value, list | tuple):
        parts = [str(v) for v in value if isinstance(v, str | int)]
    else:
        text = str(value).strip().strip("[]\"'")
        for mark in separators:
            text = text.replace(mark, "\n")
        parts = text.split("\n")
    cleaned = (part.strip().strip("'\"#").removesuffix("[话题]").strip() for part in parts)
    return [name for name in cleaned if name]
