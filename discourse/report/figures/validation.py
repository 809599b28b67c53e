"""The instrument against people: confusion, calibration, and every figure in three versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.report.figures import style
from discourse.report.figures.heatmap import Field, heatmap
from discourse.report.figures.intervals import dot_and_line, percent_ticks, ratio_ticks, score_ticks
from discourse.report.figures.legend import put_above
from discourse.report.figures.stance import hue_ticks
from discourse.report.figures.told import tell
from discourse.report.numerals import interval, is_unknown, percent
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Marker, size in points and filling of each version; the corrected one is what a reader should take away.
_VERSIONS: dict[str, tuple[str, float, bool]] = {
    "human": ("o", 5.1, False),
    "naive": ("X", 5.5, True),
    "corrected": ("D", 5.8, True),
    "both": ("s", 5.2, False),
}
_STEP = 0.24

Versions = Mapping[str, Mapping[Any, Any]]
#: A row of a panel: its label, the group whose hue it takes (or ""), and its three versions.
Estimates = Sequence[tuple[str, str, Versions]]


def three_estimates(panels: Sequence[tuple[str, Estimates]], subject: Subject, title: str) -> Figure:
    """Draw figures in three versions: human codes alone, labels alone, corrected.

    Parameters
    ----------
    panels : sequence of (outcome, rows)
        One panel an outcome; all with the same rows.
    subject : Subject
        Labels and hues.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    from matplotlib.lines import Line2D

    w = words(subject.language)
    labels = [(label, group) for label, group, _ in panels[0][1]]
    shown = _shown(panels)
    with style.drawing():
        figure = style.canvas(30 + (10.0 if len(labels) <= 6 else 8.0) * len(labels), title)
        drawn = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
        for axes, (outcome, rows) in zip(drawn, panels, strict=True):
            _panel(axes, outcome, rows, shown, subject)
            axes.set_xlabel(w[f"axis.three.{outcome}"])
        style.rows_axis(drawn[0], [style.label(label, subject.language, 40) for label, _ in labels])
        for axes in drawn[1:]:
            axes.spines["left"].set_visible(False)
        hue_ticks(drawn[0], [style.hue(subject, group) if group else style.INK for _, group in labels])
        key = [
            Line2D(
                [],
                [],
                color=style.INK,
                marker=marker,
                markersize=5.5,
                markerfacecolor=style.INK if filled else "white",
                linewidth=1.6,
                label=w[f"version.{name}"],
            )
            for name, (marker, _, filled) in _VERSIONS.items()
            if name in shown
        ]
        put_above(drawn[0], key)
    return figure


def _shown(panels: Sequence[tuple[str, Estimates]]) -> list[str]:
    """List the versions that are drawn: the three, and with groups corrected where any row has that."""
    every = [versions for _, rows in panels for _, _, versions in rows]
    both = any(not is_unknown(versions.get("both", {}).get("estimate")) for versions in every)
    return [name for name in _VERSIONS if both or name != "both"]


def _panel(axes: Axes, outcome: str, rows: Estimates, shown: Sequence[str], subject: Subject) -> None:
    difference = any(not group for _, group, _ in rows)
    known = [
        v
        for _, _, versions in rows
        for name, v in versions.items()
        if name in shown and not is_unknown(v["estimate"])
    ]
    for place, (label, group, versions) in enumerate(rows):
        color = style.hue(subject, group) if group else style.INK
        for step, name in enumerate(shown):
            row = versions.get(name)
            if row is not None and not is_unknown(row["estimate"]):
                _mark(
                    axes,
                    place + _STEP * (step - (len(shown) - 1) / 2),
                    row,
                    name,
                    color,
                    outcome,
                    label,
                    subject,
                )
    if outcome != "ratio" and (difference or outcome in ("mean", "balance")):
        style.zero_line(axes)
    if outcome == "ratio":
        ratio_ticks(axes, [float(row[end]) for row in known for end in ("low", "high")])
    else:
        (score_ticks if outcome == "mean" else percent_ticks)(axes)
    for place in range(1, len(rows)):
        axes.axhline(place - 0.5, color=style.PALE, linewidth=0.6, zorder=0)
    if known and not difference and outcome not in ("mean", "balance"):
        axes.set_xlim(0, min(1.0, 1.05 * max(float(v["high"]) for v in known)))


