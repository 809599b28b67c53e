"""Phases: spans of time in the study's zone, what was written in each, and how one differs from the last.

Events that lie days apart cannot be told apart by what followed them.  They cut time into phases, and a
phase is described; nothing here says what brought a difference about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from discourse.compare.contrasts import contrast, group_estimate
from discourse.compare.description import group_order
from discourse.compare.mentions import (
    Which,
    equals,
    measured,
    n_distinct,
    prepared_mentions,
    targets_in_order,
)
from discourse.compare.samples import first_of_each
from discourse.compare.sentiment import CLUSTER, MIN_AUTHORS, MIN_THREADS, adjust, too_small
from discourse.compare.spans import Phase, phase_categories
from discourse.compare.suppression import hide_cells
from discourse.compare.suppression import hide_sides as sides_hidden
from discourse.compare.trend import days_of
from discourse.errors import DiscourseError, NotMeasurable
from discourse.tables import PHASE_CHANGES, PHASES

MEASURES = ("mean", "positive", "negative", "balance", "coverage")
COMPARED = ("mean", "positive", "negative")
_COUNTS = ("n", "n_authors", "n_threads")
_FIGURES = ("estimate", "low", "high")


def phase_table(
    frame: pd.DataFrame,
    phases: Sequence[Phase],
    timezone: str = "UTC",
    *,
    instrument: str | Mapping[str, str],
    groups: Sequence[str] | None = None,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Describe each phase: how much was written, and how the targets were spoken of.

    Parameters
    ----------
    frame : DataFrame
        One row a post and target: ``post_id``, ``author``, ``thread_id``, ``group``, ``created_at``,
        ``target``, ``label``, ``score``, ``mention_kind``.  A post without a time lies in no phase.
    phases : sequence of Phase
        In the order of time.
    timezone : str
        IANA name of the zone in which days are counted.
    instrument : str or mapping
        The scorer and its version; one for all targets, or target to instrument.
    groups : sequence of str, optional
        Groups beside ``all``; those that occur by default.
    min_cell : int, default 10
        Cells with fewer authors are hidden, with one more where the sum would give a lone one away.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.PHASES`: ``posts`` (target NA; counted, so without an interval) and, for each
        target, mean, positive, negative, balance and coverage with intervals clustered by author and thread.
        A figure that cannot honestly be given is NA with its reason: under 100 authors or 20 threads.

    Raises
    ------
    ParameterError
        If the phases are not in order or the zone is unknown.

    Notes
    -----
    Artefact P8 with phases shaded.  Feng, Dong and Lei (2025), arXiv:2510.18894, describe the same event in
    three phases.

    Examples
    --------
    >>> import datetime as dt
    >>> scored = pd.DataFrame({"post_id": ["1", "2"], "author": ["a", "b"], "thread_id": ["1", "2"],
    ...     "group": "g", "created_at": pd.to_datetime(["2025-01-13", "2025-01-20"], utc=True), "target": "t",
    ...     "label": "neutral", "score": 0.0, "mention_kind": "named"})
    >>> phases = [Phase("before"), Phase("after", dt.datetime(2025, 1, 19, tzinfo=dt.UTC))]
    >>> table = phase_table(scored, phases, instrument="lexicon", min_cell=1)
    >>> posts = table[(table["measure"] == "posts") & (table["group"] == "g")]
    >>> posts[["phase", "first", "estimate"]].values.tolist()
    [['before', '2025-01-13', 1.0], ['after', '2025-01-20', 1.0]]
    """
    posts = _prepared(frame, phases, timezone)
    if posts.empty:
        return PHASES.empty()
    names = ["all", *(groups if groups is not None else group_order(posts["group"]))]
    rows: list[dict[str, Any]] = []
    for phase in phases:
        of_phase = equals(posts["phase"], phase.name)
        if not of_phase.any():
            continue
        days = posts["day"][of_phase]
        head = {"phase": phase.name, "first": days.min(), "last": days.max()}
        rows += [head | {"level": level} | row for row in _volume(posts, of_phase, names)]
        rows += [head | {"level": level} | row for row in _stance(posts, of_phase, names, instrument, level)]
    table = PHASES.conform(pd.DataFrame(rows))
    # the groups of a phase add up to all, and the phases of a group to its whole, which other tables print
    sums = [["phase", "target", "measure"], ["group", "target", "measure"]]
    return hide_cells(table, sums, min_cell, figures=(*_FIGURES, *_COUNTS))


