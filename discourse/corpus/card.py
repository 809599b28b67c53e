"""The card of a corpus: what somebody who reads its figures must know about how the posts came together.

``card.toml`` lies beside the posts.  The import fills in what it knows (collectors, counts, hashes, search
keywords met); the rest only the researcher knows, and is asked on a terminal or written by hand.
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from discourse.corpus import store
from discourse.corpus.toml_text import to_toml
from discourse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

CARD = "card.toml"
LICENCES = {
    "mediacrawler": "NON-COMMERCIAL LEARNING LICENSE 1.1: for learning and research only, no commercial use",
    "zeeschuimer": "MPL-2.0",
    "4cat": "MPL-2.0",
    "xhs-downloader": "GPL-3.0",
}
"""Licences of the collectors, as far as they are known; they bind who collects, not the posts."""
_COUNTS = ("read", "kept", "duplicates", "rejected", "forgotten", "unread", "parents_missing")
_TOTAL = ("read", "kept", "duplicates", "rejected")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Finding(_Section):
    """``[collection]``: how the posts were found."""

    how: str | None = None
    keywords: tuple[str, ...] = ()
    keywords_met: tuple[str, ...] = ()
    sorted: str | None = None
    per_keyword_cap: int | None = Field(default=None, ge=1)
    per_post_cap: int | None = Field(default=None, ge=1)
    sub_comments: bool | None = None
    collected: dt.date | None = None
    collected_until: dt.date | None = None
    note: str | None = None


class Collector(_Section):
    """``[collector]``: the tool that collected, and its licence."""

    names: tuple[str, ...] = ()
    version: str | None = None
    licence: str | None = None


class Hidden(_Section):
    """``[hidden]``: what was not to be seen."""

    moderation: str | None = None
    deletion: str | None = None
    note: str | None = None


class Law(_Section):
    """``[law]``: on what ground the posts are kept, and until when."""

    legal_basis: str | None = None
    retention_until: dt.date | None = None
    responsible: str | None = None
    ethics_approval: str | None = None


class Span(_Section):
    """``[span]``: when the posts were written; a crawl ended no earlier than its last post."""

    first: dt.datetime | None = None
    last: dt.datetime | None = None


class Card(BaseModel):
    """What an analyst must disclose about a corpus.

    Keys of its own may stand beside the sections and are kept; unknown keys of a section are errors.

    Examples
    --------
    >>> card = Card.model_validate({"collection": {"how": "keyword search", "keywords": ["cat tax"]}})
    >>> card.collection.keywords
    ('cat tax',)
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    title: str | None = None
    licence: str | None = None
    collection: Finding = Finding()
    collector: Collector = Collector()
    hidden: Hidden = Hidden()
    law: Law = Law()
    span: Span = Span()
    key_id: str | None = None
    fingerprint: str | None = None
    counts: dict[str, int] = {}
    sha256: dict[str, str] = {}

    def as_dict(self) -> dict[str, Any]:
        """Give what is known, as plain values; sections that say nothing are left out."""
        plain = self.model_dump(exclude_none=True)
        full: dict[str, Any] = {}
        for name, value in plain.items():
            said = _said(value)
            if said not in (None, {}, ()):
                full[name] = said
        return full


def _said(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: v for k, v in value.items() if v not in (None, (), [], {})}
    return value


