"""A trained instrument: what more codes would bring, and whether its confidence means what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.report.figures import style
from discourse.report.figures.told import tell
from discourse.report.figures.validation import calibration_panel
from discourse.report.numerals import count, percent
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def trained(curve: pd.DataFrame, bins: Sequence[Mapping[Any, Any]], subject: Subject, title: str) -> Figure:
    """Draw the learning curve and the calibration of a trained instrument, or the one that there is.

    Parameters
    ----------
    curve : DataFrame
        :data:`discourse.tables.LEARNING_CURVE` of one instrument; may be empty.
    bins : sequence of mapping
        Rows of :data:`discourse.tables.TRAINED_CALIBRATION` of one instrument; may be empty.
    subject : Subject
        The language of the words.
    title : str
        What is seen.

    Returns
    -------
    Figure
        Rings are single draws, the line their mean, over a true axis of numbers of codes.
    """
    panels = [name for name, there in (("curve", len(curve)), ("bins", len(bins))) if there]
    with style.drawing():
        figure = style.canvas(52, title)
        drawn = dict(zip(panels, figure.subplots(1, len(panels), squeeze=False)[0], strict=True))
        if "curve" in drawn:
            _curve(drawn["curve"], curve, subject)
        if "bins" in drawn:
            calibration_panel(drawn["bins"], bins, subject)
    return figure


def _curve(axes: Axes, curve: pd.DataFrame, subject: Subject) -> None:
    from matplotlib.ticker import FuncFormatter

    w = words(subject.language)
    sizes, reached = curve["n_training"].astype(int), curve["macro_f1"].astype(float)
    means = reached.groupby(sizes).mean()
    axes.plot(means.index, means.to_numpy(), color=style.HUES[0], linewidth=1.4, zorder=1)
    axes.scatter(sizes, reached, s=24, c="white", edgecolors=style.HUES[0], linewidths=1.0, zorder=2)
    for size, value in zip(sizes, reached, strict=True):
        tell(axes, float(size), value, f"{count(size)}: {percent(value)}")
    axes.set_xlim(0, 1.05 * int(sizes.max()))
    axes.set_ylim(max(0.0, round(float(reached.min()) - 0.06, 1)), min(1.0, float(reached.max()) + 0.06))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: percent(v)))
    axes.set_xlabel(w["axis.trained_on"])
    axes.set_ylabel(w["macro_f1"])
