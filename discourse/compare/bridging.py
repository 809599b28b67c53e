"""Who stands between the groups: authors who answer their own and another, and brokers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.cells import hidden_cells
from discourse.compare.layout import lay_out
from discourse.compare.mentions import n_distinct
from discourse.compare.reply_pairs import author_codes, group_places
from discourse.compare.samples import in_text_order, taken
from discourse.room import AT_ONCE, laid, places
from discourse.stats.distinct import counted
from discourse.stats.effects import wilson
from discourse.tables import REPLY_INDICES

#: Authors with fewer replies cannot answer two groups often enough to be told apart.
MIN_REPLIES = 2
#: Share of authors, by betweenness, that are called brokers.
BROKERS = 0.05
#: Nodes from which paths are counted in a large network; betweenness is then an estimate.
PIVOTS = 200
#: Ties that may be walked in all, from all pivots; a large network gets fewer pivots.
WALKED = 400_000
FEWEST_PIVOTS = 25
#: In a larger network paths are not counted: they would take longer than the rest of a study.
MOST_AUTHORS = 20_000


def bridging(
    pairs: pd.DataFrame,
    groups: Sequence[str],
    *,
    n_permutations: int = 2000,
    seed: int = 0,
    min_cell: int = 10,
    level: float = 0.95,
) -> pd.DataFrame:
    """Say which share of each group bridges, as sums over authors only: nobody is named.

    Parameters
    ----------
    pairs : DataFrame
        From :func:`discourse.compare.reply_pairs.reply_pairs`.
    groups : sequence of str
        The groups.
    n_permutations, seed : int
        Permutations of groups among authors (for brokers), and the seed of these and of the pivots.
    min_cell : int
        Cells with fewer authors print no figure.
    level : float
        Confidence level.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.REPLY_INDICES`.  ``bridging``: share of a group's authors with two replies or
        more who answered both their own and another group.  ``brokers``: share of the group among the
        twentieth of authors with the highest betweenness; ``expected`` is its share among all authors.

    Notes
    -----
    Betweenness: Freeman (1977) doi:10.2307/3033543, by networkx on the undirected network of who answered
    whom, from 25 to 200 pivots where there are more authors (Brandes and Pich 2007
    doi:10.1142/S0218127407018403).  Wilson intervals, authors as units.

    Examples
    --------
    >>> pairs = pd.DataFrame({"author": ["a", "a"], "group": "g", "parent_author": ["b", "c"],
    ...                       "parent_group": ["g", "h"], "thread_id": ["1", "2"]})
    >>> table = bridging(pairs, ["g", "h"], min_cell=1)
    >>> table.loc[0, "measure"], float(table.loc[0, "estimate"])
    ('bridging', 1.0)
    """
    writes, answered = (group_places(pairs[name], groups) for name in ("group", "parent_group"))
    inside = places((writes >= 0) & (answered >= 0))
    if not len(inside):
        return REPLY_INDICES.empty()
    author, other = author_codes(pairs, inside)
    writes, same = laid(writes, inside), laid(writes == answered, inside)
    threads = taken(pairs[["thread_id"]], inside)["thread_id"]
    rows = _bridging_rows(threads, author, writes, same, groups, min_cell, level)
    n_authors = max(int(author.max()), int(other.max())) + 1
    if n_authors > MOST_AUTHORS:
        rows += _uncounted(groups)
    else:
        rows += _broker_rows(pairs.iloc[inside], groups, n_permutations, seed, min_cell, level)
    return lay_out(REPLY_INDICES, rows, level=level)


def _bridging_rows(
    thread: pd.Series,
    author: NDArray[np.int32],
    writes: NDArray[np.integer],
    same: NDArray[np.bool_],
    groups: Sequence[str],
    min_cell: int,
    level: float,
) -> list[dict[str, Any]]:
    threads, size = in_text_order(thread), int(author.max()) + 1
    group_of = np.zeros(size, dtype=writes.dtype)
    for start in reversed(range(0, len(author), AT_ONCE)):
        part = slice(start, start + AT_ONCE)
        group_of[author[part][::-1]] = writes[part][::-1]
    written, within = counted(author, size), counted(laid(author, same), size)
    able, both = written >= MIN_REPLIES, (within > 0) & (within < written)
    rows = []
    for place, group in enumerate(groups):
        of_group = able & (group_of == place)
        counts = {
            "n": int(written[of_group].sum()),
            "n_authors": int(of_group.sum()),
            "n_threads": n_distinct(threads, laid(of_group, author)),
        }
        rows.append({"measure": "bridging", "group": group} | _of(both[of_group], counts, min_cell, level))
        rows[-1]["method"] = f"authors with {MIN_REPLIES} replies or more, Wilson"
    return rows


def _uncounted(groups: Sequence[str]) -> list[dict[str, Any]]:
    row: dict[str, Any] = dict.fromkeys(("n", "n_authors", "n_threads"), pd.NA)
    row["method"] = "betweenness (networkx)"
    row["reason"] = f"paths are counted among {MOST_AUTHORS} authors at most"
    return [{"measure": "brokers", "group": group} | row for group in groups]


def _broker_rows(
    pairs: pd.DataFrame, groups: Sequence[str], n: int, seed: int, min_cell: int, level: float
) -> list[dict[str, Any]]:
    between, group_of = _betweenness(pairs, seed)
    size = max(1, round(BROKERS * len(between)))
    # ties are cut in the order of the pseudonyms, which is no order of anything
    top = between.sort_index().sort_values(ascending=False, kind="stable").index[:size]
    brokers = group_of.loc[top]
    hidden = hidden_cells(pd.Series([int((brokers == g).sum()) for g in groups]), min_cell, names=groups)
    rng = np.random.default_rng(seed)
    labels = group_of.sort_index().to_numpy()
    drawn = np.array([rng.permutation(labels)[:size] for _ in range(n)])
    rows = []
    for group, small in zip(groups, hidden, strict=True):
        row: dict[str, Any] = {"measure": "brokers", "group": group}
        row["method"] = f"betweenness (networkx), upper {BROKERS:.0%} of {len(between)} authors"
        held = (brokers == group).to_numpy()
        if small:
            row |= dict.fromkeys(("n", "n_authors", "n_threads"), pd.NA)
            rows.append(row | {"reason": f"fewer than {min_cell} authors"})
            continue
        share = (drawn == group).mean(axis=1)
        expected = float((labels == group).mean())
        far = np.abs(share - expected) >= abs(held.mean() - expected) - 1e-12
        threads = pairs.loc[pairs["author"].isin(brokers.index[held]), "thread_id"].nunique()
        counts = {"n": size, "n_authors": int(held.sum()), "n_threads": threads}
        row |= _of(held, counts, 1, level)
        rows.append(row | {"expected": expected, "p": float((1 + far.sum()) / (1 + n))})
    return rows


def _betweenness(pairs: pd.DataFrame, seed: int) -> tuple[pd.Series, pd.Series]:
    import networkx as nx  # type: ignore[import-untyped]

    ends = pd.concat(
        [
            pairs[["author", "group"]],
            pairs[["parent_author", "parent_group"]].set_axis(["author", "group"], axis=1),
        ]
    )
    group_of = ends.drop_duplicates("author").sort_values("author").set_index("author")["group"]
    network: nx.Graph = nx.Graph()
    network.add_nodes_from(group_of.index)
    ties = pairs[["author", "parent_author"]].drop_duplicates().sort_values(["author", "parent_author"])
    network.add_edges_from(ties.itertuples(index=False, name=None))
    pivots = max(FEWEST_PIVOTS, min(PIVOTS, WALKED // max(len(ties), 1)))
    k = pivots if len(group_of) > pivots else None
    values = nx.betweenness_centrality(network, k=k, seed=seed)
    return pd.Series(values).round(12), group_of


def _of(held: Any, counts: dict[str, Any], min_cell: int, level: float) -> dict[str, Any]:
    n = len(held)
    if n == 0:
        return counts | {"reason": "nobody of this group wrote two replies"}
    if counts["n_authors"] < min_cell:
        return dict.fromkeys(counts, pd.NA) | {"reason": f"fewer than {min_cell} authors"}
    found = wilson(int(held.sum()), n, level=level)
    return counts | {
        "estimate": float(held.mean()),
        "low": float(found.low),
        "high": float(found.high),
        "reason": pd.NA,
    }
