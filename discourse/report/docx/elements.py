"""Elements of a WordprocessingML document, and text with the language of each piece."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from discourse.report.numerals import Language
from discourse.report.runs import runs

Element = Any


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """Make an element with its children; attributes are those of the main namespace.

    Examples
    --------
    >>> element("w:pStyle", val="Caption").val
    'Caption'
    """
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


def run(text: str, language: Language, **look: str | bool) -> Element:
    """Make a run of text in one language.

    Parameters
    ----------
    text : str
        What is said.
    language : {"en", "zh"}
        The language of this piece.
    **look
        ``style`` (name of a character style), ``bold``, ``color`` (RRGGBB).

    Returns
    -------
    Element
        A ``w:r``; Chinese takes the Chinese font for marks that both languages have.
    """
    properties = []
    if look.get("style"):
        properties.append(element("w:rStyle", val=look["style"]))
    if language == "zh":
        properties.append(element("w:rFonts", hint="eastAsia"))
    if look.get("bold"):
        properties += [element("w:b"), element("w:bCs")]
    if look.get("color"):
        properties.append(element("w:color", val=look["color"]))
    # letters and digits are broken over lines by the rules of the first, characters by those of the second
    properties.append(element("w:lang", val="en-US", eastAsia="zh-CN"))
    said = element("w:t")
    said.text = text
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("w:r", element("w:rPr", *properties), said)


def spoken(text: str, language: Language, **look: str | bool) -> list[Element]:
    """Make the runs of a text, one for each piece in one language.

    Parameters
    ----------
    text : str
        What is said.
    language : {"en", "zh"}
        The language of the report.
    **look
        As for :func:`run`.

    Returns
    -------
    list of Element
        Runs that together are the text.
    """
    return [run(piece.text, piece.language, **look) for piece in runs(text, language)]


def paragraph(style: str, children: Iterable[Element], *properties: Element) -> Element:
    """Make a paragraph in a style."""
    return element("w:p", element("w:pPr", element("w:pStyle", val=style), *properties), *children)


def field(instruction: str, shown: Element) -> Element:
    """Make a field that a word processor counts by itself; ``shown`` stands in until it does."""
    return element("w:fldSimple", shown, instr=f" {instruction} ")
