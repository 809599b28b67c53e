"""Days: how many posts, and how they stand, with the events as lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from discourse.report.figures import style
from discourse.report.figures.intervals import symmetric
from discourse.report.figures.told import colon, tell
from discourse.report.numerals import count, decimal, interval, is_unknown, short_date
from discourse.report.subject import Subject
from discourse.report.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Series = Sequence[tuple[str, pd.DataFrame]]

# height of a name.  Unit: share of the height of a panel
_NAME = 0.16


def day_by_day(
    volumes: Series,
    means: Series,
    events: Sequence[tuple[str, str]],
    subject: Subject,
    title: str,
    *,
    outside: Series = (),
    phases: Sequence[tuple[str, str]] = (),
) -> Figure:
    """Draw the posts a day and, below, the mean stance a day with its interval.

    Parameters
    ----------
    volumes, means : sequence of (group, frame)
        One daily series a group, with ``day``, ``estimate``, ``low``, ``high``; NA days stay gaps.
    events : sequence of (day, name)
        Lines to draw, numbered in the figure and named below it.
    subject : Subject
        Labels and hues.
    title : str
        What is seen.
    outside : sequence of (label, frame)
        Series that others counted, with ``day`` and ``value``, each drawn below in axes of its own.
    phases : sequence of (first day, last day)
        Spans of days; every second one is shaded.

    Returns
    -------
    Figure
        The figure, not yet saved.
    """
    w = words(subject.language)
    panels = [("axis.posts", volumes), ("axis.day_mean", means)]
    panels = [(key, series) for key, series in panels if series]
    days = [_day(d) for _, series in panels for _, frame in series for d in frame["day"]]
    with style.drawing():
        figure = style.canvas(18 + 27 * len(panels) + 22 * len(outside), title)
        heights = [27.0] * len(panels) + [22.0] * len(outside)
        everything = figure.subplots(len(heights), 1, sharex=True, squeeze=False, height_ratios=heights)[:, 0]
        all_axes = everything[: len(panels)]
        for axes, (label, frame) in zip(everything[len(panels) :], outside, strict=True):
            _draw_outside(axes, label, frame, (min(days), max(days)), subject)
        _shade(list(everything), phases)
        for axes, (key, series) in zip(all_axes, panels, strict=True):
            _draw_series(axes, series, subject, with_band=key == "axis.day_mean")
            style.panel_title(axes, w[key], under_title=axes is all_axes[0])
        _draw_events(list(everything), events)
        _day_axis(everything[-1], [series for _, series in panels], subject)
    return figure


def _draw_outside(
    axes: Axes, label: str, frame: pd.DataFrame, span: tuple[int, int], subject: Subject
) -> None:
    """Draw a series that others counted, within the days of the posts."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    inside = frame[[span[0] <= _day(day) <= span[1] for day in frame["day"]]]
    frame_of = " ({})" if subject.language == "en" else "（{}）"
    counted = frame_of.format(words(subject.language)["outside"])
    style.panel_title(axes, style.label(label, subject.language, 60) + counted)
    places = [_day(day) for day in inside["day"]]
    axes.plot(places, inside["value"], color=style.INK, linewidth=1.2, marker="o", markersize=2.0, zorder=3)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: count(v) if abs(v) >= 10 else decimal(v, 1)))
    axes.grid(axis="y", visible=True)
    axes.tick_params(axis="y", length=0, labelcolor=style.SOFT)
    axes.spines["left"].set_visible(False)


def _shade(all_axes: Sequence[Axes], phases: Sequence[tuple[str, str]]) -> None:
    for axes in all_axes:
        for first, last in phases[1::2]:
            axes.axvspan(
                _day(first) - 0.5, _day(last) + 0.5, color=style.PALE, alpha=0.6, linewidth=0, zorder=0
            )


def _day(text: Any) -> int:
    """Number a day, so that days lie evenly on an axis of numbers."""
    return dt.date.fromisoformat(str(text)[:10]).toordinal()


