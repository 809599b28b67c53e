"""Weights of words and characters: term frequency times inverse document frequency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from discourse.sentiment.trained.posts import Posts
from discourse.sentiment.trained.views import VIEWS

Array = np.ndarray[Any, Any]


def _same(terms: list[str]) -> list[str]:
    return terms


def _empty() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=_same, sublinear_tf=True, dtype=np.float32)


class TermWeights:
    r"""Weigh the terms of one view of posts.

    Parameters
    ----------
    view : str
        A name of :data:`discourse.sentiment.trained.views.VIEWS`.
    fewest : int
        Posts that a term must stand in to be counted.

    Notes
    -----
    :math:`(1 + \ln f) (1 + \ln \frac{1 + n}{1 + n_t})`, each post scaled to length one (Salton and Buckley
    1988, doi:10.1016/0306-4573(88)90021-0, in the smoothed form of scikit-learn).
    """

    def __init__(self, view: str, fewest: int = 1) -> None:
        self.view = view
        self.fewest = fewest

    def fit(self, posts: Posts) -> Any:
        """Learn the terms of some posts; return their weights, one row a post, or None if there are none."""
        vectorizer = _empty().set_params(min_df=self.fewest)
        try:
            matrix = vectorizer.fit_transform(VIEWS[self.view](posts))
        except ValueError:  # no term stands in so many posts
            return None
        self.vectorizer_ = vectorizer
        return matrix

    def transform(self, posts: Posts) -> sparse.csr_matrix:
        """Weigh the known terms of other posts."""
        matrix: sparse.csr_matrix = self.vectorizer_.transform(VIEWS[self.view](posts))
        return matrix

    @property
    def names_(self) -> list[str]:
        """The terms, by column."""
        return [str(name) for name in self.vectorizer_.get_feature_names_out()]

    def state(self) -> dict[str, Array]:
        """Give what was learned as plain arrays; no term holds a line break."""
        names = np.frombuffer("\n".join(self.names_).encode("utf-8", "surrogatepass"), dtype=np.uint8)
        return {"names": names, "idf": np.asarray(self.vectorizer_.idf_, dtype=np.float32)}

    @classmethod
    def restore(cls, view: str, fewest: int, state: Mapping[str, Array]) -> TermWeights:
        """Make the weights again from what :meth:`state` gave."""
        weights = cls(view, fewest)
        names = bytes(state["names"]).decode("utf-8", "surrogatepass").split("\n")
        weights.vectorizer_ = _empty().set_params(vocabulary={name: at for at, name in enumerate(names)})
        weights.vectorizer_.idf_ = np.asarray(state["idf"], dtype=np.float32)
        return weights
