r"""Regression coefficients corrected for instrument error in the outcome.

The same four estimates as in :mod:`discourse.stats.correction`, for least squares: of the labels, of the
codes weighted by one over their probability, of both with the weight that makes each variance smallest
(PPI++), and of cross-fitted pseudo-outcomes (DSL).
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.cluster_means import t_interval
from discourse.stats.clusters import cluster_sums, dense_codes, influence_variance
from discourse.stats.correction import METHODS, Frame, Method, pseudo_outcome

Floats = NDArray[np.float64]


class Coefficients(NamedTuple):
    """One value for each regressor; ``weights`` are the lambdas of PPI++, zero for other methods."""

    estimate: Floats
    se: Floats
    df: Floats
    low: Floats
    high: Floats
    p: Floats
    weights: Floats
    n: int
    n_coded: int


class Fit(NamedTuple):
    """Coefficients (k,) with the influence of each post on each of them (n, k)."""

    estimate: Floats
    influence: Floats


def corrected_regression(
    x: ArrayLike,
    frame: Frame,
    method: Method = "ppi++",
    *,
    level: float = 0.95,
    folds: int = 5,
    seed: int = 0,
) -> Coefficients:
    r"""Least squares of an outcome that an instrument measures with error and people coded in part.

    .. math:: \hat\beta_\lambda = \hat\beta_H + \lambda(\hat\beta_{F} - \hat\beta_{F,H}), \qquad
              \hat\beta_H = \Big(\sum_i \tfrac{R_i}{\pi_i} x_i x_i'\Big)^{-1}
                            \sum_i \tfrac{R_i}{\pi_i} x_i Y_i

    with F the regression of the labels over the frame and over the weighted coded posts; lambda is chosen for
    each coefficient.  ``dsl`` regresses g + R / pi (Y - g), with g linear in the label and the regressors,
    fitted on the other folds of clusters.

    Parameters
    ----------
    x : array_like of float, shape (n, k)
        Regressors, known for all posts, the constant among them.
    frame : Frame
        Labels, codes, probabilities, clusters; its groups are not read.  Bases other than 1 say which posts
        count (1 where a post mentions a target, by the label and by the code): the regression is then that
        over mentions, with labels and codes of 0 elsewhere.
    method : {"ppi++", "dsl", "naive", "human"}
        Which estimate.
    level : float
        Confidence level.
    folds, seed : int
        Folds of clusters (of the first way) for ``dsl``, and the seed of their draw.

    Returns
    -------
    Coefficients

    Raises
    ------
    NotMeasurable
        If there are fewer coded posts than regressors (with two to spare), or too few clusters.
    ParameterError
        If shapes do not fit or regressors are collinear.

    Notes
    -----
    Angelopoulos, Duchi and Zrnic (2023) arXiv:2311.01453; Egami, Hinck, Stewart and Wei (2023)
    arXiv:2306.04746.  Variances are sandwich estimates from influence values
    (:func:`discourse.stats.clusters.influence_variance`), their degrees of freedom those of the effective
    number of clusters.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x = np.column_stack([np.ones(400), rng.normal(size=400)])
    >>> y = x @ [1.0, 2.0] + rng.normal(size=400)
    >>> label = 0.5 * y + 0.3
    >>> code = np.where(rng.random(400) < 0.25, y, np.nan)
    >>> f = Frame(label, code, np.full(400, 0.25), (np.arange(400),))
    >>> corrected_regression(x, f).estimate.round(1).tolist()
    [1.0, 2.1]
    """
    if method not in METHODS:
        raise ParameterError(f"unknown method {method!r}", expected=", ".join(METHODS))
    design = np.asarray(x, dtype=np.float64)
    if design.ndim != 2 or design.shape[0] != frame.prediction.shape[0] or not np.isfinite(design).all():
        raise ParameterError("x must be a finite matrix with one row for each post")
    if method != "naive" and int(frame.coded.sum()) < design.shape[1] + 2:
        raise NotMeasurable("too few coded posts for so many regressors")
    if method == "dsl":
        bases = (np.asarray(frame.prediction_base), np.asarray(frame.code_base))
        labelled = replace(frame, prediction=bases[0], code=np.where(frame.coded, bases[1], np.nan))
        top, base = (pseudo_outcome(f, folds=folds, seed=seed, covariates=design) for f in (frame, labelled))
        return summarise_fit(_fit(design, top, base, 1.0), frame, level=level)
    label, label_base = frame.prediction, np.asarray(frame.prediction_base)
    if method == "naive":
        return summarise_fit(_fit(design, label, label_base, 1.0), frame, level=level)
    coded = frame.coded
    inverse = np.where(coded, 1.0 / np.where(coded, frame.probability, 1.0), 0.0)
    code, base = (np.where(coded, values, 0.0) for values in (frame.code, np.asarray(frame.code_base)))
    human = _fit(design, code, base, inverse)
    if method == "human":
        return summarise_fit(human, frame, level=level, keep=coded)
    over_frame, over_coded = (_fit(design, label, label_base, w) for w in (1.0, inverse))
    return debiased(human, over_frame, over_coded, frame, level=level)


def debiased(
    human: Fit, over_frame: Fit, over_coded: Fit, frame: Frame, *, level: float = 0.95
) -> Coefficients:
    r"""Correct the coefficients of any model by the same model fitted three times.

    .. math:: \hat\beta_\lambda = \hat\beta_H + \lambda(\hat\beta_F - \hat\beta_{F,H})

    Parameters
    ----------
    human : Fit
        Of the codes, over the coded posts, weighted by one over their probability; an influence of 0
        elsewhere.
    over_frame, over_coded : Fit
        Of the labels, over all posts, and over the coded ones with the same weights.
    frame : Frame
        Clusters, and how posts were drawn.
    level : float
        Confidence level.

    Returns
    -------
    Coefficients
        With the weight lambda of each coefficient that makes its variance smallest.

    Notes
    -----
    Works wherever the instrument stands, in the outcome or among the regressors, for any model whose
    coefficients have influence values: Chen and Chen (2000) *Journal of the Royal Statistical Society B*
    62(3), 449-460; Kluger et al. (2025) arXiv:2501.18577 (predict-then-debias).

    Examples
    --------
    >>> f = Frame([1.0, 0.0, 1.0, 0.0], [1.0, 0.0, np.nan, np.nan], [0.5] * 4, (np.arange(4),))
    >>> half = np.array([[0.25], [-0.25], [0.0], [0.0]])
    >>> codes = Fit(np.array([0.5]), half)
    >>> labels = Fit(np.array([0.5]), np.array([[0.125], [-0.125], [0.125], [-0.125]]))
    >>> debiased(codes, labels, codes, f).estimate.tolist()
    [0.5]
    """
    own, helper = human.influence, over_frame.influence - over_coded.influence
    sums = (own, helper)
    if frame.drawn == "cluster":
        codes = dense_codes(frame.clusters[0])
        sums = (cluster_sums(own, codes), cluster_sums(helper, codes))
    bottom = (sums[1] ** 2).sum(axis=0)
    varies = bottom > 1e-18 * (over_frame.influence**2 + over_coded.influence**2).sum(axis=0)
    zero = np.zeros_like(human.estimate)
    weights = -np.divide((sums[0] * sums[1]).sum(axis=0), bottom, out=zero, where=varies)
    beta = human.estimate + weights * (over_frame.estimate - over_coded.estimate)
    return summarise_fit(Fit(beta, own + weights * helper), frame, weights, level=level)


def _fit(design: Floats, top: Floats, base: Floats, w: Floats | float) -> Fit:
    """Weighted least squares of top over the posts that base counts, with influence values."""
    counted = np.asarray(w * base)
    gram = design.T @ (counted[:, None] * design)
    if np.linalg.matrix_rank(gram) < design.shape[1]:
        raise ParameterError("the regressors are collinear (over the coded posts)")
    bread = np.linalg.inv(gram)
    beta = bread @ (design.T @ (w * top))
    return Fit(beta, (design * (w * top - counted * (design @ beta))[:, None]) @ bread)


def summarise_fit(
    fit: Fit,
    frame: Frame,
    weights: Floats | None = None,
    *,
    level: float = 0.95,
    keep: NDArray[np.bool_] | None = None,
) -> Coefficients:
    """Give coefficients their clustered errors and intervals.

    Parameters
    ----------
    fit : Fit
        Coefficients and influence values.
    frame : Frame
        Clusters, and which posts were coded.
    weights : ndarray of float, shape (k,), optional
        Lambdas; zero by default.
    level : float
        Confidence level.
    keep : ndarray of bool, shape (n,), optional
        The posts that the coefficients rest on; all by default.

    Returns
    -------
    Coefficients

    Examples
    --------
    >>> f = Frame([1.0, 0.0], [1.0, 0.0], [1.0, 1.0], (np.arange(2),))
    >>> summarise_fit(Fit(np.array([0.5]), np.array([[0.25], [-0.25]])), f).n
    2
    """
    beta, influence = fit
    keep = np.ones(influence.shape[0], dtype=bool) if keep is None else keep
    weights = np.zeros_like(beta) if weights is None else weights
    clusters = [c[keep] for c in frame.clusters]
    spread = [influence_variance(column[keep], clusters) for column in influence.T]
    ends = [t_interval(float(b), v.variance, v.df, level) for b, v in zip(beta, spread, strict=True)]
    low, high, p = (np.array(part) for part in zip(*ends, strict=True))
    return Coefficients(
        beta,
        np.sqrt([v.variance for v in spread]),
        np.array([v.df for v in spread]),
        low,
        high,
        p,
        weights,
        int(keep.sum()),
        int(frame.coded.sum()),
    )
