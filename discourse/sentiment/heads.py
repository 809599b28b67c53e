r"""Patterns begun with a letter that the engine can look for.

A search whose pattern opens with a letter, or with a choice of letters, runs from one such letter to the next;
one that opens with ``\b`` or with a repeat is tried at every place of the text, for ten times as long.  What
is written here matches the same, in the same places.
"""

from __future__ import annotations

import re

_BOUND = re.compile(r"\\b(\(\?:)?(?=[a-z])")
_REPEATED = ("?", "*", "+", "{")
_LETTER = re.compile(r"[a-z](?![?*+{])")


def headed(pattern: str) -> str:
    r"""Put the letters that a pattern may open with before the ``\b`` that it begins with.

    Parameters
    ----------
    pattern : str
        A regular expression.

    Returns
    -------
    str
        One that matches the same; the pattern itself where it opens otherwise.

    Examples
    --------
    >>> headed(r"\bsome (?:of )?us"), headed(r"\b(?:made|built) for")
    ('s(?<=\\bs)ome (?:of )?us', '(?:m(?<=\\bm)ade|b(?<=\\bb)uilt) for')
    >>> headed(r"\b(?:very )?kind"), headed("a|b")
    ('\\b(?:very )?kind', 'a|b')
    """
    match = _BOUND.match(pattern)
    if match is None or len(_choices(pattern)) > 1:
        return pattern
    if match.group(1) is None:
        rest = pattern[match.end() :]
        return _bounded(rest) if _LETTER.match(rest) else pattern
    choices = _choices(pattern[match.end() :])
    inside = len("|".join(choices))
    rest = pattern[match.end() + inside + 1 :]
    if rest.startswith(_REPEATED) or not all(map(_LETTER.match, choices)):
        return pattern
    return f"(?:{'|'.join(map(_bounded, choices))}){rest}"


def _bounded(word: str) -> str:
    r"""Look back at the bound from behind the first letter."""
    return rf"{word[0]}(?<=\b{word[0]}){word[1:]}"


_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)


def _choices(pattern: str) -> list[str]:
    """Cut a pattern at the bars that stand in no group, up to the end of its own group."""
    choices = [""]
    depth = 0
    for match in _PIECE.finditer(pattern):
        piece = match.group()
        depth += (piece == "(") - (piece == ")")
        if depth < 0:
            break
        if piece == "|" and not depth:
            choices.append("")
        else:
            choices[-1] += piece
    return choices
