"""Stance by topic, place, what is answered, influence and within the same authors, in three versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discourse.corpus.places import place_name
from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Row
from discourse.report.numerals import UNKNOWN, bare_interval, count, is_unknown
from discourse.report.sections.context import Context, capital
from discourse.report.sections.correction import VERSIONS, rows_of
from discourse.report.sections.footnotes import Footnotes
from discourse.report.sections.time import phase_name
from discourse.report.selection import text_of, topic_label

FIGURES = ("topic", "place", "reply", "influence", "same authors")
#: The figure shown; shares positive and negative stand in the table.
_SHOWN = "balance"


def part_versions_page(context: Context) -> list[Block]:
    """Positive minus negative in parts of the posts in three versions; nothing where nobody coded stance."""
    rows = [r for figure in FIGURES for r in rows_of(context, "three_estimates", figure=figure)]
    found: dict[tuple[str, str, str], dict[str, dict[Any, Any]]] = {}
    for row in rows:
        if row["outcome"] == _SHOWN:
            key = (str(row["figure"]), str(row["id"]), str(row["group"]))
            found.setdefault(key, {})[str(row["version"])] = row
    if not found:
        return []
    w, say = context.say.w, context.say
    footnotes, body = Footnotes(say), list[Row]()
    before = ""
    for (figure, name, group), versions in found.items():
        head = capital(w[f"in_parts.{figure}"]) if figure != before else ""
        before = figure
        cells = [_cell(versions.get(version), footnotes) for version in VERSIONS]
        coded = count(versions["naive"]["n_coded"])
        body.append((head, _named(context, figure, name, group), *cells, coded))
    columns = (
        Column(w["part_column"], wide=True),
        Column("", wide=True),
        *(Column(w[name], "right") for name in (*VERSIONS, "codes")),
    )
    notes = (say.note("parts_note", level=context.level), *footnotes.notes())
    return [
        Heading(w["section.parts"], 2),
        Grid(w["caption.parts"], columns, tuple(body), notes, full=True),
        Paragraph(say.how("parts"), lead=w["how"], style="small"),
    ]


def _named(context: Context, figure: str, name: str, group: str) -> str:
    who = context.subject.group(group)
    if figure == "topic":
        return _topic(context, int(name))
    if figure == "place":
        return place_name(name, context.language)
    if figure == "reply":
        return context.say.note("part_reply", group=who, label=context.word(f"label.{name}"))
    if figure == "influence":
        return context.say.note(f"part_influence.{'gap' if ' vs ' in name else name}", group=who)
    later, earlier = (phase_name(context, part) for part in name.split(" vs "))
    return context.say.note("part_change", group=who, later=later, earlier=earlier)


def _topic(context: Context, number: int) -> str:
    topics = context.findings.table("topics")
    known = topics.loc[topics["topic"] == number, "label"]
    return topic_label(number, known.iloc[0], 60) if len(known) else str(number + 1)


def _cell(row: Mapping[Any, Any] | None, footnotes: Footnotes) -> str:
    if row is None:
        return UNKNOWN
    if is_unknown(row["estimate"]):
        return footnotes.mark(text_of(row["reason"]))
    return bare_interval(row["estimate"], row["low"], row["high"], _SHOWN)
