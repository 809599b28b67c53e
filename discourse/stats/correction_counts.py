r"""Regression of counts on what an instrument measures with error and people coded in part.

Where the outcome is known (likes) and a *regressor* is labelled by an instrument (stance), its errors bias
every coefficient of the model, those of the other regressors too.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse.errors import NotMeasurable, ParameterError
from discourse.stats.censored_counts import negative_binomial
from discourse.stats.correction import Frame
from discourse.stats.correction_regression import Coefficients, Fit, debiased, summarise_fit

Floats = NDArray[np.float64]
CountMethod = Literal["ppi++", "naive", "human"]


def corrected_counts(
    y: ArrayLike,
    x: ArrayLike,
    x_coded: ArrayLike,
    probability: ArrayLike,
    *,
    clusters: tuple[ArrayLike, ...],
    at_least: ArrayLike | None = None,
    method: CountMethod = "ppi++",
    level: float = 0.95,
) -> Coefficients:
    """Fit a negative binomial regression of which regressors are labels, corrected by codes.

    Parameters
    ----------
    y : array_like of int, shape (n,)
        Counts.
    x : array_like of float, shape (n, k)
        Regressors with the labels of the instrument, the constant among them.
    x_coded : array_like of float, shape (n, k)
        The same regressors with what people said; NaN in the rows that nobody coded.
    probability : array_like of float, shape (n,)
        Inclusion probability of each coded post, in (0, 1]; not read elsewhere.
    clusters : tuple of one or two arrays of int, shape (n,)
        Cluster codes; negative where unknown.
    at_least : array_like of bool, shape (n,), optional
        True where the count is a lower bound.
    method : {"ppi++", "naive", "human"}
        Corrected, labels alone, codes alone.
    level : float
        Confidence level.

    Returns
    -------
    Coefficients
        On the scale of the logarithm.

    Raises
    ------
    NotMeasurable
        If a fit has no maximum, or the coded posts cannot tell the regressors apart.
    ParameterError
        If shapes do not fit or the method is unknown.

    Notes
    -----
    :func:`discourse.stats.correction_regression.debiased` over
    :func:`discourse.stats.censored_counts.negative_binomial`: Chen and Chen (2000)
    *Journal of the Royal Statistical Society B* 62(3), 449-460; Kluger et al. (2025) arXiv:2501.18577.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> warm = rng.random(1500) < 0.4
    >>> label = np.where(rng.random(1500) < 0.8, warm, ~warm)
    >>> y = rng.negative_binomial(2, 2 / (2 + np.exp(1 + 0.8 * warm)))
    >>> x, truth = (np.c_[np.ones(1500), v] for v in (label, warm))
    >>> seen = np.where(rng.random((1500, 1)) < 0.3, truth, np.nan)
    >>> found = corrected_counts(y, x, seen, np.full(1500, 0.3), clusters=(np.arange(1500),))
    >>> bool(abs(found.estimate[1] - 0.8) < 0.25)
    True
    """
    if method not in ("ppi++", "naive", "human"):
        raise ParameterError(f"unknown method {method!r}", expected="ppi++, naive, human")
    values, labels = np.asarray(y, dtype=np.float64), np.asarray(x, dtype=np.float64)
    codes = np.asarray(x_coded, dtype=np.float64)
    if codes.shape != labels.shape:
        raise ParameterError("coded regressors must have the shape of the labelled ones")
    coded: NDArray[np.bool_] = np.asarray(np.isfinite(codes).all(axis=1))
    groups = tuple(np.asarray(c, dtype=np.int64) for c in clusters)
    frame = Frame(values, np.where(coded, values, np.nan), np.asarray(probability, dtype=np.float64), groups)
    bound = np.zeros(values.shape, dtype=bool) if at_least is None else np.asarray(at_least, dtype=bool)
    whole = np.ones(values.shape, dtype=bool)

    def fit(design: Floats, rows: NDArray[np.bool_]) -> Fit:
        """Fit over some rows, with an influence of zero elsewhere."""
        weights = np.ones(int(rows.sum())) if rows.all() else 1.0 / frame.probability[rows]
        found = negative_binomial(values[rows], design[rows], at_least=bound[rows], weights=weights)
        influence = np.zeros(design.shape)
        influence[rows] = found.influence
        return Fit(found.estimate, influence)

    if method == "naive":
        return summarise_fit(fit(labels, whole), frame, level=level)
    if int(coded.sum()) < labels.shape[1] + 2:
        raise NotMeasurable("too few coded posts for so many regressors")
    human = fit(codes, coded)
    if method == "human":
        return summarise_fit(human, frame, level=level, keep=coded)
    return debiased(human, fit(labels, whole), fit(labels, coded), frame, level=level)
