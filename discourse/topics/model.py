"""A fitted topic model: what is talked about, in which words, and in which posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.errors import ParameterError
from discourse.room import looked, room
from discourse.tables import TOPIC_WORDS, TOPICS
from discourse.text.ordering import in_order
from discourse.text.token_lists import WordLists
from discourse.topics.coherence import topic_coherence
from discourse.topics.exemplars import author_numbers, find_exemplars, leading
from discourse.topics.rankings import RANKINGS
from discourse.topics.reading import Reading
from discourse.topics.space import Space

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus
    from discourse.text.tokens import Tokens

Floats = NDArray[np.float64]

#: Posts of a language in which coherence is measured.
MOST_TEXTS = 50_000


@dataclass(frozen=True)
class TopicModel:
    """Topics of a set of posts; made by :func:`discourse.topics.fit.fit_topics`.

    Attributes
    ----------
    prevalence : ndarray of float64, shape (n_docs, n_topics)
        Share of each topic in each post, in the order given; rows sum to 1, NaN where a post has no content
        word that the model knows.
    seed : int
        The seed of the fit.
    spaces : tuple of Space
        One for both languages, or one a language; they hold the weights of words (``phi``) and their counts.
    reading : Reading
        How posts were read; new posts are read alike.
    docs : mapping of str to sequence of sequence of str
        Content words of each fitted post, by language; empty in a model that was loaded.
    grid : DataFrame or None
        What was tried where the number of topics was chosen from a grid.
    stated : str
        What a methods text must say about the posts learned from; empty where these are all posts, one by
        one.
    named : mapping of int to str
        Labels that people have given to topics.
    """

    prevalence: Floats
    seed: int
    spaces: tuple[Space, ...]
    reading: Reading
    docs: Mapping[str, Sequence[Sequence[str]]] = field(repr=False)
    grid: pd.DataFrame | None = None
    stated: str = ""
    named: Mapping[int, str] = field(default_factory=dict)

    @property
    def n_topics(self) -> int:
        """How many topics."""
        return sum(len(space.order) for space in self.spaces)

    @property
    def engine(self) -> str:
        """Name of the engine."""
        return self.spaces[0].engine.name

    @property
    def instrument(self) -> str:
        """Engine, library and version, number of topics and seed, for the methods text."""
        return f"{self.engine} ({self.spaces[0].engine.version}), {self.n_topics} topics, seed {self.seed}"

    def __repr__(self) -> str:
        return f"<TopicModel: {self.instrument}, {self.lang}, {len(self.prevalence):,} posts>"

    @property
    def lang(self) -> str:
        """Languages of the topics, such as ``zh`` or ``zh+en``."""
        return "+".join(lang for lang in ("zh", "en") if any(lang in s.languages for s in self.spaces))

    @property
    def topic_langs(self) -> list[str]:
        """Language of each topic; ``zh+en`` for a topic with words of both."""
        return ["+".join(space.languages) for space in self.spaces for _ in space.order]

    @property
    def n_wordless(self) -> int:
        """How many posts have no content word that the model knows.  Unit: posts."""
        return int((leading(self.prevalence) < 0).sum())

    def phi(self, lang: str) -> tuple[list[str], Floats]:
        """Give the words of a language and their weights in each topic.

        Parameters
        ----------
        lang : {"zh", "en"}
            The language.

        Returns
        -------
        words : list of str
            The words.
        weights : ndarray of float64, shape (n_topics, n_words)
            Rows sum to 1; rows of zeros for topics of a model of the other language.
        """
        parts = [(space, *space.phi(lang)) for space in self.spaces]
        words = [word for _, own, _ in parts for word in own]
        weights = np.zeros((self.n_topics, len(words)))
        row = column = 0
        for space, own, found in parts:
            weights[row : row + len(space.order), column : column + len(own)] = found
            row, column = row + len(space.order), column + len(own)
        return words, weights

    def top_words(self, n: int = 10, by: str = "listed") -> pd.DataFrame:
        """List the words that stand for each topic.

        Parameters
        ----------
        n : int, default 10
            Words a topic and language.
        by : {"listed", "probability", "frex"}
            Those that stand for the topic, in two languages such that say the same
            (:func:`discourse.topics.display.list_words`); the heaviest ones; or those that are frequent *and*
            exclusive (Bischof and Airoldi 2012).

        Returns
        -------
        DataFrame
            ``topic`` (from 0), ``rank`` (from 1, within the language), ``lang``, ``word``, ``weight``
            (share of the word among the words of its language in the topic, in (0, 1]).

        Raises
        ------
        ParameterError
            If ``n`` is below 1 or ``by`` is unknown.
        """
        if n < 1 or by not in RANKINGS:
            raise ParameterError(f"n={n}, by={by!r}", expected=f"n of at least 1, by {', '.join(RANKINGS)}")
        rows = []
        first = 0
        for space in self.spaces:
            for lang in space.languages:
                columns = RANKINGS[by](space, lang, n)
                rows += [
                    {"topic": first + topic, "rank": rank + 1, "lang": lang, "word": space.words[column]}
                    | {"weight": float(space.topic_word[topic, column])}
                    for topic, row in enumerate(columns)
                    for rank, column in enumerate(row)
                ]
            first += len(space.order)
        table = pd.DataFrame(rows, columns=["topic", "rank", "lang", "word", "weight"])
        table = table.sort_values("topic", kind="stable", ignore_index=True)
        return table.astype({"topic": "Int64", "rank": "Int64", "lang": "str", "word": "str"})

    def labels(self, n: int = 3) -> list[str]:
        """Give the label of each topic: that of people, or the suggested one."""
        return [self.named.get(topic, label) for topic, label in enumerate(self.suggested_labels(n))]

    def suggested_labels(self, n: int = 3) -> list[str]:
        """Suggest a label for each topic: its most telling words.

        Parameters
        ----------
        n : int, default 3
            Words a label and language.

        Returns
        -------
        list of str, length n_topics
            Words joined by commas, languages by a slash.  A suggestion, to be checked by people.

        Notes
        -----
        FREX with weight .5, among the topic's 30 most probable words (as stm's ``labelTopics``).
        """
        top = self.top_words(n, by="frex")
        out = []
        for topic in range(self.n_topics):
            of_topic = top[top["topic"] == topic]
            parts = [", ".join(part["word"]) for _, part in of_topic.groupby("lang", sort=False)]
            out.append(" / ".join(parts))
        return out

    def coherence(self, measure: str = "c_v", n: int = 10) -> Floats:
        """Measure how far the top words of each topic occur together in the fitted posts.

        Parameters
        ----------
        measure : str, default "c_v"
            As :func:`discourse.topics.coherence.topic_coherence`.
        n : int, default 10
            Top words a topic.

        Returns
        -------
        ndarray of float64, shape (n_topics,)
            Coherence; the mean over languages for a topic with words of several.  Of more than 50,000 posts
            with words of a language so many are drawn by the seed.
        """
        top = self.top_words(n)
        columns = []
        for lang in self.reading.languages:
            texts = _some(WordLists.of(self.docs[lang]), self.seed)
            words = [
                list(top.loc[(top["topic"] == t) & (top["lang"] == lang), "word"])
                for t in range(self.n_topics)
            ]
            columns.append(topic_coherence(words, texts, measure=measure))
        values = np.vstack(columns)
        known = ~np.isnan(values)
        sums = np.where(known, values, 0.0).sum(axis=0)
        with np.errstate(invalid="ignore"):
            return np.asarray(np.where(known.any(axis=0), sums / known.sum(axis=0), np.nan))

    def exemplars(
        self, n: int = 3, authors: Sequence[Any] | pd.Series | None = None, min_words: int = 4
    ) -> pd.DataFrame:
        """Find the posts that show each topic most clearly, no two by one author.

        Parameters
        ----------
        n : int, default 3
            Posts a topic.
        authors : sequence, optional
            Author of each post; posts without one are passed over.  Without it posts count as by different
            authors.
        min_words : int, default 4
            Least number of content words, as a post of one word is all of one topic.

        Returns
        -------
        DataFrame
            ``topic``, ``rank`` (from 1), ``doc`` (place of the post, from 0), ``prevalence``.  Fewer than
            ``n`` rows a topic where there are no more posts that it leads.

        Raises
        ------
        ParameterError
            If there is not one author a post.
        """
        docs = [self.docs[lang] for lang in self.reading.languages]
        return find_exemplars(self.prevalence, docs, n, authors, min_words)

    def transform(self, texts: Sequence[str] | pd.Series | Corpus | Tokens) -> Floats:
        """Find the topics of other posts.

        Parameters
        ----------
        texts : list of str, Series, Corpus or Tokens
            The posts.

        Returns
        -------
        ndarray of float64, shape (n_docs, n_topics)
            As :attr:`prevalence`; the same for the same text, whatever stands beside it.
        """
        return place_in(self.spaces, self.reading.content(texts))

    def word_table(self, n: int = 10) -> pd.DataFrame:
        """Give the top words as :data:`discourse.tables.TOPIC_WORDS`."""
        return TOPIC_WORDS.conform(self.top_words(n))

    def topic_table(
        self,
        post_ids: Sequence[str] | pd.Series | None = None,
        authors: Sequence[Any] | pd.Series | None = None,
        min_cell: int = 10,
    ) -> pd.DataFrame:
        """Describe each topic in one row.

        Parameters
        ----------
        post_ids : sequence of str, optional
            Id of each post; with them exemplars are named.
        authors : sequence, optional
            Author of each post.
        min_cell : int, default 10
            Where authors are known, a topic that leads the posts of fewer has no ``n``.

        Returns
        -------
        DataFrame
            :data:`discourse.tables.TOPICS`.
        """
        led = leading(self.prevalence)
        shares = _mean_shares(self.prevalence, led >= 0)
        table = pd.DataFrame(
            {
                "lang": self.topic_langs,
                "topic": range(self.n_topics),
                "label": self.labels(),
                "share": shares,
                "n": pd.array([np.count_nonzero(led == t) for t in range(self.n_topics)], dtype="Int64"),
                "coherence": self.coherence(),
            }
        )
        if authors is not None:
            n_authors = _n_authors(author_numbers(authors), led, self.n_topics)
            table["n"] = table["n"].mask((n_authors > 0) & (n_authors < min_cell))
        if post_ids is not None:
            ids = pd.Series(post_ids).array
            found = self.exemplars(authors=authors)
            names = {t: " ".join(str(ids[i]) for i in part["doc"]) for t, part in found.groupby("topic")}
            table["exemplar_ids"] = [names.get(t) for t in range(self.n_topics)]
        return TOPICS.conform(table)


def place_in(spaces: Sequence[Space], docs: Mapping[str, Sequence[Sequence[str]]]) -> Floats:
    """Place posts in one or several topic spaces at once.

    Parameters
    ----------
    spaces : sequence of Space
        The spaces; their topics stand side by side.
    docs : mapping of str to sequence of sequence of str
        Content words of each post, by language.

    Returns
    -------
    ndarray of float64, shape (n_docs, n_topics)
        Shares within each space, weighted by the number of words that the post has in it; NaN without any.
    """
    placed = [space.place(docs) for space in spaces]
    if len(placed) == 1:
        return placed[0][0]
    n = len(placed[0][1])
    out = room((n, sum(shares.shape[1] for shares, _ in placed)), np.float64)
    for start in range(0, n, MOST_TEXTS):
        here = slice(start, start + MOST_TEXTS)
        total = np.sum([sizes[here] for _, sizes in placed], axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            parts = [np.nan_to_num(shares[here]) * (sizes[here] / total)[:, None] for shares, sizes in placed]
        out[here] = np.hstack(parts)
        out[here][total == 0] = np.nan
        looked()
    return np.asarray(out)


def _mean_shares(prevalence: Floats, known: NDArray[np.bool_]) -> Floats:
    """Give the mean of the known rows: added one after the other, whatever the size of the parts."""
    total, n = np.zeros((1, prevalence.shape[1])), int(np.count_nonzero(known))
    if not n:
        return np.full(prevalence.shape[1], np.nan)
    for start in range(0, len(prevalence), MOST_TEXTS):
        here = slice(start, start + MOST_TEXTS)
        part = prevalence[here][known[here]]
        total = np.add.reduce(np.vstack([total, part]), axis=0, keepdims=True)
        looked()
    return np.asarray(total[0] / n)


def _n_authors(numbers: NDArray[np.integer], led: NDArray[np.int16], n_topics: int) -> NDArray[np.int64]:
    """Count the named authors whose posts a topic leads."""
    there = np.zeros((n_topics, int(numbers.max(initial=-1)) + 1), dtype=bool)
    for start in range(0, len(led), MOST_TEXTS):
        who, what = numbers[start : start + MOST_TEXTS], led[start : start + MOST_TEXTS]
        known = (who >= 0) & (what >= 0)
        there[what[known], who[known]] = True
        looked()
    return np.asarray(there.sum(axis=1), dtype=np.int64)


def _some(texts: WordLists, seed: int) -> WordLists:
    """Draw at most so many of the texts that have words, in an order that is not that of the posts."""
    order = in_order([texts])
    rows, n = room(len(order), np.int32), 0
    for start in range(0, len(order), MOST_TEXTS):
        part = order[start : start + MOST_TEXTS]
        part = part[texts.offsets[part] < texts.offsets[part + 1]]
        rows[n : n + len(part)] = part
        n += len(part)
        looked()
    rows = rows[:n]
    if len(rows) > MOST_TEXTS:
        rows = rows[np.sort(np.random.default_rng(seed).choice(len(rows), MOST_TEXTS, replace=False))]
    return texts.take(rows)
