"""Likes: ratios with their intervals; places: ranked means with theirs, or a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discourse.report.figures import style
from discourse.report.figures.intervals import dot_and_line, margin_text, n_text, ratio_ticks, score_ticks
from discourse.report.figures.legend import put_above
from discourse.report.figures.told import tell
from discourse.report.numerals import interval, is_unknown
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SHIFT = {"opening": -0.13, "comments": 0.13}


def ratios_of_likes(
    order: Sequence[tuple[str, Mapping[str, Mapping[Any, Any]]]], subject: Subject, title: str
) -> Figure:
    """Draw incidence rate ratios of both models, a row a regressor.

    Parameters
    ----------
    order : sequence of (label, rows by model)
        From top to bottom.
    subject : Subject
        The language.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    from matplotlib.lines import Line2D

    w, color = words(subject.language), style.HUES[0]
    with style.drawing():
        figure = style.canvas(26 + 6.4 * len(order), title)
        axes = figure.subplots()
        ends: list[float] = []
        for i, (_, models) in enumerate(order):
            for name, row in models.items():
                if is_unknown(row["estimate"]):
                    continue
                y = i + _SHIFT[name]
                dot_and_line(axes, row, y, color=color, filled=name == "opening")
                ends += [row["low"], row["high"]]
                value = interval(row["estimate"], row["low"], row["high"], "mean")
                tell(axes, row["estimate"], y, f"{w['model.' + name]}: {value}", in_row=True)
        style.rows_axis(axes, [style.label(label, subject.language, 34) for label, _ in order])
        ratio_ticks(axes, ends)
        axes.set_xlabel(w["axis.times_likes"])
        keys = [
            Line2D([], [], color=color, marker="o", markersize=5, linewidth=1.6, label=w[f"model.{name}"],
                   markerfacecolor=color if name == "opening" else "white")
            for name in _SHIFT
        ]  # fmt: skip
        put_above(axes, keys)
    return figure


def ranked_places(rows: Sequence[tuple[str, Mapping[Any, Any]]], subject: Subject, title: str) -> Figure:
    """Draw the pooled means of places from the highest to the lowest.

    Parameters
    ----------
    rows : sequence of (name, row)
        Places in order: ``estimate``, ``low``, ``high``, ``raw``, ``mean``, ``n_authors``.
    subject : Subject
        The language.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    w, color = words(subject.language), style.HUES[0]
    with style.drawing():
        figure = style.canvas(20 + 4.6 * len(rows), title)
        axes = figure.subplots()
        style.zero_line(axes)
        for i, (_, row) in enumerate(rows):
            axes.plot(row["raw"], i, "o", markersize=4.5, color=style.SOFT, markerfacecolor="white", zorder=3)
            dot_and_line(axes, row, i, color=color)
            value = interval(row["estimate"], row["low"], row["high"], "mean")
            tell(axes, row["estimate"], i, value, in_row=True)
            margin_text(axes, i, n_text(row["n_authors"]))
        for start, stop, mean in _shared(rows):
            axes.plot(
                [mean, mean],
                [start - 0.5, stop + 0.5],
                color=style.SOFT,
                linewidth=1.0,
                zorder=1,
                dashes=(3, 2),
            )
        style.rows_axis(axes, [style.label(name, subject.language, 24) for name, _ in rows])
        score_ticks(axes)
        axes.set_xlabel(w["axis.mean_stance"])
    return figure


def _shared(rows: Sequence[tuple[str, Mapping[Any, Any]]]) -> list[tuple[int, int, float]]:
    """Find the spans of rows that were pooled together, with what they share."""
    spans: list[tuple[int, int, float]] = []
    for i, (_, row) in enumerate(rows):
        if spans and spans[-1][2] == row["mean"]:
            spans[-1] = (spans[-1][0], i, spans[-1][2])
        else:
            spans.append((i, i, float(row["mean"])))
    return spans


def map_of_places(
    shapes: Sequence[tuple[str, Sequence[Sequence[tuple[float, float]]]]],
    values: Mapping[str, float],
    subject: Subject,
    title: str,
) -> Figure:
    """Draw pooled means on boundaries that the study supplies.

    Parameters
    ----------
    shapes : sequence of (code, rings)
        Boundaries of each place, as rings of (x, y).
    values : mapping of str to float
        Code to mean; places without one are grey.
    subject : Subject
        The language.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    import matplotlib
    from matplotlib.collections import PolyCollection
    from matplotlib.colors import Normalize

    w = words(subject.language)
    reach = max([0.1, *(abs(v) for v in values.values())])
    scale, tones = Normalize(-reach, reach), matplotlib.colormaps["RdBu"]
    with style.drawing():
        figure = style.canvas(96, title)
        axes = figure.subplots()
        for code, rings in shapes:
            face: Any = tones(scale(values[code])) if code in values else style.PALE
            axes.add_collection(
                PolyCollection(list(rings), facecolors=[face], edgecolors="white", linewidths=0.4)
            )
        axes.autoscale_view()
        axes.set_aspect("equal")
        axes.set_axis_off()
        _scale_bar(figure, axes, scale, tones, w["axis.mean_stance"])
    return figure


def _scale_bar(figure: Figure, axes: Axes, scale: Any, tones: Any, label: str) -> None:
    from matplotlib.cm import ScalarMappable

    bar = figure.colorbar(
        ScalarMappable(scale, tones), ax=axes, orientation="horizontal", shrink=0.5, pad=0.02
    )
    if bar.solids is not None:
        bar.solids.set_rasterized(False)
        bar.solids.set_edgecolor("face")
    bar.set_label(label)
