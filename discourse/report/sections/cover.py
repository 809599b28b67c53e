"""Page one: the question, the finding with its interval, where the posts come from, and who speaks."""

from __future__ import annotations

from typing import Any

from discourse.report.claims import claim_sentence, is_claim
from discourse.report.document import Block, Column, Cover, Grid, Paragraph, Row
from discourse.report.numerals import count, decimal, is_unknown
from discourse.report.sections.context import Context
from discourse.report.selection import Cell, cells, described_groups, differences
from discourse.report.subject import worded


def cover(context: Context) -> list[Block]:
    """Write page one."""
    w = context.say.w
    first, second = finding(context)
    head = Cover(
        kicker=w["kicker"],
        title=context.subject.text("title"),
        badge=badge(context)[0],
        badge_note=badge(context)[1],
        synthetic_note=w["synthetic_note"] if context.subject.synthetic else "",
        question_head=w["question"],
        question=context.subject.text("question"),
        finding_head=w["finding"],
        finding=first,
        second=second,
        closing=w["collected_only"],
    )
    origin = Paragraph(
        ("" if context.language == "zh" else " ").join(_origin(context)), lead=w["origin"], style="cover"
    )
    return [head, *_figure(context, len(head.title) + len(head.finding)), origin, who_speaks(context)]


def _figure(context: Context, length: int) -> list[Block]:
    """Put the figure of the finding on page one, if there is room for it."""
    from discourse.report.sections.correction import correction_claim, three_picture
    from discourse.report.sections.story import stance_picture

    # where people have coded, page one shows what they corrected
    picture = three_picture(context, correction_claim(context)) or stance_picture(context)
    return [picture] if picture is not None and fits_on_page_one(context, length) else []


def fits_on_page_one(context: Context, length: int | None = None) -> bool:
    """Say whether page one has room for the figure: few groups, and no very long words."""
    if length is None:
        length = len(context.subject.text("title")) + len(finding(context)[0])
    return len(context.subject.groups) <= 5 and length <= 420


def badge(context: Context) -> tuple[str, str]:
    """Say whether the figures are corrected, by how many codes of how many people.

    Returns
    -------
    (str, str)
        The badge and its note; "uncorrected, exploratory" where nobody has coded.
    """
    w, say = context.say.w, context.say
    rows = context.findings.table("validation").to_dict("records")
    if validation_status(context) in ("none", "") or not rows:
        return w["badge"], w["badge_note"]
    notes = [_coded_note(context, row) for row in rows]
    left = [t for t in context.subject.targets if t not in {row["target"] for row in rows}]
    stop, gap = ("。", "") if context.language == "zh" else (".", " ")
    note = say.joined(notes) + stop
    if left:
        note += gap + say.note("badge_partly", targets=say.joined([context.subject.target(t) for t in left]))
    return w["badge_corrected"], note


def _coded_note(context: Context, row: dict[Any, Any]) -> str:
    from discourse.report.sections.validation import people

    key = "badge_one_coder" if is_unknown(row["alpha"]) else "badge_corrected"
    coders = people(context, row["n_coders"])
    alpha = {name: decimal(row[name]) for name in ("alpha", "low", "high")}
    return context.say.note(key, n=count(row["n_codes"]), coders=coders, **alpha)


def validation_status(context: Context) -> str:
    """Say whether anybody has compared the instrument with human codes."""
    status = context.findings.provenance.get("validation", "none")
    return str(status.get("status", "none") if isinstance(status, dict) else status or "none")


def finding(context: Context) -> tuple[str, str]:
    """Write the finding with its interval, and a second sentence where there is more to say.

    The first declared question that could be measured comes first; where none could, that none could, and
    why; without questions, the stance of the groups toward the main target.
    """
    questions = context.findings.table("questions").to_dict("records")
    answered = [row for row in questions if not is_unknown(row["estimate"])]
    means = []
    if context.target is not None:
        means = [c for c in cells(context.findings, context.subject, context.target, "mean") if c.known]
    if answered:
        asked = set(str(answered[0]["groups"]).split(" vs "))
        others = [c for c in means if c.group not in asked]
        second = _corrected_second(context) if is_checked(context) else _second(context, others)
        return answer_sentence(context, answered[0]) + basis_note(context, answered[0]), second
    unanswered = _unanswered(context)
    if means and unanswered:  # what was asked comes first, also where the answer is that there is none
        return unanswered, context.say.figure_of("mean", means[0].group, means[0].target, _row(means[0]))
    if means:
        return context.say.figure_of("mean", means[0].group, means[0].target, _row(means[0])), _second(
            context, means[1:]
        )
    return _nothing(context), ""


