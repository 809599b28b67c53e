"""How far the instrument can be trusted: what people coded, how often it is right, and where it errs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.validation import calibration, confusion
from discourse.report.numerals import (
    UNKNOWN,
    count,
    decimal,
    difference,
    interval,
    is_unknown,
    percent,
    points,
)
from discourse.report.sections.context import Context, capital
from discourse.report.sections.correction import correction_page, rows_of

_LABELS = ("positive", "neutral", "negative", "absent")
#: Matrices with fewer codes are not drawn; each row would rest on a handful of posts.
_LEAST_CODES = 50


def validation_pages(context: Context) -> list[Block]:
    """Write the two pages about a checked instrument; nothing where nobody has coded."""
    return [*trust_page(context), *correction_page(context)]


def trust_page(context: Context) -> list[Block]:
    """P2: what was coded, how often the instrument is right, and where it errs."""
    say, w = context.say, context.say.w
    coded = context.findings.table("validation").to_dict("records")
    right = rows_of(context, "accuracy", measure="accuracy")
    if not coded:
        return []
    known = [r for r in right if r["group"] == "all" and r["lang"] == "all" and not is_unknown(r["estimate"])]
    claim = w["section.validation"]
    if known:
        value = interval(known[0]["estimate"], known[0]["low"], known[0]["high"], "share")
        claim = say.note("accuracy_claim", value=value)
    blocks: list[Block] = [Heading(claim, 2, kicker=w["section.validation"], new_page=True)]
    blocks += [Paragraph(text) for row in coded for text in coded_sentences(context, row)]
    blocks += _accuracy_table(context, right)
    blocks += _confusion_picture(context)
    blocks += _calibration_picture(context)
    blocks += _differential_table(context)
    return [*blocks, Paragraph(say.how("validation"), lead=w["how"], style="small")]


def people(context: Context, n: Any) -> str:
    """Say how many people coded."""
    return context.say.note("coder") if n == 1 else context.say.note("coders", n=count(n))


def coded_sentences(context: Context, row: Mapping[Any, Any]) -> list[str]:
    """Say what was coded, and how far coders agree."""
    say, zh = context.say, context.language == "zh"
    names = {"group": "group", "lang": "language", "label": "label_column"}
    keys = [key for key in str(row["strata"]).split(", ") if key]
    strata = say.joined([say.w[names[key]].lower() if key in names else key for key in keys])
    first = [
        say.note(
            "coded",
            frame=count(row["frame_size"]),
            n=count(row["n_codes"]),
            strata=strata,
            coders=people(context, row["n_coders"]),
            codebook=row["codebook"],
            double=count(row["n_double"]),
            settled=count(row["n_adjudicated"]),
        )
    ]
    if not is_unknown(row["n_open"]) and row["n_open"] > 0:
        first.append(say.note("open", n=count(row["n_open"])))
    second = [_alpha_sentence(context, row)]
    if is_unknown(row["alpha_languages"]):
        second.append(say.note("no_twins"))
    else:
        second.append(say.note("twins", n=count(row["n_twins"]), alpha=decimal(row["alpha_languages"])))
    gap = "" if zh else " "
    return [gap.join(first), gap.join(second)]


def _alpha_sentence(context: Context, row: Mapping[Any, Any]) -> str:
    say = context.say
    if is_unknown(row["alpha"]):
        return say.note("alpha_none")
    alpha, low = float(row["alpha"]), float(row["low"])
    if low >= 0.8:
        key = "alpha_good"
    elif low >= 0.667:
        key = "alpha_good" if alpha >= 0.8 else "alpha_fair"
    else:
        key = "alpha_open" if alpha >= 0.667 else "alpha_poor"
    values = {name: decimal(row[name]) for name in ("alpha", "low", "high")}
    return say.note("alpha", verdict=say.note(key), **values)


def _scope(context: Context, row: Mapping[Any, Any]) -> str:
    if row["group"] != "all":
        return context.subject.group(str(row["group"]))
    if row["lang"] != "all":
        return capital(context.say.term("lang", row["lang"]))
    return context.word("scope.all")


def _accuracy_table(context: Context, right: Iterable[Mapping[Any, Any]]) -> list[Block]:
    w, say = context.say.w, context.say
    macro = {(r["group"], r["lang"]): r for r in rows_of(context, "accuracy", measure="macro_f1")}
    f1 = {(r["group"], r["lang"], r["label"]): r for r in rows_of(context, "class_accuracy", measure="f1")}
    labels = [name for name in _LABELS if any(key[2] == name for key in f1)]
    body: list[Row] = []
    for row in right:
        key = (row["group"], row["lang"])
        cells = [_value(row), _value(macro.get(key))]
        cells += [_value(f1.get((*key, name)), bare=True) for name in labels]
        body.append((_scope(context, row), count(row["n"]), *cells))
    if not body:
        return []
    heads = [f"{w['f1']} {w[f'label.{name}']}" for name in labels]
    columns = (
        Column(w["scope"], wide=True),
        *(Column(head, "right") for head in (w["codes"], w["accuracy"], w["macro_f1"], *heads)),
    )
    notes = (say.note("weighted", level=context.level), say.note("few_codes", least=context.least))
    table = Grid(w["caption.validation"], columns, tuple(body), notes, full=True)
    return [table, *_per_label(context, labels)]


def _value(row: Mapping[Any, Any] | None, *, bare: bool = False) -> str:
    if row is None or is_unknown(row["estimate"]):
        return UNKNOWN
    if bare or is_unknown(row["low"]):
        return percent(row["estimate"])
    return interval(row["estimate"], row["low"], row["high"], "share")


def _per_label(context: Context, labels: list[str]) -> list[Block]:
    w = context.say.w
    found = {
        (r["label"], r["measure"]): r for r in rows_of(context, "class_accuracy", group="all", lang="all")
    }
    body: list[Row] = [
        (w[f"label.{name}"], *(_value(found.get((name, m))) for m in ("precision", "recall", "f1")))
        for name in labels
    ]
    columns = (
        Column(w["label_column"], wide=True),
        *(Column(w[m], "right") for m in ("precision", "recall", "f1")),
    )
    return [Grid(w["section.per_label"], columns, tuple(body))] if body else []


def _confusion_picture(context: Context) -> list[Block]:
    say, w = context.say, context.say.w
    table = pd.DataFrame(rows_of(context, "confusion", group="all"))
    if table.empty:
        return []
    panels = []
    for lang in ("all", "zh", "en"):
        part = table[table["lang"] == lang]
        if lang == "all" or part["n"].sum() >= _LEAST_CODES:
            label = w["scope.all"] if lang == "all" else capital(say.term("lang", lang))
            panels.append((label, _square(part)))
    items = [
        say.alt_shares(
            f"{label}, {w[f'label.{code}']}",
            [f"{w[f'label.{n}']} {percent(v)}" for n, v in matrix.loc[code].items() if not is_unknown(v)],
        )
        for label, matrix in panels
        for code in matrix.index
    ]
    caption = say.note("confusion_caption")
    draw = partial(confusion, panels, context.subject, w["section.validation"])
    return [Picture("confusion", caption, say.alt("dots", w["axis.instrument_says"], items), draw)]


def _square(part: pd.DataFrame) -> pd.DataFrame:
    names = [name for name in _LABELS if name in set(part["code"]) | set(part["label"])]
    wide = part.set_index(["code", "label"])["share_of_code"].unstack("label")
    return wide.reindex(index=names, columns=names)


def _calibration_picture(context: Context) -> list[Block]:
    say, w = context.say, context.say.w
    rows = [r for r in rows_of(context, "calibration") if not is_unknown(r["estimate"])]
    if len(rows) < 2:
        return []
    items = [
        say.alt_shares(percent(r["confidence"]), [interval(r["estimate"], r["low"], r["high"], "share")])
        for r in rows
    ]
    draw = partial(calibration, rows, context.subject, w["axis.right"])
    caption = say.note("calibration_caption")
    return [Picture("calibration", caption, say.alt("dots", w["axis.right"], items), draw)]


def _differential_table(context: Context) -> list[Block]:
    w, say = context.say.w, context.say
    body: list[Row] = []
    for row in rows_of(context, "differential"):
        if f"error.{row['measure']}" not in w or is_unknown(row["estimate"]):
            continue
        if min(row["n_a"], row["n_b"]) < _LEAST_CODES:
            continue
        pair = f"{context.subject.group(row['group_a'])} − {context.subject.group(row['group_b'])}"
        value = difference(row["estimate"], row["low"], row["high"], "share")
        reach = UNKNOWN if is_unknown(row["detectable"]) else points(row["detectable"])
        verdict = w.get(f"verdict.{row['verdict']}", str(row["verdict"]))
        body.append((pair, w[f"error.{row['measure']}"], value, reach, verdict))
    if not body:
        return []
    heads = (Column(w["difference"], "right"), Column(w["detectable"], "right"), Column(w["verdict"]))
    columns = (Column(w["comparison"]), Column(w["error"], wide=True), *heads)
    note = (say.note("differential_note"),)
    return [Grid(w["section.differential"], columns, tuple(body), note, full=True)]
