"""Do people see what a model found?  Word and topic intrusion, and how often the intruder was met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import InputError
from discourse.topics.model import TopicModel

_SHOWN = 5


def word_intrusion(model: TopicModel, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put a strange word among the top words of each topic.

    Parameters
    ----------
    model : TopicModel
        The fitted model.
    seed : int, default 0
        Seed of the order and of the intruders.

    Returns
    -------
    (DataFrame, DataFrame)
        The sheet: ``item``, ``word_1`` to ``word_6``, ``answer`` (to be filled in with the word that does not
        belong); and the key: ``item``, ``topic``, ``lang``, ``intruder``.

    Notes
    -----
    Chang, Boyd-Graber, Gerrish, Wang and Blei (2009), Reading tea leaves, *NeurIPS* 22: the intruder is a
    top word of another topic that is in the lower half of this one.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> posts = ["cats purr nap paws kittens", "courts ban apps sue judges"] * 3
    >>> sheet, key = word_intrusion(fit_topics(posts, 2))
    >>> len(sheet), bool(key["intruder"].notna().all())
    (2, True)
    """
    rng = np.random.default_rng(seed)
    top = model.top_words(_SHOWN)
    sheet, key = [], []
    for lang in dict.fromkeys(top["lang"]):
        words, phi = model.phi(str(lang))
        column = {word: place for place, word in enumerate(words)}
        for topic in range(model.n_topics):
            own = top[(top["topic"] == topic) & (top["lang"] == lang)]["word"].tolist()
            others = top[(top["topic"] != topic) & (top["lang"] == lang)]["word"].tolist()
            middle = float(np.median(phi[topic]))
            strange = sorted({w for w in others if w not in own and phi[topic, column[w]] <= middle})
            if len(own) < 3 or not strange:
                continue
            intruder = strange[int(rng.integers(len(strange)))]
            shown = [*own, intruder]
            shown = [shown[i] for i in rng.permutation(len(shown))]
            sheet.append({f"word_{place + 1}": word for place, word in enumerate(shown)})
            key.append({"topic": topic, "lang": lang, "intruder": intruder})
    return _numbered(sheet, key, rng)


def topic_intrusion(
    model: TopicModel,
    post_ids: Sequence[str] | pd.Series,
    texts: Sequence[str] | pd.Series,
    authors: Sequence[Any] | pd.Series | None = None,
    *,
    n_posts: int = 40,
    seed: int = 0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put a topic that a post does not speak of among those that it does.

    Parameters
    ----------
    model : TopicModel
        The fitted model, with at least four topics.
    post_ids, texts : sequence of str
        Of each post.
    authors : sequence, optional
        Author of each post; of one author one post is drawn.
    n_posts : int, default 40
        Posts on the sheet.
    seed : int, default 0
        Seed.

    Returns
    -------
    (DataFrame, DataFrame)
        The sheet: ``item``, ``text``, ``topic_1`` to ``topic_4`` (their top words), ``answer`` (the number, 1
        to 4, of the topic that does not belong); and the key: ``item``, ``post_id``, ``topic``, ``intruder``.

    Notes
    -----
    Chang et al. (2009), as :func:`word_intrusion`: three topics that lead in the post and one from the lower
    half of its shares.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> posts = ["cats purr nap paws", "courts ban apps", "cook noodles", "rain snow"] * 3
    >>> sheet, key = topic_intrusion(fit_topics(posts, 4), list("abcdefghijkl"), posts, n_posts=5)
    >>> len(sheet), sorted(set(key["intruder"]) - {1, 2, 3, 4})
    (5, [])
    """
    rng = np.random.default_rng(seed)
    ids, said = list(post_ids), list(texts)
    names = ids if authors is None else list(authors)
    usable = sorted(
        np.flatnonzero(~np.isnan(model.prevalence).any(axis=1)).tolist(), key=lambda i: str(ids[i])
    )
    taken: dict[Any, int] = {}
    for place in rng.permutation(len(usable)).tolist():
        taken.setdefault(names[usable[place]], usable[place])
    top = model.top_words(_SHOWN)
    shown = [" ".join(top.loc[top["topic"] == t, "word"]) for t in range(model.n_topics)]
    sheet, key = [], []
    for post in list(taken.values())[:n_posts] if model.n_topics >= 4 else []:
        order = np.argsort(-model.prevalence[post].round(9), kind="stable")
        low = order[max(3, len(order) // 2) :]
        chosen = [*order[:3].tolist(), int(low[int(rng.integers(len(low)))])]
        places = rng.permutation(4).tolist()
        row: dict[str, Any] = {"text": said[post]}
        row |= {f"topic_{at + 1}": shown[chosen[place]] for at, place in enumerate(places)}
        sheet.append(row)
        key.append({"post_id": ids[post], "topic": chosen[0], "intruder": places.index(3) + 1})
    return _numbered(sheet, key, rng)


def _numbered(
    sheet: list[dict[str, Any]], key: list[dict[str, Any]], rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Shuffle the items, so that their order tells nothing, and number them."""
    order = rng.permutation(len(sheet)).tolist()
    rows = [{"item": n + 1, **sheet[i], "answer": ""} for n, i in enumerate(order)]
    keys = [{"item": n + 1, **key[i]} for n, i in enumerate(order)]
    table = pd.DataFrame(rows).fillna("")
    if "answer" in table:
        table = table[[*(name for name in table.columns if name != "answer"), "answer"]]
    return table, pd.DataFrame(keys)


def intruders_found(answers: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """Count how often people met the intruder.

    Parameters
    ----------
    answers : DataFrame
        ``item``, ``answer``; several people's sheets one below the other.
    key : DataFrame
        ``item``, ``topic``, ``intruder``.

    Returns
    -------
    DataFrame
        One row a topic and, with ``topic`` NA, one for all: ``topic``, ``n`` (answers), ``found`` (share of
        them that name the intruder, 0 to 1; NA without an answer).

    Raises
    ------
    InputError
        If an item of the answers is not in the key.

    Examples
    --------
    >>> key = pd.DataFrame({"item": [1, 2], "topic": [0, 1], "intruder": ["law", "cat"]})
    >>> given = pd.DataFrame({"item": [1, 2], "answer": ["law", "dog"]})
    >>> intruders_found(given, key)["found"].tolist()
    [1.0, 0.0, 0.5]
    """
    given = answers.assign(answer=answers["answer"].fillna("").astype(str).str.strip())
    given = given[given["answer"] != ""]
    strange = sorted(set(given["item"].astype(int)) - set(key["item"].astype(int)))
    if strange:
        raise InputError(f"item {strange[0]} is not in the key", expected="the sheets of one draw")
    both = given.assign(item=given["item"].astype(int)).merge(
        key.assign(item=key["item"].astype(int)), on="item"
    )
    both = both.assign(right=both["answer"] == both["intruder"].astype(str))
    topics: list[Any] = sorted(set(key["topic"].tolist()))
    parts = [(topic, both[both["topic"] == topic]["right"]) for topic in topics]
    rows = [
        {"topic": topic, "n": len(right), "found": float(right.mean()) if len(right) else float("nan")}
        for topic, right in [*parts, (pd.NA, both["right"])]
    ]
    return pd.DataFrame(rows).astype({"topic": "Int64", "n": "Int64"})
