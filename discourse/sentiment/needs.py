"""What a text must hold for a pattern to match: looked for before the pattern is tried.

Most constructions that are called by a trigger do not match, and a search that fails costs far more than a
look for a few literals.  They are read out of the pattern itself, so that nobody keeps them by hand.
"""

from __future__ import annotations

import re
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

Need = tuple[str, ...]
"""Literals of which a text must hold one."""

MOST = 24
"""A need of more literals than this is no quicker to look for than the pattern."""
_GROUPS = 3
_REPEATS = frozenset((_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT))


def needs_of(pattern: str) -> tuple[Need, ...]:
    r"""Read out of a pattern what a text must hold for it to match.

    Parameters
    ----------
    pattern : str
        A regular expression.

    Returns
    -------
    tuple of Need
        At most three, those of few and long literals first; empty where nothing can be said.

    Examples
    --------
    >>> needs_of(r"\bshould (?:come|join)[^.]{0,9}\bwith (?:us|me)\b")
    (('should ',), ('with ',), ('come', 'join'))
    >>> needs_of("(?i)anything")
    ()
    """
    parsed = _parser.parse(pattern)
    if parsed.state.flags & re.IGNORECASE:
        return ()
    needs = map(_shortest, _sequence(parsed))
    found = dict.fromkeys(need for need in needs if len(need) <= MOST and not _is_common(need))
    return tuple(sorted(found, key=_worth)[:_GROUPS])


def _shortest(need: Need) -> Need:
    """Leave out literals that hold another: what holds "needs to" and "need" is found by "need"."""
    return tuple(
        literal for literal in need if not any(other in literal for other in need if other != literal)
    )


def can_match(needs: tuple[Need, ...], text: str) -> bool:
    """Whether a text holds what a pattern needs."""
    for need in needs:
        for literal in need:
            if literal in text:
                break
        else:
            return False
    return True


def unmet(needs: tuple[Need, ...], triggers: list[str]) -> tuple[Need, ...]:
    """Leave out the needs that every trigger of a pattern holds: they need not be looked for again.

    Examples
    --------
    >>> unmet((("should",), ("us", "me")), ["should we", "should they"])
    (('us', 'me'),)
    """
    return tuple(
        need for need in needs if not all(any(literal in trigger for literal in need) for trigger in triggers)
    )


def _is_common(need: Need) -> bool:
    """Whether nearly every text holds it: a space, a letter, the mark of a naming."""
    return any(len(literal) == 1 and literal.isascii() for literal in need)


def _worth(need: Need) -> tuple[int, int, Need]:
    """Rank needs: long literals are rare, few of them quickly looked for."""
    return -min(4, min(map(len, need))), len(need), need


def _sequence(items: Any) -> list[Need]:
    """What each of the items that follow each other needs; neighbouring characters make one literal."""
    found: list[Need] = []
    run = ""
    for op, value in items:
        if op is _constants.LITERAL:
            run += chr(value)
            continue
        if run:
            found.append((run,))
            run = ""
        found += _item(op, value)
    return [*found, (run,)] if run else found


def _item(op: Any, value: Any) -> list[Need]:
    if op is _constants.SUBPATTERN:
        _group, added, _dropped, inner = value
        return [] if added & re.IGNORECASE else _sequence(inner)
    if op in _REPEATS:
        least, _most, inner = value
        return _sequence(inner) if least else []
    if op is _constants.ATOMIC_GROUP:
        return _sequence(value)
    if op is _constants.BRANCH:
        return _branches(value[1])
    if op is _constants.IN and all(kind is _constants.LITERAL for kind, _ in value):
        return [tuple(chr(code) for _, code in value)]
    return []


def _branches(branches: Any) -> list[Need]:
    """One of what the branches need, if each needs something."""
    best = [min(_sequence(branch), key=_worth, default=None) for branch in branches]
    if None in best:
        return []
    return [tuple(dict.fromkeys(literal for need in best if need for literal in need))]
