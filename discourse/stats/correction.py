r"""Estimates corrected for the errors of an instrument, by posts coded with known inclusion probabilities.

An instrument (a lexicon, a model) labels every post; people code a few, drawn with known inclusion
probabilities.  Four estimates of the same figure can be made of that:

``naive``
    the labels as they are: biased wherever errors do not cancel;
``human``
    the codes alone, weighted by one over their inclusion probability (Hajek 1971): unbiased, wide;
``ppi++``
    the codes, with the labels as a helper whose weight lambda is chosen to make the variance smallest
    (Angelopoulos, Duchi and Zrnic 2023);
``dsl``
    the mean of pseudo-outcomes g + R / pi (Y - g), with g a prediction of the code fitted on other authors
    (Egami, Hinck, Stewart and Wei 2023).

All take a numerator and a denominator, so that a share *among mentions* (both of them coded and predicted) is
as easy as a mean, and one group or the difference of two.  Variances respect clusters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.cluster_means import clustered_ratio, t_interval
from discourse.stats.clusters import cluster_sums, dense_codes, influence_variance
from discourse.stats.coded_frame import Frame

__all__ = [
    "METHODS",
    "Corrected",
    "Frame",
    "Method",
    "corrected_estimate",
    "prediction_weight",
    "pseudo_outcome",
    "pseudo_outcome_of_base",
]

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Method = Literal["ppi++", "dsl", "naive", "human"]
METHODS: tuple[Method, ...] = ("ppi++", "dsl", "naive", "human")


class Corrected(NamedTuple):
    """A corrected figure; ``weights`` are the lambdas of PPI++, one a group, empty for other methods."""

    estimate: float
    se: float
    df: float
    low: float
    high: float
    p: float
    n: int
    n_coded: int
    n_clusters: tuple[int, ...]
    weights: tuple[float, ...]


def corrected_estimate(
    frame: Frame, method: Method = "ppi++", *, level: float = 0.95, folds: int = 5, seed: int = 0
) -> Corrected:
    r"""Mean, share, ratio or difference, corrected for instrument error.

    .. math::
        \hat\theta_{\lambda} = \frac{\hat Y_H + \lambda(\bar F_Y - \hat F_{Y,H})}
                                    {\hat X_H + \lambda(\bar F_X - \hat F_{X,H})}

    with hats for Hajek-weighted means over the coded and bars for means over the frame; for a mean the
    denominator is 1.  lambda is minus Cov / Var of the influence values of the coded mean and of the term in
    parentheses, for a coded *subset of the frame*; lambda = 0 is ``human``.  Where posts were drawn one by
    one the products of different posts have expectation zero and would only add noise, so lambda sums over
    posts;
    where whole clusters were drawn it sums over cluster sums.  The variance is clustered in both cases.

    Parameters
    ----------
    frame : Frame
        Labels, codes, probabilities, clusters.
    method : {"ppi++", "dsl", "naive", "human"}
        Which estimate.
    level : float
        Confidence level.
    folds : int
        Folds of clusters (of the first way) for the cross-fitting of ``dsl``.
    seed : int
        Seed of the folds.

    Returns
    -------
    Corrected

    Raises
    ------
    NotMeasurable
        If a group is empty or has no coded post, or too few clusters.
    ParameterError
        If the method is unknown.

    Notes
    -----
    Hajek (1971), comment in Foundations of Statistical Inference, 236; Angelopoulos et al. (2023)
    doi:10.1126/science.adi6000; Angelopoulos, Duchi and Zrnic (2023) arXiv:2311.01453; Egami et al. (2023)
    arXiv:2306.04746.  With unequal probabilities every mean over coded posts must be weighted, and so must
    lambda; the unweighted formulas of the PPI papers assume equal ones.  The variance is
    :func:`discourse.stats.clusters.influence_variance`.

    Examples
    --------
    >>> f = Frame([1.0, 0.0, 1.0, 0.0], [1.0, 0.0, np.nan, np.nan], [0.5] * 4, (np.arange(4),))
    >>> corrected_estimate(f, "human").estimate, corrected_estimate(f, "naive").estimate
    (0.5, 0.5)
    """
    if method not in METHODS:
        raise ParameterError(f"unknown method {method!r}", expected=", ".join(METHODS))
    _require_posts(frame, coded=method != "naive")
    if method == "naive":
        return _naive(frame, level)
    if method == "dsl":
        return _dsl(frame, level, folds, seed)
    return _weighted(frame, level, tuned=method == "ppi++")


def _require_posts(frame: Frame, *, coded: bool) -> None:
    for g in range(frame.n_groups):
        inside = frame.members(g)
        if not inside.any():
            raise NotMeasurable(f"group {g + 1} has no post")
        if coded and not (inside & frame.coded).any():
            raise NotMeasurable(
                f"no post of group {g + 1} was coded; the errors of the instrument there are unknown",
                hint="code a sample of that group",
            )


def _naive(frame: Frame, level: float) -> Corrected:
    groups = frame.groups if frame.n_groups == 2 else None
    base = np.asarray(frame.prediction_base)
    found = clustered_ratio(frame.prediction * (base > 0), base, frame.clusters, groups=groups, level=level)
    n = frame.prediction.shape[0]
    return Corrected(*found[:6], n, int(frame.coded.sum()), found.n_clusters, ())


class _Part(NamedTuple):
    """One group's estimate with its influence values and loads over the posts of the group."""

    estimate: float
    influence: Floats
    load: Floats
    weight: float


