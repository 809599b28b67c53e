"""What a topic engine must do: counts in, topics and prevalences out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from discourse.errors import ParameterError
from discourse.plugins import load

if TYPE_CHECKING:
    from scipy import sparse

Floats = NDArray[np.float64]

#: Which engine is the default was decided by ``benchmarks/topics``.
DEFAULT = "lsa"


@runtime_checkable
class Engine(Protocol):
    """A topic engine: learns topics from a document-feature matrix.

    Other packages offer theirs by an entry point in the group ``discourse.engines``; it is called without
    arguments and must give an object of this shape.  An engine need not care for the order of posts:
    :func:`discourse.topics.fit.fit_topics` hands them over in an order that does not depend on it.

    Attributes
    ----------
    name : str
        Short name, such as ``lsa``.
    version : str
        Library and version, for the instrument of a report.
    topic_word_ : ndarray of float64, shape (n_topics, n_words)
        After fitting: weight of each word in each topic; rows sum to 1.

    Notes
    -----
    An engine with ``uses_context = True`` also gets ``fit(..., context=...)``, a
    :class:`discourse.topics.context.Context`, and cares for two languages itself; others are handed posts
    to which the translations of their words were added.  An engine that can be saved has ``state() -> dict
    of arrays`` and the class method ``restore(state)``.  :func:`discourse.testing.engines.check_engine`
    checks all this.
    """

    name: str
    version: str
    topic_word_: Floats

    def fit(self, dfm: sparse.csr_matrix, words: Sequence[str], n_topics: int, seed: int) -> Self:
        """Learn topics.

        Parameters
        ----------
        dfm : csr_matrix of float64, shape (n_docs, n_words)
            Occurrences; every document has at least one.
        words : sequence of str, length n_words
            The words of the columns.
        n_topics : int
            How many topics.
        seed : int
            Seed of all that is random.
        """
        ...

    def transform(self, dfm: sparse.csr_matrix) -> Floats:
        """Give the prevalence of the topics in documents, rows summing to 1, each row on its own."""
        ...


def make_engine(engine: str | Engine | None) -> Engine:
    """Take an engine by its name, or as it is.

    Parameters
    ----------
    engine : str or Engine or None
        A name as :func:`discourse.plugins.names` lists it, an engine, or None for ``lsa``.

    Returns
    -------
    Engine
        A new engine for a name.

    Raises
    ------
    ParameterError
        If no engine has that name, or the object is none.

    Examples
    --------
    >>> make_engine("lda").name, make_engine(None).name
    ('lda', 'lsa')
    """
    made: Any = load("engines", engine or DEFAULT)() if engine is None or isinstance(engine, str) else engine
    if not (hasattr(made, "fit") and hasattr(made, "transform") and hasattr(made, "name")):
        raise ParameterError(f"{made!r} is no topic engine", expected="name, version, fit, transform")
    engine_: Engine = made
    return engine_
