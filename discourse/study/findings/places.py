"""Where the tone differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from discourse.room import laid_in
from discourse.tables import AREAS

if TYPE_CHECKING:
    from discourse.study.material import Material


def place_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Estimate the mean stance of provinces of China and of countries, partially pooled.

    Parameters
    ----------
    material : Material
        Its posts and scores; of the study the first target and the minimum cell.

    Returns
    -------
    dict of str to DataFrame
        ``areas``: provinces (``within`` is ``china``) and countries elsewhere (``abroad``), each pooled
        among its own kind, and ``area_boundaries`` where the study supplies them; nothing where no post has
        a place.
    """
    from discourse.compare.areas import area_means
    from discourse.compare.boundaries import read_boundaries

    posts, scored = material.numbered.posts, material.numbered.scored
    places = pd.Series(posts["ip_location"].array, index=pd.Index(posts["post_id"]))
    if places.isna().all():
        return {}
    target, min_cell = next(iter(material.instruments)), material.study.study.min_cell
    with laid_in(material.mapped):
        parts = [
            area_means(scored, places, target, within=start, min_cell=min_cell).assign(within=name)
            for name, start in (("china", "CN-"), ("abroad", "abroad"))
        ]
    kept = [part for part in parts if len(part)]
    if not kept:
        return {}
    made = {"areas": AREAS.conform(pd.concat(kept, ignore_index=True))}
    asked = material.study.places
    if asked.boundaries is not None:
        made["area_boundaries"] = read_boundaries(asked.boundaries, asked.property)
    return made
