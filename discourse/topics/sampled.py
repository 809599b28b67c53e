"""Latent Dirichlet allocation by collapsed Gibbs sampling, with tomotopy (extra ``topics``)."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from discourse.errors import MissingExtra
from discourse.topics.lda import e_step

Floats = NDArray[np.float64]

_ROUNDS, _TOLERANCE = 50, 1e-3


class TomotopyEngine:
    """Topics by latent Dirichlet allocation, sampled.

    Parameters
    ----------
    iterations : int, default 1,000
        Sweeps of the sampler.

    Attributes
    ----------
    topic_word_ : ndarray of float64, shape (n_topics, n_words)
        Probability of each word in each topic.

    Raises
    ------
    MissingExtra
        If tomotopy is not installed.

    Notes
    -----
    Griffiths and Steyvers (2004), *PNAS* 101, 5228-5235, doi:10.1073/pnas.0307752101; one worker, as more
    of them give other topics.  Posts are placed by the variational step of :mod:`discourse.topics.lda`
    under the sampled topics, so that a post's place depends on nothing but the post.  Shares of words, such
    as translations have, are rounded to whole words.
    """

    name = "tomotopy"

    def __init__(self, iterations: int = 1000) -> None:
        if find_spec("tomotopy") is None:
            raise MissingExtra("the engine tomotopy needs tomotopy", hint="pip install 'discourse[topics]'")
        self.iterations = iterations
        self.version = f"tomotopy {import_module('tomotopy').__version__}"

    def fit(self, dfm: sparse.csr_matrix, words: Sequence[str], n_topics: int, seed: int) -> Self:
        """Learn topics; see :class:`discourse.topics.engine.Engine`."""
        model = import_module("tomotopy").LDAModel(k=n_topics, seed=seed, alpha=min(0.5, 1.5 / n_topics))
        whole = sparse.csr_matrix(dfm.copy())
        whole.data = np.rint(whole.data)
        for start, stop in zip(whole.indptr[:-1], whole.indptr[1:], strict=True):
            times = whole.data[start:stop].astype(np.int64)
            columns = np.repeat(whole.indices[start:stop], times)
            if len(columns):
                model.add_doc([str(column) for column in columns])
        model.train(self.iterations, workers=1)
        weights = np.full((n_topics, dfm.shape[1]), 1e-9)
        own = [int(word) for word in model.used_vocabs]
        for topic in range(n_topics):
            weights[topic, own] += np.asarray(model.get_topic_word_dist(topic), dtype=np.float64)
        self._weights: Floats = weights / weights.sum(axis=1, keepdims=True)
        self._alpha: Floats = np.asarray(model.alpha, dtype=np.float64)
        self.topic_word_: Floats = self._weights
        return self

    def transform(self, dfm: sparse.csr_matrix) -> Floats:
        """Give the expected share of each topic in each post, under the learned topics."""
        weights = np.ascontiguousarray(self._weights.T)
        gamma, _ = e_step(sparse.csr_matrix(dfm), weights, self._alpha, _ROUNDS, _TOLERANCE)
        return np.asarray(gamma / gamma.sum(axis=1, keepdims=True))

    def state(self) -> dict[str, Any]:
        """Give what :meth:`restore` needs, as arrays."""
        return {"weights": self._weights, "alpha": self._alpha}

    @classmethod
    def restore(cls, state: dict[str, Any]) -> Self:
        """Make a fitted engine of what :meth:`state` gave."""
        engine = cls()
        engine._weights, engine._alpha = state["weights"], state["alpha"]
        engine.topic_word_ = engine._weights
        return engine