def _corrected_second(context: Context) -> str:
    """Say what the correction moved furthest: labels alone are no second finding where people have coded."""
    from discourse.report.sections.correction import correction_claim

    said = correction_claim(context)
    stop = "。" if context.language == "zh" else "."
    return f"{said}{stop}" if said else ""


def is_checked(context: Context) -> bool:
    """Say whether people have coded posts toward any target."""
    return validation_status(context) not in ("none", "")


def basis_note(context: Context, row: dict[Any, Any]) -> str:
    """Say whether a figure is corrected, in a report where some are."""
    basis = row.get("basis")
    if not is_checked(context) or is_unknown(basis) or not basis:
        return ""
    gap = "" if context.language == "zh" else " "
    return gap + context.say.note(f"{basis}_basis")


def labels_alone(context: Context) -> str:
    """Say below a figure of labels that it is uncorrected, in a report where others are corrected."""
    if not is_checked(context):
        return ""
    gap = "" if context.language == "zh" else " "
    return gap + context.say.note("naive_caption", section=context.word("section.three"))


def _second(context: Context, others: list[Cell]) -> str:
    """Add the difference that was found, or else how another group stands."""
    for d in differences(context.findings, context.subject, lang="all"):
        if d.known and d.target == context.target:
            return context.say.difference_of("mean", (d.group_a, d.group_b), d.target, _row(d))
    return context.say.figure_of("mean", others[0].group, others[0].target, _row(others[0])) if others else ""


def _row(figure: Any) -> dict[str, Any]:
    return {name: getattr(figure, name) for name in ("estimate", "low", "high", "level")}


def answer_sentence(context: Context, row: dict[Any, Any]) -> str:
    """Say the figure behind the answer to a declared question."""
    if is_claim(str(row["outcome"])):
        return claim_sentence(context, row)
    kind, _, about = str(row["outcome"]).partition(":")
    measure = "mean" if kind == "stance" else kind
    groups = str(row["groups"]).split(" vs ")
    row = {"level": None, **row}
    if len(groups) == 1:
        return context.say.figure_of(measure, groups[0], about, row)
    return context.say.difference_of(measure, (groups[0], groups[1]), about, row)


def _unanswered(context: Context) -> str:
    """Say that the declared questions could not be measured, and why the first could not."""
    rows = context.findings.table("questions").to_dict("records")
    for row in rows:
        if not is_unknown(row["reason"]):
            key = "question_not_measured" if len(rows) == 1 else "questions_not_measured"
            text = context.question_text(row).rstrip(".?。？")
            return context.say.not_measured(context.say.note(key, n=len(rows), text=text), str(row["reason"]))
    return ""


def _nothing(context: Context) -> str:
    unanswered = _unanswered(context)
    if unanswered:
        return unanswered
    if context.target is not None:
        for cell in cells(context.findings, context.subject, context.target, "mean"):
            if cell.reason:
                about = context.say.note("stance_not_measured", target=context.subject.target(context.target))
                return context.say.not_measured(about, cell.reason)
    return context.say.no_findings()


def _origin(context: Context) -> list[str]:
    say = context.say
    lines = [say.origin(source.get("collection") or {}, source) for source in context.subject.sources]
    everybody = described_groups(context.findings, context.subject)[-1:]
    for row in everybody:
        lines.append(say.period(row["first"], row["last"], context.zone))
    return [line for line in dict.fromkeys(lines) if line] or [say.origin({}, {})]


def who_speaks(context: Context) -> Grid:
    """Count posts, authors and threads per group."""
    w = context.say.w
    rows: list[Row] = []
    hidden = False
    for row in described_groups(context.findings, context.subject):
        hidden |= is_unknown(row["n_authors"])
        posts = None if is_unknown(row["n_posts"]) else int(row["n_posts"]) + int(row["n_comments"])
        rows.append(
            (
                context.swatch(str(row["group"])),
                count(posts),
                context.people(row["n_authors"]),
                count(row["n_threads"]),
            )
        )
    columns = (
        Column(w["group"], wide=True),
        Column(w["posts"], "right"),
        Column(w["authors"], "right"),
        Column(w["threads"], "right"),
    )
    return Grid(w["who_speaks"], columns, tuple(rows), (context.small_note,) if hidden else ())


def banner(context: Context) -> str:
    """Give the word that stands on every page of a report about invented posts."""
    return context.say.w["synthetic"] if context.subject.synthetic else ""


def running_title(context: Context) -> str:
    """Give the title for the head of each page."""
    from discourse.report.widths import shortened

    return shortened(worded(context.subject["title"], context.language), 90)
