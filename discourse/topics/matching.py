"""Matching the topics of two languages through the dictionary: the check on a joint model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from discourse.errors import ParameterError
from discourse.text.dictionary import word_links
from discourse.topics.model import TopicModel


def match_topics(model: TopicModel, other: TopicModel | None = None, n: int = 10) -> pd.DataFrame:
    """Match topics with Chinese words to topics with English words, one to one.

    Parameters
    ----------
    model : TopicModel
        The topics; of ``languages="separate"`` both languages are in one model.
    other : TopicModel, optional
        Where the English topics are to be taken from, if not from `model`.
    n : int, default 10
        Words a topic that are compared.

    Returns
    -------
    DataFrame
        ``topic_zh``, ``topic_en``, ``overlap`` (0 to 1: share of the words of both whose gloss, or one of
        them, is among the words of the other), the best match first; as many rows as the language with
        fewer topics has.

    Raises
    ------
    ParameterError
        If a language has no topic.

    Notes
    -----
    Hungarian matching (Kuhn 1955, doi:10.1002/nav.3800020109) of the overlap through CC-CEDICT glosses.
    Overlaps of models fitted apart are low even where both speak of the same; compare them with what
    ``languages="joint"`` finds.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> zh, en = ["宠物 动物", "法院 律师"] * 3, ["pets animals", "courts lawyers"] * 3
    >>> match_topics(fit_topics(zh + en, 4, languages="separate"), n=2)["overlap"].tolist()
    [1.0, 1.0]
    """
    chinese, english = _words(model, "zh", n), _words(other or model, "en", n)
    if not chinese or not english:
        raise ParameterError("one of the languages has no topic", expected="Chinese and English topics")
    overlap = np.array([[_overlap(a, b) for b in english.values()] for a in chinese.values()])
    rows, columns = linear_sum_assignment(-overlap)
    names = list(chinese), list(english)
    table = pd.DataFrame(
        {
            "topic_zh": pd.array([names[0][row] for row in rows], dtype="Int64"),
            "topic_en": pd.array([names[1][column] for column in columns], dtype="Int64"),
            "overlap": overlap[rows, columns],
        }
    )
    return table.sort_values(["overlap", "topic_zh"], ascending=[False, True], ignore_index=True)


def _words(model: TopicModel, lang: str, n: int) -> dict[int, list[str]]:
    top = model.top_words(n, by="probability")
    own = top[top["lang"] == lang]
    topics = own["topic"].astype(int)
    return {topic: own.loc[topics == topic, "word"].tolist() for topic in sorted(set(topics.tolist()))}


def _overlap(chinese: Sequence[str], english: Sequence[str]) -> float:
    """Give the share of the words of both sides that are linked to a word of the other one."""
    links = word_links(chinese, english)
    linked = len({link.zh for link in links}) + len({link.en for link in links})
    return linked / (len(chinese) + len(english))
