"""A document as DOCX, by python-docx: real headings, captions that count, native tables, nothing of today."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from discourse.errors import DiscourseError
from discourse.report.archive import fixed
from discourse.report.document import Document, Paragraph, Picture
from discourse.report.docx.blocks import Writer
from discourse.report.docx.elements import Element, element, field, paragraph, run, spoken
from discourse.report.figures.drawn import Drawn, pressed
from discourse.report.figures.style import COLUMN
from discourse.report.layout import THEME, Layout

TEMPLATE = Path(__file__).resolve().parent / "template"
# a date would differ from run to run; this one stands for "no date"
_EPOCH = dt.datetime(2000, 1, 1)
_LANGUAGES = {"en": "en-US", "zh": "zh-CN"}
_DROPPED = ("thumbnail", "customXml", "stylesWithEffects", "webSettings")
_DRAWING = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent/>'
    '<wp:docPr/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    "<pic:nvPicPr><pic:cNvPr/><pic:cNvPicPr/></pic:nvPicPr>"
    "<pic:blipFill><a:blip/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    "</a:prstGeom></pic:spPr>"
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def write_docx(
    document: Document,
    figures: dict[str, Drawn],
    path: Path,
    *,
    beside: Document | None = None,
    layout: Layout | None = None,
) -> Path:
    """Write a report for a word processor.

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
        The file; the same bytes for the same documents.

    Raises
    ------
    DiscourseError
        If the language is none that we know.
    """
    documents = [document] if beside is None else [document, beside]
    for edition in documents:
        if edition.language not in _LANGUAGES:
            raise DiscourseError(f"no document is written in {edition.language!r}", expected="en or zh")
    layout = layout or Layout()
    made = docx.Document()
    _clear(made)
    _furnish(made, document, layout)
    body = made.element.body
    section = body.sectPr
    with tempfile.TemporaryDirectory() as folder:
        pictures, linker = _Pictures(made, figures, Path(folder)), _linker(made)
        if layout.logo is not None:
            section.addprevious(paragraph("Normal", [pictures.logo(layout.logo)]))
        for number, edition in enumerate(documents):
            if number:
                section.addprevious(element("w:p", element("w:r", element("w:br", type="page"))))
            writer = Writer(edition, pictures, linker)
            for block, following in zip(edition.blocks, (*edition.blocks[1:], None), strict=True):
                parts = list(writer.block(block))
                if isinstance(block, Paragraph) and isinstance(following, Picture):
                    _keep_with_next(parts)
                for part in parts:
                    section.addprevious(part)
    _set_page(made, document)
    _paint(made, layout)
    buffer = io.BytesIO()
    made.save(buffer)
    path.write_bytes(fixed(buffer.getvalue()))
    return path


def _keep_with_next(parts: list[Element]) -> None:
    """Keep what introduces a figure on its page; a heading at the foot of the page before says nothing."""
    for part in parts:
        part.pPr.get_or_add_keepNext()


def _clear(made: Any) -> None:
    """Drop what the template of python-docx brings and nobody asked for."""
    for part in (made.part, made.part.package):
        for key, relation in list(part.rels.items()):
            if any(name in relation.reltype for name in _DROPPED):
                del part.rels[key]


def _repainted(layout: Layout) -> dict[str, str]:
    """Map our colours to those of a template, as a word processor writes them."""
    pairs = {name: (THEME[name], layout.theme[name]) for name in ("ink", "soft", "alarm")}
    return {ours[1:].upper(): theirs[1:].upper() for ours, theirs in pairs.values() if ours != theirs}


def _paint(made: Any, layout: Layout) -> None:
    """Give what was written in our colours those of the template."""
    colours = _repainted(layout)
    section = made.sections[0]
    heads = (section.header, section.first_page_header, section.footer, section.first_page_footer)
    for root in (made.element, *(head._element for head in heads)):
        for color in root.iter(qn("w:color")):
            color.set(qn("w:val"), colours.get(color.get(qn("w:val")), color.get(qn("w:val"))))


def _furnish(made: Any, document: Document, layout: Layout) -> None:
    """Give the document our styles, our fonts and its properties."""
    styles = (TEMPLATE / "styles.xml").read_text(encoding="utf-8")
    for ours, theirs in _repainted(layout).items():
        styles = styles.replace(f'"{ours}"', f'"{theirs}"')
    made.part._styles_part._element = parse_xml(styles.encode("utf-8"))
    made.part.numbering_part._element = parse_xml((TEMPLATE / "numbering.xml").read_bytes())
    for relation in made.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation.target_part._blob = (TEMPLATE / "fontTable.xml").read_bytes()
    tag = _LANGUAGES[document.language]
    for fonts in made.settings.element.findall(qn("w:themeFontLang")):
        fonts.set(qn("w:eastAsia"), "zh-CN")
    about = made.core_properties
    about.title, about.language = document.title[:255], tag
    about.author = about.last_modified_by = "discourse"
    about.subject = about.keywords = about.comments = about.category = ""
    about.created = about.modified = _EPOCH
    about.revision = 1


def _linker(made: Any) -> Any:
    known: dict[str, str] = {}

    def link(address: str) -> str:
        if address not in known:
            known[address] = made.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return known[address]

    return link


class _Pictures:
    """Puts figures into the document, each with its size and its content in words."""

    def __init__(self, made: Any, figures: dict[str, Drawn], press: Path) -> None:
        self.made, self.figures, self.press, self.count = made, figures, press, 0

    def __call__(self, picture: Picture) -> Element:
        png = pressed(self.figures[picture.name].bare, self.press, "png")
        return self._placed(png, picture.name, picture.alt)

    def logo(self, path: Path) -> Element:
        """Place the logo of a lab, as high as in the PDF; a word processor takes a drawing as pixels."""
        png = _pixels(path) if path.suffix.lower() == ".svg" else path.read_bytes()
        return self._placed(png, "logo", "Logo", height=Mm(12))

    def _placed(self, png: bytes, name: str, alt: str, height: int | None = None) -> Element:
        self.count += 1
        key, image = self.made.part.get_or_add_image(io.BytesIO(png))
        width = Mm(COLUMN) if height is None else round(height * image.px_width / image.px_height)
        height = height or round(width * image.px_height / image.px_width)
        drawing = parse_xml(_DRAWING)
        for size in (*drawing.iter("{*}extent"), *drawing.iter("{*}ext")):
            size.set("cx", str(width))
            size.set("cy", str(height))
        for named in (*drawing.iter("{*}docPr"), *drawing.iter("{*}cNvPr")):
            named.set("id", str(self.count))
            named.set("name", name)
            named.set("descr", alt)
        for blip in drawing.iter("{*}blip"):
            blip.set(_EMBED, key)
        return drawing


def _pixels(logo: Path) -> bytes:
    """Turn a drawing into pixels, by the typesetter that prints it in the PDF."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "logo.svg").write_bytes(logo.read_bytes())
        source = Path(folder) / "logo.typ"
        size = "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
        source.write_text(size + '#image("logo.svg", height: 12mm)\n', encoding="utf-8", newline="\n")
        made = typst.compile(str(source), root=folder, format="png", ppi=300)
    return made if isinstance(made, bytes) else bytes(made[0])


def _set_page(made: Any, document: Document) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    # page one has its title in large letters; the others bear it on top
    for head, title in ((section.header, document.running), (section.first_page_header, "")):
        _fill(head, _head(document, title))
    for foot in (section.footer, section.first_page_footer):
        _fill(foot, _foot(document))


def _fill(place: Any, content: Element) -> None:
    place.is_linked_to_previous = False
    for old in list(place._element):
        place._element.remove(old)
    place._element.append(content)


def _head(document: Document, title: str) -> Element:
    language: Any = document.language
    banner = spoken(document.banner, language, bold=True, color="B84A00") if document.banner else []
    return paragraph("Header", [*spoken(title, language), element("w:r", element("w:tab")), *banner])


def _foot(document: Document) -> Element:
    language: Any = document.language
    page, of = document.page_words
    here = field("PAGE", run("1", language))
    last = field("NUMPAGES", run("1", language))
    if language == "zh":
        words = (f"{page} ", f" 页，{of} ", " 页")
        before, between, after = (spoken(word, language) for word in words)
        parts = [*before, here, *between, last, *after]
    else:
        parts = [*spoken(f"{page} ", language), here, *spoken(f" {of} ", language), last]
    return paragraph("Footer", parts)
