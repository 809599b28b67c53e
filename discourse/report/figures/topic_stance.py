"""Topics by stance: one field a topic and group, its colour the mean stance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.report.figures import style
from discourse.report.figures.told import tell
from discourse.report.numerals import decimal, interval, is_unknown
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
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
    import seaborn as sns

    groups = [g for g in subject.groups if (rows["group"] == g).any()]
    by_cell = {(int(r["topic"]), str(r["group"])): r for r in rows.to_dict("records")}
    cells = [[by_cell.get((topic, group), {}) for group in groups] for topic, _ in order]
    values = np.array([[_value(cell) for cell in line] for line in cells], dtype=np.float64)
    with style.drawing():
        figure = style.canvas(16 + 6.2 * len(order), title)
        axes = figure.subplots()
        reach = max(0.1, float(np.nanmax(np.abs(values)))) if np.isfinite(values).any() else 0.1
        sns.heatmap(
            values,
            ax=axes,
            mask=~np.isfinite(values),
            vmin=-reach,
            vmax=reach,
            center=0.0,
            cmap="BrBG",
            linewidths=1.2,
            linecolor="white",
            cbar_kws={"shrink": 0.7, "label": words(subject.language)["axis.topic_stance"]},
        )
        for i, line in enumerate(cells):
            for j, cell in enumerate(line):
                _field(axes, i, j, cell, reach, subject.group(groups[j]))
        axes.set_yticks(
            [i + 0.5 for i in range(len(order))],
            [style.label(name, subject.language, 34) for _, name in order],
            rotation=0,
        )
        axes.set_xticks(
            [j + 0.5 for j in range(len(groups))],
            [style.label(subject.group(g), subject.language, 16) for g in groups],
            rotation=0,
        )
        axes.tick_params(length=0, labeltop=True, labelbottom=False, top=False, bottom=False)
    return figure


def _value(cell: dict[Any, Any]) -> float:
    value: Any = cell.get("estimate")
    return float("nan") if is_unknown(value) else float(value)


def _field(axes: Axes, i: int, j: int, cell: dict[Any, Any], reach: float, group: str) -> None:
    """Write the value into its field; frame it where it departs, hatch it where it is hidden."""
    from matplotlib.patches import Rectangle

    value = _value(cell)
    if np.isnan(value):
        axes.add_patch(
            Rectangle((j + 0.02, i + 0.03), 0.96, 0.94, fill=False, hatch="////", edgecolor=style.FAINT, lw=0)
        )
        return
    sure = not is_unknown(cell["p_adjusted"]) and cell["p_adjusted"] < SURE
    axes.text(
        j + 0.5,
        i + 0.5,
        decimal(value),
        ha="center",
        va="center",
        fontsize=7.5,
        fontweight="bold" if sure else "normal",
        color="white" if abs(value) > 0.66 * reach else style.INK,
    )
    if sure:
        axes.add_patch(Rectangle((j + 0.03, i + 0.05), 0.94, 0.9, fill=False, edgecolor=style.INK, lw=1.2))
    said = f"{group} {interval(cell['estimate'], cell['low'], cell['high'], 'mean')}"
    tell(axes, j + 0.5, i + 0.5, said)
