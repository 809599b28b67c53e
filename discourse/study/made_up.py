"""What the card of a made-up corpus says of it: that nobody wrote the posts, their key, their codes.

It stands with the corpus and not in a recipe, so that a recipe asked of other posts says nothing of it.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from discourse.corpus.card import Card, collection_fields
from discourse.study.schema import Study, Validation
from discourse.study.sources import Collection, Source

CARD = "card.toml"


def with_made_up(study: Study) -> Study:
    """Take from the cards of made-up corpora what a study over them does not say itself.

    Parameters
    ----------
    study : Study
        A study with absolute paths.

    Returns
    -------
    Study
        The same study where a source holds posts of people.  Else it is synthetic, and has the key, the
        collection and the folders of coded posts and authors (``[validation]``) that the cards name.

    Notes
    -----
    A card speaks of the files whose SHA-256 it lists, and of no other: exports put beside made-up ones are
    not taken for made up.

    Examples
    --------
    >>> from discourse.shipped import shipped_path
    >>> from discourse.study.load import check_study
    >>> exports = shipped_path("corpora", "tiktok-refugees-demo", "exports")
    >>> head = {"title": "T", "question": "?"}
    >>> study = check_study({"version": 1, "study": head, "sources": [{"path": str(exports)}]})
    >>> with_made_up(study).study.synthetic
    True
    """
    cards = [_card_of(Path(source.path)) for source in study.sources]
    if not all(cards):
        return study
    sources = tuple(_told(source, card) for source, card in zip(study.sources, cards, strict=True))
    folders = tuple(card["codes"] for card in cards if "codes" in card)
    coded = cards[0].get("authors") if len(cards) == 1 else None
    made: dict[str, Any] = {
        "sources": sources,
        "study": study.study.model_copy(update={"synthetic": True}),
        "validation": study.validation or (Validation(codes=folders, groups=coded) if folders else None),
    }
    return study.model_copy(update=made)


def _told(source: Source, card: dict[str, Any]) -> Source:
    added: dict[str, Any] = {"key": source.key or card.get("key")}
    if source.collection == Collection():
        added["collection"] = Collection.model_validate(collection_fields(Card.model_validate(card)))
    return source.model_copy(update=added)


def _card_of(exports: Path) -> dict[str, Any]:
    """Give the card beside or in a folder of exports, if it speaks of them; an empty one if none does."""
    for folder in (exports, exports.parent):
        card = _read(folder / CARD)
        if card.get("synthetic") is True and _lists(card, folder, exports):
            return card | {key: str(folder / card[key]) for key in ("codes", "authors") if key in card}
    return {}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}  # a card that cannot be read is refused where the card of a corpus is read


def _lists(card: dict[str, Any], folder: Path, exports: Path) -> bool:
    listed = card.get("sha256", {})
    files = sorted(p for p in exports.rglob("*") if p.is_file()) if exports.is_dir() else [exports]
    at = [(path, path.stat()) for path in files if path.is_file()]
    return bool(at) and all(
        listed.get(path.relative_to(folder).as_posix()) == _sha256(path, stat.st_mtime_ns, stat.st_size)
        for path, stat in at
    )


@lru_cache(maxsize=1000)
def _sha256(path: Path, changed: int, size: int) -> str:
    """Hash a file once while it stays as it is."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
