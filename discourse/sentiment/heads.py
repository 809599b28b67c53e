r"""Patterns begun with a letter that the engine can look for.

A search whose pattern opens with a letter, or with a choice of letters, runs from one such letter to the
next; one that opens with ``\b`` or a look behind is tried at every place of the text, for ten times as long.
What is written here matches the same, in the same places.
"""

from __future__ import annotations

import re

_BEHIND = re.compile(r"((?:\(\?<!(?:[^()\\|]|\\.)*\))*)(\\b)?(\(\?:)?(?=[a-z])")
_LETTER = re.compile(r"[a-z](?![?*+{])")
_REPEATED = ("?", "*", "+", "{")


def headed(pattern: str) -> str:
    r"""Put the letters that a pattern may open with before the looks behind that it begins with.

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
    >>> headed(r"(?<!not )\bkind"), headed(r"\b(?:very )?kind"), headed("a|b")
    ('k(?<!not k)(?<=\\bk)ind', '\\b(?:very )?kind', 'a|b')
    """
    match = _BEHIND.match(pattern)
    if match is None or not (match.group(1) or match.group(2)) or len(alternatives(pattern)) > 1:
        return pattern
    looks, bound, group = match.groups()
    behind = [look[:-1] for look in re.findall(r"\(\?<!(?:[^()\\|]|\\.)*\)", looks)]
    behind += [r"(?<=\b"] if bound else []
    rest = pattern[match.end() :]
    if not group:
        return _opened(rest, behind) if _LETTER.match(rest) else pattern
    choices = alternatives(rest)
    rest = rest[len("|".join(choices)) + 1 :]
    if rest.startswith(_REPEATED) or not all(map(_LETTER.match, choices)):
        return pattern
    return f"(?:{'|'.join(_opened(choice, behind) for choice in choices)}){rest}"


def _opened(word: str, behind: list[str]) -> str:
    """Look behind from the other side of the first letter."""
    return word[0] + "".join(f"{look}{word[0]})" for look in behind) + word[1:]


_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)


def alternatives(pattern: str) -> list[str]:
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
