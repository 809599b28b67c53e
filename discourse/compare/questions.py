"""Declared questions, answered as far as the data allow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from discourse.compare.confounding import confounded_with
from discourse.compare.contrasts import contrast, group_estimate
from discourse.compare.families import Adjustment, adjust_family
from discourse.compare.mentions import CARRIED, equals, measured, n_distinct, prepared_mentions
from discourse.compare.resampling import Interval
from discourse.compare.sentiment import CLUSTER, too_small
from discourse.errors import DiscourseError
from discourse.tables import QUESTIONS

#: Which prepared column answers which kind of outcome.
_COLUMN = {
    "stance": "mean",
    "balance": "balance",
    "positive": "positive",
    "negative": "negative",
    "coverage": "mention",
    "lang": "in_language",
}
_MEASURE = {"stance": "mean"}


@dataclass(frozen=True)
class Asked:
    """One declared question.

    Parameters
    ----------
    id, text : str
        Its id and wording.
    outcome : str
        ``stance:T``, ``balance:T``, ``positive:T``, ``negative:T`` or ``coverage:T`` for a target T, or
        ``lang:L`` for a language L in ``zh``, ``en``, ``mixed``; others are answered by
        :func:`discourse.compare.claims.answer_claims`.
    groups : tuple of str
        One group, or two whose difference (first minus second) is asked about; ``"all"`` is everybody.
    direction : {">", "<"}
        The direction stated beforehand.
    bound : float
        The value that the figure is compared with.
    equivalence : float, optional
        Differences from the bound smaller than this do not matter.
    event : str, optional
        Name of an event: the figure before it minus the figure after it is asked about.
    at : datetime, optional
        When the event was.
    """

    id: str
    text: str
    outcome: str
    groups: tuple[str, ...]
    direction: str = ">"
    bound: float = 0.0
    equivalence: float | None = None
    event: str | None = None
    at: dt.datetime | None = None


def answer_questions(
    questions: Sequence[Asked],
    scored: pd.DataFrame,
    *,
    seed: int,
    min_cell: int = 10,
    interval: Interval = "analytic",
) -> pd.DataFrame:
    """Answer each question: supported, contradicted, undecided, or not measurable with these data.

    Parameters
    ----------
    questions : sequence of Asked
        What was asked.
    scored : DataFrame
        One row a post and target: ``target``, ``group``, ``lang``, ``label``, ``score``, ``mention_kind``,
        ``author``, ``thread_id``, ``platform``.
    seed : int
        Seed of what is drawn at random.
    min_cell : int
        Cells with fewer authors print no count.
    interval : {"analytic", "bootstrap"}
        Kind of interval that decides, see :func:`discourse.compare.contrasts.contrast`.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.QUESTIONS`, one row a question, in order.

    Notes
    -----
    *Supported*: the whole 95 % interval lies on the side stated beforehand.  *Contradicted*: it lies wholly
    on the other side, or within the margin of equivalence around the bound.  *Undecided* otherwise.  *Not
    measurable*: no mentions, fewer than 100 authors or 20 threads in a group, or groups confounded with
    language or platform while nobody has checked the instrument in both.

    Examples
    --------
    >>> scored = pd.DataFrame({"target": "t", "group": ["g"], "lang": "en", "label": "absent",
    ...     "score": float("nan"), "mention_kind": None, "author": ["a"], "thread_id": ["1"]})
    >>> table = answer_questions([Asked("H1", "?", "stance:t", ("g",))], scored, seed=0)
    >>> table.loc[0, "answer"], table.loc[0, "reason"]
    ('not measurable', 'no post of this group mentions the target')
    """
    prepared = prepared_mentions(scored)
    drawn: dict[str, Any] = {"seed": seed, "interval": interval}
    rows = [_answer(question, prepared, drawn, min_cell) for question in questions]
    return QUESTIONS.conform(pd.DataFrame(rows)) if rows else QUESTIONS.empty()


def judge(low: float, high: float, question: Asked) -> str:
    """Compare an interval with what was expected.

    Parameters
    ----------
    low, high : float
        The 95 % interval.
    question : Asked
        The question.

    Returns
    -------
    str
        ``supported``, ``contradicted`` or ``undecided``.

    Examples
    --------
    >>> judge(0.1, 0.3, Asked("H", "?", "stance:t", ("g",)))
    'supported'
    >>> judge(-0.02, 0.03, Asked("H", "?", "stance:t", ("g",), equivalence=0.05))
    'contradicted'
    >>> judge(-0.2, 0.1, Asked("H", "?", "stance:t", ("g",)))
    'undecided'
    """
    margin = question.equivalence
    if margin is not None and question.bound - margin < low and high < question.bound + margin:
        return "contradicted"
    above, below = low > question.bound, high < question.bound
    if above or below:
        return "supported" if above == (question.direction == ">") else "contradicted"
    return "undecided"


def adjust_answers(answers: pd.DataFrame, adjustment: Adjustment = "Holm") -> pd.DataFrame:
    """Adjust the answers for being many: the questions of a study are one family of tests.

    Parameters
    ----------
    answers : DataFrame
        :data:`discourse.tables.QUESTIONS`; each with the bound in ``expect`` and its 95 % interval.
    adjustment : {"Holm", "Benjamini-Hochberg"}
        As in :func:`discourse.compare.families.adjust_family`.

    Returns
    -------
    DataFrame
        A copy with ``p`` (of the figure being the bound, two-sided) and ``p_adjusted``; NA without a figure.

    Notes
    -----
    p is read off the interval, so that it is below .05 where the interval excludes the bound, and nowhere
    else, whatever the interval was made by.  The answer stays that of its own interval; an answer that does
    not hold after adjustment is marked in the report.

    Examples
    --------
    >>> rows = [{"id": "H1", "expect": "> 0", "estimate": 0.2, "low": 0.1, "high": 0.3}]
    >>> adjust_answers(pd.DataFrame(rows))["p_adjusted"].round(5).tolist()
    [9e-05]
    """
    half = (answers["high"] - answers["low"]).to_numpy(dtype=np.float64) / 2
    bound = answers["expect"].astype("str").str.strip().str[1:].astype("float64").to_numpy()
    away = np.abs(answers["estimate"].to_numpy(dtype=np.float64) - bound)
    known = np.isfinite(away) & (half > 0)
    z = np.divide(away, half, out=np.full(len(answers), np.nan), where=known) * ndtri(0.975)
    out = adjust_family(answers.assign(family="questions", p=2 * ndtr(-z)), adjustment)
    return out.drop(columns="family")


def _answer(
    question: Asked, prepared: pd.DataFrame, drawn: Mapping[str, Any], min_cell: int
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": question.id,
        "text": question.text,
        "outcome": question.outcome,
        "groups": " vs ".join(question.groups),
        "expect": f"{question.direction} {question.bound:g}",
    }
    kind, _, name = question.outcome.partition(":")
    if kind not in _COLUMN:
        return row | _refuse(f"the outcome {question.outcome} is not measured by this version")
    rows, column = _rows(prepared, kind, name, question.groups)
    sides = [rows if group == "all" else rows[rows["group"] == group] for group in question.groups]
    reason = _reason(rows, sides, question, kind, name, prepared)
    counts = _counts(sides, min_cell)
    if reason is not None:
        return row | counts | _refuse(reason)
    try:
        found = _figure(rows, sides, column, question, drawn)
    except DiscourseError as error:
        return row | counts | _refuse(error.message)
    return row | counts | found | verdict(found, question)


def _rows(prepared: pd.DataFrame, kind: str, name: str, groups: Sequence[str]) -> tuple[pd.DataFrame, str]:
    """Take the posts of the groups that are asked about, with what is asked."""
    asked = [
        np.ones(len(prepared), dtype=bool) if g == "all" else equals(prepared["group"], g) for g in groups
    ]
    which = np.logical_or.reduce(asked)
    if kind == "lang":
        which &= equals(prepared["target"], prepared["target"].iloc[0]) if len(prepared) else False
        first = prepared[[column for column in CARRIED if column in prepared.columns]][which]
        return first.assign(in_language=equals(first["lang"], name).astype("float64")), _COLUMN[kind]
    rows = measured(
        prepared, which & equals(prepared["target"], name), _MEASURE.get(kind, kind), name=_COLUMN[kind]
    )
    return rows, _COLUMN[kind]


def _reason(
    rows: pd.DataFrame,
    sides: list[pd.DataFrame],
    question: Asked,
    kind: str,
    name: str,
    prepared: pd.DataFrame,
) -> str | None:
    if kind != "lang" and not (prepared["target"] == name).any():
        return f"the study has no target {name!r}"
    for group in question.groups:
        if group != "all" and not (prepared["group"] == group).any():
            return f"no collected author belongs to the group {group!r}"
    for side in sides:
        if kind == "coverage" and not (side["mention"] == 1.0).any():
            return "no post of this group mentions the target"
        if (reason := too_small(side)) is not None:
            return reason
    if len(sides) == 2 and kind not in ("lang", "coverage"):
        trait = confounded_with(rows, (question.groups[0], question.groups[1]))
        if trait is not None:
            return f"the groups differ in {trait}, and nobody has checked the instrument in both"
    return None


def _figure(
    rows: pd.DataFrame, sides: list[pd.DataFrame], column: str, question: Asked, drawn: Mapping[str, Any]
) -> dict[str, float]:
    if len(sides) == 1:
        found = group_estimate(sides[0], column, cluster=CLUSTER, **drawn).iloc[0]
    else:
        pair = (question.groups[0], question.groups[1])
        found = contrast(rows, outcome=column, group="group", groups=pair, cluster=CLUSTER, **drawn).iloc[0]
    return {name: float(found[name]) for name in ("estimate", "low", "high")}


def verdict(found: Mapping[str, float], question: Asked) -> dict[str, str]:
    """Answer a question by its interval, and say in words why.

    Parameters
    ----------
    found : mapping
        ``estimate``, ``low``, ``high`` of the 95 % interval.
    question : Asked
        The question.

    Returns
    -------
    dict
        ``answer``, as :func:`judge` gives it, and ``reason``.

    Examples
    --------
    >>> verdict({"estimate": 0.2, "low": 0.1, "high": 0.3}, Asked("H", "?", "stance:t", ("g",)))["reason"]
    'the 95 % interval lies wholly on the side stated beforehand'
    """
    answer = judge(found["low"], found["high"], question)
    place = {
        "supported": "lies wholly on the side stated beforehand",
        "contradicted": "lies wholly on the other side of what was stated",
        "undecided": f"includes {question.bound:g}",
    }[answer]
    if answer == "contradicted" and question.equivalence is not None:
        inside = abs(found["estimate"] - question.bound) < question.equivalence
        place = f"lies within ±{question.equivalence:g} of {question.bound:g}" if inside else place
    return {"answer": answer, "reason": f"the 95 % interval {place}"}


def _refuse(reason: str) -> dict[str, Any]:
    blank = dict.fromkeys(("estimate", "low", "high"), float("nan"))
    return blank | {"answer": "not measurable", "reason": reason}


def _counts(sides: Sequence[pd.DataFrame], min_cell: int) -> dict[str, Any]:
    """Count what stands behind an answer; nothing where one side is small, for the other is printed too."""
    read = [side[["author", "thread_id"]] for side in sides]
    rows = pd.concat(read) if len(read) > 1 else read[0]
    counts = {
        "n": len(rows),
        "n_authors": n_distinct(rows["author"]),
        "n_threads": n_distinct(rows["thread_id"]),
    }
    small = any(0 < n_distinct(side["author"]) < min_cell for side in sides)
    return dict.fromkeys(counts, pd.NA) if small else counts
