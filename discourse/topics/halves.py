"""Topics discovered in the posts of one half of the authors, to be tested in those of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.text.token_lists import WordLists
from discourse.topics.choose import choose_from
from discourse.topics.fit import GRID, fit_docs, read_alike
from discourse.topics.learning import Learning
from discourse.topics.model import TopicModel, place_in
from discourse.topics.reading import Reading

if TYPE_CHECKING:
    from discourse.text.tokens import Tokens


def discovery_half(authors: Sequence[Any] | pd.Series, seed: int = 0) -> NDArray[np.bool_]:
    """Draw the half of the authors from whose posts topics are learned.

    Parameters
    ----------
    authors : sequence
        Author of each post; all posts without one are on one side.
    seed : int, default 0
        Seed.

    Returns
    -------
    ndarray of bool, shape (n_posts,)
        True for posts to learn from; the other ones are tested.  The same whatever the order of the posts.

    Notes
    -----
    Egami, Fong, Grimmer, Roberts and Stewart (2022), How to make causal inferences using texts, *Science
    Advances* 8(42), doi:10.1126/sciadv.abg2652: what is discovered in posts and tested in the same ones
    looks surer than it is.

    Examples
    --------
    >>> discovery_half(["u", "v", "u", "w", "x"]).tolist()
    [True, False, True, True, False]
    """
    names = pd.Series(list(authors), dtype="object").map(lambda name: "" if pd.isna(name) else str(name))
    known = sorted(set(names))
    order = np.random.default_rng(seed).permutation(len(known))
    learned = {known[i] for i in order[: len(known) // 2]}
    return np.asarray(names.isin(learned), dtype=np.bool_)


def only(model: TopicModel, chosen: NDArray[np.bool_]) -> TopicModel:
    """Keep some posts of a model; its topics stay as they are.

    Parameters
    ----------
    model : TopicModel
        The fitted model.
    chosen : ndarray of bool, shape (n_docs,)
        Which posts to keep.

    Returns
    -------
    TopicModel

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> model = fit_topics(["cats purr", "cats nap", "courts ban apps"], 2)
    >>> only(model, np.array([True, False, True])).prevalence.shape
    (2, 2)
    """
    rows = np.flatnonzero(chosen)
    docs = {lang: WordLists.of(part).take(rows) for lang, part in model.docs.items() if len(part)}
    return replace(model, prevalence=model.prevalence[chosen], docs=docs)


def fit_half(
    texts: Sequence[str] | pd.Series | Tokens,
    learned: NDArray[np.bool_],
    n_topics: int | str = 20,
    *,
    languages: str = "joint",
    engine: str | None = None,
    seed: int = 0,
    grid: Sequence[int] = GRID,
    authors: Sequence[Any] | pd.Series | None = None,
    sample: int | None = None,
) -> TopicModel:
    """Learn topics from some of the posts, and place all of them.

    Parameters
    ----------
    texts : list of str, Series or Tokens
        The posts.
    learned : ndarray of bool, shape (n_docs,)
        Which of them to learn from, such as :func:`discovery_half` gives.
    n_topics, languages, engine, seed, grid, authors, sample
        As for :func:`discourse.topics.fit.fit_topics`.

    Returns
    -------
    TopicModel
        With the prevalence of all posts.

    Raises
    ------
    NotMeasurable
        If no post to learn from has a content word.

    Examples
    --------
    >>> posts = ["cats purr, kittens nap", "courts ban apps"] * 4
    >>> model = fit_half(posts, np.arange(8) < 4, 2)
    >>> model.prevalence.shape, model.stated
    ((8, 2), 'learned from one half of the authors')
    """
    reading, docs = read_alike(texts, Reading(hashtags=True))
    rows = np.flatnonzero(learned)
    half = {lang: WordLists.of(part).take(rows) for lang, part in docs.items()}
    how = Learning(languages == "joint", sample=sample)
    if n_topics == "auto":
        given = None if authors is None else list(authors)
        names = None if given is None else [given[i] for i in rows]
        model = choose_from(half, grid, reading, engine, seed, how, names)
    else:
        model = fit_docs(half, int(n_topics), reading, engine, seed, how)
    kept = {lang: docs[lang] for lang in model.docs}
    stated = ", ".join([*([model.stated] if model.stated else []), "learned from one half of the authors"])
    return replace(model, prevalence=place_in(model.spaces, docs), docs=kept, stated=stated)
