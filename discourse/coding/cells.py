"""Texts in the cells of coding sheets: what a spreadsheet opens and saves must come back as it went out."""

from __future__ import annotations

import re

_LITERAL = re.compile("_(?=\u2060*x[0-9A-Fa-f]{4}_)")
_SHIELDED = re.compile("_\u2060(?=\u2060*x[0-9A-Fa-f]{4}_)")


def shown(text: str) -> str:
    r"""Write a text as a spreadsheet keeps it.

    Line ends of any kind become ``\n``, the only one that spreadsheets know.  What looks like an escape
    (``_x000D_``) gets an invisible word joiner (U+2060): LibreOffice undoes the escape that the standard has
    for it, and does not make it again.

    Examples
    --------
    >>> shown("a\r\nb"), len(shown("_x000D_"))
    ('a\nb', 8)
    """
    return _LITERAL.sub("_\u2060", text.replace("\r\n", "\n").replace("\r", "\n"))


def meant(text: str) -> str:
    """Undo :func:`shown`, but for line ends.

    Examples
    --------
    >>> meant(shown("_x000D_ is an escape"))
    '_x000D_ is an escape'
    """
    return _SHIELDED.sub("_", text)