def read_card(folder: str | Path) -> Card:
    """Read the card beside a corpus.

    Parameters
    ----------
    folder : path
        The corpus folder, or the card itself.

    Returns
    -------
    Card
        An empty one if there is no card.

    Raises
    ------
    InputError
        If it is no TOML, or says something that a card cannot say.
    """
    place = Path(folder)
    file = place / CARD if place.is_dir() else place
    if not file.is_file():
        return Card()
    try:
        return Card.model_validate(tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(
            f"the card cannot be used: {first['msg']}", where=f"{file}, key {where}", hint="correct that key"
        ) from error
    except (ValueError, OSError, RecursionError) as error:  # also numbers and brackets without end
        raise InputError(f"the card cannot be read ({error})", where=str(file)) from error


def write_card(folder: str | Path, card: Card) -> Path:
    """Write ``card.toml`` beside a corpus; the old one stays whole until the new one is.

    Parameters
    ----------
    folder : path
        The corpus folder.
    card : Card
        The card.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    file = Path(folder) / CARD
    fresh = file.with_name(f".{CARD}.new")
    try:
        fresh.write_text("# " + _HEADING + "\n" + to_toml(card.as_dict()), encoding="utf-8", newline="\n")
        fresh.replace(file)
    except OSError as error:
        raise InputError(f"the card cannot be written ({error.strerror})", where=str(file)) from error
    return file


_HEADING = "Card of the corpus. Written by `discourse import`; what you add or correct here is kept."


def known_of(manifest: Mapping[str, Any], parts: Iterable[pd.DataFrame] = ()) -> Card:
    """Say what an import knows by itself.

    Parameters
    ----------
    manifest : mapping
        ``corpus.json``.
    parts : iterable of DataFrame
        Posts with ``docvars`` and ``created_at``; read once.

    Returns
    -------
    Card
        Collectors and their licences, counts, hashes of the files, search keywords met, days of collecting
        where records tell them, first and last post.
    """
    counts = manifest["counts"]
    importers = sorted({str(entry["importer"]) for entry in counts.get("files", []) if "importer" in entry})
    licences = [f"{name}: {LICENCES[name]}" for name in importers if name in LICENCES]
    keywords, first, last = _met(parts)
    days = sorted(str(day) for entry in counts.get("files", []) for day in entry.get("collected", []))
    span = {"collected": days[0], "collected_until": days[-1]} if days else {}
    return Card(
        collection=Finding.model_validate({"keywords_met": keywords, **span}),
        collector=Collector(names=tuple(importers), licence="; ".join(licences) or None),
        span=Span(first=first, last=last),
        key_id=manifest.get("key_id"),
        fingerprint=manifest.get("fingerprint"),
        counts={name: int(counts[name]) for name in _COUNTS if name in _TOTAL or counts.get(name)},
        sha256={str(entry["file"]): str(entry["sha256"]) for entry in manifest.get("inputs", [])},
    )


def _met(
    parts: Iterable[pd.DataFrame],
) -> tuple[tuple[str, ...], dt.datetime | None, dt.datetime | None]:
    keywords: set[str] = set()
    ends: list[dt.datetime] = []
    for part in parts:
        for docvars in part["docvars"].dropna().unique():
            if "source_keyword" in docvars:
                keywords.add(str(json.loads(docvars).get("source_keyword") or ""))
        times = part["created_at"].dropna()
        if len(times):
            ends += [times.min().to_pydatetime(), times.max().to_pydatetime()]
    return tuple(sorted(keywords - {""})), min(ends, default=None), max(ends, default=None)


def merge_cards(said: Card, known: Card) -> Card:
    """Bring together what the researcher said and what the import knows.

    Parameters
    ----------
    said : Card
        Written or answered by the researcher; it stands wherever it says something.
    known : Card
        From :func:`known_of`; its collectors, counts, hashes, keywords met, times and key always stand.

    Returns
    -------
    Card
        Both.

    Examples
    --------
    >>> said = Card(collection=Finding(how="hashtag"), counts={"read": 1})
    >>> both = merge_cards(said, Card(counts={"read": 5}, collector=Collector(names=("4cat",))))
    >>> both.collection.how, both.counts, both.collector.names
    ('hashtag', {'read': 5}, ('4cat',))
    """
    found = known.collection
    collection = said.collection.model_copy(
        update={
            "keywords_met": found.keywords_met,
            "collected": said.collection.collected or found.collected,
            "collected_until": said.collection.collected_until or found.collected_until,
        }
    )
    licence = said.collector.licence or known.collector.licence
    collector = said.collector.model_copy(update={"names": known.collector.names, "licence": licence})
    return said.model_copy(
        update={
            "collection": collection,
            "collector": collector,
            "span": known.span,
            "counts": known.counts,
            "sha256": known.sha256,
            "key_id": known.key_id,
            "fingerprint": known.fingerprint,
        }
    )


def known_card(folder: str | Path) -> Card:
    """Bring the card of an imported corpus up to date, without writing it.

    Parameters
    ----------
    folder : path
        The corpus folder.

    Returns
    -------
    Card
        What its ``card.toml`` says, what was given with the import, and what the import knows.

    Raises
    ------
    InputError
        If the corpus or the card cannot be read.
    """
    place = Path(folder)
    manifest = store.read_manifest(place)
    files = (place / "posts" / part["file"] for part in manifest["parts"])
    parts = (store.read_part(file, ["docvars", "created_at"]) for file in files)
    said = read_card(place)
    given = {k: v for k, v in manifest["card"].items() if k in Finding.model_fields and v not in (None, [])}
    missing = {k: v for k, v in given.items() if getattr(said.collection, k) in (None, ())}
    filled = Finding.model_validate(said.collection.model_dump() | missing)
    return merge_cards(said.model_copy(update={"collection": filled}), known_of(manifest, parts))


def collection_fields(card: Card) -> dict[str, Any]:
    """Give the card as a study's ``[sources.collection]`` says it.

    Parameters
    ----------
    card : Card
        A card.

    Returns
    -------
    dict
        ``how``, ``keywords`` (those met, where none were said), ``sorted``, ``per_keyword_cap``,
        ``per_post_cap``, ``sub_comments``, ``collected``, ``licence``, ``legal_basis``, ``note``; only what
        is known.

    Examples
    --------
    >>> card = Card(collection=Finding(keywords_met=("cat tax",)), hidden=Hidden(deletion="deleted posts"))
    >>> collection_fields(card)
    {'keywords': ('cat tax',), 'note': 'deletion hides: deleted posts'}
    """
    found, law = card.collection, card.law
    notes = [
        found.note,
        f"moderation hides: {card.hidden.moderation}" if card.hidden.moderation else None,
        f"deletion hides: {card.hidden.deletion}" if card.hidden.deletion else None,
        card.hidden.note,
        f"kept until {law.retention_until}" if law.retention_until else None,
    ]
    fields = {
        "how": found.how,
        "keywords": found.keywords or found.keywords_met,
        "sorted": found.sorted,
        "per_keyword_cap": found.per_keyword_cap,
        "per_post_cap": found.per_post_cap,
        "sub_comments": found.sub_comments,
        "collected": found.collected_until or found.collected,
        "licence": card.collector.licence or card.licence,
        "legal_basis": law.legal_basis,
        "note": "; ".join(note for note in notes if note) or None,
    }
    return {name: value for name, value in fields.items() if value not in (None, ())}


def card_dict(folder: str | Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Give what :attr:`discourse.corpus.corpus.Corpus.card` holds for a folder.

    Parameters
    ----------
    folder : path
        The corpus folder.
    given : mapping
        What was said with the import.

    Returns
    -------
    dict
        The fields of :func:`collection_fields`, and the sections of the card by their names.
    """
    card = read_card(folder)
    return {**given, **collection_fields(card), **card.as_dict()}
