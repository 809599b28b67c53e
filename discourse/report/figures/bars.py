"""Bars of several parts that add up to a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discourse.report.figures import style
from discourse.report.figures.told import tell
from discourse.report.numerals import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: A part of a smaller share is too narrow for its number.
_ROOM = 0.065
#: Grounds on which letters are white.
_DARK = 0.55


@dataclass(frozen=True)
class Part:
    """A part of a bar: its share of the whole, its colour, and what it says to one who points at it."""

    share: float
    color: str
    said: str


def stacked_bar(axes: Axes, row: float, parts: Sequence[Part], *, bold: bool = False) -> None:
    """Draw the parts of one bar side by side, each with its share where there is room.

    Parameters
    ----------
    axes : Axes
        Where to draw.
    row : float
        Place of the bar.
    parts : sequence of Part
        From left to right.
    bold : bool
        True if the shares are what the figure is about.
    """
    left = 0.0
    for part in parts:
        middle = left + part.share / 2
        axes.barh(row, part.share, left=left, height=0.62, color=part.color, edgecolor="white", linewidth=0.8)
        tell(axes, middle, row, part.said, in_row=True)
        if part.share >= _ROOM:
            axes.text(
                middle,
                row,
                percent(part.share),
                ha="center",
                va="center",
                fontsize=8 if bold else 7.5,
                fontweight="bold" if bold else "normal",
                color="white" if _is_dark(part.color) else style.INK,
            )
        left += part.share


def _is_dark(color: str) -> bool:
    """Whether white letters are read more easily on a ground than dark ones."""
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue < _DARK
