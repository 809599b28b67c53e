"""How the outcomes of a check are printed: a table for people, JSON for programs."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any
from unicodedata import east_asian_width

from discourse.testing.reference import Outcome

WIDEST = 44
"""Columns of a terminal that a value may take before it is cut; ``--json`` has it whole."""


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Lay out outcomes for a program.

    Parameters
    ----------
    outcomes : sequence of Outcome
        What came out.

    Returns
    -------
    dict
        ``held``, ``total`` and ``entries`` (id, value, expected, ok, reason, note).  NaN and infinity are
        text.

    Examples
    --------
    >>> as_json([Outcome("x", float("nan"), 1, False, "off")])["entries"][0]["value"]
    'nan'
    """
    entries = [
        {
            "id": outcome.id,
            "value": _finite(outcome.value),
            "expected": _finite(outcome.expected),
            "ok": outcome.ok,
            "reason": outcome.reason,
            "note": outcome.note,
        }
        for outcome in outcomes
    ]
    return {"held": sum(outcome.ok for outcome in outcomes), "total": len(outcomes), "entries": entries}


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def as_table(outcomes: Sequence[Outcome]) -> str:
    """Lay out outcomes for a person.

    Parameters
    ----------
    outcomes : sequence of Outcome
        What came out.

    Returns
    -------
    str
        One aligned line an entry (id, value, expected, ok), then notes, then how many hold.

    Examples
    --------
    >>> print(as_table([Outcome("cohen.2x2", 0.4, 0.4, True)]))
    id         value  expected  ok
    cohen.2x2  0.4    0.4       yes
    <BLANKLINE>
    1 of 1 hold
    """
    rows = [("id", "value", "expected", "ok")]
    rows += [(o.id, _short(o.value), _short(o.expected), _verdict(o)) for o in outcomes]
    widths = [max(_columns(row[place]) for row in rows) for place in range(3)]
    lines = [
        "  ".join([*(_pad(cell, width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in rows
    ]
    notes = [f"note: {outcome.id}: {outcome.note}" for outcome in outcomes if outcome.note]
    held = f"{sum(outcome.ok for outcome in outcomes)} of {len(outcomes)} hold"
    return "\n".join([*lines, "", *notes, held])


def _verdict(outcome: Outcome) -> str:
    return "yes" if outcome.ok else f"NO ({outcome.reason})"


def _short(value: Any) -> str:
    text = json.dumps(_rounded(value), ensure_ascii=False) if value is not None else "-"
    cut = ""
    for sign in text:
        if _columns(cut) + 3 > WIDEST - 2 and _columns(text) > WIDEST:
            return cut + "..."
        cut += sign
    return cut


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return float(f"{value:.12g}") if isinstance(value, float) else value


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))
