"""Emotions by group, frames and emotions compared, and the families in which all tests stand."""

from __future__ import annotations

from functools import partial
from typing import Any

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.topics import topics_by_group
from discourse.report.numerals import count, decimal, difference, interval, is_unknown, probability
from discourse.report.sections.code_versions import found_versions, is_corrected
from discourse.report.sections.context import Context, capital
from discourse.report.sections.uncoded import code_name, instrument_note, uncoded_note
from discourse.report.subject import UNASSIGNED

_MOST_ROWS = 12


def emotions_page(context: Context) -> list[Block]:
    """P4: which emotions each group shows toward the main target, and what is compared."""
    say, w = context.say, context.say.w
    table = context.findings.table("emotions")
    table = table[(table["target"] == context.target) & (table["group"] != UNASSIGNED)]
    known = table[table["estimate"].notna()]
    blocks: list[Block] = []
    if len(known):
        target = context.subject.target(context.target)
        claim = _claim(context, known.to_dict("records"))
        names = list(dict.fromkeys(known["emotion"]))
        order = [(i, capital(w[f"emotion.{name}"])) for i, name in enumerate(names)]
        rows = known.assign(topic=known["emotion"].map({name: i for i, name in enumerate(names)}))
        items = [
            say.alt_shares(label, [_share(context, r) for r in rows[rows["topic"] == i].to_dict("records")])
            for i, label in order
        ]
        caption = say.note("emotions_caption", target=target, level=context.level)
        caption += instrument_note(context, "emotion", names)
        draw = partial(topics_by_group, order, rows, context.subject, claim, "axis.emotion_share")
        blocks += [
            Heading(claim, 2, kicker=w["section.emotions"], new_page=True),
            Picture("emotions-by-group", caption, say.alt("dots", claim, items), draw),
        ]
    compared = _compared(context, alone=not blocks)
    how = [Paragraph(say.how("emotions"), lead=w["how"], style="small")] if blocks or compared else []
    return [*blocks, *compared, *how]


def _claim(context: Context, rows: list[dict[Any, Any]]) -> str:
    """Name the most frequent emotion and the group that shows it most; where people coded it, corrected."""
    whole = {
        k[:2]: v for k, v in found_versions(context, "group").items() if k[2] == "all" and is_corrected(v)
    }
    coded = {key: versions["corrected"] for key, versions in whole.items()}
    said = [coded.get((f"emotion:{row['emotion']}", str(row["group"])), row) for row in rows]
    best = max(range(len(rows)), key=lambda i: float(said[i]["estimate"]))
    row, figure = rows[best], said[best]
    claim = context.say.note(
        "emotions_claim",
        group=context.say.who(str(row["group"])),
        emotion=context.word(f"emotion.{row['emotion']}"),
        target=context.subject.target(context.target),
        value=interval(figure["estimate"], figure["low"], figure["high"], "share"),
    )
    if figure is row:
        return claim
    return context.say.note("emotions_claim_corrected", claim=claim, basis=context.word("in_short.corrected"))


def _share(context: Context, row: dict[Any, Any]) -> str:
    value = interval(row["estimate"], row["low"], row["high"], "share")
    return f"{context.subject.group(str(row['group']))} {value}"


def _compared(context: Context, *, alone: bool) -> list[Block]:
    say, w = context.say, context.say.w
    table = context.findings.table("code_contrasts")
    known = table[table["estimate"].notna() & (table["target"].isna() | (table["target"] == context.target))]
    if known.empty:
        return []
    ranked = known.sort_values(["p_adjusted", "p"], kind="stable", na_position="last").to_dict("records")
    n = sum(not is_unknown(r["p_adjusted"]) and r["p_adjusted"] < 0.05 for r in ranked)
    claim = say.note("code_contrasts_claim", n=count(n), of=count(len(ranked)))
    body: list[Row] = [
        (
            code_name(context, str(row["outcome"])),
            f"{context.subject.group(str(row['group_a']))} – {context.subject.group(str(row['group_b']))}",
            difference(row["estimate"], row["low"], row["high"], "share"),
            decimal(row["effect"]),
            probability(row["p_adjusted"]),
            f"{count(row['n_a'])} / {count(row['n_b'])}",
        )
        for row in ranked[:_MOST_ROWS]
    ]
    columns = (
        Column(w["code"], wide=True),
        Column(w["group"], wide=True),
        Column(w["difference"], "right"),
        Column("g", "right"),
        Column(w["p_adjusted"], "right"),
        Column(w["posts"], "right"),
    )
    gap = "" if context.language == "zh" else " "
    shown = [str(row["outcome"]).partition(":")[::2] for row in ranked[:_MOST_ROWS]]
    marks = [
        mark
        for kind in ("frame", "emotion")
        for names in [list(dict.fromkeys(name for k, name in shown if k == kind))]
        for mark in (uncoded_note(context, kind, names) if names else [])
    ]
    notes = (
        f"{claim}{'。' if context.language == 'zh' else '.'}",
        say.note("code_contrasts_note"),
        *([gap.join(marks)] if marks else []),
    )
    grid = Grid(w["section.code_contrasts"], columns, tuple(body), notes, full=True)
    head = [Heading(claim, 2, kicker=w["section.code_contrasts"], new_page=True)] if alone else []
    return [*head, grid]


def families_table(context: Context) -> list[Block]:
    """List the families of tests, for the appendix."""
    say, w = context.say, context.say.w
    rows = context.findings.table("families").to_dict("records")
    if not rows:
        return []
    body: list[Row] = [
        (
            family_in_words(context, str(row["family"])),
            str(row["adjustment"]),
            count(row["n_tests"]),
            count(row["n_tested"]),
            count(row["n_below"]),
        )
        for row in rows
    ]
    columns = (
        Column(w["family"], wide=True),
        Column(w["adjustment"]),
        Column(w["tests"], "right"),
        Column(w["tested"], "right"),
        Column(w["below"], "right"),
    )
    return [
        Heading(w["section.families"], 2),
        Grid(w["caption.families"], columns, tuple(body), (say.note("families_note"),)),
    ]


def family_in_words(context: Context, family: str) -> str:
    """Name a family of tests by the words of the report; parts that are not known stay as they are."""
    w = context.say.w
    about, toward, target = family.partition("stance toward ")
    if not toward:
        about, toward, target = family.partition("emotions toward ")
    kind = f"family.{about}{toward}".strip()
    if kind in w and target in context.subject.targets:
        return context.say.note("family_toward", kind=w[kind], target=context.subject.target(target))
    about, _, languages = family.partition(" (")
    lang = languages.rstrip(")")
    name = w.get(f"family.{about}", about)
    if not languages:
        return name
    said = w.get(f"lang.{lang}", lang)
    return f"{name}（{said}）" if context.language == "zh" else f"{name} ({said})"
