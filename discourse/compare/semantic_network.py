"""Words that stand together around the target, apart by polarity, and the communities they form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from discourse.compare.samples import require_columns
from discourse.errors import ParameterError
from discourse.stats import pmi
from discourse.stats.distinct import distinct_owners
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
    for lang, words in docs.items():
        if len(words) != len(posts):
            raise ParameterError(f"words of {len(words)} posts for {len(posts)}", expected="the same posts")
        for polarity in POLARITIES:
            inside = np.flatnonzero((posts["stance"] == polarity).to_numpy(dtype=bool))
            own = _common(WordLists.of(words).take(inside), posts["author"].iloc[inside], min_cell)
            authors = posts["author"].iloc[inside].astype("str").tolist()
            named = {"target": target, "lang": lang, "polarity": polarity}
            of_words, of_pairs = _network(own, authors, n_words, n_edges, min_cell)
            nodes.append(of_words.assign(**named))
            edges.append(of_pairs.assign(**named))
    kept = [table for table in nodes if len(table)]
    if not kept:
        return SEMANTIC_NODES.empty(), SEMANTIC_EDGES.empty()
    table = pd.concat(kept, ignore_index=True)
    table["gloss"] = [gloss_other([w], str(v))[0] for w, v in zip(table["word"], table["lang"], strict=True)]
    return SEMANTIC_NODES.conform(table), SEMANTIC_EDGES.conform(pd.concat([e for e in edges if len(e)]))


def _common(docs: WordLists, authors: pd.Series, least: int) -> list[list[str]]:
    """Give of each post, once each, the words that enough authors use: no other can be in a network."""
    who = pd.factorize(authors.astype("str"))[0]
    many = distinct_owners(who[docs.texts], docs.numbers, len(docs.types)) >= least
    kept = docs.renamed([w if many[i] else None for i, w in enumerate(docs.types)])
    return [sorted(set(row)) for row in kept]


def _network(
    docs: Sequence[Sequence[str]], authors: Sequence[str], n_words: int, n_edges: int, min_cell: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    posts_of, people_of = _users(docs, authors)
    common = sorted(
        (w for w in posts_of if len(people_of[w]) >= min_cell), key=lambda w: (-len(people_of[w]), w)
    )[:n_words]
    pairs = []
    for a, b in combinations(sorted(common), 2):
        both = posts_of[a] & posts_of[b]
        people = {authors[i] for i in both}
        if len(people) >= min_cell:
            pairs.append((a, b, len(posts_of[a]), len(posts_of[b]), len(both), len(people)))
    if not pairs:
        return pd.DataFrame(), pd.DataFrame()
    table = pd.DataFrame(pairs, columns=["word_a", "word_b", "_a", "_b", "n", "n_authors"])
    table["pmi"] = pmi(table["n"], table["_a"], table["_b"], len(docs)).round(9)
    table = table[table["pmi"] > 0].sort_values(
        ["pmi", "n", "word_a", "word_b"], ascending=[False, False, True, True], kind="stable"
    )
    table = table.head(n_edges).drop(columns=["_a", "_b"]).reset_index(drop=True)
    return _nodes(table, posts_of, people_of), table


def _users(
    docs: Sequence[Sequence[str]], authors: Sequence[str]
) -> tuple[dict[str, set[int]], dict[str, set[str]]]:
    posts_of: dict[str, set[int]] = {}
    people_of: dict[str, set[str]] = {}
    for i, words in enumerate(docs):
        for word in words:
            posts_of.setdefault(word, set()).add(i)
            people_of.setdefault(word, set()).add(authors[i])
    return posts_of, people_of


def _nodes(
    edges: pd.DataFrame, posts_of: dict[str, set[int]], people_of: dict[str, set[str]]
) -> pd.DataFrame:
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
                "n": len(posts_of[word]),
                "n_authors": len(people_of[word]),
                "degree": network.degree[word],
            }
            for word in sorted(network, key=lambda w: (community[w], -len(people_of[w]), w))
        ]
    )
