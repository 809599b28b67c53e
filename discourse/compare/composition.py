"""Composition against change: whether the same authors write otherwise, or other authors write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.description import group_order
from discourse.compare.mentions import prepared_mentions, rows_with, take
from discourse.compare.samples import cluster_codes, order_of_ids
from discourse.compare.sentiment import too_small
from discourse.compare.spans import Phase, phase_categories
from discourse.errors import NotMeasurable
from discourse.stats import t_interval
from discourse.stats.clusters import dense_codes, influence_spreads
from discourse.tables import COMPOSITION

Floats = NDArray[np.float64]
#: The change, the four parts that add up to it, and what authors of both phases changed on average.
PARTS = ("change", "same authors", "activity", "arrivals", "departures", "within authors")
_METHOD = "Griliches-Regev split, cluster-robust t interval (author x thread_id)"


@dataclass(frozen=True)
class Split:
    """A change in its parts, with the influence value of each post on each part."""

    parts: dict[str, float]
    influence: Floats
    stayed: NDArray[np.bool_]


def split_change(values: Floats, later: NDArray[np.bool_], authors: NDArray[np.int64]) -> Split:
    r"""Split the difference of two means into what the same authors changed and who wrote.

    .. math:: \bar y_1 - \bar y_0 = \sum_{i \in C} \bar s_i \Delta y_i
              + \sum_{i \in C} \Delta s_i (\bar y_i - Y)
              + \sum_{i \in N} s_{i1} (y_{i1} - Y) - \sum_{i \in X} s_{i0} (y_{i0} - Y)

    with s the share of an author in the posts of a phase, y the author's mean in it, a bar over an author's
    figure its average over both phases, C the authors who wrote in both, N only in the later, X only in the
    earlier phase, and Y the average of the two means.

    Parameters
    ----------
    values : ndarray of float, shape (n,)
        One value a post.
    later : ndarray of bool, shape (n,)
        Whether the post is of the later phase.
    authors : ndarray of int, shape (n,)
        Author of each post, 0 .. number of authors - 1.

    Returns
    -------
    Split
        ``parts``: ``change`` and the four terms that add up to it, ``same authors`` (they write otherwise),
        ``activity`` (of those in both phases others write more), ``arrivals`` and ``departures``; and, no
        part of the sum, ``within authors``: how much an author of both phases changed on average (the first
        term over the weight of such authors; NaN if there is none).  ``influence``, shape (n, 6), one column
        a part, each summing to zero; ``stayed``, whether the author of a post wrote in both phases.

    Raises
    ------
    NotMeasurable
        If a phase has no post.

    Notes
    -----
    Griliches and Regev (1995) doi:10.1016/0304-4076(94)01601-U: the decomposition of Kitagawa (1955)
    doi:10.1080/01621459.1955.10501299 with categories that come and go.  The average of both phases is the
    standard, so that neither is preferred.  *Arrivals* are authors without a collected post in the phase
    before; they may have been there in silence.  If everybody changes alike, arrivals and departures take
    their share of the change, for nobody can see how those authors would have written in the other phase;
    ``within authors`` is then as large as the change itself, and near zero where only other people write.

    Examples
    --------
    >>> split = split_change(np.array([0.0, 1.0, 1.0, 1.0]), np.array([False, False, True, True]),
    ...     np.array([0, 1, 0, 1]))
    >>> split.parts["change"], split.parts["same authors"], split.parts["arrivals"]
    (0.5, 0.5, 0.0)
    """
    phase = later.astype(np.int64)
    size = int(authors.max()) + 1 if len(authors) else 0
    count = np.vstack([np.bincount(authors[phase == k], minlength=size) for k in (0, 1)]).astype(np.float64)
    n = count.sum(axis=1)
    if not n.all():
        raise NotMeasurable("a phase has no post; nothing can be compared")
    means = np.array([values[phase == k].mean() for k in (0, 1)])
    standard = float(means.mean())
    stayed = np.asarray((count > 0).all(axis=0))[authors]
    sides = _Sides(values - standard, phase, n, means - standard)
    same = _same_authors(sides, authors, count, stayed)
    parts, influence = {}, np.empty((len(values), len(PARTS)), order="F")

    def note(name: str, found: tuple[float, Floats]) -> None:
        parts[name] = found[0]
        influence[:, PARTS.index(name)] = found[1]

    note("within authors", _within(same, stayed, sides))
    note("same authors", same)
    note("activity", _less(_weighed(sides, stayed), same))
    note("arrivals", _weighed(sides, later & ~stayed))
    note("departures", _weighed(sides, ~later & ~stayed))
    change = influence[:, 1] + influence[:, 2]
    for k in (3, 4):
        change += influence[:, k]
    note("change", (float(means[1] - means[0]), change))
    return Split({name: parts[name] for name in PARTS}, influence, stayed)


@dataclass(frozen=True)
class _Sides:
    """Posts of two phases, centred at the standard: values, phase (0 or 1), sizes and means of phases."""

    values: Floats
    phase: NDArray[np.int64]
    n: Floats
    means: Floats

    @property
    def weight(self) -> Floats:
        """One over the size of the phase, negative in the earlier one."""
        return np.where(self.phase == 1, 1.0, -1.0) / self.n[self.phase]

    @property
    def drift(self) -> Floats:
        """Influence of each post on the standard, the average of both means."""
        return np.asarray(0.5 * (self.values - self.means[self.phase]) / self.n[self.phase])


def _weighed(sides: _Sides, some: NDArray[np.bool_]) -> tuple[float, Floats]:
    """Sum the values of some posts over the size of their phase; their influence, phase by phase."""
    terms = sides.weight * sides.values * some
    influence = terms.copy()
    for k in (0, 1):
        inside = sides.phase == k
        share = float(some[inside].mean()) * (1.0 if k else -1.0)
        influence[inside] -= float(terms[inside].sum()) / sides.n[k]
        influence -= share * sides.drift
    return float(terms.sum()), influence


def _same_authors(
    sides: _Sides, authors: NDArray[np.int64], count: Floats, stayed: NDArray[np.bool_]
) -> tuple[float, Floats]:
    """Sum what each author of both phases changed, weighed by the average of the two shares."""
    share = 0.5 * (count / sides.n[:, None]).sum(axis=0)
    own = np.where(stayed, share[authors] / np.maximum(count[sides.phase, authors], 1.0), 0.0)
    terms = np.where(sides.phase == 1, 1.0, -1.0) * own * sides.values
    gained = np.bincount(authors, weights=terms, minlength=count.shape[1]) / np.where(share > 0, share, 1.0)
    influence = terms.copy()
    for k in (0, 1):
        # half of the weight of an author is his or her share of this phase, whose size was drawn too
        influence[sides.phase == k] -= 0.5 * float(count[k] @ gained) / sides.n[k] ** 2
    return float(terms.sum()), influence


def _within(same: tuple[float, Floats], stayed: NDArray[np.bool_], sides: _Sides) -> tuple[float, Floats]:
    """Divide what the same authors changed by their weight, which was drawn too."""
    weight, drawn = 0.0, np.zeros_like(sides.values)
    for k in (0, 1):
        inside = sides.phase == k
        share = float(stayed[inside].mean())
        weight += 0.5 * share
        drawn[inside] = 0.5 * (stayed[inside] - share) / sides.n[k]
    if weight == 0.0:
        return float("nan"), np.zeros_like(sides.values)
    ratio = same[0] / weight
    return ratio, (same[1] - ratio * drawn) / weight


def _less(whole: tuple[float, Floats], part: tuple[float, Floats]) -> tuple[float, Floats]:
    return whole[0] - part[0], whole[1] - part[1]


def composition(
    frame: pd.DataFrame,
    phases: Sequence[Phase],
    *,
    instrument: str | Mapping[str, str],
    groups: Sequence[str] | None = None,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Split the change of mean stance from each phase to the next into its parts.

    Parameters
    ----------
    frame : DataFrame
        One row a post and target: ``post_id``, ``author``, ``thread_id``, ``group``, ``created_at``,
        ``target``, ``label``, ``score``, ``mention_kind``.
    phases : sequence of Phase
        In the order of time.
    instrument : str or mapping
        The scorer and its version; one for all targets, or target to instrument.
    groups : sequence of str, optional
        Groups beside ``all``; those that occur, without the unassigned, by default.
    min_cell : int, default 10
        Where fewer authors wrote in both phases, or only in one, no part is printed.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.COMPOSITION`, six rows a change; see :func:`split_change`.

    Notes
    -----
    Intervals are clustered by author and thread (:func:`discourse.stats.influence_variance`).  A change that
    cannot honestly be given has its reason: under 100 authors or 20 threads in a phase.

    Examples
    --------
    >>> scored = pd.DataFrame({"post_id": ["1"], "author": ["a"], "thread_id": ["1"], "group": "g",
    ...     "created_at": pd.to_datetime(["2025-01-13"], utc=True), "target": "t", "label": "neutral",
    ...     "score": 0.0, "mention_kind": "named"})
    >>> composition(scored, [Phase("whole")], instrument="lexicon").shape[0]
    0
    """
    phase = phase_categories(frame["created_at"], phases)
    posts = _prepared(frame, phase)
    if posts.empty:
        return COMPOSITION.empty()
    if groups is None:
        groups = [g for g in group_order(frame["group"][phase.codes >= 0]) if g != "unassigned"]
    names = list(groups)
    pairs = list(pairwise(phase.name for phase in phases))
    rows = [
        {"target": target, "group": name, "instrument": _of(instrument, target), "level": level} | row
        for target, name, part in _cells(posts, ["all", *names])
        for earlier, later in pairs
        for row in _rows(part, earlier, later, min_cell, level)
    ]
    return COMPOSITION.conform(pd.DataFrame(rows)) if rows else COMPOSITION.empty()


