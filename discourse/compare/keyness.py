"""Words that set one group apart from another, with authors and not tokens as the cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import ndtr

from discourse.compare.permuted_odds import permuted_log_odds
from discourse.compare.samples import cluster_codes
from discourse.errors import ParameterError
from discourse.room import looked, room
from discourse.stats import benjamini_hochberg, g2, informative_prior, log_odds, log_ratio
from discourse.text.token_lists import CODES, Tokens, WordLists

#: A word is tested only if at least this many authors use it, in whichever group.
MIN_AUTHORS = 10
#: Kinds of tokens that are compared where kinds are known.
KINDS = ("zh", "en", "sticker", "emoji", "hashtag", "other")
_AT_ONCE = 1 << 18
# Words that are sorted together.
_SORTED = 1 << 20
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
        owners, n_focus = np.arange(len(docs[0]) + len(docs[1]), dtype=np.int32), len(docs[0])
        min_users = 0
    return keyness_of(
        docs,
        owners,
        n_focus,
        seed,
        n_permutations=n_permutations,
        min_authors=min_users,
        prior_weight=prior_weight,
    )


def keyness_of(
    docs: Sequence[WordLists],
    owners: NDArray[np.integer],
    n_focus: int,
    seed: int = 0,
    *,
    n_permutations: int = 10_000,
    min_authors: int = MIN_AUTHORS,
    prior_weight: float | None = None,
) -> pd.DataFrame:
    """Compare the words of two groups whose authors are numbers: what :func:`keyness` does with names.

    Parameters
    ----------
    docs : sequence of two WordLists
        The words of the posts of the focus group and of the reference group.
    owners : ndarray of int, shape (n_posts,)
        Author of each post, those of the focus group first, from :func:`numbered_authors`.
    n_focus : int
        Authors of the focus group; the numbers below are theirs.
    seed, n_permutations, min_authors, prior_weight
        As for :func:`keyness`; with ``min_authors`` 0 the authors are not known.

    Returns
    -------
    DataFrame
        As :func:`keyness` gives it.

    Examples
    --------
    >>> docs = [WordLists.of([["cat", "tax", "cat"]]), WordLists.of([["ban", "tax"]])]
    >>> keyness_of(docs, np.array([0, 1]), 1, min_authors=0)["word"].tolist()
    ['cat', 'tax', 'ban']
    """
    words, sides = _count(docs, owners, n_focus)
    return _compare(words, sides, min_authors, prior_weight, n_permutations, seed)


def numbered_authors(authors: Sequence[NDArray[np.integer]]) -> tuple[NDArray[np.int32], int]:
    """Number the authors of two groups, those of the focus group first.

    Parameters
    ----------
    authors : sequence of two arrays of int
        Author of each post, in the order of their names; negative where unknown.

    Returns
    -------
    (ndarray of int32, int)
        Author of each post, first those of the focus group; how many these are.

    Examples
    --------
    >>> numbered_authors([np.array([5, -1, 5]), np.array([5])])
    (array([0, 1, 0, 2], dtype=int32), 2)
    """
    out, start, n = room(sum(map(len, authors)), np.int32), 0, 0
    ends = []
    for codes in authors:
        n = _numbered(codes, out[start : start + len(codes)], n)
        ends.append(n)
        start += len(codes)
    return out, ends[0]


def _numbered(codes: NDArray[np.integer], out: NDArray[np.int32], first: int) -> int:
    """Number authors without gaps from a number on, unknown ones last, each by itself; give the next one."""
    there = np.zeros(int(codes.max(initial=-1)) + 1, dtype=bool)
    for start in range(0, len(codes), _AT_ONCE):
        part = codes[start : start + _AT_ONCE]
        there[part[part >= 0]] = True
    place = np.cumsum(there, dtype=np.int32) + np.int32(first - 1)
    following = first + int(np.count_nonzero(there))
    for start in range(0, len(codes), _AT_ONCE):
        part, into = codes[start : start + _AT_ONCE], out[start : start + _AT_ONCE]
        unknown = part < 0
        into[~unknown] = place[part[~unknown]]
        n_unknown = int(np.count_nonzero(unknown))
        into[unknown] = np.arange(following, following + n_unknown)
        following += n_unknown
        looked()
    return following


def _words(tokens: Docs, kinds: Sequence[str]) -> WordLists:
    if isinstance(tokens, Tokens):
        kept = tokens.where(np.isin(tokens.codes, [CODES[kind] for kind in kinds]))
        return WordLists(kept.types, kept.numbers, kept.offsets)
    if not isinstance(tokens, WordLists) and any(isinstance(doc, str) for doc in tokens):
        raise ParameterError(
            "a list of words is no list of posts",
            expected="for each post the list of its words, or Tokens",
            hint="cut texts into words first: discourse.tokenize(texts); one post alone: [words]",
        )
    return WordLists.of(tokens)


def _owners(
    docs: Sequence[WordLists],
    authors_a: Sequence[Any] | pd.Series,
    authors_b: Sequence[Any] | pd.Series,
) -> tuple[NDArray[np.int32], int]:
    """Number the authors, those of the focus group first."""
    codes = []
    for posts, authors, name in zip(docs, (authors_a, authors_b), ("authors_a", "authors_b"), strict=True):
        if len(authors) != len(posts):
            raise ParameterError(
                f"{len(authors)} authors for {len(posts)} posts", where=name, expected="one a post"
            )
        held = isinstance(authors, pd.Series)  # names that are held as columns need not become objects
        codes.append(
            cluster_codes(pd.Series(authors if held else list(authors), dtype=None if held else "object"))
        )
    return numbered_authors(codes)


@dataclass(frozen=True)
class _Side:
    """What the authors of one group write.

    ``tokens``: occurrences of each word; ``users``: authors of each; ``sizes``: all words of each author;
    ``owner``, ``word``, ``times``: an author, a word and how often, sorted by author and word.
    """

    tokens: NDArray[np.int64]
    users: NDArray[np.int64]
    owner: NDArray[np.int32]
    word: NDArray[np.int32]
    times: NDArray[np.float32]
    sizes: NDArray[np.float64]


def _count(
    docs: Sequence[WordLists], owners: NDArray[np.integer], n_focus: int
) -> tuple[list[str], list[_Side]]:
    """Count words by author, side by side; words in order of their code points."""
    used = sorted({one.types[i] for one in docs for i in np.flatnonzero(one.counts()).tolist()})
    place = {word: i for i, word in enumerate(used)}
    n_owners = int(owners.max(initial=-1)) + 1
    first = (0, len(docs[0]))
    spans = ((0, n_focus), (n_focus, n_owners))
    return used, [
        _side(one, owners[at : at + len(one)] - span[0], span[1] - span[0], place)
        for one, at, span in zip(docs, first, spans, strict=True)
    ]


def _side(docs: WordLists, owners: NDArray[np.integer], n_owners: int, place: dict[str, int]) -> _Side:
    """Count the words of one side, so many authors at a time: an author and a word are one number."""
    column = np.array([place.get(word, -1) for word in docs.types], dtype=np.int64)
    sizes = np.zeros(n_owners)
    for here, part in _with_rows(docs):
        np.add.at(sizes, owners[here], part.lengths.astype(np.float64))
    tokens, users = np.zeros((2, len(place)), dtype=np.int64)
    entries, n = (room(len(docs.numbers), np.int32), room(len(docs.numbers), np.int32)), 0
    times = room(len(docs.numbers), np.float32)
    for rows in _heaps(owners, sizes):
        mine = docs.take(rows)
        keys = np.repeat(owners[rows].astype(np.int64) * max(len(place), 1), mine.lengths)
        keys += column[mine.numbers] if len(column) else 0
        keys.sort()  # equal ones lie together
        begins = np.flatnonzero(np.diff(keys, prepend=-1))
        here = slice(n, n + len(begins))
        own, word = np.divmod(keys[begins], max(len(place), 1))
        count = np.diff(begins, append=len(keys))
        entries[0][here], entries[1][here], times[here] = own, word, count
        np.add.at(tokens, word, count)
        np.add.at(users, word, 1)
        n = here.stop
        looked()
    return _Side(tokens, users, entries[0][:n], entries[1][:n], times[:n], sizes)


def _with_rows(docs: WordLists) -> Iterator[tuple[slice, WordLists]]:
    at = 0
    for part in docs.parts():
        yield slice(at, at + len(part)), part
        at += len(part)


def _heaps(owners: NDArray[np.integer], sizes: NDArray[np.float64]) -> Iterator[NDArray[np.int64]]:
    """Give the posts of so many authors at a time that they have about so many words, author after author."""
    heap_of = ((np.cumsum(sizes) - sizes) // _SORTED).astype(np.int16)
    heaps = np.empty(len(owners), dtype=np.int16)
    for start in range(0, len(owners), _AT_ONCE):
        heaps[start : start + _AT_ONCE] = heap_of[owners[start : start + _AT_ONCE]]
        looked()
    for heap in range(int(heap_of.max(initial=-1)) + 1):
        yield np.flatnonzero(heaps == heap)


def _compare(
    words: list[str],
    sides: list[_Side],
    min_users: int,
    prior_weight: float | None,
    n_permutations: int,
    seed: int,
) -> pd.DataFrame:
    a, b = (side.tokens for side in sides)
    table = pd.DataFrame({"word": pd.Series(words, dtype="str"), "n_a": a, "n_b": b})
    table["authors_a"], table["authors_b"] = (side.users for side in sides)
    for name in [*_COLUMNS[5:], "null_mean", "null_sd"]:
        table[name] = np.nan
    if not words:
        return _typed(table, known=min_users > 0)
    prior = informative_prior(a, b, weight=prior_weight or float(len(words)))
    table["g2"] = g2(a, b, a.sum(), b.sum()).statistic
    table["log_ratio"] = log_ratio(a, b, a.sum(), b.sum())
    table["log_odds_z"] = log_odds(a, b, prior=prior, terms=4).z
    if min_users:
        _test(table, sides, prior, min_users, n_permutations, seed)
    else:
        table["p"] = 2 * ndtr(-table["log_odds_z"].abs())
    tested = table["p"].notna()
    table.loc[tested, "q"] = benjamini_hochberg(table.loc[tested, "p"].to_numpy(dtype="float64"))
    return _typed(table, known=min_users > 0)


def _test(
    table: pd.DataFrame,
    sides: list[_Side],
    prior: NDArray[np.float64],
    min_users: int,
    n_permutations: int,
    seed: int,
) -> None:
    """Fill in p and what the permutations gave, for the words that enough authors use."""
    tested = np.flatnonzero((table["authors_a"] + table["authors_b"]).to_numpy() >= min_users)
    totals = np.concatenate([side.sizes for side in sides])
    in_focus = np.arange(len(totals)) < len(sides[0].sizes)
    if not len(tested) or in_focus.all() or not in_focus.any():
        return
    rest = prior.sum() - prior[tested].sum()
    null = permuted_log_odds(
        _of_words(sides, tested, len(table)),
        in_focus,
        totals,
        np.append(prior[tested], rest),
        n_permutations=n_permutations,
        seed=seed,
    )
    for name, values in (("p", null.p), ("null_mean", null.mean), ("null_sd", null.sd)):
        table.loc[tested, name] = values


def _of_words(sides: list[_Side], tested: NDArray[np.int64], n_words: int) -> sparse.csr_matrix:
    """Give the counts of some words by author; what was counted for them is let go of on the way."""
    column = np.full(n_words, -1, dtype=np.int32)
    column[tested] = np.arange(len(tested), dtype=np.int32)
    n = sum(len(part) for side in sides for _, part in _kept(side, column))
    data, indices, at = room(n, np.float32), room(n, np.int32), 0
    sizes = [np.zeros(1, dtype=np.int64)]
    while sides:
        side = sides.pop(0)
        entries = np.zeros(len(side.sizes), dtype=np.int64)
        for start, kept in _kept(side, column):
            here = slice(at, at + len(kept))
            data[here] = side.times[start + kept]
            indices[here] = column[side.word[start + kept]]
            np.add.at(entries, side.owner[start + kept], 1)
            at = here.stop
        sizes.append(entries)
        del side
    ends = np.cumsum(np.concatenate(sizes)).astype(np.int32)
    return sparse.csr_matrix((data, indices, ends), shape=(len(ends) - 1, len(tested)))


def _kept(side: _Side, column: NDArray[np.int32]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Find the entries of words that have a column, so many at a time."""
    for start in range(0, len(side.word), _AT_ONCE):
        yield start, np.flatnonzero(column[side.word[start : start + _AT_ONCE]] >= 0)
        looked()


def _typed(table: pd.DataFrame, known: bool) -> pd.DataFrame:
    for name in ("authors_a", "authors_b"):
        table[name] = table[name].astype("Int64") if known else pd.array([pd.NA] * len(table), dtype="Int64")
    # Rounded, so that words with equal counts stand in order of their code points.
    table["_z"] = -table["log_odds_z"].round(9)
    table = table.sort_values(["_z", "word"], kind="stable", na_position="last", ignore_index=True)
    return table[[*_COLUMNS, "null_mean", "null_sd"]]
