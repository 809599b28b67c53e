"""Words near the target: collocates, networks, lines, and a cloud where a study asks for one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.figures.nearby import word_cloud, word_networks
from discourse.report.numerals import UNKNOWN, decimal, is_unknown, probability
from discourse.report.sections.context import Context, capital
from discourse.report.selection import keyness, keyness_pairs

_SHOWN = 5
_CLOUD_WORDS = 8


def nearby_pages(context: Context) -> list[Block]:
    """Collocates by stance and by group, networks by polarity, a cloud."""
    return [*_collocates(context), *_networks(context), *_cloud(context)]


def _collocates(context: Context) -> list[Block]:
    table = context.findings.table("collocates")
    sure = table[table["q"] < 0.05]
    if sure.empty:
        return []
    say, w = context.say, context.say.w
    target = context.subject.target(str(table["target"].iloc[0]))
    first = sure.groupby(["by", "lang", "side"], sort=False).head(3)
    lead = first[(first[["by", "lang", "side"]] == first[["by", "lang", "side"]].iloc[0]).all(axis=1)]
    claim = say.note(
        "nearby_claim",
        target=target,
        side=_inside(context, str(lead["by"].iloc[0]), str(lead["side"].iloc[0])),
        words=say.joined([_word(context, r) for r in lead.to_dict("records")]),
    )
    return [
        Heading(claim, 2, kicker=w["section.nearby"], new_page=True),
        *(_table(context, by, part) for by, part in sure.groupby("by", sort=False)),
        Paragraph(say.how("nearby"), lead=w["how"], style="small"),
    ]


def _side(context: Context, by: str, side: str) -> str:
    return capital(context.say.w[f"side.{side}"]) if by == "stance" else context.subject.group(side)


def _inside(context: Context, by: str, side: str) -> str:
    return context.say.w[f"side.{side}"] if by == "stance" else context.say.who(side)


def _word(context: Context, row: Mapping[Any, Any]) -> str:
    """Quote a word, with its meaning where it is of the other language."""
    if not _foreign(context, row) or is_unknown(row["gloss"]):
        return str(row["word"])
    return (
        f"{row['word']}（{row['gloss']}）" if context.language == "zh" else f"{row['word']} ({row['gloss']})"
    )


def _foreign(context: Context, row: Mapping[Any, Any]) -> bool:
    return bool((row["lang"] == "zh") == (context.language == "en"))


def _table(context: Context, by: Any, part: pd.DataFrame) -> Grid:
    w, say = context.say.w, context.say
    body: list[Row] = []
    for (lang, side, other), rows in part.groupby(["lang", "side", "other"], sort=False):
        for i, r in enumerate(rows.head(_SHOWN).to_dict("records")):
            head = ""
            if i == 0:
                against = f"{_side(context, str(by), str(side))} / {_side(context, str(by), str(other))}"
                head = f"{against}, {say.term('lang', lang)}"
            meaning = UNKNOWN if is_unknown(r["gloss"]) or not _foreign(context, r) else str(r["gloss"])
            numbers = (decimal(r["log_dice"], 1), decimal(r["log_odds_z"], 1), probability(r["q"]))
            body.append((head, str(r["word"]), meaning, *numbers, context.people(r["n_authors"])))
    columns = (
        Column(w["side"], wide=True),
        Column(w["collocate"]),
        Column(w["gloss"]),
        *(Column(w[name], "right") for name in ("log_dice", "log_odds_z", "q", "authors")),
    )
    window = (context.subject["nearby"] or {}).get("window", 8)
    caption = f"{w['section.nearby']}{'，' if context.language == 'zh' else ', '}{w[f'by.{by}']}"
    note = say.note("nearby_note", window=window, least=context.least)
    return Grid(caption, columns, tuple(body), (note,), full=True)


def _networks(context: Context) -> list[Block]:
    nodes, edges = (context.findings.table(name) for name in ("semantic_nodes", "semantic_edges"))
    blocks: list[Block] = []
    for lang in dict.fromkeys(nodes["lang"]):
        panels = [
            (polarity, _of(nodes, lang, polarity), _of(edges, lang, polarity))
            for polarity in ("positive", "negative")
        ]
        panels = [panel for panel in panels if len(panel[1])]
        if len(panels) == 2:
            blocks += _picture(context, str(lang), panels, first=not blocks)
    if not blocks:
        return []
    return [*blocks, Paragraph(context.say.how("network"), lead=context.word("how"), style="small")]


def _of(table: pd.DataFrame, lang: Any, polarity: str) -> pd.DataFrame:
    chosen: pd.DataFrame = table[(table["lang"] == lang) & (table["polarity"] == polarity)]
    return chosen


def _picture(
    context: Context, lang: str, panels: list[tuple[str, pd.DataFrame, pd.DataFrame]], *, first: bool
) -> list[Block]:
    say, w = context.say, context.say.w
    target = context.subject.target(str(panels[0][1]["target"].iloc[0]))
    pairs = [_strongest(context, nodes, edges) for _, nodes, edges in panels]
    claim = say.note("network_claim", target=target, first=pairs[0], second=pairs[1])
    items = [
        say.alt_shares(
            w[f"polarity.{polarity}"],
            [f"{r['word_a']}–{r['word_b']}" for r in edges.head(12).to_dict("records")],
        )
        for polarity, _, edges in panels
    ]
    caption = say.note("network_caption", target=target, lang=say.term("lang", lang), least=context.least)
    draw = partial(word_networks, panels, context.subject, claim)
    head: list[Block] = [Heading(claim, 2, kicker=w["section.network"], new_page=True)] if first else []
    return [*head, Picture(f"words-together-{lang}", caption, say.alt("dots", claim, items), draw)]


def _strongest(context: Context, nodes: pd.DataFrame, edges: pd.DataFrame) -> str:
    """Name the pair that most authors write."""
    row = max(edges.to_dict("records"), key=lambda r: (r["n_authors"], r["pmi"]))
    known = {r["word"]: r for r in nodes.to_dict("records")}
    return "–".join(_word(context, known[row[name]]) for name in ("word_a", "word_b"))


def _cloud(context: Context) -> list[Block]:
    if not (context.subject["nearby"] or {}).get("cloud"):
        return []
    say, blocks = context.say, list[Block]()
    for pair in keyness_pairs(context.findings):
        rows = keyness(context.findings, pair)
        sure = rows[rows["q"] < 0.05]
        if len(sure) < _CLOUD_WORDS or blocks:
            continue
        a, b = (say.who(str(rows[name].iloc[0])) for name in ("group_a", "group_b"))
        caption = say.note("cloud_caption", a=a, b=b, lang=say.term("lang", rows["lang"].iloc[0]))
        items = [str(word) for word in sure["word"].head(20)]
        draw = partial(word_cloud, sure, context.subject, "")
        blocks.append(Heading(context.word("section.cloud"), 3))
        blocks.append(
            Picture("word-cloud", caption, say.alt("dots", context.word("section.cloud"), items), draw)
        )
    return blocks
