r"""Wild cluster bootstrap: tests of a regression coefficient with few clusters.

The null is imposed, residuals of the restricted fit are multiplied by one random weight a cluster, and the
studentised coefficient is compared with its draws (Cameron, Gelbach and Miller 2008).  With very few clusters
Rademacher weights allow too few distinct draws; Webb's six points mend that (Webb 2023).  Only sums within
clusters are needed (MacKinnon 2023).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.clusters import cluster_sums, dense_codes

Floats = NDArray[np.float64]
Weights = Literal["auto", "rademacher", "webb"]
_WEBB = np.sqrt(np.array([1.5, 1.0, 0.5]))


class WildTest(NamedTuple):
    """A coefficient, its t, its p-value and, if asked for, its interval (NaN otherwise)."""

    estimate: float
    t: float
    p: float
    low: float
    high: float
    n_clusters: int


class _Sums(NamedTuple):
    """Cross products of each cluster: X'X and X'y, with the inverse of the pooled X'X."""

    xx: Floats
    xy: Floats
    bread: Floats
    column: int

    def restricted(self, null: float) -> Floats:
        """Coefficients of the fit in which the tested one equals the null."""
        total, target = self.xx.sum(axis=0), self.xy.sum(axis=0)
        beta = np.full(total.shape[0], null)
        others = np.arange(total.shape[0]) != self.column
        rest = target[others] - total[np.ix_(others, ~others)][:, 0] * null
        beta[others] = np.linalg.solve(total[np.ix_(others, others)], rest) if others.any() else 0.0
        return beta

    def t_of(self, beta: Floats, scores: Floats, null: Floats | float) -> Floats:
        """Cluster-robust t, for coefficients (..., k) and their cluster scores (..., clusters, k)."""
        part = scores @ self.bread[self.column]
        n = self.xx.shape[0]
        variance = n / (n - 1.0) * (part * part).sum(axis=-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray((beta[..., self.column] - null) / np.sqrt(variance))


def wild_cluster_test(
    y: ArrayLike,
    x: ArrayLike,
    column: int,
    clusters: ArrayLike,
    rng: np.random.Generator,
    *,
    null: float = 0.0,
    n_draws: int = 999,
    weights: Weights = "auto",
    level: float | None = None,
) -> WildTest:
    r"""Test one coefficient of a least-squares regression by the restricted wild cluster bootstrap.

    .. math:: y^*_c = X_c \tilde\beta + v_c \tilde u_c, \qquad p = \frac{1 + \#\{|t^*| \ge |t|\}}{1 + B}

    Parameters
    ----------
    y : array_like of float, shape (n,)
        Outcome.
    x : array_like of float, shape (n, k)
        Regressors, the constant among them.
    column : int
        Number of the regressor that is tested.
    clusters : array_like of int, shape (n,)
        Cluster codes; negative where unknown.
    rng : numpy.random.Generator
        Source of randomness.
    null : float
        Value of the coefficient under the null.
    n_draws : int
        Draws; with at most 2^G <= n_draws sign patterns all of them are taken once instead (Rademacher).
    weights : {"auto", "rademacher", "webb"}
        ``"auto"``: Webb below 13 clusters, Rademacher from 13.
    level : float, optional
        Ask for the interval of values that are not rejected at 1 - level.

    Returns
    -------
    WildTest

    Raises
    ------
    NotMeasurable
        If there are fewer than five clusters, or the regressor varies in fewer than two of them.
    ParameterError
        If shapes do not fit or the regressors are collinear.

    Notes
    -----
    Cameron, Gelbach and Miller (2008) doi:10.1162/rest.90.3.414; Webb (2023) doi:10.1111/caje.12661;
    MacKinnon (2023), *Econometrics and Statistics*.  With one or two *treated* clusters the test is
    unreliable whatever the weights (MacKinnon and Webb 2018, doi:10.1111/ectj.12107): use
    :func:`discourse.stats.randomisation.randomisation_test`.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> g = np.repeat(np.arange(10), 20)
    >>> x = np.column_stack([np.ones(200), g % 2])
    >>> y = x[:, 1] + rng.normal(size=10)[g] * 0.1 + rng.normal(size=200)
    >>> wild_cluster_test(y, x, 1, g, rng).p < 0.05
    True
    """
    sums = _prepare(y, x, column, clusters)
    n_clusters = sums.xx.shape[0]
    v = _draw_weights(n_clusters, n_draws, weights, rng)
    beta = sums.bread @ sums.xy.sum(axis=0)
    t, p = _test(sums, v, null)
    low = high = float("nan")
    if level is not None:
        low, high = _invert(sums, v, float(beta[column]), 1.0 - level)
    return WildTest(float(beta[column]), t, p, low, high, n_clusters)


def _prepare(y: ArrayLike, x: ArrayLike, column: int, clusters: ArrayLike) -> _Sums:
    outcome, design = np.asarray(y, dtype=np.float64), np.asarray(x, dtype=np.float64)
    codes = dense_codes(clusters)
    if design.ndim != 2 or outcome.shape != design.shape[:1] or codes.shape != outcome.shape:
        raise ParameterError("y, x and clusters must have one row for each observation")
    k = design.shape[1]
    if not 0 <= column < k or np.linalg.matrix_rank(design) < k:
        raise ParameterError("the tested column does not exist or the regressors are collinear")
    n_clusters = int(codes.max()) + 1
    if n_clusters < 5:
        raise NotMeasurable(
            f"with {n_clusters} clusters no test of this kind has its level",
            expected="at least five clusters",
        )
    outer = (design[:, :, None] * design[:, None, :]).reshape(-1, k * k)
    xx = cluster_sums(outer, codes).reshape(n_clusters, k, k)
    xy = cluster_sums(design * outcome[:, None], codes)
    bread = np.linalg.inv(xx.sum(axis=0))
    others = np.arange(k) != column
    if others.any():
        fit = np.linalg.lstsq(design[:, others], design[:, column], rcond=None)[0]
        own = cluster_sums((design[:, column] - design[:, others] @ fit) ** 2, codes)
        if (own > 1e-12 * own.sum()).sum() < 2:
            raise NotMeasurable("the regressor varies in one cluster only; effect and cluster are the same")
    return _Sums(xx, xy, bread, column)


def _draw_weights(n_clusters: int, n_draws: int, weights: Weights, rng: np.random.Generator) -> Floats:
    kind = weights if weights != "auto" else ("webb" if n_clusters < 13 else "rademacher")
    if kind == "webb":
        return np.asarray(rng.choice(np.concatenate([-_WEBB, _WEBB]), size=(n_draws, n_clusters)))
    if kind != "rademacher":
        raise ParameterError(f"unknown weights {weights!r}", expected="auto, rademacher or webb")
    if n_clusters < 20 and 2**n_clusters <= n_draws:
        bits = np.arange(2**n_clusters)[:, None] >> np.arange(n_clusters) & 1
        return np.asarray(2.0 * bits - 1.0)
    return np.asarray(rng.choice(np.array([-1.0, 1.0]), size=(n_draws, n_clusters)))


def _test(sums: _Sums, v: Floats, null: float) -> tuple[float, float]:
    beta = sums.bread @ sums.xy.sum(axis=0)
    t = float(sums.t_of(beta, sums.xy - sums.xx @ beta, null))
    restricted = sums.restricted(null)
    scores = v[:, :, None] * (sums.xy - sums.xx @ restricted)
    shift = scores.sum(axis=1) @ sums.bread
    left = scores - np.einsum("ckj,bj->bck", sums.xx, shift)
    drawn = sums.t_of(shift, left, 0.0)
    hits = int((np.abs(drawn) >= abs(t) * (1.0 - 1e-12)).sum())
    return t, min((1.0 + hits) / (1.0 + v.shape[0]), 1.0)


def _invert(sums: _Sums, v: Floats, estimate: float, alpha: float) -> tuple[float, float]:
    """Ends of the set of nulls that are not rejected, searched outwards from the estimate."""
    beta = sums.bread @ sums.xy.sum(axis=0)
    part = (sums.xy - sums.xx @ beta) @ sums.bread[sums.column]
    step = 2.0 * float(np.sqrt(part @ part))
    return _end(sums, v, estimate, -step, alpha), _end(sums, v, estimate, step, alpha)


def _end(sums: _Sums, v: Floats, estimate: float, step: float, alpha: float) -> float:
    def excess(null: float) -> float:
        return _test(sums, v, null)[1] - alpha

    outer = estimate + step
    for _ in range(30):
        if excess(outer) < 0.0:
            return float(optimize.bisect(excess, estimate, outer, xtol=abs(step) * 1e-4))
        outer = estimate + 2.0 * (outer - estimate)
    return float(np.copysign(np.inf, step))