def _weighted(frame: Frame, level: float, *, tuned: bool) -> Corrected:
    parts = [_weighted_group(frame, frame.members(g), tuned) for g in range(frame.n_groups)]
    keep = np.ones(frame.coded.shape[0], dtype=bool) if tuned else frame.coded
    weights = tuple(part.weight for part in parts) if tuned else ()
    return _combine(frame, parts, keep, level, weights)


def _weighted_group(frame: Frame, inside: NDArray[np.bool_], tuned: bool) -> _Part:
    blocks = frame.clusters[0][inside] if frame.drawn == "cluster" else None
    inverse = np.where(frame.coded & inside, 1.0 / np.where(frame.coded, frame.probability, 1.0), 0.0)
    w = inverse[inside] / inverse.sum()
    coded = frame.coded[inside]
    y = np.where(coded, frame.code[inside], 0.0)
    x = np.where(coded, np.asarray(frame.code_base)[inside], 0.0)
    fy, fx = frame.prediction[inside], np.asarray(frame.prediction_base)[inside]
    theta, weight = _solve(w @ y, w @ x), 0.0
    if tuned:
        predicted = fy - theta * fx
        weight = _tuning(*_terms(w, y - theta * x, predicted), float(((w * predicted) ** 2).sum()), blocks)
        top = w @ y + weight * (fy.mean() - w @ fy)
        theta = _solve(top, w @ x + weight * (fx.mean() - w @ fx))
    own, helper = _terms(w, y - theta * x, fy - theta * fx)
    scale = w @ x + weight * (fx.mean() - w @ fx)
    return _Part(theta, (own + weight * helper) / scale, w, weight)


def _solve(top: float, bottom: float) -> float:
    if not bottom > 0.0:
        raise NotMeasurable("the estimated number of posts in the denominator is not above zero")
    return float(top / bottom)


def _terms(w: Floats, residual: Floats, predicted: Floats) -> tuple[Floats, Floats]:
    """Influence values of the coded mean, and of the frame mean minus the coded mean of the prediction."""
    own = w * (residual - w @ residual)
    helper = (predicted - predicted.mean()) / predicted.shape[0] - w * (predicted - w @ predicted)
    return own, helper


def _tuning(own: Floats, helper: Floats, scale: float, clusters: Codes | None) -> float:
    """Lambda: minus Cov / Var of the two parts, of posts or of their sums within clusters.

    Zero where the label cannot help: it never varies, or everybody was coded (`scale` tells rounding from
    variation).
    """
    a, b = (
        (own, helper) if clusters is None else (cluster_sums(own, clusters), cluster_sums(helper, clusters))
    )
    bottom = float(b @ b)
    return -float(a @ b) / bottom if bottom > 1e-18 * scale else 0.0


def prediction_weight(frame: Frame, group: int) -> float:
    """Lambda of PPI++ in one group: the weight that labels have beside codes.

    Parameters
    ----------
    frame : Frame
        Labels, codes, probabilities, clusters, groups.
    group : int
        Number of the group.

    Returns
    -------
    float

    Raises
    ------
    NotMeasurable
        If no coded post of the group lies in the denominator.

    Examples
    --------
    >>> f = Frame([1.0, 0.0], [1.0, 0.0], [1.0, 1.0], (np.arange(2),))
    >>> prediction_weight(f, 0)
    0.0
    """
    return _weighted_group(frame, frame.members(group), tuned=True).weight


def pseudo_outcome_of_base(frame: Frame, folds: int = 5, seed: int = 0) -> Floats:
    """Make the pseudo-outcomes of the denominator, as :func:`pseudo_outcome` does for the numerator.

    Parameters
    ----------
    frame : Frame
        Labels, codes, probabilities, clusters, groups.
    folds, seed : int
        As for :func:`pseudo_outcome`.

    Returns
    -------
    ndarray of float64, shape (n,)
        Ones where the denominator is one for every post.

    Examples
    --------
    >>> pseudo_outcome_of_base(Frame([1.0, 0.0], [1.0, 0.0], [1.0, 1.0], (np.arange(2),))).tolist()
    [1.0, 1.0]
    """
    x, predicted = np.asarray(frame.code_base), np.asarray(frame.prediction_base)
    if (x[frame.coded] != 1.0).any() or (predicted != 1.0).any():
        return _pseudo_outcome(frame, predicted, x, folds, seed)
    return np.ones_like(predicted)


