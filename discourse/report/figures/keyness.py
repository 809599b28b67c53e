"""Words that set two groups apart: how often they are used against how far they lean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from discourse.report.figures import style
from discourse.report.numerals import count, decimal
from discourse.report.selection import typical_words
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABELLED = 12


def words_apart(rows: pd.DataFrame, subject: Subject, title: str) -> Figure:
    """Draw the words of one comparison after Monroe, Colaresi and Quinn (2008).

    Parameters
    ----------
    rows : DataFrame
        The keyness of one language and pair of groups, sorted by ``log_odds_z``.
    subject : Subject
        Labels and hues.
    title : str
        What is seen.

    Returns
    -------
    Figure
        Words of the focus group above, of the reference group below; the surest are named.
    """
    w = words(subject.language)
    focus, reference = str(rows["group_a"].iloc[0]), str(rows["group_b"].iloc[0])
    with style.drawing():
        figure = style.canvas(84, title)
        axes = figure.subplots()
        axes.axhline(0, color=style.SOFT, linewidth=0.8)
        _dots(axes, rows, style.SOFT, 7)
        for side, group in ((1, focus), (-1, reference)):
            chosen = typical_words(rows, side, LABELLED)
            _dots(axes, chosen, style.hue(subject, group), 16)
            _name_words(axes, chosen, side, group, subject)
        _frame(axes, rows, w)
    return figure


def _uses(rows: pd.DataFrame) -> pd.Series[float]:
    # a hidden side is left out of the position: the dot then shows the side that is known
    return (rows["n_a"].fillna(0) + rows["n_b"].fillna(0)).astype("float64").clip(lower=1.0)


def _dots(axes: Axes, rows: pd.DataFrame, color: str, size: float) -> None:
    import seaborn as sns

    if len(rows):
        sns.scatterplot(
            x=_uses(rows).to_numpy(),
            y=rows["log_odds_z"].to_numpy(dtype="float64"),
            color=color,
            s=size,
            linewidth=0,
            alpha=0.85,
            ax=axes,
            legend=False,
            zorder=3,
        )


def _name_words(axes: Axes, rows: pd.DataFrame, side: int, group: str, subject: Subject) -> None:
    """List the named words right of the axes, in order, each joined to its dot by a hair line."""
    w = words(subject.language)
    color = style.hue(subject, group)
    head = w["typical_of"].format(group=style.label(subject.group(group), subject.language, 18))
    y = 1.0 if side > 0 else 0.47
    axes.text(1.04, y, head, transform=axes.transAxes, color=color, fontsize=8, fontweight="bold", va="top")
    for i, (word, z, x) in enumerate(zip(rows["word"], rows["log_odds_z"], _uses(rows), strict=True)):
        column, line = divmod(i, (LABELLED + 1) // 2)
        place = (1.05 + 0.2 * column, y - 0.075 - 0.066 * line)
        axes.text(
            *place,
            style.label(str(word), subject.language, 11),
            transform=axes.transAxes,
            fontsize=8,
            va="center",
        )
        del x, z


def _frame(axes: Axes, rows: pd.DataFrame, w: dict[str, str] | Sequence[str] | object) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    assert isinstance(w, dict)
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(base=10, subs=(1.0, 2.0, 5.0)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: count(v)))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: decimal(v, 0)))
    axes.set_xlabel(w["axis.uses"])
    axes.set_ylabel(w["axis.z"], color=style.SOFT)
    reach = max(2.0, float(rows["log_odds_z"].abs().max())) * 1.1
    axes.set_ylim(-reach, reach)
    axes.tick_params(axis="y", labelcolor=style.SOFT)
