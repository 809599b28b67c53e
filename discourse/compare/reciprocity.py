"""Is hostility returned?  The stance of replies by the stance of what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.contrasts import group_estimate
from discourse.compare.layout import lay_out
from discourse.compare.lookup import beside
from discourse.compare.mentions import equals, n_distinct
from discourse.compare.replies import two_sided
from discourse.compare.samples import cluster_codes, in_text_order, require_columns, taken
from discourse.compare.sentiment import CLUSTER, too_small
from discourse.errors import NotMeasurable
from discourse.room import places
from discourse.stats.clusters import dense_codes
from discourse.stats.strata import Strata
from discourse.tables import RECIPROCITY

LABELS = ("positive", "neutral", "negative")
RECIPROCITY_METHOD = (
    "{n} permutations of stances among opening posts of a group, and among comments of a group in one thread"
)
#: Columns by which pairs are ordered, so that the order of posts does not matter.
_ORDER = ["thread_id", "parent_id", "author"]
Codes = NDArray[np.int64]


def stance_pairs(pairs: pd.DataFrame, scored: pd.DataFrame, target: str) -> pd.DataFrame:
    """Give each reply its stance toward a target, and that of the post it answers.

    Parameters
    ----------
    pairs : DataFrame
        From :func:`discourse.compare.reply_pairs.reply_pairs`.
    scored : DataFrame
        One row a post and target: ``post_id``, ``target``, ``label``, ``mention_kind``.
    target : str
        The target.

    Returns
    -------
    DataFrame
        The pairs in which both posts mention the target, with ``label`` and ``parent_label``; what an author
        says of themselves (kind ``self``) is no stance.  A reply that names nobody and borrows its target
        from the post that it answers (kind ``reply``) counts with the stance of its own words.

    Examples
    --------
    >>> pairs = pd.DataFrame({"post_id": ["2"], "parent_id": ["1"]})
    >>> scored = pd.DataFrame({"post_id": ["1", "2"], "target": "t", "label": ["negative", "positive"],
    ...                        "mention_kind": "named"})
    >>> stance_pairs(pairs, scored, "t")[["parent_label", "label"]].values.tolist()
    [['negative', 'positive']]
    """
    require_columns(scored, ["post_id", "target", "label", "mention_kind"])
    shown = equals(scored["target"], target) & ~equals(scored["mention_kind"], "self")
    shown &= scored["label"].isin(LABELS).to_numpy(dtype=bool)
    labels = taken(scored[["post_id", "label"]], places(shown))
    for name, post in (("label", "post_id"), ("parent_label", "parent_id")):
        found = beside(pairs[post], labels["post_id"], labels["label"])
        pairs = taken(pairs.assign(**{name: found.array}), places(found.notna().to_numpy(dtype=bool)))
    return pairs.assign(target=pd.Categorical.from_codes(np.zeros(len(pairs), np.int8), pd.Index([target])))


def reciprocity(
    stances: pd.DataFrame,
    groups: Sequence[str],
    *,
    n_permutations: int = 2000,
    seed: int = 0,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate what stance replies take, given the stance of the post that they answer.

    Parameters
    ----------
    stances : DataFrame
        From :func:`stance_pairs`: ``label``, ``parent_label``, ``group``, ``parent_group``, ``author``,
        ``thread_id``, ``parent_id``, ``parent_opens``, ``target``.
    groups : sequence of str
        Groups whose replies to each other are shown apart; everybody to everybody comes first.
    n_permutations, seed : int
        Permutations and their seed.
    min_cell : int
        Cells with fewer authors print no figure.
    level : float
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.RECIPROCITY`: P(reply positive) and P(reply negative) after each stance of the
        post answered, with what chance would give.

    Notes
    -----
    Chance: posts that are answered exchange their stances, with all replies to one post staying together:
    opening posts with opening posts by the same group, comments with comments by the same group in the same
    thread.  So a thread's tone, and how many answers a post draws, are not taken for a reply in kind.  p is
    two-sided.  Intervals are clustered by author and thread.  What is measured is a regularity of pairs of
    posts, not that one made the other.

    Examples
    --------
    >>> empty = pd.DataFrame(columns=["label", "parent_label", "group", "parent_group", "author", "thread_id",
    ...                               "parent_id", "parent_opens", "target"])
    >>> reciprocity(empty, ["g"]).shape[0]
    0
    """
    if stances.empty:
        return RECIPROCITY.empty()
    known = _known(stances)
    null = _draw_counts(known, n_permutations, seed)
    pairs = [("all", "all"), *((a, b) for a in groups for b in groups if (a, b) in null)]
    rows = [row for group, other in pairs for row in _cell_rows(known, null, group, other, min_cell, level)]
    target, method = str(known["target"].iloc[0]), RECIPROCITY_METHOD.format(n=n_permutations)
    return lay_out(RECIPROCITY, rows, target=target, level=level, method=method)


