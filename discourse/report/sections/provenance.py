"""Provenance: what every number can be followed to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discourse.report.document import Block, Column, Entries, Entry, Grid, Heading
from discourse.report.numerals import UNKNOWN, count, is_unknown
from discourse.report.sections.context import Context
from discourse.report.sections.cover import validation_status
from discourse.report.sections.plan import plan_entries

_LISTED = 12


def provenance(context: Context) -> list[Block]:
    """Write seeds, hashes, versions and input files."""
    w = context.say.w
    entries = (*_entries(context), *plan_entries(context))
    blocks: list[Block] = [Heading(w["section.provenance"], 2), Entries(entries)]
    files = _files(context)
    if files:
        columns = (Column(w["file"], wide=True), Column(w["rows"], "right"), Column("SHA-256", mono=True))
        blocks.append(Grid(w["prov.inputs"], columns, files, full=True))
    codes = _code_files(context)
    if codes:
        columns = (Column(w["file"], wide=True), Column(w["codes"], "right"), Column("SHA-256", mono=True))
        blocks.append(Grid(w["prov.code_files"], columns, codes, full=True))
    return blocks


def _entries(context: Context) -> list[Entry]:
    w, say, given = context.say.w, context.say, context.findings.provenance
    seed = context.subject["seed"] if context.subject["seed"] is not None else given.get("seed")
    pairs: list[tuple[str, Any, bool]] = [
        ("prov.seed", seed, False),
        ("prov.timezone", context.zone, False),
        ("prov.min_cell", f"{context.least} {w['authors_unit']}", False),
        ("prov.instruments", given.get("instruments") or given.get("instrument"), False),
        ("prov.validation", say.term("validation", validation_status(context)), False),
        ("prov.quotes", say.term("quotes", context.subject.quotes), False),
        ("prov.versions", " · ".join(f"{k} {v}" for k, v in (given.get("versions") or {}).items()), False),
        ("prov.key_id", given.get("key_id"), True),
        ("prov.corpus_fingerprint", given.get("corpus_fingerprint") or given.get("corpus"), True),
        ("prov.study_sha256", given.get("study_sha256"), True),
        ("prov.studies_tried", _tried(context), False),
        ("prov.glyphs", _unprintable(context), False),
        ("prov.hidden", say.note("hidden", n=context.hidden, least=context.least), False),
    ]
    return [
        Entry(w[key], _text(value), mono)
        for key, value, mono in pairs
        if not is_unknown(value) and value != ""
    ]


def _tried(context: Context) -> str:
    """Say how many studies were run into the folder, and how many other choices were computed beside."""
    n, say = context.findings.provenance.get("studies_tried"), context.say
    if is_unknown(n):
        return ""
    made = int((~context.findings.table("specifications")["declared"].astype(bool)).sum())
    gap = "" if context.language == "zh" else " "
    said = [say.note("studies_tried", n=count(n))]
    return gap.join([*said, say.note("choices_tried", n=count(made))] if made else said)


def _text(value: Any) -> str:
    return ", ".join(str(v) for v in value) if isinstance(value, list | tuple) else str(value)


def _unprintable(context: Context) -> str:
    if not context.missing:
        return context.say.note("all_printable")
    listed = sorted(context.missing.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{code} × {n}" for code, n in listed[:_LISTED])
    more = " …" if len(listed) > _LISTED else ""
    total = count(sum(context.missing.values()))
    return context.say.note("unprintable", n=total, kinds=len(listed), list=shown + more)


def _files(context: Context) -> tuple[tuple[str, str, str], ...]:
    given = context.findings.provenance.get("inputs") or []
    if isinstance(given, Mapping):
        given = [{"name": name, "sha256": value} for name, value in given.items()]
    return tuple(_file(entry) for entry in given if isinstance(entry, Mapping))


def _code_files(context: Context) -> tuple[tuple[str, str, str], ...]:
    """List the files of codes: who has them in hand sees whether they are those of this report."""
    checked = context.findings.provenance.get("validation")
    given = checked.get("files") or [] if isinstance(checked, Mapping) else []
    rows = ((entry["file"], entry.get("codes"), entry["sha256"]) for entry in given)
    return tuple((str(file), UNKNOWN if n is None else count(n), str(sha)) for file, n, sha in rows)


def _file(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    name = next((entry[k] for k in ("name", "file", "path") if entry.get(k)), UNKNOWN)
    rows = next((entry[k] for k in ("rows", "read", "records") if entry.get(k) is not None), None)
    # the folder is a matter of one machine and not of the data
    short = str(name).replace("\\", "/").rsplit("/", 1)[-1]
    return short, count(rows), str(entry.get("sha256", UNKNOWN))
