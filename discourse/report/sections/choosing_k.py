"""How many topics: the grid that was fitted, in the appendix."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture
from discourse.report.figures.choosing_k import MEASURES, choosing_k
from discourse.report.numerals import decimal
from discourse.report.sections.context import Context
from discourse.report.selection import text_of


def choosing_k_section(context: Context) -> list[Block]:
    """Print every number of topics that was fitted, with the one that is recommended."""
    rows = context.findings.table("topic_grid")
    if rows.empty:
        return []
    say, w = context.say, context.say.w
    best, used = _marked(rows, "chosen"), _marked(rows, "used")
    fixed = bool(used) and used != best
    named = {"n": best[0] if best else "–", "used": used[0] if used else "–"}
    claim = say.note("grid_claim_fixed" if fixed else "grid_claim", **named)
    records = rows.to_dict("records")
    items = [
        say.alt_shares(_number(r), [f"{w[f'grid.{m}']} {decimal(r[m])}" for m in MEASURES]) for r in records
    ]
    body = tuple(
        (
            _number(r),
            *(decimal(r[m]) for m in MEASURES),
            _ranks(r),
            *(w["grid.yes"] if int(r["n_topics"]) in those else "" for those in (used, best)),
        )
        for r in records
    )
    columns = (
        Column(w["axis.n_topics"]),
        *(Column(w[f"grid.{m}"], "right") for m in MEASURES),
        Column(w["grid.ranks"]),
        Column(w["grid.used"]),
        Column(w["grid.best"]),
    )
    why = say.note("grid_fixed" if fixed else "grid_best", **named)
    return [
        Heading(w["section.choosing_k"], 2),
        Picture(
            "choosing-k",
            say.note("grid_caption"),
            " ".join([f"{claim}.", *items]),
            partial(choosing_k, rows, context.subject, claim),
        ),
        Grid(w["caption.choosing_k"], columns, body, (say.note("grid_note"), why), full=True),
        Paragraph(say.how("topic_grid"), lead=w["how"], style="small"),
    ]


def _marked(rows: pd.DataFrame, name: str) -> list[int]:
    """Give the numbers of topics that a column marks; tables of earlier versions may lack it."""
    if name not in rows.columns:
        return []
    return [int(k) for k in rows.loc[rows[name].fillna(False).astype(bool), "n_topics"]]


def _ranks(row: dict[Any, Any]) -> str:
    """Write the ranks without the names of the measures: the note below the table has their order."""
    return "·".join(re.findall(r"[0-9]+", text_of(row["reason"])))


def _number(row: dict[Any, Any]) -> str:
    return str(int(row["n_topics"]))
