"""P11: words in their context, or what people made of them, as far as the study lets posts be quoted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Row
from discourse.report.numerals import UNKNOWN, count, is_unknown
from discourse.report.sections.context import Context
from discourse.report.selection import text_of

#: Lines that fit on paper; the page for the browser can be searched and holds all.
ON_PAPER = 40
#: What is put behind a line that a search would find.
FOUND = "\u2020"


def concordance_page(context: Context) -> list[Block]:
    """Print the lines that may be quoted, and the paraphrases; where nobody is quoted, say why."""
    say, w = context.say, context.say.w
    if context.subject.quotes == "none":
        if context.findings.table("collocates").empty:
            return []
        return [Heading(w["section.concordance"], 3), Paragraph(say.note("concordance_none"))]
    rows = context.findings.table("concordance")
    if rows.empty:
        return []
    # whatever a table holds, a line is printed only where the policy lets it stand as it is
    may = context.subject.quotes in ("masked", "verbatim")
    lines, said = rows[rows["node"].notna() & may], rows[rows["paraphrase"].notna()]
    claim = say.note("concordance_claim", n=count(len(lines)), said=count(len(said)), drawn=count(len(rows)))
    return [
        Heading(claim, 2, kicker=w["section.concordance"], new_page=True),
        *_lines(context, lines),
        *_paraphrases(context, said),
        *_held_back(context, rows),
        Paragraph(say.how("concordance"), lead=w["how"], style="small"),
    ]


def _lines(context: Context, lines: pd.DataFrame) -> list[Block]:
    if lines.empty:
        return []
    say, w = context.say, context.say.w
    glossed = context.language == "en" and bool(lines["gloss"].notna().any())
    body = tuple(_line(context, row, glossed=glossed) for row in lines.to_dict("records"))
    columns = [
        Column(w["context_left"], "right", wide=True),
        Column(w["context_node"], "center"),
        Column(w["context_right"], wide=True),
        *([Column(w["word_by_word"], wide=True)] if glossed else []),
        Column(w["group"]),
        Column(w["stance"]),
        Column(w["authors"], "right"),
    ]
    notes = [say.note("concordance", n=count(_asked_lines(context)), seed=context.subject["seed"])]
    found = int(lines["findable"].fillna(False).astype(bool).sum())
    notes += [say.note("concordance_found", mark=FOUND, n=count(found))] if found else []
    notes += [say.note("concordance_gloss")] if glossed else []
    if len(body) > ON_PAPER:
        notes.append(say.note("concordance_paper", shown=count(ON_PAPER), n=count(len(body))))
    grid = Grid(w["section.concordance"], tuple(columns), body, tuple(notes), full=True, on_paper=ON_PAPER)
    return [grid]


def _line(context: Context, row: Mapping[Any, Any], *, glossed: bool) -> Row:
    right = _one_line(row["right"])
    if not is_unknown(row["findable"]) and row["findable"]:
        right = f"{right}\u00a0{FOUND}"
    gloss = (UNKNOWN if is_unknown(row["gloss"]) else str(row["gloss"]),) if glossed else ()
    return (
        # an empty first cell would be read as the one above it
        _one_line(row["left"]) or "\u00a0",
        text_of(row["node"]),
        right,
        *gloss,
        *_whose(context, row),
        context.people(row["n_authors"]),
    )


def _whose(context: Context, row: Mapping[Any, Any]) -> Row:
    return (context.swatch(str(row["group"])), context.word(f"label.{row['stance']}"))


def _paraphrases(context: Context, said: pd.DataFrame) -> list[Block]:
    if said.empty:
        return []
    w = context.say.w
    body: tuple[Row, ...] = tuple(
        (_one_line(row["paraphrase"]), *_whose(context, row)) for row in said.to_dict("records")
    )
    columns = (Column(w["paraphrase"], wide=True), Column(w["group"]), Column(w["stance"]))
    note = (context.say.note("paraphrase_note"),)
    return [Grid(w["section.paraphrases"], columns, body, note, full=True, on_paper=ON_PAPER)]


def _held_back(context: Context, rows: pd.DataFrame) -> list[Block]:
    held = rows["not_printed"].dropna()
    if held.empty:
        return []
    reason = context.say.reason(str(held.iloc[0]))
    return [Paragraph(context.say.note("concordance_held", n=count(len(held)), reason=reason))]


def _asked_lines(context: Context) -> int:
    return int((context.subject["nearby"] or {}).get("lines", 3))


def _one_line(text: Any) -> str:
    return " ".join(text_of(text).split())
