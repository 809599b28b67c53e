"""Words that set two groups apart: how often they are used against how far they lean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from discourse.report.figures import style
from discourse.report.figures.told import colon, tell
from discourse.report.numerals import count, decimal
from discourse.report.selection import typical_words
from discourse.report.subject import Subject
from discourse.report.widths import shortened, width_of
from discourse.report.words import inside, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAMED = 16
# points: of a letter, of a line, and from a dot to its name
_LETTER, _LINE, _GAP = 4.3, 9.5, 5.0


def words_apart(rows: pd.DataFrame, subject: Subject, title: str) -> Figure:
    """Draw the words of one comparison after Monroe, Colaresi and Quinn (2008).

    Parameters
    ----------
    rows : DataFrame
        The keyness of one language and pair of groups, sorted by ``log_odds_z``.
    subject : Subject
        Labels and hues.
    title : str
        What is seen.

    Returns
    -------
    Figure
        Words of the focus group above, of the reference group below.  The surest are named, as long as there
        is room for the name.
    """
    sides = ((1, str(rows["group_a"].iloc[0])), (-1, str(rows["group_b"].iloc[0])))
    w = words(subject.language)
    with style.drawing():
        figure = style.canvas(96, title)
        axes = figure.subplots()
        axes.axhline(0, color=style.SOFT, linewidth=0.8)
        _dots(axes, rows, style.FAINT, 8)
        _tell_words(axes, rows, w)
        for side, group in sides:
            _dots(axes, typical_words(rows, side, NAMED), style.hue(subject, group), 16)
            _name_side(axes, side, group, subject)
        _frame(axes, rows, w)
        # names are put where they do not touch, which can be told only when the axes have their place
        figure.draw_without_rendering()
        taken = list(_corners(axes))
        for side, _ in sides:
            taken += _dot_areas(axes, typical_words(rows, side, NAMED))
        for side, group in sides:
            _name_words(axes, typical_words(rows, side, NAMED), style.hue(subject, group), subject, taken)
    return figure


@dataclass(frozen=True)
class _Area:
    """A rectangle on the figure, in points."""

    left: float
    bottom: float
    width: float
    height: float

    def touches(self, other: _Area) -> bool:
        apart = (
            self.left >= other.left + other.width
            or other.left >= self.left + self.width
            or self.bottom >= other.bottom + other.height
            or other.bottom >= self.bottom + self.height
        )
        return not apart

    def holds(self, other: _Area) -> bool:
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and other.left + other.width <= self.left + self.width
            and other.bottom + other.height <= self.bottom + self.height
        )


def _uses(rows: pd.DataFrame) -> pd.Series[float]:
    # a hidden side is left out of the position: the dot then shows the side that is known
    return (rows["n_a"].fillna(0) + rows["n_b"].fillna(0)).astype("float64").clip(lower=1.0)


def _dots(axes: Axes, rows: pd.DataFrame, color: str, size: float) -> None:
    import seaborn as sns

    if rows.empty:
        return
    sns.scatterplot(
        x=_uses(rows).to_numpy(),
        y=rows["log_odds_z"].to_numpy(dtype="float64"),
        color=color,
        s=size,
        linewidth=0,
        ax=axes,
        legend=False,
        zorder=3,
    )


def _tell_words(axes: Axes, rows: pd.DataFrame, w: Mapping[str, str]) -> None:
    for word, use, z in zip(rows["word"], _uses(rows), rows["log_odds_z"], strict=True):
        name = shortened(str(word), 40)
        text = f"{name}{colon(name)}{w['log_odds_z']} = {decimal(z, 1)} · {w['uses']} = {count(use)}"
        tell(axes, use, z, text)


def _name_side(axes: Axes, side: int, group: str, subject: Subject) -> None:
    w = words(subject.language)
    name = inside(subject.group(group), subject.language)
    text = w["typical_of"].format(group=style.label(name, subject.language, 24))
    axes.annotate(
        text,
        (0.0, 1.0 if side > 0 else 0.0),
        xycoords="axes fraction",
        xytext=(4, -3 * side),
        textcoords="offset points",
        va="top" if side > 0 else "bottom",
        color=style.hue(subject, group),
        fontsize=8.5,
        fontweight="bold",
    )


def _points(axes: Axes) -> float:
    return 72.0 / axes.figure.dpi if axes.figure is not None else 1.0


def _axes_area(axes: Axes) -> _Area:
    box, scale = axes.get_window_extent(), _points(axes)
    return _Area(box.x0 * scale, box.y0 * scale, box.width * scale, box.height * scale)


def _corners(axes: Axes) -> Iterator[_Area]:
    """Keep free the corners in which the groups are named."""
    area = _axes_area(axes)
    for bottom in (area.bottom, area.bottom + area.height - 14):
        yield _Area(area.left, bottom, 130, 14)


def _dot_areas(axes: Axes, rows: pd.DataFrame) -> Iterator[_Area]:
    scale = _points(axes)
    for use, z in zip(_uses(rows), rows["log_odds_z"], strict=True):
        x, y = (float(v) * scale for v in axes.transData.transform((use, z)))
        yield _Area(x - 2, y - 2, 4, 4)


def _name_words(axes: Axes, rows: pd.DataFrame, color: str, subject: Subject, taken: list[_Area]) -> None:
    whole, scale = _axes_area(axes), _points(axes)
    for word, use, z in zip(rows["word"], _uses(rows), rows["log_odds_z"], strict=True):
        text = style.label(str(word), subject.language, 16)
        x, y = (float(v) * scale for v in axes.transData.transform((use, z)))
        for shift, area in _places(x, y, _LETTER * width_of(text)):
            if whole.holds(area) and not any(area.touches(other) for other in taken):
                taken.append(area)
                _write(axes, text, (use, z), shift, color)
                break


def _places(x: float, y: float, width: float) -> Iterator[tuple[tuple[float, float], _Area]]:
    """Try right of the dot, left, above, below, and the corners: shift of the middle of the name, area."""
    across, up = width / 2 + _GAP, _LINE / 2 + _GAP * 0.6
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 0.8), (-1, 0.8), (1, -0.8), (-1, -0.8)):
        middle = (dx * across, dy * up)
        left, bottom = x + middle[0] - width / 2, y + middle[1] - _LINE / 2
        yield middle, _Area(left, bottom, width, _LINE)


def _write(axes: Axes, text: str, at: tuple[float, float], shift: tuple[float, float], color: str) -> None:
    note = axes.annotate(
        text,
        at,
        xytext=shift,
        textcoords="offset points",
        fontsize=7.5,
        color=color,
        ha="center",
        va="center",
        zorder=4,
    )
    note.set_in_layout(False)


def _frame(axes: Axes, rows: pd.DataFrame, w: Mapping[str, str]) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

    axes.set_xscale("log")
    uses = _uses(rows)
    axes.set_xlim(max(0.8, float(uses.min()) * 0.7), float(uses.max()) * 1.6)
    axes.xaxis.set_major_locator(LogLocator(base=10, subs=(1.0, 2.0, 5.0)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: count(v)))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.set_major_locator(MaxNLocator(nbins=7, integer=True, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: decimal(v, 0)))
    axes.set_xlabel(w["axis.uses"])
    axes.set_ylabel(w["axis.z"], color=style.SOFT)
    reach = max(2.0, float(rows["log_odds_z"].abs().max())) * 1.15
    axes.set_ylim(-reach, reach)
    axes.tick_params(axis="y", labelcolor=style.SOFT)