def _mark(
    axes: Axes,
    y: float,
    row: Mapping[Any, Any],
    version: str,
    color: str,
    outcome: str,
    label: str,
    subject: Subject,
) -> None:
    marker, size, filled = _VERSIONS[version]
    ink = style.SOFT if version == "naive" else color
    width = 2.0 if version == "corrected" else 1.2
    dot_and_line(axes, row, y, color=ink, marker=marker, size=size, filled=filled, width=width)
    unit = "mean" if outcome == "ratio" else outcome
    said = interval(row["estimate"], row["low"], row["high"], unit)
    tell(axes, row["estimate"], y, f"{label}, {words(subject.language)[f'version.{version}']}: {said}")


def confusion(panels: Sequence[tuple[str, pd.DataFrame]], subject: Subject, title: str) -> Figure:
    """Draw what the instrument says where people say something.

    Parameters
    ----------
    panels : sequence of (label, DataFrame)
        A matrix each: what people say in rows, what the instrument says in columns, shares of each row.
    subject : Subject
        The language of the words.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    w = words(subject.language)
    with style.drawing():
        figure = style.canvas(54, title)
        drawn = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
        for axes, (label, matrix) in zip(drawn, panels, strict=True):
            _matrix(axes, matrix, subject)
            axes.set_title(label, fontsize=8.5, color=style.INK)
            axes.set_xlabel(w["axis.instrument_says"])
        drawn[0].set_ylabel(w["axis.people_say"])
        for axes in drawn[1:]:
            axes.set_ylabel("")
    return figure


def _matrix(axes: Axes, matrix: pd.DataFrame, subject: Subject) -> None:
    from matplotlib.colors import LinearSegmentedColormap

    w = words(subject.language)
    tones = LinearSegmentedColormap.from_list("tones", ["#ffffff", "#cfe0ee", style.HUES[0]])
    rows = [w[f"label.{name}"] for name in matrix.index]
    columns = [w[f"label.{name}"] for name in matrix.columns]
    fields = [
        [_share_field(value, row, column) for value, column in zip(line, columns, strict=True)]
        for line, row in zip(matrix.to_numpy(), rows, strict=True)
    ]
    heatmap(axes, fields, low=0.0, high=1.0, colors=tones)
    axes.set_yticks([i + 0.5 for i in range(len(rows))], rows)
    axes.set_xticks([j + 0.5 for j in range(len(columns))], columns)
    for tick in axes.get_xticklabels():
        tick.set(rotation=35, ha="right", rotation_mode="anchor")
    axes.tick_params(axis="x", labelsize=7)
    axes.tick_params(axis="y", labelsize=7.5)


def _share_field(value: Any, row: str, column: str) -> Field:
    if is_unknown(value):
        return Field(float("nan"))
    return Field(float(value), percent(value), f"{row} → {column}: {percent(value)}")


def calibration(rows: Sequence[Mapping[Any, Any]], subject: Subject, title: str) -> Figure:
    """Draw the share of right labels against the confidence of the instrument.

    Parameters
    ----------
    rows : sequence of mapping
        Bins: ``confidence``, ``estimate``, ``low``, ``high``.
    subject : Subject
        The language of the words.
    title : str
        What is seen.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    with style.drawing():
        figure = style.canvas(50, title)
        calibration_panel(figure.subplots(), rows, subject)
    return figure


def calibration_panel(axes: Axes, rows: Sequence[Mapping[Any, Any]], subject: Subject) -> None:
    """Draw the bins of :func:`calibration` into a panel.

    Parameters
    ----------
    axes : Axes
        The panel.
    rows : sequence of mapping
        Bins: ``confidence``, ``estimate``, ``low``, ``high``.
    subject : Subject
        The language of the words.
    """
    from matplotlib.ticker import FuncFormatter

    w = words(subject.language)
    axes.plot([0, 1], [0, 1], color=style.FAINT, linewidth=1.0, zorder=1)
    for row in rows:
        x = row["confidence"]
        if not is_unknown(row["low"]):
            axes.plot([x, x], [row["low"], row["high"]], color=style.HUES[0], linewidth=1.8, zorder=2)
        axes.scatter([x], [row["estimate"]], color=style.HUES[0], s=34, edgecolor="white", zorder=3)
        tell(axes, x, row["estimate"], interval(row["estimate"], row["low"], row["high"], "share"))
    least = min([0.5, *(float(r["confidence"]) for r in rows), *(float(r["low"]) for r in rows)])
    floor = max(0.0, round(least - 0.06, 1))
    axes.set_xlim(floor, 1.01)
    axes.set_ylim(floor, 1.01)
    percent_ticks(axes)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: percent(v)))
    axes.set_xlabel(w["axis.confidence"])
    axes.set_ylabel(w["axis.right"])
