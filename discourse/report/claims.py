"""What was found on a claim about a frame, a place, a column of the export, contact details or return."""

from __future__ import annotations

from typing import Any

from discourse.corpus.places import place_name
from discourse.report.numerals import difference, interval, percent
from discourse.report.sections.context import Context

#: Beginnings of outcomes that :mod:`discourse.compare.claims` answers.
KINDS = ("frame", "topic", "emotion", "docvar", "place", "contact", "return")


def is_claim(outcome: str) -> bool:
    """Say whether an outcome is one of those that this module words.

    Examples
    --------
    >>> is_claim("frame:protest"), is_claim("stance:refugees")
    (True, False)
    """
    return outcome.partition(":")[0] in KINDS


def claim_sentence(context: Context, row: dict[Any, Any]) -> str:
    """Say the figure behind the answer to a claim.

    Parameters
    ----------
    context : Context
        The language.
    row : dict
        A row of :data:`discourse.tables.QUESTIONS` with figures.

    Returns
    -------
    str
        One sentence.
    """
    say = context.say
    outcome, _, event = str(row["outcome"]).partition(" | ")
    kind, _, about = outcome.partition(":")
    name = _named(context, kind, about)
    groups = str(row["groups"]).split(" vs ")
    if event or len(groups) == 2:
        points = difference(row["estimate"], row["low"], row["high"], "share")
        what = say.note(f"claim.what.{kind}", name=name)
        if event:
            return say.note("claim.event", event=context.event_name(event), value=points, what=what)
        a, b = (context.subject.group(group) for group in groups)
        return say.note("claim.difference", a=a, b=b, value=points, what=what)
    value = _share(row)
    if groups[0] == "all":
        return say.note(f"claim.{kind}_all", value=value, name=name)
    return say.note(f"claim.{kind}", value=value, name=name, group=say.who(groups[0]))


def _share(row: dict[Any, Any]) -> str:
    """Print a share; a small one with a decimal, for 3% [2%, 3%] tells nobody anything."""
    if row["high"] >= 0.1:
        return interval(row["estimate"], row["low"], row["high"], "share")
    return f"{percent(row['estimate'], 1)} [{percent(row['low'], 1)}, {percent(row['high'], 1)}]"


def _named(context: Context, kind: str, about: str) -> str:
    if kind == "frame":
        return context.subject.frame(about)
    if kind == "emotion":
        emotion, _, target = about.partition(":")
        shown = context.say.w.get(f"emotion.{emotion}", emotion)
        named = context.say.note("claim.toward", name=shown, target=context.subject.target(target))
        return named if target else shown
    if kind == "topic":
        table = context.findings.table("topics")
        labels = table.loc[table["topic"].astype("str") == about, "label"]
        return str(labels.iloc[0]) if len(labels) else about
    return place_name(about, context.language) if kind == "place" else about
