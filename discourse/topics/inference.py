"""Topics of many posts, part by part: a fit on a sample, inference over all, in flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus
    from discourse.topics.model import TopicModel


def place_parts(model: TopicModel, corpus: Corpus) -> Iterator[pd.DataFrame]:
    """Find the topics of a corpus, one part after the other.

    Parameters
    ----------
    model : TopicModel
        A fitted or loaded model.
    corpus : Corpus
        The posts.

    Yields
    ------
    DataFrame
        ``post_id`` and one column a topic (``0``, ``1``, ...): its prevalence, NA where a post has no content
        word.  At most one part of the corpus is in memory.

    Notes
    -----
    The same figures as :meth:`discourse.topics.model.TopicModel.transform` of all posts at once, as a
    post's place depends on nothing but the post.

    Examples
    --------
    >>> from discourse.corpus.corpus import Corpus
    >>> from discourse.topics.fit import fit_topics
    >>> posts = pd.DataFrame({"post_id": ["a", "b"], "text": ["cats purr", "courts ban apps"]})
    >>> model = fit_topics(posts["text"], 2)
    >>> [part.shape for part in place_parts(model, Corpus.from_pandas(posts))]
    [(2, 3)]
    """
    for part in corpus.parts(["post_id", "title", "text"]):
        texts = (part["title"].fillna("") + "\n" + part["text"].fillna("")).tolist()
        shares = pd.DataFrame(model.transform(texts), columns=np.arange(model.n_topics))
        shares.insert(0, "post_id", part["post_id"].to_numpy())
        yield shares
