"""What a gap is made of: whether two groups talk about different things, or differently about the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from discourse.compare.confounding import confounded_with
from discourse.compare.mentions import equals, n_distinct, take
from discourse.compare.resampling import Interval, check_interval
from discourse.compare.samples import cluster_codes
from discourse.compare.sentiment import MIN_AUTHORS, MIN_THREADS
from discourse.compare.topic_stance import mentions_by_topic, target_and_language
from discourse.errors import NotMeasurable, ParameterError
from discourse.stats import influence_variance, t_interval
from discourse.stats.bootstrap import resample_counts
from discourse.stats.clusters import dense_codes
from discourse.tables import GAP_PARTS

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
PARTS = ("gap", "topics", "stance")
_FIGURES = ("estimate", "low", "high", "p")


def split_gap(counts: ArrayLike, sums: ArrayLike) -> Floats:
    r"""Split the gap of two means into a part of the mix and a part within its categories.

    .. math:: \bar y_a - \bar y_b = \sum_t (p_{at} - p_{bt}) \frac{m_{at} + m_{bt}}{2}
              + \sum_t \frac{p_{at} + p_{bt}}{2} (m_{at} - m_{bt})

    with p the share of a category in a group and m the group's mean in it.

    Parameters
    ----------
    counts, sums : array_like of float, shape (..., 2, n_topics)
        Posts, and the sum of their outcomes, by group and category.

    Returns
    -------
    ndarray of float, shape (..., 3)
        Gap, part of the mix, part within categories; the last two add up to the first.  Where one group has
        no post in a category, the other group's mean stands for it: the category counts for the mix only.

    Notes
    -----
    Kitagawa (1955) doi:10.1080/01621459.1955.10501299, symmetric form; in economics the decomposition of
    Oaxaca (1973) and Blinder (1973).

    Examples
    --------
    >>> split_gap([[8, 2], [2, 8]], [[8.0, 0.0], [2.0, 0.0]]).round(2).tolist()
    [0.6, 0.6, 0.0]
    """
    n, y = np.asarray(counts, dtype=np.float64), np.asarray(sums, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = n / n.sum(axis=-1, keepdims=True)
        mean = np.where(n > 0, y / n, np.nan)
        mean = np.where(np.isnan(mean), mean[..., ::-1, :], mean)
        mean = np.nan_to_num(mean)  # a category that neither has weighs nothing
        mix = ((share[..., 0, :] - share[..., 1, :]) * mean.mean(axis=-2)).sum(axis=-1)
        within = (share.mean(axis=-2) * (mean[..., 0, :] - mean[..., 1, :])).sum(axis=-1)
    return np.stack([mix + within, mix, within], axis=-1)


def gap_influence(values: Floats, groups: Codes, topics: Codes) -> tuple[Floats, Floats]:
    """Split a gap, with the influence value of each post on gap and parts.

    Parameters
    ----------
    values : ndarray of float, shape (n,)
        One outcome a post.
    groups : ndarray of int, shape (n,)
        0 for the first group, 1 for the second.
    topics : ndarray of int, shape (n,)
        Category of each post, 0 .. number of categories - 1.

    Returns
    -------
    (ndarray of float, shape (3,), ndarray of float, shape (n, 3))
        As :func:`split_gap`; influence values, each column summing to zero.

    Raises
    ------
    NotMeasurable
        If a group has no post.

    Examples
    --------
    >>> parts, influence = gap_influence(np.array([1.0, 0.0, 1.0, 0.0]), np.array([0, 0, 1, 1]),
    ...     np.array([0, 1, 0, 1]))
    >>> parts.tolist(), influence.shape
    ([0.0, 0.0, 0.0], (4, 3))
    """
    n, y = _totals(values, groups, topics)
    sizes = n.sum(axis=1)
    if not sizes.all():
        raise NotMeasurable("a group has no observation")
    parts = split_gap(n, y)
    share = n / sizes[:, None]
    mean = np.where(n > 0, y / np.maximum(n, 1.0), np.nan)
    mean = np.nan_to_num(np.where(np.isnan(mean), mean[::-1], mean))
    sign = np.where(groups == 0, 1.0, -1.0)
    level, apart = mean.mean(axis=0), mean[0] - mean[1]
    residual = (values - mean[groups, topics]) / np.maximum(n[groups, topics], 1.0)
    # a category of one group only: its mean stands for both, and moves both
    lone = (n[::-1] == 0)[groups, topics]
    mix_weight = 0.5 * (share[0] - share[1])[topics] * np.where(lone, 2.0, 1.0)
    mix = sign * (level[topics] - (share @ level)[groups]) / sizes[groups] + mix_weight * residual
    within = 0.5 * (apart[topics] - (share @ apart)[groups]) / sizes[groups]
    within += np.where(lone, 0.0, sign * share.mean(axis=0)[topics] * residual)
    return parts, np.column_stack([mix + within, mix, within])


def _totals(values: Floats, groups: Codes, topics: Codes) -> tuple[Floats, Floats]:
    size = int(topics.max()) + 1
    cell = groups * size + topics
    n = np.bincount(cell, minlength=2 * size).astype(np.float64)
    y = np.bincount(cell, weights=values, minlength=2 * size).astype(np.float64)
    return n.reshape(2, size), y.reshape(2, size)


def bootstrap_parts(
    values: Floats, groups: Codes, topics: Codes, authors: Codes, *, seed: int = 0, n_draws: int = 1000
) -> Floats:
    """Draw authors with all their posts, group by group, and split the gap anew.

    Parameters
    ----------
    values, groups, topics
        As for :func:`gap_influence`.
    authors : ndarray of int, shape (n,)
        Author of each post; negative where unknown (an author of his or her own).
    seed : int
        Seed of the draws.
    n_draws : int
        Number of draws, at least 100.

    Returns
    -------
    ndarray of float, shape (n_draws, 3)
        Gap and parts of each draw.

    Raises
    ------
    ParameterError
        If there are fewer than 100 draws.

    Notes
    -----
    Efron (1979) doi:10.1214/aos/1176344552, by clusters and within groups.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> groups, topics = np.arange(60) % 2, np.arange(60) // 2 % 3
    >>> drawn = bootstrap_parts(rng.normal(size=60), groups, topics, np.arange(60), n_draws=100)
    >>> drawn.shape
    (100, 3)
    """
    if n_draws < 100:
        raise ParameterError(f"{n_draws} draws are too few", expected="100 or more")
    rng = np.random.default_rng(seed)
    size = int(topics.max()) + 1
    n, y = np.zeros((n_draws, 2, size)), np.zeros((n_draws, 2, size))
    for g in (0, 1):
        inside = groups == g
        code = dense_codes(authors[inside])
        cells = np.zeros((int(code.max()) + 1, 2 * size))
        np.add.at(cells, (code, topics[inside]), 1.0)
        np.add.at(cells, (code, size + topics[inside]), values[inside])
        totals = resample_counts(cells.shape[0], n_draws, rng).T.astype(np.float64) @ cells
        n[:, g], y[:, g] = totals[:, :size], totals[:, size:]
    return split_gap(n, y)


def gap_parts(
    scored: pd.DataFrame,
    topics: pd.DataFrame,
    pairs: Sequence[tuple[str, str]],
    *,
    instrument: str | Mapping[str, str],
    min_cell: int = 10,
    level: float = 0.95,
    interval: Interval = "analytic",
    seed: int = 0,
    n_draws: int = 2000,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Split the gap of mean stance of each pair of groups into what is talked about and how.

    Parameters
    ----------
    scored : DataFrame
        One row a post and target: ``post_id``, ``author``, ``thread_id``, ``group``, ``lang``, ``target``,
        ``label``, ``score``, ``mention_kind``; ``platform`` is read where it is there.
    topics : DataFrame
        One row a post: ``post_id``, ``lang`` (of the topic), ``topic``; from
        :func:`discourse.compare.topic_stance.leading_topics`.
    pairs : sequence of (str, str)
        Groups to compare, first minus second.
    instrument : str or mapping
        The scorer and its version; one for all targets, or target to instrument.
    min_cell : int, default 10
        Topics with fewer authors in either group are taken together as one.
    level : float, default 0.95
        Confidence level.
    interval : {"analytic", "bootstrap"}
        Cluster-robust t interval from influence values (author x thread), or percentiles of a bootstrap that
        draws authors with all their posts.
    seed, n_draws : int
        Seed and number of draws.
    mentions : DataFrame, optional
        From :func:`discourse.compare.topic_stance.mentions_by_topic`, where several tables are made of it.

    Returns
    -------
    DataFrame
        :data:`discourse.tables.GAP_PARTS`: three rows a language of topics, target and pair; without figures
        and with the reason where a group has under 100 authors or 20 threads, or where the groups hardly
        share a language or platform.

    Notes
    -----
    The parts describe; a topic is chosen by those who write, so that neither part is what would remain if
    people talked of other things.

    Examples
    --------
    >>> scored = pd.DataFrame({"post_id": ["1", "2"], "author": ["a", "b"], "thread_id": ["1", "2"],
    ...     "group": ["g", "h"], "lang": "en", "target": "t", "label": "neutral", "score": 0.0,
    ...     "mention_kind": "named"})
    >>> topics = pd.DataFrame({"post_id": ["1", "2"], "lang": "en", "topic": [0, 1]})
    >>> gap_parts(scored, topics, [("g", "h")], instrument="lexicon").loc[0, "reason"]
    'fewer than 100 authors in g and h'
    """
    check_interval(interval)
    posts = mentions_by_topic(scored, topics.assign(label="")) if mentions is None else mentions
    asked = {"min_cell": min_cell, "level": level, "interval": interval, "seed": seed, "n_draws": n_draws}
    known = posts["score"].notna()
    posts = posts if known.all() else posts[known]
    rows = [
        {"lang": lang, "target": target, "group_a": pair[0], "group_b": pair[1], "level": level}
        | {"instrument": instrument if isinstance(instrument, str) else instrument[target]}
        | row
        for target, lang, part in target_and_language(posts)
        for pair in pairs
        for row in _rows(_of_pair(posts, part, pair), pair, asked)
    ]
    return GAP_PARTS.conform(pd.DataFrame(rows)) if rows else GAP_PARTS.empty()


