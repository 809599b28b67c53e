"""Reasons below a table: a letter in the cell, the words under the last line."""

from __future__ import annotations

from discourse.report.numerals import UNKNOWN
from discourse.report.prose import Prose
from discourse.report.widths import shortened

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Footnotes:
    """Collects why cells have no figure, in order of appearance.

    Parameters
    ----------
    say : Prose
        The sentences of the language.
    """

    def __init__(self, say: Prose) -> None:
        self.say = say
        self._reasons: list[str] = []

    def mark(self, reason: str) -> str:
        """Give the content of a cell without a figure."""
        text = shortened(self.say.reason(reason), 160)
        if not text:
            return UNKNOWN
        if text not in self._reasons:
            self._reasons.append(text)
        return f"{UNKNOWN} ({self._letter(self._reasons.index(text))})"

    def _letter(self, place: int) -> str:
        return _LETTERS[place] if place < len(_LETTERS) else str(place + 1)

    def notes(self) -> tuple[str, ...]:
        """List the reasons with their letters, as one note."""
        if not self._reasons:
            return ()
        parts = [f"({self._letter(i)}) {text}" for i, text in enumerate(self._reasons)]
        separator, stop = ("；", "。") if self.say.language == "zh" else ("; ", ".")
        return (
            f"{UNKNOWN} {self.say.w['no_figure']}{'：' if stop == '。' else ': '}"
            + separator.join(parts)
            + stop,
        )
