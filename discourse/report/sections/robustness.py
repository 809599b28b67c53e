"""Under other choices: the specification curve of a question."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.specifications import specification_figure
from discourse.report.numerals import UNKNOWN, count, is_unknown, percent, scaled
from discourse.report.sections.context import Context


def robustness_page(context: Context) -> list[Block]:
    """One page: the curve of the first question that was varied, and a row for each."""
    summary = context.findings.table("robustness")
    rows = [row for row in summary.to_dict("records") if row["n_estimated"] > 0]
    if not rows:
        return []
    say, w = context.say, context.say.w
    first = rows[0]
    claim = _claim(context, first)
    table = context.findings.table("specifications")
    part = table[(table["question"] == first["question"]) & table["estimate"].notna()]
    outcome, bound = _asked(context, str(first["question"]))
    draw = partial(specification_figure, part, bound, context.language, claim, outcome)
    caption = say.note("robustness_caption", question=first["question"], level=context.level)
    low, high = (part.iloc[i]["estimate"] for i in (0, -1))
    items = [f"{w['range_figure']}: {scaled(low, _measure(outcome))}, {scaled(high, _measure(outcome))}"]
    return [
        Heading(claim, 2, kicker=w["section.robustness"], new_page=True),
        Picture("specifications", caption, say.alt("dots", claim, items), draw),
        _table(context, rows, table),
        Paragraph(say.how("robustness"), lead=w["how"], style="small"),
    ]


def _claim(context: Context, row: dict[Any, Any]) -> str:
    n, share = count(row["n_estimated"]), percent(row["share_same_side"])
    key = "robustness_claim_all" if row["share_same_side"] == 1.0 else "robustness_claim_some"
    values = {"question": row["question"], "n": n}
    return (
        context.say.note(key, **values)
        if key.endswith("all")
        else context.say.note(key, share=share, **values)
    )


def _asked(context: Context, question: str) -> tuple[str, float]:
    table = context.findings.table("questions")
    row = table[table["id"] == question].iloc[0]
    return str(row["outcome"]), float(str(row["expect"])[1:])


def _measure(outcome: str) -> str:
    return "mean" if outcome.partition(":")[0] == "stance" else "share"


def _table(context: Context, rows: list[dict[Any, Any]], table: pd.DataFrame) -> Grid:
    say, w = context.say, context.say.w
    body: list[Row] = []
    for row in rows:
        measure = _measure(_asked(context, str(row["question"]))[0])
        span = f"{scaled(row['lowest'], measure)} – {scaled(row['highest'], measure)}"
        widest = UNKNOWN
        if not is_unknown(row["widest"]):
            widest = f"{w['choice.' + str(row['widest'])]} ({scaled(row['widest_by'], measure)})"
            widest = widest.replace(" (", "（").replace(")", "）") if context.language == "zh" else widest
        body.append(
            (
                str(row["question"]),
                count(row["n_specifications"]),
                count(row["n_estimated"]),
                scaled(row["declared"], measure),
                scaled(row["median"], measure),
                span,
                percent(row["share_same_side"]),
                percent(row["share_excluding"]),
                widest,
            )
        )
    names = ["specifications", "with_figure", "declared_figure", "median_figure", "range_figure"]
    names += ["same_side", "interval_apart"]
    columns = (
        Column(w["question_column"]),
        *(Column(w[name], "right") for name in names),
        Column(w["widest_choice"], wide=True),
    )
    notes = (say.note("robustness_note"), say.note("robustness_no_p"))
    return Grid(w["caption.robustness"], columns, tuple(body), notes, full=True)
