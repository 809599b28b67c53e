r"""Regression of counts of which some are only known to be large (1万+): censored negative binomial.

The model is that of :math:`\mathrm{E}[y] = \mu = e^{x\beta}`, :math:`\mathrm{Var}[y] = \mu + \alpha\mu^2`
(NB2).  A count that is shown as a lower bound c enters the likelihood as :math:`P(y \ge c)`, not as c.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize
from scipy.special import betainc, betaln, digamma, gammaln, ndtr, ndtri, polygamma
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from discourse.errors import NotMeasurable, ParameterError
from discourse.room import room
from discourse.stats.arrays import Floats, counts, floats, within
from discourse.stats.cluster_sums import ClusterSums
from discourse.stats.clusters import influence_variances

# Steps of differences: of values, and of slopes that are differences themselves.
_STEP, _WIDE = 1e-5, 1e-4
# Rows whose products are in memory at once, and coefficients whose sums within clusters are.
_ROWS, _COLUMNS = 1 << 14, 4


class CountModel(NamedTuple):
    """A fitted regression of counts.

    ``estimate``, ``se``, ``low``, ``high``, ``p``: of each coefficient, on the scale of the logarithm.
    ``alpha``: overdispersion.  ``log_likelihood``: at the estimate.  ``n_censored``: lower bounds.
    ``influence``: of each count on each coefficient, (n, k); (0, k) where regressors came in parts.
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


