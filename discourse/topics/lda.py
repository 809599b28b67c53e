"""Latent Dirichlet allocation by gensim, started from NMF, with the E step done for many posts at once.

gensim starts topics at random; on short posts other seeds then give other topics.  Here they start from
the parts that non-negative matrix factorisation finds.  gensim also walks through posts one by one and starts
each at a random point, so that the prevalence of a post depends on its place among the others.  Here all
posts of a chunk move together through the same equations and start at the same point: faster, and the same
wherever a post stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import gensim
import numpy as np
import sklearn
from gensim.models import LdaModel
from gensim.models.ldamodel import LdaState
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import psi

from discourse.topics.nmf import NmfEngine

Floats = NDArray[np.float64]


_CHUNK = 4096


class LdaEngine:
    """Topics by latent Dirichlet allocation (Blei et al. 2003), variational Bayes, started from NMF.

    Parameters
    ----------
    passes : int, default 10
        Passes over the posts.
    sample : int, default 20,000
        Posts from which NMF learns where to start.
    iterations : int, default 50
        Most rounds of the E step for a post.
    tolerance : float, default 1e-3
        A post is done when its topic weights move less than this on average.

    Attributes
    ----------
    topic_word_ : ndarray of float64, shape (n_topics, n_words)
        Probability of each word in each topic.
    alpha_ : ndarray of float64, shape (n_topics,)
        Prior weight of each topic in a post, 1 / n_topics each.

    Notes
    -----
    Topics are updated once a pass, by the mean of what they were and what the posts say, the latter with
    weight 1 / sqrt(pass).  Against random starts this gave topics that agree between seeds (mean Jaccard of
    ten top words .72 instead of .17 on 15,000 short posts, k = 20) and cohere better; see
    ``benchmarks/topics.py``.

    References
    ----------
    .. [1] Blei, Ng and Jordan (2003). Latent Dirichlet Allocation. *JMLR* 3, 993-1022.
    .. [2] Hoffman, Blei and Bach (2010). Online Learning for Latent Dirichlet Allocation. *NIPS* 23.

    Examples
    --------
    >>> dfm = sparse.csr_matrix(np.kron(np.eye(2), np.ones((6, 3))))
    >>> engine = LdaEngine().fit(dfm, ["cat", "tax", "paw", "ban", "law", "court"], 2, seed=0)
    >>> bool(engine.transform(dfm).max(axis=1).min() > 0.5)
    True
    """

    name = "lda"
    version = f"gensim {gensim.__version__}, started from NMF of scikit-learn {sklearn.__version__}"

    def __init__(
        self, passes: int = 10, sample: int = 20_000, iterations: int = 50, tolerance: float = 1e-3
    ) -> None:
        self.passes = passes
        self.sample = sample
        self.iterations = iterations
        self.tolerance = tolerance

    def fit(self, dfm: sparse.csr_matrix, words: Sequence[str], n_topics: int, seed: int) -> Self:
        """Learn topics; see :class:`discourse.topics.engine.Engine`."""
        model = _BatchedLda(
            num_topics=n_topics,
            id2word=dict(enumerate(words)),
            alpha="symmetric",
            iterations=self.iterations,
            gamma_threshold=self.tolerance,
            random_state=seed,
            dtype=np.float64,
        )
        start = NmfEngine(iterations=50).fit(dfm[: self.sample], words, n_topics, seed).topic_word_
        model.fit_rows(dfm, start, self.passes)
        self.topic_word_: Floats = model.get_topics()
        self.alpha_: Floats = np.asarray(model.alpha, dtype=np.float64)
        self._weights: Floats = np.ascontiguousarray(np.exp(model.state.get_Elogbeta()).T)
        return self

    def transform(self, dfm: sparse.csr_matrix) -> Floats:
        """Give the expected share of each topic in each post, under the learned topics."""
        parts = [
            e_step(dfm[start : start + _CHUNK], self._weights, self.alpha_, self.iterations, self.tolerance)[
                0
            ]
            for start in range(0, dfm.shape[0], _CHUNK)
        ]
        gamma = np.vstack([np.empty((0, len(self.alpha_))), *parts])
        shares: Floats = gamma / gamma.sum(axis=1, keepdims=True)
        return shares

    def state(self) -> dict[str, Any]:
        """Give what :meth:`restore` needs, as arrays."""
        return {"topic_word": self.topic_word_, "alpha": self.alpha_, "weights": self._weights}

    @classmethod
    def restore(cls, state: dict[str, Any]) -> Self:
        """Make a fitted engine of what :meth:`state` gave."""
        engine = cls()
        engine.topic_word_, engine.alpha_ = state["topic_word"], state["alpha"]
        engine._weights = np.ascontiguousarray(state["weights"])
        return engine


class _BatchedLda(LdaModel):  # type: ignore[misc]
    """gensim's model over the rows of a sparse matrix; a "document" is the number of its row."""

    def fit_rows(self, dfm: sparse.csr_matrix, start: Floats, passes: int) -> None:
        """Learn from all rows, from given topics on."""
        n_docs, n_topics = dfm.shape[0], len(start)
        self._dfm = dfm
        self.state.numdocs = n_docs
        # A trace of gensim's own random start keeps words alive that NMF gives no weight.
        self.state.sstats = start * dfm.sum() / n_topics + 0.01 * self.state.sstats
        self.sync_state()
        for number in range(passes):
            found = LdaState(self.eta, self.state.sstats.shape, self.dtype)
            for first in range(0, n_docs, _CHUNK):
                self.do_estep(range(first, min(first + _CHUNK, n_docs)), found)
            self.do_mstep((1 + number) ** -0.5, found, extra_pass=True)
        del self._dfm

    def print_topics(self, *args: Any, **kwargs: Any) -> None:
        """Keep gensim from formatting topics for its log after every update."""

    def inference(self, chunk: Sequence[int], collect_sstats: bool = False) -> tuple[Floats, Any]:
        weights = np.ascontiguousarray(self.expElogbeta.T)
        gamma, counts = e_step(
            self._dfm[np.asarray(chunk)], weights, self.alpha, self.iterations, self.gamma_threshold
        )
        return gamma, (counts.T if collect_sstats else None)


