"""How far topics hang on who happened to write: fits to samples of the authors, matched to the model."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from discourse.errors import NotMeasurable, ParameterError
from discourse.room import looked
from discourse.text.ordering import in_order
from discourse.text.token_lists import WordLists
from discourse.topics.context import Context, word_graph
from discourse.topics.display import within_language
from discourse.topics.engine import Engine, make_engine
from discourse.topics.exemplars import author_numbers, is_numbered, leading
from discourse.topics.model import TopicModel
from discourse.topics.space import Space, joined
from discourse.topics.vocabulary import document_features

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

N_FITS = 20
_AT_ONCE = 1 << 17
#: A fit to a sample of the authors learns from about so many posts.
MOST_POSTS = 20_000
#: Top words a topic and language that are compared.
N_WORDS = 10
# A word that a topic never uses is expected as often as in all posts, with this weight.
_BACKGROUND = 0.05
# Engines give words that a topic never uses a weight next to nothing.
_UNUSED = 1e-6


@dataclass(frozen=True)
class Refits:
    """Fits to bootstrap samples of the authors, their topics in the order of the model's.

    Attributes
    ----------
    rows : ndarray of int64, shape (n_rows,)
        Places of the posts that all fits placed; all with content words, or those of a sample of the authors.
    shares : ndarray of float64, shape (n_fits, n_rows, n_topics)
        Prevalence by each fit; rows sum to 1.
    overlap : ndarray of float64, shape (n_fits, n_topics)
        Jaccard similarity of the top ten words a language with those of the model, 0 to 1.
    held_out : ndarray of float64, shape (n_fits,)
        Log-likelihood of words in posts of the authors that a fit did not see; NaN where there are none.
        Unit: nats a word.
    sampled : bool
        Whether the fits learned from a sample, as there are more posts than :data:`MOST_POSTS`.
    """

    rows: Ints
    shares: NDArray[np.float32]
    overlap: Floats
    held_out: Floats
    sampled: bool

    @property
    def n_fits(self) -> int:
        """How many fits."""
        return len(self.shares)

    @property
    def stability(self) -> Floats:
        """Mean overlap of each topic over the fits, shape (n_topics,)."""
        return np.asarray(self.overlap.mean(axis=0))


def refit(
    model: TopicModel,
    authors: Sequence[Any] | pd.Series | None = None,
    *,
    n_fits: int = N_FITS,
    seed: int = 0,
    most_posts: int = MOST_POSTS,
) -> Refits:
    """Fit a model again to samples of the authors, drawn with replacement.

    Parameters
    ----------
    model : TopicModel
        The fitted model; its vocabulary and its dictionary links are kept.
    authors : sequence, optional
        Author of each post; a post without one counts as by an author of its own, and so do all posts where
        this is left out.
    n_fits : int, default 20
        How many fits, at least 2.
    seed : int, default 0
        Seed of the samples and of the engine.
    most_posts : int, default 20000
        With more posts, whole authors are drawn until about so many are reached; fits are then less certain
        than the model itself, so that intervals made of them are rather too wide.

    Returns
    -------
    Refits
        The same whatever the order of the posts.

    Raises
    ------
    ParameterError
        If there is not one author a post, or fewer than two fits are asked for.
    NotMeasurable
        If the model holds no posts (a loaded one), or they are by one author.

    Notes
    -----
    Topics are matched one to one by the Bhattacharyya coefficient of their word weights (Kuhn 1955,
    doi:10.1002/nav.3800020109).  Stability under resampling: Greene, O'Callaghan and Cunningham (2014),
    doi:10.1007/978-3-662-44848-9_32.  Held-out likelihood by document completion (Wallach et al. 2009,
    doi:10.1145/1553374.1553515): one half of the word types of a post gives its topics, the other half is
    predicted, within its language, with 5 % of the frequency of a word in all posts.

    Examples
    --------
    >>> from discourse.topics.fit import fit_topics
    >>> model = fit_topics(["cats purr, kittens nap", "courts ban apps"] * 10, 2)
    >>> refit(model, n_fits=3).stability.round(2).tolist()
    [1.0, 1.0]
    """
    names = _names(model, authors)
    if n_fits < 2:
        raise ParameterError(f"{n_fits} fits show no spread", where="n_fits", expected="2 or more")
    rng = np.random.default_rng(seed)
    rows, codes, sampled = _drawn(model, names, rng, most_posts)
    if len(set(codes.tolist())) < 2:
        raise NotMeasurable("topics were learned from fewer than two authors", hint="pass the model of a fit")
    parts = [_Part.of(space, model, rows) for space in model.spaces]
    weights = [_author_weights(codes, rng) for _ in range(n_fits)]
    # One thread: an engine for a sample is so small that threads would only wait for each other.
    with threadpool_limits(1, user_api="blas"):
        fits = [_one_fit(parts, weight, seed, rng) for weight in weights]
    shares = np.stack([found[0] for found in fits]).astype(np.float32)
    overlap = np.stack([found[1] for found in fits])
    return Refits(rows, shares, overlap, np.array([found[2] for found in fits]), sampled)


def _names(model: TopicModel, authors: Sequence[Any] | pd.Series | None) -> NDArray[np.integer]:
    """Give a number for the author of each post, in the order of their names; -1 where none is known."""
    n = len(model.prevalence)
    given: Any = pd.Series([None] * n) if authors is None else pd.Series(authors)
    if len(given) != n:
        raise ParameterError(f"{len(given)} authors for {n} posts", expected="one author a post")
    if is_numbered(given):
        return author_numbers(given)
    codes, found = pd.factorize(given)
    order, names = pd.factorize(pd.Series(found).astype("str"), sort=True)
    place = np.asarray(order, dtype=np.int64)
    if len(names) and names[0] == "":  # an empty name is none, and stands before all others
        place -= 1
    return np.append(place, -1)[codes]


def _drawn(
    model: TopicModel, names: NDArray[np.integer], rng: np.random.Generator, most: int
) -> tuple[Ints, Ints, bool]:
    """Choose posts, in an order that does not hang on the given one, with a number for each author."""
    if not any(len(part) for part in model.docs.values()):
        raise NotMeasurable("a model without its posts cannot be fitted again", hint="fit the posts")
    known = leading(model.prevalence) >= 0
    lists = [WordLists.of(part) for part in model.docs.values()]
    nameless = np.concatenate([rows for rows, _ in _posts(known, names, named=False)])
    nameless = nameless[in_order([part.take(nameless) for part in lists])]
    by_name = np.zeros(int(names.max(initial=-1)) + 1, dtype=np.int64)
    for _, given in _posts(known, names, named=True):
        by_name += np.bincount(given, minlength=len(by_name))
    # An unnamed author has a number that no one shares; their numbers come before those of the names.
    keys = sorted(range(len(nameless)), key=str)
    own = np.empty(len(nameless), dtype=np.int64)
    own[keys] = np.arange(len(nameless))
    code = np.cumsum(by_name > 0) - 1 + len(nameless)
    sizes = np.concatenate([np.ones(len(nameless), dtype=np.int64), by_name[by_name > 0]])
    sampled = int(sizes.sum()) > most
    taken = np.full(len(sizes), not sampled)
    if sampled:
        order = rng.permutation(len(sizes))
        taken[order[: int(np.searchsorted(np.cumsum(sizes[order]), most)) + 1]] = True
    found = [(nameless[taken[own]], own[taken[own]])]
    for places, given in _posts(known, names, named=True):
        mine = taken[code[given]]
        found.append((places[mine], code[given[mine]]))
    rows, codes = (np.concatenate(part) for part in zip(*found, strict=True))
    by_words = in_order([part.take(rows) for part in lists])
    # by author, then by words; unnamed ones stand in the order of their words, which is not that of numbers
    place = np.where(codes[by_words] < len(nameless), -1, codes[by_words])
    last = by_words[np.argsort(place, kind="stable")]
    return rows[last], np.unique(codes[last], return_inverse=True)[1].astype(np.int64), sampled


def _posts(
    known: NDArray[np.bool_], names: NDArray[np.integer], *, named: bool
) -> Iterator[tuple[Ints, Ints]]:
    """Give the places of posts with words, and the numbers of their authors, so many at a time."""
    for start in range(0, max(len(known), 1), _AT_ONCE):
        given = names[start : start + _AT_ONCE]
        kept = np.flatnonzero(known[start : start + _AT_ONCE] & ((given >= 0) == named))
        yield start + kept, given[kept].astype(np.int64)
        looked()


def _author_weights(codes: Ints, rng: np.random.Generator) -> Ints:
    """Say how often each post is in a bootstrap sample of the authors."""
    n = int(codes.max()) + 1
    return np.asarray(np.bincount(rng.integers(n, size=n), minlength=n)[codes], dtype=np.int64)


@dataclass(frozen=True)
class _Part:
    """One space of a model with the posts to fit again."""

    space: Space
    dfm: sparse.csr_matrix
    langs: NDArray[np.str_]
    top: list[list[frozenset[int]]]

    @classmethod
    def of(cls, space: Space, model: TopicModel, rows: Ints) -> _Part:
        docs = {lang: WordLists.of(model.docs[lang]).take(rows) for lang in space.read}
        langs = np.asarray(space.langs, dtype=np.str_)
        dfm = document_features(joined(docs, space.read), space.columns)
        return cls(space, dfm, langs, _top_words(space.topic_word, langs, space.languages))

    def taken(self, dfm: sparse.csr_matrix) -> sparse.csr_matrix:
        """Give posts as the engine takes them."""
        if getattr(self.space.engine, "uses_context", False) or not self.space.links.nnz:
            return dfm
        return sparse.csr_matrix(dfm + dfm @ self.space.links)

    def fitted(self, weights: Ints, seed: int, rng: np.random.Generator) -> Engine:
        """Fit a new engine to posts, each as often as its author was drawn."""
        held = np.diff(self.dfm.indptr) > 0
        sample = self.dfm[np.repeat(np.arange(len(weights)), np.where(held, weights, 0))]
        sample = sample[rng.permutation(sample.shape[0])]
        engine = _like(self.space.engine)
        extra: dict[str, Any] = {}
        if getattr(engine, "uses_context", False):
            graph = word_graph(sample, self.langs)
            extra["context"] = Context(self.langs, graph, self.space.links, self.space.links)
        engine.fit(self.taken(sample), self.space.words, len(self.space.order), seed, **extra)
        return engine


def _like(engine: Engine) -> Engine:
    """Make an unfitted engine with the same settings: fitting a copy forgets what it knew."""
    try:
        return copy.deepcopy(engine)
    except TypeError:  # some libraries hold what cannot be copied
        return make_engine(engine.name)


def _one_fit(
    parts: Sequence[_Part], weights: Ints, seed: int, rng: np.random.Generator
) -> tuple[Floats, Floats, float]:
    """Fit once: shares of all posts, overlap of the topics, likelihood of what was held out."""
    columns, sizes, overlap, likelihood = [], [], [], []
    for part in parts:
        if not (np.diff(part.dfm.indptr)[weights > 0] > 0).any():
            raise NotMeasurable("a sample of the authors has no word of a language")
        engine = part.fitted(weights, seed, rng)
        phi = within_language(np.asarray(engine.topic_word_, dtype=np.float64), part.langs)
        order = _matched(part.space.topic_word, phi)
        size = np.asarray(part.dfm.sum(axis=1), dtype=np.float64).ravel()
        placed = np.zeros((len(size), len(order)))
        placed[size > 0] = engine.transform(part.taken(part.dfm[size > 0]))[:, order]
        columns.append(placed)
        sizes.append(size)
        overlap.append(_overlaps(part, phi[order]))
        likelihood.append(_completion(part, engine, phi, weights == 0, rng))
    total = np.sum(sizes, axis=0)
    shares = np.hstack(
        [placed * (size / total)[:, None] for placed, size in zip(columns, sizes, strict=True)]
    )
    words = np.array([n for _, n in likelihood])
    sums = np.array([value for value, _ in likelihood])
    return shares, np.concatenate(overlap), float(sums.sum() / words.sum()) if words.sum() else float("nan")


def _matched(model: Floats, other: Floats) -> Ints:
    """Give for each topic of the model its topic in another fit of the same words."""
    return np.asarray(linear_sum_assignment(-(np.sqrt(model) @ np.sqrt(other).T))[1], dtype=np.int64)


def _top_words(phi: Floats, langs: NDArray[np.str_], shown: Sequence[str]) -> list[list[frozenset[int]]]:
    """Give the columns of the heaviest words of each topic, language by language."""
    out = []
    for lang in shown:
        own = np.flatnonzero(langs == lang)
        order = np.argsort(-phi[:, own].round(12), axis=1, kind="stable")[:, :N_WORDS]
        used = [row[phi[topic, own[row]] > _UNUSED] for topic, row in enumerate(order)]
        out.append([frozenset(own[row].tolist()) for row in used])
    return out


def _overlaps(part: _Part, phi: Floats) -> Floats:
    """Compare the top words of matched topics: Jaccard similarity, the mean over languages."""
    other = _top_words(phi, part.langs, part.space.languages)
    by_lang = [
        [len(a & b) / max(len(a | b), 1) for a, b in zip(one, two, strict=True)]
        for one, two in zip(part.top, other, strict=True)
    ]
    return np.asarray(np.mean(by_lang, axis=0), dtype=np.float64)


def _completion(
    part: _Part, engine: Engine, phi: Floats, unseen: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[float, float]:
    """Predict one half of each unseen post from the other: log-likelihood and number of words."""
    posts = part.dfm[unseen].tocoo()
    shown = rng.random(posts.nnz) < 0.5
    shape = posts.shape
    given = sparse.csr_matrix((posts.data[shown], (posts.row[shown], posts.col[shown])), shape=shape)
    usable = np.diff(given.indptr) > 0
    asked = ~shown & usable[posts.row]
    if not asked.any():
        return 0.0, 0.0
    theta = np.zeros((shape[0], len(phi)))
    theta[usable] = engine.transform(part.taken(given[usable]))
    rows, columns, counts = posts.row[asked], posts.col[asked], posts.data[asked]
    expected = np.einsum("ij,ji->i", theta[rows], phi[:, columns])
    everywhere = within_language(part.space.frequency[None, :], part.langs)[0][columns]
    chance = (1 - _BACKGROUND) * expected + _BACKGROUND * everywhere
    return float((counts * np.log(np.maximum(chance, 1e-12))).sum()), float(counts.sum())
