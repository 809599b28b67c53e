r"""Daily series around an event: interrupted regression with autocorrelation-robust errors, placebo dates."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.cluster_means import t_interval

Floats = NDArray[np.float64]


class Regression(NamedTuple):
    """Coefficients, their covariance, residuals, degrees of freedom and the number of lags."""

    coefficients: Floats
    covariance: Floats
    residuals: Floats
    df: int
    lags: int


class Term(NamedTuple):
    """One coefficient with its interval."""

    estimate: float
    se: float
    low: float
    high: float
    p: float


class Interruption(NamedTuple):
    """Change at an event: level before, trend before, jump of the level, change of the trend (per step)."""

    start: Term
    trend: Term
    level: Term
    slope: Term
    n: int
    lags: int


def newey_west_lags(n: int) -> int:
    """Choose the number of lags: floor(4 (n / 100)^(2/9)).

    Parameters
    ----------
    n : int
        Length of the series.

    Returns
    -------
    int

    Notes
    -----
    Newey and West (1994) doi:10.2307/2297912, with the Bartlett kernel.

    Examples
    --------
    >>> newey_west_lags(100), newey_west_lags(30)
    (4, 3)
    """
    return int(np.floor(4.0 * (n / 100.0) ** (2.0 / 9.0)))


def newey_west(
    y: ArrayLike, x: ArrayLike, *, lags: int | None = None, weights: ArrayLike | None = None
) -> Regression:
    r"""Least squares with errors robust to heteroscedasticity and autocorrelation.

    .. math:: V = \frac{n}{n-k} (X'WX)^{-1} \Big[ \Gamma_0 + \sum_{l=1}^{L} \Big(1 - \frac{l}{L+1}\Big)
              (\Gamma_l + \Gamma_l') \Big] (X'WX)^{-1}, \quad \Gamma_l = \sum_t s_t s_{t-l}', \;
              s_t = w_t x_t u_t

    Parameters
    ----------
    y : array_like of float, shape (n,)
        Outcome in order of time; NaN where there is none (the step then counts as empty, not as absent).
    x : array_like of float, shape (n, k)
        Regressors, the constant among them.
    lags : int, optional
        L; by default :func:`newey_west_lags`.
    weights : array_like of float, shape (n,), optional
        Weights, such as the number of posts behind each value.

    Returns
    -------
    Regression
        With the small-sample factor n / (n - k).

    Raises
    ------
    NotMeasurable
        If there are no more observations than regressors.
    ParameterError
        If shapes do not fit or the regressors are collinear.

    Notes
    -----
    Newey and West (1987) doi:10.2307/1913610.

    Examples
    --------
    >>> fit = newey_west([1.0, 2.0, 4.0, 3.0, 5.0], np.ones((5, 1)), lags=0)
    >>> float(fit.coefficients[0]), round(float(fit.covariance[0, 0]), 3)
    (3.0, 0.5)
    """
    outcome, design = np.array(y, dtype=np.float64), np.asarray(x, dtype=np.float64)
    if design.ndim != 2 or outcome.shape != design.shape[:1]:
        raise ParameterError("y and x must have one row for each step")
    w = np.ones_like(outcome) if weights is None else np.array(weights, dtype=np.float64)
    if w.shape != outcome.shape or not (w >= 0.0).all():
        raise ParameterError("weights must be one number, not negative, for each step")
    w = np.where(np.isfinite(outcome), w, 0.0)
    outcome = np.where(w > 0.0, outcome, 0.0)
    n, k = int((w > 0.0).sum()), design.shape[1]
    if n <= k:
        raise NotMeasurable(f"{n} values are too few for {k} coefficients")
    gram = design.T @ (w[:, None] * design)
    if np.linalg.matrix_rank(gram) < k:
        raise ParameterError("the regressors are collinear over the steps that have a value")
    bread = np.linalg.inv(gram)
    beta = bread @ (design.T @ (w * outcome))
    residuals = np.where(w > 0.0, outcome - design @ beta, np.nan)
    n_lags = newey_west_lags(n) if lags is None else lags
    scores = design * (w * np.nan_to_num(residuals))[:, None]
    covariance = n / (n - k) * bread @ _long_run(scores, n_lags) @ bread
    return Regression(beta, covariance, residuals, n - k, n_lags)


def _long_run(scores: Floats, lags: int) -> Floats:
    """Bartlett-weighted sum of the autocovariances of the scores."""
    total = scores.T @ scores
    for lag in range(1, min(lags, scores.shape[0] - 1) + 1):
        gamma = scores[lag:].T @ scores[:-lag]
        total = total + (1.0 - lag / (lags + 1.0)) * (gamma + gamma.T)
    return np.asarray(total)


def interrupted_series(
    y: ArrayLike,
    event: int,
    *,
    weights: ArrayLike | None = None,
    lags: int | None = None,
    level: float = 0.95,
) -> Interruption:
    r"""Estimate the jump and the change of trend of a series at an event.

    .. math:: y_t = \beta_0 + \beta_1 t + \beta_2 D_t + \beta_3 (t - T_0) D_t + e_t, \quad D_t = 1[t \ge T_0]

    Parameters
    ----------
    y : array_like of float, shape (n,)
        One value a step (a day), in order; NaN where there is none.
    event : int
        Index of the first step after the event, T0.
    weights : array_like of float, shape (n,), optional
        Weights, such as numbers of posts.
    lags : int, optional
        Lags of :func:`newey_west`.
    level : float
        Confidence level.

    Returns
    -------
    Interruption
        ``level`` is beta_2, ``slope`` beta_3 per step; time counts from the event, so ``start`` is the level
        that the trend before reaches at T0.

    Raises
    ------
    NotMeasurable
        If there are fewer than three values before or after the event.

    Notes
    -----
    Lopez Bernal, Cummins and Gasparrini (2017) doi:10.1093/ije/dyw098; errors of Newey and West (1987).

    Examples
    --------
    >>> out = interrupted_series([0.0, 1.1, 2.0, 2.9, 14.0, 15.1, 15.9, 17.0], 4)
    >>> round(out.level.estimate, 1), round(out.slope.estimate, 2)
    (10.1, 0.02)
    """
    values = np.asarray(y, dtype=np.float64)
    usable = np.isfinite(values) & (
        np.ones(values.shape) if weights is None else np.asarray(weights) > 0
    ).astype(bool)
    before, after = int(usable[:event].sum()), int(usable[event:].sum())
    if event < 0 or before < 3 or after < 3:
        raise NotMeasurable(
            f"{before} values before and {after} after the event are too few for a level and a trend",
            expected="at least three on each side",
        )
    time = np.arange(values.shape[0], dtype=np.float64) - event
    step = (time >= 0.0).astype(np.float64)
    fit = newey_west(
        values, np.column_stack([np.ones_like(time), time, step, time * step]), lags=lags, weights=weights
    )
    terms = [_term(fit, i, level) for i in range(4)]
    return Interruption(terms[0], terms[1], terms[2], terms[3], before + after, fit.lags)


def _term(fit: Regression, i: int, level: float) -> Term:
    estimate, variance = float(fit.coefficients[i]), float(fit.covariance[i, i])
    low, high, p = t_interval(estimate, variance, float(fit.df), level)
    return Term(estimate, float(np.sqrt(variance)), low, high, p)


class Placebo(NamedTuple):
    """Jumps at dates where nothing happened, and how often they are as large as the one in question."""

    events: NDArray[np.int64]
    jumps: Floats
    p: float


def placebo_dates(
    y: ArrayLike,
    event: int,
    *,
    weights: ArrayLike | None = None,
    margin: int = 3,
    n_min: int = 10,
) -> Placebo:
    r"""Estimate the jump at every date before the event, using the steps before the event only.

    .. math:: p = \frac{1 + \#\{T : |\hat\beta_2(T)| \ge |\hat\beta_2(T_0)|\}}{1 + \#\{T\}}

    Parameters
    ----------
    y : array_like of float, shape (n,)
        One value a step, in order; NaN where there is none.
    event : int
        Index of the first step after the event.
    weights : array_like of float, shape (n,), optional
        Weights, such as numbers of posts.
    margin : int
        Values that a placebo date must have on each side, at least 3.
    n_min : int
        Fewest placebo dates with which anything is said.

    Returns
    -------
    Placebo
        ``p`` is a rank, not a model's p-value; placebo jumps overlap and are not independent.

    Raises
    ------
    NotMeasurable
        If fewer than `n_min` placebo dates fit before the event.

    Notes
    -----
    Placebo (in-time) tests: Abadie, Diamond and Hainmueller (2015) doi:10.1111/ajps.12116.

    Examples
    --------
    >>> series = np.sin(np.arange(30)) * 0.1 + (np.arange(30) >= 22)
    >>> round(placebo_dates(series, 22).p, 2)
    0.06
    """
    values = np.asarray(y, dtype=np.float64)
    w = np.ones_like(values) if weights is None else np.asarray(weights, dtype=np.float64)
    actual = interrupted_series(values, event, weights=w).level.estimate
    usable = np.isfinite(values) & (w > 0.0)
    room = max(margin, 3)
    dates = [t for t in range(event) if usable[:t].sum() >= room and usable[t:event].sum() >= room]
    if len(dates) < n_min:
        raise NotMeasurable(
            f"{len(dates)} placebo dates fit before the event; too few to rank its jump among them",
            expected=f"at least {n_min}",
        )
    jumps = [interrupted_series(values[:event], t, weights=w[:event]).level.estimate for t in dates]
    p = (1.0 + sum(abs(j) >= abs(actual) for j in jumps)) / (1.0 + len(jumps))
    return Placebo(np.array(dates, dtype=np.int64), np.array(jumps), p)
