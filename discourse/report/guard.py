"""No cell below the minimum size is printed.

The study says how many authors a cell needs.  What stands for fewer loses its figures here, whatever the
steps before have done: the count of authors becomes NA, which tables print as "<10".
"""

from __future__ import annotations

import pandas as pd

from discourse.errors import ParameterError
from discourse.report.findings import Findings

DEFAULT_MIN_CELL = 10
#: Which columns count the posts and people of the group that another column names.
_COUNTS = {
    "group": ("n", "n_authors", "n_threads", "n_posts", "n_comments", "n_coded", "n_answered", "dropped"),
    "group_a": ("n_a", "authors_a", "threads_a"),
    "group_b": ("n_b", "authors_b", "threads_b"),
    "level_of": ("n", "n_authors", "n_threads", "n_coded"),  # a group as a regressor
}
_KEPT = {"reason", "method", "instrument", "level", "topic"}


def guarded(findings: Findings) -> Findings:
    """Hide every cell with fewer authors than the study allows.

    Parameters
    ----------
    findings : Findings
        What is to be printed.

    Returns
    -------
    Findings
        A copy in which small cells have no figures.  Where a single group is hidden, the author count of
        all groups together is hidden too, for it would give the other away.

    Raises
    ------
    ParameterError
        If ``min_cell`` of the study is not a whole number of at least 1.
    """
    least = minimum_cell(findings)
    tables = {name: _guard(name, frame, least) for name, frame in findings.tables.items()}
    described = tables["corpus_description"]
    hidden = set(described.loc[described["n_authors"].isna(), "group"].astype("str")) - {"all"}
    if hidden:
        tables = {name: _without_counts(frame, hidden) for name, frame in tables.items()}
    return Findings(tables, findings.study, findings.provenance)


def _without_counts(frame: pd.DataFrame, groups: set[str]) -> pd.DataFrame:
    """Hide the counts of groups of which the description of the corpus prints none, in every other table too.

    One of them is too small, the other would give it away: all posts less those of the groups that are shown.
    Estimates stay; from a share nobody can subtract.
    """
    for column, counts in _COUNTS.items():
        if column not in frame.columns or not len(frame):
            continue
        rows = frame[column].astype("str").isin(groups)
        if not rows.any():
            continue
        frame = frame.copy()
        for name in counts:
            if name in frame.columns:
                frame[name] = frame[name].mask(rows)
        if "measure" in frame.columns and "estimate" in frame.columns:
            frame["estimate"] = frame["estimate"].mask(rows & frame["measure"].eq("posts").fillna(False))
    return frame


def hidden_rows(before: Findings, after: Findings) -> int:
    """Count the rows that lost figures, or were left out, between two states of the findings.

    Examples
    --------
    >>> empty = Findings({}, {})
    >>> hidden_rows(empty, guarded(empty))
    0
    """
    return sum(_lost(frame, after.tables[name]) for name, frame in before.tables.items())


def _lost(before: pd.DataFrame, after: pd.DataFrame) -> int:
    if len(before) != len(after):
        return len(before) - len(after)
    return int((before.notna().sum(axis=1) > after.notna().sum(axis=1)).sum())


def minimum_cell(findings: Findings) -> int:
    """Read the minimum cell of the study, in authors.

    Examples
    --------
    >>> minimum_cell(Findings({}, {"min_cell": 7}))
    7
    """
    least = findings.setting("min_cell")
    least = DEFAULT_MIN_CELL if least is None else least
    if isinstance(least, bool) or not isinstance(least, int) or least < 1:
        raise ParameterError(f"min_cell is {least!r}", expected="a whole number of authors, at least 1")
    return least


def _guard(name: str, frame: pd.DataFrame, least: int) -> pd.DataFrame:
    if frame.empty:
        return frame
    if name == "keyness":
        return _guard_keyness(frame, least)
    if {"authors_a", "authors_b"} <= set(frame.columns):
        return _hide(frame, _small(frame["authors_a"], least) | _small(frame["authors_b"], least), least)
    if "n_authors" not in frame.columns:
        return frame
    small = _small(frame["n_authors"], least)
    hidden = _hide(frame, small, least)
    return _hide_total(hidden, small) if name == "corpus_description" else hidden


def _small(authors: pd.Series[int], least: int) -> pd.Series[bool]:
    """Mark cells of one to ``least - 1`` authors; a cell with nobody in it gives nobody away."""
    return ((authors > 0) & (authors < least)).fillna(False).astype(bool)


def _hide(frame: pd.DataFrame, small: pd.Series[bool], least: int) -> pd.DataFrame:
    if not small.any():
        return frame
    frame = frame.copy()
    for name in frame.columns:
        if name not in _KEPT and str(frame[name].dtype) in ("float64", "Int64", "datetime64[us, UTC]"):
            frame[name] = frame[name].mask(small)
    if "reason" in frame.columns:
        frame["reason"] = frame["reason"].mask(small, f"fewer than {least} authors")
    return frame


def _hide_total(frame: pd.DataFrame, small: pd.Series[bool]) -> pd.DataFrame:
    if int(small.sum()) != 1:
        return frame
    everybody = frame["group"] == "all"
    for name in ("n_authors", "n_posts", "n_comments", "n_threads"):
        frame[name] = frame[name].mask(everybody)
    return frame


def _guard_keyness(frame: pd.DataFrame, least: int) -> pd.DataFrame:
    known = frame["authors_a"].notna() | frame["authors_b"].notna()
    users = frame["authors_a"].fillna(0) + frame["authors_b"].fillna(0)
    frame = frame[(users >= least) | ~known].reset_index(drop=True)
    for side in ("a", "b"):
        small = _small(frame[f"authors_{side}"], least)
        for name in (f"n_{side}", f"authors_{side}"):
            frame[name] = frame[name].mask(small)
    # of a word with both sides hidden nothing is left to print
    nothing = frame["n_a"].isna() & frame["n_b"].isna()
    return frame[~nothing].reset_index(drop=True)