def _draw_series(axes: Axes, series: Series, subject: Subject, *, with_band: bool) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    ends = []
    for group, frame in series:
        days, values = _whole_range(frame)
        color = style.hue(subject, group)
        axes.plot(days, values["estimate"], color=color, linewidth=1.4, marker="o", markersize=2.2, zorder=3)
        if with_band:
            axes.fill_between(
                days, values["low"], values["high"], color=color, alpha=0.14, linewidth=0, zorder=2
            )
        _tell_days(axes, days, values, subject, group)
        ends.append((float(values["estimate"].dropna().iloc[-1]), group))
    if with_band:
        axes.axhline(0, color=style.SOFT, linewidth=0.8, zorder=1)
        axes.set_ylim(*symmetric([v for _, f in series for v in (*f["low"].dropna(), *f["high"].dropna())]))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: decimal(v, 1)))
    else:
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: count(v)))
    _name_lines(axes, ends, subject)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10], integer=not with_band))
    axes.grid(axis="y", visible=True)
    axes.tick_params(axis="y", length=0, labelcolor=style.SOFT)
    axes.spines["left"].set_visible(False)


def _tell_days(axes: Axes, days: Sequence[int], values: pd.DataFrame, subject: Subject, group: str) -> None:
    for day, row in zip(days, values.to_dict("records"), strict=True):
        if is_unknown(row["estimate"]):
            continue
        whole = is_unknown(row["low"])
        shown = (
            count(row["estimate"]) if whole else interval(row["estimate"], row["low"], row["high"], "mean")
        )
        on = short_date(dt.date.fromordinal(day), subject.language)
        name = subject.group(group)
        tell(axes, day, row["estimate"], f"{on} · {name}{colon(name)}{shown}")


def _whole_range(frame: pd.DataFrame) -> tuple[list[int], pd.DataFrame]:
    """Put a gap where a day is missing, so that no line bridges it."""
    known = {_day(row["day"]): row for row in frame.to_dict("records")}
    first, last = min(known), max(known)
    days = list(range(first, last + 1))
    empty = {"estimate": float("nan"), "low": float("nan"), "high": float("nan")}
    rows = [{k: known.get(day, empty)[k] for k in empty} for day in days]
    return days, pd.DataFrame(rows).astype("float64")


def _name_lines(axes: Axes, ends: Sequence[tuple[float, str]], subject: Subject) -> None:
    """Name each group beside the axes, as near to the end of its line as the other names allow."""
    low, high = axes.get_ylim()
    ordered = sorted(ends)
    places = _apart([(value - low) / (high - low) for value, _ in ordered])
    for place, (_, group) in zip(places, ordered, strict=True):
        axes.annotate(
            style.label(subject.group(group), subject.language, 16),
            (1.0, place),
            xycoords="axes fraction",
            xytext=(6, 0),
            textcoords="offset points",
            annotation_clip=False,
            color=style.hue(subject, group),
            fontsize=8,
            fontweight="bold",
            va="center",
        )


def _apart(places: Sequence[float]) -> list[float]:
    """Push places in ascending order apart until names fit between them, within the axes if there is room.

    Examples
    --------
    >>> [round(place, 2) for place in _apart([0.0, 0.01, 0.9])]
    [0.0, 0.16, 0.9]
    """
    apart: list[float] = []
    for place in places:
        apart.append(max(place, apart[-1] + _NAME) if apart else max(place, 0.0))
    over = apart[-1] - 1.0 if apart else 0.0
    for i in range(len(apart) - 1, -1, -1):
        room = 1.0 - _NAME * (len(apart) - 1 - i)
        apart[i] = min(apart[i], room) if over > 0 else apart[i]
    return apart


def _draw_events(all_axes: Sequence[Axes], events: Sequence[tuple[str, str]]) -> None:
    top = all_axes[0]
    days = [_day(day) for day, _ in events]
    for axes in all_axes:
        for day in days:
            axes.axvline(day, color=style.INK, linewidth=0.7, linestyle=(0, (2, 2)), zorder=1)
    low, high = top.get_xlim()
    raised = False
    for number, day in enumerate(days, start=1):
        # a number too near to the one before is put higher
        near = number > 1 and day - days[number - 2] < 0.04 * (high - low)
        raised = near and not raised
        top.annotate(
            str(number),
            (day, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 14 if raised else 5),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=6.5,
            color="white",
            annotation_clip=False,
            bbox={"boxstyle": "circle,pad=0.25", "facecolor": style.INK, "edgecolor": "none"},
        )


def _day_axis(axes: Axes, panels: Sequence[Series], subject: Subject) -> None:
    days = sorted({_day(d) for series in panels for _, frame in series for d in frame["day"]})
    span = days[-1] - days[0] + 1
    step = max(1, -(-span // 8))
    ticks = list(range(days[0], days[-1] + 1, step))
    axes.set_xticks(ticks, [short_date(dt.date.fromordinal(day), subject.language) for day in ticks])
    axes.set_xlim(days[0] - 0.5, days[-1] + 0.5)
