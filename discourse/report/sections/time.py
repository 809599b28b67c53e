"""Phases and series: what each phase holds, who changed, and what the series can and cannot show."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.stance import stance_panel
from discourse.report.numerals import (
    UNKNOWN,
    count,
    decimal,
    difference,
    interval,
    is_unknown,
    percent,
    probability,
    short_date,
)
from discourse.report.sections.context import Context
from discourse.report.sections.footnotes import Footnotes
from discourse.report.selection import Cell, sign_of, text_of
from discourse.report.subject import UNASSIGNED, worded
from discourse.report.widths import shortened

_PARTS = ("change", "same authors", "activity", "arrivals", "departures", "within authors")
#: Changes whose parts are printed; more do not fit beside each other.
_MOST_SPLITS = 3


def phase_name(context: Context, name: str) -> str:
    """Give the label of a phase: declared, or made of the events that open it."""
    for phase in context.subject["phases"] or []:
        if phase.get("name") == name:
            return shortened(worded(phase.get("label"), context.language) or name, 40)
    if name == "before":
        return context.word("phase.before")
    return shortened(" / ".join(context.event_name(part) for part in name.split(" / ")), 40)


def phases_page(context: Context) -> list[Block]:
    """P8: stance by phase, one phase against the one before, and who changed."""
    table = context.findings.table("phases")
    table = table[(table["target"] == context.target) & ~table["group"].isin(["all", UNASSIGNED])]
    if context.target is None or table["phase"].nunique() < 2:
        return []
    say, w = context.say, context.say.w
    target = context.subject.target(context.target)
    claim, corrected = _claim(context)
    rows = _cells(context, table)
    blocks: list[Block] = [Heading(claim, 2, kicker=w["section.phases"], new_page=True)]
    blocks += [Paragraph(corrected)] if corrected else []
    if any(cell.known for _, row in rows for cell in row):
        items = [
            say.alt_value(f"{label}, {context.subject.group(c.group)}", c) for label, row in rows for c in row
        ]
        caption = say.note("phases_caption", target=target, level=context.level)
        draw = partial(stance_panel, rows, context.subject, claim)
        blocks.append(Picture("stance-by-phase", caption, say.alt("dots", claim, items), draw))
    blocks += [*_phase_table(context, table), *_change_table(context), *_split_table(context)]
    return [*blocks, Paragraph(say.how("phases"), lead=w["how"], style="small")]


def _claim(context: Context) -> tuple[str, str]:
    """Name the change that is surest after adjustment, and what correction makes of it."""
    say, target = context.say, context.subject.target(context.target)
    rows = _changes(context).to_dict("records")
    known = [row for row in rows if not is_unknown(row["estimate"])]
    sure = [row for row in known if not is_unknown(row["p_adjusted"]) and row["p_adjusted"] < 0.05]
    if not known:
        return say.note("phase_claim_unknown", target=target), ""
    if not sure:
        return say.note("phase_claim_none", target=target), ""
    row = min(sure, key=lambda r: float(r["p_adjusted"]))
    key = "phase_claim_higher" if sign_of(row["low"], row["high"]) > 0 else "phase_claim_lower"
    claim = say.note(
        key,
        group=context.subject.group(str(row["group"])),
        target=target,
        later=phase_name(context, str(row["phase_a"])),
        earlier=phase_name(context, str(row["phase_b"])),
    )
    return _as_corrected(context, claim, row)


def _as_corrected(context: Context, claim: str, row: dict[Any, Any]) -> tuple[str, str]:
    """Say beside a change by labels what the correction makes of it; labels may show what is not there."""
    table = context.findings.table("three_estimates")
    same = (table["figure"] == "change") & (table["id"] == f"{row['phase_a']} vs {row['phase_b']}")
    same &= (table["outcome"] == "mean") & (table["group"] == row["group"]) & (table["lang"] == "all")
    found = table[same & (table["version"] == "corrected") & table["estimate"].notna()].to_dict("records")
    if not found:
        return claim, ""
    corrected = found[0]
    holds = sign_of(corrected["low"], corrected["high"]) == sign_of(row["low"], row["high"])
    value = difference(corrected["estimate"], corrected["low"], corrected["high"], "mean")
    said = context.say.note("phase_corrected" if holds else "phase_not_corrected", value=value)
    return claim if holds else context.say.note("phase_claim_labels", claim=claim), said


def _changes(context: Context) -> pd.DataFrame:
    table = context.findings.table("phase_changes")
    return table[(table["target"] == context.target) & (table["measure"] == "mean")]


def _cells(context: Context, table: pd.DataFrame) -> list[tuple[str, list[Cell]]]:
    means = table[table["measure"] == "mean"]
    found = []
    for name, part in means.groupby("phase", sort=False):
        by_group = {str(row["group"]): row for row in part.to_dict("records")}
        cells = [_cell(by_group[g]) for g in context.subject.groups if g in by_group]
        found.append((phase_name(context, str(name)), [cell for cell in cells if cell.known]))
    return [row for row in found if row[1]]


def _cell(row: dict[Any, Any]) -> Cell:
    return Cell(
        target=str(row["target"]),
        group=str(row["group"]),
        measure="mean",
        estimate=row["estimate"],
        low=row["low"],
        high=row["high"],
        level=row["level"],
        n=row["n"],
        n_authors=row["n_authors"],
        n_threads=row["n_threads"],
        reason=text_of(row["reason"]),
    )


def _phase_table(context: Context, table: pd.DataFrame) -> list[Block]:
    """Lay out the groups that have a mean in any phase; nothing where none has."""
    say, w = context.say, context.say.w
    footnotes = Footnotes(say)
    body: list[Row] = []
    said = set(table.loc[table["estimate"].notna() & (table["measure"] == "mean"), "group"])
    about = table["measure"] == "mean"
    held = table.loc[about & (table["n"].isna() | (table["n"] > 0)), "phase"].unique()
    table = table[table["group"].isin(said) & table["phase"].isin(held)]
    if table.empty:
        return []
    for group in context.subject.groups:
        part = table[table["group"] == group]
        for i, (name, rows) in enumerate(part.groupby("phase", sort=False)):
            by_measure = {str(row["measure"]): row for row in rows.to_dict("records")}
            mean = by_measure["mean"]
            figures = [footnotes.mark(text_of(mean["reason"])), UNKNOWN, UNKNOWN]
            if not is_unknown(mean["estimate"]):
                figures = [interval(mean["estimate"], mean["low"], mean["high"], "mean")]
                figures += [percent(by_measure[m]["estimate"]) for m in ("positive", "negative")]
            days = _span(context, mean)
            label = context.swatch(group) if i == 0 else ""
            body.append((label, phase_name(context, str(name)), days, count(mean["n"]), *figures))
    columns = (
        Column(w["group"], wide=True),
        Column(w["phase"], wide=True),
        Column(w["days_column"]),
        Column(w["mentions_column"], "right"),
        Column(w["mean"], "right"),
        Column(w["positive"], "right"),
        Column(w["negative"], "right"),
    )
    notes = [say.note("phases_note", zone=context.zone), *footnotes.notes()]
    return [Grid(w["caption.phases"], columns, tuple(body), tuple(notes), full=True)]


def _span(context: Context, row: dict[Any, Any]) -> str:
    first, last = (short_date(row[name], context.language) for name in ("first", "last"))
    return first if first == last else f"{first}–{last}"


def _change_table(context: Context) -> list[Block]:
    say, w = context.say, context.say.w
    rows = [row for row in _changes(context).to_dict("records") if not is_unknown(row["estimate"])]
    if not rows:
        return []
    body: list[Row] = [
        (
            context.swatch(str(row["group"])),
            _pair(context, row),
            difference(row["estimate"], row["low"], row["high"], "mean"),
            decimal(row["effect"]),
            probability(row["p_adjusted"]),
            f"{count(row['n_a'])} / {count(row['n_b'])}",
        )
        for row in rows
    ]
    columns = (
        Column(w["group"]),
        Column(w["compared_phases"], wide=True),
        Column(w["difference"], "right"),
        Column("g", "right"),
        Column(w["p_adjusted"], "right"),
        Column(w["mentions_column"], "right"),
    )
    return [
        Grid(w["section.phase_changes"], columns, tuple(body), (say.note("phase_changes_note"),), full=True)
    ]


def _pair(context: Context, row: dict[Any, Any]) -> str:
    later, earlier = (phase_name(context, str(row[f"phase_{x}"])) for x in "ab")
    return f"{later} {context.word('over')} {earlier}"


def _split_table(context: Context) -> list[Block]:
    """Put the parts of the surest changes beside each other."""
    say, w = context.say, context.say.w
    table = context.findings.table("composition")
    known = table[(table["target"] == context.target) & table["estimate"].notna()]
    known = known[known["group"] != "all"]
    changes = known[known["part"] == "change"].sort_values("p", kind="stable").head(_MOST_SPLITS)
    if changes.empty:
        return []
    colon = "：" if context.language == "zh" else ": "
    splits = [_split(known, row) for row in changes.to_dict("records")]
    heads = [
        f"{context.subject.group(str(row['group']))}{colon}{_pair(context, row)}"
        for row in changes.to_dict("records")
    ]
    indent = {"same authors", "activity", "arrivals", "departures"}
    body: list[Row] = [
        (
            ("· " if part in indent else "") + w[f"part.{part}"],
            *(_figure(split[part]) for split in splits),
        )
        for part in _PARTS
    ]
    body.append((w["part_authors"], *(_people(context, split) for split in splits)))
    columns = (Column(w["part"], wide=True), *(Column(head, "right", wide=True) for head in heads))
    return [Grid(w["section.composition"], columns, tuple(body), (say.note("composition_note"),), full=True)]


def _figure(row: dict[Any, Any]) -> str:
    return interval(row["estimate"], row["low"], row["high"], "mean")


def _split(known: pd.DataFrame, row: dict[Any, Any]) -> dict[str, dict[Any, Any]]:
    keys = ("group", "phase_a", "phase_b")
    part = known[(known[list(keys)] == [row[key] for key in keys]).all(axis=1)]
    blank = dict.fromkeys(("estimate", "low", "high", "n_authors"))
    return dict.fromkeys(_PARTS, blank) | {str(r["part"]): r for r in part.to_dict("records")}


def _people(context: Context, split: dict[str, dict[Any, Any]]) -> str:
    names = {"both": "same authors", "later": "arrivals", "earlier": "departures"}
    return context.say.note(
        "composition_authors", **{key: count(split[part]["n_authors"]) for key, part in names.items()}
    )


def series_page(context: Context) -> list[Block]:
    """P9: interrupted series where they are possible, changes of level, and who wrote again."""
    say, w = context.say, context.say.w
    blocks = [*_interrupted_table(context), *_level_table(context), *_return_table(context)]
    if not blocks:
        return []
    head = Heading(_series_claim(context), 2, kicker=w["section.series"], new_page=True)
    return [head, *blocks, Paragraph(say.how("series"), lead=w["how"], style="small")]


def _at_events(context: Context) -> list[dict[Any, Any]]:
    table = context.findings.table("interrupted")
    return table[(table["target"] == context.target) & (table["group"] == "all")].to_dict("records")


def _series_claim(context: Context) -> str:
    rows = [row for row in _at_events(context) if row["term"] == "level"]
    if not rows:
        return context.say.note("series_claim_bare")
    n = sum(not is_unknown(row["estimate"]) for row in rows)
    if not n:
        return context.say.note("series_claim_none")
    return context.say.note("series_claim_some", n=n, of=len(rows))


def _interrupted_table(context: Context) -> list[Block]:
    say, w = context.say, context.say.w
    rows = _at_events(context)
    if not rows:
        return []
    slopes = {row["event"]: row for row in rows if row["term"] == "slope"}
    body: list[Row] = []
    for row in (r for r in rows if r["term"] == "level"):
        figures = [UNKNOWN, UNKNOWN, UNKNOWN]  # why, the counts and the rule in the note say
        if not is_unknown(row["estimate"]):
            slope = slopes[row["event"]]
            figures = [
                difference(row["estimate"], row["low"], row["high"], "mean"),
                difference(slope["estimate"], slope["low"], slope["high"], "mean"),
                probability(row["placebo_p"]),
            ]
        counts = (w[f"unit.{row['unit']}"], count(row["n_before"]), count(row["n_after"]))
        body.append((context.event_name(str(row["event"])), *counts, *figures))
    columns = (
        Column(w["event"], wide=True),
        Column(w["step_column"]),
        Column(w["points_before"], "right"),
        Column(w["points_after"], "right"),
        Column(w["jump"], "right"),
        Column(w["slope"], "right"),
        Column(w["placebo"], "right"),
    )
    target = context.subject.target(context.target)
    note = say.note("interrupted_note", target=target, days=12, hours=48, least=context.least)
    return [Grid(w["section.interrupted"], columns, tuple(body), (note,), full=True)]


def _level_table(context: Context) -> list[Block]:
    say, w = context.say, context.say.w
    table = context.findings.table("change_points")
    about = table["target"].isna() | (table["target"] == context.target)
    rows = table[about & table["day"].notna() & (table["group"] == "all")].to_dict("records")
    if not rows:
        return []
    body: list[Row] = []
    for row in rows:
        mean = row["measure"] == "mean"
        levels = [decimal(row[k]) if mean else count(round(row[k])) for k in ("before", "after")]
        name = w["mean"] if mean else w["posts"]
        body.append((name, short_date(row["day"], context.language), *levels))
    columns = (
        Column(w["series_column"], wide=True),
        Column(w["day"]),
        Column(w["level_before"], "right"),
        Column(w["level_after"], "right"),
    )
    note = say.note("change_points_note", target=context.subject.target(context.target))
    return [Grid(w["section.change_points"], columns, tuple(body), (note,))]


def _return_table(context: Context) -> list[Block]:
    say, w = context.say, context.say.w
    table = context.findings.table("cohorts")
    whole = table[(table["cohort"] == "all") & (table["group"] != UNASSIGNED)]
    rows = whole[whole["estimate"].notna()].to_dict("records")
    if not rows:
        return []
    body: list[Row] = [
        (
            context.swatch(str(row["group"])),
            interval(row["estimate"], row["low"], row["high"], "share"),
            context.people(row["n_authors"]),
        )
        for row in rows
    ]
    returned = w["returned"].format(days=count(rows[0]["days"]))
    columns = (Column(w["group"], wide=True), Column(returned, "right"), Column(w["authors"], "right"))
    return [Grid(w["section.cohorts"], columns, tuple(body), (say.note("cohorts_note"),))]
