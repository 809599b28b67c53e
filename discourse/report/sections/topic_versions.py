"""Main topics that people have coded: three versions, differences, and how far the topic model errs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.validation import three_estimates
from discourse.report.numerals import UNKNOWN, count, is_unknown, percent
from discourse.report.sections.code_versions import (
    NO_TOPIC,
    Key,
    Versions,
    accuracy_share,
    agreement_cell,
    found_versions,
    is_corrected,
    moved_by,
    said_versions,
    version_cells,
    version_columns,
)
from discourse.report.sections.context import Context, capital
from discourse.report.sections.footnotes import Footnotes
from discourse.report.sections.uncoded import coded_topic
from discourse.report.widths import shortened

#: Topics drawn, topics in the table, and differences listed: those that the correction moved furthest.
_DRAWN, _SHOWN, _LISTED = 4, 6, 8
_WIDTH = 44


def topic_versions_page(context: Context) -> list[Block]:
    """Main topics in three versions; nothing where nobody has coded any."""
    found = {key: v for key, v in found_versions(context, "group", ["topic"]).items() if key[2] == "all"}
    if not found:
        return []
    say, w = context.say, context.say.w
    corrected = {key: v for key, v in found.items() if is_corrected(v) and not _is_blank(v)}
    order = _furthest(corrected)
    claim = _claim(context, corrected) or w["section.topics_three"]
    method = {"dsl": "DSL", "ppi++": "PPI++"}
    named = context.findings.table("validation")["method"].map(method).dropna()
    how = say.how("topics_three").replace("{method}", ", ".join(dict.fromkeys(named)))
    return [
        Heading(claim, 2, kicker=w["section.topics_three"], new_page=True),
        *_picture(context, claim, corrected, order[:_DRAWN]),
        *_changed(context, corrected),
        _groups_table(context, found, order),
        *_differences_table(context),
        *_accuracy_table(context),
        Paragraph(how, lead=w["how"], style="small"),
    ]


def _is_blank(versions: Versions) -> bool:
    """Say whether the model says nothing of it: none of its topics."""
    return is_unknown(versions.get("naive", {}).get("estimate"))


def _furthest(corrected: Mapping[Key, Versions]) -> list[str]:
    """List topics from that which the correction moved furthest."""
    moved: dict[str, float] = {}
    for (variable, _, _), versions in corrected.items():
        moved[variable] = max(moved.get(variable, 0.0), moved_by(versions))
    return sorted(moved, key=lambda name: (-moved[name], name))


def _name(context: Context, variable: str, width: int = _WIDTH) -> str:
    return shortened(coded_topic(context, variable.partition(":")[2]), width)


def _claim(context: Context, corrected: Mapping[Key, Versions]) -> str:
    if not corrected:
        return ""
    (variable, group, _), versions = max(corrected.items(), key=lambda item: moved_by(item[1]))
    return context.say.note(
        "topics_three_claim",
        name=_name(context, variable, 28),
        group=context.say.who(group),
        naive=percent(versions["naive"]["estimate"]),
        corrected=percent(versions["corrected"]["estimate"]),
    )


def _picture(
    context: Context, claim: str, corrected: Mapping[Key, Versions], topics: list[str]
) -> list[Block]:
    colon = "：" if context.language == "zh" else ": "
    rows = [
        (f"{_name(context, topic, 26)}{colon}{context.subject.group(group)}", group, corrected[key])
        for topic in topics
        for group in context.subject.groups
        if (key := (topic, group, "all")) in corrected
    ]
    if not rows:
        return []
    say = context.say
    items = [say.alt_shares(label, said_versions(context, versions)) for label, _, versions in rows]
    # words of both languages in a title would be measured by another font than that which is drawn
    draw = partial(three_estimates, [("topic", rows)], context.subject, context.word("section.topics_three"))
    caption = say.note("topics_three_caption", level=context.level)
    return [Picture("topics-three-versions", caption, say.alt("dots", claim, items), draw)]


def _changed(context: Context, corrected: Mapping[Key, Versions]) -> list[Block]:
    """Say how many shares of the model lie outside the corrected intervals."""
    outside = [
        v
        for v in corrected.values()
        if not v["corrected"]["low"] <= v["naive"]["estimate"] <= v["corrected"]["high"]
    ]
    if not corrected:
        return []
    said = context.say.note("topics_three_changed", n=count(len(corrected)), outside=count(len(outside)))
    return [Paragraph(said)]


def _groups_table(context: Context, found: Mapping[Key, Versions], order: list[str]) -> Grid:
    w, say = context.say.w, context.say
    footnotes, body = Footnotes(say), list[Row]()
    shown = order[:_SHOWN] or list(dict.fromkeys(key[0] for key in found))[:_SHOWN]
    for variable in [*(name for name in shown if name != NO_TOPIC), NO_TOPIC]:
        first = True
        for group in context.subject.groups:
            versions = found.get((variable, group, "all"))
            if versions is None or group == "unassigned":
                continue
            head = _name(context, variable) if first else ""
            mean = _mean_proportion(context, variable, group)
            body.append((head, context.swatch(group), mean, *version_cells(versions, footnotes)))
            first = False
    columns = (
        Column(w["topic"], wide=True),
        Column(w["group"]),
        Column(w["mean_proportion"], "right"),
        *version_columns(context),
    )
    notes = (
        say.note("weighted", level=context.level),
        say.note("topics_three_note"),
        *footnotes.notes(),
    )
    return Grid(w["caption.topics_three"], columns, tuple(body), notes, full=True)


def _mean_proportion(context: Context, variable: str, group: str) -> str:
    """Give the mean proportion of a topic in a group, as the table of topics has it."""
    if variable == NO_TOPIC:
        return UNKNOWN
    table = context.findings.table("topic_prevalence")
    number = int(variable.partition(":")[2])
    known = table.loc[(table["topic"] == number) & (table["group"] == group), "estimate"]
    return percent(known.iloc[0]) if len(known) and not is_unknown(known.iloc[0]) else UNKNOWN


def _differences_table(context: Context) -> list[Block]:
    w, say = context.say.w, context.say
    found = {
        key: v
        for key, v in found_versions(context, "difference", ["topic"]).items()
        if key[2] == "all" and is_corrected(v) and not _is_blank(v)
    }
    if not found:
        return []
    chosen = sorted(found, key=lambda key: (-moved_by(found[key]), key))[:_LISTED]
    footnotes, body = Footnotes(say), list[Row]()
    for variable, pair, lang in chosen:
        a, b = (context.subject.group(name) for name in pair.split(" vs "))
        cells = version_cells(found[variable, pair, lang], footnotes, "balance")
        body.append((_name(context, variable), f"{a} − {b}", *cells))
    columns = (Column(w["topic"], wide=True), Column(w["comparison"], wide=True), *version_columns(context))
    caption = say.note("topics_three_differences")
    return [Grid(caption, columns, tuple(body), footnotes.notes(), full=True)]


def _accuracy_table(context: Context) -> list[Block]:
    w, say = context.say.w, context.say
    table = context.findings.table("code_accuracy")
    table = table[(table["kind"] == "topic") & (table["group"] == "all") & (table["lang"] == "all")]
    body = list[Row]()
    for name, part in table.groupby("name", sort=True):
        rows = {str(row["measure"]): row for row in part.to_dict("records")}
        head = capital(w["topic.all"]) if name == "all" else _name(context, f"topic:{name}")
        shares = [accuracy_share(rows.get(measure)) for measure in ("precision", "recall")]
        right = accuracy_share(rows.get("accuracy"))
        body.append((head, *shares, right, agreement_cell(rows.get("alpha"))))
    columns = (
        Column(w["topic"], wide=True),
        *(Column(w[name], "right") for name in ("precision", "recall", "accuracy", "alpha_column")),
    )
    note = say.note("topics_accuracy_note")
    return [Grid(w["caption.topics_accuracy"], columns, tuple(body), (note,), full=True)] if body else []
