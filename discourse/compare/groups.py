"""Who belongs to which group: the study's rules, author by author, first match wins."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.compare.cells import hidden_cells
from discourse.compare.lookup import rows_of
from discourse.compare.rules import UNASSIGNED, GroupRule, parse_rules
from discourse.compare.signals import author_signals, describe_signals, holds, unmet_marks
from discourse.errors import InputError, ParameterError
from discourse.tables import GROUP_SIGNALS

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus

_AT_ONCE = 100_000


def assign_groups(
    posts: pd.DataFrame | Corpus,
    rules: Iterable[GroupRule | Mapping[str, Any]],
    overrides: str | Path | Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Assign each author to a group by stated rules.

    Parameters
    ----------
    posts : DataFrame or Corpus
        Posts with ``author`` and what the rules read: ``ip_location``, ``lang``, ``text``, ``title``,
        ``flags``, ``docvars``, ``kind``, ``platform``.
    rules : iterable of GroupRule or mapping
        The rules in their order: the first that matches wins.
    overrides : path or mapping, optional
        The researcher's own word on single authors: a CSV sheet with columns ``author`` and ``group``, or a
        mapping.  Groups must be declared, or ``unassigned``.

    Returns
    -------
    DataFrame
        One row an author, sorted: ``author``, ``group`` (``unassigned`` where no rule matches), ``signals``
        (which of the signals that the rules read were present, such as ``ip=US, lang=en``).

    Raises
    ------
    StudyError
        If a rule cannot be understood.
    InputError
        If the sheet lacks a column, names an unknown group, or names an author twice.
    ParameterError
        If posts have no author column.

    Notes
    -----
    A group is a rule over several signals, not a fact: IP tags miss people abroad and behind a VPN, words
    miss those who do not use them.  Print the cross-tabulation (:func:`group_signals`) beside any result.

    Examples
    --------
    >>> posts = pd.DataFrame({"author": ["a", "b", "c"], "ip_location": ["CN-GD", "US", None]})
    >>> rules = [{"name": "hosts", "all": [{"ip": ["CN-*"]}]}, {"name": "newcomers", "all": [{"ip": ["US"]}]}]
    >>> assign_groups(posts, rules)
      author       group signals
    0      a       hosts   ip=CN
    1      b   newcomers   ip=US
    2      c  unassigned    ip=?
    """
    frame = as_frame(posts)
    parsed = parse_rules(rules)
    signals = author_signals(frame, parsed)
    described = describe_signals(signals, parsed) if len(signals.columns) else ""
    groups = pd.Series(_first_match(signals, parsed), index=signals.index, dtype="str")
    out = pd.DataFrame({"group": groups, "signals": described}, index=signals.index)
    given = read_overrides(overrides, parsed)
    there = [author for author in given if author in out.index]
    out.loc[there, "group"] = [given[author] for author in there]
    out.loc[there, "signals"] = [", ".join(filter(None, (s, "override"))) for s in out.loc[there, "signals"]]
    return out.astype("str").reset_index().astype({"author": "str"})


def as_frame(posts: pd.DataFrame | Corpus) -> pd.DataFrame:
    """Give the posts as a frame with an author column.

    Parameters
    ----------
    posts : DataFrame or Corpus
        The posts.

    Returns
    -------
    DataFrame
        The same posts.

    Raises
    ------
    ParameterError
        If there is no ``author`` column.

    Examples
    --------
    >>> as_frame(pd.DataFrame({"author": ["a"]})).shape
    (1, 1)
    """
    frame = posts if isinstance(posts, pd.DataFrame) else posts.to_pandas()
    if "author" not in frame.columns:
        raise ParameterError("the posts have no column 'author'", hint="groups are assigned per author")
    return frame


def _first_match(signals: pd.DataFrame, rules: Sequence[GroupRule]) -> list[str]:
    groups = np.full(len(signals), UNASSIGNED, dtype=object)
    for rule in reversed(rules):
        groups[_matches(rule, signals)] = rule.name
    return [str(group) for group in groups]


def _matches(rule: GroupRule, signals: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.bool_]]:
    found = {c: holds(c, signals).to_numpy(dtype=bool) for c in rule.conditions}
    matched = np.ones(len(signals), dtype=bool)
    for condition in rule.all:
        matched &= found[condition]
    for condition in rule.none:
        matched &= ~found[condition]
    if rule.any:
        matched &= np.logical_or.reduce([found[c] for c in rule.any])
    return matched


def read_overrides(
    sheet: str | Path | Mapping[str, str] | None, rules: Sequence[GroupRule]
) -> dict[str, str]:
    """Read the sheet in which a researcher puts single authors into groups.

    Parameters
    ----------
    sheet : path or mapping or None
        A UTF-8 CSV with columns ``author`` and ``group``, or the mapping itself.
    rules : sequence of GroupRule
        The declared groups.

    Returns
    -------
    dict of str to str
        Author to group.

    Raises
    ------
    InputError
        If the file cannot be read, a column is missing, a group is unknown or an author stands twice.

    Examples
    --------
    >>> read_overrides({"a": "hosts"}, parse_rules([{"name": "hosts", "all": [{"ip": "CN-*"}]}]))
    {'a': 'hosts'}
    """
    if sheet is None:
        return {}
    if isinstance(sheet, Mapping):
        rows = [(f"overrides[{author!r}]", author, group) for author, group in sheet.items()]
    else:
        rows = _sheet_rows(Path(sheet))
    names = [*(rule.name for rule in rules), UNASSIGNED]
    out: dict[str, str] = {}
    for where, author, group in rows:
        if group not in names:
            near = difflib.get_close_matches(group, names, n=1)
            hint = f"did you mean {near[0]!r}?" if near else None
            raise InputError(f"unknown group {group!r}", where=where, expected=", ".join(names), hint=hint)
        if out.get(author, group) != group:
            raise InputError(f"author {author} is put into two groups", where=where, hint="keep one line")
        out[author] = group
    return out


