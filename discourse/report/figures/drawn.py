"""A figure drawn once and kept in every format: SVG, PDF and PNG, with and without its title."""

from __future__ import annotations

import re
import struct
import tempfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from discourse.errors import DiscourseError
from discourse.report.document import Picture
from discourse.report.figures.style import TITLE, drawing, svg_of, without_title, write_svg
from discourse.report.figures.told import Value, is_shaded, told
from discourse.report.pdf import EPOCH

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Dots per inch of a figure as PNG, as journals ask for.
RESOLUTION = 300


@dataclass(frozen=True)
class Drawn:
    """A figure in all its formats.

    Parameters
    ----------
    name : str
        The name of its files.
    svg, pdf, png : str or bytes
        The figure with its title, for reuse.
    bare : str
        SVG without the title, for a page that prints it as a heading.
    values : tuple of Value
        What each mark says, placed on ``svg``.
    share : float
        Height of the title.  Unit: share of the height of ``svg``.
    shaded : bool
        True if shades of the figure mean more and less, as in a heatmap.
    """

    name: str
    svg: str
    pdf: bytes
    png: bytes
    bare: str
    values: tuple[Value, ...]
    share: float
    shaded: bool = False


def draw(pictures: Iterable[Picture]) -> dict[str, Drawn]:
    """Draw each figure once.

    Parameters
    ----------
    pictures : iterable of Picture
        The figures of a report.

    Returns
    -------
    dict of str to Drawn
        By name.
    """
    with drawing(), tempfile.TemporaryDirectory() as folder:
        return {picture.name: drawn(picture.name, picture.draw(), Path(folder)) for picture in pictures}


def drawn(name: str, figure: Figure, press: Path) -> Drawn:
    """Save one figure in every format.

    Parameters
    ----------
    name : str
        The name of its files.
    figure : Figure
        From one of the functions of this package.
    press : Path
        An empty folder to work in.

    Returns
    -------
    Drawn

    Notes
    -----
    Matplotlib draws once; Typst turns that SVG into the other formats, so that all of them look the same and
    need no font.
    """
    svg = svg_of(figure)
    bare = without_title(svg, figure)
    return Drawn(
        name,
        svg,
        pdf=pressed(svg, press, "pdf"),
        png=pressed(svg, press, "png"),
        bare=bare,
        values=tuple(told(figure)),
        share=title_share(figure),
        shaded=is_shaded(figure),
    )


def write_figures(figures: Iterable[Drawn], folder: Path) -> None:
    """Write ``NAME.svg``, ``NAME.pdf`` and ``NAME.png`` for each figure."""
    folder.mkdir(parents=True, exist_ok=True)
    for figure in figures:
        write_svg(figure.svg, folder / f"{figure.name}.svg")
        (folder / f"{figure.name}.pdf").write_bytes(figure.pdf)
        (folder / f"{figure.name}.png").write_bytes(figure.png)


def title_share(figure: Figure) -> float:
    """Measure the title of a figure, as a share of its height."""
    title = figure.get_suptitle()
    if not title:
        return 0.0
    box = figure.suptitle(title, **TITLE).get_window_extent()
    return float(1.0 - box.y0 / figure.bbox.height)


def pressed(svg: str, press: Path, kind: Literal["pdf", "png"]) -> bytes:
    """Turn an SVG into another format.

    Parameters
    ----------
    svg : str
        From :func:`discourse.report.figures.style.svg_of`.
    press : Path
        A folder to work in.
    kind : {"pdf", "png"}
        A PNG has 300 dots an inch, on white.

    Returns
    -------
    bytes
        The same for the same drawing.
    """
    import typst

    width = re.search(r'<svg[^>]* width="([0-9.]+)pt"', svg)
    if width is None:
        raise DiscourseError("a figure has no width", hint="this is a fault of discourse, please report it")
    write_svg(svg, press / "figure.svg")
    page = f"#set page(width: {width[1]}pt, height: auto, margin: 0pt, fill: white)\n"
    (press / "figure.typ").write_text(page + '#image("figure.svg", width: 100%)\n', encoding="utf-8")
    made = typst.compile(
        str(press / "figure.typ"),
        root=str(press),
        ignore_system_fonts=True,
        format=kind,
        ppi=float(RESOLUTION),
        timestamp=EPOCH,
    )
    if not isinstance(made, bytes):
        raise DiscourseError("a figure could not be written: Typst gave nothing")
    return _with_resolution(made) if kind == "png" else made


def _with_resolution(png: bytes) -> bytes:
    """Note in a PNG how many dots make an inch, behind its head (RFC 2083, pHYs)."""
    head = 8 + 25
    dots = round(RESOLUTION / 0.0254)
    chunk = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    packed = struct.pack(">I", 9) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:head] + packed + png[head:]
