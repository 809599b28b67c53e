"""What was collected, and what became of it: the description of the corpus and the flow of its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.compare.cells import hidden_cells
from discourse.compare.confounding import language_classes
from discourse.compare.mentions import Which, equals, n_distinct
from discourse.errors import ParameterError
from discourse.room import parts
from discourse.tables import CORPUS_DESCRIPTION, FLOW

_FIGURES = [name for name in CORPUS_DESCRIPTION.names if name != "group"]
_NEEDED = ("group", "author", "thread_id", "kind", "text", "lang", "ip_location", "created_at")


def describe_corpus(
    frame: pd.DataFrame, groups: Sequence[str] | None = None, *, min_cell: int = 10
) -> pd.DataFrame:
    """Describe what was collected, for everybody and for each group.

    Parameters
    ----------
    frame : DataFrame
        One row a post: ``group``, ``author``, ``thread_id``, ``kind``, ``text``, ``lang``, ``ip_location``,
        ``created_at``.  ``length``, the characters of the text, may stand for ``text``.
    groups : sequence of str, optional
        Groups in the order of the table; those that occur, in alphabetical order and ``unassigned`` last, by
        default.  A group without a post has its row too.
    min_cell : int, default 10
        Rows with fewer authors are hidden, with one more where the total would give a lone one away.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.CORPUS_DESCRIPTION`: first ``all``, then the groups.  Shares are of all posts
        of the row; a mixed post counts as mixed only.  In hidden rows every figure is NA.

    Raises
    ------
    ParameterError
        If a column is missing.

    Notes
    -----
    Artefact P1 of a comparative report.  The length is that of ``text`` after masking.  A post without an
    author counts as a post and not as an author.

    Examples
    --------
    >>> posts = pd.DataFrame({"group": "hosts", "author": ["a", "b"], "thread_id": ["1", "1"],
    ...     "kind": ["post", "reply"], "text": ["你好", "hi there"], "lang": ["zh-Hans", "en"],
    ...     "ip_location": ["CN-GD", None], "created_at": pd.to_datetime(["2025-01-13"] * 2, utc=True)})
    >>> describe_corpus(posts, min_cell=1)[["group", "n_posts", "n_comments", "median_length", "share_ip"]]
       group  n_posts  n_comments  median_length  share_ip
    0    all        1           1            5.0       0.5
    1  hosts        1           1            5.0       0.5
    """
    missing = [name for name in _NEEDED if name not in frame.columns]
    if "length" in frame.columns:  # the characters of texts that are not at hand
        missing = [name for name in missing if name != "text"]
    if missing:
        raise ParameterError(f"the posts lack {', '.join(missing)}", expected=", ".join(_NEEDED))
    names = list(groups) if groups is not None else group_order(frame["group"])
    length = frame["length"] if "length" in frame.columns else frame["text"].str.len()
    frame = frame[[name for name in _NEEDED if name != "text"]].assign(length=length)
    frame["lang"] = language_classes(frame["lang"]).array
    rows = [_describe("all", frame, np.ones(len(frame), dtype=bool))]
    rows += [_describe(name, frame, equals(frame["group"], name)) for name in names]
    dates = {name: pd.to_datetime([row[name] for row in rows], utc=True) for name in ("first", "last")}
    table = CORPUS_DESCRIPTION.conform(pd.DataFrame(rows).assign(**dates))
    hidden = hidden_cells(table["n_authors"].iloc[1:], min_cell, names=names)
    alone = hidden_cells(table["n_authors"].iloc[:1], min_cell)
    for column in _FIGURES:
        table[column] = table[column].mask(pd.Series([*alone, *hidden], index=table.index))
    return table


def group_order(groups: pd.Series) -> list[str]:
    """Order the groups that occur: alphabetically, ``unassigned`` last.

    Parameters
    ----------
    groups : Series of str
        Group of each post.

    Returns
    -------
    list of str
        Each group once.

    Examples
    --------
    >>> group_order(pd.Series(["unassigned", "hosts", "visitors", "hosts"]))
    ['hosts', 'visitors', 'unassigned']
    """
    return sorted((str(g) for g in groups.dropna().unique()), key=lambda g: (g == "unassigned", g))


def _describe(group: str, posts: pd.DataFrame, which: Which) -> dict[str, Any]:
    """Describe some posts without a copy of them."""
    n, opening = int(np.count_nonzero(which)), equals(posts["kind"], "post")
    n_posts = int(np.count_nonzero(which & opening))
    return {
        "group": group,
        "n_posts": n_posts,
        "n_comments": n - n_posts,
        "n_authors": n_distinct(posts["author"], which),
        "n_threads": n_distinct(posts["thread_id"], which),
        "median_length": _median(posts["length"], which),
        **{f"share_{name}": _share(which & equals(posts["lang"], name), n) for name in ("zh", "en", "mixed")},
        "share_ip": _share(which & posts["ip_location"].notna().to_numpy(dtype=bool), n),
        **_first_and_last(posts["created_at"], which),
    }


def _share(found: Which, n: int) -> float:
    return np.count_nonzero(found) / n if n else float("nan")


def _median(lengths: pd.Series, which: Which) -> float:
    """Give the median of whole numbers by counting how often each is there; NaN where none is."""
    counts = np.zeros(1, dtype=np.int64)
    for rows in parts(len(lengths)):
        part = lengths.iloc[rows].to_numpy(dtype=np.float64, na_value=np.nan)[which[rows]]
        found = np.bincount(part[~np.isnan(part)].astype(np.int64), minlength=len(counts))
        found[: len(counts)] += counts
        counts = found
    up_to = np.cumsum(counts)
    n = int(up_to[-1])
    low, high = np.searchsorted(up_to, [(n - 1) // 2, n // 2], side="right")
    return float(low + high) / 2.0 if n else float("nan")


def _first_and_last(moments: pd.Series, which: Which) -> dict[str, Any]:
    first: Any = pd.NaT
    last: Any = pd.NaT
    for rows in parts(len(moments)):
        known = moments.iloc[rows][which[rows]].dropna()
        if len(known):
            first = known.min() if first is pd.NaT else min(first, known.min())
            last = known.max() if last is pd.NaT else max(last, known.max())
    return {"first": first, "last": last}


def flow(
    counts: Mapping[str, Any],
    left_out: Mapping[str, int] | None = None,
    notes: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Lay out the way from records read to posts analysed, and insist that it adds up.

    Parameters
    ----------
    counts : mapping
        ``read``, ``kept``, ``duplicates``, ``rejected`` and, where people were removed, ``forgotten``, as
        :attr:`discourse.corpus.corpus.Corpus.counts`.
    left_out : mapping of str to int, optional
        What the study then left out of the kept posts, step by step: name of the step to number of posts.
    notes : mapping of str to str, optional
        Why, by name of the step; the usual steps have their words.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.FLOW`: read, rejected, duplicates, kept, what was left out, analysed.

    Raises
    ------
    ParameterError
        If a count is missing or negative, or read is not kept + duplicates + rejected, or more posts are left
        out than were kept.

    Examples
    --------
    >>> flow({"read": 10, "kept": 7, "duplicates": 2, "rejected": 1}, {"exact duplicates": 3})[["step", "n"]]
                   step   n
    0              read  10
    1          rejected   1
    2        duplicates   2
    3              kept   7
    4  exact duplicates   3
    5          analysed   4
    """
    names = ["read", "rejected", "duplicates", *(["forgotten"] if counts.get("forgotten") else []), "kept"]
    steps = {name: _count(counts, name) for name in names}
    if 2 * steps["read"] != sum(steps.values()):
        raise ParameterError(
            "the counts do not add up: " + ", ".join(f"{k} {v}" for k, v in steps.items()),
            expected="read = kept + duplicates + rejected (+ forgotten, where people were removed)",
        )
    left = {name: _count(left_out or {}, name) for name in left_out or {}}
    analysed = steps["kept"] - sum(left.values())
    if analysed < 0:
        raise ParameterError(f"{sum(left.values())} posts are left out of {steps['kept']} that were kept")
    words = {**_NOTES, **(notes or {})}
    rows = [
        {"step": name, "n": n, "note": words.get(name, "left out by the study")}
        for name, n in {**steps, **left, "analysed": analysed}.items()
    ]
    return FLOW.conform(pd.DataFrame(rows))


_NOTES = {
    "read": "records found in the exports",
    "rejected": "could not be read; each stands in rejects.csv with its reason",
    "duplicates": "the same id was collected before",
    "forgotten": "by people who were removed from the corpus",
    "kept": "posts in the corpus",
    "analysed": "posts behind the figures",
}


def _count(counts: Mapping[str, Any], name: str) -> int:
    value = counts.get(name)
    if value is None or int(value) != value or value < 0:
        raise ParameterError(f"the count {name!r} is {value!r}", expected="a whole number, 0 or more")
    return int(value)
