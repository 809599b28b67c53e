"""Where the tone differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

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
        among its own kind; nothing where no post has a place.
    """
    from discourse.compare.areas import area_means

    posts = material.posts
    places = posts.drop_duplicates("post_id").set_index("post_id")["ip_location"].dropna()
    if places.empty:
        return {}
    target, min_cell = next(iter(material.instruments)), material.study.study.min_cell
    parts = [
        area_means(material.scored, places, target, within=start, min_cell=min_cell).assign(within=name)
        for name, start in (("china", "CN-"), ("abroad", "abroad"))
    ]
    kept = [part for part in parts if len(part)]
    return {"areas": AREAS.conform(pd.concat(kept, ignore_index=True))} if kept else {}
