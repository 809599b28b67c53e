"""A document as one HTML page with its style, script, fonts and drawings inside."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
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
from discourse.report.html.vector import Letters, Palette
from discourse.report.html.words import page_words
from discourse.report.layout import Layout
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
_PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_NATIVE = {"en": "English", "zh": "中文"}
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class _Section:
    name: str
    body: Markup


@dataclass(frozen=True)
class _Edition:
    """The report in one language, as a part of the page."""

    name: str
    lang: str
    native: str
    summary: str
    sections: list[_Section]
    outline: list[dict[str, Any]]


def write_html(
    document: Document,
    figures: dict[str, Drawn],
    path: Path,
    *,
    beside: Document | None = None,
    layout: Layout | None = None,
) -> Path:
    """Write a report as one file that any browser opens, without a network.

    Parameters
    ----------
    document : Document
        What to print; all its text must be printable.
    figures : dict of str to Drawn
        Its figures by name.
    path : Path
        The file to write.
    beside : Document, optional
        The same report in another language, printed behind it.
    layout : Layout, optional
        Colours and logo.

    Returns
    -------
    pathlib.Path
        The file.

    Notes
    -----
    The policy of the page lets nothing run or be styled but what this function has written, and lets nothing
    be fetched at all: text of a study stays text whatever it holds.
    """
    path.write_bytes(page(document, figures, beside, layout).encode("utf-8"))
    return path


def page(
    document: Document,
    figures: dict[str, Drawn],
    beside: Document | None = None,
    layout: Layout | None = None,
) -> str:
    """Compose the page.

    Parameters
    ----------
    document : Document
        What to print.
    figures : dict of str to Drawn
        Its figures by name.
    beside : Document, optional
        The same report in another language, printed behind it.
    layout : Layout, optional
        Colours and logo.

    Returns
    -------
    str
        The page; the same for the same documents.
    """
    palette, letters = Palette(), Letters()
    parts = [_edition(document, figures, palette, letters, "")]
    if beside is not None:
        parts.append(_edition(beside, figures, palette, letters, f"{beside.language}-"))
    w = page_words(document.language)  # type: ignore[arg-type]
    said = [text for part in parts for text in (part.native, part.summary, *sections_text(part.sections))]
    fonts = font_faces(_all_text(document, [*said, *w.values()]))
    layout = layout or Layout()
    style = _style(palette, layout.theme)
    script = _part("page.js")
    made: str = _template().render(
        lang=language_tag(document.language),
        title=document.title,
        running=document.running,
        banner=document.banner,
        logo=_logo(layout),
        w=w,
        policy=_policy(script, [fonts, style]),
        fonts=Markup(fonts),
        style=Markup(style),
        script=Markup(script),
        editions=parts,
        letters=letters.svg(),
    )
    return made


def _edition(
    document: Document, figures: dict[str, Drawn], palette: Palette, letters: Letters, prefix: str
) -> _Edition:
    writer = Writer(document, figures, palette, letters, prefix=prefix)
    sections = list(_sections(document, writer))
    lang = language_tag(document.language)
    summary = page_words(writer.language)["summary"]
    native = _NATIVE[document.language]
    return _Edition(f"{prefix}report", lang, native, summary, sections, _outline(writer.places))


def _sections(document: Document, writer: Writer) -> Iterator[_Section]:
    """Group blocks under the headings of parts; what comes before the first is the summary."""
    name = ""
    blocks: list[Markup] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            if blocks:
                yield _Section(name, Markup("\n").join(blocks))
            blocks = []
            name = f"{writer.prefix}section-{len(writer.places) + 1}"
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


def _logo(layout: Layout) -> str:
    """Put the logo of a lab into the page itself."""
    if layout.logo is None:
        return ""
    kind = _PICTURES[layout.logo.suffix.lower()]
    return f"data:{kind};base64,{base64.b64encode(layout.logo.read_bytes()).decode('ascii')}"


def _style(palette: Palette, theme: Mapping[str, Any]) -> str:
    colours = {name: str(theme.get(name, color)).lower() for name, color in _COLOURS.items()}
    light = "".join(f"--{name}:{color};" for name, color in colours.items())
    night = "".join(f"--{name}:{dark(color)};" for name, color in colours.items())
    # white letters stand on the ground of an alarm in both themes
    ground = f"--alarm-ground:{colours['alarm']};"
    light += f"--ground:#ffffff;{ground}color-scheme:light;{palette.variables(in_the_dark=False)}"
    night += f"--ground:{DARK_GROUND};{ground}color-scheme:dark;{palette.variables(in_the_dark=True)}"
    return "\n".join(
        [
            f":root{{{light}}}",
            f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{night}}}}}",
            f"@media screen{{:root[data-theme=dark]{{{night}}}}}",
            _part("page.css"),
            f".paper{{{palette.variables(in_the_dark=False)}}}",
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
