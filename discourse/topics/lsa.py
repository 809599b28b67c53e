"""The default engine: posts and words of two languages in one semantic space, and clusters in it.

Short posts hold too few words for counts alone.  So the space is learned from two things at once: from the
posts, each with what the dictionary makes of it in the other language, and from the graph of words that go
together in posts or mean the same.  Nothing in it is left to chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import scipy
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, eigsh

from discourse.topics.context import Context, learn_context
from discourse.topics.sphere import cluster, concentration, memberships, rotated_start, unit

Floats = NDArray[np.float64]

#: Weight of a word's association with itself in the graph.
_SELF = 0.5
# How far commoner words count more in it: power of their frequency.
_COMMON = 0.375
_SMALL = 400


class LsaEngine:
    """Topics as directions of a semantic space of posts and words.

    Parameters
    ----------
    dimensions : int, default 20
        Dimensions of the space; never fewer than topics.
    graph_weight : float, default 1.0
        Weight of the word graph against that of the posts.

    Attributes
    ----------
    topic_word_ : ndarray of float64, shape (n_topics, n_words)
        Weight of each word in each topic, as the space renders it; rows sum to 1.
    concentration_ : float
        How closely posts lie around their topics.

    Notes
    -----
    1. tf-idf weights, idf within each language; each post gets, beside its words, their translations with the
       shares that :class:`discourse.topics.context.Context` gives (vocabulary links as in Hao and Paul 2018).
    2. Latent semantic analysis (Deerwester et al. 1990) of these rows stacked on the rows of the word
       graph, as SeaNMF does for non-negative factors (Shi et al. 2018): posts and words that go together
       lie together.
    3. The mean difference between languages is taken out of the posts' places (Chan et al. 2020, rectr).
    4. Clusters start from the varimax rotation of the leading factors (Rohe and Zeng 2023) and move by
       spherical k-means.  The prevalence of a topic is the probability that the post belongs to it, under
       von Mises-Fisher clusters of one common concentration (Banerjee et al. 2005).

    References
    ----------
    .. [1] Deerwester et al. (1990). Indexing by latent semantic analysis. *JASIS* 41(6), 391-407.
    .. [2] Shi, Kang, Choo and Reddy (2018). Short-text topic modeling via non-negative matrix factorization
       enriched with local word-context correlations. *WWW*, 1105-1114. doi:10.1145/3178876.3186009
    .. [3] Hao and Paul (2018). Learning multilingual topics from incomparable corpora. *COLING*, 2595-2609.
    .. [4] Chan et al. (2020). Reproducible extraction of cross-lingual topics (rectr). *Communication Methods
       and Measures* 14(4), 285-305. doi:10.1080/19312458.2020.1812555
    .. [5] Rohe and Zeng (2023). Vintage factor analysis with varimax performs statistical inference. *JRSS B*
       85(4), 1037-1060. doi:10.1093/jrsssb/qkad029

    Examples
    --------
    >>> dfm = sparse.csr_matrix(np.kron(np.eye(2), np.ones((6, 3))))
    >>> engine = LsaEngine().fit(dfm, ["cat", "tax", "paw", "ban", "law", "court"], 2, seed=0)
    >>> bool(engine.transform(dfm).max(axis=1).min() > 0.9)
    True
    """

    name = "lsa"
    version = f"scipy {scipy.__version__}"
    uses_context = True

    def __init__(self, dimensions: int = 20, graph_weight: float = 1.0) -> None:
        self.dimensions = dimensions
        self.graph_weight = graph_weight

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
        self._chinese = np.asarray(context.langs == "zh", dtype=np.float64)
        self._links = context.links
        self._idf = _idf(dfm, context.langs)
        plain = self._weighted(dfm)
        rows = self._translated(plain)
        graph = _scaled_graph(context, np.bincount(dfm.indices, minlength=dfm.shape[1]))
        share = self.graph_weight * _mass(rows) / max(_mass(graph), 1e-12)
        wanted = min(max(self.dimensions, n_topics), len(words))
        self._basis, self._sizes = _leading_factors(rows, graph, share, wanted)
        self._shift = np.zeros((2, wanted))
        self._shift = self._language_means(plain, rows)
        places = np.asarray(rows @ self._basis)
        directions = self._directions(plain, rows)
        start = rotated_start((places / self._sizes)[:, :n_topics], directions)
        if len(start) < n_topics:  # fewer words than topics: the rest stay empty
            start = np.vstack([start, np.tile(start[-1], (n_topics - len(start), 1))])
        self._centres, label = cluster(directions, start)
        self.concentration_ = concentration(directions, label, n_topics)
        sums = np.zeros((n_topics, places.shape[1]))
        np.add.at(sums, label, places)
        rendered = np.maximum(sums @ self._basis.T, 0.0) + 1e-12
        self.topic_word_: Floats = rendered / rendered.sum(axis=1, keepdims=True)
        return self

    def transform(self, dfm: sparse.csr_matrix) -> Floats:
        """Give the probability of each topic for each post."""
        plain = self._weighted(dfm)
        return memberships(
            self._directions(plain, self._translated(plain)), self._centres, self.concentration_
        )

    def state(self) -> dict[str, Any]:
        """Give what :meth:`restore` needs, as arrays."""
        return {
            "topic_word": self.topic_word_,
            "concentration": np.array(self.concentration_),
            "idf": self._idf,
            "basis": self._basis,
            "sizes": self._sizes,
            "shift": self._shift,
            "centres": self._centres,
            "chinese": self._chinese,
            "links_data": self._links.data,
            "links_indices": self._links.indices,
            "links_indptr": self._links.indptr,
        }

    @classmethod
    def restore(cls, state: dict[str, Any]) -> Self:
        """Make a fitted engine of what :meth:`state` gave."""
        engine = cls()
        engine.topic_word_ = state["topic_word"]
        engine.concentration_ = float(state["concentration"])
        engine._idf, engine._basis, engine._sizes = state["idf"], state["basis"], state["sizes"]
        engine._shift, engine._centres, engine._chinese = state["shift"], state["centres"], state["chinese"]
        n = len(engine._idf)
        parts = (state["links_data"], state["links_indices"], state["links_indptr"])
        engine._links = sparse.csr_matrix(parts, shape=(n, n))
        return engine

    def _weighted(self, dfm: sparse.csr_matrix) -> sparse.csr_matrix:
        """Weigh occurrences: sublinear tf-idf, rows of length 1."""
        weighted = sparse.csr_matrix(dfm, dtype=np.float64, copy=True)
        weighted.data = 1.0 + np.log(np.maximum(weighted.data, 1.0))
        return _unit_rows(weighted @ sparse.diags(self._idf))

    def _translated(self, plain: sparse.csr_matrix) -> sparse.csr_matrix:
        return _unit_rows(plain + plain @ self._links) if self._links.nnz else plain

    def _directions(self, plain: sparse.csr_matrix, rows: sparse.csr_matrix) -> Floats:
        """Place posts, without what only tells their language."""
        chinese = np.asarray(plain.multiply(plain) @ self._chinese)[:, None]
        shift = chinese * self._shift[0] + (1.0 - chinese) * self._shift[1]
        return unit(np.asarray(rows @ self._basis) / np.sqrt(self._sizes) - shift)

    def _language_means(self, plain: sparse.csr_matrix, rows: sparse.csr_matrix) -> Floats:
        """Measure how far the mean place of each language is from the middle of both."""
        places = np.asarray(rows @ self._basis) / np.sqrt(self._sizes)
        chinese = np.asarray(plain.multiply(plain) @ self._chinese)[:, None]
        weights = (chinese.sum(), (1.0 - chinese).sum())
        if not self._links.nnz or min(weights) < 1.0:
            return np.zeros((2, places.shape[1]))
        means = np.vstack([(part * places).sum(axis=0) for part in (chinese, 1.0 - chinese)])
        means /= np.array(weights)[:, None]
        return np.asarray(means - means.mean(axis=0))


def _idf(dfm: sparse.csr_matrix, langs: NDArray[np.str_]) -> Floats:
    """Weigh words by rarity among the posts that have words of their language."""
    frequency = np.bincount(dfm.indices, minlength=dfm.shape[1])
    idf = np.ones(dfm.shape[1])
    for lang in sorted(set(langs.tolist())):
        own = langs == lang
        n = int((np.diff(sparse.csr_matrix(dfm[:, own]).indptr) > 0).sum())
        idf[own] = 1.0 + np.log((1 + n) / (1 + frequency[own]))
    return idf


def _unit_rows(matrix: Any) -> sparse.csr_matrix:
    """Scale rows to length 1; empty ones stay."""
    rows = sparse.csr_matrix(matrix)
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1.0 / np.where(length > 0, length, 1.0)) @ rows)


def _mass(matrix: sparse.csr_matrix) -> float:
    return float(matrix.multiply(matrix).sum())


def _scaled_graph(context: Context, frequency: NDArray[np.int64]) -> sparse.csr_matrix:
    """Weigh the graph by how common its words are within their language."""
    graph = sparse.csr_matrix(context.graph + sparse.eye(len(frequency)) * _SELF)
    scale = np.zeros(len(frequency))
    for lang in sorted(set(context.langs.tolist())):
        own = context.langs == lang
        scale[own] = (frequency[own] / max(frequency[own].mean(), 1e-12)) ** _COMMON
    return sparse.csr_matrix(sparse.diags(scale) @ (graph + context.links) @ sparse.diags(scale))


def _leading_factors(
    rows: sparse.csr_matrix, graph: sparse.csr_matrix, share: float, wanted: int
) -> tuple[Floats, Floats]:
    """Find the leading right singular vectors and values of the rows stacked on the graph."""
    n = rows.shape[1]
    rows_t, graph_t = sparse.csr_matrix(rows.T), sparse.csr_matrix(graph.T)

    def gram(x: Floats) -> Floats:
        return np.asarray(rows_t @ (rows @ x) + share * (graph_t @ (graph @ x)))

    if n <= max(_SMALL, 2 * wanted):
        values, vectors = np.linalg.eigh(gram(np.eye(n)))
    else:
        operator = LinearOperator((n, n), matvec=gram, matmat=gram, dtype=np.float64)
        values, vectors = eigsh(operator, wanted, v0=np.ones(n), which="LM", tol=1e-9)
    order = np.argsort(-values, kind="stable")[:wanted]
    vectors = vectors[:, order]
    # The sign of a factor means nothing: fix it, so that runs agree.
    vectors = vectors * np.where(vectors[np.abs(vectors).argmax(axis=0), range(len(order))] < 0, -1.0, 1.0)
    return np.asarray(vectors), np.sqrt(np.maximum(values[order], 1e-9))
