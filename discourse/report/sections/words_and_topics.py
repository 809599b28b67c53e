"""Evidence on what is talked about: topics, and words that set groups apart."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from discourse.report.document import Block, Column, Grid, Heading, Paragraph, Picture, Row
from discourse.report.document import Cell as Swatched
from discourse.report.figures.keyness import words_apart
from discourse.report.figures.style import hue
from discourse.report.figures.topics import topics_by_group
from discourse.report.numerals import count, decimal, interval, is_unknown, percent, probability
from discourse.report.sections.context import Context, unknown
from discourse.report.selection import (
    keyness,
    keyness_pairs,
    prevalence,
    text_of,
    topic_label,
    topic_languages,
    topic_method,
    topic_name,
    topic_words,
    topics,
    typical_words,
)
from discourse.report.widths import shortened

#: Topics that the table and the figure hold; as many as the heatmaps of stance and of traits name.
SHOWN_TOPICS = 20
SHOWN_WORDS = 8
# letters of an id that are printed
_ID = 10


def topic_pages(context: Context) -> list[Block]:
    """P5 and P6: one page a language."""
    return [block for lang in topic_languages(context.findings) for block in _topic_page(context, lang)]


def _topic_page(context: Context, lang: str) -> list[Block]:
    say, w = context.say, context.say.w
    rows = topics(context.findings, lang).head(SHOWN_TOPICS)
    if rows.empty:
        return []
    top = rows.iloc[0]
    claim = say.topics_claim(lang, topic_name(top["label"], 80), top["share"])
    blocks: list[Block] = [
        Heading(claim, 2, kicker=w["section.topics"], new_page=True),
        _topic_table(context, lang, rows),
    ]
    shares = prevalence(context.findings, context.subject, lang)
    known = shares[shares["estimate"].notna()]
    if len(known):
        blocks += _prevalence(context, lang, rows, shares)
    said = [say.how(topic_method(context.findings))]
    if "model_share" in shares.columns and shares["model_share"].notna().any():
        said.append(say.how("topic_uncertainty"))
    gap = "" if context.language == "zh" else " "
    how = Paragraph(gap.join(said), lead=w["how"], style="small")
    return [*blocks, how]


def _telling(context: Context, lang: str, topic: int) -> str:
    """Give the words that stand most often in a topic; of one in two languages, half of each."""
    found = topic_words(context.findings, lang, topic, SHOWN_WORDS)
    if "+" not in lang:
        return ("、" if lang == "zh" else ", ").join(found)
    half = (len(found) + 1) // 2
    return f"{'、'.join(found[:half])} / {', '.join(found[half:])}"


def _topic_table(context: Context, lang: str, rows: pd.DataFrame) -> Grid:
    w = context.say.w
    body = [
        (
            str(int(r["topic"]) + 1),
            topic_name(r["label"], 80),
            _telling(context, lang, int(r["topic"])),
            percent(r["share"]),
            count(r["n"]),
            decimal(r["coherence"]),
            decimal(r["exclusivity"]),
            decimal(r["stability"]),
            unknown(_exemplar(r)),
        )
        for r in rows.to_dict("records")
    ]
    columns = (
        Column(w["number"], "right"),
        Column(w["topic"], wide=True),
        Column(w["top_words"], wide=True),
        Column(w["share"], "right"),
        Column(w["leads"], "right"),
        Column(w["coherence"], "right"),
        Column(w["grid.exclusivity"], "right"),
        Column(w["grid.stability"], "right"),
        Column(w["exemplars"], mono=True),
    )
    notes = [context.say.note("exemplars")]
    left = len(topics(context.findings, lang)) - len(rows)
    if left > 0:
        notes.append(context.say.note("seen_more", n=left, name="topics"))
    caption = f"{w['caption.topics']}: {context.say.term('lang', lang)}"
    if context.language == "zh":
        caption = f"{w['caption.topics']}（{context.say.term('lang', lang)}）"
    return Grid(caption, columns, tuple(body), tuple(notes), full=True)


def _exemplar(row: dict[Any, Any]) -> str:
    """Give the beginning of the id of the first exemplar: enough to find it in the table of topics."""
    return " ".join(text_of(row["exemplar_ids"]).split()[:1])[:_ID]


def _prevalence(context: Context, lang: str, rows: pd.DataFrame, shares: pd.DataFrame) -> list[Block]:
    say, w = context.say, context.say.w
    named = {int(r["topic"]): text_of(r["label"]) for r in rows.to_dict("records")}
    order = [(topic, topic_label(topic, label)) for topic, label in named.items()]
    claim = _widest(context, lang, {topic: topic_name(label, 80) for topic, label in named.items()}, shares)
    items = [
        say.alt_shares(
            name,
            [_share_of(context, r) for r in shares[shares["topic"] == topic].to_dict("records")],
        )
        for topic, name in order
    ]
    draw = partial(topics_by_group, order, shares, context.subject, claim)
    caption = say.note("topics_caption", level=context.level)
    return [
        Heading(claim, 2, kicker=w["section.prevalence"], new_page=True)
        if claim
        else Heading(w["section.prevalence"], 3),
        Picture(
            f"topics-by-group-{lang}",
            caption,
            say.alt("dots", claim or w["section.prevalence"], items),
            draw,
        ),
    ]


def _share_of(context: Context, row: dict[Any, Any]) -> str:
    value = interval(row["estimate"], row["low"], row["high"], "share")
    return f"{context.subject.group(str(row['group']))} {value}"


def _widest(context: Context, lang: str, labels: dict[int, str], shares: pd.DataFrame) -> str:
    """Name the topic in which two intervals lie furthest from each other; nothing if all overlap."""
    best: tuple[float, str] = (0.0, "")
    for topic, label in labels.items():
        known = [r for r in shares[shares["topic"] == topic].to_dict("records") if not is_unknown(r["low"])]
        if len(known) < 2:
            continue
        high, low = max(known, key=lambda r: r["low"]), min(known, key=lambda r: r["high"])
        gap = float(high["low"] - low["high"])
        if gap > best[0]:
            best = (gap, context.say.prevalence_claim(lang, label, high, low))
    return best[1]


def keyness_pages(context: Context) -> list[Block]:
    """P10: one page a language, for the first pair of groups of each."""
    shown: dict[str, tuple[str, str, str]] = {}
    for pair in keyness_pairs(context.findings):
        shown.setdefault(pair[0], pair)
    return [block for pair in shown.values() for block in _keyness_page(context, pair)]


def _keyness_page(context: Context, pair: tuple[str, str, str]) -> list[Block]:
    say, w = context.say, context.say.w
    lang, a, b = pair
    rows = keyness(context.findings, pair)
    first, second = (typical_words(rows, side, SHOWN_WORDS) for side in (1, -1))
    claim = say.keyness_claim(lang, (a, b), _named(first, 3), _named(second, 3))
    caption = say.note("words_caption", lang=say.term("lang", lang), a=say.who(a), b=say.who(b))
    items = [
        say.alt_shares(w["typical_of"].format(group=say.who(g)), _named(found, SHOWN_WORDS))
        for g, found in ((a, first), (b, second))
        if len(found)
    ]
    return [
        Heading(claim, 2, kicker=w["section.keyness"], new_page=True),
        Picture(
            f"words-apart-{lang}",
            caption,
            say.alt("words", claim, items),
            partial(words_apart, rows, context.subject, claim),
        ),
        keyness_table(context, pair, SHOWN_WORDS),
        Paragraph(say.how("keyness"), lead=w["how"], style="small"),
    ]


def _named(rows: pd.DataFrame, limit: int) -> list[str]:
    return [shortened(str(word), 24) for word in rows["word"].head(limit)]


def keyness_table(context: Context, pair: tuple[str, str, str], limit: int) -> Grid:
    """Lay out the most typical words of both sides."""
    w = context.say.w
    lang, a, b = pair
    rows = keyness(context.findings, pair)
    body: list[Row] = []
    for side, group in ((1, a), (-1, b)):
        chosen = typical_words(rows, side, limit).to_dict("records")
        for i, r in enumerate(chosen):
            name: str | Swatched = (
                Swatched(context.subject.group(group), hue(context.subject, group)) if i == 0 else ""
            )
            body.append(
                (
                    name,
                    shortened(_with_meaning(context, lang, r), 40),
                    _sides(r["n_a"], r["n_b"]),
                    f"{context.people(r['authors_a'])} / {context.people(r['authors_b'])}",
                    decimal(r["log_ratio"], 1),
                    decimal(r["log_odds_z"], 1),
                    probability(r["q"]),
                )
            )
    columns = (
        Column(w["group"]),
        Column(w["word"], wide=True),
        Column(w["uses"], "right"),
        Column(w["authors"], "right"),
        Column(w["log_ratio"], "right"),
        Column(w["log_odds_z"], "right"),
        Column(w["q"], "right"),
    )
    names = f"{context.subject.group(a)} / {context.subject.group(b)}"
    caption = f"{w['caption.keyness']}: {context.say.term('lang', lang)}, {names}"
    if context.language == "zh":
        caption = f"{w['caption.keyness']}（{context.say.term('lang', lang)}，{names}）"
    notes = [context.say.note("words_note")]
    if rows["authors_a"].isna().any() or rows["authors_b"].isna().any():
        notes.append(context.small_note)
    return Grid(caption, columns, tuple(body), tuple(notes))


def _with_meaning(context: Context, lang: str, row: dict[Any, Any]) -> str:
    """Write a word, and what it means to readers of the other language."""
    foreign = (lang == "zh") == (context.language == "en")
    if not foreign or is_unknown(row["gloss"]):
        return str(row["word"])
    return (
        f"{row['word']}（{row['gloss']}）" if context.language == "zh" else f"{row['word']} ({row['gloss']})"
    )


def _sides(a: Any, b: Any) -> str:
    return f"{count(a)} / {count(b)}"
