"""Words near the first target: collocates, networks by polarity, and lines where quotes may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from discourse.compare.lookup import beside, same_ids
from discourse.room import laid_in
from discourse.study.findings.groups import group_pairs
from discourse.study.findings.quotes import quote_tables
from discourse.study.findings.readable import readable_clusters
from discourse.tables import COLLOCATES

if TYPE_CHECKING:
    from discourse.compare.mention_windows import Windows
    from discourse.study.material import Material


def nearby_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Find collocates of the first target by group and by stance, and the networks of words around it.

    Parameters
    ----------
    material : Material
        Its readable posts, words and scores; of the study groups, the first target, seed, quotes policy.

    Returns
    -------
    dict of str to DataFrame
        ``collocates``, ``semantic_nodes``, ``semantic_edges``; and ``concordance`` only under a policy that
        lets posts be quoted.
    """
    from discourse.compare.mention_windows import mention_windows
    from discourse.compare.semantic_network import semantic_network

    study = material.study
    target = next(iter(material.instruments))
    with laid_in(material.mapped):
        use, stance = stance_toward_first(material)
        windows = mention_windows(material.texts, material.tokens, use, window=study.nearby.window)
        lean = _lean(material, stance)
        material.mapped.unlook()
        nodes, edges = semantic_network(windows.near, lean, target=target, min_cell=study.study.min_cell)
        tables = {"collocates": _collocates(material, windows, lean, target)}
    return tables | {
        "semantic_nodes": nodes,
        "semantic_edges": edges,
        **quote_tables(material, use, stance),
    }


def _lean(material: Material, stance: pd.Series[str]) -> pd.DataFrame:
    """Give author, group and stance of the readable posts as numbers of what there is."""
    clusters, labels = readable_clusters(material), material.numbered.scored["label"]
    if len(labels) == len(stance) and same_ids(material.scored["post_id"], material.readable["post_id"]):
        lean = labels.set_axis(clusters.index)  # as scores of one target are numbered for all analyses
    else:
        lean = stance.astype("category")
    columns = {"author": clusters["author"], "group": clusters["group"], "stance": lean}
    return pd.DataFrame(columns, copy=False)


def stance_toward_first(material: Material) -> tuple[str, pd.Series[str]]:
    """Give the first target, as it is loaded, and the label of each readable post toward it."""
    first = material.study.targets[0]
    target = next(iter(material.instruments))
    posts, of_target = material.readable, material.scored
    if len(material.instruments) > 1:
        of_target = of_target[of_target["target"] == target]
    if same_ids(of_target["post_id"], posts["post_id"]):  # as a run makes them
        labels = of_target["label"].set_axis(posts.index)
    else:
        labels = beside(posts["post_id"], of_target["post_id"], of_target["label"])
    return first.file or first.use or target, labels


def _collocates(material: Material, windows: Windows, posts: pd.DataFrame, target: str) -> pd.DataFrame:
    from discourse.compare.collocates import collocates

    study = material.study
    pairs = {"stance": [("positive", "negative")], "group": group_pairs(study, posts)}
    tables = [
        collocates(
            windows,
            posts,
            by,
            of_kind,
            target=target,
            seed=study.study.seed,
            min_cell=study.study.min_cell,
            n_permutations=2000,
        )
        for by, of_kind in pairs.items()
    ]
    kept = [table for table in tables if len(table)]
    return COLLOCATES.conform(pd.concat(kept, ignore_index=True)) if kept else COLLOCATES.empty()
