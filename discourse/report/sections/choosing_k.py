"""How many topics: the grid that was fitted, in the appendix."""

from __future__ import annotations

from functools import partial
from typing import Any

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture
from discourse.report.figures.choosing_k import MEASURES, choosing_k
from discourse.report.numerals import decimal
from discourse.report.sections.context import Context


def choosing_k_section(context: Context) -> list[Block]:
    """Print every number of topics that was fitted, with the one that is recommended."""
    rows = context.findings.table("topic_grid")
    if rows.empty:
        return []
    say, w = context.say, context.say.w
    best = [int(k) for k in rows.loc[rows["chosen"].fillna(False).astype(bool), "n_topics"]]
    claim = say.note("grid_claim", n=best[0] if best else "–")
    records = rows.to_dict("records")
    items = [
        say.alt_shares(_number(r), [f"{w[f'grid.{m}']} {decimal(r[m])}" for m in MEASURES]) for r in records
    ]
    body = tuple(
        (
            _number(r),
            *(decimal(r[m]) for m in MEASURES),
            w["grid.yes"] if int(r["n_topics"]) in best else "",
        )
        for r in records
    )
    columns = (
        Column(w["axis.n_topics"]),
        *(Column(w[f"grid.{m}"], "right") for m in MEASURES),
        Column(w["grid.best"]),
    )
    return [
        Heading(w["section.choosing_k"], 2),
        Picture(
            "choosing-k",
            say.note("grid_caption"),
            " ".join([f"{claim}.", *items]),
            partial(choosing_k, rows, context.subject, claim),
        ),
        Grid(w["section.choosing_k"], columns, body, (say.note("grid_note"),)),
        Paragraph(say.how("topic_grid"), lead=w["how"], style="small"),
    ]


def _number(row: dict[Any, Any]) -> str:
    return str(int(row["n_topics"]))
