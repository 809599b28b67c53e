"""How many topics: a grid that is really fitted, and a recommendation with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from discourse.errors import ParameterError
from discourse.tables import TOPIC_GRID
from discourse.topics.fit import GRID, fit_docs, read_alike
from discourse.topics.learning import Learning
from discourse.topics.model import TopicModel
from discourse.topics.reading import Reading
from discourse.topics.stability import refit
from discourse.topics.vocabulary import LANGUAGES, Limits
from discourse.topics.words import topic_exclusivity

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus
    from discourse.text.tokens import Tokens
    from discourse.topics.engine import Engine

N_SAMPLES = 3
#: A fit to a sample of the authors learns from about so many posts.
MOST_POSTS = 5000
#: What a number of topics is recommended by; of the two coherences the one that people agree with more often.
JUDGED = ("held_out", "npmi", "exclusivity", "stability")


def choose_k(
    texts: Sequence[str] | pd.Series | Corpus | Tokens,
    grid: Sequence[int] = GRID,
    *,
    languages: str = "joint",
    lang: str | None = None,
    engine: str | None = None,
    seed: int = 0,
    stop_words: Iterable[str] | None = None,
    words: Iterable[str] = (),
    min_posts: int | None = None,
    max_share: float = 0.5,
    authors: Sequence[Any] | pd.Series | None = None,
) -> pd.DataFrame:
    """Fit several numbers of topics and print how good each is.

    Parameters
    ----------
    texts : list of str, Series, Corpus or Tokens
        The posts.
    grid : sequence of int
        Numbers of topics; each is fitted to all posts and to three bootstrap samples of the authors.
    languages, lang, engine, seed, stop_words, words, min_posts, max_share
        As for :func:`discourse.topics.fit.fit_topics`.
    authors : sequence, optional
        Author of each post; without it posts are drawn one by one.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.TOPIC_GRID`: one row a number of topics, with what it was judged by.

    Raises
    ------
    ParameterError
        If the grid is empty or holds a number below 2.

    Notes
    -----
    Recommended is the number with the best mean rank over held-out likelihood, NPMI, exclusivity and
    stability, the smaller of equals; ``reason`` has the ranks.  Held-out likelihood is of the posts of the
    authors that a sample left out (:func:`discourse.topics.stability.refit`).
    Automatic measures do not track what people find meaningful very well (Hoyle et al. 2021, *NeurIPS* 34);
    look at the topics.  Stability as Greene, O'Callaghan and Cunningham (2014),
    doi:10.1007/978-3-662-44848-9_32, matched by Kuhn (1955).

    Examples
    --------
    >>> posts = ["cats purr", "kittens purr", "cats nap", "ban apps", "ban courts", "apps sue"] * 3
    >>> choose_k(posts, [2, 3])["n_topics"].tolist()
    [2, 3]
    """
    reading = Reading(
        LANGUAGES if lang is None else (lang,), tuple(stop_words or ()), tuple(words), hashtags=True
    )
    reading, docs = read_alike(texts, reading)
    how = Learning(languages == "joint", Limits(min_posts, max_share))
    chosen = choose_from(docs, grid, reading, engine, seed, how, authors)
    assert chosen.grid is not None
    return chosen.grid


def choose_from(
    docs: Mapping[str, Sequence[Sequence[str]]],
    grid: Sequence[int],
    reading: Reading,
    engine: str | Engine | None,
    seed: int,
    how: Learning,
    authors: Sequence[Any] | pd.Series | None = None,
) -> TopicModel:
    """Fit a grid to content words and give the recommended model, with its ``grid``.

    Parameters
    ----------
    docs : mapping of str to sequence of sequence of str
        Content words of each post, by language.
    grid : sequence of int
        Numbers of topics.
    reading, engine, seed, how
        As for :func:`discourse.topics.fit.fit_docs`.
    authors : sequence, optional
        Author of each post: samples are drawn of authors.

    Returns
    -------
    TopicModel
        The model of all posts with the recommended number of topics.

    Raises
    ------
    ParameterError
        If the grid is empty or holds a number below 2, or the engine is not given by name.
    """
    numbers = sorted({int(k) for k in grid})
    if not numbers or numbers[0] < 2:
        raise ParameterError(f"the grid is {list(grid)}", expected="numbers of topics from 2 on")
    if engine is not None and not isinstance(engine, str):
        raise ParameterError("one engine cannot learn a grid", hint="give the engine by name")
    fitted = {k: fit_docs(docs, k, reading, engine, seed, how) for k in numbers}
    table = _judged(fitted, authors, seed)
    best = int(table.loc[table["chosen"], "n_topics"].iloc[0])
    return replace(fitted[best], grid=TOPIC_GRID.conform(table.assign(used=table["chosen"])))


def grid_beside(
    model: TopicModel,
    grid: Sequence[int],
    authors: Sequence[Any] | pd.Series | None = None,
    *,
    languages: str = "joint",
) -> pd.DataFrame:
    """Judge other numbers of topics beside the one that was fixed beforehand.

    Parameters
    ----------
    model : TopicModel
        A fitted model, with its posts; its number of topics is judged too.
    grid : sequence of int
        Other numbers of topics; each is fitted to the same posts by the same engine and seed.
    authors : sequence, optional
        Author of each post: samples are drawn of authors.
    languages : {"joint", "separate"}
        As the model was fitted.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.TOPIC_GRID`; ``used`` is the number that the model has, ``chosen`` the one
        that would be recommended.

    Raises
    ------
    ParameterError
        If the grid holds a number below 2.

    Notes
    -----
    As :func:`choose_k`.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> posts = ["cats purr", "kittens purr", "cats nap", "ban apps", "ban courts", "apps sue"] * 3
    >>> table = grid_beside(fit_topics(posts, 2), [3])
    >>> table["n_topics"].tolist(), table["used"].tolist()
    ([2, 3], [True, False])
    """
    numbers = sorted({int(k) for k in grid} | {model.n_topics})
    if numbers[0] < 2:
        raise ParameterError(f"the grid is {list(grid)}", expected="numbers of topics from 2 on")
    how = Learning(languages == "joint")
    fitted = {
        k: model
        if k == model.n_topics
        else fit_docs(model.docs, k, model.reading, model.engine, model.seed, how)
        for k in numbers
    }
    table = _judged(fitted, authors, model.seed)
    return TOPIC_GRID.conform(table.assign(used=table["n_topics"] == model.n_topics))


def _judged(
    fitted: Mapping[int, TopicModel], authors: Sequence[Any] | pd.Series | None, seed: int
) -> pd.DataFrame:
    """Measure how good each model is, and recommend one with its ranks."""
    table = pd.DataFrame([{"n_topics": k, **_quality(model, authors, seed)} for k, model in fitted.items()])
    ranks = table[list(JUDGED)].rank(ascending=False, method="min")
    winner = int(ranks.mean(axis=1).to_numpy().argmin())
    return table.assign(
        chosen=np.arange(len(table)) == winner, reason=[_why(row) for row in ranks.to_dict("records")]
    )


def _quality(model: TopicModel, authors: Sequence[Any] | pd.Series | None, seed: int) -> dict[str, float]:
    fits = refit(model, authors, n_fits=N_SAMPLES, seed=seed, most_posts=MOST_POSTS)
    return {
        "held_out": float(fits.held_out.mean()),
        "npmi": float(np.nanmean(model.coherence("c_npmi"))),
        "coherence": float(np.nanmean(model.coherence())),
        "exclusivity": float(topic_exclusivity(model).mean()),
        "stability": float(fits.stability.mean()),
    }


def _why(ranks: Mapping[Any, float]) -> str:
    """Say in which measures a number of topics is first, second, ..."""
    return "rank in " + ", ".join(f"{name} {int(ranks[name])}" for name in JUDGED)


def top_sets(model: TopicModel, n: int = 10) -> list[frozenset[str]]:
    """Give the top words of each topic as a set."""
    top = model.top_words(n)
    return [frozenset(top.loc[top["topic"] == t, "word"]) for t in range(model.n_topics)]


def stability(a: Sequence[frozenset[str]], b: Sequence[frozenset[str]]) -> float:
    """Mean Jaccard similarity of topics, matched one to one so that it is largest.

    Parameters
    ----------
    a, b : sequence of frozenset of str
        Top words of the topics of two fits.

    Returns
    -------
    float
        0 (no word in common) to 1 (the same topics, in whatever order).

    Examples
    --------
    >>> stability([frozenset("ab"), frozenset("cd")], [frozenset("cd"), frozenset("ae")])
    0.6666666666666666
    """
    similar = np.array([[len(x & y) / max(len(x | y), 1) for y in b] for x in a])
    return float(similar[linear_sum_assignment(-similar)].mean())
