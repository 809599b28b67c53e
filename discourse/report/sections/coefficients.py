"""Trends, coefficients and phases in three versions: from codes alone, from labels alone, corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.validation import three_estimates
from discourse.report.numerals import UNKNOWN, bare_interval, count, interval, is_unknown
from discourse.report.sections.context import Context
from discourse.report.sections.correction import VERSIONS, rows_of
from discourse.report.sections.footnotes import Footnotes
from discourse.report.sections.likes import level_label, term_label
from discourse.report.sections.time import phase_name
from discourse.report.sections.uncoded import uncoded
from discourse.report.selection import text_of

#: Models of stance, in the order of the page; their coefficients are differences of shares.
_OF_STANCE = ("stance", "trend", "interrupted")
_OF_LIKES = ("likes comments", "likes opening")

Versions = dict[str, dict[Any, Any]]
Lines = list[tuple[str, Versions]]


def coefficient_pages(context: Context) -> list[Block]:
    """Write what correction changes in regressions and from phase to phase; nothing without codes."""
    stance, likes = _lines(context, _OF_STANCE), _lines(context, _OF_LIKES)
    phases = _phase_lines(context)
    if not (stance or likes or phases):
        return []
    say, w = context.say, context.say.w
    blocks: list[Block] = [
        Heading(_claim(context, stance + likes), 2, kicker=w["section.coefficients"], new_page=True)
    ]
    target = context.subject.target(context.target)
    blocks += _picture(
        context, "coefficients", stance, "balance", say.note("coefficients_caption", target=target)
    )
    blocks += [Paragraph(text) for text in _changed(context, stance + likes)]
    if stance:
        note = say.note("coefficients_note", reference=_references(context, _OF_STANCE), level=context.level)
        blocks.append(_table(context, w["caption.coefficients"], stance, "balance", note))
    if phases:
        note = say.note("phase_versions_note")
        blocks.append(_table(context, w["section.phase_versions"], phases, "balance", note))
    blocks += _picture(context, "like-coefficients", likes, "ratio", w["section.like_coefficients"])
    if likes:
        note = say.note("like_versions_note", reference=_references(context, _OF_LIKES))
        blocks.append(_table(context, w["section.like_coefficients"], likes, "ratio", note))
    method = {"dsl": "DSL", "ppi++": "PPI++"}
    named = [method.get(str(r["method"]), str(r["method"])) for r in rows_of(context, "validation")]
    how = say.how("coefficients").replace("{method}", ", ".join(dict.fromkeys(named)))
    return [*blocks, Paragraph(how, lead=w["how"], style="small")]


def _lines(context: Context, models: Sequence[str]) -> Lines:
    """Gather the versions of each coefficient of some models, labelled, in order."""
    found: dict[tuple[str, ...], Versions] = {}
    labels: dict[tuple[str, ...], str] = {}
    for model in models:
        for row in rows_of(context, "coefficients", model=model):
            key = (model, *(str(row[name]) for name in ("id", "term", "level_of")))
            found.setdefault(key, {})[str(row["version"])] = row
            labels.setdefault(key, _label(context, row))
    known = [key for key, versions in found.items() if any(not _blank(v) for v in versions.values())]
    return [(labels[key], found[key]) for key in known]


def _blank(row: Mapping[Any, Any]) -> bool:
    return bool(is_unknown(row["estimate"]))


def _label(context: Context, row: Mapping[Any, Any]) -> str:
    say, model, name = context.say, str(row["model"]), text_of(row["id"])
    if model == "trend":
        return say.note("trend_of", group=context.subject.group(name))
    label = term_label(context, row)
    if model == "interrupted":
        event, _bar, group = name.partition(" | ")
        who = f", {context.subject.group(group)}" if group else ""
        return say.note("jump_of", event=context.event_name(event) + who, term=label)
    if model.startswith("likes"):
        gap = "：" if context.language == "zh" else ": "
        return f"{context.word('model.' + model.removeprefix('likes '))}{gap}{label}"
    return label


def _phase_lines(context: Context) -> Lines:
    """Gather positive minus negative by group and phase, and from phase to phase."""
    found: dict[tuple[str, str, str], Versions] = {}
    for figure in ("phase", "change"):
        for row in rows_of(context, "three_estimates", figure=figure, outcome="balance"):
            key = (figure, str(row["group"]), str(row["id"]))
            found.setdefault(key, {})[str(row["version"])] = row
    return [
        (f"{context.subject.group(group)}, {_phase_name(context, name)}", versions)
        for (_, group, name), versions in found.items()
    ]


def _phase_name(context: Context, name: str) -> str:
    names = [phase_name(context, part) for part in name.split(" vs ")]
    return names[0] if len(names) == 1 else context.say.note("later_minus", later=names[0], earlier=names[1])


def _told(row: Mapping[Any, Any] | None, neutral: float) -> bool:
    """Say whether an interval excludes the value of no difference."""
    return row is not None and not _blank(row) and not row["low"] <= neutral <= row["high"]


def _neutral(versions: Versions) -> float:
    row = next(iter(versions.values()))
    return 1.0 if str(row.get("model", "")).startswith("likes") else 0.0


def _both(lines: Lines) -> Lines:
    return [
        line
        for line in lines
        if all(name in line[1] and not _blank(line[1][name]) for name in ("naive", "corrected"))
    ]


def _claim(context: Context, lines: Lines) -> str:
    both = _both(lines)
    if not both:
        return context.say.note("coefficients_none")
    told = {
        name: sum(_told(versions[name], _neutral(versions)) for _, versions in both)
        for name in ("naive", "corrected")
    }
    return context.say.note(
        "coefficients_claim", n=count(told["corrected"]), all=count(len(both)), naive=count(told["naive"])
    )


def _changed(context: Context, lines: Lines) -> list[str]:
    """Say which coefficients the correction moves across zero, and what has no label or no code."""
    say, lost, won = context.say, [], []
    for label, versions in _both(lines):
        naive, corrected = (_told(versions[name], _neutral(versions)) for name in ("naive", "corrected"))
        lost += [label] if naive and not corrected else []
        won += [label] if corrected and not naive else []
    said = say.note("coefficients_same")
    if lost or won:
        said = say.note("coefficients_changed", lost=_quoted(context, lost), won=_quoted(context, won))
    coded = set(context.findings.table("validation")["target"])
    targets = [context.subject.target(t) for t in context.subject.targets if t not in coded]
    parts = [part for kind in ("frame", "topic", "emotion") for part in _left(context, kind)]
    return [said, say.note("unlabelled", list=say.joined([*targets, *parts]) or UNKNOWN)]


def _left(context: Context, kind: str) -> list[str]:
    """Name frames, topics or emotions if nobody coded them, or those of them that nobody coded."""
    table = context.findings.table(f"{kind}s")
    if table.empty:
        return []
    coded = context.findings.table("code_estimates")["kind"] == kind
    if kind == "topic":  # they are coded together or not at all
        return [] if coded.any() else [context.word("uncoded.topics")]
    names = [str(name) for name in table[kind].unique()]
    left = uncoded(context, kind, names)
    if not left:
        return []
    return [context.word(f"uncoded.{kind}s" if len(left) == len(names) else f"uncoded.{kind}s_some")]


def _quoted(context: Context, labels: list[str]) -> str:
    """List names of coefficients, each in quotes: some have a colon of their own."""
    return context.say.joined([f"“{label}”" for label in labels]) or context.word("nothing_named")


def _references(context: Context, models: Sequence[str]) -> str:
    table = context.findings.table("coefficients")
    rows = table[table["model"].isin(models) & table["reference"].notna()]
    pairs = rows[["term", "reference"]].drop_duplicates().itertuples(index=False)
    return context.say.joined([level_label(context, str(t), str(r)) for t, r in pairs])


def _picture(context: Context, name: str, lines: Lines, outcome: str, caption: str) -> list[Block]:
    shown = _both(lines)
    if outcome == "ratio":  # age, length and reach are no finding; the table has them
        shown = [(label, v) for label, v in shown if not is_unknown(v["naive"]["level_of"])]
    if not shown:
        return []
    say = context.say
    unit = "mean" if outcome == "ratio" else outcome
    items = [
        say.alt_shares(
            label,
            [
                f"{context.word(f'version.{v}')} {interval(r['estimate'], r['low'], r['high'], unit)}"
                for v, r in versions.items()
                if not _blank(r)
            ],
        )
        for label, versions in shown
    ]
    title = context.word("section.coefficients" if outcome != "ratio" else "section.like_coefficients")
    panels = [(outcome, [(label, "", versions) for label, versions in shown])]
    draw = partial(three_estimates, panels, context.subject, title)
    gap = "" if context.language == "zh" else " "
    text = (
        f"{caption.rstrip('。.')}{'。' if context.language == 'zh' else '.'}{gap}{say.note('three_caption')}"
    )
    return [Picture(name, text, say.alt("dots", title, items), draw)]


def _table(context: Context, caption: str, lines: Lines, outcome: str, note: str) -> Grid:
    unit, footnotes = ("mean" if outcome == "ratio" else outcome), Footnotes(context.say)
    body: list[Row] = []
    for label, versions in lines:
        cells = []
        for name in VERSIONS:
            row = versions.get(name)
            if row is None:
                cells.append(UNKNOWN)
            elif _blank(row):
                cells.append(footnotes.mark(text_of(row["reason"])))
            else:
                cells.append(bare_interval(row["estimate"], row["low"], row["high"], unit))
        coded = next(iter(versions.values()))["n_coded"]
        body.append((label, *cells, count(coded)))
    columns = (
        Column(context.word("figure_column"), wide=True),
        *(Column(context.word(name), "right") for name in (*VERSIONS, "codes")),
    )
    return Grid(caption, columns, tuple(body), (note, *footnotes.notes()), full=True)
