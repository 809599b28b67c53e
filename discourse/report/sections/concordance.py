"""P11: words in their context, where the study allows that posts are quoted."""

from __future__ import annotations

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Row
from discourse.report.numerals import count
from discourse.report.sections.context import Context
from discourse.report.selection import text_of

#: Lines that fit on paper; the page for the browser can be searched and holds all.
ON_PAPER = 40
_COLUMNS = ("left", "node", "right")
# a line of a concordance is a quotation, masked at the door
_QUOTING = ("masked", "verbatim")


def concordance_page(context: Context) -> list[Block]:
    """Print the lines of a concordance that the findings hold; nothing where nobody may be quoted."""
    rows = context.findings.tables.get("kwic", pd.DataFrame())
    known = set(_COLUMNS) <= set(rows.columns)
    if rows.empty or not known or context.subject.quotes not in _QUOTING:
        return []
    say, w = context.say, context.say.w
    body: list[Row] = [tuple(text_of(row[name]) for name in _COLUMNS) for row in rows.to_dict("records")]
    claim = say.note("concordance_one" if len(body) == 1 else "concordance_claim", n=count(len(body)))
    columns = (
        Column(w["context_left"], "right", wide=True),
        Column(w["context_node"], "center"),
        Column(w["context_right"], wide=True),
    )
    notes = [say.note("concordance")]
    if len(body) > ON_PAPER:
        notes.append(say.note("concordance_paper", shown=count(ON_PAPER), n=count(len(body))))
    grid = Grid(w["section.concordance"], columns, tuple(body), tuple(notes), full=True, on_paper=ON_PAPER)
    how = Paragraph(say.how("concordance"), lead=w["how"], style="small")
    return [Heading(claim, 2, kicker=w["section.concordance"], new_page=True), grid, how]
