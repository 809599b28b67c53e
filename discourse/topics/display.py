"""Which words stand for a topic: those that weigh most, and in two languages those that say the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

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
_WEIGHT, _PLAIN, _SHARE, _COMPANY = 0.3, 1.5, 0.25, 2.0


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


def list_words(topic_word: Floats, context: Context, languages: Sequence[str]) -> dict[str, Ints]:
    """Rank the words of each topic, language by language.

    Parameters
    ----------
    topic_word : ndarray of float64, shape (n_topics, n_words)
        Weights within the language, see :func:`within_language`.
    context : Context
        Which words go together and which mean the same.
    languages : sequence of str
        The languages listed.

    Returns
    -------
    dict of str to ndarray of int64, shape (n_topics, up to 30)
        Columns of the words, the first to be shown first.

    Notes
    -----
    In one language words are ranked by their weight.  In two, pairs of words that the dictionary links are
    taken one by one: each time the one with the largest product of both weights (square roots, relative to
    the topic's heaviest word), the plainness of the translation, and how far both words go together in
    posts with the words chosen before.  When no pair is left the lists are filled up word by word.  So the
    two lists of a topic say the same, and each hangs together in its own language.

    Examples
    --------
    >>> from scipy import sparse
    >>> none = sparse.csr_matrix((3, 3))
    >>> context = Context(np.array(["zh"] * 3), none, none, none)
    >>> list_words(np.array([[0.2, 0.5, 0.3]]), context, ["zh"])["zh"].tolist()
    [[1, 2, 0]]
    """
    columns = {lang: np.flatnonzero(context.langs == lang) for lang in languages}
    if len(columns) == 2 and context.bilingual and all(len(c) for c in columns.values()):
        first, second = languages
        pairs = [_in_pairs(row, context, columns[first], columns[second]) for row in topic_word]
        return {first: np.vstack([a for a, _ in pairs]), second: np.vstack([b for _, b in pairs])}
    return {
        lang: np.vstack([_heaviest(row, own, LISTED) for row in topic_word]) for lang, own in columns.items()
    }


def _heaviest(row: Floats, columns: Ints, n: int) -> Ints:
    return np.asarray(columns[np.argsort(-row[columns].round(12), kind="stable")[:n]], dtype=np.int64)


class _Side:
    """The candidates of one language, and those of them that were chosen."""

    def __init__(self, row: Floats, context: Context, columns: Ints) -> None:
        self.columns = _heaviest(row, columns, POOL)
        weights = row[self.columns]
        self.salience = (weights / max(weights.max(), 1e-300)) ** _WEIGHT
        self.graph = context.graph[self.columns][:, self.columns].toarray()
        self.chosen: list[int] = []
        # Before anything is chosen: how far a word goes together with the heavy words of the topic.
        self.company = np.minimum(self.graph @ self.salience / 5.0, 0.3)

    def choose(self, place: int) -> None:
        if not self.chosen:
            self.company = np.zeros(len(self.columns))
        n = len(self.chosen)
        self.company = (self.company * n + self.graph[place]) / (n + 1)
        self.chosen.append(place)

    def fill(self, n: int) -> None:
        while len(self.chosen) < min(n, len(self.columns)):
            worth = (self.salience * (_ALONE + self.company)).round(12)
            worth[self.chosen] = -1.0
            self.choose(int(worth.argmax()))


def _in_pairs(row: Floats, context: Context, first: Ints, second: Ints) -> tuple[Ints, Ints]:
    """Choose linked words of two languages together."""
    sides = (_Side(row, context, first), _Side(row, context, second))
    a, b = sides
    plain = context.strength[a.columns][:, b.columns].toarray()
    share = context.links[a.columns][:, b.columns].toarray()
    worth = np.sqrt(np.outer(a.salience, b.salience)) * plain**_PLAIN * share**_SHARE
    n = min(LISTED, len(first), len(second))
    for _ in range(n):
        together = _ALONE + np.sqrt(np.outer(a.company + _LEAST, b.company + _LEAST))
        score = (worth * together**_COMPANY).round(12)
        score[a.chosen, :] = 0.0
        score[:, b.chosen] = 0.0
        if score.max() <= 0:
            break
        one, other = np.unravel_index(int(score.argmax()), score.shape)
        a.choose(int(one))
        b.choose(int(other))
    for side, columns in ((a, first), (b, second)):
        side.fill(min(LISTED, len(columns)))
    return a.columns[a.chosen], b.columns[b.chosen]
