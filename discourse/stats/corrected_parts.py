r"""What a gap or a change is made of, from totals that may be corrected for the errors of an instrument.

The parts are smooth functions of sums over cells of posts; :class:`CorrectedValues` says what each post adds
to such sums in a version of :mod:`discourse.stats.correction`.  Parts add up to the gap or change exactly in
every version, for they are made of the same totals.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import NotMeasurable
from discourse.stats.cluster_means import t_interval
from discourse.stats.clusters import influence_variance
from discourse.stats.correction_totals import CorrectedValues

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


class Parts(NamedTuple):
    """Parts with their derivatives by what each post adds to numerators and denominators."""

    estimates: Floats
    of_top: Floats
    of_base: Floats


class PartEstimate(NamedTuple):
    """A part with its interval and p-value of zero."""

    estimate: float
    low: float
    high: float
    p: float


def gap_derivatives(counts: ArrayLike, sums: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Split a gap into mix and within, with the derivatives by every count and sum.

    Parameters
    ----------
    counts, sums : array_like of float, shape (2, n_topics)
        Posts, and the sum of their outcomes, by group and category; each count above zero.

    Returns
    -------
    (ndarray of float, shape (3,), two ndarrays of float, shape (3, 2, n_topics))
        Gap, mix and within, as :func:`discourse.compare.decomposition.split_gap` gives them; derivatives by
        counts, and by sums.

    Raises
    ------
    NotMeasurable
        If a category has no post in a group.

    Notes
    -----
    Kitagawa (1955) doi:10.1080/01621459.1955.10501299; delta method.

    Examples
    --------
    >>> parts, _, by_sum = gap_derivatives([[8, 2], [2, 8]], [[8.0, 0.0], [2.0, 0.0]])
    >>> parts.round(2).tolist(), by_sum[0, 0].round(2).tolist()
    ([0.6, 0.6, 0.0], [0.1, 0.1])
    """
    n, y = np.asarray(counts, dtype=np.float64), np.asarray(sums, dtype=np.float64)
    if not (n > 0.0).all():
        raise NotMeasurable("the estimated number of posts of a topic is not above zero")
    size = n.sum(axis=1, keepdims=True)
    share, mean, sign = n / size, y / n, np.array([[1.0], [-1.0]])
    mix = float((sign * share * mean.mean(axis=0)).sum())
    within = float((share.mean(axis=0) * (mean[0] - mean[1])).sum())
    by_share = [sign * mean.mean(axis=0), np.tile(0.5 * (mean[0] - mean[1]), (2, 1))]
    by_mean = [np.tile(0.5 * (share[0] - share[1]), (2, 1)), sign * share.mean(axis=0)]
    of_counts = [
        (s - (share * s).sum(axis=1, keepdims=True)) / size - m * mean / n
        for s, m in zip(by_share, by_mean, strict=True)
    ]
    of_sums = [m / n for m in by_mean]
    parts = np.array([mix + within, mix, within])
    return parts, np.stack([sum(of_counts), *of_counts]), np.stack([sum(of_sums), *of_sums])


def gap_of_topics(values: CorrectedValues, topics: Codes) -> Parts:
    """Split the gap of the two groups of a frame by the topics of its posts.

    Parameters
    ----------
    values : CorrectedValues
        Two groups of posts.
    topics : ndarray of int, shape (n,)
        Category of each post, from 0.

    Returns
    -------
    Parts
        Gap, mix, within.

    Raises
    ------
    NotMeasurable
        If the corrected number of posts of a category is not above zero in a group.

    Examples
    --------
    >>> from discourse.stats.correction import Frame
    >>> from discourse.stats.correction_totals import corrected_values
    >>> frame = Frame([1.0, 0.0, 1.0, 0.0], [np.nan] * 4, [1.0] * 4, (np.arange(4),), np.array([0, 0, 1, 1]))
    >>> gap_of_topics(corrected_values(frame, "naive"), np.array([0, 1, 0, 1])).estimates.tolist()
    [0.0, 0.0, 0.0]
    """
    groups, size = np.asarray(values.frame.groups), int(topics.max(initial=0)) + 1
    cell = groups * size + topics
    n = np.bincount(cell, weights=values.base, minlength=2 * size).reshape(2, size)
    y = np.bincount(cell, weights=values.top, minlength=2 * size).reshape(2, size)
    parts, of_counts, of_sums = gap_derivatives(n, y)
    return Parts(parts, of_sums[:, groups, topics].T, of_counts[:, groups, topics].T)