def e_step(
    dfm: sparse.csr_matrix, weights: Floats, alpha: Floats, iterations: int, tolerance: float
) -> tuple[Floats, Floats]:
    r"""Find the variational posterior of the topic weights of many documents at once.

    Parameters
    ----------
    dfm : csr_matrix of float64, shape (n_docs, n_words)
        Occurrences.
    weights : ndarray of float64, shape (n_words, n_topics)
        :math:`\exp E[\log \beta]`.
    alpha : ndarray of float64, shape (n_topics,)
        Prior.
    iterations : int
        Most rounds.
    tolerance : float
        A document stops where the mean absolute change of its gamma falls below this.

    Returns
    -------
    gamma : ndarray of float64, shape (n_docs, n_topics)
        Parameters of the Dirichlet posterior of each document.
    counts : ndarray of float64, shape (n_words, n_topics)
        Expected occurrences of each word under each topic.

    Notes
    -----
    The fixed point of Hoffman, Blei and Bach (2010), algorithm 1, lines 5-9, in the form without phi
    (Lee and Seung 2001).  Each document starts at gamma = alpha + length / n_topics.

    Examples
    --------
    >>> dfm = sparse.csr_matrix([[2.0, 0.0], [0.0, 3.0]])
    >>> gamma, counts = e_step(dfm, np.array([[0.9, 0.1], [0.1, 0.9]]), np.array([0.1, 0.1]), 50, 1e-6)
    >>> gamma.argmax(axis=1).tolist(), round(float(counts.sum()), 6)
    ([0, 1], 5.0)
    """
    length = np.asarray(dfm.sum(axis=1)).reshape(-1, 1)
    gamma = alpha + np.repeat(length / len(alpha), len(alpha), axis=1)
    moving, still = np.arange(dfm.shape[0]), np.ones(dfm.shape[0], dtype=bool)
    rows, of_words = dfm, weights[dfm.indices]
    for _ in range(iterations):
        before = gamma[moving]
        theta = _exp_expectation(before)
        after = alpha + theta * (_scaled(rows, theta, of_words) @ weights)
        # A settled document stays where it is, whatever the others do.
        gamma[moving[still]] = after[still]
        still &= np.abs(after - before).mean(axis=1) >= tolerance
        if not still.any():
            break
        # Carrying a few settled ones along is cheaper than dropping them at once.
        if still.mean() < 0.8:
            moving, rows = moving[still], rows[still]
            of_words, still = weights[rows.indices], np.ones(len(moving), dtype=bool)
    theta = _exp_expectation(gamma)
    counts = _scaled(dfm, theta, weights[dfm.indices]).T @ theta
    return gamma, np.asarray(counts * weights)


def _exp_expectation(gamma: Floats) -> Floats:
    """Give exp E[log theta] under Dirichlet(gamma)."""
    out: Floats = np.exp(psi(gamma) - psi(gamma.sum(axis=1, keepdims=True)))
    return out


def _scaled(dfm: sparse.csr_matrix, theta: Floats, of_words: Floats) -> sparse.csr_matrix:
    """Divide each occurrence by its normaliser: the sum over topics of theta times word weight."""
    of_docs = np.repeat(theta, np.diff(dfm.indptr), axis=0)
    norm = np.einsum("ij,ij->i", of_docs, of_words) + np.finfo(np.float64).tiny
    return sparse.csr_matrix((dfm.data / norm, dfm.indices, dfm.indptr), shape=dfm.shape)
