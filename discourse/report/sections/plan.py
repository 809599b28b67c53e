"""What was planned before anybody looked, and what was not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discourse.report.document import Block, Column, Entry, Grid, Heading, Paragraph, Row
from discourse.report.numerals import count, is_unknown
from discourse.report.sections.context import Context
from discourse.report.selection import text_of


def plan_section(context: Context) -> list[Block]:
    """List questions and comparisons with their status, and the settings that were changed."""
    rows = context.findings.table("planned").to_dict("records")
    if not rows:
        return []
    w, say = context.say.w, context.say
    decided = [r for r in rows if r["kind"] != "setting" and r["status"] != "left out"]
    kept = [r for r in decided if r["status"] == "planned"]
    key = "plan_all" if len(kept) == len(decided) else "plan_summary"
    values = {"n": count(len(decided))} | ({} if key == "plan_all" else {"planned": count(len(kept))})
    shown = [r for r in rows if r["kind"] != "setting" or r["status"] != "planned"]
    alike: dict[tuple[str, str, str], list[str]] = {}
    for r in shown:
        alike.setdefault((r["kind"], r["status"], text_of(r["note"])), []).append(_name(context, r))
    stop = "、" if context.language == "zh" else "; "
    body: list[Row] = [
        (w[f"plan_kind.{kind}"], stop.join(names), w[f"plan_status.{status}"], note)
        for (kind, status, note), names in alike.items()
    ]
    columns = (
        Column(w["plan_item"]),
        Column("", wide=True),
        Column(w["plan_status"]),
        Column(w["plan_note"]),
    )
    note = (say.note("plan_settings"),)
    return [
        Heading(w["section.plan"], 2),
        Paragraph(say.note(key, **values)),
        Grid(w["caption.plan"], columns, tuple(body), note, full=True),
    ]


def _name(context: Context, row: Mapping[Any, Any]) -> str:
    """Name a comparison by the labels of its groups and target; anything else by its key."""
    if row["kind"] != "comparison":
        return str(row["name"])
    pair, _, target = str(row["name"]).rpartition(", ")
    groups = " − ".join(context.subject.group(name) for name in pair.split(" vs "))
    about = context.say.note("of_target", target=context.subject.target(target))
    return f"{groups}（{about}）" if context.language == "zh" else f"{groups}, {about}"


def plan_mark(context: Context, row: Mapping[Any, Any]) -> str:
    """Say beside an answer whether its question was planned; nothing where the study has no plan."""
    status = row.get("planned")
    return "" if is_unknown(status) or not status else context.word(f"plan_status.{status}")


def plan_entries(context: Context) -> list[Entry]:
    """Cite the plan and the number of different studies run under it."""
    plan = context.findings.provenance.get("plan") or {}
    if not plan:
        return []
    w, say = context.say.w, context.say
    return [
        Entry(w["prov.plan"], f"{plan['file']}, SHA-256 {plan['sha256']}", True),
        Entry(w["prov.tried"], say.note("plan_tried", n=count(plan["tried"]))),
    ]
