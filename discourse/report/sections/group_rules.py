"""How good the group rules are, where people have coded authors."""

from __future__ import annotations

from typing import Any

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Row
from discourse.report.numerals import UNKNOWN, bare_interval, count, interval, is_unknown
from discourse.report.sections.context import Context
from discourse.report.sections.correction import VERSIONS
from discourse.report.sections.footnotes import Footnotes
from discourse.report.selection import text_of


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
        *_sizes(context),
        Paragraph(say.how("group_rules"), lead=w["how"], style="small"),
    ]


def _sizes(context: Context) -> list[Block]:
    """How large each group is: as people code, by the rules, and corrected."""
    w, say = context.say.w, context.say
    table = context.findings.table("group_shares")
    footnotes = Footnotes(say)
    body: list[Row] = []
    for (group, of), part in table.groupby(["group", "of"], sort=False):
        rows = {str(row["version"]): row for row in part.to_dict("records")}
        cells = [_size(rows.get(name), footnotes) for name in VERSIONS]
        label = context.swatch(str(group)) if of == "authors" else ""
        body.append((label, w[str(of)].lower(), *cells, count(part["n_coded"].max())))
    if not body:
        return []
    columns = (
        Column(w["group"], wide=True),
        Column(w["of_column"]),
        *(Column(w[name], "right") for name in VERSIONS),
        Column(w["coded_authors"], "right"),
    )
    notes = (
        say.note("group_shares_note", level=context.level, section=w["section.three"]),
        *footnotes.notes(),
    )
    return [Grid(w["section.group_shares"], columns, tuple(body), notes, full=True)]


def _size(row: Any, footnotes: Footnotes) -> str:
    if row is None:
        return UNKNOWN
    if is_unknown(row["estimate"]):
        return footnotes.mark(text_of(row["reason"]))
    return bare_interval(row["estimate"], row["low"], row["high"], "share")


def _value(row: Any) -> str:
    if row is None or is_unknown(row["estimate"]):
        return UNKNOWN
    return interval(row["estimate"], row["low"], row["high"], "share")