class InParts(Protocol):
    """Regressors that are laid out some rows at a time."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""

    def part(self, rows: slice, /) -> Floats:
        """Lay out some of the rows."""


class _Whole:
    """Regressors in one table."""

    def __init__(self, x: Floats) -> None:
        self.x, self.shape = x, x.shape

    def part(self, rows: slice) -> Floats:
        return self.x[rows]


def negative_binomial(
    y: ArrayLike,
    x: ArrayLike | InParts,
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
    x : array_like of float, shape (n, k), or InParts
        Regressors; a column of ones is not added.  In parts they are laid out 16,384 rows at a time.
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
    within("level", level, 0.0, 1.0)
    with threadpool_limits(1, user_api="blas"):  # sums of one order, however many cores there are
        data = _data(y, x, at_least, weights)
        theta = _maximum(data)
        try:
            bread: Floats = np.asarray(np.linalg.inv(_hessian(theta, data)), dtype=np.float64)
        except np.linalg.LinAlgError as error:
            raise NotMeasurable("the regressors cannot be told apart") from error
        if not clusters and weights is not None:
            clusters = [np.arange(data.n)]
        influence = np.empty((0, data.x.shape[1]))
        if isinstance(data.x, _Whole):
            influence = np.concatenate([part for _, part in _influences(theta, data, bread)])
            variances = np.diag(bread)[:-1] if not clusters else influence_variances(influence, clusters)
        else:
            variances = np.diag(bread)[:-1] if not clusters else _variances(theta, data, bread, clusters)
    if not np.all(variances > 0):
        raise NotMeasurable("the regressors cannot be told apart")
    b, se = theta[:-1], np.sqrt(variances)
    reach = float(ndtri(0.5 + level / 2)) * se
    return CountModel(
        b,
        se,
        b - reach,
        b + reach,
        2 * ndtr(-np.abs(b / se)),
        float(np.exp(theta[-1])),
        -_loss(theta, data)[0],
        data.n,
        int(data.at_least.sum()),
        influence,
    )


class _Data(NamedTuple):
    """What is fitted; ``values``: the distinct counts, ``place``: where each stands; no weights are all 1."""

    x: InParts
    at_least: NDArray[np.bool_]
    weights: Floats | None
    values: Floats
    place: NDArray[np.int32]

    @property
    def n(self) -> int:
        """Counts."""
        return int(self.place.size)


class _Slopes(NamedTuple):
    """Log-likelihood of each count and its derivatives by the linear predictor and by log alpha."""

    value: Floats
    by_eta: Floats
    by_alpha: Floats


class _Curves(NamedTuple):
    """Second derivatives of the log-likelihood of each count."""

    eta: Floats
    both: Floats
    alpha: Floats


class _Part(NamedTuple):
    """Some rows of what is fitted."""

    y: Floats
    x: Floats
    at_least: NDArray[np.bool_]
    weights: Floats
    values: Floats
    place: NDArray[np.int32]


def _parts(data: _Data) -> Iterator[_Part]:
    """Go through the rows so many at a time: no table of all products or regressors lies in memory."""
    for rows in _slices(data.n):
        bound, place = data.at_least[rows], data.place[rows]
        weights = np.ones(place.size) if data.weights is None else data.weights[rows]
        y = data.values[place]
        yield _Part(y, data.x.part(rows), bound, weights, data.values, place[~bound])


def _data(
    y: ArrayLike, x: ArrayLike | InParts, at_least: ArrayLike | None, weights: ArrayLike | None
) -> _Data:
    values = counts("y", y, ndim=1)
    regressors: InParts = x if hasattr(x, "part") else _Whole(floats("x", x, ndim=2))  # type: ignore[assignment]
    bound = np.zeros(values.shape, dtype=bool) if at_least is None else np.asarray(at_least, dtype=bool)
    weight = None if weights is None else floats("weights", weights, ndim=1)
    shapes = {bound.shape, values.shape} | (set() if weight is None else {weight.shape})
    if regressors.shape[0] != values.shape[0] or len(shapes) > 1:
        raise ParameterError("each count needs its regressors, mark and weight", where="y, x, at_least")
    if weight is not None and not np.all(weight > 0):
        raise ParameterError("a weight is not above zero", where="weights")
    if not all(np.isfinite(regressors.part(rows)).all() for rows in _slices(values.size)):
        raise ParameterError("a regressor is unknown", where="x")
    if values.shape[0] <= regressors.shape[1] + 1:
        raise NotMeasurable("there are no more counts than coefficients")
    if _rank(regressors) < regressors.shape[1]:
        raise NotMeasurable("the regressors cannot be told apart")
    distinct = np.unique(np.concatenate([np.unique(values[rows]) for rows in _slices(values.size)]))
    place = room(values.size, np.int32)
    for rows in _slices(values.size):
        place[rows] = np.searchsorted(distinct, values[rows])
    # weights of mean 1: their scale moves nothing but the step of the search
    return _Data(regressors, bound, None if weight is None else weight / weight.mean(), distinct, place)


def _slices(n: int) -> Iterator[slice]:
    return (slice(start, start + _ROWS) for start in range(0, n, _ROWS))


def _rank(x: InParts) -> int:
    """Rank of the regressors, from the small triangle that has the same singular values."""
    triangle = np.empty((0, x.shape[1]))
    for rows in _slices(x.shape[0]):
        below = np.concatenate([triangle, x.part(rows)])
        triangle = np.asarray(np.linalg.qr(below, mode="r"), dtype=np.float64)
    return int(np.linalg.matrix_rank(triangle, rtol=max(x.shape) * np.finfo(np.float64).eps))


def _maximum(data: _Data) -> Floats:
    start = np.zeros(data.x.shape[1] + 1)
    # the logarithms of counts, regressed: near enough to begin with
    k = data.x.shape[1]
    square, product = np.zeros((k, k)), np.zeros(k)
    for part in _parts(data):
        square += part.x.T @ part.x
        product += part.x.T @ np.log(part.y + 0.5)
    start[:-1] = np.linalg.solve(square, product)
    near = 1e-7 * data.n
    found: Any = optimize.minimize(
        _loss, start, args=(data,), jac=True, hess=_hessian, method="trust-exact", options={"gtol": near}
    )
    theta = np.asarray(found.x, dtype=np.float64)
    for _ in range(25):
        gradient = _loss(theta, data)[1]
        try:
            theta = theta - np.linalg.solve(_hessian(theta, data), gradient)
        except np.linalg.LinAlgError:
            break
        if np.abs(gradient).max() < near:  # so near, that this last step took it to zero, up to rounding
            return theta
    raise NotMeasurable("the likelihood has no maximum; a regressor may single out posts without any like")


def _loss(theta: Floats, data: _Data) -> tuple[float, Floats]:
    value, by_beta, by_alpha = 0.0, np.zeros(data.x.shape[1]), 0.0
    for part in _parts(data):
        slopes, w = _slopes(theta, part), part.weights
        by_beta += part.x.T @ (w * slopes.by_eta)
        value += float(w @ slopes.value)
        by_alpha += float(w @ slopes.by_alpha)
    return -value, -np.append(by_beta, by_alpha)


def _hessian(theta: Floats, data: _Data) -> Floats:
    """Hessian of the loss."""
    k = data.x.shape[1]
    out = np.zeros((k + 1, k + 1))
    for part in _parts(data):
        curves, w = _curves(theta, part), part.weights
        out[:k, :k] += part.x.T @ (part.x * (w * curves.eta)[:, None])
        out[:k, k] += part.x.T @ (w * curves.both)
        out[k, k] += w @ curves.alpha
    out[k, :k] = out[:k, k]
    return -out


def _influences(theta: Floats, data: _Data, bread: Floats) -> Iterator[tuple[slice, Floats]]:
    """Influence of each count on each coefficient, so many counts at a time."""
    for rows, part in zip(_slices(data.n), _parts(data), strict=True):
        slopes, w = _slopes(theta, part), part.weights
        out: Floats = part.x @ bread[:-1, :-1]
        out *= (w * slopes.by_eta)[:, None]
        out += np.outer(w * slopes.by_alpha, bread[-1, :-1])
        yield rows, out


def _variances(theta: Floats, data: _Data, bread: Floats, clusters: Sequence[ArrayLike]) -> Floats:
    """Variances of the coefficients from sums within clusters: a few coefficients at a time, if need be."""
    sums, k = ClusterSums(clusters), data.x.shape[1]
    at_once, found = k if sums.in_order else _COLUMNS, []
    for first in range(0, k, at_once):
        chosen = slice(first, first + at_once)
        parts = ((rows, out[:, chosen]) for rows, out in _influences(theta, data, bread))
        found.append(sums.variances(parts, min(at_once, k - first)))
    return np.concatenate(found)


def _predictors(theta: Floats, data: _Part) -> tuple[Floats, float]:
    return np.clip(data.x @ theta[:-1], -30.0, 30.0), float(np.clip(theta[-1], -12.0, 8.0))


def _slopes(theta: Floats, data: _Part) -> _Slopes:
    eta, log_alpha = _predictors(theta, data)
    out = _Slopes(*(np.empty_like(eta) for _ in range(3)))
    bound = data.at_least
    for whole, part in zip(out, _exact(data, eta[~bound], log_alpha), strict=True):
        whole[~bound] = part
    if bound.any():
        for whole, part in zip(out, _tail_slopes(data.y[bound], eta[bound], log_alpha), strict=True):
            whole[bound] = part
    return out


def _curves(theta: Floats, data: _Part) -> _Curves:
    eta, log_alpha = _predictors(theta, data)
    out = _Curves(*(np.empty_like(eta) for _ in range(3)))
    bound = data.at_least
    for whole, part in zip(out, _exact_curves(data, eta[~bound], log_alpha), strict=True):
        whole[~bound] = part
    if bound.any():
        for whole, part in zip(out, _tail_curves(data.y[bound], eta[bound], log_alpha), strict=True):
            whole[bound] = part
    return out


def _exact(data: _Part, eta: Floats, log_alpha: float) -> _Slopes:
    """Slopes of counts that are known.

    Likes repeat: gamma functions are looked up among the distinct counts.
    """
    y, r, mu = data.values[data.place], np.exp(-log_alpha), np.exp(eta)
    log_all = np.log(r + mu)
    log_p, log_q = np.log(r) - log_all, eta - log_all
    counted = (gammaln(data.values + r) - gammaln(r) - gammaln(data.values + 1))[data.place]
    by_r = (digamma(data.values + r) - digamma(r))[data.place] + log_p + 1 - (y + r) / (r + mu)
    return _Slopes(counted + r * log_p + y * log_q, r * (y - mu) / (r + mu), -r * by_r)


def _exact_curves(data: _Part, eta: Floats, log_alpha: float) -> _Curves:
    y, r, mu = data.values[data.place], np.exp(-log_alpha), np.exp(eta)
    per = 1.0 / (r + mu)
    off = (y - mu) * per
    by_r = (digamma(data.values + r) - digamma(r))[data.place] + np.log(r * per) + 1 - (y + r) * per
    by_r_twice = (polygamma(1, data.values + r) - polygamma(1, r))[data.place] + 1 / r - per + off * per
    return _Curves(-r * mu * (r + y) * per**2, -r * mu * off * per, r * by_r + r * r * by_r_twice)


def _tail_slopes(c: Floats, eta: Floats, log_alpha: float) -> _Slopes:
    """Slopes of lower bounds, by central differences."""
    by_eta = _tail(c, eta + _STEP, log_alpha) - _tail(c, eta - _STEP, log_alpha)
    by_alpha = _tail(c, eta, log_alpha + _STEP) - _tail(c, eta, log_alpha - _STEP)
    return _Slopes(_tail(c, eta, log_alpha), by_eta / (2 * _STEP), by_alpha / (2 * _STEP))


def _tail_curves(c: Floats, eta: Floats, log_alpha: float) -> _Curves:
    """Second derivatives of lower bounds, by central differences of their slopes."""
    more, less = (_tail_slopes(c, eta + step, log_alpha) for step in (_WIDE, -_WIDE))
    up, down = (_tail_slopes(c, eta, log_alpha + step) for step in (_WIDE, -_WIDE))
    differences = (more.by_eta - less.by_eta, more.by_alpha - less.by_alpha, up.by_alpha - down.by_alpha)
    return _Curves(*(difference / (2 * _WIDE) for difference in differences))


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