def _sheet_rows(path: Path) -> list[tuple[str, str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [c for c in ("author", "group") if c not in (reader.fieldnames or [])]
            if missing:
                raise InputError(
                    f"the sheet lacks the column {missing[0]!r}",
                    where=f"{path}, line 1",
                    expected="author, group",
                )
            rows = [(f"{path}, line {reader.line_num}", row["author"], row["group"]) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"the sheet of overrides cannot be read: {error}", where=str(path), expected="UTF-8 CSV"
        ) from error
    return [(where, (a or "").strip(), (g or "").strip()) for where, a, g in rows if (a or "").strip()]


def post_groups(posts: pd.DataFrame, authors: pd.DataFrame) -> pd.Series:
    """Give each post the group of its author.

    Parameters
    ----------
    posts : DataFrame
        Posts with ``author``.
    authors : DataFrame
        From :func:`assign_groups`.

    Returns
    -------
    Series of str
        One group a post, on the index of ``posts``; ``unassigned`` where the author is unknown.

    Examples
    --------
    >>> authors = pd.DataFrame({"author": ["a"], "group": ["hosts"], "signals": ["ip=CN"]})
    >>> post_groups(pd.DataFrame({"author": ["a", None]}), authors).tolist()
    ['hosts', 'unassigned']
    """
    whole: pd.Series = pd.concat(list(groups_by_part(posts, authors)))
    return whole


def groups_by_part(posts: pd.DataFrame, authors: pd.DataFrame) -> Iterator[pd.Series]:
    """Give the group of each post as :func:`post_groups` does, so many posts at a time.

    Examples
    --------
    >>> authors = pd.DataFrame({"author": ["a"], "group": ["hosts"], "signals": ["ip=CN"]})
    >>> [part.tolist() for part in groups_by_part(pd.DataFrame({"author": ["a", None]}), authors)]
    [['hosts', 'unassigned']]
    """
    at = rows_of(posts["author"], authors["author"], keep="last")
    codes, names = pd.factorize(authors["group"])
    groups = pd.array([*names, UNASSIGNED], dtype="str")
    places = np.append(codes, len(names))
    for start in range(0, max(1, len(at)), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        found = pd.api.extensions.take(groups, places[at[rows]], allow_fill=True)
        yield pd.Series(found, index=posts.index[rows], name="group")


def group_signals(authors: pd.DataFrame, min_cell: int = 10) -> pd.DataFrame:
    """Cross-tabulate the groups with the signals behind them.

    Parameters
    ----------
    authors : DataFrame
        From :func:`assign_groups`.
    min_cell : int, default 10
        Cells with fewer authors are hidden, with one more in the same group where the group's total would
        give a lone one away.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.GROUP_SIGNALS`, groups in alphabetical order, larger cells first, hidden ones
        last; ``n_authors`` NA where hidden.

    Examples
    --------
    >>> authors = pd.DataFrame({"group": "hosts", "signals": ["ip=CN"] * 3 + ["ip=?"]})
    >>> group_signals(authors, min_cell=1)
       group signals  n_authors
    0  hosts   ip=CN          3
    1  hosts    ip=?          1
    """
    counts = authors.groupby(["group", "signals"]).size().rename("n_authors").reset_index()
    if counts.empty:
        return GROUP_SIGNALS.empty()
    counts["hidden"] = False
    for _, index in counts.groupby("group").groups.items():
        counts.loc[index, "hidden"] = hidden_cells(counts.loc[index, "n_authors"], min_cell)
    counts["n_authors"] = counts["n_authors"].astype("Int64").mask(counts["hidden"])
    counts = counts.sort_values(
        ["group", "n_authors", "signals"], ascending=[True, False, True], na_position="last"
    )
    return GROUP_SIGNALS.conform(counts.drop(columns="hidden"))


def rule_warnings(
    rules: Iterable[GroupRule | Mapping[str, Any]], posts: pd.DataFrame | None = None
) -> list[str]:
    """Say what is doubtful about the rules, before results hang on it.

    Parameters
    ----------
    rules : iterable of GroupRule or mapping
        The rules.
    posts : DataFrame, optional
        The posts; with them, docvars and platforms that no post has are reported too.

    Returns
    -------
    list of str
        One sentence each: groups that are defined by words and then compared by words (circular), and
        values that occur nowhere.

    Examples
    --------
    >>> rule_warnings([{"name": "newcomers", "any": [{"phrase": ["I'm a TikTok refugee"]}]}])[0][:55]
    "Group 'newcomers' is found by what its members write: w"
    """
    parsed = parse_rules(rules)
    out = [
        f"Group {rule.name!r} is found by what its members write: words that set it apart (keyness) partly "
        "repeat its rule."
        for rule in parsed
        if "phrase" in rule.signals
    ]
    if posts is not None:
        out += [_unmet(mark) for mark in unmet_marks(posts, parsed)]
    return out


def _unmet(mark: str) -> str:
    kind, _, value = mark.partition(":")
    value = value.replace(":", " = ", 1) if kind == "docvars" else value
    return f"A group rule asks for {kind} {value!r}, which no author has."
