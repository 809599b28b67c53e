"""The evidence: each page a finding, its figure, a three-line table and how it was computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture
from discourse.report.document import Cell as Swatched
from discourse.report.figures.collected import languages_by_group
from discourse.report.figures.stance import differences_by_pair, stance_panel
from discourse.report.numerals import UNKNOWN, count, decimal, difference, interval, is_unknown, percent, probability
from discourse.report.sections.context import Context
from discourse.report.sections.words_and_topics import keyness_pages, topic_pages
from discourse.report.selection import (
    Cell,
    Difference,
    cells,
    described_groups,
    differences,
    kinds_with,
    languages_with,
)

Rows = Sequence[tuple[str, Sequence[Cell]]]


def evidence(context: Context) -> list[Block]:
    """Write the pages of evidence; a part of the study that did not run is left out."""
    pages: list[Callable[[Context], list[Block]]] = [
        corpus_page,
        differences_page,
        language_and_kinds_page,
        targets_page,
        topic_pages,
        keyness_pages,
    ]
    found = [block for page in pages for block in page(context)]
    return [Heading(context.word("part.evidence"), 1, new_page=True), *found] if found else []


def _how(context: Context, section: str) -> Paragraph:
    return Paragraph(context.say.how(section), lead=context.word("how"), style="small")


def corpus_page(context: Context) -> list[Block]:
    """P1: who and what was collected."""
    rows = described_groups(context.findings, context.subject)
    if not rows:
        return []
    say, w = context.say, context.say.w
    claim = say.corpus_claim(rows)
    drawn = [r for r in rows if not is_unknown(r["share_zh"])]
    items = [
        say.alt_shares(
            context.subject.group(str(r["group"])),
            [f"{w[k]} {percent(r[k])}" for k in ("share_zh", "share_mixed", "share_en")],
        )
        for r in drawn
    ]
    blocks: list[Block] = [Heading(claim, 2, kicker=w["section.corpus"])]
    if drawn:
        figure = languages_by_group(drawn, context.subject, claim)
        blocks.append(Picture("languages-by-group", say.note("languages_caption"), say.alt("bars", claim, items), figure))
    return [*blocks, _corpus_table(context), _how(context, "corpus")]


def _corpus_table(context: Context) -> Grid:
    w = context.say.w
    names = ("opening_posts", "comments", "authors", "threads", "median_length", "share_zh", "share_en", "share_mixed", "share_ip")
    rows = []
    for r in described_groups(context.findings, context.subject):
        numbers = (count(r["n_posts"]), count(r["n_comments"]), context.people(r["n_authors"]), count(r["n_threads"]))
        shares = tuple(percent(r[k]) for k in ("share_zh", "share_en", "share_mixed", "share_ip"))
        rows.append((context.swatch(str(r["group"])), *numbers, decimal(r["median_length"], 0), *shares))
    columns = (Column(w["group"]), *(Column(w[n], "right") for n in names))
    notes = [context.say.note("share_rest")]
    if any(is_unknown(r["n_authors"]) for r in described_groups(context.findings, context.subject)):
        notes.append(context.small_note)
    return Grid(w["section.corpus"], columns, tuple(rows), tuple(notes), full=True)


def stance_table(context: Context, rows: Rows, head: str, caption: str) -> Grid:
    """Lay out means with their intervals, or the reasons why there are none."""
    w = context.say.w
    body: list[tuple[str | Swatched, ...]] = []
    for name, row in rows:
        for i, cell in enumerate(row):
            figure = (
                interval(cell.estimate, cell.low, cell.high, "mean") if cell.known else context.say.reason(cell.reason) or UNKNOWN
            )
            body.append(
                (name if i == 0 else "", context.swatch(cell.group), figure, count(cell.n), context.people(cell.n_authors), count(cell.n_threads))
            )
    columns = (
        Column(head), Column(w["group"]), Column(w["mean"], wide=True), Column(w["posts"], "right"),
        Column(w["authors"], "right"), Column(w["threads"], "right"),
    )
    if not head:
        columns, body = columns[1:], [r[1:] for r in body]
    notes = [context.say.note("interval", level=context.level)]
    if any(is_unknown(c.n_authors) for _, row in rows for c in row):
        notes.append(context.small_note)
    return Grid(caption, columns, tuple(body), tuple(notes))


def shares_table(context: Context, target: str) -> Grid | None:
    """P3: mean, shares, balance and coverage of each group, with intervals."""
    w, say = context.say.w, context.say
    measures = ("mean", "positive", "neutral", "negative", "coverage")
    by_measure = {m: {c.group: c for c in cells(context.findings, context.subject, target, m)} for m in measures}
    if not by_measure["mean"]:
        return None
    rows = []
    for group, mean in by_measure["mean"].items():
        figures = [by_measure[m].get(group) for m in measures]
        texts = [interval(c.estimate, c.low, c.high, c.measure) if c else UNKNOWN for c in figures]
        rows.append((context.swatch(group), *texts, count(mean.n), context.people(mean.n_authors), count(mean.n_threads)))
    columns = (
        Column(w["group"]), *(Column(w[m], "right") for m in measures),
        Column(w["posts"], "right"), Column(w["authors"], "right"), Column(w["threads"], "right"),
    )
    caption = f"{w['section.stance']}: {say.note('of_target', target=context.subject.target(target))}"
    if context.language == "zh":
        caption = f"{w['section.stance']}（{say.note('of_target', target=context.subject.target(target))}）"
    return Grid(caption, columns, tuple(rows), (say.note("interval", level=context.level),), full=True)


def differences_page(context: Context) -> list[Block]:
    """Differences between groups toward the main target, and the full table of stance."""
    say, w = context.say, context.say.w
    found = [d for d in differences(context.findings, context.subject) if d.target == context.target]
    table = shares_table(context, context.target) if context.target else None
    if not found and table is None:
        return []
    blocks: list[Block] = [Heading(say.differences_claim(found), 2, kicker=w["section.difference"], new_page=True)]
    if found:
        def name(d: Difference) -> str:
            return _pair(context, d)

        items = [say.alt_value(name(d), d) for d in found]
        claim = say.differences_claim(found)
        if any(d.known for d in found):
            figure = differences_by_pair([d for d in found if d.known], context.subject, claim, name)
            blocks.append(Picture("differences", say.note("differences_caption"), say.alt("dots", claim, items), figure))
        blocks.append(differences_table(context, found))
    if table is not None:
        blocks.append(table)
    return [*blocks, _how(context, "differences")]


def _pair(context: Context, d: Difference) -> str:
    pair = f"{context.subject.group(d.group_a)} − {context.subject.group(d.group_b)}"
    if d.lang == "all":
        return pair
    lang = context.say.term("lang", d.lang)
    return f"{pair}（{lang}）" if context.language == "zh" else f"{pair}, {lang}"


def differences_table(context: Context, found: Sequence[Difference], caption: str = "") -> Grid:
    """Lay out differences with interval, effect and adjusted p, or the reasons why there are none."""
    w = context.say.w
    rows = []
    for d in found:
        value = difference(d.estimate, d.low, d.high, d.outcome) if d.known else context.say.reason(d.reason) or UNKNOWN
        rows.append(
            (_pair(context, d), value, decimal(d.effect), probability(d.p_adjusted), _two(context, d.authors_a, d.authors_b))
        )
    columns = (
        Column(w["comparison"]), Column(w["difference"], wide=True), Column(w["effect"], "right"),
        Column(w["p_adjusted"], "right"), Column(w["authors"], "right"),
    )
    notes = (context.say.note("interval", level=context.level), context.say.note("p"))
    return Grid(caption or w["section.difference"], columns, tuple(rows), notes)


def _two(context: Context, a: object, b: object) -> str:
    return f"{context.people(a)} / {context.people(b)}"


def language_and_kinds_page(context: Context) -> list[Block]:
    """The main target again, by language of the post and by kind of mention."""
    if context.target is None:
        return []
    findings, subject, say = context.findings, context.subject, context.say
    languages = languages_with(findings, subject, context.target)
    kinds = kinds_with(findings, subject, context.target)
    by_language = [(say.term("lang", v), cells(findings, subject, context.target, "mean", lang=v)) for v in languages]
    by_kind = [(say.term("kind", v), cells(findings, subject, context.target, "mean", kind=v)) for v in kinds]
    target = subject.target(context.target)
    blocks: list[Block] = []
    if by_language:
        claim = say.language_claim(by_language, context.target)
        caption = say.note("by_language_caption", target=target)
        blocks += _panel(context, "stance-by-language", claim, caption, by_language, "language")
    if by_kind:
        claim = say.kinds_claim(by_kind, context.target)
        caption = say.note("by_kind_caption", target=target)
        blocks += _panel(context, "stance-by-kind", claim, caption, by_kind, "kinds", new_page=not blocks)
    return [*blocks, _how(context, "language")] if blocks else []


def _panel(
    context: Context, name: str, claim: str, caption: str, rows: Rows, section: str, *, new_page: bool | None = None
) -> list[Block]:
    say, w = context.say, context.say.w
    first = section != "kinds" if new_page is None else new_page
    items = [say.alt_value(f"{label}, {context.subject.group(c.group)}", c) for label, row in rows for c in row]
    head = {"language": w["language"], "kinds": w["kind"], "targets": w["target"]}[section]
    return [
        Heading(claim, 2, kicker=w[f"section.{section}"], new_page=first),
        Picture(name, caption, say.alt("dots", claim, items), stance_panel(rows, context.subject, claim)),
        stance_table(context, rows, head, w[f"section.{section}"]),
    ]


def targets_page(context: Context) -> list[Block]:
    """The other targets of the study."""
    findings, subject, say = context.findings, context.subject, context.say
    rows = [(subject.target(t), cells(findings, subject, t, "mean")) for t in subject.targets]
    rows = [(name, row) for name, row in rows if any(c.known for c in row)]
    if len(rows) < 2:
        return []
    claim = say.targets_claim([r for r in rows if r[0] != subject.target(context.target)])
    blocks = _panel(context, "stance-by-target", claim, say.note("targets_caption"), rows, "targets")
    return [*blocks, _how(context, "targets")]
