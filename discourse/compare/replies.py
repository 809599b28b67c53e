"""Who answers whom: mixing of groups, E-I and assortativity, against chance that keeps activity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.cells import hidden_cells
from discourse.compare.contrasts import group_estimate
from discourse.compare.layout import lay_out
from discourse.compare.mentions import n_distinct
from discourse.compare.reply_pairs import ReplyNull
from discourse.compare.samples import as_shares, in_text_order, taken
from discourse.compare.sentiment import CLUSTER, too_small
from discourse.errors import NotMeasurable
from discourse.room import laid, places
from discourse.stats.clusters import narrow_codes
from discourse.stats.mixing import assortativity, ei_index, mixing_matrix
from discourse.stats.multiple import holm
from discourse.tables import REPLY_INDICES, REPLY_MIXING

Floats = NDArray[np.float64]

#: The two kinds of chance, and the endings of their columns.
NULLS = {"activity": "", "thread": "_in_thread"}
NULL_METHOD = (
    "{n} permutations of groups among authors of like activity, and among those who write in one thread"
)
#: Columns whose distinct values are counted in each cell.
_COUNTED = ("author", "parent_author", "thread_id")
_AT_ONCE = 1 << 16


@dataclass(frozen=True)
class Chance:
    """The mixing that was seen, and as it would be by either kind of chance.

    ``kept``: the replies between the groups, with authors and thread; ``senders``, ``receivers``: their group
    codes; ``observed``: the table of ties; ``drawn``: one table a permutation, for each kind.
    """

    kept: pd.DataFrame
    senders: NDArray[np.integer]
    receivers: NDArray[np.integer]
    observed: Floats
    drawn: dict[str, Floats]


def draw_chance(
    pairs: pd.DataFrame, groups: Sequence[str], *, n_permutations: int = 2000, seed: int = 0
) -> Chance:
    """Count who answers whom, and permute groups by either kind of chance.

    Parameters
    ----------
    pairs : DataFrame
        From :func:`discourse.compare.reply_pairs.reply_pairs`.
    groups : sequence of str
        The groups.
    n_permutations, seed : int
        Permutations of each kind, and their seed.

    Returns
    -------
    Chance
        For :func:`reply_mixing` and :func:`reply_indices`, which draw it themselves where it is not given.

    Raises
    ------
    NotMeasurable
        If no reply lies between these groups.

    Examples
    --------
    >>> from discourse.compare.reply_pairs import reply_pairs
    >>> posts = pd.DataFrame({"post_id": ["1", "2", "3"], "parent_id": [None, "1", "1"], "thread_id": "1",
    ...                       "author": ["a", "b", "c"], "group": ["g", "g", "h"]})
    >>> draw_chance(reply_pairs(posts), ["g", "h"], n_permutations=20).observed.tolist()
    [[1.0, 0.0], [1.0, 0.0]]
    """
    drawn: dict[str, Floats] = {}
    for kind in NULLS:
        null = ReplyNull(pairs, groups, kind)
        drawn[kind] = null.tables(n_permutations, seed)
    senders, receivers, kept = null.senders, null.receivers, places(null.kept)
    del null
    observed = mixing_matrix(senders, receivers, len(groups))
    # cells of the tables count and cluster the same authors and threads many times
    named = pd.DataFrame({name: in_text_order(pairs[name]) for name in _COUNTED}, copy=False)
    if len(kept) < len(pairs):
        named = taken(named, kept)
    return Chance(named, senders, receivers, observed, drawn)


def reply_mixing(
    pairs: pd.DataFrame,
    groups: Sequence[str],
    *,
    chance: Chance | None = None,
    n_permutations: int = 2000,
    seed: int = 0,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Count who answers whom, beside what chance would give.

    Parameters
    ----------
    pairs : DataFrame
        From :func:`discourse.compare.reply_pairs.reply_pairs`.
    groups : sequence of str
        The groups, in the order of the table.
    chance : Chance, optional
        What :func:`draw_chance` gave for the same replies and groups.
    n_permutations : int
        Permutations of each null.
    seed : int
        Their seed.
    min_cell : int
        Cells with fewer authors print no figure; where that leaves a cell to be found by subtraction, one
        more is hidden.
    level : float
        Confidence level of the shares.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.REPLY_MIXING`: for each group that answers and each that is answered the
        share of the first one's replies, what is expected by chance, their ratio, and p.

    Raises
    ------
    NotMeasurable
        If no reply lies between these groups.

    Notes
    -----
    Two kinds of chance, see :class:`discourse.compare.reply_pairs.ReplyNull`: ``expected`` lets authors of
    like activity change their groups, and so holds whose threads a group comes to; ``expected_in_thread``
    changes them within threads only, and asks whom those present answer.  p is two-sided,
    (1 + permutations at least as far from their mean) / (1 + permutations).  Newman (2003)
    doi:10.1103/PhysRevE.67.026126; Krackhardt (1988) doi:10.1016/0378-8733(88)90004-4.

    Examples
    --------
    >>> from discourse.compare.reply_pairs import reply_pairs
    >>> posts = pd.DataFrame({"post_id": ["1", "2", "3"], "parent_id": [None, "1", "1"], "thread_id": "1",
    ...                       "author": ["a", "b", "c"], "group": ["g", "g", "h"]})
    >>> table = reply_mixing(reply_pairs(posts), ["g", "h"], n_permutations=20, min_cell=1)
    >>> table[["group", "parent_group", "n"]].values.tolist()
    [['g', 'g', 1], ['g', 'h', 0], ['h', 'g', 1], ['h', 'h', 0]]
    """
    drawn = chance or draw_chance(pairs, groups, n_permutations=n_permutations, seed=seed)
    kept = drawn.kept
    shares = {kind: _against_chance(drawn.observed, drawn.drawn[kind]) for kind in NULLS}
    rows = []
    for i, group in enumerate(groups):
        rows_of = places(drawn.senders == i)
        of_group, answered = taken(kept, rows_of), laid(drawn.receivers, rows_of)
        sizes = [n_distinct(of_group["author"], answered == j) for j in range(len(groups))]
        hidden = hidden_cells(pd.Series(sizes), min_cell, names=groups)
        for j, other in enumerate(groups):
            row: dict[str, Any] = {"group": group, "parent_group": other} | _share(
                of_group, answered == j, bool(hidden[j]), min_cell, level
            )
            for kind, ending in NULLS.items():
                mean, p = shares[kind]
                unknown = pd.isna(row["estimate"])
                row[f"expected{ending}"] = np.nan if unknown else float(mean[i, j])
                row[f"p{ending}"] = np.nan if unknown else float(p[i, j])
            row["ratio"] = row["estimate"] / row["expected"] if row["expected"] else np.nan
            rows.append(row)
    table = lay_out(REPLY_MIXING, rows, level=level, method=NULL_METHOD.format(n=n_permutations))
    tested = table["p"].notna()
    table.loc[tested, "p_adjusted"] = holm(table.loc[tested, "p"].to_numpy(dtype=np.float64))
    return table


