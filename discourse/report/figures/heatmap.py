"""Fields of a table as colours: the value in each, framed where it is sure, hatched where it is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from discourse.report.figures import style
from discourse.report.figures.told import tell

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import QuadMesh
    from matplotlib.colors import Colormap

#: Brown below, green-blue above: told apart without red and green.
AROUND_ZERO = "BrBG"


@dataclass(frozen=True)
class Field:
    """A field: its value (NaN where it is hidden), its text, and what it says to one who points at it."""

    value: float
    text: str = ""
    said: str = ""
    sure: bool = False


def heatmap(
    axes: Axes,
    fields: Sequence[Sequence[Field]],
    *,
    low: float,
    high: float,
    colors: str | Colormap = AROUND_ZERO,
    size: float = 7.5,
) -> QuadMesh:
    """Draw fields, the first row on top; the middle of a field lies at a half.

    Parameters
    ----------
    axes : Axes
        Where to draw.
    fields : sequence of sequence of Field
        Row by row.
    low, high : float
        Values of the first and the last colour.
    colors : str or Colormap
        The colours between them.
    size : float
        Size of the letters.  Unit: points.

    Returns
    -------
    QuadMesh
        For a scale of the colours.
    """
    values = np.array([[field.value for field in line] for line in fields], dtype=np.float64)
    mesh = axes.pcolormesh(
        np.ma.masked_invalid(values), cmap=colors, vmin=low, vmax=high, edgecolors="white", linewidth=1.2
    )
    axes.set_ylim(len(values), 0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)
    for i, line in enumerate(fields):
        for j, field in enumerate(line):
            dark = not np.isnan(field.value) and _is_dark(mesh.to_rgba(np.array([field.value]))[0])
            _write(axes, (i, j), field, dark=dark, size=size)
    return mesh


def scale_of_colours(axes: Axes, mesh: QuadMesh, label: str) -> None:
    """Put the scale of the colours beside a heatmap."""
    bar = axes.figure.colorbar(mesh, ax=axes, shrink=0.7)
    bar.outline.set_linewidth(0)
    bar.set_label(label)


def name_fields(axes: Axes, rows: Sequence[str], columns: Sequence[str], *, slanted: bool = False) -> None:
    """Name rows on the left and columns on top."""
    axes.set_yticks([i + 0.5 for i in range(len(rows))], list(rows))
    axes.set_xticks([j + 0.5 for j in range(len(columns))], list(columns))
    axes.tick_params(labeltop=True, labelbottom=False)  # those on top are others: first shown
    if slanted:
        for tick in axes.get_xticklabels():
            tick.set(rotation=30, ha="left", rotation_mode="anchor")


def _is_dark(color: Sequence[float]) -> bool:
    """Whether white letters are read more easily on a ground than dark ones."""
    red, green, blue = color[:3]
    return bool(0.3 * red + 0.59 * green + 0.11 * blue < 0.5)


def _write(axes: Axes, place: tuple[int, int], field: Field, *, dark: bool, size: float) -> None:
    from matplotlib.patches import Rectangle

    i, j = place
    if np.isnan(field.value):
        hidden = Rectangle((j + 0.02, i + 0.03), 0.96, 0.94, fill=False, hatch="////", lw=0)
        hidden.set_edgecolor(style.FAINT)
        axes.add_patch(hidden)
        return
    axes.text(
        j + 0.5,
        i + 0.5,
        field.text,
        ha="center",
        va="center",
        fontsize=size,
        fontweight="bold" if field.sure else "normal",
        color="white" if dark else style.INK,
    )
    if field.sure:
        axes.add_patch(Rectangle((j + 0.03, i + 0.05), 0.94, 0.9, fill=False, edgecolor=style.INK, lw=1.2))
    if field.said:
        tell(axes, j + 0.5, i + 0.5, field.said)
