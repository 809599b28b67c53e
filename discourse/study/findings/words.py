"""In which words the groups differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.keyness import numbered_authors
from discourse.compare.samples import cluster_codes
from discourse.compare.sentiment import MIN_AUTHORS
from discourse.room import laid_in
from discourse.study.findings.groups import group_names
from discourse.study.spread import spread
from discourse.tables import KEYNESS
from discourse.text.glosses import gloss_other
from discourse.text.token_lists import Rows, WordLists

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
    with laid_in(material.mapped):
        rows = list(_compared(material))
    return {"keyness": KEYNESS.conform(pd.concat(rows))} if rows else {}


def _compared(material: Material) -> Iterator[pd.DataFrame]:
    """Give the words of each language and pair."""
    from discourse.topics.reading import Reading

    study, posts = material.study, material.readable
    authors = cluster_codes(posts["author"]).astype(np.int32)
    group = pd.Categorical(posts["group"])
    names = [g for g in group_names(study, posts) if g != "unassigned"]
    words = Reading().content(material.tokens)
    tasks: list[tuple[WordLists, list[NDArray[np.int64]], int]] = []
    pairs: list[dict[str, Any]] = []
    for lang, docs in words.items():
        lists = WordLists.of(docs)
        lengths = lists.lengths
        for a, b in combinations(names, 2):
            sides = [np.flatnonzero((lengths > 0) & np.asarray(group == name)) for name in (a, b)]
            if any(_n_known(authors[side]) < MIN_AUTHORS for side in sides):
                continue
            n = permutations_for(int(sum(lengths[side].sum() for side in sides)))
            tasks.append((lists, [side.astype(np.int32) for side in sides], n))
            pairs.append({"lang": lang, "group_a": a, "group_b": b, "n_permutations": n})
    seed, least = study.study.seed, max(study.study.min_cell, 10)

    def task(number: int) -> tuple[Any, ...]:
        lists, sides, n = tasks[number]
        docs = [lists.take(side).compact() for side in sides]
        return *docs, *numbered_authors([authors[side] for side in sides]), seed, least, n

    # where there are several processes, one of them makes the analyses beside this one
    tables = spread(compare_words, Rows(len(tasks), task), max(1, material.workers - 1))
    for table, pair in zip(tables, pairs, strict=True):
        yield table.assign(gloss=gloss_other(table["word"], pair["lang"]), **pair)


def _n_known(codes: NDArray[np.int32]) -> int:
    """Count the authors that are known."""
    return int(np.count_nonzero(np.bincount(codes[codes >= 0])))


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
    owners: NDArray[np.int32],
    n_focus: int,
    seed: int,
    min_authors: int,
    n_permutations: int,
) -> pd.DataFrame:
    """Find the words that distinguish one pair of groups: a pure function, so that any process may run it.

    Parameters
    ----------
    docs_a, docs_b : WordLists
        Content words of the posts of either group.
    owners, n_focus : ndarray of int32 and int
        Who wrote them, from :func:`discourse.compare.keyness.numbered_authors`.
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
    from discourse.compare.keyness import keyness_of

    docs = (docs_a, docs_b)
    return _ends(
        keyness_of(docs, owners, n_focus, seed, min_authors=min_authors, n_permutations=n_permutations)
    )


def _ends(table: pd.DataFrame, n: int = 40) -> pd.DataFrame:
    """Keep the words most typical of either side, among those that were tested."""
    tested = table[table["p"].notna()].sort_values("log_odds_z", ascending=False, kind="stable")
    if len(tested) <= 2 * n:
        return tested
    return pd.concat([tested.head(n), tested.tail(n)])
