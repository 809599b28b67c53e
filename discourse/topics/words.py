"""Words that tell what a topic is: probable, frequent and exclusive, lifted; each with its meaning."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.stats import exclusivity
from discourse.tables import TOPIC_RANKINGS
from discourse.text.glosses import gloss_other
from discourse.topics.model import TopicModel
from discourse.topics.space import Space

#: A word that is met more rarely is not listed by its lift, which rare words always have.
LEAST_USES = 10


def word_rankings(model: TopicModel, n: int = 10, least: int = LEAST_USES) -> pd.DataFrame:
    """Rank the words of each topic in three ways.

    Parameters
    ----------
    model : TopicModel
        The fitted model.
    n : int, default 10
        Words a topic, language and way.
    least : int, default 10
        Uses below which a word is not ranked by lift.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.TOPIC_RANKINGS`, with glosses.

    Raises
    ------
    ParameterError
        If ``n`` is below 1.

    Notes
    -----
    As ``labelTopics`` of stm (Roberts, Stewart and Tingley 2019, doi:10.18637/jss.v091.i02): probability;
    FREX (Bischof and Airoldi 2012), here among the heavy words of a topic; lift (Taddy 2012): probability in
    the topic over the share of the word among all words of its language.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> table = word_rankings(fit_topics(["cats purr", "cats nap", "courts ban apps"], 2), 2, least=1)
    >>> table["by"].unique().tolist()
    ['probability', 'frex', 'lift']
    """
    parts = [model.top_words(n, by=by).assign(by=by) for by in ("probability", "frex")]
    table = pd.concat([*parts, _lifted(model, n, least).assign(by="lift")], ignore_index=True)
    table = table.sort_values("topic", kind="stable", ignore_index=True)
    return TOPIC_RANKINGS.conform(with_glosses(table))


def with_glosses(table: pd.DataFrame) -> pd.DataFrame:
    """Add to words what they mean in the other language.

    Parameters
    ----------
    table : DataFrame
        With ``lang`` and ``word``.

    Returns
    -------
    DataFrame
        The same rows with ``gloss``, NA where CC-CEDICT has none.

    Examples
    --------
    >>> with_glosses(pd.DataFrame({"lang": ["zh"], "word": ["猫"]}))["gloss"].tolist()
    ['cat']
    """
    pairs = sorted(set(zip(table["lang"], table["word"], strict=True)))
    known = {pair: gloss_other([pair[1]], pair[0])[0] for pair in pairs}
    found = [known[pair] for pair in zip(table["lang"], table["word"], strict=True)]
    return table.assign(gloss=pd.array(found, dtype="str"))


def topic_exclusivity(model: TopicModel) -> NDArray[np.float64]:
    """Measure how far the top words of each topic are its own.

    Parameters
    ----------
    model : TopicModel
        The fitted model.

    Returns
    -------
    ndarray of float64, shape (n_topics,)
        From 0 to 1: :func:`discourse.stats.exclusivity` of the ten heaviest words, the mean over languages.
    """
    return np.concatenate(
        [
            np.mean([exclusivity(space.phi(lang)[1]) for lang in space.languages], axis=0)
            for space in model.spaces
        ]
    )


def _lifted(model: TopicModel, n: int, least: int) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    first = 0
    for space in model.spaces:
        for lang in space.languages:
            rows += _lift_of(space, lang, n, least, first)
        first += len(space.order)
    return pd.DataFrame(rows, columns=["topic", "rank", "lang", "word", "weight"])


def _lift_of(space: Space, lang: str, n: int, least: int, first: int) -> list[dict[str, object]]:
    own = np.flatnonzero(np.asarray(space.langs) == lang)
    uses = space.frequency[own]
    lift = space.topic_word[:, own] / np.maximum(uses / max(uses.sum(), 1.0), 1e-12)
    lift = np.where(uses >= least, lift, -1.0).round(9)
    order = np.argsort(-lift, axis=1, kind="stable")[:, :n]
    return [
        {
            "topic": first + topic,
            "rank": rank + 1,
            "lang": lang,
            "word": space.words[own[place]],
            "weight": float(space.topic_word[topic, own[place]]),
        }
        for topic, places in enumerate(order)
        for rank, place in enumerate(places.tolist())
        if lift[topic, place] >= 0
    ]
