"""Frames and emotions that people have coded: three versions, differences, and how far instruments err."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.validation import three_estimates
from discourse.report.numerals import UNKNOWN, bare_interval, count, decimal, interval, is_unknown, percent
from discourse.report.sections.context import Context
from discourse.report.sections.correction import VERSIONS
from discourse.report.sections.footnotes import Footnotes
from discourse.report.sections.uncoded import code_name
from discourse.report.selection import text_of
from discourse.report.widths import shortened

#: Frames drawn, and differences listed: those that the correction moved furthest.
_DRAWN, _LISTED = 4, 8
_KINDS = ("frame", "emotion")
#: What people answer where no topic of the model fits.
NO_TOPIC = "topic:none"

Key = tuple[str, str, str]
Versions = dict[str, dict[Any, Any]]


def code_versions_page(context: Context) -> list[Block]:
    """Frames and emotions in three versions; nothing where nobody has coded any."""
    groups = found_versions(context, "group")
    corrected = {key: v for key, v in groups.items() if is_corrected(v)}
    if not groups:
        return []
    say, w = context.say, context.say.w
    claim = _claim(context, corrected) or w["section.codes_three"]
    blocks: list[Block] = [Heading(claim, 2, kicker=w["section.codes_three"], new_page=True)]
    for kind in _KINDS:
        blocks += _picture(context, kind, claim, corrected)
    blocks += [_groups_table(context, groups), *_differences_table(context), *_accuracy_table(context)]
    method = {"dsl": "DSL", "ppi++": "PPI++"}
    named = context.findings.table("validation")["method"].map(method).dropna()
    how = say.how("codes").replace("{method}", ", ".join(dict.fromkeys(named)))
    return [*blocks, Paragraph(how, lead=w["how"], style="small")]


def found_versions(context: Context, figure: str, kinds: Sequence[str] = _KINDS) -> dict[Key, Versions]:
    """Gather the versions of each figure: by variable, group and language."""
    table = context.findings.table("code_estimates")
    table = table[table["kind"].isin(kinds) & (table["target"].isna() | (table["target"] == context.target))]
    found: dict[Key, Versions] = {}
    for row in table[table["figure"] == figure].to_dict("records"):
        key = (f"{row['kind']}:{row['name']}", str(row["group"]), str(row["lang"]))
        found.setdefault(key, {})[str(row["version"])] = row
    return {key: v for key, v in found.items() if _is_shown(key[0], v)}


def _is_shown(variable: str, versions: Versions) -> bool:
    """Leave out what the instrument says nothing of, but for what people find and no model says: no topic."""
    if variable == NO_TOPIC:
        return is_corrected(versions)
    return not is_unknown(versions.get("naive", {}).get("estimate"))


def is_corrected(versions: Mapping[str, Mapping[Any, Any]]) -> bool:
    """Say whether a figure has a corrected version."""
    return not is_unknown(versions.get("corrected", {}).get("estimate"))


def moved_by(versions: Mapping[str, Mapping[Any, Any]]) -> float:
    """Say how far the correction moves a figure."""
    return abs(float(versions["corrected"]["estimate"]) - float(versions["naive"]["estimate"]))


def _claim(context: Context, corrected: Mapping[Key, Versions]) -> str:
    """Say the share that the correction moved furthest."""
    whole = {key: v for key, v in corrected.items() if key[2] == "all"}
    if not whole:
        return ""
    (variable, group, _), versions = max(whole.items(), key=lambda item: moved_by(item[1]))
    return context.say.note(
        "codes_claim",
        name=code_name(context, variable),
        group=context.say.who(group),
        naive=percent(versions["naive"]["estimate"]),
        corrected=percent(versions["corrected"]["estimate"]),
    )


def _picture(context: Context, kind: str, claim: str, corrected: Mapping[Key, Versions]) -> list[Block]:
    whole = {k: v for k, v in corrected.items() if k[2] == "all" and k[0].startswith(f"{kind}:")}
    moved: dict[str, float] = {}
    for (variable, _, _), versions in whole.items():
        moved[variable] = max(moved.get(variable, 0.0), moved_by(versions))
    chosen = sorted(moved, key=lambda name: (-moved[name], name))[:_DRAWN]
    rows = [
        (
            f"{code_name(context, variable)}: {context.subject.group(group)}",
            group,
            whole[variable, group, "all"],
        )
        for variable in chosen
        for group in context.subject.groups
        if (variable, group, "all") in whole
    ]
    if not rows:
        return []
    say = context.say
    items = [say.alt_shares(label, said_versions(context, versions)) for label, _, versions in rows]
    draw = partial(three_estimates, [(kind, rows)], context.subject, claim)
    caption = say.note("codes_caption", level=context.level)
    return [Picture(f"{kind}s-three-versions", caption, say.alt("dots", claim, items), draw)]


def _label(context: Context, variable: str, group: str) -> str:
    """Name a row of the figure; the group stays whole, it is the frame that is cut."""
    colon, who = "：" if context.language == "zh" else ": ", context.subject.group(group)
    return f"{shortened(code_name(context, variable), max(28 - len(who), 8))}{colon}{who}"


def said_versions(context: Context, versions: Versions) -> list[str]:
    """Say the versions of a figure in words, for who cannot see the picture."""
    return [
        f"{context.word(f'version.{name}')} {interval(v['estimate'], v['low'], v['high'], 'share')}"
        for name, v in versions.items()
        if not is_unknown(v["estimate"])
    ]


def version_cells(versions: Versions, footnotes: Footnotes, measure: str = "share") -> tuple[str, ...]:
    """Print the three versions of a figure and the number of its codes; reasons go into footnotes."""
    cells = []
    for name in VERSIONS:
        row = versions.get(name)
        if row is None:
            cells.append(UNKNOWN)
        elif is_unknown(row["estimate"]):
            cells.append(footnotes.mark(text_of(row["reason"])))
        else:
            cells.append(bare_interval(row["estimate"], row["low"], row["high"], measure))
    return (*cells, count(versions["naive"]["n_coded"]))


def version_columns(context: Context) -> tuple[Column, ...]:
    """Head the columns of the three versions and of the codes."""
    return tuple(Column(context.word(name), "right") for name in (*VERSIONS, "codes"))


def _groups_table(context: Context, found: Mapping[Key, Versions]) -> Grid:
    w, say = context.say.w, context.say
    footnotes = Footnotes(say)
    body: list[Row] = []
    for variable in dict.fromkeys(key[0] for key in found):
        first = True
        for group in context.subject.groups:
            versions = found.get((variable, group, "all"))
            if versions is not None and group != "unassigned":
                name = code_name(context, variable) if first else ""
                body.append((name, context.swatch(group), *version_cells(versions, footnotes)))
                first = False
    columns = (Column(w["code_column"], wide=True), Column(w["group"], wide=True), *version_columns(context))
    notes = (say.note("weighted", level=context.level), say.note("in_percent"), *footnotes.notes())
    return Grid(w["caption.codes_three"], columns, tuple(body), notes, full=True)


def _differences_table(context: Context) -> list[Block]:
    w, say = context.say.w, context.say
    found = {
        key: v
        for key, v in found_versions(context, "difference").items()
        if key[2] == "all" and is_corrected(v)
    }
    if not found:
        return []
    chosen = sorted(found, key=lambda key: (-moved_by(found[key]), key))[:_LISTED]
    footnotes = Footnotes(say)
    body: list[Row] = []
    for variable, pair, lang in chosen:
        a, b = (context.subject.group(name) for name in pair.split(" vs "))
        cells = version_cells(found[variable, pair, lang], footnotes, "balance")
        body.append((code_name(context, variable), f"{a} − {b}", *cells))
    columns = (
        Column(w["code_column"], wide=True),
        Column(w["comparison"], wide=True),
        *version_columns(context),
    )
    notes = (say.note("in_percent"), *footnotes.notes())
    return [Grid(say.note("codes_differences"), columns, tuple(body), notes, full=True)]


def _accuracy_table(context: Context) -> list[Block]:
    w, say = context.say.w, context.say
    table = context.findings.table("code_accuracy")
    table = table[(table["group"] == "all") & (table["lang"] == "all") & table["kind"].isin(_KINDS)]
    body: list[Row] = []
    for (kind, name), part in table.groupby(["kind", "name"], sort=False):
        rows = {str(row["measure"]): row for row in part.to_dict("records")}
        shares = [accuracy_share(rows.get(measure)) for measure in ("precision", "recall")]
        agreed = agreement_cell(rows.get("alpha"))
        n = rows.get("accuracy", {}).get("n")
        body.append((code_name(context, f"{kind}:{name}"), *shares, agreed, count(n)))
    columns = (
        Column(w["code_column"], wide=True),
        Column(w["precision"], "right"),
        Column(w["recall"], "right"),
        Column(w["alpha_column"], "right"),
        Column(w["codes"], "right"),
    )
    note = say.note("codes_accuracy_note")
    return [Grid(w["section.codes_accuracy"], columns, tuple(body), (note,), full=True)] if body else []


def accuracy_share(row: Mapping[Any, Any] | None) -> str:
    """Print a share with its interval."""
    if row is None or is_unknown(row["estimate"]):
        return UNKNOWN
    return bare_interval(row["estimate"], row["low"], row["high"], "share")


def agreement_cell(row: Mapping[Any, Any] | None) -> str:
    """Print an alpha with its interval."""
    if row is None or is_unknown(row["estimate"]):
        return UNKNOWN
    return f"{decimal(row['estimate'])} [{decimal(row['low'])}, {decimal(row['high'])}]"
