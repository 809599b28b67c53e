"""One topic space: the words that span it, the engine that learned it, and how posts are placed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discourse.topics.engine import Engine
from discourse.topics.vocabulary import Limits, document_features, vocabulary_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Space:
    """A fitted topic space.

    Attributes
    ----------
    words : list of str
        The words of the columns.
    langs : list of str
        Language of each word.
    engine : Engine
        The fitted engine.
    order : ndarray of int64, shape (n_topics,)
        The engine's topics from the most to the least talked of.
    """

    words: list[str]
    langs: list[str]
    engine: Engine
    order: NDArray[np.int64]

    @property
    def topic_word(self) -> Floats:
        """Weight of each word in each topic, shape (n_topics, n_words)."""
        return np.asarray(self.engine.topic_word_, dtype=np.float64)[self.order]

    @property
    def languages(self) -> list[str]:
        """The languages of the words, Chinese first."""
        return [lang for lang in ("zh", "en") if lang in self.langs]

    def place(self, docs: Mapping[str, Sequence[Sequence[str]]]) -> tuple[Floats, Floats]:
        """Place posts in the space.

        Parameters
        ----------
        docs : mapping of str to sequence of sequence of str
            Content words of each post, by language.

        Returns
        -------
        shares : ndarray of float64, shape (n_docs, n_topics)
            Prevalence of the topics; NaN in posts without a word of the space.
        sizes : ndarray of float64, shape (n_docs,)
            Words of the space in each post.  Unit: tokens.
        """
        dfm = document_features(joined(docs, self.languages), self.columns)
        sizes = np.asarray(dfm.sum(axis=1), dtype=np.float64).ravel()
        shares = np.full((dfm.shape[0], len(self.order)), np.nan)
        known = sizes > 0
        shares[known] = self.engine.transform(dfm[known])[:, self.order]
        return shares, sizes

    @property
    def columns(self) -> dict[str, int]:
        """Column of each word."""
        return {word: i for i, word in enumerate(self.words)}


def joined(docs: Mapping[str, Sequence[Sequence[str]]], languages: Sequence[str]) -> list[list[str]]:
    """Put the words of several languages together, post by post.

    Parameters
    ----------
    docs : mapping of str to sequence of sequence of str
        Content words of each post, by language.
    languages : sequence of str
        Which languages.

    Returns
    -------
    list of list of str
        One list a post.

    Examples
    --------
    >>> joined({"zh": [["猫"]], "en": [["cat"]]}, ["zh", "en"])
    [['猫', 'cat']]
    """
    return [[w for part in parts for w in part] for parts in zip(*(docs[g] for g in languages), strict=True)]


def fit_space(
    docs: Mapping[str, Sequence[Sequence[str]]],
    languages: Sequence[str],
    engine: Engine,
    n_topics: int,
    seed: int,
    limits: Limits,
) -> Space | None:
    """Learn a topic space from posts, whatever their order.

    Parameters
    ----------
    docs : mapping of str to sequence of sequence of str
        Content words of each post, by language.
    languages : sequence of str
        Whose words span the space.
    engine : Engine
        A new engine.
    n_topics : int
        How many topics.
    seed : int
        Seed.
    limits : Limits
        How rare and how common words may be.

    Returns
    -------
    Space or None
        None if no word is left.
    """
    kept = {lang: vocabulary_of(docs[lang], limits) for lang in languages}
    words = [word for lang in languages for word in kept[lang]]
    langs = [lang for lang in languages for _ in kept[lang]]
    rows = sorted(row for row in joined(docs, languages) if row)
    dfm = document_features(rows, {word: i for i, word in enumerate(words)})
    dfm = dfm[np.asarray(dfm.sum(axis=1)).ravel() > 0]
    if dfm.shape[0] == 0:
        return None
    # Sorted, so that the order of posts is forgotten; shuffled, so that no chunk is all of one kind.
    dfm = dfm[np.random.default_rng(seed).permutation(dfm.shape[0])]
    engine.fit(dfm, words, n_topics, seed)
    shares = engine.transform(dfm).mean(axis=0)
    return Space(words, langs, engine, np.argsort(-shares.round(12), kind="stable"))
