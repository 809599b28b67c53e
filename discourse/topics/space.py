"""One topic space: the words that span it, the engine that learned it, and how posts are placed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from discourse.room import looked, room
from discourse.text.ordering import in_order
from discourse.text.token_lists import WordLists, joined_lists
from discourse.topics.context import learn_context
from discourse.topics.display import list_words, within_language
from discourse.topics.engine import Engine
from discourse.topics.vocabulary import Limits, document_features, vocabulary_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Docs = Mapping[str, Sequence[Sequence[str]]]

#: Words of a language with a smaller share of the content words are read, but not listed under topics.
MIN_LISTED_SHARE = 0.05
_PLACED_AT_ONCE = 20_000


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
    frequency : ndarray of float64, shape (n_words,)
        Occurrences of each word in the posts that were fitted.  Unit: tokens.
    listed : dict of str to ndarray of int64
        By language the columns of the words that stand for each topic (in ``order``), the first ones first.
    links : csr_matrix of float64, shape (n_words, n_words)
        What share of a word stands for which words of the other language.
    """

    words: list[str]
    langs: list[str]
    engine: Engine
    order: Ints
    frequency: Floats
    listed: dict[str, Ints]
    links: sparse.csr_matrix

    @cached_property
    def topic_word(self) -> Floats:
        """Weight of each word in each topic, shape (n_topics, n_words); rows sum to 1 within a language."""
        weights = np.asarray(self.engine.topic_word_, dtype=np.float64)[self.order]
        return within_language(weights, np.asarray(self.langs, dtype=np.str_))

    def phi(self, lang: str) -> tuple[list[str], Floats]:
        """Give the words of a language and their weights in each topic; rows sum to 1."""
        own = [i for i, of in enumerate(self.langs) if of == lang]
        return [self.words[i] for i in own], self.topic_word[:, own]

    @property
    def languages(self) -> list[str]:
        """The languages whose words are listed, Chinese first."""
        return [lang for lang in ("zh", "en") if lang in self.listed]

    @property
    def read(self) -> list[str]:
        """The languages whose words are read, Chinese first."""
        return [lang for lang in ("zh", "en") if lang in self.langs]

    def place(self, docs: Docs) -> tuple[Floats, Floats]:
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
        lists = [WordLists.of(docs[lang]) for lang in self.read]
        n, at = len(lists[0]) if lists else 0, self.columns
        columns = [np.array([at.get(w, -1) for w in one.types], dtype=np.int32) for one in lists]
        sizes = room(n, np.float64)
        for start in range(0, n, _PLACED_AT_ONCE):  # no matrix of all posts is made
            part = np.arange(start, min(start + _PLACED_AT_ONCE, n))
            sizes[part] = np.asarray(_features_of(lists, columns, part, len(at)).sum(axis=1)).ravel()
            looked()
        shares = room((n, len(self.order)), np.float64)
        for start in range(0, n, _PLACED_AT_ONCE):
            shares[start : start + _PLACED_AT_ONCE] = np.nan
            looked()
        known = _above_zero(sizes)
        for start in range(0, len(known), _PLACED_AT_ONCE):  # an engine needs many times the memory of a part
            here = known[start : start + _PLACED_AT_ONCE]
            taken = _as_taken(self.engine, _features_of(lists, columns, here, len(at)), self.links)
            shares[here] = self.engine.transform(taken)[:, self.order]
            looked()
        return shares, sizes

    @property
    def columns(self) -> dict[str, int]:
        """Column of each word."""
        return {word: i for i, word in enumerate(self.words)}


def _above_zero(sizes: Floats) -> NDArray[np.int32]:
    """Find the posts that have words."""
    found, n = room(len(sizes), np.int32), 0
    for start in range(0, len(sizes), _PLACED_AT_ONCE):
        here = start + np.flatnonzero(sizes[start : start + _PLACED_AT_ONCE] > 0)
        found[n : n + len(here)] = here
        n += len(here)
        looked()
    return found[:n]


def _features_of(
    lists: Sequence[WordLists], columns: Sequence[NDArray[np.int32]], rows: NDArray[np.integer], n_words: int
) -> sparse.csr_matrix:
    """Count the words of some posts, of each language by the columns of its types; -1 is passed over."""
    texts, found = [], []
    for one, column in zip(lists, columns, strict=True):
        taken = one.take(rows)
        at = column[taken.numbers] if len(column) else np.zeros(0, dtype=np.int32)
        texts.append(taken.texts[at >= 0])
        found.append(at[at >= 0])
    flat = np.concatenate(found)
    dfm = sparse.csr_matrix((np.ones(len(flat)), (np.concatenate(texts), flat)), shape=(len(rows), n_words))
    dfm.sum_duplicates()
    return dfm


def joined(docs: Docs, languages: Sequence[str]) -> WordLists:
    """Put the words of several languages together, post by post.

    Parameters
    ----------
    docs : mapping of str to sequence of sequence of str
        Content words of each post, by language.
    languages : sequence of str
        Which languages.

    Returns
    -------
    WordLists
        One list a post.

    Examples
    --------
    >>> joined({"zh": [["猫"]], "en": [["cat"]]}, ["zh", "en"])
    [['猫', 'cat']]
    """
    return joined_lists([docs[lang] for lang in languages])


def fit_space(
    docs: Docs, languages: Sequence[str], engine: Engine, n_topics: int, seed: int, limits: Limits
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
    rows = joined(docs, languages)
    rows = rows.take(in_order([rows]))
    rows = rows.take(np.flatnonzero(rows.lengths))
    dfm = document_features(rows, {word: i for i, word in enumerate(words)})
    dfm = dfm[np.asarray(dfm.sum(axis=1)).ravel() > 0]
    if dfm.shape[0] == 0:
        return None
    # Sorted, so that the order of posts is forgotten; shuffled, so that no chunk is all of one kind.
    dfm = dfm[np.random.default_rng(seed).permutation(dfm.shape[0])]
    context = learn_context(dfm, words, langs)
    extra: dict[str, Any] = {"context": context} if _uses_context(engine) else {}
    taken = _as_taken(engine, dfm, context.links)
    # One thread: in many small products threads wait longer than they work.  And the same bits anywhere.
    with threadpool_limits(1, user_api="blas"):
        engine.fit(taken, words, n_topics, seed, **extra)
        order = np.argsort(-engine.transform(taken).mean(axis=0).round(12), kind="stable")
    weights = within_language(np.asarray(engine.topic_word_, dtype=np.float64)[order], context.langs)
    frequency = np.asarray(dfm.sum(axis=0), dtype=np.float64).ravel()
    listed = list_words(weights, context, _listed_languages(frequency, context.langs), dfm)
    return Space(words, langs, engine, order, frequency, listed, context.links)


def _uses_context(engine: Engine) -> bool:
    return bool(getattr(engine, "uses_context", False))


def _as_taken(engine: Engine, dfm: sparse.csr_matrix, links: sparse.csr_matrix) -> sparse.csr_matrix:
    """Give posts as the engine takes them: with translations, unless it cares for that itself."""
    if _uses_context(engine) or not links.nnz:
        return dfm
    return sparse.csr_matrix(dfm + dfm @ links)


def _listed_languages(frequency: Floats, langs: NDArray[np.str_]) -> list[str]:
    shares = {lang: float(frequency[langs == lang].sum() / frequency.sum()) for lang in ("zh", "en")}
    return [lang for lang, share in shares.items() if share >= MIN_LISTED_SHARE]
