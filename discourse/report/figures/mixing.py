"""Replies: whom each group answers, and in which tone and language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.report.figures import style
from discourse.report.figures.intervals import dot_and_line, percent_ticks
from discourse.report.figures.legend import put_above
from discourse.report.figures.stance import hue_ticks
from discourse.report.figures.told import shades, tell
from discourse.report.numerals import UNKNOWN, interval, is_unknown, percent
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Ratios to chance beyond these are drawn in the darkest and the lightest tone.
_REACH = 2.0
_REPLIES = {"positive": (style.HUES[0], "o", -0.12), "negative": (style.NEGATIVE, "s", 0.12)}


def mixing_matrix(rows: pd.DataFrame, groups: Sequence[str], subject: Subject, title: str) -> Figure:
    """Draw shares of replies from group to group, with what chance gives below each.

    Parameters
    ----------
    rows : DataFrame
        ``group``, ``parent_group``, ``estimate``, ``expected``, ``ratio``.
    groups : sequence of str
        Rows and columns, in order.
    subject : Subject
        Labels and hues.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    from matplotlib.patches import Rectangle

    w, n = words(subject.language), len(groups)
    cells = {(r["group"], r["parent_group"]): r for r in rows.to_dict("records")}
    with style.drawing():
        figure = style.canvas(26 + 11 * n, title)
        shades(figure)
        axes = figure.subplots()
        for i, group in enumerate(groups):
            for j, other in enumerate(groups):
                row = cells.get((group, other), {})
                tone = _tone(row.get("ratio"))
                axes.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=tone, edgecolor="white", lw=1.5))
                _write(axes, i, j, row, w["by_chance"])
        axes.set_xlim(-0.5, n - 0.5)
        axes.set_ylim(n - 0.5, -0.5)
        names = [style.label(subject.group(g), subject.language, 18) for g in groups]
        axes.set_yticks(range(n), names)
        axes.set_xticks(range(n), names)
        axes.xaxis.tick_top()
        axes.xaxis.set_label_position("top")
        axes.set_xlabel(w["axis.answered"])
        axes.set_ylabel(w["axis.answers_by"])
        axes.tick_params(length=0)
        hue_ticks(axes, [style.hue(subject, g) for g in groups])
        for tick, group in zip(axes.get_xticklabels(), groups, strict=True):
            tick.set_color(style.hue(subject, group))
        for side in axes.spines.values():
            side.set_visible(False)
    return figure


def _tone(ratio: Any) -> str:
    """Grey at what chance gives, darker above, lighter below."""
    if is_unknown(ratio) or ratio <= 0:
        return "#f4f5f6"
    step = float(np.clip(np.log(ratio) / np.log(_REACH), -1.0, 1.0))
    shade = 0.86 - 0.30 * step if step > 0 else 0.86 - 0.10 * step
    grey = round(255 * shade)
    return f"#{grey:02x}{grey:02x}{min(255, grey + 6):02x}"


def _write(axes: Axes, i: int, j: int, row: dict[Any, Any], chance: str) -> None:
    if not row or is_unknown(row["estimate"]):
        axes.text(j, i, UNKNOWN, ha="center", va="center", color=style.SOFT, fontsize=8)
        return
    axes.text(j, i - 0.12, percent(row["estimate"]), ha="center", va="center", fontsize=9.5, color=style.INK)
    expected = f"({percent(row['expected'])})"
    axes.text(j, i + 0.24, expected, ha="center", va="center", fontsize=7, color=style.INK)
    value = interval(row["estimate"], row["low"], row["high"], "share")
    tell(axes, j, i, f"{value} ({chance}: {percent(row['expected'])})", in_row=True)


def replies_in_kind(rows: pd.DataFrame, subject: Subject, title: str) -> Figure:
    """Draw the stance of replies after posts of each stance, with chance as ticks.

    Parameters
    ----------
    rows : DataFrame
        ``parent_label``, ``label``, ``estimate``, ``low``, ``high``, ``expected`` of everybody.
    subject : Subject
        Labels.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    from matplotlib.lines import Line2D

    w, order = words(subject.language), ("positive", "neutral", "negative")
    with style.drawing():
        figure = style.canvas(48, title)
        axes = figure.subplots()
        for row in rows[rows["estimate"].notna()].to_dict("records"):
            color, shape, shift = _REPLIES[row["label"]]
            y = order.index(row["parent_label"]) + shift
            dot_and_line(axes, row, y, color=color, marker=shape, width=1.8)
            if not is_unknown(row["expected"]):
                axes.plot(
                    [row["expected"]] * 2, [y - 0.1, y + 0.1], color=style.SOFT, linewidth=1.6, zorder=4
                )
            value = interval(row["estimate"], row["low"], row["high"], "share")
            tell(axes, row["estimate"], y, f"{w['reply.' + row['label']]} {value}", in_row=True)
        style.rows_axis(axes, [w[f"after.{name}"] for name in order])
        axes.set_xlim(left=0)
        percent_ticks(axes)
        axes.set_xlabel(w["axis.reply_share"])
        keys = [
            Line2D([], [], color=c, marker=m, markersize=5, linewidth=1.8, label=w[f"reply.{name}"])
            for name, (c, m, _) in _REPLIES.items()
        ]
        tick = Line2D([], [], color=style.SOFT, marker="|", markersize=9, linewidth=0, label=w["by_chance"])
        put_above(axes, [*keys, tick])
    return figure
