"""How many topics: what each number that was fitted is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from discourse.report.figures import style
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Columns of the table, each a panel.
MEASURES = ("held_out", "npmi", "coherence", "exclusivity", "stability")
_PANELS, _ROWS = 3, 2


def choosing_k(rows: pd.DataFrame, subject: Subject, title: str) -> Figure:
    """Draw each measure over the numbers of topics that were fitted.

    Parameters
    ----------
    rows : DataFrame
        :data:`discourse.tables.TOPIC_GRID`.
    subject : Subject
        The language.
    title : str
        What is seen.

    Returns
    -------
    Figure
        One panel a measure, over a true axis of numbers: a gap in the grid is a gap in the figure.  The
        recommended number has a filled mark, the others are open; a dashed line stands at the one that the
        report uses.
    """
    from matplotlib.ticker import MaxNLocator

    w = words(subject.language)
    numbers = rows["n_topics"].astype(int).tolist()
    chosen = rows["chosen"].fillna(False).astype(bool).tolist()
    marked = rows["used"].fillna(False).astype(bool) if "used" in rows.columns else rows["chosen"] & False
    used = rows.loc[marked.astype(bool), "n_topics"].astype(int).tolist()
    with style.drawing():
        figure = style.canvas(20 + 27 * _ROWS, title)
        panels = figure.subplots(_ROWS, _PANELS, sharex=True, squeeze=False).flatten()
        for place, (axes, name) in enumerate(zip(panels, MEASURES, strict=False)):
            values = rows[name].astype(float).tolist()
            for k in used:
                axes.axvline(k, color=style.FAINT, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)
            axes.plot(numbers, values, color=style.SOFT, linewidth=1.0, zorder=1)
            faces = [style.HUES[0] if best else "white" for best in chosen]
            axes.scatter(numbers, values, s=26, c=faces, edgecolors=style.HUES[0], linewidths=1.0, zorder=2)
            style.panel_title(axes, w[f"grid.{name}"], under_title=place < _PANELS)
            axes.margins(y=0.25)
            axes.yaxis.set_major_locator(MaxNLocator(nbins=3))
            # the panel below, where there is one, carries the numbers
            axes.tick_params(labelbottom=place + _PANELS >= len(MEASURES))
        panels[0].set_xticks(numbers, [str(k) for k in numbers])
        for axes in panels[len(MEASURES) :]:
            axes.remove()
        figure.supxlabel(w["axis.n_topics"], fontsize=8, color=style.SOFT)
    return figure
