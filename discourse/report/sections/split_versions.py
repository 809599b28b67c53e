"""What gaps between groups and changes between phases are made of, in three versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Row
from discourse.report.numerals import UNKNOWN, bare_interval, count, is_unknown
from discourse.report.sections.context import Context
from discourse.report.sections.correction import VERSIONS, rows_of
from discourse.report.sections.footnotes import Footnotes
from discourse.report.sections.time import phase_name
from discourse.report.selection import text_of

Versions = dict[str, dict[Any, Any]]
#: The whole of each split; all other parts add up to it.
_WHOLE = ("gap", "change")


def split_versions_page(context: Context) -> list[Block]:
    """The parts of gaps and changes in three versions; nothing where nobody coded stance."""
    found = _found(context)
    if not found:
        return []
    w, say = context.say.w, context.say
    footnotes, body, before = Footnotes(say), list[Row](), ""
    for (head, part), versions in found.items():
        cells = [_cell(versions.get(version), footnotes) for version in VERSIONS]
        coded = count(versions["naive"]["n_coded"]) if part in _WHOLE else ""
        body.append((head if head != before else "", _part(context, part), *cells, coded))
        before = head
    columns = (
        Column(w["of_what_column"], wide=True),
        Column(w["gap_part"], wide=True),
        *(Column(w[name], "right") for name in (*VERSIONS, "codes")),
    )
    return [
        Heading(w["section.split_versions"], 2),
        *_changed(context, found),
        Grid(
            w["section.split_versions"],
            columns,
            tuple(body),
            (*_notes(context), *footnotes.notes()),
            full=True,
        ),
        Paragraph(say.how("split_versions"), lead=w["how"], style="small"),
    ]


def _found(context: Context) -> dict[tuple[str, str], Versions]:
    """Gather the versions of each part of the gaps and changes of which a corrected figure is given."""
    rows = rows_of(context, "part_estimates")
    known = {
        (r["split"], r["id"], r["group"])
        for r in rows
        if r["version"] == "corrected" and not is_unknown(r["estimate"])
    }
    found: dict[tuple[str, str], Versions] = {}
    for row in rows:
        if (row["split"], row["id"], row["group"]) in known:
            found.setdefault((_head(context, row), str(row["part"])), {})[str(row["version"])] = row
    return found


def _head(context: Context, row: Mapping[Any, Any]) -> str:
    first, _, second = str(row["group"]).partition(" vs ")
    if row["split"] == "topics":
        pair = f"{context.subject.group(first)} − {context.subject.group(second)}"
        return context.say.note("split_gap", pair=pair)
    later, earlier = (phase_name(context, name) for name in str(row["id"]).split(" vs "))
    return context.say.note("split_change", group=context.subject.group(first), later=later, earlier=earlier)


def _part(context: Context, part: str) -> str:
    if part in _WHOLE:
        return context.word("gap.gap" if part == "gap" else "part.change")
    return "· " + context.word(f"gap.{part}" if part in ("topics", "stance") else f"part.{part}")


def _cell(row: Mapping[Any, Any] | None, footnotes: Footnotes) -> str:
    if row is None:
        return UNKNOWN
    if is_unknown(row["estimate"]):
        return footnotes.mark(text_of(row["reason"]))
    return bare_interval(row["estimate"], row["low"], row["high"], "mean")


def _changed(context: Context, found: Mapping[tuple[str, str], Versions]) -> list[Block]:
    """Say how many parts the correction moves out of where labels alone put them."""
    parts = [
        v for (_, part), v in found.items() if part not in _WHOLE and not is_unknown(v["corrected"]["low"])
    ]
    outside = [
        v for v in parts if not v["corrected"]["low"] <= v["naive"]["estimate"] <= v["corrected"]["high"]
    ]
    return [Paragraph(context.say.note("split_changed", n=count(len(parts)), outside=count(len(outside))))]


def _notes(context: Context) -> list[str]:
    rows = rows_of(context, "part_estimates")
    topics = sorted({int(r["n_topics"]) for r in rows if not is_unknown(r["n_topics"])})
    said = "–".join(dict.fromkeys(str(n) for n in (topics[0], topics[-1]))) if topics else UNKNOWN
    notes = [context.say.note("split_note", level=context.level, n=said)]
    return [*notes, context.say.note("split_who")] if any(r["split"] == "authors" for r in rows) else notes
