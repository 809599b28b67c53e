"""Phrases into clauses: slots are filled until no brace is left."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from draws import Draws

PHRASES = Path(__file__).parent / "phrases"
_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+)-(\d+)")
_DATED = re.compile(r"([<>])(\d+) (.*)", re.DOTALL)
_ASKS = re.compile(
    r"(?i)^(?:how|what|when|who|where|which|does|do|is|are|can|could|did|any|should)\b.*|.*(?:吗|什么|谁|几点|多少|怎么看|吗你们)$"
)
_ENDS = "？！?!。.…~"


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((PHRASES / name).read_text(encoding="utf-8"))


class Phrasebook:
    """All phrases of one language (``zh`` or ``en``)."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.stance = _load(f"{lang}_stance.toml")
        self.topics = _load(f"{lang}_topics.toml")
        self.voice = _load(f"{lang}_voice.toml")
        self._slots: dict[str, list[str]] = {**self.stance["slots"], **self.topics["slots"]}
        self._slots.update({k: v for k, v in self.voice.items() if isinstance(v, list)})
        for section in (self.stance["neutral"], self.voice["self"]):
            self._slots.update({k: section[k] for k in ("ask", "job") if k in section})
        parts = (self.stance, self.topics, self.voice)
        self._names = {id(v): k for part in parts for k, v in part.items() if isinstance(v, dict)}
        self.said: list[tuple[str, str, str]] = []

    def fill(self, phrase: str, draw: Draws, local: dict[str, list[str]] | None = None) -> str:
        """Replace the slots of a phrase, innermost first, by random choices."""
        slots = {**self._slots, **(local or {})}

        def choose(match: re.Match[str]) -> str:
            name = match.group(1)
            if span := _RANGE.fullmatch(name):
                return str(draw.integer(int(span.group(1)), int(span.group(2))))
            return draw.one(slots[name])

        while _SLOT.search(phrase):
            phrase = _SLOT.sub(choose, phrase)
        return phrase

    def pick(self, phrases: list[str], draw: Draws, day: int) -> str:
        """Draw a phrase that can be said on this day of January (``>19 x``: not before the 19th)."""
        while True:
            dated = _DATED.fullmatch(phrase := draw.one(phrases))
            if not dated:
                return phrase
            sign, limit, rest = dated.groups()
            if day >= int(limit) if sign == ">" else day < int(limit):
                return rest

    def clause(
        self, section: dict[str, list[str]], key: str, draw: Draws, day: int, used: list[str] | None = None
    ) -> str:
        """Draw and fill one phrase of a section, none of those used; its other lists are slots, too."""
        phrase = self.pick(section[key], draw, day)
        for _ in range(8):
            if used is None or phrase not in used:
                break
            phrase = self.pick(section[key], draw, day)
        if used is not None:
            used.append(phrase)
        filled = self.fill(phrase, draw, section)
        self.said.append((self._names.get(id(section), ""), phrase, filled))
        return filled

    def join(self, clauses: list[str], draw: Draws) -> str:
        """Put clauses behind one another as people do online."""
        text = ""
        for clause in clauses:
            text += (self._joint(text, draw) if text else "") + clause
            if clause[-1] not in _ENDS and _ASKS.fullmatch(clause) and draw.chance(0.8):
                text += "？" if self.lang == "zh" else "?"
        return text

    def _joint(self, text: str, draw: Draws) -> str:
        if text[-1] in _ENDS:
            return draw.one(["", " ", "\n"]) if self.lang == "zh" else draw.one([" ", " ", "\n"])
        if self.lang == "zh":
            return draw.one(["。", "。", "。", " ", "！", "\n"])
        return draw.one([". ", ". ", ". ", "! ", "\n", " - "])


_TRADITIONAL = _load("traditional.toml")
_WORDS = re.compile("|".join(map(re.escape, _TRADITIONAL["words"])))
_CHARACTERS = str.maketrans(_TRADITIONAL["simplified"], _TRADITIONAL["traditional"])


def to_traditional(text: str) -> str:
    """Write a Simplified text in Traditional characters."""
    words = _TRADITIONAL["words"]
    return _WORDS.sub(lambda m: words[m.group()], text).translate(_CHARACTERS)
