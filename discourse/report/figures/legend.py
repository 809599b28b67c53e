"""The names of groups above a figure, each in its hue and with its marker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discourse.report.figures import style
from discourse.report.subject import Subject
from discourse.report.widths import width_of

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.text import Text

# letters that fit on one line of a figure, and those that a marker and its gaps take
_LINE = 84
_MARK = 7


def name_groups(axes: Axes, subject: Subject, groups: Sequence[str]) -> None:
    """Name the groups of a figure above its axes.

    Parameters
    ----------
    axes : Axes
        The axes below.
    subject : Subject
        Labels and hues.
    groups : sequence of str
        Names of the groups, in order.
    """
    from matplotlib.lines import Line2D

    handles = [
        Line2D(
            [],
            [],
            color=style.hue(subject, group),
            marker=style.marker(subject, group),
            markersize=5,
            linewidth=1.8,
            label=style.label(subject.group(group), subject.language),
        )
        for group in groups
    ]
    for text, group in zip(put_above(axes, handles), groups, strict=True):
        text.set_color(style.hue(subject, group))
        text.set_fontweight("bold")


def put_above(axes: Axes, handles: Sequence[Artist], handlelength: float = 1.6) -> list[Text]:
    """Put a key above the axes, from the left edge of the figure.

    Parameters
    ----------
    axes : Axes
        The axes below.
    handles : sequence of Artist
        Labelled artists.
    handlelength : float
        Length of a mark.  Unit: font sizes.

    Returns
    -------
    list of Text
        The names, for colouring.

    Notes
    -----
    The key takes no part in the layout, for a wide one would squeeze the axes; an empty title keeps its room.
    """
    from matplotlib.transforms import blended_transform_factory

    if not handles or axes.figure is None:
        return []
    widest = max(width_of(str(handle.get_label())) for handle in handles) + _MARK
    columns = max(1, min(len(handles), _LINE // widest))
    lines = -(-len(handles) // columns)
    axes.set_title("\n".join([" "] * lines), fontsize=9, pad=4)
    legend = axes.legend(
        handles=list(handles),
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        bbox_transform=blended_transform_factory(axes.figure.transFigure, axes.transAxes),
        ncols=columns,
        frameon=False,
        handlelength=handlelength,
        handletextpad=0.6,
        columnspacing=1.6,
        borderaxespad=0.2,
        borderpad=0.1,
        fontsize=8,
    )
    legend.set_in_layout(False)
    return list(legend.get_texts())
