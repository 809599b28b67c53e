"""In which words the groups differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.keyness import numbered_authors
from discourse.compare.sentiment import MIN_AUTHORS
from discourse.room import laid, laid_in, looked, room
from discourse.study.findings.groups import group_names
from discourse.study.findings.readable import readable_clusters
from discourse.study.spread import spread
from discourse.tables import KEYNESS
from discourse.text.glosses import gloss_other
from discourse.text.token_lists import Rows, WordLists

if TYPE_CHECKING:
    from discourse.study.material import Material

#: Words that are dealt in all permutations together, and the most and fewest permutations of a pair.
_AT_ONCE = 1 << 17
#: Of more posts the words of a pair of groups take hundreds of megabytes in each process that compares them.
LARGE = 2_000_000
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
    who = readable_clusters(material)
    authors = who["author"].cat.codes.to_numpy()
    group = who["group"].cat
    names = [g for g in group_names(study, posts) if g != "unassigned"]
    words = Reading().content(material.tokens)
    tasks: list[tuple[WordLists, tuple[str, str], int]] = []
    pairs: list[dict[str, Any]] = []
    for lang, docs in words.items():
        lists = WordLists.of(docs)
        found = {name: _size(lists, _posts_of(lists, group, name), authors) for name in names}
        for a, b in combinations(names, 2):
            if min(found[a].n_authors, found[b].n_authors) < MIN_AUTHORS:
                continue
            n = permutations_for(found[a].n_words + found[b].n_words)
            tasks.append((lists, (a, b), n))
            pairs.append({"lang": lang, "group_a": a, "group_b": b, "n_permutations": n})
    seed, least = study.study.seed, max(study.study.min_cell, 10)

    def task(number: int) -> tuple[Any, ...]:
        lists, pair, n = tasks[number]
        sides = [_posts_of(lists, group, name) for name in pair]
        docs = [lists.take(side).compact() for side in sides]
        return *docs, *numbered_authors([laid(authors, side) for side in sides]), seed, least, n

    # A process less where a fork makes the analyses beside this one, and where a pair of groups is so large
    # that each process holds hundreds of megabytes of it.
    fewer = material.beside or len(material.posts) > LARGE
    workers = material.workers - 1 if fewer else material.workers
    tables = spread(compare_words, Rows(len(tasks), task), max(1, workers))
    for table, pair in zip(tables, pairs, strict=True):
        yield table.assign(gloss=gloss_other(table["word"], pair["lang"]), **pair)


class _Size(NamedTuple):
    n_authors: int
    n_words: int


def _posts_of(lists: WordLists, group: Any, name: str) -> NDArray[np.int32]:
    """Find the posts of a group that have words."""
    code = group.categories.get_indexer([name])[0]
    found, n = room(len(lists), np.int32), 0
    codes = group.codes.to_numpy()
    for start in range(0, len(lists), _AT_ONCE):
        part = slice(start, min(start + _AT_ONCE, len(lists)))
        has = np.diff(lists.offsets[start : part.stop + 1]) > 0
        here = start + np.flatnonzero(has & (codes[part] == code))
        found[n : n + len(here)] = here
        n += len(here)
        looked()
    return found[:n]


def _size(lists: WordLists, rows: NDArray[np.int32], authors: NDArray[np.integer]) -> _Size:
    """Count the known authors and the words of some posts."""
    there, n_words = np.zeros(int(authors.max(initial=-1)) + 2, dtype=bool), 0
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        there[authors[part]] = True  # the last is the unknown one
        n_words += int((lists.offsets[part + 1] - lists.offsets[part]).sum())
        looked()
    return _Size(int(np.count_nonzero(there[:-1])), n_words)


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
