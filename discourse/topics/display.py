"""Which words stand for a topic: those that weigh most, and in two languages those that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from discourse.topics.context import Context

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Words a topic and language that are considered, and that are listed.
POOL, LISTED = 120, 30
# What a pair of words is worth that goes together with none of those chosen before.
_ALONE = 0.1
_LEAST = 0.005
# How much each thing counts in the choice of a pair: weights of its words, plainness of the translation,
# share of the word that goes to it, company in posts.
_WEIGHT, _PLAIN, _SHARE, _COMPANY = 0.5, 1.5, 0.25, 2.0
# How much a word counts less that other topics have too: power of the topic's share in it.
_OWN = 0.5


def within_language(topic_word: Floats, langs: NDArray[np.str_]) -> Floats:
    """Scale weights so that they sum to 1 within each topic and language.

    Parameters
    ----------
    topic_word : ndarray of float64, shape (n_topics, n_words)
        Weights.
    langs : ndarray of str, shape (n_words,)
        Language of each word.

    Returns
    -------
    ndarray of float64, shape (n_topics, n_words)

    Examples
    --------
    >>> within_language(np.array([[0.4, 0.4, 0.2]]), np.array(["zh", "zh", "en"])).tolist()
    [[0.5, 0.5, 1.0]]
    """
    scaled = np.zeros_like(topic_word)
    for lang in sorted(set(langs.tolist())):
        own = langs == lang
        sums = topic_word[:, own].sum(axis=1, keepdims=True)
        scaled[:, own] = topic_word[:, own] / np.where(sums > 0, sums, 1.0)
    return scaled


def list_words(
    topic_word: Floats, context: Context, languages: Sequence[str], dfm: sparse.csr_matrix
) -> dict[str, Ints]:
    """Rank the words of each topic, language by language.

    Parameters
    ----------
    topic_word : ndarray of float64, shape (n_topics, n_words)
        Weights within the language, see :func:`within_language`.
    context : Context
        Which words go together and which mean the same.
    languages : sequence of str
        The languages listed.
    dfm : csr_matrix of float64, shape (n_docs, n_words)
        Occurrences in the posts that were fitted: words that never meet in them are not put side by side.

    Returns
    -------
    dict of str to ndarray of int64, shape (n_topics, up to 30)
        Columns of the words, the first to be shown first.

    Notes
    -----
    In one language words are ranked by their weight.  In two, pairs of words that the dictionary links are
    taken one by one: each time the one with the largest product of both weights (square roots, relative to
    the topic's heaviest word, and less for words that other topics have too), the plainness of the
    translation, and how far both words go together in posts with the words chosen before: by the association
    that the graph holds, and by how near their NPMI (Bouma 2009; -1 for words that never meet) comes to 1.
    When no pair is left the lists are filled up word by word.  So the two lists of a topic say the same, and
    each hangs together in its own language.

    Examples
    --------
    >>> from scipy import sparse
    >>> none = sparse.csr_matrix((3, 3))
    >>> context = Context(np.array(["zh"] * 3), none, none, none)
    >>> list_words(np.array([[0.2, 0.5, 0.3]]), context, ["zh"], none)["zh"].tolist()
    [[1, 2, 0]]
    """
    columns = {lang: np.flatnonzero(context.langs == lang) for lang in languages}
    if len(columns) == 2 and context.bilingual and all(len(c) for c in columns.values()):
        first, second = languages
        met = [Meetings.of(dfm, columns[lang]) for lang in languages]
        own = topic_word * _share_of_topics(topic_word) ** _OWN
        pairs = [_in_pairs(row, context, (columns[first], columns[second]), met) for row in own]
        return {first: np.vstack([a for a, _ in pairs]), second: np.vstack([b for _, b in pairs])}
    return {
        lang: np.vstack([_heaviest(row, own, LISTED) for row in topic_word]) for lang, own in columns.items()
    }


def _share_of_topics(topic_word: Floats) -> Floats:
    """Give what share of a word each topic has, all topics being of one size."""
    total = topic_word.sum(axis=0, keepdims=True)
    return np.asarray(topic_word / np.where(total > 0, total, 1.0))


def _heaviest(row: Floats, columns: Ints, n: int) -> Ints:
    return np.asarray(columns[np.argsort(-row[columns].round(12), kind="stable")[:n]], dtype=np.int64)


@dataclass(frozen=True)
class Meetings:
    """In how many posts words of one language meet.

    Parameters
    ----------
    present : csc_matrix of float64, shape (n_docs, n_words)
        Which words each post holds, all languages.
    n : int
        Posts with words of the language.
    """

    present: sparse.csc_matrix
    n: int

    @classmethod
    def of(cls, dfm: sparse.csr_matrix, columns: Ints) -> Self:
        """Look at the posts that hold words of some columns."""
        held = np.diff(sparse.csr_matrix(dfm[:, columns]).indptr) > 0
        return cls(sparse.csc_matrix((dfm[held] > 0).astype(np.float64)), int(held.sum()))

    def nearness(self, columns: Ints) -> Floats:
        """Give (1 + NPMI) / 2 of words with each other: 0 where they never meet, 1/2 by chance, 1 always."""
        part = self.present[:, columns]
        both = (part.T @ part).toarray()
        own = both.diagonal()
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.minimum(both / max(self.n, 1), 1 - 1e-9)
            npmi = np.log(both * self.n / np.outer(own, own)) / -np.log(share)
        return np.asarray(np.where(both > 0, (1 + npmi) / 2, 0.0))


class _Side:
    """The candidates of one language, and those of them that were chosen."""

    def __init__(self, row: Floats, context: Context, columns: Ints, met: Meetings) -> None:
        self.columns = _heaviest(row, columns, POOL)
        weights = row[self.columns]
        self.salience = (weights / max(weights.max(), 1e-300)) ** _WEIGHT
        self.graph = context.graph[self.columns][:, self.columns].toarray()
        self.near = met.nearness(self.columns)
        self.chosen: list[int] = []
        # Before anything is chosen: how far a word goes together with the heavy words of the topic.
        self.company = np.minimum(self.graph @ self.salience / 5.0, 0.3)
        self.nearness = np.ones(len(self.columns))

    def choose(self, place: int) -> None:
        n = len(self.chosen)
        # The mean over the words chosen; what stood for it before the first one is forgotten.
        self.company = (self.company * n + self.graph[place]) / (n + 1)
        self.nearness = (self.nearness * n + self.near[place]) / (n + 1)
        self.chosen.append(place)

    def fill(self, n: int) -> None:
        while len(self.chosen) < min(n, len(self.columns)):
            worth = (self.salience * (_ALONE + self.company) * self.nearness**_COMPANY).round(12)
            worth[self.chosen] = -1.0
            self.choose(int(worth.argmax()))


def _in_pairs(
    row: Floats, context: Context, columns: tuple[Ints, Ints], met: Sequence[Meetings]
) -> tuple[Ints, Ints]:
    """Choose linked words of two languages together."""
    first, second = columns
    a, b = _Side(row, context, first, met[0]), _Side(row, context, second, met[1])
    plain = context.strength[a.columns][:, b.columns].toarray()
    share = context.links[a.columns][:, b.columns].toarray()
    worth = np.sqrt(np.outer(a.salience, b.salience)) * plain**_PLAIN * share**_SHARE
    n = min(LISTED, len(first), len(second))
    for _ in range(n):
        together = _ALONE + np.sqrt(np.outer(a.company + _LEAST, b.company + _LEAST))
        near = np.sqrt(np.outer(a.nearness, b.nearness))
        score = (worth * (together * near) ** _COMPANY).round(12)
        score[a.chosen, :] = 0.0
        score[:, b.chosen] = 0.0
        if score.max() <= 0:
            break
        one, other = np.unravel_index(int(score.argmax()), score.shape)
        a.choose(int(one))
        b.choose(int(other))
    for side, own in ((a, first), (b, second)):
        side.fill(min(LISTED, len(own)))
    return a.columns[a.chosen], b.columns[b.chosen]