def _dsl(frame: Frame, level: float, folds: int, seed: int) -> Corrected:
    y = _pseudo_outcome(frame, frame.prediction, frame.code, folds, seed)
    x = pseudo_outcome_of_base(frame, folds, seed)
    parts = [_dsl_group(y, x, frame.members(g)) for g in range(frame.n_groups)]
    return _combine(frame, parts, np.ones(y.shape[0], dtype=bool), level, ())


def _dsl_group(y: Floats, x: Floats, inside: NDArray[np.bool_]) -> _Part:
    n = float(inside.sum())
    theta = _solve(float(y[inside].sum()), float(x[inside].sum()))
    influence = (y[inside] - theta * x[inside]) / x[inside].sum()
    return _Part(theta, influence, np.full(int(n), 1.0 / n), 0.0)


def pseudo_outcome(
    frame: Frame, *, folds: int = 5, seed: int = 0, covariates: ArrayLike | None = None
) -> Floats:
    r"""Make the pseudo-outcomes of design-based supervised learning.

    .. math:: \tilde Y_i = g_{-k(i)}(F_i, x_i) + \frac{R_i}{\pi_i} \big(Y_i - g_{-k(i)}(F_i, x_i)\big)

    Parameters
    ----------
    frame : Frame
        Labels, codes, probabilities, clusters, groups.
    folds, seed : int
        Clusters of the first way are dealt into folds at random; g is fitted on the others.
    covariates : array_like of float, shape (n, k), optional
        Further regressors of g, beside the label.

    Returns
    -------
    ndarray of float64, shape (n,)
        Pseudo-outcomes; g is linear, weighted by one over the probability, and fitted within each group.

    Notes
    -----
    Egami, Hinck, Stewart and Wei (2023) arXiv:2306.04746.  Any g gives an unbiased estimate; a good one makes
    it precise.

    Examples
    --------
    >>> f = Frame([1.0, 0.0], [1.0, 0.0], [1.0, 1.0], (np.arange(2),))
    >>> pseudo_outcome(f, folds=2).tolist()
    [1.0, 0.0]
    """
    extra = None if covariates is None else np.asarray(covariates, dtype=np.float64)
    return _pseudo_outcome(frame, frame.prediction, frame.code, folds, seed, extra)


def _pseudo_outcome(
    frame: Frame,
    prediction: Floats,
    code: Floats,
    folds: int,
    seed: int,
    extra: Floats | None = None,
) -> Floats:
    codes = dense_codes(frame.clusters[0])
    fold = np.random.default_rng(seed).permutation(int(codes.max()) + 1)[codes] % folds
    design = np.column_stack([np.ones_like(prediction), prediction] + ([] if extra is None else [extra]))
    out, coded = np.empty_like(prediction), frame.coded
    for g in range(frame.n_groups):
        inside = frame.members(g)
        for k in range(folds):
            here, train = inside & (fold == k), inside & coded & (fold != k)
            out[here] = design[here] @ _fit(design[train], code[train], frame.probability[train])
    out[coded] += (code[coded] - out[coded]) / frame.probability[coded]
    return out


def _fit(design: Floats, y: Floats, probability: Floats) -> Floats:
    """Weighted least squares of the code; the label itself where nothing was coded."""
    if y.shape[0] == 0:
        label: Floats = np.eye(design.shape[1], dtype=np.float64)[1]
        return label
    w = 1.0 / np.sqrt(probability)
    beta = np.linalg.lstsq(design * w[:, None], y * w, rcond=None)[0]
    return np.asarray(beta, dtype=np.float64)


def _combine(
    frame: Frame,
    parts: Sequence[_Part],
    keep: NDArray[np.bool_],
    level: float,
    weights: tuple[float, ...],
) -> Corrected:
    n, k = frame.prediction.shape[0], len(parts)
    psi, load, theta = np.zeros((n, k)), np.zeros((n, k)), 0.0
    for g, part in enumerate(parts):
        sign = 1.0 if g == 0 else -1.0
        psi[frame.members(g), g] = sign * part.influence
        load[frame.members(g), g] = part.load
        theta += sign * part.estimate
    spread = influence_variance(psi[keep], [c[keep] for c in frame.clusters], load=load[keep])
    low, high, p = t_interval(theta, spread.variance, spread.df, level)
    se, n_coded = float(np.sqrt(spread.variance)), int(frame.coded.sum())
    return Corrected(theta, se, spread.df, low, high, p, n, n_coded, spread.n_clusters, weights)
