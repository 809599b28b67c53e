"""Words that stand together around the target, apart by polarity, and the communities they form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.compare.collocates import users
from discourse.compare.mentions import equals
from discourse.compare.samples import in_text_order, require_columns
from discourse.errors import ParameterError
from discourse.room import laid, places
from discourse.stats import pmi
from discourse.tables import SEMANTIC_EDGES, SEMANTIC_NODES
from discourse.text.glosses import gloss_other
from discourse.text.token_lists import WordLists

POLARITIES = ("positive", "negative")


def semantic_network(
    docs: Mapping[str, Sequence[Sequence[str]]],
    posts: pd.DataFrame,
    *,
    target: str,
    n_words: int = 40,
    n_edges: int = 90,
    min_cell: int = 10,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build one network of words for each polarity and language.

    Parameters
    ----------
    docs : dict of str to list of list of str
        Language to the content words of each post, near the target as a rule
        (``mention_windows(...).near``).
    posts : DataFrame
        The same posts: ``author`` and ``stance`` (positive, negative, ...).
    target : str
        Name of the target.
    n_words : int
        Most words: those that most authors use.
    n_edges : int
        Most edges: those with the highest mutual information.
    min_cell : int
        Words and pairs of words that fewer authors use are in no network.

    Returns
    -------
    (DataFrame, DataFrame)
        :data:`discourse.tables.SEMANTIC_NODES` and :data:`discourse.tables.SEMANTIC_EDGES`.  Words without an
        edge are left out.

    Raises
    ------
    ParameterError
        If there is not one row a post.

    Notes
    -----
    Edges: pointwise mutual information of two words over posts (Church and Hanks 1990,
    aclanthology.org/J90-1003), above zero, for pairs that at least `min_cell` authors write, which keeps out
    the rare pairs that mutual information favours.  Communities: greedy modularity (Clauset, Newman and Moore
    2004 doi:10.1103/PhysRevE.70.066111) by networkx, weighted by mutual information; no chance is involved.
    Two networks instead of one with signs, as in doi:10.3390/systems13110975.

    Examples
    --------
    >>> posts = pd.DataFrame({"author": ["a", "b"], "stance": "positive"})
    >>> docs = {"en": [["cat", "tax"], ["cat", "tax", "kind"]], "zh": [[], []]}
    >>> nodes, edges = semantic_network(docs, posts, target="t", min_cell=1)
    >>> edges[["word_a", "word_b", "n"]].values.tolist()
    []
    """
    require_columns(posts, ["author", "stance"])
    nodes, edges = [], []
    who = np.asarray(in_text_order(posts["author"]).cat.codes, dtype=np.int32)
    for lang, words in docs.items():
        if len(words) != len(posts):
            raise ParameterError(f"words of {len(words)} posts for {len(posts)}", expected="the same posts")
        for polarity in POLARITIES:
            inside = places(equals(posts["stance"], polarity))
            own = WordLists.of(words).take(inside)
            named = {"target": target, "lang": lang, "polarity": polarity}
            of_words, of_pairs = _network(own, laid(who, inside), n_words, n_edges, min_cell)
            nodes.append(of_words.assign(**named))
            edges.append(of_pairs.assign(**named))
    kept = [table for table in nodes if len(table)]
    if not kept:
        return SEMANTIC_NODES.empty(), SEMANTIC_EDGES.empty()
    table = pd.concat(kept, ignore_index=True)
    table["gloss"] = [gloss_other([w], str(v))[0] for w, v in zip(table["word"], table["lang"], strict=True)]
    return SEMANTIC_NODES.conform(table), SEMANTIC_EDGES.conform(pd.concat([e for e in edges if len(e)]))


def _network(
    docs: WordLists, who: NDArray[np.int32], n_words: int, n_edges: int, min_cell: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    people = users(docs, who)
    enough = [(-int(people[i]), docs.types[i]) for i in np.flatnonzero(people >= min_cell).tolist()]
    n_people = {word: -n for n, word in sorted(enough)[:n_words]}
    common = sorted(n_people)
    posts_of = _posts_of(docs, common)
    pairs = []
    for (i, a), (j, b) in combinations(enumerate(common), 2):
        both = np.intersect1d(posts_of[i], posts_of[j], assume_unique=True)
        n_both = int(np.count_nonzero(np.bincount(who[both] + 1)))  # those without a name are one
        if n_both >= min_cell:
            pairs.append((a, b, len(posts_of[i]), len(posts_of[j]), len(both), n_both))
    if not pairs:
        return pd.DataFrame(), pd.DataFrame()
    table = pd.DataFrame(pairs, columns=["word_a", "word_b", "_a", "_b", "n", "n_authors"])
    table["pmi"] = pmi(table["n"], table["_a"], table["_b"], len(docs)).round(9)
    table = table[table["pmi"] > 0].sort_values(
        ["pmi", "n", "word_a", "word_b"], ascending=[False, False, True, True], kind="stable"
    )
    table = table.head(n_edges).drop(columns=["_a", "_b"]).reset_index(drop=True)
    n_posts = {word: len(posts) for word, posts in zip(common, posts_of, strict=True)}
    return _nodes(table, n_posts, n_people), table


def _posts_of(docs: WordLists, words: Sequence[str]) -> list[NDArray[np.int32]]:
    """Find the posts that have each of some words, in order."""
    place = {word: i for i, word in enumerate(words)}
    column = np.array([place.get(word, -1) for word in docs.types], dtype=np.int16)
    found: list[list[NDArray[np.int32]]] = [[] for _ in words]
    first = 0
    for part in docs.parts():
        at = column[part.numbers] if len(column) else np.zeros(0, dtype=np.int16)
        kept = np.flatnonzero(at >= 0)
        cells = np.unique(at[kept].astype(np.int64) * len(part) + part.texts[kept])
        ends = np.searchsorted(cells, len(part) * np.arange(len(words) + 1))
        for word, (start, end) in enumerate(pairwise(ends.tolist())):
            found[word].append((first + cells[start:end] - word * len(part)).astype(np.int32))
        first += len(part)
    return [np.concatenate(texts) if texts else np.zeros(0, dtype=np.int32) for texts in found]


def _nodes(edges: pd.DataFrame, n_posts: Mapping[str, int], n_people: Mapping[str, int]) -> pd.DataFrame:
    import networkx as nx  # type: ignore[import-untyped]

    if edges.empty:
        return pd.DataFrame()
    network: Any = nx.Graph()
    network.add_nodes_from(sorted({*edges["word_a"], *edges["word_b"]}))
    rows = edges[["word_a", "word_b", "pmi"]].sort_values(["word_a", "word_b"])
    network.add_weighted_edges_from(rows.itertuples(index=False, name=None))
    found = nx.community.greedy_modularity_communities(network, weight="weight")
    ranked = sorted((sorted(part) for part in found), key=lambda part: (-len(part), part[0]))
    community = {word: k for k, part in enumerate(ranked) for word in part}
    return pd.DataFrame(
        [
            {
                "word": word,
                "community": community[word],
                "n": n_posts[word],
                "n_authors": n_people[word],
                "degree": network.degree[word],
            }
            for word in sorted(network, key=lambda w: (community[w], -n_people[w], w))
        ]
    )
