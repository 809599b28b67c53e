"""In which words the groups differ."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from discourse.compare.sentiment import MIN_AUTHORS
from discourse.study.findings.groups import group_names
from discourse.study.spread import spread
from discourse.tables import KEYNESS
from discourse.text.glosses import gloss_other
from discourse.text.token_lists import WordLists

if TYPE_CHECKING:
    from discourse.study.material import Material

#: Words that are dealt in all permutations together, and the most and fewest permutations of a pair.
DEALT, MOST_PERMUTATIONS, FEWEST = 1_000_000_000, 10_000, 999


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
    tasks: list[tuple[Any, ...]] = []
    pairs: list[dict[str, Any]] = []
    for lang, docs in words.items():
        lists = WordLists.of(docs)
        spoken = lists.lengths > 0
        for a, b in combinations(groups, 2):
            sides = [np.flatnonzero(spoken & (posts["group"] == name).to_numpy()) for name in (a, b)]
            if any(posts["author"].iloc[side].nunique() < MIN_AUTHORS for side in sides):
                continue
            (docs_a, docs_b), (authors_a, authors_b) = (
                [lists.take(side).compact() for side in sides],
                [posts["author"].iloc[side] for side in sides],
            )
            least = max(study.study.min_cell, 10)
            n = permutations_for(len(docs_a.numbers) + len(docs_b.numbers))
            tasks.append((docs_a, docs_b, authors_a, authors_b, study.study.seed, least, n))
            pairs.append({"lang": lang, "group_a": a, "group_b": b, "n_permutations": n})
    tables = spread(compare_words, tasks, material.workers)
    rows = [
        table.assign(gloss=gloss_other(table["word"], pair["lang"]), **pair)
        for table, pair in zip(tables, pairs, strict=True)
    ]
    return {"keyness": KEYNESS.conform(pd.concat(rows))} if rows else {}


def permutations_for(n_words: int) -> int:
    """Say how often authors are permuted: less often in a large corpus, whose null is narrow.

    Parameters
    ----------
    n_words : int
        Words of both groups.  Unit: tokens.

    Returns
    -------
    int
        At most 10,000, at least 999; what lies further out is judged by exact moments in any case, see
        :func:`discourse.compare.permuted_odds.permuted_log_odds`.

    Examples
    --------
    >>> permutations_for(50_000), permutations_for(400_000), permutations_for(10_000_000)
    (10000, 2500, 999)
    """
    return min(MOST_PERMUTATIONS, max(FEWEST, DEALT // max(n_words, 1)))


def compare_words(
    docs_a: WordLists,
    docs_b: WordLists,
    authors_a: pd.Series,
    authors_b: pd.Series,
    seed: int,
    min_authors: int,
    n_permutations: int,
) -> pd.DataFrame:
    """Find the words that distinguish one pair of groups: a pure function, so that any process may run it.

    Parameters
    ----------
    docs_a, docs_b : WordLists
        Content words of the posts of either group.
    authors_a, authors_b : Series of str
        Who wrote them.
    seed : int
        Of the permutations.
    min_authors : int
        Authors that must use a word for it to be tested.
    n_permutations : int
        Permutations of authors.

    Returns
    -------
    DataFrame
        The words most typical of either side.
    """
    from discourse.compare.keyness import keyness

    return _ends(
        keyness(
            docs_a,
            docs_b,
            authors_a,
            authors_b,
            seed=seed,
            min_authors=min_authors,
            n_permutations=n_permutations,
        )
    )


def _ends(table: pd.DataFrame, n: int = 40) -> pd.DataFrame:
    """Keep the words most typical of either side, among those that were tested."""
    tested = table[table["p"].notna()].sort_values("log_odds_z", ascending=False, kind="stable")
    if len(tested) <= 2 * n:
        return tested
    return pd.concat([tested.head(n), tested.tail(n)])
