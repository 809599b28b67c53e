"""The story on two pages: stance by group, shares, days, the answers, and what must not be claimed."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

import pandas as pd

from discourse.report.document import Answer, Answers, Block, Box, Heading, Listing, Paragraph, Picture
from discourse.report.figures.days import day_by_day
from discourse.report.figures.stance import shares_by_group, stance_by_group
from discourse.report.numerals import count, decimal, interval, is_unknown, p_value, percent
from discourse.report.sections.context import Context
from discourse.report.sections.cover import (
    answer_sentence,
    basis_note,
    fits_on_page_one,
    is_checked,
    labels_alone,
    validation_status,
)
from discourse.report.sections.not_claimed import not_claimed
from discourse.report.sections.plan import plan_mark
from discourse.report.selection import Cell, cells, daily, daily_groups
from discourse.report.subject import worded

SHARES = ("positive", "neutral", "negative")
#: Answers that the story tells; where there are more, the appendix holds the others.
ANSWERS = 10
#: Answers on the single page of a briefing, without and with a figure.
FEW_ANSWERS = (4, 2)


def story(context: Context) -> list[Block]:
    """Write the two pages of the story."""
    blocks: list[Block] = [Heading(context.word("part.story"), 1, new_page=True)]
    blocks += _stance(context)
    blocks += _shares(context)
    blocks += _days(context)
    blocks += answers(context)
    return [*blocks, Paragraph(context.say.note("claims_last"), lead=context.word("section.claims"))]


def last_page(context: Context) -> list[Block]:
    """Write what must not be claimed, alone on the last page, for those who turn a report over first."""
    head = Heading(context.word("section.claims"), 2, new_page=True)
    return [head, Listing(not_claimed(context, _flags(context)))]


def summary(context: Context) -> list[Block]:
    """Write the story on a single page: the first answers, what must not be claimed, and shares.

    Where people have coded, page one shows the shares already, corrected.
    """
    head = Heading(context.word("part.summary"), 1, new_page=True)
    shares = [] if is_checked(context) else _shares(context)
    told = answers(context, FEW_ANSWERS[bool(shares)], "elsewhere")
    return [head, *shares, *told, _claims(context)]


def _claims(context: Context) -> Box:
    return Box(context.word("section.claims"), not_claimed(context, _flags(context)), "warning")


def _flags(context: Context) -> dict[str, bool]:
    tables = context.findings.tables
    return {
        "synthetic": context.subject.synthetic,
        "population": True,
        "unchecked": validation_status(context) == "none",
        "checked": validation_status(context) != "none",
        "groups": bool(context.subject["groups"]),
        "compared": len(tables["group_sentiment"]) > 0,
        "events": len(tables["events"]) > 0,
        "topics": len(tables["topics"]) > 0,
    }


def _stance(context: Context) -> list[Block]:
    if context.target is None:
        return []
    means = cells(context.findings, context.subject, context.target, "mean")
    if not any(c.known for c in means):
        return _unmeasured(context, means)
    picture = stance_picture(context)
    if picture is None or (fits_on_page_one(context) and not is_checked(context)):
        return []
    return [
        Heading(context.say.stance_claim(means, context.target), 2, kicker=context.word("section.stance")),
        picture,
    ]


def stance_picture(context: Context) -> Picture | None:
    """Draw the mean stance of each group toward the main target, if any group has one."""
    if context.target is None:
        return None
    means = cells(context.findings, context.subject, context.target, "mean")
    if not any(c.known for c in means):
        return None
    say = context.say
    claim = say.stance_claim(means, context.target)
    caption = say.note("stance_caption", target=context.subject.target(context.target), level=context.level)
    caption += labels_alone(context)
    alt = say.alt("dots", claim, [say.alt_value(context.subject.group(c.group), c) for c in means])
    return Picture("stance-by-group", caption, alt, partial(stance_by_group, means, context.subject, claim))


def _unmeasured(context: Context, means: list[Cell]) -> list[Block]:
    say = context.say
    about = say.note("stance_not_measured", target=context.subject.target(context.target))
    lines = [f"{context.subject.group(c.group)}: {say.reason(c.reason)}" for c in means if c.reason]
    if not lines:
        return []
    return [
        Heading(about, 2, kicker=context.word("section.stance")),
        Box(say.term("answer", "not measurable"), tuple(lines)),
    ]


def share_bars(context: Context, target: str) -> list[tuple[str, list[Cell]]]:
    """Choose the groups with all three shares known."""
    parts = {m: {c.group: c for c in cells(context.findings, context.subject, target, m)} for m in SHARES}
    groups = [g for g in parts["positive"] if all(g in parts[m] and parts[m][g].known for m in SHARES)]
    return [(g, [parts[m][g] for m in SHARES]) for g in groups]


def _shares(context: Context) -> list[Block]:
    bars = share_bars(context, context.target) if context.target is not None else []
    if not bars or context.target is None:
        return []
    say = context.say
    claim = say.shares_claim(
        cells(context.findings, context.subject, context.target, "balance"), context.target
    )
    items = [
        say.alt_shares(
            context.subject.group(g),
            [f"{context.word(c.measure)} {interval(c.estimate, c.low, c.high, c.measure)}" for c in parts],
        )
        for g, parts in bars
    ]
    caption = say.note("shares_caption", target=context.subject.target(context.target))
    caption += labels_alone(context)
    draw = partial(shares_by_group, bars, context.subject, claim)
    return [
        Heading(claim, 2, kicker=context.word("section.shares")),
        Picture("shares-by-group", caption, say.alt("bars", claim, items), draw),
    ]


def _days(context: Context) -> list[Block]:
    findings, subject, say = context.findings, context.subject, context.say
    volumes = [(g, daily(findings, g, "posts")) for g in daily_groups(findings, subject, "posts")]
    groups = daily_groups(findings, subject, "mean", context.target) if context.target else []
    means = [(g, daily(findings, g, "mean", context.target)) for g in groups]
    if not volumes and not means:
        return []
    events = shown_events(context)
    claim = _days_claim(context)
    items = [say.alt_series(subject.group(g), context.word("axis.posts"), f) for g, f in volumes]
    items += [say.alt_series(subject.group(g), context.word("axis.day_mean"), f) for g, f in means]
    items += [say.alt_event(i, name, day) for i, (day, name) in enumerate(events, 1)]
    outside = outside_series(context)
    draw = partial(
        day_by_day, volumes, means, events, subject, claim, outside=outside, phases=phase_spans(context)
    )
    items += [
        say.alt_series(label, context.word("outside"), f.rename(columns={"value": "estimate"}))
        for label, f in outside
    ]
    blocks: list[Block] = [Heading(claim, 2, kicker=context.word("section.days"))]
    # a group without a mean of its own has no days to speak of, though single days may hold authors enough
    whole = cells(findings, subject, context.target, "mean") if context.target else []
    spoken = {c.group for c in whole if c.known}
    moved = [say.days_stance(g, str(context.target), f) for g, f in means if g in spoken][:1]
    blocks += [Paragraph(text) for text in moved if text]
    blocks.append(
        Picture(
            "day-by-day", _days_caption(context, bool(means), events), say.alt("lines", claim, items), draw
        )
    )
    return blocks


def outside_series(context: Context) -> list[tuple[str, pd.DataFrame]]:
    """List the series from outside of the posts, with their labels in the language of the report."""
    table = context.findings.table("outside_series")
    labels: dict[str, str] = {}
    for entry in context.subject["series"] or []:
        known = entry.get("label")
        if isinstance(known, dict):
            labels |= dict.fromkeys(known.values(), worded(known, context.language))
    return [(labels.get(str(name), str(name)), part) for name, part in table.groupby("label", sort=False)]


def phase_spans(context: Context) -> list[tuple[str, str]]:
    """List first and last day of each phase that holds posts, in order."""
    table = context.findings.table("phases").drop_duplicates("phase")
    return [(str(row["first"]), str(row["last"])) for row in table.to_dict("records")]


def shown_events(context: Context) -> list[tuple[str, str]]:
    """List (day, name) of the events that lie within the days of the report, in order."""
    days = context.findings.table("daily")["day"].dropna()
    events = context.findings.table("events").to_dict("records")
    known = sorted((e for e in events if not is_unknown(e["day"])), key=_moment)
    listed = [(str(e["day"])[:10], context.event_name(str(e["name"]))) for e in known]
    return [e for e in listed if len(days) and str(days.min()) <= e[0] <= str(days.max())]


def _moment(event: dict[Any, Any]) -> tuple[str, Any, str]:
    """Order events of a day by their time, as the tables of events do."""
    at = pd.Timestamp(event["at"]) if not is_unknown(event["at"]) else pd.Timestamp(0, tz="UTC")
    at = at.tz_localize("UTC") if at.tzinfo is None else at
    return str(event["day"])[:10], at.tz_convert("UTC"), str(event["name"])


def _days_claim(context: Context) -> str:
    volume = daily(context.findings, "all", "posts")
    known = volume[volume["estimate"].notna()]
    if known.empty:
        return context.say.days_claim(None, None)
    top = known.sort_values("estimate", kind="stable").iloc[-1]
    return context.say.days_claim(str(top["day"]), top["estimate"])


def _days_caption(context: Context, with_means: bool, events: list[tuple[str, str]]) -> str:
    say = context.say
    target = context.subject.target(context.target)
    key = "days_caption" if with_means else "days_caption_volume"
    caption = say.note(key, target=target, level=context.level, zone=context.zone)
    caption += labels_alone(context) if with_means else ""
    if not events:
        return caption + (say.note("outside_caption") if outside_series(context) else "")
    from discourse.report.numerals import short_date

    listed = [f"{i} {name} ({short_date(day, context.language)})" for i, (day, name) in enumerate(events, 1)]
    if context.language == "zh":
        listed = [f"{i} {name}（{short_date(day, 'zh')}）" for i, (day, name) in enumerate(events, 1)]
    separator = "；" if context.language == "zh" else "; "
    gap = "" if context.language == "zh" else " "
    caption += gap + say.note("events", events=separator.join(listed))
    shaded = say.note("phases_shaded") if len(phase_spans(context)) > 1 else ""
    beside = say.note("outside_caption") if outside_series(context) else ""
    return gap.join(part for part in (caption, shaded, beside) if part)


_TONES: dict[str, Literal["yes", "no", "open", "none"]] = {
    "supported": "yes",
    "contradicted": "no",
    "undecided": "open",
    "not measurable": "none",
}


def answers(context: Context, most: int = ANSWERS, others: str = "in_appendix") -> list[Block]:
    """Write the answers to the declared questions, and where the others stand."""
    rows = context.findings.table("questions").to_dict("records")
    if not rows:
        return []
    blocks: list[Block] = [
        Heading(context.word("section.answers"), 2),
        Answers(tuple(_answer(context, row) for row in rows[:most])),
    ]
    return [*blocks, *_other_answers(context, rows[most:], others)]


def _other_answers(context: Context, rows: list[dict[Any, Any]], where: str) -> list[Block]:
    """Count the answers that stand elsewhere."""
    if not rows:
        return []
    say = context.say
    counted = [(answer, sum(row["answer"] == answer for row in rows)) for answer in _TONES]
    gap = "" if context.language == "zh" else " "
    parts = [f"{count(n)}{gap}{say.term('answer', answer)}" for answer, n in counted if n]
    said = say.note("other_answers", n=count(len(rows)), answers=say.joined(parts))
    return [Paragraph(f"{said}{gap}{say.note(f'answers_{where}')}", style="small")]


def all_answers(context: Context) -> list[Block]:
    """Write the answers that the story had no room for; without a story, every one."""
    rows = context.findings.table("questions").to_dict("records")
    told = ANSWERS if "story" in context.parts else 0
    if len(rows) <= told:
        return []
    head = context.word("section.other_answers" if told else "section.all_answers")
    return [Heading(head, 2), Answers(tuple(_answer(context, row) for row in rows[told:]))]


def _answer(context: Context, row: dict[Any, Any]) -> Answer:
    say = context.say
    reason = say.reason("" if is_unknown(row["reason"]) else str(row["reason"]))
    stop = "。" if context.language == "zh" else "."
    known = not is_unknown(row["estimate"])
    text = answer_sentence(context, row) + basis_note(context, row) if known else ""
    # with a figure, the sentence says the reason already
    tail = f"{reason[:1].upper()}{reason[1:]}{stop}" if reason and not known else ""
    gap = "" if context.language == "zh" or not text else " "
    expected = say.note("expected", expect=_expected(str(row["expect"]), str(row["outcome"])))
    counted = say.counts(row["n"], row["n_authors"], row["n_threads"])
    return Answer(
        id=str(row["id"]),
        question=context.question_text(row),
        answer=say.term("answer", row["answer"]),
        tone=_TONES.get(str(row["answer"]), "open"),
        text=f"{text}{gap}{tail}",
        counts=" · ".join(
            part for part in (expected, counted, _adjusted(context, row), plan_mark(context, row)) if part
        ),
    )


def _adjusted(context: Context, row: dict[Any, Any]) -> str:
    """Give the adjusted p-value of an answer, and say where the answer does not hold after adjustment."""
    if is_unknown(row.get("p_adjusted")):
        return ""
    tested = int(context.findings.table("questions")["p"].notna().sum())
    surely = row["answer"] in ("supported", "contradicted") and row["p"] < 0.05
    key = "answer_not_adjusted" if surely and row["p_adjusted"] >= 0.05 else "answer_adjusted"
    return context.say.note(key, p=p_value(row["p_adjusted"]), n=count(tested))


def _expected(text: str, outcome: str) -> str:
    """Print an expectation in the unit of its outcome: "< 0.05" of a share as "< 5%"."""
    sign, bound = text[:1], text[1:].strip()
    kind = outcome.partition(":")[0]
    try:
        value = float(bound)
    except ValueError:
        return text
    if kind == "stance" or value == 0:
        return f"{sign} {decimal(value).rstrip('0').rstrip('.') or '0'}"
    return f"{sign} {percent(value, 0 if round(100 * value, 6).is_integer() else 1)}"