def change_of_authors(values: CorrectedValues, authors: Codes) -> Parts:
    r"""Split the change from group 0 of a frame to group 1 by who writes.

    .. math:: \bar y_1 - \bar y_0 = \sum_p \sum_k \pm \frac{1}{B_k} \sum_{i \in k} \omega^p_i (T_i - Y B_i)

    with T and B what a post adds to numerator and denominator, Y the average of both means, and weights that
    sum to one over the parts: for posts of authors of both phases, *same authors* half of one plus the posts
    that the author would have in this phase at the rate of the other, over those he or she has, *activity*
    the rest; for all other posts *arrivals* in the later and *departures* in the earlier phase.

    Parameters
    ----------
    values : CorrectedValues
        Posts of two phases, mentions or not: 0 the earlier, 1 the later.
    authors : ndarray of int, shape (n,)
        Author of each post, 0 .. number of authors - 1.

    Returns
    -------
    Parts
        Change, same authors, activity, arrivals, departures.

    Raises
    ------
    NotMeasurable
        If the corrected number of mentions in a phase is not above zero.

    Notes
    -----
    Griliches and Regev (1995) doi:10.1016/0304-4076(94)01601-U, as in
    :func:`discourse.compare.composition.split_change`, with the share of an author in the *posts* of a phase
    and not in its mentions: how many posts an author wrote is known without error, how many mentions is not.
    An author who comes to speak of the target more, or less, than others do so counts among *same authors*.

    Examples
    --------
    >>> from discourse.stats.correction import Frame
    >>> from discourse.stats.correction_totals import corrected_values
    >>> frame = Frame([0.0, 1.0, 1.0, 1.0], [np.nan] * 4, [1.0] * 4, (np.arange(4),), np.array([0, 0, 1, 1]))
    >>> change_of_authors(corrected_values(frame, "naive"), np.array([0, 1, 0, 1])).estimates.tolist()
    [0.5, 0.5, 0.0, 0.0, 0.0]
    """
    phase = np.asarray(values.frame.groups)
    sign = np.where(phase == 1, 1.0, -1.0)
    top, base = (np.bincount(phase, weights=v, minlength=2) for v in (values.top, values.base))
    if not (base > 0.0).all():
        raise NotMeasurable("the estimated number of posts in the denominator is not above zero")
    means = top / base
    standard = float(means.mean())
    of_top, of_base, estimates = [], [], []
    for weight in _who_writes(phase, authors):
        p, q = (np.bincount(phase, weights=weight * v, minlength=2) for v in (values.top, values.base))
        ratio = (p - standard * q) / base
        drift = 0.5 * float((np.array([-1.0, 1.0]) * q / base).sum())
        estimates.append(float(ratio[1] - ratio[0]))
        of_top.append((sign * weight - drift) / base[phase])
        of_base.append((-sign * (standard * weight + ratio[phase]) + drift * means[phase]) / base[phase])
    return Parts(
        np.array([sum(estimates), *estimates]),
        np.column_stack([np.sum(of_top, axis=0), *of_top]),
        np.column_stack([np.sum(of_base, axis=0), *of_base]),
    )


def _who_writes(phase: Codes, authors: Codes) -> list[Floats]:
    """Weights of posts in the four parts: same authors, activity, arrivals, departures; they sum to one."""
    size = int(authors.max(initial=0)) + 1
    posts = np.vstack([np.bincount(authors[phase == k], minlength=size) for k in (0, 1)]).astype(np.float64)
    stayed = np.asarray((posts > 0.0).all(axis=0))[authors]
    total = np.bincount(phase, minlength=2)
    own, other = posts[phase, authors], posts[1 - phase, authors]
    same = np.where(stayed, 0.5 + 0.5 * (other / total[1 - phase]) / (own / total[phase]), 0.0)
    arrivals, departures = (np.where(~stayed & (phase == k), 1.0, 0.0) for k in (1, 0))
    return [same, stayed - same, arrivals, departures]


def part_intervals(values: CorrectedValues, parts: Parts, *, level: float = 0.95) -> list[PartEstimate]:
    """Give every part its interval, clustered as the frame is.

    Parameters
    ----------
    values : CorrectedValues
        What the parts were made of.
    parts : Parts
        The parts.
    level : float
        Confidence level.

    Returns
    -------
    list of PartEstimate
        In the order of the parts; a part that nothing enters is zero without an interval.

    Notes
    -----
    :func:`discourse.stats.clusters.influence_variance`, one column a group.
    """
    groups = np.asarray(values.frame.groups)
    member = np.column_stack([groups == 0, groups == 1]).astype(np.float64)
    rests = values.weight if values.weight.any() else np.maximum(values.base, 0.0)
    load = member * rests[:, None]
    load /= load.sum(axis=0)
    found = []
    for k, estimate in enumerate(parts.estimates.tolist()):
        psi = values.influence(parts.of_top[:, k], parts.of_base[:, k])
        if not np.abs(psi).max(initial=0.0) > 1e-15:
            found.append(PartEstimate(estimate, float("nan"), float("nan"), float("nan")))
            continue
        spread = influence_variance(member * psi[:, None], values.frame.clusters, load=load)
        found.append(PartEstimate(estimate, *t_interval(estimate, spread.variance, spread.df, level)))
    return found
