"""Topics: how much of each group's talk goes to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.report.figures import style
from discourse.report.figures.intervals import Mark, draw_marks, percent_ticks
from discourse.report.figures.legend import name_groups
from discourse.report.numerals import interval, is_unknown
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def topics_by_group(
    order: Sequence[tuple[int, str]],
    rows: pd.DataFrame,
    subject: Subject,
    title: str,
    axis: str = "axis.topic_share",
) -> Figure:
    """Draw the mean share of each topic in each group as dots and intervals.

    Parameters
    ----------
    order : sequence of (topic, label)
        Topics from top to bottom.
    rows : DataFrame
        Prevalence of one model: ``topic``, ``group``, ``estimate``, ``low``, ``high``.
    subject : Subject
        Labels and hues.
    title : str
        What is seen.
    axis : str
        Which words name the axis: shares of topics, or of posts that hold a frame.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    w = words(subject.language)
    rows = rows[rows["estimate"].notna()]
    groups = [g for g in subject.groups if (rows["group"] == g).any()]
    place = {topic: i for i, (topic, _) in enumerate(order)}
    step = min(0.2, 0.6 / max(len(groups), 1))
    marks = [
        _mark(
            row,
            place[int(row["topic"])],
            step * (groups.index(row["group"]) - (len(groups) - 1) / 2),
            subject,
        )
        for row in rows.to_dict("records")
        if int(row["topic"]) in place
    ]
    with style.drawing():
        figure = style.canvas(26 + max(7.0, 3.2 * len(groups)) * len(order), title)
        axes = figure.subplots()
        for i in range(1, len(order)):
            axes.axhline(i - 0.5, color=style.PALE, linewidth=0.6, zorder=0)
        draw_marks(axes, marks, size=26)
        style.rows_axis(axes, [style.label(name, subject.language, 34) for _, name in order])
        tops = [m.high if not is_unknown(m.high) else m.estimate for m in marks if m.known]
        axes.set_xlim(0, min(1.0, max([0.1, *tops]) * 1.08))
        percent_ticks(axes)
        axes.set_xlabel(w[axis])
        name_groups(axes, subject, groups)
    return figure


def _mark(row: dict[Any, Any], place: int, offset: float, subject: Subject) -> Mark:
    group = str(row["group"])
    low = row["low"] if is_unknown(row["low"]) else max(0.0, row["low"])
    color, shape = style.hue(subject, group), style.marker(subject, group)
    said = f"{subject.group(group)} {interval(row['estimate'], low, row['high'], 'share')}"
    return Mark(place, row["estimate"], low, row["high"], color, shape, offset, said)
