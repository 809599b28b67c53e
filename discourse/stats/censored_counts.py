r"""Regression of counts of which some are only known to be large (1万+): censored negative binomial.

The model is that of :math:`\mathrm{E}[y] = \mu = e^{x\beta}`, :math:`\mathrm{Var}[y] = \mu + \alpha\mu^2`
(NB2).  A count that is shown as a lower bound c enters the likelihood as :math:`P(y \ge c)`, not as c.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize
from scipy.special import betainc, betaln, digamma, gammaln, ndtr, ndtri

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.arrays import Floats, counts, floats, within
from discourse.stats.clusters import influence_variance

_STEP = 1e-5


class CountModel(NamedTuple):
    """A fitted regression of counts.

    ``estimate``, ``se``, ``low``, ``high``, ``p``: of each coefficient, on the scale of the logarithm.
    ``alpha``: overdispersion.  ``log_likelihood``: at the estimate.  ``n_censored``: lower bounds.
    ``influence``: of each count on each coefficient, (n, k).
    """

    estimate: Floats
    se: Floats
    low: Floats
    high: Floats
    p: Floats
    alpha: float
    log_likelihood: float
    n: int
    n_censored: int
    influence: Floats


def negative_binomial(
    y: ArrayLike,
    x: ArrayLike,
    *,
    at_least: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    clusters: Sequence[ArrayLike] = (),
    level: float = 0.95,
) -> CountModel:
    """Fit a negative binomial regression, counts that are lower bounds included.

    Parameters
    ----------
    y : array_like of int, shape (n,)
        Counts.
    x : array_like of float, shape (n, k)
        Regressors; a column of ones is not added.
    at_least : array_like of bool, shape (n,), optional
        True where the count is a lower bound.
    weights : array_like of float, shape (n,), optional
        Above zero: how much each count stands for (one over the probability with which it was drawn).  Errors
        are then those of the sandwich, whether there are clusters or not.
    clusters : sequence of up to two arrays of int, shape (n,)
        Cluster codes within which counts depend on each other; negative where unknown.  Without them the
        standard errors are those of maximum likelihood.
    level : float
        Level of the intervals.

    Returns
    -------
    CountModel

    Raises
    ------
    NotMeasurable
        If there are no more counts than coefficients, the regressors are collinear, or no maximum is found.
    ParameterError
        If shapes do not fit or a count is negative or missing.

    Notes
    -----
    Hilbe (2011) *Negative Binomial Regression*, 2nd ed., ch. 8 and 12 (censoring),
    doi:10.1017/CBO9780511973420; Cameron and Trivedi (2013) *Regression Analysis of Count Data*.  Without
    censoring it is ``statsmodels.discrete.discrete_model.NegativeBinomial``.  Clusters: the sandwich of Liang
    and Zeger (1986), two ways after Cameron, Gelbach and Miller (2011), by
    :func:`discourse.stats.clusters.influence_variance`.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> group = np.repeat([0.0, 1.0], 400)
    >>> y = rng.negative_binomial(2, 2 / (2 + np.exp(1 + 0.7 * group)))
    >>> fit = negative_binomial(np.minimum(y, 12), np.c_[np.ones(800), group], at_least=y >= 12)
    >>> bool(abs(fit.estimate[1] - 0.7) < 0.2), fit.n_censored > 0
    (True, True)
    """
    data = _data(y, x, at_least, weights)
    within("level", level, 0.0, 1.0)
    theta = _maximum(data)
    hessian = _hessian(theta, data)
    try:
        bread: Floats = np.asarray(np.linalg.inv(hessian), dtype=np.float64)
    except np.linalg.LinAlgError as error:
        raise NotMeasurable("the regressors cannot be told apart") from error
    influence: Floats = np.asarray(_terms(theta, data)[1] @ bread, dtype=np.float64)
    if not clusters and weights is not None:
        clusters = [np.arange(data.y.size)]
    variances = np.diag(bread) if not clusters else _clustered(influence, clusters)
    if not np.all(variances[:-1] > 0):
        raise NotMeasurable("the regressors cannot be told apart")
    b, se = theta[:-1], np.sqrt(variances[:-1])
    reach = float(ndtri(0.5 + level / 2)) * se
    return CountModel(
        b,
        se,
        b - reach,
        b + reach,
        2 * ndtr(-np.abs(b / se)),
        float(np.exp(theta[-1])),
        -_loss(theta, data)[0],
        int(data.y.size),
        int(data.at_least.sum()),
        influence[:, :-1],
    )


class _Data(NamedTuple):
    y: Floats
    x: Floats
    at_least: np.ndarray
    weights: Floats


def _data(y: ArrayLike, x: ArrayLike, at_least: ArrayLike | None, weights: ArrayLike | None) -> _Data:
    values, regressors = counts("y", y, ndim=1), floats("x", x, ndim=2)
    bound = np.zeros(values.shape, dtype=bool) if at_least is None else np.asarray(at_least, dtype=bool)
    weight = np.ones(values.shape) if weights is None else floats("weights", weights, ndim=1)
    if regressors.shape[0] != values.shape[0] or not bound.shape == values.shape == weight.shape:
        raise ParameterError("each count needs its regressors, mark and weight", where="y, x, at_least")
    if not np.all(weight > 0):
        raise ParameterError("a weight is not above zero", where="weights")
    if not np.all(np.isfinite(regressors)):
        raise ParameterError("a regressor is unknown", where="x")
    if values.shape[0] <= regressors.shape[1] + 1:
        raise NotMeasurable("there are no more counts than coefficients")
    if np.linalg.matrix_rank(regressors) < regressors.shape[1]:
        raise NotMeasurable("the regressors cannot be told apart")
    # weights of mean 1: their scale moves nothing but the step of the search
    return _Data(values, regressors, bound, weight / weight.mean())


def _maximum(data: _Data) -> Floats:
    start = np.zeros(data.x.shape[1] + 1)
    target = np.log(data.y + 0.5)
    start[:-1] = np.linalg.lstsq(data.x, target, rcond=None)[0]
    found: Any = optimize.minimize(_loss, start, args=(data,), jac=True, method="BFGS")
    theta = np.asarray(found.x, dtype=np.float64)
    for _ in range(25):  # Newton steps from where BFGS stopped, so that the gradient is zero to rounding
        gradient = _loss(theta, data)[1]
        if np.abs(gradient).max() < 1e-7 * data.y.size:
            return theta
        try:
            theta = theta - np.linalg.solve(_hessian(theta, data), gradient)
        except np.linalg.LinAlgError:
            break
    raise NotMeasurable("the likelihood has no maximum; a regressor may single out posts without any like")


def _loss(theta: Floats, data: _Data) -> tuple[float, Floats]:
    value, scores = _terms(theta, data)
    return -float(value.sum()), -scores.sum(axis=0)


def _terms(theta: Floats, data: _Data) -> tuple[Floats, Floats]:
    """Log-likelihood of each count, and its derivatives by the coefficients and by log alpha."""
    eta = np.clip(data.x @ theta[:-1], -30.0, 30.0)
    log_alpha = float(np.clip(theta[-1], -12.0, 8.0))
    value, by_eta, by_alpha = np.empty_like(eta), np.empty_like(eta), np.empty_like(eta)
    exact, bound = ~data.at_least, data.at_least
    value[exact], by_eta[exact], by_alpha[exact] = _exact(data.y[exact], eta[exact], log_alpha)
    if bound.any():
        c, e = data.y[bound], eta[bound]
        value[bound] = _tail(c, e, log_alpha)
        by_eta[bound] = (_tail(c, e + _STEP, log_alpha) - _tail(c, e - _STEP, log_alpha)) / (2 * _STEP)
        by_alpha[bound] = (_tail(c, e, log_alpha + _STEP) - _tail(c, e, log_alpha - _STEP)) / (2 * _STEP)
    w = data.weights
    return w * value, np.column_stack([(w * by_eta)[:, None] * data.x, w * by_alpha])


def _exact(y: Floats, eta: Floats, log_alpha: float) -> tuple[Floats, Floats, Floats]:
    r, mu = np.exp(-log_alpha), np.exp(eta)
    log_p, log_q = np.log(r) - np.log(r + mu), eta - np.log(r + mu)
    value = gammaln(y + r) - gammaln(r) - gammaln(y + 1) + r * log_p + y * log_q
    by_eta = r * (y - mu) / (r + mu)
    by_r = digamma(y + r) - digamma(r) + log_p + 1 - (y + r) / (r + mu)
    return value, by_eta, -r * by_r


def _tail(c: Floats, eta: Floats, log_alpha: float) -> Floats:
    """Log P(y >= c): a regularised incomplete beta function; 0 for c = 0."""
    r, mu = np.exp(-log_alpha), np.exp(eta)
    q = mu / (r + mu)
    least = np.maximum(c, 1.0)
    tail = betainc(least, r, q)
    with np.errstate(divide="ignore"):
        # where it underflows, the first term of its series stands for it
        first = least * np.log(q) + r * np.log1p(-q) - np.log(least) - betaln(least, r)
        value = np.where(tail > 1e-290, np.log(tail), first)
    return np.where(c <= 0, 0.0, value)


def _hessian(theta: Floats, data: _Data) -> Floats:
    """Hessian of the loss by central differences of its gradient."""
    step = 1e-5
    columns = []
    for i in range(theta.size):
        shift = np.zeros_like(theta)
        shift[i] = step
        columns.append((_loss(theta + shift, data)[1] - _loss(theta - shift, data)[1]) / (2 * step))
    hessian = np.column_stack(columns)
    return np.asarray((hessian + hessian.T) / 2)


def _clustered(influence: Floats, clusters: Sequence[ArrayLike]) -> Floats:
    return np.array([influence_variance(column, clusters).variance for column in influence.T])
