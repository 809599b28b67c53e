"""What the group rules read from accounts, in words."""

from __future__ import annotations

from discourse.corpus.places import place_name
from discourse.report.document import Block, Column, Grid, Heading
from discourse.report.numerals import count, is_unknown
from discourse.report.sections.context import Context
from discourse.report.selection import text_of


def signals_table(context: Context) -> list[Block]:
    """Count authors by group and signals, for the appendix; nothing where no rule read any."""
    rows = context.findings.table("group_signals").to_dict("records")
    if not rows or not context.subject["groups"]:  # without rules nobody was told apart
        return []
    w = context.say.w
    shown = [r for r in rows if not is_unknown(r["n_authors"])]
    groups = [str(r["group"]) for r in shown]
    body = tuple(
        (
            context.swatch(group) if i == 0 or groups[i - 1] != group else "",
            signals_in_words(context, text_of(r["signals"])),
            count(r["n_authors"]),
        )
        for i, (group, r) in enumerate(zip(groups, shown, strict=True))
    )
    columns = (Column(w["group"]), Column(w["signals"], wide=True), Column(w["authors"], "right"))
    notes = [context.say.note("signals")]
    if len(shown) < len(rows):
        notes.append(context.say.note("rare_signals", n=len(rows) - len(shown), least=context.least))
    return [Heading(w["section.signals"], 2), Grid(w["table.signals"], columns, body, tuple(notes))]


def signals_in_words(context: Context, signals: str) -> str:
    """Say in words what a cell such as ``ip=CN, lang=zh`` stands for; what is not known stays as it is."""
    stop = "，" if context.language == "zh" else ", "
    return stop.join(_in_words(context, signal) for signal in signals.split(", "))


def _in_words(context: Context, signal: str) -> str:
    kind, _, value = signal.partition("=")
    w, say = context.say.w, context.say
    if signal == "ip=?":
        return w["signal.place_unknown"]
    if kind == "ip" and value:
        return say.note("signal_place", place=place_name(value, context.language))
    if kind == "phrase" and value in context.subject.groups:
        return say.note("signal_phrase", group=say.who(value))
    return w.get("signal.merchant" if signal == "merchant" else f"signal.{kind}.{value}", signal)
