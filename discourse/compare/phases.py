"""Phases: spans of time in the study's zone, what was written in each, and how one differs from the last.

Events that lie days apart cannot be told apart by what followed them.  They cut time into phases, and a
phase is described; nothing here says what brought a difference about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from discourse.compare.contrasts import contrast, group_estimate
from discourse.compare.description import group_order
from discourse.compare.samples import by_post_id, in_text_order
from discourse.compare.sentiment import CLUSTER, MIN_AUTHORS, MIN_THREADS, adjust, small_outcomes, too_small
from discourse.compare.spans import Phase, assign_phases
from discourse.compare.suppression import hide_cells
from discourse.compare.suppression import hide_sides as sides_hidden
from discourse.compare.trend import local_day
from discourse.errors import DiscourseError, NotMeasurable
from discourse.tables import PHASE_CHANGES, PHASES

_READ = ("post_id", "group", "target", "label", "score", "mention_kind")
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
        of_phase = posts[posts["phase"] == phase.name]
        if of_phase.empty:
            continue
        head = {"phase": phase.name, "first": of_phase["day"].min(), "last": of_phase["day"].max()}
        rows += [head | {"level": level} | row for row in _volume(of_phase, names)]
        rows += [head | {"level": level} | row for row in _stance(of_phase, names, instrument, level)]
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
    for target, of_target in _outcomes(posts).groupby("target", sort=False):
        for name in names:
            about = of_target[of_target["about"] & (of_target["group"] == name)]
            for earlier, later in pairwise(phase.name for phase in phases):
                for measure in COMPARED:
                    key = {"target": str(target), "group": name, "measure": measure, "level": level}
                    key["instrument"] = instrument if isinstance(instrument, str) else instrument[str(target)]
                    rows.append(key | _compare(about, measure, (later, earlier), str(target), level, seed))
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
    """Keep what is read, in forms that are cheap to slice: each cell copies every column that is here."""
    posts = frame[list(_READ)].assign(
        phase=assign_phases(frame["created_at"], phases).astype("category"),
        day=in_text_order(local_day(frame["created_at"], timezone)),
        author=in_text_order(frame["author"]),
        thread_id=in_text_order(frame["thread_id"]),
    )
    return by_post_id(posts[posts["phase"].notna()])


def _outcomes(posts: pd.DataFrame) -> pd.DataFrame:
    return small_outcomes(posts).drop(columns=["post_id", "day", "label", "score", "mention_kind"])


def _cells(posts: pd.DataFrame, names: Sequence[str]) -> Iterator[tuple[str, pd.DataFrame]]:
    for name in names:
        yield name, posts if name == "all" else posts[posts["group"] == name]


def _counted(posts: pd.DataFrame) -> dict[str, Any]:
    return {
        "n": len(posts),
        "n_authors": posts["author"].nunique(),
        "n_threads": posts["thread_id"].nunique(),
    }


def _volume(posts: pd.DataFrame, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    once = posts.drop_duplicates("post_id")
    for name, part in _cells(once, names):
        blank = {"low": float("nan"), "high": float("nan"), "method": "counted", "reason": pd.NA}
        head = {"target": pd.NA, "group": name, "measure": "posts", "instrument": pd.NA}
        yield head | blank | {"estimate": float(len(part))} | _counted(part)


def _stance(
    posts: pd.DataFrame, names: Sequence[str], instrument: str | Mapping[str, str], level: float
) -> Iterator[dict[str, Any]]:
    for target, of_target in _outcomes(posts).groupby("target", sort=False):
        used = instrument if isinstance(instrument, str) else instrument[str(target)]
        for name, part in _cells(of_target, names):
            about = part[part["about"]]
            for measure in MEASURES:
                rows, column = (part, "mention") if measure == "coverage" else (about, measure)
                key = {"target": str(target), "group": name, "measure": measure, "instrument": used}
                yield key | _estimate(rows[rows[column].notna()], column, level)


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
    about: pd.DataFrame, measure: str, pair: tuple[str, str], target: str, level: float, seed: int
) -> dict[str, Any]:
    rows = about[about[measure].notna() & about["phase"].isin(pair)]
    sides = [rows[rows["phase"] == name] for name in pair]
    row: dict[str, Any] = {
        "phase_a": pair[0],
        "phase_b": pair[1],
        "family": f"phases, stance toward {target}",
    }
    for letter, side in zip("ab", sides, strict=True):
        row |= {
            f"n_{letter}": len(side),
            f"authors_{letter}": side["author"].nunique(),
            f"threads_{letter}": side["thread_id"].nunique(),
        }
    figures = dict.fromkeys((*_FIGURES, "effect", "p", "p_adjusted"), float("nan")) | {"method": pd.NA}
    reason = _refusal(sides, pair)
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


def _refusal(sides: Sequence[pd.DataFrame], pair: tuple[str, str]) -> str | None:
    for minimum, column, word in ((MIN_AUTHORS, "author", "authors"), (MIN_THREADS, "thread_id", "threads")):
        small = [name for name, side in zip(pair, sides, strict=True) if side[column].nunique() < minimum]
        if small:
            return f"fewer than {minimum} {word} in {' and '.join(small)}"
    return None
