"""The evidence: each page a finding, its figure, a three-line table and how it was computed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from weakref import WeakKeyDictionary

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.collected import languages_by_group
from discourse.report.figures.stance import differences_by_pair, stance_panel
from discourse.report.numerals import (
    count,
    decimal,
    is_unknown,
    percent,
)
from discourse.report.sections.code_versions import code_versions_page
from discourse.report.sections.coefficients import coefficient_pages
from discourse.report.sections.concordance import concordance_page
from discourse.report.sections.context import Context, capital
from discourse.report.sections.correction import corrected_difference
from discourse.report.sections.families import emotions_page
from discourse.report.sections.frames import frames_page
from discourse.report.sections.group_rules import group_rules_page
from discourse.report.sections.likes import like_pages, places_page
from discourse.report.sections.nearby import nearby_pages
from discourse.report.sections.pages import chosen_pages, flowing
from discourse.report.sections.part_versions import part_versions_page
from discourse.report.sections.replies import reply_pages
from discourse.report.sections.robustness import robustness_page
from discourse.report.sections.split_versions import split_versions_page
from discourse.report.sections.stance_tables import (
    Rows,
    differences_table,
    pair_name,
    shares_table,
    stance_table,
)
from discourse.report.sections.time import phases_page, series_page
from discourse.report.sections.topic_covariates import topic_covariates_page
from discourse.report.sections.topic_stance import further_topic_stance, gap_table, topic_stance_page
from discourse.report.sections.topic_versions import topic_versions_page
from discourse.report.sections.trained import trained_page
from discourse.report.sections.uncoded import labels_of_stance, marked, other_targets, topics_of_a_model
from discourse.report.sections.validation import validation_pages
from discourse.report.sections.without_one import without_one_page
from discourse.report.sections.words_and_topics import keyness_pages, topic_pages
from discourse.report.selection import (
    Difference,
    cells,
    described_groups,
    differences,
    kinds_with,
    languages_with,
    text_of,
)

Page = Callable[[Context], list[Block]]

#: What the questions of most studies are answered with, in the order of reading; the first pages of it stand
#: in the main part, see :mod:`discourse.report.sections.pages`.
EVIDENCE: tuple[Page, ...]
#: What stands in the appendix, for those who ask further.
FURTHER: tuple[Page, ...]


_CHOSEN: WeakKeyDictionary[Context, tuple[list[Block], list[Block]]] = WeakKeyDictionary()


def _chosen(context: Context) -> tuple[list[Block], list[Block]]:
    """Divide the pages once: the evidence and the appendix both ask."""
    if context not in _CHOSEN:
        _CHOSEN[context] = chosen_pages(page(context) for page in EVIDENCE)
    return _CHOSEN[context]


def evidence(context: Context) -> list[Block]:
    """Write the pages of evidence; a part of the study that did not run is left out."""
    found, _ = _chosen(context)
    return [Heading(context.word("part.evidence"), 1, new_page=True), *found] if found else []


def further_evidence(context: Context) -> list[Block]:
    """Write the pages of the appendix: what the pages of evidence had no room for, and the rest."""
    _, moved = _chosen(context)
    return flowing([*moved, *(block for page in FURTHER for block in page(context))])


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
        draw = partial(languages_by_group, drawn, context.subject, claim)
        blocks.append(
            Picture("languages-by-group", say.note("languages_caption"), say.alt("bars", claim, items), draw)
        )
    return [*blocks, _corpus_table(context), *flow(context), _how(context, "corpus")]


def flow(context: Context) -> list[Block]:
    """From records read to posts analysed."""
    rows = context.findings.table("flow").to_dict("records")
    if not rows:
        return []
    w, say = context.say.w, context.say
    body: list[Row] = []
    for row in rows:
        step = str(row["step"])
        note = w.get(f"stepnote.{step}", "" if context.language == "zh" else text_of(row["note"]))
        body.append((capital(say.term("step", step)), count(row["n"]), note))
    columns = (Column(w["step"]), Column(w["n"], "right"), Column(w["note_column"], wide=True))
    return [Grid(w["section.flow"], columns, tuple(body), (say.note("flow"),))]


def _corpus_table(context: Context) -> Grid:
    w = context.say.w
    names = (
        "opening_posts",
        "comments",
        "authors",
        "threads",
        "median_length",
        "share_zh",
        "share_en",
        "share_mixed",
        "share_ip",
    )
    rows: list[Row] = []
    for r in described_groups(context.findings, context.subject):
        numbers = (
            count(r["n_posts"]),
            count(r["n_comments"]),
            context.people(r["n_authors"]),
            count(r["n_threads"]),
        )
        shares = tuple(percent(r[k]) for k in ("share_zh", "share_en", "share_mixed", "share_ip"))
        rows.append((context.swatch(str(r["group"])), *numbers, decimal(r["median_length"], 0), *shares))
    columns = (Column(w["group"]), *(Column(w[n], "right") for n in names))
    notes = [context.say.note("share_rest")]
    if any(is_unknown(r["n_authors"]) for r in described_groups(context.findings, context.subject)):
        notes.append(context.small_note)
    return Grid(w["caption.corpus"], columns, tuple(rows), tuple(notes), full=True)


def differences_page(context: Context) -> list[Block]:
    """Differences between groups toward the main target, and the full table of stance."""
    say, w = context.say, context.say.w
    found = [d for d in differences(context.findings, context.subject) if d.target == context.target]
    table = shares_table(context, context.target) if context.target else None
    if not found and table is None:
        return []
    claim = differences_heading(context, found)
    blocks: list[Block] = [Heading(claim, 2, kicker=w["section.difference"], new_page=True)]
    if found:

        def name(d: Difference) -> str:
            return pair_name(context, d)

        items = [say.alt_value(name(d), d) for d in found]
        if any(d.known for d in found):
            known = [d for d in found if d.known]
            draw = partial(differences_by_pair, known, context.subject, claim, name)
            blocks.append(
                Picture("differences", say.note("differences_caption"), say.alt("dots", claim, items), draw)
            )
        blocks.append(differences_table(context, [d for d in found if d.known or d.lang == "all"]))
    if table is not None:
        blocks.append(table)
    gaps = gap_table(context, str(context.target))
    why = [Paragraph(say.how("gap_parts"), style="small")] if gaps else []
    return [*blocks, *gaps, _how(context, "differences"), *why]


def differences_heading(context: Context, found: list[Difference]) -> str:
    """Say the surest difference by labels; where labels show none, what the correction shows beside it."""
    say = context.say
    if not found:
        return say.note("stance_of_groups", target=context.subject.target(context.target))
    claim = say.differences_claim(found)
    corrected = None if any(d.known and d.side for d in found) else corrected_difference(context)
    return say.note("labels_and_corrected", claim=claim, corrected=corrected) if corrected else claim


def language_and_kinds_page(context: Context) -> list[Block]:
    """The main target again, by language of the post and by kind of mention."""
    if context.target is None:
        return []
    findings, subject, say = context.findings, context.subject, context.say
    languages = languages_with(findings, subject, context.target)
    kinds = kinds_with(findings, subject, context.target)
    by_language = [(v, cells(findings, subject, context.target, "mean", lang=v)) for v in languages]
    by_kind = [(v, cells(findings, subject, context.target, "mean", kind=v)) for v in kinds]
    target = subject.target(context.target)
    blocks: list[Block] = []
    if by_language:
        claim = say.language_claim([(say.term("lang", v), row) for v, row in by_language], context.target)
        by_language = [(capital(say.term("lang", v)), row) for v, row in by_language]
        caption = say.note("by_language_caption", target=target)
        blocks += _panel(context, "stance-by-language", claim, caption, by_language, "language")
    if by_kind:
        claim = say.kinds_claim([(say.term("kind", v), row) for v, row in by_kind], context.target)
        by_kind = [(capital(say.term("kind", v)), row) for v, row in by_kind]
        caption = say.note("by_kind_caption", target=target)
        blocks += _panel(context, "stance-by-kind", claim, caption, by_kind, "kinds", new_page=not blocks)
    return [*blocks, _how(context, "language")] if blocks else []


def _panel(
    context: Context,
    name: str,
    claim: str,
    caption: str,
    rows: Rows,
    section: str,
    *,
    new_page: bool | None = None,
) -> list[Block]:
    say, w = context.say, context.say.w
    first = section != "kinds" if new_page is None else new_page
    items = [
        say.alt_value(f"{label}, {context.subject.group(c.group)}", c) for label, row in rows for c in row
    ]
    head = {"language": w["language"], "kinds": w["kind"], "targets": w["target"]}[section]
    draw = partial(stance_panel, rows, context.subject, claim)
    return [
        Heading(claim, 2, kicker=w[f"section.{section}"], new_page=first),
        Picture(name, caption, say.alt("dots", claim, items), draw),
        stance_table(context, rows, head, w[f"caption.{section}"]),
    ]


def targets_page(context: Context) -> list[Block]:
    """The other targets of the study."""
    findings, subject, say = context.findings, context.subject, context.say
    found = [(t, cells(findings, subject, t, "mean")) for t in subject.targets]
    found = [(t, row) for t, row in found if any(c.known for c in row)]
    if len(found) < 2:
        return []
    claim = say.targets_claim([(subject.target(t), row) for t, row in found if t != context.target])
    rows = [(capital(subject.target(t)), row) for t, row in found]
    blocks = _panel(context, "stance-by-target", claim, say.note("targets_caption"), rows, "targets")
    return [*blocks, _how(context, "targets")]


EVIDENCE = (
    corpus_page,
    validation_pages,
    trained_page,
    marked(differences_page, labels_of_stance),
    marked(topic_pages, topics_of_a_model),
    topic_versions_page,
    marked(topic_stance_page, labels_of_stance),
    keyness_pages,
    marked(robustness_page, labels_of_stance),
    marked(language_and_kinds_page, labels_of_stance),
    marked(targets_page, other_targets),
    marked(phases_page, labels_of_stance),
    frames_page,
    code_versions_page,
)
FURTHER = (
    coefficient_pages,
    part_versions_page,
    without_one_page,
    split_versions_page,
    group_rules_page,
    marked(topic_covariates_page, topics_of_a_model),
    marked(further_topic_stance, labels_of_stance),
    marked(series_page, labels_of_stance),
    emotions_page,
    nearby_pages,
    concordance_page,
    marked(reply_pages, labels_of_stance),
    like_pages,
    marked(places_page, labels_of_stance),
)
