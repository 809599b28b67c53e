"""Topics by traits of posts: one field a topic and trait, its colour the difference of the mean share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discourse.report.figures import style
from discourse.report.figures.heatmap import Field, heatmap, name_fields, scale_of_colours
from discourse.report.numerals import difference, is_unknown, points
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
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
    fields = [[_field(cells[topic, trait], trait) for trait in traits] for topic, _ in topics]
    reach = max([1.0, *(abs(field.value) for line in fields for field in line)])
    with style.drawing():
        figure = style.canvas(34 + 6.2 * len(topics), title)
        axes = figure.subplots()
        mesh = heatmap(axes, fields, low=-reach, high=reach, size=7)
        scale_of_colours(axes, mesh, words(subject.language)["axis.topic_covariates"])
        rows = [style.label(name, subject.language, 30) for _, name in topics]
        name_fields(axes, rows, [style.label(t, subject.language, 24) for t in traits], slanted=True)
    return figure


def _field(cell: Mapping[Any, Any], trait: str) -> Field:
    """Make the field of a topic and trait, in percentage points."""
    sure = not is_unknown(cell["p_adjusted"]) and cell["p_adjusted"] < SURE
    said = f"{trait} {difference(cell['estimate'], cell['low'], cell['high'], 'share')}"
    return Field(_POINTS * float(cell["estimate"]), points(cell["estimate"]), said, sure)
