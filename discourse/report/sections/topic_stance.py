"""Topics against stance: what is spoken of how, and what a gap between groups is made of."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.topic_stance import SURE, topics_by_stance
from discourse.report.numerals import (
    count,
    decimal,
    difference,
    interval,
    is_unknown,
    percent,
    probability,
)
from discourse.report.sections.context import Context
from discourse.report.sections.footnotes import Footnotes
from discourse.report.selection import text_of, topic_label, topic_name
from discourse.report.subject import UNASSIGNED

#: Rows of the table below the heatmap: those that depart most.
_MOST_ROWS = 8


def topic_stance_page(context: Context) -> list[Block]:
    """P4, P7: a heatmap of stance by topic and group toward the first target, and the parts of the gaps."""
    return [] if context.target is None else _page(context, context.target)


def further_topic_stance(context: Context) -> list[Block]:
    """The same toward the other targets: a heatmap where a topic departs, else one sentence for all."""
    table = context.findings.table("topic_stance")
    means = table[(table["measure"] == "mean") & (table["group"] != UNASSIGNED)]
    others = means[(means["target"] != context.target) & means["estimate"].notna()]
    sizes = others.groupby("target", sort=False)["n"].sum()
    ranked = sorted(map(str, sizes.index), key=lambda name: (-int(sizes[name]), name))
    telling = [target for target in ranked if len(_departing(means[means["target"] == target]))]
    blocks = [block for target in telling for block in _page(context, target)]
    even = [target for target in ranked if target not in telling]
    return [*blocks, *_even(context, even), *(b for target in even for b in gap_table(context, target))]


def _even(context: Context, targets: list[str]) -> list[Block]:
    """Say toward whom no topic departs; their means stand in the table of the run."""
    if not targets:
        return []
    named = context.say.joined([context.subject.target(target) for target in targets])
    said = [context.say.note("topic_stance_even"), *_departing_shares(context, targets)]
    gap = "" if context.language == "zh" else " "
    return [
        Heading(
            context.say.note("topic_stance_claim_none", target=named),
            2,
            kicker=context.word("section.topic_stance"),
        ),
        Paragraph(gap.join(said)),
    ]


def _departing_shares(context: Context, targets: list[str]) -> list[str]:
    """Count the shares that depart where no mean does: the families of tests count them too."""
    table = context.findings.table("topic_stance")
    shares = table[table["target"].isin(targets) & (table["measure"] != "mean") & table["p_adjusted"].notna()]
    found = _departing(shares[shares["group"] != UNASSIGNED])
    if found.empty:
        return []
    n, least, most = count(len(found)), count(found["n"].min()), count(found["n"].max())
    return [context.say.note("topic_stance_shares", n=n, of=count(len(shares)), low=least, high=most)]


def _page(context: Context, target: str) -> list[Block]:
    table = context.findings.table("topic_stance")
    table = table[(table["target"] == target) & (table["group"] != UNASSIGNED)]
    means = table[table["measure"] == "mean"]
    if not means["estimate"].notna().any():
        return gap_table(context, target) if target != context.target else []
    say, w = context.say, context.say.w
    claim = _claim(context, means, target)
    return [
        Heading(claim, 2, kicker=w["section.topic_stance"], new_page=True),
        _heatmap(context, means, target, claim),
        *_cell_table(context, table, target),
        # that of the first target stands with the differences
        *(gap_table(context, target) if target != context.target else []),
        Paragraph(say.how("topic_stance"), lead=w["how"], style="small"),
    ]


def _value(row: dict[Any, Any]) -> str:
    return interval(row["estimate"], row["low"], row["high"], "mean")


def _heatmap(context: Context, means: pd.DataFrame, target: str, claim: str) -> Picture:
    say = context.say
    labels = dict(zip(means["topic"], means["label"], strict=True))
    order = [(int(topic), topic_label(topic, labels[topic])) for topic in sorted(labels)]
    shown = means[means["estimate"].notna()]
    items = [
        say.alt_shares(name, [_alt(context, r) for r in shown[shown["topic"] == topic].to_dict("records")])
        for topic, name in order
    ]
    caption = say.note("topic_stance_caption", target=context.subject.target(target), least=context.least)
    draw = partial(topics_by_stance, order, means, context.subject, claim)
    name = "topics-by-stance" if target == context.target else f"topics-by-stance-{target}"
    return Picture(name, caption, say.alt("dots", claim, items), draw)


def _alt(context: Context, row: dict[Any, Any]) -> str:
    return f"{context.subject.group(str(row['group']))} {_value(row)}"


def _departing(means: pd.DataFrame) -> pd.DataFrame:
    """Order the cells that depart from their group's other topics, the surest first."""
    sure = means[means["p_adjusted"].notna() & (means["p_adjusted"] < SURE)]
    return (
        sure.assign(_size=-sure["residual"].abs()).sort_values("_size", kind="stable").drop(columns="_size")
    )


