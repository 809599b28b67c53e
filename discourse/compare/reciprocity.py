"""Is hostility returned?  The stance of replies by the stance of what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.contrasts import group_estimate
from discourse.compare.layout import lay_out
from discourse.compare.replies import two_sided
from discourse.compare.samples import cluster_codes, require_columns
from discourse.compare.sentiment import CLUSTER, too_small
from discourse.errors import NotMeasurable
from discourse.tables import RECIPROCITY

LABELS = ("positive", "neutral", "negative")
RECIPROCITY_METHOD = (
    "{n} permutations of stances among opening posts of a group, and among comments of a group in one thread"
)
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
    shown = (scored["target"] == target) & scored["label"].isin(LABELS) & (scored["mention_kind"] != "self")
    labels = scored.loc[shown].drop_duplicates("post_id").set_index("post_id")["label"]
    out = pairs.assign(
        label=pairs["post_id"].map(labels), parent_label=pairs["parent_id"].map(labels), target=target
    )
    return out[out["label"].notna() & out["parent_label"].notna()].reset_index(drop=True)


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
    known = stances.sort_values(["thread_id", "parent_id", "author"], kind="stable").reset_index(drop=True)
    null = _draw_labels(known, n_permutations, seed)
    met = set(zip(known["group"], known["parent_group"], strict=True))
    pairs = [("all", "all"), *((a, b) for a in groups for b in groups if (a, b) in met)]
    rows = [row for group, other in pairs for row in _cell_rows(known, null, group, other, min_cell, level)]
    target, method = str(known["target"].iloc[0]), RECIPROCITY_METHOD.format(n=n_permutations)
    return lay_out(RECIPROCITY, rows, target=target, level=level, method=method)


def _draw_labels(known: pd.DataFrame, n: int, seed: int) -> NDArray[np.int8]:
    """Draw the stance of the post answered, a row a permutation and a column a reply."""
    posts = known.drop_duplicates("parent_id")
    place = dict(zip(posts["parent_id"], range(len(posts)), strict=True))
    answered = known["parent_id"].map(place).to_numpy(np.int64)
    strata = cluster_codes(
        pd.Series(
            [
                ("" if opens else str(thread)) + "\n" + str(group)
                for opens, thread, group in zip(
                    posts["parent_opens"], posts["thread_id"], posts["parent_group"], strict=True
                )
            ]
        )
    )
    labels = posts["parent_label"].map({name: i for i, name in enumerate(LABELS)}).to_numpy(np.int8)
    order = np.argsort(strata, kind="stable")
    rng, drawn = np.random.default_rng(seed), np.empty_like(labels)
    out = np.empty((n, len(known)), dtype=np.int8)
    for row in out:
        drawn[order] = labels[np.lexsort((rng.random(len(labels)), strata))]
        row[:] = drawn[answered]
    return out


def _cell_rows(
    known: pd.DataFrame, null: NDArray[np.int8], group: str, other: str, min_cell: int, level: float
) -> list[dict[str, Any]]:
    inside = np.ones(len(known), dtype=bool)
    if group != "all":
        inside = ((known["group"] == group) & (known["parent_group"] == other)).to_numpy(dtype=bool)
    part, drawn = known[inside], null[:, inside]
    rows = []
    for code, parent in enumerate(LABELS):
        after = part[part["parent_label"] == parent]
        for label in ("positive", "negative"):
            row: dict[str, Any] = {"group": group, "parent_group": other, "parent_label": parent}
            row |= {"label": label, "level": level} | _share(after, label, min_cell, level)
            if not pd.isna(row["estimate"]):
                shown = (part["label"] == label).to_numpy(dtype=np.float64)
                row["expected"], row["p"] = two_sided(row["estimate"], _shares_after(drawn == code, shown))
            rows.append(row)
    return rows


def _shares_after(drawn: NDArray[np.bool_], shown: Any) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((drawn @ shown) / drawn.sum(axis=1))


def _share(after: pd.DataFrame, label: str, min_cell: int, level: float) -> dict[str, Any]:
    counts: dict[str, Any] = {
        "n": len(after),
        "n_authors": after["author"].nunique(),
        "n_threads": after["thread_id"].nunique(),
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
