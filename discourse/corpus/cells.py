"""What a cell of a spreadsheet can hold, and how a text that it cannot hold is written and read back."""

from __future__ import annotations

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula."""
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WHOLE, _ESCAPED = 16_000, 4_500  # a cell of Excel holds 32,767 UTF-16 units; an escape takes seven


def quoted(text: str) -> str:
    """Keep a text from being a formula, so that it can be undone.

    Examples
    --------
    >>> quoted("=1+1"), quoted("'=1+1"), quoted("it's")
    ("'=1+1", "''=1+1", "it's")
    """
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def unquoted(text: str) -> str:
    """Undo :func:`quoted`.

    Examples
    --------
    >>> unquoted("'=1+1"), unquoted("'quoted'")
    ('=1+1', "'quoted'")
    """
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text


def escaped(text: str) -> str:
    r"""Write what XML cannot hold as ``_xHHHH_``, as ECMA-376 (22.4.2.4) has it.

    Examples
    --------
    >>> escaped("a\rb"), escaped("_x000D_")
    ('a_x000D_b', '_x005F_x000D_')
    """
    return _ILLEGAL.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def pieces(text: str) -> list[str]:
    """Cut a text into escaped pieces that fit a cell of Excel.

    Examples
    --------
    >>> [len(piece) for piece in pieces("x" * 40_000)]
    [16000, 16000, 8000]
    """
    size = _WHOLE if escaped(text) == text else _ESCAPED
    return [escaped(text[at : at + size]) for at in range(0, max(len(text), 1), size)]