def _known(stances: pd.DataFrame) -> pd.DataFrame:
    """Give the columns that are read, in an order that is not that of the posts; names are sorted once."""
    coded = {name: in_text_order(stances[name]) for name in _ORDER}
    read = ["group", "parent_group", "parent_opens", "label", "parent_label", "target"]
    return stances[read].assign(**coded).sort_values(_ORDER, kind="stable").reset_index(drop=True)


def _draw_counts(known: pd.DataFrame, n: int, seed: int) -> dict[tuple[str, str], Codes]:
    """Count replies by the stance drawn for what they answer, and by their own.

    For each pair of groups that met, and for all, counts of shape (permutations, stances, stances).
    """
    posts = known.drop_duplicates("parent_id")
    place_of = np.empty(len(posts), dtype=np.int64)
    place_of[dense_codes(cluster_codes(posts["parent_id"]))] = np.arange(len(posts))
    answered = place_of[dense_codes(cluster_codes(known["parent_id"]))]
    opens = posts["parent_opens"].to_numpy(dtype=bool)
    thread = np.where(opens, -1, cluster_codes(posts["thread_id"])) + 1
    by_group = cluster_codes(posts["parent_group"]) + 1
    strata = Strata(thread * (int(by_group.max()) + 1) + by_group)
    pair, names = pd.MultiIndex.from_frame(known[["group", "parent_group"]]).factorize()
    size = len(LABELS)
    cell = pair.astype(np.int64) * size * size + _label_codes(known["label"])
    labels, rng = _label_codes(posts["parent_label"]), np.random.default_rng(seed)
    out = np.empty((n, len(names) * size * size), dtype=np.int64)
    for row in out:
        drawn = strata.exchanged(labels, rng)[answered]
        row[:] = np.bincount(cell + size * drawn, minlength=row.size)
    counts = np.moveaxis(out.reshape(n, len(names), size, size), 1, 0)
    return {("all", "all"): counts.sum(axis=0)} | dict(zip(names, counts, strict=True))


def _label_codes(labels: pd.Series) -> Codes:
    return np.asarray(labels.map({name: i for i, name in enumerate(LABELS)}), dtype=np.int64)


def _cell_rows(
    known: pd.DataFrame,
    null: dict[tuple[str, str], Codes],
    group: str,
    other: str,
    min_cell: int,
    level: float,
) -> list[dict[str, Any]]:
    part, drawn = known, null[group, other]
    if group != "all":
        part = known[(known["group"] == group) & (known["parent_group"] == other)]
    rows = []
    for code, parent in enumerate(LABELS):
        after = part[part["parent_label"] == parent]
        for label in ("positive", "negative"):
            row: dict[str, Any] = {"group": group, "parent_group": other, "parent_label": parent}
            row |= {"label": label, "level": level} | _share(after, label, min_cell, level)
            if not pd.isna(row["estimate"]):
                by_chance = _shares_after(drawn[:, code], LABELS.index(label))
                row["expected"], row["p"] = two_sided(row["estimate"], by_chance)
            rows.append(row)
    return rows


def _shares_after(drawn: Codes, label: int) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(drawn[:, label] / drawn.sum(axis=1))


def _share(after: pd.DataFrame, label: str, min_cell: int, level: float) -> dict[str, Any]:
    counts: dict[str, Any] = {
        "n": len(after),
        "n_authors": n_distinct(after["author"]),
        "n_threads": n_distinct(after["thread_id"]),
    }
    blank = dict.fromkeys(("estimate", "low", "high", "expected", "p"), np.nan)
    if 0 < counts["n_authors"] < min_cell:
        return dict.fromkeys(counts, pd.NA) | blank | {"reason": f"fewer than {min_cell} authors"}
    if after.empty:
        return counts | blank | {"reason": "no such reply was collected with what it answers"}
    if (reason := too_small(after)) is not None:
        return counts | blank | {"reason": reason}
    try:
        shown = after.assign(shown=(after["label"] == label).astype("float64"))
        found = group_estimate(shown, "shown", cluster=CLUSTER, level=level).iloc[0]
    except NotMeasurable as error:
        return counts | blank | {"reason": error.message}
    return (
        counts
        | blank
        | {name: float(found[name]) for name in ("estimate", "low", "high")}
        | {"reason": pd.NA}
    )
