"""How good the group rules are, where people have coded authors."""

from __future__ import annotations

from typing import Any

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Row
from discourse.report.numerals import UNKNOWN, count, interval, is_unknown
from discourse.report.sections.context import Context


def group_rules_page(context: Context) -> list[Block]:
    """Say how often the rules give the group that people give; nothing where nobody coded authors."""
    rows = context.findings.table("group_rules").to_dict("records")
    if not rows:
        return []
    say, w = context.say, context.say.w
    found = {(str(r["group"]), str(r["measure"])): r for r in rows}
    right = found.get(("all", "accuracy"))
    claim = w["section.group_rules"] if right is None else say.note("group_rules_claim", value=_value(right))
    body: list[Row] = []
    for group in dict.fromkeys(str(r["group"]) for r in rows):
        if group == "all":
            continue
        cells = [_value(found.get((group, measure))) for measure in ("precision", "recall")]
        n = max(found[key]["n"] for key in found if key[0] == group)
        body.append((context.swatch(group), *cells, count(n)))
    columns = (
        Column(w["group"], wide=True),
        Column(w["precision"], "right"),
        Column(w["recall"], "right"),
        Column(w["coded_authors"], "right"),
    )
    note = say.note("group_rules_note", level=context.level)
    return [
        Heading(claim, 2, kicker=w["section.group_rules"]),
        Grid(w["section.group_rules"], columns, tuple(body), (note,), full=True),
        Paragraph(say.how("group_rules"), lead=w["how"], style="small"),
    ]


def _value(row: Any) -> str:
    if row is None or is_unknown(row["estimate"]):
        return UNKNOWN
    return interval(row["estimate"], row["low"], row["high"], "share")
