"""What must not be claimed: written from what was asked, found, and not found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discourse.report.numerals import count, decimal, is_unknown, percent
from discourse.report.sections.context import Context
from discourse.report.subject import UNASSIGNED

#: A group needs so many authors and threads for a figure, as everywhere.
AUTHORS, THREADS = 100, 20
_MOST_IDS = 12


def not_claimed(context: Context, flags: dict[str, bool]) -> tuple[str, ...]:
    """List what must not be claimed from a report.

    Parameters
    ----------
    context : Context
        Findings in one language.
    flags : dict of str to bool
        Which standing remarks hold of this report.

    Returns
    -------
    tuple of str
        First what holds of every report of its kind, then what holds of this one: undecided and unmeasured
        questions, small groups, how posts were found, phases, events, other choices.
    """
    # where the series were tried, what came of it says more than the standing remark on events
    standing = flags | {"design": True, "events": flags.get("events", False) and not _no_series(context)}
    return (*context.say.claims(standing), *_of_this_report(context))


def _no_series(context: Context) -> bool:
    jumps = context.findings.table("interrupted")
    return bool(len(jumps) and not jumps["estimate"].notna().any())


def _of_this_report(context: Context) -> Iterator[str]:
    say = context.say
    for answer, key in (("undecided", "not_undecided"), ("not measurable", "not_measurable")):
        ids = _asked(context, answer)
        if ids:
            yield say.note(key, ids=_listed(context, ids))
    many = _lost_by_adjustment(context)
    if many:
        yield say.note("not_adjusted", ids=_listed(context, many))
    groups = small_groups(context)
    if groups:
        names = say.joined([say.who(name) for name in groups])
        target = context.subject.target(context.target)
        yield say.note("not_small", groups=names, target=target, authors=AUTHORS, threads=THREADS)
    yield from _of_collection(context)
    if len(context.findings.table("phase_changes")):
        yield say.note("not_phases")
    if _no_series(context):
        yield say.note("not_interrupted", n=count(context.findings.table("interrupted")["event"].nunique()))
    yield from _of_choices(context)


def _asked(context: Context, answer: str) -> list[str]:
    table = context.findings.table("questions")
    return [str(name) for name in table.loc[table["answer"] == answer, "id"]]


def _lost_by_adjustment(context: Context) -> list[str]:
    """List the questions whose answer does not hold after adjustment over all of them."""
    table = context.findings.table("questions")
    lost = (table["p"] < 0.05) & (table["p_adjusted"] >= 0.05)
    return [str(name) for name in table.loc[lost & table["answer"].isin(["supported", "contradicted"]), "id"]]


def _listed(context: Context, ids: list[str]) -> str:
    shown = ids[:_MOST_IDS]
    return context.say.joined([*shown, "…"] if len(ids) > len(shown) else shown)


def small_groups(context: Context) -> list[str]:
    """List the groups without a mean toward the main target, in the order of the study."""
    table = context.findings.table("group_sentiment")
    whole = (table["lang"] == "all") & (table["mention_kind"] == "all") & (table["measure"] == "mean")
    rows = table[whole & (table["target"] == context.target) & table["estimate"].isna()]
    known = set(rows["group"]) - {UNASSIGNED}
    return [name for name in context.subject.groups if name in known]


def _of_collection(context: Context) -> Iterator[str]:
    ways = [(source.get("collection") or {}).get("how") for source in context.subject.sources]
    named = list(dict.fromkeys(str(way) for way in ways if way))
    if named:
        how = context.say.joined([context.say.term("how", way) for way in named])
        yield context.say.note("not_all_seen", how=how)
    outcomes = context.findings.table("questions")["outcome"].astype("object")
    asked = any(str(outcome).startswith(("lang:", "frame:displacement")) for outcome in outcomes)
    if asked or "feed" in context.subject.targets:
        yield context.say.note("not_feed")


def _of_choices(context: Context) -> Iterator[str]:
    asked = context.findings.table("questions").set_index("id")["outcome"].to_dict()
    for row in context.findings.table("robustness").to_dict("records"):
        if row["n_estimated"] < 2 or is_unknown(row["lowest"]):
            continue
        low, high = (_figure(row[end], asked.get(row["question"])) for end in ("lowest", "highest"))
        yield context.say.note("not_specified", ids=row["question"], low=low, high=high)


def _figure(value: Any, outcome: Any) -> str:
    return decimal(value) if str(outcome).startswith("stance") else percent(value)
