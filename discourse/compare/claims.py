"""Questions on frames, topics, emotions, places, contact, columns and return, answered like the others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from discourse.compare.cohorts import author_returns
from discourse.compare.confounding import confounded_with
from discourse.compare.contrasts import contrast, group_estimate
from discourse.compare.questions import Asked, verdict
from discourse.compare.rules import docvar_text
from discourse.compare.sentiment import CLUSTER, too_small
from discourse.compare.signals import contact_given, docvar_values
from discourse.errors import DiscourseError
from discourse.tables import QUESTIONS

#: What can be asked beside stance and language, by the beginning of the outcome.
CLAIM_KINDS = ("frame", "topic", "emotion", "place", "contact", "docvar", "return")
#: Of them, those that an instrument labels: groups that write other languages are not compared by it alone.
LABELLED = ("frame", "topic", "emotion")
_BLANK = dict.fromkeys(("estimate", "low", "high"), float("nan"))


@dataclass(frozen=True)
class ClaimData:
    """What claims are judged by.

    Parameters
    ----------
    posts : DataFrame
        All posts analysed: ``post_id``, ``author``, ``thread_id``, ``group``, ``lang``, ``created_at``,
        ``ip_location``, ``docvars``, ``flags``, ``text``.
    codes : DataFrame
        One boolean column a frame, with ``post_id``; NA where a post was not coded.
    timezone : str
        Zone in which days are counted.
    topics : DataFrame
        ``post_id`` and the share of each topic in a post, in columns named by the number of the topic; NaN
        where no content word is known.  Posts that topics were learned from, where the study splits authors,
        are left out.
    labels : mapping of str to str
        Number of a topic to its label.
    emotions : mapping of str to DataFrame
        Target to ``post_id`` and one boolean column an emotion, NA where the post does not mention it; the
        first target is the one that a question means which names none.
    """

    posts: pd.DataFrame
    codes: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"post_id": []}))
    timezone: str = "UTC"
    topics: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"post_id": []}))
    labels: Mapping[str, str] = field(default_factory=dict)
    emotions: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def answer_claims(
    questions: Sequence[Asked], data: ClaimData, *, seed: int = 0, min_cell: int = 10
) -> pd.DataFrame:
    """Answer questions about frames, topics, emotions, places, contact details, columns, and return.

    Parameters
    ----------
    questions : sequence of Asked
        Outcomes ``frame:NAME`` (share of posts), ``topic:NUMBER`` or ``topic:WORD`` of its label (mean share
        of the topic in posts), ``emotion:NAME`` or ``emotion:NAME:TARGET`` (share of the posts that mention
        the target), ``docvar:NAME=VALUE`` (share of posts), ``place:CODE`` and ``contact:any`` (share of
        authors), ``return:DAYS`` (share of authors who wrote again).  With an event, the figure is that
        before the event minus that after it.
    data : ClaimData
        What they are judged by.
    seed : int
        Seed of what is drawn at random.
    min_cell : int
        Fewer authors than this are no evidence that something occurs, and no count is printed for them.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.QUESTIONS`, one row a question, in order.

    Notes
    -----
    *Supported*, *contradicted* and *undecided* as in :func:`discourse.compare.questions.answer_questions`.
    *Not measurable* is a claim that something occurs (``>``) of which fewer than `min_cell` authors give any
    sign, a column or frame that the posts do not have, and ``return`` below a bound: who was not collected
    again may still be there.  Shares of authors have intervals over authors, clustered by the thread in which
    they first wrote; shares of posts by author and thread.

    Examples
    --------
    >>> posts = pd.DataFrame({"post_id": ["1"], "author": "a", "thread_id": "1", "group": "g", "lang": "en"})
    >>> asked = Asked("C1", "?", "docvar:verified=true", ("g",))
    >>> answer_claims([asked], ClaimData(posts)).loc[0, ["answer", "reason"]].tolist()
    ['not measurable', "no post has the column 'verified'"]
    """
    rows = [_answer(question, data, {"seed": seed}, min_cell) for question in questions]
    return QUESTIONS.conform(pd.DataFrame(rows)) if rows else QUESTIONS.empty()


def _answer(question: Asked, data: ClaimData, drawn: Mapping[str, Any], min_cell: int) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": question.id,
        "text": question.text,
        "outcome": question.outcome + (f" | {question.event}" if question.event else ""),
        "groups": " vs ".join(question.groups),
        "expect": f"{question.direction} {question.bound:g}",
    }
    kind, _, name = question.outcome.partition(":")
    found = _held(kind, name, data)
    if isinstance(found, str):
        return row | _refuse(found)
    rows = found[found["held"].notna()]
    sides, reason = _sides(rows, question)
    counts = _counts(pd.concat(sides), min_cell)
    reason = reason or _reason(rows, sides, question, kind, min_cell)
    if reason is not None:
        return row | counts | _refuse(reason)
    try:
        figures = _figure(sides, drawn)
    except DiscourseError as error:
        return row | counts | _refuse(error.message)
    return row | counts | figures | verdict(figures, question)


def _held(kind: str, name: str, data: ClaimData) -> pd.DataFrame | str:
    """Lay out what is counted: one row a post or an author with ``held`` 1, 0 or unknown; or why not."""
    posts = data.posts
    if kind in LABELLED:
        return _labelled(kind, name, data)
    if kind == "docvar":
        column, _, value = name.partition("=")
        values = docvar_values(posts, column)
        if values.isna().all():
            return f"no post has the column {column!r}"
        return posts.assign(held=values.eq(docvar_text(value)).astype("float64").mask(values.isna()))
    if kind == "contact":
        return _by_author(posts, contact_given(posts).astype("float64"), once=True)
    if kind == "place":
        if "ip_location" not in posts or posts["ip_location"].isna().all():
            return "no post has a place"
        place = posts["ip_location"].astype("object")
        start = name.removesuffix("*")
        there = place.astype("str").str.startswith(start) if name.endswith("*") else place.eq(name)
        return _by_author(posts, there.astype("float64").mask(place.isna()))
    returned = author_returns(posts, data.timezone, days=int(name))
    written = returned["author"].map(posts.groupby("author").size())
    return returned.assign(held=returned["returned"], lang="none", posts=written)


def _labelled(kind: str, name: str, data: ClaimData) -> pd.DataFrame | str:
    """Lay out what a lexicon or a topic model says of each post; what it is silent on is unknown."""
    if kind == "frame":
        table, column, missing = data.codes, name, f"the study declares no frame {name!r}"
    elif kind == "emotion":
        emotion, _, target = name.partition(":")
        target = target or next(iter(data.emotions), "")
        table, column = data.emotions.get(target, data.codes[["post_id"]]), emotion
        missing = f"the study asks for no emotion {name!r}"
    else:
        found = topic_named(name, data)
        if len(found) > 1:
            return f"several topics bear the name {name!r}: {', '.join(found)}"
        table, column = data.topics, found[0] if found else ""
        missing = f"no topic bears the name {name!r}"
    if column not in table.columns or column == "post_id":
        return missing
    value = table.drop_duplicates("post_id").set_index("post_id")[column].astype("Float64")
    return data.posts.assign(held=data.posts["post_id"].map(value).astype("float64"))


def topic_named(name: str, data: ClaimData) -> list[str]:
    """Find topics by number, by whole label, or by one of the words of a label.

    Parameters
    ----------
    name : str
        What the question says.
    data : ClaimData
        Its labels.

    Returns
    -------
    list of str
        Numbers of the topics; a whole label goes before words.

    Examples
    --------
    >>> data = ClaimData(pd.DataFrame(), labels={"0": "猫税, 猫 / cat, tax", "1": "饺子 / rice"})
    >>> topic_named("1", data), topic_named("cat", data), topic_named("dog", data)
    (['1'], ['0'], [])
    """
    if name in data.labels:
        return [name]
    wanted = name.casefold()
    whole = [number for number, label in data.labels.items() if label.casefold() == wanted]
    words = {n: {w.strip() for w in re.split("[,，/]", label.casefold())} for n, label in data.labels.items()}
    return whole or [number for number in data.labels if wanted in words[number]]


def _by_author(posts: pd.DataFrame, held: pd.Series, *, once: bool = False) -> pd.DataFrame:
    """Give each author the mark that most of the posts with a known one have, or that one post has."""
    order = [name for name in ("created_at", "post_id") if name in posts.columns]
    known = posts.assign(held=held)[posts["author"].notna()].sort_values(order, kind="stable")
    by_author = known.groupby("author")["held"]
    marked = by_author.max() if once else by_author.mean()
    first = known.drop_duplicates("author").drop(columns="held")
    first["posts"] = first["author"].map(by_author.size())
    share = first["author"].map(marked)
    return first.assign(held=(share > 0.5).astype("float64").mask(share.isna()))


def _sides(rows: pd.DataFrame, question: Asked) -> tuple[list[pd.DataFrame], str | None]:
    """Split rows into the one or two sides that the question compares."""
    of_groups = [rows if g == "all" else rows[rows["group"] == g] for g in question.groups]
    missing = [g for g in question.groups if g != "all" and g not in set(rows["group"])]
    reason = f"no collected author belongs to the group {missing[0]!r}" if missing else None
    if not question.event:
        return of_groups, reason
    if question.at is None:
        return of_groups, f"the study declares no event {question.event!r}"
    if len(of_groups) > 1:
        return of_groups, "before and after an event can be asked of one group"
    timed = of_groups[0][of_groups[0]["created_at"].notna()]
    before = timed["created_at"] < pd.Timestamp(question.at)
    return [timed[before], timed[~before]], reason


def _reason(
    rows: pd.DataFrame, sides: list[pd.DataFrame], question: Asked, kind: str, min_cell: int
) -> str | None:
    holders = pd.concat(sides).loc[lambda part: part["held"] == 1.0, "author"].nunique()
    # every post holds something of every topic: there, the number of authors is all that can be asked for
    if kind != "topic" and question.direction == ">" and holders < min_cell:
        return f"fewer than {min_cell} authors show any of it"
    if kind == "return" and question.direction == "<":
        return "who was not collected again may still be there"
    for side in sides:
        if (reason := too_small(side)) is not None:
            return reason
    if len(sides) == 2 and not question.event and kind in LABELLED:
        trait = confounded_with(rows, (question.groups[0], question.groups[1]))
        if trait is not None:
            return f"the groups differ in {trait}, and nobody has checked the instrument in both"
    return None


def _figure(sides: list[pd.DataFrame], drawn: Mapping[str, Any]) -> dict[str, float]:
    if len(sides) == 1:
        found = group_estimate(sides[0], "held", cluster=CLUSTER, **drawn).iloc[0]
    else:
        both = pd.concat([side.assign(side=name) for name, side in zip("ab", sides, strict=True)])
        found = contrast(
            both, outcome="held", group="side", groups=("a", "b"), cluster=CLUSTER, **drawn
        ).iloc[0]
    return {name: float(found[name]) for name in ("estimate", "low", "high")}


def _counts(rows: pd.DataFrame, min_cell: int) -> dict[str, Any]:
    counts = {
        "n": int(pd.to_numeric(rows["posts"]).sum()) if "posts" in rows.columns else len(rows),
        "n_authors": rows["author"].nunique(),
        "n_threads": rows["thread_id"].nunique(),
    }
    return dict.fromkeys(counts, pd.NA) if 0 < counts["n_authors"] < min_cell else counts


def _refuse(reason: str) -> dict[str, Any]:
    return _BLANK | {"answer": "not measurable", "reason": reason}
