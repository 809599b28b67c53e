"""Words that set one group apart from another, with authors and not tokens as the cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import ndtr

from discourse.compare.permuted_odds import permuted_log_odds
from discourse.errors import ParameterError
from discourse.stats import benjamini_hochberg, g2, informative_prior, log_odds, log_ratio
from discourse.text.token_lists import CODES, Tokens, WordLists

#: A word is tested only if at least this many authors use it, in whichever group.
MIN_AUTHORS = 10
#: Kinds of tokens that are compared where kinds are known.
KINDS = ("zh", "en", "sticker", "emoji", "hashtag", "other")
_COLUMNS = ["word", "n_a", "n_b", "authors_a", "authors_b", "g2", "log_ratio", "log_odds_z", "p", "q"]

Docs = Tokens | Sequence[Sequence[str]]
Authors = Sequence[Any] | pd.Series | None


def keyness(
    tokens_a: Docs,
    tokens_b: Docs,
    authors_a: Authors = None,
    authors_b: Authors = None,
    seed: int = 0,
    *,
    n_permutations: int = 10_000,
    min_authors: int = MIN_AUTHORS,
    prior_weight: float | None = None,
    kinds: Sequence[str] = KINDS,
) -> pd.DataFrame:
    """Compare the words of two groups.

    Parameters
    ----------
    tokens_a, tokens_b : Tokens or list of list of str
        The words of the posts of the focus group (a) and of the reference group (b), one list a post.
    authors_a, authors_b : sequence, optional
        Author of each post; a post without one is by an author of its own.  Give both or none.
    seed : int, default 0
        Seed of the permutations.
    n_permutations : int, default 10,000
        Random assignments of authors.
    min_authors : int, default 10
        Where authors are known, only words that at least so many of both groups together use are tested: a
        filter that does not look at the difference.
    prior_weight : float, optional
        Pseudo-tokens of the prior; as many as there are types by default.
    kinds : sequence of str
        Kinds of tokens that are compared where kinds are known; lists are compared whole.

    Returns
    -------
    DataFrame
        One row a word that occurs, from the most typical of a to the most typical of b: ``word``; ``n_a``,
        ``n_b`` (tokens); ``authors_a``, ``authors_b`` (authors who use it; NA if unknown); ``g2`` (four-cell
        log-likelihood ratio); ``log_ratio`` (binary log of the ratio of relative frequencies, .5 for a zero);
        ``log_odds_z``; ``p`` of log_odds_z, two-sided; ``q`` (Benjamini-Hochberg over the tested words);
        ``null_mean``, ``null_sd`` (of log_odds_z over the permutations).  ``p`` and ``q`` are NaN where a
        word is not tested.

    Raises
    ------
    ParameterError
        If authors are given for one group only, or not one a post.

    Notes
    -----
    ``log_odds_z`` is the weighted log-odds z of [1]_ with all four terms of the variance and an informative
    prior, proportional to the words of both groups together.  With authors, ``p`` comes from random
    assignments of whole authors to the groups, see
    :func:`discourse.compare.permuted_odds.permuted_log_odds`: as tokens of one author are not independent, p
    of G2 or of z under independence (which is what ``p`` is without authors) finds differences where there
    are none [2]_.  An author with posts in both groups counts as one in each, which errs towards no
    difference.

    References
    ----------
    .. [1] Monroe, Colaresi and Quinn (2008). Fightin' Words. *Political Analysis* 16(4), 372-403.
       doi:10.1093/pan/mpn018
    .. [2] Evert (2022). Measuring keyness. *Digital Humanities 2022*.

    Examples
    --------
    >>> table = keyness([["cat", "tax", "cat"]], [["ban", "tax"]])
    >>> table[["word", "n_a", "n_b"]].values.tolist()
    [['cat', 2, 0], ['tax', 1, 1], ['ban', 0, 1]]
    """
    if (authors_a is None) != (authors_b is None):
        raise ParameterError(
            "authors are given for one group only", hint="give authors_a and authors_b, or none"
        )
    docs = [_words(tokens_a, kinds), _words(tokens_b, kinds)]
    if authors_a is not None and authors_b is not None:
        owners, n_focus = _owners(docs, authors_a, authors_b)
        min_users = min_authors
    else:
        owners, n_focus = np.arange(len(docs[0]) + len(docs[1])), len(docs[0])
        min_users = 0
    words, counts = _count(docs, owners)
    return _compare(words, counts, n_focus, min_users, prior_weight, n_permutations, seed)


def _words(tokens: Docs, kinds: Sequence[str]) -> WordLists:
    if isinstance(tokens, Tokens):
        kept = tokens.where(np.isin(tokens.codes, [CODES[kind] for kind in kinds]))
        return WordLists(kept.types, kept.numbers, kept.offsets)
    if not isinstance(tokens, WordLists) and any(isinstance(doc, str) for doc in tokens):
        raise ParameterError("a list of words is no list of posts", hint="put it into a list: [words]")
    return WordLists.of(tokens)


def _owners(
    docs: Sequence[WordLists],
    authors_a: Sequence[Any] | pd.Series,
    authors_b: Sequence[Any] | pd.Series,
) -> tuple[NDArray[np.int64], int]:
    """Number the authors, those of the focus group first."""
    codes, first, n_focus = [], 0, 0
    for posts, authors, name in zip(docs, (authors_a, authors_b), ("authors_a", "authors_b"), strict=True):
        if len(authors) != len(posts):
            raise ParameterError(
                f"{len(authors)} authors for {len(posts)} posts", where=name, expected="one a post"
            )
        held = isinstance(authors, pd.Series)  # names that are held as columns need not become objects
        given = (
            pd.Series(authors).reset_index(drop=True) if held else pd.Series(list(authors), dtype="object")
        )
        code = np.array(pd.factorize(given.astype("str"), sort=True)[0], dtype=np.int64)
        nameless = given.isna().to_numpy(dtype=bool)
        code[nameless] = len(given) + np.arange(nameless.sum())
        numbers, dense = np.unique(code, return_inverse=True)
        codes.append(dense.reshape(-1) + first)
        first += len(numbers)
        n_focus = n_focus or first
    return np.concatenate(codes), n_focus if len(authors_a) else 0


def _count(docs: Sequence[WordLists], owners: NDArray[np.int64]) -> tuple[list[str], sparse.csr_matrix]:
    """Count words by author; words in order of their code points."""
    used = sorted({one.types[i] for one in docs for i in np.unique(one.numbers).tolist()})
    place = {word: i for i, word in enumerate(used)}
    columns = [np.array([place.get(w, -1) for w in one.types], dtype=np.int64)[one.numbers] for one in docs]
    lengths = np.concatenate([one.lengths for one in docs])
    n_owners = int(owners.max()) + 1 if len(owners) else 0
    at = (np.repeat(owners, lengths), np.concatenate(columns))
    counts = sparse.coo_matrix((np.ones(len(at[1])), at), shape=(n_owners, len(used))).tocsr()
    counts.sum_duplicates()
    return used, counts


def _compare(
    words: list[str],
    counts: sparse.csr_matrix,
    n_focus: int,
    min_users: int,
    prior_weight: float | None,
    n_permutations: int,
    seed: int,
) -> pd.DataFrame:
    in_focus = np.arange(counts.shape[0]) < n_focus
    a, b = (_sums(counts[mask]) for mask in (in_focus, ~in_focus))
    users_a, users_b = (np.bincount(counts[m].indices, minlength=len(words)) for m in (in_focus, ~in_focus))
    table = pd.DataFrame({"word": pd.Series(words, dtype="str"), "n_a": a, "n_b": b})
    table["authors_a"], table["authors_b"] = users_a, users_b
    for name in [*_COLUMNS[5:], "null_mean", "null_sd"]:
        table[name] = np.nan
    if not words:
        return _typed(table, known=min_users > 0)
    prior = informative_prior(a, b, weight=prior_weight or float(len(words)))
    table["g2"] = g2(a, b, a.sum(), b.sum()).statistic
    table["log_ratio"] = log_ratio(a, b, a.sum(), b.sum())
    table["log_odds_z"] = log_odds(a, b, prior=prior, terms=4).z
    if min_users:
        _test(table, counts, in_focus, prior, min_users, n_permutations, seed)
    else:
        table["p"] = 2 * ndtr(-table["log_odds_z"].abs())
    tested = table["p"].notna()
    table.loc[tested, "q"] = benjamini_hochberg(table.loc[tested, "p"].to_numpy(dtype="float64"))
    return _typed(table, known=min_users > 0)


def _sums(counts: sparse.csr_matrix) -> NDArray[np.int64]:
    return np.asarray(counts.sum(axis=0)).ravel().astype(np.int64)


def _test(
    table: pd.DataFrame,
    counts: sparse.csr_matrix,
    in_focus: NDArray[np.bool_],
    prior: NDArray[np.float64],
    min_users: int,
    n_permutations: int,
    seed: int,
) -> None:
    """Fill in p and what the permutations gave, for the words that enough authors use."""
    tested = np.flatnonzero((table["authors_a"] + table["authors_b"]).to_numpy() >= min_users)
    if not len(tested) or in_focus.all() or not in_focus.any():
        return
    totals = np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
    rest = prior.sum() - prior[tested].sum()
    null = permuted_log_odds(
        counts[:, tested],
        in_focus,
        totals,
        np.append(prior[tested], rest),
        n_permutations=n_permutations,
        seed=seed,
    )
    for name, values in (("p", null.p), ("null_mean", null.mean), ("null_sd", null.sd)):
        table.loc[tested, name] = values


def _typed(table: pd.DataFrame, known: bool) -> pd.DataFrame:
    for name in ("authors_a", "authors_b"):
        table[name] = table[name].astype("Int64") if known else pd.array([pd.NA] * len(table), dtype="Int64")
    # Rounded, so that words with equal counts stand in order of their code points.
    table["_z"] = -table["log_odds_z"].round(9)
    table = table.sort_values(["_z", "word"], kind="stable", na_position="last", ignore_index=True)
    return table[[*_COLUMNS, "null_mean", "null_sd"]]
