"""What goes with likes, who is influential, where the tone differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from discourse.corpus.places import place_name
from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.likes import map_of_places, ranked_places, ratios_of_likes
from discourse.report.numerals import UNKNOWN, count, decimal, interval, is_unknown, percent, probability
from discourse.report.sections.context import Context, capital
from discourse.report.sections.footnotes import Footnotes
from discourse.report.selection import text_of, topic_name

_MODELS = ("opening", "comments")


def like_pages(context: Context) -> list[Block]:
    """Regression of likes, and influence."""
    return [*_likes(context), *_influence(context)]


def _likes(context: Context) -> list[Block]:
    table = context.findings.table("engagement")
    known = table[table["estimate"].notna()]
    if known.empty:
        return []
    say, w = context.say, context.say.w
    order = _ordered(context, known)
    # the figure is of who and how; of topics the table has all
    drawn = [line for line in order if all(row["term"] != "topic" for row in line[1].values())]
    claim = _likes_claim(context, known)
    items = [
        say.alt_shares(label, [f"{w['model.' + m]} {_value(r)}" for m, r in models.items()])
        for label, models in drawn
    ]
    return [
        Heading(claim, 2, kicker=w["section.likes"], new_page=True),
        Picture(
            "likes",
            say.note("likes_caption", level=context.level),
            say.alt("dots", claim, items),
            partial(ratios_of_likes, drawn, context.subject, claim),
        ),
        _likes_table(context, table, order),
        Paragraph(say.how("likes"), lead=w["how"], style="small"),
    ]


def _value(row: Mapping[Any, Any]) -> str:
    return interval(row["estimate"], row["low"], row["high"], "mean")


def term_label(context: Context, row: Mapping[Any, Any]) -> str:
    """Name a regressor and its value."""
    w, name = context.say.w, str(row["term"])
    if is_unknown(row["level_of"]):
        return w.get(f"number.{name}", name)
    return level_label(context, name, str(row["level_of"]))


def level_label(context: Context, term: str, value: str) -> str:
    """Name a value of a regressor."""
    if term == "group":
        return context.subject.group(value)
    kind, _, name = term.partition(":")
    if kind == "frame":
        value = context.subject.frame(name) if value == "yes" else context.word("no_frame")
        return f"{context.word('frame')}{'：' if context.language == 'zh' else ': '}{value}"
    if term == "topic" and value != "other":
        return context.say.note("likes_topic", name=topic_name(value, 60))
    head = context.say.w.get(f"term.{term}", term)
    stop = "：" if context.language == "zh" else ": "
    return f"{head}{stop}{context.say.w.get(f'{term}.{value}', value)}"


def _ordered(context: Context, known: pd.DataFrame) -> list[tuple[str, dict[str, dict[Any, Any]]]]:
    found: dict[str, dict[str, dict[Any, Any]]] = {}
    rows = sorted(known.to_dict("records"), key=lambda r: _MODELS.index(r["model"]), reverse=True)
    for row in rows:
        found.setdefault(term_label(context, row), {})[str(row["model"])] = row
    return [(label, {m: models[m] for m in _MODELS if m in models}) for label, models in found.items()]


def _likes_claim(context: Context, known: pd.DataFrame) -> str:
    """Name the ratio furthest from one among those that are sure; age and reach are no finding."""
    say = context.say
    found = known[(known["p_adjusted"] < 0.05) & known["level_of"].notna() & (known["term"] != "topic")]
    sure = found.to_dict("records")
    if not sure:
        return say.note("likes_claim_none")
    row = max(sure, key=lambda r: max(r["estimate"], 1 / r["estimate"]))
    against = say.note(
        "against",
        value=level_label(context, str(row["term"]), str(row["level_of"])),
        reference=level_label(context, str(row["term"]), str(row["reference"])),
    )
    return say.note("likes_claim", term=against, value=decimal(row["estimate"], 1))


def _likes_table(
    context: Context, table: pd.DataFrame, order: Sequence[tuple[str, Mapping[str, Mapping[Any, Any]]]]
) -> Grid:
    w, footnotes = context.say.w, Footnotes(context.say)
    body: list[Row] = []
    for label, models in order:
        cells: list[str] = []
        for name in _MODELS:
            row = models.get(name)
            cells += [_value(row), probability(row["p_adjusted"])] if row else [UNKNOWN, UNKNOWN]
        body.append((label, *cells))
    for row in table[table["estimate"].isna()].to_dict("records"):
        body.append(
            (capital(w[f"model.{row['model']}"]), footnotes.mark(text_of(row["reason"])), *[UNKNOWN] * 3)
        )
    columns = (
        Column(w["regressor"], wide=True),
        *(
            Column(head, "right")
            for name in _MODELS
            for head in (capital(w[f"model.{name}"]), w["p_adjusted"])
        ),
    )
    return Grid(
        w["caption.likes"],
        columns,
        tuple(body),
        (*_likes_notes(context, table), *footnotes.notes()),
        full=True,
    )


def _likes_notes(context: Context, table: pd.DataFrame) -> list[str]:
    say = context.say
    known = table[table["estimate"].notna()]
    references = dict.fromkeys(
        level_label(context, str(t), str(r))
        for t, r in known.loc[known["reference"].notna(), ["term", "reference"]].itertuples(index=False)
        if r != "no"
    )
    whole = known[known["level_of"].isna()].drop_duplicates("model")
    alphas = [f"{say.w['model.' + r['model']]} {decimal(r['alpha'], 1)}" for r in whole.to_dict("records")]
    return [
        say.note(
            "likes_note",
            reference=say.joined(list(references)),
            alpha=say.joined(alphas),
            censored=count(whole["n_censored"].sum()),
            n=count(whole["n"].sum()),
        )
    ]


def _influence(context: Context) -> list[Block]:
    table = context.findings.table("influence")
    shares = table[(table["measure"] == "share") & (table["influence"] == "high") & table["estimate"].notna()]
    if shares.empty:
        return []
    say, w = context.say, context.say.w
    top = max(shares.to_dict("records"), key=lambda r: r["estimate"])
    claim = w["section.influence"]
    if len(shares) > 1:  # of one group it is a fifth by construction
        claim = say.note("influence_claim", share=percent(top["estimate"]), group=say.who(str(top["group"])))
    return [
        Heading(claim, 2, kicker=w["section.influence"]),
        _influence_table(context, table),
        _weights_table(context),
        Paragraph(say.how("influence"), lead=w["how"], style="small"),
    ]


def _influence_table(context: Context, table: pd.DataFrame) -> Grid:
    w, footnotes = context.say.w, Footnotes(context.say)
    body: list[Row] = []
    for (group, side), part in table.groupby(["group", "influence"], sort=False):
        rows = {r["measure"]: r for r in part.to_dict("records")}
        cells = []
        for measure in ("share", "posts", "stance"):
            row, unit = rows[measure], "share" if measure == "share" else "mean"
            known = not is_unknown(row["estimate"])
            value = (
                interval(row["estimate"], row["low"], row["high"], unit)
                if known
                else footnotes.mark(text_of(row["reason"]))
            )
            cells.append(value)
        head = context.swatch(str(group)) if side == "high" else ""
        # an unknown count may be small, or hidden beside a small one: neither is said
        body.append((head, w[f"influence.{side}"], *cells, count(rows["share"]["n_authors"])))
    columns = (
        Column(w["group"], wide=True),
        Column(w["influence"]),
        *(Column(w[name], "right") for name in ("share_high", "posts_each", "stance_mean", "authors")),
    )
    notes = (context.say.note("influence_note"), *footnotes.notes())
    return Grid(w["caption.influence"], columns, tuple(body), notes, full=True)


def _weights_table(context: Context) -> Grid:
    w = context.say.w
    rows = context.findings.table("influence_weights").to_dict("records")
    body: tuple[Row, ...] = tuple(
        (
            w[f"indicator.{r['indicator']}"],
            percent(r["weight"]),
            decimal(r["entropy"]),
            context.people(r["n_authors"]),
        )
        for r in rows
    )
    columns = (
        Column(w["indicator"], wide=True),
        *(Column(w[name], "right") for name in ("weight", "entropy", "received_by")),
    )
    return Grid(w["section.weights"], columns, body, (context.say.note("weights_note"),))


def places_page(context: Context) -> list[Block]:
    """Ranked means of places, and a map where the study supplies boundaries."""
    table = context.findings.table("areas")
    known = table[table["estimate"].notna()]
    if known.empty:
        return []
    say, w = context.say, context.say.w
    target = context.subject.target(str(table["target"].iloc[0]))
    widest = max(known.to_dict("records"), key=lambda r: r["tau"])
    sure = ((known["low"] > known["mean"]) | (known["high"] < known["mean"])).any()
    claim = say.note("places_claim_none", target=target)
    if sure and widest["tau"] > 0:
        claim = say.note("places_claim", target=target, tau=decimal(widest["tau"]))
    rows = [(place_name(str(r["area"]), context.language), r) for r in known.to_dict("records")]
    items = [say.alt_shares(name, [_value(r)]) for name, r in rows]
    caption = say.note("places_caption", target=target, level=context.level)
    return [
        Heading(claim, 2, kicker=w["section.places"], new_page=True),
        Picture(
            "places",
            caption,
            say.alt("dots", claim, items),
            partial(ranked_places, rows, context.subject, claim),
        ),
        *_map(context, known, target, claim),
        _places_table(context, table),
        Paragraph(say.how("places"), lead=w["how"], style="small"),
    ]


def _places_table(context: Context, table: pd.DataFrame) -> Grid:
    w, footnotes = context.say.w, Footnotes(context.say)
    body: list[Row] = []
    shown = table[table["estimate"].notna() | table["n_authors"].notna()]
    for within, part in shown.groupby("within", sort=False):
        for i, r in enumerate(part.to_dict("records")):
            known = not is_unknown(r["estimate"])
            figures = (
                (_value(r), decimal(r["raw"]), percent(r["weight"]))
                if known
                else (footnotes.mark(text_of(r["reason"])), UNKNOWN, UNKNOWN)
            )
            head = capital(w[f"within.{within}"]) if i == 0 else ""
            body.append((head, place_name(str(r["area"]), context.language), *figures, count(r["n_authors"])))
    columns = (
        Column(""),
        Column(w["place"], wide=True),
        *(Column(w[name], "right") for name in ("stance_mean", "raw_mean", "own_weight", "authors")),
    )
    left = len(table) - len(shown)
    more = (context.say.note("places_hidden", n=count(left)),) if left else ()
    notes = (context.say.note("places_note", least=context.least), *more, *footnotes.notes())
    return Grid(w["caption.places"], columns, tuple(body), notes, full=True)


def _map(context: Context, known: pd.DataFrame, target: str, claim: str) -> list[Block]:
    corners = context.findings.table("area_boundaries")
    if corners.empty:
        return []
    shapes = [
        (
            str(code),
            [list(zip(ring["x"], ring["y"], strict=True)) for _, ring in part.groupby("ring", sort=False)],
        )
        for code, part in corners.groupby("area", sort=False)
    ]
    values = dict(zip(known["area"].astype("str"), known["estimate"].astype("float64"), strict=True))
    caption = context.say.note("map_caption", target=target)
    items = [context.say.alt_shares(place_name(k, context.language), [decimal(v)]) for k, v in values.items()]
    draw = partial(map_of_places, shapes, values, context.subject, claim)
    return [Picture("places-map", caption, context.say.alt("dots", claim, items), draw)]