def _claim(context: Context, means: pd.DataFrame, about: str) -> str:
    target = context.subject.target(about)
    rows = _departing(means).to_dict("records")
    if not rows:
        return context.say.note("topic_stance_claim_none", target=target)
    row = rows[0]
    key = "topic_stance_claim_higher" if row["residual"] > 0 else "topic_stance_claim_lower"
    group = context.subject.group(str(row["group"]))
    figures = {"here": decimal(row["estimate"]), "elsewhere": decimal(row["elsewhere"])}
    return context.say.note(key, group=group, target=target, topic=topic_name(row["label"], 80), **figures)


def _cell_table(context: Context, table: pd.DataFrame, target: str) -> list[Block]:
    say, w = context.say, context.say.w
    means = table[table["measure"] == "mean"]
    rows = _departing(means).head(_MOST_ROWS).to_dict("records")
    if not rows:
        return []
    keys = ["lang", "topic", "group"]
    shares = {
        m: table[table["measure"] == m].set_index(keys)["estimate"].to_dict()
        for m in ("positive", "negative")
    }
    body: list[Row] = []
    for row in rows:
        place = tuple(row[key] for key in keys)
        body.append(
            (
                topic_label(row["topic"], row["label"], 80),
                context.swatch(str(row["group"])),
                interval(row["estimate"], row["low"], row["high"], "mean"),
                decimal(row["elsewhere"]),
                decimal(row["residual"], 1),
                probability(row["p_adjusted"]),
                " / ".join(percent(shares[m].get(place)) for m in ("positive", "negative")),
                count(row["n"]),
            )
        )
    columns = (
        Column(w["topic"], wide=True),
        Column(w["group"]),
        Column(w["mean"], "right"),
        Column(w["elsewhere"], "right"),
        Column(w["residual"], "right"),
        Column(w["p_adjusted"], "right"),
        Column(w["positive_negative"], "right"),
        Column("n", "right"),
    )
    return [
        Grid(
            _caption(context, "caption.topic_stance", target),
            columns,
            tuple(body),
            (say.note("topic_stance_note"),),
            full=True,
        )
    ]


def _caption(context: Context, key: str, target: str) -> str:
    """Name a table, and the target where it is not the first one."""
    head = context.say.w[key]
    if target == context.target:
        return head
    return f"{head}{'：' if context.language == 'zh' else ': '}{context.subject.target(target)}"


def gap_table(context: Context, target: str) -> list[Block]:
    """Lay out what the gaps between groups toward a target are made of; nothing where none was split."""
    say, w = context.say, context.say.w
    table = context.findings.table("gap_parts")
    table = table[(table["target"] == target) & table["estimate"].notna()]
    if table.empty:
        return []
    footnotes = Footnotes(say)
    body: list[Row] = []
    for row in table.to_dict("records"):
        first = row["part"] == "gap"
        pair = f"{context.subject.group(str(row['group_a']))} – {context.subject.group(str(row['group_b']))}"
        figure = difference(row["estimate"], row["low"], row["high"], "mean")
        body.append(
            (
                pair if first else "",
                say.term("lang", row["lang"]) if first else "",
                w[f"gap.{row['part']}"] if first else "· " + w[f"gap.{row['part']}"],
                figure if not is_unknown(row["estimate"]) else footnotes.mark(text_of(row["reason"])),
                f"{count(row['n_a'])} / {count(row['n_b'])}" if first else "",
            )
        )
    columns = (
        Column(w["pair"], wide=True),
        Column(w["language"]),
        Column(w["gap_part"], wide=True),
        Column(w["difference"], "right"),
        Column(w["posts"], "right"),
    )
    notes = (say.note("gap_parts_note"), *footnotes.notes())
    return [Grid(_caption(context, "section.gap_parts", target), columns, tuple(body), notes, full=True)]
