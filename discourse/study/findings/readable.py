"""Who wrote the readable posts, in which thread and group, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from discourse.compare.samples import in_text_order
from discourse.room import looked

if TYPE_CHECKING:
    from discourse.study.material import Material

_AT_ONCE = 100_000
_CLUSTERS = ("author", "thread_id")


def readable_clusters(material: Material) -> pd.DataFrame:
    """Give ``author`` and ``thread_id`` of the readable posts as ordered categories, and their ``group``.

    Parameters
    ----------
    material : Material
        Its readable posts; scores stand target by target in their order, and are numbered for all analyses.

    Returns
    -------
    DataFrame
        With the index of the readable posts; the codes follow the order of the names.
    """
    posts = material.readable
    columns = {"group": posts["group"].astype("category")}
    if len(material.scored) >= len(posts) and all(_same(material, name) for name in _CLUSTERS):
        scored = material.numbered.scored
        columns |= {name: scored[name].iloc[: len(posts)].set_axis(posts.index) for name in _CLUSTERS}
    else:
        columns |= {name: in_text_order(posts[name]) for name in _CLUSTERS}
    return pd.DataFrame({name: columns[name] for name in (*_CLUSTERS, "group")}, copy=False)


def _same(material: Material, name: str) -> bool:
    """Say whether the first scores are those of the readable posts, by one of their columns."""
    scored, posts = material.scored[name], material.readable[name]
    for start in range(0, len(posts), _AT_ONCE):
        part = slice(start, min(start + _AT_ONCE, len(posts)))
        if not scored.iloc[part].array.equals(posts.iloc[part].array):
            return False
        looked()
    return True
