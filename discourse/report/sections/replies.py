"""Who answers whom, in which tone, in which language."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.mixing import mixing_matrix, replies_in_kind
from discourse.report.numerals import UNKNOWN, count, decimal, interval, is_unknown, percent, probability
from discourse.report.sections.context import Context, capital
from discourse.report.sections.footnotes import Footnotes
from discourse.report.selection import text_of

_LANGUAGES = ("zh", "mixed", "en")


def reply_pages(context: Context) -> list[Block]:
    """Mixing of groups, their indices, reciprocity of stance, and the choice of language."""
    return [*_mixing(context), *_reciprocity(context), *_languages(context)]


def _groups(context: Context, table: pd.DataFrame) -> list[str]:
    return [g for g in context.subject.groups if g in set(table["group"])]


def _mixing(context: Context) -> list[Block]:
    table = context.findings.table("reply_mixing")
    known = table[table["estimate"].notna()]
    if known.empty:
        return []
    say, w, groups = context.say, context.say.w, _groups(context, table)
    if len(groups) < 2:  # one group answers itself: there is nothing to tell
        return []
    claim, inside = _mixing_claim(context, known)
    items = [
        say.alt_shares(
            f"{context.subject.group(r['group'])} → {context.subject.group(r['parent_group'])}",
            [
                interval(r["estimate"], r["low"], r["high"], "share"),
                f"{w['by_chance']} {percent(r['expected'])}",
            ],
        )
        for r in known.to_dict("records")
    ]
    return [
        Heading(claim, 2, kicker=w["section.replies"], new_page=True),
        *([Paragraph(inside)] if inside else []),
        Picture(
            "reply-mixing",
            say.note("mixing_caption"),
            say.alt("bars", claim, items),
            partial(mixing_matrix, table, groups, context.subject, claim),
        ),
        _mixing_table(context, table),
        *_indices(context),
        Paragraph(say.how("replies"), lead=w["how"], style="small"),
    ]


def _mixing_claim(context: Context, known: pd.DataFrame) -> tuple[str, str]:
    """Name the pair of groups furthest from chance, if any is surely so after Holm; and it within threads."""
    sure = known[known["p_adjusted"] < 0.05]
    if sure.empty:
        return context.say.note("mixing_claim_none"), ""
    row = max(sure.to_dict("records"), key=lambda r: max(r["ratio"], 1 / max(r["ratio"], 1e-9)))
    claim = context.say.note(
        "mixing_claim",
        group=context.subject.group(str(row["group"])),
        other=context.say.who(str(row["parent_group"])),
        times=decimal(row["ratio"], 1),
    )
    if is_unknown(row["p_in_thread"]):
        return claim, ""
    verdict = "mixing_beyond_thread" if row["p_in_thread"] < 0.05 else "mixing_by_thread"
    inside = context.say.note(
        "mixing_in_threads",
        share=interval(row["estimate"], row["low"], row["high"], "share"),
        chance=percent(row["expected_in_thread"]),
        p=probability(row["p_in_thread"]),
        verdict=context.say.note(verdict),
    )
    return claim, inside.replace("= <", "<")


def _mixing_table(context: Context, table: pd.DataFrame) -> Grid:
    w, footnotes = context.say.w, Footnotes(context.say)
    body: list[Row] = []
    for name, part in table.groupby("group", sort=False):
        for i, r in enumerate(part.to_dict("records")):
            head = context.swatch(str(name)) if i == 0 else ""
            other = context.subject.group(str(r["parent_group"]))
            if is_unknown(r["estimate"]):
                body.append(
                    (head, other, footnotes.mark(text_of(r["reason"])), *[UNKNOWN] * 4, count(r["n"]))
                )
                continue
            share = interval(r["estimate"], r["low"], r["high"], "share")
            chance = (percent(r["expected"]), probability(r["p"]))
            inside = (percent(r["expected_in_thread"]), probability(r["p_in_thread"]))
            body.append((head, other, share, *chance, *inside, count(r["n"])))
    names = ("chance_column", "p_chance", "expected_thread", "p_thread", "replies")
    columns = (
        Column(w["answers_from"], wide=True),
        Column(w["answers_to"], wide=True),
        Column(w["share"], "right"),
        *(Column(w[name], "right") for name in names),
    )
    notes = (context.say.note("mixing_note", level=context.level), *footnotes.notes())
    return Grid(w["section.mixing"], columns, tuple(body), notes, full=True)


def _indices(context: Context) -> list[Block]:
    table = context.findings.table("reply_indices")
    known = table[table["estimate"].notna()]
    if known.empty:
        return []
    w = context.say.w
    body: list[Row] = []
    for name, part in known.groupby("measure", sort=False):
        measure = "mean" if name in ("ei", "assortativity") else "share"
        for i, r in enumerate(part.to_dict("records")):
            body.append(
                (
                    w[f"index.{name}"] if i == 0 else "",
                    context.swatch(str(r["group"])),
                    interval(r["estimate"], r["low"], r["high"], measure),
                    _scaled(r["expected"], measure),
                    probability(r["p"]),
                    _scaled(r["expected_in_thread"], measure),
                    probability(r["p_in_thread"]),
                    context.people(r["n_authors"]),
                )
            )
    names = ("index_value", "chance_column", "p_chance", "expected_thread", "p_thread", "authors")
    columns = (
        Column(w["index"], wide=True),
        Column(w["group"], wide=True),
        *(Column(w[name], "right") for name in names),
    )
    return [Grid(w["section.indices"], columns, tuple(body), (context.say.note("indices_note"),), full=True)]


def _scaled(value: Any, measure: str) -> str:
    return decimal(value) if measure == "mean" else percent(value)


def _reciprocity(context: Context) -> list[Block]:
    table = context.findings.table("reciprocity")
    everybody = table[(table["group"] == "all") & table["estimate"].notna()]
    if everybody.empty:
        return []
    say, w = context.say, context.say.w
    target = context.subject.target(str(table["target"].iloc[0]))
    claim = _reciprocity_claim(context, everybody, target)
    items = [
        say.alt_shares(
            f"{w['after.' + r['parent_label']]}, {w['reply.' + r['label']]}",
            [
                interval(r["estimate"], r["low"], r["high"], "share"),
                f"{w['by_chance']} {percent(r['expected'])}",
            ],
        )
        for r in everybody.to_dict("records")
    ]
    caption = say.note("reciprocity_caption", target=target, level=context.level)
    draw = partial(replies_in_kind, everybody, context.subject, claim)
    return [
        Heading(claim, 2, kicker=w["section.reciprocity"]),
        Picture("reciprocity", caption, say.alt("dots", claim, items), draw),
        _reciprocity_table(context, everybody),
        Paragraph(say.how("reciprocity"), lead=w["how"], style="small"),
    ]


def _reciprocity_table(context: Context, rows: pd.DataFrame) -> Grid:
    """Print what the figure draws, with the number of replies behind it."""
    w, body, before = context.say.w, [], ""
    for r in rows.to_dict("records"):
        after = capital(w[f"after.{r['parent_label']}"])
        cells = (interval(r["estimate"], r["low"], r["high"], "share"), percent(r["expected"]))
        counts = (probability(r["p"]), count(r["n"]), context.people(r["n_authors"]))
        body.append((after if after != before else "", w[f"reply.{r['label']}"], *cells, *counts))
        before = after
    names = ("share", "chance_column", "p_chance", "replies", "authors")
    columns = (
        Column(w["after_column"], wide=True),
        Column(w["reply_column"], wide=True),
        *(Column(w[name], "right") for name in names),
    )
    note = context.say.note("reciprocity_note", level=context.level)
    return Grid(w["table.reciprocity"], columns, tuple(body), (note,), full=True)


def _reciprocity_claim(context: Context, rows: pd.DataFrame, target: str) -> str:
    say = context.say
    found = rows[(rows["parent_label"] == "negative") & (rows["label"] == "negative")]
    if found.empty:
        return context.word("section.reciprocity")
    if is_unknown(found.iloc[0]["p"]) or found.iloc[0]["p"] >= 0.05:
        row = found.iloc[0]
        here = interval(row["estimate"], row["low"], row["high"], "share")
        chance = percent(row["expected"])
        return say.note("reciprocity_claim_none", target=target, here=here, chance=chance)
    more = found.iloc[0]["estimate"] > found.iloc[0]["expected"]
    return say.note("reciprocity_claim", target=target, word=say.note("more" if more else "fewer"))


def _languages(context: Context) -> list[Block]:
    """Lay out shares with their intervals; bars of the same shares would say less of them."""
    table = context.findings.table("language_choice")
    whole = [
        (str(group), str(parent), {r["lang"]: r for r in part.to_dict("records")})
        for (group, parent), part in table.groupby(["group", "parent_group"], sort=False)
        if part["estimate"].notna().sum() == len(_LANGUAGES)
    ]
    if not whole:
        return []
    say, w = context.say, context.say.w
    claim = _language_claim(context, whole)
    return [
        Heading(claim, 2, kicker=w["section.language_choice"]),
        _language_table(context, whole),
        Paragraph(say.how("language_choice"), lead=w["how"], style="small"),
    ]


def _parent(context: Context, name: str) -> str:
    return context.word("to_opening") if name == "opening" else context.subject.group(name)


def _language_claim(context: Context, whole: list[tuple[str, str, dict[str, Any]]]) -> str:
    """Name the language and the two groups answered between which one group differs most surely."""
    best: tuple[float, str] = (0.0, context.say.note("language_choice_claim_none"))
    answers = [row for row in whole if row[1] != "opening"]
    for group, parent, cells in answers:
        for other_group, other, others in answers:
            if group != other_group or parent == other:
                continue
            for lang in _LANGUAGES:
                a, b = cells[lang], others[lang]
                gap = float(a["low"] - b["high"])
                if gap > best[0]:
                    text = context.say.note(
                        "language_choice_claim",
                        group=context.subject.group(group),
                        language=context.say.term("lang", lang),
                        a=context.say.who(parent),
                        b=context.say.who(other),
                        high=percent(a["estimate"]),
                        low=percent(b["estimate"]),
                    )
                    best = (gap, text)
    return best[1]


def _language_table(context: Context, whole: list[tuple[str, str, dict[str, Any]]]) -> Grid:
    w = context.say.w
    body: list[Row] = []
    before = ""
    for group, parent, cells in whole:
        shares = [
            interval(cells[k]["estimate"], cells[k]["low"], cells[k]["high"], "share") for k in _LANGUAGES
        ]
        likes = ", ".join(decimal(cells[k]["likes"], 1) for k in _LANGUAGES)
        head = context.swatch(group) if group != before else ""
        counts = [cells[k]["n"] for k in _LANGUAGES]
        total = UNKNOWN if any(is_unknown(n) for n in counts) else count(sum(map(int, counts)))
        body.append((head, _parent(context, parent), *shares, likes, total))
        before = group
    heads = [capital(context.say.term("lang", k)) for k in _LANGUAGES]
    columns = (
        Column(w["group"], wide=True),
        Column(w["answers_to"], wide=True),
        *(Column(head, "right") for head in (*heads, w["likes_each"], w["posts"])),
    )
    notes = (context.say.note("language_choice_note"),)
    return Grid(w["table.language_choice"], columns, tuple(body), notes, full=True)
