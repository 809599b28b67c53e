"""In which words the groups differ."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from discourse.compare.sentiment import MIN_AUTHORS
from discourse.study.findings.groups import group_names
from discourse.study.spread import spread
from discourse.tables import KEYNESS
from discourse.text.glosses import gloss_other

if TYPE_CHECKING:
    from discourse.study.material import Material


def word_tables(material: Material) -> dict[str, pd.DataFrame]:
    """Find the words that distinguish each pair of groups, within each language.

    Parameters
    ----------
    material : Material
        Its readable posts and their words; of the study groups, seed, minimum cell.

    Returns
    -------
    dict of str to DataFrame
        ``keyness``: for each pair and language the words most typical of either side that at least the
        minimum cell of authors use.

    Notes
    -----
    Stop words are left out.  A group with fewer authors than the minimum cell writes no words here.
    """
    from discourse.topics.reading import Reading

    study, posts = material.study, material.readable
    words = Reading().content(material.tokens)
    groups = [g for g in group_names(study, posts) if g != "unassigned"]
    tasks, pairs = [], []
    for lang, docs in words.items():
        spoken = np.array([len(doc) > 0 for doc in docs])
        for a, b in combinations(groups, 2):
            sides = [np.flatnonzero(spoken & (posts["group"] == name).to_numpy()) for name in (a, b)]
            if any(posts["author"].iloc[side].nunique() < MIN_AUTHORS for side in sides):
                continue
            (docs_a, docs_b), (authors_a, authors_b) = (
                [[docs[i] for i in side] for side in sides],
                [posts["author"].iloc[side] for side in sides],
            )
            least = max(study.study.min_cell, 10)
            tasks.append((docs_a, docs_b, authors_a, authors_b, study.study.seed, least))
            pairs.append({"lang": lang, "group_a": a, "group_b": b})
    tables = spread(compare_words, tasks, material.workers)
    rows = [
        table.assign(gloss=gloss_other(table["word"], pair["lang"]), **pair)
        for table, pair in zip(tables, pairs, strict=True)
    ]
    return {"keyness": KEYNESS.conform(pd.concat(rows))} if rows else {}


def compare_words(
    docs_a: list[list[str]],
    docs_b: list[list[str]],
    authors_a: pd.Series,
    authors_b: pd.Series,
    seed: int,
    min_authors: int,
) -> pd.DataFrame:
    """Find the words that distinguish one pair of groups: a pure function, so that any process may run it.

    Parameters
    ----------
    docs_a, docs_b : list of list of str
        Content words of the posts of either group.
    authors_a, authors_b : Series of str
        Who wrote them.
    seed : int
        Of the permutations.
    min_authors : int
        Authors that must use a word for it to be tested.

    Returns
    -------
    DataFrame
        The words most typical of either side.
    """
    from discourse.compare.keyness import keyness

    return _ends(keyness(docs_a, docs_b, authors_a, authors_b, seed=seed, min_authors=min_authors))


def _ends(table: pd.DataFrame, n: int = 40) -> pd.DataFrame:
    """Keep the words most typical of either side, among those that were tested."""
    tested = table[table["p"].notna()].sort_values("log_odds_z", ascending=False, kind="stable")
    if len(tested) <= 2 * n:
        return tested
    return pd.concat([tested.head(n), tested.tail(n)])
