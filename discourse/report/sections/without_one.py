"""Whether answers stand without the author, the thread or the day that moves them most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Row
from discourse.report.numerals import UNKNOWN, bare_interval, count, is_unknown
from discourse.report.sections.context import Context
from discourse.report.sections.footnotes import Footnotes
from discourse.report.selection import text_of

_WHOLE: Final = "question"
_UNITS: Final = ("without author", "without thread", "without day")
_SHOWN: Final = ("corrected", "naive", "human")

#: Version, and figure to its row.
Figures = dict[str, dict[str, dict[Any, Any]]]


def without_one_page(context: Context) -> list[Block]:
    """Answers in three versions, whole and without single units; nothing where nobody coded stance."""
    found = _found(context)
    if not found:
        return []
    w, say = context.say.w, context.say
    return [
        Heading(w["section.without"], 2),
        *_sentence(context, found),
        _table(context, found),
        Paragraph(say.how("without"), lead=w["how"], style="small"),
    ]


def _found(context: Context) -> dict[str, Figures]:
    """Gather questions whose whole figure is known in some version, and those without single units."""
    table = context.findings.table("three_estimates")
    found: dict[str, Figures] = {}
    for row in table[table["figure"].isin((_WHOLE, *_UNITS))].to_dict("records"):
        found.setdefault(str(row["id"]), {}).setdefault(str(row["version"]), {})[str(row["figure"])] = row
    return {
        name: versions
        for name, versions in found.items()
        if any(
            len(figures) > 1 and not is_unknown(figures[_WHOLE]["estimate"]) for figures in versions.values()
        )
    }


def _bounds(context: Context) -> dict[str, float]:
    """Read the number that each question names."""
    rows = context.findings.table("questions").to_dict("records")
    return {str(row["id"]): float(str(row["expect"])[1:]) for row in rows}


def _place(row: Mapping[Any, Any], bound: float) -> str:
    if is_unknown(row["estimate"]):
        return "unknown"
    return "above" if row["low"] > bound else "below" if row["high"] < bound else "across"


def _depends(figures: Mapping[str, Mapping[Any, Any]], bound: float) -> list[str]:
    """List the units without which the interval lies otherwise."""
    whole = _place(figures[_WHOLE], bound)
    places = {unit: _place(figures[unit], bound) for unit in _UNITS if unit in figures}
    return [unit for unit, place in places.items() if place not in ("unknown", whole)]


def _sentence(context: Context, found: Mapping[str, Figures]) -> list[Block]:
    say, bounds = context.say, _bounds(context)
    texts = []
    for version in ("corrected", "naive"):
        known = {
            name: versions[version]
            for name, versions in found.items()
            if version in versions
            and name in bounds
            and not is_unknown(versions[version][_WHOLE]["estimate"])
        }
        changed = [
            f"{name} ({say.joined([_unit(context, unit) for unit in units])})"
            for name, figures in known.items()
            if (units := _depends(figures, bounds[name]))
        ]
        if version == "naive":
            texts += [say.note("without_labels", list=say.joined(changed))] if changed else []
        elif known:
            key = "without_changed" if changed else "without_same"
            texts.append(
                say.note(key, n=count(len(known)), **({"list": say.joined(changed)} if changed else {}))
            )
    return [Paragraph(("" if context.language == "zh" else " ").join(texts))] if texts else []


def _unit(context: Context, unit: str) -> str:
    name = context.word(unit.replace(" ", "."))
    return name if context.language == "zh" else name[:1].lower() + name[1:]


def _table(context: Context, found: Mapping[str, Figures]) -> Grid:
    w, footnotes, body = context.say.w, Footnotes(context.say), list[Row]()
    for name, versions in found.items():
        head = name
        for version in _SHOWN:
            figures = versions.get(version)
            if figures is None:
                continue
            cells = [_cell(figures.get(figure), footnotes) for figure in (_WHOLE, *_UNITS)]
            body.append((head, w[version], *cells))
            head = ""
    columns = (
        Column(w["without.question"]),
        Column("", wide=True),
        *(Column(w[f"without.{name}"], "right") for name in ("whole", "author", "thread", "day")),
    )
    notes = (context.say.note("without_note", level=context.level), *footnotes.notes())
    return Grid(w["caption.without"], columns, tuple(body), notes, full=True)


def _cell(row: Mapping[Any, Any] | None, footnotes: Footnotes) -> str:
    if row is None:
        return UNKNOWN
    if is_unknown(row["estimate"]):
        return footnotes.mark(text_of(row["reason"]))
    return bare_interval(row["estimate"], row["low"], row["high"], str(row["outcome"]))