def _prepared(frame: pd.DataFrame, phase: pd.Categorical) -> pd.DataFrame:
    """Keep the posts with a stance, in forms that are cheap to slice."""
    posts = prepared_mentions(frame)
    rows = rows_with(posts, np.asarray(phase.codes >= 0), "mean")
    rows = rows[order_of_ids(frame["post_id"].iloc[rows])]
    return take(posts, rows, "mean", more=("target",)).assign(phase=phase.take(rows))


def _of(instrument: str | Mapping[str, str], target: str) -> str:
    return instrument if isinstance(instrument, str) else instrument[target]


def _cells(posts: pd.DataFrame, names: Sequence[str]) -> Iterator[tuple[str, str, pd.DataFrame]]:
    for target, part in posts.groupby("target", sort=False):
        for name in names:
            yield str(target), name, part if name == "all" else part[part["group"] == name]


def _rows(
    part: pd.DataFrame, earlier: str, later: str, min_cell: int, level: float
) -> Iterator[dict[str, Any]]:
    both = part[part["phase"].isin((earlier, later))]
    head: dict[str, Any] = {"phase_a": later, "phase_b": earlier}
    blank = dict.fromkeys(("estimate", "low", "high", "p"), float("nan")) | {"method": pd.NA}
    counts, reason = _counts(both, earlier, later, min_cell)
    if reason is None:
        try:
            found = _estimates(both, later, level)
        except NotMeasurable as error:
            reason = error.message
    for name in PARTS:
        figures = blank | {"reason": reason} if reason is not None else found[name] | {"reason": pd.NA}
        yield head | {"part": name} | counts[name] | figures


