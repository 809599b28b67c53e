"""What is known about words before topics are learned: which go together, and which mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from discourse.text.dictionary import word_links

Floats = NDArray[np.float64]

#: Only the commonest words are compared with each other; the rest are placed by the posts alone.
MOST_WORDS = 6000
#: An association seen in so many posts counts half.
DISCOUNT = 20.0


@dataclass(frozen=True)
class Context:
    """What an engine may know beside the counts.

    Attributes
    ----------
    langs : ndarray of str, shape (n_words,)
        Language of each word.
    graph : csr_matrix of float64, shape (n_words, n_words)
        How far two words go together in posts, 0 to 1; symmetric, 0 on the diagonal.
    links : csr_matrix of float64, shape (n_words, n_words)
        Share of a word that the dictionary passes on to words of the other language; symmetric.
    strength : csr_matrix of float64, shape (n_words, n_words)
        How plainly the dictionary says that two words mean the same, 0 to 1; symmetric.
    """

    langs: NDArray[np.str_]
    graph: sparse.csr_matrix
    links: sparse.csr_matrix
    strength: sparse.csr_matrix

    @property
    def bilingual(self) -> bool:
        """Whether words of two languages are linked."""
        return bool(self.links.nnz)

    def translated(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """Add to each document what its words are in the other language."""
        return sparse.csr_matrix(counts + counts @ self.links) if self.bilingual else counts


def learn_context(dfm: sparse.csr_matrix, words: Sequence[str], langs: Sequence[str]) -> Context:
    """Compare the words of a document-feature matrix.

    Parameters
    ----------
    dfm : csr_matrix of float64, shape (n_docs, n_words)
        Occurrences.
    words : sequence of str
        The words of the columns.
    langs : sequence of str
        Language of each.

    Returns
    -------
    Context
        Links are there only where both languages have words.

    Examples
    --------
    >>> dfm = sparse.csr_matrix([[1.0, 1.0, 0, 0], [1.0, 1.0, 0, 0], [0, 0, 1.0, 0], [0, 0, 0, 1.0]])
    >>> context = learn_context(dfm, ["猫", "睡觉", "律师", "cat"], ["zh", "zh", "zh", "en"])
    >>> context.links.toarray()[0].round(2).tolist(), bool(context.graph[0, 1] > 0)
    ([0.0, 0.0, 0.0, 1.0], True)
    """
    of_word = np.asarray(langs, dtype=np.str_)
    strength, links = _dictionary_links(dfm, words, of_word)
    return Context(of_word, word_graph(dfm, of_word), links, strength)


def word_graph(dfm: sparse.csr_matrix, langs: NDArray[np.str_]) -> sparse.csr_matrix:
    """Measure which words go together in posts, within a language and, in mixed posts, across.

    Parameters
    ----------
    dfm : csr_matrix of float64, shape (n_docs, n_words)
        Occurrences.
    langs : ndarray of str, shape (n_words,)
        Language of each word.

    Returns
    -------
    csr_matrix of float64, shape (n_words, n_words)
        Normalised pointwise mutual information (Bouma 2009) where it is above 0, shrunk where it rests on few
        posts.  The posts counted are those with words of the language, or of both.

    Notes
    -----
    Bouma (2009), Normalized (pointwise) mutual information in collocation extraction, *GSCL*, 31-40.

    Examples
    --------
    >>> dfm = sparse.csr_matrix([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    >>> word_graph(dfm, np.array(["zh"] * 3)).toarray()[0].round(3).tolist()
    [0.0, 0.091, 0.0]
    """
    spread = np.bincount(dfm.indices, minlength=dfm.shape[1])
    common = np.sort(np.argsort(-spread, kind="stable")[:MOST_WORDS])
    present = sparse.csr_matrix((dfm[:, common] > 0).astype(np.float64))
    its = langs[common]
    held = {lang: np.diff(present[:, its == lang].indptr) > 0 for lang in sorted(set(its.tolist()))}
    together = (
        np.logical_and.reduce(list(held.values())) if len(held) > 1 else np.zeros(present.shape[0], bool)
    )
    blocks = [_association(present[rows], its == lang, its == lang) for lang, rows in held.items()]
    if together.sum() > DISCOUNT:
        first, second = list(held)[:2]
        across = _association(present[together], its == first, its == second)
        blocks += [across, sparse.csr_matrix(across.T)]
    total = sum(blocks[1:], start=blocks[0]).tocoo() if blocks else sparse.coo_matrix((0, 0))
    places = (common[total.row], common[total.col])
    return sparse.csr_matrix((total.data, places), shape=(dfm.shape[1], dfm.shape[1]))


def _association(
    present: sparse.csr_matrix, rows: NDArray[np.bool_], columns: NDArray[np.bool_]
) -> sparse.csr_matrix:
    """Measure the positive, discounted NPMI between words of two kinds."""
    n = present.shape[0]
    left, right = present @ sparse.diags(rows.astype(float)), present @ sparse.diags(columns.astype(float))
    both = sparse.coo_matrix(left.T @ right)
    frequency = np.asarray(present.sum(axis=0)).ravel()
    other = both.row != both.col
    at, by, count = both.row[other], both.col[other], both.data[other]
    share = np.minimum(count / max(n, 1), 1 - 1e-9)
    npmi = np.log(count * n / (frequency[at] * frequency[by])) / -np.log(share)
    kept = npmi > 0
    values = npmi[kept] * (count[kept] / (count[kept] + DISCOUNT))
    return sparse.csr_matrix((values, (at[kept], by[kept])), shape=both.shape)


def _dictionary_links(
    dfm: sparse.csr_matrix, words: Sequence[str], langs: NDArray[np.str_]
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Give how plainly words are translations, and what share each passes on."""
    n = len(words)
    chinese, english = np.flatnonzero(langs == "zh"), np.flatnonzero(langs == "en")
    found = (
        word_links([words[i] for i in chinese.tolist()], [words[i] for i in english.tolist()])
        if chinese.size
        else []
    )
    column = {word: i for i, word in enumerate(words)}
    at = np.array([column[link.zh] for link in found], dtype=np.int64)
    by = np.array([column[link.en] for link in found], dtype=np.int64)
    strength = sparse.csr_matrix(([link.weight for link in found], (at, by)), shape=(n, n))
    # A translation counts the more the commoner it is in the corpus.
    frequency = sparse.diags(np.sqrt(np.bincount(dfm.indices, minlength=n).astype(float)))
    forth, back = _in_shares(strength @ frequency), _in_shares(strength.T @ frequency)
    shares = forth.multiply(back.T).sqrt()
    return sparse.csr_matrix(strength + strength.T), sparse.csr_matrix(shares + shares.T)


def _in_shares(weights: sparse.csr_matrix) -> sparse.csr_matrix:
    total = np.asarray(weights.sum(axis=1)).ravel()
    return sparse.csr_matrix(sparse.diags(1.0 / np.where(total > 0, total, 1.0)) @ weights)
