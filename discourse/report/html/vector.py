"""A figure inside a page: ids of its own, colours that follow the theme, and marks that can be asked.

No ``style`` attribute is left, since the policy of the page forbids them: widths and dashes become
attributes, colours become classes.  Outlines of letters are kept once for the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree

from markupsafe import Markup

from discourse.report.figures.drawn import Drawn
from discourse.report.figures.told import Value
from discourse.report.html.colours import dark

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_COLOR = re.compile(r"#[0-9a-f]{6}$")
_PAINTS = {"fill": "f", "stroke": "s"}
_URL = re.compile(r"url\(#([^)]+)\)")
# many marks lie near to each other, and are given smaller areas to point at
_MANY = 80


@dataclass
class Palette:
    """The colours that a page has met, each with its counterpart in the dark."""

    met: set[tuple[str, str]] = field(default_factory=set)

    def name(self, kind: str, color: str) -> str:
        """Give the class that paints something in a colour: fill (f), stroke (s) or ground (b)."""
        self.met.add((kind, color))
        return f"{kind}-{color[1:]}"

    def variables(self, *, in_the_dark: bool) -> str:
        """Declare the colours of one theme."""
        colors = sorted({color for _, color in self.met})
        return "".join(f"--c-{c[1:]}:{dark(c) if in_the_dark else c};" for c in colors)

    def classes(self) -> str:
        """Declare the classes."""
        keys = {"f": "fill", "s": "stroke", "b": "background-color"}
        return "".join(f".{kind}-{c[1:]}{{{keys[kind]}:var(--c-{c[1:]})}}" for kind, c in sorted(self.met))


@dataclass
class Letters:
    """The outlines of letters, kept once for all figures of a page."""

    outlines: dict[str, Markup] = field(default_factory=dict)

    def keep(self, name: str, outline: ElementTree.Element) -> None:
        """Keep an outline under its name, which says font and character."""
        transform = outline.get("transform")
        moved = Markup(' transform="{}"').format(transform) if transform else ""
        self.outlines[name] = Markup('<path id="{}" d="{}"{}/>').format(name, outline.get("d", ""), moved)

    def svg(self) -> Markup:
        """Write all outlines as one drawing that is not seen."""
        paths = Markup("").join(self.outlines[name] for name in sorted(self.outlines))
        return Markup('<svg class="letters" aria-hidden="true"><defs>{}</defs></svg>').format(paths)


def inline(drawn: Drawn, palette: Palette, letters: Letters) -> tuple[str, Markup]:
    """Prepare a drawing for a page.

    Parameters
    ----------
    drawn : Drawn
        The figure.
    palette, letters
        Colours and outlines of the page, added to.

    Returns
    -------
    (str, Markup)
        The view box, and what belongs inside of an ``svg`` element.
    """
    root = ElementTree.fromstring(drawn.bare)
    _take_letters(root, letters)
    _drop_unseen(root)
    used = _used(root)
    for element in root.iter():
        _rename(element, drawn.name, used, letters)
        _paint(element, palette)
    return root.get("viewBox", ""), Markup("").join(_written(child) for child in root)


def _drop_unseen(root: ElementTree.Element) -> None:
    """Drop the hidden title, the metadata, and definitions that are empty by now."""
    for parent in list(root.iter()):
        for child in list(parent):
            hidden = child.tag in (f"{_SVG}metadata", f"{_SVG}style") or child.get("visibility") == "hidden"
            if hidden:
                parent.remove(child)
    for parent in list(root.iter()):
        for child in parent.findall(f"{_SVG}defs"):
            if not len(child):
                parent.remove(child)


def _take_letters(root: ElementTree.Element, letters: Letters) -> None:
    for parent in list(root.iter()):
        if not parent.tag.endswith("defs"):
            continue
        for child in list(parent):
            name = child.get("id", "")
            if child.tag == f"{_SVG}path" and re.match(r"[A-Za-z]+-?[A-Za-z]*-[0-9a-f]+$", name):
                letters.keep(name, child)
                parent.remove(child)


def _used(root: ElementTree.Element) -> set[str]:
    used = {element.get(_HREF, "").lstrip("#") for element in root.iter()}
    for element in root.iter():
        for value in element.attrib.values():
            used.update(_URL.findall(value))
    return used - {""}


def _rename(element: ElementTree.Element, prefix: str, used: set[str], letters: Letters) -> None:
    name = element.attrib.pop("id", "")
    if name in used:
        element.set("id", f"{prefix}-{name}")
    target = element.attrib.pop(_HREF, "")
    if target:
        own = target.startswith("#") and target[1:] not in letters.outlines
        element.set("href", f"#{prefix}-{target[1:]}" if own else target)
    for key, value in element.attrib.items():
        element.set(key, _URL.sub(rf"url(#{prefix}-\1)", value))


def _paint(element: ElementTree.Element, palette: Palette) -> None:
    pairs = [pair.partition(":") for pair in element.attrib.pop("style", "").split(";") if ":" in pair]
    pairs += [(key, ":", element.attrib.pop(key)) for key in _PAINTS if key in element.attrib]
    classes = []
    for key, _, value in ((k.strip(), c, v.strip()) for k, c, v in pairs):
        if key in _PAINTS and _COLOR.match(value):
            classes.append(palette.name(_PAINTS[key], value))
        else:
            element.set(key, value)
    if classes:
        element.set("class", " ".join(dict.fromkeys(classes)))


def _written(element: ElementTree.Element) -> Markup:
    text = ElementTree.tostring(element, encoding="unicode", short_empty_elements=True)
    text = text.replace("ns0:", "").replace(' xmlns:ns0="http://www.w3.org/2000/svg"', "")
    return Markup(re.sub(r"\s*\n\s*", " ", text).strip())


def marks(drawn: Drawn, view: str, label: str) -> Markup:
    """Lay what can be pointed at over a drawing.

    Parameters
    ----------
    drawn : Drawn
        The figure with its values.
    view : str
        The view box of the drawing below.
    label : str
        What the marks are, for those who hear the page.

    Returns
    -------
    Markup
        A second drawing of transparent circles, each with its value; nothing if nothing was told.
    """
    if not drawn.values:
        return Markup("")
    left, top, width, height = (float(part) for part in view.split())
    whole = height / (1.0 - drawn.share)
    radius = 4.5 if len(drawn.values) > _MANY else 7.0
    circles = Markup("").join(
        _circle(value, left + value.x * width, value.y * whole, radius, first=i == 0)
        for i, value in enumerate(_inside(drawn.values, top, whole))
    )
    return Markup('<svg class="values" viewBox="{}" role="group" aria-label="{}">{}</svg>').format(
        view, label, circles
    )


def _inside(values: Iterable[Value], top: float, whole: float) -> list[Value]:
    return [value for value in values if value.y * whole >= top]


def _circle(value: Value, x: float, y: float, radius: float, *, first: bool) -> Markup:
    return Markup(
        '<circle class="value" cx="{}" cy="{}" r="{}" role="img" tabindex="{}" aria-label="{}">'
        "<title>{}</title></circle>"
    ).format(f"{x:.2f}", f"{y:.2f}", radius, 0 if first else -1, value.text, value.text)
