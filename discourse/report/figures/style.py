"""One quiet style: a hue a group throughout, our own fonts, and the same bytes every time.

The hues are those of Okabe and Ito (2008), darkened until small text in them is readable on white (contrast
at least 4.5 to 1); markers differ too, so that nothing rests on colour alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse.report.glyphs import EMOJI, EMOJI_FILE, FALLBACK, FONTS, SANS
from discourse.report.numerals import Language
from discourse.report.subject import UNASSIGNED, Subject
from discourse.report.widths import shortened, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#1a1a1a"
SOFT = "#5f6368"
FAINT = "#d9dbde"
PALE = "#e9eaec"
NEGATIVE = "#3c4043"
HUES = ("#0067a5", "#b84a00", "#00775a", "#96427a", "#8a6100", "#4a5fb0", "#7a3b2e", "#5b6b1f")
MARKERS = ("o", "s", "D", "^", "v", "P", "X", "p")

# millimetres; the column of the page and the whole width
COLUMN = 132.0
_MM = 1 / 25.4
_TITLE_LINE = 5.2
TITLE: dict[str, Any] = {
    "x": 0.0,
    "ha": "left",
    "fontsize": 9.5,
    "fontweight": "bold",
    "linespacing": 1.3,
    "gid": "title",
}
_TITLE_WIDTH = 84

_RC: dict[str, Any] = {
    "font.family": [SANS, FALLBACK, EMOJI],
    "font.size": 8.0,
    "axes.labelsize": 8.0,
    "axes.labelcolor": SOFT,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlecolor": INK,
    "axes.titlepad": 10.0,
    "axes.edgecolor": SOFT,
    "axes.linewidth": 0.6,
    "axes.grid": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": SOFT,
    "ytick.labelcolor": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 3.0,
    "ytick.major.size": 0.0,
    "text.color": INK,
    "text.parse_math": False,
    "lines.solid_capstyle": "butt",
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "discourse",
}


# whether our settings stand: to set them for each figure anew takes as long as a small figure
_DRAWING: list[bool] = []


@cache
def _register_fonts() -> None:
    from matplotlib import font_manager

    for weight in ("Regular", "Bold"):
        font_manager.fontManager.addfont(str(FONTS / f"NotoSansSC-{weight}-subset.ttf"))
    font_manager.fontManager.addfont(str(EMOJI_FILE))
    # emoji have one weight; a bold label takes it without a warning
    emoji = next(font for font in font_manager.fontManager.ttflist if font.name == EMOJI)
    font_manager.fontManager.ttflist.append(replace(emoji, weight=700))


@contextmanager
def drawing() -> Iterator[None]:
    """Draw in our style; the settings of the caller come back afterwards.

    Examples
    --------
    >>> with drawing():
    ...     figure = canvas(40)
    >>> figure.get_size_inches().round(2).tolist()
    [5.2, 1.57]
    """
    import matplotlib
    import seaborn as sns

    if _DRAWING:  # a figure of a report: the settings stand already
        yield
        return
    _register_fonts()
    with matplotlib.rc_context(), sns.axes_style("ticks"):
        matplotlib.rcParams.update(_RC)  # type: ignore[arg-type]
        _DRAWING.append(True)
        try:
            yield
        finally:
            _DRAWING.pop()


def canvas(height: float, title: str = "", width: float = COLUMN) -> Figure:
    """Make an empty figure with its title on top.

    Parameters
    ----------
    height, width : float
        Size of the drawing; the title adds its own height.  Unit: millimetres.
    title : str
        What is seen; broken into lines where it is long.

    Returns
    -------
    Figure
        Without pyplot, so that no window or global state is involved.
    """
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    lines = wrapped(shortened(title, 3 * _TITLE_WIDTH), _TITLE_WIDTH)
    figure = Figure(figsize=(width * _MM, (height + _TITLE_LINE * len(lines)) * _MM), layout="constrained")
    FigureCanvasSVG(figure)
    engine: Any = figure.get_layout_engine()
    engine.set(w_pad=0.02, h_pad=0.03)
    if lines:
        figure.suptitle("\n".join(lines), **TITLE)
    return figure


def svg_of(figure: Figure) -> str:
    """Write a figure as SVG: no date, stable ids, text as outlines (no font is needed to see it).

    Parameters
    ----------
    figure : Figure
        From one of the functions of this package.

    Returns
    -------
    str
        The SVG, with its title.
    """
    import io

    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    _lay_out(figure)
    buffer = io.StringIO()
    canvas: Any = figure.canvas if hasattr(figure.canvas, "print_svg") else FigureCanvasSVG(figure)
    with matplotlib.rc_context({k: _RC[k] for k in ("svg.fonttype", "svg.hashsalt")}):
        # savefig would draw once more beforehand, for a layout that is found already
        canvas.print_svg(buffer, metadata={"Date": None, "Creator": "discourse"})
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _lay_out(figure: Figure) -> None:
    """Find the layout once, at the resolution of an SVG; matplotlib would draw the figure twice for it."""
    engine = figure.get_layout_engine()
    if engine is not None and figure.axes:
        figure.set_dpi(72)
        engine.execute(figure)
        figure.set_layout_engine("none")


def without_title(svg: str, figure: Figure) -> str:
    """Take the title off an SVG, for a page that prints it as its heading.

    Parameters
    ----------
    svg : str
        From :func:`svg_of`.
    figure : Figure
        The figure that was written.

    Returns
    -------
    str
        The same drawing, cut below the title.

    Examples
    --------
    >>> with drawing():
    ...     figure = canvas(40, "Hosts lean in favour")
    ...     bare = without_title(svg_of(figure), figure)
    >>> 'id="title" visibility="hidden"' in bare
    True
    """
    if not figure.get_suptitle():
        return svg
    width, height = (72.0 * side for side in figure.get_size_inches())
    box = figure.suptitle(figure.get_suptitle(), **TITLE).get_window_extent()
    cut = round(height * (1.0 - box.y0 / figure.bbox.height), 2)
    svg = svg.replace('<g id="title">', '<g id="title" visibility="hidden">', 1)
    svg = re.sub(r'height="[0-9.]+pt"', f'height="{height - cut:.2f}pt"', svg, count=1)
    return re.sub(r'viewBox="[^"]+"', f'viewBox="0 {cut:.2f} {width:.2f} {height - cut:.2f}"', svg, count=1)


def write_svg(svg: str, path: Path) -> Path:
    """Write an SVG with the same line ends on every system."""
    path.write_bytes(svg.encode("utf-8"))
    return path


def hue(subject: Subject, group: str) -> str:
    """Give the hue of a group, the same in every figure and table."""
    if group in (UNASSIGNED, "all") or group not in subject.groups:
        return SOFT
    return HUES[subject.groups.index(group) % len(HUES)]


def marker(subject: Subject, group: str) -> str:
    """Give the marker of a group."""
    return MARKERS[subject.groups.index(group) % len(MARKERS)] if group in subject.groups else "o"


def label(text: str, language: Language, width: int = 22) -> str:
    """Make a text fit for a figure: short, with typewriter quotes in English.

    The quotes and apostrophes of a Chinese font are as wide as a character, which tears English words.

    Examples
    --------
    >>> label("don’t", "en"), label("a long label that would not fit here", "en", 12)
    ("don't", 'a long labe…')
    """
    if language == "en":
        text = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return shortened(text, width)


def panel_title(axes: Axes, text: str, *, under_title: bool = False) -> None:
    """Name a panel of a figure quietly, with more room below the title of the whole figure."""
    axes.set_title(text, fontsize=8, fontweight="normal", color=SOFT, pad=12 if under_title else 6)


def rows_axis(axes: Axes, labels: list[str]) -> None:
    """Set an axis of rows, the first on top, without a line."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def zero_line(axes: Axes) -> None:
    """Draw the line of neither side."""
    axes.axvline(0, color=SOFT, linewidth=0.8, zorder=1)