def phase_changes(
    frame: pd.DataFrame,
    phases: Sequence[Phase],
    timezone: str = "UTC",
    *,
    instrument: str | Mapping[str, str],
    groups: Sequence[str] | None = None,
    level: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare each phase with the one before it, within each group.

    Parameters
    ----------
    frame, phases, timezone, instrument, groups, level
        As for :func:`phase_table`; ``all`` is not compared, for who writes changes from phase to phase.
    seed : int
        Seed of what is drawn at random.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.PHASE_CHANGES`: later minus earlier, with all tests on one target as one
        family, adjusted by Holm.  Counts are not hidden yet: :func:`hide_sides` does it.

    Raises
    ------
    ParameterError
        As :func:`phase_table`.

    Notes
    -----
    :func:`discourse.contrast` between the posts of two phases.  The difference says that the posts differ,
    not that anybody changed his or her mind: see :func:`discourse.compare.composition.composition`.

    Examples
    --------
    >>> import datetime as dt
    >>> scored = pd.DataFrame({"post_id": ["1", "2"], "author": ["a", "b"], "thread_id": ["1", "2"],
    ...     "group": "g", "created_at": pd.to_datetime(["2025-01-13", "2025-01-20"], utc=True), "target": "t",
    ...     "label": "neutral", "score": 0.0, "mention_kind": "named"})
    >>> phases = [Phase("before"), Phase("after", dt.datetime(2025, 1, 19, tzinfo=dt.UTC))]
    >>> phase_changes(scored, phases, instrument="lexicon").loc[0, "reason"]
    'fewer than 100 authors in after and before'
    """
    posts = _prepared(frame, phases, timezone)
    if posts.empty:
        return PHASE_CHANGES.empty()
    names = groups if groups is not None else [g for g in group_order(posts["group"]) if g != "unassigned"]
    rows = []
    for target in targets_in_order(posts):
        for name in names:
            about = equals(posts["target"], target) & equals(posts["group"], name)
            for earlier, later in pairwise(phase.name for phase in phases):
                for measure in COMPARED:
                    key = {"target": target, "group": name, "measure": measure, "level": level}
                    key["instrument"] = instrument if isinstance(instrument, str) else instrument[target]
                    rows.append(key | _compare(posts, about, measure, (later, earlier), target, level, seed))
    if not rows:
        return PHASE_CHANGES.empty()
    return adjust(PHASE_CHANGES.conform(pd.DataFrame(rows)))


def hide_sides(changes: pd.DataFrame, described: pd.DataFrame) -> pd.DataFrame:
    """Hide the counts of a comparison that the description of its phases hides.

    Parameters
    ----------
    changes : DataFrame
        From :func:`phase_changes`.
    described : DataFrame
        From :func:`phase_table`, of the same posts.

    Returns
    -------
    DataFrame
        A copy; a side whose cell is hidden there has no counts here.

    Examples
    --------
    >>> hide_sides(PHASE_CHANGES.empty(), PHASES.empty()).shape[0]
    0
    """
    gone = described[described["n"].isna()]
    hidden = set(gone[["phase", "target", "group", "measure"]].itertuples(index=False, name=None))
    return sides_hidden(
        changes, hidden, lambda row, x: (row[f"phase_{x}"], row["target"], row["group"], row["measure"])
    )


def _prepared(frame: pd.DataFrame, phases: Sequence[Phase], timezone: str) -> pd.DataFrame:
    posts = prepared_mentions(frame, more=("post_id",))
    posts["phase"] = phase_categories(frame["created_at"], phases)
    posts["day"] = days_of(frame["created_at"], timezone)
    known = posts["phase"].notna()
    return posts if known.all() else posts[known].reset_index(drop=True)


def _cells(posts: pd.DataFrame, of: Which, names: Sequence[str]) -> Iterator[tuple[str, Which]]:
    for name in names:
        yield name, of if name == "all" else of & equals(posts["group"], name)


def _counted(posts: pd.DataFrame, inside: Any = slice(None)) -> dict[str, Any]:
    return {
        "n": len(posts) if isinstance(inside, slice) else int(inside.sum()),
        "n_authors": n_distinct(posts["author"], inside),
        "n_threads": n_distinct(posts["thread_id"], inside),
    }


def _volume(posts: pd.DataFrame, of_phase: Which, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    once = of_phase & first_of_each(posts["post_id"])  # all rows of a post lie in one phase
    for name, which in _cells(posts, once, names):
        blank = {"low": float("nan"), "high": float("nan"), "method": "counted", "reason": pd.NA}
        head = {"target": pd.NA, "group": name, "measure": "posts", "instrument": pd.NA}
        counts = _counted(posts, which)
        yield head | blank | {"estimate": float(counts["n"])} | counts


def _stance(
    posts: pd.DataFrame,
    of_phase: Which,
    names: Sequence[str],
    instrument: str | Mapping[str, str],
    level: float,
) -> Iterator[dict[str, Any]]:
    for target in targets_in_order(posts, of_phase):
        used = instrument if isinstance(instrument, str) else instrument[target]
        of_target = of_phase & equals(posts["target"], target)
        for name, which in _cells(posts, of_target, names):
            for measure in MEASURES:
                key = {"target": target, "group": name, "measure": measure, "instrument": used}
                column = "mention" if measure == "coverage" else measure
                yield key | _estimate(measured(posts, which, measure, name=column), column, level)


def _estimate(rows: pd.DataFrame, column: str, level: float) -> dict[str, Any]:
    blank = dict.fromkeys(_FIGURES, float("nan")) | {"method": pd.NA}
    counts = _counted(rows)
    reason = too_small(rows)
    if reason is not None:
        return counts | blank | {"reason": reason}
    try:
        found = group_estimate(rows, column, cluster=CLUSTER, level=level).iloc[0]
    except NotMeasurable as error:
        return counts | blank | {"reason": error.message}
    figures = {name: float(found[name]) for name in _FIGURES}
    return counts | figures | {"method": found["method"], "reason": pd.NA}


def _compare(
    posts: pd.DataFrame,
    about: Which,
    measure: str,
    pair: tuple[str, str],
    target: str,
    level: float,
    seed: int,
) -> dict[str, Any]:
    both = np.logical_or(*(equals(posts["phase"], name) for name in pair))
    rows = measured(posts, about & both, measure, more=("phase",))
    row: dict[str, Any] = {
        "phase_a": pair[0],
        "phase_b": pair[1],
        "family": f"phases, stance toward {target}",
    }
    for letter, name in zip("ab", pair, strict=True):
        counts = _counted(rows, equals(rows["phase"], name))
        row |= {f"{count.removeprefix('n_')}_{letter}": n for count, n in counts.items()}
    figures = dict.fromkeys((*_FIGURES, "effect", "p", "p_adjusted"), float("nan")) | {"method": pd.NA}
    reason = _refusal(row, pair)
    if reason is not None:
        return row | figures | {"reason": reason}
    try:
        found = contrast(
            rows, measure, group="phase", groups=pair, cluster=CLUSTER, seed=seed, level=level
        ).iloc[0]
    except DiscourseError as error:
        return row | figures | {"reason": error.message}
    known = {name: found[name] for name in (*_FIGURES, "effect", "p", "method")}
    return row | figures | known | {"reason": pd.NA}


def _refusal(counts: Mapping[str, Any], pair: tuple[str, str]) -> str | None:
    for minimum, word in ((MIN_AUTHORS, "authors"), (MIN_THREADS, "threads")):
        small = [name for name, side in zip(pair, "ab", strict=True) if counts[f"{word}_{side}"] < minimum]
        if small:
            return f"fewer than {minimum} {word} in {' and '.join(small)}"
    return None
