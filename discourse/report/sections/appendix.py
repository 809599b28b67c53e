"""The appendix: methods, limits, words, tables, provenance, data dictionary, references."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from discourse.report.catalogue import METHOD_TABLES
from discourse.report.dictionary import meanings, table_meaning
from discourse.report.document import (
    Block,
    Box,
    Described,
    Dictionary,
    Entries,
    Entry,
    Grid,
    Heading,
    Listing,
    Paragraph,
)
from discourse.report.findings import Findings
from discourse.report.numerals import UNKNOWN, count, is_unknown
from discourse.report.references import bibliography
from discourse.report.sections.choosing_k import choosing_k_section
from discourse.report.sections.context import Context
from discourse.report.sections.evidence import further_evidence
from discourse.report.sections.families import families_table
from discourse.report.sections.plan import plan_section
from discourse.report.sections.provenance import provenance
from discourse.report.sections.rules_in_words import rules_in_words
from discourse.report.sections.signals import signals_table
from discourse.report.sections.stance_tables import differences_table
from discourse.report.sections.story import all_answers
from discourse.report.sections.words_and_topics import keyness_table
from discourse.report.selection import (
    differences,
    interval_method,
    keyness_pairs,
    kinds_with,
    languages_with,
    stance_method,
    text_of,
    topic_engine,
    topic_method,
)
from discourse.report.widths import shortened
from discourse.tables import REPORT_TABLES, Table

#: A column that means the same in so many tables is described once.
_SHARED = 4


def appendix(context: Context) -> list[Block]:
    """Write the appendix."""
    ran = methods_that_ran(context.findings)
    return [
        Heading(context.word("part.appendix"), 1, new_page=True, appendix=True),
        *_methods(context, ran),
        *plan_section(context),
        *_limits(context),
        *_left_out(context),
        *_glossary(context, ran),
        *all_answers(context),
        *_once(
            [
                *further_evidence(context),
                *signals_table(context),
                *_further_tables(context),
                *choosing_k_section(context),
                *families_table(context),
            ]
        ),
        *provenance(context),
        *_dictionary(context),
        Heading(context.word("section.references"), 2),
        Listing(tuple(bibliography(ran, context.language)), "references"),
    ]


def methods_that_ran(findings: Findings) -> list[str]:
    """List the parts of the methods section for which the run has results."""
    tables = findings.tables
    ran = ["collection", "text"]
    if findings.setting("groups"):
        ran.append("groups")
    if tables["group_sentiment"]["estimate"].notna().any() or len(tables["group_sentiment"]):
        ran += [stance_method(tables["group_sentiment"]), interval_method(tables["group_sentiment"])]
    if tables["contrasts"]["estimate"].notna().any():
        ran.append("contrasts")
    if len(tables["topics"]):
        ran.append(topic_method(findings))
    if len(tables["keyness"]):
        ran.append("keyness")
    if len(tables["daily"]):
        ran.append("days")
    ran += [key for key, table in METHOD_TABLES.items() if len(tables.get(table, ()))]
    ran.append("privacy")
    if str(findings.provenance.get("validation") or "none") in ("none", "{'status': 'none'}"):
        ran.append("correction")
    return [*ran, "software"]


def _methods(context: Context, ran: list[str]) -> list[Block]:
    paragraphs = context.say.methods(ran, _method_values(context))
    return [
        Heading(context.word("section.methods"), 2),
        *(Paragraph(text, lead=head) for head, text in paragraphs),
    ]


def _method_values(context: Context) -> dict[str, Any]:
    subject, say = context.subject, context.say
    origins = [say.origin(s.get("collection") or {}, s) for s in subject.sources]
    scorer = subject["scorer"]
    versions = context.findings.provenance.get("versions") or {}
    return {
        "origin": ("" if context.language == "zh" else " ").join(dict.fromkeys(origins)),
        "flow": _flow_sentence(context),
        "rules": _sentence(rules_in_words(context), context.language),
        "correction": _correction(context),
        "targets": say.joined([subject.target(t) for t in subject.targets]),
        "instrument": _short(instruments(context)),
        "engine": topic_engine(context.findings),
        "neutral": scorer.get("neutral", "0.15") if isinstance(scorer, dict) else "0.15",
        "seed": subject["seed"]
        if subject["seed"] is not None
        else context.findings.provenance.get("seed", "–"),
        "timezone": context.zone,
        "min_cell": context.least,
        "quotes": _quotes(context),
        "version": versions.get("discourse", "–"),
    }


def _sentence(text: str, language: str) -> str:
    """Close a text as a sentence, where there is one."""
    return text and f"{text}{'。' if language == 'zh' else '.'}"


def _correction(context: Context) -> str:
    """Name the estimator that corrected the figures of this run."""
    named = context.findings.table("validation")["method"].dropna().astype(str)
    methods = {"dsl": "DSL", "ppi++": "PPI++"}
    return context.say.joined([methods.get(name, name) for name in dict.fromkeys(named)]) or UNKNOWN


def instruments(context: Context) -> list[str]:
    """List the instruments of the run."""
    given = context.findings.provenance
    names = given.get("instruments") or given.get("instrument") or []
    names = [names] if isinstance(names, str) else list(names)
    met = context.findings.table("group_sentiment")["instrument"].dropna().unique()
    return [str(name) for name in (names or met)]


def _short(names: list[str]) -> str:
    """Name each kind of instrument once; versions stand in the provenance."""
    return ", ".join(dict.fromkeys(name.split()[0] for name in names if name.split())) or UNKNOWN


def _quotes(context: Context) -> str:
    """Say for the paragraph on ethics by which policy posts are quoted."""
    asked = context.subject["quotes"] or {}
    least, consent = asked.get("authors") or context.least, shortened(str(asked.get("consent") or ""), 160)
    return context.say.note(f"ethics_{context.subject.quotes}", least=least, consent=consent)


def _flow_sentence(context: Context) -> str:
    steps = {str(r["step"]): r["n"] for r in context.findings.table("flow").to_dict("records")}
    known = [(context.say.term("step", s), count(n)) for s, n in steps.items() if not is_unknown(n)]
    if not known:
        return ""
    if context.language == "zh":
        return "；".join(f"{step}：{n}" for step, n in known) + "。"
    joined = "; ".join(f"{step}: {n}" for step, n in known)
    return joined[:1].upper() + joined[1:] + "."


def _limits(context: Context) -> list[Block]:
    table = context.findings.table("limits")
    if "lang" in table.columns:
        table = table[table["lang"].isna() | (table["lang"] == context.language)]
    head = Heading(context.word("section.limits"), 2)
    if table.empty:
        return [head, Paragraph(context.say.note("no_limits"))]
    blocks: list[Block] = [head]
    for topic in dict.fromkeys(table["topic"]):
        lines = [text_of(v) for v in table.loc[table["topic"] == topic, "text"]]
        blocks.append(
            Paragraph(
                ("" if context.language == "zh" else " ").join(lines), lead=context.say.term("limit", topic)
            )
        )
    return blocks


def _left_out(context: Context) -> list[Block]:
    tables, say = context.findings.tables, context.say
    keys = {
        "left_out_sentiment": "group_sentiment",
        "left_out_contrasts": "contrasts",
        "left_out_daily": "daily",
        "left_out_topics": "topics",
        "left_out_keyness": "keyness",
        "left_out_questions": "questions",
    }
    missing = [say.note(key) for key, table in keys.items() if tables[table].empty]
    if context.target is not None:
        if not languages_with(context.findings, context.subject, context.target):
            missing.append(say.note("left_out_languages"))
        if not kinds_with(context.findings, context.subject, context.target):
            missing.append(say.note("left_out_kinds"))
    return [Box(context.word("section.left_out"), tuple(missing))] if missing else []


def _glossary(context: Context, ran: list[str]) -> list[Block]:
    wanted = {
        "stance": ("stance", "target", "mention", "coverage", "balance", "instrument", "thread"),
        "intervals": ("interval", "clustered"),
        "contrasts": ("hedges", "p"),
        "topics": ("topic", "prevalence", "coherence"),
        "keyness": ("keyness", "log_odds", "q"),
    }
    keys = [key for method in ran for key in wanted.get(method.partition("_")[0], ())]
    found = context.say.glossary(keys)
    if not found:
        return []
    return [
        Heading(context.word("section.glossary"), 2),
        Entries(tuple(Entry(term, text) for term, text in found)),
    ]


def _further_tables(context: Context) -> list[Block]:
    """Differences toward the other targets, and the words of the other pairs of groups."""
    w = context.say.w
    blocks: list[Block] = []
    found = differences(context.findings, context.subject)
    for target in context.subject.targets:
        rows = [d for d in found if d.target == target and d.known]
        if rows and target != context.target:
            name = context.subject.target(target)
            caption = (
                f"{w['section.difference']}（对{name}）"
                if context.language == "zh"
                else f"{w['section.difference']}, toward {name}"
            )
            blocks.append(differences_table(context, rows, caption))
    seen: set[str] = set()
    for pair in keyness_pairs(context.findings):
        if pair[0] in seen:
            blocks.append(replace(keyness_table(context, pair, 6), notes=()))
        seen.add(pair[0])
    if seen and blocks and isinstance(blocks[-1], Grid) and not blocks[-1].notes:
        blocks[-1] = replace(blocks[-1], notes=(context.say.note("words_note"), context.small_note))
    return [Heading(w["section.full"], 2), *blocks] if blocks else []


def _dictionary(context: Context) -> list[Block]:
    """Describe the tables of the run; what many of them share is said once, in front."""
    tables = [t for t in REPORT_TABLES if len(context.findings.table(t.name))]
    if not tables:
        return []
    described = {table.name: _columns(context, table) for table in tables}
    met = Counter(entry for entries in described.values() for entry in entries)
    shared = _shared(met)
    files = [
        Described(f"{name}.csv", table_meaning(name, context.language), own)
        for name, entries in described.items()
        if (own := tuple(entry for entry in entries if entry not in shared))
    ]
    if shared:
        files.insert(0, Described("*.csv", context.say.note("dictionary_shared"), shared))
    return [Heading(context.word("section.dictionary"), 2), Dictionary(tuple(files))]


def _shared(met: Counter[Entry]) -> tuple[Entry, ...]:
    """Choose what is said once: one meaning a name, the one of most tables; others stay with their tables."""
    chosen: dict[str, Entry] = {}
    for entry, n in met.most_common():
        if n >= _SHARED:
            chosen.setdefault(entry.term, entry)
    return tuple(entry for entry in met if chosen.get(entry.term) == entry)


def _columns(context: Context, table: Table) -> tuple[Entry, ...]:
    frame = "（{}）" if context.language == "zh" else " ({})"
    return tuple(
        Entry(column.column, column.text + (frame.format(column.unit) if column.unit else ""))
        for column in meanings(table, context.language)
    )


def _once(blocks: list[Block]) -> list[Block]:
    """Say only once how something was computed, however many tables follow from it."""
    said: set[str] = set()
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.style == "small":
            if block.text in said:
                continue
            said.add(block.text)
        kept.append(block)
    return kept
