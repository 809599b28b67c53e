"""The usual script: gensim's LdaModel with ten passes, on the words that our models read."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from gensim.corpora import Dictionary
from gensim.models import LdaModel

from discourse.topics.vocabulary import Limits, vocabulary_of

Docs = Sequence[Sequence[str]]


@dataclass
class Usual:
    """A fitted script."""

    model: LdaModel
    dictionary: Dictionary
    n_topics: int
    seconds: float

    def words(self, n: int = 10) -> list[list[str]]:
        """Top words of each topic."""
        return [[word for word, _ in self.model.show_topic(t, n)] for t in range(self.n_topics)]

    def leading(self, docs: Docs) -> np.ndarray:
        """Leading topic of each post; -1 without a word."""
        bags = [self.dictionary.doc2bow(doc) for doc in docs]
        places = [
            max(self.model.get_document_topics(bag), key=lambda p: p[1])[0] if bag else -1 for bag in bags
        ]
        return np.array(places)


def fit_usual(docs: Docs, n_topics: int, seed: int, place: bool = False) -> Usual:
    """Fit, and place all posts where the time of that counts; processor seconds."""
    start = time.process_time()
    kept = set(vocabulary_of(docs, Limits()))
    rows = [[word for word in doc if word in kept] for doc in docs]
    dictionary = Dictionary([row for row in rows if row])
    bags = [dictionary.doc2bow(row) for row in rows if row]
    model = LdaModel(bags, n_topics, id2word=dictionary, passes=10, iterations=50, random_state=seed)
    if place:
        for bag in bags:
            model.get_document_topics(bag)
    return Usual(model, dictionary, n_topics, time.process_time() - start)
