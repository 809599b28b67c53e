r"""Regression coefficients corrected for instrument error in the outcome.

The same four estimates as in :mod:`discourse.stats.correction`, for least squares: of the labels, of the
codes weighted by one over their probability, of both with the weight that makes each variance smallest
(PPI++), and of cross-fitted pseudo-outcomes (DSL).
"""

from __future__ import annotations

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
        Labels, codes, probabilities, clusters; its groups and bases are not read.
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
    whole = np.ones(design.shape[0])
    if method == "naive":
        beta, psi = _fit(design, frame.prediction, whole)
        return _summary(frame, beta, psi, np.zeros_like(beta), whole > 0.0, level)
    if method == "dsl":
        beta, psi = _fit(design, pseudo_outcome(frame, folds=folds, seed=seed, covariates=design), whole)
        return _summary(frame, beta, psi, np.zeros_like(beta), whole > 0.0, level)
    return _weighted(design, frame, level, tuned=method == "ppi++")


def _weighted(design: Floats, frame: Frame, level: float, *, tuned: bool) -> Coefficients:
    inverse = np.where(frame.coded, 1.0 / np.where(frame.coded, frame.probability, 1.0), 0.0)
    beta, own = _fit(design, np.where(frame.coded, frame.code, 0.0), inverse)
    if not tuned:
        return _summary(frame, beta, own, np.zeros_like(beta), frame.coded, level)
    over_frame, psi_frame = _fit(design, frame.prediction, np.ones(design.shape[0]))
    over_coded, psi_coded = _fit(design, frame.prediction, inverse)
    helper = psi_frame - psi_coded
    sums = (own, helper)
    if frame.drawn == "cluster":
        codes = dense_codes(frame.clusters[0])
        sums = (cluster_sums(own, codes), cluster_sums(helper, codes))
    bottom = (sums[1] ** 2).sum(axis=0)
    varies = bottom > 1e-18 * (psi_frame**2 + psi_coded**2).sum(axis=0)
    weights = -np.divide((sums[0] * sums[1]).sum(axis=0), bottom, out=np.zeros_like(beta), where=varies)
    beta = beta + weights * (over_frame - over_coded)
    return _summary(frame, beta, own + weights * helper, weights, np.ones(design.shape[0], dtype=bool), level)


def _fit(design: Floats, y: Floats, w: Floats) -> tuple[Floats, Floats]:
    """Weighted least squares, and the influence values of its coefficients, (n, k)."""
    gram = design.T @ (w[:, None] * design)
    if np.linalg.matrix_rank(gram) < design.shape[1]:
        raise ParameterError("the regressors are collinear (over the coded posts)")
    bread = np.linalg.inv(gram)
    beta = bread @ (design.T @ (w * y))
    return beta, (design * (w * (y - design @ beta))[:, None]) @ bread


def _summary(
    frame: Frame,
    beta: Floats,
    influence: Floats,
    weights: Floats,
    keep: NDArray[np.bool_],
    level: float,
) -> Coefficients:
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