def _counts(
    both: pd.DataFrame, earlier: str, later: str, min_cell: int
) -> tuple[dict[str, dict[str, Any]], str | None]:
    """Count posts and authors of each part; with a small part none is printed, as they add up."""
    sides = [both[both["phase"] == name] for name in (later, earlier)]
    # posts of each author in either phase; a post without a known author counts in none
    codes, is_later = cluster_codes(both["author"]), (both["phase"] == later).to_numpy(dtype=bool)
    size = int(codes.max(initial=-1)) + 1
    posts_new, posts_old = (
        np.bincount(codes[(codes >= 0) & of], minlength=size) for of in (is_later, ~is_later)
    )
    new, old = posts_new > 0, posts_old > 0
    members = {"change": new | old} | dict.fromkeys(("same authors", "activity", "within authors"), new & old)
    members |= {"arrivals": new & ~old, "departures": old & ~new}
    counts: dict[str, dict[str, Any]] = {
        name: {"n": int((posts_new + posts_old)[who].sum()), "n_authors": int(who.sum())}
        for name, who in members.items()
    }
    small = any(0 < count["n_authors"] < min_cell for count in counts.values())
    if small:
        counts = {name: {"n": pd.NA, "n_authors": pd.NA} for name in members}
        return counts, f"fewer than {min_cell} authors"
    reasons = [too_small(side) for side in sides]
    return counts, next((reason for reason in reasons if reason), None)


def _estimates(both: pd.DataFrame, later: str, level: float) -> dict[str, dict[str, Any]]:
    authors, threads = dense_codes(cluster_codes(both["author"])), cluster_codes(both["thread_id"])
    values = both["mean"].to_numpy(dtype="float64")
    split = split_change(values, (both["phase"] == later).to_numpy(dtype=bool), authors)
    moving = [k for k in range(len(PARTS)) if split.influence[:, k].any()]
    spreads = influence_spreads((split.influence[:, k] for k in moving), [authors, threads])
    of_part = dict(zip(moving, spreads, strict=True))
    out: dict[str, dict[str, Any]] = {}
    for k, name in enumerate(PARTS):
        if k not in of_part:
            none = dict.fromkeys(("low", "high", "p"), float("nan"))
            out[name] = none | {"estimate": split.parts[name], "method": _METHOD}
            continue
        spread = of_part[k]
        low, high, p = t_interval(split.parts[name], spread.variance, spread.df, level)
        out[name] = {"estimate": split.parts[name], "low": low, "high": high, "p": p, "method": _METHOD}
    return out
