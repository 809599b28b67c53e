"""Topics by non-negative matrix factorisation of tf-idf weights: fast, and good at short posts."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import sklearn
from numpy.typing import NDArray
from scipy import sparse
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

Floats = NDArray[np.float64]


class NmfEngine:
    """Topics as parts that add up to posts (Lee and Seung 1999), on tf-idf weights.

    Parameters
    ----------
    iterations : int, default 100
        Most rounds of coordinate descent.

    Attributes
    ----------
    topic_word_ : ndarray of float64, shape (n_topics, n_words)
        Weight of each word in each topic; rows sum to 1.

    Notes
    -----
    Started from the singular vectors (NNDSVDa), so that the seed hardly matters.  The prevalence of a topic
    is its share of what the post's weights are reconstructed from; it is a weight, not a probability.

    References
    ----------
    .. [1] Lee and Seung (1999). Learning the parts of objects by non-negative matrix factorization. *Nature*
       401, 788-791. doi:10.1038/44565
    .. [2] Boutsidis and Gallopoulos (2008). SVD based initialization. *Pattern Recognition* 41(4), 1350-1362.
       doi:10.1016/j.patcog.2007.09.010

    Examples
    --------
    >>> dfm = sparse.csr_matrix(np.kron(np.eye(2), np.ones((6, 3))))
    >>> engine = NmfEngine().fit(dfm, ["cat", "tax", "paw", "ban", "law", "court"], 2, seed=0)
    >>> bool(engine.transform(dfm).max(axis=1).min() > 0.9)
    True
    """

    name = "nmf"
    version = f"scikit-learn {sklearn.__version__}"

    def __init__(self, iterations: int = 100) -> None:
        self.iterations = iterations

    def fit(self, dfm: sparse.csr_matrix, words: Sequence[str], n_topics: int, seed: int) -> Self:
        """Learn topics; see :class:`discourse.topics.engine.Engine`."""
        self._weighting = TfidfTransformer().fit(dfm)
        start = "nndsvda" if n_topics <= min(dfm.shape) else "random"
        model = NMF(n_topics, init=start, random_state=seed, max_iter=self.iterations)
        with warnings.catch_warnings():
            # The number of rounds is fixed on purpose; being not quite there changes no top word.
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(self._weighted(dfm))
        # No topic is quite empty: its weights must sum to something.
        self._set_parts(np.asarray(model.components_, dtype=np.float64) + 1e-12)
        return self

    def transform(self, dfm: sparse.csr_matrix) -> Floats:
        """Give the share of each topic in each post; even shares where nothing fits."""
        if dfm.shape[0] == 0:
            return np.empty((0, len(self._sizes)))
        weights = _place(self._weighted(dfm), self._parts) * self._sizes
        weights[weights.sum(axis=1) <= 0.0] = 1.0
        shares: Floats = weights / weights.sum(axis=1, keepdims=True)
        return shares

    def _weighted(self, dfm: sparse.csr_matrix) -> sparse.csr_matrix:
        """Weigh words: repeated ones count less, shares of a word, as translations have, as they are."""
        damped = sparse.csr_matrix(dfm.copy())
        damped.data = np.where(damped.data > 1, 1.0 + np.log(np.maximum(damped.data, 1.0)), damped.data)
        return sparse.csr_matrix(self._weighting.transform(damped))

    def state(self) -> dict[str, Any]:
        """Give what :meth:`restore` needs, as arrays."""
        return {"parts": self._parts, "idf": np.asarray(self._weighting.idf_)}

    @classmethod
    def restore(cls, state: dict[str, Any]) -> Self:
        """Make a fitted engine of what :meth:`state` gave."""
        engine = cls()
        engine._weighting = TfidfTransformer()
        engine._weighting.idf_ = state["idf"]
        engine._set_parts(state["parts"])
        return engine

    def _set_parts(self, parts: Floats) -> None:
        self._parts: Floats = parts
        # A topic's weight in a post is counted in units of its words.
        self._sizes: Floats = parts.sum(axis=1)
        self.topic_word_: Floats = parts / self._sizes[:, None]


def _place(weighted: sparse.csr_matrix, parts: Floats, rounds: int = 50) -> Floats:
    """Solve non-negative least squares for all posts, topic by topic.

    scikit-learn stops when the posts together have settled, so that a post would depend on its neighbours;
    here the number of rounds is fixed.
    """
    target = np.ascontiguousarray(np.asarray(weighted @ parts.T).T)
    gram = parts @ parts.T
    out = np.zeros_like(target)
    for _ in range(rounds):
        for t in range(len(parts)):
            step = (target[t] - gram[t] @ out) / gram[t, t]
            out[t] = np.maximum(out[t] + step, 0.0)
    return np.ascontiguousarray(out.T)
