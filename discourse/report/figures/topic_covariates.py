"""Topics by traits of posts: one field a topic and trait, its colour the difference of the mean share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from discourse.report.figures import style
from discourse.report.figures.told import tell
from discourse.report.numerals import difference, is_unknown, points
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: A field with a smaller adjusted p is framed.
SURE = 0.05
# Shares in percentage points.
_POINTS = 100.0


def topics_by_trait(
    topics: Sequence[tuple[int, str]],
    traits: Sequence[str],
    cells: Mapping[tuple[int, str], Mapping[Any, Any]],
    subject: Subject,
    title: str,
) -> Figure:
    """Draw the difference of the mean share of each topic that goes with each trait as a heatmap.

    Parameters
    ----------
    topics : sequence of (topic, label)
        From top to bottom.
    traits : sequence of str
        Labels of the traits, from left to right.
    cells : mapping of (topic, trait) to row
        Rows of :data:`discourse.tables.TOPIC_COVARIATES`.
    subject : Subject
        The language.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved: green-blue where the topic is spoken of more, brown where less; framed
        where the difference is sure.
    """
    import seaborn as sns

    values = np.array(
        [[_POINTS * float(cells[topic, trait]["estimate"]) for trait in traits] for topic, _ in topics]
    )
    with style.drawing():
        figure = style.canvas(34 + 6.2 * len(topics), title)
        axes = figure.subplots()
        reach = max(1.0, float(np.abs(values).max()))
        sns.heatmap(
            values,
            ax=axes,
            vmin=-reach,
            vmax=reach,
            center=0.0,
            cmap="BrBG",
            linewidths=1.2,
            linecolor="white",
            cbar_kws={"shrink": 0.7, "label": words(subject.language)["axis.topic_covariates"]},
        )
        for i, (topic, _) in enumerate(topics):
            for j, trait in enumerate(traits):
                _field(axes, (i, j), cells[topic, trait], reach, trait)
        axes.set_yticks(
            [i + 0.5 for i in range(len(topics))],
            [style.label(name, subject.language, 30) for _, name in topics],
            rotation=0,
        )
        axes.set_xticks(
            [j + 0.5 for j in range(len(traits))],
            [style.label(trait, subject.language, 24) for trait in traits],
            rotation=30,
            ha="left",
            rotation_mode="anchor",
        )
        axes.tick_params(length=0, labeltop=True, labelbottom=False, top=False, bottom=False)
    return figure


def _field(axes: Axes, place: tuple[int, int], cell: Mapping[Any, Any], reach: float, trait: str) -> None:
    """Write the value into its field; frame it where it is sure."""
    from matplotlib.patches import Rectangle

    i, j = place
    sure = not is_unknown(cell["p_adjusted"]) and cell["p_adjusted"] < SURE
    axes.text(
        j + 0.5,
        i + 0.5,
        points(cell["estimate"]),
        ha="center",
        va="center",
        fontsize=7,
        fontweight="bold" if sure else "normal",
        color="white" if abs(_POINTS * cell["estimate"]) > 0.66 * reach else style.INK,
    )
    if sure:
        axes.add_patch(Rectangle((j + 0.03, i + 0.05), 0.94, 0.9, fill=False, edgecolor=style.INK, lw=1.2))
    tell(
        axes, j + 0.5, i + 0.5, f"{trait} {difference(cell['estimate'], cell['low'], cell['high'], 'share')}"
    )
