"""Rows of the tables as the report speaks of them: chosen and ordered, never computed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from discourse.report.findings import Findings
from discourse.report.numerals import is_unknown
from discourse.report.subject import UNASSIGNED, Subject
from discourse.report.widths import shortened

# a comma between two Chinese words
_CHINESE_COMMA = re.compile("(?<=[\u3400-\u9fff]), (?=[\u3400-\u9fff])")


@dataclass(frozen=True)
class Cell:
    """One figure of one group toward one target."""

    target: str
    group: str
    measure: str
    estimate: float
    low: float
    high: float
    level: float
    n: Any
    n_authors: Any
    n_threads: Any
    reason: str
    lang: str = "all"
    kind: str = "all"

    @property
    def known(self) -> bool:
        """True if there is a figure."""
        return not is_unknown(self.estimate)

    @property
    def side(self) -> int:
        """1 if the whole interval lies above zero, -1 if below, 0 if it holds zero or is unknown."""
        return sign_of(self.low, self.high)


@dataclass(frozen=True)
class Difference:
    """One comparison of two groups."""

    target: str
    outcome: str
    lang: str
    group_a: str
    group_b: str
    estimate: float
    low: float
    high: float
    level: float
    effect: float
    p_adjusted: float
    n_a: Any
    n_b: Any
    authors_a: Any
    authors_b: Any
    reason: str

    @property
    def known(self) -> bool:
        """True if there is a figure."""
        return not is_unknown(self.estimate)

    @property
    def side(self) -> int:
        """1 if the first group is surely higher, -1 if surely lower, 0 if it cannot be told."""
        return sign_of(self.low, self.high)


def sign_of(low: float, high: float) -> int:
    """Say on which side of zero an interval lies.

    Examples
    --------
    >>> sign_of(0.1, 0.2), sign_of(-0.1, 0.2), sign_of(float("nan"), float("nan"))
    (1, 0, 0)
    """
    return int(low > 0) - int(high < 0)


def cells(
    findings: Findings,
    subject: Subject,
    target: str,
    measure: str,
    *,
    lang: str = "all",
    kind: str = "all",
) -> list[Cell]:
    """Choose the figures of one measure toward one target, groups in the order of the study."""
    table = findings.table("group_sentiment")
    rows = table[
        (table["target"] == target)
        & (table["measure"] == measure)
        & (table["lang"] == lang)
        & (table["mention_kind"] == kind)
    ]
    by_group = {row["group"]: row for row in rows.to_dict("records")}
    return [_cell(by_group[g]) for g in subject.groups if g in by_group and g != UNASSIGNED]


def _cell(row: dict[Any, Any]) -> Cell:
    return Cell(
        target=str(row["target"]),
        group=str(row["group"]),
        measure=str(row["measure"]),
        estimate=row["estimate"],
        low=row["low"],
        high=row["high"],
        level=row["level"],
        n=row["n"],
        n_authors=row["n_authors"],
        n_threads=row["n_threads"],
        reason=text_of(row["reason"]),
        lang=str(row["lang"]),
        kind=str(row["mention_kind"]),
    )


def differences(
    findings: Findings, subject: Subject, *, outcome: str = "mean", lang: str | None = None
) -> list[Difference]:
    """Choose the comparisons of one outcome, targets in the order of the study."""
    table = findings.table("contrasts")
    rows = table[table["outcome"] == outcome]
    if lang is not None:
        rows = rows[rows["lang"] == lang]
    found = [_difference(row) for row in rows.to_dict("records")]
    order = {name: i for i, name in enumerate(subject.targets)}
    return sorted(found, key=lambda d: order.get(d.target, len(order)))


def _difference(row: dict[Any, Any]) -> Difference:
    names = (
        "estimate",
        "low",
        "high",
        "level",
        "effect",
        "p_adjusted",
        "n_a",
        "n_b",
        "authors_a",
        "authors_b",
    )
    return Difference(
        target=text_of(row["target"]),
        outcome=str(row["outcome"]),
        lang=text_of(row["lang"]) or "all",
        group_a=str(row["group_a"]),
        group_b=str(row["group_b"]),
        reason=text_of(row["reason"]),
        **{name: row[name] for name in names},
    )


def text_of(value: Any) -> str:
    """Give the text of a cell; empty if unknown.

    Examples
    --------
    >>> text_of(float("nan")), text_of("a")
    ('', 'a')
    """
    return "" if is_unknown(value) else str(value)


def languages_with(findings: Findings, subject: Subject, target: str, measure: str = "mean") -> list[str]:
    """List the languages in which at least one group has a figure toward a target."""
    return [
        lang
        for lang in ("zh", "en", "mixed")
        if any(cell.known for cell in cells(findings, subject, target, measure, lang=lang))
    ]


def kinds_with(findings: Findings, subject: Subject, target: str, measure: str = "mean") -> list[str]:
    """List the kinds of mention in which at least one group has a figure toward a target."""
    return [
        kind
        for kind in ("named", "pronoun", "addressed", "reply")
        if any(cell.known for cell in cells(findings, subject, target, measure, kind=kind))
    ]


def main_target(findings: Findings, subject: Subject) -> str | None:
    """Choose the target that the story is about: the first of the study that was measured, else the first."""
    for name in subject.targets:
        if any(cell.known for cell in cells(findings, subject, name, "mean")):
            return name
    return subject.targets[0] if subject.targets else None


def daily(findings: Findings, group: str, measure: str, target: str | None = None) -> pd.DataFrame:
    """Choose one daily series in order of days; days below the minimum cell are NA."""
    table = findings.table("daily")
    rows = table[(table["group"] == group) & (table["measure"] == measure)]
    rows = rows[rows["target"].isna()] if target is None else rows[rows["target"] == target]
    return rows.sort_values("day").reset_index(drop=True)


def daily_groups(findings: Findings, subject: Subject, measure: str, target: str | None = None) -> list[str]:
    """List the groups that have at least one known day."""
    names = [g for g in subject.groups if g != UNASSIGNED]
    return [g for g in names if daily(findings, g, measure, target)["estimate"].notna().any()]


def keyness_pairs(findings: Findings) -> list[tuple[str, str, str]]:
    """List (language, focus group, reference group) of the keyness table, in order of appearance."""
    table = findings.table("keyness")
    keys = table[["lang", "group_a", "group_b"]].drop_duplicates()
    return [(str(a), str(b), str(c)) for a, b, c in keys.itertuples(index=False)]


def keyness(findings: Findings, pair: tuple[str, str, str]) -> pd.DataFrame:
    """Choose the words of one comparison, those typical of the focus group first."""
    table = findings.table("keyness")
    lang, a, b = pair
    rows = table[(table["lang"] == lang) & (table["group_a"] == a) & (table["group_b"] == b)]
    return rows.sort_values(["log_odds_z", "word"], ascending=[False, True]).reset_index(drop=True)


def typical_words(rows: pd.DataFrame, side: int, limit: int) -> pd.DataFrame:
    """Choose the words that surely belong to one side (q below 0.05), the strongest first."""
    sure = rows[(rows["q"] < 0.05) & (rows["log_odds_z"] * side > 0)]
    return (sure if side > 0 else sure.iloc[::-1]).head(limit)


def topic_languages(findings: Findings) -> list[str]:
    """List the languages of the topic models, in order of appearance."""
    return [str(v) for v in findings.table("topics")["lang"].drop_duplicates()]


def topics(findings: Findings, lang: str) -> pd.DataFrame:
    """Choose the topics of one model, the largest first."""
    table = findings.table("topics")
    rows = table[table["lang"] == lang]
    return rows.sort_values(["share", "topic"], ascending=[False, True]).reset_index(drop=True)


def topic_words(findings: Findings, lang: str, topic: int, limit: int = 8) -> list[str]:
    """Choose the most telling words of one topic; of a topic in two languages some of each, Chinese first."""
    table = findings.table("topic_words")
    langs = lang.split("+")
    chosen: list[str] = []
    for place, one in enumerate(langs):
        rows = table[(table["lang"] == one) & (table["topic"] == topic)].sort_values("rank")
        share = limit // len(langs) + (place < limit % len(langs))
        chosen += [shortened(str(word), 24) for word in rows["word"].head(share)]
    return chosen


def topic_name(label: Any, width: int = 40) -> str:
    """Write the label of a topic as sentences and figures print it.

    Examples
    --------
    >>> topic_name("新闻, 法院 / congress, ban")
    '新闻、法院 / congress, ban'
    """
    return shortened(_CHINESE_COMMA.sub("、", text_of(label)), width)


def topic_label(topic: Any, label: Any, width: int = 40) -> str:
    """Name a topic in a row of a figure or table, with its number in the table of topics.

    Parameters
    ----------
    topic : int
        Its number in the tables, from 0.
    label : str
        The name that people gave it, else its most telling words.
    width : int
        Letters that have room: few beside a figure, more in a table, whose cells wrap.

    Examples
    --------
    >>> topic_label(3, "新闻, 法院 / congress, ban")
    '4 新闻、法院 / congress, ban'
    """
    return f"{int(topic) + 1} {topic_name(label, width)}"


def prevalence(findings: Findings, subject: Subject, lang: str) -> pd.DataFrame:
    """Choose the prevalence of topics by group in one model, unassigned authors left out."""
    table = findings.table("topic_prevalence")
    rows = table[(table["lang"] == lang) & table["group"].isin(subject.groups)]
    return rows[rows["group"] != UNASSIGNED].reset_index(drop=True)


def described_groups(findings: Findings, subject: Subject) -> list[dict[Any, Any]]:
    """Choose the rows of the corpus description, groups in the order of the study, everybody last."""
    rows = {row["group"]: row for row in findings.table("corpus_description").to_dict("records")}
    found = [rows[g] for g in (*subject.groups, "all") if g in rows]
    return found[:1] if len(found) == 2 and _is_everybody(*found) else found


def _is_everybody(group: Mapping[Any, Any], everybody: Mapping[Any, Any]) -> bool:
    """Say whether a group holds all posts: it and everybody are one row."""
    names = ("n_posts", "n_comments", "n_authors", "n_threads")
    return all(str(group[name]) == str(everybody[name]) for name in names)


def stance_method(table: pd.DataFrame) -> str:
    """Name the paragraph that describes the scorer: that of the lexicons only if they alone scored."""
    names = table["instrument"].dropna().astype(str)
    return "stance" if names.str.startswith("lexicon").all() else "stance_other"


def interval_method(table: pd.DataFrame) -> str:
    """Name the paragraph that describes the intervals, by what the table says ran."""
    drawn = table["method"].dropna().astype(str).str.contains("bootstrap").any()
    return "intervals_bootstrap" if drawn else "intervals"


def topic_engine(findings: Findings) -> str:
    """Name the engine that fitted the topics."""
    asked = findings.setting("topics")
    return str(asked.get("engine") or "lsa") if isinstance(asked, Mapping) else "lsa"


def topic_method(findings: Findings) -> str:
    """Name the paragraph that describes the engine, and whether the languages share one space."""
    asked = findings.setting("topics")
    if isinstance(asked, Mapping) and asked.get("languages", "joint") == "joint":
        return "topics_lsa" if topic_engine(findings) == "lsa" else "topics_joint"
    return {"lda": "topics", "nmf": "topics_nmf"}.get(topic_engine(findings), "topics_other")