def reply_indices(
    pairs: pd.DataFrame,
    groups: Sequence[str],
    *,
    chance: Chance | None = None,
    n_permutations: int = 2000,
    seed: int = 0,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Measure whether groups keep to themselves when they answer.

    Parameters
    ----------
    pairs, groups, chance, n_permutations, seed, min_cell, level
        As :func:`reply_mixing`.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.REPLY_INDICES`: ``ei`` of all replies and of each group's, and
        ``assortativity`` of all, with intervals, what chance would give, and p.

    Raises
    ------
    NotMeasurable
        If no reply lies between these groups.

    Notes
    -----
    E-I: Krackhardt and Stern (1988) doi:10.2307/2786835; its interval is that of the share of replies to
    other groups, clustered by author and thread.  Assortativity: Newman (2003)
    doi:10.1103/PhysRevE.67.026126, with the jackknife over threads instead of single ties.

    Examples
    --------
    >>> from discourse.compare.reply_pairs import reply_pairs
    >>> posts = pd.DataFrame({"post_id": ["1", "2", "3"], "parent_id": [None, "1", "1"], "thread_id": "1",
    ...                       "author": ["a", "b", "c"], "group": ["g", "g", "h"]})
    >>> table = reply_indices(reply_pairs(posts), ["g", "h"], n_permutations=20, min_cell=1)
    >>> table.loc[0, ["measure", "group", "reason"]].tolist()
    ['ei', 'all', 'fewer than 100 authors']
    """
    found = chance or draw_chance(pairs, groups, n_permutations=n_permutations, seed=seed)
    kept, observed, drawn = found.kept, found.observed, found.drawn
    outside = found.senders != found.receivers
    rows = [_ei_row(kept, outside, "all", observed, drawn, min_cell, level)]
    for i, group in enumerate(groups):
        of_group = places(found.senders == i)
        part = taken(kept, of_group)
        rows.append(_ei_row(part, laid(outside, of_group), group, observed, drawn, min_cell, level, own=i))
    rows.append(_assortativity_row(found, level))
    return lay_out(REPLY_INDICES, rows, level=level, method=NULL_METHOD.format(n=n_permutations))


def two_sided(observed: float, drawn: Floats) -> tuple[float, float]:
    """Place a figure among permutations: their mean, and how often they lie as far from it.

    Parameters
    ----------
    observed : float
        The figure.
    drawn : ndarray of float, shape (n_permutations,)
        The same under chance.

    Returns
    -------
    (float, float)
        Mean of the permutations and two-sided p, at least 1 / (1 + permutations); NaN where unknown.

    Examples
    --------
    >>> two_sided(3.0, np.array([0.0, 1.0, -1.0]))
    (0.0, 0.25)
    """
    known = drawn[np.isfinite(drawn)]
    if not (np.isfinite(observed) and known.size):
        return float("nan"), float("nan")
    middle = float(known.mean())
    far = np.abs(known - middle) >= abs(observed - middle) - 1e-12
    return middle, float((1 + far.sum()) / (1 + known.size))


def _against_chance(observed: Floats, drawn: Floats) -> tuple[Floats, Floats]:
    """Expected row shares and p of each cell."""
    seen, by_chance = _row_shares(observed), _row_shares(drawn)
    k = observed.shape[0]
    mean, p = np.full((k, k), np.nan), np.full((k, k), np.nan)
    for i in range(k):
        for j in range(k):
            mean[i, j], p[i, j] = two_sided(float(seen[i, j]), by_chance[:, i, j])
    return mean, p


def _row_shares(matrix: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(matrix / matrix.sum(axis=-1, keepdims=True))


def _share(
    of_group: pd.DataFrame, inside: NDArray[np.bool_], hidden: bool, min_cell: int, level: float
) -> dict[str, Any]:
    counts: dict[str, Any] = {
        "n": int(inside.sum()),
        "n_authors": n_distinct(of_group["author"], inside),
        "n_answered": n_distinct(of_group["parent_author"], inside),
        "n_threads": n_distinct(of_group["thread_id"], inside),
    }
    blank = dict.fromkeys(("estimate", "low", "high"), np.nan)
    if hidden:
        return dict.fromkeys(counts, pd.NA) | blank | {"reason": f"fewer than {min_cell} authors"}
    if of_group.empty:
        return counts | blank | {"reason": "no reply of this group was collected with what it answers"}
    held = of_group.assign(held=as_shares(inside))
    try:
        found = group_estimate(held, "held", cluster=CLUSTER, level=level).iloc[0]
    except NotMeasurable as error:
        return counts | blank | {"reason": error.message}
    return counts | {name: float(found[name]) for name in blank} | {"reason": pd.NA}


def _ei_row(
    part: pd.DataFrame,
    outside: NDArray[np.bool_],
    group: str,
    observed: Floats,
    drawn: dict[str, Floats],
    min_cell: int,
    level: float,
    own: int | None = None,
) -> dict[str, Any]:
    counts: dict[str, Any] = {
        "n": len(part),
        "n_authors": n_distinct(part["author"]),
        "n_threads": n_distinct(part["thread_id"]),
    }
    row: dict[str, Any] = {"measure": "ei", "group": group, **counts, "reason": too_small(part)}
    if 0 < counts["n_authors"] < min_cell:
        return row | dict.fromkeys(counts, pd.NA) | {"reason": f"fewer than {min_cell} authors"}
    if part.empty:
        return row | {"reason": "no reply of this group was collected with what it answers"}
    if row["reason"] is not None:
        return row
    to_others = part.assign(outside=as_shares(outside))
    found = group_estimate(to_others, "outside", cluster=CLUSTER, level=level).iloc[0]
    figures = {name: 2 * float(found[name]) - 1 for name in ("estimate", "low", "high")}
    for kind, ending in NULLS.items():
        chance = np.array([_ei(m, own) for m in drawn[kind]])
        figures[f"expected{ending}"], figures[f"p{ending}"] = two_sided(_ei(observed, own), chance)
    return row | figures | {"reason": pd.NA}


def _ei(matrix: Floats, own: int | None) -> float:
    if own is None:
        return ei_index(matrix)
    total = float(matrix[own].sum())
    return (total - 2 * float(matrix[own, own])) / total if total else float("nan")


def _assortativity_row(chance: Chance, level: float) -> dict[str, Any]:
    from scipy.special import ndtri

    kept, observed = chance.kept, chance.observed
    row: dict[str, Any] = {"measure": "assortativity", "group": "all", "n": len(kept)}
    row |= {"n_authors": n_distinct(kept["author"]), "n_threads": n_distinct(kept["thread_id"])}
    if (reason := too_small(kept)) is not None:
        return row | {"reason": reason}
    value = assortativity(observed)
    without = np.array([assortativity(observed - part) for part in _by_thread(chance)])
    n = without.size
    se = float(np.sqrt((n - 1) / n * np.nansum((without - np.nanmean(without)) ** 2)))
    reach = float(ndtri(0.5 + level / 2)) * se
    row |= {"estimate": value, "low": value - reach, "high": value + reach, "reason": pd.NA}
    for kind, ending in NULLS.items():
        drawn = np.array([assortativity(m) for m in chance.drawn[kind]])
        row[f"expected{ending}"], row[f"p{ending}"] = two_sided(value, drawn)
    return row


def _by_thread(chance: Chance) -> Floats:
    """Count the ties of each thread."""
    k, threads = chance.observed.shape[0], narrow_codes(chance.kept["thread_id"].cat.codes.to_numpy())
    counts = np.zeros((int(threads.max()) + 1) * k * k)
    for start in range(0, len(threads), _AT_ONCE):
        here = slice(start, start + _AT_ONCE)
        tie = chance.senders[here].astype(np.int64) * k + chance.receivers[here]
        np.add.at(counts, threads[here] * np.int64(k * k) + tie, 1.0)
    return counts.reshape(-1, k, k)
