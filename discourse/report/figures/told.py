"""What a figure says at each mark, for readers who point at it or step through it with the keyboard.

A drawing function tells the value of each mark while it draws.  Axes of which nothing was told are read back
from what was drawn on them: dots, bars, points of lines and fields of a heatmap, with the words of the axes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, WeakSet

from discourse.report.numerals import count, decimal, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Value:
    """A mark and what it says.

    Parameters
    ----------
    x, y : float
        Place of the mark, from the left and from the top.  Unit: shares of width and height of the figure.
    text : str
        Its value in words.
    """

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class _Mark:
    axes: Axes
    x: float
    y: float
    text: str
    in_row: bool


_TOLD: WeakKeyDictionary[Figure, list[_Mark]] = WeakKeyDictionary()
_SHADED: WeakSet[Figure] = WeakSet()


def tell(axes: Axes, x: float, y: float, text: str, *, in_row: bool = False) -> None:
    """Say what a mark means.

    Parameters
    ----------
    axes : Axes
        Where the mark is drawn.
    x, y : float
        Its place, in the units of the axes.
    text : str
        Its value in words.
    in_row : bool
        True if the names of the row and, if it has one, of the column belong in front of the text.
    """
    figure = axes.get_figure(root=True)
    if figure is not None:
        _TOLD.setdefault(figure, []).append(_Mark(axes, float(x), float(y), text, in_row))


def shades(figure: Figure) -> None:
    """Note that shades of a figure mean more and less, so that dark and light must not change places."""
    _SHADED.add(figure)


def is_shaded(figure: Figure) -> bool:
    """Say whether shades of a figure mean more and less: noted as such, or a heatmap.

    Examples
    --------
    >>> from discourse.report.figures.style import canvas, drawing
    >>> with drawing():
    ...     figure = canvas(40)
    >>> is_shaded(figure)
    False
    """
    from matplotlib.collections import QuadMesh
    from matplotlib.image import AxesImage

    return figure in _SHADED or bool(figure.findobj(QuadMesh) or figure.findobj(AxesImage))


def told(figure: Figure) -> list[Value]:
    """List what a figure says, mark by mark, once it has its layout.

    Parameters
    ----------
    figure : Figure
        A figure that was saved or drawn at least once.

    Returns
    -------
    list of Value
        In the order of drawing; marks outside of the figure are left out.

    Examples
    --------
    >>> from discourse.report.figures.style import canvas, drawing
    >>> with drawing():
    ...     figure = canvas(40)
    ...     axes = figure.subplots()
    ...     tell(axes, 0.5, 0.5, "0.50")
    ...     figure.draw_without_rendering()
    >>> [value.text for value in told(figure)]
    ['0.50']
    """
    marks = list(_TOLD.get(figure, []))
    silent = [
        axes
        for axes in figure.axes
        # the scale of the colours of a heatmap says nothing of its own
        if axes.get_label() != "<colorbar>" and not any(mark.axes is axes for mark in marks)
    ]
    marks += [mark for axes in silent for mark in _read(axes)]
    found = [_placed(figure, mark) for mark in marks]
    return [value for value in found if 0 <= value.x <= 1 and 0 <= value.y <= 1]


def colon(head: str) -> str:
    """Choose the colon behind a word: the Chinese one is as wide as a character.

    Examples
    --------
    >>> colon("Hosts"), colon("原住民")
    (': ', '：')
    """
    return "：" if "\u3400" <= head[-1:] <= "\u9fff" else ": "


def _placed(figure: Figure, mark: _Mark) -> Value:
    if not (math.isfinite(mark.x) and math.isfinite(mark.y)):
        return Value(-1.0, -1.0, mark.text)
    x, y = mark.axes.transData.transform((mark.x, mark.y))
    names = [_tick(mark.axes.yaxis, mark.y), _tick(mark.axes.xaxis, mark.x)] if mark.in_row else []
    head = " · ".join(name for name in names if name)
    text = f"{head}{colon(head)}{mark.text}" if head and not mark.text.startswith(head) else mark.text
    return Value(float(x / figure.bbox.width), float(1.0 - y / figure.bbox.height), text)


def _read(axes: Axes) -> Iterator[_Mark]:
    yield from _dots(axes)
    yield from _bars(axes)
    yield from _points(axes)
    yield from _fields(axes)


def _dots(axes: Axes) -> Iterator[_Mark]:
    from matplotlib.collections import PathCollection

    names = _legend(axes)
    for collection in axes.collections:
        if isinstance(collection, PathCollection):
            name = names.get(_color(collection.get_facecolor()), "")
            places: Any = collection.get_offsets()
            for x, y in places:
                yield _Mark(axes, float(x), float(y), _worded(axes, float(x), float(y), name), False)


def _bars(axes: Axes) -> Iterator[_Mark]:
    from matplotlib.container import BarContainer

    names = _legend(axes)
    for container in axes.containers:
        if not isinstance(container, BarContainer):
            continue
        for bar in container.patches:
            across, up = bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2
            lying = container.orientation == "horizontal"
            head = _tick(axes.yaxis, up) if lying else _tick(axes.xaxis, across)
            length = bar.get_width() if lying else bar.get_height()
            value = _number(axes.xaxis if lying else axes.yaxis, float(length))
            parts = [head, names.get(_color(bar.get_facecolor()), ""), value]
            yield _Mark(axes, across, up, ", ".join(part for part in parts if part), False)


def _points(axes: Axes) -> Iterator[_Mark]:
    names = _legend(axes)
    for line in axes.lines:
        if line.get_marker() in ("None", "", " ", None):
            continue
        name = names.get(_color([line.get_color()]), "")
        places: Any = line.get_xydata()
        for x, y in places:
            yield _Mark(axes, float(x), float(y), _worded(axes, float(x), float(y), name), False)


def _fields(axes: Axes) -> Iterator[_Mark]:
    from matplotlib.collections import QuadMesh

    for mesh in axes.collections:
        if not isinstance(mesh, QuadMesh) or mesh.get_array() is None:
            continue
        corners: Any = mesh.get_coordinates()
        rows, columns = corners.shape[0] - 1, corners.shape[1] - 1
        values: Any = mesh.get_array()
        values = values.reshape(rows, columns)
        for i in range(rows):
            for j in range(columns):
                x, y = (corners[i, j] + corners[i + 1, j + 1]) / 2
                if math.isfinite(float(values[i, j])):
                    names = [_tick(axes.yaxis, float(y)), _tick(axes.xaxis, float(x))]
                    head = ", ".join(name for name in names if name)
                    yield _Mark(axes, float(x), float(y), f"{head}: {decimal(float(values[i, j]))}", False)


def _worded(axes: Axes, x: float, y: float, name: str) -> str:
    """Say a point: by its row if the rows have names, else by both its numbers."""
    row = _tick(axes.yaxis, y)
    if row:
        return f"{', '.join(part for part in (row, name) if part)}: {_number(axes.xaxis, x)}"
    place = _tick(axes.xaxis, x) or _number(axes.xaxis, x)
    return f"{', '.join(part for part in (name, place) if part)}: {_number(axes.yaxis, y)}"


def _tick(axis: Axis, place: float) -> str:
    """Give the name at a place of an axis of names; nothing on an axis of numbers."""
    near = [(abs(at - place), text) for at, text in _names(axis)]
    distance, text = min(near, default=(1.0, ""))
    return text if distance <= 0.5 else ""


def _names(axis: Axis) -> list[tuple[float, str]]:
    from matplotlib.ticker import FixedLocator

    if not isinstance(axis.get_major_locator(), FixedLocator):
        return []
    shown = [label.get_text().replace("\n", " ") for label in axis.get_majorticklabels()]
    return [(float(at), text) for at, text in zip(axis.get_majorticklocs(), shown, strict=False)]


def _number(axis: Axis, value: float) -> str:
    """Print a number as the axis does, with one more digit where the axis rounds."""
    ticks = axis.get_major_formatter()
    shown = str(ticks(value, 0)) if callable(ticks) else ""
    if shown.endswith("%"):
        return percent(value, 1)
    return count(value) if float(value).is_integer() else decimal(value)


def _legend(axes: Axes) -> dict[str, str]:
    legend = axes.get_legend()
    if legend is None:
        return {}
    found = {}
    for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=False):
        read = getattr(handle, "get_facecolor", None) or getattr(handle, "get_color", None)
        if read is not None:
            found[_color([read()] if isinstance(read(), str) else read())] = text.get_text()
    return found


def _color(value: Any) -> str:
    from matplotlib.colors import to_hex

    first = value if isinstance(value, tuple) or not len(value) else value[0]
    try:
        return to_hex(first)
    except (ValueError, TypeError):
        return to_hex(value) if len(value) in (3, 4) else ""
