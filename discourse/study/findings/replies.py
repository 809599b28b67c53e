"""Who answers whom, in which tone, in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from discourse.errors import NotMeasurable
from discourse.room import laid_in
from discourse.study.findings.groups import group_names

if TYPE_CHECKING:
    from discourse.study.material import Material

#: Replies whose groups are drawn in all permutations together, and the fewest permutations.
DRAWN = 20_000_000
FEWEST = 199
_READ = ("post_id", "parent_id", "thread_id", "author", "group", "created_at")


def reply_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Compare who answers whom with chance that keeps activity, in stance and language too.

    Parameters
    ----------
    material : Material
        Its posts and scores; of the study groups, the first target, seed, minimum cell, permutations.

    Returns
    -------
    dict of str to DataFrame
        ``reply_mixing``, ``reply_indices``, ``reciprocity``, ``language_choice``; without the first three
        where no reply was collected with what it answers.
    """
    from discourse.compare.language_choice import language_choice

    study, posts = material.study, material.numbered.posts
    groups = [name for name in group_names(study, posts) if name != "unassigned"]
    with laid_in(material.mapped):
        made = {"language_choice": language_choice(posts, groups, min_cell=study.study.min_cell)}
        try:
            return made | _network(material, groups)
        except NotMeasurable:
            return made


def _network(material: Material, groups: list[str]) -> dict[str, pd.DataFrame]:
    from discourse.compare.bridging import bridging
    from discourse.compare.reciprocity import reciprocity, stance_pairs
    from discourse.compare.replies import draw_chance, reply_indices, reply_mixing
    from discourse.compare.reply_pairs import reply_pairs
    from discourse.tables import REPLY_INDICES

    head, n = material.study.study, material.study.replies.permutations
    posts = material.numbered.posts
    pairs = reply_pairs(posts[[name for name in _READ if name in posts.columns]])
    # fewer permutations of a large network say as much of it: its chance is narrow
    n = min(n, max(FEWEST, DRAWN // max(len(pairs), 1)))
    stances = stance_pairs(pairs, material.numbered.scored, next(iter(material.instruments)))
    pairs = pairs.drop(columns=["post_id", "parent_id"])
    material.mapped.unlook()
    made = {"n_permutations": n, "min_cell": head.min_cell}
    between = bridging(pairs, groups, seed=head.seed, **made)
    chance = draw_chance(pairs, groups, n_permutations=n, seed=head.seed)
    mixing = reply_mixing(pairs, groups, chance=chance, **made)
    indices = reply_indices(pairs, groups, chance=chance, **made)
    return {
        "reply_mixing": mixing,
        "reply_indices": REPLY_INDICES.conform(pd.concat([indices, between], ignore_index=True)),
        "reciprocity": reciprocity(stances, groups, seed=head.seed, **made),
    }
