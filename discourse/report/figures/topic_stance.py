"""Topics by stance: one field a topic and group, its colour the mean stance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.report.figures import style
from discourse.report.figures.heatmap import Field, heatmap, name_fields, scale_of_colours
from discourse.report.numerals import decimal, interval, is_unknown
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: A field that departs from the group's other topics with a smaller adjusted p is framed.
SURE = 0.05


def topics_by_stance(
    order: Sequence[tuple[int, str]], rows: pd.DataFrame, subject: Subject, title: str
) -> Figure:
    """Draw the mean stance of each group in each topic as a heatmap.

    Parameters
    ----------
    order : sequence of (topic, label)
        Topics from top to bottom.
    rows : DataFrame
        ``topic``, ``group``, ``estimate``, ``low``, ``high``, ``p_adjusted``, ``n``; hidden cells have no
        estimate.
    subject : Subject
        Labels.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved: green-blue in favour, brown against; framed where a field departs from
        the group's other topics; hatched where it is hidden.
    """
    groups = [g for g in subject.groups if (rows["group"] == g).any()]
    by_cell = {(int(r["topic"]), str(r["group"])): r for r in rows.to_dict("records")}
    fields = [
        [_field(by_cell.get((topic, group), {}), subject.group(group)) for group in groups]
        for topic, _ in order
    ]
    known = [abs(field.value) for line in fields for field in line if not np.isnan(field.value)]
    reach = max([0.1, *known])
    with style.drawing():
        figure = style.canvas(16 + 6.2 * len(order), title)
        axes = figure.subplots()
        mesh = heatmap(axes, fields, low=-reach, high=reach)
        scale_of_colours(axes, mesh, words(subject.language)["axis.topic_stance"])
        names = [style.label(subject.group(g), subject.language, 16) for g in groups]
        name_fields(axes, [style.label(name, subject.language, 34) for _, name in order], names)
    return figure


def _field(cell: dict[Any, Any], group: str) -> Field:
    """Make the field of a topic and group: sure where it departs, without a value where it is hidden."""
    value: Any = cell.get("estimate")
    if is_unknown(value):
        return Field(float("nan"))
    sure = not is_unknown(cell["p_adjusted"]) and cell["p_adjusted"] < SURE
    said = f"{group} {interval(value, cell['low'], cell['high'], 'mean')}"
    return Field(float(value), decimal(value), said, sure)
