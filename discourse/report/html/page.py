"""A document as one HTML page with its style, script, fonts and drawings inside."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from discourse.errors import DiscourseError
from discourse.report.document import Document, Heading
from discourse.report.figures.drawn import Drawn
from discourse.report.html.blocks import Place, Writer
from discourse.report.html.colours import DARK_GROUND, dark
from discourse.report.html.fonts import font_faces
from discourse.report.html.inline import language_tag
from discourse.report.html.vector import Palette
from discourse.report.html.words import page_words
from discourse.report.widths import shortened

PAGE = Path(__file__).resolve().parent / "template"
# name of a variable, on white
_COLOURS = {
    "ink": "#1a1a1a",
    "soft": "#5f6368",
    "hair": "#c9ccd1",
    "edge": "#85898f",
    "shade": "#d9dbde",
    "faint": "#e6e8ea",
    "pale": "#f4f5f6",
    "warm": "#fdf3ea",
    "alarm": "#b84a00",
    "link": "#0067a5",
    "yes": "#00684f",
    "no": "#a33a00",
}
_LONGEST = 60
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class _Section:
    name: str
    body: Markup


def write_html(document: Document, figures: dict[str, Drawn], path: Path) -> Path:
    """Write a document as one file that any browser opens, without a network.

    Parameters
    ----------
    document : Document
        What to print; all its text must be printable.
    figures : dict of str to Drawn
        Its figures by name.
    path : Path
        The file to write.

    Returns
    -------
    pathlib.Path
        The file.

    Notes
    -----
    The policy of the page lets nothing run or be styled but what this function has written, and lets nothing
    be fetched at all: text of a study stays text whatever it holds.
    """
    path.write_bytes(page(document, figures).encode("utf-8"))
    return path


def page(document: Document, figures: dict[str, Drawn]) -> str:
    """Compose the page.

    Parameters
    ----------
    document : Document
        What to print.
    figures : dict of str to Drawn
        Its figures by name.

    Returns
    -------
    str
        The page; the same for the same document.
    """
    writer = Writer(document, figures)
    sections = list(_sections(document, writer))
    w = page_words(writer.language)
    fonts = font_faces(_all_text(document, [*sections_text(sections), *w.values()]))
    style = _style(writer.palette)
    script = _part("page.js")
    made: str = _template().render(
        lang=language_tag(document.language),
        title=document.title,
        running=document.running,
        banner=document.banner,
        w=w,
        policy=_policy(script, [fonts, style]),
        fonts=Markup(fonts),
        style=Markup(style),
        script=Markup(script),
        outline=_outline(writer.places),
        sections=sections,
        letters=writer.letters.svg(),
    )
    return made


def _sections(document: Document, writer: Writer) -> Iterator[_Section]:
    """Group blocks under the headings of parts; what comes before the first is the summary."""
    name = ""
    blocks: list[Markup] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            if blocks:
                yield _Section(name, Markup("\n").join(blocks))
            blocks = []
            name = f"section-{len(writer.places) + 1}"
        blocks.append(writer.block(block))
    if blocks:
        yield _Section(name, Markup("\n").join(blocks))


def sections_text(sections: Iterable[_Section]) -> list[str]:
    """Collect what the sections print, without their marks."""
    return [Markup(_TAG.sub(" ", section.body)).unescape() for section in sections]


def _all_text(document: Document, texts: list[str]) -> str:
    return "".join([document.title, document.running, document.banner, *texts])


def _outline(places: list[Place]) -> list[dict[str, Any]]:
    """Nest the sections below their parts for the table of contents."""
    parts: list[dict[str, Any]] = []
    often = Counter(place.short for place in places)
    for place in places:
        # where several sections bear the same short name, each is known by what it finds
        text = place.short if often[place.short] == 1 else shortened(place.text, _LONGEST)
        entry: dict[str, Any] = {"name": place.name, "text": text, "sections": []}
        if place.level == 1 or not parts:
            parts.append(entry)
        elif place.level == 2:
            parts[-1]["sections"].append(entry)
    return parts


def _template() -> Any:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGE, encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("page.html")


def _style(palette: Palette) -> str:
    light = "".join(f"--{name}:{color};" for name, color in _COLOURS.items())
    night = "".join(f"--{name}:{dark(color)};" for name, color in _COLOURS.items())
    # white letters stand on the ground of an alarm in both themes
    light += "--ground:#ffffff;--alarm-ground:#b84a00;color-scheme:light;" + palette.variables(
        in_the_dark=False
    )
    night += f"--ground:{DARK_GROUND};--alarm-ground:#b84a00;color-scheme:dark;" + palette.variables(
        in_the_dark=True
    )
    return "\n".join(
        [
            f":root{{{light}}}",
            f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{night}}}}}",
            f"@media screen{{:root[data-theme=dark]{{{night}}}}}",
            _part("page.css"),
            palette.classes(),
        ]
    )


def _part(name: str) -> str:
    text = (PAGE / name).read_text(encoding="utf-8")
    if "</" in text:
        raise DiscourseError(f"{name} would end its own element", hint="this is a fault of discourse")
    return text


def _policy(script: str, styles: Iterable[str]) -> str:
    allowed = " ".join(_hashed(style) for style in styles)
    return (
        f"default-src 'none'; script-src {_hashed(script)}; style-src {allowed}; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
