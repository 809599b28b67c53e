"""Dots and intervals: the workhorse of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discourse.report.figures import style
from discourse.report.figures.told import tell
from discourse.report.numerals import UNKNOWN, count, decimal, is_unknown, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Mark:
    """One dot with its interval, on a row; ``said`` is what it says to one who points at it."""

    row: int
    estimate: float
    low: float
    high: float
    color: str
    marker: str
    offset: float = 0.0
    said: str = ""

    @property
    def known(self) -> bool:
        """True if there is something to draw."""
        return not is_unknown(self.estimate)


def draw_marks(axes: Axes, marks: Sequence[Mark], *, size: float = 34.0) -> None:
    """Draw dots and intervals on rows.

    Parameters
    ----------
    axes : Axes
        Where to draw.
    marks : sequence of Mark
        What to draw; unknown ones are passed over.
    size : float
        Area of a dot.  Unit: square points.
    """
    known = [m for m in marks if m.known]
    for mark in known:
        y = mark.row + mark.offset
        tell(axes, mark.estimate, y, mark.said or value_text(mark.estimate, mark.low, mark.high), in_row=True)
        if not is_unknown(mark.low):
            axes.plot([mark.low, mark.high], [y, y], color=mark.color, linewidth=1.8, alpha=0.9, zorder=2)
    for shape, color in dict.fromkeys((m.marker, m.color) for m in known):
        chosen = [m for m in known if (m.marker, m.color) == (shape, color)]
        axes.scatter(
            [m.estimate for m in chosen],
            [m.row + m.offset for m in chosen],
            color=color,
            marker=shape,
            s=size,
            zorder=3,
            linewidth=0.6,
            edgecolor="white",
        )


def dot_and_line(
    axes: Axes,
    row: Mapping[Any, Any],
    y: float,
    *,
    color: str,
    marker: str = "o",
    size: float = 5.5,
    filled: bool = True,
    width: float = 1.6,
) -> None:
    """Draw an estimate and its interval.

    Parameters
    ----------
    axes : Axes
        Where to draw.
    row : mapping
        ``estimate``, ``low`` and ``high``.
    y : float
        The row of the figure.
    color, marker : str
        Of the group, or of what the rows are about.
    size, width : float
        Of the dot and of the line.  Unit: points.
    filled : bool
        False for a hollow dot.
    """
    axes.plot([row["low"], row["high"]], [y, y], color=color, linewidth=width, zorder=2)
    axes.plot(
        row["estimate"], y, marker, markersize=size, color=color, zorder=3,
        markerfacecolor=color if filled else "white",
    )  # fmt: skip


def symmetric(values: Sequence[float], least: float = 0.2) -> tuple[float, float]:
    """Choose limits around zero that hold all values.

    Examples
    --------
    >>> symmetric([0.1, -0.37])
    (-0.4, 0.4)
    """
    reach = max([least, *(abs(v) for v in values if not is_unknown(v))])
    reach = min(1.0, -(-reach * 1.02 // 0.1) * 0.1)
    return -round(reach, 2), round(reach, 2)


def margin_text(axes: Axes, row: float, text: str, *, column: float = 6.0, **style_of_text: Any) -> None:
    """Write beside a row, right of the axes; ``column`` is the distance from them in points."""
    settings: dict[str, Any] = {"va": "center", "ha": "left", "fontsize": 7.5, "color": style.SOFT}
    axes.annotate(
        text,
        (1.0, row),
        xycoords=("axes fraction", "data"),
        xytext=(column, 0),
        textcoords="offset points",
        annotation_clip=False,
        **(settings | style_of_text),
    )


def score_ticks(axes: Axes) -> None:
    """Print scores with two decimals and a real minus sign."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: decimal(v, 1)))


def percent_ticks(axes: Axes) -> None:
    """Print shares in percent."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: percent(v)))


def ratio_ticks(axes: Axes, ends: Sequence[float]) -> None:
    """Lay ratios out on a logarithmic scale around one, the line of no difference.

    Parameters
    ----------
    axes : Axes
        Where the ratios are drawn.
    ends : sequence of float
        Ends of the intervals, which must be seen; those beyond a twentieth and twenty are cut.
    """
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    low, high = max(min([1.0, *ends]), 0.05) / 1.1, min(max([1.0, *ends]), 20.0) * 1.1
    axes.axvline(1.0, color=style.SOFT, linewidth=0.8, zorder=1)
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    marks = [v for v in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0) if low <= v <= high]
    axes.xaxis.set_major_locator(FixedLocator(marks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: decimal(v, 1)))


def value_text(estimate: float, low: float, high: float) -> str:
    """Print an estimate and its interval for the margin of a figure.

    Examples
    --------
    >>> value_text(0.2, 0.1, 0.3)
    '0.20 [0.10, 0.30]'
    """
    if is_unknown(estimate):
        return UNKNOWN
    if is_unknown(low):
        return decimal(estimate)
    return f"{decimal(estimate)} [{decimal(low)}, {decimal(high)}]"


def n_text(n: Any) -> str:
    """Print the number behind a dot.

    Examples
    --------
    >>> n_text(1200)
    'n = 1,200'
    """
    return "" if is_unknown(n) else f"n = {count(n)}"
