"""How many topics: a grid that is really fitted, and a recommendation with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from discourse.errors import ParameterError
from discourse.stats import exclusivity
from discourse.topics.fit import GRID, fit_docs, read_alike
from discourse.topics.learning import Learning
from discourse.topics.model import TopicModel
from discourse.topics.reading import Reading
from discourse.topics.vocabulary import LANGUAGES, Limits

if TYPE_CHECKING:
    from discourse.corpus.corpus import Corpus
    from discourse.text.tokens import Tokens
    from discourse.topics.engine import Engine

N_SAMPLES = 3
SAMPLE_SHARE = 0.8


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
) -> pd.DataFrame:
    """Fit several numbers of topics and print how good each is.

    Parameters
    ----------
    texts : list of str, Series, Corpus or Tokens
        The posts.
    grid : sequence of int
        Numbers of topics; each is fitted to all posts and to three random samples of 80 % of them.
    languages, lang, engine, seed, stop_words, words, min_posts, max_share
        As for :func:`discourse.topics.fit.fit_topics`.

    Returns
    -------
    DataFrame
        One row a number of topics: ``n_topics``, ``coherence`` (mean c_v over topics and fits),
        ``exclusivity`` (mean, 0 to 1), ``stability`` (mean Jaccard of the top ten words of topics matched
        between the fits to samples, 0 to 1), ``chosen``.

    Raises
    ------
    ParameterError
        If the grid is empty or holds a number below 2.

    Notes
    -----
    Recommended is the number with the best mean rank over the three columns, the smaller of equals.
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
    chosen = choose_from(docs, grid, reading, engine, seed, how)
    assert chosen.grid is not None
    return chosen.grid


def choose_from(
    docs: Mapping[str, Sequence[Sequence[str]]],
    grid: Sequence[int],
    reading: Reading,
    engine: str | Engine | None,
    seed: int,
    how: Learning,
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
    samples = _samples(docs, seed)
    alone = replace(how, pools=None)  # keys belong to all posts, not to a sample
    rows, best = [], {}
    for k in numbers:
        best[k] = fit_docs(docs, k, reading, engine, seed, how)
        models = [fit_docs(sample, k, reading, engine, seed, alone) for sample in samples]
        rows.append({"n_topics": k, **_quality(best[k], models)})
    table = pd.DataFrame(rows)
    ranks = table[["coherence", "exclusivity", "stability"]].rank(ascending=False).mean(axis=1)
    winner = int(ranks.to_numpy().argmin())
    table["chosen"] = np.arange(len(table)) == winner
    return replace(best[numbers[winner]], grid=table)


def _samples(docs: Mapping[str, Sequence[Sequence[str]]], seed: int) -> list[dict[str, list[Sequence[str]]]]:
    """Draw posts without replacement, the same ones whatever their order."""
    langs = list(docs)
    posts = sorted(zip(*([list(doc) for doc in docs[lang]] for lang in langs), strict=True))
    rng = np.random.default_rng(seed)
    size = max(int(SAMPLE_SHARE * len(posts)), min(len(posts), 1))
    drawn = [np.sort(rng.choice(len(posts), size, replace=False)) for _ in range(N_SAMPLES)]
    return [{lang: [posts[i][at] for i in chosen] for at, lang in enumerate(langs)} for chosen in drawn]


def _quality(whole: TopicModel, samples: Sequence[TopicModel]) -> dict[str, float]:
    models = [whole, *samples]
    pairs = [(a, b) for i, a in enumerate(samples) for b in samples[i + 1 :]]
    return {
        "coherence": float(np.mean([np.nanmean(m.coherence()) for m in models])),
        "exclusivity": float(np.mean([_exclusivity(m) for m in models])),
        "stability": float(np.mean([stability(top_sets(a), top_sets(b)) for a, b in pairs])),
    }


def _exclusivity(model: TopicModel) -> float:
    return float(np.mean(np.concatenate([exclusivity(space.topic_word) for space in model.spaces])))


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
