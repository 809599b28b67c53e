"""What goes with a topic: group, language, time and other traits at once."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.topic_covariates import SURE, topics_by_trait
from discourse.report.numerals import count, difference, is_unknown, percent, probability
from discourse.report.sections.context import Context
from discourse.report.sections.likes import level_label, term_label
from discourse.report.selection import topic_label, topic_name

#: Topics of the heatmap, rows of the table below it, and columns for which there is room.
_MOST_TOPICS, _MOST_ROWS, _MOST_TRAITS = 20, 10, 8


def topic_covariates_page(context: Context) -> list[Block]:
    """One page a language of topics: a heatmap of coefficients, and the surest ones with intervals."""
    table = context.findings.table("topic_covariates")
    known = table[table["estimate"].notna()]
    return [
        block
        for lang in dict.fromkeys(known["lang"])
        for block in _page(context, known[known["lang"] == lang])
    ]


def _page(context: Context, known: pd.DataFrame) -> list[Block]:
    say, w = context.say, context.say.w
    rows = [row | {"trait": term_label(context, row)} for row in known.to_dict("records")]
    traits = list(dict.fromkeys(str(row["trait"]) for row in rows))[:_MOST_TRAITS]
    labels = {int(row["topic"]): topic_label(row["topic"], row["label"]) for row in rows}
    topics = list(labels.items())[:_MOST_TOPICS]
    cells = {(int(row["topic"]), str(row["trait"])): row for row in rows}
    claim = _claim(context, rows)
    items = [say.alt_shares(name, [_said(cells[topic, t], t) for t in traits]) for topic, name in topics]
    return [
        Heading(claim, 2, kicker=w["section.topic_covariates"], new_page=True),
        Picture(
            f"topics-by-trait-{known['lang'].iloc[0]}",
            say.note("topic_covariates_caption"),
            say.alt("dots", claim, items),
            partial(topics_by_trait, topics, traits, cells, context.subject, claim),
        ),
        _table(context, rows),
        Paragraph(say.how("topic_covariates"), lead=w["how"], style="small"),
    ]


def _said(row: dict[Any, Any], trait: str) -> str:
    return f"{trait} {difference(row['estimate'], row['low'], row['high'], 'share')}"


def _surest(rows: list[dict[Any, Any]]) -> list[dict[Any, Any]]:
    """Order the coefficients by how far they lie from none, in their standard errors."""
    return sorted(rows, key=lambda r: -abs(r["estimate"]) / max(r["se"], 1e-12))


def _claim(context: Context, rows: list[dict[Any, Any]]) -> str:
    """Name the largest of the sure differences between values of a trait; of numbers, none."""
    say = context.say
    sure = [r for r in rows if r["p_adjusted"] < SURE and not is_unknown(r["level_of"])]
    if not sure:
        return say.note("topic_covariates_claim_none")
    row = max(sure, key=lambda r: abs(r["estimate"]))
    key = "topic_covariates_claim" if row["estimate"] > 0 else "topic_covariates_claim_less"
    against = say.note(
        "against", value=row["trait"], reference=level_label(context, str(row["term"]), str(row["reference"]))
    )
    return say.note(key, value=against, topic=topic_name(row["label"], 80))


def _table(context: Context, rows: list[dict[Any, Any]]) -> Grid:
    w = context.say.w
    body: list[Row] = [
        (
            topic_label(row["topic"], row["label"], 80),
            str(row["trait"]),
            difference(row["estimate"], row["low"], row["high"], "share"),
            probability(row["p_adjusted"]),
            count(row["n"]),
        )
        for row in _surest(rows)[:_MOST_ROWS]
    ]
    columns = (
        Column(w["topic"], wide=True),
        Column(w["trait"], wide=True),
        Column(w["difference"], "right"),
        Column(w["p_adjusted"], "right"),
        Column(w["posts"], "right"),
    )
    return Grid(w["caption.topic_covariates"], columns, tuple(body), _notes(context, rows), full=True)


def _notes(context: Context, rows: list[dict[Any, Any]]) -> tuple[str, ...]:
    say = context.say
    references = dict.fromkeys(
        level_label(context, str(r["term"]), str(r["reference"]))
        for r in rows
        if not is_unknown(r["reference"])
    )
    notes = [
        say.note("topic_covariates_note", reference=say.joined(list(references)), least=context.least),
        say.note("topic_covariates_left", n=min(_MOST_ROWS, len(rows))),
    ]
    shares = [float(r["model_share"]) for r in rows if not is_unknown(r["model_share"])]
    if shares:
        notes.append(say.note("topic_covariates_model", share=percent(sum(shares) / len(shares))))
    return tuple(notes)
