"""Tables of stance: wide with a column a group, or long with a row a group where there are many."""

from __future__ import annotations

from collections.abc import Sequence

from discourse.report.document import Cell as Swatched
from discourse.report.document import Column, Grid, Row
from discourse.report.numerals import (
    UNKNOWN,
    bare_interval,
    count,
    decimal,
    difference,
    interval,
    is_unknown,
    probability,
)
from discourse.report.sections.context import Context
from discourse.report.sections.footnotes import Footnotes
from discourse.report.selection import Cell, Difference, cells
from discourse.report.widths import shortened

Rows = Sequence[tuple[str, Sequence[Cell]]]
WIDE_UP_TO = 4


def stance_table(context: Context, rows: Rows, head: str, caption: str) -> Grid:
    """Lay out means with their intervals, or the reasons why there are none."""
    groups = [g for g in context.subject.groups if any(c.group == g for _, row in rows for c in row)]
    footnotes = Footnotes(context.say)
    if len(groups) <= WIDE_UP_TO:
        columns, body = _wide(context, rows, head, groups, footnotes)
    else:
        columns, body = _long(context, rows, head, footnotes)
    notes = [context.say.note("interval", level=context.level), *footnotes.notes()]
    if any(is_unknown(c.n_authors) for _, row in rows for c in row):
        notes.append(context.small_note)
    return Grid(caption, tuple(columns), tuple(body), tuple(notes), full=len(groups) > 2)


def _wide(
    context: Context, rows: Rows, head: str, groups: list[str], footnotes: Footnotes
) -> tuple[list[Column], list[Row]]:
    n = context.word("n_short")
    columns = [Column(head, wide=True)]
    for group in groups:
        columns += [Column(shortened(context.subject.group(group), 22), "right"), Column(n, "right")]
    body: list[Row] = []
    for name, row in rows:
        by_group = {c.group: c for c in row}
        line: list[str | Swatched] = [name]
        for group in groups:
            cell = by_group.get(group)
            line += [_figure(cell, footnotes), count(cell.n) if cell else UNKNOWN]
        body.append(tuple(line))
    return columns, body


def _long(context: Context, rows: Rows, head: str, footnotes: Footnotes) -> tuple[list[Column], list[Row]]:
    w = context.say.w
    body: list[Row] = []
    for name, row in rows:
        for i, cell in enumerate(row):
            counts = (count(cell.n), context.people(cell.n_authors), count(cell.n_threads))
            body.append(
                (name if i == 0 else "", context.swatch(cell.group), _figure(cell, footnotes), *counts)
            )
    names = [Column(w[k], "right") for k in ("mean", "posts", "authors", "threads")]
    return [Column(head), Column(w["group"], wide=True), *names], body


def _figure(cell: Cell | None, footnotes: Footnotes) -> str:
    if cell is None:
        return UNKNOWN
    return interval(cell.estimate, cell.low, cell.high, "mean") if cell.known else footnotes.mark(cell.reason)


def shares_table(context: Context, target: str) -> Grid | None:
    """P3: mean, shares and coverage of each group, with intervals."""
    w, say = context.say.w, context.say
    measures = ("mean", "positive", "neutral", "negative", "coverage")
    found = {m: {c.group: c for c in cells(context.findings, context.subject, target, m)} for m in measures}
    if not found["mean"]:
        return None
    footnotes = Footnotes(say)
    rows: list[Row] = []
    for group, mean in found["mean"].items():
        figures = [_bare(found[m].get(group), footnotes) for m in measures]
        rows.append(
            (
                context.swatch(group),
                *figures,
                count(mean.n),
                context.people(mean.n_authors),
                count(mean.n_threads),
            )
        )
    heads = [w["mean"], *(f"{w[m]}, %" if context.language == "en" else f"{w[m]}（%）" for m in measures[1:])]
    counts = [Column(w[k], "right") for k in ("posts", "authors", "threads")]
    columns = (Column(w["group"]), *(Column(h, "right") for h in heads), *counts)
    about = say.note("of_target", target=context.subject.target(target))
    caption = (
        f"{w['section.stance']}（{about}）" if context.language == "zh" else f"{w['section.stance']}, {about}"
    )
    notes = (say.note("interval", level=context.level), *footnotes.notes())
    return Grid(caption, columns, tuple(rows), notes, full=True)


def _bare(cell: Cell | None, footnotes: Footnotes) -> str:
    if cell is None:
        return UNKNOWN
    if not cell.known:
        return footnotes.mark(cell.reason)
    return bare_interval(cell.estimate, cell.low, cell.high, cell.measure)


def pair_name(context: Context, d: Difference) -> str:
    """Name a comparison: first minus second group, and the language if it is only one."""
    pair = f"{context.subject.group(d.group_a)} − {context.subject.group(d.group_b)}"
    if d.lang == "all":
        return pair
    lang = context.say.term("lang_short", d.lang)
    return f"{pair}（{lang}）" if context.language == "zh" else f"{pair}, {lang}"


def differences_table(context: Context, found: Sequence[Difference], caption: str = "") -> Grid:
    """Lay out differences with interval, effect and adjusted p, or the reasons why there are none."""
    w = context.say.w
    footnotes = Footnotes(context.say)
    rows: list[Row] = []
    for d in found:
        value = difference(d.estimate, d.low, d.high, d.outcome) if d.known else footnotes.mark(d.reason)
        authors = f"{context.people(d.authors_a)} / {context.people(d.authors_b)}"
        rows.append((pair_name(context, d), value, decimal(d.effect), probability(d.p_adjusted), authors))
    heads = [Column(w[k], "right") for k in ("difference", "effect", "p_adjusted", "authors")]
    notes = (context.say.note("interval", level=context.level), context.say.note("p"), *footnotes.notes())
    return Grid(
        caption or w["caption.difference"], (Column(w["comparison"], wide=True), *heads), tuple(rows), notes
    )
