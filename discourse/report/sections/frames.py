"""Frames: how often each group speaks in them."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.topics import topics_by_group
from discourse.report.numerals import UNKNOWN, count, interval, is_unknown
from discourse.report.sections.context import Context
from discourse.report.sections.footnotes import Footnotes
from discourse.report.sections.stance_tables import WIDE_UP_TO
from discourse.report.sections.uncoded import instrument_note, uncoded, uncoded_note
from discourse.report.selection import text_of
from discourse.report.widths import shortened


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
    basis = _basis(context, table)
    columns, body = (_wide if basis else _long)(context, table, footnotes)
    notes = [context.say.note("interval", level=context.level), *basis, *footnotes.notes()]
    stop = "；" if context.language == "zh" else "; "
    coded = stop.join(dict.fromkeys(str(v) for v in table["instrument"].dropna()))
    notes += uncoded_note(context, "frame", [str(name) for name in dict.fromkeys(table["frame"])])
    notes.append(f"{w['coded_by']}: {coded}" if context.language == "en" else f"{w['coded_by']}：{coded}")
    return Grid(w["table.frames"], tuple(columns), tuple(body), tuple(notes), full=True)


def _basis(context: Context, table: pd.DataFrame) -> list[str]:
    """Say once what stands behind every share of a group; nothing where it differs, or groups are many."""
    parts = []
    for group, part in table.groupby("group", sort=False):
        behind = {(count(r["n"]), context.people(r["n_authors"])) for r in part.to_dict("records")}
        if len(behind) > 1:
            return []
        n, people = behind.pop()
        name = context.subject.group(str(group))
        parts.append(context.say.note("frames_basis_group", group=name, n=n, people=people))
    stop = "；" if context.language == "zh" else "; "
    return [context.say.note("frames_basis", groups=stop.join(parts))] if len(parts) <= WIDE_UP_TO else []


def _wide(context: Context, table: pd.DataFrame, footnotes: Footnotes) -> tuple[list[Column], list[Row]]:
    """Lay out one row a frame, one column a group."""
    groups = list(dict.fromkeys(str(group) for group in table["group"]))
    body: list[Row] = []
    for name, part in table.groupby("frame", sort=False):
        found = {str(r["group"]): r for r in part.to_dict("records")}
        shares = [_share(found[g], footnotes) if g in found else UNKNOWN for g in groups]
        body.append((context.subject.frame(name), *shares))
    names = [Column(shortened(context.subject.group(group), 22), "right") for group in groups]
    return [Column(context.say.w["frame"], wide=True), *names], body


def _share(row: dict[Any, Any], footnotes: Footnotes) -> str:
    if is_unknown(row["estimate"]):
        return footnotes.mark(text_of(row["reason"]))
    return interval(row["estimate"], row["low"], row["high"], "share")


def _long(context: Context, table: pd.DataFrame, footnotes: Footnotes) -> tuple[list[Column], list[Row]]:
    """Lay out one row a frame and group."""
    w = context.say.w
    body: list[Row] = []
    for name, part in table.groupby("frame", sort=False):
        for i, r in enumerate(part.to_dict("records")):
            counts = (count(r["n"]), context.people(r["n_authors"]))
            label = context.subject.frame(name) if i == 0 else ""
            body.append((label, context.swatch(str(r["group"])), _share(r, footnotes), *counts))
    columns = [
        Column(w["frame"], wide=True),
        Column(w["group"], wide=True),
        Column(w["share"], "right"),
        Column(w["posts"], "right"),
        Column(w["authors"], "right"),
    ]
    return columns, body
