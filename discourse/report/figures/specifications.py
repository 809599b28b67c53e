"""The specification curve: figures sorted, with their intervals, over a matrix of the choices behind each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.report.figures import style
from discourse.report.figures.legend import put_above
from discourse.report.figures.told import tell
from discourse.report.numerals import Language, decimal, interval, is_unknown, percent
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CHOICES = ("groups", "neutral", "scorer", "duplicates", "mentions", "languages", "k")
_CURVE, _ROW = 46.0, 3.9  # millimetres


def specification_figure(
    table: pd.DataFrame, bound: float, language: Language, title: str, outcome: str
) -> Figure:
    """Draw the specification curve of one question.

    Parameters
    ----------
    table : DataFrame
        :data:`discourse.tables.SPECIFICATIONS` of one question, rows with a figure.
    bound : float
        The value that the figure is compared with.
    language : {"en", "zh"}
        Language of the words.
    title : str
        What is seen.
    outcome : str
        Outcome of the question, such as ``balance:refugees``.

    Returns
    -------
    Figure
        The figure, not yet saved.

    Notes
    -----
    Simonsohn, Simmons and Nelson (2020) doi:10.1038/s41562-020-0912-z.
    """
    rows = table.sort_values(["estimate", "key"], kind="stable").reset_index(drop=True)
    options = shown_options(rows)
    lines = sum(len(values) for _, values in options)
    with style.drawing():
        figure = style.canvas(_CURVE + 8 + _ROW * (lines + 0.6 * len(options)), title)
        if options:
            heights = [_CURVE, _ROW * (lines + 0.6 * len(options))]
            top, below = figure.subplots(2, 1, sharex=True, height_ratios=heights)
            _matrix(below, rows, options, language)
        else:
            top = figure.subplots(1, 1)
        _curve(top, rows, bound, language, outcome)
    return figure


def shown_options(rows: pd.DataFrame) -> list[tuple[str, list[Any]]]:
    """List the choices that were varied with their options, in a stable order.

    Examples
    --------
    >>> rows = pd.DataFrame({name: ["a", "b"] if name == "groups" else ["x", "x"] for name in CHOICES})
    >>> shown_options(rows)
    [('groups', ['a', 'b'])]
    """
    found = [(name, _in_order(rows, name)) for name in CHOICES]
    return [(name, values) for name, values in found if len(values) > 1]


def _in_order(rows: pd.DataFrame, name: str) -> list[Any]:
    """Put the declared option first, others as text or number."""
    values = sorted(rows[name].dropna().unique().tolist()) if name in rows.columns else []
    if name in ("neutral", "k"):
        return values  # numbers go in their own order
    usual = rows.loc[rows["declared"], name].unique().tolist() if "declared" in rows else []
    return [*usual, *(value for value in values if value not in usual)]


def option_text(choice: str, option: Any, language: Language) -> str:
    """Say an option in words; the name of an instrument and a number stand as they are.

    Examples
    --------
    >>> option_text("neutral", 0.15, "en"), option_text("languages", "zh", "en")
    ('0.15', 'Chinese only')
    """
    if isinstance(option, float):
        return decimal(option)
    return words(language).get(f"option.{choice}.{option}", str(option))


def _curve(axes: Axes, rows: pd.DataFrame, bound: float, language: Language, outcome: str) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    w = words(language)
    place = np.arange(len(rows))
    share = outcome.partition(":")[0] != "stance"
    wide = max(0.35, min(2.0, 160.0 / max(len(rows), 1)))
    for declared, color, order in ((False, style.SOFT, 2), (True, style.HUES[0], 4)):
        some = (rows["declared"] == declared).to_numpy()
        part = rows[some]
        axes.vlines(
            place[some],
            part["low"],
            part["high"],
            color=color,
            linewidth=wide,
            alpha=1.0 if declared else 0.45,
            zorder=order,
        )
        axes.scatter(
            place[some],
            part["estimate"],
            s=30 if declared else 5,
            color=color,
            zorder=order + 1,
            linewidths=0,
        )
    axes.axhline(bound, color=style.INK, linewidth=0.8, zorder=1)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: percent(v) if share else decimal(v)))
    axes.grid(axis="y", visible=True)
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.tick_params(axis="y", length=0, labelcolor=style.SOFT)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlim(-1, len(rows))
    axes.set_xlabel(w["curve.rank"] if not shown_options(rows) else "")
    handles = [
        Line2D([], [], color=color, marker="o", markersize=size, linewidth=1.2, label=w[key])
        for color, size, key in ((style.HUES[0], 5, "curve.declared"), (style.SOFT, 3, "curve.other"))
    ]
    put_above(axes, handles)
    for i, row in enumerate(rows.to_dict("records")):
        if row["declared"] or i in (0, len(rows) - 1):
            tell(axes, i, row["estimate"], _said(row, outcome, language))


def _said(row: dict[Any, Any], outcome: str, language: Language) -> str:
    measure = {"stance": "mean", "coverage": "share", "topic": "share"}.get(
        outcome.partition(":")[0], outcome.partition(":")[0]
    )
    known = [name for name in CHOICES if not is_unknown(row.get(name))]
    chosen = ", ".join(option_text(name, row[name], language) for name in known)
    return f"{interval(row['estimate'], row['low'], row['high'], measure)} ({chosen})"


def _matrix(
    axes: Axes, rows: pd.DataFrame, options: Sequence[tuple[str, list[Any]]], language: Language
) -> None:
    w = words(language)
    labels: list[str] = []
    places: list[float] = []
    line = 0.0
    size = max(5.0, min(16.0, 2000.0 / max(len(rows), 1)))
    for choice, values in options:
        axes.text(
            -0.01,
            line - 0.15,
            w[f"choice.{choice}"],
            transform=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            fontsize=7.5,
            fontweight="bold",
            color=style.INK,
        )
        line += 0.85
        for value in values:
            inside = (rows[choice] == value).to_numpy()
            declared = inside & rows["declared"].to_numpy(dtype=bool)
            axes.scatter(
                np.flatnonzero(inside),
                np.full(int(inside.sum()), line),
                s=size,
                marker="|",
                color=style.SOFT,
                linewidths=max(0.5, min(1.6, 130.0 / max(len(rows), 1))),
            )
            axes.scatter(
                np.flatnonzero(declared),
                np.full(int(declared.sum()), line),
                s=22,
                color=style.HUES[0],
                zorder=4,
                linewidths=0,
            )
            labels.append(style.label(option_text(choice, value, language), language, 24))
            places.append(line)
            line += 1.0
        line += 0.35
    axes.set_yticks(places, labels)
    axes.set_ylim(line - 0.4, -0.7)
    axes.tick_params(axis="y", length=0, labelcolor=style.SOFT, labelsize=7.5)
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlabel(w["curve.rank"])
