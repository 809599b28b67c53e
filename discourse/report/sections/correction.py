"""What the correction by human codes changed: every figure in three versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.validation import three_estimates
from discourse.report.numerals import (
    UNKNOWN,
    bare_interval,
    count,
    decimal,
    difference,
    interval,
    is_unknown,
    scaled,
)
from discourse.report.sections.context import Context, capital
from discourse.report.sections.cover import fits_on_page_one
from discourse.report.sections.footnotes import Footnotes
from discourse.report.selection import text_of

VERSIONS = ("human", "naive", "corrected")
_SHOWN = ("positive", "negative", "balance", "coverage")


def rows_of(context: Context, table: str, **values: str) -> list[dict[Any, Any]]:
    """Choose rows of a table; where several targets were coded, those of the main one."""
    found = context.findings.table(table)
    if "target" in found.columns and context.target in set(found["target"]):
        values = {"target": str(context.target), **values}
    for name, value in values.items():
        found = found[found[name] == value]
    return found.to_dict("records")


def correction_page(context: Context) -> list[Block]:
    """Every figure toward the main target in three versions, and what that changed."""
    say, w = context.say, context.say.w
    groups = by_version(context, "group")
    if not groups:
        return []
    claim = correction_claim(context) or w["section.three"]
    blocks: list[Block] = [Heading(claim, 2, kicker=w["section.three"], new_page=True)]
    pictures = [] if fits_on_page_one(context) else [three_picture(context, claim)]
    pictures.append(_differences_picture(context))
    blocks += [picture for picture in pictures if picture is not None]
    blocks += [Paragraph(text) for text in _changes(context)]
    blocks.append(_groups_table(context, groups))
    blocks += _differences_table(context)
    method = {"dsl": "DSL", "ppi++": "PPI++"}
    named = [method.get(str(r["method"]), str(r["method"])) for r in rows_of(context, "validation")]
    how = say.how("three").replace("{method}", ", ".join(dict.fromkeys(named)))
    how += ("" if say.language == "zh" else " ") + say.note("mean_scale")
    return [*blocks, Paragraph(how, lead=w["how"], style="small")]


Key = tuple[str, str, str]


def by_version(context: Context, figure: str) -> dict[Key, dict[str, dict[Any, Any]]]:
    """Gather the three versions of each figure toward the main target, by outcome, group and language."""
    found: dict[Key, dict[str, dict[Any, Any]]] = {}
    for row in rows_of(context, "three_estimates", figure=figure):
        found.setdefault((str(row["outcome"]), str(row["group"]), str(row["lang"])), {})[row["version"]] = row
    return found


def three_picture(context: Context, claim: str) -> Picture | None:
    """Draw the shares positive and negative of each group in three versions, where any was corrected."""
    found = by_version(context, "group")
    names = [g for g in context.subject.groups if _is_corrected(found.get(("positive", g, "all")))]
    if not names:
        return None
    panels = [
        (outcome, [(context.subject.group(g), g, found.get((outcome, g, "all"), {})) for g in names])
        for outcome in ("positive", "negative")
    ]
    items = [
        context.say.alt_shares(f"{label}, {context.word(outcome)}", _said(context, versions, outcome))
        for outcome, rows in panels
        for label, _, versions in rows
    ]
    caption = _versions_caption(context, panels)
    draw = partial(three_estimates, panels, context.subject, claim)
    return Picture("three-estimates", caption, context.say.alt("dots", claim, items), draw)


def _versions_caption(context: Context, panels: Sequence[tuple[str, Sequence[Any]]]) -> str:
    """Say what the marks mean; the square only where one is drawn."""
    gap = "" if context.language == "zh" else " "
    squares = any(_is_regrouped(versions) for _, rows in panels for _, _, versions in rows)
    more = [context.say.note("three_caption_groups")] if squares else []
    return gap.join([context.say.note("three_caption"), *more])


def _is_corrected(versions: Mapping[str, Mapping[Any, Any]] | None) -> bool:
    return bool(versions) and not is_unknown((versions or {}).get("corrected", {}).get("estimate"))


def _said(context: Context, versions: Mapping[str, Mapping[Any, Any]], outcome: str) -> list[str]:
    return [
        f"{context.word(f'version.{name}')} {interval(v['estimate'], v['low'], v['high'], outcome)}"
        for name, v in versions.items()
        if name != "groups" and not is_unknown(v["estimate"])
    ]


def correction_claim(context: Context) -> str:
    """Say the share that the correction moved furthest, in the groups of the first question or in any."""
    found = by_version(context, "group")
    best: tuple[float, str] = (-1.0, "")
    for (outcome, group, lang), versions in found.items():
        if lang != "all" or outcome not in ("positive", "negative") or not _is_corrected(versions):
            continue
        naive, corrected = versions["naive"]["estimate"], versions["corrected"]["estimate"]
        if is_unknown(naive) or abs(corrected - naive) <= best[0]:
            continue
        measure = context.say.term("measure", outcome)
        before, after = scaled(naive, outcome), scaled(corrected, outcome)
        key = "three_claim" if before != after else "three_claim_still"
        who = context.say.who(group)
        said = context.say.note(key, group=who, measure=measure, naive=before, corrected=after)
        best = (abs(corrected - naive), said)
    return best[1]


def _changes(context: Context) -> list[str]:
    say = context.say
    texts = []
    for row in rows_of(context, "validation"):
        if not is_unknown(row["n_figures"]) and row["n_figures"] > 0:
            texts.append(
                say.note(
                    "changed",
                    n=count(row["n_figures"]),
                    outside=count(row["n_outside"]),
                    width=decimal(row["width_to_naive"], 1),
                    human=decimal(row["width_to_human"], 2),
                )
            )
    return [*texts, *regrouped_change(context), *_answers(context)]


def regrouped_change(context: Context) -> list[str]:
    """Say what correcting the groups changed beside the labels; nothing where it is not given."""
    found = by_version(context, "difference")
    shares = {k: v for k, v in found.items() if k[0] in ("positive", "negative") and k[2] == "all"}
    known = {k: v for k, v in shares.items() if _is_regrouped(v) and _is_corrected(v)}
    authors = context.findings.table("group_shares")["n_coded"]
    if not known or authors.empty:
        return []
    (outcome, pair, _), most = max(known.items(), key=lambda item: (_regrouping(item[1]), item[0]))
    widths = sorted(_width(v["both"]) / _width(v["corrected"]) for v in known.values())
    outside = [v for v in known.values() if not _holds(v["both"], v["corrected"]["estimate"])]
    return [
        context.say.note(
            "regrouped",
            n=count(authors.max()),
            pair=_pair_in(context, pair, "all"),
            measure=context.say.term("measure", outcome),
            points=decimal(100.0 * _regrouping(most), 1),
            m=count(len(known)),
            outside=count(len(outside)),
            width=decimal(widths[len(widths) // 2], 1),
        )
    ]


def corrected_difference(context: Context) -> str:
    """Say the largest corrected difference that is surely none of zero; nothing where there is none."""
    best: tuple[float, str] = (0.0, "")
    for (outcome, pair, lang), versions in by_version(context, "difference").items():
        if lang != "all" or outcome not in ("positive", "negative") or not _is_corrected(versions):
            continue
        row = versions["corrected"]
        if row["low"] <= 0.0 <= row["high"] or abs(row["estimate"]) <= best[0]:
            continue
        middle, low, high = (float(row[name]) for name in ("estimate", "low", "high"))
        a, b = (context.say.who(name) for name in pair.split(" vs "))
        if middle < 0:  # the group that is higher comes first
            a, b, middle, low, high = b, a, -middle, -high, -low
        value = difference(middle, low, high, outcome)
        measure = context.say.term("measure", outcome)
        said = context.say.note("corrected_difference", a=a, b=b, measure=measure, value=value)
        best = (abs(row["estimate"]), said)
    return best[1]


def _is_regrouped(versions: Mapping[str, Mapping[Any, Any]] | None) -> bool:
    return bool(versions) and not is_unknown((versions or {}).get("both", {}).get("estimate"))


def _regrouping(versions: Mapping[str, Mapping[Any, Any]]) -> float:
    return abs(float(versions["both"]["estimate"]) - float(versions["corrected"]["estimate"]))


def _width(row: Mapping[Any, Any]) -> float:
    return float(row["high"]) - float(row["low"])


def _holds(row: Mapping[Any, Any], value: Any) -> bool:
    return float(row["low"]) <= float(value) <= float(row["high"])


def _answers(context: Context) -> list[str]:
    say, gap = context.say, "" if context.language == "zh" else " "
    rows = context.findings.table("questions").to_dict("records")
    corrected = [r for r in rows if text_of(r["basis"]) == "corrected"]
    if not corrected:
        return [say.note("no_answers")] if rows else []
    changed = [
        f"{r['id']} ({say.term('answer', r['answer_by_labels'])} → {say.term('answer', r['answer'])})"
        for r in corrected
        if text_of(r["answer_by_labels"]) not in ("", r["answer"])
    ]
    key = "changed_answers" if changed else "unchanged_answers"
    said = [say.note(key, list=say.joined(changed)) if changed else say.note(key)]
    left = [str(r["id"]) for r in rows if text_of(r["basis"]) == "uncorrected"]
    said += [say.note("uncorrected_answers", list=say.joined(left))] if left else []
    return [gap.join(said)]


def _groups_table(context: Context, found: Mapping[Key, Mapping[str, Mapping[Any, Any]]]) -> Grid:
    w, say = context.say.w, context.say
    footnotes, names = Footnotes(say), _versions_of(found)
    body: list[Row] = []
    for group in (g for g in context.subject.groups if g != "unassigned"):
        for i, outcome in enumerate(_SHOWN):
            versions = found.get((outcome, group, "all"), {})
            if not any(not is_unknown(v["estimate"]) for v in versions.values()):
                continue
            cells = [_cell(versions.get(name), outcome, footnotes) for name in names]
            coded = count(versions["corrected"]["n_coded"])
            measure = capital(say.term("measure", outcome))
            body.append((context.swatch(group) if i == 0 else "", measure, *cells, coded))
    both = (say.note("regrouped_note"),) if "both" in names else ()
    notes = (say.note("weighted", level=context.level), say.note("in_percent"), *both, *footnotes.notes())
    columns = (Column(w["group"]), Column(w["figure_column"], wide=True), *_version_columns(context, names))
    return Grid(w["caption.three"], columns, tuple(body), notes, full=True)


def _versions_of(found: Mapping[Key, Mapping[str, Mapping[Any, Any]]]) -> tuple[str, ...]:
    """List the versions of a table: three, and with groups corrected where any figure is given so."""
    return (*VERSIONS, "both") if any(_is_regrouped(v) for v in found.values()) else VERSIONS


def _version_columns(context: Context, names: tuple[str, ...]) -> tuple[Column, ...]:
    heads = [context.word("both_corrected" if name == "both" else name) for name in (*names, "codes")]
    return tuple(Column(head, "right") for head in heads)


def _cell(row: Mapping[Any, Any] | None, outcome: str, footnotes: Footnotes) -> str:
    if row is None:
        return UNKNOWN
    if is_unknown(row["estimate"]):
        return footnotes.mark(text_of(row["reason"]))
    return bare_interval(row["estimate"], row["low"], row["high"], outcome)


def _pair_in(context: Context, pair: str, lang: str) -> str:
    a, b = pair.split(" vs ")
    name = f"{context.subject.group(a)} − {context.subject.group(b)}"
    if lang == "all":
        return name
    return context.say.note("pair_in", pair=name, lang=context.say.term("lang_short", lang))


def _differences_picture(context: Context) -> Picture | None:
    """Draw the differences of shares in three versions: within each language first, then over all."""
    found = by_version(context, "difference")
    pairs = list(dict.fromkeys(group for _, group, _ in found))
    places = [(pair, lang) for pair in pairs for lang in ("zh", "en", "mixed", "all")]
    places = [(pair, lang) for pair, lang in places if _is_corrected(found.get(("positive", pair, lang)))]
    if not places:
        return None
    panels = [
        (outcome, [(_pair_in(context, p, lang), "", found.get((outcome, p, lang), {})) for p, lang in places])
        for outcome in ("positive", "negative")
    ]
    say = context.say
    items = [
        say.alt_shares(f"{label}, {context.word(outcome)}", _said(context, versions, outcome))
        for outcome, rows in panels
        for label, _, versions in rows
    ]
    claim = context.word("section.three")
    draw = partial(three_estimates, panels, context.subject, claim)
    gap = "" if context.language == "zh" else " "
    caption = f"{say.note('three_differences_caption')}{gap}{_versions_caption(context, panels)}"
    return Picture("three-differences", caption, say.alt("dots", claim, items), draw)


def _differences_table(context: Context) -> list[Block]:
    """Lay out differences in the share positive: within each language first, then over all."""
    w, say = context.say.w, context.say
    found = by_version(context, "difference")
    pairs = list(dict.fromkeys(group for _, group, _ in found))
    footnotes, names = Footnotes(say), _versions_of(found)
    body: list[Row] = []
    for pair in pairs:
        for lang in ("zh", "en", "mixed", "all"):
            versions = found.get(("positive", pair, lang), {})
            if not any(not is_unknown(v["estimate"]) for v in versions.values()):
                continue
            name = _pair_in(context, pair, lang)
            cells = [_cell(versions.get(v), "positive", footnotes) for v in names]
            body.append((name, *cells, count(versions["corrected"]["n_coded"])))
    if not body:
        return []
    columns = (Column(w["comparison"], wide=True), *_version_columns(context, names))
    caption = f"{say.note('three_differences_caption').rstrip('。.')} ({say.term('measure', 'positive')})"
    if context.language == "zh":
        caption = f"{say.note('three_differences_caption').rstrip('。')}（{say.term('measure', 'positive')}）"
    return [Grid(caption, columns, tuple(body), (say.note("in_percent"), *footnotes.notes()), full=True)]
