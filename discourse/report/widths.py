"""How wide a text is: a Chinese character takes the room of two letters."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_HAN = r"\u3400-\u9fff\u3000-\u303f\uff00-\uffef"
# a Chinese character or a run of letters, each with the closing marks that must not begin a line; or spaces
_PARTS = re.compile(rf"(?:[{_HAN}]|[^\s{_HAN}]+)[，。；：、）”’》]*|\s+")


def width_of(text: str) -> int:
    """Measure a text in letters.

    Examples
    --------
    >>> width_of("难民 ab")
    7
    """
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def shortened(text: str, width: int) -> str:
    """Cut a text to a display width; a Chinese character is two wide.

    Examples
    --------
    >>> shortened("难民难民难民", 7), shortened("short", 7)
    ('难民难…', 'short')
    """
    widths = [width_of(c) for c in text]
    if sum(widths) <= width:
        return text
    kept, used = [], 0
    for character, wide in zip(text, widths, strict=True):
        if used + wide > width - 1:
            break
        kept.append(character)
        used += wide
    return "".join(kept).rstrip() + "…"


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of a display width: English at spaces, Chinese anywhere but before a mark.

    Examples
    --------
    >>> wrapped("one two three", 8), wrapped("难民，难民难民", 6)
    (['one two', 'three'], ['难民，', '难民难', '民'])
    """
    lines: list[str] = []
    line, used = "", 0
    for part in _PARTS.findall(text):
        wide = width_of(part)
        if line and used + wide > width and not part.isspace():
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not part.isspace():
            line, used = line + part, used + wide
    return [*lines, line.rstrip()] if line.strip() else lines
