"""Frames: how often each group speaks in them."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.topics import topics_by_group
from discourse.report.numerals import count, interval, is_unknown
from discourse.report.sections.context import Context
from discourse.report.sections.footnotes import Footnotes
from discourse.report.sections.uncoded import instrument_note, uncoded, uncoded_note
from discourse.report.selection import text_of


def frames_page(context: Context) -> list[Block]:
    """One page: shares of frames by group, and how they were coded."""
    table = context.findings.table("frames")
    table = table[table["group"].isin([g for g in context.subject.groups if g != "unassigned"])]
    known = table[table["estimate"].notna()]
    if known.empty:
        return []
    say, w = context.say, context.say.w
    order = [(i, context.subject.frame(name)) for i, name in enumerate(dict.fromkeys(table["frame"]))]
    place = {name: i for i, name in enumerate(dict.fromkeys(table["frame"]))}
    rows = known.assign(topic=known["frame"].map(place))
    claim = _widest(context, known) or w["section.frames"]
    coded = len(uncoded(context, "frame", list(map(str, place)))) < len(place)
    items = [
        say.alt_shares(label, [_share_of(context, r) for r in rows[rows["topic"] == i].to_dict("records")])
        for i, label in order
    ]
    return [
        Heading(claim, 2, kicker=w["section.frames"], new_page=True),
        Picture(
            "frames-by-group",
            say.note("frames_caption", level=context.level)
            + instrument_note(context, "frame", [str(name) for name in place]),
            say.alt("dots", claim, items),
            partial(topics_by_group, order, rows, context.subject, claim, "axis.posts_share"),
        ),
        _table(context, table),
        Paragraph(say.how("frames_coded" if coded else "frames"), lead=w["how"], style="small"),
    ]


def _widest(context: Context, known: pd.DataFrame) -> str:
    """Name the frame in which two intervals lie furthest from each other; nothing if all overlap."""
    best: tuple[float, str] = (0.0, "")
    for name, part in known.groupby("frame", sort=False):
        rows = part.to_dict("records")
        high, low = max(rows, key=lambda r: r["low"]), min(rows, key=lambda r: r["high"])
        gap = float(high["low"] - low["high"])
        if gap > best[0]:
            best = (gap, context.say.frames_claim(context.subject.frame(name), high, low))
    return best[1]


def _share_of(context: Context, row: dict[Any, Any]) -> str:
    value = interval(row["estimate"], row["low"], row["high"], "share")
    return f"{context.subject.group(str(row['group']))} {value}"


def _table(context: Context, table: pd.DataFrame) -> Grid:
    w = context.say.w
    footnotes = Footnotes(context.say)
    body: list[Row] = []
    for name, part in table.groupby("frame", sort=False):
        for i, r in enumerate(part.to_dict("records")):
            if is_unknown(r["estimate"]):
                share = footnotes.mark(text_of(r["reason"]))
            else:
                share = interval(r["estimate"], r["low"], r["high"], "share")
            counts = (count(r["n"]), context.people(r["n_authors"]))
            label = context.subject.frame(name) if i == 0 else ""
            body.append((label, context.swatch(str(r["group"])), share, *counts))
    columns = (
        Column(w["frame"], wide=True),
        Column(w["group"], wide=True),
        Column(w["share"], "right"),
        Column(w["posts"], "right"),
        Column(w["authors"], "right"),
    )
    notes = [context.say.note("interval", level=context.level), *footnotes.notes()]
    stop = "；" if context.language == "zh" else "; "
    coded = stop.join(dict.fromkeys(str(v) for v in table["instrument"].dropna()))
    notes += uncoded_note(context, "frame", [str(name) for name in dict.fromkeys(table["frame"])])
    notes.append(f"{w['coded_by']}: {coded}" if context.language == "en" else f"{w['coded_by']}：{coded}")
    return Grid(w["section.frames"], columns, tuple(body), tuple(notes), full=True)
