"""The sentences of a report, in Chinese."""

# ruff: noqa: D102, E501  (the base class says what each method is; sentences are read whole)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from discourse.report import texts_zh
from discourse.report.dictionary_zh import MEANINGS
from discourse.report.numerals import (
    Language,
    count,
    date,
    decimal,
    interval,
    is_unknown,
    percent,
    points,
    scaled,
    short_date,
)
from discourse.report.prose import Prose
from discourse.report.reasons_zh import reason_zh
from discourse.report.selection import Cell, Difference, sign_of
from discourse.report.widths import shortened

_LEANING = {1: "倾向支持", -1: "倾向反对", 0: "不偏不倚"}


class Chinese(Prose):
    """Sentences in Chinese."""

    language: Language = "zh"

    def _value(self, row: Mapping[str, Any], measure: str) -> str:
        """Print a figure and its interval for a sentence: 0.24（95% 区间 0.20 至 0.28）."""
        estimate = scaled(row["estimate"], measure)
        if is_unknown(row["low"]) or is_unknown(row["high"]):
            return estimate
        level = "" if is_unknown(row.get("level")) else percent(row["level"]) + " "
        return f"{estimate}（{level}区间 {scaled(row['low'], measure)} 至 {scaled(row['high'], measure)}）"

    def _points(self, row: Mapping[str, Any]) -> str:
        if is_unknown(row["low"]) or is_unknown(row["high"]):
            return f"{points(row['estimate'])} 个百分点"
        return f"{points(row['estimate'])} 个百分点（区间 {points(row['low'])} 至 {points(row['high'])}）"

    # page one

    def figure_of(self, measure: str, group: str, about: str, row: Mapping[str, Any]) -> str:
        who = "所有群体" if group == "all" else self.subject.group(group)
        what = self.subject.target(about)
        side = sign_of(row["low"], row["high"])
        if measure == "mean":
            lean = {1: "总体偏向支持", -1: "总体偏向反对", 0: "不偏向任何一方"}[side]
            value = self._value(row, measure)
            return f"{who}提及{what}的帖子{lean}：平均立场为 {value}，量尺从 −1（反对）到 1（支持）。"
        if measure == "balance":
            lean = {1: "正面多于负面", -1: "负面多于正面", 0: "正面与负面大致相当，无法分出多寡"}[side]
            return f"{who}提及{what}的帖子{lean}：正面占比减去负面占比为 {self._points(row)}。"
        value = self._value(row, measure)
        if measure == "coverage":
            return f"{who}的帖子中，提及{what}的占 {value}。"
        if measure == "lang":
            return f"{who}的帖子中，{self.term('lang', about)}占 {value}。"
        return f"{who}提及{what}的帖子中，{self.w.get(measure, measure)}的占 {value}。"

    def difference_of(self, measure: str, groups: tuple[str, str], about: str, row: Mapping[str, Any]) -> str:
        a, b = (self.subject.group(name) for name in groups)
        what = self.subject.target(about)
        name = {
            "mean": f"对{what}的平均立场",
            "balance": f"对{what}的正负差",
            "coverage": f"提及{what}的帖子占比",
            "lang": f"{self.term('lang', about)}帖子占比",
        }.get(measure, f"对{what}的{self.term('measure', measure)}")
        value = self._value(row, measure) if measure == "mean" else self._points(row)
        side = sign_of(row["low"], row["high"])
        if side == 0:
            return f"无法判定{a}与{b}在“{name}”上是否不同：差值为 {value}，区间包含零。"
        return f"在“{name}”上，{a}{'高于' if side > 0 else '低于'}{b}：差值为 {value}。"

    def not_measured(self, what: str, reason: str) -> str:
        return f"凭这些数据无法测量：{what}（{self.reason(reason)}）。"

    def no_findings(self) -> str:
        return "凭这些数据无法测量任何指标，原因见下文。"

    def reason(self, text: str) -> str:
        return reason_zh(text, self.subject)

    def origin(self, card: Mapping[str, Any], source: Mapping[str, Any]) -> str:
        where = (source.get("docvars") or {}).get("platform")
        lead = f"{self.term('platform', where)}上的帖子" if where else "帖子"
        if not card.get("how"):
            return f"{lead}。研究文件没有说明收集方式。"
        words = "".join(f"“{shortened(str(k), 40)}”" for k in (card.get("keywords") or [])[:12])
        parts = [
            f"{lead}，收集方式为{shortened(self.term('how', card['how']), 80)}"
            + (f"，关键词{words}" if words else "")
        ]
        if card.get("sorted"):
            parts.append(f"结果按{self.term('sorted', card['sorted'])}排序")
        if card.get("per_keyword_cap"):
            parts.append(f"每个关键词至多 {count(card['per_keyword_cap'])} 条")
        if card.get("collected"):
            parts.append(f"收集于 {date(card['collected'], 'zh')}")
        return "；".join(parts) + "。"

    def period(self, first: Any, last: Any, zone: str) -> str:
        if is_unknown(first) or is_unknown(last):
            return ""
        return f"发布于 {date(first, 'zh')}至 {date(last, 'zh')}（日期按 {zone} 时区计）。"

    def size(self, posts: Any, authors: Any, threads: Any) -> str:
        return f"共 {count(posts)} 条帖子，{count(authors)} 位作者，{count(threads)} 个讨论串。"

    def counts(self, n: Any, authors: Any, threads: Any) -> str:
        if is_unknown(n):
            return ""
        return f"{count(n)} 条帖子，{count(authors)} 位作者，{count(threads)} 个讨论串"

    # titles of figures and sections

    def _leaning(self, cells: Sequence[Cell]) -> list[str]:
        sides = {s: [c.group for c in cells if c.known and c.side == s] for s in (1, -1, 0)}
        return [f"{self.groups(names)}{_LEANING[side]}" for side, names in sides.items() if names]

    def stance_claim(self, cells: Sequence[Cell], target: str) -> str:
        parts = self._leaning(cells)
        what = self.subject.target(target)
        return f"对{what}，" + "；".join(parts) if parts else f"对{what}的立场：没有群体可供测量"

    def shares_claim(self, balances: Sequence[Cell], target: str) -> str:
        up = [c.group for c in balances if c.known and c.side > 0]
        down = [c.group for c in balances if c.known and c.side < 0]
        if up:
            return f"{self.groups(up)}的正面提及多于负面"
        if down:
            return f"{self.groups(down)}的负面提及多于正面"
        return f"提及{self.subject.target(target)}的帖子按立场的分布"

    def days_claim(self, peak_day: str | None, posts: Any) -> str:
        if peak_day is None:
            return "逐日的帖子数与立场"
        return f"{date(peak_day, 'zh')}帖子最多（{count(posts)} 条）"

    def days_stance(self, group: str, target: str, rows: pd.DataFrame) -> str:
        known = rows[rows["estimate"].notna()]
        if len(known) < 2:
            return ""
        rows_by_value = known.sort_values("estimate", kind="stable")
        low, high = (
            f"为 {interval(r['estimate'], r['low'], r['high'], 'mean')}（{short_date(r['day'], 'zh')}）"
            for r in (rows_by_value.iloc[0], rows_by_value.iloc[-1])
        )
        return (
            f"{self.subject.group(group)}对{self.subject.target(target)}的每日均值最低{low}，最高{high}；"
            "单日可能只有少数帖子。"
        )

    def corpus_claim(self, rows: Sequence[Mapping[Any, Any]]) -> str:
        parts = []
        for row in rows:
            if row["group"] in ("all", "unassigned") or is_unknown(row["share_zh"]):
                continue
            shares = {"中文": row["share_zh"], "英文": row["share_en"], "中英混用": row["share_mixed"]}
            name = max(shares, key=lambda k: float(shares[k]))
            parts.append(f"{self.subject.group(str(row['group']))}以{name}为主（{percent(shares[name])}）")
        return "帖子的语言：" + "；".join(parts) if parts else "收集到了谁"

    def differences_claim(self, differences: Sequence[Difference]) -> str:
        sure = [d for d in differences if d.known and d.side]
        if sure:
            d = sure[0]
            a, b = self.subject.group(d.group_a), self.subject.group(d.group_b)
            where = "" if d.lang == "all" else f"（{self.term('lang', d.lang)}帖子）"
            value = interval(d.estimate, d.low, d.high, "mean")
            return f"对{self.subject.target(d.target)}，{a}的立场{'高于' if d.side > 0 else '低于'}{b}{where}：{value}"
        if any(d.known for d in differences):
            return "仅凭自动标签，没有哪两个群体的平均立场能够区分"
        return "仅凭自动标签，没有哪两个群体能够比较"

    def language_claim(self, rows: Sequence[tuple[str, Sequence[Cell]]], target: str) -> str:
        parts = [f"{name}：{'，'.join(self._leaning(cells))}" for name, cells in rows if self._leaning(cells)]
        return "；".join(parts) or "没有一种语言可以单独测量"

    def kinds_claim(self, rows: Sequence[tuple[str, Sequence[Cell]]], target: str) -> str:
        known = {name: [c for c in cells if c.known] for name, cells in rows}
        up = [name for name, cells in known.items() if cells and all(c.side > 0 for c in cells)]
        if up:
            return f"在{self.joined(up)}的提及中，所有可测量的群体都倾向支持"
        return f"按提及方式看对{self.subject.target(target)}的立场"

    def targets_claim(self, rows: Sequence[tuple[str, Sequence[Cell]]]) -> str:
        favour = [(n, [c.group for c in cells if c.known and c.side > 0]) for n, cells in rows]
        against = [(n, [c.group for c in cells if c.known and c.side < 0]) for n, cells in rows]
        parts = [f"{self.groups(g)}倾向支持{n}" for n, g in favour if g][:2]
        parts += [f"{self.groups(g)}倾向反对{n}" for n, g in against if g][:2]
        return "；".join(parts) if parts else "对其他目标的立场"

    def topics_claim(self, lang: str, label: str, share: Any) -> str:
        return f"{self.term('lang', lang)}中最大的主题（{percent(share)}）：{label}"

    def prevalence_claim(self, lang: str, label: str, high: Mapping[Any, Any], low: Mapping[Any, Any]) -> str:
        a, b = self.subject.group(str(high["group"])), self.subject.group(str(low["group"]))
        return f"相距最远：“{label}”，{a} {percent(high['estimate'])}，{b} {percent(low['estimate'])}"

    def frames_claim(self, label: str, high: Mapping[Any, Any], low: Mapping[Any, Any]) -> str:
        a, b = self.subject.group(str(high["group"])), self.subject.group(str(low["group"]))
        return f"“{label}”：{a}的帖子中占 {percent(high['estimate'])}，{b}占 {percent(low['estimate'])}"

    def keyness_claim(
        self, lang: str, pair: tuple[str, str], first: Sequence[str], second: Sequence[str]
    ) -> str:
        name = self.term("lang", lang)
        sides = [
            f"{self.subject.group(group)}：{'、'.join(found)}"
            for group, found in zip(pair, (first, second), strict=True)
            if found
        ]
        return f"{name}特征词　" + "；".join(sides) if sides else f"没有{name}词语能确切区分两个群体"

    # what figures show, in words

    def alt(self, chart: str, what: str, items: Sequence[str]) -> str:
        return f"{texts_zh.CHARTS[chart]}{what}。" + "".join(items)

    def alt_value(self, name: str, cell: Cell | Difference) -> str:
        if not cell.known:
            return f"{name}：无数值（{self.reason(cell.reason)}）。" if cell.reason else f"{name}：无数值。"
        bounds = "" if is_unknown(cell.low) else f"，区间 {decimal(cell.low)} 至 {decimal(cell.high)}"
        return f"{name}：{decimal(cell.estimate)}{bounds}。"

    def alt_shares(self, name: str, parts: Sequence[str]) -> str:
        return f"{name}：{'，'.join(parts)}。"

    def alt_series(self, name: str, what: str, rows: pd.DataFrame) -> str:
        known = rows[rows["estimate"].notna()]
        if known.empty:
            return f"{name}，{what}：无数值。"
        show = count if what == self.w["axis.posts"] else decimal
        first, last, top = known.iloc[0], known.iloc[-1], known.sort_values("estimate").iloc[-1]
        return (
            f"{name}，{what}：{date(first['day'], 'zh')} {show(first['estimate'])}，最高为{date(top['day'], 'zh')}的 "
            f"{show(top['estimate'])}，{date(last['day'], 'zh')} {show(last['estimate'])}。"
        )

    def alt_event(self, number: int, name: str, day: str) -> str:
        return f"事件线 {number}：{name}，{date(day, 'zh')}。"

    # captions and notes

    def note(self, key: str, **values: Any) -> str:
        return {**self.more.notes, **texts_zh.NOTES}[key].format(**values)

    def how(self, section: str) -> str:
        return {**self.more.how, **texts_zh.HOW}[section]

    def claims(self, flags: Mapping[str, bool]) -> list[str]:
        claims = {**texts_zh.CLAIMS, **self.more.claims}
        return [text for key, text in claims.items() if flags.get(key, False)]

    def glossary(self, keys: Sequence[str]) -> list[tuple[str, str]]:
        terms = {**texts_zh.GLOSSARY, **self.more.glossary}
        return [term for key, term in terms.items() if key in keys]

    def methods(self, keys: Sequence[str], values: Mapping[str, Any]) -> list[tuple[str, str]]:
        chosen = [text for key, text in self._methods_in_order(texts_zh.METHODS) if key in keys]
        return [(head, text.format(**values).strip()) for head, text in chosen]

    def meaning(self, table: str, column: str, english: str) -> str:
        meanings = {**self.more.meanings, **MEANINGS}
        return meanings.get(f"{table}.{column}") or meanings.get(column) or english
