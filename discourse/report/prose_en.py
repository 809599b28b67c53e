"""The sentences of a report, in English."""

# ruff: noqa: D102, E501  (the base class says what each method is; sentences are read whole)

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from discourse.report import texts_en
from discourse.report.numerals import (
    Language,
    count,
    date,
    decimal,
    difference,
    interval,
    is_unknown,
    percent,
    scaled,
    short_date,
)
from discourse.report.prose import Prose
from discourse.report.selection import Cell, Difference, sign_of
from discourse.report.widths import shortened

_SCALE = "on a scale from −1 (against) to 1 (in favour)"


class English(Prose):
    """Sentences in English."""

    language: Language = "en"

    # page one

    def figure_of(self, measure: str, group: str, about: str, row: Mapping[str, Any]) -> str:
        who, what = self.who(group), self.subject.target(about)
        value = interval(row["estimate"], row["low"], row["high"], measure)
        side = sign_of(row["low"], row["high"])
        posts = "Posts of all groups" if group == "all" else f"Posts by {who}"
        if measure == "mean":
            lean = {
                1: "are favourable on balance",
                -1: "are unfavourable on balance",
                0: "lean to neither side",
            }[side]
            return f"{posts} that mention {what} {lean}: their mean stance is {value} {_SCALE}."
        if measure == "balance":
            points = difference(row["estimate"], row["low"], row["high"], measure)
            lean = {
                1: "more often favourable than unfavourable",
                -1: "more often unfavourable than favourable",
                0: "favourable about as often as unfavourable, as far as can be told",
            }[side]
            return (
                f"{posts} that mention {what} are {lean}: "
                f"the positive share minus the negative share is {points} percentage points."
            )
        if measure == "coverage":
            return f"Of the {posts[0].lower()}{posts[1:]}, {value} mention {what}."
        if measure == "lang":
            return f"Of the {posts[0].lower()}{posts[1:]}, {value} are in {self.term('lang', about)}."
        return f"Of the {posts[0].lower()}{posts[1:]} that mention {what}, {value} are {measure}."

    def difference_of(self, measure: str, groups: tuple[str, str], about: str, row: Mapping[str, Any]) -> str:
        a, b = (self.who(name) for name in groups)
        what = self.subject.target(about)
        name = {
            "mean": f"the mean stance toward {what}",
            "balance": f"the balance of positive over negative posts about {what}",
            "coverage": f"the share of posts that mention {what}",
            "lang": f"the share of posts in {self.term('lang', about)}",
        }.get(measure, f"the share of {measure} posts about {what}")
        unit = "" if measure == "mean" else " percentage points"
        value = difference(row["estimate"], row["low"], row["high"], measure) + unit
        side = sign_of(row["low"], row["high"])
        if side == 0:
            return f"Whether {name} differs between {a} and {b} cannot be told: the difference is {value}, an interval that includes zero."
        word = "higher" if side > 0 else "lower"
        return f"{name[0].upper()}{name[1:]} is {word} among {a} than among {b}: the difference is {value}."

    def not_measured(self, what: str, reason: str) -> str:
        return f"Not measurable with these data: {what} ({self.reason(reason)})."

    def no_findings(self) -> str:
        return "With these data nothing could be measured; the reasons are given below."

    def reason(self, text: str) -> str:
        clean = text.replace("95 % interval", "95% interval").strip().rstrip(".")
        # the name of a table is for those who open it: a reader is told where on paper it stands
        clean = clean.replace("see three_estimates", f"see “{self.w['section.three']}”")
        return re.sub(r"^(fewer than \d+ (?:authors|threads)) in .+", r"\1 in one group or both", clean)

    def origin(self, card: Mapping[str, Any], source: Mapping[str, Any]) -> str:
        where = (source.get("docvars") or {}).get("platform")
        how = card.get("how")
        lead = f"Posts on {self.term('platform', where)}" if where else "Posts"
        if not how:
            return f"{lead}. The study does not say how they were found."
        words = [f"“{shortened(str(k), 40)}”" for k in (card.get("keywords") or [])[:12]]
        parts = [
            f"{lead}, found by {shortened(str(how), 80)}" + (f" for {self.joined(words)}" if words else "")
        ]
        if card.get("sorted"):
            parts.append(f"results sorted by {self.term('sorted', card['sorted'])}")
        if card.get("per_keyword_cap"):
            parts.append(f"at most {count(card['per_keyword_cap'])} per keyword")
        if card.get("collected"):
            parts.append(f"collected on {date(card['collected'], 'en')}")
        return "; ".join(parts) + "."

    def period(self, first: Any, last: Any, zone: str) -> str:
        if is_unknown(first) or is_unknown(last):
            return ""
        return f"Written between {date(first, 'en')} and {date(last, 'en')} (days in the time zone {zone})."

    def size(self, posts: Any, authors: Any, threads: Any) -> str:
        return f"{count(posts)} posts by {count(authors)} authors in {count(threads)} threads."

    def counts(self, n: Any, authors: Any, threads: Any) -> str:
        if is_unknown(n):
            return ""
        return f"{count(n)} posts, {count(authors)} authors, {count(threads)} threads"

    # titles of figures and sections

    def _leaning(self, cells: Sequence[Cell]) -> list[str]:
        sides = {s: [c.group for c in cells if c.known and c.side == s] for s in (1, -1, 0)}
        parts: list[str] = []
        for side, words in ((1, "in favour"), (-1, "against"), (0, "to neither side")):
            if sides[side]:
                verb = "lean" if not parts else ""
                parts.append(f"{self.groups(sides[side])} {verb} {words}".replace("  ", " "))
        return parts

    def stance_claim(self, cells: Sequence[Cell], target: str) -> str:
        parts = self._leaning(cells)
        if not parts:
            return f"Stance toward {self.subject.target(target)}: no group could be measured"
        return f"Toward {self.subject.target(target)}, " + "; ".join(parts)

    def shares_claim(self, balances: Sequence[Cell], target: str) -> str:
        up = [c.group for c in balances if c.known and c.side > 0]
        down = [c.group for c in balances if c.known and c.side < 0]
        if up:
            return f"Positive mentions outnumber negative ones among {self.groups(up)}"
        if down:
            return f"Negative mentions outnumber positive ones among {self.groups(down)}"
        return f"How mentions of {self.subject.target(target)} divide"

    def days_claim(self, peak_day: str | None, posts: Any) -> str:
        if peak_day is None:
            return "Posts and stance, day by day"
        return f"The day with the most posts: {date(peak_day, 'en')} ({count(posts)})"

    def days_stance(self, group: str, target: str, rows: pd.DataFrame) -> str:
        known = rows[rows["estimate"].notna()]
        if len(known) < 2:
            return ""
        rows_by_value = known.sort_values("estimate", kind="stable")
        low, high = (
            f"{interval(r['estimate'], r['low'], r['high'], 'mean')} ({short_date(r['day'], 'en')})"
            for r in (rows_by_value.iloc[0], rows_by_value.iloc[-1])
        )
        return (
            f"Daily means of {self.who(group)} toward {self.subject.target(target)} run from {low} to {high}; "
            "a day may rest on few posts."
        )

    def corpus_claim(self, rows: Sequence[Mapping[Any, Any]]) -> str:
        parts = []
        for row in rows:
            if row["group"] in ("all", "unassigned") or is_unknown(row["share_zh"]):
                continue
            shares = {
                "Chinese": row["share_zh"],
                "English": row["share_en"],
                "both languages mixed": row["share_mixed"],
            }
            name = max(shares, key=lambda k: float(shares[k]))
            parts.append(f"{self.who(str(row['group']))} mostly in {name} ({percent(shares[name])})")
        return "Languages of the posts: " + "; ".join(parts) if parts else "Who was collected"

    def differences_claim(self, differences: Sequence[Difference]) -> str:
        sure = [d for d in differences if d.known and d.side]
        if sure:
            d = sure[0]
            word = "higher" if d.side > 0 else "lower"
            value = interval(d.estimate, d.low, d.high, "mean")
            a, b = self.who(d.group_a), self.who(d.group_b)
            where = "" if d.lang == "all" else f", in {self.term('lang', d.lang)}"
            what = self.subject.target(d.target)
            return f"Toward {what}, the mean stance of {a} is {word} than that of {b}{where}: {value}"
        if any(d.known for d in differences):
            return "By labels alone no two groups can be told apart in their mean stance"
        return "Labels alone compare no two groups"

    def language_claim(self, rows: Sequence[tuple[str, Sequence[Cell]]], target: str) -> str:
        parts = [
            f"in {name}, {'; '.join(self._leaning(cells))}" for name, cells in rows if self._leaning(cells)
        ]
        joined = ". ".join(p[0].upper() + p[1:] for p in parts)
        return joined or "No language could be measured apart"

    def kinds_claim(self, rows: Sequence[tuple[str, Sequence[Cell]]], target: str) -> str:
        known = {name: [c for c in cells if c.known] for name, cells in rows}
        up = [name for name, cells in known.items() if cells and all(c.side > 0 for c in cells)]
        if up:
            return f"Every measured group leans in favour when the target is mentioned {self.joined(up)}"
        return f"Stance toward {self.subject.target(target)} by kind of mention"

    def targets_claim(self, rows: Sequence[tuple[str, Sequence[Cell]]]) -> str:
        against = [(n, [c.group for c in cells if c.known and c.side < 0]) for n, cells in rows]
        favour = [(n, [c.group for c in cells if c.known and c.side > 0]) for n, cells in rows]
        parts = [f"{self.groups(g)} lean in favour of {n}" for n, g in favour if g][:2]
        parts += [f"{self.groups(g)} lean against {n}" for n, g in against if g][:2]
        joined = "; ".join(parts)
        return joined[0].upper() + joined[1:] if parts else "Stance toward further targets"

    def topics_claim(self, lang: str, label: str, share: Any) -> str:
        return f"The largest topic in {self.term('lang', lang)} ({percent(share)}): {label}"

    def prevalence_claim(self, lang: str, label: str, high: Mapping[Any, Any], low: Mapping[Any, Any]) -> str:
        a, b = self.who(str(high["group"])), self.who(str(low["group"]))
        return (
            f"Widest apart: “{label}”, {scaled(high['estimate'], 'share')} among {a} and "
            f"{scaled(low['estimate'], 'share')} among {b}"
        )

    def frames_claim(self, label: str, high: Mapping[Any, Any], low: Mapping[Any, Any]) -> str:
        a, b = self.who(str(high["group"])), self.who(str(low["group"]))
        return (
            f"“{label}” in {scaled(high['estimate'], 'share')} of posts by {a} and "
            f"{scaled(low['estimate'], 'share')} by {b}"
        )

    def keyness_claim(
        self, lang: str, pair: tuple[str, str], first: Sequence[str], second: Sequence[str]
    ) -> str:
        sides = []
        for group, found in zip(pair, (first, second), strict=True):
            if found:
                sides.append(f"{self.who(group)}: {', '.join(found)}")
        name = self.term("lang", lang)
        return (
            f"Words in {name} typical of " + "; of ".join(sides)
            if sides
            else f"No word in {name} clearly sets the groups apart"
        )

    # what figures show, in words

    def alt(self, chart: str, what: str, items: Sequence[str]) -> str:
        return f"{texts_en.CHARTS[chart]} {what}. " + " ".join(items)

    def alt_value(self, name: str, cell: Cell | Difference) -> str:
        if not cell.known:
            return (
                f"{name}: no figure ({self.reason(cell.reason)})." if cell.reason else f"{name}: no figure."
            )
        bounds = (
            "" if is_unknown(cell.low) else f", interval from {decimal(cell.low)} to {decimal(cell.high)}"
        )
        return f"{name}: {decimal(cell.estimate)}{bounds}."

    def alt_shares(self, name: str, parts: Sequence[str]) -> str:
        return f"{name}: {', '.join(parts)}."

    def alt_series(self, name: str, what: str, rows: pd.DataFrame) -> str:
        known = rows[rows["estimate"].notna()]
        if known.empty:
            return f"{name}, {what}: no figure."
        show = count if what == self.w["axis.posts"] else decimal
        first, last, top = known.iloc[0], known.iloc[-1], known.sort_values("estimate").iloc[-1]
        return (
            f"{name}, {what}: {show(first['estimate'])} on {date(first['day'], 'en')}, highest "
            f"{show(top['estimate'])} on {date(top['day'], 'en')}, {show(last['estimate'])} on {date(last['day'], 'en')}."
        )

    def alt_event(self, number: int, name: str, day: str) -> str:
        return f"Line {number}: {name}, {date(day, 'en')}."

    # captions and notes

    def note(self, key: str, **values: Any) -> str:
        return {**self.more.notes, **texts_en.NOTES}[key].format(**values)

    def how(self, section: str) -> str:
        return {**self.more.how, **texts_en.HOW}[section]

    def claims(self, flags: Mapping[str, bool]) -> list[str]:
        claims = {**texts_en.CLAIMS, **self.more.claims}
        return [text for key, text in claims.items() if flags.get(key, False)]

    def glossary(self, keys: Sequence[str]) -> list[tuple[str, str]]:
        terms = {**texts_en.GLOSSARY, **self.more.glossary}
        return [term for key, term in terms.items() if key in keys]

    def methods(self, keys: Sequence[str], values: Mapping[str, Any]) -> list[tuple[str, str]]:
        chosen = [text for key, text in self._methods_in_order(texts_en.METHODS) if key in keys]
        return [(head, re.sub(r"\s+", " ", text.format(**values)).strip()) for head, text in chosen]

    def meaning(self, table: str, column: str, english: str) -> str:
        return english