def _of_pair(posts: pd.DataFrame, part: NDArray[np.bool_], pair: tuple[str, str]) -> pd.DataFrame:
    both = equals(posts["group"], pair[0]) | equals(posts["group"], pair[1])
    return take(posts, np.flatnonzero(part & both), "mean", more=("topic",))


def _rows(part: pd.DataFrame, pair: tuple[str, str], asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    counts: dict[str, Any] = {"n_topics": pd.NA}
    sides = [equals(part["group"], name) for name in pair]
    for letter, side in zip("ab", sides, strict=True):
        n_authors = n_distinct(part["author"], side)
        few = 0 < n_authors < asked["min_cell"]
        counts |= {
            f"n_{letter}": pd.NA if few else int(side.sum()),
            f"authors_{letter}": pd.NA if few else n_authors,
        }
    blank = dict.fromkeys(_FIGURES, float("nan")) | {"method": pd.NA}
    reason = _refusal(part, pair, sides)
    if reason is None:
        try:
            found, n_topics, method = _estimate(part, pair, asked)
            for name in PARTS:
                yield counts | found[name] | {"part": name, "n_topics": n_topics, "method": method}
            return
        except NotMeasurable as error:
            reason = error.message
    yield from (counts | blank | {"part": name, "reason": reason} for name in PARTS)


def _refusal(part: pd.DataFrame, pair: tuple[str, str], sides: Sequence[NDArray[np.bool_]]) -> str | None:
    for minimum, column, word in ((MIN_AUTHORS, "author", "authors"), (MIN_THREADS, "thread_id", "threads")):
        small = [
            name for name, side in zip(pair, sides, strict=True) if n_distinct(part[column], side) < minimum
        ]
        if small:
            return f"fewer than {minimum} {word} in {' and '.join(small)}"
    trait = confounded_with(part, pair)
    if trait is not None:
        return f"the groups differ in {trait}, and nobody has checked the instrument in both"
    return None


def _estimate(
    part: pd.DataFrame, pair: tuple[str, str], asked: Mapping[str, Any]
) -> tuple[dict[str, dict[str, float]], int, str]:
    groups = (part["group"] == pair[1]).to_numpy().astype(np.int64)
    topics = _told_apart(part, pair, asked["min_cell"])
    values = part["mean"].to_numpy(dtype=np.float64)
    authors, threads = cluster_codes(part["author"]), cluster_codes(part["thread_id"])
    parts, influence = gap_influence(values, groups, topics)
    found = {}
    for k, name in enumerate(PARTS):
        spread = influence_variance(influence[:, k], [authors, threads])
        low, high, p = t_interval(float(parts[k]), spread.variance, spread.df, asked["level"])
        found[name] = {"estimate": float(parts[k]), "low": low, "high": high, "p": p}
    method = "Kitagawa split, cluster-robust t interval (author x thread_id)"
    if asked["interval"] == "bootstrap":
        drawn = bootstrap_parts(values, groups, topics, authors, seed=asked["seed"], n_draws=asked["n_draws"])
        tail = (1.0 - asked["level"]) / 2.0
        for k, name in enumerate(PARTS):
            low, high = np.quantile(drawn[:, k], [tail, 1.0 - tail])
            below = (1.0 + float((drawn[:, k] <= 0.0).sum())) / (1.0 + len(drawn))
            above = (1.0 + float((drawn[:, k] >= 0.0).sum())) / (1.0 + len(drawn))
            found[name] |= {"low": float(low), "high": float(high), "p": min(1.0, 2.0 * min(below, above))}
        method = f"Kitagawa split, author bootstrap, percentiles, {asked['n_draws']} draws"
    return found, int(topics.max()) + 1, method


def _told_apart(part: pd.DataFrame, pair: tuple[str, str], min_cell: int) -> Codes:
    """Number the topics that enough authors of both groups speak of; all others are one."""
    topics = part["topic"].to_numpy()
    sides = [equals(part["group"], name) for name in pair]
    enough = [
        topic
        for topic in sorted(pd.unique(topics))
        if min(n_distinct(part["author"], side & (topics == topic)) for side in sides) >= min_cell
    ]
    codes = np.full(len(topics), len(enough), dtype=np.int64)
    for place, topic in enumerate(enough):
        codes[topics == topic] = place
    return dense_codes(codes)
