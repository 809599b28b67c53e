"""Stance: by group, by language, by kind of mention, toward several targets, and as shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from discourse.report.figures import style
from discourse.report.figures.bars import Part, stacked_bar
from discourse.report.figures.intervals import (
    Mark,
    draw_marks,
    margin_text,
    n_text,
    percent_ticks,
    score_ticks,
    symmetric,
    value_text,
)
from discourse.report.figures.legend import name_groups
from discourse.report.numerals import interval
from discourse.report.selection import Cell, Difference
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def stance_by_group(cells: Sequence[Cell], subject: Subject, title: str) -> Figure:
    """Draw the mean stance of each group as dot and interval.

    Parameters
    ----------
    cells : sequence of Cell
        One mean a group.
    subject : Subject
        Labels and hues.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    w = words(subject.language)
    with style.drawing():
        figure = style.canvas(15 + 7.0 * len(cells), title)
        axes = figure.subplots()
        style.zero_line(axes)
        draw_marks(axes, [_mark(c, subject, i) for i, c in enumerate(cells)], size=48)
        style.rows_axis(axes, [style.label(subject.group(c.group), subject.language) for c in cells])
        hue_ticks(axes, [style.hue(subject, c.group) for c in cells])
        for i, cell in enumerate(cells):
            _beside(axes, i, cell, w["no_figure"])
        axes.set_xlim(*symmetric([v for c in cells for v in (c.low, c.high)]))
        score_ticks(axes)
        axes.set_xlabel(w["axis.mean"])
    return figure


def _mark(cell: Cell, subject: Subject, row: int, offset: float = 0.0) -> Mark:
    color, shape = style.hue(subject, cell.group), style.marker(subject, cell.group)
    said = _said(subject.group(cell.group), cell)
    return Mark(row, cell.estimate, cell.low, cell.high, color, shape, offset, said)


def _said(name: str, cell: Cell, measure: str = "mean") -> str:
    value = interval(cell.estimate, cell.low, cell.high, measure)
    return f"{name} {value}" + (f", {n_text(cell.n)}" if n_text(cell.n) else "")


def _beside(axes: Axes, row: int, cell: Cell, no_figure: str) -> None:
    if cell.known:
        margin_text(axes, row, value_text(cell.estimate, cell.low, cell.high), color=style.INK)
        margin_text(axes, row, n_text(cell.n), column=86.0)
    else:
        margin_text(axes, row, no_figure)


def hue_ticks(axes: Axes, colors: Sequence[str]) -> None:
    """Set the names of rows in the hues of their groups."""
    for tick, color in zip(axes.get_yticklabels(), colors, strict=True):
        tick.set_color(color)
        tick.set_fontweight("bold")


def stance_panel(rows: Sequence[tuple[str, Sequence[Cell]]], subject: Subject, title: str) -> Figure:
    """Draw the mean stance of groups for several rows: targets, languages or kinds of mention.

    Parameters
    ----------
    rows : sequence of (label, cells)
        Each row with one mean a group.
    subject : Subject
        Labels and hues.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    w = words(subject.language)
    groups = [g for g in subject.groups if any(c.group == g and c.known for _, cells in rows for c in cells)]
    step = min(0.22, 0.66 / max(len(groups), 1))
    marks = [
        _mark(c, subject, i, step * (groups.index(c.group) - (len(groups) - 1) / 2))
        for i, (_, cells) in enumerate(rows)
        for c in cells
        if c.known
    ]
    with style.drawing():
        figure = style.canvas(24 + (4 + 2.7 * len(groups)) * len(rows), title)
        axes = figure.subplots()
        style.zero_line(axes)
        for i in range(1, len(rows)):
            axes.axhline(i - 0.5, color=style.PALE, linewidth=0.6, zorder=0)
        draw_marks(axes, marks, size=30)
        style.rows_axis(axes, [style.label(name, subject.language, 26) for name, _ in rows])
        axes.set_xlim(*symmetric([v for m in marks for v in (m.low, m.high)]))
        score_ticks(axes)
        axes.set_xlabel(w["axis.mean"])
        name_groups(axes, subject, groups)
    return figure


def shares_by_group(shares: Sequence[tuple[str, Sequence[Cell]]], subject: Subject, title: str) -> Figure:
    """Draw the shares positive, neutral and negative of each group as one stacked bar.

    Parameters
    ----------
    shares : sequence of (group, (positive, neutral, negative))
        The three shares of each group.
    subject : Subject
        Labels and hues.
    title : str
        What is seen.

    Returns
    -------
    Figure
        Positive in the hue of the group, neutral pale, negative dark; each part with its share.
    """
    w = words(subject.language)
    with style.drawing():
        figure = style.canvas(20 + 7.5 * len(shares), title)
        axes = figure.subplots()
        for i, (group, parts) in enumerate(shares):
            _stack(axes, i, parts, (style.hue(subject, group), style.FAINT, style.NEGATIVE), w)
            margin_text(axes, i, n_text(parts[0].n))
        style.rows_axis(axes, [style.label(subject.group(g), subject.language) for g, _ in shares])
        hue_ticks(axes, [style.hue(subject, g) for g, _ in shares])
        axes.set_xlim(0, 1)
        percent_ticks(axes)
        axes.set_xlabel(w["axis.share"])
        _heads(axes, [w["positive"], w["neutral"], w["negative"]])
    return figure


def _stack(axes: Axes, row: int, parts: Sequence[Cell], colors: Sequence[str], w: Mapping[str, str]) -> None:
    known = [(part, color) for part, color in zip(parts, colors, strict=True) if part.known]
    drawn = [Part(p.estimate, color, _said(w[p.measure], p, p.measure)) for p, color in known]
    stacked_bar(axes, row, drawn if len(drawn) == len(parts) else [], bold=True)


def _heads(axes: Axes, names: Sequence[str]) -> None:
    """Name the three parts above the first bar: left, middle, right."""
    places: list[tuple[float, str]] = [(0.0, "left"), (0.5, "center"), (1.0, "right")]
    for (x, align), name in zip(places, names, strict=True):
        axes.text(
            x, 1.03, name, transform=axes.transAxes, ha=align, va="bottom", fontsize=8, color=style.SOFT
        )


def differences_by_pair(
    differences: Sequence[Difference], subject: Subject, title: str, name: Callable[[Difference], str]
) -> Figure:
    """Draw differences between groups as dots and intervals around zero.

    Parameters
    ----------
    differences : sequence of Difference
        What to draw; unknown ones keep their row, with the words "no figure".
    subject : Subject
        Labels.
    title : str
        What is seen.
    name : callable
        Gives the label of a row.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    w = words(subject.language)
    with style.drawing():
        figure = style.canvas(22 + 7.0 * len(differences), title)
        axes = figure.subplots()
        style.zero_line(axes)
        marks = [Mark(i, d.estimate, d.low, d.high, style.INK, "o") for i, d in enumerate(differences)]
        draw_marks(axes, marks, size=34)
        style.rows_axis(axes, [style.label(name(d), subject.language, 44) for d in differences])
        for i, d in enumerate(differences):
            text = value_text(d.estimate, d.low, d.high) if d.known else w["no_figure"]
            margin_text(axes, i, text, color=style.INK if d.known else style.SOFT)
        axes.set_xlim(*symmetric([v for d in differences for v in (d.low, d.high)]))
        score_ticks(axes)
        axes.set_xlabel(w["axis.difference"])
    return figure
