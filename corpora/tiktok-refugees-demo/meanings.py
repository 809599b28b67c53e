"""Which frames and emotions a post holds: what its author meant by the phrases of which it is made."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_PLANTED: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("meanings.toml").read_text(encoding="utf-8")
)
FRAMES = tuple(_PLANTED["frames"])
EMOTIONS = tuple(_PLANTED["emotions"])

Said = tuple[str, str, str]
"""Section of a phrase, the phrase, and what it was filled to."""


def frames_of(said: list[Said]) -> list[str]:
    """List the frames of a post by what was said in it."""
    return [name for name in FRAMES if _holds(_PLANTED["frames"][name], said)]


def emotions_of(said: list[Said], label: str, kind: str) -> list[str]:
    """List the emotions toward the refugees: praise is said by who likes them, contempt by who does not."""
    if label == "absent" or kind == "self":
        return []
    wanted = {"praise": "positive", "contempt": "negative"}
    return [n for n in EMOTIONS if label == wanted[n] and _holds(_PLANTED["emotions"][n], said)]


def _holds(meaning: dict[str, list[str]], said: list[Said]) -> bool:
    return any(
        section in meaning["sections"] or any(piece in text for piece in meaning["phrases"] for text in texts)
        for section, *texts in said
    )
